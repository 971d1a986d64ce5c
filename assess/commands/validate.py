"""`assess validate`: whether files are what they say they are. Fast, and nothing is judged."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from pydantic import BaseModel

from assess.commands import Context, Exit
from assess.core import consistency
from assess.core.answers import Sheet
from assess.core.finding import Finding, has_errors
from assess.core.questionnaire import Baseline, Questionnaire
from assess.core.round import Round
from assess.core.translation import Translation
from assess.files import languages
from assess.files.folders import is_file
from assess.files.load import Loaded, load, load_any, shown
from assess.files.repository import Purpose, Repository
from assess.i18n import ngettext
from assess.render import text


def run(context: Context, args: Namespace) -> int:
    """Check the named files, or everything in the folder. Findings are the output."""
    repository = context.open(Purpose.CHECK)
    if args.files:
        findings, count = _named(repository, args.files)
    else:
        findings, count = list(repository.findings), len(repository.documents)
    for finding in sorted(findings, key=lambda f: f.order):
        context.put(text.finding_line(finding) + "\n")
    if has_errors(findings):
        return Exit.INVALID
    context.say(ngettext("{n} file is valid.", "{n} files are valid.", count).format(n=count))
    return Exit.PASSED


def _named(repository: Repository, names: list[str]) -> tuple[list[Finding], int]:
    findings: list[Finding] = []
    for name in names:
        path = Path(name)
        if shown(path) in repository.documents:
            findings += (f for f in repository.findings if f.path == shown(path))
        else:
            findings += _alone(path, repository)
    return findings, len(names)


def _alone(path: Path, repository: Repository) -> tuple[Finding, ...]:
    """A file outside the team's folders, beside what it needs to be judged."""
    loaded = load_any(path)
    value = loaded.value
    questionnaire = repository.questionnaire
    if isinstance(value, Questionnaire):
        return loaded.also(consistency.check_questionnaire(value)).findings
    if isinstance(value, Baseline):
        beside = path.absolute().parent.parent / "questionnaire.yaml"
        own: Loaded[Questionnaire] | None = load(beside, Questionnaire) if is_file(beside) else None
        questionnaire = own.value if own is not None else questionnaire
        return loaded.also(consistency.check_baseline(value, questionnaire) if questionnaire else ()).findings
    if isinstance(value, Translation):
        return _translation(path, loaded)
    if questionnaire is not None and isinstance(value, Sheet):
        return loaded.also(consistency.check_sheet(value, questionnaire)).findings
    if questionnaire is not None and isinstance(value, Round):
        return loaded.also(consistency.check_round(value, questionnaire)).findings
    return loaded.findings


def _translation(path: Path, loaded: Loaded[BaseModel]) -> tuple[Finding, ...]:
    """A translation beside the questionnaire that its folder lies beside; without one it is only read."""
    beside = path.absolute().parent.parent / "questionnaire.yaml"
    if not is_file(beside):
        return loaded.also([languages.not_compared()]).findings
    return languages.judged(path, load(beside, Questionnaire).value, beside).findings
