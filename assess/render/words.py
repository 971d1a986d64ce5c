"""What is said of numbers, the same in the terminal, the report and Markdown. One thing each; no layout."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assess.core.agreement import Agreement
from assess.core.answers import Action
from assess.core.result import Apart, PracticeResult
from assess.i18n import _, aside


def number(value: float | Decimal, *, sign: bool = False) -> str:
    """A number with one decimal; two where one would show a zero that is none. A real minus sign.

    >>> number(2.25), number(-0.75, sign=True), number(0.5, sign=True), number(-0.04)
    ('2.2', '−0.8', '+0.5', '−0.04')
    """
    exact = Decimal(str(value))
    short = exact.quantize(Decimal("0.1"))
    if not short and exact:
        short = exact.quantize(Decimal("0.01"))
    text = f"{short:+f}" if sign and short else f"{abs(short):f}" if not short else f"{short:f}"
    return text.replace("-", "−")


def level(value: float) -> str:
    """A level that somebody chose or described: whole numbers without decimals."""
    return str(int(value)) if value == int(value) else number(value)


def agreement(value: Agreement) -> str:
    """How far people agree, and how they part: `disagree (in two camps)`. Empty where nothing is to be said."""
    words = {"agree": _("agree"), "mixed": _("mixed"), "disagree": _("disagree")}
    shapes = {
        "split": _("in two camps"),
        "lone-voice": _("one far from the others"),
        "scattered": _("scattered"),
    }
    if value.word is None:
        return ""
    return words[value.word] if value.shape is None else aside(words[value.word], shapes[value.shape])


def doubts(practice: PracticeResult) -> tuple[str, ...]:
    """Why a practice is to be clarified first, each reason with its numbers."""
    unknown = practice.dont_know + practice.not_applicable
    low, high = practice.score.low or 0, practice.score.high or 0
    said = {
        "disagree": agreement(practice.agreement),
        "unknown": _("{n} of {total} who answered gave no level").format(
            n=unknown, total=sum(practice.counts) + unknown
        ),
        "wide": _("the score could be anything from {low} to {high}").format(low=f"{low:.0f}", high=f"{high:.0f}"),
    }
    return tuple(said[why] for why in practice.doubts)


def action_state(action: Action) -> str:
    """Where an action stands, whatever the day is."""
    return {"open": _("to do"), "done": _("done"), "dropped": _("dropped")}[action.state]


def apart(pair: Apart, titles: Sequence[str]) -> str:
    """Of two practices that keep each other in check, which has run ahead of which; titles in the pair's order."""
    return _("{ahead} is at {high}, {behind} at {low}").format(
        ahead=titles[0], high=pair.levels[0], behind=titles[1], low=pair.levels[1]
    )


def below_goal(practice: PracticeResult) -> str:
    """How far a practice is from its goal, in levels."""
    assert practice.mean is not None, "only what is scored can be improved"
    assert practice.goal is not None, "only what has a goal can be improved"
    gap = Decimal(str(practice.goal)) - Decimal(str(practice.mean))
    return _("{gap} below the goal of {goal}").format(gap=level(float(gap)), goal=level(practice.goal))
