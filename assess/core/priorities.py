"""What to do first: goals in force, what to improve, what to clarify before. Two lists, never multiplied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from assess.core.agreement import rwg
from assess.core.counting import HALF, Counted, weight_of
from assess.core.questionnaire import Questionnaire
from assess.core.result import Apart, Doubt
from assess.core.round import Assessment

CLARIFY_UNKNOWN = Fraction(1, 3)
"""Share of don't know, among those who answered, from which a practice is to be clarified first."""
CLARIFY_WIDTH = 50
"""Distance between the bounds, in points of 100, above which a practice is to be clarified first."""


def goals_in_force(questionnaire: Questionnaire, assessments: Iterable[Assessment]) -> dict[str, Fraction | None]:
    """The goal level of each practice: the newest team sheet that names one, else the questionnaire's.

    `assessments` are the rounds up to the one that is scored, oldest first.
    """
    goals = {p.id: None if p.goal is None else Fraction(p.goal) for p in questionnaire.practices.values()}
    for assessment in assessments:
        if assessment.team_sheet is None:
            continue
        for practice, answer in assessment.team_sheet.answers.items():
            if answer.goal is not None and practice in goals:
                goals[practice] = Fraction(answer.goal.level)
    return goals


def doubts(c: Counted) -> tuple[Doubt, ...]:
    """Why a practice is to be clarified before anything else is done about it, the weightiest first.

    `disagree` by the agreement of those who gave a level, `unknown` where a third or more of those who answered
    don't know, `wide` where the bounds are wider than half the scale. Both thresholds are our choice.
    Of 2, 2, don't know and unanswered a third of those who answered don't know, the bounds are 50 wide: `unknown`.
    """
    if c.excluded or c.exact.low is None or c.exact.high is None:
        return ()
    holds: dict[Doubt, bool] = {
        "disagree": c.agreement.word == "disagree",
        "unknown": _unknown(c) >= CLARIFY_UNKNOWN,
        "wide": (c.exact.high - c.exact.low) * 100 > CLARIFY_WIDTH,
    }
    return tuple(why for why, so in holds.items() if so)


def _unknown(c: Counted) -> Fraction:
    """The share of don't know among those who answered."""
    unknown = c.dont_know + c.not_applicable
    answered = c.given + unknown
    return Fraction(unknown, answered) if answered else Fraction(0)


def clarify(counted: Mapping[str, Counted], why: Mapping[str, tuple[Doubt, ...]]) -> tuple[str, ...]:
    """What to talk about first: where people disagree most, then what fewest know, then what could be anything.

    `why` are the `doubts` of each. Ties by the larger range, the larger weight, the order of the questionnaire.
    """
    found = [pid for pid in counted if why[pid]]
    return tuple(sorted(found, key=lambda pid: _urgency(counted[pid], why[pid][0])))


def _urgency(c: Counted, why: Doubt) -> tuple[Fraction | int, ...]:
    taken = [level for level, count in enumerate(c.counts) if count] or [0]
    ties = (taken[0] - taken[-1], -weight_of(c.practice))
    if why == "disagree":
        return (0, rwg(c.counts) or 0, *ties)
    return (1, -_unknown(c), *ties) if why == "unknown" else (2, (c.exact.low or 0) - (c.exact.high or 0), *ties)


def pairs_apart(questionnaire: Questionnaire, counted: Mapping[str, Counted]) -> tuple[Apart, ...]:
    """The pairs of which one is half the scale or more ahead of the other, by the levels shown; both scored.

    Two levels of five: drive without brakes, or brakes without drive. The threshold is our choice. Levels 3 and 1
    are apart, 3 and 2 are not.
    """
    found = []
    for pair in questionnaire.pairs:
        sides = [counted[pid] for pid in pair.practices if pid in counted and counted[pid].median is not None]
        if len(sides) == len(pair.practices):
            behind, ahead = sorted(sides, key=_reach)
            if _reach(ahead) - _reach(behind) >= HALF:
                levels = ahead.median or 0, behind.median or 0
                found.append(Apart((ahead.practice.id, behind.practice.id), levels, pair.why))
    return tuple(found)


def _reach(c: Counted) -> Fraction:
    """The level shown as a share of its scale."""
    return Fraction(c.median or 0, len(c.counts) - 1)


def improve(
    counted: Mapping[str, Counted],
    goals: Mapping[str, Fraction | None],
    why: Mapping[str, tuple[Doubt, ...]],
) -> tuple[str, ...]:
    """Practices below their goal by weight x gap, largest first; what is to be clarified first is not here.

    The gap in levels, goal less mean; our own rule, see docs/scoring.md. Weight 5 from 1 to 3 makes 10 and goes
    before weight 3 from 0 to 3, which makes 9.
    """
    wanted = []
    for position, (pid, c) in enumerate(counted.items()):
        goal, mean = goals[pid], c.mean
        if goal is None or mean is None or mean >= goal or why[pid]:
            continue
        wanted.append((-weight_of(c.practice) * (goal - mean), position, pid))
    return tuple(pid for _, _, pid in sorted(wanted))
