"""A meeting in a real terminal, from the reveal to the summary, in two sizes and languages; and faults."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest
from gathering import gather
from terminal import Terminal

pytestmark = pytest.mark.terminal

WORDS = {
    "en": ("3 people have answered", "Quiet days", "Those at 0 and at 2 speak first", "What came of the meeting"),
    "zh-Hans": ("3 人已作答", "Quiet days", "选 0 和选 2 的人先说", "会议的结果"),
}


def team(folder: Path) -> str:
    path = folder / "assessments/2026-Q4/team.yaml"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def first_practice(window: Terminal, *words: str) -> None:
    """Through the reveal and the list, to the first practice that is worth talking about."""
    answered, title, prompt = words or WORDS["en"][:3]
    window.wait_for(answered)
    window.keys("Enter")
    window.wait_for(title, "› · 1")
    window.keys("Enter")
    window.wait_for(prompt, "●●")


def say(window: Terminal, key: str, *lines: str) -> None:
    """Press a key, and store what it asks for, line by line; an empty one takes what is proposed."""
    window.keys(key)
    for line in lines:
        if line:
            window.type(line)
        window.keys("Enter")


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize(("columns", "rows"), [(120, 40), (80, 24)])
def test_from_the_reveal_to_the_summary(
    command: str, tmp_path: Path, columns: int, rows: int, language: str
) -> None:
    gather(tmp_path)
    answered, title, prompt, end = WORDS[language]
    line = f"{command} meet --lang {language} --today 2026-11-23"
    with Terminal(tmp_path / "s", line, tmp_path, columns=columns, rows=rows) as window:
        first_practice(window, answered, title, prompt)
        window.keys("1")
        window.until(lambda: "quiet-days: 1\n" in team(tmp_path), "the level on disk")
        say(window, "d", "两个人看法不同")
        say(window, "g", "2 客户在等")
        say(window, "a", "周一同坐", "小明", "")
        window.keys("o")
        window.wait_for("✓ 1")
        window.keys("f")
        window.wait_for(end)
        window.keys("Enter")
        window.wait_for("exit code: 0", "git add assessments/2026-Q4/team.yaml")
    assert team(tmp_path).endswith(
        "answers:\n"
        "  quiet-days:\n"
        "    answer: 1\n"
        "    dissent: |-\n"
        "      两个人看法不同\n"
        '    goal: {level: 2, reason: "客户在等"}\n'
        "actions:\n"
        "  - id: a1\n"
        "    practice: quiet-days\n"
        "    text: 周一同坐\n"
        "    owner: 小明\n"
        "    due: 2026-12-07\n"
    )


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)], ids=["T", "H", "I"]
)
def test_a_signal_keeps_what_was_half_typed(
    command: str, tmp_path: Path, number: signal.Signals, code: int
) -> None:
    gather(tmp_path)
    with Terminal(tmp_path / "s", f"{command} meet", tmp_path) as window:
        first_practice(window)
        window.keys("1", "d")
        window.type("half a thou")
        window.wait_for("half a thou")

        os.kill(window.child(), number)

        window.wait_for(f"exit code: {code}")
    assert "half a thou" in team(tmp_path)


def test_the_summary_of_the_screen_and_of_plain_lines_is_kept_in_the_same_bytes(
    command: str, tmp_path: Path
) -> None:
    lines, keys = gather(tmp_path / "lines"), gather(tmp_path / "keys")
    told = "y\n1\nd two see 2\ng 2 customers wait\na try it\nada\n2026-12-01\n\n?\n"
    subprocess.run(
        [command, "meet", "--plain", "--today", "2026-11-23"], input=told, text=True, cwd=lines, check=True,
        capture_output=True,
    )  # fmt: skip
    with Terminal(tmp_path / "s", f"{command} meet --today 2026-11-23", keys) as window:
        first_practice(window)
        window.keys("1")
        say(window, "d", "two see 2")
        say(window, "g", "2 customers wait")
        say(window, "a", "try it", "ada", "2026-12-01")
        window.keys("Enter", "?")
        window.until(lambda: "dont-know" in team(keys), "the last answer on disk")
        window.leave()

    assert team(keys) == team(lines)
    assert "releases: dont-know\n" in team(keys)
