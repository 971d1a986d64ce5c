from __future__ import annotations

from pathlib import Path

import pytest
from sitting import QUESTIONS, alone, answer, keys, shown, sit
from textual.pilot import Pilot

from assess.core.round import Round
from assess.files import load


def test_the_outline_shows_dimensions_and_opens_a_question(tmp_path: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press("1", "o")
        assert "Meeting rhythm 1 of 2" in shown(pilot)
        assert "✓ 1 Quiet days Level 1" in shown(pilot)
        await pilot.press("end", "enter")

    app = sit(alone(tmp_path), drive)

    assert app.session is not None
    assert app.session.current.id == "releases"


@pytest.mark.parametrize("words", ["weekdays", "QUIET", "quiet-d", "rhythm free"])
def test_search_finds_by_text_title_id_and_dimension(tmp_path: Path, words: str) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press("enter", "slash", *("space" if c == " " else c for c in words))
        assert "Releases" not in shown(pilot)
        await pilot.press("enter")

    app = sit(alone(tmp_path), drive)

    assert app.session is not None
    assert app.session.current.id == "quiet-days"


def test_search_that_finds_nothing_says_so_and_goes_back(tmp_path: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press("slash", "q", "q", "enter")
        assert "Nothing found" in shown(pilot)
        await pilot.press("escape", "1")

    sit(alone(tmp_path), drive)

    assert answer(tmp_path).answer == 1


def test_the_review_says_every_state_in_words_and_jumps(tmp_path: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press("1", "d", "n", "h", "escape", "enter", "?", "r")
        screen = shown(pilot)
        assert "Level 1 (to discuss, note): One [b]bold" in screen
        assert "Don't know" in screen
        assert "Unanswered" in screen
        assert "1 question unanswered" in screen
        await pilot.press("enter", "3")

    sit(alone(tmp_path), drive, size=(120, 40))

    assert answer(tmp_path, "releases").answer == 3


def test_enter_after_the_last_question_leads_through_the_review_to_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda url: opened.append(url) or True)

    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press("1", "enter", "1", "enter", "1", "enter", "enter")
        screen = shown(pilot)
        assert "What came of it" in screen
        assert "a [bold]line[/bold]" in screen
        assert "git add assessments" in screen
        await pilot.press("o")
        await pilot.pause()
        await pilot.press("enter")

    app = sit(alone(tmp_path), drive)

    assert opened == [(tmp_path / "report.html").as_uri()]
    assert app.ended.code == 0
    assert app.ended.closing is not None


def test_an_answer_changed_after_the_end_takes_the_end_back(tmp_path: Path) -> None:
    app = sit(alone(tmp_path), keys("1", "r", "f", "b", "escape", "0", "ctrl+q"))

    assert app.ended.closing is None
    assert answer(tmp_path).answer == 0


def test_a_round_answered_together_is_closed_at_the_end(tmp_path: Path) -> None:
    from sitting import Host

    host = Host(tmp_path, respondent="team", team="payments", asked="pulse")

    sit(host, keys("1", "enter", "1", "r", "f"))

    round_ = load.load(tmp_path / "assessments/2026-Q4/round.yaml", Round).value
    assert round_ is not None
    assert round_.state == "closed"


def test_help_shows_the_keys_and_the_palette_runs_a_command(tmp_path: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press("f1")
        assert "Answer with the level as printed" in shown(pilot)
        await pilot.press("f1", "escape", "ctrl+p", *"talk", "enter")

    sit(alone(tmp_path), drive)

    assert answer(tmp_path).discuss


def test_the_palette_finds_questions_too_and_opens_them(tmp_path: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press("ctrl+p", *"monthly", "enter", "2")

    sit(alone(tmp_path), drive)

    assert answer(tmp_path, "releases").answer == 2


def test_the_palette_does_in_a_note_what_can_be_done_in_a_note(tmp_path: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press("n", "a", "ctrl+p")
        assert "Leave the note; the words are kept Esc" in shown(pilot)
        assert "Take the answer back" not in shown(pilot)
        await pilot.press("escape", "b")

    sit(alone(tmp_path), drive)

    assert answer(tmp_path).note == "ab\n"


@pytest.mark.parametrize("typed", ["ctrl+p", "f1"])
def test_neither_palette_nor_help_opens_above_itself(tmp_path: Path, typed: str) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press(typed, "ctrl+p", "f1", "escape", "1")

    sit(alone(tmp_path), drive)

    assert answer(tmp_path).answer == 1


def test_a_click_on_a_key_of_the_bottom_line_presses_it(tmp_path: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press("1")
        line = pilot.app.screen.query_one("#status").render().plain  # type: ignore[union-attr]
        await pilot.click("#status", offset=(line.index("Enter next") + 2, 1))
        await pilot.press("0")
        await pilot.click("#status", offset=(line.index("0-1 answer") + 2 if "0-1" in line else 15, 1))
        await pilot.click("#status", offset=(line.index("F1 help") + 2, 1))
        await pilot.pause()
        assert "Answer with the level as printed" in shown(pilot)

    app = sit(alone(tmp_path), drive, size=(120, 24))

    assert (answer(tmp_path).answer, answer(tmp_path, "agendas").answer) == (1, 0)
    assert app.session is not None
    assert app.session.current.id == "agendas"


@pytest.mark.parametrize("size", [(40, 15), (80, 24), (120, 40)])
def test_the_help_explains_the_words_of_the_questionnaire_and_scrolls_to_its_last_line(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    (tmp_path / "q").mkdir()
    long = "A title of many words that takes more than one line of a small window, and still ends"
    words = f'help:\n  - {{title: Member, text: Works here.}}\n  - {{title: "{long}", text: Fine.}}\n'
    (tmp_path / "q/questionnaire.yaml").write_text(QUESTIONS.replace("dimensions:", words + "dimensions:", 1))
    seen: list[str] = []

    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press("f1")
        for _page in range(30):
            seen.append(shown(pilot))
            await pilot.press("pagedown")
        await pilot.press("home", "end")
        await pilot.pause()
        assert "do better with:" in shown(pilot)
        assert "--plain" in shown(pilot)

    sit(alone(tmp_path), drive, size=size)

    told = " ".join(seen)
    assert "Words and rules for every question" in told
    assert "Works here." in told
    assert "still ends" in told
    assert "Fine." in told
