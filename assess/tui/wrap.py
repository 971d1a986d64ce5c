"""Text into lines of so many terminal cells, wide characters counted as two. No styles here."""

from __future__ import annotations

import re

from rich.cells import cell_len, chop_cells, set_cell_size

_WIDE = (
    "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff"
    "\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\U00020000-\U0003fffd"
)
_OPENS = "（「『《【〈〔"
_ENDS = "，。、；：？！）」』》】〉〕…"
_PIECE = re.compile(rf"\s+|[{_OPENS}]*(?:[{_WIDE}]|[^\s{_WIDE}]+)[{_ENDS}]*")
"""What stays together: a word, or one wide character with the punctuation that may not leave it."""


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` cells; at least one. Chinese breaks between characters, not before `，`.

    A line that fits is kept as it is, its spaces too; what is broken hangs under its own first word.

    >>> wrap("one two three", 8), wrap("每周两天，没有会议", 8)
    (['one two', 'three'], ['每周两', '天，没有', '会议'])
    """
    width = max(2, width)
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += [paragraph] if cell_len(paragraph) <= width else _broken(paragraph, width)
    return lines


def _broken(text: str, width: int) -> list[str]:
    indent = text[: len(text) - len(text.lstrip())]
    if cell_len(indent) > width // 2:
        indent = ""
    lines: list[str] = []
    line = indent
    for piece in _PIECE.findall(text.lstrip()):
        if cell_len(line) + cell_len(piece.rstrip()) <= width:
            line += piece
            continue
        if line.strip():
            lines.append(line.rstrip())
        *full, last = chop_cells(piece, width - cell_len(indent)) or [""]
        lines += [indent + part for part in full]
        line = indent + last.lstrip()
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def fit(text: str, width: int) -> str:
    """One line of exactly `width` cells: filled with spaces, or cut with `…`.

    >>> fit("小明", 6), fit("a long title", 7)
    ('小明  ', 'a long…')
    """
    text = " ".join(text.split("\n"))
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(set_cell_size(text, width - 1).rstrip() + "…", width)
