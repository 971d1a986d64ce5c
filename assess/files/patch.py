"""A YAML text with some values changed: what did not change stays, to the last character.

Comments, order, quotes, blank lines, indentation, CRLF and a missing last line end are their owner's. A
comment on a line that goes becomes a line of its own. How a new value looks is `style`'s to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from assess.files import style
from assess.files.pieces import Piece, pieces
from assess.files.style import Block, Route

Data = Mapping[str, Any]

_HEADER = re.compile(r"[|>][-+0-9]*")
_BLOCK_TEXT = {"|", ">"}


class CannotPatchError(Exception):
    """The text has a layout in which this change cannot be made by lines."""


class _Edit(NamedTuple):
    start: int
    end: int
    text: str


class _Change(NamedTuple):
    old: Any
    new: Any


class _Span(NamedTuple):
    start: int
    end: int


def patched(text: str, old: Data, new: Data) -> str:
    r"""`text`, which says `old`, changed to say `new`.

    `text` may say more than `old` does (keys with their defaults): that stays. Keys that are new are placed in
    the order of `new`. Raises CannotPatchError when that cannot be done; that it was, the caller reads back.

    >>> patched("a: 1  # why\n\nb: [x]\n", {"a": 1, "b": ["x"]}, {"a": 2, "b": ["x"]})
    'a: 2  # why\n\nb: [x]\n'
    """
    patcher = _Patcher(text)
    patcher.mapping(patcher.root, (), old, new)
    return patcher.result()


def line_end(text: str) -> str:
    """What the lines of a text end with: a file from Windows keeps its own."""
    return "\r\n" if "\r\n" in text else "\n"


class _Patcher:
    """Collects edits; all positions are those of the text as it was."""

    def __init__(self, text: str) -> None:
        self.root = pieces(text)
        self._text = text
        self._break = line_end(text)
        self._edits: list[_Edit] = []
        self._comments = {span.start: span for span in _comments(text, self.root)}

    def result(self) -> str:
        """The text with all edits made."""
        self._close_last_text()
        parts: list[str] = []
        at = 0
        for edit in sorted(self._edits, key=lambda e: (e.start, e.end)):
            if edit.start < at:
                raise CannotPatchError
            parts += (self._text[at : edit.start], edit.text)
            at = edit.end
        parts.append(self._text[at:])
        return "".join(parts)

    def _close_last_text(self) -> None:
        """A block text that ended with the file, without a line end, must not get one from what now follows."""
        last = _last_leaf(self.root)
        end = len(self._text)
        if last.style not in _BLOCK_TEXT or last.end != end or not any(e.start == end for e in self._edits):
            return
        if not any(e.start == last.start for e in self._edits):
            self._put(last.start, self._header_end(last), f"{last.style}-")

    # a value and what is in it

    def mapping(self, piece: Piece, route: Route, old: Data, new: Data) -> None:
        """Change the members of a mapping from `old` to `new`."""
        members = piece.members or {}
        gone = [key for key in members if key in old and key not in new]
        if piece.flow:
            spans = [_Span(key.start, value.end) for key, value in members.values()]
            self._remove_flow(spans, [key in gone for key in members])
        else:
            for key in gone:
                self._remove_lines(members[key][0].start, members[key][1].end, self._column(piece.start))
        if piece.flow and members and len(gone) == len(members):
            # nothing stays that a comma could stand before
            inside = ", ".join(f"{style.scalar(key)}: {style.flow(value, key)}" for key, value in new.items())
            self._put(piece.start + 1, piece.start + 1, inside)
            return
        before: str | None = None
        for key, value in new.items():
            if key in members:
                before = key
                if old.get(key) != value:
                    self._value(piece, *members[key], (*route, key), _Change(old.get(key), value))
            elif old.get(key) != value:
                self._insert_member(piece, before, (*route, key), value)

    def _value(self, parent: Piece, key: slice, piece: Piece, route: Route, change: _Change) -> None:
        old, new = change
        if isinstance(new, Mapping) and piece.members:
            if new or piece.flow:
                self.mapping(piece, route, old or {}, new)
            else:
                self._empty(piece, key)
        elif isinstance(new, list) and piece.items:
            self._list(piece, route, old or [], new)
        elif parent.flow:
            self._put(piece.start, piece.end, style.flow(new, str(route[-1])))
        elif piece.members or piece.items:
            raise CannotPatchError
        else:
            column = self._column(parent.start)
            self._replace(piece, style.block(route, new, " " * column), new, column)

    def _empty(self, piece: Piece, key: slice) -> None:
        """All members of a block go: `{}` takes their place, for nothing would be no mapping."""
        colon = self._text.index(":", key.stop) + 1
        self._put(colon, colon, " {}")
        self._remove_lines(piece.start, piece.end, self._column(piece.start))

    def _list(self, piece: Piece, route: Route, old: Sequence[Any], new: Sequence[Any]) -> None:
        items = piece.items or []
        if len(items) != len(old):
            raise CannotPatchError
        ahead = _same(old, new)
        behind = _same(old[ahead:][::-1], new[ahead:][::-1])
        stop_old, stop_new = len(old) - behind, len(new) - behind
        both = min(stop_old, stop_new)
        for i in range(ahead, both):
            where = slice(items[i].start, items[i].start)
            self._value(piece, where, items[i], (*route, i), _Change(old[i], new[i]))
        gone = [both <= i < stop_old for i in range(len(old))]
        column = self._column(piece.start)
        if piece.flow:
            self._remove_flow([_Span(i.start, i.end) for i in items], gone)
        else:
            for i in range(both, stop_old):
                self._remove_lines(items[i].start, items[i].end, column)
        for i in range(both, stop_new):
            if piece.flow and both:
                self._put(items[both - 1].end, items[both - 1].end, f", {style.flow(new[i])}")
            elif piece.flow:
                self._put(piece.start + 1, piece.start + 1, f"{style.flow(new[i])}, ")
            else:
                at = self._after(items[both - 1].end, column) if both else self._above(items[0].start, column)
                self._insert_lines(at, style.item((*route, i), new[i], " " * column))

    # edits of text

    def _put(self, start: int, end: int, text: str) -> None:
        if self._text[start:end] != text:
            self._edits.append(_Edit(start, end, text))

    def _below(self, rows: Sequence[str]) -> str:
        """Lines to put behind a line that stands."""
        return "".join(self._break + row for row in rows)

    def _insert_lines(self, line_end: int, rows: Sequence[str]) -> None:
        self._put(line_end, line_end, self._below(rows))

    def _replace(self, piece: Piece, new: Block, value: Any, column: int) -> None:
        """Another value in block style where one stands behind its key."""
        start, end = piece.start, piece.end
        line_end, below = self._line_end(end), self._after(end, column)
        is_block_text = piece.style in _BLOCK_TEXT and end > self._line_end(start)
        if new.head.startswith("|") and below != line_end and not is_block_text:
            # as a block it would take the comment that follows for its own words
            new = Block(style.quoted(value), [])
        if piece.style in _BLOCK_TEXT:
            return self._replace_block_text(piece, new, column)
        head = new.head
        if head and start == end and self._text[start - 1 : start] not in {" ", "\t"}:
            head = f" {head}"
        if not head:
            blanks = start - len(self._text[:start].rstrip(" \t"))
            start -= min(blanks, 1) if self._text[end:line_end].strip() else blanks
        self._put(start, end, head)
        return self._insert_lines(line_end if new.head else below, new.body)

    def _replace_block_text(self, piece: Piece, new: Block, column: int) -> None:
        """Lines that are the same keep their indentation and whatever blanks they have."""
        header_end = self._header_end(piece)
        ends = [self._line_end(piece.start)]
        while ends[-1] < piece.end:
            ends.append(self._line_end(self._text.index("\n", ends[-1]) + 1))
        starts = [self._line_start(end) for end in ends[1:]]
        rows = [self._text[start:end] for start, end in zip(starts, ends[1:], strict=True)]
        body, head = new.body, new.head
        deep = next((len(row) - len(row.lstrip(" ")) for row in rows if row.strip()), 0)
        if head.startswith("|") and deep > column:
            body = [" " * deep + row[column + 2 :] if row else "" for row in body]
        ahead = behind = 0
        if piece.style == "|" and not re.search(r"\d", self._text[piece.start : header_end]):
            was = [row if row.strip(" ") else row[deep:] for row in rows]
            ahead = _same(was, body)
            behind = _same(was[ahead:][::-1], body[ahead:][::-1])
        self._put(piece.start, header_end, head)
        middle = body[ahead : len(body) - behind]
        self._put(ends[ahead], ends[len(rows) - behind], self._below(middle))

    def _insert_member(self, piece: Piece, before: str | None, route: Route, value: Any) -> None:
        members = piece.members or {}
        key = str(route[-1])
        if piece.flow:
            text = f"{style.scalar(key)}: {style.flow(value, key)}"
            if before is None:
                return self._put(piece.start + 1, piece.start + 1, f"{text}, ")
            return self._put(members[before][1].end, members[before][1].end, f", {text}")
        column = self._column(piece.start)
        first = next(iter(members.values()))[0].start
        at = self._above(first, column) if before is None else self._after(members[before][1].end, column)
        head, body = style.block(route, value, " " * column)
        space = " " if head else ""
        return self._insert_lines(at, [f"{' ' * column}{style.scalar(key)}:{space}{head}", *body])

    def _remove_lines(self, start: int, end: int, column: int) -> None:
        """Take away the lines of a member or item; comments among them stay."""
        begin, stop = self._line_start(start), self._line_end(end)
        if self._text[begin:start].strip(" \t") not in {"", "?", "-"} or begin == 0:
            raise CannotPatchError
        kept = [
            " " * column + self._text[span.start : span.end]
            for span in self._comments.values()
            if begin <= span.start < stop
        ]
        self._put(self._before_break(begin), stop, self._below(kept))

    def _remove_flow(self, spans: Sequence[_Span], gone: Sequence[bool]) -> None:
        """Take members or items out of `{}` or `[]`: each with the comma behind it, the last with that before."""
        for i, span in enumerate(spans):
            if not gone[i]:
                continue
            end = spans[i + 1].start if i + 1 < len(spans) else span.end
            between = self._text[span.end : end]
            if "#" in between:
                comma = span.end + between.index(",")
                if "#" in self._text[span.end : comma]:
                    raise CannotPatchError
                end = comma + 1
            if all(gone) and i + 1 == len(spans) and (comma_too := re.compile(r"\s*,").match(self._text, end)):
                end = comma_too.end()
            start = span.start
            if i and all(gone[i:]) and not gone[i - 1] and "#" not in self._text[spans[i - 1].end : start]:
                start = spans[i - 1].end
            self._put(start, end, "")

    # places

    def _line_start(self, at: int) -> int:
        return self._text.rfind("\n", 0, at) + 1

    def _line_end(self, at: int) -> int:
        """Before the line end of the line that `at` is in."""
        end = self._text.find("\n", at)
        return len(self._text) if end < 0 else end - (self._text[end - 1 : end] == "\r")

    def _before_break(self, line_start: int) -> int:
        return self._line_end(self._line_start(line_start - 1))

    def _column(self, at: int) -> int:
        return at - self._line_start(at)

    def _header_end(self, piece: Piece) -> int:
        header = _HEADER.match(self._text, piece.start)
        return header.end() if header else piece.start

    def _after(self, end: int, column: int) -> int:
        """Where lines go that follow a value: behind its line and the deeper comments below that speak of it."""
        at = self._line_end(end)
        while (deeper := self._deeper_comment(at, column)) is not None:
            at = self._line_end(deeper)
        return at

    def _deeper_comment(self, line_end: int, column: int) -> int | None:
        """The comment in the next line that is not blank, when it stands deeper than the column."""
        rest = re.compile(r"(?:[ \t]*\r?\n)+([ \t]*)").match(self._text, line_end)
        return rest.end() if rest and len(rest[1]) > column and rest.end() in self._comments else None

    def _above(self, start: int, column: int) -> int:
        """Where lines go that precede the first member or item: above the comments that speak of it.

        Below deeper ones, though: a block text would take those for its own words.
        """
        begin = self._line_start(start)
        while begin:
            above = self._line_start(begin - 1)
            row = self._text[above:begin].rstrip()
            said = row.lstrip(" \t")
            if said and (not said.startswith("#") or len(row) - len(said) > column):
                break
            begin = above
        if not begin:
            raise CannotPatchError
        return self._before_break(begin)


def _same(one: Sequence[Any], other: Sequence[Any]) -> int:
    """How many entries are equal from the start."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _last_leaf(piece: Piece) -> Piece:
    if not piece.flow and piece.members:
        return _last_leaf(next(reversed(piece.members.values()))[1])
    return _last_leaf(piece.items[-1]) if not piece.flow and piece.items else piece


def _comments(text: str, root: Piece) -> Iterator[_Span]:
    """Where comments stand: what begins with `#` outside of keys and values."""
    at = 0
    for leaf in (*_leaves(text, root), _Span(len(text), len(text))):
        for match in re.finditer(r"(?:^|(?<=[\s,\[\]{}]))#[^\r\n]*", text[at : leaf.start], re.MULTILINE):
            yield _Span(at + match.start(), at + match.end())
        at = leaf.end


def _leaves(text: str, piece: Piece) -> Iterator[_Span]:
    for key, value in (piece.members or {}).values():
        yield _Span(key.start, key.stop)
        yield from _leaves(text, value)
    for item in piece.items or ():
        yield from _leaves(text, item)
    if piece.members is None and piece.items is None:
        start = piece.start
        if piece.style in _BLOCK_TEXT:  # behind its “|” a comment may stand
            start = min(piece.end, text.find("\n", start) % (len(text) + 1))
        yield _Span(start, piece.end)
