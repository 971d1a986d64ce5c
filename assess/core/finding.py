"""Findings: what is wrong (or worth knowing), how badly, where, and what to do about it.

A finding names a *route* through a document (`("answers", "no-meeting-days", "answer")`); only the document
itself can turn a route into line and column (`assess.files.yamldoc`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from unicodedata import east_asian_width, normalize

from assess.core.message import Message, message
from assess.core.text import lookalike, quoted

Route = tuple[str | int, ...]


class Severity(StrEnum):
    """How much a finding weighs; only errors change an exit code."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found, in one place.

    `path` is relative to the working folder with `/` between parts; `line` and `column` are 1-based
    (0 means the file as a whole). `rule` is a stable name that people may search for. `at_key` points at the
    key of the route instead of its value.
    """

    rule: str
    message: Message
    severity: Severity = Severity.ERROR
    hint: Message | None = None
    route: Route = ()
    at_key: bool = False
    path: str = ""
    line: int = 0
    column: int = 0

    def at(self, path: str, line: int, column: int) -> Finding:
        """The same finding with its place filled in."""
        return replace(self, path=path, line=line, column=column)

    @property
    def place(self) -> str:
        """`file:line:column`, as editors and terminals make clickable."""
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path

    @property
    def order(self) -> tuple[bool, str, int, int, str]:
        """Sort key: errors first, then by place, so that the order of reading files never matters."""
        return (self.severity is not Severity.ERROR, self.path, self.line, self.column, self.rule)


def has_errors(findings: tuple[Finding, ...] | list[Finding]) -> bool:
    """Whether any finding is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)


_LONGEST_WORD = 80
"""Longer ones, in characters, are never a slip of one of our words, which have at most 64."""
_LONGEST_LIST = 20
"""How many words a hint lists; a longer list helps nobody."""


def edit_distance(a: str, b: str, at_most: int = 1000) -> int:
    """Levenshtein distance with a swap of neighbours counted as one (optimal string alignment).

    A number above `at_most` only says that it is more: a thousand words of a spoiled file are to be compared soon.

    >>> edit_distance("anwser", "answer"), edit_distance("pulse", "full")
    (1, 3)
    """
    rows = [list(range(len(b) + 1))]
    for i, left in enumerate(a, start=1):
        row = [i]
        for j, right in enumerate(b, start=1):
            cost = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + (left != right))
            if i > 1 and j > 1 and left == b[j - 2] and a[i - 2] == right:
                cost = min(cost, rows[i - 2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
        if min(*row, *rows[-2]) > at_most:  # a swap reaches two rows back
            return at_most + 1
    return rows[-1][-1]


def nearest(word: str, allowed: tuple[str, ...] | list[str]) -> str | None:
    """The allowed word that `word` most likely stands for, or None when nothing is near.

    Near means at most a third of its letters differ (at least one may), after folding case and `_` to `-`.

    >>> nearest("no_meeting_day", ["no-meeting-days", "one-open-channel"])
    'no-meeting-days'
    """

    def fold(text: str) -> str:
        return normalize("NFKC", text[:_LONGEST_WORD]).casefold().replace("_", "-").strip()

    folded = fold(word)
    best = None
    most = max(1, len(folded) // 3)
    for candidate in sorted(allowed):
        other = fold(candidate)
        if abs(len(other) - len(folded)) > most:
            continue
        distance = edit_distance(folded, other, most)
        if distance < most or (distance == most and best is None):
            best, most = candidate, distance
    return best


def did_you_mean(word: str, allowed: tuple[str, ...] | list[str]) -> Message:
    """The hint for a word that is not allowed: the nearest valid one if any, else the list.

    Where the two look the same, it names the letter of another script, or the mark that is none of ours.
    """
    near = nearest(word, allowed)
    if near is None:
        more = ", …" if len(allowed) > _LONGEST_LIST else ""
        return message("allowed: {allowed}", allowed=", ".join(allowed[:_LONGEST_LIST]) + more)
    stranger = next((char for char in word if not char.isascii()), None)
    if stranger is None or not near.isascii():
        return message("did you mean “{near}”?", near=near)
    code = f"{ord(stranger):04X}"
    return message("did you mean “{near}”? “{char}” here is U+{code}", near=near, char=quoted(stranger), code=code)


def only_looks_like(text: str) -> Message | None:
    """What to say of a character that only looks like the one that was meant, if there is any."""
    found = lookalike(text)
    if found is None:
        return None
    char, plain = found
    code = f"{ord(char):04X}"
    if not plain:
        return message("a character that nobody can see (U+{code}) stands here: delete it", code=code)
    if plain == " ":
        return message("a blank that is none (U+{code}) stands here: type a plain one", code=code)
    if east_asian_width(char) in {"F", "W"}:
        return message("a full-width “{char}” stands here: type “{plain}” instead", char=char, plain=plain)
    return message("“{char}” (U+{code}) only looks like “{plain}”: type that", char=char, code=code, plain=plain)
