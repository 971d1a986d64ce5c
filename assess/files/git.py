"""The team's own git, asked and never told: no network, no pager, no program that a configuration names."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from assess.files import yamldoc
from assess.files.folders import is_there

_GIT = ("git", "--no-pager", "--literal-pathspecs")
_ELSEWHERE = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_PREFIX"}
"""Set while git runs us from a hook: they point at a repository that need not be the file's."""
_QUIET = {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none", "LC_ALL": "C"}
_HEAD = 3
"""Id, kind and size stand before an object; less means that it is not here (a partial clone)."""


def _environment() -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if k not in _ELSEWHERE} | _QUIET


def around(folder: Path) -> bool:
    """Whether a folder lies in a repository, as the folders tell it: git itself may be missing, or may refuse."""
    folder = folder.resolve()
    return any(is_there(above / ".git") for above in (folder, *folder.parents))


def asked(folder: Path, *words: str) -> bytes | None:
    """What git prints to this in a folder; None where it says no. Raises OSError where there is no git."""
    done = subprocess.run(  # noqa: S603  (the git that is the user's own)
        [*_GIT, *words], cwd=folder, env=_environment(), capture_output=True, check=False
    )
    return done.stdout if done.returncode == 0 else None


def ignored(folder: Path, paths: Sequence[str]) -> frozenset[str] | None:
    """Those of the paths, relative to a folder, that a rule makes git ignore; None where git cannot say.

    Rules alone count: a tracked file that a rule names is among them. The paths need not exist. Raises OSError
    where there is no git.
    """
    done = subprocess.run(
        ["git", "check-ignore", "--no-index", "-z", "--stdin"],  # noqa: S607  (it refuses `--literal-pathspecs`)
        cwd=folder, env=_environment() | {"GIT_LITERAL_PATHSPECS": "0"}, input=_listed(paths),
        capture_output=True, check=False,
    )  # fmt: skip
    if done.returncode not in {0, 1}:  # 1 says that none is ignored
        return None
    return frozenset(os.fsdecode(path) for path in done.stdout.split(b"\0") if path)


def _listed(paths: Sequence[str]) -> bytes:
    return b"".join(os.fsencode(path) + b"\0" for path in paths)


def contents(folder: Path, blobs: Iterable[str]) -> Iterator[bytes | None]:
    """The contents of these objects, one asked for after the other: no more than one is held.

    None for what is no file, is not here, or is larger than any file of ours. Raises OSError as `asked` does.
    """
    with subprocess.Popen(  # noqa: S603  (as above)
        [*_GIT, "cat-file", "--batch"],
        cwd=folder, env=_environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ) as git:  # fmt: skip
        assert git.stdin is not None
        assert git.stdout is not None
        for blob in blobs:
            git.stdin.write(f"{blob}\n".encode())
            git.stdin.flush()
            head = git.stdout.readline().split()
            if len(head) != _HEAD:
                yield None
                continue
            raw = git.stdout.read(int(head[2]))
            git.stdout.read(1)
            yield raw if head[1] == b"blob" and len(raw) <= yamldoc.MAX_BYTES else None
