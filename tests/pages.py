"""A page of Markdown as whoever looks at it on GitHub finds it: headings, tables, lists, nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

READER = MarkdownIt("gfm-like", {"linkify": True, "html": True})
OURS = {"text", "text_special", "strong_open", "strong_close"}
CALLS = re.compile(r"(?:^|\W)@\w|(?:^|\W)#\d|\bGH-\d", re.IGNORECASE)
"""What GitHub makes mentions and references of, in the text of the finished page."""


@dataclass
class Section:
    """What stands below a heading, as words."""

    level: int
    tables: list[list[list[str]]] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)

    @property
    def rows(self) -> list[list[str]]:
        """The rows of its only table."""
        [table] = self.tables
        return table[1:]

    @property
    def records(self) -> list[dict[str, str]]:
        """The rows of its only table by its heads."""
        [table] = self.tables
        return [dict(zip(table[0], row, strict=True)) for row in table[1:]]


def words(token: Token) -> str:
    """The words of a line. It holds words, and strong ones, and nothing else."""
    children = token.children or []
    assert {child.type for child in children} <= OURS, token.content
    assert not CALLS.search("".join(child.content for child in children)), token.content
    return "".join(child.content for child in children).replace("\u200b", "")


def sections(page: str) -> dict[str, Section]:
    """What a page says, by its headings. Fails where anything but words, lists and tables is in it."""
    found: dict[str, Section] = {}
    here = Section(0)
    kinds: list[str] = []
    for token in READER.parse(page):
        if token.nesting == 1:
            kinds.append(token.type)
        elif token.nesting == -1:
            assert kinds.pop() == token.type.replace("_close", "_open")
        else:
            assert token.type == "inline", (token.type, token.content)
        if token.type == "inline" and kinds[-1] == "heading_open":
            here = Section(page.splitlines()[(token.map or [0])[0]].index(" "))
            assert found.setdefault(words(token), here) is here, "a heading twice"
        else:
            _into(here, token, kinds)
    return found


def _into(here: Section, token: Token, kinds: Sequence[str]) -> None:
    if token.type == "table_open":
        here.tables.append([])
    elif token.type == "tr_open":
        here.tables[-1].append([])
    elif token.type == "inline" and kinds[-1] in {"td_open", "th_open"}:
        here.tables[-1][-1].append(words(token))
    elif token.type == "inline" and "list_item_open" in kinds:
        here.items.append(words(token))
    elif token.type == "inline":
        here.paragraphs.append(words(token))


def cells_in_source(page: str) -> set[tuple[int, int]]:
    """For each table the number of cells in its head and in each of its rows, counted in the source itself.

    A reader fills up and cuts rows; only the source shows one that is too long or too short.
    """
    found, head = set(), 0
    for line in page.splitlines():
        if not line.startswith("| "):
            head = 0
            continue
        n = len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) - 1
        head = head or n
        found.add((head, n))
    return found
