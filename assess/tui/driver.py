"""Textual's terminal, less one fault: one that is gone keeps nobody waiting, least of all a lock on a sheet.

The thread that writes to the terminal ends with the first error, and whoever then gives it more waits for ever.
Here it takes everything, and the app is told once that nobody reads it any more.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any, Protocol, cast

from textual.drivers.linux_driver import LinuxDriver


class Watcher(Protocol):
    """The app, as far as it wants to know."""

    def terminal_gone(self) -> None:
        """Nobody sees us any more."""


class TerminalDriver(LinuxDriver):
    """Draws on a terminal that may vanish."""

    def __init__(self, app: Watcher, **options: Any) -> None:
        super().__init__(cast("Any", app), **options)

        def gone() -> None:
            with suppress(RuntimeError):  # the loop has ended: we are leaving as it is
                self._loop.call_soon_threadsafe(app.terminal_gone)

        self._file = cast("Any", _Output(cast("IO[str]", self._file), gone))


class _Output:
    """A file whose first error is told once; from then on it takes everything and writes nothing."""

    def __init__(self, file: IO[str], gone: Callable[[], None]) -> None:
        self._file = file
        self._gone = gone
        self._broken = False

    def write(self, text: str) -> None:
        self._try(lambda: self._file.write(text))

    def flush(self) -> None:
        self._try(self._file.flush)

    def fileno(self) -> int:
        return self._file.fileno()

    def _try(self, work: Callable[[], object]) -> None:
        if self._broken:
            return
        try:
            work()
        except OSError:
            self._broken = True
            self._gone()
