"""`assess validate`: whether files are what they say they are. Fast, and nothing is judged."""

from __future__ import annotations

import os
import re
from argparse import Namespace
from collections.abc import Iterable, Sequence
from pathlib import Path

from pydantic import BaseModel

from assess.commands import Context, Exit
from assess.core import consistency
from assess.core.answers import Sheet
from assess.core.counts import Counts
from assess.core.finding import Finding, has_errors
from assess.core.keymap import KeyMap, check_keymap
from assess.core.questionnaire import Baseline, Questionnaire
from assess.core.round import Round
from assess.core.translation import Translation
from assess.files import authored, builtin, folders, languages
from assess.files.authored import BESIDE, QUESTIONNAIRE
from assess.files.folders import is_file, is_folder
from assess.files.load import Loaded, load_any, shown
from assess.files.repository import Purpose, Repository, UsageError, find_root, is_root, open_repository
from assess.files.yamldoc import MAX_BYTES
from assess.i18n import _, ngettext
from assess.render import text

_OURS = re.compile(rb"^\{?[\"']?format[\"']?:[ \t]*[\"']?assess\.", re.MULTILINE)
Found = dict[str, tuple[Finding, ...]]
"""What was found, by the place of the file; nothing where a file has no fault."""


def run(context: Context, args: Namespace) -> int:
    """Check the named files and folders, or everything in the folder. Findings are the output."""
    repository = context.open(Purpose.CHECK)
    found = _named(repository, args.files) if args.files else _own(repository)
    findings = [finding for those in found.values() for finding in those]
    for finding in sorted(findings, key=lambda f: f.order):
        context.put(text.finding_line(finding) + "\n")
    if has_errors(findings):
        return Exit.INVALID
    if not found:
        where = " ".join(args.files) or str(repository.root)
        context.say(
            _("Nothing to check: no files of assess in {folder}.").format(folder=text.clean(where)),
            _("To check a questionnaire that is not in use yet, name its folder: assess validate FOLDER"),
        )
        return Exit.ENVIRONMENT
    context.say(ngettext("{n} file is valid.", "{n} files are valid.", len(found)).format(n=len(found)))
    return Exit.PASSED


def _place(path: Path) -> str:
    """Where a file lies, however it was named; a link is not what it leads to."""
    return str(path.parent.resolve() / path.name)


def _by_place(paths: Iterable[str], findings: Iterable[Finding]) -> Found:
    folders_: dict[str, str] = {}

    def place_of(name: str) -> str:
        """Each folder is looked up once: of a thousand sheets, most lie beside another."""
        folder, file = os.path.split(name)
        if folder not in folders_:
            folders_[folder] = _place(Path(folder, "x"))[:-1]
        return folders_[folder] + file

    found: Found = {place_of(path): () for path in paths}
    for finding in findings:
        place = place_of(finding.path)
        found[place] = (*found.get(place, ()), finding)
    return found


def _own(repository: Repository) -> Found:
    """The files of a team, less a questionnaire that is built in."""
    used = repository.questionnaire_path
    built_in = shown(used) if builtin.is_one(used) else None
    return _by_place((path for path in repository.documents if path != built_in), repository.findings)


def _named(repository: Repository, names: Sequence[str]) -> Found:
    """What is found in files, and in all that is ours in folders. What is named twice is told once."""
    judge = _Judge(repository)
    found: Found = {}
    for name in names:
        path = Path(name)
        found |= judge.folder(path) if is_folder(path) else {_place(path): judge.file(path)}
    return found


class _Judge:
    """Files beside whatever they need to be judged, each of which is read once."""

    def __init__(self, repository: Repository) -> None:
        self._here = repository
        self._teams = {repository.root: _own(repository)}
        self._questionnaires: dict[Path, Loaded[Questionnaire]] = {}

    def folder(self, folder: Path) -> Found:
        """All that is ours below a folder: by its place, or because it says so."""
        found: Found = {}
        for base, below, names in os.walk(folder):
            below[:] = sorted(name for name in below if not name.startswith("."))
            here = Path(base)
            inside = {
                place: those for place, those in self._team(here).items() if Path(place).parent == here.resolve()
            }
            found |= inside
            for path in (here / name for name in sorted(names) if name.endswith(".yaml") and name[0] != "."):
                if _place(path) not in found and (_home(path) is not None or _says_ours(path)):
                    found[_place(path)] = self.file(path)
            if _home(here / "any.yaml") is not None:
                found |= _by_place((), folders.strays(sorted(here.iterdir())))
        return found

    def file(self, path: Path) -> tuple[Finding, ...]:
        """What is found in one file: as the team's folder finds it, else beside its questionnaire."""
        team = self._team(path.parent)
        return team[_place(path)] if _place(path) in team else self._alone(path)

    def _team(self, folder: Path) -> Found:
        """What is found in the folder of a team that another folder belongs to; ours if it belongs to none."""
        root = find_root(folder)
        if root not in self._teams:
            self._teams[root] = _read_team(root) if is_root(root) else self._teams[self._here.root]
        return self._teams[root]

    def _alone(self, path: Path) -> tuple[Finding, ...]:
        """A file outside the team's folders."""
        home = _home(path)
        if home is not None and path.parent.name == "baselines":
            return authored.baseline(path, self._questionnaire(home).value).findings
        if home is not None:
            return languages.judged(path, self._questionnaire(home).value, home, thorough=True).findings
        loaded = load_any(path)
        if isinstance(loaded.value, Questionnaire):
            return self._questionnaire(path).findings
        return loaded.also(_beside(loaded.value, self._here.questionnaire)).findings

    def _questionnaire(self, path: Path) -> Loaded[Questionnaire]:
        if path not in self._questionnaires:
            self._questionnaires[path] = authored.questionnaire(path, thorough=True)
        return self._questionnaires[path]


def _beside(value: BaseModel | None, asked: Questionnaire | None) -> Iterable[Finding]:
    """What is wrong in a file that lies nowhere in particular, beside the questionnaire in use."""
    match value:
        case KeyMap():
            return check_keymap(value)
        case Translation():
            return [languages.not_compared()]
    return () if asked is None else _beside_questions(value, asked)


def _beside_questions(value: BaseModel | None, asked: Questionnaire) -> Iterable[Finding]:
    match value:
        case Baseline():
            return consistency.check_baseline(value, asked)
        case Sheet():
            return consistency.check_sheet(value, asked)
        case Round():
            return consistency.check_round(value, asked)
        case Counts():
            return consistency.check_counts(value, asked)
    return ()


def _read_team(root: Path) -> Found:
    """Another team's folder; what is wrong in its configuration is found like anything else."""
    try:
        return _own(open_repository(root, purpose=Purpose.CHECK))
    except UsageError as error:
        return _by_place((), error.findings)


def _home(path: Path) -> Path | None:
    """The questionnaire that a baseline or translation lies beside; None for a file at no such place."""
    beside = path.absolute().parent
    home = beside.parent / QUESTIONNAIRE
    return home if beside.name in BESIDE and is_file(home) else None


def _says_ours(path: Path) -> bool:
    """Whether a file is called, or calls itself, ours; strangers are not even parsed."""
    if path.name == QUESTIONNAIRE:
        return True
    try:
        with path.open("rb") as file:
            return _OURS.search(file.read(MAX_BYTES)) is not None
    except OSError:
        return False
