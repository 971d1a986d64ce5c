"""From answers to counts and scores: one practice, and weighted means with the bounds of what is unknown.

All arithmetic is exact (`Fraction`), rounded once at the end, so the order of people never matters and equal
answers give equal bytes. Rules: docs/scoring.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from assess.core.agreement import Agreement, agreement, lower_median
from assess.core.answers import DONT_KNOW, NOT_APPLICABLE, Sheet
from assess.core.counts import Counts, Tally, tally
from assess.core.questionnaire import Dimension, Practice
from assess.core.result import Score

HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Exact:
    """A score before rounding; None for `score` where not scored, for the bounds where nothing applies."""

    score: Fraction | None
    low: Fraction | None
    high: Fraction | None
    given: int
    places: int

    def rounded(self) -> Score:
        """In points with two decimals, coverage with four."""
        return Score(
            points(self.score),
            points(self.low),
            points(self.high),
            round(self.given / self.places, 4) if self.places else None,
        )


@dataclass(frozen=True, slots=True)
class Counted:
    """The answers to one practice, one count per level and one for each way of giving none."""

    practice: Practice
    counts: tuple[int, ...]
    dont_know: int
    not_applicable: int
    unanswered: int
    excluded: bool
    exact: Exact

    @property
    def given(self) -> int:
        """How many gave a level."""
        return sum(self.counts)

    @property
    def mean(self) -> Fraction | None:
        """The mean level (not its value), where the practice is scored."""
        if self.exact.score is None:
            return None
        return Fraction(sum(i * n for i, n in enumerate(self.counts)), self.given)

    @property
    def agreement(self) -> Agreement:
        """How far those agree who gave a level."""
        return agreement(self.counts)

    @property
    def median(self) -> int | None:
        """The lower median level, where the practice is scored."""
        if self.exact.score is None:
            return None
        return lower_median(self.counts)


def points(value: Fraction | None) -> float | None:
    """A share of 1 in points of 100, two decimals."""
    return None if value is None else float(round(value * 100, 2))


def two_decimals(value: Fraction | None) -> float | None:
    """A number of levels, rounded once."""
    return None if value is None else float(round(value, 2))


Answers = Sequence[Sheet] | Counts
"""What a round is scored from: sheets, or what was counted of them when nobody's row was to be seen."""

Part = tuple[Fraction, "Exact"]
"""Something scored, with its weight."""


def people(answers: Answers) -> int:
    """How many people answered."""
    return answers.respondents if isinstance(answers, Counts) else len(answers)


def tallied(practice: Practice, answers: Answers) -> Tally:
    """How many people gave each answer to a practice."""
    if isinstance(answers, Counts):
        return answers.tally(practice.id) or tally((0,) * len(practice.levels), 0, 0)
    counts = [0] * len(practice.levels)
    other = {DONT_KNOW: 0, NOT_APPLICABLE: 0, None: 0}
    for sheet in answers:
        answer = sheet.get(practice.id).answer
        if isinstance(answer, int):
            counts[answer] += 1
        else:
            other[answer] += 1
    return tally(tuple(counts), other[DONT_KNOW], other[NOT_APPLICABLE])


def count_practice(practice: Practice, answers: Answers) -> Counted:
    """Count the answers to one practice, from sheets or from counts of them, and score it."""
    return counted(practice, tallied(practice, answers), people(answers))


def counted(practice: Practice, told: Tally, respondents: int) -> Counted:
    """The counts of one practice, scored.

    Score = 100 x mean of the values of the levels given; scored when at least half of the respondents gave a
    level. Not applicable takes the practice out when more than half of those who answered say so; a minority
    counts as don't know. The bounds put every unknown answer at the lowest and at the highest level
    (worst-case bounds, C. F. Manski, Partial Identification of Probability Distributions, 2003). 0 to 100.
    Levels 1 and 3 of five, one don't know and one unanswered: 50, which could be 25 to 75.
    """
    given = sum(told.levels)
    excluded = told.not_applicable * 2 > told.answered
    if excluded or not respondents:
        exact = Exact(None, None, None, 0, 0)
    else:
        total = sum((n * value for n, value in zip(told.levels, practice.values, strict=True)), Fraction(0))
        unknown = respondents - given
        exact = Exact(
            score=total / given if given * 2 >= respondents else None,
            low=total / respondents,
            high=(total + unknown) / respondents,
            given=given,
            places=respondents,
        )
    unanswered = respondents - told.answered
    return Counted(practice, told.levels, told.dont_know, told.not_applicable, unanswered, excluded, exact)


def combine(parts: Sequence[Part]) -> Exact:
    """Weighted mean of parts: scored when at least half of the applicable weight is.

    The bounds reach over every applicable part, scored or not. They are widened to hold the score itself:
    what is unknown may also stay unknown, and then the score stays what it is. Shares of 1, by the same bounds
    as `counted`.

    >>> a = Exact(Fraction(3, 4), Fraction(3, 4), Fraction(3, 4), given=4, places=4)
    >>> b = Exact(Fraction(1, 2), Fraction(1, 4), Fraction(3, 4), given=2, places=4)
    >>> combine([(Fraction(2), a), (Fraction(1), b)]).rounded()
    Score(score=66.67, low=58.33, high=75.0, coverage=0.75)
    """
    applicable = [(w, part) for w, part in parts if part.low is not None and part.high is not None]
    weight = sum((w for w, _ in applicable), Fraction(0))
    given = sum(part.given for _, part in parts)
    places = sum(part.places for _, part in parts)
    if not weight:
        return Exact(None, None, None, given, places)
    scored = [(w, part.score) for w, part in applicable if part.score is not None]
    scored_weight = sum((w for w, _ in scored), Fraction(0))
    low = sum((w * part.low for w, part in applicable if part.low is not None), Fraction(0)) / weight
    high = sum((w * part.high for w, part in applicable if part.high is not None), Fraction(0)) / weight
    if not scored_weight or scored_weight < weight * HALF:
        return Exact(None, low, high, given, places)
    value = sum((w * s for w, s in scored), Fraction(0)) / scored_weight
    return Exact(value, min(low, value), max(high, value), given, places)


def weight_of(weighed: Practice | Dimension) -> Fraction:
    """Its weight as it is written: 0.1 is a tenth."""
    return Fraction(str(weighed.weight))
