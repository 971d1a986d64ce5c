"""Results, findings and receipts as lines for a terminal, in the reader's language, without colour.

Everything from a file passes `clean`; widths count terminal cells, so that Chinese lines up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from assess.core.answers import DONT_KNOW, EMPTY, NOT_APPLICABLE, Answer, Sheet
from assess.core.cells import cells, fit, pad
from assess.core.finding import Finding, Severity
from assess.core.questionnaire import Baseline, Questionnaire
from assess.core.round import Assessment
from assess.i18n import _, aside, labelled, listed, ngettext, translate

if TYPE_CHECKING:  # findings and receipts are printed without anything being scored
    from assess.core.counting import Counted
    from assess.core.result import PracticeResult, Result, Score

_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)
_COMMAND = re.compile(r"^([^\S\n]*):(?=:[\w-])|##(?=(?:vso)?\[)", re.MULTILINE)
"""What a log takes for a command: GitHub's runner at the start of a line and, as Azure's, anywhere in one."""
BAR = 10
"""Width of a score's bar in cells."""
COLUMNS = 80
"""Width of a terminal that everybody has; tables keep within it."""
GAP = 2
FIRST_AT_LEAST = 16
WORDS_SHOWN = 12
"""How many lines of a note are shown where two notes differ."""
SHOWN = 3
"""How many practices a list of what to do first names: more is no list of what to do first."""


def visible(text: str) -> str:
    r"""Text that cannot steer a terminal: what would is spelled out, tabs become blanks. For screens and fields.

    >>> visible("a\x1b[31mb"), visible("::error::x")
    ('a[U+001B][31mb', '::error::x')
    """
    return _CONTROL.sub(lambda match: f"[U+{ord(match[0]):04X}]", text.replace("\t", "    "))


def clean(text: str) -> str:
    r"""The same for what is printed: a log takes no line of it for a command either.

    >>> clean("a\x1b[31mb"), clean("::error::x")
    ('a[U+001B][31mb', '[U+003A]:error::x')
    """
    shown = visible(text)
    return _COMMAND.sub(lambda match: "#[U+0023]" if match[1] is None else f"{match[1]}[U+003A]", shown)


def one_line(text: str) -> str:
    r"""The same without line ends, for what is told in one line.

    >>> one_line("a\nb")
    'a↵b'
    """
    return clean(text.replace("\n", "↵"))


def finding_line(finding: Finding) -> str:
    """`file:line:column: error: what (rule)`, with the hint below."""
    severity = _("error") if finding.severity is Severity.ERROR else _("warning")
    place = f"{finding.place}: " if finding.path else ""
    lines = [f"{place}{labelled(severity, translate(finding.message))} [{finding.rule}]"]
    if finding.hint is not None:
        lines.append(f"    {translate(finding.hint)}")
    return "\n".join(map(one_line, lines))


def participation(assessment: Assessment) -> str:
    """How many have answered, of how many that were hoped for; or that the team answered as one."""
    given, expected = assessment.answered, assessment.expected
    if not given and assessment.team_sheet is not None:
        return _("answered together")
    if expected is not None:
        return _("{n} of {expected} have answered").format(n=given, expected=expected)
    return ngettext("{n} person has answered", "{n} people have answered", given).format(n=given)


def sealed(assessment: Assessment) -> Iterator[str]:
    """What a sealed round tells."""
    yield f"{clean(assessment.team)} · {assessment.name} · {participation(assessment)}"
    if assessment.only_counts:
        yield _("Sheets of this round stay out of git: answers stay hidden until the counts are published.")
    else:
        yield _("The round is open, so answers stay hidden until it is closed: assess meet shows them.")
    yield _("Hidden, not encrypted: whoever can read this folder can read the files.")


def points(value: float | None) -> str:
    """Points of 100 without decimals; words where there is no score.

    >>> points(66.67), points(None)
    ('67', 'not scored')
    """
    return _("not scored") if value is None else f"{value:.0f}"


def bar(score: Score) -> str:
    """The score as a bar of 10 cells; the range it could still take in light shade."""
    if score.low is None or score.high is None:
        return " " * BAR
    solid = round((score.low if score.score is None else score.score) / 100 * BAR)
    reach = max(solid, round(score.high / 100 * BAR))
    return "█" * solid + "░" * (reach - solid) + "·" * (BAR - reach)


def table(rows: Sequence[Sequence[str]], columns: int = COLUMNS) -> Iterator[str]:
    """Rows as wide as their contents; the first column gives way where the whole would be wider than `columns`."""
    widths = [max(cells(cell) for cell in column) for column in zip(*rows, strict=True)]
    rest = sum(widths[1:]) + GAP * len(widths)
    widths[0] = max(min(widths[0], columns - rest), FIRST_AT_LEAST)
    for first, *others in rows:
        line = fit(first, widths[0])
        yield ("  " + "  ".join([line, *(pad(c, w) for c, w in zip(others, widths[1:], strict=True))])).rstrip()


def result(
    value: Result, questionnaire: Questionnaire, baselines: Sequence[Baseline], team: Sheet | None = None
) -> Iterator[str]:
    """A whole result: dimensions, practices beside baselines and goal, attainment, what to do first.

    `team` is the team sheet where the result is of people's own: what they agreed on since is told beside it.
    """
    people = ngettext("{n} sheet", "{n} sheets", value.respondents).format(n=value.respondents)
    basis = _("the team sheet") if value.basis == "team" else people
    yield f"{clean(value.team)} · {value.round} · {basis}"
    yield ""
    titles = {d.id: clean(d.title) for d in questionnaire.dimensions}
    rows = [_score_cells(titles[d.id], d.score) for d in value.dimensions]
    yield from table([*rows, _score_cells(_("All together"), value.overall)])
    yield ""
    yield from table(_practice_rows(value, questionnaire, baselines))
    yield f"  {legend()}"
    heaviest = max((p.one_answer for p in value.practices), default=0)
    if heaviest and value.respondents > 1:
        yield _("  one answer moves a practice by up to {n} points").format(n=f"{heaviest:g}")
    if value.left_out:
        yield ""
        yield "  " + _("Not counted, because the questionnaire has changed since it was answered:")
        yield from (f"    {words}" for words in left_out(value, questionnaire))
    yield ""
    yield from _attainment(value, baselines)
    yield from _firsts(value, questionnaire, team)
    yield from _apart_pairs(value, questionnaire)
    if baselines:
        yield ""
        yield _("A baseline is a story of others: a mirror, not a norm.")


def left_out(value: Result, questionnaire: Questionnaire) -> Iterator[str]:
    """What an older round does not count, each with the reason; a retired practice has no title any more."""
    reasons = {"revised": _("revised in {version}"), "added": _("added in {version}"), "retired": _("retired")}
    for out in value.left_out:
        practice = questionnaire.practices.get(out.id)
        reason = reasons[out.why].format(version=out.version)
        yield clean(aside(out.id if practice is None else practice.title, reason))


def _score_cells(title: str, score: Score) -> tuple[str, ...]:
    reach = ""
    if score.low is not None and score.high is not None and score.low != score.high:
        reach = _("{low} to {high}").format(low=points(score.low), high=points(score.high))
    return title, bar(score), points(score.score), reach


def _practice_rows(
    value: Result, questionnaire: Questionnaire, baselines: Sequence[Baseline]
) -> list[tuple[str, ...]]:
    """One line of heads, two with baselines (whose ids break at their last dash), then one row a practice."""
    names = [clean(b.id).rpartition("-") for b in baselines]
    rows: list[tuple[str, ...]] = [
        *([("", "", "", "", *(f"{head}{dash}" for head, dash, _tail in names))] if names else []),
        ("", _("level"), _("answers"), _("goal"), *(tail for _head, _dash, tail in names)),
    ]
    rows += [
        (
            clean(questionnaire.practices[practice.id].title),
            _median_word(practice),
            answers_word(practice),
            "–" if practice.goal is None else f"{practice.goal:g}",
            *(_described_word(practice.baselines[b.id]) for b in baselines),
        )
        for practice in value.practices
    ]
    return rows


def _median_word(practice: PracticeResult) -> str:
    if practice.excluded:
        return _("n/a")
    return _("not scored") if practice.median is None else str(practice.median)


def answers_word(practice: PracticeResult | Counted) -> str:
    """Counts as people say them: `2×1 3×3 ?1` is two at level 1, three at level 3, one don't know."""
    words = [f"{n}×{level}" for level, n in enumerate(practice.counts) if n]
    words += [f"{sign}{n}" for sign, n in (("?", practice.dont_know), ("x", practice.not_applicable)) if n]
    words += [f"·{practice.unanswered}"] if practice.unanswered else []
    return " ".join(words)


def legend() -> str:
    """How counts are read."""
    return _("answers: 2×3 is two at level 3; ? don't know, x does not apply, · not answered")


def _described_word(level: int | None) -> str:
    return _("not told") if level is None else str(level)


def _attainment(value: Result, baselines: Sequence[Baseline]) -> Iterator[str]:
    for baseline in baselines:
        attained = value.attainment[baseline.id]
        if attained.percent is None:
            continue
        share = ngettext(
            "  {percent} percent of what {id} describes is there, over {n} practice",
            "  {percent} percent of what {id} describes is there, over {n} practices",
            attained.described,
        )
        yield share.format(percent=round(attained.percent), id=clean(baseline.id), n=attained.described)


def _firsts(value: Result, questionnaire: Questionnaire, team: Sheet | None) -> Iterator[str]:
    """What to do first, each with the reason."""
    from assess.render.words import below_goal, doubts  # who prints findings need not load what speaks of numbers

    practices = {practice.id: practice for practice in value.practices}
    for head, ids in ((_("Improve"), value.improve), (_("Clarify first"), value.clarify)):
        if not ids:
            continue
        yield "  " + _("{heading}:").format(heading=head)
        for p in map(practices.__getitem__, ids[:SHOWN]):
            why = (*(doubts(p) or (below_goal(p),)), *_agreed_since(team, p.id))
            yield f"    {labelled(clean(questionnaire.practices[p.id].title), _('; ').join(why))}"
        if len(ids) > SHOWN:
            more = len(ids) - SHOWN
            yield "    " + ngettext("… and {n} more", "… and {n} more", more).format(n=more)


def _agreed_since(team: Sheet | None, practice: str) -> tuple[str, ...]:
    """What the team has come to since people answered."""
    given = EMPTY if team is None else team.get(practice)
    if given.answer is None:
        return (_("dissent kept"),) if given.dissent else ()
    return (labelled(_("agreed since"), _given(given)),)


def _apart_pairs(value: Result, questionnaire: Questionnaire) -> Iterator[str]:
    """Practices that keep each other in check, where one has run ahead of the other."""
    from assess.render.words import apart

    if value.apart:
        yield "  " + _("{heading}:").format(heading=_("Out of balance"))
    for pair in value.apart:
        yield f"    {apart(pair, [clean(questionnaire.practices[pid].title) for pid in pair.practices])}"


def receipt(sheet: Sheet, questionnaire: Questionnaire, asked: Iterable[str]) -> Iterator[str]:
    """One's own answers, nothing else: no totals, no baseline."""
    practices = [questionnaire.practices[p] for p in asked]
    widest = max((cells(clean(p.title)) for p in practices), default=0)
    for practice in practices:
        answer = sheet.get(practice.id)
        word, extra = _given(answer), listed(_beside(answer))
        yield f"  {pad(clean(practice.title), widest)}  {pad(word, 14)}  {extra}".rstrip()


def _given(answer: Answer) -> str:
    words = {None: _("not answered"), DONT_KNOW: _("don't know"), NOT_APPLICABLE: _("does not apply")}
    return str(answer.answer) if isinstance(answer.answer, int) else words[answer.answer]


def _beside(answer: Answer) -> list[str]:
    """What else was written."""
    extra = [_("note")] if answer.note else []
    if answer.evidence:
        extra.append(ngettext("{n} link", "{n} links", len(answer.evidence)).format(n=len(answer.evidence)))
    return extra + ([_("to discuss")] if answer.discuss else [])


def differences(pairs: Iterable[tuple[str, Answer, Answer]]) -> list[str]:
    """Answers as they are on the screen, and as they are in the file: of (title, here, there) what differs.

    A line for the answer, and below it the words beside it: those that one of them does not have.
    """
    lines = [line for pair in pairs for line in _difference(*pair)]
    return lines or [_("No answer differs, only other parts of the file.")]


def _difference(title: str, here: Answer, there: Answer) -> Iterator[str]:
    mine, theirs = (_with_beside(answer) for answer in (here, there))
    if mine == theirs:
        yield _("{title}: {answer}, but with other words beside it").format(title=clean(title), answer=mine)
    else:
        yield _("{title}: {mine} here, {theirs} in the file").format(title=clean(title), mine=mine, theirs=theirs)
    for what, own, other in (
        (_("Note"), here.note, there.note),
        (_("Evidence"), "\n".join(here.evidence), "\n".join(there.evidence)),
        (_("Reason"), here.reason, there.reason),
    ):
        if own != other:
            places = (_("{what} here:"), _("{what} in the file:"))
            for place, words in zip(places, _apart(own.splitlines(), other.splitlines()), strict=True):
                yield f"  {place.format(what=what)}"
                yield from (f"    {clean(line)}" for line in words or ["–"])


def _with_beside(answer: Answer) -> str:
    beside = _beside(answer)
    return aside(_given(answer), listed(beside)) if beside else _given(answer)


def _apart(one: Sequence[str], other: Sequence[str]) -> tuple[list[str], list[str]]:
    """The lines of two texts less those that both begin and end with; of a long rest only its first lines.

    >>> _apart(["same", "mine"], ["same", "theirs", "more"])
    (['…', 'mine'], ['…', 'theirs', 'more'])
    """
    shortest = min(len(one), len(other))
    begin = next((i for i in range(shortest) if one[i] != other[i]), shortest)
    end = next((i for i in range(shortest - begin) if one[-1 - i] != other[-1 - i]), shortest - begin)
    first, second = ([*text[begin : len(text) - end]] for text in (one, other))
    before, after = ["…"] * bool(begin), ["…"] * bool(end)
    return _shortened([*before, *first, *after]), _shortened([*before, *second, *after])


def _shortened(lines: list[str]) -> list[str]:
    return lines if len(lines) <= WORDS_SHOWN else [*lines[:WORDS_SHOWN], "…"]
