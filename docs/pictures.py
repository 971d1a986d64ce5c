"""Make the pictures of README anew: `python docs/pictures.py`. Needs the test extra and Chromium."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import tempfile
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace

from playwright.sync_api import sync_playwright

from assess import rounds
from assess.files.repository import open_repository
from assess.tui.app import AssessApp

PICTURES = Path(__file__).parent / "pictures"
TODAY = "2026-11-23"
NOW = datetime.fromisoformat(f"{TODAY}T14:03")


def terminal(folder: Path) -> str:
    """The question screen of a person who has just answered, as SVG."""
    repository = open_repository(folder)
    plan = rounds.plan(repository, rounds.Wish(respondent="ada", team="payments"), date.fromisoformat(TODAY))
    host = SimpleNamespace(
        plan=plan,
        questionnaire=repository.questionnaire,
        clean=str,
        start=lambda setup: rounds.start(repository, plan, setup, lambda: NOW),
    )
    app = AssessApp(host)  # type: ignore[arg-type]
    session = app.begin(rounds.Setup(team="payments", asked=plan.asked, respondent="ada"))
    assert session is not None

    async def shot() -> str:
        async with app.run_test(size=(80, 24)) as pilot:
            for key in (
                "3",
                "enter",
                "2",
                "enter",
                "3",
                "enter",
                "1",
                "enter",
                "3",
                "enter",
                "3",
                "enter",
                "2",
                "enter",
            ):
                await pilot.press(key)
            await pilot.press("2", "j")
            assert app.session is not None
            app.session.note("We moved stand-up off Thursdays in May.")
            app.session.evidence(("docs/calendar.md",))
            app.session.flush()
            app.screen.again()  # type: ignore[attr-defined]
            await pilot.pause()
            return app.export_screenshot(title="assess")

    drawn = asyncio.run(shot())
    # Textual's export asks another host for a font; the picture must not
    return re.sub(r"@font-face \{.*?\}", "", drawn, flags=re.DOTALL).replace("Fira Code", "DejaVu Sans Mono")


def photograph(svg: str, report: Path) -> None:
    """The two pictures, taken in Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1100, "height": 800})
        page.set_content(f"<body style='margin:0'>{svg}</body>")
        page.locator("svg").screenshot(path=str(PICTURES / "terminal.png"))
        page.set_viewport_size({"width": 1100, "height": 900})
        page.goto(report.as_uri())
        page.screenshot(path=str(PICTURES / "report.png"))
        browser.close()


def main() -> None:
    """Draw the terminal and the report."""
    assess = [str(Path(sys.executable).parent / "assess")]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "payments").mkdir()
        svg = terminal(folder / "payments")
        subprocess.run([*assess, "demo", "demo", "--today", TODAY], cwd=folder, check=True)
        photograph(svg, next((folder / "demo").rglob("report.html")))


if __name__ == "__main__":
    main()
