from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from assess.core.config import Config, Rules


def rules(data: dict[str, Any]) -> Rules:
    return Config.model_validate({"rules": data}).rules


def test_every_key_is_optional() -> None:
    nothing = Config()

    assert (nothing.team, nothing.questionnaire, nothing.baselines, nothing.waivers) == (None, None, None, ())
    assert nothing.rules.preset == "recommended"


def test_a_rule_is_a_level_or_a_level_with_options() -> None:
    bare, one, full = (rules({"stale": r}).stale for r in ("warn", ["warn"], ["warn", {"max_age": "30d"}]))

    assert bare == one
    assert (bare and bare.max_age, full and full.max_age, full and full.level) == (120, 30, "warn")


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        3,
        True,
        "yes",
        [],
        [3],
        ["warn", {}, {}],
        ["warn", "30d"],
        ["warn", {"level": "error"}],
        {"level": "warn"},
    ],
)
def test_nothing_else_is_a_rule(wrong: Any) -> None:
    if wrong is None:
        assert rules({"stale": None}).stale is None  # an empty line changes nothing
        return
    with pytest.raises(ValidationError):
        rules({"stale": wrong})


@pytest.mark.parametrize("wrong", ["120", 120, "d", "-1d", "1.5d", "1 d", "12w", "999999d", "١d", None])
def test_an_age_is_a_number_of_days(wrong: Any) -> None:
    with pytest.raises(ValidationError):
        rules({"stale": ["warn", {"max_age": wrong}]})


@pytest.mark.parametrize("wrong", [-0.1, 1.1, "0.8", True, float("nan")])
def test_a_coverage_is_a_share(wrong: Any) -> None:
    with pytest.raises(ValidationError):
        rules({"coverage": ["warn", {"min": wrong}]})


def test_gates_without_options_take_none() -> None:
    assert rules({"below-goal": "warn"}).below_goal is not None
    with pytest.raises(ValidationError):
        rules({"below-goal": ["warn", {"min": 1}]})


def test_gates_are_named_as_in_the_files_only() -> None:
    with pytest.raises(ValidationError):
        rules({"below_goal": "warn"})


def test_a_waiver_needs_a_reason_an_owner_and_an_end() -> None:
    whole = {"rule": "stale", "reason": "r", "owner": "o", "until": "2027-01-31"}

    assert Config.model_validate({"waivers": [whole]}).waivers[0].until.isoformat() == "2027-01-31"
    for missing in ("rule", "reason", "owner", "until"):
        with pytest.raises(ValidationError):
            Config.model_validate({"waivers": [{k: v for k, v in whole.items() if k != missing}]})
