"""The words in the reader's language. Catalogues are data in `locale/`; English needs none.

One language per process, chosen once by `cli`; machine formats never ask for a translation.
"""

from __future__ import annotations

import gettext as _gettext
import os

TYPE_CHECKING = False
if TYPE_CHECKING:  # `--help` speaks too, and must load nothing but argparse
    from assess.core.message import Message

LOCALE = os.path.join(os.path.dirname(__file__), "locale")  # noqa: PTH118, PTH120  (pathlib costs a fifth of the start)
DOMAIN = "assess"

_current: _gettext.NullTranslations = _gettext.NullTranslations()
_tag = "en"


def available() -> tuple[str, ...]:
    """Language tags that can be chosen, English first."""
    found = {
        name.replace("_", "-")
        for name in os.listdir(LOCALE)  # noqa: PTH208
        if os.path.exists(os.path.join(LOCALE, name, "LC_MESSAGES", f"{DOMAIN}.mo"))  # noqa: PTH110, PTH118
    }
    return ("en", *sorted(found - {"en"}))


def use(tag: str) -> None:
    """Speak the language `tag` from now on; one that is not available means English."""
    global _current, _tag  # noqa: PLW0603  (one language per process: threading it through would touch every call)
    _tag = tag if tag in available() else "en"
    if _tag == "en":
        _current = _gettext.NullTranslations()
    else:
        _current = _gettext.translation(DOMAIN, LOCALE, [_tag.replace("-", "_")])


def tag() -> str:
    """The language in use, as a BCP 47 tag."""
    return _tag


def from_environment() -> str:
    """The language that `LC_ALL`, `LC_MESSAGES` or `LANG` asks for, where we speak it; else English."""
    wanted = next((os.environ[v] for v in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(v)), "C")
    locale = wanted.split(".")[0].split("@")[0]
    by_region = {"zh_TW": "zh-Hant", "zh_HK": "zh-Hant", "zh_MO": "zh-Hant", "zh": "zh-Hans"}
    language = locale.split("_")[0]
    for candidate in (by_region.get(locale), by_region.get(language), locale.replace("_", "-"), language):
        if candidate in available():
            return str(candidate)
    return "en"


def _(text: str) -> str:
    """`text` in the language in use."""
    return _current.gettext(text)


def ngettext(one: str, many: str, n: int) -> str:
    """The form of a sentence that fits the number `n`, in the language in use."""
    return _current.ngettext(one, many, n)


def translate(message: Message) -> str:
    """A message in the language in use, with the messages inside it."""
    values = {k: translate(v) if isinstance(v, type(message)) else v for k, v in message.values.items()}
    if message.plural is None:
        template = _current.gettext(message.template)
    else:
        template = _current.ngettext(message.template, message.plural, message.count)
    return template.format(**values)
