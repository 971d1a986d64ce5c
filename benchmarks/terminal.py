"""The terminal beside a minimal Textual app: start to first question, and key to paint.

Both run in a pseudo-terminal of the same size. "Painted" means: the first question stands on the screen, loaded
and validated, and that a key changes it. Key to paint is from the key written to the first byte that comes back.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Sequence
from pathlib import Path

from interleaved import row

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
        """Read until a word has been painted."""
        end = time.perf_counter() + patience
        while word not in self.seen:
            if time.perf_counter() > end:
                raise TimeoutError(self.seen[-500:])
            self.read(0.5)

    def quiet(self) -> None:
        """Read until nothing has come for a moment."""
        while self.read(0.15):
            pass

    def key(self, key: bytes) -> float:
        """Seconds from a key to the first byte painted for it."""
        self.quiet()
        start = time.perf_counter()
        os.write(self.fd, key)
        self.read(5)
        return time.perf_counter() - start

    def end(self) -> None:
        """Close the terminal and collect the process."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)


def first_paint(command: Sequence[str], cwd: Path, word: bytes) -> float:
    """Seconds from start to a painted word that answers a key."""
    start = time.perf_counter()
    program = Program(command, cwd)
    program.until(word)
    painted = time.perf_counter() - start
    program.key(b"j")
    program.end()
    return painted


def keys(command: Sequence[str], cwd: Path, word: bytes, pair: bytes, count: int = 60) -> float:
    """The median of key to paint, with two keys in turn."""
    program = Program(command, cwd)
    program.until(word)
    taken = [program.key(pair[i % 2 : i % 2 + 1]) for i in range(count)]
    program.end()
    if "-v" in sys.argv:
        print(f"    {command[0]} {pair!r}: {statistics.median(taken[10:]) * 1000:.2f} ms")
    return statistics.median(taken[10:])


def main() -> None:
    """Measure in turn and print the two ratios."""
    python = sys.executable
    minimal = [python, "-c", MINIMAL]
    ours = [str(Path(python).parent / "assess"), "run", "--together", "--team", "payments", "--pulse"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        word = b"All disciplines"
        paints = [first_paint(ours, folder, word) / first_paint(minimal, folder, b"ready") for _ in range(8)][1:]
        print(row("first question painted / minimal Textual app", statistics.median(paints), 1.6))
        for what, pair in (("moving the mark", b"jk"), ("answering", b"12")):
            ratios = []
            for _ in range(3):
                with tempfile.TemporaryDirectory() as fresh:
                    measured = keys(ours, Path(fresh), word, pair)
                ratios.append(measured / keys(minimal, folder, b"ready", b"jk"))
            print(row(f"key to paint, {what} / minimal Textual app", statistics.median(ratios), 1.5))


if __name__ == "__main__":
    main()
