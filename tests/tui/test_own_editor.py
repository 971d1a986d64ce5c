"""One's own editor for notes and evidence: the terminal is lent to it, and its text comes back."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from sitting import alone, answer, shown, sit
from terminal import Terminal
from textual.pilot import Pilot

START = "run --as ada --team payments --pulse"
NOTE = "半句话，还没有写完"


def editor(folder: Path, *lines: str) -> str:
    """A program that does as an editor would, to the file it is given as `$1`."""
    path = folder / "my editor"
    path.write_text("\n".join(("#!/bin/sh", *lines, "")), encoding="utf-8")
    path.chmod(0o755)
    return f"TMPDIR='{folder}' EDITOR=\"'{path}' -w\""


def lent(window: Terminal, text: str, *words: str, field: str = "n") -> None:
    """Write something into a field of the first question, and call the editor until these words are seen."""
    window.wait_for("All disciplines in one team")
    window.keys(field)
    window.type(text)
    window.keys("C-e")
    window.wait_for(*words)


def sheet(folder: Path) -> str:
    return next(folder.glob("assessments/*/answers/ada.yaml")).read_text(encoding="utf-8")


@pytest.mark.terminal
def test_a_note_goes_to_the_editor_and_comes_back(command: str, tmp_path: Path) -> None:
    own = editor(
        tmp_path,
        f'cp "$2" "{tmp_path}/given"',
        f'cp assessments/*/answers/ada.yaml "{tmp_path}/saved"',
        'printf "第二行，来自编辑器\\n" >> "$2"',
        "echo I am the editor; read -r answer",
    )
    with Terminal(tmp_path / "s", f"{own} {command} {START}", tmp_path) as window:
        lent(window, NOTE, "I am the editor")
        assert window.flags() == {"alternate_on": False, "mouse_any_flag": False, "cursor_flag": True}
        window.keys("Enter")
        window.wait_for("第二行", "your editor")
        window.type("。")
        window.keys("Escape")
        window.wait_for("0-4 answer")
        window.keys("4")
        window.leave()

    assert (tmp_path / "given").read_text(encoding="utf-8") == NOTE + "\n"
    assert NOTE in (tmp_path / "saved").read_text(encoding="utf-8"), "all is on disk before the terminal is lent"
    assert f"note: |\n      {NOTE}\n      第二行，来自编辑器。\n" in sheet(tmp_path)
    assert "answer: 4" in sheet(tmp_path)


@pytest.mark.terminal
def test_evidence_is_a_link_on_each_line_of_the_editor(command: str, tmp_path: Path) -> None:
    own = editor(tmp_path, f'cp "$2" "{tmp_path}/given"', 'echo "https://example.org/b" >> "$2"')
    with Terminal(tmp_path / "s", f"{own} {command} {START}", tmp_path) as window:
        lent(window, "docs/a.md docs/c.md", "https://example.org/b", field="e")
        window.keys("Enter")
        window.leave()

    assert (tmp_path / "given").read_text(encoding="utf-8") == "docs/a.md\ndocs/c.md\n"
    assert 'evidence: ["docs/a.md", "docs/c.md", "https://example.org/b"]' in sheet(tmp_path)


@pytest.mark.terminal
@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (['printf lost > "$2"', "exit 3"], "the editor ended with 3; nothing was taken from it."),
        (["printf '\\377\\376' > \"$2\""], "that is not UTF-8 text; it is kept in"),
        (['rm "$2"'], "the editor left no file; nothing was taken from it."),
        (["kill -9 $$"], "the editor was stopped by signal 9; nothing was taken from it."),
        (None, "did not start: there is no such file or folder."),
    ],
)
def test_what_an_editor_does_wrong_loses_no_word(
    command: str, tmp_path: Path, lines: list[str] | None, said: str
) -> None:
    own = "EDITOR=/no/such" if lines is None else editor(tmp_path, *lines)
    with Terminal(tmp_path / "s", f"{own} {command} {START}", tmp_path, columns=120) as window:
        lent(window, NOTE, said, NOTE[-4:])
        window.leave()

    assert f"note: |\n      {NOTE}\n" in sheet(tmp_path)


@pytest.mark.terminal
def test_ctrl_c_in_the_editor_is_the_editors(command: str, tmp_path: Path) -> None:
    own = editor(
        tmp_path,
        """trap 'echo caught > "$2"; exit 0' INT""",
        "echo I am the editor; while :; do sleep 0.1; done",
    )
    with Terminal(tmp_path / "s", f"{own} {command} {START}", tmp_path) as window:
        lent(window, "a", "I am the editor")
        window.keys("C-c")
        window.wait_for("All disciplines in one team", "caught", "your editor")
        window.type(NOTE)
        window.wait_for(f"caught{NOTE}")
        window.leave()

    assert f"      caught{NOTE}\n" in sheet(tmp_path)


@pytest.mark.terminal
def test_an_end_while_the_editor_is_open_comes_after_it_with_its_text(command: str, tmp_path: Path) -> None:
    own = editor(
        tmp_path,
        'echo I am the editor; read -r answer; echo late words > "$2"',
    )
    with Terminal(tmp_path / "s", f"{own} {command} {START}", tmp_path) as window:
        lent(window, "a", "I am the editor")
        os.kill(window.child(), signal.SIGTERM)
        window.keys("Enter")
        window.wait_for("exit code: 143")
        assert window.flags() == {"alternate_on": False, "mouse_any_flag": False, "cursor_flag": True}

    assert "      late words\n" in sheet(tmp_path)


def test_a_terminal_that_cannot_be_lent_says_so(tmp_path: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press("n", "h", "ctrl+e")
        assert "this terminal cannot be lent to an editor." in shown(pilot)

    sit(alone(tmp_path), drive)

    assert answer(tmp_path).note == "h\n"


@pytest.mark.terminal
@pytest.mark.parametrize("ends", ["it ends too", "it stays"])
def test_a_window_that_is_gone_while_the_editor_is_open_takes_nothing_with_it(
    command: str, tmp_path: Path, ends: str
) -> None:
    lines = [] if ends == "it ends too" else ["trap '' HUP"]
    own = editor(tmp_path, *lines, "echo I am the editor", f"while [ ! -e '{tmp_path}/end' ]; do sleep 0.1; done")
    with Terminal(tmp_path / "s", f"{own} {command} {START}", tmp_path) as window:
        lent(window, NOTE, "I am the editor")
        process = window.child()

        window.close()
        (tmp_path / "end").touch()

        window.until(lambda: not Path(f"/proc/{process}").exists(), "the end of the program", screen=False)
    assert NOTE in sheet(tmp_path)
