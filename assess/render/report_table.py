"""The gap table of the report: one row per practice, chart and numbers at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from assess.core.answers import EMPTY
from assess.core.result import PracticeResult, Result
from assess.i18n import _, joined, labelled, listed, ngettext
from assess.render import report_change, svg
from assess.render.report_view import ReportData, Standing, team_state, unknown_words
from assess.render.words import level, number


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: `kind` is number, below, above, word, none or spark; `note` a word below it; `start` begins a pair.

    One with a `chart` has a picture instead of text, and the same in words as its `label`.
    """

    text: str
    kind: str = "number"
    span: int = 1
    note: str = ""
    start: bool = False
    chart: Markup | None = None
    label: str = ""


Lines = dict[str, report_change.Line | None]
"""A practice over the rounds, by its id."""


@dataclass(frozen=True, slots=True)
class Row:
    """One practice: a name that links to its section, words about it, its picture, its cells."""

    id: str
    title: str
    asides: tuple[str, ...]
    label: str
    chart: Markup
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A heading over one column, or over two (`parts`); `mark` is the shape that stands for it in the picture."""

    title: str
    parts: tuple[str, ...] = ()
    mark: Markup | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """A mark and what it means."""

    mark: Markup
    text: str


@dataclass(frozen=True, slots=True)
class GapTable:
    """The table as a whole. `scale` numbers the levels where all practices have equally many."""

    scale: Markup | None
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    keys: tuple[Key, ...]
    notes: str


def gap_table(data: ReportData, result: Result, rows: Sequence[Standing]) -> GapTable:
    """Rows come sorted."""
    stack = 0 if result.basis == "team" else max((n for s in rows for n in s.result.counts), default=0)
    lines = {s.practice.id: report_change.line(data, s) for s in rows}
    tops = {s.top for s in rows}
    return GapTable(
        scale=svg.axis(range(max(tops) + 1)) if len(tops) == 1 else None,
        columns=_columns(data, result, lined=any(lines.values())),
        rows=tuple(_row(data, result, s, stack, lines) for s in rows),
        keys=_keys(data, result),
        notes=_notes(data, result),
    )


def _columns(data: ReportData, result: Result, *, lined: bool) -> tuple[Column, ...]:
    parts = (_("level"), _("gap"))
    columns = [Column(_team_words(result)[0])]
    if data.settled is not None:
        columns.append(Column(_("Settled")))
    columns += [Column(b.id, parts, svg.legend("baseline", i)) for i, b in enumerate(data.baselines)]
    columns.append(Column(_("Goal"), parts, svg.legend("goal")))
    if data.comparison is not None:
        columns.append(Column(_("since {round}").format(round=data.comparison.before), (_("change"),)))
    if lined:
        columns.append(Column(_("Rounds")))
    if result.basis == "individual":
        columns.append(Column(_("Levels given")))
    return tuple(columns)


def _team_words(result: Result) -> tuple[str, str]:
    """What the first number of a row is: as a heading, and in the legend."""
    if result.basis == "team":
        return _("Settled level"), _("level the team settled on")
    if result.respondents == 1:
        return _("One answer"), _("the one answer")
    return _("Team mean"), _("team mean")


def _row(data: ReportData, result: Result, s: Standing, stack: int, lines: Lines) -> Row:
    p = s.result
    cells = [_mean_cell(p)]
    if data.settled is not None:
        sheet = data.assessment.team_sheet
        word = team_state((EMPTY if sheet is None else sheet.get(p.id)).answer)
        cells.append(Cell(word, "number" if word.isdigit() else "word"))
    for baseline in data.baselines:
        cells += _beside(
            p.baselines[baseline.id], s.gaps.get(baseline.id), _("not described"), baseline.id in s.chosen
        )
    cells += _beside(p.goal, s.goal_gap, _("no goal"), chosen=False)
    if data.comparison is not None:
        moved = report_change.shift(data, s)
        cells.append(Cell(moved.text, moved.kind, note=moved.word))
    if any(lines.values()):
        cells.append(_line_cell(lines[p.id]))
    if result.basis == "individual":
        cells.append(Cell(str(sum(p.counts))))
    marks = tuple(p.baselines[b.id] for b in data.baselines)
    widest = s.widest
    reach = None if p.mean is None or widest is None or widest >= 0 else float(Decimal(str(p.mean)) - widest)
    picture = svg.Track(s.top, p.mean, marks, p.goal, reach, p.counts if stack else (), stack)
    return Row(p.id, s.practice.title, _asides(result, s), _label(data, s), svg.track(picture), tuple(cells))


def _line_cell(line: report_change.Line | None) -> Cell:
    return Cell("–", "none") if line is None else Cell("", "spark", chart=line.chart, label=line.label)


def _mean_cell(p: PracticeResult) -> Cell:
    if p.mean is None:
        return Cell(_("does not apply") if p.excluded else _("not scored"), "word")
    return Cell(level(p.mean) if sum(p.counts) == 1 else number(p.mean))


def _beside(described: float | None, gap: Decimal | None, missing: str, chosen: bool) -> tuple[Cell, ...]:  # noqa: FBT001
    if described is None:
        return (Cell(missing, "word", span=2, start=True),)
    if gap is None:
        return (Cell(level(described), start=True), Cell("–", "none"))
    kind = "below" if gap < 0 and not chosen else "above"
    return (
        Cell(level(described), start=True),
        Cell(number(gap, sign=True), kind, note=_("chosen") if chosen else ""),
    )


def _asides(result: Result, s: Standing) -> tuple[str, ...]:
    """What the numbers do not show: answers far apart, and who gave no level."""
    p, words = s.result, []
    if s.far_apart and result.basis == "individual":
        low, high = s.answered_levels[0], s.answered_levels[-1]
        words.append(_("far apart: {low} to {high}").format(low=low, high=high))
    if result.basis == "individual":
        words += unknown_words(p.dont_know, p.not_applicable, p.unanswered)
    return tuple(words)


def _label(data: ReportData, s: Standing) -> str:
    """The picture in words, for those who do not see it."""
    p = s.result
    none, untold = _("none"), _("not described")
    said = [labelled(_("team"), _mean_cell(p).text)]
    said += [labelled(b.id, _level_or(p.baselines[b.id], untold)) for b in data.baselines]
    said.append(labelled(_("goal"), _level_or(p.goal, none)))
    said += [
        ngettext("{n} answer at level {level}", "{n} answers at level {level}", n).format(n=n, level=i)
        for i, n in enumerate(p.counts)
        if n
    ]
    return listed(said)


def _level_or(value: float | None, word: str) -> str:
    return word if value is None else level(value)


def _keys(data: ReportData, result: Result) -> tuple[Key, ...]:
    keys = [Key(svg.legend("team"), _team_words(result)[1])]
    keys += [
        Key(svg.legend("baseline", i), _("{id}, as described").format(id=b.id))
        for i, b in enumerate(data.baselines)
    ]
    keys.append(Key(svg.legend("goal"), _("goal")))
    if result.basis == "individual":
        keys.append(Key(svg.legend("answer"), _("one mark = one answer")))
    return tuple(keys)


def _notes(data: ReportData, result: Result) -> str:
    notes = [_("All numbers are levels; a gap is the team minus what it is compared with.")]
    if result.basis == "individual" and result.respondents > 1:
        step = number(1 / result.respondents)
        notes.append(
            ngettext(
                "One person choosing the next level moves a mean of {n} answer by {step}.",
                "One person choosing the next level moves a mean of {n} answers by {step}.",
                result.respondents,
            ).format(n=result.respondents, step=step)
        )
    if data.comparison is not None:
        notes.append(_("“changed” is more than noise explains; “perhaps” may be noise."))
    return joined(notes)
