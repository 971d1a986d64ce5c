"""The review: every question with its state in words, and the way to finish."""

from __future__ import annotations

from assess.core.answers import Mark
from assess.core.keys import Scope
from assess.files.reason import reason
from assess.files.repository import UsageError
from assess.i18n import _, ngettext, translate
from assess.tui import view
from assess.tui.outline import ListScreen
from assess.tui.painted import Painted
from assess.tui.rows import Row


class ReviewScreen(ListScreen):
    """All answers before the end; the first row finishes."""

    SCOPES = (Scope.REVIEW, Scope.LIST)
    _problem = ""

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

    def said(self) -> tuple[str, str]:
        """Why finishing failed, if it did."""
        return (self._problem, view.LOUD) if self._problem else super().said()

    def open_row(self, index: int) -> None:
        """The first row finishes."""
        if index == 0:
            self.action_finish()
        else:
            super().open_row(index)

    def action_finish(self) -> None:
        """Write the report and show the end."""
        try:
            self.face.finish()
            self._problem = ""
        except UsageError as error:
            self._problem = " ".join(translate(finding.message) for finding in error.findings)
        except OSError as error:
            self._problem = _("Could not be written: {reason}").format(reason=translate(reason(error)))
        self.query_one("#status", Painted).again()
