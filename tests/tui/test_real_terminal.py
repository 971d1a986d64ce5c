"""What only a real terminal shows: signals, a dropped line, the state it is left in, small and odd terminals."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from conftest import Run
from terminal import Terminal

pytestmark = pytest.mark.terminal

NOTE = "半句话，还没有写完"
CLEAN = {"alternate_on": False, "mouse_any_flag": False, "cursor_flag": True}
START = "run --as ada --team payments --pulse"


def sheet(folder: Path) -> str:
    path = next(folder.glob("assessments/*/answers/ada.yaml"), None)
    return "" if path is None else path.read_text(encoding="utf-8")


def with_half_a_note(window: Terminal) -> None:
    window.wait_for("All disciplines in one team")
    window.keys("3", "n")
    window.type(NOTE)
    window.wait_for(NOTE[-4:])


@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)],
    ids=["TERM", "HUP", "INT"],
)
def test_a_signal_saves_the_half_typed_note_and_leaves_the_terminal_as_it_was(
    command: str, tmp_path: Path, number: signal.Signals, code: int
) -> None:
    with Terminal(tmp_path / "s", f"{command} {START}", tmp_path) as window:
        with_half_a_note(window)

        os.kill(window.child(), number)

        window.wait_for(f"exit code: {code}")
        assert window.flags() == CLEAN
    assert f"      {NOTE}\n" in sheet(tmp_path)
    assert "answer: 3" in sheet(tmp_path)


def test_ctrl_c_in_a_note_saves_and_leaves_with_130(command: str, tmp_path: Path) -> None:
    with Terminal(tmp_path / "s", f"{command} {START}", tmp_path) as window:
        with_half_a_note(window)

        window.keys("C-c")

        window.wait_for("exit code: 130")
        assert window.flags() == CLEAN
    assert f"      {NOTE}\n" in sheet(tmp_path)


def test_a_window_that_is_gone_takes_no_word_with_it(command: str, tmp_path: Path) -> None:
    with Terminal(tmp_path / "s", f"{command} {START}", tmp_path) as window:
        with_half_a_note(window)

        process = window.child()

        window.close()

        window.until(lambda: NOTE in sheet(tmp_path), "the note on disk", screen=False)
        window.until(lambda: not Path(f"/proc/{process}").exists(), "the end of the program", screen=False)
    assert [path.name for path in tmp_path.glob("assessments/*/answers/*")] == ["ada.yaml"]


def test_ctrl_q_saves_and_says_how_to_go_on(command: str, tmp_path: Path) -> None:
    with Terminal(tmp_path / "s", f"{command} {START}", tmp_path) as window:
        window.wait_for("All disciplines in one team")
        window.keys("3", "C-q")

        screen = window.wait_for("exit code: 0")

    assert "1 of 10 answered" in screen
    assert "Go on where you stopped" in screen


def test_what_is_changed_after_the_end_is_in_the_report_and_the_last_words(command: str, tmp_path: Path) -> None:
    with Terminal(tmp_path / "s", f"{command} --together --team payments --pulse", tmp_path) as window:
        window.wait_for("All disciplines in one team")
        for level in "3333333333":
            window.keys(level, "Enter")
        window.wait_for("Finish, and see what comes next")
        window.keys("f")
        window.wait_for("What the team said together")
        report = next(tmp_path.glob("assessments/*/report.html"))
        first = report.read_text(encoding="utf-8")
        window.keys("b")
        window.wait_for("Finish, and see what comes next")
        window.keys("Escape")
        window.wait_for("10. ")
        window.keys("0", "C-q")
        screen = window.wait_for("exit code: 0", "The report is in")

    assert "Go on where you stopped" not in screen
    assert report.read_text(encoding="utf-8") != first


@pytest.mark.parametrize(("columns", "rows"), [(120, 40), (80, 24), (40, 15)])
def test_the_question_can_be_read_and_answered_at_every_size(
    command: str, tmp_path: Path, columns: int, rows: int
) -> None:
    with Terminal(tmp_path / "s", f"{command} {START}", tmp_path, columns=columns, rows=rows) as window:
        window.wait_for("All disciplines in one team", "All of them waited.")
        window.keys("2")
        window.wait_for("✓ 2")
        window.keys("Enter")
        window.wait_for("Own path to release")
        window.keys("1", "j")
        screen = window.wait_for("✓ 1")
        assert screen.count("›") == 1, screen
        window.leave()

    assert "one-team-all-disciplines: 2" in sheet(tmp_path)


def test_a_dumb_terminal_gets_plain_lines(command: str, tmp_path: Path) -> None:
    with Terminal(tmp_path / "s", f"TERM=dumb {command} {START}", tmp_path) as window:
        window.wait_for("Question 1 of 10", ">")
        window.keys("3", "Enter")
        window.wait_for("Question 2 of 10")
        window.keys("q", "Enter")
        window.wait_for("exit code: 0")

    assert "one-team-all-disciplines: 3" in sheet(tmp_path)


def test_the_terminal_and_plain_mode_write_the_same_bytes(command: str, assess: Run, tmp_path: Path) -> None:
    (tmp_path / "tui").mkdir()
    (tmp_path / "plain").mkdir()
    date = "--today 2026-11-23"

    with Terminal(tmp_path / "s", f"{command} {START} {date}", tmp_path / "tui") as window:
        window.wait_for("All disciplines in one team")
        window.keys("3", "n")
        window.type("我们，一起。")
        window.wait_for("我们，一起。")
        window.keys("Escape")
        window.wait_for("Enter next")  # Escape and a key right behind it would be one key to any terminal program
        window.keys("Enter", "?", "Enter", "x")
        window.wait_for("Why does this not apply")
        window.type("no need")
        window.keys("Enter")
        window.leave()
    lines = "n 我们，一起。\n3\n?\nx no need\nq\n"
    assess(*START.split(), *date.split(), "--plain", stdin=lines, cwd=tmp_path / "plain")

    assert sheet(tmp_path / "tui") == sheet(tmp_path / "plain") != ""


def test_keys_that_arrive_together_keep_their_order(command: str, tmp_path: Path) -> None:
    with Terminal(tmp_path / "s", f"{command} {START}", tmp_path) as window:
        window.wait_for("All disciplines in one team")
        window.keys("n")
        window.wait_for("keep and leave")

        window.keys(*"abx", "BSpace", *"cd", "Left", "Left", "Left", "X", "End", "Enter", *"ef", "Home", "Y")

        window.wait_for("aXbcd", "Yef")
        window.keys("Escape")
        window.until(lambda: "aXbcd\n" in sheet(tmp_path), "the note on disk")
    assert "      aXbcd\n      Yef\n" in sheet(tmp_path)


def test_keys_that_arrive_together_keep_their_order_on_the_first_screen(command: str, tmp_path: Path) -> None:
    with Terminal(tmp_path / "s", f"{command} --pulse --together", tmp_path) as window:
        window.wait_for("payments" if tmp_path.name == "payments" else tmp_path.name[:20])

        window.keys(*["BSpace"] * 60, *"teax", "BSpace", "m", "Enter", "1")

        window.until(lambda: list(tmp_path.glob("assessments/*/team.yaml")), "the sheet on disk")
    assert "team: team\n" in next(tmp_path.glob("assessments/*/team.yaml")).read_text(encoding="utf-8")


def test_keys_that_arrive_together_keep_their_order_in_the_search(command: str, tmp_path: Path) -> None:
    with Terminal(tmp_path / "s", f"{command} {START}", tmp_path) as window:
        window.wait_for("All disciplines in one team")
        window.keys("/")
        window.wait_for("Words of the question")

        window.keys(*"own path", "Enter", "2")

        window.wait_for("2. Own path to release", "✓ 2")
        window.keys("/")
        window.wait_for("Words of the question")

        window.keys(*"team", "Down", "Down", "Up", "Up", "Enter", "1")

        window.wait_for("1. All disciplines in one team", "✓ 1")
