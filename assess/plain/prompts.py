"""Line prompts: what is said and asked, how it ends, and who decides when a file has changed. No questions."""

from __future__ import annotations

import re
import signal
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from enum import Enum
from errno import EIO
from types import FrameType
from typing import Any, Generic, TextIO, TypeVar

from assess.files.sheetfile import Other
from assess.i18n import _, translate
from assess.render import text
from assess.rounds import Host
from assess.session import NOT_SAVED, Session

_UNDECODED = re.compile("[\ud800-\udfff]")
"""What Python makes of bytes that are no text."""
AnyHost = TypeVar("AnyHost", bound=Host)
AnySession = TypeVar("AnySession", bound=Session)


class EndOfInputError(Exception):
    """Nothing more comes from standard input: save and quit."""


class _StoppedError(Exception):
    """A signal asked us to stop."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class Step(Enum):
    """Where an answered line leads."""

    ON = "on"
    BACK = "back"
    STAY = "stay"
    QUIT = "quit"


def run(face: Prompts[Any, Any]) -> int:
    """Ask everything, save every answer at once, and return the exit code.

    End of input is a normal end (0); 4 when something could not be saved, or was answered in a sheet that another
    window has open; 128 + n after a signal.
    """
    code = 0
    try:
        with _signals():
            try:
                face.sit()
            except EndOfInputError:
                face.leave()
    except _StoppedError as stopped:
        code = 128 + stopped.number
    except KeyboardInterrupt:
        code = 128 + signal.SIGINT
    session = face.session
    if session is None:
        return code
    saved = session.flush()
    with suppress(_StoppedError):
        if not saved:
            face.not_saved(session)
        elif code:
            face.say("", *face.host.left(session))
    session.close()
    return code if saved and not session.refused else NOT_SAVED


@contextmanager
def _signals() -> Iterator[None]:
    """TERM and HUP end the sitting like a word from the user would: saved, with a code of their own."""

    def stop(number: int, _frame: FrameType | None) -> None:
        raise _StoppedError(number)

    names = [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {getattr(signal, name): signal.signal(getattr(signal, name), stop) for name in names}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _terminal() -> Iterator[None]:
    """A terminal that has vanished is a hang-up, also where nobody sends that signal."""
    try:
        yield
    except OSError as error:
        if error.errno != EIO:
            raise
        raise _StoppedError(signal.SIGHUP) from None


class Prompts(Generic[AnyHost, AnySession]):
    """One sitting, line by line. A face gives `sit` and, for each line at the open practice, `act`."""

    def __init__(self, host: AnyHost, lines: TextIO, out: TextIO) -> None:
        self.host = host
        self.lines = lines
        self.out = out
        self.session: AnySession | None = None
        self._put_off: Other | None = None

    def say(self, *lines: str) -> None:
        """Lines to read, each safe to print."""
        with _terminal():
            for line in lines:
                self.out.write(text.clean(line) + "\n")
            self.out.flush()

    def ask(self, prompt: str) -> str:
        """One line of input. Raises EndOfInputError when there is none."""
        while True:
            with _terminal():
                self.out.write(text.clean(prompt))
                self.out.flush()
                line = self.lines.readline()
                if not line:
                    self.out.write("\n")
                    self.out.flush()
                    raise EndOfInputError
            if not _UNDECODED.search(line):
                return line.rstrip("\r\n")
            self.say(_("That line is not UTF-8 text; nothing was taken from it."))

    def not_saved(self, session: Session) -> None:
        """Why what was said is not on disk."""
        if session.saved.failure is not None:
            self.say(_("NOT SAVED: {reason}").format(reason=translate(session.saved.failure)))

    def read_only(self, session: AnySession) -> None:
        """Who else has the sheet open."""
        if session.saved.held is not None:
            self.say(_("READ ONLY: {reason}").format(reason=translate(session.saved.held.words)))

    def sit(self) -> None:
        """The whole sitting."""
        raise NotImplementedError

    def act(self, session: AnySession, line: str) -> Step:
        """Do what a line says."""
        raise NotImplementedError

    def leave(self) -> None:
        """Say what is on disk when the sitting ends early."""
        session = self.session
        if session is not None and not session.flush() and session.saved.conflict:
            self._put_off = None
            with suppress(EndOfInputError):
                self._settle(session)
        if session is not None and session.flush():  # what is not saved, `run` says
            self.say(*self.host.left(session))

    def default(self, question: str, proposed: str) -> str:
        """Ask with a proposal that an empty line takes."""
        prompt = _("{question} [{proposed}]: ").format(question=question, proposed=self.host.clean(proposed))
        return self.ask(prompt).strip() or proposed

    def choice(self, question: str, options: Sequence[tuple[str, str]], default: int = 1) -> str:
        """Ask for one of several (value, label), by number."""
        self.say(question)
        for number, (_value, label) in enumerate(options, start=1):
            self.say(f"  {number}  {label}")
        while True:
            told = self.ask(_("Number [{n}]: ").format(n=default))
            word = unicodedata.normalize("NFKC", told).strip() or str(default)
            for number, (value, _label) in enumerate(options, start=1):
                if word == str(number):
                    return value
            self.say(_("Please give a number from 1 to {n}.").format(n=len(options)))

    def answer(self, session: AnySession) -> Step:
        """Read lines until one of them moves on."""
        while True:
            step = self.act(session, self.ask("> "))
            if session.unsaved and step is not Step.QUIT:  # which says so itself
                self.not_saved(session)
            if session.saved.conflict:
                self._settle(session)
            if step is not Step.STAY:
                return step

    def _settle(self, session: AnySession) -> None:
        """Ask what is to count where the file has changed elsewhere: once for each state of the file."""
        other = session.other()
        if other == self._put_off:
            return
        if other.sheet is not None:
            self.say(_("What differs:"), *(f"  {line}" for line in text.differences(session.differences(other))))
        else:
            self.say(*(text.finding_line(finding) for finding in other.findings))
        if other.sheet is None:
            choices = _("m keeps yours and writes them, an empty line decides later: ")
        else:
            choices = _("t takes the file's answers, m writes yours over them, an empty line decides later: ")
        word = self.ask(choices).strip().casefold()
        self._put_off = other
        if word == "m":
            session.keep_mine(other)
            if not session.unsaved:
                self.say(_("Saved."))
        elif word == "t" and other.sheet is not None:
            session.take_theirs(other)
            self.say(_("Taken from the file."))

    def close(self, session: AnySession) -> None:
        """What came of it, and what comes next."""
        closing = self.host.finish(session)
        self.say("", closing.title, "", *closing.body, "", *closing.next_steps)
        self.say(*(f"    {command}" for command in closing.commands))
        if closing.summary:
            self.say("", _("To paste, in Markdown:"), "", *closing.summary.splitlines())

    def does_not_apply(self, session: AnySession, reason: str) -> Step:
        """Say that the open practice does not apply; asks why where no reason was given."""
        reason = reason or self.ask(_("Why does it not apply to you? ")).strip()
        if not reason:
            self.say(_("A reason is needed; nothing was changed."))
            return Step.STAY
        session.not_applicable(reason)
        return Step.ON

    def add_note(self, session: AnySession, words: str) -> None:
        """Put words below the note that is there."""
        before = session.answer.note
        session.note(f"{before}\n{words}" if before and not before.endswith("\n") else before + words)
        session.flush()
        self.say(_("Noted."))
