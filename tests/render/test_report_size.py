"""The report stays small enough to send: a budget for a usual team, and no growth faster than the questions."""

from __future__ import annotations

import gzip

import pytest
from measured_team import LANGUAGES, Team, report

CEILING, CEILING_PACKED = 320_000, 57_000
"""What 49 practices, seven people and four rounds may cost in any language: bytes, as they are and packed by gzip.

Whoever adds a section sees what it weighs. The goal is 220 kB and 45 kB: `benchmarks/reporting.py` says how far.
"""


def weight(team: Team, language: str = "en") -> tuple[int, int]:
    page = report(team, language).encode()
    return len(page), len(gzip.compress(page, 9, mtime=0))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_usual_report_weighs_no_more_than_it_may(language: str) -> None:
    whole, packed = weight(Team(), language)

    assert whole <= CEILING
    assert packed <= CEILING_PACKED


def test_four_times_the_practices_cost_no_more_each() -> None:
    usual, long = weight(Team(practices=49)), weight(Team(practices=200))

    assert long[0] / 200 <= usual[0] / 49
    assert long[1] / 200 <= usual[1] / 49


def test_more_people_and_rounds_cost_little() -> None:
    usual, many = weight(Team()), weight(Team(people=15, rounds=8))

    assert many[0] <= usual[0] * 1.15
