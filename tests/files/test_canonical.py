"""The short way of reading our own form: it reads what YAML reads, or says that it does not know."""

from __future__ import annotations

from typing import Any

import pytest
from any_sheet import ORDERS, SHEETS
from hypothesis import HealthCheck, event, example, given, settings
from hypothesis import strategies as st

from assess.core.answers import Sheet
from assess.files import canonical, save, yamldoc

LAW = settings(derandomize=True, deadline=None, max_examples=500, suppress_health_check=list(HealthCheck))
PLAIN = """\
format: assess.answers/1
questionnaire: {id: shipping-practices, version: "1.0.0"}
team: payments of 2026
round: 2026-Q4
respondent: 小明
asked: full
answered: 2026-11-02
answers:
  one-team: 3
  embedded: dont-know
  quiet-days:
    answer: 0
    note: |
      Design sits with us since May.

        - indented, with a trailing blank\x20
      每周三没有会议 🎉
    evidence: ["docs/adr/0007.md", "https://example.org/?a=1, b: [2]"]
    discuss: true
  weekly-release:
    answer: not-applicable
    reason: "We ship hardware: no releases."
  only-a-note:
    note: |
      Ask Kim.
"""


def by_yaml(text: str) -> yamldoc.Document:
    """The same text read the long way, which a remark above makes us go."""
    return yamldoc.read(f"# a remark\n{text}".encode(), "f.yaml")


def agrees(text: str) -> bool:
    """Whether the short way knew this text. What it says is then what YAML says, of a text without a fault."""
    read = canonical.sheet(text)
    if read is None:
        return False
    document = by_yaml(text)
    assert document.findings == ()
    assert _typed(read) == _typed(document.data)
    return True


def _typed(value: Any) -> Any:
    """A value together with its types and the order of its keys: 1 is not True, and neither is 1.0."""
    if isinstance(value, dict):
        return [(key, _typed(inner)) for key, inner in value.items()]
    if isinstance(value, list):
        return [_typed(inner) for inner in value]
    return (type(value), value)


def test_a_persons_sheet_as_we_write_it_goes_the_short_way() -> None:
    assert agrees(PLAIN)
    assert canonical.sheet(PLAIN)["answers"]["quiet-days"]["note"] == (  # type: ignore[index]
        "Design sits with us since May.\n\n  - indented, with a trailing blank \n每周三没有会议 🎉\n"
    )


@given(SHEETS, ORDERS)
@LAW
def test_any_sheet_we_write_is_read_as_yaml_reads_it(sheet: Sheet, order: list[str]) -> None:
    event("the short way" if agrees(save.sheet_text(sheet, order)) else "the long way")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  one-team: 3\n", "  one-team: 3 # sure\n"),
        ("  one-team: 3\n", "  one-team: 7\n"),
        ("  one-team: 3\n", "  one-team: 03\n"),
        ("  one-team: 3\n", "  one-team: 3\n  one-team: 3\n"),
        ("  one-team: 3\n", "  one-team: 3\n\n"),
        ("  one-team: 3\n", "   one-team: 3\n"),
        ("  one-team: 3\n", f"  {'a' * 1100}: 3\n"),
        ("      Ask Kim.\n", "      Ask Kim."),
        ("      Ask Kim.\n", "      Ask Kim.\n\n"),
        ("      Ask Kim.\n", "       Ask Kim.\n"),
        ("      Ask Kim.\n", "      Ask Kim.\n   \n      Ask Bo.\n"),
        ("      Ask Kim.\n", "      Ask Kim.\n          \n"),
        ("      Ask Kim.\n", "      Ask Kim.\n     Ask Bo.\n"),
        ("note: |\n      Ask", "note: |-\n      Ask"),
        ("note: |\n      Ask", "note: |\n\n      Ask"),
        ("evidence: [", "evidence: [ "),
        ("docs/adr/0007.md", "docs\\\\adr"),
        ("asked: full", "asked: Full"),
        ("team: payments of 2026", "team: payments: of 2026"),
        ("answered: 2026-11-02\n", "answered: 2026-11-02\r\n"),
        ("    discuss: true\n", "    discuss: yes\n"),
        ("    discuss: true\n", "    discuss: true\n    discuss: true\n"),
    ],
)
def test_what_is_not_quite_our_form_goes_the_long_way(old: str, new: str) -> None:
    text = PLAIN.replace(old, new, 1)

    assert text != PLAIN
    assert not agrees(text)


ODD = [
    "", " ", "\n", "\n  ", "\n      ", "      ",
    ":", ": ", "#", " #", '"', "'", "-", "[", "]", "{", "}", ",", "|", ">",
    "&a", "*a", "!", "%", "@", "\t", "\r", "\u00a0", "\u3000", "0", "7", "~", "null", "---\n", "...\n", "é",
]  # fmt: skip
CHANGES = st.lists(
    st.tuples(
        st.integers(0, len(PLAIN)),
        st.integers(0, 12),
        st.sampled_from(ODD) | st.text(max_size=3),
    ),
    min_size=1,
    max_size=4,
)


@given(CHANGES)
@example([(PLAIN.index("Ask"), 0, "#")])
@example([(PLAIN.index("Ask"), 0, "\u3000")])
@settings(LAW, max_examples=3000)
def test_whatever_happens_to_a_sheet_the_two_ways_agree(changes: list[tuple[int, int, str]]) -> None:
    text = PLAIN
    for at, length, new in changes:
        text = text[:at] + new + text[at + length :]
    if not yamldoc.NOT_TEXT.search(text.replace("\r", "")):
        event("the short way" if agrees(text) else "the long way")


def test_places_are_found_when_they_are_asked_for() -> None:
    short, long = yamldoc.read(PLAIN.encode(), "f.yaml"), by_yaml(PLAIN)

    assert short.places is None
    for route in (("team",), ("answers",), ("answers", "quiet-days", "evidence", 1), ("answers", "none"), ()):
        for key in (False, True):
            line, column = long.locate(route, key=key)
            assert short.locate(route, key=key) == ((line - 1, column) if route else (1, 1))
