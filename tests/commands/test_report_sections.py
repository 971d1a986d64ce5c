"""What the report says of change and disagreement, beside what the other commands say of the same files."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from conftest import Run

Told = dict[str, str]


@pytest.fixture
def demo(assess: Run, tmp_path: Path) -> Path:
    assert assess("demo", "team", "--today", "2026-11-23").returncode == 0
    return tmp_path / "team"


def page(assess: Run, folder: Path) -> str:
    done = assess("report", "-o", "-", cwd=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout


def section(text: str, name: str) -> str:
    found = re.search(rf'<section id="{name}".*?</section>', text, re.DOTALL)
    return "" if found is None else found[0]


def rows(part: str) -> dict[str, list[str]]:
    """Rows of a table by the practice they link to: their cells as text."""
    found = re.findall(r'<tr><th scope="row"><a href="#p-([^"]+)".*?</tr>', part, re.DOTALL)
    whole = re.findall(r'(<tr><th scope="row"><a href="#p-.*?</tr>)', part, re.DOTALL)
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for row in whole]
    return dict(zip(found, cells, strict=True))


def test_the_section_on_change_says_what_diff_says(assess: Run, demo: Path) -> None:
    told = json.loads(assess("diff", "--format", "json", cwd=demo).stdout)
    changed = {p["id"] for p in told["practices"] if p["verdict"] in {"changed", "maybe"}}

    part = section(page(assess, demo), "change")

    assert set(rows(part)) == changed
    for p in told["practices"]:
        if p["id"] in changed:
            assert rows(part)[p["id"]][0] == f"{p['before']:.0f} → {p['after']:.0f}"
    assert "people: 6 then, 6 now (6 answered both times)" in part


def test_the_card_counts_what_the_section_lists(assess: Run, demo: Path) -> None:
    told = json.loads(assess("diff", "--format", "json", cwd=demo).stdout)["practices"]
    up = sum(p["verdict"] == "changed" and p["difference"] > 0 for p in told)
    down = sum(p["verdict"] == "changed" and p["difference"] < 0 for p in told)
    perhaps = sum(p["verdict"] == "maybe" for p in told)

    text = page(assess, demo)

    assert f"<b>{up + down}</b> of {len(told)} practices asked both times have changed" in text
    assert f">{up} improved, {down} worse, {perhaps} perhaps<" in text


def test_where_the_team_disagrees_every_picture_has_its_counts_and_who_speaks_first(
    assess: Run, demo: Path
) -> None:
    result = json.loads(assess("score", "--format", "json", cwd=demo).stdout)
    parted = [p for p in result["practices"] if p["agreement"]["word"] == "disagree"]
    assert parted

    part = section(page(assess, demo), "disagreement")

    for p in parted:
        counts = ", ".join(f"{n} {'says' if n == 1 else 'say'} {i}" for i, n in enumerate(p["counts"]) if n)
        assert f'href="#p-{p["id"]}"' in part
        assert f'aria-label="{counts}"' in part
        given = [i for i, n in enumerate(p["counts"]) if n]
        assert f"Those at {given[0]} and at {given[-1]} speak first" in part
    assert part.count('class="multiple"') >= len(parted)


def answer(assess: Run, folder: Path, round_: str, day: str, level: str) -> None:
    for name in ("ada", "bob"):
        words = ("run", "--plain", "--pulse", "--as", name, "--team", "t", "--round", round_, "--today", day)
        assert assess(*words, stdin=f"{level}\n" * 10, cwd=folder).returncode == 0
    assert assess("meet", "--close", "--round", round_, "--today", day, cwd=folder).returncode == 0


def test_from_the_third_round_on_each_practice_has_a_line_over_the_rounds(assess: Run, tmp_path: Path) -> None:
    answer(assess, tmp_path, "r1", "2026-02-02", "1")
    answer(assess, tmp_path, "r2", "2026-05-02", "3")
    assert 'class="spark"' not in page(assess, tmp_path)

    answer(assess, tmp_path, "r3", "2026-08-02", "2")

    text = page(assess, tmp_path)
    assert text.count('aria-label="r1: 1.0, r2: 3.0, r3: 2.0"') == 10
    assert "changed" in section(text, "gaps")


def test_a_first_round_says_nothing_of_change(assess: Run, tmp_path: Path) -> None:
    answer(assess, tmp_path, "r1", "2026-02-02", "1")

    text = page(assess, tmp_path)

    assert 'id="change"' not in text
    assert 'href="#change"' not in text
    assert 'id="disagreement"' not in text


def test_changing_one_answer_changes_only_what_depends_on_it(assess: Run, demo: Path) -> None:
    path = min((demo / "assessments/2026-Q4/answers").iterdir())
    before, text = page(assess, demo), path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(  one-open-channel:) \d", r"\1 0", text), encoding="utf-8")

    after = page(assess, demo)

    def of(page_: str, practice: str) -> list[str]:
        parts = rf'<tr data-practice="{practice}">.*?</tr>|<details id="p-{practice}".*?</details>'
        return re.findall(parts, page_, re.DOTALL)

    ids = re.findall(r'<tr data-practice="([^"]+)"', before)
    assert of(before, "one-open-channel") != of(after, "one-open-channel")
    assert [i for i in ids if of(before, i) != of(after, i)] == ["one-open-channel"]
