"""The long walk: the full questionnaire, answered in a real terminal of 80 by 24, in each language, uncut."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from terminal import Terminal

from assess.core.questionnaire import Practice, Questionnaire
from assess.core.translation import Translation, translated
from assess.files import builtin, languages
from assess.files.load import load

PATH = builtin.questionnaires()["shipping-practices"]
ENDS = {"en": "Your answers, ada", "zh-Hans": "ada，这是你的回答", "zh-Hant": "ada，這是你的回答"}


def questionnaire(language: str) -> Questionnaire:
    own = load(PATH, Questionnaire).value
    assert own is not None
    path = languages.beside(PATH, "translations").get(language)
    texts = None if path is None else load(path, Translation).value
    return own if texts is None else translated(own, texts)


def together(text: str) -> str:
    """Text as it reads when lines are put together again: without any blank."""
    return re.sub(r"\s+", "", text)


def whole(practice: Practice) -> list[str]:
    return [practice.title, practice.question, *(f"{i} {level.text}" for i, level in enumerate(practice.levels))]


@pytest.mark.slow
@pytest.mark.terminal
@pytest.mark.parametrize("language", ENDS)
def test_the_full_questionnaire_is_answered_with_nothing_cut(command: str, tmp_path: Path, language: str) -> None:
    asked = questionnaire(language)
    practices = [asked.practices[p] for p in asked.asked("full")]
    start = f"{command} run --as ada --team payments --full --lang {language} --today 2026-11-23"

    with Terminal(tmp_path / "s", start, tmp_path) as window:
        for number, practice in enumerate(practices, start=1):
            screen = window.wait_for(f"{number}. {practice.title}")
            read = together(screen)
            assert [text for text in whole(practice) if together(text) not in read] == [], screen
            assert screen.rstrip("\n").count("\n") < 24
            window.keys(str(number % 5))
            window.wait_for(f"✓ {number % 5}")
            window.keys("Enter")
        window.wait_for("48")
        window.keys("f")
        window.wait_for(ENDS[language])
        window.keys("Enter")
        window.wait_for("exit code: 0", "git add assessments/2026-Q4/answers/ada.yaml")

    sheet = (tmp_path / "assessments/2026-Q4/answers/ada.yaml").read_text(encoding="utf-8")
    given = re.findall(r"^  ([a-z-]+): (\d)$", sheet, re.MULTILINE)
    assert given == [(p.id, str(n % 5)) for n, p in enumerate(practices, start=1)]
