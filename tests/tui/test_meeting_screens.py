"""The meeting on the screen: few keys, nothing shown too early, every word on disk, nothing lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from gathering import gather, hold
from sitting import answer, keys, paste, sheet, shown
from textual.pilot import Pilot

from assess.core.answers import Goal
from assess.meeting import ACTIONS_AT_MOST

Screen = Pilot[None]


def state(root: Path) -> str:
    text = (root / "assessments/2026-Q4/round.yaml").read_text(encoding="utf-8")
    return next(line for line in text.splitlines() if line.startswith("state"))


def test_before_the_reveal_nothing_of_any_answer_is_on_the_screen_and_esc_leaves_it_so(tmp_path: Path) -> None:
    async def drive(pilot: Screen) -> None:
        screen = shown(pilot)
        assert "3 people have answered" in screen
        assert "ada (all 3)" in screen
        assert "●" not in screen
        assert "Quiet days" not in screen
        await pilot.press("escape")

    hold(gather(tmp_path), drive)

    assert state(tmp_path) == "state: open"
    assert not (tmp_path / "assessments/2026-Q4/team.yaml").exists()


def test_from_the_reveal_to_a_recorded_level_it_takes_three_keys(tmp_path: Path) -> None:
    hold(gather(tmp_path), keys("enter", "enter", "1"))

    assert state(tmp_path) == "state: closed"
    assert answer(tmp_path, "quiet-days", "team").answer == 1


def test_the_list_comes_in_the_order_worth_it_and_the_first_of_it_is_marked(tmp_path: Path) -> None:
    async def drive(pilot: Screen) -> None:
        await pilot.press("enter")
        await pilot.pause()
        screen = shown(pilot)
        assert "› · 1 Quiet days disagree" in screen
        assert screen.index("Quiet days") < screen.index("Releases") < screen.index("The rest")
        assert screen.index("The rest") < screen.index("Agendas")

    hold(gather(tmp_path), drive)


def test_a_practice_shows_a_dot_for_everybody_and_who_speaks_first_but_no_name(tmp_path: Path) -> None:
    async def drive(pilot: Screen) -> None:
        await pilot.press("enter", "enter")
        screen = shown(pilot)
        assert "0 ●● None." in screen
        assert "2 ● Two days" in screen
        assert "Those at 0 and at 2 speak first" in screen
        assert not any(name in screen for name in ("ada", "bob", "chen"))
        await pilot.press("enter")
        assert "look at [b]the log[/b]" in shown(pilot)

    hold(gather(tmp_path), drive)


def test_dissent_goal_reason_and_note_land_in_the_team_sheet(tmp_path: Path) -> None:
    async def drive(pilot: Screen) -> None:
        await pilot.press("enter", "enter", "1", "d")
        await paste(pilot, "ada sees 0")
        await pilot.press("enter", "g")
        await paste(pilot, "2 customers wait")
        await pilot.press("enter", "w")
        await paste(pilot, "we moved house")
        await pilot.press("enter", "n")
        await paste(pilot, "noted")
        await pilot.press("escape")
        assert "Seen otherwise" in shown(pilot)

    hold(gather(tmp_path), drive)

    found = answer(tmp_path, "quiet-days", "team")
    assert (found.answer, found.dissent, found.goal) == (1, "ada sees 0", Goal(level=2, reason="customers wait"))
    assert (found.reason, found.note) == ("we moved house", "noted\n")


@pytest.mark.parametrize(
    ("typed", "told"), [("9 why", "First a level from 0 to 2"), ("2", "A goal with a reason")]
)
def test_a_goal_that_is_none_is_explained_in_place_and_nothing_is_stored(
    tmp_path: Path, typed: str, told: str
) -> None:
    async def drive(pilot: Screen) -> None:
        await pilot.press("enter", "enter", "g")
        await paste(pilot, typed)
        await pilot.press("enter")
        assert told in shown(pilot)
        await pilot.press("escape")

    hold(gather(tmp_path), drive)

    assert not (tmp_path / "assessments/2026-Q4/team.yaml").exists()


def test_an_action_is_asked_for_in_three_lines_and_each_is_kept_as_it_is_given(tmp_path: Path) -> None:
    async def drive(pilot: Screen) -> None:
        await pilot.press("enter", "enter", "a", *"try", "enter")
        await pilot.pause()
        assert sheet(tmp_path, "team").actions[0].text == "try"
        await pilot.press(*"ada", "enter")
        await pilot.pause()
        await pilot.press(*["backspace"] * 10, "7", "enter")

    hold(gather(tmp_path), drive)

    (action,) = sheet(tmp_path, "team").actions
    assert (action.practice, action.owner, action.due) == ("quiet-days", "ada", date(2026, 11, 30))


def test_three_new_actions_are_enough(tmp_path: Path) -> None:
    async def drive(pilot: Screen) -> None:
        await pilot.press("enter", "enter")
        for _ in range(ACTIONS_AT_MOST):
            await pilot.press("a", "x", "enter", "escape")
            await pilot.pause()
        await pilot.press("a")
        assert "Three new actions are enough" in shown(pilot)

    hold(gather(tmp_path), drive)

    assert len(sheet(tmp_path, "team").actions) == ACTIONS_AT_MOST


OLD = {"answers": {}, "actions": [{"id": "a1", "text": "ask support", "due": date(2026, 10, 1)}]}


def with_an_old_action(root: Path) -> Path:
    gather(root, {"ada": {"quiet-days": 1}}, round_="2026-Q3", state="closed", team=OLD)
    sheet_of_ada = root / "assessments/2026-Q3/answers/ada.yaml"
    sheet_of_ada.write_text(sheet_of_ada.read_text().replace("2026-11-23", "2026-08-01"))
    team = root / "assessments/2026-Q3/team.yaml"
    team.write_text(team.read_text().replace("answered: 2026-11-23", "answered: 2026-08-01"))
    return gather(root)


def test_what_an_earlier_round_left_to_do_is_done_with_one_key(tmp_path: Path) -> None:
    async def drive(pilot: Screen) -> None:
        await pilot.press("enter")
        await pilot.pause()
        assert "1 action to do" in shown(pilot)
        await pilot.press("t")
        assert "ask support (nobody yet, overdue since 2026-10-01, from 2026-Q3)" in shown(pilot)
        await pilot.press("enter")

    hold(with_an_old_action(tmp_path), drive)

    assert [(a.id, a.state) for a in sheet(tmp_path, "team").actions] == [("a1", "done")]


def test_dropping_one_asks_why_and_goes_back_to_the_actions(tmp_path: Path) -> None:
    async def drive(pilot: Screen) -> None:
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("t", "x")
        await pilot.pause()
        await pilot.press("enter")
        assert "A reason is needed" in shown(pilot)
        await paste(pilot, "support is gone")
        await pilot.press("enter")
        await pilot.pause()
        await pilot.pause()
        assert "dropped, from 2026-Q3): support is gone" in shown(pilot)

    hold(with_an_old_action(tmp_path), drive)

    (action,) = sheet(tmp_path, "team").actions
    assert (action.state, action.why) == ("dropped", "support is gone")


@pytest.mark.parametrize(("key", "kept"), [("d", "dissent"), ("g", "note")])
def test_what_is_half_written_when_somebody_leaves_is_not_lost(tmp_path: Path, key: str, kept: str) -> None:
    async def drive(pilot: Screen) -> None:
        await pilot.press("enter", "enter", "1", key)
        await paste(pilot, "half a thou")
        await pilot.press("ctrl+q")

    hold(gather(tmp_path), drive)

    assert getattr(answer(tmp_path, "quiet-days", "team"), kept).strip() == "half a thou"


def test_undo_takes_back_what_was_agreed_and_redo_brings_it_again(tmp_path: Path) -> None:
    hold(gather(tmp_path), keys("enter", "enter", "1", "2", "z"))
    assert answer(tmp_path, "quiet-days", "team").answer == 1


def test_a_meeting_goes_on_at_the_first_that_is_not_settled(tmp_path: Path) -> None:
    hold(gather(tmp_path), keys("enter", "enter", "1", "ctrl+q"))

    async def drive(pilot: Screen) -> None:
        screen = shown(pilot)
        assert "1 of 2 settled" in screen
        assert "✓ 1 Quiet days level 1" in screen
        assert "› · 2 Releases" in screen

    hold(tmp_path, drive)


def test_the_end_shows_what_came_of_it_and_says_what_is_left(tmp_path: Path) -> None:
    async def drive(pilot: Screen) -> None:
        await pilot.press("enter", "enter", "1", "o", "f")
        await pilot.pause()
        screen = shown(pilot)
        assert "What came of the meeting" in screen
        assert "Quiet days 2×0 1×2 level 1" in screen
        assert "Left for another time: Releases" in screen
        await pilot.press("enter")

    app = hold(gather(tmp_path), drive)

    closing = app.ended.closing
    assert closing is not None
    assert "| Quiet days | 2×0 1×2 | level 1 |" in closing.summary
    assert (tmp_path / "assessments/2026-Q4/report.html").exists()


def test_after_the_last_of_the_list_comes_the_list_with_its_end(tmp_path: Path) -> None:
    async def drive(pilot: Screen) -> None:
        await pilot.press("enter", "enter", "1", "enter", "?", "enter")
        await pilot.pause()
        assert "Finish the meeting" in shown(pilot)

    hold(gather(tmp_path), drive)


def test_where_nothing_calls_for_talk_the_meeting_says_so_and_can_end(tmp_path: Path) -> None:
    async def drive(pilot: Screen) -> None:
        await pilot.press("enter")
        await pilot.pause()
        screen = shown(pilot)
        assert "nothing calls for talk" in screen
        await pilot.press("f")
        await pilot.pause()
        assert "What came of the meeting" in shown(pilot)

    hold(gather(tmp_path, {"ada": {"quiet-days": 1, "agendas": 1, "releases": 3}}), drive)


@pytest.mark.parametrize("size", [(40, 15), (80, 24), (120, 40)])
def test_fifteen_people_and_markup_in_every_text_fit_every_window(tmp_path: Path, size: tuple[int, int]) -> None:
    many = {
        f"p{i}": {"quiet-days": {"answer": i % 3, "note": f"[red]{'很长的话' * 30}[/red]\n"}, "releases": i % 4}
        for i in range(15)
    }

    async def drive(pilot: Screen) -> None:
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert "●●●●● " in shown(pilot)
        assert "Quiet days" in shown(pilot)

    hold(gather(tmp_path, many), drive, size)


def test_a_window_that_was_open_when_the_round_was_closed_saves_nothing_more(tmp_path: Path) -> None:
    from sitting import alone, sit

    host = alone(tmp_path)

    async def drive(pilot: Screen) -> None:
        await pilot.press("1")
        await pilot.pause(0.2)
        path = tmp_path / "assessments/2026-Q4/round.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace("state: open", "state: closed"), encoding="utf-8")
        await pilot.press("2")
        await pilot.pause(0.2)
        assert "the round was closed meanwhile" in shown(pilot)

    sit(host, drive)

    assert answer(tmp_path).answer == 1


def test_what_is_typed_takes_the_place_of_a_draft(tmp_path: Path) -> None:
    async def drive(pilot: Screen) -> None:
        await pilot.press("enter", "enter", "a", *"first", "enter")
        await pilot.pause()
        await pilot.press(*"ada", "enter")
        await pilot.pause()
        await pilot.press("7", "enter")

    hold(gather(tmp_path), drive)

    (action,) = sheet(tmp_path, "team").actions
    assert (action.text, action.due) == ("first", date(2026, 11, 30))
