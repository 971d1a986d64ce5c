"""The app of `assess meet`: who has answered, then the list of the meeting over its first practice."""

from __future__ import annotations

from textual.content import Content
from textual.screen import Screen

from assess.convening import MeetingHost
from assess.core.keys import TABLE
from assess.tui import meeting_view
from assess.tui.keys import Table
from assess.tui.sitting import Ended, Sitting
from assess.tui.talk import TalkScreen


def run(host: MeetingHost, table: Table = TABLE) -> Ended:
    """Hold the meeting until somebody leaves. A fault of ours is raised again, after everything was saved."""
    app = MeetApp(host, table)
    if host.participation is None:
        app.open()
    app.run()
    if app.fault is not None:
        raise app.fault
    return app.ended


class MeetApp(Sitting):
    """A team's meeting."""

    host: MeetingHost

    def __init__(self, host: MeetingHost, table: Table = TABLE) -> None:
        super().__init__(host, table)
        self._talk: TalkScreen | None = None

    def open(self) -> TalkScreen:
        """Close the round where it is open, and make the page of its meeting. Raises OSError."""
        meeting = self.host.reveal()
        self.session = meeting
        self.page = self._talk = TalkScreen(meeting, self.host.today)
        return self._talk

    def get_default_screen(self) -> Screen[None]:
        """Who has answered, or the meeting where the round is closed."""
        from assess.tui.reveal import RevealScreen

        if self._talk is not None:
            return self._talk
        assert self.host.participation is not None, "only an open round is asked about"
        return RevealScreen(self.host.participation, self.reveal)

    def header(self, width: int) -> list[Content]:
        """Team, round, and how much of the list is settled."""
        if self._talk is None:
            return [Content()]
        return meeting_view.header(self._talk.meeting, self.host.clean, width)

    def on_mount(self) -> None:
        """Begin with the list."""
        if self._talk is not None:
            self.call_after_refresh(self._talk.action_agenda)

    def reveal(self) -> None:
        """The answers are shown from now on."""
        talk = self.open()
        self.push_screen(talk)
        self.call_after_refresh(talk.action_agenda)
