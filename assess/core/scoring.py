"""From sheets to a result: practice first, then dimension, then total, with the bounds of what is unknown.

All arithmetic is exact (`Fraction`), rounded once at the end, so the order of people never matters and equal
answers give equal bytes. Rules: docs/scoring.md. Agreement and change are not here yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from assess.core import versions
from assess.core.answers import DONT_KNOW, NOT_APPLICABLE, Sheet
from assess.core.questionnaire import Asked, Baseline, Dimension, Practice, Questionnaire, QuestionnaireRef
from assess.core.round import Assessment

Basis = Literal["individual", "team"]

HALF = Fraction(1, 2)
CLARIFY_UNKNOWN = Fraction(1, 3)
"""Share of don't know, among those who answered, from which a practice is to be clarified first."""
CLARIFY_WIDTH = 50
"""Distance between the bounds, in points of 100, above which a practice is to be clarified first."""


@dataclass(frozen=True, slots=True)
class Score:
    """A score with its range: 0-100 in points, two decimals; `coverage` 0..1.

    `score` is None where not scored; `low` and `high` are None where nothing is applicable.
    """

    score: float | None
    low: float | None
    high: float | None
    coverage: float | None

    @property
    def scored(self) -> bool:
        """Whether there is a score at all."""
        return self.score is not None


@dataclass(frozen=True, slots=True)
class Named:
    """The score of a dimension or a group."""

    id: str
    score: Score


@dataclass(frozen=True, slots=True)
class PracticeResult:
    """Everything counted for one practice.

    `counts` has one number per level; `median` is the lower median level (a level somebody chose), `mean` the
    mean level; both, and `gap` (mean minus baseline level), are None where the practice is not scored.
    `excluded`: more than half of those who answered said that it does not apply.
    """

    id: str
    dimension: str
    score: Score
    counts: tuple[int, ...]
    dont_know: int
    not_applicable: int
    unanswered: int
    excluded: bool
    median: int | None
    mean: float | None
    baselines: dict[str, int | None]
    gap: dict[str, float | None]
    goal: float | None

    @property
    def one_answer(self) -> float:
        """How many points one person moving one level moves this score: 100 / (levels - 1) / people."""
        given = sum(self.counts)
        return round(100 / (len(self.counts) - 1) / given, 1) if given else 0.0


@dataclass(frozen=True, slots=True)
class Attainment:
    """How much of what a baseline describes is there: percent 0-100, over `described` practices."""

    percent: float | None
    described: int


@dataclass(frozen=True, slots=True)
class Result:
    """One round, scored. docs/scoring.md says what each number means."""

    team: str
    round: str
    asked: Asked
    questionnaire: QuestionnaireRef
    basis: Basis
    respondents: int
    overall: Score
    groups: tuple[Named, ...]
    dimensions: tuple[Named, ...]
    practices: tuple[PracticeResult, ...]
    attainment: dict[str, Attainment]
    improve: tuple[str, ...]
    clarify: tuple[str, ...]
    left_out: tuple[versions.LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class _Exact:
    """A score before rounding; None for `score` where not scored, for the bounds where nothing applies."""

    score: Fraction | None
    low: Fraction | None
    high: Fraction | None
    given: int
    places: int

    def rounded(self) -> Score:
        return Score(
            _points(self.score),
            _points(self.low),
            _points(self.high),
            round(self.given / self.places, 4) if self.places else None,
        )


@dataclass(frozen=True, slots=True)
class _Counted:
    practice: Practice
    counts: tuple[int, ...]
    dont_know: int
    not_applicable: int
    unanswered: int
    excluded: bool
    exact: _Exact

    @property
    def given(self) -> int:
        return sum(self.counts)

    @property
    def mean(self) -> Fraction | None:
        """The mean level (not its value), where the practice is scored."""
        if self.exact.score is None:
            return None
        return Fraction(sum(i * n for i, n in enumerate(self.counts)), self.given)

    @property
    def median(self) -> int | None:
        if self.exact.score is None:
            return None
        return lower_median(self.counts)


def _points(value: Fraction | None) -> float | None:
    return None if value is None else float(round(value * 100, 2))


def _two(value: Fraction | None) -> float | None:
    return None if value is None else float(round(value, 2))


def lower_median(counts: Sequence[int]) -> int:
    """The lower median level of answers given as one count per level: `sorted(x)[(n - 1) // 2]`.

    Reads "at least half of the answers are at this level or higher". Needs at least one answer.

    >>> lower_median([0, 1, 0, 1, 0]), lower_median([1, 0, 0, 0, 4])
    (1, 4)
    """
    total = sum(counts)
    seen = 0
    for level, count in enumerate(counts):
        seen += count
        if seen and seen * 2 >= total:
            return level
    raise ValueError("no answer, no median")


def basis_of(assessment: Assessment) -> Basis:
    """What a round is scored from unless told otherwise: individual sheets where there are any."""
    return "individual" if assessment.sheets or assessment.team_sheet is None else "team"


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


def score(
    questionnaire: Questionnaire,
    assessment: Assessment,
    baselines: Sequence[Baseline] = (),
    *,
    earlier: Sequence[Assessment] = (),
    basis: Basis | None = None,
) -> Result:
    """Score one round, over what it asked and what has not been revised since.

    `earlier` are the rounds before it, oldest first (for the goal in force). `basis` chooses between the
    individual sheets and the team sheet; by default the individual ones where there are any.
    """
    assessment, *earlier = (versions.carried_round(a, questionnaire) for a in (assessment, *earlier))
    basis = basis or basis_of(assessment)
    if basis == "individual":
        sheets: tuple[Sheet, ...] = assessment.sheets
    else:
        sheets = (assessment.team_sheet,) if assessment.team_sheet is not None else ()
    counted = {p.id: count_practice(p, sheets) for p in versions.scored(assessment, questionnaire)}
    dimensions = _dimensions(questionnaire, counted)
    goals = goals_in_force(questionnaire, (*earlier, assessment))
    return Result(
        team=assessment.team,
        round=assessment.name,
        asked=assessment.asked,
        questionnaire=QuestionnaireRef(id=questionnaire.id, version=questionnaire.version),
        basis=basis,
        respondents=len(sheets),
        overall=_combine([part for _, part in dimensions]).rounded(),
        groups=_groups(dimensions),
        dimensions=tuple(Named(d.id, exact.rounded()) for d, (_, exact) in dimensions),
        practices=tuple(
            _practice_result(c, questionnaire.dimension_of[pid].id, baselines, goals[pid])
            for pid, c in counted.items()
        ),
        attainment={b.id: attainment(b, counted.values()) for b in baselines},
        improve=_improve(counted, goals),
        clarify=tuple(pid for pid, c in counted.items() if _to_clarify(c)),
        left_out=versions.left_out(assessment, questionnaire),
    )


_Part = tuple[Fraction, "_Exact"]
"""Something scored, with its weight."""


def _dimensions(questionnaire: Questionnaire, counted: dict[str, _Counted]) -> list[tuple[Dimension, _Part]]:
    """The dimensions of which something is asked, scored from their practices."""
    scored = []
    for dimension in questionnaire.dimensions:
        parts = [(_weight(p), counted[p.id].exact) for p in dimension.practices if p.id in counted]
        if parts:
            scored.append((dimension, (Fraction(str(dimension.weight)), _combine(parts))))
    return scored


def _groups(dimensions: Sequence[tuple[Dimension, _Part]]) -> tuple[Named, ...]:
    """Drive, flow and brakes, as far as the questionnaire names them."""
    names = dict.fromkeys(d.group for d, _ in dimensions if d.group is not None)
    return tuple(
        Named(name, _combine([part for d, part in dimensions if d.group == name]).rounded()) for name in names
    )


def count_practice(practice: Practice, sheets: Sequence[Sheet]) -> _Counted:
    """Count the answers to one practice and score it.

    Score = 100 x mean of the values of the levels given; scored when at least half of the respondents gave a
    level. Not applicable takes the practice out when more than half of those who answered say so; a minority
    counts as don't know. The bounds put every unknown answer at the lowest and at the highest level
    (worst-case bounds in the sense of Manski).
    """
    counts = [0] * len(practice.levels)
    other = {DONT_KNOW: 0, NOT_APPLICABLE: 0, None: 0}
    for sheet in sheets:
        answer = sheet.get(practice.id).answer
        if isinstance(answer, int):
            counts[answer] += 1
        else:
            other[answer] += 1
    given = sum(counts)
    n_a = other[NOT_APPLICABLE]
    excluded = n_a * 2 > given + other[DONT_KNOW] + n_a
    if excluded or not sheets:
        exact = _Exact(None, None, None, 0, 0)
    else:
        total = sum((n * value for n, value in zip(counts, practice.values, strict=True)), Fraction(0))
        unknown = len(sheets) - given
        exact = _Exact(
            score=total / given if given * 2 >= len(sheets) else None,
            low=total / len(sheets),
            high=(total + unknown) / len(sheets),
            given=given,
            places=len(sheets),
        )
    return _Counted(practice, tuple(counts), other[DONT_KNOW], n_a, other[None], excluded, exact)


def _combine(parts: Sequence[_Part]) -> _Exact:
    """Weighted mean of parts: scored when at least half of the applicable weight is.

    The bounds reach over every applicable part, scored or not. They are widened to hold the score itself:
    what is unknown may also stay unknown, and then the score stays what it is.
    """
    applicable = [(w, part) for w, part in parts if part.low is not None and part.high is not None]
    weight = sum((w for w, _ in applicable), Fraction(0))
    given = sum(part.given for _, part in parts)
    places = sum(part.places for _, part in parts)
    if not weight:
        return _Exact(None, None, None, given, places)
    scored = [(w, part.score) for w, part in applicable if part.score is not None]
    scored_weight = sum((w for w, _ in scored), Fraction(0))
    low = sum((w * part.low for w, part in applicable if part.low is not None), Fraction(0)) / weight
    high = sum((w * part.high for w, part in applicable if part.high is not None), Fraction(0)) / weight
    if not scored_weight or scored_weight < weight * HALF:
        return _Exact(None, low, high, given, places)
    value = sum((w * s for w, s in scored), Fraction(0)) / scored_weight
    return _Exact(value, min(low, value), max(high, value), given, places)


def _weight(weighed: Practice | Dimension) -> Fraction:
    return Fraction(str(weighed.weight))


def attainment(baseline: Baseline, counted: Iterable[_Counted]) -> Attainment:
    """1 - sum(w max(0, baseline - level)) / sum(w baseline), level = mean level, as a percentage.

    Over the practices that are both described and scored; going beyond in one never pays for another. None
    where there is no such practice, or where the baseline describes nothing above the lowest level.
    """
    short = wanted = Fraction(0)
    described = 0
    for c in counted:
        level = baseline.level(c.practice.id)
        mean = c.mean
        if level is None or mean is None:
            continue
        described += 1
        weight = _weight(c.practice)
        wanted += weight * level
        short += weight * max(Fraction(0), level - mean)
    return Attainment(_points(1 - short / wanted) if wanted else None, described)


def _practice_result(
    c: _Counted, dimension: str, baselines: Sequence[Baseline], goal: Fraction | None
) -> PracticeResult:
    mean = c.mean
    levels = {b.id: b.level(c.practice.id) for b in baselines}
    return PracticeResult(
        id=c.practice.id,
        dimension=dimension,
        score=c.exact.rounded(),
        counts=c.counts,
        dont_know=c.dont_know,
        not_applicable=c.not_applicable,
        unanswered=c.unanswered,
        excluded=c.excluded,
        median=c.median,
        mean=_two(mean),
        baselines=levels,
        gap={b: _gap(mean, level) for b, level in levels.items()},
        goal=_two(goal),
    )


def _gap(mean: Fraction | None, level: int | None) -> float | None:
    return None if mean is None or level is None else _two(mean - level)


def _to_clarify(c: _Counted) -> bool:
    """Whether a third or more who answered don't know, or the bounds are wider than half the scale.

    Disagreement will join these two once agreement is measured.
    """
    if c.excluded or c.exact.low is None or c.exact.high is None:
        return False
    unknown = c.dont_know + c.not_applicable
    answered = c.given + unknown
    if answered and Fraction(unknown, answered) >= CLARIFY_UNKNOWN:
        return True
    return (c.exact.high - c.exact.low) * 100 > CLARIFY_WIDTH


def _improve(counted: dict[str, _Counted], goals: dict[str, Fraction | None]) -> tuple[str, ...]:
    """Practices below their goal by weight x gap, largest first; what is to be clarified first is not here."""
    wanted = []
    for position, (pid, c) in enumerate(counted.items()):
        goal, mean = goals[pid], c.mean
        if goal is None or mean is None or mean >= goal or _to_clarify(c):
            continue
        wanted.append((-_weight(c.practice) * (goal - mean), position, pid))
    return tuple(pid for _, _, pid in sorted(wanted))
