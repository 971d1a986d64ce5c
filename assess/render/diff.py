"""Two rounds beside each other, for a terminal and as Markdown: the same sections and words, another layout."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assess.core.change import Change, Comparison, Moved, NotCompared
from assess.core.questionnaire import Questionnaire
from assess.i18n import _, aside, labelled, listed, ngettext
from assess.render import markdown
from assess.render.text import clean, table


class Row(NamedTuple):
    """A thing that moved: what, from where to where, by how much, the level, the people, the team's reason."""

    title: str
    scores: str
    difference: str
    level: str
    people: str
    reason: str
    id: str = ""
    """The practice it is about; empty for a dimension or the total."""


class Section(NamedTuple):
    """Practices that moved alike."""

    title: str
    rows: tuple[Row, ...]


def lines(found: Comparison, questionnaire: Questionnaire) -> Iterator[str]:
    """For a terminal, within 80 columns as far as titles allow."""
    yield clean(_heading(found))
    yield f"  {people(found)}"
    yield ""
    yield from table([_cells(row) for row in totals(found, questionnaire)])
    for section in sections(found, questionnaire):
        yield ""
        yield f"  {_('{heading}:').format(heading=section.title)}"
        for row, line in zip(section.rows, table([_cells(row) for row in section.rows]), strict=True):
            yield f"  {line}"
            if row.reason:
                yield f"      {labelled(_('reason'), clean(row.reason))}"
    yield ""
    for line in rest(found, questionnaire):
        yield f"  {clean(line)}"


def as_markdown(found: Comparison, questionnaire: Questionnaire) -> Iterator[str]:
    """To paste into a pull request or a page."""
    escape = markdown.escape
    yield f"## {escape(_heading(found))}"
    yield ""
    yield escape(people(found))
    yield ""
    head = ["", _("score"), _("change"), ""]
    rows = totals(found, questionnaire)
    yield from markdown.table(head, [[escape(cell) for cell in row[:4]] for row in rows])
    for section in sections(found, questionnaire):
        yield ""
        yield f"### {escape(section.title)}"
        yield ""
        yield from markdown.table(columns(), [[escape(cell) for cell in row[:6]] for row in section.rows])
    yield ""
    for line in rest(found, questionnaire):
        yield f"- {escape(line)}"


def columns() -> tuple[str, ...]:
    """What stands above the rows of a section."""
    return ("", _("score"), _("change"), _("level"), _("people"), _("reason"))


def over_time(trend: Sequence[Comparison]) -> Iterator[str]:
    """Each round beside the one before it, a line each: over the practices that both asked."""
    if not trend:
        return
    yield ""
    yield f"  {_('{heading}:').format(heading=_('Over time'))}"
    rows = []
    for found in trend:
        row = _row(f"  {clean(found.before)} → {clean(found.after)}", found.overall)
        n = len(found.practices)
        over = ngettext("over {n} practice", "over {n} practices", n).format(n=n)
        rows.append((*row[:4], over))
    yield from table(rows)


def _heading(found: Comparison) -> str:
    return f"{found.team} · {found.before} → {found.after}"


def people(found: Comparison) -> str:
    """How many answered then and now, and how many of them are the same."""
    if found.basis == "team":
        return _("what the team settled on, then and now")
    then, now = found.respondents
    if found.both is None:
        told = _("people: {then} then, {now} now").format(then=then, now=now)
        return aside(told, _("counts carry no names"))
    both = ngettext("{n} answered both times", "{n} answered both times", found.both).format(n=found.both)
    moved = [both]
    if found.joined:
        moved.append(ngettext("{n} joined", "{n} joined", found.joined).format(n=found.joined))
    if found.left:
        moved.append(ngettext("{n} left", "{n} left", found.left).format(n=found.left))
    return aside(_("people: {then} then, {now} now").format(then=then, now=now), listed(moved))


def totals(found: Comparison, questionnaire: Questionnaire) -> list[Row]:
    """The dimensions that may have moved, the total, and the total of those who were there both times."""
    titles = {d.id: clean(d.title) for d in questionnaire.dimensions}
    moved = [(name, c) for name, c in found.dimensions if c.verdict in {"changed", "maybe"}]
    rows = [_row(titles[name], change) for name, change in moved]
    rows.append(_row(_("All together"), found.overall))
    if found.core is not None:
        rows.append(_row(_("Those who were there both times"), found.core))
    return rows


def sections(found: Comparison, questionnaire: Questionnaire) -> Iterator[Section]:
    """Improved, worse, perhaps; within each what moved most comes first."""

    def size(moved: Moved) -> float:
        return -abs(moved.change.difference or 0)

    for title, of in (
        (_("Improved"), [m for m in found.practices if m.change.direction > 0]),
        (_("Worse"), [m for m in found.practices if m.change.direction < 0]),
        (_("Perhaps"), [m for m in found.practices if m.change.verdict == "maybe"]),
    ):
        if of:
            yield Section(title, tuple(_moved(m, questionnaire) for m in sorted(of, key=size)))


def _moved(moved: Moved, questionnaire: Questionnaire) -> Row:
    before, after = moved.level_before, moved.level_after
    level = _("level {n}").format(n=after) if before == after else f"{_('level')} {before} → {after}"
    moves = []
    if moved.up:
        moves.append(_("{n} up").format(n=moved.up))
    if moved.down:
        moves.append(_("{n} down").format(n=moved.down))
    row = _row(clean(questionnaire.practices[moved.id].title), moved.change)
    return row._replace(level=level, people=listed(moves), reason=moved.reason, id=moved.id)


def _row(title: str, change: Change) -> Row:
    words = {"changed": "", "maybe": _("perhaps"), "no-visible-change": _("no visible change")}
    word = "" if change.verdict is None else words[change.verdict]
    return Row(title, f"{_points(change.before)} → {_points(change.after)}", _signed(change), word, "", "")


def _points(value: float | None) -> str:
    return _("not scored") if value is None else f"{value:.0f}"


def _signed(change: Change) -> str:
    """The difference of the numbers as they are printed, so that they add up; a real minus sign."""
    if change.before is None or change.after is None:
        return ""
    difference = int(f"{change.after:.0f}") - int(f"{change.before:.0f}")
    return f"{difference:+d}".replace("-", "−") if difference else "0"


def _cells(row: Row) -> tuple[str, ...]:
    return row[:5]


def rest(found: Comparison, questionnaire: Questionnaire, *, names: bool = True) -> Iterator[str]:
    """What did not move, what is not compared and why, and from when on a change is one; with or without names."""

    def told(head: str, titles: list[str]) -> str:
        return labelled(head, listed(titles) if names else str(len(titles)))

    quiet = [m.id for m in found.practices if m.change.verdict == "no-visible-change"]
    still = [questionnaire.practices[pid].title for pid in quiet]
    if still:
        n = len(still)
        what = ngettext("No visible change in {n} practice", "No visible change in {n} practices", n).format(n=n)
        yield told(what, still) if names else what
    heads = {
        "new": _("New"),
        "removed": _("Removed"),
        "revised": _("Not comparable, because the question has changed"),
        "not-scored": _("Not comparable, because too few gave a level"),
    }
    for why, head in heads.items():
        of = [_named(out, questionnaire) for out in found.not_compared if out.why == why]
        if of:
            yield told(head, of)
    yield from _asked_once(found)
    yield _limit(found)


def _asked_once(found: Comparison) -> Iterator[str]:
    """What only one round asked is a matter of its set, and only counted."""
    once = sum(out.why == "asked-once" for out in found.not_compared)
    if once:
        told = ngettext(
            "{n} practice was asked in one of the two rounds only",
            "{n} practices were asked in one of the two rounds only",
            once,
        )
        yield told.format(n=once)


def _named(out: NotCompared, questionnaire: Questionnaire) -> str:
    practice = questionnaire.practices.get(out.id)
    title = out.id if practice is None else practice.title
    return title if out.version is None else aside(title, _("since {version}").format(version=out.version))


def _limit(found: Comparison) -> str:
    if found.basis == "team":
        return _("Levels were agreed on, so every change of one counts.")
    limit = max((m.change.detectable for m in found.practices), default=found.overall.detectable)
    return _("Here a practice counts as changed from {n} points on; half of that is “perhaps”.").format(
        n=f"{limit:.0f}"
    )
