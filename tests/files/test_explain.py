from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from assess.core.answers import Sheet
from assess.core.config import Config
from assess.core.questionnaire import Baseline, Questionnaire
from assess.core.round import Round
from assess.files.explain import explain, found, keys_at

SHEET: dict[str, Any] = {
    "format": "assess.answers/1",
    "questionnaire": {"id": "q", "version": "1"},
    "team": "t",
    "round": "r",
    "respondent": "p",
    "asked": "full",
    "answered": "2026-11-02",
}


def said(model: type[BaseModel], data: dict[str, Any]) -> list[tuple[str, str | None]]:
    with pytest.raises(ValidationError) as refused:
        model.model_validate(data)
    findings = explain(refused.value, model, data)
    return [(str(f.message), None if f.hint is None else str(f.hint)) for f in findings]


def answer(value: Any) -> list[tuple[str, str | None]]:
    return said(Sheet, {**SHEET, "answers": {"a": value}})


EXPECTED = "expected a level from 0 to 6, dont-know or not-applicable, found "


@pytest.mark.parametrize(
    ("value", "here"),
    [
        ("no", "“no”"),
        (None, "nothing"),
        ("", "an empty text"),
        (" ", "an empty text"),
        (7, "the number 7"),
        (2.5, "the number 2.5"),
        (True, "“true” (a yes or no)"),
        ([1], "a list"),
        ("x" * 200, "“" + "x" * 59 + "…”"),
    ],
)
def test_what_stands_there_is_named_and_what_is_allowed(value: Any, here: str) -> None:
    assert answer(value) == [(EXPECTED + here, None)]


def test_a_mapping_is_named() -> None:
    assert answer({"answer": {"level": 3}}) == [(EXPECTED + "a mapping", None)]


@pytest.mark.parametrize(
    ("model", "data", "what", "hint"),
    [
        (Sheet, {**SHEET, "teem": 1}, "unknown key “teem”", "did you mean “team”?"),
        (Sheet, {**SHEET, "answers": {"a": {"nots": "x"}}}, "unknown key “nots”", "did you mean “note”?"),
        (Sheet, {**SHEET, "answers": {"a": {"goal": {"level": 1, "reason": "r", "levle": 1}}}},
         "unknown key “levle”", "did you mean “level”?"),
        (Sheet, {**SHEET, "actions": [{"id": "a", "text": "t", "ownr": "x"}]},
         "unknown key “ownr”", "did you mean “owner”?"),
        (Sheet, {**SHEET, "questionnaire": {"id": "q"}}, "“version” is missing here", None),
        (Sheet, {**SHEET, "asked": "puls"}, "found “puls”", "did you mean “pulse”?"),
        (Sheet, {**SHEET, "asked": "all"}, "found “all”", "allowed: pulse, full"),
        (Sheet, {**SHEET, "team": 7}, "expected a text, found the number 7", "put it in quotes"),
        (Sheet, {**SHEET, "team": " "}, "expected a text that is not empty, found an empty text", None),
        (Sheet, {**SHEET, "answers": [1]}, "expected a mapping, found a list", None),
        (Config, {"rules": {"stale": ["warn", {"maxage": "3d"}]}},
         "unknown key “maxage”", "did you mean “max_age”?"),
        (Config, {"rules": {"below_goal": "warn"}}, "unknown key “below_goal”", "did you mean “below-goal”?"),
        (Config, {"rules": {"stale": "eror"}}, "found “eror”", "did you mean “error”?"),
        (Config, {"waivers": {"rule": "stale"}}, "expected a list, found a mapping", None),
        (Round, {"expected": 0}, "expected at least 1, found the number 0", None),
        (Round, {"expected": 20_000}, "expected at most 10000, found the number 20000", None),
        (Round, {"questionnaire": "q"}, "expected a mapping, found “q”", None),
    ],
)  # fmt: skip
def test_every_fault_is_a_sentence_with_the_nearest_valid_word(
    model: type[BaseModel], data: dict[str, Any], what: str, hint: str | None
) -> None:
    assert (what, hint) in said(model, data)


@pytest.mark.parametrize(
    ("model", "where", "key"),
    [
        (Questionnaire, ("dimensions", 0, "practices", 3), "next_step"),
        (Questionnaire, ("dimensions", 0, "practices", 3, "levels", 1), "value"),
        (Questionnaire, ("dimensions", 0, "practices", 3, "evidence"), "references"),
        (Questionnaire, ("pairs", 0), "why"),
        (Baseline, ("levels", "no-meeting-days"), "price"),
        (Baseline, ("sources", 0), "limits"),
        (Config, ("rules",), "evidence-dead-path"),
        (Config, ("waivers", 1), "until"),
    ],
)
def test_the_keys_that_are_allowed_are_known_at_any_depth(
    model: type[BaseModel], where: tuple[str | int, ...], key: str
) -> None:
    assert key in keys_at(model, where)


def test_all_faults_are_named_at_once() -> None:
    faults = said(
        Sheet, {**SHEET, "team": 1, "round": "a/b", "asked": "x", "answered": "soon", "answers": {"a": 9, "b": 8}}
    )

    assert len(faults) == 6


def test_braces_in_a_file_do_no_harm() -> None:
    assert str(found("{x} {0} {")) == "“{x} {0} {”"
