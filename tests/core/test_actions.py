"""Actions over rounds: carried on until done or dropped, and nothing is lost on the way."""

from __future__ import annotations

from datetime import date

from builders import assessment, team_sheet
from hypothesis import given
from hypothesis import strategies as st

from assess.core.actions import decided, free_id, in_force, overdue
from assess.core.answers import Action
from assess.core.round import Assessment


def round_of(name: str, **states: str) -> Assessment:
    actions = [{"id": id_, "text": f"do {id_}", "state": state} for id_, state in states.items()]
    return assessment(team=team_sheet({}, actions=actions, round=name), name=name)


def test_what_a_round_left_open_is_in_force_in_the_next_although_nobody_wrote_it_again() -> None:
    first, second = round_of("q1", a1="open", a2="done", a3="dropped"), round_of("q2", a4="open")

    assert [(d.action.id, d.since) for d in in_force((first,), second)] == [("a1", "q1"), ("a4", "q2")]


def test_the_newest_word_counts_and_the_first_round_is_remembered() -> None:
    rounds = (round_of("q1", a1="open"), round_of("q2", a1="open"), round_of("q3", a1="done"))

    assert [(d.action.state, d.since) for d in decided(rounds)] == [("done", "q1")]
    assert [d.action.id for d in in_force(rounds[:2], rounds[2])] == ["a1"]  # this round has ended it, and says so
    assert in_force(rounds, round_of("q4")) == ()


def test_a_round_without_a_team_sheet_loses_nothing() -> None:
    assert len(in_force((round_of("q1", a1="open"), assessment(name="q2")), assessment(name="q3"))) == 1


def test_an_action_is_overdue_after_its_day_while_it_is_open() -> None:
    action = Action(id="a1", text="do", due=date(2026, 11, 20))

    assert not overdue(action, date(2026, 11, 20))
    assert overdue(action, date(2026, 11, 21))
    assert not overdue(action.model_copy(update={"state": "done"}), date(2026, 11, 21))
    assert not overdue(Action(id="a2", text="do"), date(2026, 11, 21))


@given(st.lists(st.sampled_from(["a1", "a2", "a10", "a", "ab", "b7", "A3", "a²", "a٣"])))
def test_a_new_action_gets_a_name_that_no_round_has_used(taken: list[str]) -> None:
    assert free_id(taken) not in taken
