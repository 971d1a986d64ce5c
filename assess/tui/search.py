"""Find something by its words: a question, what a key does, a theme. A line to type in, and what has the words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from assess.core.keys import Scope
from assess.i18n import _, translate
from assess.session import Session
from assess.tui import view
from assess.tui.in_order import InOrder, taken
from assess.tui.keys import Table
from assess.tui.page import Page
from assess.tui.rows import Row, Rows


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to find: its row, the words it is found by, and what it gives when it is opened."""

    row: Row
    words: str
    gives: Any


def questions(session: Session, clean: view.Clean, *, beside: bool = True) -> list[Entry]:
    """The asked questions, found by title, text, levels, id and dimension; this one shown `beside` the title."""
    entries = []
    for position, practice in enumerate(session.practices):
        dimension = session.questionnaire.dimension_of[practice.id].title
        row = view.row_of(session, position, practice, clean, clean(dimension) if beside else "")
        anchors = (level.text for level in practice.levels)
        words = " ".join((practice.title, practice.question, practice.id, dimension, *anchors))
        entries.append(Entry(row, words.casefold(), position))
    return entries


def commands(table: Table, scopes: Sequence[Scope]) -> list[Entry]:
    """What the keys of some scopes do; less those that need to know which of several was pressed."""
    keys = (key for key in table if key.scope in scopes and "(" not in key.runs)
    useful = sorted(keys, key=lambda key: (key.label is None, key.rank))
    rows = ((key, Row(translate(key.help), detail=key.shown)) for key in useful)
    return [Entry(row, f"{row.text} {key.id} {key.shown}".casefold(), key) for key, row in rows]


class _Words(InOrder, Input):
    """The words looked for."""


class SearchScreen(Page[Any]):
    """A line to type in and the entries that have all its words. Its result is what the opened one gives."""

    SCOPES = (Scope.SEARCH,)
    AUTO_FOCUS = "Input"

    def __init__(self, entries: Sequence[Entry], prompt: str) -> None:
        super().__init__()
        self._entries = entries
        self._found = tuple(entries)
        self._prompt = prompt
        self._typed = ""
        self.rows = Rows(id="rows")
        self.rows.always_marked = True

    def head(self, width: int) -> list[Content]:
        """Team, round, who and progress, once there are any."""
        return self.face.header(width)

    def body(self) -> Iterable[Widget]:
        """The line, then what was found."""
        return (_Words(placeholder=self._prompt, id="words"), self.rows)

    def on_mount(self) -> None:
        """All of them, until something is typed."""
        self._find("")

    def _find(self, typed: str) -> None:
        self._typed = typed
        words = typed.casefold().split()
        self._found = tuple(entry for entry in self._entries if all(word in entry.words for word in words))
        rows = [entry.row for entry in self._found] or [Row(_("Nothing found"), heading=True)]
        self.rows.show(rows, 0)
        self.call_after_refresh(self.rows.reveal)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search while typing."""
        if event.value != self._typed:
            self._find(event.value)

    async def _all_typed(self) -> None:
        """Look for every word that came before this key: letters take a longer way than Enter and the arrows."""
        line = self.query_one(_Words)
        await taken(line)
        if line.value != self._typed:
            self._find(line.value)

    async def action_move(self, step: int) -> None:
        """Mark another row."""
        await self._all_typed()
        self.rows.move(step)

    async def action_open(self) -> None:
        """Take the marked row."""
        await self._all_typed()
        self._take()

    def _take(self) -> None:
        if self._found:
            self.dismiss(self._found[self.rows.marked].gives)

    def on_rows_picked(self, _event: Rows.Picked) -> None:
        """A click takes."""
        self._take()

    def action_close(self) -> None:
        """Back to where we were."""
        self.dismiss(None)
