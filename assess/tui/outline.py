"""All questions by dimension; and what every list of questions shares."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget

from assess.core.keys import Scope
from assess.core.questionnaire import Practice
from assess.i18n import _, aside
from assess.session import Session
from assess.tui import view
from assess.tui.page import Page, Result
from assess.tui.rows import Row, Rows


class RowsPage(Page[Result]):
    """A page that is one list of rows, and the keys that mark them."""

    AUTO_FOCUS = "Rows"

    def __init__(self) -> None:
        super().__init__()
        self.rows = Rows(id="rows")

    def head(self, width: int) -> list[Content]:
        """Team, round, who and progress."""
        return self.face.header(width)

    def body(self) -> Iterable[Widget]:
        """The rows."""
        return (self.rows,)

    def action_move(self, step: int) -> None:
        """Mark another row."""
        self.rows.move(step)

    def action_page(self, direction: int) -> None:
        """Mark a row a page away."""
        self.rows.move(direction * max(1, (self.size.height - 6) // 2))

    def action_end(self, direction: int) -> None:
        """Mark the first or the last row."""
        self.rows.move(direction * len(self.rows.rows))

    def action_close(self) -> None:
        """Back to where we were."""
        self.dismiss(None)


class ListScreen(RowsPage[int]):
    """A list of questions. Its result is the position to open, None to go back."""

    SCOPES: ClassVar[tuple[Scope, ...]] = (Scope.LIST,)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.opens: list[int | None] = []

    def listed(self) -> tuple[list[Row], list[int | None]]:
        """The rows, and for each the position it opens."""
        return view.grouped(self.session, self.clean, self.detail)

    def detail(self, practice: Practice) -> str:
        """What stands beside a question."""
        return view.state_in_words(self.session, practice, self.clean)

    def first_marked(self) -> int:
        """The row that is marked at first: the open question's."""
        return self.opens.index(self.session.position)

    def renew(self) -> None:
        """List what there is now."""
        rows, self.opens = self.listed()
        self.rows.show(rows, min(self.rows.marked, len(rows) - 1))
        super().renew()

    def on_mount(self) -> None:
        """Fill the list and show the marked row."""
        rows, self.opens = self.listed()
        self.rows.show(rows, self.first_marked())
        self.call_after_refresh(self.rows.reveal)

    def action_open(self) -> None:
        """Open the marked row."""
        self.open_row(self.rows.marked)

    def on_rows_picked(self, event: Rows.Picked) -> None:
        """A click opens."""
        self.open_row(event.index)

    def open_row(self, index: int) -> None:
        """Go to the question of a row."""
        if 0 <= index < len(self.opens) and self.opens[index] is not None:
            self.dismiss(self.opens[index])


class OutlineScreen(ListScreen):
    """The whole questionnaire on one page."""

    def detail(self, practice: Practice) -> str:
        """The state in few words."""
        answer = self.session.sheet.get(practice.id)
        words = view.word_of(answer)
        return aside(words, _("to discuss")) if answer.discuss else words
