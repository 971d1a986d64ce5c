"""Every number of the report is counted anew from what `assess score --format json` says of the same folder."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from checking import built_in
from recount import Round, columns, faults, read, rows

QUESTIONS = built_in()
REF = {"id": QUESTIONS.id, "version": QUESTIONS.version}
BOTH = ["chatgpt-2023", "codex-2025"]
Chance = random.Random
FIVE = 5
CASES: dict[str, dict[str, Any]] = {
    "six people": {"people": 6, "team": True, "before": 5},
    "one person": {"people": 1, "baselines": BOTH[:1]},
    "three people, no baseline": {"people": 3, "team": True, "baselines": []},
    "fifteen people": {"people": 15, "before": 15, "asked": "full"},
    "answered together": {"people": 0, "team": True, "before": 0},
    "counts": {"people": 7, "counts": True, "team": True, "before": 4},
    "after a full round": {"people": 4, "team": True, "before": 6, "asked_before": "full"},
    "two strangers": {"people": 2, "before": 2, "baselines": BOTH[::-1]},
}


def answers(chance: Chance, asked: str, people: int) -> list[dict[str, Any]]:
    """Each question in a manner of its own: of one mind, scattered, mostly unknown, mostly not applicable."""
    sheets: list[dict[str, Any]] = [{} for _ in range(people)]
    for pid in QUESTIONS.asked(asked):  # type: ignore[arg-type]
        top = len(QUESTIONS.practices[pid].levels) - 1
        near = chance.randint(0, top)
        manner = chance.choice(("one mind", "near", "near", "scattered", "camps", "unknown", "away", "silent"))
        for sheet in sheets:
            given: Any = {
                "one mind": near,
                "near": min(top, max(0, near + chance.choice((-1, 0, 0, 1)))),
                "scattered": chance.randint(0, top),
                "camps": chance.choice((0, top)),
                "unknown": chance.choice(("dont-know", "dont-know", near)),
                "away": chance.choice(("not-applicable", "not-applicable", near)),
                "silent": chance.choice((None, None, near)),
            }[manner]
            given = chance.choice((given,) * 8 + ("dont-know", None))
            if given is not None:
                sheet[pid] = {"answer": given, "reason": "x"} if given == "not-applicable" else given
    return sheets


def put(path: Path, kind: str, data: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump({"format": f"assess.{kind}/1", **data}, sort_keys=False)
    path.write_text(text, encoding="utf-8")


def team_answers(chance: Chance, asked: str) -> dict[str, Any]:
    found = answers(chance, asked, 1)[0]
    for pid in QUESTIONS.asked(asked):  # type: ignore[arg-type]
        if chance.random() < 0.4:
            given = found.get(pid)
            whole = given if isinstance(given, dict) else {} if given is None else {"answer": given}
            top = len(QUESTIONS.practices[pid].levels) - 1
            found[pid] = {**whole, "goal": {"level": chance.randint(0, top), "reason": "so"}}
    return found


class Folder:
    """A team's folder made by chance, and what was put into it."""

    def __init__(self, root: Path, name: str) -> None:
        self.root, self.case = root, CASES[name]
        self.chance = random.Random(name)  # noqa: S311  (chance that guards no secret)
        self.chosen: dict[str, int] = {}
        self.settled: dict[str, Any] = {}
        self.actions: dict[str, str] = {}
        self.names = [] if "before" not in self.case else ["2026-Q3"]
        if self.names:
            asked = self.case.get("asked_before", self.case.get("asked", "pulse"))
            self._round("2026-Q3", asked, self.case["before"], together=not self.case["before"])
        self._round("2026-Q4", self.case.get("asked", "pulse"), self.case["people"])
        put(root / "assess.yaml", "config", {"team": "t", "baselines": self.case.get("baselines", BOTH)})

    def _round(self, name: str, asked: str, people: int, *, together: bool = False) -> None:
        place, last = self.root / "assessments" / name, name == "2026-Q4"
        about = {"questionnaire": REF, "team": "t", "round": name}
        counts = last and self.case.get("counts", False)
        privacy = {"privacy": "counts"} if counts else {}
        put(place / "round.yaml", "round", {**about, "state": "closed", "asked": asked, **privacy})
        sheets = answers(self.chance, asked, people)
        day = "2026-11-16" if last else "2026-08-16"
        if counts:
            put(place / "counts.yaml", "counts", {**about, "asked": asked, "published": day, **counted(sheets)})
        for i, given in enumerate(() if counts else sheets):
            who = {"respondent": f"p{i}", "asked": asked, "answered": day}
            put(place / "answers" / f"p{i}.yaml", "answers", {**about, **who, "answers": given})
        if together or (last and self.case.get("team")):
            given = team_answers(self.chance, asked)
            actions = [
                {"id": f"{name}-{i}", "text": "x", "state": self.chance.choice(("open", "done"))} for i in range(4)
            ]
            who = {"respondent": "team", "asked": asked, "answered": day}
            put(place / "team.yaml", "answers", {**about, **who, "answers": given, "actions": actions})
            self.actions |= {action["id"]: action["state"] for action in actions}
            goals = {p: a["goal"]["level"] for p, a in given.items() if isinstance(a, dict) and "goal" in a}
            self.chosen |= goals
            self.settled = (
                {p: a.get("answer") if isinstance(a, dict) else a for p, a in given.items()} if last else {}
            )

    def told(self, run: Callable[..., str]) -> Round:
        """What JSON says of it."""

        def score(*arguments: str) -> dict[str, Any]:
            found: dict[str, Any] = json.loads(run("score", "--format", "json", *arguments))
            return found

        beside = self.case.get("team") and self.case["people"]
        return Round(
            result=score(),
            settled=score("--basis", "team") if beside else None,
            change=json.loads(run("diff", "--format", "json")) if self.names else None,
            answers=self.settled,
            chosen=self.chosen,
            actions=sum(state == "open" for state in self.actions.values()),
        )


def counted(sheets: list[dict[str, Any]]) -> dict[str, Any]:
    """What is published of them."""
    practices = {}
    for pid, practice in QUESTIONS.practices.items():
        given = [sheet[pid] for sheet in sheets if pid in sheet]
        bare = [a["answer"] if isinstance(a, dict) else a for a in given]
        if len(bare) >= FIVE:
            levels = [bare.count(i) for i in range(len(practice.levels))]
            unknown = {word: bare.count(word) for word in ("dont-know", "not-applicable")}
            practices[pid] = {"levels": levels, **unknown}
    return {"respondents": len(sheets), "practices": practices}


@pytest.fixture(scope="module")
def made(command: str, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[str, Round]]:
    """The page and the numbers of a case, each made once."""
    done: dict[str, tuple[str, Round]] = {}

    def make(name: str) -> tuple[str, Round]:
        if name not in done:
            folder = Folder(tmp_path_factory.mktemp("team"), name)

            def run(*arguments: str) -> str:
                environment = {**os.environ, "SOURCE_DATE_EPOCH": "1795392000"}
                found = subprocess.run(
                    [command, *arguments], cwd=folder.root, env=environment, capture_output=True,
                    encoding="utf-8", timeout=120, check=False,
                )  # fmt: skip
                assert found.returncode == 0, found.stderr
                return found.stdout

            done[name] = run("report", "-o", "-"), folder.told(run)
        return done[name]

    return make


Made = Callable[[str], tuple[str, Round]]


@pytest.mark.parametrize("case", CASES)
def test_every_number_is_the_one_of_the_result(made: Made, case: str) -> None:
    page, numbers = made(case)

    assert faults(page, numbers) == []


def test_the_cases_hold_everything_that_may_go_wrong(made: Made) -> None:
    results = [made(case)[1] for case in CASES]
    practices = [(of, p) for of in results for p in of.result["practices"]]

    assert any(p["mean"] is None and p["not_applicable"] > sum(p["counts"]) for _of, p in practices)
    assert all(any(p[key] for _of, p in practices) for key in ("dont_know", "not_applicable", "unanswered"))
    assert any(of.is_chosen(p, b) for of, p in practices for b in p["gap"])
    assert any(level is None for _of, p in practices for level in p["baselines"].values())
    assert {of.result["basis"] for of in results} == {"individual", "team"}


def changed(page: str) -> Iterator[tuple[str, str]]:
    """The page with one number changed, for each number in the headline, the cards and the table of gaps."""
    ends = (
        ("<h1>", "</h1>"),
        ('<div class="cards">', '<section id="gaps"'),
        ("<tbody>\n<tr data-practice", "</tbody>"),
    )
    for begin, end in ends:
        start = page.index(begin)
        stop = page.index(end, start)
        for found in re.finditer(r">([^<]*)<", page[start:stop]):
            for number in re.finditer(r"\d+", found[1]):
                at = start + found.start(1) + number.start()
                other = str(int(number[0]) + 1)
                yield f"{found[1]} → {other}", page[:at] + other + page[at + len(number[0]) :]
    for name in (r'aria-label="[^"]*?(\d+) answers? at', r'class="dots"[^>]*d="(M[\d.]+ [\d.]+h[\d.]+)'):
        match = re.compile(name, re.DOTALL).search(page, page.index("<tr data-practice"))
        assert match is not None
        other = match[1] + "1" if match[1].isdigit() else ""
        yield f"{name} → {other}", page[: match.start(1)] + other + page[match.end(1) :]


@pytest.mark.parametrize("case", ["six people", "counts"])
def test_a_single_wrong_number_is_noticed(made: Made, case: str) -> None:
    page, numbers = made(case)
    tried = list(changed(page))

    assert len(tried) > 100
    assert [what for what, spoiled in tried if not faults(spoiled, numbers)] == []


def test_columns_are_found_by_their_heads_and_others_are_let_be(made: Made) -> None:
    page, numbers = made("six people")
    start = page.index('<table class="gaps">')
    more = page[start:].replace(
        '<th scope="col" rowspan="2" class="num">', '<th scope="col" rowspan="2">New</th>\\g<0>', 1
    )
    more = more.replace("\\g<0>", '<th scope="col" rowspan="2" class="num">', 1)
    more = re.sub(r"(class=\"chart\">.*?</td>)", r"\1<td>↗</td>", more)

    assert columns(read(page[:start] + more).one("table", "gaps"))[2] == ("New", "")
    assert faults(page[:start] + more, numbers) == []
    assert len(rows(read(page))) == len(numbers.practices)
