"""How often `assess diff` says *changed* or *maybe* when nothing has changed, under the noise that it assumes.

One table is exact (fractions, the product's own `verdict`), the others are simulated: whole rounds of the shipped
questionnaire through `compare`. They are the same at every run. With `--write` they go into docs/diff.md.
"""

from __future__ import annotations

import os
import random
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

from assess.core.answers import Answer, Sheet
from assess.core.change import Verdict, compare, detectable, verdict
from assess.core.questionnaire import Questionnaire, QuestionnaireRef
from assess.core.round import Assessment, Round
from assess.files import builtin
from assess.files.load import load

PAGE = Path(__file__).parent.parent / "docs" / "diff.md"
PEOPLE = range(2, 16)
TOP = 4
"""The highest of five levels, from 0."""
PAIRS = 400
"""Pairs of rounds in the simulation, for each number of people."""
SHARED = (Fraction(0), Fraction(1, 47), Fraction(1, 10), Fraction(3, 10))
"""Correlations of one person's differences on two questions: as if a mood were shared.

`detectable` counts half of the practices: right at a correlation of 1 / (practices - 1), here 1 / 47, and too
many above it. The others are invented.
"""
MOODY_PEOPLE = 6
AIM = 5
"""Percent of false alarms that a factor of 1.96 aims at."""

Chances = Mapping[int, Fraction]
"""What may come out, in levels, and how likely each is."""

NOISE: Chances = {-1: Fraction(1, 5), 0: Fraction(3, 5), 1: Fraction(1, 5)}
"""A person's second answer less the first, as `assess.core.change.NOISE` describes it."""
SPREAD = NOISE
"""How far a person stands from the middle of the team, at first: an assumption of this simulation."""
WOBBLE: Chances = {-1: Fraction(1, 10), 0: Fraction(8, 10), 1: Fraction(1, 10)}
"""How far each of two answers is off a true level; their difference has the variance of `NOISE`."""


# exact


def summed(one: Chances, people: int) -> Chances:
    """The sum of so many independent differences."""
    sums: dict[int, Fraction] = {0: Fraction(1)}
    for _person in range(people):
        longer: dict[int, Fraction] = {}
        for total, chance in sums.items():
            for step, likely in one.items():
                longer[total + step] = longer.get(total + step, Fraction(0)) + chance * likely
        sums = longer
    return sums


def words(people: int, one: Chances = NOISE, *, silent: int = 0) -> dict[Verdict, Fraction]:
    """How likely each word is for one practice, of five levels.

    `people` are in both rounds; so many of them are `silent`: they give no level, neither then nor now.
    """
    given = people - silent
    found: dict[Verdict, Fraction] = {
        "changed": Fraction(0),
        "maybe": Fraction(0),
        "no-visible-change": Fraction(0),
    }
    for total, chance in summed(one, given).items():
        found[verdict(Fraction(total, given * TOP), people)] += chance
    return found


def shifted(people: int, levels: Fraction) -> Fraction:
    """How likely a mean moves by so many levels at least, up or down."""
    return sum((c for total, c in summed(NOISE, people).items() if abs(total) >= levels * people), Fraction(0))


def falls_back(level: int) -> Chances:
    """The difference of who stood on this level, where a step off the scale is none."""
    return _collected((_on_scale(level + step) - level, chance) for step, chance in NOISE.items())


def wobbles(level: int) -> Chances:
    """The difference of two answers that are both off this true level by chance, and stay on the scale."""
    return _collected(
        (_on_scale(level + now) - _on_scale(level + then), a * b)
        for then, a in WOBBLE.items()
        for now, b in WOBBLE.items()
    )


def near_edges(people: int, of_level: Mapping[int, Chances]) -> Fraction:
    """How likely *changed* is where teams have their middle on each level alike, and people stand around it."""
    found = Fraction(0)
    for middle in range(TOP + 1):
        one = _collected(
            (step, near * chance)
            for away, near in SPREAD.items()
            for step, chance in of_level[_on_scale(middle + away)].items()
        )
        found += words(people, one)["changed"] / (TOP + 1)
    return found


def _on_scale(level: int) -> int:
    return min(max(level, 0), TOP)


def _collected(parts: Iterator[tuple[int, Fraction]]) -> Chances:
    found: dict[int, Fraction] = {}
    for value, chance in parts:
        found[value] = found.get(value, Fraction(0)) + chance
    return found


# through the product


@dataclass(frozen=True, slots=True)
class Alarms:
    """Shares (0..1) of what was falsely told, of practices and of the total; `any` of pairs with one or more."""

    changed: float
    maybe: float
    any: float
    overall_changed: float
    overall_maybe: float


@cache
def asked() -> tuple[Questionnaire, tuple[str, ...]]:
    """The shipped questionnaire and what a full round asks."""
    questionnaire = load(builtin.questionnaires()["shipping-practices"], Questionnaire).value
    assert questionnaire is not None, "what is shipped is valid: a test says so"
    return questionnaire, tuple(questionnaire.asked("full"))


def simulated(people: int, shared: Fraction = Fraction(0), pairs: int = PAIRS) -> Alarms:
    """So many pairs of rounds in which nothing has changed, judged by `compare`.

    The middle of the team is drawn for each practice, people stand around it (`SPREAD`), and who would step off
    the scale stays. `shared` is the correlation of one person's differences on two questions.
    """
    questionnaire, practices = asked()
    dice = random.Random(f"{people} people, {shared} shared")  # noqa: S311  (chance that guards no secret)
    told: list[Verdict | None] = []
    overall: list[Verdict | None] = []
    for _pair in range(pairs):
        found = compare(questionnaire, *_two_rounds(dice, people, float(shared) ** 0.5), "individual")
        told += [moved.change.verdict for moved in found.practices]
        overall.append(found.overall.verdict)
    rows = [told[i : i + len(practices)] for i in range(0, len(told), len(practices))]
    return Alarms(
        changed=told.count("changed") / len(told),
        maybe=told.count("maybe") / len(told),
        any=sum("changed" in row for row in rows) / pairs,
        overall_changed=overall.count("changed") / pairs,
        overall_maybe=overall.count("maybe") / pairs,
    )


def _two_rounds(dice: random.Random, people: int, copies: float) -> tuple[Assessment, Assessment]:
    """The same people twice. Answers copy the person's mood so often: two of them correlate by its square."""
    n = len(asked()[1])
    middles = dice.choices(range(TOP + 1), k=n)
    before, after = [], []
    for person in range(people):
        (mood,) = _drawn(dice, NOISE, 1)
        first = [_on_scale(m + away) for m, away in zip(middles, _drawn(dice, SPREAD, n), strict=True)]
        steps = [mood if copies and dice.random() < copies else step for step in _drawn(dice, NOISE, n)]
        before.append(_sheet(f"person-{person}", first))
        after.append(_sheet(f"person-{person}", [_on_scale(a + b) for a, b in zip(first, steps, strict=True)]))
    return _round("before", before), _round("after", after)


def _drawn(dice: random.Random, chances: Chances, times: int) -> list[int]:
    return dice.choices(tuple(chances), tuple(map(float, chances.values())), k=times)


def _reference() -> QuestionnaireRef:
    questionnaire = asked()[0]
    return QuestionnaireRef(id=questionnaire.id, version=questionnaire.version)


def _sheet(name: str, levels: Sequence[int]) -> Sheet:
    answers = {practice: Answer(answer=level) for practice, level in zip(asked()[1], levels, strict=True)}
    return Sheet(
        questionnaire=_reference(), team="t", round="r", respondent=name, asked="full",
        answered=date(2026, 11, 20), answers=answers,
    )  # fmt: skip


def _round(name: str, sheets: Sequence[Sheet]) -> Assessment:
    round_ = Round(round=name, team="t", state="closed", asked="full", questionnaire=_reference())
    return Assessment(name, round_, tuple(sheets))


# tables

Row = tuple[str, ...]


def percent(share: Fraction | float) -> str:
    """With one decimal.

    >>> percent(Fraction(1, 30))
    '3.3'
    """
    return f"{100 * float(share):.1f}"


def exact_rows() -> Iterator[Row]:
    """One practice: how likely each word is, at edges and where half of the people give no level."""
    yield (
        "people",
        "from so many points",
        "changed",
        "maybe",
        "ends: stays",
        "ends: wobble",
        "half don't know",
    )
    ends = [{level: of(level) for level in range(TOP + 1)} for of in (falls_back, wobbles)]
    for people in PEOPLE:
        word = words(people)
        half = words(people, silent=people // 2)
        yield (
            str(people),
            f"{detectable(people):.1f}",
            *map(percent, (word["changed"], word["maybe"])),
            *(percent(near_edges(people, of_level)) for of_level in ends),
            percent(half["changed"]),
        )


def simulated_row(people: int) -> Row:
    """Whole rounds of so many people: practices, how many of a full round, and the total."""
    found = simulated(people)
    return (
        str(people),
        *map(percent, (found.changed, found.maybe)),
        f"{found.changed * len(asked()[1]):.1f}",
        *map(percent, (found.any, found.overall_changed, found.overall_maybe)),
    )


def moody_row(shared: Fraction) -> Row:
    """The total of whole rounds where the answers of one person share a mood."""
    found = simulated(MOODY_PEOPLE, shared)
    return (f"{float(shared):.2f}", *map(percent, (found.overall_changed, found.overall_maybe)))


def simulated_tables() -> tuple[list[Row], list[Row]]:
    """By people, and by what answers share; the work is shared out among the processors."""
    n = len(asked()[1])
    head = ("people", "changed", "maybe", f"changed of {n}", "any changed", "total changed", "total maybe")
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        rows, moody = pool.map(simulated_row, PEOPLE), pool.map(moody_row, SHARED)
        return [head, *rows], [("correlation", "total changed", "total maybe"), *moody]


PUBLISHED = {3: ("16", "1.6"), 4: ("22.7", "4.2"), 5: ("7.1", "1.0"), 6: ("10.1", "0.2"), 8: ("4.7", None),
             10: ("2.2", None), 15: ("0.2", None)}  # fmt: skip
"""What is known of this noise: percent of means that move by .5 and by .75 level at least, by chance alone."""


def published_rows() -> Iterator[Row]:
    """The measured chance of a mean shift beside the published one."""
    yield ("people", ".5 level or more", "published", ".75 level or more", "published")
    for people, (half, three_quarters) in PUBLISHED.items():
        shift = [percent(shifted(people, levels)) for levels in (Fraction(1, 2), Fraction(3, 4))]
        yield (str(people), shift[0], half, shift[1], three_quarters or "-")


def above_the_aim(rows: Sequence[Row], column: int) -> list[str]:
    """The numbers of people with more false alarms than the rule aims at."""
    return [row[0] for row in rows[1:] if float(row[column]) > AIM]


def markdown(rows: Sequence[Row]) -> str:
    """A table for a page."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


def with_table(page: str, name: str, rows: Sequence[Row]) -> str:
    """The page with this table between its two marks."""
    marks = re.compile(rf"(<!-- {name} -->\n).*?(\n<!-- end -->)", re.DOTALL)
    assert marks.search(page), f"the page has no place for the table “{name}”"
    return marks.sub(lambda m: m[1] + markdown(rows) + m[2], page)


def _printed(title: str, rows: Sequence[Row]) -> None:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    print(f"\n{title}\n")
    for row in rows:
        print("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)))


def main() -> None:
    """Measure, print, and with `--write` renew the page."""
    exact = tuple(exact_rows())
    _printed("A mean moves by chance, percent (exact)", tuple(published_rows()))
    _printed("One practice, nothing has changed, percent (exact)", exact)
    print(f"\nThe rule aims at {AIM} percent of falsely changed. ABOVE IT are")
    for column in (2, 4, 5, 6):
        print(f"  {exact[0][column]}: {', '.join(above_the_aim(exact, column)) or 'none'} people")
    rounds, moody = simulated_tables()
    _printed(f"Rounds of {len(asked()[1])} practices through `compare`, {PAIRS} pairs each, percent", rounds)
    _printed(f"The same with {MOODY_PEOPLE} people whose answers share a mood, percent", moody)
    if "--write" in sys.argv[1:]:
        page = PAGE.read_text(encoding="utf-8")
        for name, rows in (("exact", exact), ("simulated", rounds), ("shared mood", moody)):
            page = with_table(page, name, rows)
        PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
