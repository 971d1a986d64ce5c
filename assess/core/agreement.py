"""How far the answers to one practice agree, in numbers and in words. Scores and change are elsewhere.

Answers come as one count per level, lowest first. Distances are in levels; "far" is half the scale, which is two
of five levels. Reasons for the index and its limits: docs/scoring.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Literal

Word = Literal["agree", "mixed", "disagree"]
Shape = Literal["split", "lone-voice", "scattered"]

AGREE = Fraction(7, 10)
"""r_wg from which answers agree: a convention, no theory (LeBreton & Senter 2008)."""
MIXED = Fraction(1, 2)
"""r_wg below which they disagree."""
FEW = 4
"""Up to so many answers, agreement proves little: of two people answering at random, half agree (13 of 25)."""
PAIR = 2
"""So many answers it takes to agree, and from four answers on to be a camp."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far people agree. All None, and no far voice, where fewer than two gave a level.

    `rwg` has four decimals and may be negative; `shape` is None where they agree. `few`: four levels or fewer.
    """

    rwg: float | None = None
    word: Word | None = None
    shape: Shape | None = None
    far_voice: bool = False
    few: bool = False


def lower_median(counts: Sequence[int]) -> int:
    """The lower median level: `sorted(x)[(n - 1) // 2]`, a level that somebody chose. Needs one answer at least.

    Reads "at least half of the answers are at this level or higher".

    >>> lower_median([0, 1, 0, 1, 0]), lower_median([1, 0, 0, 0, 4])
    (1, 4)
    """
    total = sum(counts)
    seen = 0
    for level, count in enumerate(counts):
        seen += count
        if seen and seen * 2 >= total:
            return level
    raise ValueError("no answer, no median")


def rwg(counts: Sequence[int]) -> Fraction | None:
    """r_wg of James, Demaree & Wolf (1984), on level indexes: 1 - s² / ((c² - 1) / 12).

    s² is the sample variance (n - 1), c the number of levels; the divisor is the variance of answers spread
    evenly. 1 where all agree, 0 as chance would have it whatever n, negative where they part more than that (by
    convention often shown as 0; kept here, to sort by). None below two answers.

    >>> rwg([0, 0, 4, 0, 0]), rwg([0, 1, 0, 1, 0]), rwg([1, 0, 0, 0, 4])
    (Fraction(1, 1), Fraction(0, 1), Fraction(-3, 5))
    """
    n = sum(counts)
    if n < PAIR:
        return None
    total = sum(level * count for level, count in enumerate(counts))
    squares = sum(level * level * count for level, count in enumerate(counts))
    variance = Fraction(n * squares - total * total, n * (n - 1))
    return 1 - variance / Fraction(len(counts) ** 2 - 1, 12)


def agreement(counts: Sequence[int]) -> Agreement:
    """Number, word and shape of the answers to one practice.

    >>> agreement([1, 0, 0, 0, 4])
    Agreement(rwg=-0.6, word='disagree', shape='lone-voice', far_voice=True, few=False)
    """
    return _agreement(tuple(counts))


@lru_cache(maxsize=4096)  # a report asks several times, and small teams give few different counts
def _agreement(counts: tuple[int, ...]) -> Agreement:
    exact = rwg(counts)
    if exact is None:
        return Agreement()
    word: Word = "agree" if exact >= AGREE else "mixed" if exact >= MIXED else "disagree"
    return Agreement(
        rwg=float(round(exact, 4)),
        word=word,
        shape=None if word == "agree" else _shape(counts),
        far_voice=bool(_far_from_median(counts)),
        few=sum(counts) <= FEW,
    )


def is_far(distance: int, levels: int) -> bool:
    """Whether two levels are half the scale or more apart.

    >>> is_far(1, 5), is_far(2, 5), is_far(2, 7)
    (False, True, False)
    """
    return distance * 2 >= levels - 1


def _shape(counts: Sequence[int]) -> Shape:
    """How people part: in two camps, all but one, or every which way; the first that fits."""
    n = sum(counts)
    camp = 1 if n < FEW else PAIR
    taken = [level for level, count in enumerate(counts) if count]
    for below, above in pairwise(taken):
        lower = sum(counts[: below + 1])
        if is_far(above - below, len(counts)) and lower >= camp and n - lower >= camp:
            return "split"
    if n >= FEW and any(_near_without(counts, level) for level in _far_from_median(counts)):
        return "lone-voice"
    return "scattered"


def _far_from_median(counts: Sequence[int]) -> list[int]:
    middle = lower_median(counts)
    return [level for level, count in enumerate(counts) if count and is_far(abs(level - middle), len(counts))]


def _near_without(counts: Sequence[int], level: int) -> bool:
    """Whether the others are within a quarter of the scale, once one answer at this level is left out."""
    taken = [i for i, count in enumerate(counts) if count - (i == level) > 0]
    return (taken[-1] - taken[0]) * 4 <= len(counts) - 1
