from __future__ import annotations

from collections.abc import Iterable

import pytest
from builders import LAW, practice, questionnaire, questionnaires
from hypothesis import given

from assess.core.authoring import check_authored, check_earlier
from assess.core.finding import Finding, Severity
from assess.core.questionnaire import Questionnaire


def found(findings: Iterable[Finding]) -> list[tuple[str, tuple[str | int, ...]]]:
    return [(finding.rule, finding.route) for finding in findings]


AT = ("dimensions", 0, "practices")


@LAW
@given(questionnaires())
def test_levels_titles_and_weights_of_their_own_are_never_a_fault(value: Questionnaire) -> None:
    assert list(check_authored(value)) == []
    assert list(check_earlier(value, {"0": tuple(value.practices)})) == []


@pytest.mark.parametrize("twin", ["Never.", "never.", "  Never. ", "NEVER.", "never.\n"])
def test_a_level_that_differs_in_case_and_blanks_only_is_found_at_its_own_place(twin: str) -> None:
    value = questionnaire(practice("a", levels=["Never.", "Sometimes.", twin, {"text": "Often.", "value": 1}]))

    (finding,) = check_authored(value)

    assert (finding.rule, finding.route) == ("repeated-level", (*AT, 0, "levels", 2, "text"))
    assert str(finding.message) == "level 2 says the same as level 0"


def test_a_title_that_stands_twice_is_a_warning_and_an_id_that_stands_twice_is_somebody_elses() -> None:
    value = questionnaire(practice("a", title="Quiet days"), practice("b", title="QUIET  days"), practice("a"))

    (finding,) = check_authored(value)

    assert (finding.rule, finding.route, finding.severity) == (
        "repeated-title",
        (*AT, 1, "title"),
        Severity.WARNING,
    )


def test_some_weights_may_be_zero_but_not_all() -> None:
    some = [
        {"id": "d", "title": "D", "weight": 0, "practices": [practice("a"), practice("b", weight=0)]},
        {"id": "e", "title": "E", "practices": [practice("c")]},
    ]
    none = [
        {"id": "d", "title": "D", "weight": 0, "practices": [practice("a", weight=0), practice("b", weight=0)]},
        {"id": "e", "title": "E", "weight": 0, "practices": [practice("c")]},
    ]

    assert found(check_authored(questionnaire(dimensions=some))) == []
    assert found(check_authored(questionnaire(dimensions=none))) == [
        ("no-weight", ("dimensions", 0, "weight")),
        ("no-weight", ("dimensions", 0, "practices", 0, "weight")),
    ]


def test_a_pair_is_of_two_and_stands_once_in_whatever_order() -> None:
    pairs = [["a", "b"], ["a", "a"], ["b", "a"], ["a", "c"], ["a", "b"]]
    value = questionnaire(
        practice("a"), practice("b"), practice("c"), pairs=[{"practices": p, "why": "W"} for p in pairs]
    )

    assert found(check_authored(value)) == [
        ("pair-of-itself", ("pairs", 1, "practices", 1)),
        ("repeated-pair", ("pairs", 2, "practices")),
        ("repeated-pair", ("pairs", 4, "practices")),
    ]


# across versions


def test_a_practice_gone_is_told_once_with_the_newest_version_that_asked_it() -> None:
    value = questionnaire(practice("a"), version="3")

    findings = list(check_earlier(value, {"1.9": ("a", "b", "c"), "1.10": ("a", "b")}))

    assert [str(finding.message) for finding in findings] == [
        "“b” is gone, which version 1.10 asked",
        "“c” is gone, which version 1.9 asked",
    ]


def test_what_takes_the_place_of_another_is_not_new() -> None:
    value = questionnaire(practice("a"), practice("c"), version="2", moved={"b": "c"})

    assert list(check_earlier(value, {"1": ("a", "b")})) == []
    assert list(check_earlier(value, {})) == []


def test_what_an_older_version_asked_and_the_newest_did_not_is_new_again() -> None:
    value = questionnaire(practice("a"), practice("b"), version="3", retired={"c": "W"})

    findings = check_earlier(value, {"2": ("a", "c"), "1": ("a", "b")})

    assert found(findings) == [("added-missing", (*AT, 1, "id"))]
