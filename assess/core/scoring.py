"""A whole round: practice first, then dimension, then total, beside baselines and goals (docs/scoring.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from assess.core import versions
from assess.core.counting import (
    Answers,
    Counted,
    Part,
    combine,
    count_practice,
    people,
    points,
    two_decimals,
    weight_of,
)
from assess.core.priorities import clarify, doubts, goals_in_force, improve, pairs_apart
from assess.core.questionnaire import Baseline, Dimension, Questionnaire, QuestionnaireRef
from assess.core.result import Attainment, Basis, Doubt, Named, PracticeResult, Result
from assess.core.round import Assessment


def basis_of(assessment: Assessment) -> Basis:
    """What a round is scored from unless told otherwise: individual answers where there are any."""
    return "individual" if assessment.individual or assessment.team_sheet is None else "team"


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
    answers = answers_of(assessment, basis)
    counted = {p.id: count_practice(p, answers) for p in versions.scored(assessment, questionnaire)}
    dimensions = by_dimension(questionnaire, counted)
    goals = goals_in_force(questionnaire, (*earlier, assessment))
    why = {pid: doubts(c) for pid, c in counted.items()}
    return Result(
        team=assessment.team,
        round=assessment.name,
        asked=assessment.asked,
        questionnaire=QuestionnaireRef(id=questionnaire.id, version=questionnaire.version),
        basis=basis,
        respondents=people(answers),
        overall=combine([part for _, part in dimensions]).rounded(),
        groups=_groups(dimensions),
        dimensions=tuple(Named(d.id, exact.rounded()) for d, (_, exact) in dimensions),
        practices=tuple(
            _practice_result(c, questionnaire.dimension_of[pid].id, baselines, goals[pid], why[pid])
            for pid, c in counted.items()
        ),
        attainment={b.id: attainment(b, counted.values()) for b in baselines},
        improve=improve(counted, goals, why),
        clarify=clarify(counted, why),
        left_out=versions.left_out(assessment, questionnaire),
        apart=pairs_apart(questionnaire, counted),
    )


def answers_of(assessment: Assessment, basis: Basis) -> Answers:
    """What a round is scored from: its published counts, else sheets."""
    if basis == "individual":
        return assessment.sheets if assessment.counts is None else assessment.counts
    return () if assessment.team_sheet is None else (assessment.team_sheet,)


def by_dimension(questionnaire: Questionnaire, counted: Mapping[str, Counted]) -> list[tuple[Dimension, Part]]:
    """The dimensions of which something is counted, scored from their practices."""
    scored = []
    for dimension in questionnaire.dimensions:
        parts = [(weight_of(p), counted[p.id].exact) for p in dimension.practices if p.id in counted]
        if parts:
            scored.append((dimension, (Fraction(str(dimension.weight)), combine(parts))))
    return scored


def means(questionnaire: Questionnaire, assessment: Assessment) -> dict[str, float | None]:
    """The mean level of each practice that a round asked, two decimals; None where it is not scored."""
    assessment = versions.carried_round(assessment, questionnaire)
    answers = answers_of(assessment, basis_of(assessment))
    asked = versions.scored(assessment, questionnaire)
    return {p.id: two_decimals(count_practice(p, answers).mean) for p in asked}


def _groups(dimensions: Sequence[tuple[Dimension, Part]]) -> tuple[Named, ...]:
    """Drive, flow and brakes, as far as the questionnaire names them."""
    names = dict.fromkeys(d.group for d, _ in dimensions if d.group is not None)
    return tuple(
        Named(name, combine([part for d, part in dimensions if d.group == name]).rounded()) for name in names
    )


def attainment(baseline: Baseline, counted: Iterable[Counted]) -> Attainment:
    """1 - sum(w max(0, baseline - level)) / sum(w baseline), level = mean level, as a percentage.

    Over the practices that are both described and scored; going beyond in one never pays for another. None
    where there is no such practice, or where the baseline describes nothing above the lowest level. 0 to 100; our
    own rule (docs/scoring.md). Described at 3 and 2, means 2 and 4, equal weights: 1 - (1 + 0) / (3 + 2) = 80 %.
    """
    short = wanted = Fraction(0)
    described = 0
    for c in counted:
        level = baseline.level(c.practice.id)
        mean = c.mean
        if level is None or mean is None:
            continue
        described += 1
        weight = weight_of(c.practice)
        wanted += weight * level
        short += weight * max(Fraction(0), level - mean)
    return Attainment(points(1 - short / wanted) if wanted else None, described)


def _practice_result(
    c: Counted,
    dimension: str,
    baselines: Sequence[Baseline],
    goal: Fraction | None,
    why: tuple[Doubt, ...],
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
        mean=two_decimals(mean),
        baselines=levels,
        gap={b: _gap(mean, level) for b, level in levels.items()},
        goal=two_decimals(goal),
        agreement=c.agreement,
        doubts=why,
    )


def _gap(mean: Fraction | None, level: int | None) -> float | None:
    return None if mean is None or level is None else two_decimals(mean - level)
