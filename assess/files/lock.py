"""Who writes a file: one window at a time. The system takes a lock away with its owner, however that one ends."""

from __future__ import annotations

import fcntl
import os
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from assess.core.message import Message, message

_LONGEST = 300
"""Bytes that are read of what a lock says of its owner."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a file open: the process, the computer, and since when by the clock there.

    All empty where somebody holds the lock and does not say who.
    """

    pid: str = ""
    host: str = ""
    since: str = ""

    @property
    def words(self) -> Message:
        """Who has the sheet, for a person."""
        if not self.pid:
            return message("this sheet is open in another window")
        return message(
            "this sheet is open in another window since {since} (process {pid} on {host})",
            since=self.since, pid=self.pid, host=self.host,
        )  # fmt: skip


class Lock:
    """The lock beside a file: `.NAME.lock`, there while somebody writes, ignored by git.

    What counts is the lock that the system keeps on that file, not that it is there: one that was left behind by a
    process that is gone is taken over in silence.
    """

    def __init__(self, file: Path, me: Holder) -> None:
        self._path = file.with_name(f".{file.name}.lock")
        self._me = me
        self._handle: int | None = None

    @property
    def held(self) -> bool:
        """Whether it is ours."""
        return self._handle is not None

    def take(self) -> Holder | None:
        """Make it ours; else who has it. Raises OSError where no lock can be made (a folder that is read-only)."""
        while self._handle is None:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                holder = _read(handle)
                os.close(handle)
                return holder
            except BaseException:
                os.close(handle)
                raise
            if self._is_there(handle):
                self._handle = handle
                self._sign(handle)
            else:  # its owner took it away between our opening and our locking
                os.close(handle)
        return None

    def release(self) -> None:
        """Let others write."""
        if self._handle is None:
            return
        handle, self._handle = self._handle, None
        with suppress(OSError):
            if self._is_there(handle):
                self._path.unlink()
        os.close(handle)

    def _is_there(self, handle: int) -> bool:
        try:
            return os.path.samestat(os.fstat(handle), self._path.stat())
        except FileNotFoundError:
            return False

    def _sign(self, handle: int) -> None:
        with suppress(OSError):  # a full disk: the lock holds all the same
            os.ftruncate(handle, 0)
            os.pwrite(handle, f"{self._me.pid} {self._me.host} {self._me.since}\n".encode(), 0)


def _read(handle: int) -> Holder:
    """What the owner says of itself; nothing where that is not what we would have written."""
    said = os.pread(handle, _LONGEST, 0).decode("utf-8", "replace")
    match = re.fullmatch(r"([0-9]{1,10}) ([\w.-]{1,64}) ([0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2})\n", said)
    return Holder(*match.groups()) if match else Holder()
