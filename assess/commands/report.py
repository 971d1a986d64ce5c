"""`assess report`: one self-contained HTML file."""

from __future__ import annotations

import webbrowser
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

from assess import __version__, i18n
from assess.commands import Context, Exit
from assess.core.finding import Finding, did_you_mean
from assess.core.message import message
from assess.core.round import Assessment
from assess.core.scoring import Basis, Result, score
from assess.files import builtin, save
from assess.files.load import shown
from assess.files.repository import Repository, UsageError
from assess.i18n import _
from assess.render import text
from assess.render.report_view import ReportData

FILE = "report.html"


def run(context: Context, args: Namespace) -> int:
    """Write the report of the newest round (or --round) beside its files, or where -o says."""
    repository = context.open()
    if args.lang is None and repository.config.language is not None:
        i18n.use(repository.config.language)
    if not repository.valid:
        context.say(*(text.finding_line(finding) for finding in repository.findings))
        return Exit.INVALID
    repository = _with_baselines(repository, args.baseline)
    assessment = repository.round(context.round)
    if assessment is None or not assessment.all_sheets:
        context.say(_("Nothing to report yet: nobody has answered. Start with: assess run"))
        return Exit.ENVIRONMENT
    if args.output == "-":
        context.put(html_of(context, repository, assessment))
        return Exit.PASSED
    try:
        path = write_report(
            context, repository, assessment.name, None if args.output is None else Path(args.output)
        )
    except OSError as error:
        context.say(_("The report cannot be written: {reason}").format(reason=error.strerror or error))
        return Exit.ENVIRONMENT
    context.say(_("The report is in {path}").format(path=shown(path)))
    if args.open:
        webbrowser.open(path.absolute().as_uri())
    return Exit.PASSED


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


def write_report(context: Context, repository: Repository, name: str | None, path: Path | None = None) -> Path:
    """Write the report of a round (the newest without a name) and return where it is. Raises OSError."""
    assessment = repository.round(name)
    assert assessment is not None, "the caller knows that there is a round"
    target = path or repository.folder(assessment.name) / FILE
    save.write(target, html_of(context, repository, assessment))
    return target


def html_of(context: Context, repository: Repository, assessment: Assessment) -> str:
    """The report of a round as text."""
    from assess.render import html  # the template engine is loaded once a report is wanted

    questionnaire = repository.questionnaire
    assert questionnaire is not None, "only valid folders get here"
    earlier = repository.earlier(assessment)

    def scored(what: Assessment, basis: Basis | None = None) -> Result:
        before = repository.earlier(what)
        return score(questionnaire, what, repository.baselines, earlier=before, basis=basis)

    beside = assessment.team_sheet is not None and bool(assessment.sheets)
    data = ReportData(
        questionnaire=questionnaire,
        baselines=repository.baselines,
        assessment=assessment,
        result=None if assessment.sealed else scored(assessment),
        team_result=scored(assessment, "team") if beside and not assessment.sealed else None,
        previous=next((scored(a) for a in reversed(earlier) if a.all_sheets and not a.sealed), None),
        today=context.today,
        language=i18n.tag(),
        version=__version__,
        earlier=earlier,
    )
    folder = builtin.folder("reports")
    templates = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    return html.report(data, templates)
