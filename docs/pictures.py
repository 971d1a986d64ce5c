"""Make the pictures of README and docs anew: `python docs/pictures.py`. Needs the test extra and Chromium."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import screens
from playwright.sync_api import sync_playwright

PICTURES = Path(__file__).parent / "pictures"


def photograph(reports: Mapping[str, Path]) -> None:
    """The first screen of each report, taken in Chromium; the one in English carries no tag in its name."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1100, "height": 900})
        for language, report in reports.items():
            page.goto(report.as_uri())
            page.screenshot(path=PICTURES / ("report.png" if language == "en" else f"report.{language}.png"))
        browser.close()


def main() -> None:
    """Draw the screens of the terminal, and the report in every language."""
    screens.main()
    assess = str(Path(sys.executable).parent / "assess")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        reports = {}
        for language in screens.LANGUAGES:
            words = ["demo", f"{language}/demo", "--today", screens.TODAY, "--lang", language]
            subprocess.run([assess, *words], cwd=folder, check=True)
            reports[language] = next((folder / language / "demo").rglob("report.html"))
        photograph(reports)


if __name__ == "__main__":
    main()
