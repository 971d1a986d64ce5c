"""Find a question by words of its title, text, id or dimension."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget
from textual.widgets import Input

from assess.core.questionnaire import Practice
from assess.i18n import _
from assess.session import Session
from assess.tui import view
from assess.tui.in_order import InOrder
from assess.tui.keys import Scope, bindings
from assess.tui.outline import ListScreen
from assess.tui.rows import Row


class _Words(InOrder, Input):
    """The words looked for."""


class SearchScreen(ListScreen, inherit_bindings=False):
    """A line to type in and the questions that have all its words."""

    SCOPES = (Scope.SEARCH,)
    BINDINGS = bindings(Scope.SEARCH)
    AUTO_FOCUS = "Input"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._words: list[str] = []
        self.rows.always_marked = True

    def body(self) -> Iterable[Widget]:
        """The line, then what was found."""
        return (_Words(placeholder=_("Words of the question"), id="words"), self.rows)

    def listed(self) -> tuple[list[Row], list[int | None]]:
        """The questions that have all the words."""
        found = [
            (position, practice)
            for position, practice in enumerate(self.session.practices)
            if self._has_words(practice)
        ]
        if not found:
            return [Row(_("Nothing found"), heading=True)], [None]
        rows = [
            view.row_of(self.session, position, practice, self.clean, self._dimension(practice))
            for position, practice in found
        ]
        return rows, [position for position, _practice in found]

    def first_marked(self) -> int:
        """The best is the first."""
        return 0

    def _dimension(self, practice: Practice) -> str:
        return self.clean(self.session.questionnaire.dimension_of[practice.id].title)

    def _has_words(self, practice: Practice) -> bool:
        text = " ".join((practice.title, practice.question, practice.id, self._dimension(practice))).casefold()
        return all(word in text for word in self._words)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search while typing."""
        self._words = event.value.casefold().split()
        rows, self.opens = self.listed()
        self.rows.show(rows, self.first_marked())
