"""Questionnaires and sheets that nobody wrote, of any length: folders of a team to measure in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from assess.core.answers import Answer, Sheet
from assess.core.questionnaire import QuestionnaireRef
from assess.core.round import Round
from assess.files import save

DAY = date(2026, 11, 20)
REFERENCE = QuestionnaireRef(id="invented", version="1.0.0")
TITLE = "Question number 1 "
"""How the title of the first question begins."""
HEAD = """\
format: assess.questionnaire/1
id: invented
version: "1.0.0"
title: A questionnaire that was invented
language: en
dimensions:
"""
DIMENSION = """\
  - id: dimension-{d}
    title: Dimension number {d}
    asks: Does the team look at what it does {d} times, and change what does not help it?
    practices:
"""
PRACTICE = """\
      - id: practice-{n}
        title: Question number {n} of many
        pulse: true
        goal: 3
        question: >-
          Your last five pieces of work: for how many of them did somebody who does not do this for
          a living look at number {n} before anybody else had to wait for it?
        levels:
          - None of them, or nobody can say for which of the five pieces it was so.
          - At least one of the five, and somebody can show where number {n} was looked at.
          - At least two of the five, and the rest was looked at within the same working week.
          - At least four of the five, each of them on the working day on which it was asked for.
          - All five, within an hour, and whoever asked has read what came of it.
        overdone: Everybody looks at everything, and number {n} waits for the slowest of them.
        next_step: Agree on one hour of the day in which what waits is looked at.
        evidence:
          grade: weak
          says: Two surveys of some forty teams see them go together; neither can say which comes first.
          references: ["A survey that was invented, number {n}, 2026"]
"""


def questionnaire(folder: Path, count: int) -> Path:
    """A questionnaire of so many questions, five in each dimension."""
    parts = [HEAD]
    for n in range(1, count + 1):
        if n % 5 == 1:
            parts.append(DIMENSION.format(d=n // 5 + 1))
        parts.append(PRACTICE.format(n=n))
    path = folder / "questionnaires" / "invented" / "questionnaire.yaml"
    save.write(path, "".join(parts))
    return path


def answered(folder: Path, count: int) -> None:
    """An open round in which ada has answered all questions, every third one with a note."""
    answers = {
        f"practice-{n}": Answer(answer=n % 5, note="Since May.\nSee the wiki.\n" if n % 3 == 0 else "")
        for n in range(1, count + 1)
    }
    round_ = Round(round="2026-Q4", team="payments", state="open", asked="full", questionnaire=REFERENCE)
    sheet = Sheet(
        questionnaire=REFERENCE, team="payments", round="2026-Q4", respondent="ada", asked="full",
        answered=DAY, answers=answers,
    )  # fmt: skip
    place = folder / "assessments" / "2026-Q4"
    save.write(place / "round.yaml", save.round_text(round_))
    save.write(place / "answers" / "ada.yaml", save.sheet_text(sheet, tuple(answers)))
