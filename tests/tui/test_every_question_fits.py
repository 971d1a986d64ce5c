"""Every question of the shipped questionnaires, in every language, is whole on a screen of 80 by 24."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sitting import Host, sit
from stores import Disk
from textual.containers import VerticalScroll
from textual.geometry import Size
from textual.pilot import Pilot

from assess.core import fitting
from assess.core.answers import Sheet
from assess.core.questionnaire import Questionnaire, QuestionnaireRef
from assess.core.translation import Translation, translated
from assess.files import builtin, languages
from assess.files.load import load
from assess.session import Session
from assess.tui import view
from assess.tui.rows import Rows


def _shown(path: Path) -> dict[str, Questionnaire]:
    own = load(path, Questionnaire).value
    assert own is not None
    texts = {tag: load(file, Translation).value for tag, file in languages.beside(path, "translations").items()}
    return {"en": own} | {tag: translated(own, value) for tag, value in texts.items() if value is not None}


SHOWN = {
    f"{name}-{language}": questionnaire
    for name, path in builtin.questionnaires().items()
    for language, questionnaire in _shown(path).items()
}
WIDTH = 78
"""Columns of 80 less the margins."""
ROWS = 20
"""Rows of 24 less head, bottom line and the lines between."""


def sitting(questionnaire: Questionnaire) -> Session:
    """Everything is asked, the sensitive practice too."""
    sheet = Sheet(
        questionnaire=QuestionnaireRef(id=questionnaire.id, version=questionnaire.version),
        team="payments",
        round="2026-Q4",
        respondent="ada",
        asked="full",
        answered=date(2026, 11, 23),
    )
    asked = tuple(questionnaire.practices)
    noon = datetime(2026, 11, 23, 14, 3)  # noqa: DTZ001  (the clock of the wall, as cli gives it)
    return Session(questionnaire, asked, sheet, Disk(), lambda: noon)


@pytest.mark.parametrize(
    ("shown", "practice"), [(name, practice) for name, asked in SHOWN.items() for practice in asked.practices]
)
def test_a_question_with_its_levels_fits(shown: str, practice: str) -> None:
    session = sitting(SHOWN[shown])
    session.go(list(session.questionnaire.practices).index(practice))

    _head, named = view.header(session, str, WIDTH)
    question = view.question(session, str, WIDTH, dimension=not named)
    rows = Rows(view.levels(session, str)).get_content_height(Size(WIDTH, ROWS), Size(80, 24), WIDTH)

    assert len(question) + rows <= ROWS
    assert all(line.cell_length <= WIDTH for line in question)


WORDS = {"en": "often enough ", "zh-Hans": "足够经常，"}


def asking(lines: int, language: str, levels: int = 5) -> str:
    """A questionnaire whose second question needs so many lines; its first is short."""
    question = "\\n".join(["?"] * (lines - levels - fitting.BESIDE - 2))
    texts = "".join(f", {i}. {WORDS[language]}" for i in range(levels))[2:]
    return (
        'format: assess.questionnaire/1\nid: own\nversion: "1"\ntitle: Own\n'
        f"language: {language}\ndimensions:\n  - id: d\n    title: Habits of the team\n    practices:\n"
        "      - {id: short, title: Short, question: How?, levels: [no, yes]}\n"
        f'      - {{id: long, title: Long, question: "{question}", levels: [{texts}]}}\n'
    )


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("lines", [12, fitting.LINES, fitting.LINES + 1])
def test_what_is_said_to_fit_is_whole_on_the_screen_and_nothing_else(
    tmp_path: Path, lines: int, language: str
) -> None:
    path = tmp_path / "q" / "questionnaire.yaml"
    path.parent.mkdir()
    path.write_text(asking(lines, language), encoding="utf-8")
    asked = load(path, Questionnaire).value
    assert asked is not None
    long_name = "a team whose name leaves no room for anything beside it in the head"
    seen = []

    async def look(pilot: Pilot[None]) -> None:
        await pilot.press("enter")
        await pilot.pause()
        body = pilot.app.screen.query_one("#body", VerticalScroll)
        seen.append((sum(part.outer_size.height for part in body.children), body.max_scroll_y))

    sit(Host(tmp_path, respondent="ada", team=long_name, expected=6, asked="full"), look)

    said = list(fitting.check_fits(asked))
    assert seen == [(lines, max(0, lines - fitting.LINES))]
    assert [f.route for f in said] == [("dimensions", 0, "practices", 1, "question")] * (lines > fitting.LINES)
    assert all(f"take {lines} lines" in str(f.message) for f in said)


TEXTS = st.text("ab c，。小明é", min_size=1, max_size=300).filter(lambda text: text.strip() == text)


@settings(derandomize=True, deadline=None)
@given(TEXTS, TEXTS, st.lists(TEXTS, min_size=2, max_size=7), TEXTS)
def test_what_is_measured_is_what_the_screen_lays_out(
    title: str, question: str, levels: list[str], dimension: str
) -> None:
    practice = {"id": "p", "title": title, "question": question, "levels": levels}
    ours = Questionnaire.model_validate(
        {
            "format": "assess.questionnaire/1", "id": "q", "version": "1", "title": "Q", "language": "en",
            "dimensions": [{"id": "d", "title": dimension, "practices": [practice]}],
        }
    )  # fmt: skip
    session = sitting(ours)

    shown = len(view.question(session, str, WIDTH, dimension=True))
    rows = Rows(view.levels(session, str)).get_content_height(Size(WIDTH, ROWS), Size(80, 24), WIDTH)

    assert fitting.lines_of(ours.practices["p"], number=1, dimension=dimension) == shown + rows


@pytest.mark.parametrize("shown", SHOWN)
def test_the_shipped_questions_fit_whatever_the_team_is_called(shown: str) -> None:
    assert list(fitting.check_fits(SHOWN[shown])) == []
