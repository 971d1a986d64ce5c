"""The words in the reader's language. Catalogues are data in `locale/`; English needs none.

One language per process, chosen once by `cli`; machine formats never ask for a translation.
"""

from __future__ import annotations

import gettext as _gettext
import os

TYPE_CHECKING = False
if TYPE_CHECKING:  # `--help` speaks too, and must load nothing but argparse
    from collections.abc import Iterable

    from assess.core.message import Message

LOCALE = os.path.join(os.path.dirname(__file__), "locale")  # noqa: PTH118, PTH120  (pathlib costs a fifth of the start)
DOMAIN = "assess"

_current: _gettext.NullTranslations = _gettext.NullTranslations()
_tag = "en"


def available() -> tuple[str, ...]:
    """Language tags that have a catalogue, English first."""
    found = {
        name.replace("_", "-")
        for name in os.listdir(LOCALE)  # noqa: PTH208
        if os.path.exists(os.path.join(LOCALE, name, "LC_MESSAGES", f"{DOMAIN}.mo"))  # noqa: PTH110, PTH118
    }
    return ("en", *sorted(found - {"en"}))


SCRIPT = 4
"""Letters of a script's name in a tag: `Hans`, `Hant`, `Latn`."""
LONGEST_TAG = 35
"""Characters of a language tag; RFC 5646, section 4.4.1, asks readers to take as many."""
_TRADITIONAL = frozenset({"tw", "hk", "mo"})
"""Regions that write Chinese in Traditional characters (CLDR likely subtags)."""


def match(wanted: str, known: Iterable[str]) -> str | None:
    """The tag among `known` that serves a reader of `wanted` best; None where none does.

    Case does not matter, nor `_` for `-`, nor what a locale adds after `.` or `@`. A region that nobody has falls
    back to its language. Chinese is told apart by its script, which the region gives where it is not named.

    >>> match("zh_TW.UTF-8", ("en", "zh-Hans", "zh-Hant")), match("de-AT", ("de",)), match("zh-HK", ("zh-Hans",))
    ('zh-Hant', 'de', None)
    """
    by_key = {_key(tag): tag for tag in known}
    parts = (_key(wanted) or "").split("-")
    for length in range(len(parts), 0, -1):
        found = by_key.get("-".join(parts[:length]))
        if found is not None or len(parts[length - 1]) == SCRIPT:
            return found  # whoever asks for a script cannot read another one
    return None


def _key(tag: str) -> str | None:
    """What two tags of one language have in common; None for what is no tag."""
    parts = tag.partition(".")[0].partition("@")[0].casefold().replace("_", "-").split("-")
    if len(tag) > LONGEST_TAG or not all(p.isascii() and p.isalnum() and len(p) <= 8 for p in parts):  # noqa: PLR2004
        return None
    if parts[0] != "zh":
        return "-".join(parts)
    second = parts[1] if len(parts) > 1 else ""
    if len(second) >= SCRIPT:
        return f"zh-{second}"
    return "zh-hant" if second in _TRADITIONAL else "zh-hans"


def use(tag: str) -> None:
    """Speak the language `tag` from now on; one without a catalogue means English."""
    global _current, _tag  # noqa: PLW0603  (one language per process: threading it through would touch every call)
    _tag = match(tag, available()) or "en"
    if _tag == "en":
        _current = _gettext.NullTranslations()
    else:
        _current = _gettext.translation(DOMAIN, LOCALE, [_tag.replace("-", "_")])


def tag() -> str:
    """The language in use, as a BCP 47 tag."""
    return _tag


def from_environment() -> str:
    """The language that `LC_ALL`, `LC_MESSAGES` or `LANG` asks for, for `match`; English where none does.

    The first of the three that is set decides, as POSIX has it; `C` and `POSIX` are English.
    """
    wanted = next((os.environ[v] for v in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(v)), "C")
    return "en" if wanted.split(".")[0] in {"C", "POSIX"} else wanted


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


# how words are put together, which languages do differently


def listed(parts: Iterable[str]) -> str:
    """Things one after the other: `a, b, c`."""
    return _(", ").join(parts)


def clauses(before: str, after: str) -> str:
    """Two parts of one sentence: `before, after`."""
    return _("{before}, {after}").format(before=before, after=after)


def joined(sentences: Iterable[str]) -> str:
    """Whole sentences one after the other; Chinese has no space between them."""
    whole = ""
    for text in sentences:
        whole = _("{before} {after}").format(before=whole, after=text) if whole else text
    return whole


def sentence(text: str) -> str:
    """Words that make a sentence of their own, with a full stop."""
    return _("{text}.").format(text=text)


def labelled(label: str, text: str) -> str:
    """`label: text`."""
    return _("{label}: {text}").format(label=label, text=text)


def aside(text: str, more: str) -> str:
    """`text (more)`."""
    return _("{text} ({more})").format(text=text, more=more)


def means_yes(line: str) -> bool:
    """Whether a typed line says yes, in English or in the language in use; anything else does not."""
    return line.strip().casefold() in {"y", "yes", _("yes")}


def asked_word(asked: str) -> str:
    """What a round asks, `pulse` or `full`, as people call it."""
    return _("pulse") if asked == "pulse" else _("full")
