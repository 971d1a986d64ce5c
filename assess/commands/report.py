"""`assess report`: one self-contained HTML file."""

from __future__ import annotations

import webbrowser
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

from assess import reporting
from assess.commands import Context, Exit
from assess.core.finding import Finding, did_you_mean
from assess.core.message import message
from assess.files.folders import is_file
from assess.files.load import shown
from assess.files.reason import reason
from assess.files.repository import Repository, UsageError
from assess.i18n import _, translate
from assess.render import text


def run(context: Context, args: Namespace) -> int:
    """Write the report of the newest round (or --round) beside its files, or where -o says."""
    repository = context.open()
    if not repository.valid:
        context.say(*(text.finding_line(finding) for finding in repository.findings))
        return Exit.INVALID
    repository = _with_baselines(repository, args.baseline)
    assessment = repository.round(context.round)
    if assessment is None or not assessment.has_answers:
        context.say(_("Nothing to report yet: nobody has answered. Start with: assess run"))
        return Exit.ENVIRONMENT
    if args.output == "-":
        context.put(reporting.html_of(repository, assessment, context.today))
        return Exit.PASSED
    try:
        output = None if args.output is None else _free(Path(args.output))
        path = reporting.write_report(repository, assessment.name, context.today, output)
    except OSError as error:
        context.say(_("The report cannot be written: {reason}").format(reason=translate(reason(error))))
        return Exit.ENVIRONMENT
    context.say(_("The report is in {path}").format(path=shown(path)))
    if args.open:
        webbrowser.open(path.absolute().as_uri())
    return Exit.PASSED


def _free(path: Path) -> Path:
    """A place for the report, where no file lies but perhaps an older report. Raises UsageError and OSError."""
    if not is_file(path):
        return path
    with path.open("rb") as file:
        start = file.read(100).lstrip().lower()
    if start and not start.startswith(b"<!doctype html"):
        what = message("“{path}” is there already, and is no report", path=str(path))
        hint = message("choose another name, such as report.html")
        raise UsageError(Finding("not-overwritten", what, hint=hint))
    return path


def _with_baselines(repository: Repository, wanted: list[str] | None) -> Repository:
    """The same folder seen beside some of its baselines only."""
    if wanted is None:
        return repository
    known = {baseline.id: baseline for baseline in repository.baselines}
    for name in wanted:
        if name not in known:
            what = message("there is no baseline “{name}” here", name=name)
            raise UsageError(Finding("unknown-baseline", what, hint=did_you_mean(name, tuple(known))))
    return replace(repository, baselines=tuple(known[name] for name in dict.fromkeys(wanted)))
