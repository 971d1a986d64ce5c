"""What a team talks about when it meets, in which order, and what lies on the table for each practice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assess.core import versions
from assess.core.actions import Decided, in_force
from assess.core.answers import NOT_APPLICABLE, Sheet
from assess.core.change import Comparison, since_last
from assess.core.questionnaire import Baseline, Questionnaire
from assess.core.result import Doubt, PracticeResult, Result
from assess.core.round import Assessment, shown
from assess.core.scoring import score

Call = Doubt | Literal["marked", "worse", "below-goal"]
"""Why a practice is worth the team's time: unclear, somebody asked for it, it fell, it is below its goal."""
FAR_BELOW = 0.5
"""Levels below the goal from which the goal calls for talk: less than that one or two answers make."""
BELOW_AT_MOST = 5
"""So many goals call for talk in one meeting, the furthest first: a list of fifty is no list."""


@dataclass(frozen=True, slots=True)
class Item:
    """One practice to talk about. `calls` say why, the weightiest first; none where nothing calls for talk.

    `voices`: the lowest and the highest level given, which speak first; None where all who gave one gave the same.
    """

    practice: str
    calls: tuple[Call, ...]
    voices: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Brief:
    """What lies on the table when a team meets.

    `before` is the result of the round before, None where there is none. `written` holds what people wrote about
    each practice, by its text, so that nothing tells who wrote it. `decided` are the actions that earlier rounds
    left open; `taken_ids` what any round has called an action. `settled_before` is the team sheet of the round
    before. `nameless`: only counts are known, and nobody may be asked to say which answer was theirs.
    """

    result: Result
    before: Result | None
    items: tuple[Item, ...]
    written: Mapping[str, tuple[str, ...]]
    decided: tuple[Decided, ...]
    taken_ids: frozenset[str]
    settled_before: Sheet | None = None
    nameless: bool = False

    @property
    def called(self) -> tuple[str, ...]:
        """The practices that call for talk: the first of `items`."""
        return tuple(item.practice for item in self.items if item.calls)

    def of(self, practice: str) -> PracticeResult:
        """What was counted for a practice of this round."""
        return next(p for p in self.result.practices if p.id == practice)

    def last(self, practice: str) -> PracticeResult | None:
        """What was counted for a practice in the round before, where it was asked."""
        practices = () if self.before is None else self.before.practices
        return next((p for p in practices if p.id == practice), None)


def brief(
    questionnaire: Questionnaire,
    assessment: Assessment,
    earlier: Sequence[Assessment] = (),
    baselines: Sequence[Baseline] = (),
) -> Brief:
    """Everything for the meeting about a round. `earlier` are the rounds before it, oldest first."""
    result = score(questionnaire, assessment, baselines, earlier=earlier)
    last = next(iter(shown(earlier)[-1:]), None)
    before = None
    if last is not None:
        before = score(questionnaire, last, baselines, earlier=earlier[: earlier.index(last)])
    carried = versions.carried_round(assessment, questionnaire)
    rounds = (*earlier, assessment)
    sheets = [a.team_sheet for a in rounds if a.team_sheet is not None]
    return Brief(
        result=result,
        before=before,
        items=agenda(result, carried, since_last(questionnaire, earlier, assessment)),
        written={p.id: _written(carried, p.id) for p in result.practices},
        decided=tuple(d for d in in_force(earlier, assessment) if d.since != assessment.name),
        settled_before=None if last is None else versions.carried_round(last, questionnaire).team_sheet,
        nameless=assessment.only_counts,
        taken_ids=frozenset(action.id for sheet in sheets for action in sheet.actions),
    )


def _written(assessment: Assessment, practice: str) -> tuple[str, ...]:
    """Notes, reasons and evidence of all sheets, sorted by their text."""
    words: list[str] = []
    for sheet in assessment.sheets:
        answer = sheet.get(practice)
        words += [answer.note.strip(), *answer.evidence]
        words += [answer.reason] if answer.answer == NOT_APPLICABLE else []
    return tuple(sorted({word for word in words if word}))


def agenda(result: Result, assessment: Assessment, comparison: Comparison | None = None) -> tuple[Item, ...]:
    """Every practice of a round, in the order worth talking about; what nothing calls for comes last.

    What nobody answered calls for nothing. First what is to be clarified (people disagree, too many don't know,
    the bounds are wide), then what somebody marked to discuss, then what fell since the round before
    (`comparison`), then the few that are furthest below their goals, by `FAR_BELOW` at least.
    """
    marked = Counter(pid for sheet in assessment.sheets for pid, answer in sheet.answers.items() if answer.discuss)
    fallen = [] if comparison is None else [m for m in comparison.practices if m.change.direction < 0]
    fallen.sort(key=lambda moved: moved.change.difference or 0)
    practices = {practice.id: practice for practice in result.practices}
    silent = {pid for pid, p in practices.items() if p.unanswered == result.respondents}
    calls: dict[str, list[Call]] = {pid: [*practices[pid].doubts] for pid in result.clarify if pid not in silent}
    _add(calls, "marked", sorted((pid for pid in practices if marked[pid]), key=lambda pid: -marked[pid]))
    _add(calls, "worse", (moved.id for moved in fallen))
    below = [pid for pid in result.improve if _far_below(practices[pid])]
    _add(calls, "below-goal", below[:BELOW_AT_MOST])
    for pid in practices:
        calls.setdefault(pid, [])
    return tuple(Item(pid, tuple(why), voices(practices[pid].counts)) for pid, why in calls.items())


def _far_below(practice: PracticeResult) -> bool:
    return (practice.goal or 0) - (practice.mean or 0) >= FAR_BELOW


def _add(calls: dict[str, list[Call]], call: Call, ids: Iterable[str]) -> None:
    for pid in ids:
        calls.setdefault(pid, []).append(call)


def voices(counts: Sequence[int]) -> tuple[int, int] | None:
    """The lowest and the highest level that somebody gave, where they differ.

    >>> voices((0, 2, 0, 1, 0)), voices((0, 3, 0, 0, 0))
    ((1, 3), None)
    """
    given = [level for level, count in enumerate(counts) if count]
    return (given[0], given[-1]) if len(given) > 1 else None
