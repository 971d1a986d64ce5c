"""Every screen in a made-up language: all of it translated, and the questions whole."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from conftest import TODAY
from pseudo import TAG, cited, cut, make_folder, untranslated
from sitting import shown, sit
from textual.pilot import Pilot

from assess import i18n, rounds
from assess.commands import Context
from assess.commands.run import _Host
from assess.files.languages import Tongue
from assess.files.repository import Purpose


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The team's folder; while it is in use the made-up language is known."""
    made = make_folder(tmp_path)
    monkeypatch.setattr(i18n, "LOCALE", str(tmp_path / "locale"))
    monkeypatch.chdir(made)
    yield made
    monkeypatch.undo()
    i18n.use("en")


def host() -> _Host:
    """The real host of `assess run`, in the folder where we are."""
    noon = datetime.fromisoformat(f"{TODAY}T14:03")
    context = Context(io.StringIO(), io.StringIO(), lambda: noon, None, None, None, Tongue(flag=TAG))
    return _Host(context, context.open(Purpose.ANSWER), rounds.Wish())


def test_every_screen_is_translated(folder: Path) -> None:
    screens: dict[str, str] = {}

    async def drive(pilot: Pilot[None]) -> None:
        screens["setup"] = shown(pilot)
        await pilot.press("enter", "enter", "down", "enter", "enter", "enter")
        await pilot.pause()
        screens["question"] = shown(pilot)
        for name, key in (
            ("help", "f1"),
            ("outline", "o"),
            ("search", "slash"),
            ("palette", "ctrl+p"),
            ("review", "r"),
        ):
            await pilot.press(key)
            await pilot.pause()
            screens[name] = shown(pilot)
            await pilot.press("escape")
            await pilot.pause()
        await pilot.press("3", "d", "x")
        await pilot.pause()
        screens["reason"] = shown(pilot)
        await pilot.press("escape", "n")
        await pilot.pause()
        screens["note"] = shown(pilot)
        await pilot.press("escape")
        (path,) = folder.glob("assessments/*/answers/*.yaml")
        mine = path.read_text(encoding="utf-8")
        path.write_text(mine.replace("answer: 3", "answer: 1"), encoding="utf-8")
        await pilot.press("2")
        await pilot.pause(0.2)
        screens["conflict"] = shown(pilot)
        await pilot.press("m")
        path.parent.rename(folder / "aside")
        path.parent.write_text("", encoding="utf-8")
        await pilot.press("1", "ctrl+q")
        await pilot.pause(0.2)
        screens["unsaved"] = shown(pilot)
        path.parent.unlink()
        (folder / "aside").rename(path.parent)
        await pilot.press("escape", "2", "r")
        await pilot.pause()
        await pilot.press("f")
        await pilot.pause()
        screens["closing"] = shown(pilot)

    sit(host(), drive)  # type: ignore[arg-type]

    keys = (
        "Enter",
        "Esc",
        "Tab",
        "Space",
        "Del",
        "Home",
        "End",
        "PgDn",
        "PgUp",
        "ctrl",
        "F1",
        "git",
        "add",
        "assess",
    )
    for name, screen in screens.items():
        assert (
            untranslated(screen, folder.name, "me", "assess", *keys, *(cited() if name == "help" else ())) == []
        ), name
    for name in ("setup", "question", "reason"):
        assert not cut(screens[name]), name
