"""One file with all that can be said about it beside the built-in questionnaire."""

from __future__ import annotations

from functools import cache

from pydantic import BaseModel

from assess.core import consistency
from assess.core.answers import Sheet
from assess.core.counts import Counts
from assess.core.fitting import check_fits
from assess.core.keymap import KeyMap, check_keymap
from assess.core.questionnaire import Baseline, Questionnaire
from assess.core.round import Round
from assess.files import builtin
from assess.files.load import Loaded, load


@cache
def built_in() -> Questionnaire:
    loaded = load(builtin.questionnaires()["shipping-practices"], Questionnaire)
    assert loaded.value is not None
    return loaded.value


def checked(loaded: Loaded[BaseModel]) -> Loaded[BaseModel]:
    match loaded.value:
        case Sheet() as sheet:
            return loaded.also(consistency.check_sheet(sheet, built_in()))
        case Round() as round_:
            return loaded.also(consistency.check_round(round_, built_in()))
        case Counts() as counts:
            return loaded.also(consistency.check_counts(counts, built_in()))
    return _of_an_author(loaded)


def _of_an_author(loaded: Loaded[BaseModel]) -> Loaded[BaseModel]:
    match loaded.value:
        case Baseline() as baseline:
            return loaded.also(consistency.check_baseline(baseline, built_in()))
        case Questionnaire() as questionnaire:
            return loaded.also([*consistency.check_questionnaire(questionnaire), *check_fits(questionnaire)])
        case KeyMap() as keymap:
            return loaded.also(check_keymap(keymap))
    return loaded
