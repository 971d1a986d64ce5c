"""Text that nobody trusts stays text in Markdown, wherever it stands, and calls nobody."""

from __future__ import annotations

import pytest
from builders import LAW
from hypothesis import given
from hypothesis import strategies as st
from pages import CALLS, READER

from assess.render.markdown import escape, table

TEXTS = st.one_of(st.text(), st.text("*_`~[]()<>#+-.!|\\&=:/@$w1 \n\tab"))


def shown(page: str) -> str:
    """The words of a page that may hold nothing but words."""
    tokens = READER.parse(page)
    inside = [child for token in tokens for child in token.children or []]
    assert {child.type for child in inside} <= {"text", "text_special"}, page
    return "".join(child.content for child in inside)


def flat(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


@LAW
@given(TEXTS)
@pytest.mark.parametrize("lead", ["", "- ", "## "])
def test_a_text_is_shown_as_it_is_wherever_it_stands(lead: str, text: str) -> None:
    words = shown(lead + escape(text))

    assert words.replace("\u200b", "") == flat(text)
    assert not CALLS.search(words)


@LAW
@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=3))
def test_a_row_has_as_many_cells_as_its_head_whatever_is_in_them(rows: list[tuple[str, str, str]]) -> None:
    lines = table(("a", "b", "c"), [[escape(cell) for cell in row] for row in rows])
    tokens = READER.parse("\n".join(lines))

    cells = [tokens[i + 1].children or [] for i, token in enumerate(tokens) if token.type == "td_open"]
    words = ["".join(child.content for child in children).replace("\u200b", "") for children in cells]
    assert words == [flat(cell) for row in rows for cell in row]


@pytest.mark.parametrize("text", ["@everyone", "mail a@b.example", "#1", "see #12", "gh-7", "o/r#3", "小明@ada"])
def test_nobody_is_called_and_no_issue_is_pointed_at(text: str) -> None:
    words = shown(escape(text))

    assert "\u200b" in words
    assert not CALLS.search(words)


def test_nothing_that_nobody_sees_is_in_our_own_text() -> None:
    assert all(char.isprintable() for char in escape("a\u202eb\u2028c\x1b[31m @ada #1 \u200b \ufeff"))
