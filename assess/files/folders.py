"""What lies in a folder: never a traceback, and never in silence less than there is."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from pydantic_core import PydanticCustomError

from assess.core import consistency
from assess.core.finding import Finding
from assess.core.message import Message, message
from assess.core.questionnaire import check_name
from assess.files.load import shown
from assess.files.reason import reason

REPORT = "report.html"
"""The report of a round, in its folder. Git ignores it: it is made anew."""
LEADS_OUT = Finding("path-escape", message("this link leads out of the folder and is not read"))


def is_file(path: Path) -> bool:
    """Whether a file can be seen there. `Path.is_file` would raise for a folder one may not enter."""
    return os.path.isfile(path)  # noqa: PTH113


def is_folder(path: Path) -> bool:
    """Whether a folder can be seen there."""
    return os.path.isdir(path)  # noqa: PTH112


def is_link(path: Path) -> bool:
    """Whether a link can be seen there."""
    return os.path.islink(path)  # noqa: PTH114


def is_there(path: Path) -> bool:
    """Whether there is anything of this name, a broken link included: that is worth a word, not silence."""
    return os.path.lexists(path)


def within(path: Path, folder: Path) -> bool:
    """Whether a path, with every link followed, stays inside the folder."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        return True  # links in a ring lead nowhere: reading the file says so


def listed(folder: Path, inside: Path) -> tuple[list[Path], list[Finding]]:
    """What lies in a folder, by name, and nothing if it is not there.

    One that cannot be listed, or is a link out of `inside`, is empty and a finding.
    """
    if not within(folder, inside):
        return [], [_leads_out(folder)]
    try:
        return sorted(folder.iterdir()), []
    except OSError as error:
        if isinstance(error, FileNotFoundError) and not folder.is_symlink():
            return [], []
        return [], [_unreadable(folder, error)]


def _about(path: Path, rule: str, what: Message) -> Finding:
    return Finding(rule, what, path=shown(path))


def _unreadable(path: Path, error: OSError) -> Finding:
    return _about(path, "unreadable", message("cannot be read: {reason}", reason=reason(error)))


def _leads_out(path: Path) -> Finding:
    return LEADS_OUT.at(shown(path), 0, 0)


def rounds(paths: Sequence[Path], inside: Path) -> tuple[dict[str, Path], list[Finding]]:
    """The folders of rounds among what lies in `assessments/`, by name; links that lead astray are findings."""
    found: dict[str, Path] = {}
    findings = []
    for path in paths:
        if path.name.startswith("."):
            continue
        if not within(path, inside):
            findings.append(_leads_out(path))
            continue
        try:
            if stat.S_ISDIR(path.stat().st_mode) and not _is_left_over(path):
                found[path.name] = path
        except OSError as error:
            findings.append(_unreadable(path, error))
    return found, findings


def _is_left_over(folder: Path) -> bool:
    """Whether a round's folder holds nothing that anybody wrote: no round, no sheet, no file taken for one.

    Git leaves such a folder when it goes to a branch without the round: it takes the sheets, not what it ignores.
    """
    try:
        return not any(_is_kept(path) for path in folder.iterdir())
    except OSError:
        return False  # reading it says what is wrong


def _is_kept(path: Path) -> bool:
    if path.name == "answers":
        return any(_is_kept(sheet) for sheet in path.iterdir())
    return path.name != REPORT and not path.name.startswith(".")


def sheets(paths: Sequence[Path]) -> dict[str, Path]:
    """The files of sheets among what lies in `answers/`, by the name of who answered."""
    return {path.stem: path for path in paths if path.suffix == ".yaml"}


def wrong_names(places: Mapping[str, Path]) -> Iterator[Finding]:
    """Names that some machines do not tell apart, or that our files may not carry."""
    for one, other in consistency.twins_in_case(places):
        what = message("“{a}” and “{b}” are one name on some machines, which cannot keep both", a=one, b=other)
        yield _about(places[other], "twins-in-case", what)
    for name, path in places.items():
        try:
            check_name(unicodedata.normalize("NFC", name))
        except PydanticCustomError:
            what = message("not a name: letters, digits and - _ . only, at most 64, not starting with a dot")
            yield _about(path, "bad-name", what)


def strays(paths: Sequence[Path], stems: Collection[str] = ()) -> Iterator[Finding]:
    """Files that somebody took for ours; of these stems only, if any are given."""
    for path in paths:
        ours = path.suffix != ".yaml" and path.suffix.casefold() in {".yaml", ".yml"}
        if ours and (not stems or path.stem in stems):
            what = message("this file is not read: its name must end in .yaml")
            yield _about(path, "stray-file", what)
