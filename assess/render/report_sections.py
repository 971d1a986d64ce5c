"""What lies below the first screen: what to do, the team's actions, dimensions, groups, attainment, the total."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from assess.core.actions import Decided, by_urgency, in_force, overdue
from assess.core.result import PracticeResult, Result, Score
from assess.i18n import _, clauses, joined, ngettext
from assess.render import svg
from assess.render.report_view import ReportData, days_ago, points
from assess.render.words import action_state, apart, below_goal, doubts, number

STEPS = 3
"""So many practices come with a step to try: more would not be begun."""
ONE_LEVEL = 25
"""Points of 100 between two levels of five."""


@dataclass(frozen=True, slots=True)
class Item:
    """A practice in one of the two lists: why it is there, and what could be tried."""

    id: str
    title: str
    why: str
    step: str = ""


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One thing the team decided to do. `late` is set where it is overdue."""

    text: str
    practice: str
    practice_title: str
    owner: str
    due: str
    state: str
    late: bool
    why: str


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """The score of a dimension or a group, in points of 100, with its range and coverage."""

    title: str
    asks: str
    chart: Markup
    label: str
    score: str
    bounds: str
    coverage: str
    settled: str


@dataclass(frozen=True, slots=True)
class AttainmentRow:
    """How much of what a baseline describes is there, and on how little that may rest."""

    id: str
    title: str
    percent: str
    rests_on: str


@dataclass(frozen=True, slots=True)
class Sections:
    """Everything between the gap table and the practices."""

    improve: tuple[Item, ...]
    improve_none: str
    clarify: tuple[Item, ...]
    actions: tuple[ActionRow, ...]
    dimensions: tuple[ScoreRow, ...]
    groups: tuple[ScoreRow, ...]
    groups_note: str
    pairs: tuple[tuple[str, str], ...]
    attainment: tuple[AttainmentRow, ...]
    overall: str


def sections(data: ReportData, result: Result) -> Sections:
    """All of them, from one result."""
    practices = {p.id: p for p in result.practices}
    return Sections(
        improve=tuple(_improve(data, practices[pid], i < STEPS) for i, pid in enumerate(result.improve)),
        improve_none=_nothing_to_improve(result),
        clarify=tuple(_clarify(data, practices[pid]) for pid in result.clarify),
        actions=_actions(data),
        dimensions=_dimensions(data, result),
        groups=_groups(data, result),
        groups_note=_groups_note(result),
        pairs=tuple(
            (apart(pair, [data.questionnaire.practices[pid].title for pid in pair.practices]), pair.why)
            for pair in result.apart
        ),
        attainment=_attainment(data, result),
        overall=_overall(data, result),
    )


def _improve(data: ReportData, p: PracticeResult, with_step: bool) -> Item:  # noqa: FBT001  (read once, above)
    practice = data.questionnaire.practices[p.id]
    return Item(p.id, practice.title, below_goal(p), (practice.next_step or "") if with_step else "")


def _nothing_to_improve(result: Result) -> str:
    """Why nothing stands under what is to be improved."""
    below = any(p.mean is not None and p.goal is not None and p.mean < p.goal for p in result.practices)
    if below:
        return _("What lies below its goal is to be clarified first.")
    return _("Nothing scored lies below its goal.")


def _clarify(data: ReportData, p: PracticeResult) -> Item:
    return Item(p.id, data.questionnaire.practices[p.id].title, _("; ").join(doubts(p)))


def _actions(data: ReportData) -> tuple[ActionRow, ...]:
    """Overdue first, then open by date, then what is done, then what was dropped."""
    return tuple(_action(data, d) for d in by_urgency(in_force(data.earlier, data.assessment)))


def _action(data: ReportData, decided: Decided) -> ActionRow:
    action = decided.action
    late = overdue(action, data.today)
    state = action_state(action)
    if late and action.due is not None:
        state = _("overdue, was due {ago}").format(ago=days_ago(action.due, data.today))
    if decided.since != data.assessment.name:
        state = clauses(state, _("from {round}").format(round=decided.since))
    practice = data.questionnaire.practices.get(action.practice or "")
    asked = set() if data.result is None else {p.id for p in data.result.practices}
    return ActionRow(
        text=action.text,
        practice=practice.id if practice is not None and practice.id in asked else "",
        practice_title="" if practice is None else practice.title,
        owner=action.owner or _("nobody yet"),
        due=_("no date") if action.due is None else action.due.isoformat(),
        state=state,
        late=late,
        why=action.why,
    )


def bounds(score: Score) -> str:
    """Lowest and highest the score could still be; one number where nothing is unknown."""
    if score.low is None or score.high is None:
        return _("does not apply")
    if score.low == score.high:
        return number(score.low)
    return _("{low} to {high}").format(low=number(score.low), high=number(score.high))


def scored_words(score: Score) -> str:
    """A score in a sentence, with the range where anything is unknown. It must be scored."""
    if score.low == score.high:
        return _("Score {score} of 100.").format(score=points(score.score))
    return _("Score {score} of 100, range {bounds}.").format(score=points(score.score), bounds=bounds(score))


def _score_row(title: str, asks: str, score: Score, settled: Score | None) -> ScoreRow:
    nothing = score.low is None
    word = _("does not apply") if nothing else points(score.score)
    return ScoreRow(
        title=title,
        asks=asks,
        chart=svg.span(score.score, score.low, score.high),
        label=_("{score}, range {bounds}").format(score=word, bounds=bounds(score)),
        score=word,
        bounds="–" if nothing else bounds(score),
        coverage="–" if score.coverage is None else _("{n} %").format(n=round(score.coverage * 100)),
        settled="" if settled is None else points(settled.score),
    )


def _dimensions(data: ReportData, result: Result) -> tuple[ScoreRow, ...]:
    known = {d.id: d for d in data.questionnaire.dimensions}
    settled = {d.id: d.score for d in data.settled.dimensions} if data.settled is not None else {}
    return tuple(
        _score_row(known[d.id].title, known[d.id].asks or "", d.score, settled.get(d.id))
        for d in result.dimensions
    )


def _groups(data: ReportData, result: Result) -> tuple[ScoreRow, ...]:
    titles = {"drive": _("Drive"), "flow": _("Flow"), "brakes": _("Brakes")}
    asks = {
        "drive": _("What sets work going: people, freedom, direction."),
        "flow": _("How time and talk are arranged."),
        "brakes": _("What keeps it safe and lets people last."),
    }
    settled = {g.id: g.score for g in data.settled.groups} if data.settled is not None else {}
    return tuple(_score_row(titles[g.id], asks[g.id], g.score, settled.get(g.id)) for g in result.groups)


def _groups_note(result: Result) -> str:
    """Drive beside brakes, where both are scored."""
    scores = {g.id: g.score.score for g in result.groups}
    drive, brakes = scores.get("drive"), scores.get("brakes")
    if drive is None or brakes is None:
        return ""
    distance = abs(Decimal(str(drive)) - Decimal(str(brakes)))
    if distance < ONE_LEVEL:
        text = _("Drive and brakes lie {n} points apart: less than one level.")
    elif drive > brakes:
        text = _(
            "Drive lies {n} points above brakes. Much drive with weak brakes is a sprint: how long can it last?"
        )
    else:
        text = _("Brakes lie {n} points above drive: is there care where speed is wanted?")
    return text.format(n=number(distance))


def _attainment(data: ReportData, result: Result) -> tuple[AttainmentRow, ...]:
    rows = []
    for baseline in data.baselines:
        attained = result.attainment[baseline.id]
        rests = ngettext(
            "rests on {n} of {total} practice asked",
            "rests on {n} of {total} practices asked",
            len(result.practices),
        ).format(n=attained.described, total=len(result.practices))
        percent = _("nothing to compare")
        if attained.percent is not None:
            percent = _("{n} %").format(n=number(attained.percent))
        rows.append(AttainmentRow(baseline.id, baseline.title, percent, rests))
    return tuple(rows)


def _overall(data: ReportData, result: Result) -> str:
    """The total, last and small: it hides everything above it."""
    if result.overall.score is None:
        text = _("All together: not scored.")
    else:
        text = _("All together: {score}").format(score=scored_words(result.overall))
    if data.settled is not None and data.settled.overall.score is not None:
        settled = _("By the levels the team settled on: {score}.")
        text = joined((text, settled.format(score=number(data.settled.overall.score))))
    return joined((text, _("One number hides everything above; it is here for the record.")))
