"""Hostile texts in every field of every kind of file, through everything that is printed: all of it stays text."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hostile
import pytest
from hostile import ALLOWED, PAYLOADS, STEERS_A_TERMINAL, mark, practice, said
from markdown_it import MarkdownIt

from assess.render.text import clean

Told = Callable[..., str]
TYPED = [" ".join(payload.text.split()) for payload in PAYLOADS]
"""What somebody may type or paste as one line."""
STEERING = "".join(payload.text for payload in PAYLOADS if payload.refused).replace("\r", "")
COMMANDS = "::error file=a::b ##[add-mask]c"


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile.folder(tmp_path_factory.mktemp("team"))


@pytest.fixture(scope="module")
def told(command: str, team: Path) -> Told:
    """What a command prints, on both streams; nothing of it steers a terminal or whoever reads a log."""

    def run(*arguments: str, stdin: str = "", cwd: Path = team, code: int = 0) -> str:
        done = subprocess.run(
            [command, *arguments], input=stdin, cwd=cwd, env={**os.environ, "SOURCE_DATE_EPOCH": "1795392000"},
            capture_output=True, encoding="utf-8", timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == code, done.stderr
        stays_text(done.stderr)
        stays_text(done.stdout)
        return done.stdout or done.stderr

    return run


def stays_text(printed: str) -> None:
    """Nothing in it moves a cursor, turns the writing or commands GitHub's runner, which trims each line."""
    assert not re.search(STEERS_A_TERMINAL, printed)
    for line in printed.split("\n"):
        assert not re.match(r"\s*::[\w-]+.*::", line), line
        assert not re.search(r"##(vso)?\[", line), line


def texts_in(data: Any) -> Iterator[str]:
    """Every text of some JSON."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield key
            yield from texts_in(value)
    elif isinstance(data, list):
        for value in data:
            yield from texts_in(value)
    elif isinstance(data, str):
        yield data


def test_the_corpus_says_what_each_payload_attacks() -> None:
    assert (
        len({payload.name for payload in PAYLOADS}) == len({payload.text for payload in PAYLOADS}) == len(PAYLOADS)
    )
    assert all(payload.attacks for payload in PAYLOADS)


def test_a_folder_full_of_hostile_texts_is_valid(told: Told) -> None:
    assert "error:" not in told("validate")


# numbers and their words


@pytest.mark.parametrize(
    "arguments",
    [
        ("score",),
        ("score", "--basis", "team"),
        ("score", "--round", "2026-Q3"),
        ("score", "--explain"),
        *(("score", "--explain", practice(i)) for i in (1, 3, 32, 33, 40, 48, 49, 50)),
        ("diff",),
        ("diff", "2026-Q4", "2026-Q3"),
        ("score", "--lang", "zh-Hans"),
        ("score", "--explain", "--lang", "zh-Hans"),
        ("diff", "--lang", "zh-Hans"),
    ],
    ids=" ".join,
)
def test_what_a_terminal_shows_stays_text(told: Told, arguments: tuple[str, ...]) -> None:
    assert re.search(r"Q\w+\d\dQ|All together: ", told(*arguments))


def test_the_practice_and_all_its_levels_are_explained_as_they_are(told: Told) -> None:
    for i, payload in enumerate(ALLOWED):
        if payload.name in {"format", "template", "rich", "action", "unbalanced", "image", "mention", "formula"}:
            shown = told("score", "--explain", practice(i))
            assert f"{said('title', i)}: " in shown
            assert all(f"{n}  {said(f'level{n}x', i)}\n" in shown for n in range(hostile.LEVELS))


def test_json_gives_every_text_back_unchanged(told: Told) -> None:
    for round_, arguments in (("Q4", ("diff",)), ("Q3", ("diff", "2026-Q4", "2026-Q3"))):
        found = json.loads(told(*arguments, "--format", "json"))
        reasons = {moved["id"]: moved["reason"] for moved in found["practices"]}
        assert found["team"] == hostile.EVERYTHING
        assert len(reasons) > len(ALLOWED) * 0.9
        assert reasons == {pid: said(f"{round_}teamreason", int(pid[1:])) for pid in reasons}
    found = json.loads(told("score", "--format", "json"))
    assert (found["team"], found["questionnaire"]["version"]) == (hostile.EVERYTHING, hostile.EVERYTHING)
    waived = {waiver["rule"]: waiver for waiver in json.loads(told("check", "--format", "json"))["waived"]}
    for rule, name in (("stale", "command-below"), ("coverage", "blocks")):
        i = hostile.numbered(name)
        assert waived[rule]["owner"] == said(f"owner{rule}", i)
        assert waived[rule]["reason"] == f"{hostile.EVERYTHING}\n{said(f'reason{rule}', i)}"


def test_a_schema_gives_every_text_back_unchanged(told: Told) -> None:
    for kind in ("answers", "questionnaire", "baseline", "translation", "config", "counts"):
        schema = json.loads(told("schema", kind))
        assert schema["$id"] == f"urn:assess:schema:{kind}:1"
    texts = "\n".join(texts_in(json.loads(told("schema", "answers"))))
    for i, payload in enumerate(ALLOWED):
        if "\n" not in payload.text:
            assert said("title", i) in texts, payload.name
            assert said("question", i) in texts, payload.name


def test_check_says_each_waiver_on_one_line(told: Told) -> None:
    lines = [line for line in told("check").splitlines() if "waived until" in line]

    assert len(lines) == 2
    for line in lines:
        assert re.match(r"[\w./-]+:\d+:\d+: (stale|coverage): ", line)
        assert re.search(r"Qreason(stale|coverage)\d\dQ$", line)


# Markdown

FOREIGN = {"html_block", "html_inline", "link_open", "image", "fence", "code_block", "code_inline", "em_open",
           "strong_open", "s_open", "hr", "blockquote_open", "ordered_list_open"}  # fmt: skip


def as_read(markdown: str) -> str:
    """The words of a Markdown text, in which nothing is but headings, lists and tables of ours."""
    assert not re.search(r"(?<!\\)://|www\.", markdown), "GitHub makes a link of a bare address"
    reader = MarkdownIt("gfm-like", {"linkify": False})
    tokens = reader.parse(markdown)
    inside = [child for token in tokens for child in token.children or ()]
    assert not FOREIGN & {token.type for token in (*tokens, *inside)}
    assert {token.tag for token in tokens if token.type == "heading_open"} <= {"h2", "h3"}
    rows = [len(row.split("<td")) for row in reader.render(markdown).split("<tr>")[1:]]
    assert len(set(rows)) <= 4
    return "\n".join("".join(c.content for c in t.children or ()) for t in tokens).replace("\u200b", "")


def flat(text: str) -> str:
    """A text as one line of Markdown keeps it."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


@pytest.mark.parametrize("sides", [(), ("2026-Q4", "2026-Q3")], ids=["forward", "back"])
def test_a_comparison_in_markdown_holds_no_markdown_of_anybody_else(told: Told, sides: tuple[str, ...]) -> None:
    read = as_read(told("diff", *sides, "--format", "markdown"))

    shown = [i for i in range(1, len(ALLOWED)) if mark("title", i) in read]
    assert len(shown) > len(ALLOWED) * 0.9
    for i in shown:
        assert flat(said("title", i)) in read or flat(clean(said("title", i))) in read
    round_ = sides[-1] if sides else "2026-Q4"
    assert any(flat(said(f"{round_[-2:]}teamreason", i)) in read for i in shown)


# what is refused


def test_a_payload_where_no_text_may_stand_is_refused_with_its_line(told: Told, tmp_path: Path) -> None:
    expected: dict[str, list[int]] = {}
    for payload in PAYLOADS:
        for name, text, lines in hostile.wrong(payload):
            (tmp_path / name).write_text(text, encoding="utf-8", newline="")
            unread = payload.refused or payload.name in {"breaks", "long"}  # as YAML: reading stops there
            expected[name] = [] if unread else lines
    printed = told("validate", *sorted(expected), cwd=tmp_path, code=3)

    found: dict[str, set[int]] = {name: set() for name in expected}
    for name, line in re.findall(r"^([\w.-]+\.yaml):(\d+):\d+: error", printed, re.MULTILINE):
        found[name].add(int(line))
    missed = {
        name: sorted(set(lines) - found[name]) for name, lines in expected.items() if set(lines) - found[name]
    }
    assert missed == {}


@pytest.mark.parametrize("payload", [p for p in PAYLOADS if p.refused], ids=lambda p: p.name)
@pytest.mark.parametrize("raw", [True, False], ids=["raw", "escaped"])
def test_what_no_file_may_hold_is_refused_with_its_line(
    told: Told,
    tmp_path: Path,
    payload: hostile.Payload,
    raw: bool,  # noqa: FBT001
) -> None:
    text = payload.text if raw else json.dumps(payload.text)
    sheet = f"format: assess.answers/1\nteam: {text}\n"
    (tmp_path / "ada.yaml").write_text(sheet, encoding="utf-8", newline="")

    assert "\nada.yaml:2:" in "\n" + told("validate", "ada.yaml", cwd=tmp_path, code=3)


@pytest.mark.parametrize(
    "name", [f"{STEERING[-70:]}\u202ecod", f"x\n  {COMMANDS}[red]{{n}}"], ids=["terminal", "log"]
)
def test_a_name_of_a_file_steers_nothing(told: Told, tmp_path: Path, name: str) -> None:
    root = hostile.folder(tmp_path)
    stray = root / "assessments" / "2026-Q4" / "answers" / f"{name}.yaml"
    stray.write_text("format: assess.answers/1\n", encoding="utf-8")
    (root / "assessments" / name).mkdir()
    (root / "assessments" / name / "team.yaml").write_text("format: assess.answers/1\n", encoding="utf-8")

    for arguments in (("check",), ("validate",), ("score",), ("report",), ("run", "--plain"), ("diff",)):
        told(*arguments, cwd=root, code=3)
    json.loads(told("check", "--format", "json", cwd=root, code=3))


@pytest.mark.parametrize("given", [f"{STEERING}\u202e", f"{COMMANDS}\n{COMMANDS}{{n}}%s"], ids=["terminal", "log"])
@pytest.mark.parametrize(
    "arguments",
    [
        ("score", "--round", "{}"),
        ("score", "--explain", "{}"),
        ("score", "-C", "{}"),
        ("score", "--questionnaire", "{}"),
        ("score", "--lang", "{}"),
        ("diff", "{}"),
        ("report", "--baseline", "{}"),
        ("schema", "{}"),
        ("run", "--plain", "--as", "{}"),
        ("validate", "{}"),
        ("{}",),
        ("score", "--x{}"),
    ],
    ids=" ".join,
)
def test_a_word_of_the_command_line_steers_nothing(told: Told, given: str, arguments: tuple[str, ...]) -> None:
    code = {"validate": 3, "score --round {}": 4}.get(" ".join(arguments[:-1]), 2)
    told(*(given if word == "{}" else word for word in arguments), code=code)


def test_what_two_sides_say_is_quoted_in_one_short_line(told: Told, tmp_path: Path) -> None:
    root = hostile.folder(tmp_path)
    hostile.round_in(root, "2026-Q4", state="open")

    said_ = told("run", "--plain", "--as", "dana", "--team", "x", cwd=root, code=2)

    assert "says “team: <script>window.hit=1</script>" in said_
    assert max(map(len, said_.splitlines())) < 200


# line by line


def test_a_questionnaire_line_by_line_stays_text(told: Told, tmp_path: Path) -> None:
    root = hostile.folder(tmp_path)
    lines = [
        line for typed in TYPED[: len(ALLOWED)] for line in ("h", f"n {typed}", f"e {typed}", typed, "d", "2")
    ]
    lines += [line for typed in TYPED for line in ("b", f"n {typed}", f"x {typed}", "b")]
    start = (
        "run",
        "--plain",
        "--round",
        "2027-Q1",
        "--as",
        "dana",
        "--full",
        "--team",
        f"[red]{{n}}\u202ex{COMMANDS}",
    )

    first = told(*start, stdin="\n".join([*lines, "q", ""]), cwd=root)
    again = told("run", "--plain", "--as", "dana", "--round", "2027-Q1", stdin="\n" * 100, cwd=root)

    for i, payload in enumerate(ALLOWED):
        assert mark("question", i) in first + again, payload.name
    assert "error" not in told("validate", cwd=root)


def test_a_meeting_line_by_line_and_its_summary_stay_text(told: Told, tmp_path: Path) -> None:
    root = hostile.folder(tmp_path)
    (root / "assessments" / "2026-Q4" / "team.yaml").unlink()
    hostile.round_in(root, "2026-Q4", state="open")
    carried = [word for _ in range(8) for word in ("f", "x {title} ::error::b <b>", "x ##[error]b", "")][:27]
    each = ("h", "n {}", "d {}", "g 2 {}", "w {}", "1", "")
    talk = [line.format(typed) for typed in TYPED for line in each]
    decided = [line for typed in (TYPED[0], TYPED[40], COMMANDS) for line in (f"a {typed}", typed, "14")]

    said_ = told("meet", "--plain", stdin="\n".join(["y", *carried, *decided, *talk, ""]), cwd=root)

    summary = as_read(said_.partition("To paste, in Markdown:")[2])
    assert "owned" in summary
    assert "error" not in told("validate", cwd=root)


def test_counts_before_they_are_published_stay_text(told: Told, tmp_path: Path) -> None:
    root = hostile.folder(tmp_path)
    hostile.round_in(root, "2027-Q1", ("ada", "bob", "chen", "dana", "eve"), state="open", privacy="counts")

    shown = told("meet", "--close", "--round", "2027-Q1", stdin="y\n", cwd=root)

    assert "This becomes public" in shown
    assert "window.hit" in told("score", "--round", "2027-Q1", cwd=root)
