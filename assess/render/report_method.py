"""How the numbers come about, with their limits, in plain words; where the baselines come from; fixed words."""

from __future__ import annotations

from dataclasses import dataclass

from assess.core.questionnaire import Source
from assess.core.scoring import Result
from assess.i18n import _, ngettext
from assess.render.report_practices import safe_url
from assess.render.report_view import ReportData


@dataclass(frozen=True, slots=True)
class Rule:
    """One term and what it means."""

    term: str
    text: str


@dataclass(frozen=True, slots=True)
class SourceView:
    """One source of a baseline: where it is, what kind of text, how far to trust it."""

    title: str
    about: str
    href: str
    limits: str


@dataclass(frozen=True, slots=True)
class BaselineView:
    """A baseline with its sources."""

    id: str
    title: str
    sources: tuple[SourceView, ...]


def limits() -> tuple[str, ...]:
    """What no number here can do."""
    return (
        _("Every level is self-reported: it says how people see their work, not how it is."),
        _(
            "A baseline is what one or two published accounts say about one company, rich and much noticed, at one "
            "time. Companies that worked the same way and failed have written no such accounts (survivorship)."
        ),
        _("Nothing here shows that working this way makes a team ship faster."),
        _(
            "Levels of different practices are not the same size, and teams are not to be compared with each other."
        ),
    )


def rules(data: ReportData, result: Result) -> tuple[Rule, ...]:
    """The formulas behind this very report."""
    basis = (
        _("each person's own sheet")
        if result.basis == "individual"
        else _("the team sheet, one settled level each")
    )
    said = [
        Rule(_("Basis"), _("The numbers come from {basis}.").format(basis=basis)),
        Rule(
            _("Practice"),
            _(
                "Score = 100 × the mean of what the given levels are worth (0 to 1). The middle answer is the lower "
                "median: at least half chose it or a higher one."
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
                "A practice is scored when at least half of the people gave a level; a dimension when at least half "
                "of its weight is scored. Otherwise it says “not scored”, which is not zero."
            ),
        ),
        Rule(
            _("No level"),
            _(
                "“Don't know” and “not answered” leave the mean and are counted. “Does not apply” takes a practice "
                "out when more than half of those who answered say so; otherwise it counts like “don't know”."
            ),
        ),
        Rule(
            _("Range"),
            _(
                "The lowest and highest the score could be if everyone who gave no level chose the lowest, or the "
                "highest. It says nothing about chance."
            ),
        ),
        Rule(
            _("Coverage"), _("Levels given, of all that could have been given; what does not apply is left out.")
        ),
        Rule(
            _("Gap"),
            _(
                "Mean level minus the described level, or minus the goal. Where the team sheet names a lower goal "
                "with a reason, it is a chosen difference and not counted as below."
            ),
        ),
        Rule(
            _("Goal"),
            _("The newest team sheet up to this round that names one, else the questionnaire's."),
        ),
        Rule(
            _("Attainment"),
            _(
                "1 − (sum of weight × what is missing to the described level) ÷ (sum of weight × described level), "
                "over practices both described and scored. Going beyond in one never pays for another."
            ),
        ),
        Rule(
            _("To improve, to clarify"),
            _(
                "To improve: below the goal, by weight × gap. To clarify first: a third or more of those who answered "
                "gave no level, or the range is wider than half the scale. What is to be clarified is not ranked."
            ),
        ),
        Rule(_("Far apart"), _("Two answers to one practice lie half the scale or more apart.")),
    ]
    left_out = len(data.questionnaire.practices) - len(result.practices)
    if left_out:
        said.append(
            Rule(
                _("Not asked"),
                ngettext(
                    "{n} practice of the questionnaire was not asked in this round.",
                    "{n} practices of the questionnaire were not asked in this round.",
                    left_out,
                ).format(n=left_out),
            )
        )
    return tuple(said)


def baseline_views(data: ReportData) -> tuple[BaselineView, ...]:
    """Every baseline in the report, with all its sources."""
    return tuple(BaselineView(b.id, b.title, tuple(_source(s) for s in b.sources)) for b in data.baselines)


def _source(source: Source) -> SourceView:
    about = [source.author, source.date]
    about += [source.kind] if source.kind else []
    return SourceView(source.title, " · ".join(about), safe_url(source.url or ""), source.limits or "")
