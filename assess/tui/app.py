"""The app of `assess run`: what has to be asked first, then the questions."""

from __future__ import annotations

from textual.screen import Screen

from assess.core.keys import TABLE
from assess.rounds import Setup, SheetHost
from assess.tui.keys import Table
from assess.tui.page import settled
from assess.tui.question import QuestionScreen
from assess.tui.sitting import Ended, Sitting


def run(host: SheetHost, table: Table = TABLE) -> Ended:
    """Show the terminal face until somebody leaves.

    Where nothing is to be asked first, the sheet is opened before the terminal is taken over, so that UsageError
    and OSError reach the caller. A fault of ours is raised again, after everything was saved.
    """
    app = AssessApp(host, table)
    if not host.plan.asks_anything:
        app.begin(settled(host.plan))
    app.run()
    if app.fault is not None:
        raise app.fault
    return app.ended


class AssessApp(Sitting):
    """The questions of one sheet."""

    host: SheetHost

    def __init__(self, host: SheetHost, table: Table = TABLE) -> None:
        super().__init__(host, table)

    def begin(self, setup: Setup) -> Screen[None]:
        """Open the sheet and make the screen for it. Raises UsageError and OSError as `host.start` does."""
        self.session = self.host.start(setup)
        self.page = QuestionScreen(self.session)
        return self.page

    def get_default_screen(self) -> Screen[None]:
        """The open question, or what has to be asked before it."""
        if self.page is not None:
            return self.page
        from assess.tui.setup import SetupScreen

        return SetupScreen(self.host)
