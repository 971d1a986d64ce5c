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


class NotSavedError(OSError):
    """A sheet was not written, for a reason of our own."""

    def __init__(self, reason: Message) -> None:
        super().__init__(errno.EBUSY, str(reason))
        self.reason = reason


class ChangedElsewhereError(NotSavedError):
    """An editor, git or another computer wrote into the file since we last did; somebody has to decide."""

    def __init__(self, *, gone: bool = False) -> None:
        super().__init__(message("the file is gone") if gone else message("something else has changed the file"))


class HeldError(NotSavedError):
    """Another window has the sheet open."""

    def __init__(self, holder: Holder) -> None:
        super().__init__(holder.words)
        self.holder = holder


@dataclass(frozen=True, slots=True)
class Other:
    """What lies in the file instead of what we know.

    `raw` is None when the file is gone. `sheet` is what somebody would go on with, None when it is gone or is no
    valid sheet of this place any more; `findings` then say why. `lying` is the sheet as the file has it.
    """

    raw: bytes | None
    sheet: Sheet | None
    findings: tuple[Finding, ...] = ()
    lying: Sheet | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """What the place of a sheet asks of its file.

    `prepare` is called before every write, for what must lie beside it. `judge` finds what makes a sheet none of
    this place. `resumed` makes what is edited of what lies in a file (older ids become today's); `stored` makes
    of what was edited, and the sheet in the file, what is written. `order` is that of the answers.
    """

    prepare: Callable[[], None]
    judge: Callable[[Sheet], Iterable[Finding]]
    resumed: Callable[[Sheet], Sheet]
    stored: Callable[[Sheet, Sheet], Sheet]
    order: tuple[str, ...]


class SheetFile:
    """Writes one sheet, from the text that was opened, so that only what changed is written anew.

    `text` and `lying` are what was opened; the text is None for a sheet that is not there yet.
    """

    def __init__(self, path: Path, text: str | None, lying: Sheet, lock: Lock, rules: Rules) -> None:
        self.path = path
        self._text = text
        self._lying = lying
        self._lock = lock
        self._rules = rules
        self._last = lying
        self._ours: set[bytes | None] = {None if text is None else text.encode()}
        _content(path)  # raises now where nothing could be written later

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
        self.check()
        self._rules.prepare()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._refuse_if_held()  # the folder may be new, and with it the lock
        unchanged = sheet == self._rules.resumed(self._lying)
        stored = self._lying if unchanged else self._rules.stored(sheet, self._lying)
        if self._text is None:
            text = save.sheet_text(stored, self._rules.order)
        else:  # from the file as it was opened, so that taking all back gives that file, to the last byte
            text = save.changed_sheet(self._text, self._lying, stored, self._rules.order)
        written = text.encode()
        if len(written) > yamldoc.MAX_BYTES:  # or the next start would refuse it
            raise NotSavedError(yamldoc.TOO_LARGE)
        self._ours |= {written}  # a signal may come after the file is written and before we can say so
        save.write(self.path, text)
        self._ours = {written}
        self._last = stored

    def check(self) -> None:
        """Raise ChangedElsewhereError where the file is not what we wrote or opened, but for remarks and order."""
        there = _content(self.path)
        if there not in self._ours and not self._only_the_layout():
            raise ChangedElsewhereError(gone=there is None)

    def other(self) -> Other:
        """What lies in the file now."""
        raw = _content(self.path)
        if raw is None:
            return Other(None, None)
        loaded = value_of(self.path, yamldoc.read(raw, shown(self.path)), Sheet)
        if loaded.value is not None:
            loaded = loaded.also(self._rules.judge(loaded.value))
        lying = loaded.value
        return Other(raw, None if lying is None else self._rules.resumed(lying), loaded.findings, lying)

    def accept(self, other: Other) -> None:
        """Go on from what lies there; the next save writes over it.

        Its layout stays. What cannot be read is kept in a file beside it first, so that nothing is lost.
        """
        if other.lying is not None and other.raw is not None:
            self._text, self._lying, self._last = other.raw.decode(), other.lying, other.lying
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
        if other.lying is None or save.sheet_data(other.lying) != save.sheet_data(self._last):
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
