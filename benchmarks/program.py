"""A program in a pseudo-terminal, as somebody sits before it: keys go in, what is painted comes back.

Beside it the least that Textual can be: an app of one widget that answers a key.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path

MINIMAL = """
from textual.app import App
from textual.widgets import Static
class Minimal(App):
    BINDINGS = [("j", "move(1)", ""), ("k", "move(-1)", "")]
    n = 0
    def compose(self):
        self.line = Static("ready 0")
        yield self.line
    def action_move(self, by):
        self.n += by
        self.line.update(f"ready {self.n}")
Minimal().run()
"""
MINIMAL_COMMAND = (sys.executable, "-c", MINIMAL)
READY = b"ready"
"""What the minimal app paints at first, and again for every key."""


class Program:
    """A program in a pseudo-terminal of 80 by 24, and what it wrote."""

    def __init__(self, command: Sequence[str], cwd: Path) -> None:
        self.seen = b""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(cwd)
            os.environ.update(TERM="xterm-256color", TEXTUAL_ANIMATIONS="none")
            os.execvp(command[0], list(command))  # noqa: S606  (a fixed command of our own)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

    def read(self, patience: float) -> bytes:
        """What comes within `patience` seconds; empty when nothing does."""
        ready, _, _ = select.select([self.fd], [], [], patience)
        chunk = os.read(self.fd, 65536) if ready else b""
        self.seen += chunk
        return chunk

    def until(self, word: bytes, patience: float = 30) -> None:
        """Read until something has been painted since the last key."""
        end = time.perf_counter() + patience
        while word not in self.seen:
            if time.perf_counter() > end:
                raise TimeoutError(self.seen[-500:])
            self.read(0.5)

    def quiet(self) -> None:
        """Read until nothing has come for a moment."""
        while self.read(0.15):
            pass

    def idle(self, seconds: float) -> None:
        """Read what comes for so long, as between two keys of somebody who types."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self.read(left)

    def key(self, key: bytes, paints: bytes) -> float:
        """Seconds from a key to what is painted for it."""
        self.seen = b""
        start = time.perf_counter()
        os.write(self.fd, key)
        self.until(paints)
        return time.perf_counter() - start

    def press(self, key: bytes) -> None:
        """A key, and all that comes of it."""
        os.write(self.fd, key)
        self.quiet()

    def memory(self) -> int:
        """The process's share of memory in kilobytes, as Linux counts it."""
        told = Path(f"/proc/{self.pid}/smaps_rollup").read_text(encoding="ascii")
        found = re.search(r"^Pss: +(\d+) kB$", told, re.MULTILINE)
        assert found is not None
        return int(found[1])

    def end(self) -> None:
        """Close the terminal and collect the process."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)
