"""A team's answers as they were in a commit: out of git's objects, into a folder of their own.

The work tree and the index are neither read nor touched. Only the files of `assessments/` are taken: old answers
are read with the questionnaire of today.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from assess.core.finding import Finding
from assess.core.message import message
from assess.core.text import quoted
from assess.files import git
from assess.files.repository import ASSESSMENTS

_ENTRY = re.compile(rb"100(?:644|755) blob ([0-9a-f]+)\t(.+)", re.DOTALL)
"""A file of the tree; links, folders and other repositories are none."""


class HistoryError(Exception):
    """What was asked for is not in the history that is here; exit code 4."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding.message))
        self.finding = finding


def commit(root: Path, ref: str) -> str | None:
    """The commit that a name stands for, None where it stands for none (or there is no git)."""
    if not ref or ref.startswith("-"):
        return None
    try:
        found = git.asked(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
    except OSError:
        return None
    return None if found is None else found.decode().strip()


@contextmanager
def taken(root: Path, commit_: str) -> Iterator[Path]:
    """The team's folder as it was in a commit, for as long as it is looked at.

    Raises HistoryError where an object is missing here (a partial clone), OSError where nothing can be written.
    """
    prefix = (git.asked(root, "rev-parse", "--show-prefix") or b"").decode().strip()
    tree = git.asked(root, "ls-tree", "-r", "-z", "--full-tree", commit_, "--", f"{prefix}{ASSESSMENTS}") or b""
    entries = [entry for raw in tree.split(b"\0") if (entry := _ENTRY.fullmatch(raw)) is not None]
    with tempfile.TemporaryDirectory(prefix="assess-") as name:
        folder = Path(name)
        (folder / ASSESSMENTS).mkdir()
        texts = git.contents(root, [entry[1].decode() for entry in entries])
        for entry, raw in zip(entries, texts, strict=True):
            place = PurePosixPath(entry[2].decode(errors="surrogateescape"))
            if ".." in place.parts:  # git itself would not write such a path either
                continue
            if raw is None:
                what = message("“{path}” of that commit is not here", path=quoted(str(place)))
                raise HistoryError(Finding("history", what, hint=message("fetch it with: git fetch --refetch")))
            path = folder / place.relative_to(prefix or ".")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(raw)
        yield folder
