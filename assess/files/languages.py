"""Which language is spoken, and the translations that lie beside a questionnaire."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assess.core import authoring, consistency
from assess.core.finding import Finding, Severity
from assess.core.fitting import check_translation_fits
from assess.core.message import message
from assess.core.questionnaire import Baseline, Questionnaire
from assess.core.translation import Translation, check_translation
from assess.files.folders import LEADS_OUT, listed, within
from assess.files.load import Loaded, Model, load, refused
from assess.i18n import available, match


@dataclass(frozen=True, slots=True)
class Tongue:
    """Which language is wanted: by a flag, else by `assess.yaml`, else by the surroundings. All are tags."""

    flag: str | None = None
    surroundings: str = "en"


class UnknownLanguageError(Exception):
    """A language was asked for that nobody here speaks; `known` are those that can be had."""

    def __init__(self, wanted: str, known: tuple[str, ...]) -> None:
        super().__init__(wanted)
        self.wanted = wanted
        self.known = known


@dataclass(frozen=True, slots=True)
class Spoken:
    """The language to speak, and the file of the questionnaire's texts in it where there is one."""

    language: str
    path: Path | None


def beside(questionnaire: Path, kind: str) -> dict[str, Path]:
    """The files in `translations/` or `baselines/` beside a questionnaire's file, by their name.

    What editors and systems leave there (names with a leading dot) is not ours.
    """
    found, _unlistable = listed(questionnaire.parent / kind, questionnaire.parent)
    return {path.stem: path for path in found if path.suffix == ".yaml" and not path.name.startswith(".")}


def load_beside(path: Path, model: type[Model]) -> Loaded[Model]:
    """Read a file that lies beside a questionnaire, unless it is a link to somewhere else."""
    if within(path, path.parent.parent):
        return load(path, model)
    return refused(path, LEADS_OUT)


def spoken(questions: Loaded[Questionnaire], tongue: Tongue, configured: str | None) -> Spoken:
    """The language to speak, and where the questionnaire speaks it.

    A language counts as spoken when the program has a catalogue for it or the questionnaire is written in it or
    translated. Raises UnknownLanguageError for a flag or a setting that asks for another; what the surroundings
    ask for falls back in silence.
    """
    own = "en" if questions.value is None else questions.value.language
    found = beside(questions.path, "translations")
    known = tuple(dict.fromkeys((own, *found, *available())))
    wanted = configured if tongue.flag is None else tongue.flag
    language = match(tongue.surroundings if wanted is None else wanted, known)
    if language is None:
        if wanted is not None:
            raise UnknownLanguageError(wanted, known)
        language = own
    return Spoken(language, None if language == own else found.get(language))


def baselines_beside(questionnaire: Path) -> tuple[Baseline, ...]:
    """All valid baselines beside a questionnaire, whichever of them a team has chosen."""
    values = (load_beside(path, Baseline).value for path in beside(questionnaire, "baselines").values())
    return tuple(value for value in values if value is not None)


def judged(
    path: Path, questionnaire: Questionnaire | None, source: Path, *, thorough: bool = False
) -> Loaded[Translation]:
    """A translation with all that is wrong beside what it translates, and with its own file name.

    `source` is the questionnaire's file, `questionnaire` its value, None where that is not valid. `thorough` looks
    also at what a screen can show.
    """
    loaded = load_beside(path, Translation)
    value = loaded.value
    if value is None:
        return loaded
    loaded = loaded.also(_beside_what_it_translates(value, path, questionnaire, source))
    return loaded.also(check_translation_fits(value, questionnaire)) if thorough and questionnaire else loaded


def _beside_what_it_translates(
    translation: Translation, path: Path, questionnaire: Questionnaire | None, source: Path
) -> Iterator[Finding]:
    yield from consistency.check_translation_place(translation, path.stem)
    yield from authoring.check_translation_levels(translation)
    if questionnaire is None:
        yield not_compared()
        return
    baselines = baselines_beside(source)
    broken = beside(source, "baselines").keys() - {baseline.id for baseline in baselines}
    yield from check_translation(translation, questionnaire, baselines, broken=frozenset(broken))


def not_compared() -> Finding:
    """What is said of a translation that could only be read."""
    what = message("only read: there is no valid questionnaire beside it to compare it with")
    return Finding("not-compared", what, Severity.WARNING, route=("format",))
