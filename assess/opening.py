"""From a plan to an open sheet: whose it is, which file keeps it, and the round that is written beside it."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from assess.core import consistency, versions
from assess.core.answers import Sheet
from assess.core.finding import Finding
from assess.core.message import message
from assess.core.questionnaire import Questionnaire, QuestionnaireRef
from assess.core.round import Assessment, Round
from assess.files import kept_out, save
from assess.files.load import load, shown
from assess.files.lock import Holder, Lock
from assess.files.repository import ASSESSMENTS, COUNTS, ROUND, Repository
from assess.files.sheetfile import NotSavedError, Rules, SheetFile
from assess.rounds import Plan, Setup, asked_questionnaire, legal_name, legal_team, refuse_together, refuse_twin
from assess.session import Clock, Session


def start(repository: Repository, plan_: Plan, setup: Setup, clock: Clock) -> Session:
    """Open the sheet, the one that lies there or a new one. A new round is written with its first answer.

    Raises UsageError for a respondent's name that is none or that differs from another's in case only.
    """
    questionnaire = asked_questionnaire(repository)
    setup = replace(setup, respondent=legal_name(setup.respondent), team=legal_team(setup.team))
    assessment = None if plan_.is_new else repository.round(plan_.round)
    version = (None if assessment is None else assessment.version) or questionnaire.version
    there = None if assessment is None else assessment.round
    round_ = _new_round(questionnaire, plan_, setup) if there is None else there
    refuse_together(setup.respondent, counts=round_.privacy == "counts")
    existing = () if assessment is None else assessment.all_sheets
    refuse_twin(setup.respondent, [s.respondent for s in existing])
    lying = next((s for s in existing if s.respondent == setup.respondent), None)
    lying = lying or new_sheet(round_, setup.respondent, clock)
    sheet = versions.resumed(lying, questionnaire, version)
    asked = questionnaire.asked(sheet.asked, sensitive=round_.privacy == "counts", version=version)
    told = versions.open_again(lying, questionnaire, version, asked)
    if told is None and plan_.told and not plan_.asks_anything:  # else the first screen has said it
        told = plan_.told[0]
    file = sheet_file(repository, questionnaire, round_, lying, clock)
    return Session(questionnaire, asked, sheet, file, clock, told=told)


def sheet_file(
    repository: Repository, questionnaire: Questionnaire, round_: Round, sheet: Sheet, clock: Clock
) -> SheetFile:
    """The file that keeps a sheet, with `round.yaml` beside it whenever something is written."""
    path = repository.sheet_path(round_.round, sheet.respondent)
    document = repository.documents.get(shown(path))

    still_open = _StillOpen(repository.folder(round_.round) / ROUND)

    def prepare() -> None:
        if not repository.root.is_dir():  # not to be made anew: it may come back, with all that was in it
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(repository.root))
        if round_.privacy == "counts" and not sheet.is_team:  # what the team settles on is for all to see
            _refuse_late(repository, round_)
            kept_out.keep_out(repository.root / ASSESSMENTS, round_.round, path)
        if not sheet.is_team:
            still_open.check()
        if not (repository.folder(round_.round) / ROUND).exists():
            write_round(repository, round_)

    def judge(other: Sheet) -> Iterator[Finding]:
        name = None if sheet.is_team else sheet.respondent
        yield from consistency.check_place(other, respondent=name, round_=round_.round)
        yield from consistency.check_fits_round(other, round_)
        yield from consistency.check_sheet(other, questionnaire)

    me = Holder(str(os.getpid()), socket.gethostname(), f"{clock():%Y-%m-%d %H:%M}")
    rules = Rules(
        prepare=prepare,
        judge=judge,
        resumed=lambda lying: versions.resumed(lying, questionnaire, round_.questionnaire.version),
        stored=lambda changed, lying: versions.with_ids_of(changed, lying, questionnaire),
        order=versions.order(questionnaire),
    )
    return SheetFile(path, None if document is None else document.text, sheet, Lock(path, me), rules)


class _StillOpen:
    """Whether a round is still open, as its `round.yaml` says now: read again only when that file has changed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen = self._looks()

    def _looks(self) -> tuple[int, int] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size

    def check(self) -> None:
        """Raise NotSavedError where somebody has closed the round since."""
        looks = self._looks()
        if looks == self._seen:
            return
        there = load(self._path, Round).value
        if there is not None and there.state == "closed":
            raise NotSavedError(message("the round was closed meanwhile; what you answered before is in it"))
        self._seen = looks


def _refuse_late(repository: Repository, round_: Round) -> None:
    """Raise NotSavedError for a sheet that was open while its round's counts came out: nobody would count it."""
    if (repository.folder(round_.round) / COUNTS).exists():
        raise NotSavedError(message("the counts of this round are out, and nothing is added to them"))


def _new_round(questionnaire: Questionnaire, plan_: Plan, setup: Setup) -> Round:
    return Round(
        round=plan_.round,
        team=setup.team,
        state="open",
        privacy="counts" if plan_.counts else "open",
        asked=setup.asked,
        questionnaire=QuestionnaireRef(id=questionnaire.id, version=questionnaire.version),
        expected=None if setup.together else setup.expected,
    )


def new_sheet(round_: Round, respondent: str, clock: Clock) -> Sheet:
    """A sheet of a round on which nothing is answered yet."""
    return Sheet(
        questionnaire=round_.questionnaire,
        team=round_.team,
        round=round_.round,
        respondent=respondent,
        asked=round_.asked,
        answered=clock().date(),
    )


def write_round(repository: Repository, round_: Round) -> None:
    """Write `round.yaml`, and the ignore rules that are not there yet."""
    kept_out.write_rules(repository.root / ASSESSMENTS, [round_.round] if round_.privacy == "counts" else [])
    path = repository.folder(round_.round) / ROUND
    there = load(path, Round)
    old, text = there.value, there.document.text
    save.write(path, save.round_text(round_) if old is None else save.changed_round(text, old, round_))


def close(repository: Repository, assessment: Assessment) -> None:
    """Close a round: its answers are shown from now on, and nobody answers any more. Raises OSError."""
    if assessment.round is not None and assessment.is_open:
        write_round(repository, assessment.round.model_copy(update={"state": "closed"}))


def close_if_together(repository: Repository, session: Session) -> bool:
    """Close the round when the team answered everything together and nobody answered alone."""
    assessment = repository.round(session.sheet.round)
    if assessment is None or assessment.round is None or assessment.sheets:
        return False
    if not session.sheet.is_team or not session.complete:
        return False
    close(repository, assessment)
    return True
