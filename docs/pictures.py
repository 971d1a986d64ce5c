"""Make the pictures of README and docs anew: `python docs/pictures.py`. Needs the test extra and Chromium."""

from __future__ import annotations

import asyncio
import html
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace

from playwright.sync_api import sync_playwright
from rich.cells import cell_len

from assess import i18n, opening, rounds
from assess.files.languages import Tongue
from assess.files.repository import open_repository
from assess.tui.app import AssessApp

PICTURES = Path(__file__).parent / "pictures"
TODAY = "2026-11-23"
NOW = datetime.fromisoformat(f"{TODAY}T14:03")
CELL = 12.2
"""Width of a cell in the units of Textual's export."""
NOTES = {
    "en": "We moved stand-up off Thursdays in May.",
    "zh-Hans": "五月起，站会不再放在周四。",
    "zh-Hant": "五月起，站立會議不再放在星期四。",
}
"""A note in each language that has pictures of its own."""


def terminal(folder: Path, language: str) -> str:
    """The question screen of a person who has just answered, as SVG."""
    repository = open_repository(folder, tongue=Tongue(flag=language))
    i18n.use(repository.language)
    wish = rounds.Wish(respondent="ada", team="payments", asked="pulse")
    plan = rounds.plan(repository, wish, date.fromisoformat(TODAY))
    host = SimpleNamespace(
        plan=plan,
        questionnaire=repository.questionnaire,
        clean=str,
        about=lambda _practice: (),
        start=lambda setup: opening.start(repository, plan, setup, lambda: NOW),
    )
    app = AssessApp(host)  # type: ignore[arg-type]
    app.begin(rounds.Setup(team="payments", asked="pulse", respondent="ada"))

    async def shot() -> str:
        async with app.run_test(size=(80, 24)) as pilot:
            for level in "3231332":
                await pilot.press(level, "enter")
            await pilot.press("2", "j")
            assert app.session is not None
            app.session.note(NOTES[language])
            app.session.evidence(("docs/calendar.md",))
            app.session.flush()
            app.screen.again()  # type: ignore[attr-defined]
            await pilot.pause()
            return app.export_screenshot(title="assess")

    drawn = asyncio.run(shot())
    # Textual's export asks another host for a font (the picture must not), and takes every character for one cell
    plain = re.sub(r"@font-face \{.*?\}", "", drawn, flags=re.DOTALL)
    plain = plain.replace("Fira Code", "DejaVu Sans Mono, Noto Sans Mono CJK SC, Noto Sans CJK SC")
    return re.sub(r'textLength="[\d.]+"([^>]*)>([^<]*)<', _as_wide_as_its_cells, plain)


def _as_wide_as_its_cells(text: re.Match[str]) -> str:
    cells = cell_len(html.unescape(text[2]).replace("\xa0", " "))
    return f'textLength="{cells * CELL:g}"{text[1]}>{text[2]}<'


def photograph(questions: Mapping[str, str], reports: Mapping[str, Path]) -> None:
    """The pictures, taken in Chromium; those in English carry no tag in their name."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1100, "height": 800})
        for language, svg in questions.items():
            page.set_content(f"<body style='margin:0' lang={language}>{svg}</body>")
            page.locator("svg").screenshot(path=_place("terminal", language))
        page.set_viewport_size({"width": 1100, "height": 900})
        for language, report in reports.items():
            page.goto(report.as_uri())
            page.screenshot(path=_place("report", language))
        browser.close()


def _place(what: str, language: str) -> str:
    return str(PICTURES / (f"{what}.png" if language == "en" else f"{what}.{language}.png"))


def main() -> None:
    """Draw the terminal and the report in every language."""
    assess = [str(Path(sys.executable).parent / "assess")]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        questions, reports = {}, {}
        for language in NOTES:
            place = folder / language / "payments"
            place.mkdir(parents=True)
            questions[language] = terminal(place, language)
            words = ["demo", f"{language}/demo", "--today", TODAY, "--lang", language]
            subprocess.run([*assess, *words], cwd=folder, check=True)
            reports[language] = next((folder / language / "demo").rglob("report.html"))
        photograph(questions, reports)


if __name__ == "__main__":
    main()
