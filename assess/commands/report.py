"""`assess report`: one self-contained HTML file, or a page of Markdown."""

from __future__ import annotations

import webbrowser
from argparse import Namespace
from dataclasses import replace
from os import SEEK_END
from pathlib import Path

from assess import reporting
from assess.commands import Context, Exit
from assess.core.finding import Finding, did_you_mean
from assess.core.message import message
from assess.core.round import Assessment
from assess.files import save
from assess.files.folders import REPORT, is_file
from assess.files.load import shown
from assess.files.reason import reason
from assess.files.repository import Repository, UsageError
from assess.i18n import _, translate
from assess.render import text
from assess.render.summary import MARK


def run(context: Context, args: Namespace) -> int:
    """Write the report of the newest round (or --round) beside its files, or where -o says; Markdown to stdout."""
    if args.open and args.format == "markdown":
        what = message("--open shows the HTML report; Markdown is printed, or written to where -o says")
        raise UsageError(Finding("usage", what, hint=message("leave out --open, or --format markdown")))
    repository = context.open()
    if not repository.valid:
        context.say(*(text.finding_line(finding) for finding in repository.findings))
        return Exit.INVALID
    repository = _with_baselines(repository, args.baseline)
    assessment = repository.round(context.round)
    if assessment is None or not assessment.has_answers:
        context.say(_("Nothing to report yet: nobody has answered. Start with: assess run"))
        return Exit.ENVIRONMENT
    if args.output == "-" or (args.output is None and args.format == "markdown"):
        context.put(_text(context, args, repository, assessment))
        return Exit.PASSED
    try:
        path = repository.folder(assessment.name) / REPORT
        if args.output is not None:
            path = _free(Path(args.output), args.format)
        save.write(path, _text(context, args, repository, assessment))
    except OSError as error:
        context.say(_("The report cannot be written: {reason}").format(reason=translate(reason(error))))
        return Exit.ENVIRONMENT
    context.say(_("The report is in {path}").format(path=shown(path)))
    if args.open:
        webbrowser.open(path.absolute().as_uri())
    return Exit.PASSED


def _text(context: Context, args: Namespace, repository: Repository, assessment: Assessment) -> str:
    made = reporting.markdown_of if args.format == "markdown" else reporting.html_of
    return made(repository, assessment, context.today)


def _free(path: Path, format_: str) -> Path:
    """A place for the report, where no file lies but perhaps an older report of the same format.

    Raises UsageError and OSError.
    """
    if not is_file(path) or not path.stat().st_size:
        return path
    with path.open("rb") as file:
        start = file.read(100).lstrip().lower()
        file.seek(-min(path.stat().st_size, 100), SEEK_END)
        end = file.read().rstrip()
    if format_ == "html" and start.startswith(b"<!doctype html"):
        return path
    if format_ == "markdown" and end.endswith(b"\n" + MARK.encode()):
        return path
    what = message("“{path}” is there already, and is no report", path=str(path))
    hint = message("choose another name, such as report.html")
    if format_ == "markdown":
        hint = message("choose another name, such as report.md; to add to a file, use >> instead of -o")
    raise UsageError(Finding("not-overwritten", what, hint=hint))


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
