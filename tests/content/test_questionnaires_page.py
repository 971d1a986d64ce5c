"""docs/questionnaires.md, followed to the letter: files are written, commands run, their output compared."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest
from conftest import ROOT, TODAY
from shipped import ALL

from assess.core.questionnaire import Questionnaire
from assess.files.load import load

PAGE = ROOT / "docs" / "questionnaires.md"
FILE = re.compile(r"# ([\w./-]+\.yaml)(?:, (at its end|changed))?")


def blocks(page: str) -> Iterator[list[str]]:
    """The indented blocks of a page, without their indentation; a file or a command begins a new one."""
    block: list[str] = []
    for line in page.splitlines():
        text = line[4:]
        inside = line.startswith("    ") or (not line and bool(block))
        if block and (not inside or (not block[-1] and (text.startswith("$ ") or FILE.fullmatch(text)))):
            yield "\n".join(block).rstrip("\n").split("\n")
            block = []
        if line.startswith("    ") or (inside and block):
            block.append(text)


def write(lines: list[str], folder: Path) -> None:
    """Write a file, lengthen it, or change its lines as a difference says."""
    found = FILE.fullmatch(lines[0])
    assert found is not None, lines[0]
    path, how = folder / found[1], found[2]
    if how is None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return
    text = path.read_text(encoding="utf-8")
    if how == "at its end":
        text += "\n".join(lines[1:]) + "\n"
    else:
        for old, new in changes(lines[1:]):
            assert text.count(old) == 1, old
            text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def changes(lines: list[str]) -> Iterator[tuple[str, str]]:
    """What is taken away, and what stands there instead."""
    gone: list[str] = []
    for sign, group in groupby(lines, key=lambda line: line[0]):
        texts = [line[1:] for line in group]
        if sign == "-":
            assert not gone
            gone = texts
        else:
            assert sign == "+"
            yield "\n".join(gone), "\n".join(texts)
            gone = []
    if gone:
        yield "\n".join(gone) + "\n", ""


def sessions(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Commands, each with what is printed."""
    for part in ("\n".join(lines)).removeprefix("$ ").split("\n$ "):
        command, _end, output = part.partition("\n")
        yield command, output


@pytest.fixture
def done(command: str, tmp_path: Path) -> list[tuple[str, str, str]]:
    """The page, followed: each command with what the page says and what was printed, trailing blanks aside."""
    bin_ = str(Path(command).parent)
    environment = {**os.environ, "PATH": f"{bin_}:{os.environ['PATH']}", "SOURCE_DATE_EPOCH": "1795392000"}
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    followed = []
    for lines in blocks(PAGE.read_text(encoding="utf-8")):
        if not lines[0].startswith("$ "):
            write(lines, tmp_path)
            continue
        for line, said in sessions(lines):
            run = subprocess.run(
                ["bash", "-c", line], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
            )
            printed = "\n".join(text.rstrip() for text in (run.stdout + run.stderr).splitlines())
            followed.append((line, said, printed.strip("\n")))
    return followed


def test_everything_on_the_page_happens_as_it_says(done: list[tuple[str, str, str]], tmp_path: Path) -> None:
    assert TODAY == "2026-11-23"
    assert [printed for _line, _said, printed in done] == [said for _line, said, _printed in done]
    assert {line.split()[0] for line, _said, _printed in done} == {"assess", "git", "printf"}


def test_the_page_builds_the_built_in_one_with_fewer_words(
    done: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    text = (tmp_path / "reviews/questionnaire.yaml").read_text(encoding="utf-8")
    assert done
    value = load(tmp_path / "reviews/questionnaire.yaml", Questionnaire).value
    assert value is not None

    built_in = ALL["change-reviews"].questionnaire
    assert value.title == built_in.title
    assert {*value.practices, *value.retired} == {*built_in.practices, "praise"}
    assert all(p.title in text for p in built_in.practices.values() if p.id in value.practices)
