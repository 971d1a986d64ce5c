"""Spoiled files by the thousand: whatever was done to a file, the promises hold, and soon.

Every run tries the same few hundred; `ASSESS_SPOIL=1000000` a million others (CONTRIBUTING.md, "Fuzzing").
"""

from __future__ import annotations

import itertools
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import promises
import pytest
from conftest import SHEET
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assess.files.load import KINDS

SECONDS = 10
"""Of the processor's time, not of the clock's: a busy machine makes no file slow. Most take a thousandth of it."""

WANTED = os.environ.get("ASSESS_SPOIL")
LAW = settings(
    derandomize=WANTED is None,
    max_examples=int(WANTED or 300),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
FILES = [path.read_bytes() for path in promises.EXAMPLES]
SHEETS = [raw for raw in FILES if b"assess.answers/1" in raw and b"<<<<<<<" not in raw]


@contextmanager
def soon(seconds: float = SECONDS) -> Iterator[None]:
    """Raise when the work takes so much of the processor's time that somebody would call it hanging."""

    def too_long(_number: int, _frame: object) -> None:
        raise AssertionError(f"not done after {seconds} seconds of work")

    before = signal.signal(signal.SIGPROF, too_long)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def picked(choices: st.DataObject) -> Callable[[int], int]:
    """A source of choices that hypothesis can make simpler."""
    return lambda n: choices.draw(st.integers(0, n - 1))


@given(st.sampled_from(FILES), st.data())
@LAW
def test_a_spoiled_file_is_a_value_or_findings(raw: bytes, choices: st.DataObject) -> None:
    spoiled = promises.mutated(raw, picked(choices), FILES)

    with soon():
        promises.a_read_file_is_a_value_or_findings(spoiled)


@given(st.sampled_from(SHEETS), st.data())
@LAW
def test_a_sheet_of_any_layout_is_changed_as_it_was_meant(raw: bytes, choices: st.DataObject) -> None:
    pick = picked(choices)
    spoiled = promises.mutated(raw, pick) if pick(3) else raw

    with soon():
        promises.a_changed_sheet_says_what_was_meant(spoiled, pick)


@given(st.sampled_from(FILES), st.data())
@LAW
def test_a_patch_of_any_file_is_made_or_refused(raw: bytes, choices: st.DataObject) -> None:
    pick = picked(choices)
    spoiled = promises.mutated(raw, pick) if pick(3) else raw

    with soon():
        promises.a_patch_is_made_or_refused(spoiled, pick)


N = 20_000
HEAD = SHEET
HOSTILE = {
    "unknown keys": "".join(f"key{i}: 1\n" for i in range(N)),
    "keys near to ours": "".join(f"answerd{i}: 1\n" for i in range(N)),
    "unknown practices": "".join(f"  practice-{i}: 1\n" for i in range(N)),
    "practices near to ours": "".join(f"  no-meeting-day{i}: 1\n" for i in range(N)),
    "equal keys": "team: x\n" * N,
    "anchors": "".join(f"  p{i}: &a 1\n" for i in range(N)),
    "aliases": f"x: [{'*a,' * N}]\n",
    "an open flow": "x: [" + "{a: 1}," * N,
    "braces in one line": "x: {" + "{a" * N,
    "an open quote": 'x: "' + "a\n" * 100 * N,
    "one key": "k" * 200 * N,
    "one word": "x: " + "a" * 200 * N,
    "blanks": " " * 200 * N + "x",
    "tabs": "\t" * 200 * N,
    "colons": ":" * 200 * N,
    "questions": "? " * 100 * N,
    "brackets": "x: " + "[" * 200 * N,
    "full-width brackets": "x: {" + "［" * 60 * N,
    "actions": "actions:\n" + "  - {id: a, text: t, practice: no-meeting-dayss}\n" * (N // 4),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_made_to_be_slow_is_done_soon_and_says_at_most_so_much(name: str) -> None:
    with soon():
        findings = promises.found((HEAD + HOSTILE[name]).encode())

    assert 1 <= len(findings) <= 1001
    if len(findings) > 1000:
        assert any(finding.rule == "too-many" for finding in findings)


def test_the_alarm_rings() -> None:
    """Else the tests above could not fail by being slow."""
    with pytest.raises(AssertionError, match="not done"), soon(0.01):
        any(number < 0 for number in itertools.count())


def test_the_examples_that_are_spoiled_are_many_and_of_every_kind() -> None:
    kinds = {kind for kind in KINDS if any(f"assess.{kind}/1".encode() in raw for raw in FILES)}

    assert len(FILES) > 150
    assert kinds == set(KINDS)
