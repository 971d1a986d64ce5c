"""A meeting: what the team comes to is on disk at once, undo takes anything back, earlier actions are carried."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from builders import assessment, practice, questionnaire, sheet, team_sheet
from stores import Disk

from assess.core.agenda import brief
from assess.core.answers import Goal, Sheet
from assess.core.round import Assessment
from assess.files.load import value_of
from assess.files.lock import Holder
from assess.files.yamldoc import read
from assess.meeting import ACTIONS_AT_MOST, Meeting

NOW = datetime(2026, 11, 23, 14, 3)  # noqa: DTZ001  (a wall clock, as cli gives it)
ASKED = questionnaire(practice("a"), practice("b"), practice("c", goal=4), practice("d"))
SPLIT = {"a": 0, "b": 1, "c": 2, "d": 3}, {"a": 4, "b": 1, "c": 2, "d": 3}, {"a": 0, "b": 1, "c": 2, "d": 3}


def opened(disk: Disk, *earlier: Assessment) -> Meeting:
    round_of = assessment(
        *(sheet(f"m{i}", {**answers, "a": [0, 4][i % 2]}) for i, answers in enumerate(SPLIT * 2))
    )
    return Meeting(ASKED, brief(ASKED, round_of, earlier), team_sheet({}), disk, lambda: NOW)


def kept(disk: Disk) -> Sheet:
    loaded = value_of(Path("team.yaml"), read(disk.text.encode(), "team.yaml"), Sheet)
    assert loaded.value is not None, loaded.findings
    return loaded.value


def test_it_opens_at_the_first_practice_worth_talking_about() -> None:
    meeting = opened(Disk())

    assert meeting.brief.called == ("a", "c")
    assert meeting.current.id == "a"
    assert meeting.left_open == ("a", "c")


def test_a_level_a_dissent_a_goal_and_a_reason_are_on_disk_at_once() -> None:
    disk = Disk()
    meeting = opened(disk)

    meeting.choose(2)
    meeting.dissent("  two of us see 4  ")
    meeting.goal(3, "customers\nwait")
    meeting.accept("we moved house")

    answer = kept(disk).get("a")
    assert answer.answer == 2
    assert answer.dissent == "two of us see 4"
    assert answer.goal == Goal(level=3, reason="customers wait")
    assert answer.reason == "we moved house"
    assert kept(disk).answered == NOW.date()
    assert meeting.left_open == ("c",)


def test_each_of_them_can_be_taken_back_and_undo_brings_it_again() -> None:
    disk = Disk()
    meeting = opened(disk)
    meeting.choose(2)
    meeting.goal(3, "why")
    meeting.dissent("no")

    meeting.dissent("")
    meeting.goal(None)
    assert kept(disk).get("a").goal is None
    assert kept(disk).get("a").dissent == ""

    meeting.undo()
    meeting.undo()
    assert kept(disk).get("a").goal == Goal(level=3, reason="why")
    assert kept(disk).get("a").dissent == "no"


def test_a_typed_dissent_is_one_step_of_undo() -> None:
    meeting = opened(Disk())
    for end in range(1, 4):
        meeting.dissent("abc"[:end], typing=True)

    meeting.undo()

    assert meeting.answer.dissent == ""


@pytest.mark.parametrize(("level", "reason"), [(5, "why"), (-1, "why"), (2, " \x1b ")])
def test_a_goal_has_a_level_that_there_is_and_a_reason(level: int, reason: str) -> None:
    meeting = opened(Disk())

    with pytest.raises(ValueError, match=r"level|reason"):
        meeting.goal(level, reason)

    assert meeting.answer.goal is None


def test_an_action_has_the_open_practice_an_owner_and_a_day() -> None:
    disk = Disk()
    meeting = opened(disk)

    action = meeting.decide(" ask \n the customers ")
    meeting.amend(action, owner=" ada ", due=date(2026, 12, 7))

    (found,) = kept(disk).actions
    assert (found.id, found.practice, found.text) == ("a1", "a", "ask the customers")
    assert (found.owner, found.due, found.state) == ("ada", date(2026, 12, 7), "open")


def test_three_new_actions_are_enough_for_one_round() -> None:
    meeting = opened(Disk())
    ids = [meeting.decide(f"do {i}") for i in range(ACTIONS_AT_MOST)]

    with pytest.raises(ValueError, match="too many"):
        meeting.decide("one more")

    meeting.end(ids[0], "dropped", "not ours")
    meeting.decide("one more")
    assert [d.action.id for d in meeting.actions] == ["a1", "a2", "a3", "a4"]


def test_dropping_needs_a_reason_and_done_does_not() -> None:
    disk = Disk()
    meeting = opened(disk)
    action = meeting.decide("do")

    with pytest.raises(ValueError, match="reason"):
        meeting.end(action, "dropped", " ")
    meeting.end(action, "done")

    assert kept(disk).actions[0].state == "done"


def earlier() -> Assessment:
    actions = [{"id": "a7", "text": "old one", "owner": "bob"}, {"id": "a2", "text": "was done", "state": "done"}]
    return assessment(team=team_sheet({}, round="q", actions=actions), name="q")


def test_what_earlier_rounds_left_open_is_written_into_this_one_with_its_first_change() -> None:
    disk = Disk()
    meeting = opened(disk, earlier())
    assert disk.text == ""
    assert [(d.action.id, d.since) for d in meeting.actions] == [("a7", "q")]

    meeting.choose(2)

    assert [(a.id, a.state) for a in kept(disk).actions] == [("a7", "open")]


def test_an_earlier_action_is_ended_in_this_rounds_sheet_and_new_ones_get_new_names() -> None:
    disk = Disk()
    meeting = opened(disk, earlier())

    meeting.end("a7", "dropped", "the product is gone")
    meeting.decide("new")

    assert [(a.id, a.state, a.why) for a in kept(disk).actions] == [
        ("a7", "dropped", "the product is gone"),
        ("a8", "open", ""),
    ]
    assert not meeting.enough_actions


def test_going_on_visits_what_is_not_settled_and_nothing_else() -> None:
    meeting = opened(Disk())

    meeting.choose(2)
    assert meeting.next_open()
    assert meeting.current.id == "c"
    meeting.choose(2)

    assert not meeting.next_open()
    assert meeting.left_open == ()
    assert meeting.done == 2


def test_while_somebody_else_has_the_sheet_open_nothing_changes() -> None:
    disk = Disk()
    disk.holder = Holder("1", "other", "2026-11-23 14:00")
    meeting = opened(disk)

    meeting.choose(2)
    meeting.goal(3, "why")
    meeting.decide("do")

    assert meeting.read_only
    assert meeting.refused
    assert meeting.sheet.answers == {}
    assert meeting.sheet.actions == ()
