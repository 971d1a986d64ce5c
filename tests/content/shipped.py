"""What is shipped, loaded once: the questionnaire, its baselines, its translations."""

from __future__ import annotations

from assess.core.questionnaire import Questionnaire
from assess.core.translation import Translation
from assess.files import builtin, languages
from assess.files.load import load

PATH = builtin.questionnaires()["shipping-practices"]
_loaded = load(PATH, Questionnaire).value
assert _loaded is not None
QUESTIONNAIRE = _loaded
BASELINES = languages.baselines_beside(PATH)
TRANSLATIONS = {
    tag: translation
    for tag, path in languages.beside(PATH, "translations").items()
    if (translation := load(path, Translation).value) is not None
}
