from __future__ import annotations

import unicodedata
from fractions import Fraction
from typing import Any

import pytest
from builders import LAW, baseline, level_lists, practice, questionnaire
from hypothesis import given
from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from assess.core.questionnaire import Level, Practice, as_date, check_name


def levels(*values: Any) -> list[Any]:
    return [f"{i}" if value is None else {"text": f"{i}", "value": value} for i, value in enumerate(values)]


def the_practice(**changes: Any) -> Practice:
    return Practice.model_validate(practice("a", **changes))


# what is asked


QUESTIONS = questionnaire(
    practice("plain"), practice("short", pulse=True), practice("secret", pulse=True, sensitive=True)
)


def test_full_asks_all_but_what_is_sensitive() -> None:
    assert QUESTIONS.asked("full") == ("plain", "short")
    assert QUESTIONS.asked("full", sensitive=True) == ("plain", "short", "secret")


def test_pulse_asks_the_short_ones() -> None:
    assert QUESTIONS.asked("pulse") == ("short",)
    assert QUESTIONS.asked("pulse", sensitive=True) == ("short", "secret")


def test_practices_keep_the_order_of_the_file_and_know_their_dimension() -> None:
    dimensions = [
        {"id": "z", "title": "Z", "practices": [practice("b"), practice("a")]},
        {"id": "y", "title": "Y", "practices": [practice("c")]},
    ]

    questions = questionnaire(dimensions=dimensions)

    assert list(questions.practices) == ["b", "a", "c"]
    assert {pid: d.id for pid, d in questions.dimension_of.items()} == {"b": "z", "a": "z", "c": "y"}


# values


@pytest.mark.parametrize(
    ("given_values", "expected"),
    [
        ((None, None), (0, 1)),
        ((None, None, None, None), (0, Fraction(1, 3), Fraction(2, 3), 1)),
        ((None, 0.1, None), (0, Fraction(1, 10), 1)),
        ((0, 0.25, 0.5, 0.75, 1), (0, Fraction(1, 4), Fraction(1, 2), Fraction(3, 4), 1)),
    ],
)
def test_values_are_exact_and_equal_steps_by_default(given_values: Any, expected: Any) -> None:
    assert the_practice(levels=levels(*given_values)).values == expected


@LAW
@given(level_lists())
def test_any_rising_values_from_0_to_1_are_taken(drawn: list[Any]) -> None:
    values = the_practice(levels=drawn).values

    assert (values[0], values[-1]) == (0, 1)
    assert list(values) == sorted(set(values))


@pytest.mark.parametrize(
    ("given_values", "kind"),
    [
        ((0.1, 1), "level_ends"),
        ((0, 0.9), "level_ends"),
        ((0, 0.6, 0.5, 1), "level_order"),
        ((0, 0.5, 0.5, 1), "level_order"),
        ((None, 0.9, None, None), "level_order"),  # 0.9 beside the equal step 0.67
        ((0, 1.1), "less_than_equal"),
        ((-0.1, 1), "greater_than_equal"),
        ((0, "1"), "float_type"),
        ((0, True), "float_type"),
        ((0, float("nan")), "finite_number"),
        ((0,), "too_short"),
        ((0, *[None] * 6, 1), "too_long"),
    ],
)
def test_values_that_do_not_rise_from_0_to_1_are_refused(given_values: Any, kind: str) -> None:
    with pytest.raises(ValidationError) as refused:
        the_practice(levels=levels(*given_values))

    assert kind in {error["type"] for error in refused.value.errors()}


@pytest.mark.parametrize("wrong", [3, True, None, ["a"], " "])
def test_a_level_that_is_no_text_is_told_that_it_should_be_one(wrong: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        Level.model_validate(wrong)

    assert [error["loc"] for error in refused.value.errors()] == [("text",)]


def test_weights_are_numbers_from_0() -> None:
    assert the_practice(weight=0).weight == 0
    for wrong in (-1, 1001, True, "2", float("inf")):
        with pytest.raises(ValidationError):
            the_practice(weight=wrong)


def test_a_questionnaire_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        QUESTIONS.title = "other"  # type: ignore[misc]


# names and dates


@pytest.mark.parametrize("name", ["alice", "小明", "2026-Q4", "a.b_c-d", "_x", "-x", "Ünï", "नमस्ते", "a" * 64, "7"])
def test_letters_digits_and_three_signs_make_a_name(name: str) -> None:
    assert check_name(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".hidden",
        "a b",
        "a/b",
        "a\\b",
        "..",
        "a" * 65,
        "a\n",
        "a:b",
        "😀",
        "a\u202eb",
        unicodedata.normalize("NFD", "é"),
    ],
)
def test_anything_else_is_no_name(name: str) -> None:
    with pytest.raises(PydanticCustomError):
        check_name(name)


def test_a_date_is_written_in_one_way() -> None:
    assert as_date("2026-11-02").isoformat() == "2026-11-02"


@pytest.mark.parametrize(
    "wrong",
    [
        "2026-11-2",
        "20261102",
        "2026-W45-1",
        "2026-306",
        "2026-02-30",
        "02.11.2026",
        "２０２６-11-02",
        "2026-11-02\n",
        "",
        20261102,
        None,
        ["2026-11-02"],
    ],
)
def test_any_other_way_is_no_date(wrong: Any) -> None:
    with pytest.raises(PydanticCustomError):
        as_date(wrong)


# baselines


def test_a_practice_that_is_not_described_has_no_level() -> None:
    described = baseline({"a": 3, "b": None, "z": 0})

    assert [described.level(pid) for pid in ("a", "b", "c", "z")] == [3, None, None, 0]


def test_a_source_is_found_by_its_id() -> None:
    described = baseline({})

    assert described.source("s") == described.sources[0]
    assert described.source("t") is None
