"""What moved between two rounds, over the practices that both asked and that still mean the same.

No significance test: with five people or fewer none can say anything, and many practices give false stars. A
change counts as one from the minimal detectable change on. Rules and figures: docs/diff.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import sqrt
from typing import Literal

from assess.core import versions
from assess.core.answers import Sheet
from assess.core.counting import Answers, Counted, Exact, combine, count_practice, people, points
from assess.core.counts import Counts
from assess.core.questionnaire import Questionnaire
from assess.core.result import Basis
from assess.core.round import Assessment, shown
from assess.core.scoring import answers_of, by_dimension

Verdict = Literal["changed", "maybe", "no-visible-change"]
Why = Literal["new", "removed", "revised", "not-scored", "asked-once"]
"""Why a practice is not compared: added or retired since, its meaning changed, few levels, asked in one only."""

NOISE = Fraction(4, 10) / 16
"""Variance of one person's answer given twice with nothing changed, in shares of the scale.

0.4 levels squared on five levels: the same level in 60 of 100 cases, one up in 20, one down in 20. An assumption,
for want of a measurement.
"""
Z = Fraction(196, 100)
"""Two-sided 95 percent of a normal distribution."""


@dataclass(frozen=True, slots=True)
class Change:
    """A score then and now, in points of 100 with two decimals; None, and no verdict, where one is not scored.

    `detectable`: the smallest difference that is told from noise, in points; 0 on the team sheet, whose levels are
    agreed on.
    """

    before: float | None
    after: float | None
    difference: float | None
    detectable: float
    verdict: Verdict | None

    @property
    def direction(self) -> int:
        """1 up, -1 down, 0 where nothing has changed for sure."""
        if self.verdict != "changed" or self.difference is None:
            return 0
        return 1 if self.difference > 0 else -1


@dataclass(frozen=True, slots=True)
class Moved:
    """One practice in both rounds: its change, the levels shown then and now, how many people went up and down.

    `up` and `down` count people who gave a level both times, and are None on the team sheet and where one side is
    counts, which carry no names. `reason`: what the newer team sheet says about a drop.
    """

    id: str
    change: Change
    level_before: int | None
    level_after: int | None
    up: int | None
    down: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class NotCompared:
    """A practice that is not compared, and why; `version` says since when, where a version did it."""

    id: str
    why: Why
    version: str | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two rounds beside each other. `practices` in the order of the questionnaire, `overall` over these only.

    `core` is the change among those who answered both times, None where that is nobody or everybody; `joined` and
    `left` count the others. Where one side is counts, which carry no names, all four are None. `before` and
    `after` are the rounds' names.
    """

    team: str
    before: str
    after: str
    basis: Basis
    respondents: tuple[int, int]
    overall: Change
    dimensions: tuple[tuple[str, Change], ...]
    practices: tuple[Moved, ...]
    not_compared: tuple[NotCompared, ...]
    core: Change | None
    both: int | None
    joined: int | None
    left: int | None


def detectable(people: int, practices: int = 1) -> float:
    """The minimal detectable change of a mean over so many people and practices, in points of 100.

    1.96 x sqrt(noise / (people x k)), k = max(1, practices / 2): answers of one person are correlated, so half of
    the practices count. `people` of the smaller round, at least 1.

    >>> round(detectable(4), 1), round(detectable(8), 1), round(detectable(8, 6), 1)
    (15.5, 11.0, 6.3)
    """
    return 100 * sqrt(_detectable_squared(people, practices))


def _detectable_squared(people: int, practices: int) -> Fraction:
    return Z * Z * NOISE / (people * max(Fraction(1), Fraction(practices, 2)))


def verdict(difference: Fraction, people: int, practices: int = 1, *, sure: bool = False) -> Verdict:
    """What a difference of two scores (-1..1) amounts to: half of what is detectable is *maybe*.

    With `sure` every difference counts. Compared exactly, by squares: a limit met to the last digit is met.

    >>> verdict(Fraction(1, 4), 4), verdict(Fraction(1, 10), 4), verdict(Fraction(1, 20), 4)
    ('changed', 'maybe', 'no-visible-change')
    """
    if sure:
        return "changed" if difference else "no-visible-change"
    limit, square = _detectable_squared(people, practices), difference * difference
    if square >= limit:
        return "changed"
    return "maybe" if square * 4 >= limit else "no-visible-change"


def common_basis(before: Assessment, after: Assessment) -> Basis | None:
    """What two rounds can be compared on: people's own answers where both have them, else both team sheets."""
    if before.individual and after.individual:
        return "individual"
    return "team" if before.team_sheet is not None and after.team_sheet is not None else None


def compare(questionnaire: Questionnaire, before: Assessment, after: Assessment, basis: Basis) -> Comparison:
    """Two rounds, scored with the questionnaire of today over what both asked and what has not been revised since.

    `basis` as `common_basis` gives it, or `team` where both have a team sheet.
    """
    was, now = (versions.carried_round(a, questionnaire) for a in (before, after))
    answers = answers_of(was, basis), answers_of(now, basis)
    sheets = _sheets(answers)
    asked = [{p.id: p for p in versions.scored(a, questionnaire)} for a in (was, now)]
    common = [p for pid, p in asked[1].items() if pid in asked[0]]
    counted = [{p.id: count_practice(p, given) for p in common} for given in answers]
    scored = [p.id for p in common if all(of[p.id].exact.score is not None for of in counted)]
    judge, team = _Judge(min(map(people, answers)), sure=basis == "team"), now.team_sheet
    then, today = ({pid: of[pid] for pid in scored} for of in counted)
    return Comparison(
        team=now.team,
        before=before.name,
        after=after.name,
        basis=basis,
        respondents=(people(answers[0]), people(answers[1])),
        overall=_overall(questionnaire, then, today, judge),
        dimensions=tuple(_dimensions(questionnaire, then, today, judge)),
        practices=tuple(
            _moved(judge, then[pid], today[pid], sheets, "" if team is None else team.get(pid).reason)
            for pid in scored
        ),
        not_compared=_not_compared(questionnaire, (was, now), asked, scored),
        core=None if sheets is None or basis == "team" else _core(questionnaire, scored, sheets),
        both=None if sheets is None else len(_names(sheets[0]) & _names(sheets[1])),
        joined=None if sheets is None else len(_names(sheets[1]) - _names(sheets[0])),
        left=None if sheets is None else len(_names(sheets[0]) - _names(sheets[1])),
    )


def trend(questionnaire: Questionnaire, assessments: Sequence[Assessment]) -> tuple[Comparison, ...]:
    """Each round beside the one before it, oldest first; sealed ones and those nobody answered are not there.

    A pair that cannot be compared is left out.
    """
    pairs = ((was, now, common_basis(was, now)) for was, now in pairwise(shown(assessments)))
    return tuple(compare(questionnaire, was, now, basis) for was, now, basis in pairs if basis is not None)


def since_last(
    questionnaire: Questionnaire, earlier: Sequence[Assessment], assessment: Assessment
) -> Comparison | None:
    """A round beside the last one before it whose answers are shown; None where the two cannot be compared.

    `earlier` are the rounds before it, oldest first.
    """
    found = () if assessment.sealed else trend(questionnaire, (*shown(earlier)[-1:], assessment))
    return found[0] if found else None


@dataclass(frozen=True, slots=True)
class _Judge:
    """Makes changes of two scores. `people` of the smaller round."""

    people: int
    sure: bool

    def change(self, before: Exact, after: Exact, practices: int = 1) -> Change:
        difference = None
        if before.score is not None and after.score is not None:
            difference = after.score - before.score
        return Change(
            before=points(before.score),
            after=points(after.score),
            difference=points(difference),
            detectable=0.0 if self.sure else round(detectable(max(1, self.people), practices), 2),
            verdict=None
            if difference is None
            else verdict(difference, max(1, self.people), practices, sure=self.sure),
        )


_CountedById = Mapping[str, Counted]
_Sheets = tuple[Sequence[Sheet], Sequence[Sheet]]
"""Then and now."""


def _sheets(answers: tuple[Answers, Answers]) -> _Sheets | None:
    """Both sides as sheets; None where nobody can be followed from one to the other, because one is counts."""
    then, now = answers
    return None if isinstance(then, Counts) or isinstance(now, Counts) else (then, now)


def _overall(questionnaire: Questionnaire, then: _CountedById, today: _CountedById, judge: _Judge) -> Change:
    was, now = (combine([part for _, part in by_dimension(questionnaire, of)]) for of in (then, today))
    return judge.change(was, now, len(then))


def _dimensions(
    questionnaire: Questionnaire, then: _CountedById, today: _CountedById, judge: _Judge
) -> list[tuple[str, Change]]:
    was, now = (by_dimension(questionnaire, of) for of in (then, today))
    return [
        (dimension.id, judge.change(before, after, sum(p.id in then for p in dimension.practices)))
        for (dimension, (_, before)), (_same, (_, after)) in zip(was, now, strict=True)
    ]


def _moved(judge: _Judge, then: Counted, today: Counted, sheets: _Sheets | None, reason: str) -> Moved:
    steps = None if judge.sure or sheets is None else _steps(then.practice.id, sheets)
    return Moved(
        id=then.practice.id,
        change=judge.change(then.exact, today.exact),
        level_before=then.median,
        level_after=today.median,
        up=None if steps is None else sum(step > 0 for step in steps),
        down=None if steps is None else sum(step < 0 for step in steps),
        reason=reason,
    )


def _steps(practice: str, sheets: _Sheets) -> list[int]:
    """By how many levels those moved who gave one both times."""
    levels = [{s.respondent: level for s in of if (level := s.get(practice).level) is not None} for of in sheets]
    return [levels[1][name] - levels[0][name] for name in levels[0].keys() & levels[1].keys()]


def _names(sheets: Sequence[Sheet]) -> set[str]:
    return {sheet.respondent for sheet in sheets}


def _core(questionnaire: Questionnaire, scored: Sequence[str], sheets: _Sheets) -> Change | None:
    """The change among those who answered both times: whoever joined or left has not changed the team's ways."""
    both = _names(sheets[0]) & _names(sheets[1])
    if not both or both == _names(sheets[0]) | _names(sheets[1]):
        return None
    practices = [questionnaire.practices[pid] for pid in scored]
    then, today = (
        {p.id: count_practice(p, [s for s in of if s.respondent in both]) for p in practices} for of in sheets
    )
    return _overall(questionnaire, then, today, _Judge(len(both), sure=False))


_BECAUSE: Mapping[str, Why] = {"added": "new", "revised": "revised", "retired": "removed"}


def _not_compared(
    questionnaire: Questionnaire,
    rounds: tuple[Assessment, Assessment],
    asked: Sequence[Mapping[str, object]],
    scored: Sequence[str],
) -> tuple[NotCompared, ...]:
    """What is in one of the two rounds at least, and not compared; each with the reason that weighs most."""
    why: dict[str, NotCompared] = {}
    for practice in questionnaire.practices:
        if practice not in scored and any(practice in of for of in asked):
            both = all(practice in of for of in asked)
            why[practice] = NotCompared(practice, "not-scored" if both else "asked-once")
    # what changed the questionnaire says more than in which set a practice was
    for out in (*versions.left_out(rounds[1], questionnaire), *versions.left_out(rounds[0], questionnaire)):
        why[out.id] = NotCompared(out.id, _BECAUSE[out.why], out.version)
    return tuple(why.values())
