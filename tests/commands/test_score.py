"""`assess score`: the published numbers, the worked example, and silence about a sealed round."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
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


def test_each_number_is_explained_down_to_the_counts(assess: Run, tmp_path: Path) -> None:
    put(tmp_path, ANSWERS)

    told = assess("score", "--questionnaire", "own.yaml", "--explain").stdout

    assert told == (
        "All together: 66.67\n"
        "  Only: 66.67 = (2 × 75.00 + 50.00) ÷ 3\n"
        "    A (counts 2 times): 75.00 = 100 × (1 × 0.5 + 2 × 0.75 + 1 × 1) ÷ 4\n"
        "      answers: 1×2 2×3 1×4\n"
        "    B: 50.00 = 100 × (1 × 0.25 + 1 × 0.75) ÷ 2\n"
        "      answers: 1×1 1×3 ?1 ·1\n"
        "    C: not scored\n"
        "      answers: 1×2 x3\n"
    )


def test_one_practice_is_explained_with_all_its_sums(assess: Run, tmp_path: Path) -> None:
    put(tmp_path, ANSWERS)

    told = assess("score", "--questionnaire", "own.yaml", "--explain", "b").stdout

    for line in (
        "2 of 4 gave a level; half of them is enough for a score",
        "could be 25.00 to 75.00: all unknown answers at the lowest level, and at the highest",
        "level 1: the lower median, which at least half reach",
        "mean level 2.00 = (1 × 1 + 1 × 3) ÷ 2",
        "agreement 0.00 = 1 − 2.00 ÷ 2: the variance of the levels, and of answers at random",
        "one answer moves the score by 12.5 points",
    ):
        assert f"      {line}\n" in told
    assert "A (counts" not in told


def test_the_explanation_is_json_too_and_knows_no_other_practice(assess: Run, tmp_path: Path) -> None:
    put(tmp_path, ANSWERS)
    words = ("score", "--questionnaire", "own.yaml", "--format", "json", "--explain")

    tree = json.loads(assess(*words).stdout)
    assert (tree["format"], tree["kind"], tree["score"]) == ("assess.derivation/1", "total", 66.67)
    (only,) = tree["parts"]
    assert [(p["id"], p["weight"], p["arithmetic"]) for p in only["parts"]] == [
        ("a", 2.0, "100 × (1 × 0.5 + 2 × 0.75 + 1 × 1) ÷ 4"),
        ("b", 1.0, "100 × (1 × 0.25 + 1 × 0.75) ÷ 2"),
        ("c", 1.0, None),
    ]
    assert only["parts"][1]["counts"] == [0, 1, 0, 1, 0]
    assert json.loads(assess(*words, "b").stdout)["id"] == "b"

    wrong = assess(*words, "bb")
    assert wrong.returncode == 2
    assert "the round asks no practice “bb”" in wrong.stderr
    assert "did you mean “b”?" in wrong.stderr


def test_the_way_so_far_is_told_round_by_round(assess: Run, tmp_path: Path) -> None:
    put(tmp_path, ANSWERS)
    older = tmp_path / "assessments" / "2026-Q3" / "answers"
    older.mkdir(parents=True)
    for path in (tmp_path / "assessments/2026-Q4/answers").iterdir():
        text = path.read_text().replace("2026-Q4", "2026-Q3").replace("2026-11-20", "2026-08-20")
        (older / path.name).write_text(text.replace("a: 3", "a: 0").replace("a: 4", "a: 1"))

    told = assess("score", "--questionnaire", "own.yaml").stdout
    (moved,) = json.loads(assess("score", "--questionnaire", "own.yaml", "--format", "json").stdout)["trend"]

    assert "Over time: 2026-Q3 → 2026-Q4 29 → 67 +38 over 2 practices" in " ".join(told.split())
    assert (moved["before"], moved["after"], moved["practices"]) == ("2026-Q3", "2026-Q4", 2)
    assert moved["overall"]["verdict"] == "changed"
    first = assess("score", "--questionnaire", "own.yaml", "--round", "2026-Q3").stdout
    assert "Over time" not in first


@pytest.mark.parametrize("format_", ["text", "json"])
def test_what_is_sealed_is_not_explained(assess: Run, tmp_path: Path, format_: str) -> None:
    put(tmp_path, ANSWERS, state="open")

    told = assess("score", "--questionnaire", "own.yaml", "--explain", "a", "--format", format_).stdout

    assert "75" not in told
    assert "×" not in told


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
