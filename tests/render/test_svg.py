"""Pictures: marks lie where the numbers say, and on the scale."""

from __future__ import annotations

import re

import pytest

from assess.render import svg


def _track(**changes: object) -> str:
    values = {
        "top": 4,
        "mean": 1.5,
        "marks": (3, None),
        "goal": 3,
        "reach": 3.0,
        "counts": (),
        "stack": 0,
        **changes,
    }
    return str(svg.track(svg.Track(**values)))  # type: ignore[arg-type]


def _dots(drawn: str) -> list[tuple[float, float]]:
    path = re.search(r'class="dots"[^>]* d="([^"]*)"', drawn)
    return [(float(x), float(y)) for x, y in re.findall(r"M([\d.]+) ([\d.]+)h", path[1])] if path else []


@pytest.mark.parametrize("mean", [0, 0.17, 1, 2.5, 4])
def test_the_team_lies_where_its_mean_is(mean: float) -> None:
    x = re.search(r'<circle class="team"[^>]* cx="([\d.]+)"', _track(mean=mean))

    assert x is not None
    assert float(x[1]) == pytest.approx(svg.PAD + mean / 4 * (svg.WIDTH - 2 * svg.PAD), abs=0.01)


def test_equal_answers_are_stacked_and_never_leave_their_level() -> None:
    dots = _dots(_track(counts=(2, 0, 0, 3, 0), stack=3))

    assert {x for x, _y in dots} == {svg.position(0, 4), svg.position(3, 4)}
    assert len(set(dots)) == 5


@pytest.mark.parametrize("stack", [1, 6, 15, 200])
def test_every_answer_has_a_mark_of_its_own_inside_the_picture(stack: int) -> None:
    drawn = _track(counts=(0, stack, 0, 0, 1), stack=stack)
    height = float(re.search(r'viewBox="0 0 [\d.]+ ([\d.]+)"', drawn)[1])  # type: ignore[index]
    dots = _dots(drawn)

    assert len(dots) == stack + 1
    assert all(0 < y < height for _x, y in dots)
    assert height < 60


def test_what_is_not_scored_draws_no_team_and_no_gap() -> None:
    drawn = _track(mean=None, reach=None)

    assert 'class="team"' not in drawn
    assert 'class="reach"' not in drawn


def test_what_is_not_described_draws_no_mark() -> None:
    assert _track(marks=(None, None)).count('class="mark') == 0


def test_baselines_differ_by_shape() -> None:
    shapes = {re.search(r'class="mark (\w+)"', str(svg.legend("baseline", i)))[1] for i in range(4)}  # type: ignore[index]

    assert len(shapes) == 4


@pytest.mark.parametrize("top", [1, 3, 6])
def test_any_number_of_levels_fits_the_scale(top: int) -> None:
    drawn = _track(top=top, mean=top, marks=(top, 0), goal=top, reach=None, counts=(0,) * top + (1,), stack=1)

    assert all(0 <= x <= svg.WIDTH for x, _y in _dots(drawn))


def test_a_band_is_drawn_only_where_something_is_unknown() -> None:
    assert 'class="range"' not in svg.span(50, 50, 50)
    assert 'class="range"' in svg.span(50, 40, 60)
    assert 'class="range"' in svg.span(None, 0, 100)


def test_no_picture_carries_inline_style() -> None:
    for drawn in (svg.span(1, 0, 2), svg.axis((0, 4)), svg.legend("goal"), svg.legend("answer")):
        assert "style=" not in drawn
