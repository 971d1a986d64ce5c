"""Sheets and rounds as YAML, new or changed in place; to disk so that a file is always the old or the new one."""

from __future__ import annotations

import fcntl
import glob
import os
import re
import stat
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assess.core.answers import EMPTY, Action, Answer, Sheet
from assess.core.counts import Counts
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


def counts_text(counts: Counts) -> str:
    """`counts.yaml` as canonical YAML."""
    return style.text(counts.model_dump(mode="json", by_alias=True))


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


def write(path: Path, text: str | bytes) -> None:
    """Replace a file whole: written beside it, flushed to disk, then renamed over it.

    Whatever happens in between, the file is the old one or the new one. Folders are made as needed, and what a
    killed save left beside the file is swept away. Raises OSError, with nothing changed, when it cannot be done.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    _sweep(path)
    handle, temporary = _begin(path)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text if isinstance(text, bytes) else text.encode())
            file.flush()
            os.fsync(file.fileno())
            temporary.chmod(_mode(path))
            temporary.replace(path)  # while it is locked: a sweep of another process leaves it alone
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _flush_folder(path.parent)


def _begin(path: Path) -> tuple[int, Path]:
    """A file to write beside `path`, locked while its handle is open: the system unlocks those of the dead."""
    while True:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
        with suppress(OSError):  # a file system without locks: then nobody sweeps either
            fcntl.flock(handle, fcntl.LOCK_EX)
        if os.fstat(handle).st_nlink:
            return handle, Path(name)
        os.close(handle)  # swept by another process in the moment before it was locked


_RANDOM_PART = re.compile(r"[a-z0-9_]{8}")
"""What `tempfile` puts into a name."""


def _sweep(path: Path) -> None:
    """Remove the files of saves of `path` that were killed: ours by name, and locked by nobody who still lives."""
    with suppress(OSError):
        for left in path.parent.glob(f".{glob.escape(path.name)}.*.tmp"):
            random_part = left.name.removeprefix(f".{path.name}.").removesuffix(".tmp")
            if _RANDOM_PART.fullmatch(random_part):
                with suppress(OSError):
                    _remove_dead(left)


def _remove_dead(left: Path) -> None:
    """Remove a file of a killed save. Raises OSError when a living process holds it, or it is none."""
    handle = os.open(left, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        if stat.S_ISREG(os.fstat(handle).st_mode):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(handle), left.lstat()):
                left.unlink()
    finally:
        os.close(handle)


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
