from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

import pytest
from builders import baseline, practice, questionnaire, round_, sheet, team_sheet

from assess.core import consistency
from assess.core.finding import Finding, Severity

QUESTIONS = questionnaire(practice("no-meeting-days"), practice("two-levels", levels=["no", "yes"]))


def found(findings: Iterable[Finding]) -> list[tuple[str, tuple[str | int, ...]]]:
    return [(finding.rule, finding.route) for finding in findings]


# questionnaires


def test_a_sound_questionnaire_has_no_findings() -> None:
    assert found(consistency.check_questionnaire(QUESTIONS)) == []


def test_repeated_ids_are_found_across_dimensions() -> None:
    dimensions = [
        {"id": "d", "title": "D", "practices": [practice("a"), practice("b")]},
        {"id": "d", "title": "D", "practices": [practice("a"), practice("d")]},
    ]

    findings = consistency.check_questionnaire(questionnaire(dimensions=dimensions))

    assert found(findings) == [
        ("repeated-id", ("dimensions", 1, "id")),
        ("repeated-id", ("dimensions", 1, "practices", 0, "id")),
    ]


def test_goals_and_caps_are_levels_of_the_practice_and_a_goal_is_not_above_the_cap() -> None:
    questions = questionnaire(
        practice("a", goal=3, cap=2),
        practice("b", goal=2, levels=["no", "yes"]),
        practice("c", cap=5),
        practice("e", goal=3, cap=3),
    )
    at = ("dimensions", 0, "practices")

    assert found(consistency.check_questionnaire(questions)) == [
        ("goal-above-cap", (*at, 0, "goal")),
        ("unknown-level", (*at, 1, "goal")),
        ("unknown-level", (*at, 2, "cap")),
    ]


def test_pairs_are_of_practices_that_exist() -> None:
    questions = questionnaire(practice("a"), pairs=[{"practices": ["a", "b"], "why": "w"}])

    assert found(consistency.check_questionnaire(questions)) == [
        ("unknown-practice", ("pairs", 0, "practices", 1))
    ]


# sheets


def check(answers: dict[str, Any], **changes: Any) -> list[Finding]:
    return list(consistency.check_sheet(sheet("p", answers, **changes), QUESTIONS))


def test_an_unknown_practice_is_named_at_its_key_with_the_nearest_one() -> None:
    (finding,) = check({"no-meeting-day": 1})

    assert (finding.rule, finding.route, finding.at_key) == (
        "unknown-practice",
        ("answers", "no-meeting-day"),
        True,
    )
    assert str(finding.hint) == "did you mean “no-meeting-days”?"


def test_a_level_that_the_practice_does_not_have_is_unknown() -> None:
    assert found(check({"two-levels": 2})) == [("unknown-level", ("answers", "two-levels", "answer"))]


def test_another_questionnaires_sheet_is_one_finding_not_one_per_practice() -> None:
    other = check({"x": 1, "y": 2}, questionnaire={"id": "other", "version": "1"})

    assert found(other) == [("wrong-questionnaire", ("questionnaire", "id"))]


def test_not_applicable_without_a_reason_is_a_warning() -> None:
    (finding,) = check({"two-levels": "not-applicable"})

    assert (finding.rule, finding.severity) == ("reason-missing", Severity.WARNING)
    assert check({"two-levels": {"answer": "not-applicable", "reason": "no releases"}}) == []


def test_what_the_team_settles_stands_on_the_team_sheet_only() -> None:
    settled = {"two-levels": {"answer": 1, "dissent": "d", "goal": {"level": 1, "reason": "r"}}}
    actions = [{"id": "a1", "text": "do it", "practice": "two-levels"}]

    person = check(settled, actions=actions)
    team = consistency.check_sheet(team_sheet(settled, actions=actions), QUESTIONS)

    assert found(team) == []
    assert sorted(found(person)) == [
        ("team-only", ("actions",)),
        ("team-only", ("answers", "two-levels", "dissent")),
        ("team-only", ("answers", "two-levels", "goal")),
    ]


def test_goals_and_actions_of_the_team_are_about_levels_and_practices_that_exist() -> None:
    settled = team_sheet(
        {"two-levels": {"goal": {"level": 2, "reason": "r"}}},
        actions=[{"id": "a1", "text": "x"}, {"id": "a2", "text": "y", "practice": "gone"}],
    )

    assert found(consistency.check_sheet(settled, QUESTIONS)) == [
        ("unknown-level", ("answers", "two-levels", "goal", "level")),
        ("unknown-practice", ("actions", 1, "practice")),
    ]


# baselines


def test_a_baseline_describes_levels_and_practices_that_exist_from_sources_it_lists() -> None:
    described = baseline({"two-levels": 2, "no-meeting-dais": 1, "no-meeting-days": None}).model_copy(
        update={"sources": ()}
    )

    assert found(consistency.check_baseline(described, QUESTIONS)) == [
        ("unknown-level", ("levels", "two-levels", "level")),
        ("unknown-source", ("levels", "two-levels", "source")),
        ("unknown-practice", ("levels", "no-meeting-dais")),
    ]


def test_a_baseline_for_another_questionnaire_is_one_finding() -> None:
    other = QUESTIONS.model_copy(update={"id": "other"})

    assert found(consistency.check_baseline(baseline({"x": 1}), other)) == [
        ("wrong-questionnaire", ("questionnaire",))
    ]


def test_a_baseline_is_called_as_its_file_is() -> None:
    assert found(consistency.check_baseline_place(baseline({}, "b"), "b")) == []
    assert found(consistency.check_baseline_place(baseline({}, "b"), "c")) == [("misplaced", ("id",))]


# places


@pytest.mark.parametrize(
    ("respondent", "file", "round_", "expected"),
    [
        ("alice", "alice", "r", []),
        ("alice", "bob", "r", [("misplaced", ("respondent",))]),
        ("alice", "bob", "s", [("misplaced", ("respondent",)), ("misplaced", ("round",))]),
        ("team", None, "r", []),
        ("alice", None, "r", [("misplaced", ("respondent",))]),
        ("team", "alice", "r", [("misplaced", ("respondent",))]),
        ("team", "team", "r", [("reserved-name", ("respondent",))]),
    ],
)
def test_a_sheet_says_what_its_path_says(
    respondent: str, file: str | None, round_: str, expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert found(consistency.check_place(sheet(respondent), respondent=file, round_=round_)) == expected


def test_a_sheet_asks_what_its_round_or_its_neighbour_asks() -> None:
    like_round = consistency.check_fits_round(sheet(asked="pulse", team="x"), round_())
    like_sheet = consistency.check_fits_round(sheet(asked="pulse", team="x"), sheet())

    assert found(like_round) == found(like_sheet) == [("misplaced", ("asked",)), ("misplaced", ("team",))]


def test_a_round_says_what_its_folder_and_its_questionnaire_say() -> None:
    assert found(consistency.check_round_place(round_(), "r")) == []
    assert found(consistency.check_round_place(round_(), "s")) == [("misplaced", ("round",))]
    assert found(consistency.check_round(round_(), QUESTIONS)) == []
    other = round_(questionnaire={"id": "o", "version": "1"})
    assert found(consistency.check_round(other, QUESTIONS)) == [("wrong-questionnaire", ("questionnaire", "id"))]


def test_twins_differ_in_case_or_in_the_coding_of_accents_only() -> None:
    accent, apart = (unicodedata.normalize(form, "josé") for form in ("NFC", "NFD"))

    assert consistency.twins_in_case(["alice", "bob", "Alice"]) == (("alice", "Alice"),)
    assert consistency.twins_in_case([accent, apart]) == ((accent, apart),)
    assert consistency.twins_in_case(["小明", "小红"]) == ()
