"""Whether a question with all its levels is seen at once, on the smallest terminal that everybody has: 80 by 24.

What takes which lines is decided by the question screen; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterator

from assess.core.cells import wrap
from assess.core.finding import Finding, Route, Severity
from assess.core.message import message
from assess.core.questionnaire import Practice, Questionnaire
from assess.core.translation import Translation, translated

WIDTH = 78
"""Columns for a question: 80 less a margin on both sides."""
LINES = 20
"""Lines for a question: 24 less head, bottom line and the rules beside them."""
GUTTER = 7
"""Columns before the text of a level: mark, sign, number."""
BESIDE = 4
"""Lines beside the texts: two empty ones, "don't know" and "does not apply"."""


def lines_of(practice: Practice, *, number: int, dimension: str) -> int:
    """How many lines the question screen needs for a practice.

    `number` is its place among the questions, from 1. The dimension's title is counted, although it stands in the
    head where the names of team and round are short.
    """
    texts = (dimension, f"{number}. {practice.title}", practice.question)
    above = sum(len(wrap(text, WIDTH)) for text in texts)
    return above + BESIDE + sum(len(wrap(level.text, WIDTH - GUTTER)) for level in practice.levels)


def check_fits(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Questions that need scrolling, at their own text."""
    number = 0
    for d, dimension in enumerate(questionnaire.dimensions):
        for p, practice in enumerate(dimension.practices):
            number += 1
            route = ("dimensions", d, "practices", p, "question")
            yield from _too_long(lines_of(practice, number=number, dimension=dimension.title), route)


def check_translation_fits(translation: Translation, questionnaire: Questionnaire) -> Iterator[Finding]:
    """Questions that need scrolling in a translation; where that has no text of its own, nothing is said."""
    shown = translated(questionnaire, translation)
    for number, practice in enumerate(shown.practices.values(), start=1):
        if practice != questionnaire.practices[practice.id]:
            dimension = shown.dimension_of[practice.id].title
            needed = lines_of(practice, number=number, dimension=dimension)
            yield from _too_long(needed, ("practices", practice.id, "question"))


def _too_long(needed: int, route: Route) -> Iterator[Finding]:
    if needed > LINES:
        what = message(
            "question and levels take {needed} lines; a terminal of 80 by 24 shows {room}",
            needed=needed, room=LINES,
        )  # fmt: skip
        hint = message("shorten them, so that nobody has to scroll while choosing")
        yield Finding("does-not-fit", what, Severity.WARNING, hint=hint, route=route)
