"""F1: all keys, made from the table; those of the screen one came from stand first."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from assess.i18n import _
from assess.tui import view
from assess.tui.keys import Scope, bindings, documented
from assess.tui.page import Page
from assess.tui.painted import Painted
from assess.tui.wrap import fit, wrap


class HelpScreen(Page[None]):
    """The keys."""

    SCOPES = (Scope.HELP,)
    BINDINGS = bindings(Scope.HELP)

    def __init__(self, about: tuple[Scope, ...]) -> None:
        super().__init__()
        self._about = about

    def head(self, width: int) -> list[Content]:  # noqa: ARG002
        """What this is."""
        return [Content.styled(_("Keys"), "bold")]

    def body(self) -> Iterable[Widget]:
        """One text."""
        return (Painted(self._text, id="help"),)

    def said(self) -> tuple[str, str]:
        """Nothing but the keys of the help."""
        return "", ""

    def _text(self, width: int) -> list[Content]:
        lines: list[Content] = []
        sections = list(documented((*self._about, Scope.EVERYWHERE)))
        indent = max(cell_len(shown) for _title, rows in sections for shown, _help in rows) + 4
        for title, rows in sections:
            lines += [Content(), Content.styled(title, "bold")] if lines else [Content.styled(title, "bold")]
            for shown, text in rows:
                for i, line in enumerate(wrap(text, width - indent)):
                    lead = fit(f"  {shown}" if i == 0 else "", indent)
                    lines.append(Content.assemble((lead, "$text-accent"), line))
        mouse = _("A click on a row answers or opens it. Screen readers do better with: assess --plain")
        lines += [Content(), *(Content.styled(line, view.QUIET) for line in wrap(mouse, width))]
        return lines

    def action_close(self) -> None:
        """Back."""
        self.dismiss(None)
