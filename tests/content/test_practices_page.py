"""The pages of the practices are made from the questionnaires' own files; the readings can be recounted."""

from __future__ import annotations

import importlib.util
import random
import re
from collections import Counter
from types import ModuleType

import pytest
from conftest import ROOT
from shipped import QUESTIONNAIRE


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    """The script that makes the page."""
    spec = importlib.util.spec_from_file_location("practices", ROOT / "docs" / "practices.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_pages_are_what_the_script_makes_of_todays_files(maker: ModuleType) -> None:
    pages = maker.pages()

    assert [path.name for path in pages] == ["change-reviews.md", "practices.md"]
    for path, text in pages.items():
        assert path.read_text(encoding="utf-8") == text, "renew it: python docs/practices.py"


def heads(text: str) -> set[str]:
    """The anchors that GitHub makes of a page's headings."""
    found = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).strip().replace(" ", "-") for head in found}


def test_every_link_inside_the_documentation_leads_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    for page in pages:
        text = page.read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            if re.match(r"https?:|mailto:", target):
                continue
            path, _hash, anchor = target.partition("#")
            place = page if not path else (page.parent / path).resolve()
            assert place.exists(), (page.name, target)
            if anchor and place.suffix == ".md":
                other = place.read_text(encoding="utf-8")
                assert anchor in heads(other) or f'id="{anchor}"' in other, (page.name, target)


@pytest.mark.parametrize("reader", ["a", "b"])
def test_a_reader_answers_every_question_for_every_team(maker: ModuleType, reader: str) -> None:
    answers = maker.reading(reader)

    assert set(answers) == {(team, p) for team in maker.TEAMS for p in QUESTIONNAIRE.practices}
    legal = {"dont-know", "not-applicable", *map(str, range(maker.LEVELS))}
    assert set(answers.values()) <= legal


def test_no_practice_has_two_far_disagreements(maker: ModuleType) -> None:
    both = maker.both_levels(maker.reading("a"), maker.reading("b"))
    far = Counter(practice for (_team, practice), (a, b) in both.items() if abs(a - b) >= maker.FAR)

    assert {p for p, n in far.items() if n > 1} == set()


def test_weighted_kappa_gives_what_the_textbook_gives(maker: ModuleType) -> None:
    """By hand for two levels: 20 and 15 agree, 5 and 10 do not; unweighted kappa .40 (weights do not matter)."""
    pairs = [(0, 0)] * 20 + [(0, 1)] * 5 + [(1, 0)] * 10 + [(1, 1)] * 15

    assert maker.weighted_kappa(pairs, 2) == pytest.approx(0.4)


def test_weighted_kappa_is_near_zero_for_readers_who_throw_dice(maker: ModuleType) -> None:
    dice = random.Random(7)  # noqa: S311  (dice, not secrets)
    pairs = [(dice.randrange(5), dice.randrange(5)) for _ in range(20_000)]

    assert abs(maker.weighted_kappa(pairs)) < 0.03


@pytest.mark.parametrize("team", ["operations", "data", "hardware", "agency"])
def test_a_diary_says_that_it_is_invented_and_names_no_level(team: str) -> None:
    text = (ROOT / "tests/anchors" / f"{team}.md").read_text(encoding="utf-8")

    assert "Invented" in text.splitlines()[2]
    assert not re.search(r"\blevel [0-4]\b", text, re.IGNORECASE)
    assert not any(p.id in text for p in QUESTIONNAIRE.practices.values())
