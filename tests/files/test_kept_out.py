"""Sheets that stay out of git: the rule is written beside what people wrote, and only git itself is believed."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from conftest import TODAY, Run

from assess.files import kept_out

ROUND = """\
format: assess.round/1
round: 2026-Q4
team: payments
state: open
privacy: counts
asked: pulse
questionnaire: {id: shipping-practices, version: "1.0.0"}
"""
SHEET = "assessments/2026-Q4/answers/ada.yaml"
RULE = "/2026-Q4/answers/\n"
START = ("--plain", "--pulse", "--counts", "--as", "ada", "--team", "payments")


def git(folder: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q")
    return tmp_path


def put(folder: Path, path: str, text: str) -> Path:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text, encoding="utf-8")
    return folder / path


# the rule


def test_a_round_of_counts_begins_with_a_rule_that_git_follows(assess: Run, repository: Path) -> None:
    done = assess(*START, stdin="3\nq\n")

    assert done.returncode == 0, done.stderr
    assert "Saved: 1 of 10 answered" in done.stdout
    assert (repository / "assessments/.gitignore").read_text().endswith(RULE)
    git(repository, "add", "-A")
    assert git(repository, "ls-files").split() == ["assessments/.gitignore", "assessments/2026-Q4/round.yaml"]
    assert "privacy: counts\n" in (repository / "assessments/2026-Q4/round.yaml").read_text()


@pytest.mark.parametrize(
    "there", [b"", b"# ours\nbuild/", b"# \xff no text of ours\r\n", "# 我们的规则\n*.log\n".encode()]
)
def test_what_people_wrote_there_stays_to_the_last_byte(tmp_path: Path, there: bytes) -> None:
    (tmp_path / ".gitignore").write_bytes(there)

    kept_out.write_rules(tmp_path, ["2026-Q4"])
    kept_out.write_rules(tmp_path, ["2026-Q4"])

    written = (tmp_path / ".gitignore").read_bytes()
    assert written.startswith(there)
    assert written.removeprefix(there).lstrip(b"\n") == RULE.encode()


def test_a_rule_that_is_gone_is_written_again_with_the_next_answer(assess: Run, repository: Path) -> None:
    assess(*START, stdin="3\nq\n")
    (repository / "assessments/.gitignore").write_text("*.log\n")

    assess("--plain", "--as", "ada", stdin="2\nq\n")

    assert (repository / "assessments/.gitignore").read_text() == "*.log\n" + RULE


def test_a_name_with_signs_that_git_reads_is_escaped() -> None:
    assert kept_out.rule("a*[b]?") == "/a\\*\\[b\\]\\?/answers/"


# git is asked


@pytest.mark.parametrize("later", ["!/2026-Q4/answers/\n", "!answers/\n", "!/2026-Q4/answers\n", "!**/answers/\n"])
def test_a_rule_that_a_later_one_takes_back_lets_nothing_be_saved(
    assess: Run, repository: Path, later: str
) -> None:
    put(repository, "assessments/.gitignore", RULE + later)

    done = assess(*START, stdin="3\nq\n")

    assert done.returncode == 4
    assert "NOT SAVED: git would see the sheets of this round" in done.stdout
    assert not (repository / SHEET).exists()


def test_a_rule_in_a_folder_below_may_take_it_back_too(assess: Run, repository: Path) -> None:
    assess(*START, stdin="3\nq\n")
    put(repository, "assessments/2026-Q4/.gitignore", "!answers/\n")

    done = assess("--plain", "--as", "ben", stdin="3\nq\n")

    assert done.returncode == 4
    assert not (repository / SHEET).with_name("ben.yaml").exists()


def test_a_sheet_that_git_tracks_already_lets_nothing_be_saved(assess: Run, repository: Path) -> None:
    assess(*START, stdin="3\nq\n")
    before = (repository / SHEET).read_bytes()
    git(repository, "add", "--force", SHEET)

    done = assess("--plain", "--as", "ben", stdin="3\nq\n")

    assert done.returncode == 4
    assert f"git rm --cached {SHEET}" in done.stdout
    assert not (repository / SHEET).with_name("ben.yaml").exists()
    assert (repository / SHEET).read_bytes() == before


def test_a_git_that_cannot_answer_lets_nothing_be_saved(assess: Run, tmp_path: Path) -> None:
    put(tmp_path, ".git", "gitdir: nowhere\n")

    done = assess(*START, stdin="3\nq\n")

    assert done.returncode == 4
    assert "NOT SAVED: git cannot say" in done.stdout
    assert not (tmp_path / SHEET).exists()


def test_outside_git_there_is_nobody_to_ask(assess: Run, tmp_path: Path) -> None:
    done = assess(*START, stdin="3\nq\n")

    assert done.returncode == 0
    assert (tmp_path / SHEET).exists()


def test_a_team_in_a_folder_of_a_larger_repository_is_kept_out_too(assess: Run, repository: Path) -> None:
    team = repository / "teams/payments"
    team.mkdir(parents=True)

    done = assess(*START, stdin="3\nq\n", cwd=team)

    assert done.returncode == 0
    git(repository, "add", "-A")
    assert "answers" not in git(repository, "ls-files")


def test_what_a_hook_sets_does_not_lead_git_elsewhere(
    assess: Run, repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other")
    git(other, "init", "-q")
    put(repository, "assessments/.gitignore", RULE + "!answers/\n")

    done = assess(*START, stdin="3\nq\n", env={"GIT_DIR": str(other / ".git"), "GIT_LITERAL_PATHSPECS": "1"})

    assert "git would see the sheets" in done.stdout


# validate and check


def test_a_tracked_sheet_is_an_error_at_its_file(assess: Run, repository: Path) -> None:
    assess(*START, stdin="3\nq\n")
    git(repository, "add", "--force", SHEET)

    for command in ("check", "validate"):
        done = assess(command)
        assert done.returncode == 3
        assert done.stdout.startswith(f"{SHEET}: error: git tracks this sheet")
        assert "[counts-tracked]" in done.stdout


def test_sheets_that_git_would_see_are_an_error_at_the_line_that_keeps_them_out(
    assess: Run, repository: Path
) -> None:
    put(repository, "assessments/2026-Q4/round.yaml", ROUND)

    done = assess("validate")

    assert done.returncode == 3
    assert done.stdout.startswith("assessments/2026-Q4/round.yaml:5:10: error: git would see the sheets")
    assert "[counts-not-ignored]" in done.stdout
    put(repository, "assessments/.gitignore", RULE)
    assert assess("validate").returncode == 0


def test_a_git_that_cannot_answer_is_a_warning(assess: Run, tmp_path: Path) -> None:
    put(tmp_path, "assessments/2026-Q4/round.yaml", ROUND)
    put(tmp_path, ".git", "gitdir: nowhere\n")

    done = assess("validate")

    assert done.returncode == 0
    assert "[counts-git-silent]" in done.stdout


def _counting_git(folder: Path) -> dict[str, str]:
    """A git that keeps a list of what it was asked."""
    script = put(folder, "bin/git", f'#!/bin/sh\necho "$@" >> "{folder}/asked"\nPATH=$REAL exec git "$@"\n')
    script.chmod(0o755)
    return {"script": str(script.parent), "asked": str(folder / "asked")}


def test_git_is_asked_once_for_all_rounds_and_not_at_all_without_such_a_round(
    assess: Run, repository: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = _counting_git(tmp_path_factory.mktemp("git"))
    path = os.environ["PATH"]
    env = {"REAL": path, "PATH": f"{places['script']}:{path}"}
    for name in ("2026-Q2", "2026-Q3", "2026-Q4"):
        put(repository, f"assessments/{name}/round.yaml", ROUND.replace("2026-Q4", name))
        kept_out.write_rules(repository / "assessments", [name])

    assert assess("validate", env=env).returncode == 0
    asked = Path(places["asked"]).read_text().splitlines()
    assert [line for line in asked if "ls-files" in line or "check-ignore" in line] == asked
    assert len(asked) == 2
    Path(places["asked"]).unlink()
    for name in ("2026-Q2", "2026-Q3", "2026-Q4"):
        put(repository, f"assessments/{name}/round.yaml", ROUND.replace("2026-Q4", name).replace("counts", "open"))
    assert assess("validate", env=env).returncode == 0
    assert not Path(places["asked"]).exists()


# starting


def test_a_round_of_counts_asks_the_sensitive_question_too(assess: Run) -> None:
    assert "full: 48 questions" in assess("--plain", "--as", "a", "--team", "t", stdin="").stdout
    assert "full: 49 questions" in assess("--plain", "--counts", "--as", "a", "--team", "t", stdin="").stdout
    assert "Question 1 of 49" in assess(*START[:1], "--full", *START[2:], stdin="").stdout


def test_the_team_cannot_answer_together_where_sheets_stay_out_of_git(assess: Run, tmp_path: Path) -> None:
    done = assess("--plain", "--pulse", "--counts", "--together", "--team", "t", stdin="3\nq\n")

    assert done.returncode == 2
    assert "everybody answers alone" in done.stderr
    assert not (tmp_path / "assessments").exists()
    assess(*START, stdin="3\nq\n")
    assert assess("--plain", "--together", stdin="3\nq\n").returncode == 2
    asked = assess("--plain", "--counts", "--round", "next", "--pulse", "--team", "t", stdin="").stdout
    assert "just me" in asked
    assert "the team together" not in asked


def test_a_flag_that_the_open_round_does_not_keep_is_refused(assess: Run) -> None:
    assess("--plain", "--pulse", "--as", "ada", "--team", "t", stdin="3\nq\n")

    done = assess(*START, stdin="3\nq\n")

    assert done.returncode == 2
    assert "keeps everybody's sheet in git" in done.stderr
    assert "[round-privacy]" in done.stderr


def test_later_starts_need_no_flag(assess: Run) -> None:
    assess(*START, stdin="3\nq\n")

    assert assess("--plain", "--as", "ben", stdin="3\nq\n").returncode == 0
    assert assess("--plain", "--counts", "--as", "ben", stdin="3\nq\n").returncode == 0


def test_the_receipt_says_who_gets_the_sheet_and_sees_it_and_never_adds_it_to_git(
    assess: Run, repository: Path
) -> None:
    done = assess(*START, "--expected", "6", stdin="3\n" * 10)

    ending = done.stdout.split("Your answers, ada")[1]
    assert f"Give this file to whoever collects them: {SHEET}" in ending
    assert "Whoever collects sees all of it, your name too." in ending
    assert "git add assessments/2026-Q4/round.yaml assessments/.gitignore" in ending
    assert f"git add {SHEET}" not in ending
    assert "have answered" not in ending
    assert TODAY in (repository / SHEET).read_text()


def test_the_way_back_to_a_round_that_was_not_begun_keeps_the_flag(assess: Run) -> None:
    assert "--counts" in assess(*START, stdin="q\n").stdout.splitlines()[-1]
