"""Which characters text may hold: what every YAML reader and every terminal takes the same way."""

from __future__ import annotations

import re

NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""Control characters, halves of characters, the byte order mark, and ends of lines other than a line feed."""
ODD_BREAKS = "\r\x85\u2028\u2029"
"""Ends of lines for some readers and not for others."""


def writable(text: str) -> str:
    r"""What of a typed or pasted text can be kept in a file.

    Line ends of all kinds become line feeds; everything else that is not text is left out.

    >>> writable("a\r\nb\x1b[31m")
    'a\nb[31m'
    """
    for end in ("\r\n", *ODD_BREAKS):
        text = text.replace(end, "\n")
    return NOT_TEXT.sub("", text)
