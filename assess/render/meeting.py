"""What is said in a meeting about one practice, the same on the screen and line by line. No layout."""

from __future__ import annotations

from collections.abc import Iterator

from assess.core.actions import Decided, overdue
from assess.core.agenda import Brief, Call, Item
from assess.core.answers import DONT_KNOW, NOT_APPLICABLE, Answer
from assess.core.questionnaire import Practice, Questionnaire
from assess.core.result import PracticeResult
from assess.i18n import _, aside, joined, labelled, listed, ngettext
from assess.render import words
from assess.render.text import answers_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

GOAL, DESCRIBED, BEFORE = "◆", "△", "◇"
"""Marks of a level: the goal in force, a baseline, where most were in the round before."""


def calls(item: Item, practice: PracticeResult) -> str:
    """Why a practice is on the list: short, each reason with its numbers; empty where nothing calls for talk."""
    told: dict[Call, str] = dict(zip(practice.doubts, words.doubts(practice), strict=True))
    told["marked"], told["worse"] = _("somebody wants to talk about it"), _("fell since the last round")
    if "below-goal" in item.calls:
        told["below-goal"] = words.below_goal(practice)
    return _("; ").join(told[call] for call in item.calls)


def prompt(item: Item, practice: PracticeResult, *, nameless: bool = False) -> str:
    """Who speaks first, and about what. Who is far from the others is asked what they see, not to defend it.

    With `nameless` nobody is asked to say which answer was theirs.
    """
    parted = item.voices is not None and ("disagree" in item.calls or practice.agreement.far_voice)
    if parted and nameless and item.voices is not None:
        low, high = item.voices
        seen = _("What might somebody see who says {low}, and who says {high}?").format(low=low, high=high)
        return joined((seen, _("Nobody has to tell which answer was theirs.")))
    if item.voices is not None and ("disagree" in item.calls or practice.agreement.far_voice):
        low, high = item.voices
        first = _("Those at {low} and at {high} speak first: what did you see?").format(low=low, high=high)
        return joined((first, _("The others listen, then say what surprised them.")))
    asks = {
        "unknown": _("Those who know something tell it first. Where could the others look?"),
        "wide": _("Too few gave a level to say much. What keeps the others from giving one?"),
        "worse": _("What has changed since the last round? If it was worth it, say why it may fall."),
        "below-goal": _("Is the goal still right? If so, what is one small step towards it?"),
        "marked": _("Somebody has marked this for the team's talk. What would you like to say?"),
    }
    found = next((asks[call] for call in asks if call in item.calls), None)
    return found or _("Nothing calls for talk here. Does anybody see it otherwise?")


def marks(level: int, practice: PracticeResult, before: PracticeResult | None, answer: Answer) -> tuple[str, ...]:
    """What else lies on a level: the goal (the one just set, else the one in force), baselines, last time."""
    told = []
    if level == (practice.goal if answer.goal is None else answer.goal.level):
        told.append(_("{mark}goal").format(mark=GOAL))
    described = [name for name, there in practice.baselines.items() if there == level]
    told += [f"{DESCRIBED}{name}" for name in described]
    if before is not None and before.median == level:
        told.append(_("{mark}last time").format(mark=BEFORE))
    return tuple(told)


def last_time(brief: Brief, practice: str) -> tuple[str, ...]:
    """Where the practice was in the round before, and what the team came to then; nothing if not asked."""
    before = brief.last(practice)
    if before is None or brief.before is None:
        return ()
    level = _("not scored") if before.median is None else _("level {n}").format(n=before.median)
    told = [labelled(_("In {round}").format(round=brief.before.round), aside(level, answers_word(before)))]
    if brief.settled_before is not None and brief.before.basis == "individual":
        told += [labelled(*part) for part in come_to(brief.settled_before.get(practice))]
    return tuple(told)


def balance(brief: Brief, practice: str, questionnaire: Questionnaire) -> str:
    """Where this practice and one that keeps it in check are far apart, which is ahead; empty where none is."""
    for pair in brief.result.apart:
        if practice in pair.practices:
            return words.apart(pair, [questionnaire.practices[pid].title for pid in pair.practices])
    return ""


def agreed(answer: Answer) -> str:
    """What the team says, in words; empty where it says nothing yet."""
    if answer.level is not None:
        return _("level {n}").format(n=answer.level)
    if answer.answer == DONT_KNOW:
        return _("don't know")
    if answer.answer == NOT_APPLICABLE:
        return aside(_("does not apply"), answer.reason) if answer.reason else _("does not apply")
    return ""


def come_to(answer: Answer) -> Iterator[tuple[str, str]]:
    """What the team has come to about a practice: label and text of each part that there is."""
    if agreed(answer):
        yield _("Agreed"), agreed(answer)
    if answer.dissent:
        yield _("Seen otherwise"), answer.dissent
    if answer.goal is not None:
        yield _("Goal"), goal(answer)
    if accepted(answer):
        yield _("Why it may fall"), answer.reason


def accepted(answer: Answer) -> bool:
    """Whether the team says why a drop is all right; beside not applicable a reason means something else."""
    return bool(answer.reason) and answer.answer != NOT_APPLICABLE


def goal(answer: Answer) -> str:
    """A goal with its reason."""
    assert answer.goal is not None, "only what has a goal"
    return labelled(_("level {n}").format(n=answer.goal.level), answer.goal.reason)


def action(decided: Decided, today: date, *, round_: str) -> str:
    """An action with who, by when and where it stands; the round it comes from where that is not `round_`."""
    what = decided.action
    told = [what.owner or _("nobody yet")]
    if what.state == "open" and what.due is not None:
        late = overdue(what, today)
        told.append(_("overdue since {day}").format(day=what.due) if late else _("by {day}").format(day=what.due))
    elif what.state == "open":
        told.append(_("no date"))
    else:
        told.append(words.action_state(what))
    if decided.since != round_:
        told.append(_("from {round}").format(round=decided.since))
    line = aside(what.text, listed(told))
    return labelled(line, what.why) if what.why else line


def progress(brief: Brief, done: int) -> str:
    """How much of the list is settled."""
    total = len(brief.called)
    return ngettext("{done} of {n} settled", "{done} of {n} settled", total).format(done=done, n=total)


def who(brief: Brief) -> str:
    """Whose answers lie on the table."""
    if brief.result.basis == "team":
        return _("answered together")
    n = brief.result.respondents
    return ngettext("{n} person has answered", "{n} people have answered", n).format(n=n)


def draft(practice: Practice) -> str:
    """The first words of an action: the questionnaire's next step, on one line."""
    return " ".join((practice.next_step or "").split())
