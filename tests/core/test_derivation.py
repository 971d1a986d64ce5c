"""The arithmetic that is written out gives the number beside it, for any round."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

import pytest
from builders import LAW, assessment, practice, questionnaire, rounds, sheet
from hypothesis import given

from assess.core.derivation import Step, derive, way_to
from assess.core.questionnaire import Questionnaire
from assess.core.round import Assessment
from assess.core.scoring import score


def everything(step: Step) -> Iterator[Step]:
    yield step
    for part in step.parts:
        yield from everything(part)


def worked_out(arithmetic: str) -> Fraction:
    """What somebody with a pocket calculator gets."""
    exact = re.sub(r"[0-9]+(?:\.[0-9]+)?", lambda number: f"Fraction('{number[0]}')", arithmetic)
    return Fraction(eval(exact.replace("×", "*").replace("÷", "/"), {"Fraction": Fraction}))  # noqa: S307  (ours)


@LAW
@given(rounds())
def test_the_sum_that_is_written_gives_the_score_beside_it(drawn: tuple[Questionnaire, Assessment]) -> None:
    questions, round_of = drawn
    result = score(questions, round_of)

    for step in everything(derive(questions, result)):
        assert bool(step.arithmetic) == step.score.scored
        if step.score.score is not None:
            assert abs(worked_out(step.arithmetic) - Fraction(str(step.score.score))) <= Fraction(1, 100)


def test_the_worked_example_is_written_out() -> None:
    asked = questionnaire(
        practice("A", weight=2), practice("B"), practice("C", levels=["no", "half", "yes", "all"])
    )
    people = assessment(sheet("p", {"A": 3, "B": 1, "C": 1}), sheet("q", {"A": 3, "B": "dont-know", "C": 2}))

    total = derive(asked, score(asked, people))
    dimension, a, b, c = list(everything(total))[1:]

    assert a.arithmetic == "100 × (2 × 0.75) ÷ 2"
    assert b.arithmetic == "100 × (1 × 0.25) ÷ 1"
    assert c.arithmetic == "100 × (1 × 1/3 + 1 × 2/3) ÷ 2"
    assert dimension.arithmetic == "(2 × 75.00 + 25.00 + 50.00) ÷ 4"
    assert (total.arithmetic, total.score.score) == ("56.25", 56.25)
    assert [step.id for step in way_to(total, "B")] == ["", dimension.id, "B"]
    assert way_to(total, "Z") == ()


@pytest.mark.parametrize("answer", ["dont-know", {"answer": "not-applicable", "reason": "none"}])
def test_what_is_not_scored_has_no_sum(answer: object) -> None:
    asked = questionnaire(practice("A"))

    steps = list(everything(derive(asked, score(asked, assessment(sheet("p", {"A": answer}))))))

    assert [step.arithmetic for step in steps] == ["", "", ""]
