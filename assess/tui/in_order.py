"""Fields that take every key, in the order in which they were typed."""

from __future__ import annotations

import asyncio
import unicodedata
from contextlib import suppress
from typing import TYPE_CHECKING

from textual import events
from textual.widget import Widget

TAKEN_WITHIN = 2.0
"""Seconds to wait for a field to take what was typed, should it ever be stuck."""

if TYPE_CHECKING:
    _Field = Widget
else:
    _Field = object  # a widget would bring along that it takes no focus


class InOrder(_Field):
    """To stand before a field's own class: keys that edit act in the field, like those that insert.

    Textual gives a letter to the field, but carries a key that is bound (Backspace, an arrow) past it to the app
    and back. Of keys that arrive together, as over a slow line, the letters would overtake the others.

    And it drops what Python does not call printable: the blank of Chinese keyboards, with which a paragraph
    begins, the joiner inside an emoji, and every emoji that is younger than this Python.
    """

    async def on_key(self, event: events.Key) -> None:
        """Run what the field itself binds to a key, here and now, and take what it would drop."""
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            event.stop()
            event.prevent_default()
            await self.run_action(binding.action)
            return
        if event.character is not None and _dropped(event.character):
            event.stop()
            event.prevent_default()
            text = events.Paste(event.character)
            text.stop()  # the app would give it to us again
            await self.on_event(text)


def _dropped(character: str) -> bool:
    """Whether this is text, though Python would not print it: blanks, joiners, what is not assigned yet."""
    return not character.isprintable() and unicodedata.category(character) in {"Zs", "Cf", "Cn", "Co"}


async def taken(field: Widget) -> None:
    """Wait until a field has taken every key that came before this one.

    Keys reach a field through a queue of its own, while our bindings act at once: without this, Enter right behind
    a word would store the field without the word.
    """
    done = asyncio.Event()
    if field.call_later(done.set):
        with suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), TAKEN_WITHIN)
