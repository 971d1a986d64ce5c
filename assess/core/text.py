"""Which characters text may hold (what all YAML readers and terminals take the same way), and how it is quoted."""

from __future__ import annotations

import re
import unicodedata

NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""Control characters, halves of characters, the byte order mark, and ends of lines other than a line feed."""
ODD_BREAKS = "\r\x85\u2028\u2029"
"""Ends of lines for some readers and not for others."""


LONGEST_QUOTE = 60
"""How much of a file's text a sentence quotes, in characters."""
_UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"}


def quoted(text: str) -> str:
    r"""A piece of a file for a sentence: one short line, and what nobody can see is spelled out.

    >>> quoted("two\nlines"), quoted("a\u00a0b"), len(quoted("x" * 100))
    ('two↵lines', 'a[U+00A0]b', 60)
    """
    short = text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"
    return "".join("↵" if char == "\n" else _seen(char) for char in short)


def _seen(char: str) -> str:
    unseen = char != " " and unicodedata.category(char) in _UNSEEN
    return f"[U+{ord(char):04X}]" if unseen else char


_ONLY_LOOKS_LIKE = {
    **dict.fromkeys("“”„‟″", '"'), **dict.fromkeys("‘’‚‛′", "'"), **dict.fromkeys("‐‑‒–—−", "-"),
    **dict.fromkeys("、，", ","), **dict.fromkeys("【〔", "["), **dict.fromkeys("】〕", "]"), "。": ".",
}  # fmt: skip


def lookalike(text: str) -> tuple[str, str] | None:
    r"""The first character that was meant to be another, and that other; "" for one that nobody can see.

    Such characters come from Chinese keyboards (`：`), word processors (curly quotes) and web pages (hard blanks).

    >>> lookalike("team：x"), lookalike("a\u00a0b"), lookalike("小明")
    (('：', ':'), ('\xa0', ' '), None)
    """
    for char in text:
        if char.isascii():
            continue
        if unicodedata.category(char) == "Cf":
            return char, ""
        plain = _ONLY_LOOKS_LIKE.get(char, unicodedata.normalize("NFKC", char))
        if len(plain) == 1 and plain.isascii():
            return char, plain
    return None


def writable(text: str) -> str:
    r"""What of a typed or pasted text can be kept in a file.

    Line ends of all kinds become line feeds; everything else that is not text is left out.

    >>> writable("a\r\nb\x1b[31m")
    'a\nb[31m'
    """
    for end in ("\r\n", *ODD_BREAKS):
        text = text.replace(end, "\n")
    return NOT_TEXT.sub("", text)
