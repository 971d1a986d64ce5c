from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path
from threading import Event

import pytest
from sitting import alone, answer, keys, shown, sit
from textual.pilot import Pilot

from assess.files import save
from assess.tui.page import settled


def test_quitting_saves_what_is_half_typed(tmp_path: Path) -> None:
    app = sit(alone(tmp_path), keys("n", "h", "o", "ctrl+q"))

    assert answer(tmp_path).note == "ho\n"
    assert app.ended.code == 0


def test_a_reason_half_typed_is_not_lost_either(tmp_path: Path) -> None:
    sit(alone(tmp_path), keys("x", "h", "o", "ctrl+q"))

    assert answer(tmp_path).reason == "ho"


@pytest.mark.parametrize("ending", ["ctrl+q", "ctrl+c"])
def test_a_reason_half_typed_takes_no_answers_place(tmp_path: Path, ending: str) -> None:
    sit(alone(tmp_path), keys("2", "n", *"why", "escape", "x", *"ho", ending))

    kept = answer(tmp_path)
    assert (kept.answer, kept.reason, kept.note) == (2, "", "why\nho\n")


def test_evidence_is_on_disk_while_it_is_typed_and_one_step_of_undo(tmp_path: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press("2", "e", *"a.md b.md")
        while answer(tmp_path).evidence != ("a.md", "b.md"):
            await pilot.pause(0.05)
        await pilot.press("enter", "z")

    app = sit(alone(tmp_path), drive)

    assert answer(tmp_path).evidence == ()
    assert app.session is not None
    assert app.session.answer.answer == 2


@pytest.mark.parametrize("gone", [True, False])
def test_what_was_saved_and_is_not_in_the_file_any_more_is_not_called_saved(tmp_path: Path, *, gone: bool) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press("2")
        while not (path := next(tmp_path.glob("assessments/*/answers/ada.yaml"), None)):
            await pilot.pause(0.05)
        await pilot.pause(0.2)
        path.unlink() if gone else path.write_text("oops: [")
        await pilot.press("ctrl+q")
        assert ("The file is not there any more" if gone else "What it says now cannot be used") in shown(pilot)
        await pilot.press("m")

    app = sit(alone(tmp_path), drive)

    assert app.ended.code == 0
    assert answer(tmp_path).answer == 2


def test_a_signal_tells_that_what_was_saved_is_gone(tmp_path: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press("2")
        while not (path := next(tmp_path.glob("assessments/*/answers/ada.yaml"), None)):
            await pilot.pause(0.05)
        await pilot.pause(0.2)
        path.unlink()
        os.kill(os.getpid(), signal.SIGTERM)
        await pilot.pause()

    assert sit(alone(tmp_path), drive).ended.code == 4


def test_ctrl_c_saves_and_leaves_with_130(tmp_path: Path) -> None:
    app = sit(alone(tmp_path), keys("n", "h", "o", "ctrl+c"))

    assert answer(tmp_path).note == "ho\n"
    assert app.ended.code == 130


def test_ctrl_c_copies_where_text_is_selected(tmp_path: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press("n", "h", "o", "shift+left", "ctrl+c")
        assert pilot.app.clipboard == "o"
        await pilot.press("escape", "1")

    sit(alone(tmp_path), drive)

    assert answer(tmp_path).answer == 1


@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGHUP", 129), ("SIGINT", 130)])
def test_a_signal_saves_what_is_half_typed(tmp_path: Path, name: str, code: int) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press("n", "h", "o")
        os.kill(os.getpid(), getattr(signal, name))
        await pilot.pause()

    app = sit(alone(tmp_path), drive)

    assert answer(tmp_path).note == "ho\n"
    assert app.ended.code == code
    assert app.return_code == code


class Disk:
    """A disk that can be full."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.full = False
        self.write = save.write
        monkeypatch.setattr(save, "write", self)

    def __call__(self, path: Path, text: str) -> None:
        if self.full:
            raise OSError(28, "No space left on device")
        self.write(path, text)


def test_a_failing_save_is_said_and_leaving_asks_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = Disk(monkeypatch)

    async def drive(pilot: Pilot[None]) -> None:
        disk.full = True
        await pilot.press("1")
        assert "NOT SAVED: the disk is full" in shown(pilot)
        await pilot.press("ctrl+q")
        assert "Not saved: the disk is full" in shown(pilot)
        await pilot.press("escape", "2", "ctrl+q", "enter")
        assert "Not saved" in shown(pilot)
        await pilot.press("l")

    app = sit(alone(tmp_path), drive)

    assert app.ended.code == 4
    assert not (tmp_path / "assessments/2026-Q4/answers").exists()


def test_answers_are_taken_and_shown_while_a_slow_disk_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, goes_on, write = Event(), Event(), save.write

    def slow(path: Path, text: str) -> None:
        begun.set()
        assert goes_on.wait(30)
        write(path, text)

    async def drive(pilot: Pilot[None]) -> None:
        monkeypatch.setattr(save, "write", slow)
        await pilot.press("1")
        assert await asyncio.to_thread(begun.wait, 30)
        await pilot.press("2")
        assert "✓ 2" in shown(pilot)
        assert "Saving" in shown(pilot)
        goes_on.set()
        await pilot.press("ctrl+q")

    app = sit(alone(tmp_path), drive)

    assert app.ended.code == 0
    assert answer(tmp_path).answer == 2


def test_a_key_that_saves_throws_nothing_away_however_often_it_is_pressed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Disk(monkeypatch)

    async def drive(pilot: Pilot[None]) -> None:
        disk.full = True
        await pilot.press("1", "ctrl+q", "ctrl+q", "ctrl+c", "ctrl+q")
        assert "Not saved: the disk is full" in shown(pilot)
        disk.full = False
        await pilot.press("ctrl+q")

    app = sit(alone(tmp_path), drive)

    assert app.ended.code == 0
    assert answer(tmp_path).answer == 1


def test_who_waits_to_leave_leaves_once_it_is_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assess.tui.writing.RETRY_AFTER", 0.05)
    disk = Disk(monkeypatch)

    async def drive(pilot: Pilot[None]) -> None:
        disk.full = True
        await pilot.press("1", "ctrl+q")
        assert "Not saved: the disk is full" in shown(pilot)
        disk.full = False
        while pilot.app.return_code is None:
            await pilot.pause(0.05)

    app = sit(alone(tmp_path), drive)

    assert app.ended.code == 0
    assert answer(tmp_path).answer == 1


def test_trying_again_saves_once_there_is_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = Disk(monkeypatch)

    async def drive(pilot: Pilot[None]) -> None:
        disk.full = True
        await pilot.press("1", "ctrl+q")
        disk.full = False
        await pilot.press("enter")

    app = sit(alone(tmp_path), drive)

    assert app.ended.code == 0
    assert answer(tmp_path).answer == 1


def test_a_signal_with_a_full_disk_says_4(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = Disk(monkeypatch)

    async def drive(pilot: Pilot[None]) -> None:
        disk.full = True
        await pilot.press("1")
        os.kill(os.getpid(), signal.SIGTERM)
        await pilot.pause()

    assert sit(alone(tmp_path), drive).ended.code == 4


def test_a_fault_of_ours_saves_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press("n", "h", "o")
        monkeypatch.setattr("assess.tui.view.beside", lambda *_a, **_k: 1 / 0)
        await pilot.press("escape")

    with pytest.raises(ZeroDivisionError):
        sit(alone(tmp_path), drive)

    assert answer(tmp_path).note == "ho\n"


def test_a_signal_right_after_the_file_is_written_is_no_change_by_somebody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = alone(tmp_path)
    session = host.start(settled(host.plan))
    write = save.write

    def interrupted(path: Path, text: str) -> None:
        write(path, text)
        if path.name == "ada.yaml":
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(save, "write", interrupted)
        with pytest.raises(KeyboardInterrupt):
            session.choose(1)
    session.flush()

    assert session.saved.failure is None
    assert not session.unsaved
    assert answer(tmp_path).answer == 1
