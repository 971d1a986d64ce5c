from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sitting import Host, alone, answer, keys, paste, sheet, shown, sit
from textual.pilot import Pilot

from assess.core.answers import Sheet
from assess.core.questionnaire import QuestionnaireRef
from assess.core.round import Round
from assess.files import load, save


def round_file(root: Path, name: str = "2026-Q4") -> Round:
    value = load.load(root / "assessments" / name / "round.yaml", Round).value
    assert value is not None
    return value


def test_enter_all_the_way_starts_the_proposed_round_together(tmp_path: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        screen = shown(pilot)
        assert "Pulse: 2 questions, about 1 minute" in screen
        assert "Full: 3 questions, about 2 minutes" in screen
        await pilot.press("enter", "enter", "enter", "1")

    sit(Host(tmp_path), drive)

    assert answer(tmp_path, respondent="team").answer == 1
    assert sheet(tmp_path, "team").team == tmp_path.name
    assert round_file(tmp_path).asked == "pulse"


def test_just_me_names_myself_and_how_many_are_expected(tmp_path: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press("ctrl+u", *"jkb", "enter", "down", "enter", "down", "enter", "enter", "6", "enter", "1")

    sit(Host(tmp_path), drive)

    assert answer(tmp_path).answer == 1
    assert round_file(tmp_path).asked == "full"
    assert round_file(tmp_path).expected == 6
    assert round_file(tmp_path).team == "jkb"


def test_a_proposed_name_gives_way_to_what_is_typed(tmp_path: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press(*"crew", "enter", "enter", "down", "enter", *"grace", "enter", "enter", "1")

    sit(Host(tmp_path), drive)

    assert sheet(tmp_path, "grace").team == "crew"


def test_in_a_low_window_what_is_wrong_comes_into_sight(tmp_path: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press("enter", "enter", "down", "enter", "enter", *"six", "enter")
        await pilot.pause()
        assert "A number, please, or nothing." in shown(pilot)

    sit(Host(tmp_path), drive, size=(40, 15))


def test_a_chinese_name_works(tmp_path: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press("enter", "enter", "down", "enter", "ctrl+u")
        await paste(pilot, "小明")
        await pilot.press("enter", "enter", "1")

    sit(Host(tmp_path), drive)

    assert answer(tmp_path, respondent="小明").answer == 1


@pytest.mark.parametrize(
    ("name", "word"), [("a/b", "not a name"), ("", "name is needed"), ("team", "the team's own sheet")]
)
def test_a_name_that_is_none_is_refused_in_place(tmp_path: Path, name: str, word: str) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press("down", "enter", "ctrl+u")
        await paste(pilot, name)
        await pilot.press("enter", "enter")
        assert word in shown(pilot)
        await pilot.press("ctrl+u", *"eve", "enter", "enter", "1")

    sit(Host(tmp_path, team="payments", asked="full"), drive)

    assert answer(tmp_path, respondent="eve").answer == 1


def test_a_number_that_is_none_is_refused_in_place(tmp_path: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press("down", "enter", "enter", "x", "enter")
        assert "A number, please" in shown(pilot)

    app = sit(Host(tmp_path, team="payments", asked="full"), drive)

    assert app.session is None
    assert not (tmp_path / "assessments").exists()


def other_sheet(root: Path, on: str = "2026-11-20") -> None:
    alone_ = alone(root)
    sit(alone_, keys("1"))
    path = root / "assessments/2026-Q4/answers/ada.yaml"
    path.write_text(path.read_text().replace("2026-11-23", on).replace("respondent: ada", "respondent: zoe"))
    path.rename(path.with_name("zoe.yaml"))


def test_enter_alone_never_opens_somebody_elses_sheet(tmp_path: Path) -> None:
    other_sheet(tmp_path)
    before = (tmp_path / "assessments/2026-Q4/answers/zoe.yaml").read_bytes()

    async def drive(pilot: Pilot[None]) -> None:
        assert "Go on as zoe" in shown(pilot)
        await pilot.press("enter", "enter", "2")

    app = sit(Host(tmp_path), drive)

    assert (tmp_path / "assessments/2026-Q4/answers/zoe.yaml").read_bytes() == before
    assert app.session is not None
    assert app.session.sheet.respondent != "zoe"


def test_going_on_as_somebody_is_said_and_chosen(tmp_path: Path) -> None:
    other_sheet(tmp_path)

    sit(Host(tmp_path), keys("up", "up", "enter", "0"))

    assert sheet(tmp_path, "zoe").get("agendas").answer == 0


def test_a_new_name_that_has_a_sheet_is_told_so(tmp_path: Path) -> None:
    other_sheet(tmp_path)

    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press("enter", "ctrl+u", *"Zoe", "enter")
        assert "zoe has answered here" in shown(pilot)

    app = sit(Host(tmp_path), drive)

    assert app.session is None


def old_round(root: Path) -> None:
    reference = QuestionnaireRef(id="small", version="1.0.0")
    folder = root / "assessments/2026-Q3"
    old = Round(
        round="2026-Q3",
        team="payments",
        state="open",
        asked="full",
        questionnaire=reference,
    )
    save.write(folder / "round.yaml", save.round_text(old))
    ada = Sheet(
        questionnaire=reference, team="payments", round="2026-Q3", respondent="ada", asked="full",
        answered=date(2026, 8, 1),
    )  # fmt: skip
    save.write(folder / "answers/ada.yaml", save.sheet_text(ada))


def test_an_old_open_round_is_continued_only_after_asking(tmp_path: Path) -> None:
    old_round(tmp_path)

    async def drive(pilot: Pilot[None]) -> None:
        assert "2026-Q3 is still open; its newest answer is 114 days old" in shown(pilot)
        await pilot.press("enter", "2")

    sit(Host(tmp_path, respondent="ada"), drive)

    assert sheet(tmp_path, round_="2026-Q3").get("quiet-days").answer == 2


def test_a_new_round_can_be_started_instead(tmp_path: Path) -> None:
    old_round(tmp_path)

    sit(Host(tmp_path, respondent="ada"), keys("down", "enter", "down", "enter", "enter", "2"))

    assert answer(tmp_path).answer == 2
    assert round_file(tmp_path).asked == "full"


def test_leaving_the_first_screen_writes_nothing(tmp_path: Path) -> None:
    app = sit(Host(tmp_path), keys("ctrl+q"))

    assert app.ended.code == 0
    assert app.ended.session is None
    assert not (tmp_path / "assessments").exists()


def test_a_folder_that_cannot_be_written_is_told_with_the_first_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(save, "write", full)

    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press("enter", "enter", "enter", "1")
        await pilot.pause(0.1)
        assert "NOT SAVED: the disk is full" in shown(pilot)

    app = sit(Host(tmp_path), drive)

    assert app.ended.code == 4
