"""A person's own keys: keys.yaml in the settings of their account, and what the terminal makes of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import Run
from sitting import alone, answer, shown, sit
from terminal import Terminal
from textual.pilot import Pilot

from assess.core.keymap import KeyMap, applied, check_keymap
from assess.core.keys import TABLE
from assess.files.personal import keys_path

OWN = {
    "next": ["right", "enter"],
    "dont-know": "g",
    "answer": ["à", "&", "é", '"', "'", "(", "-"],
    "reason-leave": "f9",
    "quit": "ctrl+x",
}


def own(**keys: object) -> KeyMap:
    keymap = KeyMap.model_validate({"keys": {name.replace("_", "-"): value for name, value in keys.items()}})
    assert list(check_keymap(keymap)) == []
    return keymap


def test_own_keys_do_what_the_usual_ones_did_and_those_do_it_no_more(tmp_path: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press("é", "2", "right", "1", "g", "right")

    app = sit(alone(tmp_path), drive, table=applied(own(**OWN)))

    assert answer(tmp_path).answer == 2
    assert answer(tmp_path, "agendas").answer == "dont-know"
    assert app.session is not None
    assert app.session.current.id == "releases"


def test_own_keys_are_shown_wherever_a_key_is_named(tmp_path: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        assert "→ Enter next" in shown(pilot)
        await pilot.press("x", "enter")
        assert "A reason is needed. F9 gives up." in shown(pilot)
        await pilot.press("f9", "f1")
        assert "g Don't know" in shown(pilot)
        assert "? Don't know" not in shown(pilot)

    sit(alone(tmp_path), drive, size=(120, 60), table=applied(own(**OWN)))


def test_what_has_no_key_can_be_given_one_and_is_in_the_palette(tmp_path: Path) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        await pilot.press("f6")
        assert "✓ textual-dark" in shown(pilot)
        await pilot.press(*"textual-light", "enter")
        assert pilot.app.theme == "textual-light"
        await pilot.press("ctrl+p", *"colours")
        assert "Choose other colours F6" in shown(pilot)

    sit(alone(tmp_path), drive, table=applied(own(colours="f6")))


def test_two_keys_may_change_places() -> None:
    table = {key.id: key.keys for key in applied(own(next="b", back="enter"))}

    changed = {"next", "back", "meeting-next", "meeting-back"}
    assert (table["next"], table["back"]) == (("b",), ("enter",))
    assert (table["meeting-next"], table["meeting-back"]) == (("b",), ("enter",))
    assert {name: keys for name, keys in table.items() if name not in changed} == {
        key.id: key.keys for key in TABLE if key.id not in changed
    }


def test_in_a_meeting_the_usual_keys_stay_where_an_own_one_would_mean_two_things() -> None:
    chosen = own(dissent="v", next="g")  # there g sets a goal

    table = {key.id: key.keys for key in applied(chosen)}

    assert list(check_keymap(chosen)) == []
    assert (table["next"], table["meeting-next"], table["goal"], table["dissent"]) == (
        ("g",), ("enter",), ("g",), ("v",),
    )  # fmt: skip


def test_settings_lie_where_the_account_has_them(tmp_path: Path) -> None:
    home = tmp_path / ".config/assess/keys.yaml"

    assert keys_path({"XDG_CONFIG_HOME": "/x", "HOME": str(tmp_path)}) == Path("/x/assess/keys.yaml")
    assert keys_path({"HOME": str(tmp_path)}) == home
    assert keys_path({"XDG_CONFIG_HOME": "here", "HOME": str(tmp_path)}) == home


def write(folder: Path, text: str) -> Path:
    path = folder / "settings/assess/keys.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.terminal
def test_the_terminal_takes_the_keys_of_the_account(command: str, tmp_path: Path) -> None:
    write(tmp_path, "format: assess.keys/1\nkeys:\n  next: right\n  quit: ctrl+x\n")
    line = f"XDG_CONFIG_HOME={tmp_path}/settings {command} run --as ada --team payments --pulse"
    with Terminal(tmp_path / "s", line, tmp_path, columns=130) as window:
        window.wait_for("All disciplines in one team", "→ next", "ctrl+x quit")
        window.keys("3", "Right")
        window.wait_for("Own path to release")
        window.keys("C-x")
        window.wait_for("exit code: 0")

    assert "one-team-all-disciplines: 3" in next(tmp_path.rglob("ada.yaml")).read_text(encoding="utf-8")


@pytest.mark.terminal
def test_keys_that_cannot_be_are_told_with_their_place_before_anything_is_opened(
    command: str, tmp_path: Path
) -> None:
    path = write(tmp_path, "format: assess.keys/1\nkeys:\n  nxt: right\n  back: shift+enter\n  note: d\n")
    line = f"XDG_CONFIG_HOME={tmp_path}/settings {command} run --as ada --team payments --pulse"
    with Terminal(tmp_path / "s", line, tmp_path, columns=200) as window:
        screen = window.wait_for("exit code: 2", ":4:9: ")

    assert "expected one character, ctrl+LETTER" in screen
    assert "shift+enter" in screen
    assert not (tmp_path / "assessments").exists()
    assert path.read_text(encoding="utf-8").endswith("note: d\n")


def test_plain_lines_know_no_keys_and_are_not_held_up_by_them(assess: Run, tmp_path: Path) -> None:
    write(tmp_path, "format: assess.keys/1\nkeys: 3\n")

    done = assess(
        "run", "--plain", "--as", "ada", "--team", "payments", "--pulse", stdin="3\nq\n",
        env={"XDG_CONFIG_HOME": str(tmp_path / "settings")},
    )  # fmt: skip

    assert done.returncode == 0


def test_validate_tells_what_is_wrong_with_keys(assess: Run, tmp_path: Path) -> None:
    path = write(tmp_path, "format: assess.keys/1\nkeys:\n  nxt: right\n  note: d\n")

    done = assess("validate", str(path))

    assert done.returncode == 3
    assert f"{path.relative_to(tmp_path)}:3:3: error: there is no key “nxt” to change" in done.stdout
    assert "did you mean “next”?" in done.stdout
    assert "“d” already does “discuss” there" in done.stdout


def test_a_key_written_as_on_the_keyboard_is_told_how_it_is_written_here(assess: Run, tmp_path: Path) -> None:
    written = {
        "Right": "right", "PageUp": "pageup", "F5": "f5", "Esc": "escape", "Del": "delete", "PgDn": "pagedown",
        "return": "enter",
    }  # fmt: skip
    names = ("next", "back", "note", "evidence", "discuss", "outline", "undo")
    keys = (f"  {name}: {word}\n" for name, word in zip(names, written, strict=True))
    path = write(tmp_path, "format: assess.keys/1\nkeys:\n" + "".join(keys))

    done = assess("validate", str(path))

    assert re.findall("did you mean “(.*)”\\?", done.stdout) == list(written.values())


def test_a_key_that_an_input_method_gives_is_the_key_it_stands_for(assess: Run, tmp_path: Path) -> None:
    path = write(tmp_path, "format: assess.keys/1\nkeys:\n  next: １\n")

    done = assess("validate", str(path))

    assert done.returncode == 3
    assert "“１” already does “answer” there" in done.stdout


def test_the_bottom_line_names_the_own_keys_of_the_levels_and_the_review_the_one_that_finishes(
    tmp_path: Path,
) -> None:
    async def drive(pilot: Pilot[None]) -> None:
        assert "à … é answer" in shown(pilot)
        await pilot.press("r")
        assert "w Finish" in shown(pilot)

    levels = ["à", "&", "é", "'", '"', "(", "-"]
    sit(alone(tmp_path), drive, table=applied(own(answer=levels, finish="w")))
