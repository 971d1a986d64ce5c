"""Numbers to small SVG pictures for the report. No text from a file ever comes here: only numbers are drawn.

Geometry stands in presentation attributes, colour in classes, so that no policy against inline style can break a
picture. The words beside a picture (its label) are the template's business.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

WIDTH = 232
PAD = 9
"""Room left and right of the scale, so that a mark on its end is whole."""
SPAN_WIDTH = 180
AXIS = 14
DOTS_TOP = 22
DOTS_ROOM = 22
DENSE = 3.2
"""Dots closer than this would be specks: short strokes are drawn instead."""
PITCH = 4.5
"""Distance between two stacked dots, where there is room."""
SPARK_WIDTH, SPARK_HEIGHT, SPARK_PAD = 56, 24, 4
HISTOGRAM_WIDTH, HISTOGRAM_HEIGHT = 140, 62
SHAPES = ("bar", "triangle", "square", "cross")
"""The marks of the first, second, ... baseline; more than four begin again."""


@dataclass(frozen=True, slots=True)
class Track:
    """One row of the gap table: levels 0 to `top`, and what lies where.

    `marks` has one level per baseline (None: not described), `reach` is the level up to which the gap is drawn,
    `counts` one number per level and is empty where no single answers may be drawn; `stack` is the highest count
    of the whole table, so that a dot has one size everywhere.
    """

    top: int
    mean: float | None
    marks: tuple[int | None, ...]
    goal: float | None
    reach: float | None
    counts: tuple[int, ...]
    stack: int


def _n(value: float) -> str:
    """A coordinate: at most two decimals, none where it is whole."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _svg(width: float, height: float, body: str) -> Markup:
    w, h = _n(width), _n(height)
    head = f'<svg viewBox="0 0 {w} {h}" width="{w}" height="{h}" fill="none">'
    return Markup(f"{head}{body}</svg>")  # noqa: S704  (the one place; numbers and our own class names only)


def position(level: float, top: int) -> float:
    """Where a level lies on the scale, in units of the picture.

    >>> position(0, 4), position(4, 4)
    (9.0, 223.0)
    """
    return PAD + level / top * (WIDTH - 2 * PAD)


def dots_pitch(stack: int) -> float:
    """The distance between stacked dots when the highest stack has `stack` of them."""
    if not stack:
        return 0.0
    pitch = DOTS_ROOM / stack
    return min(PITCH, pitch) if pitch >= DENSE else min(DENSE, DOTS_ROOM * 1.4 / stack)


def track(row: Track) -> Markup:
    """The picture of one practice: scale, gap, baselines, goal, team, and a dot for each answer."""
    body = [_scale([position(i, row.top) for i in range(row.top + 1)], AXIS)]
    if row.mean is not None and row.reach is not None:
        a, b = _n(position(row.mean, row.top)), _n(position(row.reach, row.top))
        body.append(f'<path class="reach" stroke="#858b94" stroke-width="4" d="M{a} {AXIS}H{b}"/>')
    if row.goal is not None:
        body.append(goal_mark(position(row.goal, row.top), AXIS))
    for i, level in enumerate(row.marks):
        if level is not None:
            body.append(baseline_mark(i, position(level, row.top), AXIS))
    if row.mean is not None:
        body.append(team_mark(position(row.mean, row.top), AXIS))
    body.append(_stacks(row))
    pitch = dots_pitch(row.stack)
    return _svg(WIDTH, DOTS_TOP + row.stack * pitch if row.stack else AXIS * 2, "".join(body))


def _scale(ticks: Sequence[float], y: float) -> str:
    marks = "".join(f"M{_n(x)} {_n(y - 3)}v6" for x in ticks)
    line = f"M{_n(ticks[0])} {_n(y)}H{_n(ticks[-1])}{marks}"
    return f'<path class="scale" stroke="#858b94" d="{line}"/>'


def axis(numbers: Sequence[int], width: int = WIDTH) -> Markup:
    """The numbers of a scale, each above its tick."""
    top = max(numbers)
    text = "".join(
        f'<text x="{_n(PAD + n / top * (width - 2 * PAD))}" y="10" text-anchor="middle">{n}</text>'
        for n in numbers
    )
    return _svg(width, 12, f'<g class="axis" fill="#555b63" font-size="12">{text}</g>')


def _stacks(row: Track) -> str:
    """One mark per answer: equal answers hang below their level in one column."""
    pitch = dots_pitch(row.stack)
    dense = pitch <= DENSE
    half = 4 if dense else 0
    points = [
        f"M{_n(position(level, row.top) - half)} {_n(DOTS_TOP + pitch * (k + 0.5))}h{half * 2}"
        for level, count in enumerate(row.counts)
        for k in range(count)
    ]
    if not points:
        return ""
    return _dots(points, pitch * 0.65, "butt") if dense else _dots(points, pitch - 0.5)


def _dots(points: Sequence[str], size: float, cap: str = "round") -> str:
    return (
        f'<path class="dots" stroke="#555b63" stroke-linecap="{cap}" '
        f'stroke-width="{_n(size)}" d="{"".join(points)}"/>'
    )


def team_mark(x: float, y: float) -> str:
    """A filled circle."""
    return f'<circle class="team" fill="#0b5394" cx="{_n(x)}" cy="{_n(y)}" r="5.5"/>'


def goal_mark(x: float, y: float) -> str:
    """A hollow diamond."""
    shape = f"M{_n(x)} {_n(y - 6.5)}l6.5 6.5l-6.5 6.5l-6.5-6.5z"
    return f'<path class="goal" fill="#fff" stroke="#1a1c1f" stroke-width="1.5" d="{shape}"/>'


def baseline_mark(index: int, x: float, y: float) -> str:
    """The mark of a baseline by its place in the list: the shape tells them apart, the colour only repeats it."""
    shape = SHAPES[index % len(SHAPES)]
    left, above = _n(x - 5), _n(y - 14)
    drawn = {
        "bar": f'd="M{_n(x - 2)} {_n(y - 7)}h4v14h-4z" fill="#b45f06"',
        "triangle": f'd="M{left} {above}h10l-5 7z" fill="#7b2d8e"',
        "square": f'd="M{left} {_n(y - 5)}h10v10h-10z" stroke="#00695c" stroke-width="2"',
        "cross": f'd="M{left} {_n(y - 5)}l10 10m0-10l-10 10" stroke="#9c1f4a" stroke-width="2"',
    }
    return f'<path class="mark {shape}" {drawn[shape]}/>'


def legend(kind: str, index: int = 0) -> Markup:
    """The mark `team`, `goal`, `answer` or `baseline` by itself, for the legend."""
    drawn = {
        "team": team_mark(8, 9),
        "goal": goal_mark(8, 9),
        "answer": _dots(["M8 4.5h0", "M8 9.5h0", "M8 14.5h0"], 4.2),
        "baseline": baseline_mark(index, 8, 18 if SHAPES[index % len(SHAPES)] == "triangle" else 9),
        "range": '<path class="range" stroke="#7394b3" stroke-width="8" d="M1 9H15"/>',
    }
    return _svg(16, 18, drawn[kind])


def spark(means: Sequence[float | None], top: int) -> Markup:
    """Mean levels over rounds, oldest first, as a line that breaks where a round has none; the last is a dot."""
    wide, high = SPARK_WIDTH - 2 * SPARK_PAD, SPARK_HEIGHT - 2 * SPARK_PAD
    step = wide / max(1, len(means) - 1)
    line, last = "", ""
    for i, mean in enumerate(means):
        if mean is None:
            last = ""
            continue
        here = f"{_n(SPARK_PAD + i * step)} {_n(SPARK_PAD + (1 - mean / top) * high)}"
        line += f"L{here}" if last else f"M{here}h0"  # a round between two without a mean is a point
        last = here
    body = f'<path class="spark" stroke="#555b63" stroke-width="1.5" stroke-linecap="round" d="{line}"/>'
    if last:
        x, y = last.split()
        body += f'<circle class="team" fill="#0b5394" cx="{x}" cy="{y}" r="3"/>'
    return _svg(SPARK_WIDTH, SPARK_HEIGHT, body)


def histogram(counts: Sequence[int], widest: int) -> Markup:
    """A bar for each level, with its number below; `widest` is the highest count of all pictures of the page."""
    step = HISTOGRAM_WIDTH / len(counts)
    floor = HISTOGRAM_HEIGHT - 16
    bars = "".join(
        f"M{_n(step * (i + 0.5))} {floor}v-{_n(max(4, n / max(1, widest) * (floor - 2)))}"
        for i, n in enumerate(counts)
        if n
    )
    numbers = "".join(
        f'<text x="{_n(step * (i + 0.5))}" y="{HISTOGRAM_HEIGHT - 3}" text-anchor="middle">{i}</text>'
        for i in range(len(counts))
    )
    body = f'<path class="scale" stroke="#858b94" d="M0 {floor}H{HISTOGRAM_WIDTH}"/>'
    body += f'<path class="bars" stroke="#0b5394" stroke-width="{_n(min(18, step * 0.6))}" d="{bars}"/>'
    body += f'<g class="axis" fill="#555b63" font-size="12">{numbers}</g>'
    return _svg(HISTOGRAM_WIDTH, HISTOGRAM_HEIGHT, body)


def span(score: float | None, low: float | None, high: float | None) -> Markup:
    """A score of 100 on its scale, with the range it could still take as a band."""
    width, y = SPAN_WIDTH, 9

    def x(points: float) -> float:
        return PAD + points / 100 * (width - 2 * PAD)

    body = ""
    if low is not None and high is not None and low != high:
        a, b = _n(x(low)), _n(x(high))
        body += f'<path class="range" stroke="#7394b3" stroke-width="8" d="M{a} {y}H{b}"/>'
    body += _scale([x(i) for i in (0, 25, 50, 75, 100)], y)
    if score is not None:
        body += team_mark(x(score), y)
    return _svg(width, 18, body)
