"""Small questionnaires, sheets and rounds for the tests of the core, and strategies that make any of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from assess.core.answers import TEAM, Answer, Sheet
from assess.core.questionnaire import Baseline, Questionnaire
from assess.core.round import Assessment, Round

DAY = date(2026, 11, 2)
LAW = settings(derandomize=True, deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
"""What is tried for a law: always the same examples, however slow the machine."""


def practice(id_: str, **changes: Any) -> dict[str, Any]:
    return {"id": id_, "title": id_, "question": "?", "levels": ["0", "1", "2", "3", "4"], **changes}


def questionnaire(*practices: dict[str, Any], dimensions: Any = None, **changes: Any) -> Questionnaire:
    """One dimension `d` with these practices, or the dimensions given."""
    return Questionnaire.model_validate(
        {
            "format": "assess.questionnaire/1",
            "id": "q",
            "version": "1",
            "title": "Q",
            "language": "en",
            "dimensions": dimensions or [{"id": "d", "title": "D", "practices": list(practices)}],
            **changes,
        }
    )


def sheet(respondent: str = "p", answers: Mapping[str, Any] | None = None, **changes: Any) -> Sheet:
    """A sheet; an answer of None is unanswered."""
    given = {pid: answer for pid, answer in (answers or {}).items() if answer is not None}
    return Sheet.model_validate(
        {
            "questionnaire": {"id": "q", "version": "1"},
            "team": "t",
            "round": "r",
            "respondent": respondent,
            "asked": "full",
            "answered": DAY,
            "answers": given,
            **changes,
        }
    )


def round_(**changes: Any) -> Round:
    data = {
        "round": "r",
        "team": "t",
        "state": "closed",
        "asked": "full",
        "questionnaire": {"id": "q", "version": "1"},
    }
    return Round.model_validate({**data, **changes})


def assessment(*sheets: Sheet, team: Sheet | None = None, name: str = "r", **of_round: Any) -> Assessment:
    return Assessment(name, round_(round=name, **of_round), sheets, team)


def answered(practice_id: str, *answers: Any) -> Assessment:
    """A round in which so many people answered one practice so."""
    return assessment(*(sheet(f"m{i}", {practice_id: answer}) for i, answer in enumerate(answers)))


def team_sheet(answers: Mapping[str, Any], **changes: Any) -> Sheet:
    return sheet(TEAM, answers, **changes)


def baseline(levels: Mapping[str, int | None], id_: str = "b") -> Baseline:
    described = {
        pid: None if level is None else {
            "level": level, "confidence": "high", "source": "s", "where": "w", "says": "s",
        }
        for pid, level in levels.items()
    }  # fmt: skip
    source = {"id": "s", "title": "S", "author": "A", "date": "2025"}
    return Baseline.model_validate(
        {
            "format": "assess.baseline/1",
            "id": id_,
            "questionnaire": "q",
            "title": "B",
            "sources": [source],
            "levels": described,
        }
    )


@st.composite
def level_lists(draw: st.DrawFn) -> list[Any]:
    """Two to seven levels, with equal steps or with own values that rise from 0 to 1."""
    count = draw(st.integers(2, 7))
    if draw(st.booleans()):
        return [f"level {i}" for i in range(count)]
    between = draw(st.lists(st.integers(1, 999), min_size=count - 2, max_size=count - 2, unique=True))
    values = [0, *sorted(between), 1000]
    return [{"text": f"level {i}", "value": value / 1000} for i, value in enumerate(values)]


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """One to three dimensions of one to four practices, any weights above 0."""
    weights = st.sampled_from([1, 2, 0.5, 0.1, 3.7, 1000])
    groups = st.sampled_from([None, "drive", "flow", "brakes"])
    dimensions = []
    for d in range(draw(st.integers(1, 3))):
        practices = [
            practice(f"p{d}-{p}", levels=draw(level_lists()), weight=draw(weights))
            for p in range(draw(st.integers(1, 4)))
        ]
        title = f"D{d}"
        dimensions.append(
            {"id": f"d{d}", "title": title, "weight": draw(weights), "group": draw(groups), "practices": practices}
        )
    return questionnaire(dimensions=dimensions)


@st.composite
def rounds(draw: st.DrawFn) -> tuple[Questionnaire, Assessment]:
    """Any questionnaire, answered by one to six people in any of the five ways."""
    questions = draw(questionnaires())
    sheets = []
    for member in range(draw(st.integers(1, 6))):
        answers = {
            pid: draw(
                st.sampled_from(
                    [None, "dont-know", "not-applicable", *range(len(p.levels)), *range(len(p.levels))]
                )
            )
            for pid, p in questions.practices.items()
        }
        sheets.append(sheet(f"m{member}", answers))
    return questions, assessment(*sheets)


def with_answer(round_of: Assessment, member: int, practice_id: str, answer: Any) -> Assessment:
    """The same round with one answer changed."""
    changed = round_of.sheets[member].with_answer(practice_id, Answer(answer=answer), DAY)
    sheets = tuple(changed if i == member else s for i, s in enumerate(round_of.sheets))
    return Assessment(round_of.name, round_of.round, sheets, round_of.team_sheet)
