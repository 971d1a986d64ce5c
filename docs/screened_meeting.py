"""A made-up team of seven for the pictures of a meeting, and the keys that walk through it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path

from textual import events
from textual.pilot import Pilot

from assess.core.answers import TEAM, Action, Answer, Sheet
from assess.core.questionnaire import Questionnaire, QuestionnaireRef
from assess.core.round import Round
from assess.files import save

SCENES = ("reveal", "meeting-list", "meeting", "meeting-goal", "meeting-action", "meeting-actions", "meeting-end")
"""The screens of a meeting, in the order in which a team meets them."""
NOW = {
    "ada": "3331304323", "bob": "3431124?23", "chen": "2300304323", "dana": "334?324333",
    "eli": "3331004?23", "fay": "23303243?3", "gus": "3341324?23",
}  # fmt: skip
"""What each has answered of the pulse, in its order."""
BEFORE = dict.fromkeys(NOW, "2221213223")
WROTE = {
    "en": ("Design sits with another team since May.", "I read this as our squad, not the department."),
    "zh-Hans": ("设计五月起归别的团队。", "我理解为我们小组，不是整个部门。"),
    "zh-Hant": ("設計五月起歸別的團隊。", "我理解為我們小組，不是整個部門。"),
}
DISSENT = {
    "en": "Two of us still wait for the release crew.",
    "zh-Hans": "有两人仍要等发布组。",
    "zh-Hant": "有兩人仍要等發布組。",
}
GOAL = {"en": "2 one step this quarter", "zh-Hans": "2 本季度先走一步", "zh-Hant": "2 本季度先走一步"}
OLD = {
    "en": "Sit with support every Tuesday",
    "zh-Hans": "每周二与客服同坐",
    "zh-Hant": "每週二與客服同坐",
}
Shoot = Callable[[str], Awaitable[None]]


def write(folder: Path, questionnaire: Questionnaire, language: str) -> None:
    """A closed round of last quarter that left an action, and an open one that all have answered."""
    asked = questionnaire.asked("pulse")
    ref = QuestionnaireRef(id=questionnaire.id, version=questionnaire.version)
    for name, state, day, given in (
        ("2026-Q3", "closed", date(2026, 8, 20), BEFORE),
        ("2026-Q4", "open", date(2026, 11, 20), NOW),
    ):
        here = folder / "assessments" / name
        (here / "answers").mkdir(parents=True)
        round_ = Round(round=name, team="payments", state=state, asked="pulse", questionnaire=ref, expected=7)  # type: ignore[arg-type]
        save.write(here / "round.yaml", save.round_text(round_))

        def sheet(who: str, answers: dict[str, Answer], name: str = name, day: date = day) -> Sheet:
            return Sheet(
                questionnaire=ref, team="payments", round=name, respondent=who, asked="pulse", answered=day,
                answers=answers,
            )  # fmt: skip

        for position, (who, levels) in enumerate(given.items()):
            answers = {
                pid: Answer(answer="dont-know" if level == "?" else int(level))
                for pid, level in zip(asked, levels, strict=True)
            }
            if name == "2026-Q4" and position < len(WROTE[language]):
                answers[asked[4]] = Answer(answer=int(levels[4]), note=f"{WROTE[language][position]}\n")
            save.write(here / "answers" / f"{who}.yaml", save.sheet_text(sheet(who, answers), asked))
        if name == "2026-Q3":
            action = Action(id="a1", practice=asked[0], text=OLD[language], owner="bob", due=date(2026, 10, 1))
            team = sheet(TEAM, {asked[0]: Answer(answer=2)}).model_copy(update={"actions": (action,)})
            save.write(here / "team.yaml", save.sheet_text(team, asked))


async def drive(pilot: Pilot[None], shoot: Shoot, language: str) -> None:
    """From who has answered to the summary."""
    await shoot("reveal")
    await pilot.press("enter")
    await pilot.pause()
    await pilot.pause()
    await shoot("meeting-list")
    await pilot.press("enter", "1", "d")
    pilot.app.post_message(events.Paste(DISSENT[language]))
    await pilot.pause()
    await pilot.press("enter")
    await shoot("meeting")
    await pilot.press("g")
    pilot.app.post_message(events.Paste(GOAL[language]))
    await shoot("meeting-goal")
    await pilot.press("enter", "a")
    await shoot("meeting-action")
    await pilot.press("enter", *"ada", "enter", "enter")
    await pilot.pause()
    await pilot.press("t")
    await shoot("meeting-actions")
    await pilot.press("escape", "enter", "3", "o", "f")
    await pilot.pause()
    await shoot("meeting-end")
