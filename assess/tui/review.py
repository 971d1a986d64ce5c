"""The review: every question with its state in words, and the way to finish."""

from __future__ import annotations

from assess.core.answers import Mark
from assess.core.keys import Scope
from assess.i18n import _, ngettext
from assess.tui.finishing import FinishingScreen
from assess.tui.rows import Row


class ReviewScreen(FinishingScreen):
    """All answers before the end; the first row finishes."""

    SCOPES = (Scope.REVIEW, Scope.LIST)

    def listed(self) -> tuple[list[Row], list[int | None]]:
        """Finish first, then the questions."""
        left = len(self.session.practices) - self.session.answered
        if left:
            text = ngettext(
                "Finish, with {n} question unanswered", "Finish, with {n} questions unanswered", left
            ).format(n=left)
        else:
            text = _("Finish, and see what comes next")
        rows, opens = super().listed()
        return [Row(text, lead=self.key("finish")), *rows], [None, *opens]

    def first_marked(self) -> int:
        """Finish when all is answered, else the first open question."""
        if self.session.complete:
            return 0
        marks = [self.session.mark(practice) for practice in self.session.practices]
        return self.opens.index(marks.index(Mark.UNANSWERED))

    def open_row(self, index: int) -> None:
        """The first row finishes."""
        if index == 0:
            self.action_finish()
        else:
            super().open_row(index)
