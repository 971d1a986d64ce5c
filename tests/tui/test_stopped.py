"""Stopped and woken, in a shell with jobs: by ourselves, by others, with warning and without."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from terminal import Terminal

pytestmark = pytest.mark.terminal

SHELL = "PS1='shell ready> ' bash --norc --noprofile -i"
READY = "shell ready>"
CLEAN = {"alternate_on": False, "mouse_any_flag": False, "cursor_flag": True}
OURS = {"alternate_on": True, "mouse_any_flag": True, "cursor_flag": False}
START = "run --as ada --team payments --pulse"
NOTE = "半句话，还没有写完"
THREADS = 3
"""The program's own, and those that read the keyboard and write to the screen."""


def sheet(folder: Path) -> str:
    path = next(folder.glob("assessments/*/answers/ada.yaml"), None)
    return "" if path is None else path.read_text(encoding="utf-8")


def started(window: Terminal, line: str, *, below: int = 0) -> int:
    """Start it from the shell, and write half a note. Gives the process, so many programs below the shell's."""
    window.wait_for(READY)
    window.type(line)
    window.keys("Enter")
    window.wait_for("All disciplines in one team")
    window.keys("3", "n")
    window.wait_for("keep and leave")
    window.type(NOTE)
    window.wait_for(NOTE[-4:])
    process = window.child(window.child())
    for _program in range(below):
        process = window.child(process)
    return process


def asleep(window: Terminal, folder: Path) -> None:
    """All is on disk, and the terminal is the shell's, who hears every word."""
    window.wait_for("Stopped", READY)
    assert window.flags() == CLEAN
    assert f"      {NOTE}\n" in sheet(folder)
    assert "answer: 3" in sheet(folder)
    window.type("clear; echo $((40 + 2)) words")
    window.keys("Enter")
    window.wait_for("42 words", READY)


def woken(window: Terminal) -> None:
    """The whole screen is there again."""
    window.type("fg")
    window.keys("Enter")
    screen = window.wait_for("1 of 10 answered", "1. All disciplines in one team", "✓ 3", NOTE, "Saved ")
    assert "42 words" not in screen
    window.until(lambda: window.flags() == OURS, "the terminal as we want it")


def goes_on(window: Terminal, folder: Path, process: int) -> None:
    """Every key counts once, and the end is as it always is."""
    letters = "abcdefghijklmnopqrstuvwxyz" * 2
    for start in range(0, len(letters), 4):
        window.type(letters[start : start + 4])
    window.wait_for(letters[-20:])
    assert len(list(Path(f"/proc/{process}/task").iterdir())) == THREADS
    window.keys("Escape")
    window.wait_for("Enter next")
    window.keys("Enter")
    window.wait_for("2. ")
    window.keys("1")
    window.wait_for("✓ 1")
    window.keys("C-q")
    window.wait_for("2 of 10 answered", READY)
    window.type("echo code: $?; stty")
    window.keys("Enter")
    screen = window.wait_for("code: 0")
    assert "-echo " not in screen
    assert window.flags() == CLEAN
    assert f"      {NOTE}{letters}\n" in sheet(folder)


@pytest.mark.parametrize(("line", "below"), [("{}", 0), ("sh -c '{}; true'", 1)], ids=["by hand", "from a script"])
def test_who_is_told_to_stop_saves_and_gives_the_terminal_back_and_fg_goes_on(
    command: str, tmp_path: Path, line: str, below: int
) -> None:
    with Terminal(tmp_path / "s", SHELL, tmp_path) as window:
        process = started(window, line.format(f"{command} {START}"), below=below)
        os.kill(process, signal.SIGTSTP)
        asleep(window, tmp_path)
        woken(window)
        os.kill(process, signal.SIGTSTP)
        asleep(window, tmp_path)
        window.type("bg")  # wakes it without the terminal
        window.keys("Enter")
        window.type("jobs")
        window.keys("Enter")
        window.wait_for("Stopped", READY)
        woken(window)
        goes_on(window, tmp_path, process)


def test_back_to_the_shell_by_the_palette_saves_what_was_typed(command: str, tmp_path: Path) -> None:
    with Terminal(tmp_path / "s", SHELL, tmp_path) as window:
        process = started(window, f"{command} {START}")
        window.keys("C-p")
        window.wait_for("What do you want to do?")
        window.keys(*"to the shell", "Enter")
        asleep(window, tmp_path)
        woken(window)
        goes_on(window, tmp_path, process)


def test_a_stop_without_warning_is_mended_by_fg(command: str, tmp_path: Path) -> None:
    with Terminal(tmp_path / "s", SHELL, tmp_path) as window:
        process = started(window, f"{command} {START}")
        window.until(lambda: NOTE in sheet(tmp_path), "the note on disk")
        os.kill(process, signal.SIGSTOP)
        window.wait_for("Stopped")
        woken(window)
        goes_on(window, tmp_path, process)


def test_who_is_woken_without_having_slept_reads_every_key_once(command: str, tmp_path: Path) -> None:
    with Terminal(tmp_path / "s", SHELL, tmp_path) as window:
        process = started(window, f"{command} {START}")
        for _time in range(3):
            os.kill(process, signal.SIGCONT)
        goes_on(window, tmp_path, process)


def test_what_a_service_manager_sends_ends_it_as_term_alone_does(command: str, tmp_path: Path) -> None:
    with Terminal(tmp_path / "s", SHELL, tmp_path) as window:
        process = started(window, f"{command} {START}")
        os.kill(process, signal.SIGTERM)
        os.kill(process, signal.SIGCONT)
        window.wait_for("Go on where you stopped", READY)
        window.type("echo code: $?")
        window.keys("Enter")
        window.wait_for("code: 143")
        assert window.flags() == CLEAN
    assert f"      {NOTE}\n" in sheet(tmp_path)


def test_who_is_ended_while_asleep_ends_at_once_and_locks_nobody_out(command: str, tmp_path: Path) -> None:
    with Terminal(tmp_path / "s", SHELL, tmp_path) as window:
        process = started(window, f"{command} {START}")
        os.kill(process, signal.SIGTSTP)
        asleep(window, tmp_path)
        window.type("kill %1; bg")
        window.keys("Enter")
        window.until(lambda: not Path(f"/proc/{process}").exists(), "the end of the program")
        window.type(f"clear; {command} {START}")
        window.keys("Enter")
        screen = window.wait_for("1 of 10 answered")
        assert "READ ONLY" not in screen
        window.keys("C-q")
        window.wait_for(READY)
    assert [path.name for path in tmp_path.glob("assessments/*/answers/*")] == ["ada.yaml"]
