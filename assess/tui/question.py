"""The question screen: one for all questions, updated in place. It changes the session and paints it again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from assess.core.answers import DONT_KNOW
from assess.core.keys import TABLE, Scope, of
from assess.i18n import _
from assess.session import Session
from assess.tui import view
from assess.tui.page import WIDE
from assess.tui.painted import Painted
from assess.tui.rows import Row, Rows
from assess.tui.writing import SheetPage

if TYPE_CHECKING:
    from textual.screen import Screen


@cache
def _actions(scope: Scope) -> frozenset[str]:
    """What the keys of a scope run."""
    return frozenset(key.runs.partition("(")[0] for key in of(TABLE, scope))


class QuestionScreen(SheetPage):
    """The open question of a session."""

    BOUND = (Scope.QUESTION, Scope.NOTE, Scope.EVIDENCE, Scope.REASON)
    AUTO_FOCUS = "Rows"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._rows = Rows(view.levels(session, str), view.chosen_row(session) or 0, airy=True, id="levels")

    # what is shown

    def head(self, width: int) -> list[Content]:
        """Team, round, who; dimension and progress."""
        return view.header(self.session, self.clean, width, topic=True)[0]

    def body(self) -> Iterable[Widget]:
        """The question, its levels, and what was written beside the answer."""
        self._rows.show(self.levels(), self._rows.marked)
        return (Painted(self.question, id="question"), self._rows, Painted(self.beside, id="beside"))

    def levels(self) -> list[Row]:
        """The rows to choose from."""
        return view.levels(self.session, self.clean)

    def question(self, width: int) -> list[Content]:
        """What is asked."""
        # the head has no size yet when the body is laid out for the first time
        head = self.size.width - (2 if self.size.width >= WIDE else 0)
        named = view.header(self.session, self.clean, head, topic=True)[1]
        return view.question(self.session, self.clean, width, dimension=not named)

    def beside(self, width: int) -> list[Content]:
        """What was written beside the answer."""
        writing = self._pane.kind if self._pane is not None else ""
        return view.beside(self.session, self.clean, width, without=writing)

    def status(self, width: int) -> list[Content]:
        """The bottom line, with the keys of the levels that this question has; of a sheet only read no others."""
        session = self.session
        shown = {"answer": view.answer_keys(self.face.table, len(session.current.levels))}
        if session.read_only:
            shown = dict.fromkeys(view.CHANGING, "")
        return view.status(self.face.table, width, self.scopes, self.said(), shown)

    def again(self, *, moved: bool = False) -> None:
        """Paint everything from the session; `moved` when another question is open."""
        if not moved:
            self._paint_again(self._rows.marked)
        else:
            with self.app.batch_update():  # another question is one picture, not four
                self._paint_again(view.chosen_row(self.session) or 0)
                self.query_one("#body", VerticalScroll).scroll_home(animate=False, force=True)
        self._retry_later()

    def _paint_again(self, marked: int) -> None:
        self._rows.show(self.levels(), marked)
        for part in ("head", "question", "beside", "status"):
            self.query_one(f"#{part}", Painted).again()

    def _answer(self, row: int, change: Callable[[], object]) -> None:
        """Run what answers with a row, and paint the rows at once: the rest of the page comes before saving."""
        self._message = ""
        change()
        self._rows.show(self.levels(), row)

    def _changed(self, change: Callable[[], object]) -> None:
        """Run one change and show what came of it."""
        self._message = ""
        change()
        self.again()

    def _open(self, change: Callable[[], object]) -> None:
        """Run something that opens a question, and show it from its top."""
        self._message = ""
        change()
        self.again(moved=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Single letters act only outside text fields, and a field's keys only inside."""
        elsewhere = any(action in _actions(scope) for scope in self.BOUND)
        if elsewhere and action not in _actions(self.scopes[0]):
            return False
        return super().check_action(action, parameters)

    def given_up(self) -> None:
        """Mark what is chosen."""
        self._rows.marked = view.chosen_row(self.session) or 0

    # answering

    def action_answer(self, level: int) -> None:
        """A digit: the level as printed."""
        top = len(self.session.current.levels) - 1
        if level > top:
            self.say(_("This question has the levels 0 to {top}.").format(top=top))
            return
        self._answer(level, lambda: self.session.choose(level))

    def action_move(self, step: int) -> None:
        """Mark another row; nothing is answered yet."""
        self._rows.move(step)

    async def action_take(self) -> None:
        """Answer with the marked row."""
        await self._take(self._rows.marked)

    async def _take(self, row: int) -> None:
        levels = len(self.session.current.levels)
        if row < levels:
            self.action_answer(row)
        elif row == levels:
            self.action_dont_know()
        else:
            await self.action_not_applicable()

    async def on_rows_picked(self, event: Rows.Picked) -> None:
        """A click answers."""
        self.leave_field()
        await self._take(event.index)

    def action_dont_know(self) -> None:
        """Nobody here knows: an answer of its own."""
        self._answer(len(self.session.current.levels), lambda: self.session.choose(DONT_KNOW))

    async def action_not_applicable(self) -> None:
        """Ask why it does not apply; the reason makes the answer."""
        self._rows.marked = len(self.session.current.levels) + 1
        answer = self.session.answer
        reason = answer.reason if view.chosen_row(self.session) == self._rows.marked else ""
        await self.write("reason", _("Why does this not apply to you?"), reason)

    def action_clear(self) -> None:
        """Unanswered again; note and evidence stay."""
        self._changed(self.session.clear)

    def action_discuss(self) -> None:
        """Mark for the talk, or not."""
        self._changed(self.session.discuss)

    def action_undo(self) -> None:
        """One change back."""
        self._message = _("Undone") if self.session.undo() else _("Nothing to undo")
        self.again(moved=True)

    def action_redo(self) -> None:
        """The undone change again."""
        self._message = _("Done again") if self.session.redo() else _("Nothing to do again")
        self.again(moved=True)

    # moving

    def action_next(self) -> None:
        """The next question; after the last one the review."""
        if self.session.position + 1 < len(self.session.practices):
            self._open(lambda: self.session.go(self.session.position + 1))
        else:
            self.action_review()

    def action_back(self) -> None:
        """The question before."""
        if self.session.position:
            self._open(lambda: self.session.go(self.session.position - 1))
        else:
            self.say(_("This is the first question"))

    def action_unanswered(self) -> None:
        """The next question without an answer."""
        before = self.session.position
        if not self.session.next_unanswered():
            text = _("Every question has an answer; {key} shows the review")
            self.say(text.format(key=self.key("review")))
        elif self.session.position == before:
            self.say(_("This is the only question without an answer"))
        else:
            self._open(lambda: None)

    def action_dimension(self, direction: int) -> None:
        """The first question of the next dimension, or of the one before."""
        self._open(lambda: self.session.next_dimension(direction))

    def action_outline(self) -> None:
        """All questions by dimension."""
        from assess.tui.outline import OutlineScreen

        self._over(OutlineScreen(self.session))

    def action_search(self) -> None:
        """Find a question by its words."""
        from assess.tui.search import SearchScreen, questions

        self._over(SearchScreen(questions(self.session, self.clean), _("Words of the question")))

    def action_review(self) -> None:
        """All answers, and the end."""
        from assess.tui.review import ReviewScreen

        self._message = ""
        self._over(ReviewScreen(self.session))

    def _over(self, screen: Screen[int]) -> None:
        """Open a screen above this one. Saved first: what comes after is painted here, where nobody sees it."""
        self._flush()
        self.app.push_screen(screen, self.jump)

    def jump(self, position: int | None) -> None:
        """Open a question by its place, where one was chosen."""
        if position is not None:
            self._open(lambda: self.session.go(position))
        else:
            self.again()
