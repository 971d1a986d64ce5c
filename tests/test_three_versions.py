"""A team with a questionnaire of its own goes through three versions, through the commands only.

1.0.0 asks five questions. 1.1.0 renames one and adds one. 2.0.0 renames that one again and another, retires one
and changes what one means, while a round is open.
"""

from __future__ import annotations

import html
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from conftest import Run

LEVELS = "[Never., Seldom., Sometimes., Often., Always.]"
FIRST = f"""\
format: assess.questionnaire/1
id: tidy
version: "1.0.0"
title: How tidy we are
language: en
dimensions:
  - id: office
    title: The office
    practices:
      - {{id: clear-desk, title: Clear desk, goal: 4, question: Is the desk clear?, levels: {LEVELS}}}
      - {{id: quiet-hours, title: Quiet hours, question: Are there quiet hours?, levels: {LEVELS}}}
      - {{id: tidy-drawer, title: Tidy drawer, question: Is the drawer tidy?, levels: {LEVELS}}}
      - {{id: short-meetings, title: Short meetings, goal: 1, question: Under an hour?, levels: {LEVELS}}}
      - {{id: open-door, title: Open door, question: Is the door open?, levels: {LEVELS}}}
"""
SECOND = (
    FIRST.replace('"1.0.0"', '"1.1.0"')
    .replace("{id: clear-desk, title: Clear desk", "{id: desk-at-night, title: Desk at night")
    .replace("language: en\n", "language: en\nmoved: {clear-desk: desk-at-night}\n")
    + f'      - {{id: fresh-air, added: "1.1.0", title: Fresh air, question: Is it aired?, levels: {LEVELS}}}\n'
)
THIRD = (
    re.sub(r"      - \{id: tidy-drawer.*\n", "", SECOND)
    .replace('version: "1.1.0"', 'version: "2.0.0"')
    .replace("{id: desk-at-night, title: Desk at night", "{id: empty-desk, title: Empty desk")
    .replace("{id: quiet-hours, title: Quiet hours", "{id: focus-hours, title: Focus hours")
    .replace("{id: short-meetings,", '{id: short-meetings, revised: "2.0.0",')
    .replace(f"Under an hour?, levels: {LEVELS}", "Under half an hour?, levels: [No., Yes.]")
    .replace(
        "moved: {clear-desk: desk-at-night}\n",
        "moved: {clear-desk: desk-at-night, desk-at-night: empty-desk, quiet-hours: focus-hours}\n"
        "retired: {tidy-drawer: there are no drawers any more}\n",
    )
)


class Team:
    """A git repository with the questionnaire, people who answer, and somebody who edits `round.yaml`."""

    def __init__(self, assess: Run, folder: Path) -> None:
        self.assess, self.folder = assess, folder
        folder.mkdir()
        self.git("init", "-q")
        (folder / "assess.yaml").write_text("format: assess.config/1\nteam: tidies\nquestionnaire: tidy\n")
        (folder / "tidy").mkdir()

    def git(self, *words: str) -> None:
        subprocess.run(["git", "-C", self.folder, *words], check=True, capture_output=True, timeout=60)

    def version(self, text: str) -> None:
        (self.folder / "tidy" / "questionnaire.yaml").write_text(text)
        self.git("add", "-A")
        self.git("commit", "-qm", "Another version")

    def run(self, *words: str, stdin: str = "", today: str = "2026-11-23", code: int = 0) -> str:
        done = self.assess(*words, "--today", today, stdin=stdin, cwd=self.folder)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def answers(self, name: str, levels: str, today: str, *words: str) -> str:
        stdin = "".join(f"{level}\n" for level in levels) + "q\n"
        return self.run("run", "--plain", "--as", name, *words, stdin=stdin, today=today)

    def edit(self, round_: str, old: str, new: str) -> None:
        path = self.folder / "assessments" / round_ / "round.yaml"
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))

    def sheet(self, round_: str, name: str) -> Path:
        return self.folder / "assessments" / round_ / "answers" / f"{name}.yaml"

    def bytes_of(self, round_: str) -> dict[str, bytes]:
        folder = self.folder / "assessments" / round_
        return {path.name: path.read_bytes() for path in sorted(folder.rglob("*.yaml"))}

    def scored(self, round_: str) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.run("score", "--round", round_, "--format", "json"))
        return told


@pytest.fixture
def team(assess: Run, tmp_path: Path) -> Team:
    return Team(assess, tmp_path / "repository")


@pytest.fixture
def begun(team: Team) -> Team:
    """The first round is closed, the second open; two answered each, and the third version has just come."""
    team.version(FIRST)
    team.answers("ada", "32143", "2026-02-02")
    team.answers("bo", "12141", "2026-02-03")
    team.edit("2026-Q1", "state: open", "state: closed")
    team.version(SECOND)
    team.answers("ada", "421332", "2026-05-02")
    team.answers("bo", "221432", "2026-05-02")
    by_hand = team.sheet("2026-Q2", "ada").read_text()
    by_hand = by_hand.replace("desk-at-night: 4", "# since May\n  desk-at-night:   4  # every evening")
    by_hand = by_hand.replace(
        "short-meetings: 3", "short-meetings:\n    answer: 3\n    note: We try.  # all of us"
    )
    team.sheet("2026-Q2", "ada").write_text(by_hand)
    team.version(THIRD)
    return team


def counts(result: dict[str, Any]) -> dict[str, list[int]]:
    return {practice["id"]: practice["counts"] for practice in result["practices"]}


def test_a_closed_round_is_scored_over_what_was_asked_and_still_means_the_same(begun: Team) -> None:
    before = begun.bytes_of("2026-Q1")

    told, data = begun.run("score", "--round", "2026-Q1"), begun.scored("2026-Q1")
    page = html.unescape(begun.run("report", "--round", "2026-Q1", "-o", "-"))

    assert counts(data) == {
        "empty-desk": [0, 1, 0, 1, 0],
        "focus-hours": [0, 0, 2, 0, 0],
        "open-door": [0, 1, 0, 1, 0],
    }
    assert data["overall"] == {"score": 50.0, "low": 50.0, "high": 50.0, "coverage": 1.0, "scored": True}
    assert data["left_out"] == [
        {"id": "short-meetings", "why": "revised", "version": "2.0.0"},
        {"id": "fresh-air", "why": "added", "version": "1.1.0"},
        {"id": "tidy-drawer", "why": "retired", "version": None},
    ]
    assert (
        "  Not counted, because the questionnaire has changed since it was answered:\n"
        "    Short meetings (revised in 2.0.0)\n"
        "    Fresh air (added in 1.1.0)\n"
        "    tidy-drawer (retired)\n"
    ) in told
    assert (
        "The questionnaire has changed since it was answered here. Not counted: "
        "Short meetings (revised in 2.0.0), Fresh air (added in 1.1.0), tidy-drawer (retired)."
    ) in page
    assert "1 practice of the questionnaire was not asked in this round." in page  # fresh-air alone
    assert begun.bytes_of("2026-Q1") == before


def test_a_renaming_alone_changes_no_number_of_a_round(team: Team) -> None:
    team.version(FIRST)
    team.answers("ada", "32143", "2026-02-02")
    team.answers("bo", "12141", "2026-02-03")
    team.edit("2026-Q1", "state: open", "state: closed")
    then = json.dumps(team.scored("2026-Q1")["practices"])
    before = team.bytes_of("2026-Q1")

    team.version(SECOND)

    now = team.scored("2026-Q1")
    assert json.dumps(now["practices"]) == then.replace("clear-desk", "desk-at-night")
    assert [out["id"] for out in now["left_out"]] == ["fresh-air"]
    assert team.bytes_of("2026-Q1") == before


def test_an_open_round_goes_on_silently_while_nothing_it_asks_was_revised(team: Team) -> None:
    team.version(FIRST)
    team.answers("ada", "321", "2026-02-02")
    team.version(SECOND)

    valid = team.run("validate")
    told = team.answers("bo", "12141", "2026-02-03")
    resumed = team.answers("ada", "43", "2026-02-03")

    assert valid == "4 files are valid.\n"
    assert "Question 1 of 5" in told  # what was added since is not asked
    assert "Fresh air" not in told
    assert "Question 4 of 5" in resumed
    assert "changed" not in told + resumed
    assert 'version: "1.0.0"' in team.sheet("2026-Q1", "bo").read_text()
    assert "  clear-desk: 3\n" in team.sheet("2026-Q1", "ada").read_text()
    assert "  desk-at-night: 1\n" in team.sheet("2026-Q1", "bo").read_text()


def test_an_open_round_with_a_revised_question_says_what_to_do(begun: Team) -> None:
    before = begun.bytes_of("2026-Q2")

    refused = begun.run("run", "--plain", "--as", "ada", today="2026-06-01", code=2)
    checked = begun.run("check", today="2026-06-01")
    valid = begun.run("validate")

    what = "1 question of this open round has changed since version 1.1.0: “short-meetings” [round-outdated]\n"
    todo = (
        '    close the round (“state: closed”) and start a new one; or write “version: "2.0.0"” here, then what '
        "has changed is asked again and notes are kept; or install version 1.1.0 again\n"
    )
    assert refused == f"assessments/2026-Q2/round.yaml:7:36: error: {what}{todo}"
    for told in (checked, valid):
        assert told.startswith(f"assessments/2026-Q2/round.yaml:7:36: warning: {what}{todo}")
    assert begun.bytes_of("2026-Q2") == before


def test_a_new_round_can_begin_beside_the_one_left_behind(begun: Team) -> None:
    told = begun.answers("ada", "34142", "2026-06-01", "--round", "2026-06")

    assert "Question 5 of 5" in told
    assert 'version: "2.0.0"' in (begun.folder / "assessments/2026-06/round.yaml").read_text()


def test_a_round_taken_to_the_new_version_asks_again_what_was_revised(begun: Team) -> None:
    begun.edit("2026-Q2", 'version: "1.1.0"', 'version: "2.0.0"')

    told = begun.answers("ada", "1", "2026-06-01")

    assert "1 question has changed since it was answered here: it is open again, and its note is kept.\n" in told
    assert "Question 3 of 5 · The office\nShort meetings\n" in told
    assert "Note: We try.\n" in told
    assert "Saved: 5 of 5 answered, in " in told
    assert begun.sheet("2026-Q2", "ada").read_text() == (
        "format: assess.answers/1\n"
        'questionnaire: {id: tidy, version: "2.0.0"}\n'
        "team: tidies\n"
        "round: 2026-Q2\n"
        "respondent: ada\n"
        "asked: full\n"
        "answered: 2026-06-01\n"
        "answers:\n"
        "  # since May\n"
        "  desk-at-night:   4  # every evening\n"
        "  quiet-hours: 2\n"
        "  tidy-drawer: 1\n"
        "  short-meetings:\n"
        "    answer: 1\n"
        "    note: We try.  # all of us\n"
        "  open-door: 3\n"
        "  fresh-air: 2\n"
    )
    assert "changed since" not in begun.answers("ada", "", "2026-06-02")


def test_the_team_goes_on_through_all_three_versions(begun: Team) -> None:
    begun.edit("2026-Q2", 'version: "1.1.0"', 'version: "2.0.0"')
    bo = begun.sheet("2026-Q2", "bo").read_bytes()
    begun.answers("ada", "1", "2026-06-01")
    begun.answers("cy", "34142", "2026-06-01")
    begun.edit("2026-Q2", "state: open", "state: closed")

    data = begun.scored("2026-Q2")
    page = html.unescape(re.sub(r"<[^>]+>", "|", begun.run("report", "-o", "-")))

    assert counts(data) == {
        "empty-desk": [0, 0, 1, 1, 1],
        "focus-hours": [0, 0, 2, 0, 1],
        "short-meetings": [0, 2],
        "open-door": [0, 0, 0, 2, 1],
        "fresh-air": [0, 0, 3, 0, 0],
    }
    unanswered = {practice["id"]: practice["unanswered"] for practice in data["practices"]}
    assert unanswered == dict.fromkeys(unanswered, 0) | {"short-meetings": 1}  # bo answered the old question
    assert data["left_out"] == [{"id": "tidy-drawer", "why": "retired", "version": None}]
    assert page.count("revised since") == 1  # the column of the round before
    assert page.count("|new|") == 1
    assert begun.sheet("2026-Q2", "bo").read_bytes() == bo
    assert "  empty-desk: 3\n  focus-hours: 4\n" in begun.sheet("2026-Q2", "cy").read_text()
    assert "0 errors · 0 warnings" in begun.run("check", today="2026-06-02")


def test_a_round_of_a_newer_version_than_the_one_here_is_an_error_that_says_what_to_install(begun: Team) -> None:
    begun.edit("2026-Q2", 'version: "1.1.0"', 'version: "2.0.0"')
    begun.version(SECOND)

    told = begun.run("validate", code=3)
    refused = begun.run("run", "--plain", "--as", "ada", code=3)

    place = "assessments/2026-Q2/round.yaml:7:36: error: "
    assert f"{place}made with version 2.0.0 of “tidy”, but version 1.1.0 is in use here [version-ahead]" in told
    assert "install version 2.0.0 or newer" in told
    assert "Nothing was opened, so that nothing is lost." in refused


def test_an_open_team_sheets_goal_actions_and_words_go_through_a_revision(team: Team) -> None:
    team.version(FIRST)
    team.run("run", "--plain", "--together", stdin="3\n2\n1\nq\n", today="2026-02-02")
    path = team.folder / "assessments" / "2026-Q1" / "team.yaml"
    path.write_text(
        path.read_text()
        + "  short-meetings: {answer: 4, goal: {level: 3, reason: We need the rest to think.}}\n"
        + "  open-door: {answer: 1, goal: {level: 2, reason: It is loud.}}\n"
        + "actions: [{id: a1, practice: clear-desk, text: Clear it on Fridays., owner: ada}]\n"
    )
    team.version(THIRD)
    team.edit("2026-Q1", 'version: "1.0.0"', 'version: "2.0.0"')

    team.run("run", "--plain", "--together", stdin="1\n\n2\n", today="2026-02-03")
    page = html.unescape(team.run("report", "-o", "-"))

    assert path.read_text().endswith(
        "  clear-desk: 3\n"
        "  quiet-hours: 2\n"
        "  tidy-drawer: 1\n"
        '  short-meetings: {answer: 1, note: "We need the rest to think.\\n"}\n'
        "  open-door: {answer: 1, goal: {level: 2, reason: It is loud.}}\n"
        "  fresh-air: 2\n"
        "actions: [{id: a1, practice: clear-desk, text: Clear it on Fridays., owner: ada}]\n"
    )
    assert re.search(r"Clear it on Fridays\..{0,200}Empty desk", page, re.DOTALL)
    assert {p["id"]: p["goal"] for p in team.scored("2026-Q1")["practices"]} == {
        "empty-desk": 4.0,
        "focus-hours": None,
        "short-meetings": 1.0,
        "open-door": 2.0,
        "fresh-air": None,
    }
