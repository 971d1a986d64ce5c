"""`assess.yaml`: what a team has chosen. Every key is optional; gates have stable names and three levels."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, Strict
from pydantic_core import PydanticCustomError

from assess.core.message import message
from assess.core.questionnaire import Day, Frozen, Name, Text, written

GateName = Literal[
    "coverage",
    "participation",
    "stale",
    "below-goal",
    "regression",
    "disagreement-open",
    "action-overdue",
    "waiver-expired",
    "evidence-missing",
    "evidence-dead-path",
]
GateLevel = Literal["off", "warn", "error"]
Preset = Literal["recommended", "strict", "report-only"]


def _days(value: Any) -> int:
    """A number of days from `120d`."""
    digits = value[:-1] if isinstance(value, str) else ""
    if not (digits.isascii() and digits.isdigit() and value.endswith("d") and len(digits) <= 5):  # noqa: PLR2004
        raise PydanticCustomError("days", "not days")
    return int(digits)


DAYS_EXPECTED = message("a number of days such as 120d")
Days = Annotated[int, BeforeValidator(_days), written("^[0-9]{1,5}d$", DAYS_EXPECTED)]


def _folded(schema: dict[str, Any]) -> None:
    """The JSON Schema of a rule as it is written: what `_unfold` takes."""
    level = schema["properties"].pop("level")
    options = {**schema, "required": []}
    schema.clear()
    several = {"type": "array", "items": [level, options], "minItems": 1, "maxItems": 2}
    schema["anyOf"] = [level, several]


class Rule(Frozen):
    """A gate that has a level and no options."""

    model_config = ConfigDict(json_schema_extra=_folded)

    level: GateLevel


class CoverageRule(Rule):
    """`coverage: [warn, {min: 0.8}]`: the share of asked places that carry a level, 0..1."""

    min: Annotated[float, Strict(), Field(ge=0, le=1, allow_inf_nan=False)] = 0.8


class StaleRule(Rule):
    """`stale: [error, {max_age: 120d}]`: how old the newest answer may be, in days."""

    max_age: Days = 120


def _unfold(value: Any) -> Any:
    """`warn` and `[warn, {option: value}]` as one mapping."""
    if isinstance(value, str):
        return {"level": value}
    if isinstance(value, list) and value and isinstance(value[0], str) and len(value) <= 2:  # noqa: PLR2004
        options = value[1] if len(value) > 1 else {}
        if isinstance(options, dict) and "level" not in options:
            return {"level": value[0], **options}
    raise PydanticCustomError("rule", "not a rule")


class Rules(Frozen):
    """A preset and what the team changed of it."""

    preset: Preset = "recommended"
    coverage: Annotated[CoverageRule, BeforeValidator(_unfold)] | None = None
    stale: Annotated[StaleRule, BeforeValidator(_unfold)] | None = None
    participation: Annotated[Rule, BeforeValidator(_unfold)] | None = None
    below_goal: Annotated[Rule, BeforeValidator(_unfold)] | None = Field(None, alias="below-goal")
    regression: Annotated[Rule, BeforeValidator(_unfold)] | None = None
    disagreement_open: Annotated[Rule, BeforeValidator(_unfold)] | None = Field(None, alias="disagreement-open")
    action_overdue: Annotated[Rule, BeforeValidator(_unfold)] | None = Field(None, alias="action-overdue")
    waiver_expired: Annotated[Rule, BeforeValidator(_unfold)] | None = Field(None, alias="waiver-expired")
    evidence_missing: Annotated[Rule, BeforeValidator(_unfold)] | None = Field(None, alias="evidence-missing")
    evidence_dead_path: Annotated[Rule, BeforeValidator(_unfold)] | None = Field(None, alias="evidence-dead-path")


class Waiver(Frozen):
    """A gate that is let pass for a while, with a reason, an owner and an end."""

    rule: GateName
    practice: Name | None = None
    reason: Text
    owner: Text
    until: Day


class Config(Frozen):
    """What `assess.yaml` says; an absent file is an empty one."""

    format: Literal["assess.config/1"] = "assess.config/1"
    team: Text | None = None
    questionnaire: Text | None = None
    baselines: tuple[Name, ...] | None = None
    language: Text | None = None
    rules: Rules = Field(default_factory=Rules.model_construct)
    waivers: tuple[Waiver, ...] = ()
