"""The report's first screen as dataclasses that already hold every sentence, number and position.

Here: what a report is made from, how numbers are written, headline and cards. The table is in `report_table`, what
lies below it in `report_sections` and `report_practices`. No markup (svg.py draws), no template.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from markupsafe import Markup

from assess.core.actions import in_force, overdue
from assess.core.answers import DONT_KNOW, NOT_APPLICABLE, Goal
from assess.core.change import Comparison
from assess.core.questionnaire import Baseline, Practice, Questionnaire
from assess.core.result import PracticeResult, Result
from assess.core.round import Assessment
from assess.i18n import _, asked_word, clauses, listed, ngettext
from assess.render import svg, text
from assess.render.words import number

FEW = 4
"""Up to so many respondents, agreement proves little."""


@dataclass(frozen=True, slots=True)
class ReportData:
    """What a report is made from.

    `result` is None where the round is sealed. `team_result` is the team sheet's where there is one besides the
    individual sheets. `history` has the name and the mean levels of the rounds before whose answers are shown,
    oldest first, and `comparison` lays this round beside the last of them. `earlier` are all rounds before this
    one, for the reasons of goals set there. `language` is the tag of the language in use.
    """

    questionnaire: Questionnaire
    baselines: tuple[Baseline, ...]
    assessment: Assessment
    result: Result | None
    team_result: Result | None
    today: date
    language: str
    version: str
    earlier: tuple[Assessment, ...] = ()
    history: tuple[tuple[str, Mapping[str, float | None]], ...] = ()
    comparison: Comparison | None = None

    @property
    def settled(self) -> Result | None:
        """The team sheet's result, where it stands beside another one."""
        if self.result is None or self.result.basis == "team":
            return None
        return self.team_result

    def team_goal(self, practice: str) -> tuple[Goal, str] | None:
        """The goal that the newest team sheet names for a practice, and in which round; None if none does."""
        for assessment in (self.assessment, *reversed(self.earlier)):
            sheet = assessment.team_sheet
            goal = None if sheet is None else sheet.get(practice).goal
            if goal is not None:
                return goal, assessment.name
        return None


@dataclass(frozen=True, slots=True)
class Standing:
    """One asked practice beside its baselines and its goal.

    `gaps` holds the practice's mean level minus the described level for each baseline that describes it, and is
    empty where the practice is not scored. `chosen` are the baselines that the team, by a goal with a reason, has
    decided not to follow as far.
    """

    practice: Practice
    result: PracticeResult
    gaps: dict[str, Decimal]
    chosen: frozenset[str]
    goal_gap: Decimal | None

    @property
    def top(self) -> int:
        """The highest level."""
        return len(self.practice.levels) - 1

    @property
    def compared(self) -> dict[str, Decimal]:
        """The gaps that count as such: to baselines, less the chosen differences."""
        return {b: gap for b, gap in self.gaps.items() if b not in self.chosen}

    @property
    def widest(self) -> Decimal | None:
        """The lowest of the gaps that count; the gap to the goal where no baseline describes the practice."""
        return min(self.compared.values(), default=None if self.gaps else self.goal_gap)

    @property
    def below_all(self) -> bool:
        """Whether the team is below every baseline that describes the practice, and has not chosen to be."""
        return bool(self.gaps) and not self.chosen and all(gap < 0 for gap in self.gaps.values())

    @property
    def answered_levels(self) -> tuple[int, ...]:
        """The levels that somebody chose, lowest first."""
        return tuple(i for i, count in enumerate(self.result.counts) if count)

    @property
    def far_apart(self) -> bool:
        """Whether an answer lies half the scale or more from the middle answer."""
        return self.result.agreement.far_voice


def standings(data: ReportData, result: Result) -> tuple[Standing, ...]:
    """Every asked practice, widest gap first; ties by spread, then by the questionnaire's order.

    Practices without any gap follow: those scored, those not scored, those that do not apply.
    """
    found = [_standing(data, p) for p in result.practices]

    def key(standing: Standing) -> tuple[int, Decimal, int]:
        p, levels = standing.result, standing.answered_levels
        spread = levels[-1] - levels[0] if levels else 0
        if standing.widest is not None:
            return (0, standing.widest, -spread)
        return (3 if p.excluded else 1 if p.score.scored else 2, Decimal(0), 0)

    return tuple(sorted(found, key=key))


def _standing(data: ReportData, p: PracticeResult) -> Standing:
    goal = data.team_goal(p.id)
    described = {b: level for b, level in p.baselines.items() if level is not None}
    chosen = {b for b, level in described.items() if goal is not None and goal[0].level < level}
    gaps = {b: Decimal(str(gap)) for b, gap in p.gap.items() if gap is not None}
    return Standing(
        practice=data.questionnaire.practices[p.id],
        result=p,
        gaps=gaps,
        chosen=frozenset(b for b in chosen if gaps.get(b, Decimal(0)) < 0),
        goal_gap=None if p.mean is None or p.goal is None else Decimal(str(p.mean)) - Decimal(str(p.goal)),
    )


def points(value: float | None) -> str:
    """Points of 100 with one decimal; words where there is no score."""
    return _("not scored") if value is None else number(value)


def days_ago(then: date, today: date) -> str:
    """How old a date is, in words."""
    days = (today - then).days
    if days < 0:
        return _("dated after today")
    return _("today") if not days else ngettext("{n} day ago", "{n} days ago", days).format(n=days)


def provenance(data: ReportData) -> tuple[str, ...]:
    """Team, round, who answered, how fresh, which questionnaire, which baselines: parts of one line."""
    a, q = data.assessment, data.questionnaire
    parts = [a.team, a.name, text.participation(a)]
    if a.newest is not None:
        told = _("newest answer {date} ({age})") if a.counts is None else _("published {date} ({age})")
        day = a.newest if a.counts is None else a.counts.published
        parts.append(told.format(date=day.isoformat(), age=days_ago(day, data.today)))
    parts.append(
        _("{questionnaire} {version} ({asked})").format(
            questionnaire=q.id, version=q.version, asked=asked_word(a.asked)
        )
    )
    if data.baselines:
        parts.append(
            ngettext("baseline {ids}", "baselines {ids}", len(data.baselines)).format(
                ids=listed(b.id for b in data.baselines)
            )
        )
    return tuple(parts)


def headline(data: ReportData, rows: Sequence[Standing]) -> str:
    """The first sentence, computed from the same rows as the table."""
    if not any(s.result.score.scored for s in rows):
        if data.result is None or not data.result.respondents:
            return _("Nobody has answered yet")
        if not rows:
            return _("Nothing is scored: every question has changed since it was answered")
        return _("Nothing is scored yet: too few answers name a level")
    by_baseline = [s for s in rows if s.gaps]
    by_goal = [s for s in rows if s.goal_gap is not None]
    if by_baseline:
        first = _below_baselines(data, by_baseline)
    elif by_goal:
        behind = sum(s.goal_gap < 0 for s in by_goal if s.goal_gap is not None)
        first = ngettext(
            "{n} of {total} practices is below its goal", "{n} of {total} practices are below their goal", behind
        ).format(n=behind or _("None"), total=len(by_goal))
    else:
        scored = sum(s.result.score.scored for s in rows)
        return ngettext(
            "{n} practice is scored, with nothing to compare it with",
            "{n} practices are scored, with nothing to compare them with",
            scored,
        ).format(n=scored)
    return _with_widest(first, by_baseline or by_goal)


def _below_baselines(data: ReportData, rows: Sequence[Standing]) -> str:
    n, total = sum(s.below_all for s in rows), len(rows)
    if len(data.baselines) == 1:
        text = ngettext(
            "{n} of {total} practices is below the baseline",
            "{n} of {total} practices are below the baseline",
            n,
        )
    else:
        text = ngettext(
            "{n} of {total} practices is below every baseline that describes it",
            "{n} of {total} practices are below every baseline that describes them",
            n,
        )
    return text.format(n=n or _("None"), total=total)


def _with_widest(first: str, rows: Sequence[Standing]) -> str:
    """The headline with the practice that has the widest gap; rows come sorted."""
    worst = next((s for s in rows if s.widest is not None and s.widest < 0), None)
    if worst is None or worst.widest is None:
        return first
    gap = number(worst.widest, sign=True)
    return _("{first}; widest gap: {title} ({gap})").format(first=first, title=worst.practice.title, gap=gap)


def cautions(data: ReportData, result: Result) -> tuple[str, ...]:
    """What must be known before any number is read: a mere story, few people, questions that changed."""
    said = []
    if data.baselines:
        said.append(
            _(
                "A baseline is a story of others, told by people with their own view: a mirror, not a norm. "
                "Below it is a question for the team, not a fault."
            )
        )
    if result.basis == "team":
        said.append(_("The levels are those the team settled on together."))
    elif result.respondents == 1:
        said.append(_("One person has answered: this is one voice, not yet the team."))
    elif 0 < result.respondents <= FEW:
        said.append(
            ngettext(
                "{n} person has answered: agreement of so few proves little.",
                "{n} people have answered: agreement of so few proves little.",
                result.respondents,
            ).format(n=result.respondents)
        )
    if result.left_out:
        names = listed(text.left_out(result, data.questionnaire))
        said.append(
            _("The questionnaire has changed since it was answered here. Not counted: {practices}.").format(
                practices=names
            )
        )
    return tuple(said)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many practices lie below, at and above one baseline or the goals; `chosen` are not in `below`."""

    label: str
    mark: Markup
    below: int
    at: int
    above: int
    chosen: int


@dataclass(frozen=True, slots=True)
class Card:
    """A count with its words, and a smaller line."""

    title: str
    figure: str
    text: str
    more: str = ""


def tallies(data: ReportData, rows: Sequence[Standing]) -> tuple[Tally, ...]:
    """One line per baseline, then the goals, as far as there is something to compare."""
    lines = [
        _tally(b.id, svg.legend("baseline", i), [(s.gaps[b.id], b.id in s.chosen) for s in rows if b.id in s.gaps])
        for i, b in enumerate(data.baselines)
    ]
    goals = [(s.goal_gap, False) for s in rows if s.goal_gap is not None]
    lines.append(_tally(_("goal"), svg.legend("goal"), goals))
    return tuple(line for line in lines if line.below + line.at + line.above + line.chosen)


def _tally(label: str, mark: Markup, gaps: Sequence[tuple[Decimal, bool]]) -> Tally:
    return Tally(
        label,
        mark,
        below=sum(gap < 0 and not chosen for gap, chosen in gaps),
        at=sum(gap == 0 for gap, _chosen in gaps),
        above=sum(gap > 0 for gap, _chosen in gaps),
        chosen=sum(chosen for _gap, chosen in gaps),
    )


def spread_card(result: Result, rows: Sequence[Standing]) -> Card:
    """How many practices have an answer far from the middle one."""
    title = _("Far apart")
    if result.basis == "team" or result.respondents < 2:  # noqa: PLR2004  (it takes two to differ)
        return Card(title, "–", _("one answer each, so no spread"))
    far = [s for s in rows if s.far_apart]
    more = _("widest: {title}").format(title=max(far, key=_spread).practice.title) if far else ""
    text = ngettext(
        "practice with an answer far from the middle one",
        "practices with an answer far from the middle one",
        len(far),
    )
    return Card(title, str(len(far)), text, more)


def _spread(standing: Standing) -> int:
    return standing.answered_levels[-1] - standing.answered_levels[0]


def unknown_words(dont_know: int, not_applicable: int, unanswered: int) -> tuple[str, ...]:
    """The three states that are no level, each in its own words, as far as they occur."""
    words = (
        (dont_know, ngettext("{n} don't know", "{n} don't know", dont_know)),
        (not_applicable, ngettext("{n} does not apply", "{n} does not apply", not_applicable)),
        (unanswered, ngettext("{n} not answered", "{n} not answered", unanswered)),
    )
    return tuple(text.format(n=n) for n, text in words if n)


def unknown_card(result: Result) -> Card:
    """How many answers are no level, by kind."""
    ps = result.practices
    states = (
        sum(p.dont_know for p in ps),
        sum(p.not_applicable for p in ps),
        sum(p.unanswered for p in ps),
    )
    places = len(ps) * result.respondents
    text = ngettext("of {n} answer gives no level", "of {n} answers give no level", places).format(n=places)
    return Card(_("Not known"), str(sum(states)), text, listed(unknown_words(*states)))


def action_card(data: ReportData) -> Card:
    """What is to be done, and what of it is late."""
    actions = [decided.action for decided in in_force(data.earlier, data.assessment)]
    open_ = [action for action in actions if action.state == "open"]
    if not open_:
        return Card(_("Actions"), "0", _("actions open"), _("what would be one small next step?"))
    late = sum(overdue(action, data.today) for action in open_)
    text = ngettext("action open", "actions open", len(open_))
    if late:
        text = clauses(text, ngettext("{n} overdue", "{n} overdue", late).format(n=late))
    first = min(open_, key=lambda a: (a.due is None, str(a.due or "")))
    return Card(_("Actions"), str(len(open_)), text, _("first: {text}").format(text=first.text))


def team_state(answer: int | str | None) -> str:
    """What the team sheet says about a practice, in words where it is no level."""
    if isinstance(answer, int):
        return str(answer)
    return {DONT_KNOW: _("don't know"), NOT_APPLICABLE: _("does not apply"), None: _("not settled")}[answer]
