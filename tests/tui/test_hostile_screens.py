"""Hostile texts on the screens: shown as the text they are, no markup, no link, nothing that a terminal obeys."""

from __future__ import annotations

import io
import re
from contextlib import chdir
from pathlib import Path

import hostile
import pytest
from gathering import hold
from hostile import ALLOWED, said
from sitting import NOON, sit
from textual.app import App
from textual.pilot import Pilot

from assess import rounds
from assess.commands import Context, run
from assess.files.languages import Tongue
from assess.files.repository import Purpose
from assess.render.text import visible
from assess.tui.app import AssessApp

TEAM = "[@click=app.quit]x[/] ::error::[red]"
SIZE = (110, 90)
TALL = {"long"}
"""Too long for any screen."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return hostile.folder(tmp_path)


def screen(app: App[None]) -> str:
    """What is painted, without blanks; nothing of it steers a terminal, is a link, or acts when it is clicked."""
    text = []
    for strip in app.screen._compositor.render_strips():
        for segment in strip:
            assert not re.search(hostile.STEERS_A_TERMINAL, segment.text), segment
            style = segment.style
            if style is not None:
                assert style.link is None, segment
                assert "@click" not in style.meta, segment
            text.append(segment.text)
    return bare("".join(text))


def bare(text: str) -> str:
    """Without blanks, which wrapping takes and adds, and without frames and bars."""
    return re.sub(r"[\s▁▂▃▄▅▆▇█▔▏▎▍▌▋▊▉│┃]", "", text)


def answering(root: Path, name: str = "2027-Q1") -> run._Host:
    context = Context(io.StringIO(), io.StringIO(), lambda: NOON, None, None, name, Tongue(flag="en"))
    wish = rounds.Wish(respondent="dana", team=TEAM, round=name, asked="full", expected=3)
    return run._Host(context, context.open(Purpose.ANSWER), wish)


def test_every_question_is_shown_as_it_is_and_so_is_its_help(root: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        app = pilot.app
        assert isinstance(app, AssessApp)
        for i, payload in enumerate(ALLOWED):
            shown = screen(app)
            if payload.name not in TALL:
                for field in ("title", "question", *(f"level{n}x" for n in range(hostile.LEVELS))):
                    assert bare(visible(said(field, i))) in shown, (field, payload.name)
            assert app.session is not None
            assert app.session.current.id == hostile.practice(i)
            if i % 3 == 0:
                await pilot.press("f1")
                helped = screen(app)
                assert payload.name in TALL or bare(visible(said("asks", i))) in helped, payload.name
                await pilot.press("escape")
            await pilot.press("1", "enter")
        assert app.is_running

    with chdir(root):
        sit(answering(root), drive, size=SIZE)  # type: ignore[arg-type]


def test_what_was_written_and_the_lists_are_shown_as_they_are(root: Path) -> None:
    hostile.round_in(root, "2026-Q4", state="open", team=TEAM)
    (root / "assessments" / "2026-Q4" / "team.yaml").unlink()

    async def drive(pilot: Pilot[None]) -> None:
        app = pilot.app
        assert isinstance(app, AssessApp)
        for key, closing in (("r", "b"), ("o", "escape"), ("slash", "escape"), ("ctrl+p", "escape")):
            await pilot.press(key)
            for _ in range(8):
                screen(app)
                await pilot.press("pagedown")
            await pilot.press(closing)
        assert app.session is not None
        for i, payload in enumerate(ALLOWED):
            app.session.go(i)
            assert app.page is not None
            app.page.again(moved=True)
            await pilot.pause()
            await pilot.press("end")
            shown = screen(app)
            if i and payload.name not in TALL:
                assert bare(visible(said("Q4adanote", i))) in shown, payload.name
        await pilot.press("r", "f")
        screen(app)

    context = Context(io.StringIO(), io.StringIO(), lambda: NOON, None, None, "2026-Q4", Tongue(flag="en"))
    with chdir(root):
        host = run._Host(context, context.open(Purpose.ANSWER), rounds.Wish(respondent="ada", round="2026-Q4"))
        sit(host, drive, size=SIZE)  # type: ignore[arg-type]


def test_the_meeting_and_its_actions_are_shown_as_they_are(root: Path) -> None:
    hostile.round_in(root, "2026-Q4", state="open")
    (root / "assessments" / "2026-Q4" / "team.yaml").unlink()

    async def drive(pilot: Pilot[None]) -> None:
        app = pilot.app
        screen(app)
        await pilot.press("enter")
        seen = screen(app)
        for key, closing in (("t", "escape"), ("f1", "escape")):
            await pilot.press(key)
            for _ in range(10):
                seen += screen(app)
                await pilot.press("pagedown")
            await pilot.press(closing)
        await pilot.press("enter")
        for _ in range(len(ALLOWED) - 10):
            await pilot.press("1")
            seen += screen(app)
            await pilot.press("enter")
        assert app.is_running
        talked = [i for i in range(len(ALLOWED)) if hostile.mark("level0x", i) in seen]
        assert len(talked) > len(ALLOWED) / 3
        for i in talked:
            assert bare(visible(said("level0x", i))) in seen, ALLOWED[i].name
            assert bare(visible(said("question", i))) in seen, ALLOWED[i].name

    hold(root, drive, size=SIZE)
