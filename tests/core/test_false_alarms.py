"""How often a change is told though there is none: the published figures, and the tables of docs/diff.md."""

from __future__ import annotations

import importlib.util
import re
import sys
from fractions import Fraction
from itertools import product
from types import ModuleType

import pytest
from conftest import ROOT

PAGE = (ROOT / "docs" / "diff.md").read_text(encoding="utf-8")
RENEW = "renew it: python benchmarks/false_alarms.py --write"


@pytest.fixture(scope="module")
def alarms() -> ModuleType:
    """The script that measures."""
    spec = importlib.util.spec_from_file_location("false_alarms", ROOT / "benchmarks" / "false_alarms.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # a dataclass looks its own module up
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("people", "half", "three_quarters"),
    [
        (3, "16", "1.6"),
        (4, "22.7", "4.2"),
        (5, "7.1", "1.0"),
        (6, "10.1", "0.2"),
        (8, "4.7", None),
        (10, "2.2", None),
        (15, "0.2", None),
    ],
)
def test_the_noise_that_is_assumed_moves_a_mean_as_often_as_published(
    alarms: ModuleType, people: int, half: str, three_quarters: str | None
) -> None:
    def printed(levels: Fraction, like: str) -> str:
        return f"{100 * float(alarms.shifted(people, levels)):.{len(like.partition('.')[2])}f}"

    assert printed(Fraction(1, 2), half) == half
    assert three_quarters is None or printed(Fraction(3, 4), three_quarters) == three_quarters


@pytest.mark.parametrize("people", range(2, 7))
def test_the_exact_chances_are_those_of_every_way_in_which_people_can_answer(
    alarms: ModuleType, people: int
) -> None:
    counted: dict[int, Fraction] = {}
    for steps in product(alarms.NOISE, repeat=people):
        chance = Fraction(1)
        for step in steps:
            chance *= alarms.NOISE[step]
        counted[sum(steps)] = counted.get(sum(steps), Fraction(0)) + chance

    assert alarms.summed(alarms.NOISE, people) == counted
    assert sum(alarms.words(people).values()) == 1


def test_the_noise_is_the_one_that_the_product_assumes(alarms: ModuleType) -> None:
    from assess.core.change import NOISE

    apart = [(now - then, a * b) for then, a in alarms.WOBBLE.items() for now, b in alarms.WOBBLE.items()]

    assert sum(chance * step * step for step, chance in alarms.NOISE.items()) == NOISE * alarms.TOP**2
    assert sum(chance * step * step for step, chance in apart) == NOISE * alarms.TOP**2


@pytest.mark.parametrize("people", range(2, 16))
def test_a_false_alarm_is_rare_at_any_size(alarms: ModuleType, people: int) -> None:
    assert alarms.words(people)["changed"] <= Fraction(8, 100)


def test_the_page_has_the_exact_table_and_says_where_the_aim_is_missed(alarms: ModuleType) -> None:
    exact = tuple(alarms.exact_rows())

    assert alarms.with_table(PAGE, "exact", exact) == PAGE, RENEW
    *most, last = alarms.above_the_aim(exact, 2)
    words = " ".join(PAGE.split())
    assert f"above 5 percent with {', '.join(most)} and {last} people, {highest(exact, 2)} at most" in words
    assert f"can then only come back: {highest(exact, 4)} at most" in words
    assert f"no team drifts from an end: {highest(exact, 5)} at most" in words
    shares = [float(row[6]) for row in exact[1:]]
    assert f"**{min(shares):.0f} to {max(shares):.0f} percent**" in words


def highest(rows: tuple[tuple[str, ...], ...], column: int) -> str:
    return max((row[column] for row in rows[1:]), key=float)


@pytest.mark.slow
def test_the_page_has_what_whole_rounds_gave(alarms: ModuleType) -> None:
    """Two rows of thirteen and more: each is measured by itself, and the same at every run."""
    rows = alarms.simulated_row(3), alarms.moody_row(alarms.SHARED[2])

    for row in rows:
        assert f"| {' | '.join(row)} |\n" in PAGE, RENEW


def test_whole_rounds_err_as_often_as_the_exact_table_says(alarms: ModuleType) -> None:
    of_level = {level: alarms.falls_back(level) for level in range(alarms.TOP + 1)}
    (table,) = re.findall(r"<!-- simulated -->\n(.*?)\n<!-- end -->", PAGE, re.DOTALL)
    rows = [line.strip("| ").split(" | ") for line in table.splitlines()[2:]]

    assert [int(row[0]) for row in rows] == list(alarms.PEOPLE)
    for people, changed, *_rest in rows:
        # 19,200 practices: three standard errors are .6 at most
        assert float(changed) == pytest.approx(100 * float(alarms.near_edges(int(people), of_level)), abs=0.6)
