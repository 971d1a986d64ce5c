"""The one table of keys: bindings, the footer line, F1, the README and a person's own keys are made from it.

Single letters act only outside text fields (the screens see to that). Nothing here needs more of a terminal than
plain keys: no ctrl+enter, no shift+enter, and nothing bound to ctrl+h, i, j or m, which are other keys' twins.
How keys are bound and shown is in `tui.keys`, what a person may change of them in `keymap`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from assess.core.message import Message, message


class Scope(StrEnum):
    """Where a key acts."""

    EVERYWHERE = "everywhere"
    SETUP = "setup"
    QUESTION = "question"
    NOTE = "note"
    EVIDENCE = "evidence"
    REASON = "reason"
    LIST = "list"
    REVIEW = "review"
    SEARCH = "search"
    CLOSING = "closing"
    HELP = "help"
    UNSAVED = "unsaved"
    CONFLICT = "conflict"
    REVEAL = "reveal"
    AGENDA = "agenda"
    MEETING = "meeting"
    LINE = "line"
    ACTIONS = "actions"


TITLES: Mapping[Scope, Message] = {
    Scope.EVERYWHERE: message("Everywhere"),
    Scope.SETUP: message("Before the first question"),
    Scope.QUESTION: message("On a question"),
    Scope.NOTE: message("While writing a note"),
    Scope.EVIDENCE: message("While giving evidence"),
    Scope.REASON: message("While saying why something does not apply"),
    Scope.LIST: message("In a list of questions"),
    Scope.REVIEW: message("In the review"),
    Scope.SEARCH: message("In the search"),
    Scope.CLOSING: message("At the end"),
    Scope.HELP: message("In this help"),
    Scope.UNSAVED: message("When something could not be saved"),
    Scope.CONFLICT: message("When the file has changed elsewhere"),
    Scope.REVEAL: message("Before a team's answers are shown"),
    Scope.AGENDA: message("In the list of a meeting"),
    Scope.MEETING: message("In a meeting, on a practice"),
    Scope.LINE: message("While writing a line in a meeting"),
    Scope.ACTIONS: message("In the list of actions"),
}


@dataclass(frozen=True, slots=True)
class Key:
    """What one or more keys do.

    `keys` are characters or Textual's names (none: only in the palette), `shown` is how people read them, `help`
    says what happens. A `label` puts it in the footer; where room is short the lowest `rank` stays. `action`
    defaults to `id` with underscores. Whoever has changed the keys of the row `like` has changed these too
    (`keymap.applied`).
    """

    scope: Scope
    id: str
    keys: tuple[str, ...]
    shown: str
    help: Message
    label: Message | None = None
    rank: int = 9
    action: str = ""
    like: str = ""

    @property
    def runs(self) -> str:
        """The action; `{n}` in it stands for the place of the pressed key among `keys`, from 0."""
        return self.action or self.id.replace("-", "_")


def _key(
    scope: Scope, id_: str, keys: str, shown: str, help_: Message, *, label: Message | None = None, rank: int = 9,
    action: str = "",
) -> Key:  # fmt: skip
    return Key(scope, id_, tuple(keys.split()), shown, help_, label, rank, action)


_Q, _L, _R = Scope.QUESTION, Scope.LIST, Scope.REVIEW
_E, _W = Scope.EVIDENCE, Scope.REASON
_S, _C, _U = Scope.SEARCH, Scope.CLOSING, Scope.UNSAVED
_NEXT, _BACK, _HELP = message("next"), message("back"), message("help")

_SCROLL = (
    ("down", "j down", "j ↓", message("Scroll down"), "line(1)"),
    ("up", "k up", "k ↑", message("Scroll up"), "line(-1)"),
    ("page-down", "pagedown space", "PgDn", message("A page down"), "page(1)"),
    ("page-up", "pageup", "PgUp", message("A page up"), "page(-1)"),
    ("first", "home", "Home", message("To the top"), "edge(-1)"),
    ("last", "end", "End", message("To the end"), "edge(1)"),
)


def _alike(
    key: Key, scope: Scope, help_: Message | None = None, *, label: Message | None = None, rank: int = 9
) -> Key:
    """The same key in another place."""
    return Key(scope, f"{scope}-{key.id}", key.keys, key.shown, help_ or key.help, label, rank, key.runs, key.id)


# Other brackets are what the same key gives while a Chinese input method is on.
_ALONE: tuple[Key, ...] = (
    _key(_Q, "answer", "0 1 2 3 4 5 6", "0-6", message("Answer with the level as printed; the question stays"),
         label=message("answer"), rank=2, action="answer({n})"),
    _key(_Q, "mark-down", "j down", "j ↓", message("Mark the next row"), action="move(1)"),
    _key(_Q, "mark-up", "k up", "k ↑", message("Mark the row before"), action="move(-1)"),
    _key(_Q, "take", "space", "Space", message("Take the marked row")),
    _key(_Q, "dont-know", "?", "?", message("Don't know")),
    _key(_Q, "not-applicable", "x", "x", message("Does not apply to us; asks why")),
    _key(_Q, "clear", "delete", "Del", message("Take the answer back")),
    _key(_Q, "next", "enter", "Enter", message("Next question; after the last the review"), label=_NEXT, rank=1),
    _key(_Q, "back", "b", "b", message("Question before"), label=_BACK, rank=3),
    _key(_Q, "note", "n", "n", message("Write a note"), label=message("note"), rank=4),
    _key(_Q, "evidence", "e", "e", message("Give evidence: links or paths, with spaces between"),
         label=message("evidence"), rank=6),
    _key(_Q, "discuss", "d", "d", message("Mark for the team's talk, or take the mark away"),
         label=message("discuss"), rank=7),
    _key(_Q, "unanswered", "u", "u", message("Next unanswered question")),
    _key(_Q, "dimension-before", "[ 【 「", "[", message("Dimension before"),
         action="dimension(-1)"),
    _key(_Q, "dimension-next", "] 】 」", "]", message("Next dimension"),
         action="dimension(1)"),
    _key(_Q, "outline", "o", "o", message("All questions by dimension"), label=message("outline"), rank=5),
    _key(_Q, "search", "/", "/", message("Search the questions")),
    _key(_Q, "review", "r", "r", message("Review all answers, and finish"), label=message("review"), rank=8),
    _key(_Q, "undo", "z ctrl+z", "z", message("Undo")),
    _key(_Q, "redo", "y ctrl+y", "y", message("Redo")),
    _key(_Q, "page-down", "pagedown", "PgDn", message("Scroll down"), action="page(1)"),
    _key(_Q, "page-up", "pageup", "PgUp", message("Scroll up"), action="page(-1)"),
    _key(Scope.NOTE, "note-leave", "escape", "Esc", message("Leave the note; the words are kept"),
         label=message("keep and leave"), rank=1, action="leave_field"),
    _key(Scope.NOTE, "note-editor", "ctrl+e", "ctrl+e", message("Write the note in your own editor ($EDITOR)"),
         label=message("your editor"), rank=3, action="editor"),
    _key(_E, "evidence-editor", "ctrl+e", "ctrl+e", message("Write in your own editor, a link on each line"),
         label=message("your editor"), rank=3, action="editor"),
    _key(_E, "evidence-store", "enter", "Enter", message("Store the evidence"), label=message("store"), rank=1,
         action="store_field"),
    _key(_E, "evidence-leave", "escape", "Esc", message("Leave the field; the words are kept"),
         label=message("keep and leave"), rank=2, action="leave_field"),
    _key(_W, "reason-store", "enter", "Enter", message("Store the reason, and so the answer"),
         label=message("store"), rank=1, action="store_field"),
    _key(_W, "reason-leave", "escape", "Esc", message("Give up; the answer stays what it was"),
         label=message("give up"), rank=2, action="leave_field"),
    _key(_R, "finish", "f", "f", message("Finish, and see what comes next"), label=message("finish"), rank=1),
    _key(_L, "list-down", "j down", "j ↓", message("Down"), action="move(1)"),
    _key(_L, "list-up", "k up", "k ↑", message("Up"), action="move(-1)"),
    _key(_L, "list-page-down", "pagedown", "PgDn", message("A page down"), action="page(1)"),
    _key(_L, "list-page-up", "pageup", "PgUp", message("A page up"), action="page(-1)"),
    _key(_L, "list-first", "home", "Home", message("To the top"), action="end(-1)"),
    _key(_L, "list-last", "end", "End", message("To the end"), action="end(1)"),
    _key(_L, "list-open", "enter space", "Enter", message("Open the marked row"), label=message("open"), rank=1,
         action="open"),
    _key(_L, "list-back", "escape b", "Esc", message("Back to the question"), label=_BACK, rank=2,
         action="close"),
    _key(_S, "search-down", "down", "↓", message("Down"), action="move(1)"),
    _key(_S, "search-up", "up", "↑", message("Up"), action="move(-1)"),
    _key(_S, "search-open", "enter", "Enter", message("Open the marked question"), label=message("open"), rank=1,
         action="open"),
    _key(_S, "search-close", "escape", "Esc", message("Back to the question"), label=_BACK, rank=2,
         action="close"),
    _key(Scope.SETUP, "setup-next", "enter", "Enter", message("On to the next, and begin after the last"),
         label=_NEXT, rank=1, action="next"),
    _key(Scope.SETUP, "setup-choose", "up down", "↑ ↓", message("Choose another row; at the ends on to the next"),
         label=message("choose"), rank=2, action="arrow({n})"),
    _key(Scope.SETUP, "setup-field", "tab shift+tab", "Tab", message("To the next; with Shift to the one before"),
         label=message("move"), rank=3, action="field({n})"),
    _key(_C, "open-report", "o", "o", message("Open the report in the browser"), label=message("open the report"),
         rank=2),
    _key(_C, "closing-back", "b escape", "b", message("Back to the review"), label=_BACK, rank=3, action="close"),
    _key(_C, "closing-leave", "enter", "Enter", message("Leave"), label=message("leave"), rank=1, action="leave"),
    _key(Scope.HELP, "help-close", "escape enter b", "Esc", message("Close the help"), label=_BACK, rank=1,
         action="close"),
    *(
        _key(scope, f"{scope}-{id_}", names, shown, help_, action=action)
        for scope in (Scope.CLOSING, Scope.HELP, Scope.CONFLICT, Scope.REVEAL)
        for id_, names, shown, help_, action in _SCROLL
    ),
    _key(_U, "save-again", "enter t", "Enter", message("Try again to save"), label=message("try again"), rank=1),
    _key(_U, "leave-anyway", "l", "l", message("Leave without saving"), label=message("leave anyway"), rank=2),
    _key(_U, "leave-not", "escape b", "Esc", message("Stay"), label=message("stay"), rank=3, action="close"),
    # letters that answer nothing on a question, so that no key meant for it decides here
    _key(Scope.CONFLICT, "take-theirs", "t", "t", message("Take the answers in the file"),
         label=message("take the file's"), rank=1),
    _key(Scope.CONFLICT, "keep-mine", "m", "m", message("Keep the answers here, and write them over the file's"),
         label=message("keep mine"), rank=2),
    _key(Scope.CONFLICT, "decide-later", "escape", "Esc", message("Decide later; nothing is saved until then"),
         label=message("later"), rank=3, action="close"),
)  # fmt: skip
_BY_ID = {key.id: key for key in _ALONE}
_M, _A = Scope.MEETING, Scope.ACTIONS

_MEETING: tuple[Key, ...] = (
    _key(Scope.REVEAL, "reveal", "enter", "Enter", message("Show the answers, and close the round"),
         label=message("show the answers"), rank=1),
    _key(Scope.REVEAL, "reveal-not", "escape b", "Esc", message("Not yet; the round stays open"),
         label=message("not yet"), rank=2, action="close"),
    _key(Scope.AGENDA, "agenda-finish", "f", "f", message("End the meeting: the report, and a summary to paste"),
         label=message("finish"), rank=3, action="finish"),
    _key(Scope.AGENDA, "agenda-actions", "t", "t", message("The actions, those of earlier rounds first"),
         label=message("actions"), rank=4, action="actions"),
    _alike(_BY_ID["answer"], _M, message("Agree on the level as printed; the practice stays"),
           label=message("agree"), rank=2),
    *(_alike(_BY_ID[name], _M) for name in ("mark-down", "mark-up", "take")),
    _alike(_BY_ID["dont-know"], _M, message("Agree that nobody knows")),
    _alike(_BY_ID["not-applicable"], _M, message("Agree that it does not apply; asks why")),
    _alike(_BY_ID["clear"], _M),
    _alike(_BY_ID["next"], _M, message("Next practice; after the last the list"), label=_NEXT, rank=1),
    _alike(_BY_ID["back"], _M, message("Practice before"), label=_BACK, rank=8),
    _key(_M, "dissent", "d", "d", message("Keep what some see otherwise"), label=message("dissent"), rank=4),
    _key(_M, "goal", "g", "g", message("Set a goal, with the reason"), label=message("goal"), rank=5),
    _key(_M, "decide", "a", "a", message("Decide on an action: what, who, by when"), label=message("action"),
         rank=6),
    _key(_M, "accept", "w", "w", message("Say why it may fall")),
    _alike(_BY_ID["note"], _M, label=message("note"), rank=7),
    _alike(_BY_ID["unanswered"], _M, message("Next practice on the list that is not settled")),
    _key(_M, "agenda", "o", "o", message("The list of the meeting, and its end"), label=message("list"), rank=3),
    _key(_M, "meeting-actions", "t", "t", message("The actions, those of earlier rounds first"), action="actions"),
    *(_alike(_BY_ID[name], _M) for name in ("search", "undo", "redo", "page-down", "page-up")),
    _key(Scope.LINE, "line-store", "enter", "Enter", message("Store the line"), label=message("store"), rank=1,
         action="store_field"),
    _key(Scope.LINE, "line-leave", "escape", "Esc", message("Leave the line; only a dissent is kept as it is"),
         label=message("leave"), rank=2, action="leave_field"),
    *(
        _alike(_BY_ID[name], _A)
        for name in ("list-down", "list-up", "list-page-down", "list-page-up", "list-first", "list-last")
    ),
    _key(_A, "action-done", "enter space", "Enter", message("Done, or open again"), label=message("done"), rank=1,
         action="open"),
    _key(_A, "action-drop", "x", "x", message("Drop it; asks why"), label=message("drop"), rank=2, action="drop"),
    _key(_A, "action-change", "e", "e", message("Change who does it and by when"), label=message("change"), rank=3,
         action="change"),
    *(_alike(_BY_ID[name], _A) for name in ("undo", "redo")),
    _key(_A, "actions-back", "escape b", "Esc", message("Back"), label=_BACK, rank=4, action="close"),
)  # fmt: skip

TABLE: tuple[Key, ...] = (
    *_ALONE,
    *_MEETING,
    _key(Scope.EVERYWHERE, "help", "f1", "F1", message("Why this is asked, all keys, words and rules"),
         label=_HELP, rank=1),
    _key(Scope.EVERYWHERE, "palette", "ctrl+p", "ctrl+p", message("Find a command or a question by its words")),
    _key(Scope.EVERYWHERE, "colours", "", "", message("Choose other colours")),
    _key(Scope.EVERYWHERE, "suspend", "", "", message("Back to the shell for a while; fg goes on")),
    _key(Scope.EVERYWHERE, "quit", "ctrl+q", "ctrl+q", message("Save and quit"), label=message("quit"), rank=9),
    _key(Scope.EVERYWHERE, "interrupt", "ctrl+c", "ctrl+c",
         message("Save and quit; copies where text is selected")),
)  # fmt: skip


def of(table: Iterable[Key], *scopes: Scope) -> tuple[Key, ...]:
    """The rows of a table for some scopes, in the table's order."""
    return tuple(key for key in table if key.scope in scopes)


_LISTS = (frozenset({Scope.REVIEW, Scope.LIST}), frozenset({Scope.AGENDA, Scope.LIST}))
TOGETHER: tuple[frozenset[Scope], ...] = (
    *_LISTS,
    *(
        frozenset({s})
        for s in Scope
        if s is not Scope.EVERYWHERE and not any(s in together for together in _LISTS)
    ),
)
"""Scopes that act at the same time, each time with those that act everywhere."""
WRITING = frozenset(
    {Scope.NOTE, Scope.EVIDENCE, Scope.REASON, Scope.LINE, Scope.SETUP, Scope.SEARCH, Scope.EVERYWHERE}
)
"""Scopes in which people write: there a plain character is typed."""
