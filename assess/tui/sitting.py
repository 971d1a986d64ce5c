"""What every sitting in the terminal is: it holds the session, and leaves only when everything is on disk.

Stock Textual dies on SIGTERM and SIGHUP with the text unsaved and the terminal broken; this one does not.
"""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from textual.app import App, SuspendNotSupported
from textual.content import Content
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver

from assess.core.keys import TABLE, Key, Scope
from assess.files.sheetfile import Other
from assess.i18n import _
from assess.rounds import Closing, Host
from assess.session import NOT_SAVED, Session
from assess.tui import job, view
from assess.tui.driver import TerminalDriver
from assess.tui.keys import Table, bindings
from assess.tui.page import Page
from assess.tui.rows import CHOSEN, Row
from assess.tui.writing import SheetPage

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


@dataclass(frozen=True, slots=True)
class Ended:
    """How it ended: the exit code, the session if one was opened, the last screen if it was reached.

    `outdated`: the last screen was reached, and something was changed after it.
    """

    code: int
    session: Session | None
    closing: Closing | None
    outdated: bool = False


class Sitting(App[None]):
    """The terminal face of one sitting. Kinds of it open the first screen, and set `session` and `page`."""

    CSS_PATH = Path(__file__).with_name("app.tcss")
    ENABLE_COMMAND_PALETTE = False
    """Ours knows the questions too, and speaks the reader's language."""
    TITLE = "assess"

    def __init__(self, host: Host, table: Table = TABLE) -> None:
        super().__init__()
        self.host = host
        self.table = table
        self._bindings = bindings(table, Scope.EVERYWHERE)
        self.session: Session | None = None
        self.fault: Exception | None = None
        self.page: SheetPage | None = None
        """The page of the open question or practice, below all other screens."""
        self._outcome: tuple[Closing, object] | None = None
        self._put_off: Other | None = None
        self._stopping: asyncio.Task[None] | None = None
        self._code = 0

    @property
    def ended(self) -> Ended:
        """How the sitting ended; a closing counts only while the answers are the ones it was made of."""
        closing = None
        if self._outcome is not None and self.session is not None and self._outcome[1] is self.session.sheet:
            closing = self._outcome[0]
        session = self.session
        lost = session is not None and (session.unsaved or (session.refused and session.read_only))
        outdated = closing is None and self._outcome is not None and not lost
        return Ended(NOT_SAVED if lost else self._code, session, closing, outdated)

    # the way through

    def finish(self) -> None:
        """Show what came of it and what comes next. Raises UsageError and OSError as `host.finish` does."""
        from assess.tui.closing import ClosingScreen

        assert self.session is not None
        if not self._kept():
            self._ask_about_unsaved(self._code)
            return
        closing = self.host.finish(self.session)
        self._outcome = (closing, self.session.sheet)
        self.push_screen(ClosingScreen(closing))

    def header(self, width: int) -> list[Content]:
        """Team, round, who and progress, once there are any."""
        return [Content()] if self.session is None else view.header(self.session, self.host.clean, width)[0]

    # leaving

    def on_mount(self) -> None:
        """From now on signals end the sitting as keys do."""
        loop = asyncio.get_running_loop()
        for name in SIGNALS:
            number = getattr(signal, name, None)
            if number is not None:
                with suppress(NotImplementedError, RuntimeError, ValueError):
                    loop.add_signal_handler(number, self._signalled, int(number))

    def on_unmount(self) -> None:
        """Give the signals back, and save once more, however this end came about."""
        if self.session is not None:
            self.session.flush()
            self.session.close()
        loop = asyncio.get_running_loop()
        for name in SIGNALS:
            number = getattr(signal, name, None)
            if number is not None:
                with suppress(NotImplementedError, RuntimeError, ValueError):
                    loop.remove_signal_handler(number)
        for number in (signal.SIGTSTP, signal.SIGCONT):  # the driver's, which ends with us
            with suppress(ValueError):
                signal.signal(number, signal.SIG_DFL)

    def get_driver_class(self) -> type[Driver]:
        """The terminal; a driver of another kind (for tests, the web) as it is."""
        driver = super().get_driver_class()
        return TerminalDriver if driver is LinuxDriver else driver

    def terminal_gone(self) -> None:
        """Nobody sees us any more: as after a hang-up, which not every way of losing a terminal sends."""
        self._signalled(signal.SIGHUP)

    def _signalled(self, number: int) -> None:
        self._kept()  # at once, should nothing after this run
        self._stopping = asyncio.get_running_loop().create_task(self._stop(number))

    async def _stop(self, number: int) -> None:
        await self._typed()
        self._kept()
        self._leave(128 + number)

    async def _typed(self) -> None:
        if self.page is not None:
            await self.page.typed()

    def _kept(self) -> bool:
        """Put what is half written into the session and onto the disk. False when that failed."""
        if self.page is not None:
            self.page.keep_writing()
        return self.session is None or self.session.flush()

    def _leave(self, code: int) -> None:
        self._code = code
        self.exit(return_code=code)

    def leave(self, code: int = 0) -> None:
        """Save and leave; where saving fails, say so and ask first."""
        if self._kept():
            self._leave(code)
        else:
            self._ask_about_unsaved(code)

    def _ask_about_unsaved(self, code: int) -> None:
        from assess.tui.conflict import ConflictScreen
        from assess.tui.unsaved import UnsavedScreen

        assert self.session is not None
        if isinstance(self.screen, ConflictScreen) and not self.screen.warned:
            self.screen.warn()
            self._code = code
            return
        if isinstance(self.screen, UnsavedScreen):  # a key that saves does not throw away
            self.screen.renew()
            return
        if isinstance(self.screen, ConflictScreen):
            self._leave(NOT_SAVED)
            return

        def decide(leaves: bool | None) -> None:  # noqa: FBT001  (Textual calls it with the screen's result)
            if leaves:
                self._leave(code)

        if self.session.saved.conflict:
            self._ask_which(self.session, self.session.other(), code, leaving=True)
        else:
            self.push_screen(UnsavedScreen(self.session), decide)

    def settle(self) -> None:
        """Where the file has changed elsewhere, ask what is to count: once for each state of the file."""
        assert self.session is not None
        other = self.session.other()
        if other != self._put_off:
            self._ask_which(self.session, other, self._code, leaving=False)

    def _ask_which(self, session: Session, other: Other, code: int, *, leaving: bool) -> None:
        """`code` is what to leave with, once that is decided, where somebody is `leaving` or asks to meanwhile."""
        from assess.tui.conflict import ConflictScreen

        self._code = code
        screen = ConflictScreen(session, other, warned=leaving)

        def decided(settled: bool | None) -> None:  # noqa: FBT001  (the same)
            self._put_off = None if settled else other
            if self.page is not None:
                if settled:
                    self.page.put_away()
                self.page.again(moved=True)
            if settled and screen.warned and not session.unsaved:
                self._leave(self._code)

        self.push_screen(screen, decided)

    async def action_suspend(self) -> None:
        """Back to the shell, with everything on disk; `fg` goes on."""
        await self._typed()
        self._kept()
        with suppress(SuspendNotSupported), self.suspend():
            job.sleep()

    def told_to_stop(self) -> None:
        """As if the person had asked for it: after the keys that came before."""
        self.call_later(self.action_suspend)

    def woken(self) -> None:
        """A `kill -STOP` cannot be seen coming: whatever became of the terminal meanwhile, it is set up anew."""
        if not self.is_running or not isinstance(self._driver, TerminalDriver):  # who is leaving takes it no more
            return
        self._kept()
        job.in_foreground()
        self._driver.set_up_again()
        self.refresh(layout=True)

    async def action_quit(self) -> None:
        """ctrl+q."""
        await self._typed()
        self.leave()

    async def action_interrupt(self) -> None:
        """ctrl+c, where there is nothing to copy."""
        await self._typed()
        self.leave(128 + signal.SIGINT)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """ctrl+c copies where text is selected; the help opens once."""
        if action == "interrupt":
            return not self._has_selection()
        if action in {"help", "palette", "colours"}:
            over = {Scope.HELP, Scope.SEARCH}
            return isinstance(self.screen, Page) and over.isdisjoint(self.screen.scopes)
        return super().check_action(action, parameters)

    def _has_selection(self) -> bool:
        field = self.focused
        selection = getattr(field, "selection", None)
        if selection is not None and not selection.is_empty:
            return True
        return bool(self.screen.selections)

    def _handle_exception(self, error: Exception) -> None:
        """A fault of ours: first of all the answers."""
        self.fault = error
        with suppress(Exception):
            self._kept()
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        """End without Textual's own report: it would print what people wrote. `run` raises the fault instead."""
        self._close_messages_no_wait()

    # help and commands

    def action_help(self) -> None:
        """F1: why the open question is asked, the keys of this screen, words and rules, all other keys."""
        from assess.tui.help import HelpScreen

        assert isinstance(self.screen, Page)
        asked = self.session.current if self.screen is self.page and self.session is not None else None
        about = () if asked is None else self.host.about(asked)
        self.push_screen(HelpScreen(self.screen.scopes, about, self.host.questionnaire.help))

    def action_palette(self) -> None:
        """ctrl+p: what the keys of this screen do, and the questions, by their words."""
        from assess.tui.search import SearchScreen, commands, questions

        page, session = self.screen, self.session
        assert isinstance(page, Page)
        entries = commands(self.table, (*page.scopes, Scope.EVERYWHERE))
        if session is not None and page is self.page:
            entries += questions(session, self.host.clean, beside=False)

        def chosen(found: Key | int | None) -> None:
            if isinstance(found, Key):
                self.call_next(self.run_action, found.runs, page if found.scope in page.scopes else self)
            elif found is not None and self.page is not None:
                self.page.jump(found)

        self.push_screen(SearchScreen(entries, _("What do you want to do?")), chosen)

    def action_colours(self) -> None:
        """The themes to choose from; the one in use is marked."""
        from assess.tui.search import Entry, SearchScreen

        names = sorted(self.available_themes, key=lambda name: (name != self.theme, name))
        entries = [
            Entry(Row(name, sign=CHOSEN if name == self.theme else " "), name.casefold(), name) for name in names
        ]

        def chosen(name: str | None) -> None:
            if name is not None:
                self.theme = name

        self.push_screen(SearchScreen(entries, _("Which colours?")), chosen)
