"""What a terminal sends, cut into pieces: keys, whole pastes, and answers to questions that others asked. Pure."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator

from textual import events

_BEGIN, _END = "\x1b[200~", "\x1b[201~"
"""Around whatever is pasted ("bracketed paste" of xterm's control sequences)."""
_LONGEST = 256
"""Characters of an answer; whatever is longer was typed."""
_STRING = rf"\][^\x07\x1b]{{0,{_LONGEST}}}|[P_^X][^\x1b]{{0,{_LONGEST}}}"
_ANSWER = re.compile(rf"\x1b(?:(?:{_STRING})(?:\x07|\x1b\\)|\[[?>=][\d;]*c)")
"""A colour, a name, what a terminal can do (OSC, DCS, device attributes): late, to an editor that had asked."""
_BEGUN = re.compile(rf"\x1b(?:\[(?:200?|2|[?>=][\d;]*)?|(?:{_STRING})\x1b?)?\Z")
_STEERING = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")


class Stream:
    r"""Cuts what arrives, wherever it was torn on its way, into text for a parser of keys and events.

    Textual's parser takes every key after a paste for a part of it, should the end of the paste be late.

    >>> stream = Stream()
    >>> [list(stream.feed(part)) for part in ("ab\x1b[2", "00~pas", "ted\x1b[20")]
    [['ab'], [], []]
    >>> list(stream.feed("1~c"))
    [Paste(text='pasted'), 'c']
    """

    def __init__(self) -> None:
        self._held = ""
        self._pasted: list[str] | None = None

    def feed(self, text: str) -> Iterator[str | events.Paste]:
        """What is known now to be keys or a paste, in order; what may be the beginning of something is held."""
        text, self._held = self._held + text, ""
        while text:
            text = yield from self._keys(text) if self._pasted is None else self._paste(self._pasted, text)

    def tick(self) -> Iterator[str | events.Key]:
        """What was held for a while: nothing more came, so it was typed."""
        if self._held and self._pasted is None:
            held, self._held = self._held, ""
            yield events.Key("escape", "\x1b") if held == "\x1b" else held

    def _keys(self, text: str) -> Generator[str, None, str]:
        keys, begin, rest = text.partition(_BEGIN)
        if begin:
            self._pasted = []
        elif begun := _BEGUN.search(keys):
            keys, self._held = keys[: begun.start()], keys[begun.start() :]
        keys = _ANSWER.sub("", keys)
        if keys:
            yield keys
        return rest

    def _paste(self, pasted: list[str], text: str) -> Generator[events.Paste, None, str]:
        part, end, rest = text.partition(_END)
        if end:
            self._pasted = None
            yield events.Paste(_STEERING.sub("", "".join((*pasted, part))))
        else:
            torn = next((n for n in range(len(_END) - 1, 0, -1) if part.endswith(_END[:n])), 0)
            pasted.append(part[: len(part) - torn])
            self._held = part[len(part) - torn :]
        return rest
