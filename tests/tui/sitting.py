"""One sitting at the terminal face: the real rounds, session and files, with a folder and a clock of its own."""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from textual import events
from textual.pilot import Pilot

from assess import opening, rounds
from assess.core.answers import Answer, Sheet
from assess.core.keys import TABLE
from assess.core.questionnaire import Practice, Questionnaire
from assess.files import load
from assess.files.repository import open_repository
from assess.render.about import about
from assess.session import Session
from assess.tui.app import AssessApp
from assess.tui.keys import Table
from assess.tui.page import settled

TODAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 14, 3)  # noqa: DTZ001  (the clock of the wall, as cli gives it)
QUESTIONS = """\
format: assess.questionnaire/1
id: small
version: "1.0.0"
title: A small one
language: en
dimensions:
  - id: rhythm
    title: Meeting rhythm
    practices:
      - id: quiet-days
        title: Quiet days
        pulse: true
        question: How many weekdays were free of meetings?
        levels:
          - None.
          - One [b]bold[/b] day.
          - Two days, kept in three of four weeks, and breaking one needs a reason.
      - id: agendas
        title: Agendas
        question: Does every meeting have one?
        levels: ["No.", "Yes."]
  - id: speed
    title: Speed
    practices:
      - id: releases
        title: Releases
        pulse: true
        question: How often do you release?
        levels: [Yearly., Monthly., Weekly., Daily.]
"""

Drive = Callable[[Pilot[None]], Awaitable[None]]


class Host:
    """`rounds.Host` over a folder."""

    def __init__(self, root: Path, **wish: object) -> None:
        self.root = root
        questions = root / "q" / "questionnaire.yaml"
        if not questions.exists():
            questions.parent.mkdir()
            questions.write_text(QUESTIONS)
        self.wish = replace(rounds.Wish(), **wish)  # type: ignore[arg-type]
        self.plan = rounds.plan(self.read(), self.wish, TODAY)
        self.finished = 0

    def read(self) -> rounds.Repository:
        return open_repository(self.root, questionnaire=str(self.root / "q"))

    @property
    def questionnaire(self) -> Questionnaire:
        questionnaire = self.read().questionnaire
        assert questionnaire is not None
        return questionnaire

    def new_round(self) -> rounds.Plan:
        self.plan = rounds.plan(self.read(), self.wish, TODAY, new=True)
        return self.plan

    def start(self, setup: rounds.Setup) -> Session:
        return opening.start(self.read(), self.plan, setup, lambda: NOON)

    def finish(self, session: Session) -> rounds.Closing:
        self.finished += 1
        opening.close_if_together(self.read(), session)
        return rounds.Closing(
            title="What came of it",
            body=("a [bold]line[/bold]",),
            next_steps=("1 of 6 have answered.",),
            commands=("git add assessments",),
            report=self.root / "report.html",
        )

    def about(self, practice: Practice) -> tuple[tuple[str, str], ...]:
        return tuple(about(practice, self.questionnaire.dimension_of[practice.id], ()))

    def clean(self, text: str) -> str:
        return text.replace("\x1b", "[U+001B]")


def alone(root: Path) -> Host:
    """Ada answers for herself; nothing is asked first."""
    return Host(root, respondent="ada", team="payments", expected=6, asked="full")


def sit(host: Host, drive: Drive, size: tuple[int, int] = (80, 24), table: Table = TABLE) -> AssessApp:
    """Start, do what `drive` says, and give the app as it was left."""
    app = AssessApp(host, table)
    if not host.plan.asks_anything:
        app.begin(settled(host.plan))

    async def run() -> None:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await drive(pilot)

    asyncio.run(asyncio.wait_for(run(), 60))
    return app


def keys(*pressed: str) -> Drive:
    """Press some keys, nothing else."""

    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press(*pressed)

    return drive


async def paste(pilot: Pilot[None], text: str) -> None:
    """Text as an input method or the clipboard gives it."""
    pilot.app.post_message(events.Paste(text))
    await pilot.pause()


def shown(pilot: Pilot[None]) -> str:
    """What stands on the screen, as one line of words."""
    svg = pilot.app.export_screenshot(simplify=True)
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    return re.sub(r"\s+", " ", html.unescape(" ".join(texts)).replace("\xa0", " "))


def sheet(root: Path, respondent: str = "ada", round_: str = "2026-Q4") -> Sheet:
    """The sheet as it is on disk."""
    folder = root / "assessments" / round_
    path = folder / "team.yaml" if respondent == "team" else folder / "answers" / f"{respondent}.yaml"
    loaded = load.load(path, Sheet)
    assert loaded.value is not None, loaded.findings
    return loaded.value


def answer(root: Path, practice: str = "quiet-days", respondent: str = "ada") -> Answer:
    """One answer as it is on disk."""
    return sheet(root, respondent).get(practice)
