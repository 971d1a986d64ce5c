"""What the screens of a meeting say, as lines and rows. Pure: a meeting and a width go in, text comes out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from textual.content import Content

from assess.core.answers import Mark
from assess.core.cells import cells, fit, pad, wrap
from assess.core.questionnaire import Practice
from assess.i18n import _, labelled, listed
from assess.meeting import Meeting
from assess.render import meeting as words
from assess.tui import view
from assess.tui.rows import CHOSEN, Row

Clean = Callable[[str], str]
DOT = "●"
DOTS_AT_MOST = 8
"""More answers to one level than these are a number beside one dot."""
WRITTEN_AT_MOST = 12
"""So many lines of what people wrote are shown at once: the rest is in the report."""


def header(meeting: Meeting, clean: Clean, width: int) -> list[Content]:
    """Team, round, that this is a meeting; how much of the list is settled."""
    done, total = meeting.done, len(meeting.brief.called)
    kind = _("meeting")
    place = f"{clean(meeting.sheet.team)} · {meeting.sheet.round} · {kind}"
    told = words.progress(meeting.brief, done) if total else _("nothing calls for talk")
    boxes = f" {view.bar(done, total)}" if total else ""
    room = width - cells(told) - cells(boxes) - 2
    left = place if cells(place) <= room else fit(place, max(0, room))
    gap = " " * max(1, width - cells(left) - cells(told) - cells(boxes))
    return [Content.assemble((left, view.QUIET), gap, told, (boxes, view.PROGRESS))]


def topic(meeting: Meeting, clean: Clean, width: int) -> list[Content]:
    """The open practice: its place on the list and why it is there, who speaks first, what was asked."""
    practice, item = meeting.current, meeting.item
    counted = meeting.brief.of(practice.id)
    total = len(meeting.brief.called)
    title = f"{meeting.position + 1}. {clean(practice.title)}"
    lines = [Content.styled(line, "bold") for line in wrap(title, width)]
    place = _("{n} of {all} on the list").format(n=meeting.position + 1, all=total)
    why = labelled(place, words.calls(item, counted)) if item.calls else _("not on the list")
    lines += [Content.styled(line, view.QUIET) for line in wrap(clean(why), width)]
    lines += [
        Content.styled(line, "$text-primary")
        for line in wrap(words.prompt(item, counted, nameless=meeting.brief.nameless), width)
    ]
    lines.append(Content())
    lines += [Content(line) for line in wrap(clean(practice.question), width)]
    lines.append(Content())
    return lines


def levels(meeting: Meeting, clean: Clean) -> list[Row]:
    """The levels, each with a dot for everybody who chose it, then the answers that are no level."""
    practice, answer = meeting.current, meeting.answer
    counted, before = meeting.brief.of(practice.id), meeting.brief.last(practice.id)
    counts = [*counted.counts, counted.dont_know, counted.not_applicable]
    drawn = dots(counts)
    chosen = view.chosen_row(meeting)
    texts = [
        "  ".join((clean(level.text), *map(clean, words.marks(i, counted, before, answer))))
        for i, level in enumerate(practice.levels)
    ]
    away = _("Does not apply to us")
    if answer.mark is Mark.NOT_APPLICABLE and answer.reason:
        away = _("Does not apply to us: {reason}").format(reason=clean(answer.reason))
    names = [*map(str, range(len(practice.levels))), "?", "x"]
    return [
        Row(text, sign=CHOSEN if i == chosen else " ", lead=f"{name} {dot}".rstrip())
        for i, (name, dot, text) in enumerate(zip(names, drawn, [*texts, _("Don't know"), away], strict=True))
    ]


def dots(counts: list[int]) -> list[str]:
    """A dot for each answer, or a dot and the number where there are many; all equally wide.

    >>> dots([0, 2, 1]), dots([12, 0])
    (['  ', '●●', '● '], ['● 12', '    '])
    """
    many = max(counts, default=0) > DOTS_AT_MOST
    drawn = [f"{DOT} {n}" if many and n else DOT * n for n in counts]
    widest = max(map(cells, drawn), default=0)
    return [pad(text, widest) for text in drawn]


def beside(meeting: Meeting, clean: Clean, width: int, today: date, *, without: str = "") -> list[Content]:
    """What the team has come to, where it was last time, what people wrote, and a next step to begin from."""
    practice, brief = meeting.current, meeting.brief
    parts = [(label, clean(text)) for label, text in words.come_to(meeting.answer)]
    if without:  # what is being written is not shown twice
        parts = [part for part in parts if part[0] != without]
    if meeting.answer.note.strip():
        parts.append((_("Note"), clean(" ".join(meeting.answer.note.split()))))
    own = [d for d in meeting.actions if d.action.practice == practice.id]
    parts += [
        (_("Action") if i == 0 else "", clean(words.action(d, today, round_=meeting.sheet.round)))
        for i, d in enumerate(own)
    ]
    last = words.last_time(brief, practice.id)
    parts += [(_("Last time") if i == 0 else "", clean(text)) for i, text in enumerate(last)]
    balance = words.balance(brief, practice.id, meeting.questionnaire)
    parts += [(_("Out of balance"), clean(balance))] if balance else []
    written = [clean(" ".join(text.split())) for text in brief.written.get(practice.id, ())]
    shown = written[:WRITTEN_AT_MOST] + (["…"] if len(written) > WRITTEN_AT_MOST else [])
    parts += [(_("Written") if i == 0 else "", text) for i, text in enumerate(shown)]
    if words.draft(practice) and not own:
        parts.append((_("Next step"), clean(words.draft(practice))))
    return _labelled_lines(parts, width)


def _labelled_lines(parts: list[tuple[str, str]], width: int) -> list[Content]:
    indent = max((cells(label) for label, _text in parts), default=0) + 2
    lines = [Content()] if parts else []
    for label, text in parts:
        for i, line in enumerate(wrap(text, max(10, width - indent))):
            lines.append(Content.assemble((fit(label if i == 0 else "", indent), view.QUIET), line))
    return lines


def listed_rows(meeting: Meeting, clean: Clean) -> tuple[list[Row], list[int | None]]:
    """The list of the meeting, then all other practices; with the position that each row opens."""
    rows: list[Row] = []
    opens: list[int | None] = []
    called = len(meeting.brief.called)
    for position, (practice, item) in enumerate(zip(meeting.practices, meeting.brief.items, strict=True)):
        if position in {0, called}:
            heading = (
                _("Worth talking about, in this order") if item.calls else _("The rest: nothing calls for talk")
            )
            rows.append(Row(heading, heading=True))
            opens.append(None)
        rows.append(
            Row(
                clean(practice.title),
                sign=CHOSEN if meeting.settled(practice) else "·",
                lead=str(position + 1),
                detail=clean(state(meeting, practice, words.calls(item, meeting.brief.of(practice.id)))),
            )
        )
        opens.append(position)
    return rows, opens


def state(meeting: Meeting, practice: Practice, why: str) -> str:
    """What the team has come to about a practice, else why it is on the list."""
    answer = meeting.sheet.get(practice.id)
    told = [words.agreed(answer)] if words.agreed(answer) and meeting.settled(practice) else []
    told += [_("dissent kept")] if answer.dissent else []
    told += [_("goal {n}").format(n=answer.goal.level)] if answer.goal is not None else []
    return listed(told) or why
