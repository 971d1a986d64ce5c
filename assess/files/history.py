"""What git remembers: which practices older versions of a questionnaire asked, and whether a file ever was in it.

Only reads, and only what git has here: without git, without history, or for a file that git does not track,
nothing is remembered and nothing is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pydantic import ConfigDict, ValidationError

from assess.core.questionnaire import Frozen, Name, Questionnaire, Text, newer
from assess.files import git, yamldoc

_LOG = (
    "log", "-z", "--topo-order", "--follow", "-m", "--raw", "--no-abbrev", "--format=",
    "--no-show-signature", "--no-ext-diff", "--no-textconv", "--no-color", "--",
)  # fmt: skip
_CHANGE = re.compile(rb"\n?:[0-7]{6} [0-7]{6} [0-9a-f]+ ([0-9a-f]+) ([A-Z])[0-9]*")
_VERSION = re.compile(rb"^version:[ \t]*[\"']?([^\"'\s]+)", re.MULTILINE)
"""A look at a text without reading it all; what it misses is only read for nothing."""


class _Practice(Frozen):
    model_config = ConfigDict(extra="ignore")

    id: Name


class _Dimension(Frozen):
    model_config = ConfigDict(extra="ignore")

    practices: tuple[_Practice, ...]


class _Earlier(Frozen):
    """As much of an old text as counts here; it need not be valid by the rules of today."""

    model_config = ConfigDict(extra="ignore")

    id: Name
    version: Text
    dimensions: tuple[_Dimension, ...]

    @property
    def asked(self) -> tuple[str, ...]:
        return tuple(practice.id for dimension in self.dimensions for practice in dimension.practices)


def earlier_versions(path: Path, questionnaire: Questionnaire) -> dict[str, tuple[str, ...]]:
    """The practices that earlier versions of a questionnaire asked, by version; `path` is its file.

    Of each version the newest committed text counts. A file that was renamed is followed.
    """
    found: dict[str, tuple[str, ...]] = {}
    for raw in _texts(path.resolve()):
        peek = _VERSION.search(raw)
        version = "" if peek is None else peek[1].decode(errors="replace")
        if version in found or version == questionnaire.version:
            continue
        text = _read(raw)
        if text is None or text.id != questionnaire.id or text.version in found:
            continue
        if newer(questionnaire.version, text.version):
            found[text.version] = text.asked
    return found


def was_committed(path: Path) -> bool | None:
    """Whether a file was ever in a commit, of any branch that is here; None where git cannot know.

    A history that is cut short (a shallow clone) cannot. Outside git nothing ever was.
    """
    if not git.around(path.parent):
        return False
    try:
        shallow = git.asked(path.parent, "rev-parse", "--is-shallow-repository")
        # all history: by default git follows one side of a merge, and the other may have had the file
        found = git.asked(path.parent, "rev-list", "--all", "--full-history", "--max-count=1", "--", path.name)
    except OSError:
        return None
    return None if found is None or shallow != b"false\n" else bool(found.strip())


def _read(raw: bytes) -> _Earlier | None:
    try:
        return _Earlier.model_validate(yamldoc.read(raw, "").data)
    except ValidationError:
        return None


def _texts(path: Path) -> Iterator[bytes]:
    """All committed texts of a file, newest first."""
    try:
        log = git.asked(path.parent, *_LOG, path.name)
        blobs = () if log is None else _blobs(log)
        if blobs:
            yield from (raw for raw in git.contents(path.parent, blobs) if raw is not None)
    except OSError:
        return


def _blobs(log: bytes) -> tuple[str, ...]:
    """The ids of the texts in a log, newest first; none when the newest commit took the file away."""
    words = iter(log.split(b"\0"))
    found = []
    for word in words:
        change = _CHANGE.fullmatch(word)
        if change is None:
            continue
        for _name in range(2 if change[2] in {b"R", b"C"} else 1):
            next(words, None)  # a name may look like anything, also like a change
        found.append((change[1].decode(), change[2]))
    if not found or found[0][1] == b"D":
        return ()
    return tuple(dict.fromkeys(blob for blob, status in found if status != b"D"))
