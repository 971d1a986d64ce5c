"""Where a session keeps its sheet in tests that need no folder."""

from __future__ import annotations

from assess.core.answers import Sheet
from assess.files.lock import Holder
from assess.files.save import sheet_text
from assess.files.sheetfile import ChangedElsewhereError, Other


class Disk:
    """A file in memory: what a save leaves, a switch that makes saving fail, and what others do to it."""

    def __init__(self) -> None:
        self.text = ""
        self.full = False
        self.holder: Holder | None = None
        self.changed: Other | None = None

    def hold(self) -> Holder | None:
        return self.holder

    def save(self, sheet: Sheet) -> None:
        if self.full:
            raise OSError(28, "No space left on device")
        self.check()
        self.text = sheet_text(sheet, ("a", "b", "c"))

    def check(self) -> None:
        if self.changed is not None:
            raise ChangedElsewhereError

    def other(self) -> Other:
        return Other(None, None) if self.changed is None else self.changed

    def accept(self, other: Other) -> None:
        assert other == self.changed
        self.changed = None

    def close(self) -> None:
        self.holder = None
