"""Every screen in a made-up language: all of it translated, and the questions whole."""

from __future__ import annotations

import asyncio
import io
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
import screened_meeting
from conftest import TODAY
from pseudo import TAG, cited, cut, make_folder, untranslated
from sitting import shown, sit
from textual.pilot import Pilot

from assess import i18n, rounds
from assess.commands import Context, meet
from assess.commands.run import _Host
from assess.files.languages import Tongue
from assess.files.repository import Purpose
from assess.tui.meet import MeetApp


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


def test_every_screen_of_a_meeting_is_translated(folder: Path) -> None:
    noon = datetime.fromisoformat(f"{TODAY}T14:03")
    context = Context(io.StringIO(), io.StringIO(), lambda: noon, None, None, None, Tongue(flag=TAG))
    questionnaire = context.open().questionnaire
    assert questionnaire is not None
    screened_meeting.write(folder, questionnaire, "en")
    repository = context.open()
    newest = repository.newest
    assert newest is not None
    app = MeetApp(meet._Host(context, repository, newest, plain=False))
    screens: dict[str, str] = {}

    async def play() -> None:
        async with app.run_test(size=(80, 24)) as pilot:

            async def shoot(name: str) -> None:
                await pilot.pause()
                screens[name] = shown(pilot)

            await screened_meeting.drive(pilot, shoot, "en")

    asyncio.run(asyncio.wait_for(play(), 60))

    own = " ".join((screened_meeting.DISSENT["en"], screened_meeting.GOAL["en"], screened_meeting.OLD["en"]))
    names = ("Enter", "Esc", "ctrl", "F1", "assess", "payments", "chatgpt", "codex", "git", "add")
    people = (*screened_meeting.NOW, *re.findall("[A-Za-z]+", own))
    assert set(screens) == set(screened_meeting.SCENES)
    for name, screen in screens.items():
        assert untranslated(screen, *names, *people) == [], name


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
        "meet",
    )
    for name, screen in screens.items():
        assert (
            untranslated(screen, folder.name, "me", "assess", *keys, *(cited() if name == "help" else ())) == []
        ), name
    for name in ("setup", "question", "reason"):
        assert not cut(screens[name]), name
