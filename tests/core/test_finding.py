from __future__ import annotations

import itertools

import pytest
from builders import LAW
from hypothesis import given
from hypothesis import strategies as st

from assess.core.finding import Finding, Severity, did_you_mean, edit_distance, has_errors, nearest
from assess.core.message import message

IDS = ("no-meeting-days", "one-open-channel", "small-frequent-releases")


@pytest.mark.parametrize(
    ("a", "b", "distance"),
    [
        ("", "", 0),
        ("abc", "", 3),
        ("anwser", "answer", 1),
        ("pulse", "full", 3),
        ("kitten", "sitting", 3),
        ("小明", "小红", 1),
    ],
)
def test_the_distance_counts_slips(a: str, b: str, distance: int) -> None:
    assert edit_distance(a, b) == distance


@LAW
@given(st.text(max_size=12), st.text(max_size=12))
def test_the_distance_is_the_same_both_ways_and_zero_for_equals_only(a: str, b: str) -> None:
    assert edit_distance(a, b) == edit_distance(b, a)
    assert (edit_distance(a, b) == 0) == (a == b)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("no-meeting-day", "no-meeting-days"),
        ("No_Meeting_Days", "no-meeting-days"),
        ("  one-open-chanel", "one-open-channel"),
        ("pizza", None),
        ("", None),
        ("x" * 5000, None),
    ],
)
def test_the_nearest_word_is_a_likely_slip_or_none(word: str, meant: str | None) -> None:
    assert nearest(word, IDS) == meant


def test_nothing_is_near_to_nothing() -> None:
    assert nearest("word", ()) is None


def test_the_nearest_of_two_does_not_depend_on_their_order() -> None:
    assert nearest("aa", ["ab", "ac"]) == nearest("aa", ["ac", "ab"]) == "ab"


def test_did_you_mean_names_the_nearest_or_lists_all() -> None:
    assert str(did_you_mean("noo-meeting-days", IDS)) == "did you mean “no-meeting-days”?"
    assert str(did_you_mean("pizza", ["pulse", "full"])) == "allowed: pulse, full"


def test_a_place_is_clickable_and_a_file_as_a_whole_has_no_line() -> None:
    finding = Finding("rule", message("what"), path="a.yaml")

    assert finding.place == "a.yaml"
    assert finding.at("b.yaml", 3, 7).place == "b.yaml:3:7"


def test_errors_come_first_then_places_whatever_the_order_of_reading() -> None:
    places = itertools.product(Severity, ("a.yaml", "b.yaml"), (2, 10))
    findings = [Finding("rule", message("what"), severity, path=p, line=n) for severity, p, n in places]
    orders = [sorted(order, key=lambda f: f.order) for order in (findings[::-1], findings[3:] + findings[:3])]

    assert orders == [findings, findings]


def test_only_errors_are_errors() -> None:
    warning = Finding("rule", message("what"), Severity.WARNING)

    assert not has_errors([warning])
    assert has_errors([warning, Finding("rule", message("what"))])
