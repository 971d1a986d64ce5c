"""A real terminal for tests: tmux on a socket of its own, keys typed, the screen read back."""

from __future__ import annotations

import os
import subprocess
import termios
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

PATIENCE = 40.0
"""Seconds to wait for something to appear before a test gives up; nothing waits longer than it must."""


class Terminal:
    """One program in one tmux window. Use as a context manager; the server dies with it."""

    def __init__(self, socket: Path, command: str, cwd: Path, *, columns: int = 80, rows: int = 24) -> None:
        self._base = ["tmux", "-S", str(socket), "-f", "/dev/null"]
        self._start = ["new-session", "-d", "-s", "it", "-x", str(columns), "-y", str(rows), "-c", str(cwd)]
        # the shell stays behind the program, so that its exit code and what it left on the screen can be read
        self._command = f'{command}; echo "exit code: $?"; exec cat'

    def __enter__(self) -> Self:
        self._tmux(*self._start, self._command)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        subprocess.run([*self._base, "kill-server"], capture_output=True, check=False)

    def _tmux(self, *words: str) -> str:
        # our environment by name: a library that we loaded may have put its own words (COLUMNS) into the process's
        done = subprocess.run(
            [*self._base, *words],
            env=dict(os.environ),
            capture_output=True,
            text=True,
            check=True,
            encoding="utf-8",
        )
        return done.stdout

    def screen(self) -> str:
        """What stands on the screen, as text."""
        return self._tmux("capture-pane", "-p", "-t", "it")

    def keys(self, *names: str) -> None:
        """Press keys by tmux's names for them (`Enter`, `F1`, `3`)."""
        self._tmux("send-keys", "-t", "it", *names)

    def leave(self) -> None:
        """Save and quit, and that it went well."""
        self.keys("C-q")
        self.wait_for("exit code: 0")

    def type(self, text: str) -> None:
        """Type text as it is, full-width punctuation included."""
        self._tmux("send-keys", "-t", "it", "-l", text)

    def paste(self, text: str) -> None:
        """Paste text as a terminal does where a program asked for bracketed paste."""
        subprocess.run([*self._base, "load-buffer", "-b", "it", "-"], input=text.encode(), check=True)
        self._tmux("paste-buffer", "-p", "-b", "it", "-t", "it")

    def resize(self, columns: int, rows: int) -> None:
        """Make the window another size."""
        self._tmux("resize-window", "-t", "it", "-x", str(columns), "-y", str(rows))

    def drag(self, columns: int, rows: int) -> None:
        """Tell the program of another size at once: tmux passes on only a few a second, and shows its own size."""
        place = os.open(
            self._tmux("display-message", "-p", "-t", "it", "#{pane_tty}").strip(), os.O_RDWR | os.O_NOCTTY
        )
        try:
            termios.tcsetwinsize(place, (rows, columns))
        finally:
            os.close(place)

    def wait_for(self, *words: str) -> str:
        """Until all these words are on the screen."""
        return self.until(lambda: all(word in self.screen() for word in words), f"{words} on the screen")

    def until(self, condition: Callable[[], object], what: str, *, screen: bool = True) -> str:
        """Until a condition holds; the screen is in the message when it never does (if there still is one)."""
        end = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < end, f"waited in vain for {what}:\n{self.screen() if screen else ''}"
            time.sleep(0.05)
        return self.screen() if screen else ""

    def close(self) -> None:
        """Take the window away, as a dropped line does."""
        self._tmux("kill-session", "-t", "it")

    def child(self, below: int = 0) -> int:
        """The process id of the program that runs in the window, or of the one that another one runs."""
        shell = str(below) if below else self._tmux("display-message", "-p", "-t", "it", "#{pane_pid}").strip()
        return int(
            subprocess.run(["pgrep", "-P", shell], capture_output=True, text=True, check=True).stdout.split()[0]
        )

    def flags(self) -> dict[str, bool]:
        """Whether the program left the terminal as it found it."""
        names = ("alternate_on", "mouse_any_flag", "cursor_flag")
        found = self._tmux("display-message", "-p", "-t", "it", " ".join(f"#{{{name}}}" for name in names)).split()
        return {name: value == "1" for name, value in zip(names, found, strict=True)}
