"""Rows to choose from: the levels of a question, the choices of the first screen, a list of questions.

One widget for all of them. What is marked (`›`) and what is chosen (`✓`) are signs, never colours alone; long
texts wrap under themselves. It holds what it is told and tells what is picked: it changes no answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.segment import Segment
from textual import events
from textual.containers import ScrollableContainer
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from assess.core.cells import cells, fit, wrap

MARK, CHOSEN = "›", "✓"
SIDE_BY_SIDE = 72
"""From this width on a row's detail stands beside its text, else below it."""
ROOMY = 34
"""From this height of the window on, rows that may be `airy` have an empty line between them."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a sign, what to press for it, a text, perhaps a detail that may be cut. Headings are not chosen."""

    text: str
    sign: str = " "
    lead: str = ""
    detail: str = ""
    heading: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the terminal: which row it shows (-1 none: it is empty), and what of it."""

    row: int
    first: bool
    text: str
    detail: str = ""


class Rows(Widget, can_focus=True):
    """A list with one marked row. With `radio` the marked row is the chosen one."""

    COMPONENT_CLASSES = {"rows--marked", "rows--chosen", "rows--heading", "rows--detail"}

    class Picked(Message):
        """A row was clicked."""

        def __init__(self, rows: Rows, index: int) -> None:
            super().__init__()
            self.rows = rows
            self.index = index

    class Moved(Message):
        """Another row is marked."""

        def __init__(self, rows: Rows) -> None:
            super().__init__()
            self.rows = rows

    def __init__(
        self, rows: Sequence[Row] = (), marked: int = 0, *, radio: bool = False, airy: bool = False,
        id: str | None = None,  # noqa: A002
    ) -> None:  # fmt: skip
        super().__init__(id=id)
        self.rows = tuple(rows)
        self.marked = marked
        self.always_marked = False
        """Whether the mark shows although the keys go to a text field (as in the search)."""
        self._radio = radio
        self._airy = airy
        self._painted_mark = marked
        self._lines: list[_Line] = []
        self._width = 0
        self._spaced = False

    def show(self, rows: Sequence[Row], marked: int) -> None:
        """Show other rows, or the same ones in another state."""
        self.marked = max(0, min(marked, len(rows) - 1))
        before, width, old = len(self._lines), self._width, self.rows
        self.rows = tuple(rows)
        if old == self.rows:
            self._repaint(set())
            return
        self._width = 0
        if not width or len(self._laid_out(width)) != before or len(old) != len(self.rows):
            self._painted_mark = self.marked
            self.refresh(layout=True)
            return
        changed = {i for i, (a, b) in enumerate(zip(old, self.rows, strict=True)) if a != b}
        if any(old[i].text != self.rows[i].text for i in changed):
            self._painted_mark = self.marked
            self.refresh()  # rows of another question may break into lines elsewhere
        else:
            self._repaint(changed)

    def mark(self, index: int) -> None:
        """Mark a row and bring it into view."""
        self.marked = index
        self._repaint(set())
        self.reveal()
        self.post_message(self.Moved(self))

    def move(self, step: int) -> bool:
        """Mark the row `step` rows on, headings skipped. False at the ends."""
        places = [i for i, row in enumerate(self.rows) if not row.heading]
        if not places:
            return False
        here = places.index(self.marked) if self.marked in places else -1
        there = max(0, min(here + step, len(places) - 1))
        if there == here:
            return False
        self.mark(places[there])
        return True

    def reveal(self) -> None:
        """Scroll the container so that the marked row is seen; all the way up for the first one."""
        container = self.parent
        if not isinstance(container, ScrollableContainer):
            return
        if all(row.heading for row in self.rows[: self.marked]):
            container.scroll_home(animate=False, force=True)
            return
        places = [y for y, line in enumerate(self._laid_out(self.content_size.width)) if line.row == self.marked]
        if places:
            top = self.virtual_region.y + places[0]
            region = Region(0, top, 1, len(places))
            container.scroll_to_region(region, animate=False, force=True)

    # drawing

    def _repaint(self, rows: set[int]) -> None:
        """Paint only the lines of these rows and of a mark that moved: a key should not cost a whole screen."""
        if self._painted_mark != self.marked:
            rows = {*rows, self._painted_mark, self.marked}
            self._painted_mark = self.marked
        lines = self._laid_out(self.content_size.width)
        places = [y for y, line in enumerate(lines) if line.row in rows]
        if places:
            self.refresh(*(Region(0, y, self.content_size.width, 1) for y in places))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as the rows take at this width."""
        return len(self._laid_out(width))

    def render_line(self, y: int) -> Strip:
        """One line: mark, sign, what to press, text."""
        width = self.content_size.width
        lines = self._laid_out(width)
        if y >= len(lines):
            return Strip.blank(width, self.rich_style)
        line = lines[y]
        if line.row < 0:
            return Strip.blank(width, self.rich_style)
        row = self.rows[line.row]
        marked = line.row == self.marked and (self.has_focus or self.always_marked) and not row.heading
        sign = CHOSEN if self._radio and line.row == self.marked else row.sign
        gutter = f"{MARK if marked else ' '} {sign} {row.lead}" if line.first else ""
        names = [
            name
            for name, on in (
                ("rows--heading", row.heading),
                ("rows--chosen", sign == CHOSEN),
                ("rows--marked", marked),
            )
            if on
        ]
        style = self.get_component_rich_style(*names) if names else self.rich_style
        room = self._text_width(width) if line.detail and width >= SIDE_BY_SIDE else cells(line.text)
        segments = [Segment(fit(gutter, self._indent()), style), Segment(fit(line.text, room), style)]
        left = width - self._indent() - room
        if line.detail:
            detail = self.get_component_rich_style("rows--detail", *names)
            segments.append(Segment(fit(line.detail, left), detail))
        if row.heading:
            segments = [Segment(line.text, style)]
        return Strip(segments).adjust_cell_length(width, style)

    def _indent(self) -> int:
        leads = max((cells(row.lead) for row in self.rows), default=0)
        return 4 + (leads + 2 if leads else 0)

    def _text_width(self, width: int) -> int:
        """Cells for the texts and a gap: half, or what the details leave where these are short."""
        longest = max((cells(row.text) for row in self.rows if row.detail and not row.heading), default=0)
        details = max((cells(row.detail) for row in self.rows), default=0)
        room = width - self._indent()
        return min(longest, max(room // 2, room - details - 2)) + 2

    def _laid_out(self, width: int) -> list[_Line]:
        spaced = self._airy and self.is_attached and self.screen.size.height >= ROOMY
        if (width, spaced) != (self._width, self._spaced):
            self._width, self._spaced = width, spaced
            gap = [_Line(-1, first=False, text="")] if spaced else []
            blocks = [[*self._lines_of(i, row, width), *gap] for i, row in enumerate(self.rows)]
            self._lines = [line for block in blocks for line in block][: -1 if spaced else None]
        return self._lines

    def _lines_of(self, index: int, row: Row, width: int) -> list[_Line]:
        if row.heading:
            return [_Line(index, first=True, text=text) for text in wrap(row.text, width)]
        beside = bool(row.detail) and width >= SIDE_BY_SIDE
        room = self._text_width(width) - 2 if beside else width - self._indent()
        texts = wrap(row.text, room)
        lines = [_Line(index, first=i == 0, text=text) for i, text in enumerate(texts)]
        if beside:
            lines[0] = _Line(index, first=True, text=texts[0], detail=row.detail)
        elif row.detail:
            lines.append(_Line(index, first=False, text="", detail=row.detail))
        return lines

    # mouse

    def on_click(self, event: events.Click) -> None:
        """A click picks the row under it."""
        lines = self._laid_out(self.content_size.width)
        if 0 <= event.y < len(lines) and lines[event.y].row >= 0 and not self.rows[lines[event.y].row].heading:
            event.stop()
            self.mark(lines[event.y].row)
            self.post_message(self.Picked(self, self.marked))
