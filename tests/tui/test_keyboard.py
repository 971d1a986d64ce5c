"""What a terminal sends, torn anywhere: keys stay keys, a paste is one paste, and its end is its end."""

from __future__ import annotations

import os
import pty
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from assess.tui.keyboard import Stream

START = "run --as ada --team payments --pulse"
PATIENCE = 30.0
ANSWERS = [
    "\x1b[?64;1;2c",
    "\x1b[>0;95;0c",
    "\x1b]11;rgb:1a1a/1b1b/1c1c\x07",
    "\x1b]11;rgb:1/1/1\x1b\\",
    "\x1bP>|x 1\x1b\\",
]
KEYS = [
    "3",
    "n",
    "é",
    "题",
    "\x1b[A",
    "\x1bOP",
    "\x1b[5~",
    "\x1b[20~",
    "\x1b[2~",
    "\x1b[<35;4;5M",
    "\x1b[?2026;1$y",
    "\r",
]

pasted = st.text(st.characters(exclude_characters="\x1b", exclude_categories=["Cs"])) | st.just("\x1b[201")
pieces = st.lists(
    st.one_of(
        st.sampled_from(KEYS).map(lambda text: (text, text)),
        st.sampled_from(ANSWERS).map(lambda text: (text, "")),
        pasted.map(lambda text: (f"\x1b[200~{text}\x1b[201~", events.Paste(text))),
    )
)


def arrived(stream: Stream, parts: list[str]) -> list[str]:
    """What came out, as text; a paste in brackets."""
    out: list[str] = []
    for part in parts:
        out += (f"«{piece.text}»" if isinstance(piece, events.Paste) else piece for piece in stream.feed(part))
    return out


@given(pieces, st.data())
def test_wherever_it_is_torn_keys_and_pastes_are_the_same(
    sent: list[tuple[str, str | events.Paste]], data: st.DataObject
) -> None:
    whole = "".join(raw for raw, _meant in sent)
    cuts = sorted(data.draw(st.sets(st.integers(0, len(whole)))))
    parts = [whole[a:b] for a, b in zip([0, *cuts], [*cuts, len(whole)], strict=True)]

    told = "".join(arrived(Stream(), parts))

    assert told == "".join(f"«{m.text}»" if isinstance(m, events.Paste) else m for _raw, m in sent)


def test_what_only_began_like_something_was_typed_after_all() -> None:
    stream = Stream()

    assert arrived(stream, ["ab\x1b"]) == ["ab"]
    (escape,) = stream.tick()
    assert isinstance(escape, events.Key)
    assert arrived(stream, ["\x1b["]) == []
    assert list(stream.tick()) == ["\x1b["]
    assert arrived(stream, ["\x1b]" + "x" * 300]) == ["\x1b]" + "x" * 300]
    assert arrived(stream, ["\x1b[200~a\x1b[20"]) == []
    assert list(stream.tick()) == []  # within a paste nothing was typed


def test_colours_do_not_come_along_with_pasted_text() -> None:
    assert arrived(Stream(), ["\x1b[200~a \x1b[1;31mred\x1b[0m word\x1b[201~"]) == ["«a red word»"]


class Bare:
    """The program on a terminal that nothing stands between: bytes in, bytes out."""

    def __init__(self, terminal: int, folder: Path) -> None:
        self.terminal = terminal
        self.folder = folder
        self._seen = b""

    def send(self, data: bytes) -> None:
        os.write(self.terminal, data)

    def until(self, word: str) -> None:
        end = time.monotonic() + PATIENCE
        while word.encode() not in self._seen:
            assert time.monotonic() < end, f"waited in vain for {word}: {self._seen[-2000:]!r}"
            self._seen += os.read(self.terminal, 65536)
        self._seen = b""

    def code(self) -> str:
        end = time.monotonic() + PATIENCE
        while not (told := self.folder / "code").exists() or not told.read_text():
            assert time.monotonic() < end, "it did not end"
            time.sleep(0.02)
        return told.read_text().strip()

    def sheet(self) -> str:
        path = next(self.folder.glob("assessments/*/answers/ada.yaml"), None)
        return "" if path is None else path.read_text(encoding="utf-8")


@contextmanager
def bare(command: str, folder: Path, flags: str = "") -> Iterator[Bare]:
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(folder)
        # a hang-up is sent to the shell alone: the program learns it from the terminal itself, or never
        line = f"trap '' HUP; '{command}' {START} {flags} 2>&1; echo $? > code"
        os.execv("/bin/sh", ["sh", "-c", line])  # noqa: S606
    try:
        yield Bare(terminal, folder)
    finally:
        for ends in (lambda: os.killpg(process, 9), lambda: os.close(terminal), lambda: os.waitpid(process, 0)):
            with suppress(OSError):
                ends()


@pytest.mark.parametrize("flags", ["", "--plain"])
def test_a_terminal_that_vanishes_without_a_word_ends_it_as_a_hang_up_does(
    command: str, tmp_path: Path, flags: str
) -> None:
    with bare(command, tmp_path, flags) as window:
        window.until("All disciplines in one team")
        window.send(b"3\n" if flags else b"3")
        window.until("Own path to release" if flags else "Saved")
        os.close(window.terminal)

        assert window.code() == "129"

    assert "one-team-all-disciplines: 3" in window.sheet()
    assert [path.name for path in tmp_path.glob("assessments/*/answers/*")] == ["ada.yaml"]


def test_an_end_of_a_paste_that_is_late_ends_it_and_keys_after_it_are_keys(command: str, tmp_path: Path) -> None:
    with bare(command, tmp_path) as window:
        window.until("All disciplines in one team")
        window.send(b"n")
        window.until("your editor")
        window.send(b"\x1b[200~" + "粘贴".encode()[:-1])
        time.sleep(0.3)  # as over a line that stalls; Textual waits for a tenth of a second
        window.send("贴".encode()[-1:] + b" \x1b[3")
        time.sleep(0.3)
        window.send(b"1mred\x1b[0m\x1b[20")
        time.sleep(0.3)
        window.send(b"1~!")
        window.until("!")
        for answer in ANSWERS:  # to a question of whoever had the terminal before
            window.send(answer.encode())
        window.send(b"\xff?")
        window.until("?")
        window.send(b"\x11")

        assert window.code() == "0"

    assert "      粘贴 red!\ufffd?\n" in window.sheet()
