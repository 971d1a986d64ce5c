"""The one question asked on leaving, and only when the answers could not be saved."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from assess.core.cells import wrap
from assess.core.keys import Scope
from assess.i18n import _, translate
from assess.session import Session
from assess.tui import view
from assess.tui.page import Page
from assess.tui.painted import Painted


class UnsavedScreen(Page[bool]):
    """Not saved, because: try again, leave anyway, or stay. True means leave."""

    SCOPES = (Scope.UNSAVED,)

    def __init__(self, session: Session) -> None:
        super().__init__(classes="modal")
        self._session = session

    def compose(self) -> ComposeResult:
        """A box in the middle."""
        with Vertical(id="box"):
            yield Painted(self._text)
            yield Painted(self.status, id="choices")

    def said(self) -> tuple[str, str]:
        """The box itself says what there is to say."""
        return "", ""

    def _text(self, width: int) -> list[Content]:
        title = _("Not saved: {reason}").format(reason=self.clean(_why(self._session)))
        text = _("Your latest answers are only in this window. Make room or mend the folder, then try again.")
        lines = [Content.styled(line, view.LOUD) for line in wrap(title, width)]
        return [*lines, Content(), *(Content(line) for line in wrap(text, width)), Content()]

    def renew(self) -> None:
        """It was saved meanwhile, and somebody had asked to leave."""
        if not self._session.unsaved:
            self.dismiss(True)
        for part in self.query(Painted):
            part.again()

    def action_save_again(self) -> None:
        """Try once more; leave when it works."""
        if self._session.flush():
            self.dismiss(True)
        else:
            self.renew()

    def action_leave_anyway(self) -> None:
        """Leave; the exit code says that something is lost."""
        self.dismiss(True)

    def action_close(self) -> None:
        """Go on answering."""
        self.dismiss(False)


def _why(session: Session) -> str:
    return "" if session.saved.failure is None else translate(session.saved.failure)
