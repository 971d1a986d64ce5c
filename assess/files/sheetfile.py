"""The file of an open sheet: who may write it, what it said last, and what to do when it says something else."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from assess.core.answers import Sheet
from assess.core.finding import Finding
from assess.core.message import Message, message
from assess.files import save, yamldoc
from assess.files.load import shown, value_of
from assess.files.lock import Holder, Lock

Judge = Callable[[Sheet], Iterable[Finding]]


class NotSavedError(OSError):
    """A sheet was not written, for a reason of our own."""

    def __init__(self, reason: Message) -> None:
        super().__init__(errno.EBUSY, str(reason))
        self.reason = reason


class ChangedElsewhereError(NotSavedError):
    """An editor, git or another computer wrote into the file since we last did; somebody has to decide."""

    def __init__(self) -> None:
        super().__init__(message("something else has changed the file; leaving asks which to keep"))


class HeldError(NotSavedError):
    """Another window has the sheet open."""

    def __init__(self, holder: Holder) -> None:
        super().__init__(holder.words)
        self.holder = holder


@dataclass(frozen=True, slots=True)
class Other:
    """What lies in the file instead of what we know.

    `raw` is None when the file is gone. `sheet` is None when it is gone or is no valid sheet of this place any
    more; `findings` then say why.
    """

    raw: bytes | None
    sheet: Sheet | None
    findings: tuple[Finding, ...] = ()


class SheetFile:
    """Writes one sheet, from the text that was opened, so that only what changed is written anew.

    `opened` is the text and the sheet that was opened; the text is None for a sheet that is not there yet.
    `prepare` is called before every write, for what must lie beside it. `judge` finds what makes a sheet none of
    this place.
    """

    def __init__(
        self,
        path: Path,
        opened: tuple[str | None, Sheet],
        order: tuple[str, ...],
        lock: Lock,
        *,
        prepare: Callable[[], None],
        judge: Judge,
    ) -> None:
        self.path = path
        self._text, self._sheet = opened
        self._order = order
        self._lock = lock
        self._prepare = prepare
        self._judge = judge
        self._last = self._sheet
        self._ours: set[bytes | None] = {None if self._text is None else self._text.encode()}

    def hold(self) -> Holder | None:
        """Make the file ours to write; else who has it.

        Where the folder is not there yet, or takes no lock, nobody has it: that saving fails, or that something
        else wrote in between, is then found when it happens.
        """
        if self._lock.held or not self.path.parent.is_dir():
            return None
        try:
            return self._lock.take()
        except OSError:
            return None

    def close(self) -> None:
        """Let others write."""
        self._lock.release()

    def save(self, sheet: Sheet) -> None:
        """Write the sheet.

        Raises ChangedElsewhereError, HeldError, or the OSError of the system; the file is then what it was.
        """
        self._refuse_if_held()
        if _content(self.path) not in self._ours and not self._only_the_layout():
            raise ChangedElsewhereError
        self._prepare()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._refuse_if_held()  # the folder may be new, and with it the lock
        if self._text is None:
            text = save.sheet_text(sheet, self._order)
        else:  # from the file as it was opened, so that taking all back gives that file, to the last byte
            text = save.changed_sheet(self._text, self._sheet, sheet, self._order)
        written = text.encode()
        self._ours |= {written}  # a signal may come after the file is written and before we can say so
        save.write(self.path, text)
        self._ours = {written}
        self._last = sheet

    def other(self) -> Other:
        """What lies in the file now."""
        raw = _content(self.path)
        if raw is None:
            return Other(None, None)
        loaded = value_of(self.path, yamldoc.read(raw, shown(self.path)), Sheet)
        if loaded.value is not None:
            loaded = loaded.also(self._judge(loaded.value))
        return Other(raw, loaded.value, loaded.findings)

    def accept(self, other: Other) -> None:
        """Go on from what lies there; the next save writes over it.

        Its layout stays. What cannot be read is kept in a file beside it first, so that nothing is lost.
        """
        if other.sheet is not None and other.raw is not None:
            self._text, self._sheet, self._last = other.raw.decode(), other.sheet, other.sheet
        elif other.raw is not None:
            self._put_aside(other.raw)
        self._ours = {other.raw}

    def _refuse_if_held(self) -> None:
        holder = self.hold()
        if holder is not None:
            raise HeldError(holder)

    def _only_the_layout(self) -> bool:
        """Whether somebody changed nothing but remarks and order; those are taken up without a word."""
        other = self.other()
        if other.sheet is None or save.sheet_data(other.sheet) != save.sheet_data(self._last):
            return False
        self.accept(other)
        return True

    def _put_aside(self, raw: bytes) -> None:
        for number in range(1, 1000):
            place = self.path.with_name(f"{self.path.name}.other{'' if number == 1 else number}")
            with suppress(FileExistsError):
                with place.open("xb") as file:
                    file.write(raw)
                return


def _content(path: Path) -> bytes | None:
    """What lies on disk."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
