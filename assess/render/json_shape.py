"""The shape of `assess.result/1`, which is written as JSON for others to read. Its JSON Schema is made from this.

A reader may meet more keys in a later version; none goes, and none changes.
"""

from __future__ import annotations

from typing import (
    Annotated,
    Literal,
    NotRequired,  # pydantic reads no other TypedDict before Python 3.12
)

from pydantic import Field
from typing_extensions import TypedDict

Points = Annotated[float, Field(ge=0, le=100)]
Share = Annotated[float, Field(ge=0, le=1)]
LevelIndex = Annotated[int, Field(ge=0, le=6)]
Mean = Annotated[float, Field(ge=0, le=6)]
Count = Annotated[int, Field(ge=0)]


class ReferenceData(TypedDict):
    """Which questionnaire, in which version."""

    id: str
    version: str


class ScoreData(TypedDict):
    """A score with its bounds."""

    score: Points | None
    low: Points | None
    high: Points | None
    coverage: Share | None
    scored: bool


class NamedScoreData(ScoreData):
    """The score of a group or a dimension."""

    id: str


class AgreementData(TypedDict):
    """How far the answers to a practice agree."""

    rwg: Annotated[float, Field(le=1)] | None
    word: Literal["agree", "mixed", "disagree"] | None
    shape: Literal["split", "lone-voice", "scattered"] | None


class PracticeData(ScoreData):
    """Everything counted for one practice."""

    id: str
    dimension: str
    counts: list[Count]
    dont_know: Count
    not_applicable: Count
    unanswered: Count
    median: LevelIndex | None
    mean: Mean | None
    agreement: AgreementData
    baselines: dict[str, LevelIndex | None]
    gap: dict[str, float | None]
    goal: Mean | None


class LeftOutData(TypedDict):
    """A practice that an older round does not count."""

    id: str
    why: Literal["revised", "retired", "added"]
    version: str | None


class AttainmentData(TypedDict):
    """How much of a baseline is there."""

    percent: Points | None
    described: Count


class ChangeData(TypedDict):
    """A score then and now."""

    before: Points | None
    after: Points | None
    difference: float | None
    detectable: Annotated[float, Field(ge=0)]
    verdict: Literal["changed", "maybe", "no-visible-change"] | None


class TrendData(TypedDict):
    """A round beside the one before it, over the practices that both asked."""

    before: str
    after: str
    basis: Literal["individual", "team"]
    practices: Count
    overall: ChangeData


class PairData(TypedDict):
    """Two practices that keep each other in check, and are half the scale apart."""

    practices: list[str]
    levels: list[LevelIndex]


class ResultData(TypedDict):
    """What `assess score --format json` prints."""

    format: Literal["assess.result/1"]
    team: str
    round: str
    asked: Literal["pulse", "full"]
    questionnaire: ReferenceData
    sealed: bool
    basis: Literal["individual", "team"]
    respondents: Count
    expected: NotRequired[Count | None]
    overall: ScoreData
    groups: list[NamedScoreData]
    dimensions: list[NamedScoreData]
    practices: list[PracticeData]
    left_out: list[LeftOutData]
    trend: list[TrendData]
    pairs: list[PairData]
    attainment: dict[str, AttainmentData]
    improve: list[str]
    clarify: list[str]
