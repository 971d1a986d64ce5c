"""One file to a value or findings: every kind we know, every error of the file, never a traceback."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError

from assess.core.answers import Sheet
from assess.core.config import Config
from assess.core.counts import Counts
from assess.core.finding import Finding, Severity, did_you_mean, has_errors, only_looks_like
from assess.core.keymap import KeyMap
from assess.core.message import message
from assess.core.questionnaire import Baseline, Questionnaire
from assess.core.round import Round
from assess.core.text import quoted
from assess.core.translation import Translation
from assess.files import yamldoc
from assess.files.explain import explain
from assess.files.reason import reason

KINDS: dict[str, type[BaseModel]] = {
    "answers": Sheet,
    "baseline": Baseline,
    "config": Config,
    "counts": Counts,
    "keys": KeyMap,
    "questionnaire": Questionnaire,
    "round": Round,
    "translation": Translation,
}
_KIND_OF = {model: kind for kind, model in KINDS.items()}

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Loaded(Generic[Model]):
    """A file that was read: its document, its value (None when not valid) and what was found in it."""

    path: Path
    document: yamldoc.Document
    value: Model | None
    findings: tuple[Finding, ...]

    def also(self, findings: Iterable[Finding]) -> Loaded[Model]:
        """The same file with more findings, placed by their routes; an error takes the value away."""
        placed = tuple(_first(self.document.placed(finding) for finding in findings))
        value = None if has_errors(placed) else self.value
        return Loaded(self.path, self.document, value, (*self.findings, *placed))


def _first(findings: Iterator[Finding]) -> Iterator[Finding]:
    """All of them up to so many errors that nobody mends them in one go: then that there are more."""
    errors = 0
    for finding in findings:
        if errors == yamldoc.MAX_ERRORS:
            what = message("more is wrong here than the {limit} errors that are listed", limit=errors)
            yield Finding("too-many", what, path=finding.path, line=1, column=1)
            return
        yield finding
        errors += finding.severity is Severity.ERROR


def shown(path: Path) -> str:
    """A path as people see it: relative to the working folder where it lies below it, with `/`."""
    name = path.as_posix()
    if not path.is_absolute():
        return name
    try:
        here = Path.cwd().as_posix().rstrip("/") + "/"
    except OSError:  # somebody took the folder away below us
        return name
    return name.removeprefix(here) or "."


def read(path: Path) -> yamldoc.Document:
    """Read one file as a document. One that is missing or unreadable is a finding like any other."""
    name = shown(path)
    try:
        raw = _content(path)
    except OSError as error:
        what = message("cannot be read: {reason}", reason=reason(error))
        return yamldoc.unread(name, Finding("unreadable", what))
    if raw is None:
        return yamldoc.unread(name, Finding("unreadable", message("cannot be read: this is no file")))
    return yamldoc.read(raw, name)


def _content(path: Path) -> bytes | None:
    """The bytes of a file, those of a large one only as far as it takes to see that; None for what is no file."""
    # a pipe would wait for somebody to write into it, and a device may never end
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb", buffering=0) as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            return None
        # a limit costs its memory, used or not
        return file.read(-1 if status.st_size <= yamldoc.MAX_BYTES else yamldoc.MAX_BYTES + 1)


def refused(path: Path, finding: Finding) -> Loaded[Model]:
    """A file that was not even opened, and why."""
    document = yamldoc.unread(shown(path), finding)
    return Loaded(path, document, None, document.findings)


def load(path: Path, model: type[Model]) -> Loaded[Model]:
    """Read one file as `model`."""
    return value_of(path, read(path), model)


def load_any(path: Path) -> Loaded[BaseModel]:
    """Read one file as whatever its `format:` line says it is."""
    return value_of_any(path, read(path))


def value_of_any(path: Path, document: yamldoc.Document) -> Loaded[BaseModel]:
    """The value of a document as whatever its `format:` line says it is, or all that is wrong with it."""
    model = KINDS.get(document.kind or "")
    if model is None:
        return Loaded(path, document, None, _not_ours(document, None) or document.findings)
    return value_of(path, document, model)


def value_of(path: Path, document: yamldoc.Document, model: type[Model]) -> Loaded[Model]:
    """The value of a document as `model`, or all that is wrong with it."""
    refused = _not_ours(document, _KIND_OF[model])
    if refused or document.data is None:
        return Loaded(path, document, None, refused or document.findings)
    try:
        value = model.model_validate(document.data)
    except ValidationError as error:
        refused_at = {(f.line, f.column) for f in document.findings}
        wrong = (document.placed(f) for f in explain(error, model, document.data))
        new = (f for f in wrong if (f.line, f.column) not in refused_at)
        return Loaded(path, document, None, tuple(_first(chain(document.findings, new))))
    found = tuple(_first(iter(document.findings)))
    return Loaded(path, document, None if has_errors(found) else value, found)


def _not_ours(document: yamldoc.Document, expected: str | None) -> tuple[Finding, ...]:
    """The one finding about a file that does not say it is ours; nothing of its content is quoted."""
    data = document.data
    if data is None and document.findings:
        return ()
    line = data.get("format") if isinstance(data, dict) else None
    if document.kind in KINDS and expected in {None, document.kind}:
        return ()
    hint = None
    if isinstance(line, str) and line.startswith("assess."):
        formats = [f"assess.{kind}/1" for kind in KINDS]
        what = message("the format “{format}” is not the one expected here", format=quoted(line))
        hint = (
            message("expected: {allowed}", allowed=f"assess.{expected}/1")
            if expected
            else did_you_mean(line, formats)
        )
    else:
        what = message(
            "this is not one of our files: it has no line “format: assess.{kind}/1”", kind=expected or "KIND"
        )
        mistyped = re.match(r"\s*[\"“]?format[\"”]?\s*[：﹕]", document.text)  # nothing else of it is quoted
        hint = only_looks_like(mistyped[0]) if mistyped else None
    return (document.placed(Finding("not-ours", what, hint=hint, route=("format",))),)
