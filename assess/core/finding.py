"""Findings: what is wrong (or worth knowing), how badly, where, and what to do about it.

A finding names a *route* through a document (`("answers", "no-meeting-days", "answer")`); only the document
itself can turn a route into line and column (`assess.files.yamldoc`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from assess.core.message import Message, message

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


def edit_distance(a: str, b: str) -> int:
    """Levenshtein distance with a swap of neighbours counted as one (optimal string alignment).

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
    return rows[-1][-1]


def nearest(word: str, allowed: tuple[str, ...] | list[str]) -> str | None:
    """The allowed word that `word` most likely stands for, or None when nothing is near.

    Near means at most a third of its letters differ (at least one may), after folding case and `_` to `-`.

    >>> nearest("no_meeting_day", ["no-meeting-days", "one-open-channel"])
    'no-meeting-days'
    """

    def fold(text: str) -> str:
        return text.casefold().replace("_", "-").strip()

    folded = fold(word)[:64]  # long strings are never a slip of one of our words, and the table is quadratic
    scored = [(edit_distance(folded, fold(candidate)), candidate) for candidate in allowed]
    best = min(scored, default=None)
    if best is None or best[0] > max(1, len(folded) // 3):
        return None
    return best[1]


def did_you_mean(word: str, allowed: tuple[str, ...] | list[str]) -> Message:
    """The hint for a word that is not allowed: the nearest valid one if any, else the list."""
    near = nearest(word, allowed)
    if near is not None:
        return message("did you mean “{near}”?", near=near)
    return message("allowed: {allowed}", allowed=", ".join(allowed))
