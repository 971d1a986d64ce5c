"""A meeting at the terminal face: the real command's host over a folder in which three people have answered."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Mapping
from contextlib import chdir
from pathlib import Path

from sitting import NOON, QUESTIONS, Drive

from assess.commands import Context, meet
from assess.core.answers import TEAM, Sheet
from assess.core.keys import TABLE
from assess.core.questionnaire import QuestionnaireRef
from assess.core.round import Round
from assess.files import save
from assess.files.languages import Tongue
from assess.tui.keys import Table
from assess.tui.meet import MeetApp

REF = QuestionnaireRef(id="small", version="1.0.0")
THREE = {
    "ada": {"quiet-days": 0, "agendas": 1, "releases": "dont-know"},
    "bob": {"quiet-days": 2, "agendas": 1, "releases": "dont-know"},
    "chen": {"quiet-days": 0, "agendas": 1, "releases": {"answer": 3, "note": "look at [b]the log[/b]\n"}},
}
"""Two camps on quiet days, and one of three knows about releases."""


def gather(
    root: Path,
    people: Mapping[str, Mapping[str, object]] = THREE,
    *,
    round_: str = "2026-Q4",
    state: str = "open",
    team: Mapping[str, object] | None = None,
) -> Path:
    """A folder with one round of these answers, and the small questionnaire."""
    questions = root / "q" / "questionnaire.yaml"
    questions.parent.mkdir(parents=True, exist_ok=True)
    questions.write_text(QUESTIONS, encoding="utf-8")
    (root / "assess.yaml").write_text(
        "format: assess.config/1\nteam: payments\nquestionnaire: q\n", encoding="utf-8"
    )
    folder = root / "assessments" / round_
    (folder / "answers").mkdir(parents=True)
    of_round = Round.model_validate(
        {"round": round_, "team": "payments", "state": state, "asked": "full", "questionnaire": REF}
    )
    save.write(folder / "round.yaml", save.round_text(of_round))
    for name, answers in people.items():
        path = folder / "team.yaml" if name == TEAM else folder / "answers" / f"{name}.yaml"
        save.write(path, save.sheet_text(_sheet(name, round_, {"answers": answers})))
    if team is not None:
        save.write(folder / "team.yaml", save.sheet_text(_sheet(TEAM, round_, team)))
    return root


def _sheet(name: str, round_: str, parts: Mapping[str, object]) -> Sheet:
    about = {"questionnaire": REF, "team": "payments", "round": round_, "respondent": name, "asked": "full"}
    return Sheet.model_validate({**about, "answered": NOON.date(), **parts})


def hold(root: Path, drive: Drive, size: tuple[int, int] = (80, 24), table: Table = TABLE) -> MeetApp:
    """Hold the meeting of the newest round, do what `drive` says, and give the app as it was left."""
    with chdir(root):
        context = Context(io.StringIO(), io.StringIO(), lambda: NOON, None, None, None, Tongue(flag="en"))
        repository = context.open()
        assert repository.valid, repository.findings
        newest = repository.newest
        assert newest is not None
        host = meet._Host(context, repository, newest, plain=False)
        app = MeetApp(host, table)
        if host.participation is None:
            app.open()

        async def run() -> None:
            async with app.run_test(size=size) as pilot:
                await pilot.pause()
                await pilot.pause()
                await drive(pilot)

        asyncio.run(asyncio.wait_for(run(), 60))
    return app
