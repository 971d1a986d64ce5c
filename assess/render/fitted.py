"""A page of Markdown that keeps within a size: what is of least use goes first, and what went is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assess.i18n import _, aside, listed, ngettext
from assess.render import markdown

LIMIT = 60_000
"""Bytes. GitHub takes a comment of 65,536 characters and refuses a longer one as a whole."""
LONGEST = 500
"""Characters of one text: who has more to say is read in their file."""
_SPARE = 4_000
"""Bytes that are kept for telling what went."""


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and what stands below it: paragraphs (`lead`), then rows, of a table where there is a `head`.

    All but the title is Markdown already. Parts with the least `use` lose rows first, their last ones.
    """

    title: str
    use: int
    rows: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    depth: int = 3


def cell(text: str) -> str:
    """One text from anywhere as Markdown: escaped, on one line, and of a very long one the beginning."""
    if len(text) > LONGEST:
        text = _("{text} … (shortened)").format(text=text[:LONGEST].rstrip())
    return markdown.escape(text)


def bullets(title: str, use: int, texts: Sequence[str], *, lead: Sequence[str] = (), depth: int = 3) -> Part:
    """A part with a list; nothing in it is Markdown yet."""
    return Part(title, use, tuple(f"- {cell(text)}" for text in texts), (), tuple(map(cell, lead)), depth)


def table(
    title: str,
    use: int,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    lead: Sequence[str] = (),
    depth: int = 3,
) -> Part:
    """A part with a table; nothing in it is Markdown yet."""
    lines = tuple(markdown.table([cell(text) for text in head], [[cell(text) for text in row] for row in rows]))
    return Part(title, use, lines[2:], lines[:2], tuple(map(cell, lead)), depth)


def page(top: Sequence[str], parts: Sequence[Part], end: Sequence[str], limit: int = LIMIT) -> str:
    """The whole page within `limit` bytes, as far as `top`, `end` and headings leave room; both are Markdown."""
    kept = [len(part.rows) for part in parts]
    whole = _text(top, parts, kept, end)
    over = len(whole.encode()) - limit
    if over <= 0:
        return whole
    over += _SPARE
    for i in sorted(range(len(parts)), key=lambda i: parts[i].use):
        while over > 0 and kept[i]:
            kept[i] -= 1
            over -= len(parts[i].rows[kept[i]].encode()) + 1
    return _text(top, parts, kept, [*_cut(parts, kept, limit), "", *end])


def _text(top: Sequence[str], parts: Sequence[Part], kept: Sequence[int], end: Sequence[str]) -> str:
    lines = [*top]
    for part, rows in zip(parts, kept, strict=True):
        lines += ["", *_lines(part, rows)]
    return "\n".join([*lines, "", *end]) + "\n"


def _lines(part: Part, kept: int) -> Iterator[str]:
    yield f"{'#' * part.depth} {cell(part.title)}"
    for paragraph in part.lead:
        yield from ("", paragraph)
    if kept:
        yield from ("", *part.head, *part.rows[:kept])
    more = len(part.rows) - kept
    if more:
        yield from ("", cell(ngettext("… and {n} more", "… and {n} more", more).format(n=more)))


def _cut(parts: Sequence[Part], kept: Sequence[int], limit: int) -> Iterator[str]:
    """Which parts lost how many of their rows, those of least use first."""
    order = sorted(zip(parts, kept, strict=True), key=lambda pair: pair[0].use)
    lost = [(part, len(part.rows) - rows) for part, rows in order if rows < len(part.rows)]
    told = listed(aside(part.title, _("{n} of {all}").format(n=n, all=len(part.rows))) for part, n in lost)
    what = _("Shortened to stay within {n} kB; what is left out: {parts}. The HTML report has everything.")
    yield markdown.escape(what.format(n=limit // 1000, parts=told))
