"""A round on one page of Markdown, for a pull request or the summary of a CI step.

The numbers are those of the result, the sentences those of the report and of `diff`; `fitted` keeps it short.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from assess.core.actions import by_urgency, in_force
from assess.core.change import Comparison
from assess.core.result import PracticeResult, Result, Score
from assess.i18n import _, aside, labelled, ngettext
from assess.render import diff, report_view, text, words
from assess.render.fitted import Part, bullets, cell, page, table
from assess.render.minutes import Minutes, action
from assess.render.report_sections import bounds
from assess.render.report_view import ReportData, Standing

MARK = '[//]: # "assess.report/1"'
"""The last line: a definition that nothing refers to, so that nobody sees it. By it an older report is known."""
BASELINES = 4
"""So many baselines have a column; more would make the table too wide to be read."""


class Use(IntEnum):
    """What is of how much use to who reads the page: where it grows too long, the first of these go first."""

    RECORD = 1
    LEFT_OUT = 2
    LEFT_OPEN = 3
    BALANCE = 4
    PERHAPS = 5
    AGREED = 6
    PRACTICES = 7
    TOTALS = 8
    ATTAINMENT = 9
    IMPROVE = 10
    MOVED = 11
    SAID = 12
    CLARIFY = 13
    ACTIONS = 14


@dataclass(frozen=True, slots=True)
class SummaryData:
    """What a summary is made from: what the report is made from, and what came of it.

    `minutes` of the meeting are None without a team sheet, and where the round is sealed.
    """

    report: ReportData
    minutes: Minutes | None = None

    @property
    def comparison(self) -> Comparison | None:
        """With the round before; None where there is none, or the two cannot be compared."""
        return self.report.comparison


def summary(data: SummaryData) -> str:
    """The page as text. Same input, same bytes."""
    report, result = data.report, data.report.result
    about = report_view.provenance(report)[2:]  # what follows team and round, which are the heading
    top = [f"## {cell(report.assessment.team)} · {cell(report.assessment.name)}", "", cell(" · ".join(about))]
    made = _("Made by assess {version} on {date}.").format(version=report.version, date=report.today.isoformat())
    end = [cell(made), "", MARK]
    if result is None or report.assessment.sealed:
        told = [*text.sealed(report.assessment)][1:]
        return page([*top, *(line for said in told for line in ("", cell(said)))], (), end)
    rows = report_view.standings(report, result)
    cautions = report_view.cautions(report, replace(result, left_out=()))  # these have a part of their own
    top += [line for said in cautions for line in ("", cell(said))]
    top += ["", f"**{cell(report_view.headline(report, rows))}**"]
    return page(top, [*_parts(data, result, rows)], end)


def _parts(data: SummaryData, result: Result, rows: Sequence[Standing]) -> Iterator[Part]:
    if rows:
        yield _practices(data, result, rows)
    yield from _firsts(data.report, result)
    yield from _moved(data, result)
    yield from _settled(data, result)
    if data.report.baselines:
        yield _attainment(data.report, result)
    yield _dimensions(data.report, result)
    yield from _left_out(data.report, result)


# the practices


def _practices(data: SummaryData, result: Result, rows: Sequence[Standing]) -> Part:
    """One row a practice, in the order of the report: the widest gap first, so that the last ones may go."""
    report, people = data.report, result.basis == "individual"
    shown = [b.id for b in report.baselines[:BASELINES]]
    moved = _moves(data, result)
    head = [_("practice"), _("level")]
    head += [_("answers")] if people else []
    head += [_("agreement")] if _several(result) else []
    head += [*shown, _("goal")]
    if moved:
        head.append(_("since {round}").format(round=data.comparison.before if data.comparison else ""))
    lines = []
    for s in rows:
        p = s.result
        line = [s.practice.title, _level(p, result)]
        line += [text.answers_word(p)] if people else []
        line += [_agreement(p)] if _several(result) else []
        line += [_described(p.baselines[name]) for name in shown]
        line.append(_("no goal") if p.goal is None else words.level(p.goal))
        line += [moved[p.id]] if moved else []
        lines.append(line)
    return table(_("Practices"), Use.PRACTICES, head, lines, lead=[*_legend(report, result)])


def _several(result: Result) -> bool:
    """Whether there is anybody to agree with."""
    return result.basis == "individual" and result.respondents > 1


def _legend(report: ReportData, result: Result) -> Iterator[str]:
    if result.basis == "individual":
        yield text.legend()
    if _several(result):
        yield _("The level is the middle answer. Where nothing stands under agreement, people agree.")
    more = len(report.baselines) - BASELINES
    if more > 0:
        yield ngettext(
            "{n} baseline more has no column here; choose with --baseline.",
            "{n} baselines more have no column here; choose with --baseline.",
            more,
        ).format(n=more)


def _level(p: PracticeResult, result: Result) -> str:
    """The middle level, or in words why there is none; of a team that answered as one, what it said."""
    if p.median is not None:
        return str(p.median)
    if result.basis == "team" and p.dont_know:
        return _("don't know")
    if result.basis == "team" and p.unanswered:
        return _("not answered")
    return _("does not apply") if p.excluded else _("not scored")


def _agreement(p: PracticeResult) -> str:
    """A dash where fewer than two gave a level."""
    if p.agreement.word is None:
        return "–"
    return "" if p.agreement.word == "agree" else words.agreement(p.agreement)


def _described(level: int | None) -> str:
    return _("not described") if level is None else str(level)


def _moves(data: SummaryData, result: Result) -> dict[str, str]:
    """A word for each practice on how it moved; none where that was found with other answers than the table's."""
    found = data.comparison
    if found is None or found.basis != result.basis:
        return {}
    said = {p.id: _("not asked then") for p in result.practices}
    because = {"new": _("new"), "revised": _("not comparable"), "not-scored": _("not comparable")}
    said |= {out.id: because[out.why] for out in found.not_compared if out.id in said and out.why in because}
    for moved in found.practices:
        verdicts = {1: _("improved"), -1: _("worse")}
        quiet = _("perhaps") if moved.change.verdict == "maybe" else _("no visible change")
        said[moved.id] = verdicts.get(moved.change.direction, quiet)
    return said


# what to do first


def _firsts(report: ReportData, result: Result) -> Iterator[Part]:
    titles = {pid: practice.title for pid, practice in report.questionnaire.practices.items()}
    practices = {p.id: p for p in result.practices}
    unclear = [practices[pid] for pid in result.clarify]
    told = [labelled(titles[p.id], _("; ").join(_why(p, result))) for p in unclear]
    lead = () if told else (_("Nothing is too unknown to be talked about."),)
    yield bullets(_("Where we disagree, and what to clarify first"), Use.CLARIFY, told, lead=lead)
    if result.apart:
        pairs = [words.apart(pair, [titles[pid] for pid in pair.practices]) for pair in result.apart]
        yield bullets(_("Out of balance"), Use.BALANCE, pairs)
    if result.improve:
        first = [practices[pid] for pid in result.improve[: text.SHOWN]]
        told = [labelled(titles[p.id], words.below_goal(p)) for p in first]
        more = len(result.improve) - len(told)
        rest = [ngettext("… and {n} more", "… and {n} more", more).format(n=more)] if more else []
        yield bullets(_("To improve"), Use.IMPROVE, [*told, *rest])


def _why(p: PracticeResult, result: Result) -> tuple[str, ...]:
    """The reasons, and the answers behind them."""
    return (*words.doubts(p), *([text.answers_word(p)] if result.basis == "individual" else []))


# what moved, and what was settled


def _moved(data: SummaryData, result: Result) -> Iterator[Part]:
    """As in `diff`, but only counted what did not move and what is not compared."""
    found, before = data.comparison, data.report.history[-1:]
    questionnaire = data.report.questionnaire
    if found is None:
        said = _("This is the first round: there is nothing to compare it with yet.")
        if before:
            told = _(
                "{before} and {after} cannot be compared: one was answered together, the other by each alone."
            )
            said = told.format(before=before[0][0], after=result.round)
        yield bullets(_("What moved"), Use.TOTALS, (), lead=[said])
        return
    title = _("What moved since {round}").format(round=found.before)
    lead = (diff.people(found), *diff.rest(found, questionnaire, names=False))
    head = (_("dimension"), _("score"), _("change"))
    totals = [
        (row.title, row.scores, aside(row.difference, row.level) if row.level else row.difference)
        for row in diff.totals(found, questionnaire)
    ]
    yield replace(table(title, Use.TOTALS, head, totals), lead=("\n".join(f"- {cell(line)}" for line in lead),))
    columns = (_("practice"), *diff.columns()[1:])
    for section in diff.sections(found, questionnaire):
        sure = section.title != _("Perhaps")
        use = Use.MOVED if sure else Use.PERHAPS
        yield table(section.title, use, columns, [row[: len(columns)] for row in section.rows], depth=4)


def _settled(data: SummaryData, result: Result) -> Iterator[Part]:
    """What the team sheet says, and the actions that are still to be looked after."""
    report, told = data.report, data.minutes
    parts: list[Part] = []
    if told is not None and told.settled and result.basis == "individual":
        head = (_("practice"), _("answers"), _("agreed"))
        parts.append(table(_("What the team agreed on"), Use.AGREED, head, told.settled, depth=4))
    if told is not None:
        parts += [bullets(head, Use.SAID, [labelled(*pair) for pair in said], depth=4) for head, said in told.said]
    actions = _actions(report)
    if actions:
        columns = (_("what"), _("about"), _("who"), _("by"), _("state"))
        parts.append(table(_("Actions"), Use.ACTIONS, columns, actions, depth=4))
    if told is not None and told.left and result.basis == "individual":
        parts.append(bullets(_("Left for another time"), Use.LEFT_OPEN, told.left, depth=4))
    lead = () if parts else (_("Nothing was agreed on yet."),)
    yield bullets(_("What the team settled on"), Use.SAID, (), lead=lead)
    yield from parts


def _actions(report: ReportData) -> list[tuple[str, ...]]:
    """Overdue ones first; of one that an earlier round decided, which."""
    titles = {pid: practice.title for pid, practice in report.questionnaire.practices.items()}
    rows = []
    for decided in by_urgency(in_force(report.earlier, report.assessment)):
        *row, state = action(decided, titles, report.today)
        if decided.since != report.assessment.name:
            state = aside(state, _("from {round}").format(round=decided.since))
        rows.append((*row, state))
    return rows


# numbers for the record


def _attainment(report: ReportData, result: Result) -> Part:
    rows = []
    for baseline in report.baselines:
        found = result.attainment[baseline.id]
        share = _("nothing to compare")
        if found.percent is not None:
            share = _("{n} %").format(n=words.number(found.percent))
        total = len(result.practices)
        rests = ngettext(
            "rests on {n} of {total} practice asked", "rests on {n} of {total} practices asked", total
        )
        title = labelled(baseline.id, baseline.title)
        rows.append((title, aside(share, rests.format(n=found.described, total=total))))
    head = (_("baseline"), _("there"))
    return table(_("How much of each baseline is there"), Use.ATTAINMENT, head, rows)


def _dimensions(report: ReportData, result: Result) -> Part:
    titles = {d.id: d.title for d in report.questionnaire.dimensions}
    rows = [_score(titles[d.id], d.score) for d in result.dimensions]
    rows.append(_score(_("All together"), result.overall))
    lead = [_("Points of 100. The range is where the score could still be, were all known.")]
    return table(
        _("Dimensions"), Use.RECORD, (_("dimension"), _("score"), _("range"), _("coverage")), rows, lead=lead
    )


def _score(title: str, score: Score) -> tuple[str, ...]:
    if score.low is None or score.coverage is None:
        return title, _("does not apply"), "–", "–"
    coverage = _("{n} %").format(n=round(score.coverage * 100))
    return title, report_view.points(score.score), bounds(score), coverage


def _left_out(report: ReportData, result: Result) -> Iterator[Part]:
    """What is not in any number: questions that were not asked, and those that mean something else now."""
    revised = sum(out.why == "revised" for out in result.left_out)
    n = len(report.questionnaire.practices) - len(result.practices) - revised
    told = [
        ngettext(
            "{n} practice of the questionnaire was not asked in this round.",
            "{n} practices of the questionnaire were not asked in this round.",
            n,
        ).format(n=n)
    ]
    lead = told if n > 0 else []
    if result.left_out:
        lead.append(_("Not counted, because the questionnaire has changed since it was answered:"))
    if lead:
        yield bullets(
            _("What is left out"), Use.LEFT_OUT, [*text.left_out(result, report.questionnaire)], lead=lead
        )
