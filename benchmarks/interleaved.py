"""Whole processes in turn (A B A B ...), so that a machine that slows down slows both; medians and their ratio."""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path


def seconds(command: Sequence[str], cwd: Path) -> float:
    """How long one run of a command takes, in seconds."""
    start = time.perf_counter()
    subprocess.run(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def ratio(command: Sequence[str], beside: Sequence[str], cwd: Path, rounds: int = 21) -> float:
    """The median of `command / beside`, pair by pair, after one pair that is not counted."""
    pairs = [(seconds(command, cwd), seconds(beside, cwd)) for _ in range(rounds + 1)][1:]
    return statistics.median(a / b for a, b in pairs)


def row(name: str, measured: float, goal: float) -> str:
    """One line of the table: what, the ratio, the goal, and whether it is met."""
    return f"{name:<64} {measured:6.2f}   goal {goal:4.2f}   {'met' if measured <= goal else 'MISSED'}"
