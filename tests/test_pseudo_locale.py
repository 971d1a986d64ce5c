"""In a made-up language everything a person reads is translated, and nothing is cut."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import TODAY
from pseudo import CLOSE, OPEN, TAG, cited, cut, make_folder, untranslated

from assess.core.questionnaire import Questionnaire
from assess.files import builtin, languages
from assess.files.load import load

Read = Callable[..., str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_folder(tmp_path_factory.mktemp("pseudo"))


@pytest.fixture
def read(folder: Path, tmp_path: Path) -> Read:
    """Run a command in the made-up language and give all that it prints."""
    place = tmp_path / "here"
    shutil.copytree(folder, place)

    def run(*words: str, stdin: str = "", code: int = 0, today: str = TODAY) -> str:
        start = f"from assess import cli, i18n; i18n.LOCALE = {str(folder.parent / 'locale')!r}; import sys; "
        done = subprocess.run(
            [sys.executable, "-c", start + "sys.exit(cli.main())", *words, "--lang", TAG, "--today", today],
            cwd=place,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | {"COLUMNS": "80"},
        )
        assert done.returncode == code, done.stderr
        return done.stdout + done.stderr

    return run


IDS = ("shipping-practices", "chatgpt-2023", "codex-2025")


VERBS = ("run", "meet", "report", "score", "diff", "check", "validate", "schema", "demo")


@pytest.mark.parametrize("verb", ["", *VERBS])
def test_help_is_translated(read: Read, verb: str) -> None:
    told = read(*([verb] if verb else []), "--help")

    flags = re.sub(r"--?[A-Za-z][a-z-]*|\{[a-z,]+\}|\bassess\b", "", told)
    assert untranslated(flags, *VERBS, "ID", "PATH", "R", "N", "json", "alice") == []
    assert told.count(OPEN) == told.count(CLOSE)


def test_plain_mode_is_translated_from_the_first_question_to_the_receipt(read: Read) -> None:
    lines = "payments\n\n2\nada\n6\nh\n3\nn Xx\ne docs/a.md\nd\nb\n9\nx\n\nx Xx\n?\n" + "s\n" * 8 + "y\nq\n"

    told = read("run", "--plain", stdin=lines)

    assert untranslated(told, "Xx", f"assess --lang {TAG} --plain", *cited()) == []
    assert not cut(told)


def test_a_meeting_line_by_line_is_translated_from_the_reveal_to_the_summary(read: Read) -> None:
    for name, levels in (("ada", "0210?21032"), ("ben", "4123?12301")):
        read("run", "--plain", "--pulse", "--as", name, "--team", "payments", stdin="\n".join(levels) + "\n")
    lines = "y\n2\nd Xx\ng 9\ng 3 Xx\na Xx\nXx\nsoon\n3\nw Xx\nn Xx\nx Xx\nl\nzz\nh\n" + "\n" * 12

    told = read("meet", "--plain", stdin=lines)

    assert untranslated(told, "Xx", "zz", "ada", "ben", "Markdown", "git", "add", *IDS, *cited()) == []
    assert not cut(told)


def test_the_result_and_the_receipt_are_translated(read: Read) -> None:
    told = read("run", "--plain", "--pulse", "--as", "ada", "--team", "payments", stdin="3\n" * 10)
    scored = read("score")

    assert untranslated(told, "git", "add", f"assess meet --lang {TAG}") == []
    assert untranslated(scored, *IDS, "chatgpt", "codex") == []
    assert not cut(told)


def test_findings_and_usage_errors_are_translated(read: Read, tmp_path: Path) -> None:
    read("run", "--plain", "--pulse", "--as", "ada", "--team", "payments", stdin="3\n" * 5)
    wrong_round = read("score", "--round", "nope", code=2)
    sheet = next((tmp_path / "here").rglob("ada.yaml"))
    sheet.write_text(sheet.read_text().replace("asked: pulse", "asked: pulsar"))

    for told in (wrong_round, read("check", code=3), read("validate", code=3)):
        assert untranslated(told, "pulse", "pulsar", "full", "nope", "2026-Q4") == []
        assert not cut(told)


def test_the_schemas_are_translated(read: Read) -> None:
    listed, written = read("schema"), read("schema", "--write", ".schema")
    kinds = re.findall(r"^([a-z]+) ", listed, re.MULTILINE)

    assert untranslated(listed, *kinds, "assess", "score", "format", "json") == []
    assert untranslated(written, "yaml", "language", "server", "schema", "schemas", "VS", "assess") == []
    assert not cut(listed + written)


def test_everything_a_schema_tells_is_translated(read: Read) -> None:
    told = []
    for kind in ("answers", "config", "questionnaire", "result", "round"):
        schema = json.loads(read("schema", kind))
        told += [text for texts in tellings(schema) for text in texts]

    assert len(told) > 500
    titles = languages.baselines_beside(builtin.questionnaires()["shipping-practices"])
    assert [text for text in told if OPEN not in text and text not in {b.title for b in titles}] == []


def tellings(part: Any) -> Iterator[list[str]]:
    """All that a schema says to people."""
    if isinstance(part, list):
        for item in part:
            yield from tellings(item)
    elif isinstance(part, dict):
        for key in ("description", "markdownDescription", "errorMessage", "patternErrorMessage"):
            if isinstance(part.get(key), str):
                yield [part[key]]
        yield part.get("enumDescriptions", [])
        for value in part.values():
            yield from tellings(value)


def test_the_report_as_markdown_is_translated(read: Read) -> None:
    people, sealed = (("ada", "0210?21032"), ("ben", "4123?12301")), ""
    for round_, day in (("2026-Q3", "2026-08-03"), ("2026-Q4", "2026-11-02")):
        for name, levels in people:
            lines = "\n".join(levels if round_ == "2026-Q3" else levels[::-1]) + "\n"
            words = ("run", "--plain", "--pulse", "--as", name, "--team", "payments", "--round", round_)
            read(*words, stdin=lines, today=day)
        sealed = read("report", "--format", "markdown")
        read("meet", "--plain", "--round", round_, stdin="y\n2\nd Xx\ng 3 Xx\na Xx\n\n\nw Xx\nq\n", today=day)
    told = read("report", "--format", "markdown")
    refused = read("report", "--format", "markdown", "--open", code=2)

    assert (told.count("| ") > 60, sealed.count("| ")) == (True, 0)
    data = [*IDS, "Xx", "assess", "report", "meet", "format", "markdown", "open", "HTML", "Markdown"]
    for page in (told, sealed, refused):
        assert untranslated(page, *data) == []
    assert not cut(told.replace("…", ""))


def test_the_report_is_translated(read: Read, tmp_path: Path) -> None:
    for name, levels in (("ada", "3210321032"), ("ben", "0123?12301")):
        read("run", "--plain", "--pulse", "--as", name, "--team", "payments", stdin="\n".join(levels) + "\n")
    round_yaml = next((tmp_path / "here").rglob("round.yaml"))
    round_yaml.write_text(round_yaml.read_text().replace("state: open", "state: closed"))
    page = read("report", "-o", "-")

    data = [*IDS, "interview", "article", "post", "news"]
    for baseline in languages.baselines_beside(builtin.questionnaires()["shipping-practices"]):
        data += [text for s in baseline.sources for text in (s.title, s.author, s.date)]
    asked = load(builtin.questionnaires()["shipping-practices"], Questionnaire).value
    assert asked is not None
    data += [r for p in asked.practices.values() if p.evidence is not None for r in p.evidence.references]
    visible = re.sub(r"<(style|script)\b.*?</\1>", "", page, flags=re.DOTALL)
    labels = " ".join(re.findall(r'(?:aria-label|title|alt|placeholder)="([^"]*)"', visible))
    words = html.unescape(labels + re.sub(r"<[^>]+>", " ", visible))
    assert untranslated(re.sub(r"https?://\S+|mailto:\S+", "", words), *data) == []
    assert not cut(words)
