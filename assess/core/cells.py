"""Text in terminal cells: how many it takes, where it breaks into lines, how it is cut to a width.

The terminal and what is said about it (does a question fit?) measure with the same functions. No styles here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

_WIDE = (
    "\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff"
    "\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\U00020000-\U0003fffd"
)
_OPENS = "（「『《【〈〔"
_ENDS = "，。、；：？！）」』》】〉〕…"
_WORD = re.compile(r"\s+|\S+")
"""What stays together in a text without wide characters: a word."""
_NARROW_BELOW, _JAMO = "\u2e80", re.compile("[\u1100-\u115f]")
"""The first wide character, but for the few letters of Korean before it."""
_MADE_WIDE = re.compile("[\u2630-\u2637\u268a-\u268f\u4dc0-\u4dff\U0001d300-\U0001d376]")
"""Narrow until Unicode 16: terminals of today and this Python may be of two minds."""
_FILLING = re.compile("[\u2e80-\u31ef\uf900-\ufaff\U00016fe0-\U0001b2ff\U0001f000-\U0003fffd]")
"""Where new wide characters (emoji, Han) are still being added: this Python may be older than the text."""
_NOTHING = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
"""Joiners, marks of direction and the like, which take no cell."""
_AS_EMOJI = "\ufe0f"
"""Makes a narrow character before it a wide one, so it counts as a cell of its own."""


def cells(text: str) -> int:
    r"""How many terminal cells a text takes: two for wide characters, none for combining ones.

    Never fewer than a terminal uses; a few more for emoji that are put together from several characters.

    >>> cells("小明"), cells("e\u0301")
    (4, 1)
    """
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(_cells_of(char) for char in text)


@lru_cache(4096)
def _cells_of(char: str) -> int:
    category = unicodedata.category(char)
    if char == _AS_EMOJI:
        return 1
    if category == "Cn" or _MADE_WIDE.match(char):
        return 2 if _MADE_WIDE.match(char) or _FILLING.match(char) else 1
    if category in {"Mn", "Me", "Cc"} or _NOTHING.match(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` cells; at least one. Chinese breaks between characters, not before `，`.

    A line that fits is kept as it is, its spaces too; what is broken hangs under its own first word.

    >>> wrap("one two three", 8), wrap("每周两天，没有会议", 8)
    (['one two', 'three'], ['每周两', '天，没有', '会议'])
    """
    return list(_wrapped(text, max(2, width)))


@lru_cache(512)  # a key changes little of what a screen says
def _wrapped(text: str, width: int) -> tuple[str, ...]:
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += [paragraph] if cells(paragraph) <= width else _broken(paragraph, width)
    return tuple(lines)


def _broken(text: str, width: int) -> list[str]:
    indent = text[: len(text) - len(text.lstrip())]
    if cells(indent) > width // 2:
        indent = ""
    lines: list[str] = []
    line = indent
    words = _WORD if max(text) < _NARROW_BELOW and not _JAMO.search(text) else _piece()
    for piece in words.findall(text.lstrip()):
        if cells(line) + cells(piece.rstrip()) <= width:
            line += piece
            continue
        if line.strip():
            lines.append(line.rstrip())
        *full, last = _chopped(piece, width - cells(indent))
        lines += [indent + part for part in full]
        line = indent + last.lstrip()
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


@lru_cache(1)  # compiling it costs a hundredth of a start, which readers of narrow scripts need not pay
def _piece() -> re.Pattern[str]:
    """What stays together: a word, or one wide character with the punctuation that may not leave it."""
    return re.compile(rf"\s+|[{_OPENS}]*(?:[{_WIDE}]|[^\s{_WIDE}]+)[{_ENDS}]*")


def _chopped(text: str, width: int) -> list[str]:
    """A text without places to break at, in parts of at most `width` cells."""
    parts = [""]
    room = width
    for char, wide in _measured(text):
        if wide > room and parts[-1]:
            parts.append("")
            room = width
        parts[-1] += char
        room -= wide
    return parts


def _measured(text: str) -> Iterator[tuple[str, int]]:
    return ((char, _cells_of(char)) for char in text)


def fit(text: str, width: int) -> str:
    """One line of exactly `width` cells: filled with spaces, or cut with `…`.

    >>> fit("小明", 6), fit("a long title", 7)
    ('小明  ', 'a long…')
    """
    return pad(cut(" ".join(text.split("\n")), width), width) if width > 0 else ""


def pad(text: str, width: int) -> str:
    """Text with spaces up to a width in cells."""
    return text + " " * (width - cells(text))


def cut(text: str, width: int) -> str:
    """Text of at most `width` cells, with `…` where something is left out.

    >>> cut("小明和朋友", 6), cut("short", 6)
    ('小明…', 'short')
    """
    if cells(text) <= width:
        return text
    kept = ""
    room = width - 1
    for char, wide in _measured(text):
        room -= wide
        if room < 0:
            break
        kept += char
    return kept.rstrip() + "…"


_GAP = re.compile(r" {3,}(?=\S)")


def narrowed(lines: Sequence[str], width: int) -> list[str]:
    """Lines in columns, the gaps between and before which shrink where that makes them fit; others as they are.

    Where the columns do not fit even so, they move together line by line.

    >>> narrowed(["one     1", "three   3", "a sentence of its own"], 8)
    ['one    1', 'three  3', 'a sentence of its own']
    """
    rows = [i for i, line in enumerate(lines) if _GAP.search(line)]
    made = list(lines)
    while rows and max(cells(made[i]) for i in rows) > width:
        blank = set.intersection(*(_blank_from(made[i]) for i in rows))
        ends = max(cells(made[i]) for i in rows)
        gaps = [x for x in blank if {x + 1, x + 2} <= blank and x > 0 and x + 3 < ends] or [0] * (0 in blank)
        if not gaps:
            return [re.sub(r"(?<=\S) {3,}", "  ", line) if i in rows else line for i, line in enumerate(lines)]
        for i in rows:
            made[i] = _without(made[i], max(gaps))
    return made


def _blank_from(line: str) -> set[int]:
    """The cells in which a line shows nothing, up to far behind its end."""
    blank, at = set(range(1000)), 0
    for char in line:
        taken = range(at, at + cells(char))
        at += len(taken)
        if char != " ":
            blank.difference_update(taken)
    return blank


def _without(line: str, cell: int) -> str:
    """A line less the blank that stands in a cell."""
    at = 0
    for i, char in enumerate(line):
        if at == cell:
            return line[:i] + line[i + 1 :]
        at += cells(char)
    return line
