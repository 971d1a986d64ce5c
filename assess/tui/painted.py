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

        self._lines = 0

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as are painted."""
        self._lines = len(self._paint(width))
        return self._lines

    def render(self) -> Content:
        """The lines, one below the other."""
        return Content("\n").join(self._paint(self.content_size.width))

    def again(self) -> None:
        """Paint anew: what it shows has changed. The screen is laid out anew only for another height."""
        self.refresh(layout=len(self._paint(self.content_size.width)) != self._lines)
