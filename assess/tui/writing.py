"""The page of an open sheet: the field that is written in below it, and when what is written goes to disk."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.timer import Timer

from assess.core.answers import NOT_APPLICABLE
from assess.core.keys import Scope
from assess.i18n import _, sentence, translate
from assess.session import Session
from assess.tui import view
from assess.tui.in_order import taken
from assess.tui.page import Page
from assess.tui.painted import Painted
from assess.tui.rows import Rows

if TYPE_CHECKING:
    from textual.widgets import Input, TextArea

    from assess.tui.fields import Kind, Pane

FLUSH_AFTER = 0.4
"""Seconds after the last keystroke until a note is on disk."""
PAINTED_AFTER = 0.03
"""Seconds after an answer until it goes to disk: two frames of the screen, so that its row is painted before."""
FLUSH_WITHIN = 2.0
"""Seconds after the first change that is not on disk until it is, also while somebody types without a pause."""
RETRY_AFTER = 5.0
"""Seconds until a failed save is tried again by itself."""


class SheetPage(Page[None]):
    """A page about the open question of a session, painted by `again`. What is typed is in the session at once."""

    MAIN: ClassVar[Scope] = Scope.QUESTION
    """Whose keys act while nothing is written."""
    LIVE: ClassVar[frozenset[Kind]] = frozenset({"note", "evidence"})
    """What is in the session with every key; all else is given with Enter."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._message = "" if session.told is None else translate(session.told)
        self._pane: Pane | None = None
        self._timer: Timer | None = None
        self._latest: Timer | None = None
        self._answered: Timer | None = None
        session.save_soon = self._save_after_painting

    def on_mount(self) -> None:
        """Where somebody else has the sheet open, look now and then whether they have left."""
        if self.session.saved.held is not None:
            self.set_interval(RETRY_AFTER, self._look_again)

    def _look_again(self) -> None:
        if self.session.look_again():
            self.again()
            self._renew_others()

    def _renew_others(self) -> None:
        for screen in self.app.screen_stack:
            if isinstance(screen, Page) and screen is not self:
                screen.renew()

    def again(self, *, moved: bool = False) -> None:
        """Paint everything from the session; `moved` when another question is open."""
        raise NotImplementedError

    def jump(self, position: int | None) -> None:
        """Open a question by its place, where one was chosen."""
        raise NotImplementedError

    def given_up(self) -> None:
        """A reason was not given after all: what is marked goes back to what is chosen."""
        raise NotImplementedError

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """The question's keys, or those of the field that is written in."""
        return (self.MAIN if self._pane is None else self._pane.scope,)

    def said(self) -> tuple[str, str]:
        """What has just been said, else whether all is saved; a failure goes before everything."""
        if self._message and self.session.saved.failure is None:
            return self._message, ""
        return view.saved(self.session, self.clean)

    def say(self, message: str) -> None:
        """A short word in the bottom line, until the next key."""
        self._message = message
        self.query_one("#status", Painted).again()

    # writing

    async def action_note(self) -> None:
        """Write a note."""
        await self.write("note", _("Note"), self.session.answer.note.removesuffix("\n"))

    async def action_evidence(self) -> None:
        """Give links and paths."""
        label = _("Evidence: links or paths, with spaces between")
        await self.write("evidence", label, " ".join(self.session.answer.evidence))

    async def write(self, kind: Kind, label: str, text: str) -> None:
        """Open the field for something, with what is there already."""
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
        self.call_after_refresh(self.query_one(Rows).reveal)  # in a low window, what is answered stays in sight

    async def action_editor(self) -> None:
        """Lend the terminal to the person's own editor; what is written so far is on disk before."""
        from assess.tui.editor import EditorError, edited

        assert self._pane is not None
        await self.typed()
        self.keep_writing()
        self._flush()
        is_note = self._pane.kind == "note"
        before = self._pane.text if is_note else "\n".join(self._pane.text.split())
        try:
            after = edited(self.app, before + "\n" if before else "", "note.txt" if is_note else "evidence.txt")
        except EditorError as error:
            self._pane.complain(sentence(self.clean(translate(error.said))))
            return
        if after.strip() != before.strip():
            self._pane.replace(after.removesuffix("\n"))

    def on_text_area_changed(self, _event: TextArea.Changed) -> None:
        """Every keystroke is in the model at once, and on disk a moment after the last one."""
        self._typed_on()

    def on_input_changed(self, _event: Input.Changed) -> None:
        """The same for evidence. A reason is an answer, and given with Enter."""
        self._typed_on()

    def _typed_on(self) -> None:
        if self._keep_typed():
            self._soon(FLUSH_AFTER)
            self.query_one("#status", Painted).again()

    def _keep_typed(self) -> bool:
        """Put what is `LIVE` into the session as far as it is written."""
        pane = self._pane
        if pane is None or pane.kind not in self.LIVE or not pane.touched:
            return False
        pane.stored()
        self.keep(pane.kind, pane.text)
        return True

    def keep(self, kind: Kind, text: str) -> None:
        """Put into the session what is written with every key."""
        if kind == "note":
            self.session.note(text if text.strip() else "")
        else:
            self.session.evidence(tuple(text.split()), typing=True)

    def give(self, kind: Kind, text: str) -> str:  # noqa: ARG002  (other pages give more than a reason)
        """Put into the session what is given with Enter; else what is wrong with it."""
        if not text.strip():
            return _("A reason is needed. {key} gives up.").format(key=self.key("reason-leave"))
        self.session.not_applicable(text)
        return ""

    def begun(self, kind: Kind, text: str) -> None:  # noqa: ARG002  (the same)
        """Keep what was begun and never given, as far as it is an answer: else its words as a note.

        A reason begun where there is an answer already does not take its place, as nobody pressed Enter.
        """
        if self.session.answer.answer in {None, NOT_APPLICABLE}:
            self.session.not_applicable(text)
        else:
            self.session.note(f"{self.session.answer.note}{text}")

    def keep_writing(self) -> None:
        """Put what is half written into the session: we are about to leave."""
        self._keep_typed()
        pane = self._pane
        if pane is not None and pane.touched and pane.text.strip():
            self.begun(pane.kind, pane.text)
            pane.stored()

    async def typed(self) -> None:
        """Wait until the open field has taken every key that came before this one."""
        if self._pane is not None:
            await taken(self._pane.field)

    async def action_store_field(self) -> None:
        """Enter in a line: store it, unless something is wrong with it."""
        assert self._pane is not None
        pane = self._pane
        await self.typed()
        if pane.kind in self.LIVE:
            self.keep_writing()
        elif problem := self.give(pane.kind, pane.text):
            pane.complain(problem)
            return
        pane.stored()
        self._close_pane()
        await self.given(pane.kind)

    async def given(self, kind: Kind) -> None:
        """What comes after something was given."""

    async def action_leave_field(self) -> None:
        """Esc: notes and evidence are kept, a reason is given up."""
        await self.typed()
        self.leave_field()

    def leave_field(self) -> None:
        """Leave the field that is open, if one is."""
        if self._pane is None:
            return
        if self._pane.kind in self.LIVE:
            self.keep_writing()
        else:
            self.given_up()
        self._close_pane()

    def put_away(self) -> None:
        """Close the field that is open, if one is: its words are in the session, or were given up for others."""
        if self._pane is not None:
            self._close_pane()

    def _close_pane(self) -> None:
        assert self._pane is not None
        pane, self._pane = self._pane, None
        self.session.flush()
        self.set_focus(self.query_one(Rows), scroll_visible=False)
        pane.display = False
        self.again()

    # saving

    def on_descendant_blur(self, _event: events.DescendantBlur) -> None:
        """Leaving a field, or the terminal: what was typed goes to disk."""
        self._flush()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Tab or a click went from a field back to the question."""
        if isinstance(event.widget, Rows) and event.widget is self.focused and self._pane is not None:
            self.leave_field()

    def _later(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(seconds, self._save_aside)

    def _save_after_painting(self) -> None:
        """An answer is seen first and written right after: the disk is not on the way from key to screen.

        A key that is held down does not put it off.
        """
        # not `call_after_refresh`: that comes before the widgets have told the screen what to paint
        if self._answered is None:
            self._answered = self.set_timer(PAINTED_AFTER, self._after_painting)

    def _after_painting(self) -> None:
        self._answered = None
        self.again()
        self._save_aside()

    def _soon(self, seconds: float) -> None:
        """After so long without another key, and not much later in any case."""
        self._later(seconds)
        if self._latest is None:
            self._latest = self.set_timer(FLUSH_WITHIN, self._save_aside)

    def _no_later(self) -> None:
        for timer in (self._timer, self._latest):
            if timer is not None:
                timer.stop()
        self._timer = self._latest = None

    def _save_aside(self) -> None:
        """Write while keys are taken and painted."""
        self._no_later()
        if not self.session.unsaved:  # the app has saved in between, before it slept
            self._show_saved()
            return
        loop = asyncio.get_running_loop()

        def told() -> None:
            with suppress(RuntimeError):  # the loop has ended: whoever ended it waited for this save
                loop.call_soon_threadsafe(self.call_later, self._saved)

        self.session.flush_aside(told)

    def _saved(self) -> None:
        self.session.settle()
        self._show_saved()
        if self.session.unsaved and self.session.saved.failure is None:
            self._save_after_painting()  # what was answered meanwhile

    def _flush(self) -> None:
        """Write now: something comes that nothing may be behind."""
        self._no_later()
        self.session.flush()
        self._show_saved()

    def _show_saved(self) -> None:
        for status in self.query("#status").results(Painted):  # none any more when we are leaving
            status.again()
        self._renew_others()
        self._retry_later()

    def _retry_later(self) -> None:
        if self.session.unsaved and self.session.saved.failure is not None and self._timer is None:
            self._later(RETRY_AFTER)
        if self.session.saved.conflict and self._pane is None and self.app.screen is self:
            self.face.settle()  # never while somebody is writing
