from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.core.pace import GUESSED, LONGEST, SHORTEST, Pace, minutes

START = datetime(2026, 11, 23, 14, 0)  # noqa: DTZ001  (the clock of the wall, as cli gives it)
TIMES = st.lists(st.floats(SHORTEST, LONGEST), max_size=60)


def paced(seconds: list[float]) -> Pace:
    pace, now = Pace(START), START
    for took in seconds:
        now += timedelta(seconds=took)
        pace = pace.answered(now)
    return pace


@pytest.mark.parametrize("questions", [1, 5, 10, 48, 49, 600])
def test_before_the_first_answer_it_is_what_the_first_screen_promised(questions: int) -> None:
    assert Pace(START).left(questions, questions) == minutes(questions)


@given(TIMES)
def test_nothing_left_takes_no_time_and_something_left_takes_some(seconds: list[float]) -> None:
    pace = paced(seconds)

    assert pace.left(0, 48) == 0
    assert pace.left(1, 48) >= 1


@given(TIMES, st.integers(1, 48))
def test_more_questions_never_take_less(seconds: list[float], unanswered: int) -> None:
    pace = paced(seconds)

    assert pace.left(unanswered, 49) <= pace.left(unanswered + 1, 49)


@given(st.integers(GUESSED * 20, 600), st.floats(5, 200))
def test_after_many_answers_it_is_ones_own_pace(answers: int, each: float) -> None:
    told = paced([each] * answers).left(60, 660)

    assert abs(told - each) <= 1 + abs(each - minutes(660) * 60 / 660) * 0.06


def test_a_break_and_a_clock_that_stands_still_say_nothing() -> None:
    pace = paced([30, 30])

    for pause in (0, 0.5, 3600, -60):
        after = pace.answered(pace.since + timedelta(seconds=pause))
        assert (after.seconds, after.answers) == (60, 2)
        assert after.answered(after.since + timedelta(seconds=30)).answers == 3
