"""Results, findings and receipts as lines for a terminal, in the reader's language, without colour.

Everything from a file passes `clean`; widths count terminal cells, so that Chinese lines up.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from assess.core.answers import DONT_KNOW, NOT_APPLICABLE, Sheet
from assess.core.finding import Finding, Severity
from assess.core.questionnaire import Baseline, Questionnaire
from assess.core.round import Assessment
from assess.core.scoring import PracticeResult, Result, Score
from assess.i18n import _, ngettext, translate

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
BAR = 20
"""Width of a score's bar in cells."""


def clean(text: str) -> str:
    r"""Text that cannot steer a terminal: control and direction characters become visible.

    >>> clean("a\x1b[31mb")
    'a[U+001B][31mb'
    """
    return _CONTROL.sub(lambda match: f"[U+{ord(match[0]):04X}]", text)


def width(text: str) -> int:
    r"""How many terminal cells a text takes: two for wide characters, none for combining ones.

    >>> width("小明"), width("e\u0301")
    (4, 1)
    """
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


def pad(text: str, cells: int) -> str:
    """Text with spaces up to a width in cells."""
    return text + " " * max(0, cells - width(text))


def finding_line(finding: Finding) -> str:
    """`file:line:column: error: what (rule)`, with the hint below."""
    severity = _("error") if finding.severity is Severity.ERROR else _("warning")
    place = f"{finding.place}: " if finding.path else ""
    lines = [f"{place}{severity}: {translate(finding.message)} [{finding.rule}]"]
    if finding.hint is not None:
        lines.append(f"    {translate(finding.hint)}")
    return clean("\n".join(lines))


def participation(assessment: Assessment) -> str:
    """How many have answered, of how many that were hoped for."""
    given, expected = len(assessment.sheets), assessment.expected
    if expected is not None:
        return _("{n} of {expected} have answered").format(n=given, expected=expected)
    return ngettext("{n} person has answered", "{n} people have answered", given).format(n=given)


def sealed(assessment: Assessment) -> Iterator[str]:
    """What a sealed round tells."""
    yield f"{clean(assessment.team)} · {assessment.name} · {participation(assessment)}"
    yield _("The round is open, so answers stay hidden until it is closed.")
    yield _("Hidden, not encrypted: whoever can read this folder can read the files.")


def points(value: float | None) -> str:
    """Points of 100 without decimals; words where there is no score.

    >>> points(66.67), points(None)
    ('67', 'not scored')
    """
    return _("not scored") if value is None else f"{value:.0f}"


def bar(score: Score) -> str:
    """The score as a bar of 20 cells; the range it could still take in light shade."""
    if score.low is None or score.high is None:
        return " " * BAR
    solid = round((score.low if score.score is None else score.score) / 100 * BAR)
    reach = round(score.high / 100 * BAR)
    if score.score is None:
        solid = round(score.low / 100 * BAR)
    return "█" * solid + "░" * max(0, reach - solid) + "·" * (BAR - max(solid, reach))


def score_row(title: str, score: Score, cells: int) -> str:
    """Title, bar, score, and the range where something is unknown."""
    row = f"  {pad(title, cells)}  {bar(score)}  {points(score.score):>10}"
    if score.low is not None and score.high is not None and score.low != score.high:
        row += "   " + _("could be {low} to {high}").format(low=points(score.low), high=points(score.high))
    return row.rstrip()


def result(value: Result, questionnaire: Questionnaire, baselines: Sequence[Baseline]) -> Iterator[str]:
    """A whole result: dimensions, practices beside baselines and goal, attainment, what to do first."""
    people = ngettext("{n} sheet", "{n} sheets", value.respondents).format(n=value.respondents)
    basis = _("the team sheet") if value.basis == "team" else people
    yield f"{clean(value.team)} · {value.round} · {basis}"
    yield ""
    titles = {d.id: clean(d.title) for d in questionnaire.dimensions}
    cells = max(width(titles[d.id]) for d in value.dimensions)
    for dimension in value.dimensions:
        yield score_row(titles[dimension.id], dimension.score, cells)
    yield score_row(_("All together"), value.overall, cells)
    yield ""
    yield from _practice_table(value, questionnaire, baselines)
    yield from _attainment(value, baselines)
    yield from _firsts(value, questionnaire)
    yield ""
    yield _("A baseline is one company's story: a mirror, not a norm.")


def _practice_table(value: Result, questionnaire: Questionnaire, baselines: Sequence[Baseline]) -> Iterator[str]:
    titles = {p.id: clean(questionnaire.practices[p.id].title) for p in value.practices}
    cells = max(width(title) for title in titles.values())
    heads = [_("level"), _("answers"), _("goal"), *(clean(b.id) for b in baselines)]
    widths = [max(10, width(head)) for head in heads]
    yield "  " + pad("", cells) + "  " + "  ".join(pad(h, w) for h, w in zip(heads, widths, strict=True))
    for practice in value.practices:
        values = [
            _median_word(practice),
            _answers_word(practice),
            "–" if practice.goal is None else f"{practice.goal:g}",
            *(_described_word(practice.baselines[b.id]) for b in baselines),
        ]
        row = "  ".join(pad(v, w) for v, w in zip(values, widths, strict=True))
        yield f"  {pad(titles[practice.id], cells)}  {row}".rstrip()
    yield ""


def _median_word(practice: PracticeResult) -> str:
    if practice.excluded:
        return _("n/a")
    return _("not scored") if practice.median is None else str(practice.median)


def _answers_word(practice: PracticeResult) -> str:
    """Counts as people say them: `2×1 3×3 ?1` is two at level 1, three at level 3, one don't know."""
    words = [f"{n}×{level}" for level, n in enumerate(practice.counts) if n]
    words += [f"{sign}{n}" for sign, n in (("?", practice.dont_know), ("x", practice.not_applicable)) if n]
    words += [f"–{practice.unanswered}"] if practice.unanswered else []
    return " ".join(words)


def _described_word(level: int | None) -> str:
    return _("not told") if level is None else str(level)


def _attainment(value: Result, baselines: Sequence[Baseline]) -> Iterator[str]:
    for baseline in baselines:
        attained = value.attainment[baseline.id]
        if attained.percent is None:
            continue
        yield _("  {percent} % of what “{title}” describes is there, over {n} practices").format(
            percent=round(attained.percent), title=clean(baseline.title), n=attained.described
        )


def _firsts(value: Result, questionnaire: Questionnaire) -> Iterator[str]:
    for head, ids in ((_("Improve"), value.improve), (_("Clarify first"), value.clarify)):
        if ids:
            yield f"  {head}: " + ", ".join(clean(questionnaire.practices[p].title) for p in ids[:5])


def receipt(sheet: Sheet, questionnaire: Questionnaire, asked: Iterable[str]) -> Iterator[str]:
    """One's own answers, nothing else: no totals, no baseline."""
    practices = [questionnaire.practices[p] for p in asked]
    cells = max((width(clean(p.title)) for p in practices), default=0)
    for practice in practices:
        answer = sheet.get(practice.id)
        words = {None: _("not answered"), DONT_KNOW: _("don't know"), NOT_APPLICABLE: _("does not apply")}
        word = str(answer.answer) if isinstance(answer.answer, int) else words[answer.answer]
        extra = [_("note")] if answer.note else []
        extra += (
            [ngettext("{n} link", "{n} links", len(answer.evidence)).format(n=len(answer.evidence))]
            if (answer.evidence)
            else []
        )
        extra += [_("to discuss")] if answer.discuss else []
        yield f"  {pad(clean(practice.title), cells)}  {pad(word, 14)}  {', '.join(extra)}".rstrip()
