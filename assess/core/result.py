"""What came of a round: scores with their bounds, practices, lists. Only values; `scoring` makes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assess.core import versions
from assess.core.agreement import Agreement
from assess.core.questionnaire import Asked, QuestionnaireRef

Basis = Literal["individual", "team"]
Doubt = Literal["disagree", "unknown", "wide"]
"""Why a practice is to be clarified first: people disagree, too many don't know, the bounds are wide."""


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
    agreement: Agreement
    doubts: tuple[Doubt, ...]

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
class Apart:
    """Two practices that keep each other in check and are half the scale apart: the one ahead, the one behind.

    `levels` are their levels as shown; `why` is what the questionnaire says about the pair.
    """

    practices: tuple[str, str]
    levels: tuple[int, int]
    why: str


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
    apart: tuple[Apart, ...] = ()
