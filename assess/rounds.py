"""Before the first question and after the last: which round, whose sheet, what is still to be asked.

The faces (`tui`, `plain`) ask only what `plan` leaves open; `opening` makes the session of it. Nobody's sheet is
ever opened for somebody else without asking.
"""

from __future__ import annotations

import getpass
import re
import subprocess
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Protocol

from assess.core import versions
from assess.core.answers import TEAM
from assess.core.finding import Finding, Severity
from assess.core.message import Message, message
from assess.core.questionnaire import MAX_NAME, Asked, Practice, Questionnaire, check_name
from assess.core.round import MAX_EXPECTED, Assessment, Round, round_name
from assess.core.text import quoted, writable
from assess.files.load import shown
from assess.files.repository import ROUND, Repository, UsageError
from assess.session import Session

MAX_TEAM = 80
"""Longest name of a team in characters: it stands in every headline."""
OLD_AFTER_DAYS = 45
"""An open round whose newest answer is older than this is continued only after asking."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line already says; None is not said. `respondent` is `team` for `--together`.

    `counts`: whether a new round is to keep people's sheets out of git; not said, it does as the last one did.
    """

    respondent: str | None = None
    team: str | None = None
    expected: int | None = None
    round: str | None = None
    asked: Asked | None = None
    counts: bool | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What is settled (and not asked) and what is only proposed.

    `respondents` are the people with a sheet in this round. `counts`: it keeps sheets out of git, asks sensitive
    questions too, and everybody answers alone. `stale_days` is set when an open round was found
    but its newest answer is old: continue it, or start a new one?
    """

    round: str
    is_new: bool
    team: str
    asks_team: bool
    asked: Asked
    asks_asked: bool
    respondent: str
    asks_respondent: bool
    expected: int | None
    asks_expected: bool
    respondents: tuple[str, ...] = ()
    stale_days: int | None = None
    counts: bool = False
    told: tuple[Message, ...] = ()

    @property
    def asks_anything(self) -> bool:
        """Whether there is a first screen at all."""
        return self.asks_team or self.asks_asked or self.asks_respondent or self.stale_days is not None


@dataclass(frozen=True, slots=True)
class Setup:
    """The answers to the first screen. `respondent` is `team` when the team answers together."""

    team: str
    asked: Asked
    respondent: str
    expected: int | None = None

    @property
    def together(self) -> bool:
        """Whether the whole team answers at one screen."""
        return self.respondent == TEAM


@dataclass(frozen=True, slots=True)
class Closing:
    """What the last screen shows: the team's result, or a receipt of one's own answers, and what to do next.

    `body` and `next_steps` are lines for the terminal, already in the reader's language; `commands` are lines to
    copy as they are; `report` is the report that was written, None when it could not be. `summary` is Markdown to
    paste, of a meeting.
    """

    title: str
    body: tuple[str, ...]
    next_steps: tuple[str, ...]
    commands: tuple[str, ...]
    report: Path | None
    summary: str = ""


class Host(Protocol):
    """What every face (the terminal, the plain prompts) asks of the command that runs it."""

    @property
    def questionnaire(self) -> Questionnaire:
        """What is asked."""

    def left(self, session: Session) -> list[str]:
        """What to say after leaving early: what is on disk, and how to go on."""

    def finish(self, session: Session) -> Closing:
        """Write the report, say what came of it and what comes next."""

    def clean(self, text: str) -> str:
        """Text from a file, safe to print: no control characters."""

    def about(self, practice: Practice) -> tuple[tuple[str, str], ...]:
        """Why a question is asked and where it comes from: headings and texts, no level of any baseline."""


class SheetHost(Host, Protocol):
    """What the faces that fill in a sheet ask besides."""

    @property
    def plan(self) -> Plan:
        """What is settled and what the first screen asks."""

    def new_round(self) -> Plan:
        """Start a new round instead of the old one that is still open."""

    def start(self, setup: Setup) -> Session:
        """Open the sheet. Raises UsageError for a name that is none."""


def plan(repository: Repository, wish: Wish, today: date, *, new: bool = False) -> Plan:
    """Decide which round to open and what is still to be asked.

    `new` starts a new round although one is open. Raises UsageError for a closed round, for an open one of which
    a question has changed since it began, or a name that is none.
    """
    questionnaire = asked_questionnaire(repository)
    found = None if new else _round_to_continue(repository, wish)
    team = wish.team or repository.config.team or (repository.newest.team if repository.newest else "")
    last = repository.newest
    counts = wish.counts if wish.counts is not None else last is not None and last.only_counts
    refuse_together(wish.respondent, counts=counts if found is None else found.only_counts)
    if found is not None and found.round is not None:
        _something_to_ask(questionnaire, found.round.asked, found.version, sensitive=found.asks_sensitive)
        _refuse_outdated(repository, found.round)
        return _continue(found, found.round, wish, today)
    taken = {assessment.name for assessment in repository.assessments}
    name = legal_name(wish.round) if wish.round is not None else round_name(today, taken.__contains__)
    refuse_twin(name, taken)
    choices = asked_choices(questionnaire, sensitive=counts)
    _something_to_ask(questionnaire, wish.asked or choices[0], sensitive=counts)
    respondent = legal_name(wish.respondent) if wish.respondent is not None else proposed_name()
    return Plan(
        round=name,
        is_new=True,
        team=team or proposed_team(repository.root),
        asks_team=not team,
        asked=wish.asked or choices[0],
        asks_asked=wish.asked is None and len(choices) > 1,
        respondent=respondent,
        asks_respondent=wish.respondent is None,
        expected=wish.expected,
        asks_expected=wish.expected is None and wish.respondent != TEAM,
        counts=counts,
        told=tuple(_of_the_last(last, name, today, inherited=counts and wish.counts is None)),
    )


def _of_the_last(last: Assessment | None, name: str, today: date, *, inherited: bool) -> Iterator[Message]:
    """What whoever begins a round should know of the last: that it is closed, that it kept sheets out of git."""
    newest = None if last is None or last.is_open else last.newest
    if last is not None and newest is not None and (today - newest).days <= OLD_AFTER_DAYS:
        yield message("The round “{last}” is closed; “{name}” is a new one.", last=last.name, name=name)
    if inherited:
        yield message(
            "As in the last round, answers stay out of git; --no-counts starts one that keeps them in it."
        )


def refuse_together(respondent: str | None, *, counts: bool) -> None:
    """Raise UsageError for the team's own sheet in a round that keeps sheets out of git."""
    if counts and respondent == TEAM:
        what = message(
            "in this round everybody answers alone: sheets stay out of git, and the team's is for all to see"
        )
        hint = message("answer for yourself with --as NAME; the team talks once the counts are out")
        raise UsageError(Finding("counts-together", what, hint=hint))


def _something_to_ask(
    questionnaire: Questionnaire, asked: Asked, version: str | None = None, *, sensitive: bool = False
) -> None:
    """Raise UsageError where a round would ask nothing."""
    if questionnaire.asked(asked, sensitive=sensitive, version=version):
        return
    if asked == "pulse":
        what, hint = message("this questionnaire has no short set"), message("ask everything: --full")
    else:
        what = message("this questionnaire asks nothing where answers are in git: all its questions are sensitive")
        hint = None
    raise UsageError(Finding("nothing-asked", what, hint=hint))


def _refuse_outdated(repository: Repository, round_: Round) -> None:
    """Raise UsageError where today's words would be answered as if they were those that others have answered."""
    document = repository.documents[shown(repository.folder(round_.round) / ROUND)]
    for finding in versions.check_round_version(round_, asked_questionnaire(repository)):
        raise UsageError(document.placed(replace(finding, severity=Severity.ERROR)))


def asked_questionnaire(repository: Repository) -> Questionnaire:
    """What is asked; commands look for faults before anything is planned or opened."""
    assert repository.questionnaire is not None, "commands check validity before they plan"
    return repository.questionnaire


def _round_to_continue(repository: Repository, wish: Wish) -> Assessment | None:
    if wish.round is None:
        return next((a for a in reversed(repository.assessments) if a.is_open), None)
    found = next((a for a in repository.assessments if a.name == wish.round), None)
    if found is not None and not found.is_open:
        what = message("the round “{name}” is closed", name=wish.round)
        if found.counts is not None:
            hint = message("its counts are out, and nothing is added to them; start a new one with --round NAME")
        else:
            hint = message("start a new one with --round NAME, or write “state: open” in its round.yaml")
        raise UsageError(Finding("round-closed", what, hint=hint))
    return found


def _continue(found: Assessment, round_: Round, wish: Wish, today: date) -> Plan:
    if wish.asked is not None and wish.asked != round_.asked:
        what = message("the open round “{name}” is a {asked} round", name=found.name, asked=message(round_.asked))
        hint = message("leave the flag out, or start another round with --round NAME")
        raise UsageError(Finding("round-asked", what, hint=hint))
    if wish.counts is not None and wish.counts != found.only_counts:
        if wish.counts:
            what = message("the open round “{name}” keeps everybody's sheet in git", name=found.name)
        else:
            what = message("the open round “{name}” keeps everybody's sheet out of git", name=found.name)
        hint = message("leave the flag out, or start another round with --round NAME")
        raise UsageError(Finding("round-privacy", what, hint=hint))
    for flag, said, wanted in _told_apart(round_, wish):
        if wanted not in {None, said}:
            what = message(
                "the open round “{name}” says “{key}: {value}”",
                name=found.name,
                key=flag,
                value=quoted(str(said or "?")),
            )
            hint = message("leave the flag out, or change that line in its round.yaml")
            raise UsageError(Finding("round-differs", what, hint=hint))
    names = tuple(sheet.respondent for sheet in found.sheets)
    proposed = _mine(found, names)
    age = (today - found.newest).days if found.newest is not None else 0
    respondent = legal_name(wish.respondent) if wish.respondent is not None else proposed
    return Plan(
        round=found.name,
        is_new=False,
        team=round_.team,
        asks_team=False,
        asked=round_.asked,
        asks_asked=False,
        respondent=respondent or proposed_name(),
        asks_respondent=respondent is None,
        expected=round_.expected,
        asks_expected=False,
        respondents=names,
        stale_days=age if age > OLD_AFTER_DAYS else None,
        counts=found.only_counts,
    )


def _told_apart(round_: Round, wish: Wish) -> tuple[tuple[str, str | int | None, str | int | None], ...]:
    """What an open round says and what a flag says, by the key of `round.yaml`."""
    team = None if wish.team is None else legal_team(wish.team)
    return ("team", round_.team, team), ("expected", round_.expected, wish.expected)


def _mine(found: Assessment, names: tuple[str, ...]) -> str | None:
    """Whose sheet this start surely continues: the team's if it answers together, or the one of my own name."""
    if found.team_sheet is not None and not names:
        return TEAM
    mine = proposed_name()
    return mine if mine in names else None


def asked_choices(questionnaire: Questionnaire, *, sensitive: bool = False) -> tuple[Asked, ...]:
    """What a new round may ask, the default first; one of the two where they ask the same."""
    pulse, full = (questionnaire.asked(asked, sensitive=sensitive) for asked in ("pulse", "full"))
    if not pulse:
        return ("full",)
    return ("pulse",) if pulse == full else ("pulse", "full")


def expected_count(told: str) -> int | None:
    """How many respondents are expected, from what somebody typed; None for anything that is no such number.

    >>> expected_count(" 6 "), expected_count("many")
    (6, None)
    """
    word = unicodedata.normalize("NFKC", told).strip()  # a Chinese keyboard may give full-width digits
    short = len(word) <= len(str(MAX_EXPECTED))  # Python refuses to read numbers of thousands of digits
    return int(word) if short and word.isascii() and word.isdigit() and 0 < int(word) <= MAX_EXPECTED else None


def legal_name(name: str) -> str:
    """A name given on the command line, composed as we keep names. Raises UsageError for one that is none."""
    composed = unicodedata.normalize("NFC", name)
    try:
        return check_name(composed)
    except ValueError:
        what = message("“{name}” is not a name we can keep a file under", name=name)
        hint = message("letters, digits and - _ . only, at most 64, not starting with a dot")
        raise UsageError(Finding("bad-name", what, hint=hint)) from None


def refuse_twin(name: str, others: Iterable[str]) -> None:
    """Raise UsageError for a name that differs from another in case only.

    On some machines both are one file: somebody's answers would be lost.
    """
    twin = next((other for other in others if other != name and other.casefold() == name.casefold()), None)
    if twin is not None:
        what = message(
            "“{name}” and “{twin}” differ in case only; some machines cannot keep both", name=name, twin=twin
        )
        raise UsageError(
            Finding("twins-in-case", what, hint=message("go on as “{twin}”, or choose another", twin=twin))
        )


def legal_team(name: str) -> str:
    """A team's name as it can be kept. Raises UsageError when nothing is left of it."""
    kept = " ".join(writable(name).split())
    if not kept or len(kept) > MAX_TEAM:
        raise UsageError(
            Finding("no-team", message("the team needs a name of at most {n} characters", n=MAX_TEAM))
        )
    return kept


def as_name(text: str) -> str:
    """The nearest legal name to what somebody is called; empty when nothing is left.

    >>> as_name("Ada Lovelace"), as_name("小明")
    ('ada-lovelace', '小明')
    """
    words = unicodedata.normalize("NFC", text).strip().casefold()
    kept = "".join(c for c in re.sub(r"\s+", "-", words) if c in "-_." or unicodedata.category(c)[0] in "LMN")
    return kept.lstrip(".")[:MAX_NAME]


def proposed_name() -> str:
    """Who sits here, as far as git or the system knows; never the reserved name of the team sheet."""
    try:
        told = subprocess.run(
            ["git", "config", "user.name"],  # noqa: S607  (the git that is the user's own)
            capture_output=True, text=True, timeout=5, check=False,
        ).stdout  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        told = ""
    name = as_name(told)
    if not name:
        try:
            name = as_name(getpass.getuser())
        except (OSError, KeyError):
            name = ""
    return name if name and name != TEAM else "me"


def proposed_team(root: Path) -> str:
    """A team's name to start from: the folder's."""
    return root.resolve().name or "team"
