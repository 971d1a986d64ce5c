"""Two people answer one round on two branches of git, with real commands, and the branches come together."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run

ROUND = "assessments/2026-Q4/round.yaml"
DAY = "2026-11-02"
QUESTIONS = 10
"""What the short set asks."""
LEVELS = {"alice": 3, "bob": 2}
"""The level that each of them gives to every question."""

Git = Callable[..., str]
Answering = Callable[..., None]


@pytest.fixture
def git(tmp_path: Path) -> Git:
    """A new repository without one file in the folder of the test, and git to work in it."""

    def run(*words: str) -> str:
        done = subprocess.run(
            ["git", *words], cwd=tmp_path, check=True, capture_output=True, text=True, timeout=60
        )
        return done.stdout

    run("init", "--quiet", "--initial-branch=main")
    run("commit", "--allow-empty", "--message=start")
    return run


@pytest.fixture
def answer(assess: Run, git: Git) -> Answering:
    """Somebody answers the short set on a branch of their own, made from `main`, and commits all there is."""

    def run(name: str, *flags: str, today: str = DAY) -> None:
        git("switch", "--create", name, "main")
        words = ("run", "--plain", "--pulse", "--as", name, "--team", "payments", "--round", "2026-Q4")
        done = assess(*words, "--today", today, *flags, stdin=f"{LEVELS[name]}\n" * QUESTIONS)
        assert (done.returncode, done.stderr) == (0, "")
        git("add", "--all")
        git("commit", f"--message=answers of {name}")
        git("switch", "main")

    return run


def both_have_answered(assess: Run, folder: Path, who: str = "2 people") -> None:
    """After a merge: all is valid, both sheets are as they were written, and it is one round."""
    valid, scored = assess("validate"), assess("score")

    assert valid.returncode == 0, valid.stdout
    assert scored.returncode == 0, scored.stderr
    assert scored.stdout.startswith(f"payments · 2026-Q4 · {who} have answered\n")
    for name, level in LEVELS.items():
        sheet = (folder / f"assessments/2026-Q4/answers/{name}.yaml").read_text(encoding="utf-8")
        assert sheet.count(f": {level}\n") == QUESTIONS


@pytest.mark.parametrize("first", ["alice", "bob"])
@pytest.mark.parametrize(
    ("flags", "who"), [((), "2 people"), (("--expected", "4"), "2 of 4")], ids=["nobody said", "both said"]
)
@pytest.mark.parametrize("day", [DAY, "2027-01-18"], ids=["same day", "another day and quarter"])
def test_two_who_begin_a_round_apart_merge_without_a_conflict(
    assess: Run,
    git: Git,
    answer: Answering,
    tmp_path: Path,
    first: str,
    flags: tuple[str, ...],
    who: str,
    day: str,
) -> None:
    answer("alice", *flags)
    answer("bob", *flags, today=day)

    for branch in (first, *LEVELS.keys() - {first}):
        git("merge", "--no-edit", branch)

    both_have_answered(assess, tmp_path, who)
    assert git("status", "--porcelain") == ""


def test_they_merge_after_an_earlier_round_too(assess: Run, git: Git, answer: Answering, tmp_path: Path) -> None:
    together = ("--together", "--team", "payments", "--round", "2026-Q3", "--today", "2026-08-03")
    assert assess("run", "--plain", "--pulse", *together, stdin="1\n" * QUESTIONS).returncode == 0
    git("add", "--all")
    git("commit", "--message=2026-Q3")
    answer("alice")
    answer("bob", today="2026-11-05")

    git("merge", "--no-edit", "alice")
    git("merge", "--no-edit", "bob")

    both_have_answered(assess, tmp_path)
    assert "state: closed" in (tmp_path / "assessments/2026-Q3/round.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("flags", [("--expected", "6"), ()], ids=["another number", "no number"])
def test_who_expect_different_numbers_meet_in_one_line_and_lose_nothing(
    assess: Run, git: Git, answer: Answering, tmp_path: Path, flags: tuple[str, ...]
) -> None:
    answer("alice", "--expected", "4")
    answer("bob", *flags)
    git("merge", "--no-edit", "alice")

    with pytest.raises(subprocess.CalledProcessError):
        git("merge", "--no-edit", "bob")

    assert git("diff", "--name-only", "--diff-filter=U") == f"{ROUND}\n"
    told = assess("validate")
    assert told.returncode == 3
    assert f"{ROUND}:8:1: error: two versions of this file met in git" in told.stdout
    path = tmp_path / ROUND
    head, _mark, rest = path.read_text(encoding="utf-8").partition("<<<<<<< HEAD\n")
    assert rest.startswith("expected: 4\n=======\n")
    path.write_text(head + "expected: 4\n", encoding="utf-8")
    git("add", ROUND)
    git("commit", "--no-edit")
    both_have_answered(assess, tmp_path, "2 of 4")


def test_a_report_that_git_left_behind_is_no_round(
    assess: Run, git: Git, answer: Answering, tmp_path: Path
) -> None:
    answer("alice")  # back on main: the sheet is gone, the report that git ignores is not

    assert [path.name for path in (tmp_path / "assessments/2026-Q4").iterdir()] == ["report.html"]
    shown = assess("score")
    assert shown.returncode == 4
    assert "2026-Q4" not in shown.stdout + shown.stderr
    begun = assess("run", "--plain", "--pulse", "--as", "bob", "--team", "payments", "--today", DAY, stdin="2\n")
    assert "assessments/2026-Q4/answers/bob.yaml" in begun.stdout


def test_a_sheet_under_a_wrong_name_still_makes_a_round(assess: Run, tmp_path: Path) -> None:
    stray = tmp_path / "assessments/2026-Q4/answers/alice.yml"
    stray.parent.mkdir(parents=True)
    stray.write_text("", encoding="utf-8")

    assert "stray-file" in assess("validate").stdout
