"""A questionnaire (dimensions > practices > levels) and the baselines described for it."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from assess.core.message import Message, message

MAX_NAME = 64
"""Longest name of a respondent, round, practice ..., in characters."""


class Frozen(BaseModel):
    """What every model that is read from a file shares: immutable, and no key is ignored in silence."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, hide_input_in_errors=True)


def or_bare(key: str) -> Callable[[dict[str, Any]], None]:
    """For a model with a short form: its JSON Schema takes the bare value of `key`, or the mapping."""

    def widen(schema: dict[str, Any]) -> None:
        bare, mapping = schema["properties"][key], dict(schema)
        bare = dict(bare.get("anyOf", [bare])[0])  # nothing at all is no short form
        schema.clear()
        schema["anyOf"] = [bare, mapping]

    return widen


@lru_cache(maxsize=4096)  # a thousand sheets hold fifty thousand names, and nearly always the same
def check_name(name: str) -> str:
    """Return `name` if it is a legal one: NFC letters, digits and `-_.`, at most 64, no leading dot.

    >>> check_name("小明"), check_name("2026-Q4")
    ('小明', '2026-Q4')
    """
    legal = (
        name == unicodedata.normalize("NFC", name)
        and 0 < len(name) <= MAX_NAME
        and not name.startswith(".")
        and all(char in "-_." or unicodedata.category(char)[0] in "LMN" for char in name)
    )
    if not legal:
        raise PydanticCustomError("name", "not a name")
    return name


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def as_date(value: Any) -> date:
    """A calendar date from `YYYY-MM-DD` and nothing else."""
    if isinstance(value, date):
        return value
    try:
        # `fromisoformat` alone would also take 20261102 and 2026-W45-1
        return date.fromisoformat(value if _DAY.fullmatch(value) else "")
    except (TypeError, ValueError):
        raise PydanticCustomError("date", "not a date") from None


def newer(one: str, other: str) -> bool:
    """Whether version `one` comes after `other`: numbers compare as numbers, other parts as text before them.

    >>> newer("1.10.0", "1.9"), newer("1.0.0", "1.0.0"), newer("2.0", "2.0-draft")
    (True, False, True)
    """
    return _version(one) > _version(other)


@lru_cache(maxsize=256)
def _version(version: str) -> tuple[tuple[int, int, str], ...]:
    parts = re.split(r"[.+-]", version)
    # a number counts 1, an end 0 and a word -1: so 2.0 comes after 2.0-draft
    key = [(1, int(p), "") if p.isascii() and p.isdigit() and len(p) < 10 else (-1, 0, p) for p in parts]  # noqa: PLR2004
    return (*key, (0, 0, ""))


_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")


def check_tag(tag: str) -> str:
    """Return `tag` if it is a language tag: language, perhaps script, perhaps region, written as RFC 5646 advises.

    >>> check_tag("zh-Hant"), check_tag("pt-BR")
    ('zh-Hant', 'pt-BR')
    """
    if not _TAG.fullmatch(tag):
        raise PydanticCustomError("tag", "not a language tag")
    return tag


def written(pattern: str, expected: Message, **more: Any) -> WithJsonSchema:
    """What a JSON Schema says of a text that a validator of ours judges.

    `pattern` is for JavaScript, Java and Python alike, and never refuses what the validator takes. `expected`
    stands in editors where a text does not match; it is translated when it is shown.
    """
    return WithJsonSchema({"type": "string", "pattern": pattern, "patternErrorMessage": expected.template, **more})


# What people type where a name must stand. Not all that is no letter: `\p{L}` is an error in some readers
_NO_NAME = r"\u0000-,/:-@\[-\^`{-\u00a9\u2000-\u206f\u3000-\u3002\uff01-\uff0f"
TEXT_EXPECTED = message("a text that is not empty")
NAME_EXPECTED = message("a name: letters, digits and - _ . only, at most 64, not starting with a dot")
TAG_EXPECTED = message("a language tag such as de, pt-BR or zh-Hant")
DAY_EXPECTED = message("a date such as 2026-11-02")

Text = Annotated[str, StringConstraints(pattern=r"\S"), written(r"\S", TEXT_EXPECTED)]
Name = Annotated[
    str,
    AfterValidator(check_name),
    written(f"^[^.{_NO_NAME}][^{_NO_NAME}]*$", NAME_EXPECTED, maxLength=MAX_NAME),
]
Tag = Annotated[str, AfterValidator(check_tag), written(f"^{_TAG.pattern}$", TAG_EXPECTED)]
Day = Annotated[date, BeforeValidator(as_date), written(f"^{_DAY.pattern}$", DAY_EXPECTED, format="date")]
Flag = Annotated[bool, Strict()]
Weight = Annotated[float, Strict(), Field(ge=0, le=1000, allow_inf_nan=False)]
LevelIndex = Annotated[int, Strict(), Field(ge=0, le=6)]
Asked = Literal["pulse", "full"]
Group = Literal["drive", "flow", "brakes"]


class Level(Frozen):
    """One anchored level; `value` 0..1 is what it is worth, None for an equal step."""

    model_config = ConfigDict(json_schema_extra=or_bare("text"))

    text: Text
    value: Annotated[float, Strict(), Field(ge=0, le=1, allow_inf_nan=False)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, data: Any) -> Any:
        return data if isinstance(data, dict | Level) else {"text": data}


class Evidence(Frozen):
    """What research outside the two accounts says about a practice, and how good it is."""

    grade: Literal["strong", "moderate", "mixed", "weak", "story"]
    says: Text
    references: tuple[Text, ...] = ()


def _worth(levels: tuple[Level, ...]) -> tuple[Fraction, ...]:
    top = len(levels) - 1
    return tuple(
        Fraction(i, top) if level.value is None else Fraction(str(level.value)) for i, level in enumerate(levels)
    )


def _rising(levels: tuple[Level, ...]) -> tuple[Level, ...]:
    """Levels whose values rise from 0 to 1."""
    values = _worth(levels)
    if values[0] != 0 or values[-1] != 1:
        raise PydanticCustomError("level_ends", "ends")
    if any(a >= b for a, b in pairwise(values)):
        raise PydanticCustomError("level_order", "order")
    return levels


class Practice(Frozen):
    """One question with its anchored levels, lowest first.

    `added` is the first version that asks it (None: every version does), `revised` the one in which its meaning
    last changed.
    """

    id: Name
    title: Text
    added: Text | None = None
    revised: Text | None = None
    weight: Weight = 1
    pulse: Flag = False
    sensitive: Flag = False
    goal: LevelIndex | None = None
    cap: LevelIndex | None = None
    question: Text
    levels: Annotated[tuple[Level, ...], Field(min_length=2, max_length=7), AfterValidator(_rising)]
    overdone: Text | None = None
    next_step: Text | None = None
    evidence: Evidence | None = None

    @cached_property
    def values(self) -> tuple[Fraction, ...]:
        """What each level is worth, 0..1, exact; equal steps where the file gives no value.

        >>> Practice(id="a", title="A", question="?", levels=("no", "half", "yes")).values
        (Fraction(0, 1), Fraction(1, 2), Fraction(1, 1))
        """
        return _worth(self.levels)

    def added_after(self, version: str) -> bool:
        """Whether this version did not ask the practice yet."""
        return self.added is not None and newer(self.added, version)

    def revised_after(self, version: str) -> bool:
        """Whether the meaning has changed since this version."""
        return self.revised is not None and newer(self.revised, version)


class Dimension(Frozen):
    """A group of practices that are scored together."""

    id: Name
    title: Text
    asks: Text | None = None
    weight: Weight = 1
    group: Group | None = None
    practices: Annotated[tuple[Practice, ...], Field(min_length=1)]


class Pair(Frozen):
    """Two practices that keep each other in check."""

    practices: Annotated[tuple[Name, ...], Field(min_length=2, max_length=2)]
    why: Text


class Explanation(Frozen):
    """A word or a rule that holds for every question, explained to those who answer."""

    title: Text
    text: Text


class Questionnaire(Frozen):
    """Everything that is asked. Practices keep the order of the file; `help` explains words and rules."""

    format: Literal["assess.questionnaire/1"]
    id: Name
    version: Text
    title: Text
    language: Tag
    help: tuple[Explanation, ...] = ()
    pairs: tuple[Pair, ...] = ()
    moved: dict[Name, Name] = {}
    retired: dict[Name, Text] = {}
    dimensions: Annotated[tuple[Dimension, ...], Field(min_length=1)]

    @cached_property
    def practices(self) -> dict[str, Practice]:
        """All practices by id, in order."""
        return {p.id: p for d in self.dimensions for p in d.practices}

    @cached_property
    def dimension_of(self) -> dict[str, Dimension]:
        """The dimension of each practice id."""
        return {p.id: d for d in self.dimensions for p in d.practices}

    def asked(self, asked: Asked, *, sensitive: bool = False, version: str | None = None) -> tuple[str, ...]:
        """The ids that a round asks, in order.

        `sensitive` practices are asked only where answers stay out of git (privacy mode `counts`). A round of an
        older `version` does not ask what was added later.
        """
        return tuple(
            p.id
            for p in self.practices.values()
            if (asked == "full" or p.pulse)
            and (sensitive or not p.sensitive)
            and not (version is not None and p.added_after(version))
        )


class QuestionnaireRef(Frozen):
    """Which questionnaire, in which version, a file was made with."""

    id: Name
    version: Text


class Source(Frozen):
    """Where a baseline's levels come from, and how far to trust it."""

    id: Name
    title: Text
    author: Text
    date: Text
    kind: Text | None = None
    url: Text | None = None
    limits: Text | None = None


class Described(Frozen):
    """The level that a source describes for one practice, with the price it admits."""

    level: LevelIndex
    confidence: Literal["high", "medium", "low"]
    source: Name
    where: Text
    says: Text
    price: Text | None = None


class Baseline(Frozen):
    """The levels a source describes; None where it does not describe a practice (never zero)."""

    format: Literal["assess.baseline/1"]
    id: Name
    questionnaire: Name
    title: Text
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]
    levels: dict[Name, Described | None]

    def level(self, practice: str) -> int | None:
        """The described level of a practice, or None when it is not described."""
        described = self.levels.get(practice)
        return None if described is None else described.level

    def source(self, source_id: str) -> Source | None:
        """The source with this id."""
        return next((s for s in self.sources if s.id == source_id), None)
