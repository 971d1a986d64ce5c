"""How values are written as YAML: one way for each, so that a changed answer is a changed line.

Canonical means: text without quotes where it needs none, notes as literal blocks, small mappings on one line.
What is written here is what `yamldoc` reads, to the last character: a property test says so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from assess.core.text import NOT_TEXT
from assess.files.scalar import plain_value

Route = tuple[str | int, ...]

WORDS = r"[^\W_][\w./+()-]*(?: [\w./+()&,;-]*[\w./+()-])*"
"""The pattern of text that needs no quotes: words and single spaces, nothing that YAML gives a meaning to."""
_PLAIN = re.compile(WORDS)
_LONG = {"note", "dissent"}
_QUOTED = {"reason"}
_ANSWER = 2
"""How long the route of an answer, or of a practice in counts, is.

Below it are the fields of an answer, and a practice may be called as one of them.
"""
_ON_ONE_LINE = {"questionnaire", "evidence", "goal"}


def scalar(value: object) -> str:
    """One value on one line, quoted only where it must be.

    >>> scalar("payments"), scalar("no"), scalar("3"), scalar("1.0.0"), scalar("a: b")
    ('payments', 'no', '"3"', '"1.0.0"', '"a: b"')
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return str(value)
    looks_odd = value[:1].isdigit() and not re.fullmatch(r"\d{4}-[\w-]+", value)
    if _PLAIN.fullmatch(value) and isinstance(plain_value(value), str) and not looks_odd:
        return value
    return quoted(value)


def quoted(value: str) -> str:
    """Text in double quotes; characters outside the printable ones are escaped."""
    text = json.dumps(value, ensure_ascii=False)
    return re.sub(
        "[^\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029]", _escape, text
    )


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def flow(value: object, key: str = "") -> str:
    """A value between `{}` or `[]`; text is quoted, but for the value of `id` and one word alone.

    >>> flow({"id": "tidy-desks", "version": "1.0.0"})
    '{id: tidy-desks, version: "1.0.0"}'
    """
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(k)}: {flow(v, k)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(v) for v in value) + "]"
    return quoted(value) if isinstance(value, str) and key != "id" else scalar(value)


class Block(NamedTuple):
    """A value in block style: what stands behind the key or dash, and the whole lines below it."""

    head: str
    body: list[str]


def block(route: Route, value: Any, indent: str) -> Block:
    """How the value at a route of a sheet, round or counts is written below a key that stands at `indent`."""
    if isinstance(value, str):
        return _text_block(route, value, indent)
    key, is_answer = route[-1], route[0] == "answers" and len(route) == _ANSWER
    if isinstance(value, Mapping) and is_answer and set(value) == {"answer"}:
        return Block(scalar(value["answer"]), [])
    if not isinstance(value, Mapping | list):
        return Block(scalar(value), [])
    if not value or (key in _ON_ONE_LINE and not is_answer) or (route[0] == "practices" and len(route) == _ANSWER):
        return Block(flow(value), [])
    if isinstance(value, Mapping):
        return Block("", lines(route, value, indent + "  "))
    return Block("", [line for i, v in enumerate(value) for line in item((*route, i), v, indent + "  ")])


def _text_block(route: Route, value: str, indent: str) -> Block:
    of_an_answer = len(route) > _ANSWER
    if of_an_answer and route[-1] in _LONG:
        return long_text(value, indent)
    return Block(quoted(value) if of_an_answer and route[-1] in _QUOTED else scalar(value), [])


def lines(route: Route, values: Mapping[str, Any], indent: str = "") -> list[str]:
    """The members of a mapping, each on lines of its own."""
    return [line for key, value in values.items() for line in member((*route, key), value, indent)]


def member(route: Route, value: Any, indent: str) -> list[str]:
    """One key with its value."""
    head, body = block(route, value, indent)
    return [f"{indent}{scalar(route[-1])}:{' ' if head else ''}{head}", *body]


def item(route: Route, value: Any, indent: str) -> list[str]:
    """One entry of a list with its dash."""
    if isinstance(value, Mapping):
        first, *rest = lines(route, value, indent + "  ")
        return [f"{indent}- {first.lstrip(' ')}", *rest]
    return [f"{indent}- {quoted(value) if isinstance(value, str) else scalar(value)}"]


def long_text(value: str, indent: str) -> Block:
    """`|` and the text below, each line its own; quoted where a block cannot carry it exactly.

    A text that ends in blank lines is quoted too: as a block it would take those that somebody puts below it.
    """
    fits = not NOT_TEXT.search(value) and value.strip() and not value.endswith("\n\n")
    if not fits or value[0] in " \t\n#":
        return Block(quoted(value), [])
    body = [f"{indent}  {row}" if row else "" for row in value.removesuffix("\n").split("\n")]
    return Block("|" if value.endswith("\n") else "|-", body)


def text(values: Mapping[str, Any]) -> str:
    """A whole file."""
    return "\n".join(lines((), values)) + "\n"
