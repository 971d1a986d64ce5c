from __future__ import annotations

import os
from pathlib import Path

import pytest

from assess.core.answers import Sheet
from assess.core.config import Config
from assess.core.finding import Finding, Severity
from assess.core.message import message
from assess.files import yamldoc
from assess.files.load import KINDS, load, load_any, shown

SHEET = """\
format: assess.answers/1
questionnaire: {id: shipping-practices, version: "1.0.0"}
team: payments
round: 2026-Q4
respondent: alice
asked: full
answered: 2026-11-02
answers:
  no-meeting-days: 3
"""


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    path = tmp_path / "alice.yaml"
    path.write_text(SHEET, encoding="utf-8")
    return path


def said(path: Path, text: str | bytes) -> list[tuple[int, int, str]]:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return [(f.line, f.column, f.rule) for f in load_any(path).findings]


def test_a_valid_file_is_a_value_without_findings(sheet: Path) -> None:
    loaded = load(sheet, Sheet)

    assert loaded.findings == ()
    assert loaded.value is not None
    assert loaded.value.get("no-meeting-days").level == 3


def test_any_file_is_read_as_the_kind_it_says(sheet: Path) -> None:
    assert isinstance(load_any(sheet).value, Sheet)


def test_a_file_of_another_kind_is_not_ours_here(sheet: Path) -> None:
    loaded = load(sheet, Config)

    assert loaded.value is None
    assert [(f.line, f.column, f.rule) for f in loaded.findings] == [(1, 9, "not-ours")]
    assert str(loaded.findings[0].hint) == "expected: assess.config/1"


@pytest.mark.parametrize(
    "text",
    [
        "password: hunter2\n",
        "password: hunter2\npassword: hunter2\n",
        "- hunter2: &a\n",
        "hunter2",
        "!hunter2 x",
        "hunter2: [",
        '"hunter2',
    ],
)
@pytest.mark.parametrize("kind", [None, *KINDS])
def test_nothing_of_a_file_that_is_not_ours_is_quoted(tmp_path: Path, text: str, kind: str | None) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8")

    loaded = load_any(path) if kind is None else load(path, KINDS[kind])

    assert loaded.value is None
    assert loaded.findings
    assert not any("hunter2" in f"{f.message}{f.hint}" for f in loaded.findings)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"", (1, 1, "empty")),
        (b"\xef\xbb\xbf" + SHEET.encode(), (1, 1, "not-text")),
        (bytes(range(255, -1, -1)), (1, 1, "not-text")),
        (SHEET.encode() + b"# " + b"x" * 5_000_000, (1, 1, "too-large")),
        (SHEET.encode("utf-16"), (1, 1, "not-text")),
    ],
    ids=["empty", "bom", "binary", "5 MB", "utf-16"],
)
def test_what_cannot_carry_a_comment_is_refused_too(
    tmp_path: Path, raw: bytes, expected: tuple[int, int, str]
) -> None:
    assert said(tmp_path / "a.yaml", raw) == [expected]


def test_a_file_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    (finding,) = load(tmp_path / "none.yaml", Sheet).findings

    assert (finding.rule, finding.line) == ("unreadable", 0)
    assert finding.path.endswith("none.yaml")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert [f.rule for f in load_any(tmp_path).findings] == ["unreadable"]


def test_a_file_is_shown_as_people_see_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert shown(tmp_path / "a" / "b.yaml") == "a/b.yaml"
    assert shown(Path("a") / "b.yaml") == "a/b.yaml"
    assert shown(Path(os.sep) / "elsewhere" / "b.yaml") == "/elsewhere/b.yaml"


def test_a_refused_value_is_not_also_a_wrong_one(tmp_path: Path) -> None:
    text = SHEET.replace("no-meeting-days: 3", "no-meeting-days: *x")

    assert said(tmp_path / "a.yaml", text) == [(9, 20, "yaml-anchor")]


def test_a_list_with_a_wrong_item_is_not_also_too_short(tmp_path: Path) -> None:
    text = (
        'format: assess.questionnaire/1\nid: q\nversion: "1"\ntitle: T\nlanguage: en\ndimensions:\n'
        "  - {id: d, title: D, practices: [{id: a, title: A, question: Q, levels: [1, b]}]}\n"
    )

    assert said(tmp_path / "a.yaml", text) == [(7, 75, "wrong-value")]


def test_an_error_that_is_found_later_takes_the_value_away_and_a_warning_does_not(sheet: Path) -> None:
    loaded = load(sheet, Sheet)
    error = Finding("rule", message("x"), route=("answers", "no-meeting-days"))
    warning = Finding("rule", message("x"), Severity.WARNING, route=("team",))

    assert loaded.also([error]).value is None
    assert loaded.also([warning]).value == loaded.value
    assert [f.place.rpartition("/")[2] for f in loaded.also([error, warning]).findings] == [
        "alice.yaml:9:20",
        "alice.yaml:3:7",
    ]


def test_no_file_is_read_beyond_its_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yamldoc, "MAX_BYTES", 100)

    assert said(tmp_path / "a.yaml", "#" * 101) == [(1, 1, "too-large")]
    assert said(tmp_path / "a.yaml", "#" * 100) == [(1, 1, "empty")]
