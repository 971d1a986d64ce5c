from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter

import pytest

from assess.core.keys import TABLE, TITLES, TOGETHER, Scope, of
from assess.i18n import translate
from assess.tui import keys
from assess.tui.actions import ActionsScreen
from assess.tui.agenda import AgendaScreen
from assess.tui.app import AssessApp
from assess.tui.closing import ClosingScreen
from assess.tui.conflict import ConflictScreen
from assess.tui.help import HelpScreen
from assess.tui.outline import ListScreen
from assess.tui.question import QuestionScreen
from assess.tui.reveal import RevealScreen
from assess.tui.review import ReviewScreen
from assess.tui.search import SearchScreen
from assess.tui.setup import SetupScreen
from assess.tui.talk import TalkScreen
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
    Scope.REVEAL: RevealScreen,
    Scope.AGENDA: AgendaScreen,
    Scope.MEETING: TalkScreen,
    Scope.LINE: TalkScreen,
    Scope.ACTIONS: ActionsScreen,
}
TWINS = {"ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "ctrl+s"}


@pytest.mark.parametrize("scopes", TOGETHER, ids=lambda scopes: "-".join(sorted(scopes)))
def test_no_key_means_two_things_in_one_place(scopes: frozenset[Scope]) -> None:
    counted = Counter(name for key in of(TABLE, Scope.EVERYWHERE, *scopes) for name in key.keys)

    assert [name for name, n in counted.items() if n > 1] == []


def test_every_place_acts_with_the_keys_that_act_everywhere() -> None:
    assert {scope for scopes in TOGETHER for scope in scopes} == set(Scope) - {Scope.EVERYWHERE}


def test_every_key_has_an_action_and_an_explanation() -> None:
    assert set(SCREENS) == set(Scope) == set(TITLES)
    for key in TABLE:
        assert hasattr(SCREENS[key.scope], f"action_{key.runs.partition('(')[0]}"), key.id
        assert translate(key.help)
        assert bool(key.shown) == bool(key.keys)


def test_ids_are_stable_names_of_their_own() -> None:
    ids = [key.id for key in TABLE]

    assert len(ids) == len(set(ids))


def test_no_key_is_another_keys_twin_or_needs_a_special_terminal() -> None:
    names = {name for key in TABLE for name in key.keys}

    assert not names & TWINS
    assert not {n for n in names if n.startswith(("shift+", "ctrl+shift", "alt+")) and n != "shift+tab"}


def test_the_footer_keeps_the_most_useful_keys_where_room_is_short() -> None:
    wide = keys.footer(TABLE, 200, (Scope.QUESTION,))
    narrow = keys.footer(TABLE, 30, (Scope.QUESTION,))

    assert len(narrow) < len(wide)
    assert {"next", "help"} <= {key.id for key, _shown, _label in narrow}
    assert keys.footer(TABLE, 200, (Scope.QUESTION,), {"answer": "0-2"})[0][1:] == ("0-2", "answer")


def test_the_kitty_protocol_is_off_before_textual_is_loaded() -> None:
    code = "import assess.tui.app, textual.constants as c; print(c.DISABLE_KITTY_KEY)"
    environment = {k: v for k, v in os.environ.items() if k != "TEXTUAL_DISABLE_KITTY_KEY"}

    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment, timeout=60
    )

    assert done.stdout.strip() == "True"
