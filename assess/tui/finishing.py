"""What a list has that can end a sitting: the way to the last screen, and why that failed."""

from __future__ import annotations

from assess.files.reason import reason
from assess.files.repository import UsageError
from assess.i18n import _, translate
from assess.tui import view
from assess.tui.outline import ListScreen
from assess.tui.painted import Painted


class FinishingScreen(ListScreen):
    """A list of questions, or of practices, with the end among its rows."""

    _problem = ""

    def said(self) -> tuple[str, str]:
        """Why finishing failed, if it did."""
        return (self._problem, view.LOUD) if self._problem else super().said()

    def action_finish(self) -> None:
        """Write the report and show what came of it."""
        try:
            self.face.finish()
            self._problem = ""
        except UsageError as error:
            self._problem = " ".join(translate(finding.message) for finding in error.findings)
        except OSError as error:
            self._problem = _("Could not be written: {reason}").format(reason=translate(reason(error)))
        self.query_one("#status", Painted).again()
