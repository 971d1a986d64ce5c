"""Why a question is asked, for those who answer it: nothing of it says what level anybody describes."""

from __future__ import annotations

import pytest
from content.shipped import ALL

from assess.core.questionnaire import Practice
from assess.render.about import about

SHIPPED = ALL["shipping-practices"]
PRACTICES = SHIPPED.questionnaire.practices


def told(practice: Practice) -> list[tuple[str, str]]:
    dimension = SHIPPED.questionnaire.dimension_of[practice.id]
    return list(about(practice, dimension, SHIPPED.baselines))


@pytest.mark.parametrize("practice", PRACTICES.values(), ids=lambda p: p.id)
def test_no_baseline_leads_those_who_answer(practice: Practice) -> None:
    words = " ".join(text for _heading, text in told(practice))

    for baseline in SHIPPED.baselines:
        described = baseline.levels.get(practice.id)
        if described is not None:
            assert described.says not in words
            assert described.where not in words
            assert described.price is None or described.price not in words


def test_it_says_why_what_research_found_and_who_tells_of_it() -> None:
    headings = [heading for heading, _text in told(PRACTICES["mission-tiebreaker"])]

    assert headings == ["Why this is asked", "What research says", "Where that stands", "Who tells of it"]


def test_who_does_not_describe_a_practice_is_not_named() -> None:
    silent = next(p for p in PRACTICES if all(b.levels.get(p) is None for b in SHIPPED.baselines))

    assert "Who tells of it" not in [heading for heading, _text in told(PRACTICES[silent])]
