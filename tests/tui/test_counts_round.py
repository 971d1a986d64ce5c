"""The first screen of a round that keeps sheets out of git, and a question whose sheet git would see."""

from __future__ import annotations

import subprocess
from pathlib import Path

from sitting import QUESTIONS, Host, keys, sheet, shown, sit
from textual.pilot import Pilot

SENSITIVE = QUESTIONS.replace("        title: Agendas\n", "        title: Agendas\n        sensitive: true\n")
IGNORE = "/2026-Q4/answers/\n"


def folder(root: Path) -> Path:
    (root / "q").mkdir()
    (root / "q" / "questionnaire.yaml").write_text(SENSITIVE)
    return root


def test_the_first_screen_counts_the_sensitive_question_and_offers_no_sheet_of_the_team(tmp_path: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        screen = shown(pilot)
        assert "Full: 3 questions" in screen
        assert "Just me" in screen
        assert "The team together" not in screen
        await pilot.press("enter", "down", "enter", "enter", "enter", "enter", "1")

    sit(Host(folder(tmp_path), counts=True), drive)

    assert sheet(tmp_path).asked == "full"
    assert (tmp_path / "assessments/.gitignore").read_text().endswith(IGNORE)


def test_without_the_flag_the_sensitive_question_is_not_counted(tmp_path: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        screen = shown(pilot)
        assert "Full: 3 questions" not in screen
        assert "The team together" in screen

    sit(Host(folder(tmp_path)), drive)


def test_a_sheet_that_git_would_see_is_not_saved_and_the_screen_says_what_to_do(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    host = Host(folder(tmp_path), counts=True, respondent="ada", team="t", expected=6, asked="full")
    sit(host, keys("1"))
    assert sheet(tmp_path).answers["quiet-days"].answer == 1
    ignore = tmp_path / "assessments/.gitignore"
    ignore.write_text(ignore.read_text() + "!answers/\n")

    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press("1", "j")
        screen = shown(pilot)
        assert "NOT SAVED: git would see the sheets of this round" in screen
        assert "no rule after it may take it back" in screen
        ignore.write_text(IGNORE)
        await pilot.press("0", "ctrl+q")

    host.plan = Host(tmp_path, respondent="ada").plan
    sit(host, drive)

    assert sheet(tmp_path).answers["agendas"].answer == 0
