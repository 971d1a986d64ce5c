from __future__ import annotations

from datetime import date

import pytest
from builders import assessment, round_, sheet
from pydantic import ValidationError

from assess.core.round import Assessment, Round, by_newest_answer, round_name

TODAY = date(2026, 11, 23)


def dated(name: str, *days: str) -> Assessment:
    return assessment(*(sheet(f"m{i}", answered=day) for i, day in enumerate(days)), name=name)


# names


def test_a_new_round_takes_the_first_name_that_is_free() -> None:
    taken: set[str] = set()
    names = []
    for _ in range(5):
        names.append(round_name(TODAY, taken.__contains__))
        taken.add(names[-1])

    assert names == ["2026-Q4", "2026-11", "2026-11-23", "2026-11-23-2", "2026-11-23-3"]


@pytest.mark.parametrize(("month", "quarter"), [(1, 1), (3, 1), (4, 2), (6, 2), (7, 3), (9, 3), (10, 4), (12, 4)])
def test_quarters_have_three_months(month: int, quarter: int) -> None:
    assert round_name(date(2026, month, 1), set().__contains__) == f"2026-Q{quarter}"


# order


def test_rounds_are_ordered_by_their_newest_answer_not_by_name() -> None:
    rounds = (
        dated("2026-Q4", "2026-10-01"),
        dated("2026-11", "2026-09-01", "2026-11-02"),
        dated("a", "2025-01-01"),
    )

    assert [a.name for a in by_newest_answer(rounds)] == ["a", "2026-Q4", "2026-11"]


def test_a_round_that_nobody_has_answered_is_the_newest() -> None:
    assert [a.name for a in by_newest_answer((dated("a"), dated("b", "2026-11-02")))] == ["b", "a"]


def test_equal_dates_are_settled_by_name_whatever_the_order() -> None:
    a, b = dated("a", "2026-11-02"), dated("b", "2026-11-02")

    assert by_newest_answer((a, b)) == by_newest_answer((b, a)) == (a, b)


# open, closed, sealed


def test_an_open_round_is_sealed_from_the_second_person_on() -> None:
    assert not assessment(state="open").sealed
    assert not assessment(sheet("p"), state="open").sealed
    assert assessment(sheet("p"), sheet("q"), state="open").sealed


def test_a_closed_round_is_not_sealed() -> None:
    assert not assessment(sheet("p"), sheet("q"), state="closed").sealed


def test_a_round_answered_together_is_never_sealed() -> None:
    assert not assessment(team=sheet("team"), state="open").sealed


def test_without_round_yaml_a_round_counts_as_closed_and_sheets_say_the_rest() -> None:
    bare = Assessment("r", None, (sheet("p", asked="pulse"), sheet("q", asked="pulse")))

    assert not bare.is_open
    assert not bare.sealed
    assert (bare.asked, bare.team, bare.expected, bare.asks_sensitive) == ("pulse", "t", None, False)


def test_an_empty_folder_is_a_round_without_anything() -> None:
    nothing = Assessment("r", None, ())

    assert (nothing.asked, nothing.team, nothing.newest) == ("full", "", None)


def test_what_round_yaml_says_goes_before_the_sheets() -> None:
    said = round_(asked="pulse", team="payments", expected=6, privacy="counts")
    round_of = Assessment("r", said, (sheet("p", asked="full"),))

    assert (round_of.asked, round_of.team, round_of.expected) == ("pulse", "payments", 6)
    assert round_of.asks_sensitive


def test_the_team_sheet_is_the_last_and_counts_for_the_newest_answer() -> None:
    round_of = assessment(sheet("p"), team=sheet("team", answered="2026-11-09"))

    assert [s.respondent for s in round_of.all_sheets] == ["p", "team"]
    assert round_of.newest == date(2026, 11, 9)


@pytest.mark.parametrize("expected", [0, -1, 10_001, 2.0, True, "6"])
def test_how_many_are_expected_is_a_sensible_number(expected: object) -> None:
    with pytest.raises(ValidationError):
        Round.model_validate({**assessment().round.model_dump(), "expected": expected})  # type: ignore[union-attr]
