"""The bytes of an example file: as it is, or by a recipe where git or an editor would spoil it.

A recipe (`NAME.recipe`) is read line by line: `# ...` is a comment; `sheet` is the valid sheet of `conftest`;
`"text"` is a string of JSON, `"text" * 100` the same a hundred times; `hex FF FE` are bytes; `as utf-16` puts
all that came before into another encoding.
"""

from __future__ import annotations

import json
from pathlib import Path

from conftest import SHEET


def content(path: Path) -> bytes:
    if path.suffix != ".recipe":
        return path.read_bytes()
    made = b""
    for line in path.read_text(encoding="utf-8").splitlines():
        words = line.split()
        match words:
            case [] | ["#", *_]:
                pass
            case ["sheet"]:
                made += SHEET.encode()
            case ["hex", *digits]:
                made += bytes.fromhex(" ".join(digits))
            case ["as", encoding]:
                made = made.decode("utf-8").encode(encoding)
            case _:
                text, _star, times = line.rpartition('" * ')
                piece = json.loads(f'{text}"') if text else json.loads(line)
                made += piece.encode("utf-8", "surrogatepass") * (int(times) if text else 1)
    return made
