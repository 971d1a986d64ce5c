"""A page keeps within its size, loses what is of least use first, and says what it lost."""

from __future__ import annotations

import pytest
from builders import LAW
from hypothesis import given
from hypothesis import strategies as st
from pages import sections

from assess.render.fitted import LONGEST, Part, bullets, cell, page, table

TEXT = st.text(alphabet="ab |@#*会\n", max_size=60).map("x{}".format)
LIMIT = 9_000


@st.composite
def parts(draw: st.DrawFn) -> list[Part]:
    made = []
    for i in range(draw(st.integers(1, 6))):
        use, n, word = draw(st.integers(1, 4)), draw(st.integers(0, 200)), draw(TEXT)
        if draw(st.booleans()):
            made.append(bullets(f"Part {i}", use, [word] * n))
        else:
            made.append(table(f"Part {i}", use, ("one", "two"), [(word, word)] * n, lead=["Said."]))
    return made


@LAW
@given(parts())
def test_a_page_keeps_within_its_size(made: list[Part]) -> None:
    assert len(page(["## Top"], made, ["End."], LIMIT).encode()) <= LIMIT


@LAW
@given(parts())
def test_nothing_is_lost_while_something_of_less_use_is_left(made: list[Part]) -> None:
    found = sections(page(["## Top"], made, ["End."], LIMIT))

    kept = {part.title: _rows(found[part.title]) for part in made}
    cut = [part.use for part in made if kept[part.title] < len(part.rows)]
    assert all(not kept[p.title] for p in made if p.use < max(cut, default=0))


def _rows(found: object) -> int:
    items, tables = found.items, found.tables  # type: ignore[attr-defined]
    return len(items) + sum(len(rows) - 1 for rows in tables)


def test_what_went_is_told_in_its_place_and_at_the_end() -> None:
    made = [bullets("Much", 2, ["word " * 20] * 60), bullets("Little", 1, ["word " * 20] * 50)]

    told = page(["## Top"], made, ["End."], LIMIT)

    found = sections(told)
    assert (len(found["Little"].items), found["Little"].paragraphs[0]) == (0, "… and 50 more")
    assert len(found["Much"].items) + int(found["Much"].paragraphs[0].split()[2]) == 60
    assert "what is left out: Little (50 of 50), Much (" in told
    assert told.endswith("\nEnd.\n")


def test_a_page_that_fits_is_whole_to_the_byte_and_says_nothing_of_it() -> None:
    made = [bullets("Much", 2, ["word"] * 10)]
    whole = page(["## Top"], made, ["End."])

    assert page(["## Top"], made, ["End."], len(whole.encode())) == whole
    assert "Shortened" not in whole
    assert "Shortened" in page(["## Top"], made, ["End."], len(whole.encode()) - 1)


@pytest.mark.parametrize("text", ["会" * LONGEST, "x" * LONGEST])
def test_a_long_text_says_that_it_goes_on(text: str) -> None:
    assert cell(text) == text
    assert cell(text + "y") == text + " … (shortened)"
