"""What a shell calls a job: Ctrl-Z puts it to sleep, `fg` wakes it up with the terminal."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress

TERMINAL = 0
"""Where the keys come from."""
ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def sleep() -> None:
    """Stop as any program does on Ctrl-Z, and return in the foreground. All has to be on disk before.

    The whole job stops: a script that started us would otherwise keep the shell waiting. Where there is no shell
    to say `fg`, the system lets nobody stop, and this returns at once.
    """
    with _as_at_birth(signal.SIGTSTP, *ENDS):
        os.kill(0, signal.SIGTSTP)
        _in_foreground()


def in_foreground() -> None:
    """Sleep until the terminal is ours: `bg` and `kill -CONT` wake without it. All has to be on disk before."""
    with _as_at_birth(*ENDS):
        _in_foreground()


def _in_foreground() -> None:
    with suppress(OSError):  # a terminal that is gone tells the app by itself
        while os.tcgetpgrp(TERMINAL) != os.getpgrp():
            os.kill(0, signal.SIGSTOP)


@contextmanager
def _as_at_birth(*numbers: signal.Signals) -> Iterator[None]:
    """Let signals do what they do to a program without handlers: ours are called by a loop, which sleeps."""
    before = {number: signal.signal(number, signal.SIG_DFL) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
