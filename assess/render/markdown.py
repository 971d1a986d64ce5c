"""Pieces of Markdown (CommonMark with GitHub's tables) from text that nobody trusts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_STEERS = re.compile(r"[\\`*_\[\]<>|~&$]|(?<=www)\.|:(?=//)", re.IGNORECASE)
"""What means something anywhere in a line, for GitHub also a bare address and a formula."""
_BEGINS = re.compile(r"([0-9]+(?=[.)](?:\s|$)))?([.)+](?=\s|$)|[#=-])")
"""What would begin a heading, a list or a rule at the start of a line."""
_CALLS = re.compile(r"(@(?=\S)|#(?=\d)|\bGH-(?=\d))", re.IGNORECASE)
"""What calls somebody or points at an issue.

GitHub looks for these in the finished page, from which a backslash is gone.
"""
_NOTHING = "&#8203;"
"""A blank without width, spelled out: nothing in our output is there that nobody sees."""


def escape(text: str) -> str:
    r"""Text as itself, on one line, whatever is in it.

    >>> print(escape("1. a|b <script>\n# x"), escape("@ada, #7"))
    1\. a\|b \<script\> # x @&#8203;ada, #&#8203;7
    """
    flat = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    inside = _STEERS.sub(lambda found: f"\\{found[0]}", flat)
    begun = _BEGINS.sub(r"\1\\\2", inside, count=1) if _BEGINS.match(inside) else inside
    return _CALLS.sub(rf"\1{_NOTHING}", begun)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A table of cells that are escaped already."""
    for cells in (head, ["---"] * len(head), *rows):
        yield f"| {' | '.join(cells)} |"
