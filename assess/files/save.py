"""Sheets and rounds as YAML, new or changed in place; to disk so that a file is always the old or the new one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assess.core.answers import EMPTY, Action, Answer, Sheet
from assess.core.round import Round
from assess.files import style, yamldoc
from assess.files.patch import CannotPatchError, line_end, patched

Data = dict[str, Any]


def sheet_data(sheet: Sheet, order: Iterable[str] = ()) -> Data:
    """What a sheet says, without defaults; answers in the given order of practice ids, others after them by id."""
    place = {practice: i for i, practice in enumerate(order)}
    ids = sorted((p for p, a in sheet.answers.items() if a != EMPTY), key=lambda p: (place.get(p, len(place)), p))
    answers = {practice: _without_defaults(sheet.answers[practice]) for practice in ids}
    head = sheet.model_dump(mode="json", exclude={"answers", "actions"})
    actions = {"actions": [_without_defaults(action) for action in sheet.actions]} if sheet.actions else {}
    return {**head, "answers": answers, **actions}


def round_data(round_: Round) -> Data:
    """What `round.yaml` says."""
    return round_.model_dump(mode="json", exclude_none=True)


def _without_defaults(part: Answer | Action) -> Data:
    return part.model_dump(mode="json", exclude_defaults=True)


def sheet_text(sheet: Sheet, order: Iterable[str] = ()) -> str:
    """A sheet as canonical YAML."""
    return style.text(sheet_data(sheet, order))


def round_text(round_: Round) -> str:
    """`round.yaml` as canonical YAML."""
    return style.text(round_data(round_))


def changed_sheet(text: str, old: Sheet, new: Sheet, order: Iterable[str] = ()) -> str:
    """The text of a file that says `old`, so that it says `new`: only what changed is written anew."""
    order = tuple(order)
    return _changed(text, sheet_data(old, order), sheet_data(new, order), lambda d: sheet_data(Sheet(**d), order))


def changed_round(text: str, old: Round, new: Round) -> str:
    """The text of a `round.yaml` that says `old`, so that it says `new`."""
    return _changed(text, round_data(old), round_data(new), lambda d: round_data(Round(**d)))


def _changed(text: str, old: Data, new: Data, meaning: Callable[[Data], Data]) -> str:
    """The result is read back. Where a layout cannot take the change, all of the file is written anew."""
    if old == new:
        return text
    with suppress(CannotPatchError):
        changed = patched(text, old, new)
        # a block text that comes to stand last needs its line end, though the file had none
        for candidate in (changed, changed + line_end(text)):
            document = yamldoc.read(candidate.encode(), "")
            with suppress(ValidationError):
                if not document.findings and meaning(document.data) == new:
                    return candidate
    return style.text(new)


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
