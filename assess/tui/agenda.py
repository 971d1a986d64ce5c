"""The list of a meeting: what is worth talking about, what is settled, and the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from assess.core.keys import Scope
from assess.i18n import _, ngettext
from assess.meeting import Meeting
from assess.tui import meeting_view
from assess.tui.finishing import FinishingScreen
from assess.tui.rows import Row


class AgendaScreen(FinishingScreen):
    """Everything that the meeting is about. The first rows are the actions and the end, then the practices."""

    SCOPES: ClassVar[tuple[Scope, ...]] = (Scope.AGENDA, Scope.LIST)

    def __init__(self, meeting: Meeting, actions: Callable[[], object]) -> None:
        super().__init__(meeting)
        self.meeting = meeting
        self._show_actions = actions
        self._does: list[Callable[[], object] | None] = []

    def listed(self) -> tuple[list[Row], list[int | None]]:
        """What comes before the practices, then these."""
        rows, opens = meeting_view.listed_rows(self.meeting, self.clean)
        left = len(self.meeting.left_open)
        end = _("Finish the meeting")
        if left:
            text = ngettext("Finish, {n} left for another time", "Finish, {n} left for another time", left)
            end = text.format(n=left)
        first = [Row(end, lead=self.key("agenda-finish"))]
        self._does = [self.action_finish]
        if self.meeting.actions:
            n = sum(d.action.state == "open" for d in self.meeting.actions)
            count = ngettext("{n} action to do", "{n} actions to do", n).format(n=n)
            first.insert(0, Row(count, lead=self.key("agenda-actions")))
            self._does.insert(0, self.action_actions)
        return [*first, *rows], [*[None] * len(first), *opens]

    def first_marked(self) -> int:
        """The first practice that is not settled; the end when all of them are."""
        if not self.meeting.left_open:
            return len(self._does) - 1
        position = next(i for i, p in enumerate(self.meeting.practices) if p.id == self.meeting.left_open[0])
        return self.opens.index(position)

    def open_row(self, index: int) -> None:
        """The first rows do something, the others open a practice."""
        does = self._does[index] if index < len(self._does) else None
        if does is not None:
            does()
        else:
            super().open_row(index)

    def action_actions(self) -> None:
        """The actions; from there back to this list."""
        self.dismiss(None)
        self._show_actions()
