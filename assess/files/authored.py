"""A questionnaire with all that lies beside it, as its author checks it.

What is wrong is decided in `core`; which of the files somebody asked about, in the command.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assess.core import authoring, consistency, fitting
from assess.core.finding import Finding
from assess.core.questionnaire import Baseline, Questionnaire
from assess.files import history, languages
from assess.files.load import Loaded, load

QUESTIONNAIRE = "questionnaire.yaml"
BESIDE = ("baselines", "translations")


def questionnaire(path: Path, *, thorough: bool) -> Loaded[Questionnaire]:
    """A questionnaire with all that is wrong in its own file.

    `thorough` looks also at what hinders nobody who answers: what a screen can show, and what earlier versions,
    which git remembers, asked.
    """
    loaded = load(path, Questionnaire)
    value = loaded.value
    if value is None:
        return loaded
    found = [*consistency.check_questionnaire(value)]
    if thorough:
        found += fitting.check_fits(value)
        found += authoring.check_earlier(value, history.earlier_versions(path, value))
    return loaded.also(found)


def baseline(path: Path, asked: Questionnaire | None) -> Loaded[Baseline]:
    """A baseline with all that is wrong beside its questionnaire, None where that is not valid."""
    loaded = languages.load_beside(path, Baseline)
    if loaded.value is not None:
        loaded = loaded.also(_of_baseline(loaded.value, path, asked))
    return loaded


def _of_baseline(value: Baseline, path: Path, asked: Questionnaire | None) -> Iterator[Finding]:
    yield from consistency.check_baseline_place(value, path.stem)
    if asked is not None:
        yield from consistency.check_baseline(value, asked)
