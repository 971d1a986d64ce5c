"""The second questionnaire on the screen: from two levels to seven, and nothing described."""

from __future__ import annotations

import shutil
from pathlib import Path

from sitting import Host, sheet, shown, sit
from textual.pilot import Pilot

from assess.files import builtin


def test_every_level_from_two_to_seven_can_be_pressed_and_no_other(tmp_path: Path) -> None:
    shutil.copytree(builtin.questionnaires()["change-reviews"].parent, tmp_path / "q")
    screens = []

    async def drive(pilot: Pilot[None]) -> None:
        for key in ("5", "4", "1", "2", "6"):
            await pilot.press(str(int(key) + 1))
            await pilot.pause()
            screens.append(shown(pilot))
            await pilot.press(key, "enter")
        await pilot.press("f")
        await pilot.pause()

    host = Host(tmp_path, respondent="ada", team="payments", expected=6, asked="full")
    sit(host, drive)

    tops = [5, 4, 1, 2, 6]
    assert all(f"has the levels 0 to {top}." in screen for top, screen in zip(tops[:4], screens, strict=False))
    assert [answer.answer for answer in sheet(tmp_path).answers.values()] == tops
    assert host.finished == 1
