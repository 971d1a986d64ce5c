"""The actions of a meeting: those that earlier rounds left open, and new ones."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from assess.core.actions import Decided
from assess.core.keys import Scope
from assess.i18n import _
from assess.meeting import Meeting
from assess.render import meeting as words
from assess.tui.outline import RowsPage
from assess.tui.rows import CHOSEN, Row, Rows

SIGNS = {"open": "·", "done": CHOSEN, "dropped": "x"}


class ActionsScreen(RowsPage[tuple[str, str]]):
    """Each action with who, by when and where it stands.

    Done is one key. What needs words (who, why it is dropped) is the result: what to write, and the action's id.
    """

    SCOPES: ClassVar[tuple[Scope, ...]] = (Scope.ACTIONS,)

    def __init__(self, meeting: Meeting, today: date, marked: str = "") -> None:
        super().__init__()
        self.meeting = meeting
        self._today = today
        self._first = marked

    def on_mount(self) -> None:
        """The one that was just changed is marked, else the first that is open."""
        actions = self.meeting.actions
        of = [i for i, d in enumerate(actions) if d.action.id == self._first]
        self._list(next(iter((*of, *(i for i, d in enumerate(actions) if d.action.state == "open"))), 0))

    def renew(self) -> None:
        """List what there is now."""
        self._list(self.rows.marked)
        super().renew()

    def _list(self, marked: int) -> None:
        round_ = self.meeting.sheet.round
        titles = {pid: practice.title for pid, practice in self.meeting.questionnaire.practices.items()}
        rows = [
            Row(
                self.clean(words.action(d, self._today, round_=round_)),
                sign=SIGNS[d.action.state],
                detail=self.clean(titles.get(d.action.practice or "", "")),
            )
            for d in self.meeting.actions
        ]
        nothing = _("No actions yet. On a practice, {key} decides on one.").format(key=self.key("decide"))
        self.rows.show(rows or [Row(nothing, heading=True)], marked)
        self.call_after_refresh(self.rows.reveal)

    @property
    def _marked(self) -> Decided | None:
        actions = self.meeting.actions
        return actions[self.rows.marked] if self.rows.marked < len(actions) else None

    def action_open(self) -> None:
        """Done; open again where it was ended already."""
        if (marked := self._marked) is not None:
            self.meeting.end(marked.action.id, "done" if marked.action.state == "open" else "open")
            self.renew()

    def on_rows_picked(self, _event: Rows.Picked) -> None:
        """A click only marks: ending an action is worth a key."""

    def action_undo(self) -> None:
        """One change back."""
        self.meeting.undo()
        self.renew()

    def action_redo(self) -> None:
        """The undone change again."""
        self.meeting.redo()
        self.renew()

    def action_drop(self) -> None:
        """Ask why it is dropped."""
        if (marked := self._marked) is not None:
            self.dismiss(("drop", marked.action.id))

    def action_change(self) -> None:
        """Ask who does it and by when."""
        if (marked := self._marked) is not None:
            self.dismiss(("owner", marked.action.id))
