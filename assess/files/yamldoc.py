"""One strict YAML document: plain values, and the line and column of every one of them.

The only importer of PyYAML. We read libyaml's events ourselves because PyYAML's own loaders follow YAML
1.1 (`no` is False, `1:30` is 90), keep the last of two equal keys in silence and forget positions. Refused:
duplicate keys, anchors, aliases, tags, a second document, deep nesting, large files, text that is not UTF-8.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NamedTuple

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # libyaml: the pure parser is ten times slower

from assess.core.finding import Finding, Route
from assess.core.message import Message, message
from assess.core.text import NOT_TEXT, ODD_BREAKS, quoted
from assess.files import spoiled

MAX_BYTES = 4 * 1024 * 1024
"""Largest file read, in bytes; 600 questions with all their texts are under one megabyte."""
MAX_DEPTH = 16
"""Deepest nesting of lists and mappings; our own formats need eight."""
MAX_ERRORS = 1000
"""How many errors are listed for one file; one that a program spoiled may have 100,000, which nobody reads."""


class Mark(NamedTuple):
    """A place in a file, both numbers from 1."""

    line: int
    column: int


START = Mark(1, 1)


class Node(NamedTuple):
    """Where a value starts, and the nodes inside it: by key with the key's own mark, or by position."""

    mark: Mark
    members: dict[str, tuple[Mark, Node]] | None = None
    items: list[Node] | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed file: `data` as plain Python values, `text` as read, and what was refused.

    `data` is None when nothing could be read; `findings` then says why.
    """

    path: str
    text: str
    data: Any
    root: Node
    findings: tuple[Finding, ...] = ()

    def locate(self, route: Route, *, key: bool = False) -> Mark:
        """Line and column of the value at `route`, or of its key with `key=True`.

        A route that leads nowhere (a missing key) is located at the nearest thing above it that exists: at
        that thing's key, or at its own start in a list. A route into a bare value (a short form) is the value.
        """
        node, place, at_key = self.root, self.root.mark, self.root.mark
        for step in route:
            if node.members is not None and isinstance(step, str) and step in node.members:
                at_key, node = node.members[step]
                place = node.mark
            elif node.items is not None and isinstance(step, int) and step < len(node.items):
                node = node.items[step]
                place = at_key = node.mark
            else:
                return at_key if node.members is not None or node.items is not None else place
        return at_key if key else place

    def placed(self, finding: Finding) -> Finding:
        """The finding with this document's path and the position of its route."""
        mark = self.locate(finding.route, key=finding.at_key)
        return finding.at(self.path, mark.line, mark.column)

    @property
    def kind(self) -> str | None:
        """The kind in `format: assess.<kind>/1`, or None when the file does not say that it is ours."""
        return kind_in(self.data.get("format")) if isinstance(self.data, dict) else None


def kind_in(format_line: object) -> str | None:
    """`answers` from `assess.answers/1`; None for anything else.

    >>> kind_in("assess.answers/1"), kind_in("assess.answers/2"), kind_in("3.8")
    ('answers', None, None)
    """
    match = re.fullmatch(r"assess\.([a-z]+)/1", format_line) if isinstance(format_line, str) else None
    return match[1] if match else None


class _RefusedError(Exception):
    """Reading cannot go on; carries the finding."""

    def __init__(self, mark: Mark, rule: str, what: Message, hint: Message | None = None) -> None:
        super().__init__(str(what))
        self.mark = mark
        self.rule = rule
        self.what = what
        self.hint = hint


_CONFLICT = re.compile(r"^(?:(?:<{7}|>{7}|\|{7})(?:[ \r]|$)|={7}\r?$)", re.MULTILINE)
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,99})")
_FLOAT = re.compile(r"[-+]?(?:(?:0|[1-9][0-9]{0,99})(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?")
_WORDS = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip


def plain_value(text: str) -> str | int | float | bool | None:
    """What an unquoted scalar means in YAML 1.2, where `no`, `012`, `1:30` and dates are text.

    >>> [plain_value(t) for t in ("no", "012", "1:30", "2026-11-02", "3", "0.5", "true", "~")]
    ['no', '012', '1:30', '2026-11-02', 3, 0.5, True, None]
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-.0123456789":
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        number = float(text)
        return number if abs(number) != float("inf") else text
    return text


def read(raw: bytes, path: str) -> Document:
    """Parse the bytes of one file. Never raises: what is wrong is in `findings`, with its place."""
    text = ""
    try:
        text = _decode(raw)
        data, root, findings = _Builder(text).build()
    except _RefusedError as refused:
        finding = Finding(refused.rule, refused.what, hint=refused.hint)
        return Document(path, text, None, Node(START), (finding.at(path, *refused.mark),))
    return Document(path, text, data, root, tuple(f.at(path, f.line, f.column) for f in findings))


def unread(path: str, finding: Finding) -> Document:
    """The document of a file that could not be opened: nothing but the finding, about the file as a whole."""
    return Document(path, "", None, Node(START), (finding.at(path, 0, 0),))


def _decode(raw: bytes) -> str:
    if len(raw) > MAX_BYTES:
        what = message("the file is larger than {limit} MB", limit=MAX_BYTES // 1024 // 1024)
        raise _RefusedError(START, "too-large", what)
    marked = spoiled.byte_order_mark(raw)
    if marked is not None:
        raise _RefusedError(START, "not-text", *marked)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        raise _RefusedError(_mark_at(before, len(before)), "not-text", *spoiled.not_utf8(error)) from None
    bad = next((m for m in NOT_TEXT.finditer(text) if not text.startswith("\r\n", m.start())), None)
    if bad:
        raise _RefusedError(_mark_at(text, bad.start()), "not-text", _no_such_character(bad[0]))
    conflict = _CONFLICT.search(text)
    if conflict:
        raise _RefusedError(
            _mark_at(text, conflict.start()),
            "git-conflict",
            message("two versions of this file met in git and wait for a decision"),
            message("keep what is right from both, and delete git's lines (<<<<<<<, |||||||, =======, >>>>>>>)"),
        )
    return text


def _no_such_character(char: str) -> Message:
    return message("a character that text does not have (U+{code})", code=f"{ord(char):04X}")


def _mark_at(text: str, position: int) -> Mark:
    line = text.count("\n", 0, position) + 1
    return Mark(line, position - (text.rfind("\n", 0, position) + 1) + 1)


def _too_deep() -> Message:
    return message("nested more than {limit} levels deep", limit=MAX_DEPTH)


def _syntax(error: yaml.YAMLError, end: Mark, text: str) -> _RefusedError:
    problem = str(getattr(error, "problem", None) or "")
    opened = getattr(error, "context_mark", None) if "end of stream" in problem else None
    mark = opened or getattr(error, "problem_mark", None)
    place = min(end, Mark(mark.line + 1, mark.column + 1)) if mark is not None else START
    if "nesting depth" in problem:
        return _RefusedError(place, "too-deep", _too_deep())
    mistyped = spoiled.mistyped(text, place.line)
    if mistyped is not None:
        line, column, said = mistyped
        return _RefusedError(Mark(line, column), "yaml-syntax", *said)
    return _RefusedError(place, "yaml-syntax", *spoiled.not_yaml(f"{getattr(error, 'context', '')}: {problem}"))


class _Builder:
    """Turns libyaml's events into values and nodes; collects what can be refused without stopping."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._parser = CParser(text)
        self._end = _mark_at(text, len(text))  # libyaml reads a line end more than there may be
        self._findings: list[Finding] = []

    def build(self) -> tuple[Any, Node, list[Finding]]:
        try:
            return self._stream()
        except yaml.YAMLError as error:
            raise _syntax(error, self._end, self._text) from None
        finally:
            self._parser.dispose()

    def _stream(self) -> tuple[Any, Node, list[Finding]]:
        event = self._next()
        while not isinstance(event, yaml.DocumentStartEvent):
            if isinstance(event, yaml.StreamEndEvent):
                raise _RefusedError(START, "empty", message("the file is empty"))
            event = self._next()
        if event.tags:
            self._refuse(event, "yaml-tag", message("tags are not used in these files"))
        data, root = self._value(self._next(), 0)
        root = root._replace(mark=min(root.mark, self._end))
        self._next()  # the end of this document
        event = self._next()
        if not isinstance(event, yaml.StreamEndEvent):
            what = message("a second document (“---”) in one file")
            self._refuse(event, "yaml-second-document", what, message("make it a file of its own"))
        return data, root, self._findings

    def _next(self) -> Any:
        return self._parser.get_event()

    def _refuse(self, event: Any, rule: str, what: Message, hint: Message | None = None) -> None:
        mark = _start(event)
        if len(self._findings) <= MAX_ERRORS:  # one more than are listed says that there are more
            self._findings.append(Finding(rule, what, hint=hint, line=mark.line, column=mark.column))

    def _value(self, event: Any, depth: int) -> tuple[Any, Node]:
        if isinstance(event, yaml.AliasEvent):
            self._refuse(
                event,
                "yaml-anchor",
                message("“*{name}” points elsewhere; write the value out", name=quoted(str(event.anchor))),
            )
            return None, Node(_start(event))
        if event.anchor is not None:
            self._refuse(
                event,
                "yaml-anchor",
                message("anchors (“&{name}”) are not used in these files", name=quoted(event.anchor)),
            )
        if event.tag is not None:
            hint = message("put the text in quotes if it begins with “!”")
            tag = quoted(event.tag.replace("tag:yaml.org,2002:", "!!"))
            self._refuse(event, "yaml-tag", message("tags (“{tag}”) are not used in these files", tag=tag), hint)
        if isinstance(event, yaml.ScalarEvent):
            # an odd end of line that is escaped in quotes ends no line of the file
            bad = next((m[0] for m in NOT_TEXT.finditer(event.value) if m[0] not in ODD_BREAKS), None)
            if bad is not None:
                self._refuse(event, "not-text", _no_such_character(bad))
            plain = event.implicit[0] and not event.style
            # libyaml places what is missing at the end of the file behind it
            return (plain_value(event.value) if plain else event.value), Node(min(_start(event), self._end))
        if depth >= MAX_DEPTH:
            raise _RefusedError(_start(event), "too-deep", _too_deep())
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(_start(event), depth)
        return self._mapping(_start(event), depth)

    def _sequence(self, mark: Mark, depth: int) -> tuple[list[Any], Node]:
        values: list[Any] = []
        items: list[Node] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            value, node = self._value(event, depth + 1)
            values.append(value)
            items.append(node)
        return values, Node(mark, items=items)

    def _mapping(self, mark: Mark, depth: int) -> tuple[dict[str, Any], Node]:
        values: dict[str, Any] = {}
        members: dict[str, tuple[Mark, Node]] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._key(event, depth)
            at = _start(event)
            value, node = self._value(self._next(), depth + 1)
            if key is None:
                continue
            if key in members:
                first = members[key][0].line
                twice = message(
                    "“{key}” stands here a second time (first in line {line})", key=quoted(key), line=first
                )
                self._refuse(event, "duplicate-key", twice, message("keep one of the two"))
                continue
            values[key] = value
            members[key] = (at, node)
        return values, Node(mark, members=members)

    def _key(self, event: Any, depth: int) -> str | None:
        """A key is text as written, whatever it looks like: `2026:` is the key "2026"."""
        if isinstance(event, yaml.ScalarEvent):
            self._value(event, depth)  # for its refusals
            return str(event.value)
        self._refuse(event, "yaml-key", message("a key must be text, not a list or a mapping"))
        self._value(event, depth + 1)
        return None


def _start(event: Any) -> Mark:
    mark = event.start_mark
    return Mark(mark.line + 1, mark.column + 1)


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
