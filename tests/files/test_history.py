"""Practices that come and go between versions, as git remembers them: with real repositories."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run

from assess.core.questionnaire import Questionnaire
from assess.files.history import earlier_versions
from assess.files.load import load

HEAD = """\
format: assess.questionnaire/1
id: own
version: "{version}"
title: Own
language: en
{more}dimensions:
  - id: d
    title: D
    practices:
"""
PRACTICE = "      - {{id: {id}, {more}title: {id}, question: How often?, levels: [Never., Always.]}}\n"

Git = Callable[..., str]
Commit = Callable[[str], None]


def own(version: str, *ids: str, more: str = "", added: dict[str, str] | None = None) -> str:
    marks = {id_: f'added: "{version_}", ' for id_, version_ in (added or {}).items()}
    practices = "".join(PRACTICE.format(id=id_, more=marks.get(id_, "")) for id_ in ids)
    return HEAD.format(version=version, more=more) + practices


@pytest.fixture
def git(tmp_path: Path) -> Git:
    """A new repository in the folder of the test, and git to work in it."""

    def run(*words: str) -> str:
        done = subprocess.run(["git", *words], cwd=tmp_path, check=True, capture_output=True, text=True)
        return done.stdout

    run("init", "--quiet", "--initial-branch=main")
    return run


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "questionnaire.yaml"


@pytest.fixture
def commit(git: Git, path: Path) -> Commit:
    """Write the questionnaire and commit it."""

    def run(text: str) -> None:
        path.write_text(text, encoding="utf-8")
        git("add", "--all")
        git("commit", "--quiet", "--message", "change")

    return run


@pytest.fixture
def said(assess: Run, path: Path) -> Callable[..., list[str]]:
    """What `validate` finds in the questionnaire: place, kind and rule of each finding."""

    def run(file: Path | None = None, cwd: Path | None = None) -> list[str]:
        done = assess("validate", "--", str(file or path.name), cwd=cwd)
        assert done.returncode in {0, 3}, done.stderr
        found = re.findall(r":(\d+:\d+): (error|warning): .*\[([a-z-]+)\]$", done.stdout, re.MULTILINE)
        return [" ".join(parts) for parts in found]

    return run


Said = Callable[..., list[str]]


def remembered(path: Path) -> dict[str, tuple[str, ...]]:
    value = load(path, Questionnaire).value
    assert value is not None
    return earlier_versions(path, value)


def test_a_practice_gone_since_an_earlier_version_is_an_error_that_says_what_to_write(
    assess: Run, commit: Commit, path: Path
) -> None:
    commit(own("1.0", "early-review", "talks"))
    path.write_text(own("1.1", "early-reviews", added={"early-reviews": "1.1"}))

    done = assess("validate", path.name)

    assert done.returncode == 3
    assert done.stdout == (
        "questionnaire.yaml:6:1: error: “early-review” is gone, which version 1.0 asked [id-gone]\n"
        "    write “moved: {early-review: early-reviews}” if that practice carries on its answers, "
        "else “retired: {early-review: WHY}”\n"
        "questionnaire.yaml:6:1: error: “talks” is gone, which version 1.0 asked [id-gone]\n"
        "    write “moved: {talks: NEW-ID}” if that practice carries on its answers, "
        "else “retired: {talks: WHY}”\n"
    )


def test_what_moved_or_retired_is_not_gone(commit: Commit, path: Path, said: Said) -> None:
    commit(own("1.0", "a", "b", "c"))
    path.write_text(own("1.1", "a", "d", more="moved: {b: d}\nretired: {c: Nobody could tell.}\n"))

    assert said() == []


def test_a_practice_that_is_new_and_does_not_say_so_is_a_warning(assess: Run, commit: Commit, path: Path) -> None:
    commit(own("1.0", "a"))
    path.write_text(own("1.1", "a", "b", "c", added={"c": "1.1"}))

    done = assess("validate", path.name)

    assert done.returncode == 0
    assert done.stdout == (
        "questionnaire.yaml:11:14: warning: “b” is new since version 1.0 [added-missing]\n"
        '    write “added: "1.1"” with it\n'
    )


def test_within_a_version_practices_come_and_go(commit: Commit, path: Path, said: Said) -> None:
    commit(own("1.0", "a", "b"))
    commit(own("1.0", "a", "c"))
    path.write_text(own("1.0", "d"))
    assert said() == []

    path.write_text(own("2.0", "d"))
    assert said() == ["6:1 error id-gone", "6:1 error id-gone", "10:14 warning added-missing"]
    assert remembered(path) == {"1.0": ("a", "c")}


def test_every_earlier_version_counts_and_a_later_one_does_not(commit: Commit, path: Path) -> None:
    commit(own("1.9", "a", "b"))
    commit(own("1.10", "a", "c"))
    commit(own("3.0", "z"))
    commit(own("2.0", "a"))

    assert remembered(path) == {"1.10": ("a", "c"), "1.9": ("a", "b")}


def test_new_means_new_since_the_newest_earlier_version(commit: Commit, path: Path, said: Said) -> None:
    commit(own("1.9", "a"))
    commit(own("1.10", "a", "b"))
    path.write_text(own("1.11", "a", "b"))

    assert said() == []


def test_the_whole_folder_and_the_one_file_find_the_same(assess: Run, commit: Commit, tmp_path: Path) -> None:
    (tmp_path / "assess.yaml").write_text("format: assess.config/1\nquestionnaire: questionnaire.yaml\n")
    commit(own("1.0", "a", "b"))
    (tmp_path / "questionnaire.yaml").write_text(own("1.1", "a"))

    whole, one, folder = assess("validate"), assess("validate", "questionnaire.yaml"), assess("validate", ".")

    assert "[id-gone]" in one.stdout
    assert whole.stdout == one.stdout == folder.stdout
    assert "[id-gone]" in assess("check").stdout


def test_answering_does_not_look_back(assess: Run, commit: Commit, tmp_path: Path) -> None:
    (tmp_path / "assess.yaml").write_text("format: assess.config/1\nquestionnaire: questionnaire.yaml\n")
    commit(own("1.0", "a", "b"))
    (tmp_path / "questionnaire.yaml").write_text(own("1.1", "a"))

    assert assess("run", "--plain", "--as", "ada", "--team", "t", stdin="1\n").returncode == 0
    assert assess("score").returncode == 0


@pytest.mark.parametrize(
    "name", ["our questions.yaml", "问卷.yaml", "--version.yaml", ":0 [x]*.yaml", "a\nb.yaml", "'\".yaml"]
)
def test_any_name_is_followed(git: Git, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    (tmp_path / "a.yaml").write_text(own("0.9", "not", "ours"))
    path.write_text(own("1.0", "a", "b"))
    git("add", "--all")
    git("commit", "--quiet", "--message", "change")
    path.write_text(own("1.1", "a"))

    assert remembered(path) == {"1.0": ("a", "b")}


def test_a_file_that_was_renamed_is_followed(commit: Commit, git: Git, path: Path, tmp_path: Path) -> None:
    commit(own("1.0", "a", "b"))
    (tmp_path / "our").mkdir()
    git("mv", path.name, "our/questionnaire.yaml")
    git("commit", "--quiet", "--message", "move")
    moved = tmp_path / "our" / "questionnaire.yaml"
    moved.write_text(own("1.1", "a"))

    assert remembered(moved) == {"1.0": ("a", "b")}


def test_a_copy_of_another_questionnaire_does_not_carry_on_its_ids(commit: Commit, path: Path) -> None:
    commit(own("1.0", "a", "b"))
    commit(own("1.1", "c").replace("id: own", "id: ours"))

    assert remembered(path) == {}


def test_a_text_that_cannot_be_read_is_passed_over(commit: Commit, path: Path) -> None:
    commit(own("1.0", "a"))
    commit(own("1.0", "a", "b") + "<<<<<<< ours\n")
    commit("nothing: of ours\n")
    commit(own("1.1", "a"))

    assert remembered(path) == {"1.0": ("a",)}


def test_both_sides_of_a_merge_are_remembered(commit: Commit, git: Git, path: Path, tmp_path: Path) -> None:
    commit(own("1.0", "a"))
    git("switch", "--quiet", "--create", "side")
    commit(own("1.1", "a", "b"))
    git("switch", "--quiet", "main")
    (tmp_path / "other.txt").write_text("other\n")
    commit(own("1.0", "a"))
    git("merge", "--quiet", "--no-edit", "side")
    path.write_text(own("1.2", "a"))

    assert remembered(path) == {"1.1": ("a", "b"), "1.0": ("a",)}


def test_where_git_knows_nothing_nothing_is_found(git: Git, path: Path, said: Said, commit: Commit) -> None:
    path.write_text(own("1.0", "a", "b"))
    assert said() == []  # no commit at all

    (path.parent / ".gitignore").write_text("questionnaire.yaml\n")
    commit(own("1.0", "a", "b"))
    path.write_text(own("1.1", "a"))
    assert said() == []  # never tracked


def test_a_file_taken_out_of_git_has_no_history(commit: Commit, git: Git, path: Path) -> None:
    commit(own("1.0", "a", "b"))
    git("rm", "--quiet", "--cached", path.name)
    git("commit", "--quiet", "--message", "keep it here only")
    path.write_text(own("1.1", "a"))

    assert remembered(path) == {}


def test_without_a_repository_nothing_is_found(path: Path, said: Said) -> None:
    path.write_text(own("1.1", "a"))

    assert said() == []


def test_without_git_nothing_is_found(
    commit: Commit, path: Path, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(own("1.0", "a", "b"))
    path.write_text(own("1.1", "a"))
    monkeypatch.setenv("PATH", str(path.parent / "nowhere"))

    assert said() == []


def test_a_shallow_clone_says_what_it_knows_and_nothing_else(
    commit: Commit, path: Path, tmp_path_factory: pytest.TempPathFactory, said: Said
) -> None:
    commit(own("1.0", "a", "b"))
    commit(own("1.1", "a"))
    clone = tmp_path_factory.mktemp("shallow") / "clone"
    line = ["git", "clone", "--quiet", "--depth", "1", path.parent.as_uri(), str(clone)]
    subprocess.run(line, check=True, capture_output=True)

    assert said(cwd=clone) == []
    assert said() == ["6:1 error id-gone"]


def test_a_partial_clone_fetches_nothing(
    commit: Commit, git: Git, path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    commit(own("1.0", "a", "b"))
    commit(own("1.1", "a"))
    git("config", "uploadpack.allowFilter", "true")
    clone = tmp_path_factory.mktemp("partial") / "clone"
    line = ["git", "clone", "--quiet", "--filter=blob:none", path.parent.as_uri(), str(clone)]
    subprocess.run(line, check=True, capture_output=True)
    before = sorted(p.name for p in (clone / ".git").rglob("*.pack"))

    assert remembered(clone / path.name) == {}
    assert sorted(p.name for p in (clone / ".git").rglob("*.pack")) == before


def test_no_program_that_a_configuration_names_is_run(
    commit: Commit, git: Git, path: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    mark = tmp_path_factory.mktemp("mark") / "run"
    trap = mark.with_name("trap")
    trap.write_text(f'#!/bin/sh\necho "$0 $*" >> {mark}\ncat\n')
    trap.chmod(0o755)
    (tmp_path / ".gitattributes").write_text("*.yaml diff=trap filter=trap\n")
    commit(own("1.0", "a", "b"))
    commit(own("1.1", "a"))
    hooks = tmp_path / ".git" / "hooks"
    for name in ("post-index-change", "reference-transaction", "pre-commit"):
        shutil.copy(trap, hooks / name)
    for key, value in {
        "core.pager": trap, "pager.log": trap, "core.fsmonitor": trap, "diff.external": trap, "gpg.program": trap,
        "diff.trap.textconv": trap, "diff.trap.command": trap,
        "filter.trap.smudge": trap, "filter.trap.clean": trap,
        "log.showSignature": "true", "color.ui": "always", "format.pretty": "raw", "log.decorate": "full",
        "diff.renames": "false", "log.diffMerges": "off", "alias.log": f"!{trap}", "core.quotePath": "true",
    }.items():  # fmt: skip
        git("config", key, str(value))

    assert remembered(path) == {"1.0": ("a", "b")}
    assert not mark.exists()


def test_a_hook_of_another_repository_does_not_lead_astray(
    commit: Commit, path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    commit(own("1.0", "a", "b"))
    commit(own("1.1", "a"))
    monkeypatch.setenv("GIT_DIR", os.fspath(tmp_path_factory.mktemp("other")))
    monkeypatch.setenv("GIT_INDEX_FILE", "nowhere")

    assert remembered(path) == {"1.0": ("a", "b")}
