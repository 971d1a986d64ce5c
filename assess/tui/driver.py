"""Textual's terminal, less four faults: when it is gone, when signals stop and wake us, its size, torn pastes.

Each is told where it is mended.
"""

from __future__ import annotations

import os
import termios
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable
from contextlib import suppress
from select import select
from typing import IO, Any, Protocol, cast

from textual._xterm_parser import XTermParser
from textual.constants import ESCAPE_DELAY
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from assess.tui.keyboard import Stream


class Watcher(Protocol):
    """The app, as far as it wants to know."""

    def terminal_gone(self) -> None:
        """Nobody sees us any more."""

    def told_to_stop(self) -> None:
        """Somebody sent what Ctrl-Z sends."""

    def woken(self) -> None:
        """Somebody woke us, whether or not we slept."""


class TerminalDriver(LinuxDriver):
    """Draws on a terminal that may vanish."""

    def __init__(self, app: Watcher, **options: Any) -> None:
        super().__init__(cast("Any", app), **options)
        self._watcher = app
        self._attributes: list[Any] | None = None
        self._file = cast("Any", _Output(cast("IO[str]", self._file), self._gone))

    def _gone(self) -> None:
        with suppress(RuntimeError):  # the loop has ended: we are leaving as it is
            self._loop.call_soon_threadsafe(self._watcher.terminal_gone)

    def run_input_thread(self) -> None:
        """Read the keyboard until we leave or nobody is there any more, which Textual would ask for ever."""
        parser, stream = XTermParser(self._debug), Stream()
        decode = getincrementaldecoder("utf-8")("replace").decode  # a byte that is no text ends nothing
        last = False
        while not last:
            last = self.exit_event.is_set()  # what was typed until then still counts
            pieces: Iterable[str | Message] = stream.tick()
            if select([self.fileno], [], [], ESCAPE_DELAY)[0]:
                typed = self._typed()
                if not typed:
                    self._gone()
                    return
                pieces = stream.feed(decode(typed))
            for piece in pieces:
                for message in parser.feed(piece) if isinstance(piece, str) else (piece,):
                    self.process_message(message)
            for message in parser.tick():
                self.process_message(message)

    def _typed(self) -> bytes:
        try:
            return os.read(self.fileno, 4096)
        except OSError:
            return b""

    def start_application_mode(self) -> None:
        """Take the terminal, and remember how it was set."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        with suppress(termios.error):
            self._attributes = termios.tcgetattr(self.fileno)

    def set_up_again(self) -> None:
        """Take the terminal back from whoever had it meanwhile.

        Stopping and starting again would do as well, but whatever is typed in between would be thrown away.
        """
        if self._attributes is not None:
            with suppress(termios.error):
                termios.tcsetattr(self.fileno, termios.TCSANOW, self._attributes)
        self.write("\x1b[?1049h\x1b[?25l\x1b[?1004h")  # a screen of our own, no cursor, news about the focus
        self._enable_mouse_support()
        self._enable_bracketed_paste()
        self._disable_line_wrap()

    def _get_terminal_size(self) -> tuple[int, int]:
        # Textual believes COLUMNS and LINES, which some shells, and people with containers, pass on: they say how
        # large the window once was, and no later size would count
        try:
            columns, rows = os.get_terminal_size(self.fileno)
        except OSError:
            columns = rows = 0
        return (columns, rows) if columns and rows else super()._get_terminal_size()

    # Textual stops at once, in the middle of whatever runs; and whoever is woken without having stopped by itself
    # reads the keyboard twice from then on. Here the app is told, and decides.

    def _sigtstp_application(self, *_signal: object) -> None:
        if self._auto_restart:
            self._loop.call_soon_threadsafe(self._watcher.told_to_stop)
        else:  # the terminal is lent to an editor, which stops with us
            super()._sigtstp_application()

    def _sigcont_application(self, *_signal: object) -> None:
        if self._auto_restart:
            self._loop.call_soon_threadsafe(self._watcher.woken)


class _Output:
    """A file whose first error is told once; from then on it takes everything and writes nothing.

    Textual's thread that writes to the terminal ends with the first error, and whoever then gives it more waits
    for ever, with a lock on a sheet.
    """

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
