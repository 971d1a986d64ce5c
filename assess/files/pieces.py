"""Where every value stands in its text, to the character: what a change in place has to know."""

from __future__ import annotations

from typing import Any, NamedTuple

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]


class Piece(NamedTuple):
    """Where a value stands in its text: `start` and `end` as indices of characters.

    `end` is behind the last character that belongs to the value; the line end of a block text does not.
    `flow` is True for `{}` and `[]`, `style` the indicator of a scalar ("" for plain ones). `members` are the
    values by key with the key's own span; `items` those of a list.
    """

    start: int
    end: int
    flow: bool = False
    style: str = ""
    members: dict[str, tuple[slice, Piece]] | None = None
    items: list[Piece] | None = None


def pieces(text: str) -> Piece:
    """The spans of all values in the text of a document that `read` took without a finding."""
    parser: Any = CParser(text)
    try:
        while not isinstance(parser.get_event(), yaml.DocumentStartEvent):
            pass
        first: Any = parser.get_event()
        return _piece(parser, first, text)
    finally:
        parser.dispose()


def _piece(parser: Any, event: Any, text: str) -> Piece:
    start, end = event.start_mark.index, event.end_mark.index
    if isinstance(event, yaml.ScalarEvent):
        style = event.style or ""
        return Piece(start, _block_end(text, start, end, event) if style in {"|", ">"} else end, style=style)
    flow = bool(event.flow_style)
    if isinstance(event, yaml.SequenceStartEvent):
        items: list[Piece] = []
        while not isinstance(inner := parser.get_event(), yaml.SequenceEndEvent):
            items.append(_piece(parser, inner, text))
        closed: Any = inner
        return Piece(start, closed.end_mark.index if flow else items[-1].end, flow, items=items)
    members: dict[str, tuple[slice, Piece]] = {}
    while not isinstance(inner := parser.get_event(), yaml.MappingEndEvent):
        value = _piece(parser, parser.get_event(), text)
        members[inner.value] = (slice(inner.start_mark.index, inner.end_mark.index), value)
        end = value.end
    closed = inner
    return Piece(start, closed.end_mark.index if flow else end, flow, members=members)


def _block_end(text: str, start: int, end: int, event: Any) -> int:
    """Behind the last line of a block text: libyaml counts the line end and all blank lines after it."""
    if event.style == ">":
        body = text[start:end].rstrip(" \t\r\n")
        return start + len(body if "\n" in body else body[:1])
    lines = event.value.count("\n") + (not event.value.endswith("\n")) if event.value else 0
    if not lines:
        return start + 1  # the span would end inside the comment of its header
    at = start
    for _ in range(lines):
        at = text.index("\n", at) + 1
    stop = text.find("\n", at, end)
    return end if stop < 0 else stop - (text[stop - 1] == "\r")
