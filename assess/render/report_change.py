"""What moved since the round before: the card, the column and the little lines of the table, and the section."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from assess.core.change import Comparison, Moved, NotCompared
from assess.i18n import _, labelled, listed, ngettext
from assess.render import diff, svg
from assess.render.report_view import Card, ReportData, Standing
from assess.render.words import number

LINE_FROM = 3
"""So many rounds make a line."""


@dataclass(frozen=True, slots=True)
class Shift:
    """How one practice moved: `text` in levels, `word` what it amounts to, `kind` how much weight it has."""

    text: str
    word: str
    kind: str


@dataclass(frozen=True, slots=True)
class Line:
    """A practice over the rounds: its picture, and the same in words."""

    chart: Markup
    label: str


@dataclass(frozen=True, slots=True)
class ChangeView:
    """The section: who answered then and now, what moved, and what cannot be compared."""

    title: str
    people: str
    totals: tuple[diff.Row, ...]
    sections: tuple[diff.Section, ...]
    notes: tuple[str, ...]


def change_view(data: ReportData) -> ChangeView | None:
    """What moved between this round and the one before; None where there is nothing to compare."""
    found = data.comparison
    if found is None:
        return None
    return ChangeView(
        title=_("What moved since {round}").format(round=found.before),
        people=diff.people(found),
        totals=tuple(diff.totals(found, data.questionnaire)),
        sections=tuple(diff.sections(found, data.questionnaire)),
        notes=tuple(diff.rest(found, data.questionnaire)),
    )


def moved_card(found: Comparison) -> Card:
    """How many practices changed, which way, and how many only seem to."""
    up = sum(m.change.direction > 0 for m in found.practices)
    down = sum(m.change.direction < 0 for m in found.practices)
    perhaps = sum(m.change.verdict == "maybe" for m in found.practices)
    text = ngettext(
        "of {n} practice asked both times has changed",
        "of {n} practices asked both times have changed",
        len(found.practices),
    ).format(n=len(found.practices))
    parts = [
        *([_("{n} improved").format(n=up)] if up else []),
        *([_("{n} worse").format(n=down)] if down else []),
        *([_("{n} perhaps").format(n=perhaps)] if perhaps else []),
    ]
    return Card(_("Since {round}").format(round=found.before), str(up + down), text, listed(parts))


def shift(data: ReportData, standing: Standing) -> Shift:
    """How one practice moved since the round before, or why that cannot be said."""
    found = data.comparison
    if found is None:
        return Shift("–", "", "none")
    moved = next((m for m in found.practices if m.id == standing.practice.id), None)
    if moved is None:
        out = next((o for o in found.not_compared if o.id == standing.practice.id), None)
        return Shift(_why_not(out), "", "word")
    words = {"changed": _("changed"), "maybe": _("perhaps"), "no-visible-change": ""}
    verdict = moved.change.verdict or "no-visible-change"
    kinds = {"changed": "below", "maybe": "number", "no-visible-change": "none"}
    return Shift(number(_levels(moved, standing.top), sign=True), words[verdict], kinds[verdict])


def _levels(moved: Moved, top: int) -> Decimal:
    """The difference in levels, as the other numbers of the table are."""
    return Decimal(str(moved.change.difference or 0)) / 100 * top


def _why_not(out: NotCompared | None) -> str:
    words = {
        "new": _("new"),
        "revised": _("revised since"),
        "not-scored": _("not scored"),
        "asked-once": _("not asked"),
        "removed": _("retired"),
    }
    return "–" if out is None else words[out.why]


def line(data: ReportData, standing: Standing) -> Line | None:
    """One practice over this round and those before; None where fewer than three scored it.

    Of two rounds the change says it all.
    """
    pid = standing.practice.id
    rounds = [*data.history, (data.assessment.name, {pid: standing.result.mean})]
    means = [of.get(pid) for _round, of in rounds]
    if sum(mean is not None for mean in means) < LINE_FROM:
        return None
    label = listed(labelled(name, _mean_word(of, pid)) for name, of in rounds)
    return Line(svg.spark(means, standing.top), label)


def _mean_word(means: Mapping[str, float | None], practice: str) -> str:
    if practice not in means:
        return _("not asked")
    mean = means[practice]
    return _("not scored") if mean is None else number(mean)
