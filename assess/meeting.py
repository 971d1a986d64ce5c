"""A team's meeting over one round: an open team sheet, with what lies on the table beside it.

The same session as when people answer, so every word is on disk as it is said, undo takes anything back, and a
meeting that breaks off goes on where it stopped. Goals, dissent and actions are only here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal

from assess.core import outcome
from assess.core.actions import Decided, free_id
from assess.core.agenda import Brief, Item
from assess.core.answers import Action, Goal, Sheet
from assess.core.questionnaire import Practice, Questionnaire
from assess.core.text import writable
from assess.files.store import Store
from assess.session import Clock, Session, replace_answer

ACTIONS_AT_MOST = 3
"""New actions in one round: a team that decides on more does fewer of them."""
_GOAL = re.compile(r"([0-9])(?:[\s:,.;，。：；、]+(.*))?", re.DOTALL)
DAYS_AT_MOST = 3650
"""Further away than ten years no action is due."""
DUE_IN_DAYS = 14
"""The day that is proposed for an action: near enough to be a small step."""


class Meeting(Session):
    """The team sheet of a round, its practices in the order worth talking about.

    It opens at the first practice that calls for talk and is not settled yet. What earlier rounds left open is
    written into this round's sheet with its first change.
    """

    def __init__(
        self, questionnaire: Questionnaire, brief: Brief, sheet: Sheet, store: Store, clock: Clock
    ) -> None:
        self.brief = brief
        super().__init__(questionnaire, tuple(item.practice for item in brief.items), sheet, store, clock)
        self.next_open(or_stay=False)

    # what is shown

    @property
    def item(self) -> Item:
        """Why the open practice is on the list."""
        return self.brief.items[self.position]

    @property
    def done(self) -> int:
        """How many of the practices that call for talk are settled."""
        return len(self.brief.called) - len(self.left_open)

    def settled(self, practice: Practice) -> bool:
        """Whether the team has come to something about a practice."""
        return outcome.is_settled(self.brief, self.sheet, practice.id)

    @property
    def left_open(self) -> tuple[str, ...]:
        """What calls for talk and is not settled: it stays on the list."""
        return outcome.left_open(self.brief, self.sheet)

    @property
    def actions(self) -> tuple[Decided, ...]:
        """What is to be looked after: carried from earlier rounds first."""
        return outcome.actions(self.brief, self.sheet)

    @property
    def enough_actions(self) -> bool:
        """Whether this round has as many new actions as a team can be expected to do."""
        new = outcome.new_actions(self.brief, self.sheet)
        return sum(d.action.state != "dropped" for d in new) >= ACTIONS_AT_MOST

    def action(self, action_id: str) -> Action:
        """One of `actions`, by its id."""
        return next(d.action for d in self.actions if d.action.id == action_id)

    # moving

    def next_open(self, *, or_stay: bool = True) -> bool:
        """Open the next practice that calls for talk and is not settled. False when there is none."""
        count = len(self.brief.called)
        first = self.position + 1 if or_stay else 0
        for step in range(count):
            position = (first + step) % count
            if not self.settled(self.practices[position]):
                self.go(position)
                return True
        if not or_stay:
            self.go(0)
        return False

    # what the team comes to

    def dissent(self, text: str, *, typing: bool = False) -> None:
        """Keep what some see otherwise, in their words; empty takes it away. While typed, as `note` does."""
        kept = writable(text).strip()
        if kept != self.answer.dissent:
            self._change(
                replace_answer(self.answer, dissent=kept), f"{self.current.id} dissent" if typing else None
            )
        if not typing:
            self.save_soon()

    def goal(self, level: int | None, reason: str = "") -> None:
        """Aim at a level of the open practice, and why; None takes the goal back. ValueError without a reason."""
        if level is None:
            self._set(goal=None)
            return
        if not 0 <= level < len(self.current.levels):
            raise ValueError(f"{self.current.id} has no level {level}")
        if not writable(reason).strip():
            raise ValueError("a reason is needed")
        self._set(goal=Goal(level=level, reason=" ".join(writable(reason).split())))

    def accept(self, reason: str) -> None:
        """Say why it is all right that the open practice fell; an empty reason takes that back."""
        self._set(reason=writable(reason).strip())

    def decide(self, text: str) -> str:
        """Add an action about the open practice, and give its id. ValueError for an empty text or one too many."""
        kept = " ".join(writable(text).split())
        if not kept or self.enough_actions:
            raise ValueError("no text" if not kept else "too many actions")
        taken = self.brief.taken_ids | {action.id for action in self.sheet.actions}
        action = Action(id=free_id(taken), practice=self.current.id, text=kept)
        self._act(lambda actions: (*actions, action))
        return action.id

    def amend(self, action_id: str, *, owner: str | None = None, due: date | None = None) -> None:
        """Say who does an action and by when; None and an empty owner say nobody, no day."""
        kept = " ".join(writable(owner or "").split()) or None
        self._replace(action_id, owner=kept, due=due)

    def end(self, action_id: str, state: Literal["open", "done", "dropped"], why: str = "") -> None:
        """Call an action done, dropped, or open again. ValueError for one that is dropped without a reason."""
        if state == "dropped" and not writable(why).strip():
            raise ValueError("a reason is needed")
        self._replace(action_id, state=state, why=" ".join(writable(why).split()))

    # inside

    def become(self, change: Callable[[Sheet], Sheet], typing: str | None = None) -> bool:
        """As a session does; with the first change, what earlier rounds left open is written down too."""
        return super().become(lambda sheet: change(self._carrying(sheet)), typing)

    def _carrying(self, sheet: Sheet) -> Sheet:
        there = {action.id for action in sheet.actions}
        missing = tuple(d.action for d in self.brief.decided if d.action.id not in there)
        return sheet.model_copy(update={"actions": (*missing, *sheet.actions)}) if missing else sheet

    def _replace(self, action_id: str, **changes: object) -> None:
        self._act(
            lambda actions: tuple(
                Action.model_validate({**dict(a), **changes}) if a.id == action_id else a for a in actions
            )
        )

    def _act(self, change: Callable[[tuple[Action, ...]], tuple[Action, ...]]) -> None:
        today = self._clock().date()
        self.become(lambda sheet: sheet.model_copy(update={"actions": change(sheet.actions), "answered": today}))
        self.save_soon()


def due_day(text: str, today: date) -> date | None:
    """A day, written out or as a number of days from today; None for anything else.

    >>> today = date(2026, 11, 25)
    >>> due_day("2026-12-01", today), due_day("14", today), due_day("soon", today)
    (datetime.date(2026, 12, 1), datetime.date(2026, 12, 9), None)
    """
    word = unicodedata.normalize("NFKC", text).strip()
    if word.isascii() and word.isdigit() and len(word) <= len(str(DAYS_AT_MOST)) and int(word) <= DAYS_AT_MOST:
        return today + timedelta(days=int(word))
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None


def level_and_reason(text: str) -> tuple[int | None, str]:
    """What somebody typed for a goal: a digit, then why; None where it does not begin with one.

    >>> level_and_reason("3 customers wait"), level_and_reason("3：客户在等"), level_and_reason("soon")
    ((3, 'customers wait'), (3, '客户在等'), (None, ''))
    """
    found = _GOAL.fullmatch(unicodedata.normalize("NFKC", text[:1]) + text[1:])
    return (None, "") if found is None else (int(found[1]), (found[2] or "").strip())
