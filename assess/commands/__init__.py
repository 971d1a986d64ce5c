"""One verb, one file: `run(context, args) -> exit code`. What every command gets, and what its code means."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeVar

from assess import i18n
from assess.files.languages import Tongue
from assess.files.load import shown
from assess.files.reason import reason
from assess.files.repository import Purpose, Repository, open_repository
from assess.i18n import _, translate
from assess.render.text import clean, finding_line

if TYPE_CHECKING:  # most commands open no sheet
    from assess.rounds import Closing, Host
    from assess.session import Session
    from assess.tui.keys import Table
    from assess.tui.sitting import Ended


class Exit(IntEnum):
    """What an exit code means; README has the table. Codes above 128 are signals, with all saved."""

    PASSED = 0
    GATE_FAILED = 1
    USAGE = 2
    INVALID = 3
    ENVIRONMENT = 4
    BUG = 5
    INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Context:
    """Where a command works and how it speaks: data to `out`, talk to `err`; the clock comes from outside."""

    out: TextIO
    err: TextIO
    clock: Callable[[], datetime]
    config: Path | None
    questionnaire: str | None
    round: str | None
    tongue: Tongue
    given: tuple[str, ...] = ()
    """The words of the command line that say where and how all commands work, such as `-C DIR`."""

    @property
    def today(self) -> date:
        """The date that everything is reckoned from."""
        return self.clock().date()

    def open(self, purpose: Purpose = Purpose.SHOW) -> Repository:
        """Read the folder we work in, and speak its language from now on.

        Raises UsageError for a configuration that leads nowhere, and for a language that nobody here speaks.
        """
        repository = open_repository(
            Path.cwd(),
            config=self.config,
            questionnaire=self.questionnaire,
            purpose=purpose,
            tongue=self.tongue,
        )
        i18n.use(repository.language)
        return repository

    def say(self, *lines: str) -> None:
        """Talk to the person, on standard error; where their terminal has vanished, to nobody.

        Also names of files and words of the command line are somebody's text.
        """
        with suppress(OSError):
            for line in lines:
                print(clean(line), file=self.err, flush=True)

    def put(self, text: str) -> None:
        """Data, on standard output."""
        self.out.write(text)


Command = Callable[[Context, Namespace], int]


AnyHost = TypeVar("AnyHost", bound="Host")


def in_terminal(run_app: Callable[[AnyHost, Table], Ended], host: AnyHost) -> tuple[Ended, Closing | None]:
    """Hand a sitting to the terminal, with the person's own keys; and what came of it in the end.

    Where something was changed after the last screen, the report and what was told are made again.
    """
    import gc

    from assess.files.personal import own_keys

    table = own_keys(os.environ)
    gc.freeze()
    gc.enable()
    ended = run_app(host, table)
    if ended.outdated and ended.session is not None:
        return ended, host.finish(ended.session)
    return ended, ended.closing


def is_in_the_way(context: Context, repository: Repository) -> bool:
    """Whether a file is not valid, so that nothing may be opened; then it has been said."""
    if not repository.valid:
        context.say(*(finding_line(finding) for finding in repository.findings))
        context.say(_("Nothing was opened, so that nothing is lost. Mend these lines first, then start again."))
    return not repository.valid


def cannot_write(context: Context, error: OSError, root: Path) -> Exit:
    """Say where nothing could be written, and why."""
    place = shown(Path(error.filename)) if error.filename else root
    told = _("Cannot write to {place}: {reason}")
    context.say(told.format(place=place, reason=translate(reason(error))))
    return Exit.ENVIRONMENT


def report_of(repository: Repository, name: str, today: date) -> Path | None:
    """Write the report of a round; None where that cannot be."""
    from assess.reporting import write_report  # drawing is loaded once there is something to draw

    try:
        return write_report(repository, name, today)
    except OSError:
        return None


def as_typed(words: Sequence[str]) -> str:
    """A command line to copy, quoted as a shell needs it."""
    from shlex import join

    return join(words)


def not_kept(session: Session) -> list[str]:
    """What is said on leaving where not everything is on disk; nothing where it is."""
    state = session.saved
    if session.read_only and state.held is not None:
        lost = [_("Nothing that was answered here was kept.")] if session.refused else []
        return [_("READ ONLY: {reason}").format(reason=clean(translate(state.held.words))), *lost]
    if session.unsaved:
        reason = "" if state.failure is None else clean(translate(state.failure))
        return [_("NOT SAVED: {reason}").format(reason=reason)]
    return []
