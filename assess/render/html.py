"""The report as one HTML file: views in, text out. The only importer of jinja2.

Every value is escaped where it is placed, controls of writing direction are made visible, and a content security
policy with the hashes of the two blocks stands first. Templates come as a mapping: no paths here.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import SimpleNamespace

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from assess.core.result import Result
from assess.core.round import Assessment
from assess.i18n import _
from assess.render import (
    json,
    report_change,
    report_disagreement,
    report_method,
    report_practices,
    report_sections,
    report_table,
    report_view,
    svg,
)
from assess.render.json_shape import ResultData
from assess.render.report_view import ReportData

__all__ = ["ReportData", "report"]

PAGE, STYLE, SCRIPT = "report.html.j2", "report.css", "report.js"
# C0 and C1 controls but tab and line ends, marks and embeddings of direction, lone surrogates
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True)
class Body:
    """Everything a report shows when it is not sealed."""

    tallies: tuple[report_view.Tally, ...]
    chosen: bool
    cards: tuple[report_view.Card, ...]
    table: report_table.GapTable
    disagreements: tuple[report_disagreement.Disagreement, ...]
    change: report_change.ChangeView | None
    sections: report_sections.Sections
    points_axis: Markup
    settled: bool
    practices: tuple[report_practices.PracticeView, ...]
    limits: tuple[str, ...]
    rules: tuple[report_method.Rule, ...]
    explained: tuple[report_method.Rule, ...]
    baselines: tuple[report_method.BaselineView, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A whole page. `body` is None where the round is sealed; `spoken` is the language of the questionnaire."""

    language: str
    spoken: str
    title: str
    provenance: tuple[str, ...]
    headline: str
    cautions: tuple[str, ...]
    body: Body | None
    data: ResultData
    made: str


def visible(value: object) -> object:
    r"""A value with the characters that change how others are read or shown made visible.

    >>> visible("a\u202eb")
    'a[U+202E]b'
    """
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    return _HIDDEN.sub(lambda match: f"[U+{ord(match[0]):04X}]", value)


def report(data: ReportData, templates: Mapping[str, str]) -> str:
    """The report as one self-contained page.

    `templates` are the texts of the folder `reports` by their path in it. Same input, same bytes.
    """
    environment = _environment(tuple(sorted(templates.items())))
    style, script = (environment.get_template(name).render() for name in (STYLE, SCRIPT))
    page = environment.get_template(PAGE).render(
        page=_page(data), words=SimpleNamespace(**_words()), csp=_policy(style, script)
    )
    return page.rstrip("\n") + "\n"


@cache
def _environment(templates: tuple[tuple[str, str], ...]) -> Environment:
    """The templates, compiled once however many reports are made of them."""
    environment = Environment(
        loader=DictLoader(dict(templates)),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # ASCII only: nothing in the data block can hide, and `<` is written as an escape by `tojson` itself
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": True, "separators": (",", ":")}
    return environment


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(block: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(block.encode()).digest()).decode()


def _page(data: ReportData) -> Page:
    shown = None if data.assessment.sealed else data.result
    rows = () if shown is None else report_view.standings(data, shown)
    if shown is None:
        headline, cautions = _sealed_headline(data.assessment), _sealed_words(data.assessment)
        exported = json.sealed_data(data.assessment)
    else:
        headline, cautions = report_view.headline(data, rows), report_view.cautions(data, shown)
        exported = json.result_data(shown)
    return Page(
        language=data.language,
        spoken=data.questionnaire.language,
        title=_("{team}, {round}").format(team=data.assessment.team, round=data.assessment.name),
        provenance=report_view.provenance(data),
        headline=headline,
        cautions=cautions,
        body=None if shown is None else _body(data, shown, rows),
        data=exported,
        made=_("Made by assess {version} on {date}. One file, no tracking, nothing leaves your machine.").format(
            version=data.version, date=data.today.isoformat()
        ),
    )


def _sealed_headline(assessment: Assessment) -> str:
    n, expected = len(assessment.sheets), assessment.expected
    if expected is None:
        return _("{n} have answered; the answers are still sealed").format(n=n)
    return _("{n} of {expected} have answered; the answers are still sealed").format(n=n, expected=expected)


def _sealed_words(assessment: Assessment) -> tuple[str, ...]:
    if assessment.only_counts:
        return (
            _(
                "Sheets of this round stay out of git. Nothing that comes from an answer is shown until the "
                "counts are published, of five people at least."
            ),
            _("Hidden, not encrypted: whoever collects the sheets can read them."),
        )
    return (
        _(
            "The round is open. So that nobody is led by what others said, nothing that comes from an answer is "
            "shown until it is closed."
        ),
        _("When everybody has answered, look at it together: assess meet shows the answers."),
        _("Hidden, not encrypted: whoever can read the repository can read the files."),
    )


def _body(data: ReportData, result: Result, rows: tuple[report_view.Standing, ...]) -> Body:
    tallies = report_view.tallies(data, rows)
    return Body(
        tallies=tallies,
        chosen=any(line.chosen for line in tallies),
        cards=_cards(data, result, rows),
        table=report_table.gap_table(data, result, rows),
        disagreements=report_disagreement.disagreements(data, result),
        change=report_change.change_view(data),
        sections=report_sections.sections(data, result),
        points_axis=svg.axis((0, 50, 100), svg.SPAN_WIDTH),
        settled=data.settled is not None,
        practices=report_practices.practice_views(data, result),
        limits=report_method.limits(data),
        rules=report_method.rules(data, result),
        explained=tuple(report_method.Rule(e.title, e.text) for e in data.questionnaire.help),
        baselines=report_method.baseline_views(data),
    )


def _cards(
    data: ReportData, result: Result, rows: tuple[report_view.Standing, ...]
) -> tuple[report_view.Card, ...]:
    """What moved, where answers part and what nobody knows, what is being done: counts, no grand score."""
    spread, unknown = report_view.spread_card(result, rows), report_view.unknown_card(result)
    if data.comparison is None:
        return (spread, unknown, report_view.action_card(data))
    more = _("; ").join(part for part in (spread.more, f"{unknown.figure} {unknown.text}") if part)
    return (
        report_change.moved_card(data.comparison),
        replace(spread, more=more),
        report_view.action_card(data),
    )


def _words() -> dict[str, str]:
    """The fixed words of the page, by what they are for."""
    return {**_frame_words(), **_section_words(), **_practice_words()}


def _frame_words() -> dict[str, str]:
    return {
        "skip": _("Skip to the practices"),
        "contents": _("Contents"),
        "beside": _("Beside baselines and goals"),
        "below": _("below"),
        "at": _("at"),
        "above": _("above"),
        "chosen": _("chosen"),
        "compared": _("compared with"),
        "gaps": _("Practices by gap"),
        "gaps_region": _("Table of practices by gap, scrolls sideways"),
        "practice": _("Practice"),
        "scale": _("Levels"),
        "lowest": _("lowest"),
        "highest": _("highest"),
        "to_gaps": _("Gaps"),
        "to_disagreement": _("Disagreement"),
        "to_change": _("Change"),
        "to_next": _("Next"),
        "to_actions": _("Actions"),
        "to_practices": _("Practices"),
        "to_method": _("Method"),
        "to_sources": _("Sources"),
        "expand": _("Open all"),
        "collapse": _("Close all"),
        "filter": _("Filter practices"),
        "copy": _("Copy link"),
        "copied": _("Link copied"),
    }


def _section_words() -> dict[str, str]:
    return {
        "disagreement": _("Where the team disagrees"),
        "disagreement_note": _("Each bar is a level, as high as so many chose it. Nobody is named."),
        "change_region": _("Table of what moved, scrolls sideways"),
        "score_points": _("Score"),
        "change": _("Change"),
        "people": _("People"),
        "reason": _("Reason"),
        "next": _("What to do next"),
        "improve": _("To improve"),
        "try": _("Could be tried: "),
        "clarify": _("To clarify first"),
        "clarify_none": _("Nothing is too unknown to be talked about."),
        "actions": _("What the team decided"),
        "actions_region": _("Table of actions, scrolls sideways"),
        "actions_none": _("No actions yet. One small step from the list below is enough."),
        "action": _("Action"),
        "owner": _("Owner"),
        "due": _("Due"),
        "state": _("State"),
        "dimensions": _("Dimensions"),
        "dimensions_region": _("Table of dimensions, scrolls sideways"),
        "dimension": _("Dimension"),
        "group": _("Group"),
        "score": _("Score"),
        "range": _("Range"),
        "coverage": _("Coverage"),
        "settled": _("Settled"),
        "points_note": _("Points of 100. The band is the range the score could still take."),
        "groups": _("Drive, flow, brakes"),
        "pairs": _("Out of balance"),
        "attainment": _("How much of each baseline is there"),
    }


def _practice_words() -> dict[str, str]:
    return {
        "practices": _("Practice by practice"),
        "practices_note": _("Notes and links are shown without names and in no order of people."),
        "level": _("Level"),
        "text": _("What it means"),
        "answers": _("Answers"),
        "here": _("Also here"),
        "said": _("What was said"),
        "team": _("What the team settled on"),
        "links": _("Links given"),
        "described": _("What the baselines say"),
        "price": _("At a price: "),
        "research": _("What research says"),
        "overdone": _("When overdone"),
        "step": _("A next step"),
        "method": _("How to read the numbers"),
        "explained": _("How the questions are meant"),
        "sources": _("Where the baselines come from"),
        "limits": _("Limits: "),
    }
