"""How a score came about: from the total down to the counts, the arithmetic written out. Nothing is scored here.

Numbers are those that are shown, so whoever does the sums again gets what is shown, to the last digit but one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from assess.core.counting import weight_of
from assess.core.questionnaire import Practice, Questionnaire
from assess.core.result import PracticeResult, Result, Score

Kind = Literal["total", "dimension", "practice"]


@dataclass(frozen=True, slots=True)
class Step:
    """One score and what it is made of.

    `arithmetic` gives the score in points; empty where there is none. `weight` is how much it counts in what it is
    a part of. The total's id is empty; a practice has no parts, but counts in the result.
    """

    kind: Kind
    id: str
    weight: Fraction
    score: Score
    arithmetic: str
    parts: tuple[Step, ...] = ()


def derive(questionnaire: Questionnaire, result: Result) -> Step:
    """The whole tree of a result."""
    practices = {practice.id: practice for practice in result.practices}
    scores = {named.id: named.score for named in result.dimensions}
    dimensions = [
        _weighed(
            "dimension",
            dimension.id,
            weight_of(dimension),
            scores[dimension.id],
            [_of_practice(p, practices[p.id]) for p in dimension.practices if p.id in practices],
        )
        for dimension in questionnaire.dimensions
        if dimension.id in scores
    ]
    return _weighed("total", "", Fraction(1), result.overall, dimensions)


def way_to(step: Step, practice: str) -> tuple[Step, ...]:
    """The steps from the total to a practice; empty where it is not in the tree."""
    if step.kind == "practice":
        return (step,) if step.id == practice else ()
    for part in step.parts:
        if way := way_to(part, practice):
            return (step, *way)
    return ()


def _of_practice(practice: Practice, found: PracticeResult) -> Step:
    arithmetic = ""
    if found.score.scored:
        terms = [
            f"{count} × {_exact(value)}"
            for count, value in zip(found.counts, practice.values, strict=True)
            if count
        ]
        arithmetic = f"100 × ({' + '.join(terms)}) ÷ {sum(found.counts)}"
    return Step("practice", practice.id, weight_of(practice), found.score, arithmetic)


def _weighed(kind: Kind, id_: str, weight: Fraction, score: Score, parts: Sequence[Step]) -> Step:
    arithmetic = ""
    counted = [part for part in parts if part.score.score is not None]
    if score.scored:
        terms = [
            f"{part.score.score:.2f}" if part.weight == 1 else f"{_exact(part.weight)} × {part.score.score:.2f}"
            for part in counted
        ]
        whole = terms[0] if len(terms) == 1 else f"({' + '.join(terms)})"
        total = sum((part.weight for part in counted), Fraction(0))
        arithmetic = whole if total == 1 else f"{whole} ÷ {_exact(total)}"
    return Step(kind, id_, weight, score, arithmetic, tuple(parts))


def _exact(value: Fraction) -> str:
    """A number as short as it is exact: `0.75`, `2`, else a fraction.

    >>> _exact(Fraction(3, 4)), _exact(Fraction(2)), _exact(Fraction(1, 3))
    ('0.75', '2', '1/3')
    """
    short = f"{float(value):.4f}".rstrip("0").rstrip(".")
    return short if Fraction(short) == value else str(value)
