"""Where people write: a note of many lines, or one line of evidence or of a reason. Imported when first needed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import ClassVar, Literal

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, TextArea

from assess.core.cells import wrap
from assess.core.keys import Scope
from assess.core.text import writable
from assess.tui.in_order import InOrder
from assess.tui.painted import Painted

Kind = Literal["note", "evidence", "reason", "dissent", "goal", "accept", "action", "owner", "due", "drop"]
"""What is written; the last seven are a line each, and only in a meeting."""
DRAFTS = frozenset({"action", "owner", "due"})
"""What is only proposed: typing takes its place."""
_SCOPES: Mapping[Kind, Scope] = {"note": Scope.NOTE, "evidence": Scope.EVIDENCE, "reason": Scope.REASON}
_SURROGATES = re.compile("[\ud800-\udfff]")


def tidy(text: str) -> str:
    """Line ends of one kind, and nothing that a file cannot keep."""
    return writable(_SURROGATES.sub("\ufffd", text))


class NoteField(InOrder, TextArea):
    """A note. Tab leaves the field like everywhere else."""

    def __init__(self, clean: Callable[[str], str]) -> None:
        super().__init__(tab_behavior="focus", show_line_numbers=False, soft_wrap=True)
        self._clean = clean

    def on_paste(self, event: events.Paste) -> None:
        """What is pasted may not steer the terminal."""
        event.text = clean_lines(event.text, self._clean)


def clean_lines(text: str, clean: Callable[[str], str]) -> str:
    """Text of several lines, each safe to print."""
    return "\n".join(clean(line) for line in tidy(text).replace("\t", "    ").split("\n"))


class LineField(InOrder, Input):
    """One line: links or a reason. Several pasted lines become one."""

    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, clean: Callable[[str], str]) -> None:
        super().__init__(select_on_focus=False)
        self._clean = clean

    def on_paste(self, event: events.Paste) -> None:
        """Evidence is often a column of links: its lines are kept, as words."""
        event.text = " ".join(self._clean(line) for line in tidy(event.text).replace("\t", " ").split("\n"))


class Pane(Vertical):
    """A label with a field below it."""

    def __init__(self, kind: Kind, clean: Callable[[str], str]) -> None:
        super().__init__(id=f"pane-{kind}", classes="pane")
        self.kind = kind
        self.field: NoteField | LineField = NoteField(clean) if kind == "note" else LineField(clean)
        self._clean = clean
        self._label = ""
        self._problem = ""
        self._loaded = ""

    def compose(self) -> ComposeResult:
        """The label, then the field."""
        yield Painted(self._paint, classes="label")
        yield self.field

    @property
    def scope(self) -> Scope:
        """Whose keys act while it is written."""
        return _SCOPES.get(self.kind, Scope.LINE)

    @property
    def text(self) -> str:
        """What is written."""
        return tidy(self.field.text if isinstance(self.field, TextArea) else self.field.value)

    @property
    def touched(self) -> bool:
        """Whether it differs from what was last loaded or stored."""
        return self.text != self._loaded

    def stored(self) -> None:
        """What is written is stored now."""
        self._loaded = self.text

    def load(self, label: str, text: str) -> None:
        """Start writing from a stored text, cursor at its end. Loading is no edit."""
        self._label, self._problem = label, ""
        shown = clean_lines(text, self._clean)
        with self.prevent(TextArea.Changed, Input.Changed):
            if isinstance(self.field, TextArea):
                self.field.load_text(shown)
                self.field.move_cursor(self.field.document.end)
            else:
                self.field.value = shown
                self.field.cursor_position = len(shown)
                if self.kind in DRAFTS:
                    self.field.action_select_all()
        self.stored()
        self.query_one(Painted).again()

    def replace(self, text: str) -> None:
        """Put another text in place of what is written: an edit like any other, which the field can undo."""
        shown = clean_lines(text, self._clean)
        if isinstance(self.field, TextArea):
            self.field.replace(shown, (0, 0), self.field.document.end)
        else:
            self.field.value = " ".join(shown.split())

    def complain(self, problem: str) -> None:
        """Say in place what is missing."""
        self._problem = problem
        self.query_one(Painted).again()

    def _paint(self, width: int) -> list[Content]:
        lines = [Content.styled(line, "bold") for line in wrap(self._label, width)]
        problem = wrap(self._problem, width) if self._problem else []
        return lines + [Content.styled(line, "bold $text-error") for line in problem]
