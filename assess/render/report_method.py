"""How the numbers come about, with their limits, in plain words; and where the baselines come from."""

from __future__ import annotations

from dataclasses import dataclass

from assess.core.questionnaire import Source
from assess.core.result import Result
from assess.i18n import _, ngettext
from assess.render.report_practices import kind_word, safe_url, tongue
from assess.render.report_view import ReportData


@dataclass(frozen=True, slots=True)
class Rule:
    """One term and what it means."""

    term: str
    text: str


@dataclass(frozen=True, slots=True)
class SourceView:
    """One source of a baseline: where it is, what kind of text, how far to trust it."""

    id: str
    title: str
    language: str
    about: str
    href: str
    limits: str


@dataclass(frozen=True, slots=True)
class BaselineView:
    """A baseline with its sources."""

    id: str
    title: str
    sources: tuple[SourceView, ...]


def limits(data: ReportData) -> tuple[str, ...]:
    """What no number here can do."""
    story = _(
        "A baseline is what its sources say about others, at one time. Those who worked the same way and failed "
        "have seldom left an account (survivorship)."
    )
    return (
        _("Every level is self-reported: it says how people see their work, not how it is."),
        *([story] if data.baselines else []),
        _("Nothing here shows that a higher level makes a team do better."),
        _("Levels of different practices are not equally large steps, and teams are not to be compared."),
    )


def rules(data: ReportData, result: Result) -> tuple[Rule, ...]:
    """The formulas behind this very report."""
    return (_basis(result), *_scoring(), *_unknowns(), *_comparing(data), *_lists(), *_left_out(data, result))


def _basis(result: Result) -> Rule:
    if result.basis == "team":
        return Rule(_("Basis"), _("The numbers come from the team sheet: one settled level per practice."))
    return Rule(_("Basis"), _("The numbers come from each person's own sheet, not from what the team settled on."))


def _scoring() -> tuple[Rule, ...]:
    return (
        Rule(
            _("Practice"),
            _(
                "Score = 100 × the mean of what the given levels are worth (0 to 1). The middle answer is the "
                "lower median: at least half chose it or a higher one."
            ),
        ),
        Rule(
            _("Dimension and total"),
            _(
                "A dimension is the weighted mean of its scored practices, the total the weighted mean of the "
                "dimensions. Only practices that were asked count."
            ),
        ),
        Rule(
            _("Scored or not"),
            _(
                "A practice is scored when at least half of the people gave a level, a dimension when at least "
                "half of its weight is scored. Otherwise it says “not scored”, which is not zero."
            ),
        ),
    )


def _unknowns() -> tuple[Rule, ...]:
    return (
        Rule(
            _("No level"),
            _(
                "“Don't know” and “not answered” leave the mean and are counted. “Does not apply” takes a "
                "practice out when more than half of those who answered say so; otherwise it counts like "
                "“don't know”."
            ),
        ),
        Rule(
            _("Range"),
            _(
                "The lowest and the highest the score could be if all who gave no level had chosen the lowest, "
                "or the highest. It says nothing about chance."
            ),
        ),
        Rule(
            _("Coverage"),
            _("Levels given, of all that could have been given; what does not apply is left out."),
        ),
        Rule(
            _("One answer = N points"),
            _("How far the score of a practice moves when one person chooses the next level."),
        ),
        Rule(_("Far apart"), _("An answer lies half the scale or more from the middle answer.")),
    )


def _comparing(data: ReportData) -> tuple[Rule, ...]:
    attainment = Rule(
        _("Attainment"),
        _(
            "1 − (sum of weight × what is missing to the described level) ÷ (sum of weight × described "
            "level), over practices both described and scored. Going beyond in one never pays for another."
        ),
    )
    return (
        Rule(
            _("Gap"),
            _(
                "Mean level minus the described level, or minus the goal. Where a team sheet names a lower goal "
                "with a reason, it is a chosen difference and not counted as below."
            ),
        ),
        Rule(_("Goal"), _("The newest team sheet up to this round that names one, else the questionnaire's.")),
        *([attainment] if data.baselines else []),
    )


def _lists() -> tuple[Rule, ...]:
    return (
        Rule(_("To improve"), _("Practices below their goal, by weight × gap, largest first.")),
        Rule(
            _("To clarify first"),
            _(
                "People disagree, a third or more of those who answered gave no level, or the range is wider than "
                "half the scale. Such a practice is not in the other list: first see what is so."
            ),
        ),
        Rule(
            _("Agreement"),
            _(
                "1 − variance of the levels given ÷ variance of answers spread evenly over all levels (r_wg): 1 "
                "where all agree, 0 as chance would have it. From .70 on people agree, below .50 they disagree; "
                "these limits are a convention. Of four people or fewer it proves little."
            ),
        ),
    )


def _left_out(data: ReportData, result: Result) -> tuple[Rule, ...]:
    revised = sum(out.why == "revised" for out in result.left_out)
    n = len(data.questionnaire.practices) - len(result.practices) - revised
    if not n:
        return ()
    text = ngettext(
        "{n} practice of the questionnaire was not asked in this round.",
        "{n} practices of the questionnaire were not asked in this round.",
        n,
    )
    return (Rule(_("Not asked"), text.format(n=n)),)


def baseline_views(data: ReportData) -> tuple[BaselineView, ...]:
    """Every baseline in the report, with all its sources."""
    return tuple(BaselineView(b.id, b.title, tuple(_source(s) for s in b.sources)) for b in data.baselines)


def _source(source: Source) -> SourceView:
    about = [source.author, source.date]
    about += [kind_word(source)] if source.kind else []
    return SourceView(
        source.id,
        source.title,
        tongue(source.title),
        " · ".join(about),
        safe_url(source.url or ""),
        source.limits or "",
    )
