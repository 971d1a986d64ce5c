"""The page of a meeting: one practice with everybody's answers, what the team comes to, and its actions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content

from assess.core.answers import NOT_APPLICABLE
from assess.core.keys import Scope
from assess.i18n import _, joined
from assess.meeting import DUE_IN_DAYS, Meeting, due_day, level_and_reason
from assess.render import meeting as words
from assess.tui import meeting_view, view
from assess.tui.question import QuestionScreen

if TYPE_CHECKING:
    from assess.tui.fields import Kind
    from assess.tui.rows import Row


class TalkScreen(QuestionScreen):
    """The open practice of a meeting. What is given here is what the team agrees on."""

    MAIN = Scope.MEETING
    BOUND = (Scope.MEETING, Scope.NOTE, Scope.REASON, Scope.LINE)
    LIVE: ClassVar[frozenset[Kind]] = frozenset({"note", "dissent"})

    def __init__(self, meeting: Meeting, today: date) -> None:
        self.meeting = meeting
        self._today = today
        self._action = ""
        """The action whose owner, day or reason is being written."""
        self._after: Callable[[], object] | None = None
        """What comes after a line that was opened from the list of actions."""
        super().__init__(meeting)

    # what is shown

    def head(self, width: int) -> list[Content]:
        """Team, round, and how much of the list is settled."""
        return meeting_view.header(self.meeting, self.clean, width)

    def levels(self) -> list[Row]:
        """The levels with everybody's answers."""
        return meeting_view.levels(self.meeting, self.clean)

    def question(self, width: int) -> list[Content]:
        """Why this is on the list, and who speaks first."""
        return meeting_view.topic(self.meeting, self.clean, width)

    def beside(self, width: int) -> list[Content]:
        """What the team has come to, and what there is to know."""
        labels = {"dissent": _("Seen otherwise"), "goal": _("Goal"), "accept": _("Why it may fall")}
        without = labels.get(self._pane.kind, "") if self._pane is not None else ""
        return meeting_view.beside(self.meeting, self.clean, width, self._today, without=without)

    def status(self, width: int) -> list[Content]:
        """The bottom line, with the keys of the levels that this practice has."""
        keys = view.answer_keys(self.face.table, len(self.session.current.levels))
        return view.status(self.face.table, width, self.scopes, self.said(), {"meeting-answer": keys})

    # what the team comes to

    async def action_dissent(self) -> None:
        """Keep what some see otherwise."""
        await self.write("dissent", _("What do some see otherwise?"), self.meeting.answer.dissent)

    async def action_goal(self) -> None:
        """Set a goal."""
        there = self.meeting.answer.goal
        label = _("The goal: a level, then why (an empty line takes it back)")
        await self.write("goal", label, "" if there is None else f"{there.level} {there.reason}")

    async def action_accept(self) -> None:
        """Say why a drop is all right."""
        if self.meeting.answer.answer == NOT_APPLICABLE:
            self.say(_("It does not apply: that is its reason."))
            return
        await self.write("accept", _("Why may it fall? (an empty line takes it back)"), self.meeting.answer.reason)

    async def action_decide(self) -> None:
        """Decide on an action; the questionnaire's next step is a draft."""
        if self.meeting.enough_actions:
            self.say(
                _("Three new actions are enough for one round; {key} lists them.").format(key=self._actions_key())
            )
            return
        own = any(d.action.practice == self.meeting.current.id for d in self.meeting.actions)
        draft = "" if own else words.draft(self.meeting.current)
        await self.write("action", _("What will you do?"), draft)

    def _actions_key(self) -> str:
        return self.key("meeting-actions")

    async def _owner(self) -> None:
        action = self.meeting.action(self._action)
        await self.write("owner", joined((_("Who does it?"), self.clean(action.text))), action.owner or "")

    async def _due(self) -> None:
        action = self.meeting.action(self._action)
        day = action.due or self._today + timedelta(days=DUE_IN_DAYS)
        label = _("By when? A day such as {day}, or a number of days").format(day=day.isoformat())
        await self.write("due", label, day.isoformat())

    def keep(self, kind: Kind, text: str) -> None:
        """A dissent is in the session with every key, as a note is."""
        if kind == "dissent":
            self.meeting.dissent(text, typing=True)
        else:
            super().keep(kind, text)

    def give(self, kind: Kind, text: str) -> str:
        """Store one line; else say what is wrong with it."""
        text = " ".join(text.split())
        if kind == "goal":
            return self._give_goal(text)
        if kind == "accept":
            self.meeting.accept(text)
        elif kind == "action" and text:
            self._action = self.meeting.decide(text)
        elif kind == "owner":
            self.meeting.amend(self._action, owner=text, due=self.meeting.action(self._action).due)
        elif kind == "due":
            return self._give_due(text)
        elif kind == "drop":
            if not text:
                return _("A reason is needed. {key} gives up.").format(key=self.key("line-leave"))
            self.meeting.end(self._action, "dropped", text)
        elif kind == "reason":
            return super().give(kind, text)
        return ""

    def _give_goal(self, text: str) -> str:
        top = len(self.meeting.current.levels) - 1
        level, reason = level_and_reason(text)
        if not text:
            self.meeting.goal(None)
        elif level is None or level > top:
            return _("First a level from 0 to {top}, then why.").format(top=top)
        elif not reason:
            return _("Why this level? A goal with a reason is a choice, not a gap.")
        else:
            self.meeting.goal(level, reason)
        return ""

    def _give_due(self, text: str) -> str:
        day = due_day(text, self._today)
        if text and day is None:
            return _("A day such as {day}, a number of days, or nothing.").format(day=self._today.isoformat())
        self.meeting.amend(self._action, owner=self.meeting.action(self._action).owner, due=day)
        return ""

    def begun(self, kind: Kind, text: str) -> None:
        """What is complete is stored; of anything else the words are kept as a note."""
        if kind == "reason":
            super().begun(kind, text)
        elif self.give(kind, text):
            self.session.note(f"{self.session.answer.note}{text}")

    def given_up(self) -> None:
        """A line was left: what comes after it is not asked."""
        super().given_up()
        self._action, self._after = "", None

    async def given(self, kind: Kind) -> None:
        """An action is asked for in three lines; what was opened from the list of actions goes back to it."""
        there = any(d.action.id == self._action for d in self.meeting.actions)
        if not there:  # nothing was written, or somebody else has just taken the sheet
            self._action, self._after = "", None
        elif kind == "action":
            await self._owner()
        elif kind == "owner":
            await self._due()
        elif kind in {"due", "drop"}:
            after, self._action, self._after = self._after, "", None
            if after is not None:
                after()

    # moving

    def action_next(self) -> None:
        """The next practice; at the end of the list the list itself."""
        last = len(self.meeting.brief.called) - 1
        if self.session.position == last or self.session.position + 1 == len(self.session.practices):
            self.action_agenda()
        else:
            self._open(lambda: self.session.go(self.session.position + 1))

    def action_unanswered(self) -> None:
        """The next practice on the list that is not settled."""
        if self.meeting.next_open():
            self._open(lambda: None)
        else:
            self.say(_("Everything on the list is settled; {key} shows it").format(key=self.key("agenda")))

    def action_agenda(self) -> None:
        """The list of the meeting, and its end."""
        from assess.tui.agenda import AgendaScreen

        self._message = ""
        self._over(AgendaScreen(self.meeting, lambda: self._list_actions(self.action_agenda)))

    def action_actions(self) -> None:
        """The actions, those of earlier rounds first."""
        self._list_actions(lambda: None)

    def _list_actions(self, back: Callable[[], object], marked: str = "") -> None:
        from assess.tui.actions import ActionsScreen

        def chosen(found: tuple[str, str] | None) -> None:
            self.again()
            if found is None:
                back()
            else:
                self.call_next(self._change_action, *found, lambda: self._list_actions(back, found[1]))

        self._flush()
        self.app.push_screen(ActionsScreen(self.meeting, self._today, marked), chosen)

    async def _change_action(self, kind: str, action_id: str, after: Callable[[], object]) -> None:
        self._action, self._after = action_id, after
        if kind == "owner":
            await self._owner()
        else:
            label = joined((_("Why is it dropped?"), self.clean(self.meeting.action(action_id).text)))
            await self.write("drop", label, "")
