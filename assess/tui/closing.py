"""The last screen: the team's result or a receipt of one's own answers, and exactly what to do next."""

from __future__ import annotations

import asyncio
import webbrowser
from collections.abc import Iterable
from itertools import groupby

from textual.content import Content
from textual.widget import Widget

from assess.core.cells import narrowed, wrap
from assess.core.keys import Scope
from assess.i18n import _
from assess.rounds import Closing
from assess.tui.page import Page
from assess.tui.painted import Painted


def _within(text: tuple[str, ...], width: int) -> list[str]:
    """Lines in columns, narrowed to a window; each block between empty lines has columns of its own."""
    blocks = (list(block) for _empty, block in groupby(text, key=lambda line: not line))
    return [line for block in blocks for line in narrowed(block, width)]


def _to_copy(command: str, width: int) -> list[str]:
    r"""A command that stays one when it is copied from several lines: a shell goes on behind a backslash.

    >>> _to_copy("git add a/b.yaml c/d.yaml", 20)
    ['git add a/b.yaml \\', 'c/d.yaml']
    """
    lines = wrap(command, width - 2)
    if " ".join(lines) != command:  # a word was broken, and has to stay whole
        return [command]
    return [*(f"{line} \\" for line in lines[:-1]), lines[-1]]


class ClosingScreen(Page[None]):
    """What came of it. The lines were made by the command; here they are only placed."""

    SCOPES = (Scope.CLOSING,)

    def __init__(self, closing: Closing) -> None:
        super().__init__()
        self._outcome = closing
        self._message = ""

    def head(self, width: int) -> list[Content]:
        """Team, round, who and progress."""
        return self.face.header(width)

    def body(self) -> Iterable[Widget]:
        """One text."""
        return (Painted(self._text, id="closing"),)

    def said(self) -> tuple[str, str]:
        """What came of opening the report, else whether all is saved."""
        return (self._message, "") if self._message else super().said()

    def _text(self, width: int) -> list[Content]:
        closing = self._outcome
        lines = [Content.styled(line, "bold") for line in wrap(self.clean(closing.title), width)]
        for part in (_within(closing.body, width), closing.next_steps):
            if part:
                lines.append(Content())
                lines += [Content(line) for text in part for line in wrap(self.clean(text), width)]
        if closing.commands:
            lines.append(Content())
        for command in closing.commands:
            lines += [Content.styled(f"    {line}", "bold") for line in _to_copy(self.clean(command), width - 4)]
        return lines

    def _say(self, message: str) -> None:
        self._message = message
        self.query_one("#status", Painted).again()

    async def action_open_report(self) -> None:
        """Show the report in the browser; where there is none, say where the file is."""
        report = self._outcome.report
        if report is None:
            self._say(_("There is no report: it could not be written"))
            return
        opened = await asyncio.to_thread(webbrowser.open, report.absolute().as_uri())
        self._say(
            _("Opened in the browser") if opened else _("Please open it yourself: {path}").format(path=report)
        )

    def action_close(self) -> None:
        """Back to the review."""
        self.dismiss(None)

    def action_leave(self) -> None:
        """All done."""
        self.face.leave()
