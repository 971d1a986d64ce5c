"""One strict YAML document: plain values, and the line and column of every one of them.

We read libyaml's events ourselves because PyYAML's own loaders follow YAML 1.1 (`no` is False, `1:30` is 90), keep
the last of two equal keys in silence and forget positions. Refused: duplicate keys, anchors, aliases, tags, a
second document, deep nesting, large files, text that is not UTF-8.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # libyaml: the pure parser is ten times slower

from assess.core.finding import Finding, Route
from assess.core.message import Message, message
from assess.core.text import NOT_TEXT, ODD_BREAKS, quoted
from assess.files import canonical, spoiled
from assess.files.scalar import plain_value

MAX_BYTES = 4 * 1024 * 1024
"""Largest file read and written, in bytes; 600 questions with all their texts are under one megabyte."""
TOO_LARGE = message("the file is larger than {limit} MB", limit=MAX_BYTES // 1024 // 1024)
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
    """A mapping or a list: where it starts, and the places inside it, by key (with the key's own) or by position.

    Places are kept as libyaml's own marks: making one of ours for every value would cost a third of the reading.
    """

    start: Any
    members: dict[str, tuple[Any, Place]] | None = None
    items: list[Place] | None = None


Place = Node | Any
"""Where a value is: a node, or libyaml's mark of a scalar."""


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed file: `data` as plain Python values, `text` as read, and what was refused.

    `data` is None when nothing could be read; `findings` then says why. Without `places` they are found when
    somebody asks for one.
    """

    path: str
    text: str
    data: Any
    places: Place | None = None
    findings: tuple[Finding, ...] = ()

    def locate(self, route: Route, *, key: bool = False) -> Mark:
        """Line and column of the value at `route`, or of its key with `key=True`.

        A route that leads nowhere (a missing key) is located at the nearest thing above it that exists: at
        that thing's key, or at its own start in a list. A route into a bare value (a short form) is the value.
        """
        place = _places(self.text) if self.places is None else self.places
        at_key = _start(place)
        for step in route:
            members, items = (place.members, place.items) if isinstance(place, Node) else (None, None)
            if members is not None and isinstance(step, str) and step in members:
                at_key, place = members[step]
            elif items is not None and isinstance(step, int) and step < len(items):
                place = items[step]
                at_key = _start(place)
            else:
                return _mark(at_key if members is not None or items is not None else place, self.text)
        return _mark(at_key if key else place, self.text)

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


def read(raw: bytes, path: str) -> Document:
    """Parse the bytes of one file. Never raises: what is wrong is in `findings`, with its place."""
    text = ""
    try:
        text = _decode(raw)
        data = canonical.sheet(text)
        if data is not None:
            return Document(path, text, data)
        data, root, findings = _Builder(text, raw).build()
    except _RefusedError as refused:
        finding = Finding(refused.rule, refused.what, hint=refused.hint)
        return Document(path, text, None, START, (finding.at(path, *refused.mark),))
    return Document(path, text, data, root, tuple(f.at(path, f.line, f.column) for f in findings))


@lru_cache(maxsize=16)
def _places(text: str) -> Place:
    """The places in a text that was read without them, because nothing was wrong in it."""
    return _Builder(text).build()[1]


def unread(path: str, finding: Finding) -> Document:
    """The document of a file that could not be opened: nothing but the finding, about the file as a whole."""
    return Document(path, "", None, START, (finding.at(path, 0, 0),))


def _decode(raw: bytes) -> str:
    if len(raw) > MAX_BYTES:
        raise _RefusedError(START, "too-large", TOO_LARGE)
    marked = spoiled.byte_order_mark(raw)
    if marked is not None:
        raise _RefusedError(START, "not-text", *marked)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        raise _RefusedError(_mark_at(before, len(before)), "not-text", *spoiled.not_utf8(error)) from None
    suspects = () if _surely_text(raw, text) else NOT_TEXT.finditer(text)
    bad = next((m for m in suspects if not text.startswith("\r\n", m.start())), None)
    if bad:
        raise _RefusedError(_mark_at(text, bad.start()), "not-text", _no_such_character(bad[0]))
    suspicious = any(char in text and char * 7 in text for char in "<>=|")  # many times as fast as the search
    conflict = _CONFLICT.search(text) if suspicious else None
    if conflict:
        raise _RefusedError(
            _mark_at(text, conflict.start()),
            "git-conflict",
            message("two versions of this file met in git and wait for a decision"),
            message("keep what is right from both, and delete git's lines (<<<<<<<, |||||||, =======, >>>>>>>)"),
        )
    return text


_CONTROLS = bytes({*range(0x20), 0x7F} - {0x09, 0x0A})


def _surely_text(raw: bytes, text: str) -> bool:
    """Whether nothing of NOT_TEXT is in it: many times as fast as its pattern, which is a tenth of the reading.

    In UTF-8 the control characters above 7F begin with C2, and so do some harmless ones.
    """
    if b"\xc2" in raw or any(char in text for char in "\u2028\u2029\ufeff\ufffe\uffff"):
        return False
    return len(raw.translate(None, _CONTROLS)) == len(raw)


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
    """Turns libyaml's events into values and places; collects what can be refused without stopping.

    Every file of a team goes through these loops, so they are written to be fast: most events are scalars, and
    nothing is made of one but its value.
    """

    def __init__(self, text: str, raw: bytes | None = None) -> None:
        self._parser: Any = CParser(raw or text)  # bytes, where they are at hand, need not be made again
        self._text = text
        self._escapes = "\\" in text  # characters that are not in the file can only come from an escape
        self._findings: list[Finding] = []

    def build(self) -> tuple[Any, Place, list[Finding]]:
        try:
            return self._stream()
        except yaml.YAMLError as error:
            raise _syntax(error, _end(self._text), self._text) from None
        finally:
            self._parser.dispose()

    def _stream(self) -> tuple[Any, Place, list[Finding]]:
        event = self._parser.get_event()
        while not isinstance(event, yaml.DocumentStartEvent):
            if isinstance(event, yaml.StreamEndEvent):
                raise _RefusedError(START, "empty", message("the file is empty"))
            event = self._parser.get_event()
        if event.tags:
            self._refuse(event, "yaml-tag", message("tags are not used in these files"))
        data, root = self._value(self._parser.get_event(), 0)
        self._parser.get_event()  # the end of this document
        event = self._parser.get_event()
        if not isinstance(event, yaml.StreamEndEvent):
            what = message("a second document (“---”) in one file")
            self._refuse(event, "yaml-second-document", what, message("make it a file of its own"))
        return data, root, self._findings

    def _refuse(self, event: Any, rule: str, what: Message, hint: Message | None = None) -> None:
        if len(self._findings) > MAX_ERRORS:  # one more than are listed says that there are more
            return
        mark = _mark(event.start_mark, self._text)
        self._findings.append(Finding(rule, what, hint=hint, line=mark.line, column=mark.column))

    def _value(self, event: Any, depth: int) -> tuple[Any, Place]:
        """Any value, and where it is."""
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event), event.start_mark
        if isinstance(event, yaml.AliasEvent):
            what = message("“*{name}” points elsewhere; write the value out", name=quoted(str(event.anchor)))
            self._refuse(event, "yaml-anchor", what)
            return None, event.start_mark
        if event.anchor is not None or event.tag is not None:
            self._refuse_extras(event)
        if depth >= MAX_DEPTH:
            raise _RefusedError(_mark(event.start_mark, self._text), "too-deep", _too_deep())
        inside = self._list if isinstance(event, yaml.SequenceStartEvent) else self._mapping
        return inside(event.start_mark, depth + 1)

    def _scalar(self, event: Any) -> Any:
        text = event.value
        if event.anchor is not None or event.tag is not None:
            self._refuse_extras(event)
        if event.style:
            if self._escapes and event.style == '"':
                self._refuse_escaped(event)
            return text
        return plain_value(text)

    def _list(self, start: Any, depth: int) -> tuple[list[Any], Node]:
        values: list[Any] = []
        value: Any
        place: Place
        places: list[Place] = []
        next_event, scalar, scalar_event = self._parser.get_event, self._scalar, yaml.ScalarEvent
        while type(event := next_event()) is not yaml.SequenceEndEvent:
            if type(event) is scalar_event:
                values.append(scalar(event))
                places.append(event.start_mark)
            else:
                value, place = self._value(event, depth)
                values.append(value)
                places.append(place)
        return values, Node(start, None, places)

    def _mapping(self, start: Any, depth: int) -> tuple[dict[str, Any], Node]:
        values: dict[str, Any] = {}
        value: Any
        place: Place
        members: dict[str, tuple[Any, Place]] = {}
        next_event, scalar, scalar_event = self._parser.get_event, self._scalar, yaml.ScalarEvent
        while type(event := next_event()) is not yaml.MappingEndEvent:
            if type(event) is scalar_event and not event.style and event.anchor is None is event.tag:
                key: str | None = event.value
            else:
                key = self._key(event, depth)
            inner = next_event()
            if type(inner) is scalar_event:
                value, place = scalar(inner), inner.start_mark
            else:
                value, place = self._value(inner, depth)
            if key in members:
                self._refuse_second(event, key, members[key][0].line + 1)
            elif key is not None:
                values[key] = value
                members[key] = (event.start_mark, place)
        return values, Node(start, members)

    def _key(self, event: Any, depth: int) -> str | None:
        """A key is text as written, whatever it looks like: `2026:` is the key "2026"."""
        if type(event) is not yaml.ScalarEvent:
            self._refuse(event, "yaml-key", message("a key must be text, not a list or a mapping"))
            self._value(event, depth)
            return None
        self._scalar(event)  # for its refusals
        return str(event.value)

    # what is refused without stopping

    def _refuse_extras(self, event: Any) -> None:
        if event.anchor is not None:
            what = message("anchors (“&{name}”) are not used in these files", name=quoted(event.anchor))
            self._refuse(event, "yaml-anchor", what)
        if event.tag is not None:
            hint = message("put the text in quotes if it begins with “!”")
            tag = quoted(event.tag.replace("tag:yaml.org,2002:", "!!"))
            self._refuse(event, "yaml-tag", message("tags (“{tag}”) are not used in these files", tag=tag), hint)

    def _refuse_escaped(self, event: Any) -> None:
        # an odd end of line that is escaped in quotes ends no line of the file
        bad = next((m[0] for m in NOT_TEXT.finditer(event.value) if m[0] not in ODD_BREAKS), None)
        if bad is not None:
            self._refuse(event, "not-text", _no_such_character(bad))

    def _refuse_second(self, event: Any, key: str | None, first: int) -> None:
        again = quoted(str(key))
        what = message("“{key}” stands here a second time (first in line {line})", key=again, line=first)
        self._refuse(event, "duplicate-key", what, message("keep one of the two"))


def _start(place: Place) -> Any:
    return place.start if isinstance(place, Node) else place


def _mark(place: Place, text: str) -> Mark:
    """The place for people: numbers from 1, and never behind the end of the file."""
    start = _start(place)
    return start if isinstance(start, Mark) else min(_end(text), Mark(start.line + 1, start.column + 1))


def _end(text: str) -> Mark:
    """Behind the last character: libyaml reads a line end more than there may be."""
    return _mark_at(text, len(text))
