"""`assess report --format markdown`: where it goes, what it may overwrite, and that it counts as `score` does."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from checking import built_in
from conftest import Run
from pages import Section, cells_in_source, sections

PRACTICES = (
    "one-team-all-disciplines", "independent-release-path", "start-without-permission", "mission-tiebreaker",
    "small-frequent-releases", "buy-the-commodity", "delegated-decisions", "no-meeting-days", "one-open-channel",
    "intensity-without-long-hours",
)  # fmt: skip
HEAD = 'questionnaire: {id: shipping-practices, version: "1.0.0"}\nteam: payments\nround: 2026-Q4\nasked: pulse\n'
MARKDOWN = ("report", "--format", "markdown")


@pytest.fixture
def demo(assess: Run, tmp_path: Path) -> Path:
    assert assess("demo", "team").returncode == 0
    return tmp_path / "team"


def put(folder: Path, people: dict[str, str], *, state: str = "closed", more: str = "") -> None:
    """A round of a pulse: one word an answer; `?` don't know, `x` does not apply, `-` not answered."""
    base = folder / "assessments/2026-Q4"
    (base / "answers").mkdir(parents=True)
    (base / "round.yaml").write_text(f"format: assess.round/1\n{HEAD}state: {state}\nexpected: 6\n{more}")
    said = {"?": "dont-know", "x": "{answer: not-applicable, reason: Not ours.}"}
    for name, row in people.items():
        given = [(p, word) for p, word in zip(PRACTICES, row.split(), strict=True) if word != "-"]
        answers = "".join(f"  {p}: {said.get(word, word)}\n" for p, word in given)
        text = f"format: assess.answers/1\n{HEAD}respondent: {name}\nanswered: 2026-11-20\nanswers:\n{answers}"
        (base / "answers" / f"{name}.yaml").write_text(text)


def recounted(page: str, found: dict[str, Any], titles: dict[str, str]) -> None:
    """Every number of the page is the one that the JSON has."""
    told = sections(page)
    rows = {row["practice"]: row for row in told["Practices"].records}
    assert len(rows) == len(found["practices"])
    for p in found["practices"]:
        row = rows[titles[p["id"]]]
        assert row["level"] == (str(p["median"]) if p["median"] is not None else row["level"])
        assert p["median"] is not None or row["level"] in {"not scored", "does not apply"}
        said = dict(re.findall(r"(\?|x|·)(\d+)", row["answers"]))
        assert {sign: int(n) for sign, n in said.items()} == {
            sign: p[key]
            for sign, key in (("?", "dont_know"), ("x", "not_applicable"), ("·", "unanswered"))
            if p[key]
        }
        levels = {int(i): int(n) for n, i in re.findall(r"(\d+)×(\d+)", row["answers"])}
        assert levels == {i: n for i, n in enumerate(p["counts"]) if n}
        word = p["agreement"]["word"] or ("–" if found["respondents"] > 1 else "")
        assert row.get("agreement", "").startswith(word.removeprefix("agree"))
        assert word not in {"", "agree"} or not row.get("agreement")
        for name, level in p["baselines"].items():
            assert row[name] == ("not described" if level is None else str(level))
        assert row["goal"] == ("no goal" if p["goal"] is None else f"{p['goal']:g}")
    first = told["Where we disagree, and what to clarify first"].items
    assert [item.partition(": ")[0] for item in first] == [titles[pid] for pid in found["clarify"]]
    _numbers(told, found)


def _numbers(told: dict[str, Section], found: dict[str, Any]) -> None:
    records = told["How much of each baseline is there"].records
    there = {row["baseline"].partition(":")[0]: row["there"] for row in records}
    for name, attained in found["attainment"].items():
        assert f"rests on {attained['described']} of {len(found['practices'])} practices" in there[name]
        percent = re.match(r"([\d.]+) %", there[name])
        assert (percent is None) == (attained["percent"] is None)
        assert percent is None or near(percent[1], attained["percent"])
    for row, s in zip(told["Dimensions"].records, [*found["dimensions"], found["overall"]], strict=True):
        if s["low"] is None:
            assert row["score"] == "does not apply"
            continue
        ends = row["range"].split(" to ")
        assert near(ends[0], s["low"])
        assert near(ends[-1], s["high"])
        assert row["score"] == "not scored" if s["score"] is None else near(row["score"], s["score"])
        assert row["coverage"] == f"{round(s['coverage'] * 100)} %"


def near(told: str, exact: float) -> bool:
    """Whether a number with one decimal is the exact one."""
    return abs(float(told) - exact) <= 0.05


CASES = {
    "six people": {"a": "3 2 3 1 3 3 2 0 2 1", "b": "3 2 3 1 3 3 3 1 2 2", "c": "3 3 3 2 2 2 3 0 3 2",
                   "d": "2 2 3 1 x 3 2 4 2 ?", "e": "3 2 2 2 3 3 3 3 2 -", "f": "3 2 4 1 2 3 2 4 2 1"},
    "one person": {"a": "3 2 ? x 0 1 2 3 4 -"},
    "nobody knows": {"a": "? " * 10, "b": "? " * 10, "c": "? " * 10},
    "some do not apply": {"a": "x 1 x 3 2 2 2 2 2 2", "b": "x 2 x 2 2 2 2 2 2 2", "c": "x x x 1 1 1 1 1 1 1"},
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_the_numbers_are_those_of_score(assess: Run, tmp_path: Path, case: str) -> None:
    put(tmp_path, CASES[case])
    found = json.loads(assess("score", "--format", "json").stdout)
    page = assess(*MARKDOWN)

    assert (page.returncode, page.stderr) == (0, "")
    recounted(page.stdout, found, _titles())


def _titles() -> dict[str, str]:
    return {pid: practice.title for pid, practice in built_in().practices.items()}


def test_the_first_sentence_is_that_of_the_page_in_html(assess: Run, demo: Path) -> None:
    page, html = assess(*MARKDOWN, cwd=demo).stdout, assess("report", "-o", "-", cwd=demo).stdout

    [headline] = re.findall(r"^\*\*(.*)\*\*$", page, re.MULTILINE)
    assert headline in html


def test_it_goes_to_standard_output_and_says_nothing_else(assess: Run, demo: Path) -> None:
    once, again = assess(*MARKDOWN, cwd=demo), assess(*MARKDOWN, "-o", "-", cwd=demo)

    assert once.stdout == again.stdout
    assert (once.returncode, once.stderr) == (0, "")
    assert once.stdout.startswith(
        "## harbour · 2026-Q4\n\n6 of 6 have answered · newest answer 2026-11-18 (5 days ago)"
    )
    assert all(head == n for head, n in cells_in_source(once.stdout))
    assert not [name for name in ("ben", "dora", "小明") if name in once.stdout]


def test_a_file_takes_the_place_of_an_older_page_only(assess: Run, demo: Path) -> None:
    (demo / "notes.md").write_text("# Ours\n")
    (demo / "new.md").write_text("")
    page = assess(*MARKDOWN, cwd=demo).stdout

    written = [assess(*MARKDOWN, "-o", "new.md", cwd=demo) for _ in range(2)]
    refused = [assess(*MARKDOWN, "-o", name, cwd=demo) for name in ("notes.md", "assessments/2026-Q4/report.html")]
    other = assess("report", "-o", "new.md", cwd=demo)

    assert [(done.returncode, done.stdout) for done in written] == [(0, ""), (0, "")]
    assert "The report is in new.md" in written[0].stderr
    assert (demo / "new.md").read_text() == page
    for done in (*refused, other):
        assert (done.returncode, done.stdout) == (2, "")
        assert "is there already, and is no report" in done.stderr
    assert (demo / "notes.md").read_text() == "# Ours\n"
    assert "use >> instead of -o" in refused[0].stderr


def test_a_page_that_somebody_wrote_on_is_kept(assess: Run, demo: Path) -> None:
    assess(*MARKDOWN, "-o", "new.md", cwd=demo)
    with (demo / "new.md").open("a") as file:
        file.write("\nOur own words.\n")

    assert assess(*MARKDOWN, "-o", "new.md", cwd=demo).returncode == 2
    assert (demo / "new.md").read_text().endswith("Our own words.\n")


def test_a_file_that_cannot_be_written_is_told(assess: Run, demo: Path) -> None:
    done = assess(*MARKDOWN, "-o", "assess.yaml/x.md", cwd=demo)

    assert (done.returncode, done.stdout) == (4, "")
    assert "The report cannot be written" in done.stderr


def test_markdown_is_not_opened(assess: Run, demo: Path) -> None:
    done = assess(*MARKDOWN, "--open", cwd=demo)

    assert (done.returncode, done.stdout) == (2, "")
    assert "--open shows the HTML report" in done.stderr


def test_baselines_language_and_day_are_taken_from_the_command_line(assess: Run, demo: Path) -> None:
    one = assess(*MARKDOWN, "--baseline", "codex-2025", cwd=demo).stdout
    chinese = assess(*MARKDOWN, "--lang", "zh-Hans", cwd=demo).stdout
    later = assess(*MARKDOWN, "--today", "2027-03-01", cwd=demo).stdout

    heads = sections(one)["Practices"].tables[0][0]
    assert ("codex-2025" in heads, "chatgpt-2023" in heads) == (True, False)
    assert "无会议日" in chinese
    assert "newest answer 2026-11-18 (103 days ago)" in later
    assert "Made by assess 0.1.0 on 2027-03-01." in later
    assert "overdue" in later


def test_a_sealed_round_tells_who_has_answered_only(assess: Run, tmp_path: Path) -> None:
    put(tmp_path, CASES["six people"], state="open")

    done = assess(*MARKDOWN)

    assert done.returncode == 0
    assert "6 of 6 have answered" in done.stdout
    assert not [word for word in ("No-meeting", "|", "×", "- ", "**") if word in done.stdout]


def test_counts_are_told_and_nothing_else(assess: Run, tmp_path: Path) -> None:
    put(tmp_path, {}, more="privacy: counts\n")
    tallies = "".join(f"  {p}: {{levels: [0, 2, 3, 0, 1], dont-know: 1, not-applicable: 0}}\n" for p in PRACTICES)
    text = f"format: assess.counts/1\n{HEAD}published: 2026-11-21\nrespondents: 8\npractices:\n{tallies}"
    (tmp_path / "assessments/2026-Q4/counts.yaml").write_text(text)
    (tmp_path / "assessments/.gitignore").write_text("report.html\n*.lock\n/2026-Q4/answers/\n")

    found = json.loads(assess("score", "--format", "json").stdout)
    page = assess(*MARKDOWN)

    assert "published 2026-11-21 (2 days ago)" in page.stdout, page.stderr
    assert {row["answers"] for row in sections(page.stdout)["Practices"].records} == {"2×1 3×2 1×4 ?1 ·1"}
    recounted(page.stdout, found, _titles())


def test_invalid_and_empty_folders_print_no_page(assess: Run, tmp_path: Path) -> None:
    empty = assess(*MARKDOWN)
    put(tmp_path, {"a": "9 " * 10})
    invalid = assess(*MARKDOWN)

    assert (empty.returncode, empty.stdout) == (4, "")
    assert (invalid.returncode, invalid.stdout) == (3, "")


def test_the_whole_questionnaire_in_chinese_fits_without_a_cut(assess: Run, tmp_path: Path) -> None:
    base = tmp_path / "assessments"
    ids = [pid for pid, practice in built_in().practices.items() if not practice.sensitive]
    for n in range(8):
        name = f"202{n // 4 + 5}-Q{n % 4 + 1}"
        head = HEAD.replace("pulse", "full").replace("2026-Q4", name)
        (base / name / "answers").mkdir(parents=True)
        (base / name / "round.yaml").write_text(f"format: assess.round/1\n{head}state: closed\n")
        for m in range(15):
            answers = "".join(f"  {p}: {(i * m + n + m) % 5}\n" for i, p in enumerate(ids))
            day = f"202{n // 4 + 5}-{n % 4 * 3 + 1:02}-10"
            text = f"format: assess.answers/1\n{head}respondent: m{m}\nanswered: {day}\nanswers:\n{answers}"
            (base / name / "answers" / f"m{m}.yaml").write_text(text)

    page = assess(*MARKDOWN, "--lang", "zh-Hant").stdout

    assert 10_000 < len(page.encode()) < 40_000
    assert all(head == n for head, n in cells_in_source(page))


def test_no_template_engine_is_loaded_for_it(demo: Path) -> None:
    code = "import sys\nfrom assess import cli\ncli.main()\nprint('jinja2' in sys.modules, file=sys.stderr)"

    done = subprocess.run(
        [sys.executable, "-c", code, *MARKDOWN],
        cwd=demo,
        env={**os.environ},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stderr == "False\n"
