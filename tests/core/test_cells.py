from __future__ import annotations

from builders import LAW
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from assess.core.cells import cells, cut, fit, narrowed, pad, wrap

ODD = "ab 小，。（é\u0301 "
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.text(ODD, max_size=60)
WIDTHS = st.integers(2, 40)
SCRIPTS = ((0x20, 0x7E), (0xC0, 0x24F), (0x391, 0x44F), (0x3041, 0x3096), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3))
LETTERS = [chr(code) for first, last in SCRIPTS for code in range(first, last + 1)]
BLOCKS = ((0, 0x3400, 1), (0x3400, 0x1F000, 11), (0x1F000, 0x1FB00, 1), (0x1FB00, 0x110000, 997))
"""All characters that differ from their neighbours; the large blocks of one kind are sampled."""


def test_no_character_takes_more_cells_in_the_terminal_than_it_was_given() -> None:
    codes = (code for first, end, step in BLOCKS for code in range(first, end, step))
    codes = (code for code in codes if not 0xD800 <= code < 0xE000)

    assert [hex(code) for code in codes if cells(chr(code)) < cell_len(chr(code))] == []


def test_letters_take_what_the_terminal_gives_them() -> None:
    assert [char for char in LETTERS if cells(char) != cell_len(char)] == []


@LAW
@given(TEXTS)
def test_no_text_takes_more_cells_in_the_terminal_than_it_was_given(text: str) -> None:
    assert cells(text) >= cell_len(text)


@LAW
@given(TEXTS, WIDTHS)
def test_lines_keep_within_the_width_and_lose_nothing_but_blanks(text: str, width: int) -> None:
    lines = wrap(text, width)

    assert lines
    assert max(cells(line) for line in lines) <= width
    assert "".join("".join(lines).split()) == "".join(text.split())


@LAW
@given(TEXTS, WIDTHS)
def test_a_text_cut_or_filled_to_a_width_has_that_width(text: str, width: int) -> None:
    assert cells(cut(text, width)) <= width
    assert cells(fit(text, width)) == width
    assert cells(pad(text, width)) >= width


def test_lines_break_by_cells_and_not_before_chinese_punctuation() -> None:
    assert wrap("每周两天，没有会议", 10) == ["每周两天，", "没有会议"]
    assert wrap("每周两天，没有会议", 8) == ["每周两", "天，没有", "会议"]
    assert wrap("one two three", 8) == ["one two", "three"]
    assert wrap("  a table  row", 40) == ["  a table  row"]
    assert fit("小明", 3) == "小…"
    assert fit("", 0) == ""


WORDS = st.text("ab小", min_size=1, max_size=6)


@given(st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=6), st.integers(1, 60))
def test_narrowed_columns_keep_every_word_and_their_alignment(
    rows: list[tuple[str, str, str]], width: int
) -> None:
    first, second = (max(cells(row[i]) for row in rows) + 6 for i in (0, 1))
    lines = [pad(a, first) + pad(b, second) + c for a, b, c in rows]

    made = narrowed(lines, width)

    assert [line.split() for line in made] == [line.split() for line in lines]
    assert max(map(cells, made)) <= max(map(cells, lines))
    if max(map(cells, made)) <= width:
        return
    assert all("   " not in line.strip() for line in made), "no gap is left to close"
