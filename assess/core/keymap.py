"""`keys.yaml`: a person's own keys, by the name of what they do; and the table of keys with these in it."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Any, Literal
from unicodedata import normalize

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from assess.core.finding import Finding, did_you_mean, nearest
from assess.core.keys import TABLE, TOGETHER, WRITING, Key, Scope, of
from assess.core.message import message
from assess.core.questionnaire import Frozen
from assess.core.text import quoted

NAMED = {
    "enter": "Enter", "escape": "Esc", "space": "Space", "tab": "Tab", "delete": "Del", "backspace": "Backspace",
    "insert": "Ins", "home": "Home", "end": "End", "pageup": "PgUp", "pagedown": "PgDn",
    "up": "↑", "down": "↓", "left": "←", "right": "→", "shift+tab": "shift+Tab",
    **{f"f{n}": f"F{n}" for n in range(1, 13)},
}  # fmt: skip
"""Keys that have a name, and how people read it."""
_PRINTED = {shown.casefold(): name for name, shown in NAMED.items()} | {
    "return": "enter", "page up": "pageup", "page down": "pagedown", "pgdown": "pagedown",
}  # fmt: skip
_NAMES = "|".join(re.escape(name) for name in NAMED)
_CONTROL = "ctrl[+][abcdefgklnopqrstuvwxyz]"
"""Not h, i, j and m: a terminal cannot tell them from Backspace, Tab and Enter."""
_WHERE_ONE_WRITES = "escape|enter|tab|shift[+]tab|up|down|f[0-9]+"
PATTERN = rf"^({_NAMES}|{_CONTROL}|[^\s\u0000-\u001f\u007f\ud800-\udfff])$"
"""Keys that every terminal can send, for JavaScript and Python alike; one character is one of the first 65,536."""
PATTERN_TO_WRITE = rf"^({_CONTROL}|{_WHERE_ONE_WRITES})$"
"""Those of them that a text field does not need itself. What Enter, Tab, up and down do there, the table tells."""
KEY_EXPECTED = message(
    "one character, ctrl+LETTER (not h, i, j or m), f1 to f12, or one of {names}",
    names=", ".join(str(name) for name in NAMED if not re.fullmatch("f[0-9]+", name)),
)


def check_key(name: Any) -> str:
    """Return `name` if it is a key that every terminal can send.

    >>> check_key("ctrl+n"), check_key("é")
    ('ctrl+n', 'é')
    """
    name = str(name) if isinstance(name, int) and not isinstance(name, bool) else name  # a digit needs no quotes
    if not (isinstance(name, str) and re.search(PATTERN, name) and (len(name) > 1 or name.isprintable())):
        raise PydanticCustomError("key", "not a key")
    return name


def named(key: str) -> str:
    """How people read a key.

    >>> named("pagedown"), named("ctrl+n")
    ('PgDn', 'ctrl+n')
    """
    return NAMED.get(key, key)


def key_meant(word: str) -> str | None:
    """The key that a word most likely stands for: its name, or what is printed on the keyboard or shown here.

    >>> key_meant("PgDn"), key_meant("Return"), key_meant("ctrl+enter")
    ('pagedown', 'enter', None)
    """
    folded = word.strip().casefold()
    return _PRINTED.get(folded) or nearest(folded, tuple(NAMED))


def _listed(value: Any) -> Any:
    """One key without a list around it."""
    return value if isinstance(value, list | tuple) else [value]


def key_schema(pattern: str = PATTERN, count: int | None = None) -> dict[str, Any]:
    """The JSON Schema of one or more keys; with `count`, of a list of so many."""
    one = {"anyOf": [{"type": "integer", "minimum": 0, "maximum": 9}, {"type": "string", "pattern": pattern}]}
    if count is not None:
        return {"type": "array", "items": one, "minItems": count, "maxItems": count}
    return {"anyOf": [*one["anyOf"], {"type": "array", "items": one, "minItems": 1}]}


KeyName = Annotated[str, BeforeValidator(check_key)]
Keys = Annotated[tuple[KeyName, ...], BeforeValidator(_listed), Field(min_length=1), WithJsonSchema(key_schema())]
KeyId = Annotated[str, WithJsonSchema({"type": "string", "enum": [key.id for key in TABLE]})]


class KeyMap(Frozen):
    """What `keys.yaml` says: for what a key does, by its name in the table, the keys that are to do it."""

    format: Literal["assess.keys/1"] = "assess.keys/1"
    keys: dict[KeyId, Keys] = Field(default_factory=dict)


def applied(keymap: KeyMap, table: tuple[Key, ...] = TABLE) -> tuple[Key, ...]:
    """The table with a person's own keys in it, and in a meeting too where they mean one thing there.

    >>> own = KeyMap.model_validate({"keys": {"next": ["right", "enter"]}})
    >>> [(key.keys, key.shown) for key in applied(own) if key.id == "next"]
    [(('right', 'enter'), '→ Enter')]
    """
    own = tuple(_with(key, keymap.keys[key.id]) if key.id in keymap.keys else key for key in table)
    likewise = tuple(
        _with(key, keymap.keys[key.like]) if key.like in keymap.keys and key.id not in keymap.keys else key
        for key in own
    )
    clashing = _clashing(likewise)
    return tuple(before if key.scope in clashing else key for before, key in zip(own, likewise, strict=True))


def _with(key: Key, names: tuple[str, ...]) -> Key:
    return replace(key, keys=names, shown=" ".join(map(named, names)))


def _clashing(table: tuple[Key, ...]) -> frozenset[Scope]:
    """Places in which a key means two things. There whoever changed a key elsewhere keeps the usual ones."""
    found = (
        scopes
        for scopes in TOGETHER
        if max(Counter(n for key in of(table, Scope.EVERYWHERE, *scopes) for n in _half_width(key)).values()) > 1
    )
    return frozenset[Scope]().union(*found)


def check_keymap(keymap: KeyMap) -> Iterator[Finding]:
    """Names that the table does not know, keys that would be typed, and keys that would mean two things."""
    known = {key.id: key for key in TABLE}
    for name, names in keymap.keys.items():
        key, route = known.get(name), ("keys", name)
        if key is None:
            what = message("there is no key “{key}” to change", key=quoted(name))
            yield Finding("unknown-key", what, hint=did_you_mean(name, tuple(known)), route=route, at_key=True)
            continue
        if "{n}" in key.runs and len(names) != len(key.keys):
            what = message("expected {n} keys, in the order of {usual}, found {count}",
                           n=len(key.keys), usual=" ".join(key.keys), count=len(names))  # fmt: skip
            yield Finding("key-count", what, route=route)
        for typed in (n for n in names if key.scope in WRITING and not re.search(PATTERN_TO_WRITE, n)):
            hint = message("take ctrl with a letter, or a function key")
            what = message("“{key}” is needed to write with, there", key=typed)
            yield Finding("key-typed", what, hint=hint, route=route)
    yield from _twice(keymap)


def _half_width(key: Key) -> set[str]:
    """The keys of a row, those that only an input method gives as what they stand for."""
    return {normalize("NFKC", name) for name in key.keys}


def _twice(keymap: KeyMap) -> Iterator[Finding]:
    table = applied(keymap)
    told: set[tuple[str, str]] = set()
    for scopes in TOGETHER:
        rows = of(table, Scope.EVERYWHERE, *scopes)
        counted = Counter(name for key in rows for name in _half_width(key))
        for key in rows:
            for name in (n for n in key.keys if counted[normalize("NFKC", n)] > 1 and key.id in keymap.keys):
                other = next(k for k in rows if k.id != key.id and normalize("NFKC", name) in _half_width(k))
                if (key.id, name) not in told:
                    told.add((key.id, name))
                    what = message("“{key}” already does “{other}” there", key=name, other=other.id)
                    hint = message("give “{other}” another key too", other=other.id)
                    yield Finding("key-twice", what, hint=hint, route=("keys", key.id))
