"""What older answers are worth under a newer questionnaire."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from builders import (
    LAW,
    answered,
    assessment,
    baseline,
    level_lists,
    practice,
    questionnaire,
    round_,
    rounds,
    sheet,
    team_sheet,
)
from hypothesis import given
from hypothesis import strategies as st

from assess.core import consistency, versions
from assess.core.answers import EMPTY, Answer, Sheet
from assess.core.finding import Finding, Severity
from assess.core.priorities import goals_in_force
from assess.core.questionnaire import Questionnaire
from assess.core.result import Result
from assess.core.round import Assessment
from assess.core.scoring import score
from assess.core.versions import LeftOut

NOW = questionnaire(
    practice("desk"),
    practice("talk", revised="3", levels=["no", "yes"]),
    practice("air", added="2"),
    practice("door", revised="1"),
    version="3",
    moved={"table": "bench", "bench": "desk", "chat": "talk", "lamp": "candle"},
    retired={"candle": "no fire", "drawer": "there are none"},
)


def found(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    return [(f.rule, "/".join(map(str, f.route))) for f in findings]


def at(version: str, answers: dict[str, Any], respondent: str = "p", **changes: Any) -> Sheet:
    return sheet(respondent, answers, questionnaire={"id": "q", "version": version}, **changes)


# ids


def test_an_id_is_followed_through_every_renaming_to_what_it_is_today() -> None:
    ids = ("table", "bench", "desk", "chat", "lamp", "candle", "drawer", "nobody")

    assert [versions.renamed(i, NOW) for i in ids] == ["desk", "desk", "desk", "talk", None, None, None, None]
    assert [versions.retired(i, NOW) for i in ids] == [None, None, None, None, "candle", "candle", "drawer", None]


def test_what_became_of_an_id_is_said_in_words() -> None:
    told = [versions.what_became(i, NOW) for i in ("table", "lamp", "desk", "nobody")]

    assert [str(words) for words in told] == [
        "it is called “desk” now",
        "it was retired: no fire",
        "None",
        "None",
    ]


@st.composite
def histories(draw: st.DrawFn) -> tuple[Questionnaire, list[str]]:
    """Any `moved` and `retired` over ten ids, rings included, with some of them asked."""
    ids = [f"i{n}" for n in range(10)]
    moved = draw(st.dictionaries(st.sampled_from(ids), st.sampled_from(ids)))
    gone = draw(st.dictionaries(st.sampled_from(ids), st.just("gone")))
    asked = draw(st.lists(st.sampled_from(ids), min_size=1, unique=True))
    return questionnaire(*map(practice, asked), moved=moved, retired=gone), ids


@LAW
@given(histories())
def test_renaming_ends_and_doing_it_twice_is_doing_it_once(made: tuple[Questionnaire, list[str]]) -> None:
    questions, ids = made

    for name in ids:
        today = versions.renamed(name, questions)
        if today is None:
            continue
        assert today in questions.practices
        assert versions.renamed(today, questions) == today


# sheets


def test_answers_are_read_under_todays_ids_and_actions_follow() -> None:
    old = at("1", {"table": 3, "lamp": 1}, actions=[{"id": "a", "text": "t", "practice": "bench"}])

    today = versions.carried(old, NOW)

    assert {p: a.answer for p, a in today.answers.items()} == {"desk": 3, "lamp": 1}
    assert today.actions[0].practice == "desk"


def test_an_answer_to_a_revised_question_is_open_again_and_every_word_stays() -> None:
    old = team_sheet(
        {
            "chat": {
                "answer": "not-applicable",
                "note": "We never talk.\n",
                "reason": "no time",
                "evidence": ["a.md"],
                "discuss": True,
                "dissent": "I do.",
                "goal": {"level": 4, "reason": "talk more"},
            },
            "door": {"answer": 2},
        }
    )

    today = versions.carried(old, NOW)

    assert today.get("talk") == Answer(
        note="We never talk.\nno time\ntalk more\n", evidence=("a.md",), discuss=True, dissent="I do."
    )
    assert today.get("door").answer == 2  # revised before this sheet was made


@pytest.mark.parametrize("note", ["", "As it was", "Two\n\nlines\n"])
def test_a_note_alone_stays_as_it_is_to_the_last_character(note: str) -> None:
    today = versions.carried(at("1", {"talk": {"answer": 1, "note": note}}), NOW)

    assert today.get("talk").note == note
    assert ("talk" in today.answers) == bool(note)


@pytest.mark.parametrize(("version", "kept"), [("1", None), ("2.9", None), ("3", 1), ("2", None)])
def test_only_a_sheet_of_a_version_before_the_revision_is_outdated(version: str, kept: int | None) -> None:
    assert versions.carried(at(version, {"talk": 1}), NOW).get("talk").answer == kept


def test_carrying_a_sheet_twice_is_carrying_it_once() -> None:
    once = versions.carried(at("1", {"table": 3, "chat": {"answer": 4, "note": "n"}, "lamp": 2}), NOW)

    assert versions.carried(once, NOW) == once


def test_a_sheet_goes_on_in_the_version_of_its_round_and_never_in_an_older_one() -> None:
    assert versions.resumed(at("1", {"talk": 1}), NOW, "3").questionnaire.version == "3"
    assert versions.resumed(at("3", {"talk": 1}), NOW, "2").questionnaire.version == "3"
    # a revision that comes after the round's version changes nothing in it
    assert versions.resumed(at("1", {"talk": 1}), NOW, "2").get("talk").answer == 1


def test_what_goes_to_disk_has_the_ids_that_the_file_has() -> None:
    file = at("1", {"table": 3, "chat": 0}, actions=[{"id": "a", "text": "t", "practice": "bench"}])
    going_on = versions.resumed(file, NOW, "3").with_answer("talk", Answer(answer=1), file.answered)
    going_on = going_on.with_answer("air", Answer(answer=2), file.answered)

    written = versions.with_ids_of(going_on, file, NOW)

    assert {p: a.answer for p, a in written.answers.items()} == {"table": 3, "chat": 1, "air": 2}
    assert written.actions == file.actions


def test_older_ids_have_their_place_among_the_answers() -> None:
    assert versions.order(NOW) == ("desk", "table", "bench", "talk", "chat", "air", "door")


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"talk": 1, "desk": 1}, "1 question has changed since it was answered here"),
        ({"chat": 1}, "1 question has changed"),
        ({"talk": {"note": "n"}, "desk": 1}, "None"),
        ({}, "None"),
    ],
)
def test_how_many_answers_are_open_again_is_told(answers: dict[str, Any], told: str) -> None:
    assert str(versions.open_again(at("1", answers), NOW, "3", ("desk", "talk"))).startswith(told)
    assert versions.open_again(at("1", answers), NOW, "3", ("desk",)) is None


# rounds


def of(version: str, *answers: dict[str, Any], **changes: Any) -> Assessment:
    sheets = [at(version, given, respondent=f"m{i}") for i, given in enumerate(answers)]
    return assessment(*sheets, questionnaire={"id": "q", "version": version}, **changes)


def numbers(result: Result) -> dict[str, Any]:
    return {p.id: p for p in result.practices}


def test_an_older_round_is_scored_over_what_it_asked_and_what_still_means_the_same() -> None:
    result = score(NOW, of("1", {"table": 3, "chat": 4, "drawer": 2, "door": 1}))

    assert list(numbers(result)) == ["desk", "door"]
    assert result.left_out == (
        LeftOut("talk", "revised", "3"),
        LeftOut("air", "added", "2"),
        LeftOut("drawer", "retired", None),
    )
    assert result.overall.coverage == 1.0


def test_a_round_of_todays_version_asks_for_an_outdated_answer_again() -> None:
    old, new = at("1", {"talk": 1, "desk": 2}, respondent="a"), at("3", {"talk": 0, "desk": 2}, respondent="b")
    current = assessment(old, new, questionnaire={"id": "q", "version": "3"})

    result = score(NOW, current)

    assert numbers(result)["talk"].counts == (1, 0)
    assert numbers(result)["talk"].unanswered == 1
    assert numbers(result)["desk"].counts == (0, 0, 2, 0, 0)
    assert result.left_out == ()


def test_a_round_without_round_yaml_has_the_newest_version_of_its_sheets() -> None:
    sheets = tuple(at(v, {"talk": 0}, respondent=f"m{i}") for i, v in enumerate(("3", "1", "2")))

    assert Assessment("r", None, sheets).version == "3"
    assert Assessment("r", None, ()).version is None


def test_a_practice_that_a_pulse_round_did_not_ask_is_not_left_out() -> None:
    questions = questionnaire(
        practice("a", pulse=True), practice("b", revised="2"), practice("c", added="2"), version="2"
    )

    assert score(questions, of("1", {"a": 1}, asked="pulse")).left_out == ()


def test_a_goal_set_for_the_old_meaning_is_no_longer_in_force() -> None:
    goal = {"goal": {"level": 1, "reason": "r"}}
    then = assessment(sheet("p", {}), team=team_sheet({"chat": goal, "table": goal}), name="then")

    result = score(NOW, of("3", {"desk": 1, "talk": 0}), earlier=[then])

    assert (numbers(result)["desk"].goal, numbers(result)["talk"].goal) == (1.0, None)
    assert goals_in_force(NOW, [versions.carried_round(then, NOW)])["desk"] == 1


def test_a_round_of_which_every_question_changed_has_no_score() -> None:
    questions = questionnaire(practice("a", revised="2"), version="2")

    result = score(questions, of("1", {"a": 1}))

    assert (result.practices, result.overall.scored) == ((), False)


@LAW
@given(rounds(), st.data())
def test_numbers_are_the_same_whether_a_practice_was_renamed_or_not(
    made: tuple[Questionnaire, Assessment], data: st.DataObject
) -> None:
    questions, then = made
    name = data.draw(st.sampled_from(sorted(questions.practices)))
    chain = [f"old-{n}" for n in range(data.draw(st.integers(1, 4)))]
    moved = dict(zip(chain, [*chain[1:], name], strict=True))
    renamed = Questionnaire.model_validate({**questions.model_dump(), "moved": moved})
    written = data.draw(st.sampled_from(chain))
    older = tuple(
        s.model_copy(update={"answers": {written if p == name else p: a for p, a in s.answers.items()}})
        for s in then.sheets
    )

    assert score(renamed, Assessment("r", then.round, older)) == score(questions, then)


@LAW
@given(rounds(), level_lists(), st.data())
def test_a_revision_changes_no_other_practices_numbers(
    made: tuple[Questionnaire, Assessment], levels: list[Any], data: st.DataObject
) -> None:
    questions, then = made
    name = data.draw(st.sampled_from(sorted(questions.practices)))
    raw = {**questions.model_dump(), "version": "2"}
    for dimension in raw["dimensions"]:
        for asked in dimension["practices"]:
            asked.update({"revised": "2", "levels": levels} if asked["id"] == name else {})

    before, after = score(questions, then), score(Questionnaire.model_validate(raw), then)

    assert after.practices == tuple(p for p in before.practices if p.id != name)
    assert after.left_out == (LeftOut(name, "revised", "2"),)


# what is found in files


def check(version: str, answers: dict[str, Any]) -> list[tuple[str, str]]:
    return found(consistency.check_sheet(at(version, answers), NOW))


def test_ids_that_were_moved_or_retired_are_fine_on_a_sheet() -> None:
    assert check("1", {"table": 4, "chat": 1, "lamp": 4, "drawer": 4}) == []


def test_a_level_that_only_the_old_meaning_had_is_fine_on_an_older_sheet() -> None:
    assert check("2", {"chat": 4}) == []
    assert check("3", {"chat": 4}) == [("unknown-level", "answers/chat/answer")]


def test_a_persons_older_sheet_still_carries_no_goal() -> None:
    assert check("1", {"talk": {"goal": {"level": 4, "reason": "r"}}}) == [("team-only", "answers/talk/goal")]


@pytest.mark.parametrize(
    ("ids", "wrong"),
    [
        (("desk", "table"), "table"),
        (("table", "desk"), "table"),
        (("table", "bench"), "bench"),
    ],
)
def test_one_practice_under_two_ids_is_an_error_at_the_older_one(ids: tuple[str, str], wrong: str) -> None:
    assert check("1", dict.fromkeys(ids, 1)) == [("answered-twice", f"answers/{wrong}")]


@pytest.mark.parametrize(
    ("version", "name", "hint"),
    [
        ("1", "pizza", "if it was renamed or dropped, say so in the questionnaire: under “moved” or “retired”"),
        ("1", "desks", "did you mean “desk”? If it was renamed, say so under “moved”"),
        ("3", "desks", "did you mean “desk”?"),
        ("3", "pizza", "allowed: desk, talk, air, door"),
    ],
)
def test_an_unknown_id_on_an_older_sheet_may_be_the_authors_fault(version: str, name: str, hint: str) -> None:
    (finding,) = consistency.check_sheet(at(version, {name: 1}), NOW)

    assert (finding.rule, str(finding.hint)) == ("unknown-practice", hint)


def test_a_baseline_with_an_older_id_is_told_the_new_one() -> None:
    (finding,) = consistency.check_baseline(baseline({"table": 1}), NOW)

    assert (finding.rule, str(finding.hint)) == ("unknown-practice", "it is called “desk” now")


def test_what_is_newer_than_the_questionnaire_is_one_error_that_says_which_version_to_install() -> None:
    newer = list(consistency.check_sheet(at("4", {"what": 1, "desk": 6}), NOW))
    begun = list(consistency.check_round(round_(questionnaire={"id": "q", "version": "3.0.1"}), NOW))

    assert found((*newer, *begun)) == [("version-ahead", "questionnaire/version")] * 2
    assert "install version 3.0.1 or newer" in str(begun[0].hint)


@pytest.mark.parametrize(
    ("changes", "ids"),
    [
        ({"state": "open", "questionnaire": {"id": "q", "version": "1"}}, "“talk”"),
        ({"state": "open", "questionnaire": {"id": "q", "version": "3"}}, None),
        ({"state": "closed", "questionnaire": {"id": "q", "version": "1"}}, None),
        ({"state": "open", "asked": "pulse", "questionnaire": {"id": "q", "version": "1"}}, None),
    ],
)
def test_an_open_round_is_warned_of_when_a_question_it_asks_was_revised(
    changes: dict[str, Any], ids: str | None
) -> None:
    findings = list(consistency.check_round(round_(**changes), NOW))

    assert [(f.rule, f.severity, f.message.values["ids"]) for f in findings] == (
        [] if ids is None else [("round-outdated", Severity.WARNING, ids)]
    )


def test_a_long_list_of_revised_questions_is_cut() -> None:
    many = questionnaire(*(practice(f"p{n}", revised="2") for n in range(20)), version="2")

    (finding,) = consistency.check_round(round_(state="open"), many)

    assert str(finding.message).endswith("“p4”, “p5” …")
    assert str(finding.message).startswith("20 questions")


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"moved": {"a": "b"}}, [("still-asked", "moved/a")]),
        ({"retired": {"a": "why"}}, [("still-asked", "retired/a")]),
        ({"moved": {"x": "a"}, "retired": {"x": "why"}}, [("moved-and-retired", "retired/x")]),
        ({"moved": {"x": "nobody"}}, [("unknown-practice", "moved/x")]),
        ({"moved": {"x": "y", "y": "gone"}, "retired": {"gone": "why"}}, []),
        ({"moved": {"x": "y", "y": "x"}}, [("moved-ring", "moved/x")]),
        ({"moved": {"t": "x", "x": "y", "y": "x"}}, [("moved-ring", "moved/x")]),
        ({"moved": {"x": "x"}}, [("moved-ring", "moved/x")]),
        ({"pairs": [{"practices": ["x", "b"], "why": "w"}], "moved": {"x": "a"}}, []),
        (
            {"pairs": [{"practices": ["x", "b"], "why": "w"}], "retired": {"x": "w"}},
            [("unknown-practice", "pairs/0/practices/0")],
        ),
    ],
)
def test_what_became_of_older_ids_must_make_sense(changes: dict[str, Any], wrong: list[tuple[str, str]]) -> None:
    questions = questionnaire(practice("a"), practice("b"), **changes)

    assert found(consistency.check_questionnaire(questions)) == wrong


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"revised": "2", "added": "1"}, []),
        ({"revised": "2", "added": "2"}, []),
        ({"revised": "2.1"}, [("later-than-version", "revised")]),
        ({"added": "10"}, [("later-than-version", "added")]),
        ({"revised": "1", "added": "2"}, [("revised-before-added", "revised")]),
    ],
)
def test_versions_of_a_practice_fit_the_questionnaires(
    changes: dict[str, Any], wrong: list[tuple[str, str]]
) -> None:
    questions = questionnaire(practice("a", **changes), version="2")

    assert found(consistency.check_questionnaire(questions)) == [
        (rule, f"dimensions/0/practices/0/{key}") for rule, key in wrong
    ]


def test_a_round_answered_today_leaves_nothing_out() -> None:
    assert score(questionnaire(practice("a", revised="1", added="1")), answered("a", 1, 2)).left_out == ()


def test_an_empty_answer_leaves_no_trace_when_it_is_carried() -> None:
    assert EMPTY not in versions.carried(at("1", {"chat": 2}), NOW).answers.values()
