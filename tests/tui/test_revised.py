"""A sheet of an older version, opened in a round that was taken to the new one."""

from __future__ import annotations

from pathlib import Path

from sitting import QUESTIONS, Host, alone, answer, keys, sheet, shown, sit
from textual.pilot import Pilot


def taken_to_the_new_version(root: Path) -> Host:
    """Ada has answered everything; then a question was renamed, and another changed."""
    sit(alone(root), keys("2", "enter", "1", "n", *"why", "escape", "enter", "3"))
    questions = (
        QUESTIONS.replace('"1.0.0"', '"2.0.0"\nmoved: {quiet-days: silent-days}')
        .replace("id: quiet-days", "id: silent-days")
        .replace("title: Agendas", 'title: Agendas\n        revised: "2.0.0"')
    )
    (root / "q" / "questionnaire.yaml").write_text(questions)
    round_yaml = root / "assessments/2026-Q4/round.yaml"
    round_yaml.write_text(round_yaml.read_text().replace("1.0.0", "2.0.0"))
    return Host(root, respondent="ada")


def test_the_bottom_line_says_that_an_answer_is_open_again(tmp_path: Path) -> None:
    host = taken_to_the_new_version(tmp_path)

    async def drive(pilot: Pilot[None]) -> None:
        told = shown(pilot)
        assert "1 question has changed since it was answered here" in told
        assert "Agendas" in told
        assert "why" in told
        await pilot.press("0")
        assert "has changed since" not in shown(pilot)

    sit(host, drive)

    assert (answer(tmp_path, "agendas").answer, answer(tmp_path, "agendas").note) == (0, "why\n")
    assert answer(tmp_path, "quiet-days").answer == 2  # the file keeps its ids
    assert sheet(tmp_path).questionnaire.version == "2.0.0"


def test_taking_every_change_back_gives_the_older_file_to_the_last_byte(tmp_path: Path) -> None:
    host = taken_to_the_new_version(tmp_path)
    path = tmp_path / "assessments/2026-Q4/answers/ada.yaml"
    before = path.read_bytes()

    sit(host, keys("0", "d", "z", "z"))

    assert path.read_bytes() == before


def test_leaving_without_an_answer_changes_nothing(tmp_path: Path) -> None:
    host = taken_to_the_new_version(tmp_path)
    path = tmp_path / "assessments/2026-Q4/answers/ada.yaml"
    before = path.read_bytes()

    sit(host, keys("j", "enter", "b"))

    assert path.read_bytes() == before
