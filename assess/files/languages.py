"""Which language is spoken, and the translations that lie beside a questionnaire."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assess.core import consistency
from assess.core.questionnaire import Baseline, Questionnaire
from assess.core.translation import Translation, check_translation
from assess.files.load import Loaded, load
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


def translations(questionnaire: Path) -> dict[str, Path]:
    """The translations beside a questionnaire's file, by language."""
    return {path.stem: path for path in sorted((questionnaire.parent / "translations").glob("*.yaml"))}


def spoken(
    questions: Loaded[Questionnaire], tongue: Tongue, configured: str | None
) -> tuple[str, Translation | None]:
    """The language to speak, and the questionnaire's texts in it where it has any.

    A language counts as spoken when the program has a catalogue for it or the questionnaire is written in it or
    translated. Raises UnknownLanguageError for a flag or a setting that asks for another; what the surroundings
    ask for falls back in silence.
    """
    own = "en" if questions.value is None else questions.value.language
    found = translations(questions.path)
    known = tuple(dict.fromkeys((own, *found, *available())))
    wanted = tongue.flag or configured
    language = match(wanted or tongue.surroundings, known)
    if language is None:
        if wanted is not None:
            raise UnknownLanguageError(wanted, known)
        language = own
    value = load(found[language], Translation).value if language in found and language != own else None
    fits = value is not None and questions.value is not None and value.questionnaire.id == questions.value.id
    return language, value if fits else None


def baselines_beside(questionnaire: Path) -> tuple[Baseline, ...]:
    """All valid baselines beside a questionnaire, whichever of them a team has chosen."""
    paths = sorted((questionnaire.parent / "baselines").glob("*.yaml"))
    values = (load(path, Baseline).value for path in paths)
    return tuple(value for value in values if value is not None)


def judged(path: Path, questionnaire: Questionnaire, baselines: Sequence[Baseline]) -> Loaded[Translation]:
    """A translation with all that is wrong beside what it translates, and with its own file name."""
    loaded = load(path, Translation)
    if loaded.value is None:
        return loaded
    placed = consistency.check_translation_place(loaded.value, path.stem)
    return loaded.also([*placed, *check_translation(loaded.value, questionnaire, baselines)])
