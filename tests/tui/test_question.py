from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sitting import alone, answer, keys, paste, sheet, shown, sit
from textual.pilot import Pilot

from assess.core.answers import DONT_KNOW, NOT_APPLICABLE


def test_a_digit_answers_is_saved_and_stays(tmp_path: Path) -> None:
    app = sit(alone(tmp_path), keys("2"))

    assert answer(tmp_path).answer == 2
    assert app.session is not None
    assert app.session.current.id == "quiet-days"


def test_a_digit_beyond_the_levels_answers_nothing_and_says_so(tmp_path: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press("6")
        assert "levels 0 to 2" in shown(pilot)

    app = sit(alone(tmp_path), drive)

    assert app.session is not None
    assert app.session.answered == 0


@pytest.mark.parametrize("down", ["j", "down"])
def test_the_mark_moves_and_space_takes_it(tmp_path: Path, down: str) -> None:
    sit(alone(tmp_path), keys(down, down, "k", "space"))

    assert answer(tmp_path).answer == 1


def test_a_click_answers_also_on_the_second_line_of_a_long_level(tmp_path: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        await pilot.click("#levels", offset=(10, 3))

    sit(alone(tmp_path), drive, size=(44, 24))

    assert answer(tmp_path).answer == 2


@pytest.mark.parametrize("key", ["?", "fullwidth_question_mark"])
def test_dont_know_is_an_answer_also_with_a_chinese_keyboard(tmp_path: Path, key: str) -> None:
    sit(alone(tmp_path), keys(key))

    assert answer(tmp_path).answer == DONT_KNOW


def test_does_not_apply_asks_why_in_place(tmp_path: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press("x", "enter")
        assert "reason is needed" in shown(pilot)
        await pilot.press(*"jqx", "enter")
        assert "Does not apply to us: jqx" in shown(pilot)

    sit(alone(tmp_path), drive)

    assert answer(tmp_path).answer == NOT_APPLICABLE
    assert answer(tmp_path).reason == "jqx"


def test_giving_up_the_reason_leaves_the_answer_what_it_was(tmp_path: Path) -> None:
    sit(alone(tmp_path), keys("1", "x", "n", "o", "escape", "enter", "2"))

    assert answer(tmp_path).answer == 1
    assert answer(tmp_path, "agendas").answer is None


def test_delete_takes_the_answer_back_and_keeps_the_note(tmp_path: Path) -> None:
    sit(alone(tmp_path), keys("1", "n", "h", "i", "escape", "delete"))

    assert answer(tmp_path).answer is None
    assert answer(tmp_path).note == "hi\n"


def test_single_letters_only_type_in_a_note(tmp_path: Path) -> None:
    letters = "jkbuodrzyxne1"

    sit(alone(tmp_path), keys("n", *letters, "?", "escape"))

    assert answer(tmp_path).note == letters + "?\n"
    assert answer(tmp_path).answer is None


def test_enter_in_a_note_is_a_new_line_and_after_it_the_next_question(tmp_path: Path) -> None:
    app = sit(alone(tmp_path), keys("n", "a", "enter", "b", "escape", "enter"))

    assert answer(tmp_path).note == "a\nb\n"
    assert app.session is not None
    assert app.session.position == 1


def test_chinese_notes_are_kept_with_their_punctuation(tmp_path: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press("n")
        await paste(pilot, "设计师五月加入，现在一起计划。\r\n第二行？“好”")
        await pilot.press("escape")

    sit(alone(tmp_path), drive)

    assert answer(tmp_path).note == "设计师五月加入，现在一起计划。\n第二行？“好”\n"


def test_pasted_escape_codes_do_not_reach_the_file_or_the_terminal(tmp_path: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press("n")
        await paste(pilot, "a\x1b[2Jb")

    sit(alone(tmp_path), drive)

    assert answer(tmp_path).note == "a[2Jb\n"


def test_opening_a_note_and_leaving_it_changes_nothing(tmp_path: Path) -> None:
    sit(alone(tmp_path), keys("n", "a", "escape"))
    path = tmp_path / "assessments/2026-Q4/answers/ada.yaml"
    path.write_text(path.read_text().replace("note: |\n      a", 'note: "a"'))

    app = sit(alone(tmp_path), keys("b", "n", "escape"))

    assert answer(tmp_path).note == "a"
    assert app.session is not None
    assert not app.session.undo()


def test_typing_is_on_disk_a_moment_later_without_leaving_the_note(tmp_path: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press("n", "h", "o")
        for _ in range(40):
            await asyncio.sleep(0.05)
            if (tmp_path / "assessments/2026-Q4/answers/ada.yaml").exists():
                break
        assert answer(tmp_path).note == "ho\n"

    sit(alone(tmp_path), drive)


def test_evidence_is_several_links_with_spaces_or_lines_between(tmp_path: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press("e", *"docs/a.md", "space")
        await paste(pilot, "https://example.org/x\nb.md")
        await pilot.press("enter")
        assert "https://example.org/x" in shown(pilot)

    app = sit(alone(tmp_path), drive)

    assert answer(tmp_path).evidence == ("docs/a.md", "https://example.org/x", "b.md")
    assert app.session is not None
    assert app.session.position == 0


def test_escape_keeps_what_was_typed_as_evidence(tmp_path: Path) -> None:
    sit(alone(tmp_path), keys("e", *"a.md", "escape"))

    assert answer(tmp_path).evidence == ("a.md",)


def test_discuss_is_a_mark_that_goes_on_and_off(tmp_path: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press("1", "d")
        assert answer(tmp_path).discuss
        assert "to discuss" in shown(pilot)
        await pilot.press("d")

    sit(alone(tmp_path), drive)

    assert not answer(tmp_path).discuss


def test_moving_goes_next_back_to_the_unanswered_and_by_dimension(tmp_path: Path) -> None:
    places = []

    async def drive(pilot: Pilot[None]) -> None:
        session = pilot.app.session  # type: ignore[attr-defined]
        for key in ("enter", "b", "1", "]", "[", "u", "0", "u", "b"):
            await pilot.press(key)
            places.append(session.current.id)

    sit(alone(tmp_path), drive)

    assert places == [
        "agendas", "quiet-days", "quiet-days", "releases", "quiet-days",
        "agendas", "agendas", "releases", "agendas",
    ]  # fmt: skip


def test_undo_and_redo_go_to_the_question_they_change(tmp_path: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press("1", "enter", "0", "z", "z")
        assert sheet(tmp_path).answers == {}
        await pilot.press("y")

    app = sit(alone(tmp_path), drive)

    assert answer(tmp_path).answer == 1
    assert app.session is not None
    assert app.session.current.id == "quiet-days"


def test_what_is_chosen_and_what_is_marked_are_signs(tmp_path: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press("1", "j")
        assert "✓ 1 One [b]bold[/b] day. › 2 Two days" in shown(pilot)

    sit(alone(tmp_path), drive)


def test_of_a_very_long_note_the_beginning_is_shown_and_all_of_it_is_kept(tmp_path: Path) -> None:
    text = "开头 " + "长" * 100_000 + " 结尾"

    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press("n")
        await paste(pilot, text)
        await pilot.press("escape", "2")
        assert "Note 开头 长长" in shown(pilot)
        assert "… and more, shown while you write" in shown(pilot)
        await pilot.press("n")
        assert "结尾" in shown(pilot)

    sit(alone(tmp_path), drive, size=(100, 130))

    assert answer(tmp_path).note == f"{text}\n"


def test_texts_of_a_file_are_never_markup(tmp_path: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press("n")
        await paste(pilot, "[@click=app.quit]go[/] [red]")
        await pilot.press("escape")
        assert "[@click=app.quit]go[/] [red]" in shown(pilot)

    sit(alone(tmp_path), drive)


def test_a_sitting_goes_on_at_the_first_unanswered_question(tmp_path: Path) -> None:
    sit(alone(tmp_path), keys("1", "ctrl+q"))

    app = sit(alone(tmp_path), keys("enter"))

    assert app.session is not None
    assert app.session.current.id == "releases"


def test_a_tiny_window_says_so_and_answers_nothing(tmp_path: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press("1")
        assert "too small" in shown(pilot)
        await pilot.resize_terminal(40, 15)
        await pilot.press("2")
        assert "too small" not in shown(pilot)

    sit(alone(tmp_path), drive, size=(39, 14))

    assert answer(tmp_path).answer == 2


def test_no_screen_of_a_question_tells_of_others_or_of_before(tmp_path: Path) -> None:
    sit(alone(tmp_path), keys("2"))
    other = tmp_path / "assessments/2026-Q4/answers/bob.yaml"
    ada = (tmp_path / "assessments/2026-Q4/answers/ada.yaml").read_text()
    other.write_text(ada.replace("ada", "bob").replace("quiet-days: 2", "agendas: 1"))

    async def drive(pilot: Pilot[None]) -> None:
        screen = shown(pilot)
        assert "Yes." in screen
        assert "✓" not in screen
        assert "bob" not in screen

    sit(alone(tmp_path), drive)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_undoing_all_gives_the_file_that_was_edited_by_hand(tmp_path: Path, end: str) -> None:
    sit(alone(tmp_path), keys("1"))
    path = tmp_path / "assessments/2026-Q4/answers/ada.yaml"
    text = path.read_text(encoding="utf-8").replace(
        "  quiet-days: 1", "\n   # 五月以来\n   'quiet-days':  1  # ours"
    )
    by_hand = text.removesuffix("\n").replace("\n", end).encode()
    path.write_bytes(by_hand)
    seen = []

    async def drive(pilot: Pilot[None]) -> None:
        for key in ("1", "enter", "3", "b", "b", "delete", "z", "z", "z"):
            await pilot.press(key)
            await pilot.pause(0.1)
            seen.append(path.read_bytes())

    sit(alone(tmp_path), drive)

    assert len({*seen}) == 4
    assert seen[-1] == by_hand
