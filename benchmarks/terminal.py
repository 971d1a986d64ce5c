"""The terminal beside a minimal Textual app: start to first question, key to paint, memory, keys while saving.

All run in pseudo-terminals of the same size, in turn. "Painted" means: the first question stands on the screen,
loaded and validated. Key to paint is from the key written to what it changes: the mark that moved (`›`), the sign
of the chosen level (`✓`), the minimal app's one line.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import invented
from interleaved import row
from program import MINIMAL_COMMAND, READY, Program

ASSESS = str(Path(sys.executable).parent / "assess")
TOGETHER = ("run", "--together", "--team", "payments")
MARK, CHOSEN = "›".encode(), "✓".encode()
SIZES = (10, 600)
GOING_ABOUT = (*4 * (b"2", b"\r"), b"o", b"\x1b[6~", b"b", b"r", b"b", b"/", b"\x1b[B", b"\r", b"j", b"]")
"""Answers, each then the next question; the outline and a page of it, the review, the search and what it found."""
UNSAVED = """
from assess.__main__ import main
from assess.files.sheetfile import SheetFile
SheetFile.save = lambda *_: None
main()
"""
"""The same program, with a file that says it has written and does nothing."""


def first_paint(command: Sequence[str], cwd: Path, word: bytes) -> float:
    """Seconds from start to a painted word."""
    start = time.perf_counter()
    program = Program(command, cwd)
    program.until(word)
    painted = time.perf_counter() - start
    program.end()
    return painted


def paints(rounds: int = 21) -> float:
    """The shipped short questionnaire's first question / the minimal app, pair by pair."""
    ours = (ASSESS, *TOGETHER, "--pulse")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ratios = [
            first_paint(ours, folder, b"All disciplines") / first_paint(MINIMAL_COMMAND, folder, READY)
            for _ in range(rounds)
        ]
    return statistics.median(ratios[1:])


def started(folder: Path, count: int) -> Program:
    """A sitting with an invented questionnaire, its first question painted."""
    path = invented.questionnaire(folder, count)
    program = Program((ASSESS, *TOGETHER, "--full", "--questionnaire", str(path)), folder)
    program.until(invented.TITLE.encode())
    program.quiet()
    return program


def keys(program: Program, pair: bytes, paints: bytes, count: int = 20) -> list[float]:
    """Key to paint with two keys in turn, each once nothing moves any more."""
    taken = []
    for i in range(count):
        taken.append(program.key(pair[i % 2 : i % 2 + 1], paints))
        program.quiet()
    return taken


def key_to_paint(count: int, pair: bytes, paints: bytes, rounds: int = 6) -> float:
    """The median of key to paint / that of the minimal app, both open at once and used in turn."""
    ours, minimal = [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        program, beside = started(folder, count), Program(MINIMAL_COMMAND, folder)
        beside.until(READY)
        beside.quiet()
        for _ in range(rounds):
            ours += keys(program, pair, paints)[4:]
            minimal += keys(beside, b"jk", READY)[4:]
        program.end()
        beside.end()
    if "-v" in sys.argv:
        print(f"    {1000 * statistics.median(ours):.2f} ms / {1000 * statistics.median(minimal):.2f} ms")
    return statistics.median(ours) / statistics.median(minimal)


def memory(count: int) -> tuple[int, int]:
    """Kilobytes once the first question is painted, and once somebody has gone about."""
    with tempfile.TemporaryDirectory() as name:
        program = started(Path(name), count)
        painted = program.memory()
        for key in 3 * GOING_ABOUT:
            program.press(key)
        moved = program.memory()
        program.end()
    return painted, moved


def latency_while_saving(count: int, blocks: int = 40, each: int = 50) -> float:
    """The 99th percentile of answer to paint, 2,000 answers, / that of a program that writes nothing.

    Somebody types at an uneven pace, so that many keys come while an answer is being written. All other questions
    have an answer already.
    """
    pace = random.Random(7)  # noqa: S311  (guards no secret)
    with tempfile.TemporaryDirectory() as saving, tempfile.TemporaryDirectory() as not_saving:
        programs = [
            _open_sheet(Path(saving), (ASSESS,), count),
            _open_sheet(Path(not_saving), (sys.executable, "-c", UNSAVED), count),
        ]
        taken: list[list[float]] = [[], []]
        for _ in range(blocks):
            for program, times in zip(programs, taken, strict=True):
                for i in range(each):
                    times.append(program.key(b"21"[i % 2 : i % 2 + 1], CHOSEN))
                    program.idle(pace.uniform(0.015, 0.085))
        for program in programs:
            program.end()
    high, low = (statistics.quantiles(times, n=100)[-1] for times in taken)
    if "-v" in sys.argv:
        medians = " / ".join(f"{1000 * statistics.median(times):.2f}" for times in taken)
        print(f"    {1000 * high:.2f} ms / {1000 * low:.2f} ms, medians {medians}")
    return high / low


def _open_sheet(folder: Path, command: Sequence[str], count: int) -> Program:
    path = invented.questionnaire(folder, count)
    invented.answered(folder, count)
    wish = ("run", "--as", "ada", "--today", str(invented.DAY), "--questionnaire", str(path))
    program = Program((*command, *wish), folder)
    program.until(invented.TITLE.encode())
    program.quiet()
    return program


def main() -> None:
    """Measure in turn and print the ratios."""
    print(row("first question painted / minimal Textual app", paints(), 1.5))
    for count in SIZES:
        for what, pair, sign in (("moving the mark", b"jk", MARK), ("answering", b"12", CHOSEN)):
            name = f"key to paint, {what}, {count} questions / minimal"
            print(row(name, key_to_paint(count, pair, sign), 1.3))
    few, many = (memory(count) for count in SIZES)
    for when, small, large in zip(("painted", "gone about"), few, many, strict=True):
        print(row(f"memory, {when}, {SIZES[1]} questions / {SIZES[0]}", large / small, 1.3))
    name = f"99th percentile of answer to paint, {SIZES[1]} questions, saving / not"
    print(row(name, latency_while_saving(SIZES[1]), 1.5))


if __name__ == "__main__":
    main()
