"""Values to canonical YAML, and bytes to disk so that a file is always the old or the new one.

Canonical means: one order, one way to write each value, literal blocks for notes, so that a changed answer is
a changed line. What is written here is what `yamldoc` reads, to the last character: a property test says so.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from assess.core.answers import EMPTY, Answer, Sheet
from assess.core.questionnaire import QuestionnaireRef
from assess.core.round import Round
from assess.core.text import NOT_TEXT
from assess.files.yamldoc import plain_value

_PLAIN = re.compile(r"[^\W_][\w./+()-]*(?: [\w./+()&,;-]*[\w./+()-])*")
"""Text that needs no quotes: words and single spaces, nothing that YAML gives a meaning to."""


def scalar(value: object) -> str:
    """One value on one line, quoted only where it must be.

    >>> scalar("payments"), scalar("no"), scalar("3"), scalar("1.0.0"), scalar("a: b")
    ('payments', 'no', '"3"', '"1.0.0"', '"a: b"')
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return str(value)
    looks_odd = value[:1].isdigit() and not re.fullmatch(r"\d{4}-[\w-]+", value)
    if _PLAIN.fullmatch(value) and isinstance(plain_value(value), str) and not looks_odd:
        return value
    return quoted(value)


def quoted(value: str) -> str:
    """Text in double quotes; characters outside the printable ones are escaped."""
    text = json.dumps(value, ensure_ascii=False)
    return re.sub(
        "[^\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029]", _escape, text
    )


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def text_lines(key: str, value: str, indent: str) -> Iterator[str]:
    """`key: |` with the text below, each line its own; quoted where a block cannot carry it exactly."""
    lines = value.split("\n")
    fits = not NOT_TEXT.search(value) and value.strip() and "\t" not in value[:1]
    if not fits or lines[0][:1] in {" ", ""} or lines[0].startswith("#"):
        yield f"{indent}{key}: {quoted(value)}"
        return
    ends = len(value) - len(value.rstrip("\n"))
    yield f"{indent}{key}: |{'-' if ends == 0 else '' if ends == 1 else '+'}"
    body = lines if ends == 0 else lines[:-1]
    yield from (f"{indent}  {line}" if line else "" for line in body)


def sheet_text(sheet: Sheet, order: Iterable[str] = ()) -> str:
    """A sheet as canonical YAML; answers in the given order of practice ids, others after them by id."""
    lines = [
        f"format: {sheet.format}",
        _reference(sheet.questionnaire),
        f"team: {scalar(sheet.team)}",
        f"round: {scalar(sheet.round)}",
        f"respondent: {scalar(sheet.respondent)}",
        f"asked: {sheet.asked}",
        f"answered: {sheet.answered.isoformat()}",
    ]
    place = {practice: i for i, practice in enumerate(order)}
    ids = sorted((p for p, a in sheet.answers.items() if a != EMPTY), key=lambda p: (place.get(p, len(place)), p))
    lines.append("answers:" if ids else "answers: {}")
    for practice in ids:
        lines += _answer_lines(practice, sheet.answers[practice])
    if sheet.actions:
        lines.append("actions:")
        for action in sheet.actions:
            lines += _item_lines(action.model_dump(exclude_defaults=True))
    return "\n".join(lines) + "\n"


def _reference(ref: QuestionnaireRef) -> str:
    return f"questionnaire: {{id: {scalar(ref.id)}, version: {quoted(ref.version)}}}"


def _answer_lines(practice: str, answer: Answer) -> Iterator[str]:
    if answer == Answer(answer=answer.answer):
        yield f"  {scalar(practice)}: {scalar(answer.answer)}"
        return
    yield f"  {scalar(practice)}:"
    if answer.answer is not None:
        yield f"    answer: {scalar(answer.answer)}"
    if answer.note:
        yield from text_lines("note", answer.note, "    ")
    if answer.evidence:
        yield f"    evidence: [{', '.join(quoted(link) for link in answer.evidence)}]"
    if answer.reason:
        yield f"    reason: {quoted(answer.reason)}"
    if answer.discuss:
        yield "    discuss: true"
    if answer.dissent:
        yield from text_lines("dissent", answer.dissent, "    ")
    if answer.goal is not None:
        yield f"    goal: {{level: {answer.goal.level}, reason: {quoted(answer.goal.reason)}}}"


def _item_lines(values: Mapping[str, Any]) -> Iterator[str]:
    lead = "  - "
    for key, value in values.items():
        yield f"{lead}{key}: {value.isoformat() if hasattr(value, 'isoformat') else scalar(value)}"
        lead = "    "


def round_text(round_: Round) -> str:
    """`round.yaml` as canonical YAML."""
    lines = [
        f"format: {round_.format}",
        f"round: {scalar(round_.round)}",
        f"team: {scalar(round_.team)}",
        f"state: {round_.state}",
        f"privacy: {round_.privacy}",
        f"asked: {round_.asked}",
        _reference(round_.questionnaire),
    ]
    if round_.expected is not None:
        lines.append(f"expected: {round_.expected}")
    return "\n".join(lines) + "\n"


def write(path: Path, text: str) -> None:
    """Replace a file whole: written beside it, flushed to disk, then renamed over it.

    Whatever happens in between, the file is the old one or the new one. Folders are made as needed.
    Raises OSError, with nothing changed, when it cannot be done.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_mode(path))
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _flush_folder(path.parent)


def _mode(path: Path) -> int:
    """The mode of the file that is replaced, else what a plain new file would get."""
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _flush_folder(folder: Path) -> None:
    """Make the rename itself durable; not every system can open a folder."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
