"""The file has changed elsewhere: what differs, and what is to count. Nothing is decided by a key that answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual.content import Content
from textual.widget import Widget

from assess.core.cells import wrap
from assess.core.finding import Finding
from assess.core.keys import Scope
from assess.files.sheetfile import Other
from assess.i18n import _
from assess.render import text
from assess.session import Session
from assess.tui import view
from assess.tui.page import Page
from assess.tui.painted import Painted


class ConflictScreen(Page[bool]):
    """Take what the file says, or keep what is here. True means that one of the two was done."""

    SCOPES = (Scope.CONFLICT,)

    def __init__(self, session: Session, other: Other, *, warned: bool) -> None:
        super().__init__()
        self._session = session
        self._other = other
        self.warned = warned

    def head(self, width: int) -> list[Content]:
        """What happened."""
        gone = self._other.raw is None
        title = _("The file is not there any more") if gone else _("Something else has changed the file")
        return [Content.styled(line, view.LOUD) for line in wrap(title, width)]

    def body(self) -> Iterable[Widget]:
        """One text."""
        return (Painted(self._text, id="conflict"),)

    def _text(self, width: int) -> list[Content]:
        return [Content(line) for part in self._paragraphs() for line in wrap(part, width)]

    def _paragraphs(self) -> Iterator[str]:
        other = self._other
        if other.raw is None:
            yield _("Somebody moved or deleted it. Keeping yours writes it again.")
        elif other.sheet is None:
            yield _("What it says now cannot be used:")
            yield ""
            yield from (f"  {line}" for finding in other.findings for line in _lines(finding))
            yield ""
            yield _("Mend it in your editor, or keep yours: the other text is then kept in a file beside it.")
        else:
            yield _("An editor, git or another window wrote there. What differs:")
            yield ""
            yield from (f"  {line}" for line in text.differences(self._session.differences(other)))
            yield ""
            yield _("Take the file's answers (undo brings yours back), or write yours over them.")

    def status(self, width: int) -> list[Content]:
        """The bottom line, without a key that can do nothing."""
        shown = {"take-theirs": ""} if self._other.sheet is None else {}
        return view.status(self.face.table, width, self.scopes, self.said(), shown)

    def said(self) -> tuple[str, str]:
        """The page itself says what there is to say, but for what leaving would cost."""
        if not self.warned:
            return "", ""
        return _("{key} again leaves without saving").format(key=self.key("quit")), view.LOUD

    def warn(self) -> None:
        """Somebody wants to leave; what is only in this window would be lost."""
        self.warned = True
        for status in self.query("#status").results(Painted):
            status.again()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing to take from a file that is gone or cannot be read."""
        if action == "take_theirs" and self._other.sheet is None:
            return False
        return super().check_action(action, parameters)

    def action_take_theirs(self) -> None:
        """Go on with the file's answers. Nobody leaves with this key: only undo could bring back what was here."""
        self.warned = False
        self._session.take_theirs(self._other)
        self.dismiss(True)

    def action_keep_mine(self) -> None:
        """Write what is here over the file."""
        self._session.keep_mine(self._other)
        self.dismiss(True)

    def action_close(self) -> None:
        """Decide later: nothing is saved until then, and the bottom line says so."""
        self.dismiss(False)


def _lines(finding: Finding) -> list[str]:
    return text.finding_line(finding).split("\n")
