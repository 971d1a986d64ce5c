"""What is written is what is read, to the last character, in one canonical way, whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from any_sheet import ANSWERS, ANY_TEXT, NAMES, ORDERS, SHEETS, SOME_TEXT
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from assess.core.answers import EMPTY, Action, Answer, Goal, Sheet
from assess.core.questionnaire import QuestionnaireRef
from assess.core.round import Round
from assess.files import save, style, yamldoc
from assess.files.load import Loaded, value_of

LAW = settings(derandomize=True, deadline=None, max_examples=200, suppress_health_check=list(HealthCheck))
DAY = date(2026, 11, 2)
ORDER = ("one-team-all-disciplines", "no-meeting-days", "小组")


def back(text: str) -> Loaded[Sheet]:
    return value_of(Path("f.yaml"), yamldoc.read(text.encode(), "f.yaml"), Sheet)


def a_sheet(answers: dict[str, Answer] | None = None, **changes: Any) -> Sheet:
    reference = QuestionnaireRef(id="shipping-practices", version="1.0.0")
    whole = {
        "questionnaire": reference, "team": "payments", "round": "2026-Q4", "respondent": "alice",
        "asked": "full", "answered": DAY, "answers": answers or {},
    }  # fmt: skip
    return Sheet(**{**whole, **changes})


@given(SHEETS, ORDERS)
@LAW
def test_what_is_written_is_read_to_the_last_character(sheet: Sheet, order: list[str]) -> None:
    loaded = back(save.sheet_text(sheet, order))

    assert loaded.findings == ()
    assert loaded.value == sheet


@given(ANY_TEXT)
@example("a\n\n")
@example("a\n ")
@example("a\n\n  b\n   \n")
@example(" a")
@example("\n\na")
@example("# a\nb")
@example("a\u2028b\n")
@example("a\r\nb\r\n")
@example("a \n b \n")
@example("\u3000a\n\ta")
@LAW
def test_a_note_is_read_as_it_was_written(note: str) -> None:
    sheet = a_sheet({"a": Answer(answer=1, note=note, dissent=note), "b": Answer(answer=2)})

    assert back(save.sheet_text(sheet)).value == sheet


@given(SHEETS, ORDERS)
@LAW
def test_writing_what_was_read_gives_the_same_bytes(sheet: Sheet, order: list[str]) -> None:
    text = save.sheet_text(sheet, order)
    again = back(text).value

    assert again is not None
    assert save.sheet_text(again, order) == text


@given(SHEETS, ORDERS)
@LAW
def test_the_order_of_answering_leaves_no_trace(sheet: Sheet, order: list[str]) -> None:
    backwards = sheet.model_copy(update={"answers": dict(reversed(sheet.answers.items()))})

    assert save.sheet_text(backwards, order) == save.sheet_text(sheet, order)


@given(SHEETS.filter(lambda sheet: len(sheet.answers) > 1), ORDERS, ANSWERS, st.data())
@LAW
def test_a_changed_answer_changes_only_its_own_lines(
    sheet: Sheet, order: list[str], changed: Answer, data: st.DataObject
) -> None:
    practice = data.draw(st.sampled_from(sorted(sheet.answers)))

    def lines(answer: Answer) -> list[str]:
        return save.sheet_text(sheet.with_answer(practice, answer, DAY), order).split("\n")

    without, before, after = lines(EMPTY), lines(sheet.answers[practice]), lines(changed)

    own = before.index(next(line for line in before if line.startswith(f"  {style.scalar(practice)}:")))
    rest = len(without) - own
    assert before[:own] == after[:own] == without[:own]
    assert before[-rest:] == after[-rest:] == without[-rest:]


@given(
    st.builds(
        Round,
        round=NAMES,
        team=SOME_TEXT,
        state=st.sampled_from(["open", "closed"]),
        privacy=st.sampled_from(["open", "counts"]),
        asked=st.sampled_from(["pulse", "full"]),
        questionnaire=st.builds(QuestionnaireRef, id=NAMES, version=SOME_TEXT),
        expected=st.none() | st.integers(1, 10_000),
    )
)
@LAW
def test_a_round_is_read_as_it_was_written(round_: Round) -> None:
    document = yamldoc.read(save.round_text(round_).encode(), "round.yaml")

    assert value_of(Path("round.yaml"), document, Round).value == round_


@pytest.mark.parametrize("char", ["\x00", "\x07", "\x1b", "\x7f", "\x80", "\x9b", "\ufeff", "\ufffe", "\uffff"])
def test_a_control_character_is_refused_by_the_reader_and_not_lost_by_the_writer(char: str) -> None:
    text = save.sheet_text(a_sheet({"a": Answer(note=f"before{char}after\n")}))

    loaded = back(text)

    assert f"\\u{ord(char):04x}" in text
    assert char not in text
    assert [(f.rule, f.line, f.column) for f in loaded.findings] == [("not-text", 10, 11)]


@given(SHEETS)
@LAW
def test_a_written_file_has_only_plain_line_ends_and_one_at_its_end(sheet: Sheet) -> None:
    text = save.sheet_text(sheet)

    assert not set(text) & set("\r\x85\u2028\u2029")
    assert text.endswith("\n")


# one way to write it

EXAMPLE = """\
format: assess.answers/1
questionnaire: {id: shipping-practices, version: "1.0.0"}
team: payments
round: 2026-Q4
respondent: alice                        # `team` in team.yaml
asked: full                              # or pulse; one value per round
answered: 2026-11-02                     # last change
answers:
  one-team-all-disciplines:
    answer: 3                            # always a level, dont-know, or not-applicable
    note: |
      Design sits with us since May.
    evidence: ["docs/adr/0007.md", "https://example.org/x"]
    reason: ""                           # why not applicable; on the team sheet also why a drop is accepted
    discuss: true
  embedded-specialists: dont-know        # short form: the bare answer
"""
"""A sheet with everything a person can say, as docs/files.md shows it."""


def test_the_sheet_of_the_product_page_is_read() -> None:
    sheet = back(EXAMPLE).value

    assert sheet is not None
    assert sheet.get("one-team-all-disciplines") == Answer(
        answer=3,
        note="Design sits with us since May.\n",
        evidence=("docs/adr/0007.md", "https://example.org/x"),
        discuss=True,
    )
    assert sheet.get("embedded-specialists") == Answer(answer="dont-know")


def test_the_sheet_of_the_product_page_is_written_as_it_stands_there() -> None:
    sheet = back(EXAMPLE).value
    assert sheet is not None
    bare = [line.split("  #")[0].rstrip() for line in EXAMPLE.splitlines()]

    written = save.sheet_text(sheet, ORDER)

    assert written.splitlines() == [line for line in bare if line != '    reason: ""']


def test_the_team_sheet_has_its_own_keys() -> None:
    sheet = a_sheet(
        {
            "no-meeting-days": Answer(
                answer=2, reason="the launch", dissent="Bob: 3.\n", goal=Goal(level=4, reason="quiet")
            )
        },
        respondent="team",
        actions=(
            Action(
                id="a1", practice="no-meeting-days", text="Wednesdays: none", owner="alice", due=date(2026, 12, 1)
            ),
            Action(id="a2", text="Ask again", state="dropped", why="no"),
        ),
    )

    assert save.sheet_text(sheet).partition("answers:\n")[2] == (
        "  no-meeting-days:\n"
        "    answer: 2\n"
        '    reason: "the launch"\n'
        "    dissent: |\n"
        "      Bob: 3.\n"
        '    goal: {level: 4, reason: "quiet"}\n'
        "actions:\n"
        "  - id: a1\n"
        "    practice: no-meeting-days\n"
        '    text: "Wednesdays: none"\n'
        "    owner: alice\n"
        "    due: 2026-12-01\n"
        "  - id: a2\n"
        "    text: Ask again\n"
        "    state: dropped\n"
        "    why: no\n"
    )


def test_a_note_that_ends_in_blank_lines_is_quoted() -> None:
    """As a block it would also take the blank lines that somebody puts below it."""
    text = save.sheet_text(a_sheet({"a": Answer(note="one\n\n")}))

    assert text.endswith('answers:\n  a:\n    note: "one\\n\\n"\n')


def test_answers_stand_in_the_order_of_the_questionnaire_then_by_id() -> None:
    sheet = a_sheet(
        {pid: Answer(answer=1) for pid in ("z", "小组", "a", "no-meeting-days", "one-team-all-disciplines")}
    )

    lines = save.sheet_text(sheet, ORDER).partition("answers:\n")[2].splitlines()

    assert lines == [f"  {pid}: 1" for pid in (*ORDER, "a", "z")]


def test_nothing_answered_is_an_empty_mapping() -> None:
    assert save.sheet_text(a_sheet({"a": EMPTY})).endswith("\nanswers: {}\n")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("payments", "payments"), ("小明", "小明"), ("two words", "two words"), ("2026-Q4", "2026-Q4"),
        ("2026-11-02", "2026-11-02"), ("", '""'), (" a", '" a"'), ("a ", '"a "'), ("a: b", '"a: b"'),
        ("a #b", '"a #b"'), ("- a", '"- a"'),
        ("null", '"null"'), ("true", '"true"'), ("3", '"3"'), ("1.0", '"1.0"'), ("012", '"012"'),
        ("a\nb", '"a\\nb"'),
        ('say "x"', '"say \\"x\\""'),
        ("a\\b", '"a\\\\b"'), ("\u2028", '"\\u2028"'), (3, "3"), (True, "true"), (None, "null"),
        ("---", '"---"'),
        ("[a]", '"[a]"'), ("a, b", '"a, b"'), ("@a", '"@a"'), ("no", "no"), ("1:30", '"1:30"'),
    ],
)  # fmt: skip
def test_a_value_is_quoted_only_where_it_must_be(value: object, written: str) -> None:
    assert style.scalar(value) == written


# to disk


def test_a_file_is_written_with_the_folders_it_needs(tmp_path: Path) -> None:
    path = tmp_path / "assessments" / "2026-Q4" / "answers" / "小明.yaml"

    save.write(path, "日\n")

    assert path.read_bytes() == "日\n".encode()


def _failing(name: str) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise OSError(28, f"no space left ({name})")

    return fail


@pytest.mark.parametrize(
    ("owner", "name"), [(os, "replace"), (os, "fsync"), (os, "chmod"), (save.tempfile, "mkstemp")]
)
def test_a_write_that_fails_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: object, name: str
) -> None:
    path = tmp_path / "alice.yaml"
    path.write_text("old\n", encoding="utf-8")
    monkeypatch.setattr(owner, name, _failing(name))

    with pytest.raises(OSError, match="no space left"):
        save.write(path, "new\n")

    assert path.read_text(encoding="utf-8") == "old\n"
    assert list(tmp_path.iterdir()) == [path]


def test_a_text_that_cannot_be_encoded_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "alice.yaml"
    path.write_text("old\n", encoding="utf-8")

    with pytest.raises(UnicodeEncodeError):
        save.write(path, "new \ud800\n")

    assert path.read_text(encoding="utf-8") == "old\n"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_cannot_be_flushed_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    really = os.open

    def only_files(path: str | Path, *more: int) -> int:
        if Path(path).is_dir():
            raise PermissionError(13, "not here")
        return really(path, *more)

    monkeypatch.setattr(os, "open", only_files)

    save.write(tmp_path / "alice.yaml", "new\n")

    assert (tmp_path / "alice.yaml").read_text(encoding="utf-8") == "new\n"


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o640])
def test_a_file_that_is_replaced_keeps_its_mode(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "alice.yaml"
    path.write_text("old\n", encoding="utf-8")
    path.chmod(mode)

    save.write(path, "new\n")

    assert stat.S_IMODE(path.stat().st_mode) == mode
    assert path.read_text(encoding="utf-8") == "new\n"


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_has_the_mode_of_any_new_file(tmp_path: Path, mask: int, mode: int) -> None:
    before = os.umask(mask)
    try:
        save.write(tmp_path / "alice.yaml", "new\n")
        assert os.umask(mask) == mask
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "alice.yaml").stat().st_mode) == mode


def test_no_temporary_file_is_left_and_none_looks_like_a_sheet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    replace = os.replace

    def watch(source: str, target: str) -> None:
        seen.append(Path(source).name)
        replace(source, target)

    monkeypatch.setattr(os, "replace", watch)

    save.write(tmp_path / "alice.yaml", "new\n")

    assert [p.name for p in tmp_path.iterdir()] == ["alice.yaml"]
    assert len(seen) == 1
    assert seen[0].startswith(".")
    assert seen[0].endswith(".tmp")
