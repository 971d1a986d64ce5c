"""`assess diff`: what moved between two rounds, folders, sheets and commits, for a person and for a machine."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from markdown_it import MarkdownIt

HEAD = 'questionnaire: {{id: shipping-practices, version: "1.0.0"}}\nteam: {team}\nround: {round}\nasked: pulse\n'
THEN = {"ada": (3, 2), "ben": (2, 1), "cy": (3, 2), "dora": (2, 2)}
NOW = {"ada": (1, 3), "ben": (1, 3), "cy": (2, 4), "zoe": (0, 4)}
PRACTICES = ("no-meeting-days", "small-frequent-releases")


def put(
    folder: Path,
    round_: str,
    day: str,
    people: dict[str, tuple[int, int]],
    *,
    state: str = "closed",
    team: str = "payments",
    settled: str = "",
) -> None:
    """A round in which everybody answered two questions; `settled` is what the team sheet says."""
    base = folder / "assessments" / round_
    (base / "answers").mkdir(parents=True, exist_ok=True)
    head = HEAD.format(team=json.dumps(team), round=round_)
    (base / "round.yaml").write_text(f"format: assess.round/1\n{head}state: {state}\nexpected: 6\n")
    for name, levels in people.items():
        given = "".join(f"  {p}: {level}\n" for p, level in zip(PRACTICES, levels, strict=True))
        text = f"format: assess.answers/1\n{head}respondent: {name}\nanswered: {day}\nanswers:\n{given}"
        (base / "answers" / f"{name}.yaml").write_text(text)
    if settled:
        text = f"format: assess.answers/1\n{head}respondent: team\nanswered: {day}\nanswers:\n{settled}"
        (base / "team.yaml").write_text(text)


def git(folder: Path, *words: str) -> str:
    return subprocess.run(
        ["git", "-C", folder, *words], check=True, capture_output=True, text=True, timeout=60
    ).stdout


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """Two rounds: four people, then one left, one joined, and the meeting days went down with a reason."""
    folder = tmp_path / "team"
    folder.mkdir()
    put(folder, "2026-Q3", "2026-08-03", THEN)
    reason = "  no-meeting-days:\n    answer: 1\n    reason: Two launches in one month.\n"
    put(folder, "2026-Q4", "2026-11-02", NOW, settled=reason)
    return folder


def test_the_last_two_rounds_are_told_in_words(assess: Run, team: Path) -> None:
    done = assess("diff", cwd=team)

    assert (done.returncode, done.stderr) == (0, "")
    words = " ".join(done.stdout.split())
    assert done.stdout.startswith("payments · 2026-Q3 → 2026-Q4\n")
    assert "people: 4 then, 4 now (3 answered both times, 1 joined, 1 left)" in words
    assert "Improved: Small, early, frequent releases 44 → 88 +44 level 2 → 3 3 up" in words
    assert "Worse: No-meeting days 62 → 25 −37 level 2 → 1 3 down reason: Two launches in one month." in words
    assert "All together 53 → 56 +3 no visible change" in words
    assert "Those who were there both times 54 → 58 +4 no visible change" in words
    assert all(name not in done.stdout for name in ("ada", "ben", "zoe"))


def test_json_tells_the_same_with_its_numbers(assess: Run, team: Path) -> None:
    found: dict[str, Any] = json.loads(assess("diff", "--format", "json", cwd=team).stdout)

    assert found["format"] == "assess.diff/1"
    assert found["respondents"] == {"before": 4, "after": 4, "both": 3, "joined": 1, "left": 1}
    releases, days = found["practices"]
    assert (releases["id"], releases["difference"], releases["verdict"]) == (
        "small-frequent-releases", 43.75, "changed",
    )  # fmt: skip
    assert (days["up"], days["down"], days["median"]) == (0, 3, {"before": 2, "after": 1})
    assert days["reason"] == "Two launches in one month."
    assert days["detectable"] == 15.5
    assert {out["why"] for out in found["not_compared"]} == {"not-scored"}


def test_either_side_may_be_named_and_the_other_is_the_newest(assess: Run, team: Path) -> None:
    assert assess("diff", "2026-Q3", cwd=team).stdout == assess("diff", "2026-Q3", "2026-Q4", cwd=team).stdout
    turned = assess("diff", "2026-Q4", "2026-Q3", cwd=team).stdout
    assert "2026-Q4 → 2026-Q3" in turned
    assert "Improved:\n    No-meeting days" in turned


def test_a_commit_is_read_without_touching_the_work_tree(assess: Run, team: Path) -> None:
    git(team, "init", "-q")
    git(team, "add", "-A")
    git(team, "commit", "-qm", "Both rounds")
    put(team, "2026-Q4", "2026-11-03", dict.fromkeys(NOW, (4, 4)))
    before = git(team, "status", "--porcelain")

    same = assess("diff", "HEAD", "2026-Q4", cwd=team).stdout
    older = assess("diff", "HEAD:2026-Q3", "HEAD", cwd=team).stdout

    assert "payments · 2026-Q4 (HEAD) → 2026-Q4\n" in same
    assert "No-meeting days 25 → 100 +75 level 1 → 4 4 up" in " ".join(same.split())
    assert "2026-Q3 (HEAD) → 2026-Q4 (HEAD)" in older
    assert "No-meeting days 62 → 25 −37" in " ".join(older.split())
    assert git(team, "status", "--porcelain") == before


def test_a_team_below_the_top_of_its_repository_is_found_in_the_past_too(assess: Run, tmp_path: Path) -> None:
    folder = tmp_path / "products" / "小队 one"
    folder.mkdir(parents=True)
    put(folder, "2026-Q3", "2026-08-03", THEN)
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "One round")
    put(folder, "2026-Q4", "2026-11-02", NOW)

    done = assess("diff", "HEAD", cwd=folder)

    assert "2026-Q3 (HEAD) → 2026-Q4" in done.stdout, done.stderr


def test_folders_and_sheets_can_be_compared(assess: Run, team: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    put(other, "2026-Q2", "2026-05-03", {"ada": (4, 4), "ben": (4, 4)}, team="other")
    sheets = [f"assessments/{round_}/answers/ada.yaml" for round_ in ("2026-Q3", "2026-Q4")]

    assert "2026-Q2 → 2026-Q4" in assess("diff", "../other", cwd=team).stdout
    assert "2026-Q3 → 2026-Q4" in assess("diff", "assessments/2026-Q3", "2026-Q4", cwd=team).stdout
    alone = " ".join(assess("diff", *sheets, cwd=team).stdout.split())
    assert "2026-Q3 (ada.yaml) → 2026-Q4 (ada.yaml) people: 1 then, 1 now (1 answered both times)" in alone
    assert "No-meeting days 75 → 25 −50" in alone


@pytest.mark.parametrize("sides", [(), ("2026-Q4", "2026-Q3")], ids=["last", "turned"])
@pytest.mark.parametrize("format_", ["text", "markdown", "json"])
def test_a_sealed_round_is_compared_with_nothing(
    assess: Run, team: Path, format_: str, sides: tuple[str, ...]
) -> None:
    put(team, "2026-Q4", "2026-11-02", NOW, state="open")

    done = assess("diff", *sides, "--format", format_, cwd=team)

    assert done.returncode == 0
    if format_ == "json":
        told = json.loads(done.stdout)
        assert (told["before"], told["after"]) == (sides or ("2026-Q3", "2026-Q4"))
        assert (told["sealed"], told["round"], told["respondents"], told["expected"]) == (True, "2026-Q4", 4, 6)
    else:
        assert "2026-Q4 · 4 of 6 have answered" in done.stdout
    assert all(word not in done.stdout for word in ("No-meeting", "no-meeting", "changed", "difference"))


def test_markdown_says_the_same_in_tables_that_a_reader_of_markdown_finds(assess: Run, team: Path) -> None:
    told = assess("diff", "--format", "markdown", cwd=team).stdout

    page = MarkdownIt("gfm-like", {"linkify": False}).render(told)
    assert "<h2>payments · 2026-Q3 → 2026-Q4</h2>" in page
    assert page.count("<table>") == 3
    assert "<h3>Worse</h3>" in page
    assert "<td>Two launches in one month.</td>" in page


HOSTILE = "|<script>alert(1)</script> [x](javascript:y) `c` @all www.evil.org https://evil.org &lt; *b*"


def test_nothing_in_a_file_steers_markdown(assess: Run, team: Path) -> None:
    reason = f"  no-meeting-days:\n    answer: 1\n    reason: {json.dumps('# ' + HOSTILE)}\n"
    put(team, "2026-Q4", "2026-11-02", NOW, settled=reason, team=HOSTILE)
    put(team, "2026-Q3", "2026-08-03", THEN, team=HOSTILE)

    told = assess("diff", "--format", "markdown", cwd=team).stdout

    page = MarkdownIt("gfm-like", {"linkify": True}).render(told)
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt; [x](javascript:y) `c` @\u200ball www.evil.org") == 2
    assert all(made not in page for made in ("<script", "<a ", "<code", "<em", "<h1"))
    assert page.count("<table>") == 3


def test_nothing_in_a_sealed_round_steers_markdown_either(assess: Run, team: Path) -> None:
    put(team, "2026-Q3", "2026-08-03", THEN, team=HOSTILE)

    settled = "  no-meeting-days:\n    answer: 1\n"
    put(team, "2026-Q4", "2026-11-02", NOW, state="open", team=HOSTILE, settled=settled)
    told = assess("diff", "--format", "markdown", cwd=team).stdout

    page = MarkdownIt("gfm-like", {"linkify": True}).render(told)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; [x](javascript:y) `c` @\u200ball" in page
    assert all(made not in page for made in ("<script", "<a ", "<code", "<em", "<h1"))


@pytest.mark.parametrize(
    ("sides", "code", "said"),
    [
        (("2026-Q5",), 2, "“2026-Q5” is no round here, no file, no folder and no commit"),
        (("--", "-x"), 2, "“-x” is no round here"),
        (("a", "b", "c"), 2, "two sides can be compared, not 3"),
        (("..",), 2, "no folder of a team"),
        (("assessments/2026-Q3/round.yaml",), 3, "assess.answers/1"),
        (("2026-Q3", "2026-Q1"), 4, "cannot be compared: one was answered together, the other by each alone"),
    ],
)
def test_what_cannot_be_compared_is_told_with_its_code(
    assess: Run, team: Path, sides: tuple[str, ...], code: int, said: str
) -> None:
    put(team, "2026-Q1", "2026-02-02", {}, settled="  no-meeting-days: 2\n")

    done = assess("diff", *sides, cwd=team)

    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr


def test_one_round_is_nothing_to_compare_yet(assess: Run, tmp_path: Path) -> None:
    put(tmp_path, "2026-Q4", "2026-11-02", NOW)

    done = assess("diff")

    assert done.returncode == 4
    assert "it takes two rounds" in done.stderr
    (tmp_path / "assessments/2026-Q4/answers/ada.yaml").write_text("format: assess.answers/1\n")
    assert assess("diff").returncode == 3
