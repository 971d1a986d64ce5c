"""What is shipped, loaded once: the questionnaires, their baselines, their translations."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assess.core.questionnaire import Baseline, Questionnaire
from assess.core.translation import Translation
from assess.files import builtin, languages
from assess.files.load import load


@dataclass(frozen=True)
class Shipped:
    """One questionnaire with what lies beside it; translations by tag."""

    questionnaire: Questionnaire
    baselines: tuple[Baseline, ...]
    translations: dict[str, Translation]


def _shipped(path: Path) -> Shipped:
    questionnaire = load(path, Questionnaire).value
    assert questionnaire is not None
    found = {tag: load(file, Translation).value for tag, file in languages.beside(path, "translations").items()}
    translations = {tag: translation for tag, translation in found.items() if translation is not None}
    return Shipped(questionnaire, languages.baselines_beside(path), translations)


ALL = {name: _shipped(path) for name, path in builtin.questionnaires().items()}
QUESTIONNAIRE = ALL["shipping-practices"].questionnaire
BASELINES = ALL["shipping-practices"].baselines
