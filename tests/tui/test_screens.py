"""Every screen as text and as picture, beside what was looked at last: python docs/screens.py renews them."""

from __future__ import annotations

import importlib.util
import re
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree as ET

import pytest
from conftest import ROOT

from assess.core.cells import cells

RENEW = "look at the difference, then renew it: python docs/screens.py"


@cache
def script(name: str) -> ModuleType:
    """One of the scripts that make the documentation."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "docs" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SCREENS = script("screens")
TOURS = sorted({path.name.split(".", 1)[1] for path in SCREENS.TEXTS.iterdir()})


@pytest.mark.parametrize("part", SCREENS.PARTS, ids=lambda part: part.name)
def test_every_screen_is_as_it_was_looked_at(part: object) -> None:
    shots = SCREENS.tour(part)
    made = SCREENS.made(part, shots)

    wrong = [path.name for path, text in made.items() if not path.exists() or path.read_text("utf-8") != text]

    assert wrong == [], RENEW
    if not part.plain:  # type: ignore[attr-defined]  # other colours, and the same words
        assert {name: shot.text for name, shot in shots.items()} == texts("80x24.en.txt")


def test_no_picture_or_text_is_left_of_a_screen_that_is_gone() -> None:
    there = {path for folder in (SCREENS.PICTURES, SCREENS.TEXTS) for path in folder.iterdir()}

    assert there == {path for part in SCREENS.PARTS for path in SCREENS.places(part)}, RENEW


def texts(end: str) -> dict[str, str]:
    """The screens of one tour by name."""
    found = SCREENS.TEXTS.glob(f"*.{end}")
    return {path.name.split(".", 1)[0]: path.read_text("utf-8") for path in found}


def keys_below(text: str) -> bool:
    """Whether the bottom of a screen, or of a box on it, says which keys there are."""
    below = [line for line in text.splitlines() if line.strip(" │╰╯─")][-2:]
    return re.search(r"(Enter|Esc|F1|ctrl\+q|0-4) \S", "\n".join(below)) is not None


def check_useful(shown: dict[str, str], columns: int, rows: int) -> None:
    assert set(shown) == set(SCREENS.SCENES)
    for name, text in shown.items():
        assert max(cells(line) for line in text.splitlines()) <= columns, name
        assert len(text.splitlines()) == rows, name
        assert keys_below(text), name
    below = shown["not-saved"].splitlines()[-3:]
    assert re.search("NOT SAVED|没有保存|沒有儲存", "".join(below))


@pytest.mark.parametrize("end", TOURS)
def test_every_screen_is_met_fits_its_window_and_says_which_keys_there_are(end: str) -> None:
    columns, rows = map(int, end.partition(".")[0].split("x"))

    check_useful(texts(end), columns, rows)


@pytest.mark.parametrize(("columns", "rows"), [(41, 37), (59, 19), (72, 15), (101, 22)])
def test_every_size_between_is_as_useful(columns: int, rows: int) -> None:
    shots = SCREENS.tour(SCREENS.Part(size=(columns, rows)))

    check_useful({name: shot.text for name, shot in shots.items()}, columns, rows)


@pytest.mark.parametrize("path", sorted(SCREENS.PICTURES.iterdir()), ids=lambda path: path.stem)
def test_a_picture_asks_nobody_for_anything_and_is_well_formed(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    ET.fromstring(text)  # noqa: S314  (our own)
    assert re.findall(r"https?://[^\s\"'<]+", text) == ["http://www.w3.org/2000/svg"]
    assert "url(http" not in text


@pytest.mark.parametrize("page", ["README.md", "docs/terminal.md"])
def test_the_keys_on_the_pages_are_those_of_the_table(page: str) -> None:
    maker = script("keys")

    assert (ROOT / page).read_text(encoding="utf-8") == maker.pages()[ROOT / page], "renew: python docs/keys.py"


def test_the_pages_show_every_screen() -> None:
    page = "".join((ROOT / name).read_text(encoding="utf-8") for name in ("docs/terminal.md", "docs/meeting.md"))

    assert {name for name in SCREENS.SCENES if f"terminal/{name}.svg" not in page} == {"all-answered"}
