"""The whole job once, as a team does it: answer in a real terminal, be cut off, go on, read the report."""

from __future__ import annotations

import json
import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Run
from playwright.sync_api import ElementHandle, Page, Request, sync_playwright
from terminal import Terminal

NOTE = "我们周三不开会，但支持团队“总是”例外——真的！（见日历）"


@pytest.fixture
def terminal(command: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    folder = tmp_path_factory.mktemp("tmux")
    with Terminal(folder / "s", f"SOURCE_DATE_EPOCH=1795392000 {command}", tmp_path) as window:
        yield window


def again(command: str, folder: Path, socket: Path) -> Terminal:
    return Terminal(socket, f"SOURCE_DATE_EPOCH=1795392000 {command} run --together", folder)


def sheet(folder: Path) -> str:
    path = folder / "assessments" / "2026-Q4" / "team.yaml"
    return path.read_text(encoding="utf-8") if path.exists() else ""


@pytest.mark.terminal
@pytest.mark.browser
def test_a_team_does_the_whole_job_and_loses_no_word(
    terminal: Terminal, command: str, assess: Run, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    # first use, in an empty folder: three things on one screen, the defaults are good
    terminal.wait_for("The team's name", "Pulse: 10 questions", "Full: 48 questions", "Who is answering?")
    terminal.keys("Enter", "Enter", "Enter")
    terminal.wait_for("All disciplines in one team")

    # four answers, then a note in Chinese, half typed when the line drops
    for level in ("3", "2", "3", "1"):
        terminal.keys(level, "Enter")
    terminal.wait_for("Small, early, frequent releases", "4 of 10")
    terminal.keys("2", "n")
    terminal.type(NOTE)
    terminal.wait_for(NOTE[:12])
    os.kill(terminal.child(), signal.SIGHUP)
    terminal.wait_for("exit code: 129")
    assert terminal.flags() == {"alternate_on": False, "mouse_any_flag": False, "cursor_flag": True}
    assert NOTE in sheet(tmp_path)

    # resume at the first unanswered question, answer the rest, finish
    with again(command, tmp_path, tmp_path_factory.mktemp("tmux") / "s") as resumed:
        resumed.wait_for("Buy the ordinary", "5 of 10")
        for level in ("3", "2", "1", "2"):
            resumed.keys(level, "Enter")
        resumed.wait_for("Intense, not long")
        resumed.keys("2", "Enter")
        resumed.wait_for("Finish", "Saved")
        finish(resumed)
        resumed.wait_for("What the team said together")
        resumed.keys("C-q")
        resumed.wait_for("exit code: 0", "git add assessments/2026-Q4/team.yaml")

    # the YAML holds every keystroke
    text = sheet(tmp_path)
    assert text.count(f"      {NOTE}\n") == 1
    assert [int(n) for n in re.findall(r"(?:: |answer: )(\d)$", text, re.MULTILINE)] == [
        3,
        2,
        3,
        1,
        2,
        3,
        2,
        1,
        2,
        2,
    ]
    assert "state: closed" in (tmp_path / "assessments/2026-Q4/round.yaml").read_text()
    assert assess("check").returncode == 0

    # the report opens with the network cut, asks for nothing, and shows the numbers that `score` prints
    result = json.loads(assess("score", "--format", "json").stdout)
    shown = read_report(tmp_path / "assessments/2026-Q4/report.html")
    assert shown.requests == []
    assert shown.complaints == []
    assert shown.levels == {p["id"]: p["mean"] for p in result["practices"]}
    assert shown.embedded == result
    assert shown.note_count == 1


def finish(terminal: Terminal) -> None:
    """From the review to the end: the row that finishes."""
    terminal.keys("f")


def first_number(row: ElementHandle) -> str:
    """The first number cell of a row: the team's mean level, as a reader sees it."""
    cell = row.query_selector("td:not(.chart)")
    assert cell is not None
    return cell.inner_text()


class Shown:
    """What a browser made of a report."""

    def __init__(self, page: Page, requests: list[str], complaints: list[str]) -> None:
        self.requests = requests
        self.complaints = complaints
        rows = page.query_selector_all("tr[data-practice]")
        self.levels = {row.get_attribute("data-practice"): float(first_number(row)) for row in rows}
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        self.note_count = page.locator(f"text={NOTE}").count()
        self.embedded = json.loads(page.locator("#assess-result").text_content() or "")


def read_report(path: Path) -> Shown:
    """Open a report in Chromium with the network cut; note every request and every complaint of the console."""
    requests: list[str] = []
    complaints: list[str] = []

    def noted(request: Request) -> None:
        if request.url != path.as_uri():
            requests.append(request.url)

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        context = browser.new_context(offline=True)
        page = context.new_page()
        page.on("request", noted)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path.as_uri())
        shown = Shown(page, requests, complaints)
        browser.close()
    return shown
