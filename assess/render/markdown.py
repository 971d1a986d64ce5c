"""Pieces of Markdown (CommonMark with GitHub's tables) from text that nobody trusts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_STEERS = re.compile(r"[\\`*_\[\]<>|~&@]|(?<=www)\.|:(?=//)")
"""What means something anywhere in a line, for GitHub also a bare address, and a name behind `@`."""
_BEGINS = re.compile(r"([0-9]+(?=[.)]))?([#+=.)-])")
"""What would begin a heading, a list or a rule at the start of a line."""


def escape(text: str) -> str:
    r"""Text as itself, on one line, whatever is in it.

    >>> print(escape("1. a|b <script>\n# x"))
    1\. a\|b \<script\> # x
    """
    flat = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    inside = _STEERS.sub(lambda found: f"\\{found[0]}", flat)
    return _BEGINS.sub(r"\1\\\2", inside, count=1) if _BEGINS.match(inside) else inside


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A table of cells that are escaped already."""
    for cells in (head, ["---"] * len(head), *rows):
        yield f"| {' | '.join(cells)} |"
