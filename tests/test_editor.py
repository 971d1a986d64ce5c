"""What a person meets in an editor: a real language server for YAML, with what `assess schema` writes."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import SHEET
from language_server import CURSOR, LanguageServer

pytestmark = [pytest.mark.editor, pytest.mark.xdist_group("editor")]

HEAD = SHEET.partition("  no-meeting-days")[0]
ADA = "assessments/2026-Q4/answers/ada.yaml"
QUESTION = "In the last four weeks, which weekdays were free of team meetings for most members"
CHINESE = ["--lang", "zh-Hans"]
LOWEST, THIRD = "None, not even half a day.", "At least one full day, in at least three weeks."


@pytest.fixture(scope="module")
def folder(command: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with schemas in English and in Chinese."""
    made = tmp_path_factory.mktemp("team")
    (made / ADA).parent.mkdir(parents=True)
    (made / ADA).write_text(SHEET)
    for arguments in (
        ["--write", ".schema"],
        ["--write", ".zh", *CHINESE],
        ["--write", "for 100% 中文", *CHINESE],
    ):
        done = subprocess.run(
            [command, "schema", *arguments], cwd=made, capture_output=True, check=True, text=True, encoding="utf-8"
        )
        (made / f"{arguments[1]}.said").write_text(done.stderr, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def editor(folder: Path) -> Iterator[LanguageServer]:
    """Connected as the lines for VS Code say."""
    said = (folder / ".schema.said").read_text(encoding="utf-8")
    lines = said.partition(".vscode/settings.json:\n")[2]
    with LanguageServer(folder, json.loads("{" + lines + "}")["yaml.schemas"]) as server:
        yield server


def test_an_empty_sheet_offers_every_practice_with_its_question(editor: LanguageServer) -> None:
    offered = editor.completions(ADA, f"{HEAD}  {CURSOR}\n")

    assert len(offered) == 49
    assert next(iter(offered)) == "one-team-all-disciplines"
    assert QUESTION in offered["no-meeting-days"]
    assert f"**0** {LOWEST}" in offered["no-meeting-days"]


def test_what_is_answered_is_not_offered_again(editor: LanguageServer) -> None:
    offered = editor.completions(ADA, f"{SHEET}  {CURSOR}\n")

    assert len(offered) == 48
    assert "no-meeting-days" not in offered


@pytest.mark.parametrize("place", [" ", "\n    answer: "])
def test_an_answer_offers_its_levels_with_what_each_means(editor: LanguageServer, place: str) -> None:
    offered = editor.completions(ADA, f"{HEAD}  no-meeting-days:{place}{CURSOR}\n")

    assert list(offered)[:7] == ["0", "1", "2", "3", "4", "dont-know", "not-applicable"]
    assert offered["0"] == LOWEST
    assert offered["3"] == THIRD


def test_the_long_form_offers_its_keys_with_what_each_is_for(editor: LanguageServer) -> None:
    offered = editor.completions(ADA, f"{HEAD}  no-meeting-days:\n    {CURSOR}\n")

    assert list(offered) == ["answer", "note", "evidence", "reason", "discuss", "dissent", "goal"]
    assert offered["note"] == "Anything worth adding, in your own words."


@pytest.mark.parametrize(
    "line",
    [
        f"no-meet{CURSOR}ing-days: 3",
        f"no-meeting-days: {CURSOR}3",
        f"no-meet{CURSOR}ing-days: {{answer: 3}}",
        f"no-meeting-days: {{ans{CURSOR}wer: 3}}",
    ],
)
def test_the_hover_is_the_questionnaire(editor: LanguageServer, line: str) -> None:
    shown = editor.hover(ADA, f"{HEAD}  {line}\n")

    assert shown.startswith("**No-meeting days**\n")
    assert QUESTION in shown
    assert shown.count(LOWEST) == shown.count(THIRD) == 1


WRONG = [
    ("no-meeting-days: 9", "9:20-9:21", "expected: a level from 0 to 4, dont-know or not-applicable"),
    ("no-meeting-days: yes", "9:20-9:23", "expected: a level from 0 to 4, dont-know or not-applicable"),
    ("no-meeting-days: {answer: 9}", "9:29-9:30", "Valid values: 0, 1, 2, 3, 4,"),
    ("no-meeting-day: 3", "9:3-9:17", "no-meeting-day is not allowed"),
    ("no-meeting-days: {anwser: 3}", "9:21-9:27", "anwser is not allowed"),
    ("no-meeting-days: {goal: {level: 2, reason: r}}", "9:27-9:48", "only the team sheet"),
]


@pytest.mark.parametrize(("line", "place", "says"), WRONG)
def test_what_is_wrong_is_underlined_where_it_stands(
    editor: LanguageServer, line: str, place: str, says: str
) -> None:
    marked = editor.underlined(ADA, f"{HEAD}  {line}\n")

    assert list(marked) == [place]
    assert says in marked[place]


def test_nothing_is_underlined_in_a_sheet_that_is_right(editor: LanguageServer) -> None:
    assert editor.underlined(ADA, SHEET) == {}


def test_a_wrong_name_and_a_wrong_date_are_told_in_words(editor: LanguageServer) -> None:
    marked = editor.underlined(ADA, SHEET.replace("respondent: ada", "respondent: a b").replace("-11-20", "-30"))

    assert marked["5:13-5:16"].startswith("expected: a name: letters, digits and - _ . only")
    assert any(text == "expected: a date such as 2026-11-02" for text in marked.values())


def test_the_configuration_offers_gates_and_practices(editor: LanguageServer) -> None:
    head = "format: assess.config/1\n"
    rules = editor.completions("assess.yaml", f"{head}rules:\n  {CURSOR}\n")
    waived = editor.completions("assess.yaml", f"{head}waivers:\n  - rule: stale\n    practice: {CURSOR}\n")

    assert rules["stale"] == "Whether the newest answers are young enough."
    assert waived["no-meeting-days"] == "No-meeting days"


def test_the_first_line_of_a_file_connects_it_and_goes_before_the_settings(
    editor: LanguageServer, folder: Path
) -> None:
    said = (folder / "for 100% 中文.said").read_text(encoding="utf-8")
    sheets, _, configuration, _ = re.findall(r"^ +(# yaml-language-server: \S+)$", said, re.MULTILINE)

    shown = editor.hover(ADA, f"{sheets}\n{HEAD}  no-meet{CURSOR}ing-days: 3\n")
    team = editor.hover("assess.yaml", f"{configuration}\nformat: assess.config/1\nte{CURSOR}am: payments\n")

    assert shown.startswith("**无会议日**")
    assert team.startswith("团队名称。")


@pytest.fixture(scope="module")
def chinese(folder: Path) -> Iterator[LanguageServer]:
    with LanguageServer(folder, {".zh/answers.schema.json": ["assessments/*/answers/*.yaml"]}) as server:
        yield server


def test_a_chinese_team_sees_its_questions_levels_and_mistakes_in_chinese(chinese: LanguageServer) -> None:
    offered = chinese.completions(ADA, f"{HEAD}  {CURSOR}\n")
    levels = chinese.completions(ADA, f"{HEAD}  no-meeting-days: {CURSOR}\n")
    shown = chinese.hover(ADA, f"{HEAD}  no-meet{CURSOR}ing-days: 3\n")
    note = chinese.hover(ADA, f"{HEAD}  no-meeting-days: {{no{CURSOR}te: x}}\n")
    marked = chinese.underlined(ADA, f"{HEAD}  no-meeting-days: 9\n")

    assert offered["no-meeting-days"].startswith("**无会议日**")
    assert "天" in levels["3"]
    assert levels["3"] in shown
    assert note.startswith("值得补充的话，用你自己的话写。")
    assert marked == {"9:20-9:21": "应为：0 到 4 的等级、dont-know 或 not-applicable"}
