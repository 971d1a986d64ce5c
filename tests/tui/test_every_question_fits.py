"""Every question of the shipped questionnaire, in every language, is whole on a screen of 80 by 24."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from stores import Disk
from textual.geometry import Size

from assess.core.answers import Sheet
from assess.core.questionnaire import Practice, Questionnaire, QuestionnaireRef
from assess.core.translation import Translation, translated
from assess.files import builtin, languages
from assess.files.load import load
from assess.session import Session
from assess.tui import view
from assess.tui.rows import Rows

PATH = builtin.questionnaires()["shipping-practices"]
ENGLISH = load(PATH, Questionnaire).value
assert ENGLISH is not None
SHOWN = {"en": ENGLISH} | {
    tag: translated(ENGLISH, texts)
    for tag, path in languages.beside(PATH, "translations").items()
    if (texts := load(path, Translation).value) is not None
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


@pytest.mark.parametrize("language", SHOWN)
@pytest.mark.parametrize("practice", ENGLISH.practices.values(), ids=lambda p: p.id)
def test_a_question_with_its_levels_fits(practice: Practice, language: str) -> None:
    session = sitting(SHOWN[language])
    session.go(list(session.questionnaire.practices).index(practice.id))

    _head, named = view.header(session, str, WIDTH)
    question = view.question(session, str, WIDTH, dimension=not named)
    rows = Rows(view.levels(session, str)).get_content_height(Size(WIDTH, ROWS), Size(80, 24), WIDTH)

    assert len(question) + rows <= ROWS
    assert all(line.cell_length <= WIDTH for line in question)
