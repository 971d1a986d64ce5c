"""What an open sheet asks of the place that keeps it."""

from __future__ import annotations

from typing import Protocol

from assess.core.answers import Sheet
from assess.files.lock import Holder
from assess.files.sheetfile import Other


class Store(Protocol):
    """Where a sheet is kept: a file (`files.sheetfile`), or whatever does as one."""

    def hold(self) -> Holder | None:
        """Make it ours to write; else who has it."""

    def save(self, sheet: Sheet) -> None:
        """Write it. Raises OSError when it cannot; ChangedElsewhereError when something else wrote there."""

    def check(self) -> None:
        """Raises ChangedElsewhereError where something else lies there than what we wrote."""

    def other(self) -> Other:
        """What lies there instead of what we wrote."""

    def accept(self, other: Other) -> None:
        """Go on from that; the next save writes over it."""

    def close(self) -> None:
        """Let others write."""
