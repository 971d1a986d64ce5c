"""Write the keys into README.md and docs/terminal.md, from the one table that the terminal binds them from.

Run it from the top folder: `.venv/bin/python docs/keys.py`. A test fails when they are out of date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from assess.core.keys import TABLE, TITLES, Key, Scope, of
from assess.tui.keys import every

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PAGE = ROOT / "docs" / "terminal.md"
WIDTH = 120


def main() -> None:
    """Write them."""
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")


def pages() -> dict[Path, str]:
    """Both pages as they are to be."""
    listed = {README: _in_a_row(of(TABLE, Scope.QUESTION)), PAGE: "\n".join(_by_place())}
    return {path: _between(path.read_text(encoding="utf-8"), text) for path, text in listed.items()}


def _between(page: str, text: str) -> str:
    return re.sub(
        r"(<!-- keys -->\n).*?(<!-- end -->)", lambda m: m[1] + text + "\n" + m[2], page, flags=re.DOTALL
    )


def _in_a_row(keys: tuple[Key, ...]) -> str:
    """One paragraph, broken into lines."""
    lines = [""]
    for word in " · ".join(f"{_shown(key)} {_lower(str(key.help))}" for key in keys).split(" "):
        if len(lines[-1]) + 1 + len(word) > WIDTH:
            lines.append("")
        lines[-1] += f" {word}" if lines[-1] else word
    return "\n".join(lines)


def _by_place() -> Iterator[str]:
    """A table for each place, with the name that `keys.yaml` calls a key by."""
    for scope in Scope:
        yield f"**{TITLES[scope]}**\n"
        yield "| key | does | name |\n|---|---|---|"
        yield from (f"| {_shown(key)} | {key.help} | `{key.id}` |" for key in of(TABLE, scope))
        yield ""


def _shown(key: Key) -> str:
    return " ".join(f"`{part}`" for part in every(key).split()) or "–"


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]


if __name__ == "__main__":
    main()
