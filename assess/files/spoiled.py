"""What most likely happened to a file that cannot be read: which program or keyboard spoiled it, in kind words."""

from __future__ import annotations

import re

from assess.core.finding import only_looks_like
from assess.core.message import Message, message

Said = tuple[Message, Message | None]
"""What is wrong, and what to do about it."""

_MARKS = ((b"\xef\xbb\xbf", "UTF-8"), (b"\xff\xfe\x00\x00", "UTF-32"), (b"\x00\x00\xfe\xff", "UTF-32"),
          (b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))  # fmt: skip


def byte_order_mark(raw: bytes) -> Said | None:
    """What to say of a file that starts with a byte order mark."""
    encoding = next((name for mark, name in _MARKS if raw.startswith(mark)), None)
    if encoding is None:
        return None
    if encoding == "UTF-8":
        what = message("the file starts with a byte order mark")
        return what, message("save it as UTF-8 without one")
    return message("this is {encoding} text", encoding=encoding), message("save it as UTF-8")


def not_utf8(error: UnicodeDecodeError) -> Said:
    """What to say of bytes that are no UTF-8."""
    if error.end == len(error.object) and error.reason == "unexpected end of data":
        what = message("the file ends in the middle of a character")
        return what, message("it may have been cut off: take an older version from git")
    return message("this is not UTF-8 text"), message("open it in an editor and save it as UTF-8")


_ANCHOR = message("“&” and “*” begin an anchor, and these files have none")
_TAG = message("“!” begins a tag, and these files have none")
_INSTRUCTION = message("a line that begins with “%” is an instruction to YAML, and these files have none")
_QUOTES = message("put the text in quotes")
_ABOVE = message("check this line and the one above")
_INDENTATION = message("check the indentation of this line and the one above")
_SPACES = message("indent with spaces; put text that starts with a special character in quotes")
_TOKEN = message("a tab or a special character stands where a value should begin")

_PROBLEMS: tuple[tuple[str, Message, Message | None], ...] = (
    ("cannot start any token", _TOKEN, _SPACES),
    ("a tab character", _TOKEN, _SPACES),
    ("undefined tag handle", message("tags such as “!name” are not used in these files"), _QUOTES),
    ("a tag", _TAG, _QUOTES),
    ("an anchor", _ANCHOR, _QUOTES),
    ("an alias", _ANCHOR, _QUOTES),
    ("directive", _INSTRUCTION, _QUOTES),
    ("incompatible YAML", _INSTRUCTION, _QUOTES),
    ("mapping values are not allowed", message("a “: ” where none can stand"),
     message("put the text in quotes, or check the indentation of this line and the one above")),
    ("unexpected ':'", message("a “: ” where none can stand"), _QUOTES),
    ("mapping keys are not allowed", message("a “? ” where none can stand"), _QUOTES),
    ("sequence entries are not allowed", message("a “- ” where no list can begin"),
     message("begin the list on a line of its own")),
    ("expected key", message("this line does not fit the ones above"), _INDENTATION),
    ("expected ':'", message("a key without its “:”"), _ABOVE),
    ("unexpected end of stream", message("a quote is opened and never closed"), None),
    ("document indicator", message("“---” or “...” at the start of a line within quotes"),
     message("close the quotes above, or indent the line")),
    ("expected '-' indicator", message("this line does not fit the list above"), message("check its indentation")),
    ("expected ',' or", message("a “[” or “{{” without its end, or a missing comma"), _ABOVE),
    ("expected node content", message("a value is missing here"), None),
    ("expected <document start>", message("something stands after the end of the document (“...”)"), None),
    ("a block scalar", message("something stands behind “|” or “>”"), message("begin the text on the next line")),
    ("a quoted scalar", message("a “\\” that begins no known escape"),
     message("write “\\\\” for one, or put the text in single quotes")),
)  # fmt: skip
"""What libyaml was doing and what it met, in the order in which they are to be looked for."""


def not_yaml(problem: str) -> Said:
    """What libyaml calls a problem, as a person would call it."""
    for known, what, hint in _PROBLEMS:
        if known in problem:
            return what, hint
    return message("this cannot be read as YAML"), _ABOVE


_PLACES = re.compile(
    r"[ \t]*(?:[-－–—−][ \t]+)?(?P<blank>[\u00a0\u2000-\u200a\u202f\u205f\u3000])"
    r"|[ \t]*(?:[-－–—−][ \t]+)?[\w.-]++[ \t]*+(?P<colon>[：﹕])"
    r"|[ \t]*(?P<dash>[－–—−])[ \t]"
    r"|[^\[{]*+[\[{].*?(?P<flow>[，：［］｛｝“”＂])"
    r"|[^:]*+:[ \t]++(?P<open>[［｛])"
)
"""Where, in a line, a character that only looks like one of YAML's own would do the work of that one."""


def mistyped(text: str, line: int) -> tuple[int, int, Said] | None:
    """A character in this line (from 1) or the two above it that was meant to be another: line, column, words."""
    rows = text.split("\n")
    for number in range(max(1, line - 2), min(line, len(rows)) + 1):
        match = _PLACES.match(rows[number - 1])
        if match and match.lastgroup:
            what = only_looks_like(match[match.lastgroup])
            assert what is not None, "only such characters are looked for"
            hint = message("a Chinese keyboard or a word processor may have made it")
            return number, match.start(match.lastgroup) + 1, (what, hint)
    return None
