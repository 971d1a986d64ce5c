"""What a team talks about first, and what lies on the table: by the answers alone, and with nobody's name."""

from __future__ import annotations

from typing import Any

from builders import LAW, answered, assessment, practice, questionnaire, rounds, sheet, team_sheet
from hypothesis import given

from assess.core.agenda import Brief, brief, voices
from assess.core.outcome import is_settled, left_open
from assess.core.questionnaire import Questionnaire
from assess.core.round import Assessment

ORDER = ["disagree", "unknown", "wide", "marked", "worse", "below-goal"]


def of(*people: dict[str, Any], earlier: tuple[Assessment, ...] = (), **goals: int) -> Brief:
    """The brief for a round of these answers, to practices a, b, c ... as far as somebody answered them."""
    names = sorted({name for answers in people for name in answers})
    asked = questionnaire(*(practice(name, goal=goals.get(name)) for name in names))
    return brief(asked, assessment(*(sheet(f"m{i}", given) for i, given in enumerate(people))), earlier)


def listed(found: Brief) -> list[tuple[str, tuple[str, ...]]]:
    return [(item.practice, item.calls) for item in found.items]


def test_first_what_people_disagree_on_then_what_few_know_then_what_is_below_its_goal() -> None:
    found = of(
        {"a": 2, "b": 2, "c": "dont-know", "d": 0, "e": 3},
        {"a": 2, "b": 2, "c": "dont-know", "d": 4, "e": 3},
        {"a": 2, "b": 2, "c": 3, "d": 0, "e": 3},
        {"a": 2, "b": 2, "c": 3, "d": 4, "e": 3},
        a=3, b=4, e=3,
    )  # fmt: skip

    assert listed(found) == [
        ("d", ("disagree",)),
        ("c", ("unknown",)),
        ("b", ("below-goal",)),
        ("a", ("below-goal",)),
        ("e", ()),
    ]
    assert found.called == ("d", "c", "b", "a")


def test_what_somebody_marked_and_what_fell_come_before_what_is_below_its_goal() -> None:
    before = assessment(*(sheet(f"m{i}", {"a": 3, "b": 4, "c": 3}, round="s") for i in range(4)), name="s")
    marked = {"a": {"answer": 3, "discuss": True}, "b": 1, "c": 2}
    found = of(marked, *({"a": 3, "b": 1, "c": 2} for _ in range(3)), earlier=(before,), c=4)

    assert listed(found) == [("a", ("marked",)), ("b", ("worse",)), ("c", ("worse", "below-goal"))]


def test_a_tenth_of_a_level_below_the_goal_is_no_reason_to_talk() -> None:
    found = of({"a": 3}, {"a": 3}, {"a": 2}, {"a": 3}, a=3)

    assert found.result.improve == ("a",)
    assert found.called == ()


def test_the_lowest_and_the_highest_speak_first() -> None:
    assert of({"a": 0}, {"a": 4}, {"a": 1}).items[0].voices == (0, 4)
    assert of({"a": 2}, {"a": 2}).items[0].voices is None
    assert voices((0, 0)) is None


def test_what_people_wrote_lies_in_the_order_of_its_text_and_once() -> None:
    wrote = [
        {"a": {"answer": 1, "note": "zebra\n"}},
        {"a": {"answer": 2, "note": "apple\n", "evidence": ["docs/x.md"]}},
        {"a": {"answer": 3, "note": "apple\n"}},
        {"a": {"answer": "not-applicable", "reason": "no customers"}},
    ]

    assert of(*wrote).written["a"] == ("apple", "docs/x.md", "no customers", "zebra")
    assert of(*reversed(wrote)).written == of(*wrote).written


def test_a_level_or_a_kept_dissent_settles_and_what_was_skipped_stays() -> None:
    found = of({"a": 0, "b": 0, "c": 0}, {"a": 4, "b": 4, "c": 4})
    settled = team_sheet({"a": 2, "b": {"answer": None, "dissent": "two of us see 4"}})

    assert left_open(found, settled) == ("c",)


def test_where_the_team_answered_as_one_a_goal_or_an_action_settles_not_the_answer() -> None:
    asked = questionnaire(*(practice(name, goal=3) for name in "abc"))
    answers = {"a": 0, "b": {"answer": 0, "goal": {"level": 1, "reason": "why"}}, "c": 0}
    team = team_sheet(answers, actions=[{"id": "a1", "practice": "c", "text": "do"}])
    found = brief(asked, assessment(team=team))

    assert [is_settled(found, team, name) for name in "abc"] == [False, True, True]


def test_the_round_before_is_the_last_one_whose_answers_are_shown() -> None:
    old = assessment(sheet("m0", {"a": 1}, round="q1"), name="q1")
    sealed = assessment(*(sheet(f"m{i}", {"a": 4}, round="q2") for i in range(2)), name="q2", state="open")
    found = of({"a": 2}, {"a": 2}, earlier=(old, sealed))

    assert found.before is not None
    assert found.before.round == "q1"
    assert found.last("a").median == 1  # type: ignore[union-attr]


@LAW
@given(rounds())
def test_every_scored_practice_is_there_once_and_the_reasons_stand_in_their_order(
    made: tuple[Questionnaire, Assessment],
) -> None:
    questions, round_of = made
    found = brief(questions, round_of)
    places = [min((ORDER.index(call) for call in item.calls), default=len(ORDER)) for item in found.items]

    assert sorted(item.practice for item in found.items) == sorted(p.id for p in found.result.practices)
    assert places == sorted(places)
    assert all(list(item.calls) == sorted(item.calls, key=ORDER.index) for item in found.items)


@LAW
@given(rounds())
def test_the_order_of_people_never_matters(made: tuple[Questionnaire, Assessment]) -> None:
    questions, round_of = made
    turned = Assessment(round_of.name, round_of.round, round_of.sheets[::-1])

    assert brief(questions, turned).items == brief(questions, round_of).items


def test_a_round_of_one_has_nobody_to_disagree_with() -> None:
    asked = questionnaire(practice("a"))

    assert brief(asked, answered("a", 2)).items[0].calls == ()
