from __future__ import annotations

import itertools

import pytest
from builders import LAW
from hypothesis import given
from hypothesis import strategies as st

from assess.core.finding import (
    Finding,
    Severity,
    did_you_mean,
    edit_distance,
    has_errors,
    nearest,
    only_looks_like,
)
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


WORDS = st.text(st.sampled_from("abc"), max_size=9)


@LAW
@given(WORDS, WORDS, st.integers(0, 9))
def test_the_distance_is_exact_up_to_the_limit_and_above_it_beyond(a: str, b: str, at_most: int) -> None:
    exact = edit_distance(a, b)

    assert min(edit_distance(a, b, at_most), at_most + 1) == min(exact, at_most + 1)


@LAW
@given(WORDS, st.lists(WORDS, max_size=6))
def test_the_nearest_word_is_the_one_at_the_smallest_distance(word: str, allowed: list[str]) -> None:
    near = nearest(word, allowed)
    distances = {other: edit_distance(word, other) for other in allowed}
    likely = {other: distance for other, distance in distances.items() if distance <= max(1, len(word) // 3)}

    assert near == min(likely, key=lambda other: (likely[other], other), default=None)


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


@pytest.mark.parametrize("word", ["nо-meeting-days", "ｎｏ-meeting-days", "no-meeting-däys"])
def test_a_letter_that_is_not_the_one_it_looks_like_is_named(word: str) -> None:
    said = str(did_you_mean(word, IDS))

    stranger = next(char for char in word if not char.isascii())
    assert said == f"did you mean “no-meeting-days”? “{stranger}” here is U+{ord(stranger):04X}"


def test_a_hint_lists_no_more_words_than_somebody_reads() -> None:
    said = str(did_you_mean("pizza", [f"word-number-{i}" for i in range(1000)]))

    assert said.endswith("word-number-19, …")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("team：x", "a full-width “：” stands here: type “:” instead"),
        ("３", "a full-width “３” stands here: type “3” instead"),
        ("a\u00a0b", "a blank that is none (U+00A0) stands here: type a plain one"),
        ("\u3000b", "a blank that is none (U+3000) stands here: type a plain one"),
        ("a\u200bb", "a character that nobody can see (U+200B) stands here: delete it"),
        ("2026–11", "“–” (U+2013) only looks like “-”: type that"),
        ("“x”", '““” (U+201C) only looks like “"”: type that'),
    ],
)
def test_a_character_that_only_looks_like_another_is_named_with_the_other(text: str, said: str) -> None:
    assert str(only_looks_like(text)) == said


@pytest.mark.parametrize("text", ["", "plain text: 3", "小明", "é", "ñ", "😀", "е"])
def test_a_character_that_is_what_it_is_gives_no_hint(text: str) -> None:
    assert only_looks_like(text) is None


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
