"""The file changes while it is open, or another window has it: nothing is lost, and somebody decides."""

from __future__ import annotations

from pathlib import Path

import pytest
from sitting import alone, answer, keys, sheet, shown, sit
from textual.pilot import Pilot

from assess.files.lock import Holder, Lock

ADA = "assessments/2026-Q4/answers/ada.yaml"


def by_hand(root: Path, old: str, new: str) -> None:
    path = root / ADA
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


@pytest.fixture
def answered(tmp_path: Path) -> Path:
    """A folder where quiet-days is answered with 1."""
    sit(alone(tmp_path), keys("1", "ctrl+q"))
    return tmp_path


def test_a_remark_written_meanwhile_is_taken_up_without_a_word(answered: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        by_hand(answered, "answers:\n", "answers:  # mine\n")
        await pilot.press("0")
        assert "Saved 14:03" in shown(pilot)

    app = sit(alone(answered), drive)

    assert app.ended.code == 0
    assert "answers:  # mine\n" in (answered / ADA).read_text()
    assert answer(answered, "agendas").answer == 0


def test_an_answer_changed_meanwhile_is_shown_and_not_overwritten(answered: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        by_hand(answered, "quiet-days: 1", "quiet-days: 2")
        await pilot.press("0")
        screen = shown(pilot)
        assert "Something else has changed the file" in screen
        assert "Quiet days: 1 here, 2 in the file" in screen
        assert "Agendas: 0 here, not answered in the file" in screen
        assert answer(answered).answer == 2
        await pilot.press("escape")
        assert "NOT SAVED: something else has changed the file; leaving asks which to keep" in shown(pilot)

    sit(alone(answered), drive)

    assert answer(answered).answer == 2


def test_taking_the_files_answers_shows_them(answered: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        by_hand(answered, "quiet-days: 1", "quiet-days: 2  # we counted")
        await pilot.press("0", "t", "b")
        assert "✓ 2" in shown(pilot)
        await pilot.press("z")

    app = sit(alone(answered), drive)

    assert app.ended.code == 0
    assert answer(answered).answer == 1, "undo brings back what was here"
    assert answer(answered, "agendas").answer == 0
    assert "# we counted" in (answered / ADA).read_text()


def test_keeping_ones_own_keeps_the_other_ones_layout(answered: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        by_hand(answered, "quiet-days: 1", "quiet-days: 2  # we counted")
        await pilot.press("0", "m")
        assert "Saved 14:03" in shown(pilot)

    sit(alone(answered), drive)

    assert answer(answered).answer == 1
    assert answer(answered, "agendas").answer == 0
    assert "# we counted" in (answered / ADA).read_text()


def test_a_file_that_can_not_be_read_any_more_is_put_aside_before_it_is_written_over(answered: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        by_hand(answered, "quiet-days: 1", "quiet-days: [1")
        await pilot.press("0")
        screen = shown(pilot)
        assert "What it says now cannot be used" in screen
        assert "without its end, or a missing comma" in screen
        assert "take the file's" not in screen
        await pilot.press("t")
        assert "What it says now" in shown(pilot)
        await pilot.press("m")

    sit(alone(answered), drive)

    assert answer(answered, "agendas").answer == 0
    assert "quiet-days: [1" in (answered / f"{ADA}.other").read_text()


def test_another_persons_sheet_put_in_this_place_is_not_taken_up(answered: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        by_hand(answered, "respondent: ada", "respondent: bo")
        await pilot.press("0")
        assert "“bo” here, but “ada” where the file lies" in shown(pilot)

    sit(alone(answered), drive)


def test_a_file_that_is_gone_is_written_again_only_when_told_to(answered: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        (answered / ADA).unlink()
        await pilot.press("0")
        assert "The file is not there any more" in shown(pilot)
        assert not (answered / ADA).exists()
        await pilot.press("m")

    sit(alone(answered), drive)

    assert answer(answered).answer == 1
    assert answer(answered, "agendas").answer == 0


def test_a_round_that_is_gone_comes_back_with_its_sheet(answered: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        (answered / "assessments").rename(answered / "elsewhere")
        await pilot.press("0", "m")

    sit(alone(answered), drive)

    assert answer(answered, "agendas").answer == 0
    assert "state: open" in (answered / "assessments/2026-Q4/round.yaml").read_text()


def test_nobody_is_asked_while_writing_a_note(answered: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press("n", "t")
        by_hand(answered, "quiet-days: 1", "quiet-days: 2")
        await pilot.press(*"om and mat")
        await pilot.pause(0.6)
        assert "NOT SAVED" in shown(pilot)
        assert "What differs" not in shown(pilot)
        await pilot.press("escape")
        assert "What differs" in shown(pilot)
        await pilot.press("m")

    sit(alone(answered), drive)

    assert answer(answered, "agendas").note == "tom and mat\n"
    assert answer(answered).answer == 1


def test_leaving_asks_first_and_leaving_again_says_4(answered: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        by_hand(answered, "quiet-days: 1", "quiet-days: 2")
        await pilot.press("0", "escape", "ctrl+q")
        assert "What differs" in shown(pilot)
        assert "ctrl+q again leaves without saving" in shown(pilot)
        await pilot.press("ctrl+q")

    app = sit(alone(answered), drive)

    assert app.ended.code == 4
    assert sheet(answered).answers.keys() == {"quiet-days"}


def test_leaving_where_the_question_already_stands_warns_first(answered: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        (answered / ADA).unlink()
        await pilot.press("0", "ctrl+q")
        assert "ctrl+q again leaves without saving" in shown(pilot)
        await pilot.press("m")
        assert pilot.app.return_code == 0, "who wanted to leave has left"

    app = sit(alone(answered), drive)

    assert app.ended.code == 0
    assert answer(answered).answer == 1


def test_one_question_is_asked_once_however_long_it_stands(
    answered: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assess.tui.writing.RETRY_AFTER", 0.05)

    async def drive(pilot: Pilot[None]) -> None:
        by_hand(answered, "quiet-days: 1", "quiet-days: 2")
        await pilot.press("0")
        await pilot.pause(0.4)
        await pilot.press("t")
        assert "What differs" not in shown(pilot)

    sit(alone(answered), drive)

    assert answer(answered).answer == 2


def test_deciding_while_leaving_leaves(answered: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        by_hand(answered, "quiet-days: 1", "quiet-days: 2")
        await pilot.press("0", "escape", "ctrl+q", "m")

    app = sit(alone(answered), drive)

    assert app.ended.code == 0
    assert answer(answered, "agendas").answer == 0


def test_taking_the_files_answers_while_leaving_stays_so_that_undo_brings_back_what_was_here(
    answered: Path,
) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        by_hand(answered, "quiet-days: 1", "quiet-days: 2")
        await pilot.press("n", *"precious", "ctrl+q", "t")
        assert pilot.app.return_code is None
        await pilot.press("z", "ctrl+q")

    app = sit(alone(answered), drive)

    assert app.ended.code == 0
    assert answer(answered, "agendas").note == "precious\n"


def test_notes_that_differ_are_shown_before_one_of_them_is_written_over(answered: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press("b", "n", *"same", "enter", *"mine", "escape")
        by_hand(answered, "      mine\n", "      [b]theirs[/b]\n      and more\n")
        await pilot.press("d")
        screen = shown(pilot)
        assert "Quiet days: 1 (note, to discuss) here, 1 (note) in the file" in screen
        assert "Note here: … mine Note in the file: … [b]theirs[/b] and more" in screen
        await pilot.press("m")

    sit(alone(answered), drive)

    assert answer(answered).note == "same\nmine\n"


@pytest.mark.parametrize("over", ["r", "o"])
def test_a_list_shows_what_the_other_window_answered_once_that_has_left(
    answered: Path, monkeypatch: pytest.MonkeyPatch, over: str
) -> None:
    monkeypatch.setattr("assess.tui.writing.RETRY_AFTER", 0.05)
    lock = Lock(answered / ADA, Holder("4242", "pine", "2026-11-23 10:05"))
    assert lock.take() is None

    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press(over)
        assert "READ ONLY" in shown(pilot)
        assert "Agendas Unanswered" in shown(pilot)
        by_hand(answered, "quiet-days: 1", "quiet-days: 2\n  agendas: 1")
        lock.release()
        while "READ ONLY" in shown(pilot):
            await pilot.pause(0.05)
        assert "Level 2" in shown(pilot)
        assert "Agendas Unanswered" not in shown(pilot)

    sit(alone(answered), drive)


def test_a_sheet_that_is_open_elsewhere_is_read_and_not_written(answered: Path) -> None:
    lock = Lock(answered / ADA, Holder("4242", "pine", "2026-11-23 10:05"))
    assert lock.take() is None
    before = (answered / ADA).read_bytes()

    async def drive(pilot: Pilot[None]) -> None:
        screen = shown(pilot)
        assert "READ ONLY: this sheet is open in another window since 2026-11-23 10:05" in screen
        await pilot.press("0", "d", "n")
        assert "READ ONLY" in shown(pilot)
        assert not pilot.app.screen.query("#pane-note")
        await pilot.press("b")
        assert "✓ 1" in shown(pilot)
        lock.release()
        await pilot.press("enter", "1")
        assert "Saved 14:03" in shown(pilot)

    app = sit(alone(answered), drive)

    assert app.ended.code == 0
    assert before != (answered / ADA).read_bytes()
    assert answer(answered, "agendas").answer == 1


def test_leaving_gives_the_lock_back(answered: Path) -> None:
    sit(alone(answered), keys("0", "ctrl+q"))

    assert [p.name for p in (answered / ADA).parent.iterdir()] == ["ada.yaml"]
