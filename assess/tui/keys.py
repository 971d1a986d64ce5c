"""How the table of keys is bound, and how it is shown: the footer line and the help."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from textual.binding import Binding, BindingsMap

from assess.core.cells import cells
from assess.core.keymap import named
from assess.core.keys import TITLES, Key, Scope, of
from assess.i18n import translate

GAP = 3
"""Cells between two items of the footer."""
_FULL_WIDTH = ord("！") - ord("!")

Table = tuple[Key, ...]


def bindings(table: Table, *scopes: Scope) -> BindingsMap:
    """Textual's bindings.

    All have priority: they are handled one after the other before the focused widget sees the key, so that
    `n` followed at once by text never loses a letter to the question.
    """
    return BindingsMap(
        Binding(name, key.runs.format(n=n), show=False, priority=True, id=f"{key.id}.{name}")
        for key in of(table, *scopes)
        for n, pressed in enumerate(key.keys)
        for name in _twins(pressed)
    )


def _twins(pressed: str) -> tuple[str, ...]:
    """A key as Textual calls it, and what the same key gives while an input method writes full width."""
    if len(pressed) == 1 and "!" <= pressed <= "~":
        return ("comma" if pressed == "," else pressed, chr(ord(pressed) + _FULL_WIDTH))
    return (pressed,)


def footer(
    table: Table, width: int, scopes: tuple[Scope, ...], shown: Mapping[str, str] | None = None
) -> list[tuple[Key, str, str]]:
    """The keys worth showing in `width` cells as (key, how it is read, label), most useful ones where not all fit.

    `shown` replaces how a key is read, by id (`0-4` where a question has five levels; nothing hides it).
    """
    labelled = (key for key in of(table, *scopes, Scope.EVERYWHERE) if key.label is not None)
    items = [(key, *item) for key in labelled if (item := _item(key, shown or {}))[0]]
    kept: list[Key] = []
    room = width + GAP
    for key, name, label in sorted(items, key=lambda item: item[0].rank):
        needs = cells(name) + 1 + cells(label) + GAP
        if needs <= room:
            kept.append(key)
            room -= needs
    return [item for item in items if item[0] in kept]


def _item(key: Key, shown: Mapping[str, str]) -> tuple[str, str]:
    assert key.label is not None
    return shown.get(key.id, key.shown), translate(key.label)


def documented(table: Table, scopes: tuple[Scope, ...]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Every scope with its title and its (key, help) rows; the given scopes first."""
    rest = tuple(scope for scope in Scope if scope not in scopes)
    for scope in (*scopes, *rest):
        rows = [(every(key), translate(key.help)) for key in of(table, scope) if key.keys]
        yield translate(TITLES[scope]), rows


def every(key: Key) -> str:
    """All keys of a row; not those that only an input method gives for the same key."""
    names = [named(name) for name in key.keys if name.isascii()]
    all_shown = "{n}" in key.runs or len(key.shown.split()) >= len(names)
    return key.shown if all_shown else " ".join(names)
