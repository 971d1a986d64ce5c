"""Sheets that stay out of git (privacy mode `counts`): the rule is written, and git is asked whether it holds.

A rule alone proves nothing: a later one may take it back, and a tracked file stays tracked.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from assess.core.finding import Finding, Severity
from assess.core.message import message
from assess.core.round import Assessment
from assess.files import git, save
from assess.files.folders import is_there
from assess.files.load import shown
from assess.files.sheetfile import NotSavedError
from assess.files.yamldoc import Document

IGNORED = "# Written by assess. Reports are made anew; locks belong to one machine.\nreport.html\n*.lock\n*.tmp\n"
GITIGNORE = ".gitignore"
ANSWERS = "answers"
_ANY = "any-name.yaml"
"""Stands for a sheet that is still to come."""


def rule(round_name: str) -> str:
    """The line that keeps a round's sheets out of git.

    >>> rule("2026-Q4")
    '/2026-Q4/answers/'
    """
    escaped = re.sub(r"([\\*?\[\]!# ])", r"\\\1", round_name)
    return f"/{escaped}/{ANSWERS}/"


def write_rules(assessments: Path, rounds: Iterable[str] = ()) -> None:
    """Write `.gitignore` where there is none, and add the rules of these rounds that are not in it.

    What people wrote there stays as it is. Raises OSError.
    """
    path = assessments / GITIGNORE
    there = path.read_bytes() if is_there(path) else None
    text = IGNORED.encode() if there is None else there
    lines = {line.rstrip() for line in text.splitlines()}  # blanks before a rule are part of it
    for line in (rule(name).encode() for name in rounds):
        if line not in lines:
            text += (b"" if text.endswith(b"\n") or not text else b"\n") + line + b"\n"
    if text != there:
        save.write(path, text)


def keep_out(assessments: Path, round_name: str, sheet: Path) -> None:
    """Before a sheet is saved: write the rule, and ask git whether it holds.

    Raises NotSavedError, with nothing of the sheet written, where git would see it; OSError where no rule can be
    written.
    """
    write_rules(assessments, [round_name])
    found = breach(assessments, round_name, [sheet.name])
    if found is not None:
        raise NotSavedError(found.message)


def breach(assessments: Path, round_name: str, names: Iterable[str] = ()) -> Finding | None:
    """Why git would see sheets of a round; None where it does not. `names` are files in its `answers/`."""
    found = _breaches(assessments, {round_name: names}, ())
    return next((finding for _round, finding in found), None)


def findings(
    assessments: Path, rounds: Iterable[Assessment], documents: Mapping[str, Document]
) -> Iterator[Finding]:
    """What `validate` says of the rounds whose sheets stay out of git; `documents` are all files by path as shown.

    Git is asked once for all rounds. Those that are published take no more sheets, and need no rule unless sheets
    still lie there.
    """
    counted = {a.name: a.counts is not None for a in rounds if a.only_counts}
    published = {name for name, out in counted.items() if out and not _has_sheets(assessments / name / ANSWERS)}
    for name, finding in _breaches(assessments, dict.fromkeys(counted, ()), published):
        place = documents[shown(assessments / name / "round.yaml")]
        yield finding if finding.path else place.placed(finding)


def _has_sheets(folder: Path) -> bool:
    return any(folder.glob("*.yaml"))


_SILENT = Finding(
    "counts-git-silent",
    message("git cannot say whether it sees the sheets of this round; look at what “git status” says here"),
    Severity.WARNING,
    route=("privacy",),
)


def _breaches(
    assessments: Path, rounds: Mapping[str, Iterable[str]], published: Collection[str]
) -> Iterator[tuple[str, Finding]]:
    """What git sees of the sheets of these rounds, by round."""
    if not rounds or not assessments.is_dir() or not git.around(assessments):
        return
    expected = {
        f"{r}/{ANSWERS}/{n}": r for r, names in rounds.items() if r not in published for n in (*names, _ANY)
    }
    try:
        tracked = git.asked(assessments, "ls-files", "-z", "--", *(f"{name}/{ANSWERS}" for name in rounds))
        ignored = git.ignored(assessments, list(expected))
    except OSError:  # no git here, but a folder of git's: whoever has git sees what we cannot check
        tracked = ignored = None
    if tracked is None or ignored is None:
        yield from ((name, _SILENT) for name in rounds)
        return
    for raw in filter(None, tracked.split(b"\0")):
        path = os.fsdecode(raw)
        yield path.split("/")[0], _tracked(assessments / path)
    seen = dict.fromkeys(name for path, name in expected.items() if path not in ignored)
    yield from ((name, _not_ignored(name)) for name in seen)


def _tracked(path: Path) -> Finding:
    what = message(
        "git tracks this sheet, but sheets of this round stay out of git; take it out: git rm --cached {path}",
        path=shown(path),
    )
    return Finding("counts-tracked", what, path=shown(path))


def _not_ignored(round_name: str) -> Finding:
    what = message(
        "git would see the sheets of this round; “{rule}” must stand in assessments/.gitignore, and no rule after "
        "it may take it back",
        rule=rule(round_name),
    )
    return Finding("counts-not-ignored", what, route=("privacy",))
