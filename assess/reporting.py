"""A round's report, as HTML and as Markdown: what it is made from, and where it lies."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from assess import __version__, i18n
from assess.core import versions
from assess.core.agenda import brief
from assess.core.change import since_last
from assess.core.result import Basis, Result
from assess.core.round import Assessment, shown
from assess.core.scoring import means, score
from assess.files import builtin, save
from assess.files.folders import REPORT
from assess.files.repository import Repository
from assess.render.minutes import minutes
from assess.render.report_view import ReportData

ROUNDS_SHOWN = 7
"""So many rounds before this one stand in the little lines: two years of quarters with this one."""


def write_report(repository: Repository, name: str | None, today: date) -> Path:
    """Write the report of a round (the newest without a name) and return where it is. Raises OSError."""
    assessment = repository.round(name)
    assert assessment is not None, "the caller knows that there is a round"
    target = repository.folder(assessment.name) / REPORT
    save.write(target, html_of(repository, assessment, today))
    return target


def html_of(repository: Repository, assessment: Assessment, today: date) -> str:
    """The report of a round as text."""
    from assess.render import html  # the template engine is loaded once a report is wanted

    data = _data_of(repository, assessment, today)
    folder = builtin.folder("reports")
    templates = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    return html.report(data, templates)


def markdown_of(repository: Repository, assessment: Assessment, today: date) -> str:
    """The report of a round as one page of Markdown."""
    from assess.render.summary import SummaryData, summary  # only for those who want it

    data = _data_of(repository, assessment, today)
    if assessment.sealed:
        return summary(SummaryData(data))
    told, sheet = None, data.assessment.team_sheet
    if sheet is not None:
        about = brief(data.questionnaire, assessment, repository.earlier(assessment), repository.baselines)
        told = minutes(about, sheet, data.questionnaire, today)
    return summary(SummaryData(data, told))


def _data_of(repository: Repository, assessment: Assessment, today: date) -> ReportData:
    questionnaire = repository.questionnaire
    assert questionnaire is not None, "only valid folders get here"
    earlier = repository.earlier(assessment)
    carried = versions.carried_round(assessment, questionnaire)

    def scored(what: Assessment, basis: Basis | None = None) -> Result:
        before = repository.earlier(what)
        return score(questionnaire, what, repository.baselines, earlier=before, basis=basis)

    beside = assessment.team_sheet is not None and assessment.individual
    return ReportData(
        questionnaire=questionnaire,
        baselines=repository.baselines,
        assessment=carried,
        result=None if assessment.sealed else scored(assessment),
        team_result=scored(assessment, "team") if beside and not assessment.sealed else None,
        today=today,
        language=i18n.tag(),
        version=__version__,
        earlier=tuple(versions.carried_round(a, questionnaire) for a in earlier),
        history=tuple((a.name, means(questionnaire, a)) for a in shown(earlier)[-ROUNDS_SHOWN:]),
        comparison=since_last(questionnaire, earlier, assessment),
    )
