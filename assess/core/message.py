"""Sentences for people, kept as template and values so that they can be translated late.

Core never translates: it says *what* is to be said. `assess.i18n.translate` says it in a language;
`str(message)` is the English that machine formats carry.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence: an English template with `{named}` places, its plural if it counts, and the values.

    Values may be messages themselves. Example:

    >>> str(message("unknown key “{key}”", key="nmae"))
    'unknown key “nmae”'
    >>> str(counted("{n} file", "{n} files", 2))
    '2 files'
    """

    template: str
    values: Mapping[str, object] = field(default_factory=dict)
    plural: str | None = None

    @property
    def count(self) -> int:
        """The number a plural is chosen by; 1 for a message that does not count."""
        n = self.values.get("n", 1)
        return n if isinstance(n, int) else 1

    def __str__(self) -> str:
        template = self.template if self.plural is None or self.count == 1 else self.plural
        return template.format(**self.values)


def message(template: str, /, **values: object) -> Message:
    """A sentence with named values; the template is collected for translation by this function's name."""
    return Message(template, values)


def counted(one: str, many: str, n: int, /, **values: object) -> Message:
    """A sentence that counts `n` things (`{n}` in both templates)."""
    return Message(one, {**values, "n": n}, many)
