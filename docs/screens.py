"""Every screen of the terminal, played through with real keys: as text and as SVG.

`python docs/screens.py` makes the pictures of docs/terminal.md and the texts below tests/golden/screens anew; a
test compares them with what the program shows. No browser is needed.
"""

from __future__ import annotations

import asyncio
import html
import io
import os
import re
import tempfile
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from unittest.mock import patch

import screened_meeting
from rich.cells import cell_len
from textual import events
from textual.pilot import Pilot

from assess import i18n, rounds
from assess.commands import Context, meet, run
from assess.files.languages import Tongue
from assess.files.repository import Purpose
from assess.tui.app import AssessApp
from assess.tui.meet import MeetApp
from assess.tui.sitting import Sitting

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures" / "terminal"
TEXTS = ROOT / "tests" / "golden" / "screens"
TODAY = "2026-11-23"
NOW = datetime.fromisoformat(f"{TODAY}T14:03")
LANGUAGES = ("en", "zh-Hans", "zh-Hant")
SCENES = (
    "first-use", "question", "note", "answered", "reason", "help", "outline", "search", "palette", "review",
    "conflict", "not-saved", "leaving-unsaved", "receipt", "all-answered", "result", *screened_meeting.SCENES,
)  # fmt: skip
"""All screens, in the order in which a person meets them."""
NOTES = {
    "en": "We moved stand-up off Thursdays in May.\nSince then most weeks have two releases.",
    "zh-Hans": "五月起，站会不再放在周四。\n此后多数星期发布两次。",
    "zh-Hant": "五月起，站立會議不再放在星期四。\n此後多數星期發布兩次。",
}
REASONS = {"en": "The team began last week.", "zh-Hans": "团队上周才成立。", "zh-Hant": "團隊上週才成立。"}
SEARCHED = {"en": "meet", "zh-Hans": "会议", "zh-Hant": "會議"}
CELL = 12.2
"""Width of a cell in the units of Textual's export."""


@dataclass(frozen=True, slots=True)
class Part:
    """One tour through all screens: how, which of them are drawn, and whether their texts are kept."""

    language: str = "en"
    size: tuple[int, int] = (80, 24)
    theme: str = ""
    no_color: bool = False
    drawn: tuple[str, ...] = ("answered",)
    marks: tuple[str, ...] = ()
    plain: bool = True

    @property
    def name(self) -> str:
        """What tells it from the others."""
        return " ".join(("english", *self.marks))


_MOST_DIFFERENT = ("first-use", "answered", "review", "result", "meeting")
"""What is drawn in Chinese."""
PARTS = (
    Part(drawn=tuple(name for name in SCENES if name != "all-answered")),
    Part("zh-Hans", drawn=_MOST_DIFFERENT, marks=("zh-Hans",)),
    Part("zh-Hant", drawn=_MOST_DIFFERENT, marks=("zh-Hant",)),
    Part(size=(120, 40), drawn=("answered", "meeting"), marks=("120x40",)),
    Part(size=(40, 15), marks=("40x15",)),
    # the same words in other colours: light, the sixteen that a terminal has itself, none
    Part(theme="textual-light", marks=("light",), plain=False),
    Part(theme="ansi-dark", marks=("ansi",), plain=False),
    Part(no_color=True, marks=("no-color",), plain=False),
)

Shoot = Callable[[str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Shot:
    """One screen: its lines, and its picture."""

    text: str
    svg: str


def tour(part: Part) -> dict[str, Shot]:
    """All screens by name, in the order in which a person meets them."""
    shots: dict[str, Shot] = {}
    for drive in (_alone, _together, screened_meeting.drive):
        with _home(no_color=part.no_color), tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "payments"
            folder.mkdir()
            with chdir(folder):
                shots |= _sit(part.language, part.size, part.theme, drive)
    i18n.use("en")
    return shots


@contextmanager
def _home(*, no_color: bool) -> Iterator[None]:
    """A person called Ada, and nothing of the machine we are on."""
    own = {
        "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "user.name", "GIT_CONFIG_VALUE_0": "Ada", "COLORTERM": "truecolor",
    }  # fmt: skip
    with patch.dict(os.environ, own | ({"NO_COLOR": "1"} if no_color else {})):
        if not no_color:
            os.environ.pop("NO_COLOR", None)
        yield


Drive = Callable[[Pilot[None], Shoot, str], Awaitable[None]]


def _sit(language: str, size: tuple[int, int], theme: str, drive: Drive) -> dict[str, Shot]:
    context = Context(io.StringIO(), io.StringIO(), lambda: NOW, None, None, None, Tongue(flag=language))
    app = _meeting(context, language) if drive is screened_meeting.drive else _questions(context)
    if theme:
        app.theme = theme
    shots: dict[str, Shot] = {}

    async def play() -> None:
        async with app.run_test(size=size) as pilot:

            async def shoot(name: str) -> None:
                await pilot.pause()
                while (session := app.session) is not None and session.unsaved and session.saved.failure is None:
                    await pilot.pause(0.05)  # "Saving …" is gone before anybody has read it
                await pilot.pause()
                app.screen.refresh()
                await pilot.pause()
                shots[name] = _shot(app)

            await drive(pilot, shoot, language)

    asyncio.run(asyncio.wait_for(play(), 120))
    return shots


def _questions(context: Context) -> Sitting:
    return AssessApp(run._Host(context, context.open(Purpose.ANSWER), rounds.Wish()))  # noqa: SLF001


def _meeting(context: Context, language: str) -> Sitting:
    questionnaire = context.open().questionnaire
    assert questionnaire is not None
    screened_meeting.write(Path(), questionnaire, language)
    repository = context.open()
    newest = repository.newest
    assert newest is not None
    return MeetApp(meet._Host(context, repository, newest, plain=False))  # noqa: SLF001


async def _alone(pilot: Pilot[None], shoot: Shoot, language: str) -> None:
    """Ada answers for herself."""
    await pilot.press("enter", "enter", "down", "enter")
    await shoot("first-use")
    await pilot.press("enter", "6", "enter")
    await shoot("question")
    for level in "32314":
        await pilot.press(level, "enter")
    await pilot.press("2", "d", "n")
    pilot.app.post_message(events.Paste(NOTES[language]))
    await shoot("note")
    await pilot.press("escape", "e", *"docs/calendar.md", "enter", "j")
    await shoot("answered")
    await pilot.press("enter", "x")
    pilot.app.post_message(events.Paste(REASONS[language]))
    await shoot("reason")
    await pilot.press("enter", "enter", "?", "f1")
    await shoot("help")
    await pilot.press("escape", "o")
    await shoot("outline")
    await pilot.press("escape", "slash")
    pilot.app.post_message(events.Paste(SEARCHED[language]))
    await shoot("search")
    await pilot.press("escape", "ctrl+p")
    await shoot("palette")
    await pilot.press("escape", "r")
    await shoot("review")
    await _disturbed(pilot, shoot)
    await pilot.press("r", "f")
    await shoot("receipt")


async def _disturbed(pilot: Pilot[None], shoot: Shoot) -> None:
    """Something else writes into the file; then its folder is gone for a while."""
    await pilot.press("escape")
    sheet = Path("assessments/2026-Q4/answers/ada.yaml")
    here = sheet.read_text(encoding="utf-8")
    sheet.write_text(here.replace("start-without-permission: 3", "start-without-permission: 1"), encoding="utf-8")
    await pilot.press("b", "3")
    await pilot.pause(0.2)
    await shoot("conflict")
    await pilot.press("m")
    folder = sheet.parent
    aside = folder.with_name("aside")
    folder.rename(aside)
    folder.write_text("", encoding="utf-8")
    await pilot.press("2")
    await pilot.pause(0.2)
    await shoot("not-saved")
    await pilot.press("ctrl+q")
    await shoot("leaving-unsaved")
    folder.unlink()
    aside.rename(folder)
    await pilot.press("escape", "z")


async def _together(pilot: Pilot[None], shoot: Shoot, _language: str) -> None:
    """The team answers at one screen."""
    await pilot.press("enter", "enter", "enter")
    await pilot.pause()
    for level in "3231423?23":
        await pilot.press(level, "enter")
    await shoot("all-answered")
    await pilot.press("f")
    await shoot("result")


def _shot(app: Sitting) -> Shot:
    lines = (strip.text.rstrip() for strip in app.screen._compositor.render_strips())  # noqa: SLF001
    # Textual's export asks another host for a font (the picture must not), and takes every character for one cell
    svg = re.sub(r"@font-face \{.*?\}", "", app.export_screenshot(title="assess"), flags=re.DOTALL)
    svg = svg.replace("Fira Code", "DejaVu Sans Mono, Menlo, Consolas, Noto Sans Mono CJK SC, Noto Sans CJK SC")
    svg = re.sub(
        r'<text ([^>]*?)x="([\d.]+)"([^>]*?)textLength="[\d.]+"([^>]*)>([^<]*)</text>', _in_its_cells, svg
    )
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    return Shot("\n".join(lines) + "\n", re.sub(r"[ \t]+\n", "\n", svg))


def _in_its_cells(text: re.Match[str]) -> str:
    """A text with every piece in its own cells, however wide the reader's fonts draw Chinese beside Latin."""
    before, x, between, after, words = text.groups()
    place, drawn = float(x), []
    for wide, piece in groupby(html.unescape(words), key=lambda char: cell_len(char) > 1):
        plain = "".join(piece)
        width = len(plain) * CELL * (2 if wide else 1)
        where = f'{before}x="{place:g}"{between}textLength="{width:g}"{after}'
        drawn.append(f"<text {where}>{html.escape(plain).replace(chr(0xA0), '&#160;')}</text>")
        place += width
    return "".join(drawn)


def made(part: Part, shots: Mapping[str, Shot]) -> dict[Path, str]:
    """What comes of one tour, by the file that holds it."""
    return {
        place: shots[name].svg if place.suffix == ".svg" else shots[name].text for name, place in _places(part)
    }


def places(part: Part) -> set[Path]:
    """The files that come of one tour."""
    return {place for _name, place in _places(part)}


def _places(part: Part) -> Iterator[tuple[str, Path]]:
    columns, rows = part.size
    if part.plain:
        yield from ((name, TEXTS / f"{name}.{columns}x{rows}.{part.language}.txt") for name in SCENES)
    for name in part.drawn:
        yield name, PICTURES / ".".join([name, *part.marks, "svg"])


def main() -> None:
    """Write them all, and take away what is no screen any more."""
    for folder in (PICTURES, TEXTS):
        folder.mkdir(parents=True, exist_ok=True)
        for path in set(folder.iterdir()) - {place for part in PARTS for place in places(part)}:
            path.unlink()
    for part in PARTS:
        for path, text in made(part, tour(part)).items():
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
