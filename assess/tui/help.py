"""F1: the open question, the keys of the screen one came from, the words of the questionnaire, all other keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content
from textual.widget import Widget

from assess.core.cells import cells, fit, wrap
from assess.core.keys import Scope
from assess.core.questionnaire import Explanation
from assess.i18n import _
from assess.tui import view
from assess.tui.keys import documented
from assess.tui.page import Page
from assess.tui.painted import Painted


class HelpScreen(Page[None]):
    """Why this is asked, keys, words and rules. `about` are headings and texts on the open question."""

    SCOPES = (Scope.HELP,)

    def __init__(
        self, scopes: tuple[Scope, ...], about: Sequence[tuple[str, str]], words: Sequence[Explanation]
    ) -> None:
        super().__init__()
        self._from = scopes
        self._about = about
        self._words = words

    def head(self, width: int) -> list[Content]:  # noqa: ARG002
        """What this is."""
        return [Content.styled(_("Help"), "bold")]

    def body(self) -> Iterable[Widget]:
        """One text."""
        return (Painted(self._text, id="help"),)

    def said(self) -> tuple[str, str]:
        """Nothing but the keys of the help."""
        return "", ""

    def _text(self, width: int) -> list[Content]:
        sections = list(documented(self.face.table, (*self._from, Scope.EVERYWHERE)))
        indent = max(cells(shown) for _title, rows in sections for shown, _help in rows) + 4
        here = len(self._from)
        lines = self._texts(_("This question"), self._about, width)
        lines += [line for section in sections[:here] for line in _keys(section, indent, width)]
        words = [(entry.title, entry.text) for entry in self._words]
        lines += self._texts(_("Words and rules for every question"), words, width)
        lines += [line for section in sections[here:] for line in _keys(section, indent, width)]
        mouse = _("A click on a row answers or opens it. Screen readers do better with: assess --plain")
        return [*lines, *(Content.styled(line, view.QUIET) for line in wrap(mouse, width))]

    def _texts(self, title: str, texts: Sequence[tuple[str, str]], width: int) -> list[Content]:
        """Headings with a text each, and an empty line after them."""
        if not texts:
            return []
        lines = [Content.styled(line, "bold") for line in wrap(title, width)]
        before = ""
        for heading, text in texts:
            heads = [] if heading == before else wrap(self.clean(heading), width - 2)
            before = heading
            lines += [Content.styled(f"  {line}", "$text-accent") for line in heads]
            lines += [Content(f"    {line}") for line in wrap(self.clean(text), width - 4)]
        return [*lines, Content()]

    def action_close(self) -> None:
        """Back."""
        self.dismiss(None)


def _keys(section: tuple[str, list[tuple[str, str]]], indent: int, width: int) -> list[Content]:
    """One group of keys, and an empty line after it."""
    title, rows = section
    lines = [Content.styled(line, "bold") for line in wrap(title, width)]
    for shown, text in rows:
        for i, line in enumerate(wrap(text, width - indent)):
            lead = fit(f"  {shown}" if i == 0 else "", indent)
            lines.append(Content.assemble((lead, "$text-accent"), line))
    return [*lines, Content()]
