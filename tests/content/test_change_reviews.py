"""The second questionnaire: small, of every shape that is allowed, and as good as any other to the program."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, Run
from shipped import ALL

from assess.core.questionnaire import Practice

SHIPPED = ALL["change-reviews"]
QUESTIONNAIRE = SHIPPED.questionnaire
PRACTICES = tuple(QUESTIONNAIRE.practices.values())
HEADS = {"en": "First answer", "zh-Hans": "第一次答复", "zh-Hant": "第一次回覆"}


def test_five_practices_in_two_dimensions_have_two_to_seven_levels_some_with_values_of_their_own() -> None:
    assert [len(d.practices) for d in QUESTIONNAIRE.dimensions] == [2, 3]
    assert {d.group for d in QUESTIONNAIRE.dimensions} == {"flow", "brakes"}
    assert sorted(len(p.levels) for p in PRACTICES) == [2, 3, 5, 6, 7]
    own = {p.id for p in PRACTICES if any(level.value is not None for level in p.levels)}
    assert own == {"first-answer", "reasons-given"}


def test_three_are_the_pulse_two_are_a_pair_and_nothing_is_described() -> None:
    assert QUESTIONNAIRE.asked("pulse") == ("first-answer", "second-pair-of-eyes", "many-reviewers")
    assert [pair.practices for pair in QUESTIONNAIRE.pairs] == [("first-answer", "reasons-given")]
    assert SHIPPED.baselines == ()
    assert all(p.evidence is None for p in PRACTICES)


@pytest.mark.parametrize("practice", PRACTICES, ids=lambda p: p.id)
def test_each_question_says_over_which_weeks_or_cases_and_is_short(practice: Practice) -> None:
    assert re.search(r"\blast\b", practice.question, re.IGNORECASE)
    assert max(len(text) for text in (practice.question, *(level.text for level in practice.levels))) <= 150
    assert practice.goal is not None
    assert practice.next_step


def texts_in(path: Path) -> str:
    """All texts of a module but its docstrings, whose examples may name what they like."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in said)
    return " ".join(node.value for node in constants if isinstance(node.value, str))


def test_the_engine_knows_no_questionnaire_but_the_name_of_one() -> None:
    """The demo is made of answers to one of them; everything else takes what it is given."""
    asked = [shipped.questionnaire for shipped in ALL.values()]
    ids = (
        {q.id for q in asked}
        | {p for q in asked for p in q.practices}
        | {d.id for q in asked for d in q.dimensions}
    )
    ids |= {baseline.id for shipped in ALL.values() for baseline in shipped.baselines}
    found = {
        (path.relative_to(ROOT).as_posix(), word)
        for path in sorted((ROOT / "assess").rglob("*.py"))
        if path.name != "demo.py"
        for word in re.findall(r"[a-z]+(?:-[a-z0-9]+)+", texts_in(path))
        if word in ids
    }

    assert found == {("assess/files/repository.py", "shipping-practices")}


Naming = Callable[[Path], list[str]]


def by_flag(_folder: Path) -> list[str]:
    return ["--questionnaire", "change-reviews"]


def by_setting(folder: Path) -> list[str]:
    (folder / "assess.yaml").write_text("format: assess.config/1\nquestionnaire: change-reviews\n")
    return []


@pytest.mark.parametrize("naming", [by_flag, by_setting])
def test_a_team_goes_all_the_way_with_it(assess: Run, tmp_path: Path, naming: Naming) -> None:
    first = naming(tmp_path)
    ada = assess(
        "run", "--plain", "--full", "--as", "ada", "--team", "payments", "--expected", "2", *first,
        stdin="4\n0\n1\nn It is in the template.\n1\n6\n",
    )  # fmt: skip
    ben = assess("run", "--plain", "--as", "ben", stdin="2\n3\n0\n?\nx Only we two.\n")  # round.yaml says which
    assert (ada.returncode, ben.returncode) == (0, 0), ada.stderr + ben.stderr

    path = tmp_path / "assessments/2026-Q4/round.yaml"
    path.write_text(path.read_text().replace("state: open", "state: closed"))
    assert "questionnaire: {id: change-reviews" in path.read_text()
    score, report = assess("score"), assess("report", "-o", "-")
    numbers = json.loads(assess("score", "--format", "json").stdout)
    check, validate = assess("check"), assess("validate")

    assert [run.returncode for run in (score, report, check, validate)] == [0, 0, 0, 0]
    levels = {p["id"]: p["counts"] for p in numbers["practices"]}
    assert levels == {
        "first-answer": [0, 0, 1, 0, 1, 0],
        "small-changes": [1, 0, 0, 1, 0],
        "second-pair-of-eyes": [1, 1],
        "reasons-given": [0, 1, 0],
        "many-reviewers": [0, 0, 0, 0, 0, 0, 1],
    }
    assert {p["id"]: p["mean"] for p in numbers["practices"]}["first-answer"] == 3
    dimensions = {d["id"]: d["score"] for d in numbers["dimensions"]}
    assert dimensions["in-time"] == pytest.approx(100 * ((0.5 + 0.9) / 2 + 0.75 / 2) / 2, abs=0.01)
    assert numbers["attainment"] == {}
    assert not re.search(r"\n\s*\n\s*\n", score.stdout)
    for told in (score.stdout, report.stdout):
        assert "First answer" in told
        assert not re.search("baseline is|Attainment|not described", told)


@pytest.mark.parametrize("language", HEADS)
def test_it_speaks_every_language(assess: Run, language: str) -> None:
    told = assess(
        "run", "--plain", "--questionnaire", "change-reviews", "--lang", language, "--together", "--team", "t",
        "--full", stdin="1\n1\n1\n1\n1\n",
    )  # fmt: skip

    assert told.returncode == 0
    assert HEADS[language] in told.stdout
    assert HEADS[language] in assess("report", "-o", "-", "--lang", language).stdout


def test_a_mistyped_name_is_told_with_the_nearest_built_in_one(assess: Run) -> None:
    done = assess("score", "--questionnaire", "change-review")

    assert done.returncode == 2
    assert "did you mean “change-reviews”?" in done.stderr


def test_the_demo_says_that_it_shows_another_one(assess: Run) -> None:
    done = assess("demo", "--questionnaire", "change-reviews")

    assert done.returncode == 2
    assert "the demo shows “shipping-practices” only" in done.stderr
