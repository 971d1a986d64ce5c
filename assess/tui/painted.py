"""A widget without state: it paints whatever a function says for its width, and asks again when refreshed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

Paint = Callable[[int], Sequence[Content]]


class Painted(Widget):
    """Lines of content that a function gives for a width in cells. Nothing in them is parsed as markup."""

    def __init__(self, paint: Paint, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._paint = paint
        self._shown: Sequence[Content] = ()
        self._height = 0
        self._ready: tuple[int, Sequence[Content]] | None = None
        """Lines for a width that `again` has just made: not to be made twice for one picture."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as are painted."""
        self._height = len(self._paint(width))
        return self._height

    def render(self) -> Content:
        """The lines, one below the other."""
        width, ready = self.content_size.width, self._ready
        self._ready = None
        self._shown = ready[1] if ready is not None and ready[0] == width else self._paint(width)
        return Content("\n").join(self._shown)

    def again(self) -> None:
        """Paint anew where something has changed. The screen is laid out anew only for another height."""
        width = self.content_size.width
        lines = self._paint(width)
        self._ready = None
        if len(lines) != self._height:
            self.refresh(layout=True)
        elif any(not new.is_same(old) for new, old in zip(lines, self._shown, strict=False)):
            self._ready = (width, lines)
            self.refresh()
