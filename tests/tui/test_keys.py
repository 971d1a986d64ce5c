from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter

import pytest

from assess.i18n import translate
from assess.tui import keys
from assess.tui.app import AssessApp
from assess.tui.closing import ClosingScreen
from assess.tui.conflict import ConflictScreen
from assess.tui.help import HelpScreen
from assess.tui.keys import TABLE, TITLES, Scope
from assess.tui.outline import ListScreen
from assess.tui.question import QuestionScreen
from assess.tui.review import ReviewScreen
from assess.tui.search import SearchScreen
from assess.tui.setup import SetupScreen
from assess.tui.unsaved import UnsavedScreen

SCREENS = {
    Scope.EVERYWHERE: AssessApp,
    Scope.SETUP: SetupScreen,
    Scope.QUESTION: QuestionScreen,
    Scope.NOTE: QuestionScreen,
    Scope.EVIDENCE: QuestionScreen,
    Scope.REASON: QuestionScreen,
    Scope.LIST: ListScreen,
    Scope.REVIEW: ReviewScreen,
    Scope.SEARCH: SearchScreen,
    Scope.CLOSING: ClosingScreen,
    Scope.HELP: HelpScreen,
    Scope.UNSAVED: UnsavedScreen,
    Scope.CONFLICT: ConflictScreen,
}
TWINS = {"ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "ctrl+z", "ctrl+s"}
WITH = {Scope.REVIEW: Scope.LIST}
"""Scopes that act together with another one."""


@pytest.mark.parametrize("scope", Scope)
def test_no_key_means_two_things_in_one_place(scope: Scope) -> None:
    together = keys.of(scope, Scope.EVERYWHERE, *([WITH[scope]] if scope in WITH else []))

    counted = Counter(name for key in together for name in key.keys)

    assert [name for name, n in counted.items() if n > (2 if scope is Scope.EVERYWHERE else 1)] == []


def test_every_key_has_an_action_and_an_explanation() -> None:
    assert set(SCREENS) == set(Scope) == set(TITLES)
    for key in TABLE:
        assert hasattr(SCREENS[key.scope], f"action_{key.runs.partition('(')[0]}"), key.id
        assert translate(key.help)
        assert key.shown


def test_ids_are_stable_names_of_their_own() -> None:
    ids = [key.id for key in TABLE]

    assert len(ids) == len(set(ids))


def test_no_key_is_another_keys_twin_or_needs_a_special_terminal() -> None:
    names = {name for key in TABLE for name in key.keys}

    assert not names & TWINS
    assert not {n for n in names if n.startswith(("shift+", "ctrl+shift", "alt+")) and n != "shift+tab"}


def test_the_footer_keeps_the_most_useful_keys_where_room_is_short() -> None:
    wide = keys.footer(200, (Scope.QUESTION,))
    narrow = keys.footer(30, (Scope.QUESTION,))

    assert len(narrow) < len(wide)
    assert ("Enter", "next") in narrow
    assert ("F1", "help") in narrow
    assert keys.footer(200, (Scope.QUESTION,), {"answer": "0-2"})[0] == ("0-2", "answer")


def test_the_kitty_protocol_is_off_before_textual_is_loaded() -> None:
    code = "import assess.tui.app, textual.constants as c; print(c.DISABLE_KITTY_KEY)"
    environment = {k: v for k, v in os.environ.items() if k != "TEXTUAL_DISABLE_KITTY_KEY"}

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment, timeout=60
    )

    assert done.stdout.strip() == "True"
