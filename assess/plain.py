"""The questionnaire as line prompts, for screen readers, scripts and plain terminals.

The same session and the same bytes in the file; no escape codes. The words are in docs/plain.md.
"""

from __future__ import annotations

import re
import signal
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from enum import Enum
from errno import EIO
from types import FrameType
from typing import TextIO

from assess.core.answers import DONT_KNOW, TEAM
from assess.core.pace import minutes
from assess.core.questionnaire import Asked
from assess.files.repository import UsageError
from assess.files.sheetfile import Other
from assess.i18n import _, asked_word, clauses, labelled, listed, ngettext, translate
from assess.render import text
from assess.rounds import Host, Plan, Setup, asked_choices, expected_count
from assess.session import NOT_SAVED, Mark, Session

_UNDECODED = re.compile("[\ud800-\udfff]")
"""What Python makes of bytes that are no text."""
_CHANGES_NOTHING = {"", "s", "b", "q", "h"}


class _EndOfInputError(Exception):
    """Nothing more comes from standard input: save and quit."""


class _StoppedError(Exception):
    """A signal asked us to stop."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def run(host: Host, lines: TextIO, out: TextIO) -> int:
    """Ask everything, save every answer at once, and return the exit code.

    End of input is a normal end (0); 4 when something could not be saved, or was answered in a sheet that another
    window has open; 128 + n after a signal.
    """
    face = _Face(host, lines, out)
    code = 0
    try:
        with _signals():
            try:
                face.sit()
            except _EndOfInputError:
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
            face.say("", *host.left(session))
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


class _Face:
    def __init__(self, host: Host, lines: TextIO, out: TextIO) -> None:
        self.host = host
        self.lines = lines
        self.out = out
        self.session: Session | None = None
        self._put_off: Other | None = None

    def say(self, *lines: str) -> None:
        with _terminal():
            for line in lines:
                self.out.write(self.host.clean(line) + "\n")
            self.out.flush()

    def ask(self, prompt: str) -> str:
        while True:
            with _terminal():
                self.out.write(prompt)
                self.out.flush()
                line = self.lines.readline()
                if not line:
                    self.out.write("\n")
                    self.out.flush()
                    raise _EndOfInputError
            if not _UNDECODED.search(line):
                return line.rstrip("\r\n")
            self.say(_("That line is not UTF-8 text; nothing was taken from it."))

    def not_saved(self, session: Session) -> None:
        if session.saved.failure is not None:
            self.say(_("NOT SAVED: {reason}").format(reason=translate(session.saved.failure)))

    def read_only(self, session: Session) -> None:
        if session.saved.held is not None:
            self.say(_("READ ONLY: {reason}").format(reason=translate(session.saved.held.words)))

    def sit(self) -> None:
        self.session = self._start()
        self.read_only(self.session)
        if self.host.plan.is_new:
            self.say(_("A new round begins: {round}").format(round=self.host.plan.round))
        top = len(self.session.current.levels) - 1
        told = [] if self.session.told is None else [translate(self.session.told)]
        self.say("", self._heading(self.session), *told, _help(top))
        if self._questions(self.session):
            self._close(self.session)
        else:
            self.leave()

    def _start(self) -> Session:
        while True:
            setup = self._setup()
            try:
                return self.host.start(setup)
            except UsageError as error:
                if not self.host.plan.asks_respondent:
                    raise
                self.say(*(translate(finding.message) for finding in error.findings))

    def leave(self) -> None:
        """Say what is on disk when the sitting ends early."""
        session = self.session
        if session is not None and not session.flush() and session.saved.conflict:
            self._put_off = None
            with suppress(_EndOfInputError):
                self._settle(session)
        if session is not None and session.flush():  # what is not saved, `run` says
            self.say(*self.host.left(session))

    # before the first question

    def _setup(self) -> Setup:
        plan = self.host.plan
        if plan.stale_days is not None:
            plan = self._old_round(plan, plan.stale_days)
        team = self._default(_("The team's name"), plan.team) if plan.asks_team else plan.team
        asked = self._asked() if plan.asks_asked else plan.asked
        respondent, expected = plan.respondent, plan.expected
        if plan.asks_respondent:
            respondent, expected = self._respondent(plan)
        return Setup(team=team, asked=asked, respondent=respondent, expected=expected)

    def _default(self, question: str, proposed: str) -> str:
        prompt = _("{question} [{proposed}]: ").format(question=question, proposed=self.host.clean(proposed))
        return self.ask(prompt).strip() or proposed

    def _choice(self, question: str, options: Sequence[tuple[str, str]], default: int = 1) -> str:
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

    def _old_round(self, plan: Plan, days: int) -> Plan:
        question = _("The round {name} is open, but its newest answer is {days} days old.")
        options = [("old", _("Continue it")), ("new", _("Start a new round"))]
        chosen = self._choice(question.format(name=plan.round, days=days), options)
        return self.host.new_round() if chosen == "new" else plan

    def _asked(self) -> Asked:
        options = []
        questions, counts = self.host.questionnaire, self.host.plan.counts
        for asked in asked_choices(questions, sensitive=counts):
            n = len(questions.asked(asked, sensitive=counts))
            label = ngettext("{asked}: {n} question", "{asked}: {n} questions", n)
            time = ngettext("about {n} minute", "about {n} minutes", minutes(n)).format(n=minutes(n))
            options.append((asked, clauses(label.format(asked=asked_word(asked), n=n), time)))
        return "full" if self._choice(_("How much?"), options) == "full" else "pulse"

    def _respondent(self, plan: Plan) -> tuple[str, int | None]:
        options = [(name, _("{name}: go on with this sheet").format(name=name)) for name in plan.respondents]
        if not plan.counts:
            options.append((TEAM, _("the team together, at one screen")))
        options.append(("", _("just me; the others answer for themselves")))
        # where people answer for themselves, an empty line may not open somebody else's sheet
        chosen = self._choice(_("Who is answering?"), options, len(options) if plan.respondents else 1)
        if chosen:
            return chosen, None
        name = self._default(_("Your name"), plan.respondent)
        expected = plan.expected
        if plan.asks_expected:
            told = self.ask(_("How many people are to answer, you included? (empty: not known): ")).strip()
            expected = expected_count(told)
        return name, expected

    # the questions

    def _heading(self, session: Session) -> str:
        who = _("the team") if session.sheet.is_team else session.sheet.respondent
        return f"{session.sheet.team} · {session.sheet.round} · {who}"

    def _questions(self, session: Session) -> bool:
        """Ask one question after the other. False when the person quits before the end."""
        last = len(session.practices) - 1
        while True:
            self._show(session)
            step = self._answer(session)
            if step is _Step.QUIT:
                return False
            if step is _Step.BACK:
                session.go(session.position - 1)
            elif session.position < last:
                session.go(session.position + 1)
            elif session.complete or not self._unanswered(session):
                return True

    def _unanswered(self, session: Session) -> bool:
        """At the end with questions left: go back to them, or finish as it is."""
        left = len(session.practices) - session.answered
        question = ngettext(
            "{n} question is not answered. Go back to it? [y/N]: ",
            "{n} questions are not answered. Go back to them? [y/N]: ",
            left,
        )
        if self.ask(question.format(n=left)).strip().casefold() not in {"y", "yes", _("yes")}:
            return False
        session.next_unanswered(or_stay=False)
        session.go(session.position)
        return True

    def _show(self, session: Session) -> None:
        practice, answer = session.current, session.answer
        self.say(
            "",
            _("Question {n} of {all} · {dimension}").format(
                n=session.position + 1, all=len(session.practices), dimension=session.dimension.title
            ),
            practice.title,
            practice.question,
        )
        for number, level in enumerate(practice.levels):
            chosen = "   " + _("(your answer)") if answer.answer == number else ""
            self.say(f"  {number}  {level.text}{chosen}")
        if session.mark(practice) is Mark.DONT_KNOW:
            self.say("  " + _("Your answer: don't know"))
        if session.mark(practice) is Mark.NOT_APPLICABLE:
            self.say("  " + _("Your answer: does not apply, because {reason}").format(reason=answer.reason))
        if answer.note:
            self.say("  " + _("Note: {note}").format(note=answer.note.rstrip("\n")))
        if answer.evidence:
            self.say("  " + _("Evidence: {links}").format(links=listed(answer.evidence)))

    def _answer(self, session: Session) -> _Step:
        """Read lines until one of them moves on."""
        while True:
            step = self._act(session, self.ask("> "))
            if session.unsaved and step is not _Step.QUIT:  # which says so itself
                self.not_saved(session)
            if session.saved.conflict:
                self._settle(session)
            if step is not _Step.STAY:
                return step

    def _settle(self, session: Session) -> None:
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

    def _act(self, session: Session, line: str) -> _Step:
        first, *others = line.split(maxsplit=1)[:2] or [""]
        word, rest = unicodedata.normalize("NFKC", first).lower(), "".join(others).strip()
        if word in _CHANGES_NOTHING or session.may_change():
            return self._do(session, word, rest)
        self.read_only(session)
        return _Step.STAY

    def _do(self, session: Session, word: str, rest: str) -> _Step:
        top = len(session.current.levels) - 1
        if not rest and word in map(str, range(top + 1)):
            session.choose(int(word))
            return _Step.ON
        if word in {"", "s"} and not rest:
            return _Step.ON
        if word == "?" and not rest:
            session.choose(DONT_KNOW)
            return _Step.ON
        if word == "x":
            return self._does_not_apply(session, rest)
        if word in {"b", "q"} and not rest:
            return _Step.BACK if word == "b" else _Step.QUIT
        return self._annotate(session, word, rest, top)

    def _does_not_apply(self, session: Session, reason: str) -> _Step:
        reason = reason or self.ask(_("Why does it not apply to you? ")).strip()
        if not reason:
            self.say(_("A reason is needed; nothing was changed."))
            return _Step.STAY
        session.not_applicable(reason)
        return _Step.ON

    def _annotate(self, session: Session, word: str, rest: str, top: int) -> _Step:
        if not rest and word in {"n", "e"}:
            rest = self.ask(_("The note: ") if word == "n" else _("Links or paths: ")).strip()
        if word == "n" and rest:
            before = session.answer.note
            session.note(f"{before}\n{rest}" if before and not before.endswith("\n") else before + rest)
            session.flush()
            self.say(_("Noted."))
        elif word == "e" and rest:
            session.evidence((*session.answer.evidence, *rest.split()))
            self.say(_("Evidence added."))
        elif word == "d" and not rest:
            session.discuss()
            self.say(_("Marked to discuss.") if session.answer.discuss else _("No longer marked to discuss."))
        elif word == "h" and not rest:
            about = (labelled(*pair) for pair in self.host.about(session.current))
            explained = (labelled(entry.title, entry.text) for entry in session.questionnaire.help)
            self.say(_help(top), *(f"  {line}" for line in (*about, *explained)))
        else:
            self.say(_("“{line}” is not an answer here.").format(line=f"{word} {rest}".strip()), _help(top))
        return _Step.STAY

    def _close(self, session: Session) -> None:
        closing = self.host.finish(session)
        self.say("", closing.title, "", *closing.body, "", *closing.next_steps)
        self.say(*(f"    {command}" for command in closing.commands))


class _Step(Enum):
    """Where an answered line leads."""

    ON = "on"
    BACK = "back"
    STAY = "stay"
    QUIT = "quit"


def _help(top: int = 4) -> str:
    return _(
        "Answer with a level (0-{top}), ? don't know, x REASON does not apply, s or an empty line to skip; "
        "n TEXT adds a note, e LINK evidence, d marks for discussion; b goes back, h explains words and rules, "
        "q saves and quits."
    ).format(top=top)
