"""What holds for any bytes: hypothesis asks it of some in every run, a search led by coverage for hours.

`mutated` spoils a file as a person, an editor, git or somebody hostile would, led by a source of choices.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from checking import built_in, checked
from conftest import ROOT

from assess.core.answers import EMPTY, Action, Answer, Goal, Sheet
from assess.core.finding import Finding
from assess.files import yamldoc
from assess.files.load import KINDS, value_of, value_of_any
from assess.files.patch import CannotPatchError, patched
from assess.files.save import changed_sheet, sheet_data
from assess.render.text import finding_line

Pick = Callable[[int], int]
"""A source of choices: one of `0 .. n - 1`."""

PATH = Path("f.yaml")
STEERS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What would move a cursor, turn the direction of writing, or cannot be printed at all."""
EXAMPLES = sorted(
    path
    for folder in ("tests/examples", "questionnaires")
    for path in (ROOT / folder).rglob("*.yaml")
    if path.is_file() and path.stat().st_size < 20_000
)
TOKENS = (
    "\n", "\n  ", "\n    ", "\t", " ", "\r\n", "\r", "\x00", "\x1b[2J", "\ufeff", "\u2028", "\u00a0", "\u3000",
    "\u202e", "\u200b", ": ", ":", "：", "- ", "-", "? ", "[", "]", "{", "}", ",", "，", "&x ", "*x", "<<: *x",
    "!t ", "!!python/object:os.system ", "!!int ", "|", "|-\n", ">", ">+2\n", '"', "'", "“", "”", "#", " # ", "%",
    "%YAML 1.2\n", "@", "`", "---\n", "...\n", "<<<<<<< HEAD\n", "||||||| 1a2b3c4\n", "=======\n", ">>>>>>> x\n",
    "\\", '"\\x00"', '"\\ud800"', "~", "null", "true", "no", "1", "３", "-1", "1e999", "0x1F", "2026-11-02",
    "2026-13-45", "每周", "😀", "e\u0301", "dont-know", "not-applicable", "team", "..", "../../x", "/dev/zero",
    "C:\\x", "assess.answers/1", "assess.config/1", "assess.nonsense/1", "answer", "answers", "note", "goal",
    "levels", "rules", "stale", "practices", "dimensions", "id", "no-meeting-days", "nо-meeting-days", "120d",
)  # fmt: skip


def found(raw: bytes) -> tuple[Finding, ...]:
    """All that is said of a file; nothing if it is valid."""
    return checked(value_of_any(PATH, yamldoc.read(raw, "f.yaml"))).findings


def a_read_file_is_a_value_or_findings(raw: bytes) -> None:
    """Reading, judging and printing never fail, and every finding stands in the file."""
    document = yamldoc.read(raw, "f.yaml")
    loaded = checked(value_of_any(PATH, document))
    lines = raw.decode("utf-8", "replace").split("\n")
    for finding in (*document.findings, *loaded.findings):
        assert 1 <= finding.line <= len(lines), finding
        assert 1 <= finding.column <= len(lines[finding.line - 1]) + 1, finding
        said = finding_line(finding)
        assert not STEERS.search(said.replace("\n    ", " ")), said
        assert len(said) < 1000, said
        assert "cannot be read as YAML" not in said, "every problem of libyaml's has words of its own"
        ours = re.sub("“.*?”", "", said)  # a file may say anything
        assert not re.search("[Ii]nput should|value_error|type=", ours), said
    assert loaded.value is not None or loaded.findings
    for model in KINDS.values():
        other = value_of(PATH, document, model)
        assert other.value is not None or other.findings
    if document.places is None and document.data is not None:
        _short_way_says_what_yaml_says(raw, document)


def _short_way_says_what_yaml_says(raw: bytes, short: yamldoc.Document) -> None:
    """A sheet in our own form is read without YAML; a remark above sends the same text the long way."""
    long = yamldoc.read(b"# a remark\n" + raw, "f.yaml")
    assert long.findings == ()
    assert long.places is not None
    assert repr(long.data) == repr(short.data)


def a_changed_sheet_says_what_was_meant(raw: bytes, pick: Pick) -> None:
    """Whatever the layout of a valid sheet, a change of it is written, and read back as it was meant."""
    document = yamldoc.read(raw, "f.yaml")
    old = value_of(PATH, document, Sheet).value
    if old is None:
        return
    new = _other_sheet(old, pick)
    order = tuple(built_in().practices)

    text = changed_sheet(document.text, old, new, order)
    back = changed_sheet(document.text, old, old, order)

    again = value_of(PATH, yamldoc.read(text.encode(), "f.yaml"), Sheet)
    assert again.findings == (), (text, again.findings)
    assert again.value is not None
    assert sheet_data(again.value, order) == sheet_data(new, order), text
    assert back == document.text


def a_patch_is_made_or_refused(raw: bytes, pick: Pick) -> None:
    """Any mapping that was read can be changed, or is said to have a layout in which it cannot."""
    document = yamldoc.read(raw, "f.yaml")
    if not isinstance(document.data, dict) or document.findings:
        return
    new = _other_value(document.data, pick, 0)
    try:
        patched(document.text, document.data, new)
    except CannotPatchError:
        return


LINES = ("x", "two\nlines\n", "  indented\n", "- a\n- b", "# c", "", "a: b\n\n\n", "每周\n", "'\"\\")


def _other_sheet(sheet: Sheet, pick: Pick) -> Sheet:
    answers = dict(sheet.answers)
    for _ in range(1 + pick(3)):
        known = [*answers, *list(built_in().practices)[:4]]
        practice = known[pick(len(known))]
        answers[practice] = _other_answer(answers.get(practice, EMPTY), pick)
        if answers[practice] == EMPTY:
            del answers[practice]
    changes: dict[str, Any] = {"answers": answers, "answered": date(2026, 11, 1 + pick(28))}
    if pick(4) == 0:
        action = Action(id=f"a{pick(9)}", text="do", due=date(2026, 12, 1))
        changes["actions"] = (*sheet.actions[pick(2) :], *(action for _ in range(pick(3))))
    return sheet.model_copy(update=changes)


def _other_answer(answer: Answer, pick: Pick) -> Answer:
    changes: dict[str, Any] = {}
    if pick(3) == 0:
        return EMPTY
    if pick(2):
        changes["answer"] = (None, 0, 3, "dont-know", "not-applicable")[pick(5)]
    for key in ("note", "reason", "dissent"):
        if pick(4) == 0:
            changes[key] = LINES[pick(len(LINES))]
    if pick(4) == 0:
        links = [link for link in (*answer.evidence, "docs/a.md", "https://example.org/#x") if pick(2)]
        changes["evidence"] = tuple(links)
    if pick(4) == 0:
        changes["goal"] = None if pick(2) else Goal(level=pick(7), reason=("r", "two\nlines\n")[pick(2)])
    return answer.model_copy(update={**changes, "discuss": pick(4) == 0})


def _other_value(value: Any, pick: Pick, depth: int) -> Any:
    if isinstance(value, dict):
        new = {key: _other_value(v, pick, depth + 1) if pick(3) == 0 else v for key, v in value.items() if pick(9)}
        return {**new, "added": LINES[pick(len(LINES))]} if pick(4) == 0 else new
    if isinstance(value, list):
        new_items = [_other_value(v, pick, depth + 1) if pick(3) == 0 else v for v in value if pick(5)]
        return [*new_items, LINES[pick(len(LINES))]] if pick(4) == 0 else new_items
    return (0, True, "text", LINES[pick(len(LINES))], 1.5)[pick(5)]


_PARTS = re.compile(r"\w+|[^\S\n]+|\n|.", re.DOTALL)


def mutated(raw: bytes, pick: Pick, others: Sequence[bytes] = ()) -> bytes:
    """The file with a few things done to it, at the level of bytes, of tokens, or of lines."""
    for _ in range(1 + pick(4)):
        way = pick(4)
        if way == 0:
            raw = _other_bytes(raw, pick)
        elif way == 1:
            raw = _other_lines(raw, pick, others)
        else:
            raw = _other_tokens(raw, pick)
    return raw


def _other_bytes(raw: bytes, pick: Pick) -> bytes:
    at = pick(len(raw) + 1)
    end = min(len(raw), at + pick(9))
    match pick(4):
        case 0:
            return raw[:at]
        case 1:
            return raw[:at] + raw[end:]
        case 2:
            return raw[:at] + bytes([pick(256)]) + raw[end:]
    return raw[:end] + raw[at:]


def _other_tokens(raw: bytes, pick: Pick) -> bytes:
    parts = _PARTS.findall(raw.decode("utf-8", "surrogateescape"))
    at = pick(len(parts) + 1)
    token = TOKENS[pick(len(TOKENS))]
    match pick(4):
        case 0:
            parts[at:at] = [token]
        case 1:
            parts[at : at + 1] = [token]
        case 2:
            parts[at : at + 1 + pick(3)] = []
        case _:
            parts[at:at] = parts[at : at + 1 + pick(6)] * (1 + pick(3))
    return "".join(parts).encode("utf-8", "surrogateescape")


def _other_lines(raw: bytes, pick: Pick, others: Sequence[bytes]) -> bytes:
    lines = raw.split(b"\n")
    at, to = pick(len(lines)), pick(len(lines))
    match pick(6):
        case 0:
            lines[at], lines[to] = lines[to], lines[at]
        case 1:
            lines.insert(to, lines[at])
        case 2:
            del lines[at]
        case 3:
            lines[at] = b" " * pick(6) + lines[at].lstrip(b" ")
        case 4:
            return b"\r\n".join(lines)
        case _:
            more = others[pick(len(others))].split(b"\n") if others else lines
            start = pick(len(more))
            lines[at:at] = more[start : start + 1 + pick(5)]
    return b"\n".join(lines)
