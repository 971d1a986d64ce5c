"""The report before judges that are not ours: the Nu HTML checker, axe and Lighthouse."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import FOREIGN
from measured_team import LANGUAGES, TEAMS, report
from playwright.sync_api import Browser
from seen import CHROMIUM, LOOKS, browser, opened, serving

USUAL = "seven people, four rounds"
PAGES = [
    (USUAL, "en", None),
    (USUAL, "zh-Hans", 12),
    (USUAL, "zh-Hant", 12),
    *((name, "en", 12) for name in TEAMS if name != USUAL),
]
"""What axe looks at: all of it once, then few practices, for it judges what is there and not how often."""
BROKEN = (
    "<!doctype html><html lang=en><title>x</title><p style=color:#999>grey</p><input><dl><div><dt>x</div></dl>"
)
EXPLAINED = {
    # A data block (`application/json`) is never run, so no policy speaks of it and no browser complains: the
    # tests that open the page read the console.
    "Inline script violates Content Security Policy (meta tag)",
}
"""How the remarks of the HTML checker begin that stay, and why."""


@pytest.mark.java
@pytest.mark.foreign
def test_the_html_checker_finds_nothing_in_any_language(tmp_path: Path) -> None:
    (tmp_path / "broken.html").write_text(BROKEN, encoding="utf-8")
    for number, team in enumerate(TEAMS.values()):
        for language in LANGUAGES:
            (tmp_path / f"{number}.{language}.html").write_text(report(team, language), encoding="utf-8")
    checker = ["java", "-jar", str(FOREIGN / "vnu-jar/build/dist/vnu.jar"), "--stdout", "--format", "json"]

    done = subprocess.run(
        [*checker, str(tmp_path)], capture_output=True, text=True, encoding="utf-8", check=False, timeout=300
    )

    found = [(Path(m["url"]).name, m["message"]) for m in json.loads(done.stdout)["messages"]]
    explained = [name for name, message in found if message.startswith(tuple(EXPLAINED))]
    told = [(name, message) for name, message in found if not message.startswith(tuple(EXPLAINED))]
    assert told == [("broken.html", "Element “div” is missing a required instance of child element “dd”.")]
    assert len(explained) == len(TEAMS) * len(LANGUAGES), "a remark is explained that nobody makes any more"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.mark.browser
@pytest.mark.foreign
@pytest.mark.xdist_group("judges")
@pytest.mark.parametrize(("name", "language", "practices"), PAGES)
def test_axe_finds_nothing_in_any_look_with_everything_open(
    name: str, language: str, practices: int | None, chromium: Browser, tmp_path: Path
) -> None:
    page = report(replace(TEAMS[name], practices=practices), language)
    (tmp_path / "report.html").write_text(page, encoding="utf-8")

    seen = opened(chromium, tmp_path, "report.html")
    found = {look: seen.violations(look) for look in LOOKS}
    seen.page.context.close()

    assert found == {look: {} for look in LOOKS}
    assert (seen.asked, seen.said) == ([], [])


@pytest.mark.browser
@pytest.mark.foreign
@pytest.mark.xdist_group("judges")
def test_axe_finds_what_is_broken(chromium: Browser, tmp_path: Path) -> None:
    (tmp_path / "broken.html").write_text(BROKEN, encoding="utf-8")

    seen = opened(chromium, tmp_path, "broken.html")

    assert set(seen.violations("light")) == {"color-contrast", "label"}
    seen.page.context.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """The address of the folder."""
    with serving(tmp_path) as address:
        yield address


@pytest.mark.browser
@pytest.mark.foreign
def test_lighthouse_gives_full_marks(served: str, tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text(report(TEAMS[USUAL]), encoding="utf-8")
    given = tmp_path / "given.json"
    words = [
        str(FOREIGN / ".bin" / "lighthouse"), f"{served}/report.html", "--quiet", "--no-enable-error-reporting",
        "--only-categories=accessibility,best-practices", "--throttling-method=provided",
        "--chrome-flags=--headless=new --no-sandbox", "--output=json", f"--output-path={given}",
    ]  # fmt: skip

    environment = {**os.environ, "CHROME_PATH": CHROMIUM}
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=180, env=environment)

    assert done.returncode == 0, done.stderr
    judged = json.loads(given.read_text(encoding="utf-8"))
    failed = [a["title"] for a in judged["audits"].values() if a["score"] is not None and a["score"] < 1]
    scores = {name: category["score"] for name, category in judged["categories"].items()}
    assert scores == {"accessibility": 1, "best-practices": 1}, failed
