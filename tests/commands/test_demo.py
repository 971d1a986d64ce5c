"""`assess demo`: a complete, believable team, dated relative to today, that passes its own checks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Run


def test_the_demo_passes_check_without_a_warning(assess: Run) -> None:
    made = assess("demo")
    checked = assess("-C", "assess-demo", "check")

    assert (made.returncode, checked.returncode) == (0, 0)
    assert checked.stdout == ""


@pytest.mark.parametrize(
    "today", ["2026-01-01", "2026-03-31", "2026-06-30", "2026-09-30", "2027-12-31", "2028-02-29"]
)
def test_the_demo_is_fresh_on_any_day(assess: Run, today: str) -> None:
    assess("demo", "--today", today)

    done = assess("-C", "assess-demo", "check", "--today", today)

    assert (done.returncode, done.stdout) == (0, "")


def test_the_demo_shows_what_makes_teams_talk(assess: Run) -> None:
    assess("demo", "team")

    result = json.loads(assess("-C", "team", "score", "--format", "json").stdout)

    practices = {p["id"]: p for p in result["practices"]}
    assert result["respondents"] == 6
    assert sum(p["dont_know"] for p in practices.values()) == 1
    assert sum(p["not_applicable"] for p in practices.values()) == 1
    assert practices["no-meeting-days"]["counts"] == [2, 1, 0, 1, 2]
    assert practices["no-meeting-days"]["goal"] == 2.0


def test_the_demo_has_two_rounds_and_a_team_sheet_with_goals_and_actions(assess: Run, tmp_path: Path) -> None:
    assess("demo", "team")

    rounds = sorted(path.name for path in (tmp_path / "team" / "assessments").iterdir() if path.is_dir())
    sheet = (tmp_path / "team" / "assessments" / rounds[-1] / "team.yaml").read_text(encoding="utf-8")

    assert rounds == ["2026-Q3", "2026-Q4"]
    assert sheet.count("goal:") == 2
    assert sheet.count("  - id: a") == 3


def test_the_same_day_gives_the_same_bytes(assess: Run, tmp_path: Path) -> None:
    assess("demo", "one")
    assess("demo", "two")

    def content(name: str) -> dict[str, bytes]:
        base = tmp_path / name
        return {p.relative_to(base).as_posix(): p.read_bytes() for p in base.rglob("*") if p.is_file()}

    assert content("one") == content("two")


def test_a_folder_with_something_in_it_is_left_alone(assess: Run, tmp_path: Path) -> None:
    (tmp_path / "team").mkdir()
    (tmp_path / "team" / "mine.txt").write_text("mine")

    done = assess("demo", "team")

    assert done.returncode == 2
    assert [path.name for path in (tmp_path / "team").iterdir()] == ["mine.txt"]
