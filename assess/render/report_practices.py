"""Practice by practice: levels with their counts, what people wrote (never who), what baselines and research say.

Texts from files become pieces, linked only where `safe_url` lets them; the template escapes all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from assess import i18n
from assess.core.answers import EMPTY, Answer
from assess.core.questionnaire import Baseline, Practice, Source
from assess.core.result import PracticeResult, Result
from assess.i18n import _, joined, labelled, listed, ngettext, sentence
from assess.render.about import research
from assess.render.report_sections import scored_words
from assess.render.report_view import ReportData, team_state, unknown_words
from assess.render.words import agreement, level, number

MAX_URL = 2000
MAX_DOTS = 15
"""More answers than these are left to the number beside them."""
_LINK = re.compile(r"(?:https?://|mailto:)[^\s<>\"'`\\]+")
_HAN = re.compile("[\u3400-\u9fff]")
_NOT_CHINESE = re.compile("[\u3040-\u30ff\uac00-\ud7af]")
_TRAILING = ".,;:!?)]}*_。，、；：！？）】」』》"
# spaces, controls, quotes, directions and everything else that hides where a link goes
_UNSAFE = re.compile("[\x00-\x20\x7f-\xa0\"'<>`\\\\^{|}\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, linked where `href` is not empty."""

    text: str
    href: str = ""


Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """Something somebody wrote, and as what."""

    kind: str
    text: Pieces
    language: str = ""


@dataclass(frozen=True, slots=True)
class LevelRow:
    """One level: its text, who chose it (as dots and number), and what else lies on it."""

    index: int
    text: str
    count: int
    dots: str
    tags: str


@dataclass(frozen=True, slots=True)
class DescribedView:
    """What one baseline says about a practice; the title says so where it says nothing."""

    title: str
    says: str = ""
    price: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class PracticeView:
    """Everything about one practice."""

    id: str
    title: str
    dimension: str
    summary: str
    question: str
    levels: tuple[LevelRow, ...]
    facts: str
    settled: tuple[Said, ...]
    said: tuple[Said, ...]
    links: tuple[Piece, ...]
    baselines: tuple[DescribedView, ...]
    research: str
    references: tuple[Pieces, ...]
    overdone: str
    next_step: str


def safe_url(text: str) -> str:
    """The text itself if it may be a link (http, https, mailto; plain host; nothing hidden), else "".

    >>> safe_url("https://example.org/x"), safe_url("javascript:alert(1)"), safe_url("docs/adr.md")
    ('https://example.org/x', '', '')
    """
    if len(text) > MAX_URL or _UNSAFE.search(text):
        return ""
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        _port = parts.port
    except ValueError:
        return ""
    if parts.scheme in {"http", "https"}:
        return text if host and "@" not in parts.netloc else ""
    return text if parts.scheme == "mailto" and "@" in parts.path and not parts.query else ""


def pieces(text: str) -> Pieces:
    """Plain text with its links found; all else stays text.

    >>> [p.href for p in pieces("see https://example.org/a.")]
    ['', 'https://example.org/a', '']
    """
    found: list[Piece] = []
    at = 0
    for match in _LINK.finditer(text):
        url = match[0].rstrip(_TRAILING)
        if not safe_url(url):
            continue
        if match.start() > at:
            found.append(Piece(text[at : match.start()]))
        found.append(Piece(url, url))
        at = match.start() + len(url)
    if at < len(text):
        found.append(Piece(text[at:]))
    return tuple(found)


def tongue(text: str) -> str:
    """The tag of a text in Chinese characters, so that it is set and read aloud as such; "" for all else.

    Characters that only one of the old character sets holds tell the script; where none does, the page's own
    script is taken, and `zh` on a page that is not Chinese.

    >>> tongue("决定都找得到"), tongue("決定都找得到"), tongue("a decision"), tongue("会議のない日")
    ('zh-Hans', 'zh-Hant', '', '')
    """
    if not _HAN.search(text) or _NOT_CHINESE.search(text):
        return ""
    simplified, traditional = (
        all(char.encode(codec, errors="ignore") for char in _HAN.findall(text)) for codec in ("gb2312", "big5")
    )
    if simplified != traditional:
        return "zh-Hans" if simplified else "zh-Hant"
    return i18n.tag() if i18n.tag().startswith("zh") else "zh"


def practice_views(data: ReportData, result: Result) -> tuple[PracticeView, ...]:
    """The asked practices, in the questionnaire's order."""
    return tuple(_view(data, result, p) for p in result.practices)


def _view(data: ReportData, result: Result, p: PracticeResult) -> PracticeView:
    practice = data.questionnaire.practices[p.id]
    sheet = data.assessment.team_sheet
    team = EMPTY if sheet is None else sheet.get(p.id)
    people = [s.get(p.id) for s in data.assessment.sheets]
    evidence = practice.evidence
    return PracticeView(
        id=p.id,
        title=practice.title,
        dimension=data.questionnaire.dimension_of[p.id].title,
        summary=_summary(p),
        question=practice.question,
        levels=_levels(data, result, practice, p),
        facts=_facts(result, p, people),
        settled=_settled(data, p, team),
        said=_said(people),
        links=_links((*people, team)),
        baselines=tuple(_described(b, p.id) for b in data.baselines),
        research=research(practice),
        references=tuple(pieces(r) for r in evidence.references) if evidence is not None else (),
        overdone=practice.overdone or "",
        next_step=practice.next_step or "",
    )


def _summary(p: PracticeResult) -> str:
    if p.excluded:
        return _("does not apply")
    if p.mean is None or p.median is None:
        return _("not scored")
    if sum(p.counts) == 1:
        return _("level {level}").format(level=p.median)
    return _("mean {mean}, middle answer {median}").format(mean=number(p.mean), median=p.median)


def _levels(data: ReportData, result: Result, practice: Practice, p: PracticeResult) -> tuple[LevelRow, ...]:
    sheet = data.assessment.team_sheet
    settled = None if sheet is None or result.basis == "team" else sheet.get(p.id).answer
    rows = []
    for i, anchor in enumerate(practice.levels):
        tags = [b.id for b in data.baselines if b.level(p.id) == i]
        tags += [_("goal")] if p.goal == i else []
        tags += [_("settled")] if settled == i and isinstance(settled, int) else []
        rows.append(LevelRow(i, anchor.text, p.counts[i], "●" * min(p.counts[i], MAX_DOTS), listed(tags)))
    return tuple(rows)


def _facts(result: Result, p: PracticeResult, people: list[Answer]) -> str:
    """Counts of what is no level, the score with its range, and how much one answer weighs."""
    facts = []
    if p.excluded:
        facts.append(_("More than half of those who answered say that this does not apply, so it is left out."))
    elif not p.score.scored:
        facts.append(_("Not scored: fewer than half gave a level."))
    else:
        facts.append(scored_words(p.score))
    if p.one_answer and not p.excluded and result.basis == "individual":
        facts.append(_("One answer = {n} points.").format(n=number(p.one_answer)))
    if p.agreement.word is not None:
        few = _("of so few it proves little") if p.agreement.few else ""
        facts.append(sentence(labelled(_("Agreement"), listed([w for w in (agreement(p.agreement), few) if w]))))
    unknown = unknown_words(p.dont_know, p.not_applicable, p.unanswered)
    if unknown:
        facts.append(sentence(listed(unknown)))
    talk = sum(a.discuss for a in people)
    if talk:
        facts.append(
            ngettext("{n} wants to talk about this.", "{n} want to talk about this.", talk).format(n=talk)
        )
    return joined(facts)


def _settled(data: ReportData, p: PracticeResult, team: Answer) -> tuple[Said, ...]:
    """What the team sheet says: the level, why, who was of another mind (in words, not by name), the goal."""
    said = []
    if data.assessment.team_sheet is not None:
        said.append(Said(_("Settled: {level}").format(level=team_state(team.answer)), ()))
    said += [
        Said(kind, pieces(text.strip()), tongue(text))
        for kind, text in (
            (_("The team's note"), team.note),
            (_("Reason"), team.reason),
            (_("Dissent, kept"), team.dissent),
        )
        if text.strip()
    ]
    found = data.team_goal(p.id)
    if found is not None:
        goal, round_ = found
        kind = _("Goal {level}").format(level=goal.level)
        if round_ != data.assessment.name:
            kind = _("Goal {level}, since {round}").format(level=goal.level, round=round_)
        described = [d for d in p.baselines.values() if d is not None]
        if any(d > goal.level for d in described):
            kind = _("{goal}: a chosen difference").format(goal=kind)
        said.append(Said(kind, pieces(goal.reason), tongue(goal.reason)))
    return tuple(said)


def _said(people: list[Answer]) -> tuple[Said, ...]:
    """Notes and reasons, sorted by their text, so that their order tells nothing about their authors."""
    notes = sorted(a.note.strip() for a in people if a.note.strip())
    reasons = sorted(a.reason.strip() for a in people if a.reason.strip())
    return (
        *(Said(_("Note"), pieces(text), tongue(text)) for text in notes),
        *(Said(_("Reason"), pieces(text), tongue(text)) for text in reasons),
    )


def _links(answers: Iterable[Answer]) -> tuple[Piece, ...]:
    given = sorted({text for a in answers for text in a.evidence})
    return tuple(Piece(text, safe_url(text)) for text in given)


def kind_word(source: Source) -> str:
    """What kind of text a source is, in the reader's language where it is one of the usual kinds."""
    kinds = {
        "interview": _("interview"),
        "article": _("article"),
        "post": _("post"),
        "news report": _("news report"),
    }
    return kinds.get(source.kind or "", source.kind or "")


def source_word(baseline: Baseline, source_id: str) -> str:
    """A source as a reader knows it: by its kind, by its id where two are of one kind."""
    words = {source.id: kind_word(source) for source in baseline.sources}
    word = words.get(source_id, "")
    return word if word and list(words.values()).count(word) == 1 else source_id


def _described(baseline: Baseline, practice: str) -> DescribedView:
    described = baseline.levels.get(practice)
    if described is None:
        return DescribedView(labelled(baseline.id, _("not described")))
    confidences = {
        "high": _("high confidence"),
        "medium": _("medium confidence"),
        "low": _("low confidence"),
    }
    origin = labelled(source_word(baseline, described.source), described.where)
    head = _("level {level}, {confidence}").format(
        level=level(described.level), confidence=confidences[described.confidence]
    )
    return DescribedView(labelled(baseline.id, head), described.says, described.price or "", origin)
