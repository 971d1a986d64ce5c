"""The strict reader: what values mean, where they stand, what is refused, and that nothing makes it fall over."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from assess.core.finding import has_errors
from assess.core.text import NOT_TEXT
from assess.files import load, yamldoc
from assess.files.scalar import plain_value

LAW = settings(derandomize=True, deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
ODD = "\x85\u2028\u2029"
"""Line ends for libyaml and for no editor."""
PRINTED = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff\u2028\u2029")
"""What may stand in a file as it is."""


def read(text: str | bytes) -> yamldoc.Document:
    return yamldoc.read(text.encode() if isinstance(text, str) else text, "f.yaml")


def value(written: str) -> Any:
    document = read(f"key: {written}\n")
    assert document.findings == ()
    return document.data["key"]


def places(document: yamldoc.Document) -> list[tuple[int, int, str]]:
    return [(f.line, f.column, f.rule) for f in document.findings]


# what plain values mean


@pytest.mark.parametrize(
    "written",
    [
        "no", "No", "NO", "yes", "on", "off", "y", "n", "012", "0o17", "0x1F", "1_000", "1:30", "12:30:45",
        "2026-11-02", "2026-11-02T10:00:00Z", ".inf", "-.Inf", ".nan", "1.", "+e3", "-e3", ".e3", "e3", "1e999",
        "+",
        "-1-", "1.0.0", "=", "<<", "nUll", "tRue", "1" * 101, "+.", "0.0.0", "１２",
    ],
)  # fmt: skip
def test_plain_text_stays_what_was_written(written: str) -> None:
    assert value(written) == written


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("3", 3), ("-3", -3), ("+3", 3), ("0", 0), ("0.5", 0.5), (".5", 0.5), ("-0.25", -0.25), ("1e3", 1000.0),
        ("1.5E-2", 0.015), ("true", True), ("False", False), ("null", None), ("~", None), ("", None),
        ("99999999999999999999", 99999999999999999999),
        ("-123456789012345678901234567890", -123456789012345678901234567890),
    ],
)  # fmt: skip
def test_numbers_truth_and_nothing_are_those_of_yaml_1_2(written: str, meant: Any) -> None:
    read_value = value(written)

    assert read_value == meant
    assert type(read_value) is type(meant)


@pytest.mark.parametrize("written", ["3", "true", "null", "~", "0.5", "no"])
def test_quoted_text_is_text(written: str) -> None:
    assert value(f'"{written}"') == value(f"'{written}'") == written
    assert value(f"|-\n  {written}") == value(f">-\n  {written}") == written


def test_keys_are_text_as_written() -> None:
    assert read("2026: a\nno: b\n1.0: c\ntrue: d\n~: e\n").data == {
        "2026": "a",
        "no": "b",
        "1.0": "c",
        "true": "d",
        "~": "e",
    }


@given(st.text(st.sampled_from("+-.0123456789eE_: "), max_size=8))
@LAW
def test_whatever_looks_like_a_number_is_one_or_stays_text(written: str) -> None:
    meant = plain_value(written)

    if isinstance(meant, str):
        assert meant == written
    elif meant is not None:
        assert meant == float(written)


# places


def test_every_value_knows_its_line_and_column() -> None:
    document = read('a: 1\nb:\n  - x\n  - {c: 2, "d": [3, 4]}\ne: |\n  text\n')

    def where(*route: str | int, key: bool = False) -> tuple[int, int]:
        return tuple(document.locate(route, key=key))  # type: ignore[return-value]

    assert where() == (1, 1)
    assert where("a") == (1, 4)
    assert where("b") == (3, 3)
    assert where("b", 0) == (3, 5)
    assert where("b", 1, "c") == (4, 9)
    assert where("b", 1, "d") == (4, 17)
    assert where("b", 1, "d", 1) == (4, 21)
    assert where("b", 1, "d", key=True) == (4, 12)
    assert where("e") == (5, 4)


def test_what_is_missing_is_placed_at_the_nearest_thing_there_is() -> None:
    document = read("a:\n  b: 1\nc:\n  - x\nd: 3\n")

    assert document.locate(("a", "missing")) == (1, 1)
    assert document.locate(("missing",)) == (1, 1)
    assert document.locate(("c", 7)) == (3, 1)
    assert document.locate(("d", "answer")) == (5, 4)


@given(st.text(PRINTED, max_size=20))
@example("每周三 🎉 没有会议 𠮷")
@example("e\u0301 👩‍👩‍👧 \u200f\u202e")
@LAW
def test_columns_count_characters_whatever_stands_before(before: str) -> None:
    line = f"{{{json.dumps(before, ensure_ascii=False)}: "

    document = read(f"a: 1\nb: {line}*x}}\n")

    assert places(document) == [(2, len(f"b: {line}") + 1, "yaml-anchor")]


@given(st.lists(st.text(PRINTED, max_size=8).map(lambda t: f"# {t}"), max_size=4), st.sampled_from(["\n", "\r\n"]))
@LAW
def test_lines_are_counted_as_editors_count_them(comments: list[str], end: str) -> None:
    lines = [*comments, "a: 1", "b: *x", ""]

    assert places(read(end.join(lines))) == [(len(comments) + 2, 4, "yaml-anchor")]


def test_windows_line_ends_are_no_part_of_the_text() -> None:
    document = read('a: x\r\nb: |\r\n  one\r\n  two\r\nc: "d"\r\n')

    assert document.data == {"a": "x", "b": "one\ntwo\n", "c": "d"}
    assert document.locate(("c",)) == (5, 4)


# what is refused


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [(1, 1, "empty")]),
        ("\n\n# only a comment\n", [(1, 1, "empty")]),
        ("a: 1\na: 2\n", [(2, 1, "duplicate-key")]),
        ("a: {b: 1, 'b': 2, \"b\": 3}\n", [(1, 11, "duplicate-key"), (1, 19, "duplicate-key")]),
        ("a: &x 1\n", [(1, 4, "yaml-anchor")]),
        ("&x a: 1\n", [(1, 1, "yaml-anchor")]),
        ("a: &x [1]\nb: *x\n", [(1, 4, "yaml-anchor"), (2, 4, "yaml-anchor")]),
        ("a: !!str 1\n", [(1, 4, "yaml-tag")]),
        ("a: !x {b: 1}\n", [(1, 4, "yaml-tag")]),
        ("!x a: 1\n", [(1, 1, "yaml-tag")]),
        ("%TAG ! tag:example.org,2000:\n---\na: 1\n", [(1, 1, "yaml-tag")]),
        ("a: !e!x 1\n", [(1, 4, "yaml-syntax")]),
        ("a: 1\n---\nb: 2\n", [(2, 1, "yaml-second-document")]),
        ("a: 1\n...\nb: 2\n", [(3, 1, "yaml-syntax")]),
        ("a: 1\n...\n---\nb: 2\n", [(3, 1, "yaml-second-document")]),
        ("? [a]\n: 1\n? {b: c}\n: 2\n", [(1, 3, "yaml-key"), (3, 3, "yaml-key")]),
        ("[" * 17, [(1, 17, "too-deep")]),
        ('a: "\\0"\n', [(1, 4, "not-text")]),
        ('a: "\\x9b31m"\n', [(1, 4, "not-text")]),
        ('"\\e": 1\n', [(1, 1, "not-text")]),
        ('a: ["\\uFEFF", "\\uFFFF"]\n', [(1, 5, "not-text"), (1, 15, "not-text")]),
        ('a: "\\uD800"\n', [(1, 7, "yaml-syntax")]),
        ('a: "C:\\docs"\n', [(1, 7, "yaml-syntax")]),
        ("a: [", [(1, 5, "yaml-syntax")]),
        ("a: x\x00\n", [(1, 5, "not-text")]),
        ("a: x\x1b[31m\n", [(1, 5, "not-text")]),
        ("a: 1\nb: \x9b\n", [(2, 4, "not-text")]),
        ("a: one\rb: two\n", [(1, 7, "not-text")]),
        ("a: 1\n\tb: 2\n", [(2, 1, "yaml-syntax")]),
        ("a: [1, 2\nb: 3\n", [(2, 2, "yaml-syntax")]),
        ("a: 1\n  b: 2\n", [(2, 4, "yaml-syntax")]),
        ("a: 'x\nb: 1\n", [(1, 4, "yaml-syntax")]),
        ("a: @x\n", [(1, 4, "yaml-syntax")]),
        ("<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> x\n", [(1, 1, "git-conflict")]),
        ("a: 1\n>>>>>>> x\n", [(2, 1, "git-conflict")]),
    ],
)  # fmt: skip
def test_everything_refused_is_named_with_its_place(text: str, expected: list[tuple[int, int, str]]) -> None:
    assert places(read(text)) == expected


def test_every_character_that_is_no_text_is_refused_where_it_stands() -> None:
    refused = [c for c in map(chr, range(0x110000)) if NOT_TEXT.match(c) and not "\ud800" <= c <= "\udfff"]

    assert len(refused) > 60
    for char in refused:
        for before in ("plain ", "“ ”·é © ¨ 每周 🎉 "):
            document = read(f"a: 1\nb: '{before}{char}'\n")
            assert places(document) == [(2, len(f"b: '{before}") + 1, "not-text")], hex(ord(char))


@pytest.mark.parametrize("char", ODD)
def test_a_line_end_that_no_editor_knows_is_refused_where_it_stands(char: str) -> None:
    document = read(f"a: |\n  one{char}two\n")

    assert places(document) == [(2, 6, "not-text")]
    assert f"U+{ord(char):04X}" in str(document.findings[0].message)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"\xef\xbb\xbfa: 1\n", (1, 1, "not-text")),
        (b"a: 1\nb: caf\xe9\n", (2, 7, "not-text")),
        ("名: 1\n".encode() + b"\xff", (2, 1, "not-text")),
        ("a: 1\n".encode("utf-16"), (1, 1, "not-text")),
        (b"\x89PNG\r\n\x1a\n\x00", (1, 1, "not-text")),
        (b"a: " + b"x" * yamldoc.MAX_BYTES, (1, 1, "too-large")),
        (b"\xed\xa0\x80", (1, 1, "not-text")),
    ],
    ids=["bom", "latin-1", "after-chinese", "utf-16", "png", "too-large", "surrogate"],
)
def test_bytes_that_are_no_text_are_refused(raw: bytes, expected: tuple[int, int, str]) -> None:
    assert places(read(raw)) == [expected]


def test_a_file_of_the_largest_size_is_read() -> None:
    raw = b"a: " + b"x" * (yamldoc.MAX_BYTES - 3)

    assert read(raw).findings == ()


def test_sixteen_levels_are_not_too_deep() -> None:
    assert read("[" * 16 + "]" * 16).findings == ()


def test_all_that_can_be_refused_without_stopping_is_refused_at_once() -> None:
    text = 'a: &x 1\na: 2\nb: *x\n? [c]\n: d\ne: !t "\\a"\n---\nf: 1\n'

    assert [rule for *_, rule in places(read(text))] == [
        "yaml-anchor",
        "duplicate-key",
        "yaml-anchor",
        "yaml-key",
        "yaml-tag",
        "not-text",
        "yaml-second-document",
    ]


def test_the_first_of_two_equal_keys_is_kept_and_named() -> None:
    document = read("x: 0\na: 1\na: 2\n")

    assert document.data == {"x": 0, "a": 1}
    assert "line 2" in str(document.findings[0].message)


def test_seven_arrows_inside_a_text_are_no_conflict() -> None:
    assert read("a: |\n  <<<<<<< HEAD\n  >>>>>>> x\n").findings == ()
    assert read("a: <<<<<<<<\n").findings == ()


def test_a_tag_is_named_as_it_is_written() -> None:
    assert "!!str" in str(read("a: !!str 1\n").findings[0].message)


# whose file it is


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("assess.answers/1", "answers"),
        ("assess.answers/2", None),
        ("assess./1", None),
        ("ASSESS.answers/1", None),
        ("3", None),
    ],
)
def test_a_file_says_its_kind(line: str, kind: str | None) -> None:
    assert read(f"format: {line}\n").kind == kind


@pytest.mark.parametrize(
    "text", ["- format: assess.answers/1\n", "text\n", "format: [assess.answers/1]\n", "x: 1\n"]
)
def test_any_other_file_has_none(text: str) -> None:
    assert read(text).kind is None


# nothing makes it fall over

TOKENS = st.sampled_from(
    ["a", "b", ": ", ":", "- ", "-", "? ", "[", "]", "{", "}", ",", "\n", "\n  ", "\n    ", "\t", " ", "&x ",
     "*x", "!t ",
     "!!int ", "|", ">", "|+\n", '"', "'", "#", " #", "%", "@", "`", "---\n", "...\n", "<<", "\\", "\\x", "\r\n",
     "\r",
     "1e3", "+e1", "~", "format: assess.answers/1\n", "%YAML 1.2\n", "%YAML 3.0\n", "每", "😀", *ODD]
)  # fmt: skip


def sound(raw: bytes) -> None:
    """Always data or findings; every finding stands in the text."""
    document = yamldoc.read(raw, "f.yaml")
    lines = raw.decode("utf-8", "replace").split("\n")
    for finding in document.findings:
        assert 1 <= finding.line <= len(lines)
        assert 1 <= finding.column <= len(lines[finding.line - 1]) + 1
        assert str(finding.message)
    for model in load.KINDS.values():
        loaded = load.value_of(Path("f.yaml"), document, model)
        assert (loaded.value is None) == has_errors(loaded.findings)


@given(st.text())
@LAW
def test_any_text_is_data_or_findings(text: str) -> None:
    sound(text.encode("utf-8", "surrogatepass"))


@given(st.binary())
@LAW
def test_any_bytes_are_data_or_findings(raw: bytes) -> None:
    sound(raw)


@given(st.lists(TOKENS, max_size=40))
@LAW
def test_anything_like_yaml_is_data_or_findings(tokens: list[str]) -> None:
    sound("".join(tokens).encode())


WORDS = st.sampled_from(
    ["format", "answers", "answer", "note", "team", "round", "rules", "stale", "levels", "dimensions",
     "practices", "goal",
     "id", "x"]
)  # fmt: skip
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.just(10**90)
    | st.just("dont-know"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


@given(st.sampled_from(sorted(load.KINDS)), st.dictionaries(WORDS, VALUES, max_size=6))
@LAW
def test_any_values_under_our_keys_are_a_value_or_findings(kind: str, values: dict[str, Any]) -> None:
    sound(json.dumps({**values, "format": f"assess.{kind}/1"}, ensure_ascii=False).encode("utf-8", "replace"))
