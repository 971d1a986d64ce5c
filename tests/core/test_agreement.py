"""Agreement against worked examples, what chance alone would do, and laws that hold for any answers."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import factorial, prod

import pytest
from builders import LAW
from hypothesis import given
from hypothesis import strategies as st

from assess.core.agreement import AGREE, MIXED, Agreement, agreement, lower_median, rwg

counts_of_answers = st.integers(2, 7).flatmap(
    lambda levels: st.lists(st.integers(0, 6), min_size=levels, max_size=levels)
)


def counts(*answers: int, levels: int = 5) -> list[int]:
    return [answers.count(level) for level in range(levels)]


@pytest.mark.parametrize(
    ("answers", "median", "index"),
    [
        ((2, 2, 2, 2), 2, 1),
        ((2, 3), 2, 0.75),
        ((1, 3), 1, 0),
        ((0, 4), 0, -3),
        ((1, 2, 3), 2, 0.5),
        ((2, 2, 4), 2, 0.3333),
        ((0, 0, 4, 4), 0, -1.6667),
        ((0, 4, 4, 4, 4), 4, -0.6),
        ((1, 2, 2, 3, 3), 2, 0.65),
        ((0, 1, 2, 3, 4), 2, -0.25),
        ((1, 1, 1, 4, 4, 4), 1, -0.35),
        ((2, 2, 3, 3, 3, 3, 4), 3, 0.7619),
    ],
)
def test_index_and_median_are_those_of_the_worked_examples(
    answers: tuple[int, ...], median: int, index: float
) -> None:
    assert lower_median(counts(*answers)) == median
    assert agreement(counts(*answers)).rwg == index


@pytest.mark.parametrize(
    ("answers", "word", "shape", "far"),
    [
        ((1, 3), "disagree", "split", True),
        ((2, 2, 4), "disagree", "split", True),
        ((1, 2, 3), "mixed", "scattered", False),
        ((0, 4, 4, 4, 4), "disagree", "lone-voice", True),
        ((1, 1, 1, 4, 4, 4), "disagree", "split", True),
        ((0, 1, 2, 3, 4), "disagree", "scattered", True),
        ((2, 2, 2, 4), "mixed", "lone-voice", True),
        ((2, 2, 2, 2, 4), "mixed", "lone-voice", True),
        ((1, 2, 2, 3, 3), "mixed", "scattered", False),
        ((1, 1, 3, 3), "disagree", "split", True),
        ((0, 0, 1, 4, 4), "disagree", "split", True),
        ((3,) * 9 + (0,), "mixed", "lone-voice", True),  # r_wg dilutes with n, the far voice does not
        ((2, 3), "agree", None, False),
        ((3, 3, 3), "agree", None, False),
    ],
)
def test_word_and_shape_say_how_people_part(
    answers: tuple[int, ...], word: str, shape: str | None, *, far: bool
) -> None:
    found = agreement(counts(*answers))

    assert (found.word, found.shape, found.far_voice) == (word, shape, far)


def test_one_voice_and_none_agree_with_nobody() -> None:
    assert agreement(counts(3)) == agreement(counts()) == Agreement()


@pytest.mark.parametrize(("people", "few"), [(2, True), (4, True), (5, False)])
def test_of_four_or_fewer_it_is_said_that_it_proves_little(people: int, *, few: bool) -> None:
    assert agreement(counts(*[2] * people)).few is few


@pytest.mark.parametrize(
    ("answers", "levels", "shape"),
    [
        ((0, 1), 2, "split"),  # no and yes are as far apart as can be
        ((1, 1, 1, 0), 2, "lone-voice"),
        ((0, 0, 3, 3), 7, "split"),  # half of seven levels is three
        ((0, 0, 2, 2, 4, 4), 7, "scattered"),  # no two neighbours half a scale apart
    ],
)
def test_far_is_half_of_whatever_scale(answers: tuple[int, ...], levels: int, shape: str) -> None:
    assert agreement(counts(*answers, levels=levels)).shape == shape


def drawn_by_chance(people: int, levels: int = 5) -> Iterator[tuple[list[int], Fraction]]:
    """Every way in which so many people can answer, as counts, with its chance when all answer at random."""

    def ways(left: int, places: int) -> Iterator[list[int]]:
        if places == 1:
            yield [left]
            return
        for first in range(left + 1):
            yield from ([first, *rest] for rest in ways(left - first, places - 1))

    for way in ways(people, levels):
        yield way, Fraction(factorial(people), prod(map(factorial, way)) * levels**people)


@pytest.mark.parametrize(
    ("people", "agrees", "not_disagrees"),
    [
        (2, 0.52, 0.52),
        (3, 0.232, 0.376),
        (4, 0.098, 0.309),
        (5, 0.059, 0.194),
        (6, 0.045, 0.130),
        (8, 0.021, 0.079),
    ],
)
def test_chance_alone_agrees_as_often_as_published(people: int, agrees: float, not_disagrees: float) -> None:
    at_least = dict.fromkeys((AGREE, MIXED), Fraction(0))
    expected = Fraction(0)
    for way, chance in drawn_by_chance(people):
        index = rwg(way)
        assert index is not None
        expected += chance * index
        for limit in at_least:
            at_least[limit] += chance if index >= limit else 0

    assert float(at_least[AGREE]) == pytest.approx(agrees, abs=0.0006)
    assert float(at_least[MIXED]) == pytest.approx(not_disagrees, abs=0.0006)
    assert expected == 0  # whatever n: rounds of different turnout can be compared


@LAW
@given(st.integers(0, 4), st.integers(0, 4))
def test_of_two_people_only_their_distance_counts(one: int, other: int) -> None:
    assert rwg(counts(one, other)) == 1 - Fraction((one - other) ** 2, 4)


@LAW
@given(counts_of_answers)
def test_a_scale_turned_round_agrees_as_much(answers: list[int]) -> None:
    assert rwg(answers) == rwg(answers[::-1])
    if sum(answers) % 2:  # of an even number the lower of two middles is taken
        assert agreement(answers) == agreement(answers[::-1])


@LAW
@given(counts_of_answers)
def test_nobody_agrees_more_than_all_at_one_level_and_shapes_are_told_where_they_do_not(
    answers: list[int],
) -> None:
    found = agreement(answers)
    if sum(answers) < 2:
        assert found == Agreement()
        return
    assert found.rwg is not None
    assert found.rwg <= 1
    assert (found.rwg == 1) == (sum(count > 0 for count in answers) == 1)
    assert (found.shape is None) == (found.word == "agree")
