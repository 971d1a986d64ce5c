"""The numbers of a report, read from its page by the words of its heads, and counted anew from a result in JSON.

Only the result and the team's own files are asked, none of what draws the page. A head that is not known here is
somebody's new column and left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from html.parser import HTMLParser
from typing import Any

LEVEL, GAP = "level", "gap"
GIVEN, SETTLED, GOAL = "Levels given", "Settled", "Goal"
MEANS = ("Team mean", "Settled level", "One answer")
WORDS = ("don't know", "does not apply", "not answered")


@dataclass
class Element:
    """An element of the page: what stands in it, and its pieces in order."""

    tag: str
    given: dict[str, str]
    children: list[Element] = field(default_factory=list)
    own: list[str | Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join("".join(part if isinstance(part, str) else part.text for part in self.own).split())

    def all(self, tag: str, kind: str = "") -> Iterator[Element]:
        """Everything below with this tag, and this class where one is named."""
        for child in self.children:
            if child.tag == tag and (not kind or kind in child.given.get("class", "").split()):
                yield child
            yield from child.all(tag, kind)

    def one(self, tag: str, kind: str = "") -> Element:
        return next(self.all(tag, kind))


class _Tree(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.root = Element("", {})
        self._open = [self.root]
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(made)
        self._open[-1].own.append(made)
        if tag not in {"meta", "link", "br", "input", "path", "circle"}:
            self._open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(made)
        self._open[-1].own.append(made)

    def handle_endtag(self, tag: str) -> None:
        if len(self._open) > 1 and self._open[-1].tag == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].own.append(data)


def read(page: str) -> Element:
    """The page as elements."""
    return _Tree(page).root


Key = tuple[str, str]


def columns(table: Element) -> list[Key]:
    """The heads over each cell of a row: (`chatgpt-2023`, `gap`), or (`Goal`, `level`), or (`Team mean`, ``)."""
    first, *more = table.one("thead").all("tr")
    parts = iter([cell.text for row in more for cell in row.all("th")])
    found: list[Key] = []
    for cell in first.all("th"):
        span = int(cell.given.get("colspan", "1"))
        found += [(cell.text, next(parts)) for _ in range(span)] if "colspan" in cell.given else [(cell.text, "")]
    return found


def rows(page: Element) -> dict[str, dict[Key, Element]]:
    """The gap table by practice and head; a cell that spans several columns stands under each."""
    table = page.one("table", "gaps")
    heads = columns(table)
    found = {}
    for row in table.one("tbody").all("tr"):
        cells: list[Element] = []
        for cell in row.children:
            cells += [cell] * int(cell.given.get("colspan", "1"))
        assert len(cells) == len(heads), row.text
        found[row.given["data-practice"]] = dict(zip(heads, cells, strict=True))
    return found


def written(value: float | Decimal, *, sign: bool = False) -> str:
    """A number as the page writes it."""
    exact = Decimal(str(value))
    short = exact.quantize(Decimal("0.1"), ROUND_HALF_EVEN)
    if not short and exact:
        short = exact.quantize(Decimal("0.01"), ROUND_HALF_EVEN)
    text = f"{abs(short):f}"
    mark = "−" if short < 0 else "+" if sign and short > 0 else ""
    return mark + text


def whole(value: float) -> str:
    return str(int(value)) if value == int(value) else written(value)


@dataclass(frozen=True)
class Round:
    """What is counted: results in JSON (the round's, its team sheet's), how it moved, and the team's goals.

    `change` is what `assess diff` says in JSON. `chosen` are the levels of goals that a team sheet names with a
    reason, by practice; `actions` how many are open.
    """

    result: dict[str, Any]
    settled: dict[str, Any] | None = None
    change: dict[str, Any] | None = None
    answers: dict[str, Any] = field(default_factory=dict)
    chosen: dict[str, int] = field(default_factory=dict)
    actions: int = 0

    @property
    def practices(self) -> dict[str, dict[str, Any]]:
        return {p["id"]: p for p in self.result["practices"]}

    @property
    def individual(self) -> bool:
        return bool(self.result["basis"] == "individual")

    def goal_gap(self, p: dict[str, Any]) -> Decimal | None:
        if p["mean"] is None or p["goal"] is None:
            return None
        return Decimal(str(p["mean"])) - Decimal(str(p["goal"]))

    def is_chosen(self, p: dict[str, Any], baseline: str) -> bool:
        gap, level = p["gap"][baseline], p["baselines"][baseline]
        return gap is not None and gap < 0 and p["id"] in self.chosen and self.chosen[p["id"]] < level


def mean(p: dict[str, Any]) -> str:
    if p["mean"] is None:
        return "does not apply" if p["not_applicable"] * 2 > answered(p) else "not scored"
    return whole(p["mean"]) if sum(p["counts"]) == 1 else written(p["mean"])


def answered(p: dict[str, Any]) -> int:
    return int(sum(p["counts"]) + p["dont_know"] + p["not_applicable"])


def faults(page: str, of: Round) -> list[str]:
    """Every number on the page that is not the one that the result gives."""
    root = read(page)
    found = rows(root)
    told = [f"{set(found) ^ set(of.practices)}: not in both"] if set(found) != set(of.practices) else []
    for pid, cells in found.items():
        told += [f"{pid}: {what}" for what in _row(cells, of, of.practices[pid])]
    return [*told, *_tallies(root, of), *_cards(root, of), *_headline(root, of)]


def _row(cells: dict[Key, Element], of: Round, p: dict[str, Any]) -> Iterator[str]:
    expected: dict[Key, str] = {}
    first = next(head for head in cells if head[0] in MEANS)
    expected[first] = mean(p)
    if of.settled is not None:
        given = of.answers.get(p["id"])
        expected[SETTLED, ""] = {
            "dont-know": "don't know",
            "not-applicable": "does not apply",
            None: "not settled",
        }.get(given, str(given))
    for baseline, level in p["baselines"].items():
        expected |= _pair(baseline, level, p["gap"][baseline], "not described", chosen=of.is_chosen(p, baseline))
    expected |= _pair(GOAL, p["goal"], of.goal_gap(p), "no goal", chosen=False)
    if of.change is not None:
        expected[f"since {of.change['before']}", "change"] = _moved(of.change, p)
    if of.individual:
        expected[GIVEN, ""] = str(sum(p["counts"]))
    for head, text in expected.items():
        if head not in cells:
            yield f"no column {head}"
        elif cells[head].text != text:
            yield f"{head} says “{cells[head].text}”, not “{text}”"
    yield from _asides(cells, of, p)
    yield from _dots(cells, of, p)


WHY_NOT = {"new": "new", "revised": "revised since", "not-scored": "not scored", "asked-once": "not asked"}


def _moved(change: dict[str, Any], p: dict[str, Any]) -> str:
    """How a practice moved, in levels, or why that cannot be said."""
    moved = next((m for m in change["practices"] if m["id"] == p["id"]), None)
    if moved is None:
        out = next((o for o in change["not_compared"] if o["id"] == p["id"]), None)
        return "–" if out is None else WHY_NOT[out["why"]]
    words = {"changed": " changed", "maybe": " perhaps", "no-visible-change": ""}
    levels = Decimal(str(moved["difference"])) / 100 * (len(p["counts"]) - 1)
    return written(levels, sign=True) + words[moved["verdict"]]


def _pair(name: str, level: float | None, gap: Any, missing: str, *, chosen: bool) -> dict[Key, str]:
    if level is None:
        return {(name, LEVEL): missing, (name, GAP): missing}
    shown = "–" if gap is None else written(gap, sign=True) + (" chosen" if chosen else "")
    return {(name, LEVEL): whole(level), (name, GAP): shown}


def _asides(cells: dict[Key, Element], of: Round, p: dict[str, Any]) -> Iterator[str]:
    """The words below a name: how many gave no level, each state by itself."""
    said = [aside.text for small in next(iter(cells.values())).all("small") for aside in small.all("span")]
    counts = (p["dont_know"], p["not_applicable"], p["unanswered"]) if of.individual else (0, 0, 0)
    expected = [f"{n} {word}" for n, word in zip(counts, WORDS, strict=True) if n]
    shown = [text for text in said if text.endswith(WORDS)]
    if shown != expected:
        yield f"says {shown}, not {expected}"
    levels = [i for i, n in enumerate(p["counts"]) if n]
    for text in said:
        apart = re.match(r"far apart: (\d) to (\d)", text)
        if apart and [int(apart[1]), int(apart[2])] != [levels[0], levels[-1]]:
            yield f"says {text}, but the levels are {levels}"


def _dots(cells: dict[Key, Element], of: Round, p: dict[str, Any]) -> Iterator[str]:
    """The picture: as many dots above each level as people gave it, and its words."""
    picture = next(cell for cell in cells.values() if "chart" in cell.given.get("class", "").split())
    drawn = [path.given["d"] for path in picture.all("path", "dots")]
    places = re.findall(r"M([\d.]+) [\d.]+h([\d.]+)", "".join(drawn))
    spots = [round(float(x) + float(width) / 2) for x, width in places]
    counts = [spots.count(at) for at in sorted(set(spots))]
    expected = [n for n in p["counts"] if n] if of.individual else []
    if counts != expected:
        yield f"draws {counts} dots, not {expected}"
    label = picture.one("span").given["aria-label"]
    said = {int(level): int(n) for n, level in re.findall(r"(\d+) answers? at level (\d)", label)}
    if said != {level: n for level, n in enumerate(p["counts"]) if n}:
        yield f"the picture says {said}"


def _tallies(root: Element, of: Round) -> Iterator[str]:
    for table in root.all("table", "tally"):
        heads = [head for head, _part in columns(table)][1:]
        for row in table.one("tbody").all("tr"):
            name, *cells = (cell.text for cell in row.children)
            shown = dict(zip(heads, map(int, cells), strict=True))
            gaps = [
                (gap, name != "goal" and of.is_chosen(p, name))
                for p in of.practices.values()
                if (gap := of.goal_gap(p) if name == "goal" else p["gap"].get(name)) is not None
            ]
            counted = {
                "below": sum(gap < 0 and not chosen for gap, chosen in gaps),
                "chosen": sum(chosen for _gap, chosen in gaps),
                "at": sum(gap == 0 for gap, _chosen in gaps),
                "above": sum(gap > 0 for gap, _chosen in gaps),
            }
            for head, n in shown.items():
                if counted.get(head, n) != n:
                    yield f"the card says {n} {head} {name}, not {counted[head]}"


def _cards(root: Element, of: Round) -> Iterator[str]:
    ps, respondents = of.practices.values(), of.result["respondents"]
    for card in root.all("section", "card"):
        title = card.one("h2").text
        figures = [found.text for found in card.all("b")]
        if title == "Not known":
            states = [sum(p[key] for p in ps) for key in ("dont_know", "not_applicable", "unanswered")]
            more = ", ".join(f"{n} {word}" for n, word in zip(states, WORDS, strict=True) if n)
            n = len(ps) * respondents
            expected = f"{sum(states)} of {n} answer{'s give' if n != 1 else ' gives'} no level {more}".strip()
            if card.text != f"Not known {expected}":
                yield f"{card.text}: not {expected}"
        elif title.startswith("Since"):
            expected = "" if of.change is None else f"Since {of.change['before']} {_moved_card(of.change)}"
            if card.text != expected:
                yield f"{card.text}: not {expected}"
        elif title == "Actions" and figures != [str(of.actions)]:
            yield f"the card says {figures} actions, not {of.actions}"
        elif title == "Far apart" and figures != ["–"]:
            far = sum("far apart" in row.text for row in root.one("table", "gaps").one("tbody").all("tr"))
            apart = sum(_far(p) for p in ps)
            if figures != [str(apart)] or far != apart:
                yield f"far apart: the card says {figures}, the table {far}, counted {apart}"
            yield from _silent(card.text, of)


def _silent(said: str, of: Round) -> Iterator[str]:
    """How many answers give no level, where a card says so beside something else."""
    ps, respondents = of.practices.values(), of.result["respondents"]
    silent = sum(p[key] for p in ps for key in ("dont_know", "not_applicable", "unanswered"))
    told = re.search(r"(\d+) of (\d+) answers? gives? no level", said)
    if told and (int(told[1]), int(told[2])) != (silent, len(ps) * respondents):
        yield f"{said}: {silent} of {len(ps) * respondents}"


def _moved_card(change: dict[str, Any]) -> str:
    moved = change["practices"]
    up = sum(m["verdict"] == "changed" and m["difference"] > 0 for m in moved)
    down = sum(m["verdict"] == "changed" and m["difference"] < 0 for m in moved)
    perhaps = sum(m["verdict"] == "maybe" for m in moved)
    n = len(moved)
    parts = [f"{k} {word}" for k, word in ((up, "improved"), (down, "worse"), (perhaps, "perhaps")) if k]
    practices, verb = ("practice", "has") if n == 1 else ("practices", "have")
    return f"{up + down} of {n} {practices} asked both times {verb} changed {', '.join(parts)}".strip()


def _far(p: dict[str, Any]) -> bool:
    """Whether an answer lies half the scale or more from the middle answer."""
    half = (len(p["counts"]) - 1) / 2
    return p["median"] is not None and any(n and abs(i - p["median"]) >= half for i, n in enumerate(p["counts"]))


def _headline(root: Element, of: Round) -> Iterator[str]:
    said = root.one("h1").text
    compared = {}
    for p in of.practices.values():
        gaps = {b: Decimal(str(gap)) for b, gap in p["gap"].items() if gap is not None}
        if gaps:
            compared[p["id"]] = (gaps, {b for b in gaps if of.is_chosen(p, b)})
    numbers = re.match(r"(\d+|None) of (\d+) practices", said)
    if not compared or numbers is None:
        if compared:
            yield f"“{said}” compares nothing"
        return
    below = sum(not chosen and all(gap < 0 for gap in gaps.values()) for gaps, chosen in compared.values())
    if (numbers[1], numbers[2]) != (str(below or "None"), str(len(compared))):
        yield f"“{said}”: counted {below} of {len(compared)}"
    counting = [
        min((gap for b, gap in gaps.items() if b not in chosen), default=Decimal(0))
        for gaps, chosen in compared.values()
    ]
    widest = re.search(r"\(([−+\d.]+)\)$", said)
    lowest = min(counting)
    if (widest[1] if widest else "") != (written(lowest, sign=True) if lowest < 0 else ""):
        yield f"“{said}”: the widest is {lowest}"
