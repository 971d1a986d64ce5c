"""What of a file is quoted in a sentence: one short line in which nothing is hidden."""

from __future__ import annotations

import pytest
from builders import LAW
from hypothesis import given
from hypothesis import strategies as st

from assess.core.text import LONGEST_QUOTE, quoted


@LAW
@given(st.text(st.characters(), max_size=200))
def test_a_quote_is_one_short_line_of_printed_characters(text: str) -> None:
    said = quoted(text)

    assert said.isprintable()
    assert len(said) <= LONGEST_QUOTE * len("[U+10FFFF]")


@LAW
@given(st.text(st.characters(categories=["L", "N", "P"]), max_size=LONGEST_QUOTE))
def test_what_can_be_seen_is_quoted_as_it_is(text: str) -> None:
    assert quoted(text) == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("two\nlines", "two↵lines"),
        ("a\u202eb", "a[U+202E]b"),
        ("a\x1b[2J", "a[U+001B][2J"),
        ("\u00a0", "[U+00A0]"),
        (" a ", " a "),
        ("x" * 61, "x" * 59 + "…"),
        ("x" * 60, "x" * 60),
    ],
)
def test_what_nobody_can_see_is_spelled_out(text: str, said: str) -> None:
    assert quoted(text) == said
