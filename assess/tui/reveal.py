"""Who has answered, and the question whether to show the answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual.content import Content
from textual.widget import Widget

from assess.core.cells import wrap
from assess.core.keys import Scope
from assess.core.participation import Participation
from assess.files.reason import reason
from assess.i18n import _, translate
from assess.render import participation
from assess.tui import view
from assess.tui.page import Page
from assess.tui.painted import Painted


class RevealScreen(Page[None]):
    """Participation, and nothing of any answer. Showing the answers closes the round."""

    SCOPES = (Scope.REVEAL,)

    def __init__(self, who: Participation, show: Callable[[], object]) -> None:
        super().__init__()
        self._who = who
        self._show = show
        self._problem = ""

    def head(self, width: int) -> list[Content]:
        """Team, round, and that this is a meeting."""
        kind = _("meeting")
        text = f"{self._who.team} · {self._who.round} · {kind}"
        return [Content.styled(line, view.QUIET) for line in wrap(self.clean(text), width)]

    def body(self) -> Iterable[Widget]:
        """One text."""
        return (Painted(self._text),)

    def said(self) -> tuple[str, str]:
        """Why the round could not be closed, if so."""
        return self._problem, view.LOUD

    def _text(self, width: int) -> list[Content]:
        first, *rest = participation.lines(self._who)
        lines = [Content.styled(line, "bold") for line in wrap(self.clean(first), width)]
        return lines + [Content(line) for text in rest for line in wrap(self.clean(text), width) or [""]]

    def action_reveal(self) -> None:
        """Close the round, and go to the list."""
        try:
            self._show()
        except OSError as error:
            self._problem = _("Cannot be written here: {reason}").format(reason=translate(reason(error)))
            self.query_one("#status", Painted).again()

    def action_close(self) -> None:
        """Not yet: nothing is changed."""
        self.face.leave()
