"""`assess schema`: which kinds there are, one as text, all as files, and the lines that connect an editor."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, SHEET, Run

KINDS = ["answers", "baseline", "config", "counts", "keys", "questionnaire", "result", "round", "translation"]
OWN = """\
format: assess.questionnaire/1
id: tidy
version: "1.0.0"
title: How tidy we are
language: en
dimensions:
  - id: desk
    title: The desk
    practices:
      - id: clear-desk
        title: Clear desk
        question: On how many of the last five evenings was the desk clear?
        levels: [None., At least one., All five.]
"""


def written(folder: Path, kind: str = "answers") -> Any:
    return json.loads((folder / f"{kind}.schema.json").read_text(encoding="utf-8"))


def practices(schema: Any) -> list[str]:
    return list(schema["properties"]["answers"]["properties"])


def team(folder: Path, sheet: str = SHEET) -> Path:
    path = folder / "assessments" / "2026-Q4" / "answers" / "ada.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(sheet, encoding="utf-8")
    return path


def test_without_a_kind_it_lists_every_kind_in_one_line_each(assess: Run) -> None:
    done = assess("schema")

    assert done.returncode == 0
    assert [line.split()[0] for line in done.stdout.splitlines()] == KINDS
    assert "a sheet: what one person, or the team together, answered" in done.stdout


@pytest.mark.parametrize("kind", KINDS)
def test_with_a_kind_it_prints_one_schema_the_same_every_time(assess: Run, kind: str) -> None:
    first, second = assess("schema", kind), assess("schema", kind)

    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout == second.stdout
    assert first.stdout.endswith("}\n")
    assert json.loads(first.stdout)["$id"] == f"urn:assess:schema:{kind}:1"


def test_a_wrong_kind_is_wrong_usage_with_the_nearest_right_one(assess: Run) -> None:
    done = assess("schema", "anwsers")

    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no kind “anwsers”" in done.stderr
    assert "did you mean “answers”?" in done.stderr


def test_write_makes_a_file_for_each_kind_that_is_what_it_prints(assess: Run, tmp_path: Path) -> None:
    done = assess("schema", "--write", "deep/schemas")

    assert (done.returncode, done.stdout) == (0, "")
    found = sorted(path.name for path in (tmp_path / "deep/schemas").iterdir())
    assert found == [f"{kind}.schema.json" for kind in KINDS]
    text = (tmp_path / "deep/schemas/answers.schema.json").read_text(encoding="utf-8")
    assert text == assess("schema", "answers").stdout


def test_write_with_a_kind_writes_that_one_only(assess: Run, tmp_path: Path) -> None:
    assess("schema", "round", "--write", "s")

    assert [path.name for path in (tmp_path / "s").iterdir()] == ["round.schema.json"]


def test_a_folder_that_cannot_be_written_is_exit_4_and_says_why(assess: Run, tmp_path: Path) -> None:
    (tmp_path / "s").write_text("in the way")

    done = assess("schema", "--write", "s")

    assert done.returncode == 4
    assert "Cannot write to s: " in done.stderr
    assert (tmp_path / "s").read_text() == "in the way"


def test_an_invalid_questionnaire_is_exit_3_with_its_findings(assess: Run, tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(OWN.replace("levels: [None., At least one., All five.]", "levels: [None.]"))

    done = assess("schema", "answers", "--questionnaire", "own.yaml")

    assert (done.returncode, done.stdout) == (3, "")
    assert "own.yaml:13:17: error: expected at least 2 of them" in done.stderr


def test_a_sheet_that_is_wrong_is_not_in_the_way_of_the_help_it_needs(assess: Run, tmp_path: Path) -> None:
    team(tmp_path, SHEET.replace("no-meeting-days: 3", "no-meeting-days: 9"))

    done = assess("schema", "answers")

    assert (done.returncode, done.stderr) == (0, "")
    assert "no-meeting-days" in practices(json.loads(done.stdout))


def test_the_questionnaire_in_use_is_the_one_that_is_shown(assess: Run, tmp_path: Path) -> None:
    (tmp_path / "q").mkdir()
    (tmp_path / "q/questionnaire.yaml").write_text(OWN)
    (tmp_path / "assess.yaml").write_text("format: assess.config/1\nquestionnaire: q\n")

    assert practices(json.loads(assess("schema", "answers").stdout)) == ["clear-desk"]
    flag = assess("schema", "answers", "--questionnaire", "shipping-practices")
    assert len(practices(json.loads(flag.stdout))) == 49


@pytest.mark.parametrize(("tag", "word", "kind"), [("zh-Hans", "答卷", "sheet"), ("zh-Hant", "答卷", "sheet")])
def test_it_speaks_the_readers_language(assess: Run, tag: str, word: str, kind: str) -> None:
    listed = assess("schema", "--lang", tag).stdout
    printed = json.loads(assess("schema", "answers", "--lang", tag).stdout)

    assert word in listed
    assert kind not in listed
    assert word in printed["description"]
    english = [text for text in descriptions(printed) if not re.search("[\u4e00-\u9fff]", text)]
    assert english == []


def descriptions(part: Any) -> list[str]:
    if isinstance(part, list):
        return [text for item in part for text in descriptions(item)]
    if not isinstance(part, dict):
        return []
    own = [text for key in ("description", "markdownDescription") if isinstance(text := part.get(key), str)]
    return own + part.get("enumDescriptions", []) + [t for value in part.values() for t in descriptions(value)]


def test_who_translates_sees_the_original_whatever_language_is_spoken(assess: Run) -> None:
    printed = json.loads(assess("schema", "translation", "--lang", "zh-Hans").stdout)

    assert printed["properties"]["title"]["description"] == "How the team ships"


# the lines for an editor


def mapping(said: str) -> dict[str, list[str]]:
    """What stands behind “yaml.schemas” in the lines for VS Code."""
    found = json.loads("{" + said.partition(".vscode/settings.json:\n")[2] + "}")["yaml.schemas"]
    assert isinstance(found, dict)
    return found


def first_lines(said: str) -> list[tuple[str, str]]:
    """Which files get which first line: pattern of paths, and the way to the schema."""
    return re.findall(r"^ {4}(\S+)\n {8}# yaml-language-server: \$schema=(\S+)$", said, re.MULTILINE)


@pytest.mark.parametrize("folder", ["", "teams/payments"])
def test_the_first_line_of_a_file_leads_to_its_schema(assess: Run, tmp_path: Path, folder: str) -> None:
    (tmp_path / ".git").mkdir()
    place = tmp_path / folder
    team(place)
    (place / "assess.yaml").write_text("format: assess.config/1\n")
    (place / "assessments/2026-Q4/round.yaml").write_text(
        "format: assess.round/1\nround: 2026-Q4\nteam: payments\nstate: open\nasked: pulse\n"
        'questionnaire: {id: shipping-practices, version: "1.0.0"}\n'
    )

    said = assess("schema", "--write", ".schema", cwd=place).stderr

    lines = dict(first_lines(said))
    assert set(mapping(said)) == {
        "./" + (Path(folder) / f".schema/{k}.schema.json").as_posix() for k in ("answers", "config", "round")
    }
    for path in place.rglob("*.yaml"):
        pattern = next(p for p in lines if path.relative_to(tmp_path).match(p))
        kind = path.read_text().partition("assess.")[2].partition("/")[0]
        assert (path.parent / lines[pattern]).resolve() == place / f".schema/{kind}.schema.json"
    for schema, patterns in mapping(said).items():
        assert (tmp_path / schema).is_file()
        assert all(pattern in lines for pattern in patterns)


def test_a_questionnaire_of_ones_own_is_connected_too(assess: Run, tmp_path: Path) -> None:
    (tmp_path / "q").mkdir()
    (tmp_path / "q/questionnaire.yaml").write_text(OWN)

    said = assess("schema", "--write", "s", "--questionnaire", "q").stderr

    assert mapping(said)["./s/questionnaire.schema.json"] == ["q/questionnaire.yaml"]
    assert mapping(said)["./s/baseline.schema.json"] == ["q/baselines/*.yaml"]
    assert mapping(said)["./s/translation.schema.json"] == ["q/translations/*.yaml"]


def test_what_no_editor_edits_is_written_without_a_line(assess: Run) -> None:
    said = assess("schema", "result", "--write", "s").stderr

    assert said == "1 schema is in s.\n"


def test_the_built_in_questionnaire_copied_for_oneself_is_its_own_schemas_example(
    assess: Run, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "questionnaires/shipping-practices", tmp_path / "q")

    done = assess("schema", "--write", "s", "--questionnaire", "q")

    assert done.returncode == 0
    assert written(tmp_path / "s", "config")["properties"]["baselines"]["anyOf"][0]["items"]["enum"] == [
        "chatgpt-2023",
        "codex-2025",
    ]
