"""What git remembers of a questionnaire's file: which practices its earlier versions asked.

Only reads, and only what git has here: without git, without history, or for a file that git does not track,
nothing is remembered and nothing is wrong. No network, no pager, no program that a configuration names.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from pydantic import ConfigDict, ValidationError

from assess.core.questionnaire import Frozen, Name, Questionnaire, Text, newer
from assess.files import yamldoc

_GIT = ("git", "--no-pager", "--literal-pathspecs")
_LOG = (
    "log", "-z", "--topo-order", "--follow", "-m", "--raw", "--no-abbrev", "--format=",
    "--no-show-signature", "--no-ext-diff", "--no-textconv", "--no-color", "--",
)  # fmt: skip
_ELSEWHERE = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_PREFIX"}
"""Set while git runs us from a hook: they point at a repository that need not be the file's."""
_QUIET = {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none", "LC_ALL": "C"}
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


def _read(raw: bytes) -> _Earlier | None:
    try:
        return _Earlier.model_validate(yamldoc.read(raw, "").data)
    except ValidationError:
        return None


def _texts(path: Path) -> Iterator[bytes]:
    """All committed texts of a file, newest first."""
    environment = {k: v for k, v in os.environ.items() if k not in _ELSEWHERE} | _QUIET
    try:
        log = subprocess.run(  # noqa: S603  (the git that is the user's own; the name stands behind `--`)
            [*_GIT, *_LOG, path.name], cwd=path.parent, env=environment, capture_output=True, check=False
        )
        blobs = _blobs(log.stdout) if log.returncode == 0 else ()
        if blobs:
            yield from _contents(blobs, path.parent, environment)
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


def _contents(blobs: tuple[str, ...], folder: Path, environment: dict[str, str]) -> Iterator[bytes]:
    """The contents of these objects, one asked for after the other: no more than one is held."""
    with subprocess.Popen(  # noqa: S603  (as above)
        [*_GIT, "cat-file", "--batch"],
        cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ) as git:  # fmt: skip
        assert git.stdin is not None
        assert git.stdout is not None
        for blob in blobs:
            git.stdin.write(f"{blob}\n".encode())
            git.stdin.flush()
            head = git.stdout.readline().split()
            if len(head) != 3:  # noqa: PLR2004  (id, kind and size; else it is not here: a partial clone)
                continue
            raw = git.stdout.read(int(head[2]))
            git.stdout.read(1)
            if head[1] == b"blob" and len(raw) <= yamldoc.MAX_BYTES:
                yield raw
