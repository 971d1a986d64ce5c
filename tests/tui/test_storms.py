"""More than a person does at once: long notes, big pastes, a window dragged about, hundreds of questions."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from terminal import Terminal

from assess.core.questionnaire import Questionnaire
from assess.files import builtin
from assess.files.load import load

pytestmark = pytest.mark.terminal

CLEAN = {"alternate_on": False, "mouse_any_flag": False, "cursor_flag": True}
START = "run --as ada --team payments --pulse"
FIRST = "one-team-all-disciplines"
HAN = "我们每周发布一次但是没有人等待审批和测试也不需要会议因为团队自己决定什么时候上线"
FULL_WIDTH = "，。；：？！（）《》「」、…—　"
SMALL_AND_LARGE = [(20, 5), (200, 60)]
LARGE_ENOUGH = [(40, 15), (200, 60)]
STEPS = pytest.mark.parametrize("steps", [120, pytest.param(1500, marks=pytest.mark.slow)])
"""So many sizes follow each other: a moment in every run, ten seconds and more where there is time."""


def answers(folder: Path) -> dict[str, Any]:
    """The answers on disk as any YAML reader sees them, each as a mapping."""
    path = next(folder.glob("assessments/*/answers/ada.yaml"), None)
    if path is None:
        return {}
    given = yaml.safe_load(path.read_text(encoding="utf-8"))["answers"]
    return {practice: value if isinstance(value, dict) else {"answer": value} for practice, value in given.items()}


def note(folder: Path) -> str:
    return str(answers(folder).get(FIRST, {}).get("note", ""))


def open_note(window: Terminal) -> None:
    window.wait_for("All disciplines in one team")
    window.keys("n")
    window.wait_for("keep and leave")


def answer_and_quit(window: Terminal, key: str) -> None:
    """Out of the note, a digit, and out: the program lives and listens."""
    window.keys("Escape")
    window.wait_for("Enter next")
    window.keys(key)
    window.wait_for(f"✓ {key}")
    window.leave()
    assert window.flags() == CLEAN


def sizes(chance: Random, limits: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    (least_columns, least_rows), (most_columns, most_rows) = limits
    while True:
        yield chance.randint(least_columns, most_columns), chance.randint(least_rows, most_rows)


# long texts


def test_a_chinese_note_of_2000_characters_is_kept_as_typed_while_it_is_saved(
    command: str, tmp_path: Path
) -> None:
    chance = Random(2000)
    lines = ["".join(chance.choices(HAN * 4 + FULL_WIDTH, k=199)) for _ in range(10)]
    with Terminal(tmp_path / "s", f"{command} {START}", tmp_path) as window:
        open_note(window)
        for number, line in enumerate(lines):
            if number:
                window.keys("Enter")
            for start in range(0, len(line), 4):
                window.type(line[start : start + 4])
            if number % 3 == 0:
                typed = "\n".join(lines[: number + 1])
                window.until(lambda: note(tmp_path), "a part of the note on disk")
                assert typed.startswith(note(tmp_path).removesuffix("\n"))
        answer_and_quit(window, "2")

    assert note(tmp_path) == "\n".join(lines) + "\n"
    assert answers(tmp_path) == {FIRST: {"answer": 2, "note": "\n".join(lines) + "\n"}}


def test_who_types_without_a_pause_is_saved_all_the_same(command: str, tmp_path: Path) -> None:
    with Terminal(tmp_path / "s", f"{command} {START}", tmp_path) as window:
        open_note(window)

        def one_more() -> bool:
            window.type("x")
            return note(tmp_path) != ""

        window.until(one_more, "a note on disk")


def test_a_paste_of_100_kb_is_kept_whole_and_the_next_key_answers(command: str, tmp_path: Path) -> None:
    chance = Random(100)
    characters = "abc ABC 0123,.:#-'\"[]{}|>&*!%@`\\" + HAN + FULL_WIDTH + "🚀😀👩‍👩‍👧é"
    text = "start "
    while len(text.encode()) < 100_000:
        text += "".join(chance.choices(characters, k=chance.randrange(200))) + "\n"
    text += "end"
    with Terminal(tmp_path / "s", f"{command} {START}", tmp_path) as window:
        open_note(window)
        window.paste(text)
        window.until(lambda: note(tmp_path).endswith("end\n"), "the end of the note on disk")
        window.type("!")
        window.wait_for("end!")
        answer_and_quit(window, "2")

    assert note(tmp_path) == text + "!\n"
    assert answers(tmp_path)[FIRST]["answer"] == 2


# a window that changes its size


def check_that_sizes_arrive(window: Terminal) -> None:
    """So that a storm nobody felt is no storm; asked again because tmux may say its own size in between."""

    def told() -> bool:
        window.drag(30, 10)
        return "too small: 30 ×" in window.screen()

    window.until(told, "the word about a window too small")
    window.drag(80, 24)


@STEPS
def test_a_window_dragged_to_any_size_costs_a_note_no_character(command: str, tmp_path: Path, steps: int) -> None:
    chance = Random(steps)
    typed = ""
    with Terminal(tmp_path / "s", f"{command} {START}", tmp_path) as window:
        open_note(window)
        for (columns, rows), _step in zip(sizes(chance, SMALL_AND_LARGE), range(steps), strict=False):
            window.drag(columns, rows)
            letters = "".join(chance.choices("abcdefghij" + HAN, k=2))
            window.type(letters)
            typed += letters
        check_that_sizes_arrive(window)
        window.wait_for("keep and leave", "All of them waited.")
        answer_and_quit(window, "1")

    assert answers(tmp_path) == {FIRST: {"answer": 1, "note": typed + "\n"}}


@STEPS
def test_a_window_dragged_about_costs_no_answer_and_no_move(command: str, tmp_path: Path, steps: int) -> None:
    asked = load(builtin.questionnaires()["shipping-practices"], Questionnaire).value
    assert asked is not None
    practices = asked.asked("pulse")
    chance = Random(steps)
    expected: dict[str, int] = {}
    position = 0
    with Terminal(tmp_path / "s", f"{command} {START}", tmp_path) as window:
        window.wait_for("All disciplines in one team")
        for (columns, rows), _step in zip(sizes(chance, LARGE_ENOUGH), range(steps), strict=False):
            window.drag(columns, rows)
            level = chance.randrange(2)
            forward = position == 0 or (position + 1 < len(practices) and chance.random() < 0.6)
            window.keys("j", str(level), "Enter" if forward else "b", "k")
            expected[practices[position]] = level
            position += 1 if forward else -1
        window.drag(80, 24)
        window.wait_for(f"{position + 1}. {asked.practices[practices[position]].title}")
        check_that_sizes_arrive(window)
        window.wait_for("Enter next")
        window.leave()
        assert window.flags() == CLEAN

    assert answers(tmp_path) == {practice: {"answer": level} for practice, level in expected.items()}


@pytest.mark.parametrize("known", ["", "COLUMNS=80 LINES=24"], ids=["", "size-in-environment"])
def test_a_window_too_small_to_see_anything_answers_nothing_and_loses_nothing(
    command: str, tmp_path: Path, known: str
) -> None:
    with Terminal(tmp_path / "s", f"{known} {command} {START}", tmp_path) as window:
        window.wait_for("All disciplines in one team")
        window.keys("3")
        window.wait_for("✓ 3")

        window.resize(10, 3)
        window.wait_for("too small")
        window.keys("1", "Enter", "x")
        window.resize(80, 24)
        window.wait_for("All disciplines in one team", "✓ 3")

        window.keys("n")
        window.wait_for("keep and leave")
        window.type("half a ")
        window.resize(10, 3)
        window.wait_for("too small")
        window.type("sentence")
        window.resize(80, 24)
        window.wait_for("half a sentence")
        answer_and_quit(window, "2")

    assert answers(tmp_path) == {FIRST: {"answer": 2, "note": "half a sentence\n"}}


# many questions


def many(count: int) -> str:
    """A questionnaire of so many questions, twenty in a dimension."""
    lines = [
        "format: assess.questionnaire/1",
        "id: many",
        'version: "1"',
        "title: Many",
        "language: en",
        "dimensions:",
    ]
    for number in range(count):
        if number % 20 == 0:
            lines += [f"  - id: d{number}", f"    title: Part {number // 20 + 1}", "    practices:"]
        lines += [
            f"      - id: p{number + 1}",
            f"        title: Number {number + 1}",
            f"        question: How often did {number + 1} happen?",
            "        levels: [Never., Once., Twice., Three times., More often.]",
        ]
    return "\n".join((*lines, ""))


def test_600_questions_are_answered_as_fast_as_keys_come(command: str, tmp_path: Path) -> None:
    (tmp_path / "questionnaire.yaml").write_text(many(600), encoding="utf-8")
    start = "run --as ada --team payments --full --questionnaire questionnaire.yaml"
    with Terminal(tmp_path / "s", f"{command} {start}", tmp_path) as window:
        window.wait_for("1. Number 1", "600")
        for first in range(0, 600, 60):
            keys = [key for number in range(first, first + 60) for key in (str(number % 5), "Enter")]
            window.keys(*keys)
        window.wait_for("600 of 600", "f finish")  # the review, behind the last question

        window.keys("Escape")
        window.wait_for("600. Number 600")
        window.keys("o", "Home")
        window.wait_for("Part 1  20 of 20")
        window.keys("Escape")
        window.wait_for("600. Number 600")
        window.keys("/")
        window.wait_for("Words of the question")
        window.type("number 357")
        window.wait_for("357  Number 357")
        window.keys("Enter")
        window.wait_for("357. Number 357", "✓ 1  Once.")
        window.keys("r")
        window.leave()

    assert list(answers(tmp_path)) == [f"p{number + 1}" for number in range(600)]
    assert [answer["answer"] for answer in answers(tmp_path).values()] == [number % 5 for number in range(600)]


# an end without a word


def test_killed_in_the_middle_of_a_note_nothing_saved_is_lost_and_nobody_locked_out(
    command: str, tmp_path: Path
) -> None:
    start = f"{command} {START}"
    with Terminal(tmp_path / "first", start, tmp_path) as window:
        open_note(window)
        window.type("半句话，")
        window.until(lambda: note(tmp_path), "the note on disk")
        window.type("还没有写完")
        window.wait_for("还没有写完")

        os.kill(window.child(), signal.SIGKILL)
        window.wait_for("exit code: 137")

    assert note(tmp_path) in {"半句话，\n", "半句话，还没有写完\n"}
    kept = note(tmp_path).removesuffix("\n")
    with Terminal(tmp_path / "again", start, tmp_path) as window:
        screen = window.wait_for("All disciplines in one team", kept)
        assert "READ ONLY" not in screen
        window.keys("n")
        window.wait_for("keep and leave")
        window.type("，写完了。")
        window.wait_for("，写完了。")
        answer_and_quit(window, "4")

    assert answers(tmp_path) == {FIRST: {"answer": 4, "note": f"{kept}，写完了。\n"}}
    assert [path.name for path in tmp_path.glob("assessments/*/answers/*")] == ["ada.yaml"]
