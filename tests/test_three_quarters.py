"""Three quarters of a team of seven, in real commits and through the commands only: what a person reads of it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import ROOT, Run

TEAM = ("ada", "bob", "chen", "dana", "eli", "fay", "gus")
RELEASES, MEETINGS, TOGETHER = "small-frequent-releases", "no-meeting-days", "one-team-all-disciplines"
Answers = Mapping[str, str]


def asked(*, pulse: bool) -> list[str]:
    """The ids in the order in which they are asked, read from the questionnaire as a person would."""
    text = (ROOT / "questionnaires/shipping-practices/questionnaire.yaml").read_text(encoding="utf-8")
    blocks = re.split(r"\n      - id: ", text)[1:]
    chosen = [b for b in blocks if "sensitive: true" not in b and (not pulse or "\n        pulse: true" in b)]
    return [block.split("\n", 1)[0].strip() for block in chosen]


@dataclass(frozen=True)
class Story:
    """The team's repository, and what is done in it."""

    run: Run
    root: Path

    def git(self, *words: str) -> None:
        subprocess.run(["git", *words], cwd=self.root, check=True, capture_output=True)

    def commit(self, what: str) -> None:
        self.git("add", "-A")
        self.git("commit", "-qm", what)

    def said(self, *words: str, stdin: str = "", code: int = 0) -> str:
        done = self.run(*words, stdin=stdin)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    def answer(self, who: str, round_: str, day: str, answers: Answers, *, kind: str = "--full") -> None:
        order = asked(pulse=kind == "--pulse")
        lines = "".join(f"{answers.get(practice, '2')}\n" for practice in order)
        words = ("run", "--plain", "--as", who, kind, "--team", "payments", "--expected", "7")
        said = self.said(*words, "--round", round_, "--today", day, stdin=lines)
        assert "have answered" in said

    def meet(self, round_: str, day: str, *lines: str) -> str:
        told = "".join(f"{line}\n" for line in lines)
        return self.said("meet", "--plain", "--round", round_, "--today", day, stdin=told)


@pytest.fixture
def story(assess: Run, tmp_path: Path) -> Story:
    told = Story(assess, tmp_path)
    told.git("init", "-q")
    return told


def first_quarter(story: Story) -> None:
    """Two camps on meetings, three who cannot say how often they release; the meeting leaves an action."""
    for i, who in enumerate(TEAM):
        answers = {MEETINGS: "0" if i < 3 else "4", RELEASES: "?" if i < 3 else "2", TOGETHER: "2"}
        story.answer(who, "2026-Q1", f"2026-02-0{i + 1}", answers)
        story.commit(f"{who} answers")
    said = story.meet(
        "2026-Q1", "2026-02-10", "y",
        "2", "d Three of us have no free day at all", "g 3 support needs us on Mondays",
        "a Move the stand-up off Thursdays", "bob", "2026-03-15", "",
        "?", "", *[""] * 5,
    )  # fmt: skip
    story.commit("first meeting")
    assert "  · 1  No-meeting days: disagree (in two camps)" in said
    assert "  · 2  Small, early, frequent releases: 3 of 7 who answered gave no level" in said
    assert "Those at 0 and at 4 speak first" in said
    assert "7 practices are worth talking about:" in said
    summary = said[said.index("To paste, in Markdown:") :]
    assert "| No-meeting days | 3×0 4×4 | level 2 |" in summary
    assert "| Small, early, frequent releases | 4×2 ?3 | don't know |" in summary
    assert "- No-meeting days: Three of us have no free day at all" in summary
    assert "- No-meeting days: level 3: support needs us on Mondays" in summary
    assert "| Move the stand-up off Thursdays | No-meeting days | bob | 2026-03-15 | to do |" in summary
    assert summary.count("\n- ") == 2 + 5  # a dissent, a goal, and what is left for another time


def pulse_between(story: Story) -> None:
    """Ten questions in April: compared over what both asked, and said so."""
    for who in TEAM:
        story.answer(who, "2026-04", "2026-04-02", {MEETINGS: "3", RELEASES: "2"}, kind="--pulse")
    assert "The round 2026-04 is closed." in story.said(
        "meet", "--close", "--round", "2026-04", "--today", "2026-04-03"
    )
    story.commit("pulse")
    said = story.said("diff", "--today", "2026-04-03")
    assert said.startswith("payments · 2026-Q1 → 2026-04\n")
    assert "people: 7 then, 7 now (7 answered both times)" in said
    assert re.search(r"Improved:\n    No-meeting days +57 → 75 +\+18 +level 4 → 3 +3 up, 4 down", said)
    assert "No visible change in 9 practices" in said
    assert "38 practices were asked in one of the two rounds only" in said


def second_quarter(story: Story) -> None:
    """Gus has left and Hana has come; one practice fell for a reason, and the action is overdue."""
    for who in (*TEAM[:-1], "hana"):
        story.answer(who, "2026-Q2", "2026-05-05", {MEETINGS: "3", RELEASES: "3", TOGETHER: "0"})
        story.commit(f"{who} answers again")
    sealed = story.said("score", "--today", "2026-05-06")
    assert "7 of 7 have answered" in sealed
    assert "assess meet" in sealed
    assert "Improve" not in sealed
    said = story.meet(
        "2026-Q2", "2026-05-07", "y", "",
        "w Two of us are lent to the launch until July", "0", "", "q",
    )  # fmt: skip
    story.commit("second meeting")
    assert "Not yet, and there last time: gus" in said
    assert "Move the stand-up off Thursdays (bob, overdue since 2026-03-15, from 2026-Q1): " in said
    assert "  · 1  All disciplines in one team: fell since the last round; 3 below the goal of 3" in said
    assert "In 2026-04: level 2 (7×2)" in said
    said = story.said("diff", "2026-Q1", "2026-Q2", "--today", "2026-05-07")
    assert "people: 7 then, 7 now (6 answered both times, 1 joined, 1 left)" in said
    assert "Those who were there both times" in said
    assert re.search(r"Worse:\n    All disciplines in one team +50 → 0 +−50 +level 2 → 0 +6 down", said)
    assert "Two of us are lent to the launch until July" in said
    report = (story.root / "assessments/2026-Q2/report.html").read_text(encoding="utf-8")
    assert "Two of us are lent to the launch until July" in report


def third_quarter(story: Story) -> None:
    """The lent people are back, the action is done."""
    for who in (*TEAM[:-1], "hana"):
        story.answer(who, "2026-Q3", "2026-08-05", {MEETINGS: "3", RELEASES: "3", TOGETHER: "3"})
    said = story.meet("2026-Q3", "2026-08-06", "y", "f", *[""] * 8)
    story.commit("third meeting")
    assert "overdue since 2026-03-15, from 2026-Q1): Done." in said
    assert "| Move the stand-up off Thursdays | No-meeting days | bob | 2026-03-15 | done |" in said
    said = story.said("diff", "--today", "2026-08-06")
    assert said.startswith("payments · 2026-Q2 → 2026-Q3\n")
    assert re.search(r"Improved:\n    All disciplines in one team +0 → 75 +\+75 +level 0 → 3 +7 up", said)


def test_three_quarters(story: Story) -> None:
    first_quarter(story)
    pulse_between(story)
    second_quarter(story)
    third_quarter(story)

    said = story.said("score", "--today", "2026-08-07")
    assert "Over time:" in said
    assert re.findall(r"^    (2026-\S+ → 2026-\S+) ", said, re.MULTILINE) == [
        "2026-Q1 → 2026-04", "2026-04 → 2026-Q2", "2026-Q2 → 2026-Q3",
    ]  # fmt: skip
    # the same words come out of git as out of the folder
    out_of_git, here = (
        story.said("diff", "HEAD~1:2026-Q2", "HEAD:2026-Q3"),
        story.said("diff", "2026-Q2", "2026-Q3"),
    )
    assert out_of_git.splitlines()[0] == "payments · 2026-Q2 (HEAD~1) → 2026-Q3 (HEAD)"
    assert out_of_git.splitlines()[1:] == here.splitlines()[1:]
    assert "No-meeting days" in story.said("score", "--explain", MEETINGS)
    assert story.said("validate").count("error") == 0
    assert "0 errors" in story.said("check", "--today", "2026-08-07")
