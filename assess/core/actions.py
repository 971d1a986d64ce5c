"""What a team decided to do, over all rounds: an action is carried on until it is done or dropped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from assess.core.answers import Action
from assess.core.round import Assessment


@dataclass(frozen=True, slots=True)
class Decided:
    """An action as the newest team sheet has it, and the round in which it was decided first."""

    action: Action
    since: str


def decided(assessments: Iterable[Assessment]) -> tuple[Decided, ...]:
    """Every action of these rounds (oldest first), in the order in which they were decided.

    An id is one action through all rounds: what the newest team sheet says of it counts.
    """
    found: dict[str, Decided] = {}
    for assessment in assessments:
        for action in assessment.team_sheet.actions if assessment.team_sheet is not None else ():
            since = found[action.id].since if action.id in found else assessment.name
            found[action.id] = Decided(action, since)
    return tuple(found.values())


def in_force(earlier: Iterable[Assessment], assessment: Assessment) -> tuple[Decided, ...]:
    """What a round has to look after: what it names itself, and what earlier ones left open."""
    rounds = (*earlier, assessment)
    own = {a.id for a in assessment.team_sheet.actions} if assessment.team_sheet is not None else set()
    return tuple(d for d in decided(rounds) if d.action.state == "open" or d.action.id in own)


def overdue(action: Action, today: date) -> bool:
    """Whether it is still open after its day."""
    return action.state == "open" and action.due is not None and action.due < today


def by_urgency(decided: Iterable[Decided]) -> tuple[Decided, ...]:
    """Open ones by their day, so that overdue ones come first; then what is done, then what was dropped."""
    states = {"open": 0, "done": 1, "dropped": 2}

    def key(of: Decided) -> tuple[int, bool, str]:
        return (states[of.action.state], of.action.due is None, str(of.action.due or ""))

    return tuple(sorted(decided, key=key))


def free_id(taken: Iterable[str]) -> str:
    """A name for a new action: `a1`, `a2`, one beyond the highest that any round has used.

    >>> free_id(["a1", "a7", "move-standup"]), free_id([])
    ('a8', 'a1')
    """
    numbers = [int(name[1:]) for name in taken if name[:1] == "a" and name[1:].isascii() and name[1:].isdigit()]
    return f"a{max(numbers, default=0) + 1}"
