"""What came of a meeting: what is settled, what stays on the list, which actions are to be looked after.

Read from the team sheet alone, so that it is the same in the meeting, in its summary and a year later.
"""

from __future__ import annotations

from assess.core.actions import Decided
from assess.core.agenda import Brief
from assess.core.answers import Sheet


def is_settled(brief: Brief, sheet: Sheet, practice: str) -> bool:
    """Whether the team has come to something about a practice: agreed on an answer, or kept its dissent.

    Where it answered as one (basis `team`) the answer was there before anybody met, so there it takes a goal, an
    action or a dissent.
    """
    answer = sheet.get(practice)
    if answer.dissent:
        return True
    if brief.result.basis == "individual":
        return answer.answer is not None
    return answer.goal is not None or any(d.action.practice == practice for d in new_actions(brief, sheet))


def left_open(brief: Brief, sheet: Sheet) -> tuple[str, ...]:
    """What calls for talk and is not settled: it stays on the list."""
    return tuple(practice for practice in brief.called if not is_settled(brief, sheet, practice))


def actions(brief: Brief, sheet: Sheet) -> tuple[Decided, ...]:
    """What this round looks after: carried from earlier rounds, as this one has left it, then its own."""
    own = {action.id: action for action in sheet.actions}
    carried = [Decided(own.pop(d.action.id, d.action), d.since) for d in brief.decided]
    return (*carried, *(Decided(action, sheet.round) for action in own.values()))


def new_actions(brief: Brief, sheet: Sheet) -> tuple[Decided, ...]:
    """Those that were decided in this round."""
    return actions(brief, sheet)[len(brief.decided) :]
