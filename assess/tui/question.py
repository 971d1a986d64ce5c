"""The question screen: one for all questions, updated in place. It changes the session and paints it again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from textual import events
from textual.containers import VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget

from assess.core.answers import DONT_KNOW
from assess.i18n import _, translate
from assess.session import Session
from assess.tui import view
from assess.tui.in_order import taken
from assess.tui.keys import Scope, bindings, of
from assess.tui.page import WIDE, Page
from assess.tui.painted import Painted
from assess.tui.rows import Rows

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.widgets import TextArea

    from assess.tui.fields import Kind, Pane

FLUSH_AFTER = 0.4
"""Seconds after the last keystroke until a note is on disk."""
PAINTED_AFTER = 0.03
"""Seconds after an answer until it goes to disk: two frames of the screen, so that painting is never behind it."""
RETRY_AFTER = 5.0
"""Seconds until a failed save is tried again by itself."""
_ACTIONS_OF = {
    scope: frozenset(key.runs.partition("(")[0] for key in of(scope))
    for scope in (Scope.QUESTION, Scope.NOTE, Scope.EVIDENCE, Scope.REASON)
}
_ACTIONS = frozenset[str]().union(*_ACTIONS_OF.values())


class QuestionScreen(Page[None]):
    """The open question of a session."""

    BINDINGS = bindings(*_ACTIONS_OF)
    AUTO_FOCUS = "Rows"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._message = "" if session.told is None else translate(session.told)
        self._pane: Pane | None = None
        self._timer: Timer | None = None
        session.save_soon = self._save_after_painting
        self._rows = Rows(view.levels(session, str), view.chosen_row(session) or 0, id="levels")

    def on_mount(self) -> None:
        """Where somebody else has the sheet open, look now and then whether they have left."""
        if self.session.saved.held is not None:
            self.set_interval(RETRY_AFTER, self._look_again)

    def _look_again(self) -> None:
        if self.session.look_again():
            self.again()

    # what is shown

    def head(self, width: int) -> list[Content]:
        """Team, round, who; dimension and progress."""
        return view.header(self.session, self.clean, width)[0]

    def body(self) -> Iterable[Widget]:
        """The question, its levels, and what was written beside the answer."""
        self._rows.show(view.levels(self.session, self.clean), self._rows.marked)
        return (Painted(self._question, id="question"), self._rows, Painted(self._beside, id="beside"))

    def _question(self, width: int) -> list[Content]:
        # the head has no size yet when the body is laid out for the first time
        head = self.size.width - (2 if self.size.width >= WIDE else 0)
        named = view.header(self.session, self.clean, head)[1]
        return view.question(self.session, self.clean, width, dimension=not named)

    def _beside(self, width: int) -> list[Content]:
        writing = self._pane.kind if self._pane is not None else ""
        return view.beside(self.session, self.clean, width, without=writing)

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """The question's keys, or those of the field that is written in."""
        return (Scope.QUESTION if self._pane is None else Scope(self._pane.kind),)

    def said(self) -> tuple[str, str]:
        """What has just been said, else whether all is saved; a failure goes before everything."""
        if self._message and self.session.saved.failure is None:
            return self._message, ""
        return view.saved(self.session, self.clean)

    def status(self, width: int) -> list[Content]:
        """The bottom line, with the levels that this question has."""
        top = len(self.session.current.levels) - 1
        return view.status(width, self.scopes, self.said(), {"answer": f"0-{top}"})

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
        self._rows.show(view.levels(self.session, self.clean), marked)
        for part in ("head", "question", "beside", "status"):
            self.query_one(f"#{part}", Painted).again()

    def say(self, message: str) -> None:
        """A short word in the bottom line, until the next key."""
        self._message = message
        self.query_one("#status", Painted).again()

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
        if action in _ACTIONS and action not in _ACTIONS_OF[self.scopes[0]]:
            return False
        return super().check_action(action, parameters)

    # answering

    def action_answer(self, level: int) -> None:
        """A digit: the level as printed."""
        top = len(self.session.current.levels) - 1
        if level > top:
            self.say(_("This question has the levels 0 to {top}.").format(top=top))
            return
        self._rows.marked = level
        self._changed(lambda: self.session.choose(level))

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
        self._rows.marked = len(self.session.current.levels)
        self._changed(lambda: self.session.choose(DONT_KNOW))

    async def action_not_applicable(self) -> None:
        """Ask why it does not apply; the reason makes the answer."""
        self._rows.marked = len(self.session.current.levels) + 1
        answer = self.session.answer
        reason = answer.reason if view.chosen_row(self.session) == self._rows.marked else ""
        await self._write("reason", _("Why does this not apply to you?"), reason)

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
            self.say(_("Every question has an answer; r shows the review"))
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
        from assess.tui.search import SearchScreen

        self._over(SearchScreen(self.session))

    def action_review(self) -> None:
        """All answers, and the end."""
        from assess.tui.review import ReviewScreen

        self._message = ""
        self._over(ReviewScreen(self.session))

    def _over(self, screen: Screen[int]) -> None:
        """Open a screen above this one. Saved first: what comes after is painted here, where nobody sees it."""
        self._flush()
        self.app.push_screen(screen, self._jump)

    def _jump(self, position: int | None) -> None:
        if position is not None:
            self._open(lambda: self.session.go(position))
        else:
            self.again()

    # writing

    async def action_note(self) -> None:
        """Write a note."""
        await self._write("note", _("Note"), self.session.answer.note.removesuffix("\n"))

    async def action_evidence(self) -> None:
        """Give links and paths."""
        label = _("Evidence: links or paths, with spaces between")
        await self._write("evidence", label, " ".join(self.session.answer.evidence))

    async def _write(self, kind: Kind, label: str, text: str) -> None:
        from assess.tui.fields import Pane

        if not self.session.may_change():  # words that could not be kept are not asked for
            self.again()
            return
        self._message = ""
        found = self.query(f"#pane-{kind}").results(Pane)
        pane = next(iter(found), None)
        if pane is None:
            pane = Pane(kind, self.clean)
            await self.mount(pane, before="#status")
        pane.display = True
        pane.load(label, text)
        self._pane = pane
        self.set_focus(pane.field, scroll_visible=False)
        self.again()

    def on_text_area_changed(self, _event: TextArea.Changed) -> None:
        """Every keystroke is in the model at once, and on disk a moment after the last one."""
        if self._keep_note():
            self._later(FLUSH_AFTER)
            self.query_one("#status", Painted).again()

    def _keep_note(self) -> bool:
        pane = self._pane
        if pane is None or pane.kind != "note" or not pane.touched:
            return False
        pane.stored()
        self.session.note(pane.text if pane.text.strip() else "")
        return True

    def keep_writing(self) -> None:
        """Put what is half written into the session: we are about to leave."""
        self._keep_note()
        pane = self._pane
        if pane is None or not pane.touched:
            return
        if pane.kind == "evidence":
            self.session.evidence(tuple(pane.text.split()))
        elif pane.kind == "reason" and pane.text.strip():
            self.session.not_applicable(pane.text)
        pane.stored()

    async def typed(self) -> None:
        """Wait until the open field has taken every key that came before this one."""
        if self._pane is not None:
            await taken(self._pane.field)

    async def action_store_field(self) -> None:
        """Enter in a line: store it; a reason must not be empty."""
        assert self._pane is not None
        await self.typed()
        if self._pane.kind == "reason" and not self._pane.text.strip():
            self._pane.complain(_("A reason is needed. Esc gives up."))
            return
        self.keep_writing()
        if self._pane.kind == "reason":
            self.session.not_applicable(self._pane.text)
        self._close_pane()

    async def action_leave_field(self) -> None:
        """Esc: notes and evidence are kept, a reason is given up."""
        await self.typed()
        self.leave_field()

    def leave_field(self) -> None:
        """Leave the field that is open, if one is."""
        if self._pane is None:
            return
        if self._pane.kind == "reason":
            self._rows.marked = view.chosen_row(self.session) or 0
        else:
            self.keep_writing()
        self._close_pane()

    def _close_pane(self) -> None:
        assert self._pane is not None
        pane, self._pane = self._pane, None
        self.session.flush()
        self.set_focus(self._rows, scroll_visible=False)
        pane.display = False
        self.again()

    # saving

    def on_descendant_blur(self, _event: events.DescendantBlur) -> None:
        """Leaving a field, or the terminal: what was typed goes to disk."""
        self._flush()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Tab or a click went from a field back to the question."""
        if event.widget is self._rows is self.focused and self._pane is not None:
            self.leave_field()

    def _later(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(seconds, self._flush)

    def _save_after_painting(self) -> None:
        """An answer is seen first and written right after: the disk is not on the way from key to screen."""
        # not `call_after_refresh`: that comes before the widgets have told the screen what to paint
        self._later(PAINTED_AFTER)

    def _flush(self) -> None:
        self._timer = None
        if self.session.unsaved:
            self.session.flush()
            self.query_one("#status", Painted).again()
            self._retry_later()

    def _retry_later(self) -> None:
        if self.session.unsaved and self.session.saved.failure is not None and self._timer is None:
            self._later(RETRY_AFTER)
        if self.session.saved.conflict and self._pane is None and self.app.screen is self:
            self.face.settle()  # never while somebody is writing
