from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from builders import sheet
from pydantic import ValidationError

from assess.core.answers import EMPTY, Answer, Sheet

LATER = date(2026, 11, 9)


@pytest.mark.parametrize("choice", [0, 3, 6, "dont-know", "not-applicable"])
def test_the_short_form_is_the_bare_answer(choice: Any) -> None:
    assert Answer.model_validate(choice) == Answer(answer=choice)


@pytest.mark.parametrize(
    "wrong", [-1, 7, 3.0, True, False, "3", "no", "", None, [1], [], {"a": 1}, 10**99, "not applicable"]
)
def test_anything_else_is_not_an_answer_and_never_an_accident(wrong: Any) -> None:
    with pytest.raises(ValidationError):
        Answer.model_validate({"answer": wrong} if wrong is not None else wrong)


def test_five_states_are_kept_apart() -> None:
    states = sheet(answers={"a": 0, "b": "dont-know", "c": "not-applicable"})

    assert [states.get(pid).answer for pid in "abcd"] == [0, "dont-know", "not-applicable", None]
    assert [states.get(pid).level for pid in "abcd"] == [0, None, None, None]


def test_a_note_without_an_answer_is_unanswered() -> None:
    noted = sheet(answers={"a": {"note": "later"}}).get("a")

    assert noted.answer is None
    assert noted != EMPTY


def test_an_edit_returns_a_new_sheet_with_its_date() -> None:
    before = sheet(answers={"a": 1})

    after = before.with_answer("b", Answer(answer=2), LATER)

    assert (before.get("b"), before.answered.isoformat()) == (EMPTY, "2026-11-02")
    assert (after.get("a").level, after.get("b").level, after.answered) == (1, 2, LATER)


def test_an_empty_answer_leaves_no_trace() -> None:
    assert sheet(answers={"a": 1}).with_answer("a", EMPTY, LATER).answers == {}


def test_only_the_team_sheet_is_the_teams() -> None:
    assert sheet("team").is_team
    assert not sheet("Team").is_team


def test_a_sheet_knows_no_other_keys() -> None:
    with pytest.raises(ValidationError):
        Sheet.model_validate({**sheet().model_dump(), "score": 3})
