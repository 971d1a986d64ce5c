"""`assess diff`: two rounds beside each other, in words. Rounds, folders, sheets, and commits of the past."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from pathlib import Path

from assess.commands import Context, Exit
from assess.core.answers import Sheet
from assess.core.change import common_basis, compare
from assess.core.finding import Finding, did_you_mean
from assess.core.message import Message, message
from assess.core.round import Assessment, Round
from assess.files import snapshot
from assess.files.folders import is_file, is_folder
from assess.files.kept_out import ANSWERS
from assess.files.load import load
from assess.files.repository import ASSESSMENTS, ROUND, Purpose, Repository, UsageError, is_root, open_repository
from assess.i18n import _
from assess.render import diff, json, markdown, text

SIDES = 2


class _InvalidError(Exception):
    """What is to be compared has faults; exit code 3."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(*map(str, findings))
        self.findings = findings


def run(context: Context, args: Namespace) -> int:
    """Compare the last two rounds, or what the arguments name; one alone is compared with the newest round."""
    if len(args.sides) > SIDES:
        raise UsageError(Finding("usage", message("two sides can be compared, not {n}", n=len(args.sides))))
    repository = context.open()
    try:
        before, after = _sides(context, repository, args.sides)
    except _InvalidError as error:
        context.say(*(text.finding_line(finding) for finding in error.findings))
        return Exit.INVALID
    except snapshot.HistoryError as error:
        context.say(text.finding_line(error.finding))
        return Exit.ENVIRONMENT
    if before is None or after is None:
        context.say(_("Nothing to compare yet: it takes two rounds that somebody has answered."))
        return Exit.ENVIRONMENT
    return _compared(context, args, repository, before, after)


def _compared(
    context: Context, args: Namespace, repository: Repository, before: Assessment, after: Assessment
) -> int:
    assert repository.questionnaire is not None, "only valid folders get here"
    closed = next((side for side in (after, before) if side.sealed), None)
    if closed is not None:
        safe = markdown.escape if args.format == "markdown" else str
        lines = "".join(f"{safe(line)}\n" for line in text.sealed(closed))
        data = json.sealed_comparison_data(before, after, closed)
        context.put(json.dump(data) if args.format == "json" else lines)
        return Exit.PASSED
    basis = common_basis(before, after)
    if basis is None:
        told = _("{before} and {after} cannot be compared: one was answered together, the other by each alone.")
        context.say(told.format(before=text.clean(before.name), after=text.clean(after.name)))
        return Exit.ENVIRONMENT
    found = compare(repository.questionnaire, before, after, basis)
    if args.format == "json":
        context.put(json.dump(json.comparison_data(found)))
    else:
        lay_out = diff.as_markdown if args.format == "markdown" else diff.lines
        context.put("".join(f"{line}\n" for line in lay_out(found, repository.questionnaire)))
    return Exit.PASSED


def _sides(
    context: Context, repository: Repository, named: list[str]
) -> tuple[Assessment | None, Assessment | None]:
    """Both sides, the older first; None for one that is not there yet."""
    if not repository.valid:
        raise _InvalidError(repository.findings)
    answered = [a for a in repository.assessments if a.has_answers]
    if not named:
        newest = repository.round(context.round)
        earlier = [a for a in answered if newest is not None and a in repository.earlier(newest)]
        return (earlier[-1] if earlier else None), (newest if newest in answered else None)
    before = _side(context, repository, named[0])
    after = _side(context, repository, named[1]) if len(named) == SIDES else repository.round(context.round)
    return before, after


def _side(context: Context, repository: Repository, name: str) -> Assessment:
    """What a word on the command line means: a round here, a file or folder, a commit. Raises UsageError."""
    found = next((a for a in repository.assessments if a.name == name), None)
    if found is not None:
        return found
    path = Path(name)
    if is_file(path):
        return _of_file(path)
    if is_folder(path):
        return _of_folder(context, repository, path)
    ref, _colon, round_ = name.partition(":")
    commit = snapshot.commit(repository.root, ref)
    if commit is None:
        what = message("“{name}” is no round here, no file, no folder and no commit", name=name)
        raise UsageError(Finding("unknown-side", what, hint=_near(repository, name)))
    with snapshot.taken(repository.root, commit) as folder:
        then = _opened(context, repository, folder)
        side = _round_of(then, round_ or None, name)
    return replace(side, name=f"{side.name} ({ref})")


def _near(repository: Repository, name: str) -> Message | None:
    names = [a.name for a in repository.assessments]
    return did_you_mean(name, names) if names else None


def _round_of(repository: Repository, name: str | None, where: str) -> Assessment:
    found = repository.round(name)
    if found is None or not found.has_answers:
        raise UsageError(Finding("no-answers", message("nobody has answered in “{where}”", where=where)))
    return found


def _of_file(path: Path) -> Assessment:
    """One sheet alone. Raises UsageError for one of a round whose sheets nobody but the collector sees."""
    beside = load(path.absolute().parent.parent / ROUND, Round).value
    if beside is not None and beside.privacy == "counts" and path.absolute().parent.name == ANSWERS:
        what = message("sheets of the round “{name}” are counted, and none is shown alone", name=beside.round)
        raise UsageError(Finding("counts-row", what))
    loaded = load(path, Sheet)
    if loaded.value is None:
        raise _InvalidError(loaded.findings)
    sheet = loaded.value
    name = f"{sheet.round} ({path.name})"
    return Assessment(name, None, () if sheet.is_team else (sheet,), sheet if sheet.is_team else None)


def _of_folder(context: Context, repository: Repository, path: Path) -> Assessment:
    """The newest round of a team's folder, or the round whose own folder it is."""
    path = path.resolve()
    if is_root(path):
        return _round_of(_opened(context, repository, path), None, path.name)
    if path.parent.name == ASSESSMENTS:
        return _round_of(_opened(context, repository, path.parent.parent), path.name, path.name)
    what = message("“{path}” is no folder of a team and no folder of a round", path=path.name)
    raise UsageError(Finding("unknown-side", what))


def _opened(context: Context, repository: Repository, folder: Path) -> Repository:
    """Another folder, or another time, read with the questionnaire that is in use here."""
    found = open_repository(
        folder,
        questionnaire=str(repository.questionnaire_path),
        purpose=Purpose.ANSWER,
        tongue=context.tongue,
    )
    if not found.valid:
        raise _InvalidError(found.findings)
    return found
