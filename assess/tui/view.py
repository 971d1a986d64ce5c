"""What the screens say about a session, as lines and rows. Pure: a session and a width go in, text comes out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from textual.content import Content
from textual.style import Style

from assess.core.answers import DONT_KNOW, NOT_APPLICABLE, Answer, Mark
from assess.core.cells import cells, fit, wrap
from assess.core.keymap import named
from assess.core.keys import Key, Scope
from assess.core.questionnaire import Practice
from assess.i18n import _, aside, labelled, listed, ngettext, translate
from assess.session import Session
from assess.tui.keys import GAP, Table, footer
from assess.tui.rows import CHOSEN, Row

Clean = Callable[[str], str]
QUIET = "$foreground-muted"
LOUD = "bold $text-error"
PROGRESS = "$text-primary"
DECIDES = frozenset({Scope.CONFLICT, Scope.UNSAVED})
CHANGING = frozenset({"answer", "note", "evidence", "discuss"})
"""Keys of the bottom line, by id, that change a sheet."""
EVERY_KEY = 10_000
"""Cells that the keys of any place fit in."""
KEY = "assess-key"
"""What a click on a key of the bottom line finds there: the key's id."""
SHOWN_BESIDE = 4000
"""Characters of a note that are shown beside the levels, several screens: every key paints them anew."""
FULL, EMPTY = "■", "□"
MAP_UP_TO = 12
"""Up to so many questions the bar has one cell for each; beyond, ten for all."""
SIGNS: Mapping[Mark, str] = {
    Mark.ANSWERED: CHOSEN,
    Mark.DONT_KNOW: "?",
    Mark.NOT_APPLICABLE: "x",
    Mark.UNANSWERED: "·",
}


def who(session: Session, clean: Clean) -> str:
    """Who is answering, in words."""
    return _("the team together") if session.sheet.is_team else clean(session.sheet.respondent)


def bar(done: int, total: int) -> str:
    """How much is answered, as a row of filled and empty boxes; full only when all is, empty only when nothing."""
    boxes = total if total <= MAP_UP_TO else 10
    filled = max(done * boxes // total if total else 0, 1 if done else 0)
    return FULL * filled + EMPTY * (boxes - filled)


def header(session: Session, clean: Clean, width: int, *, topic: bool = False) -> tuple[list[Content], bool]:
    """The top line, and whether it names the open question's dimension (`topic`), for which there must be room."""
    done, total = session.answered, len(session.practices)
    progress = _("{done} of {all} answered").format(done=done, all=total)
    boxes = bar(done, total)
    name = who(session, clean)
    place = f"{clean(session.sheet.team)} · {session.sheet.round} · {name}"
    dimension = clean(session.dimension.title)
    left = time_left(session)
    time = f" · {left}" if left else ""
    short = f"{done}/{total}"
    wordings = (
        *([(place, f"{dimension}   ", progress, time)] if topic else []),
        (place, "", progress, time),
        (place, "", progress, ""),
        (name, "", progress, ""),
        (fit(name, max(0, min(cells(name), width - cells(f"{short} {boxes}") - 2))), "", short, ""),
    )
    gaps = [width - sum(map(cells, wording)) - cells(boxes) - 1 for wording in wordings]
    best = next((i for i, gap in enumerate(gaps) if gap > 1), len(wordings) - 1)
    who_, named, count, rest = wordings[best]
    gap = " " * max(1, gaps[best])
    line = Content.assemble((who_, QUIET), gap, named, f"{count} ", (boxes, PROGRESS), (rest, QUIET))
    return [line], bool(named)


def time_left(session: Session) -> str:
    """About how long the unanswered questions will take; empty when there are none."""
    n = session.minutes_left
    return ngettext("about {n} minute left", "about {n} minutes left", n).format(n=n) if n else ""


def question(session: Session, clean: Clean, width: int, *, dimension: bool) -> list[Content]:
    """Title and text of the open question; the dimension's title too where the header had no room."""
    practice = session.current
    lines = []
    if dimension:
        lines += [Content.styled(line, QUIET) for line in wrap(clean(session.dimension.title), width)]
    title = f"{session.position + 1}. {clean(practice.title)}"
    lines += [Content.styled(line, "bold") for line in wrap(title, width)]
    if session.answer.discuss:
        lines[-1:] = _with_mark(lines[-1], width)
    lines.append(Content())
    lines += [Content(line) for line in wrap(clean(practice.question), width)]
    lines.append(Content())
    return lines


def _with_mark(title: Content, width: int) -> list[Content]:
    """The mark for the team's talk at the end of the title, below it where there is no room."""
    mark = Content.styled(_("! to discuss"), "$text-warning")
    if title.cell_length + 3 + mark.cell_length <= width:
        return [title + Content("   ") + mark]
    return [title, mark]


def levels(session: Session, clean: Clean) -> list[Row]:
    """The levels of the open question, then the two answers that are no level."""
    answer = session.answer
    rows = [
        Row(clean(level.text), sign=CHOSEN if answer.answer == i else " ", lead=str(i))
        for i, level in enumerate(session.current.levels)
    ]
    rows.append(Row(_("Don't know"), sign=CHOSEN if answer.answer == DONT_KNOW else " ", lead="?"))
    away = answer.answer == NOT_APPLICABLE
    text = _("Does not apply to us")
    if away and answer.reason:
        text = _("Does not apply to us: {reason}").format(reason=clean(answer.reason))
    rows.append(Row(text, sign=CHOSEN if away else " ", lead="x"))
    return rows


def chosen_row(session: Session) -> int | None:
    """Which of the rows of `levels` holds the answer."""
    answer = session.answer
    if answer.level is not None:
        return answer.level
    count = len(session.current.levels)
    return {DONT_KNOW: count, NOT_APPLICABLE: count + 1}.get(str(answer.answer))


def beside(session: Session, clean: Clean, width: int, *, without: str = "") -> list[Content]:
    """Note and evidence, where there are any; `without` the one being written."""
    answer = session.answer
    parts = []
    if answer.note.strip() and without != "note":
        parts.append((_("Note"), _beginning(answer.note.removesuffix("\n"), clean)))
    if answer.evidence and without != "evidence":
        parts.append((_("Evidence"), _beginning("\n".join(answer.evidence), clean)))
    indent = max((cells(label) for label, _text in parts), default=0) + 2
    lines = [Content()] if parts else []
    for label, text in parts:
        for i, line in enumerate(wrap(text, width - indent)):
            lines.append(Content.assemble((fit(label if i == 0 else "", indent), QUIET), line))
    return lines


def _beginning(text: str, clean: Clean) -> str:
    lines = [clean(line) for line in text[:SHOWN_BESIDE].split("\n")]
    return "\n".join(lines if len(text) <= SHOWN_BESIDE else [*lines, _("… and more, shown while you write")])


def saved(session: Session, clean: Clean) -> tuple[str, str]:
    """Whether the words are on disk, and the style to say it in."""
    state = session.saved
    if state.failure is not None:
        said = _("NOT SAVED: {reason}; leaving asks which to keep") if state.conflict else _("NOT SAVED: {reason}")
        return said.format(reason=clean(translate(state.failure))), LOUD
    if state.held is not None:
        return _("READ ONLY: {reason}").format(reason=clean(translate(state.held.words))), LOUD
    done = _("Saved {time:%H:%M}").format(time=state.at) if state.at else ""
    if session.unsaved:
        saving = _("Saving …")
        return fit(saving, max(cells(saving), cells(done))), QUIET  # as wide as before: the keys stand still
    return done, QUIET


def status(
    table: Table,
    width: int,
    scopes: tuple[Scope, ...],
    said: tuple[str, str] = ("", ""),
    shown: Mapping[str, str] | None = None,
) -> list[Content]:
    """The bottom line: what is to be said, then the keys; two lines where they do not fit on one.

    Where something is to be decided no key is left out, however many lines that takes.
    """
    text, style = said
    room = width - cells(text) - GAP if text else width
    lines = []
    lead = Content()
    if text and room < width * 2 // 5:
        lines = [Content.styled(line, style) for line in wrap(text, width)]
        room = width
    elif text:
        lead = Content.assemble((text, style), " " * GAP)
    if DECIDES.issuperset(scopes):
        every = [_clickable(*item) for item in footer(table, EVERY_KEY, scopes, shown)]
        first, *more = _flowing(every, room)
        return [*lines, lead + first, *more]
    items = footer(table, room, scopes, shown)
    return [*lines, lead + Content(" " * GAP).join(_clickable(*item) for item in items)]


def answer_keys(table: Table, levels: int) -> str:
    """How the keys of a question's levels are read, first and last: `0-4`, or somebody's own `a … g`."""
    keys = next(key.keys for key in table if key.id == "answer")[:levels]
    return f"{keys[0]}-{keys[-1]}" if "".join(keys).isdigit() else f"{named(keys[0])} … {named(keys[-1])}"


def _flowing(items: Sequence[Content], width: int) -> list[Content]:
    """Items one after the other, on as many lines as they need."""
    lines = [Content()]
    for item in items:
        wider = lines[-1] + Content(" " * GAP) + item if len(lines[-1]) else item
        lines[-1:] = [wider] if wider.cell_length <= width else [lines[-1], item]
    return lines


def _clickable(key: Key, name: str, label: str) -> Content:
    """A key of the bottom line, which a click presses; not where it matters which of several was pressed."""
    item = Content.assemble((name, "bold $text-accent"), " ", label)
    return item if "{n}" in key.runs else item.stylize(Style.from_meta({KEY: key.id}))


def state_in_words(session: Session, practice: Practice, clean: Clean) -> str:
    """Where a question stands, in words: the level and how its anchor begins, what was noted, to discuss."""
    answer = session.sheet.get(practice.id)
    state, more = word_of(answer), ""
    if answer.level is not None and answer.level < len(practice.levels):
        more = clean(practice.levels[answer.level].text)
    elif answer.answer == NOT_APPLICABLE:
        more = clean(answer.reason)
    marks = [_("to discuss")] if answer.discuss else []
    marks += [_("note")] if answer.note.strip() else []
    if answer.evidence:
        marks.append(ngettext("{n} link", "{n} links", len(answer.evidence)).format(n=len(answer.evidence)))
    if marks:
        state = aside(state, listed(marks))
    return labelled(state, more) if more else state


def word_of(answer: Answer) -> str:
    """An answer in one or two words."""
    if answer.level is not None:
        return _("Level {n}").format(n=answer.level)
    words = {DONT_KNOW: _("Don't know"), NOT_APPLICABLE: _("Does not apply")}
    return words.get(str(answer.answer), _("Unanswered"))


def grouped(
    session: Session, clean: Clean, detail: Callable[[Practice], str]
) -> tuple[list[Row], list[int | None]]:
    """All asked questions, under their dimensions where these have more than one.

    With them the position that each row opens, None for a heading.
    """
    rows: list[Row] = []
    opens: list[int | None] = []
    last = None
    dimensions = [session.questionnaire.dimension_of[practice.id].id for practice in session.practices]
    headed = len(set(dimensions)) < len(dimensions)  # a heading over each single question says little
    for position, practice in enumerate(session.practices):
        dimension = session.questionnaire.dimension_of[practice.id]
        if headed and dimension.id != last:
            last = dimension.id
            inside = [p for p in session.practices if session.questionnaire.dimension_of[p.id].id == last]
            rows.append(Row(f"{clean(dimension.title)}  {counted(session, inside)}", heading=True))
            opens.append(None)
        rows.append(row_of(session, position, practice, clean, detail(practice)))
        opens.append(position)
    return rows, opens


def counted(session: Session, practices: Sequence[Practice]) -> str:
    """How many of some questions have an answer."""
    done = sum(session.mark(p) is not Mark.UNANSWERED for p in practices)
    return _("{done} of {all}").format(done=done, all=len(practices))


def row_of(session: Session, position: int, practice: Practice, clean: Clean, detail: str) -> Row:
    """A question in a list: its sign, number, title and a detail."""
    return Row(clean(practice.title), sign=SIGNS[session.mark(practice)], lead=str(position + 1), detail=detail)
