"""`assess score`: the published numbers, the worked example, and silence about a sealed round."""

from __future__ import annotations

import json
from pathlib import Path

from conftest import Run

QUESTIONNAIRE = """\
format: assess.questionnaire/1
id: three
version: "1.0.0"
title: Three questions
language: en
dimensions:
  - id: only
    title: Only
    practices:
      - {id: a, title: A, weight: 2, question: A?, levels: [zero, one, two, three, four]}
      - {id: b, title: B, question: B?, levels: [zero, one, two, three, four]}
      - {id: c, title: C, question: C?, levels: [zero, one, two, three, four]}
"""
ANSWERS = {
    "p": "a: 3\n  b: 1\n  c: {answer: not-applicable, reason: none}",
    "q": "a: 3\n  b: dont-know\n  c: {answer: not-applicable, reason: none}",
    "r": "a: 2\n  b: 3\n  c: {answer: not-applicable, reason: none}",
    "s": "a: 4\n  c: 2",
}


def put(folder: Path, people: dict[str, str], state: str = "closed") -> None:
    base = folder / "assessments" / "2026-Q4"
    (base / "answers").mkdir(parents=True)
    head = 'questionnaire: {id: three, version: "1.0.0"}\nteam: t\nround: 2026-Q4\nasked: full\n'
    for name, answers in people.items():
        text = f"format: assess.answers/1\n{head}respondent: {name}\nanswered: 2026-11-20\nanswers:\n  {answers}\n"
        (base / "answers" / f"{name}.yaml").write_text(text)
    (base / "round.yaml").write_text(f"format: assess.round/1\n{head}state: {state}\nexpected: 6\n")
    (folder / "own.yaml").write_text(QUESTIONNAIRE)


def test_the_worked_example_of_four_members(assess: Run, tmp_path: Path) -> None:
    put(tmp_path, ANSWERS)

    result = json.loads(assess("score", "--questionnaire", "own.yaml", "--format", "json").stdout)

    a, b, c = result["practices"]
    assert (a["score"], a["low"], a["high"]) == (75.0, 75.0, 75.0)
    assert (b["score"], b["low"], b["high"], b["scored"]) == (50.0, 25.0, 75.0, True)
    assert (c["score"], c["low"], c["scored"]) == (None, None, False)
    assert result["overall"]["score"] == 66.67  # weighting people first would give 72.92
    assert (result["overall"]["low"], result["overall"]["high"]) == (58.33, 75.0)
    assert result["overall"]["coverage"] == 0.75
    assert result["clarify"] == ["b"]


def test_a_sealed_round_shows_participation_and_no_number(assess: Run, tmp_path: Path) -> None:
    put(tmp_path, ANSWERS, state="open")

    told = assess("score", "--questionnaire", "own.yaml")
    data = json.loads(assess("score", "--questionnaire", "own.yaml", "--format", "json").stdout)
    checked = assess("check", "--questionnaire", "own.yaml")

    assert "4 of 6 have answered" in told.stdout
    assert "66" not in told.stdout
    assert "can read the files" in told.stdout
    assert data["overall"]["score"] is None
    assert data["practices"] == []
    assert checked.stdout == ""
    assert "4 of 6 have answered" in checked.stderr


def test_a_single_sheet_is_always_shown(assess: Run, tmp_path: Path) -> None:
    put(tmp_path, {"p": ANSWERS["p"]}, state="open")

    done = assess("score", "--questionnaire", "own.yaml")

    assert "58" in done.stdout


def test_control_characters_never_reach_the_terminal(assess: Run, tmp_path: Path) -> None:
    put(tmp_path, {"p": ANSWERS["p"]})
    hostile = QUESTIONNAIRE.replace("title: A,", 'title: "A\\u202e[link=x]",')
    (tmp_path / "own.yaml").write_text(hostile)

    done = assess("score", "--questionnaire", "own.yaml")

    assert "\u202e" not in done.stdout
    assert "A[U+202E][link=x]" in done.stdout


def test_what_an_older_round_leaves_out_is_named_and_cannot_steer_the_terminal(
    assess: Run, tmp_path: Path
) -> None:
    put(tmp_path, ANSWERS)
    revised = QUESTIONNAIRE.replace("1.0.0", "2.0.0").replace(
        "{id: b, title: B,", '{id: b, revised: "2.0.0", title: "B\\u202e",'
    )
    (tmp_path / "own.yaml").write_text(revised)

    done = assess("score", "--questionnaire", "own.yaml")
    result = json.loads(assess("score", "--questionnaire", "own.yaml", "--format", "json").stdout)

    assert "    B[U+202E] (revised in 2.0.0)\n" in done.stdout
    assert [practice["id"] for practice in result["practices"]] == ["a", "c"]
    assert result["left_out"] == [{"id": "b", "why": "revised", "version": "2.0.0"}]


def test_a_round_of_which_every_question_changed_shows_no_number(assess: Run, tmp_path: Path) -> None:
    put(tmp_path, ANSWERS)
    revised = QUESTIONNAIRE.replace("1.0.0", "2.0.0").replace(", question:", ', revised: "2.0.0", question:')
    (tmp_path / "own.yaml").write_text(revised)

    done = assess("score", "--questionnaire", "own.yaml")
    page = assess("report", "--questionnaire", "own.yaml", "-o", "-")

    assert "All together                  not scored" in done.stdout
    assert "<h1>Nothing is scored: every question has changed since it was answered</h1>" in page.stdout
    assert (done.returncode, page.returncode) == (0, 0)


def test_data_goes_to_standard_output_and_talk_to_standard_error(assess: Run, tmp_path: Path) -> None:
    put(tmp_path, ANSWERS)

    done = assess("score", "--questionnaire", "own.yaml", "--format", "json")

    assert done.stderr == ""
    assert json.loads(done.stdout)["format"] == "assess.result/1"
