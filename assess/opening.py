"""An open sheet and what lies on disk: the session is made here, its file kept, its round written and closed."""

from __future__ import annotations

import errno
from dataclasses import replace
from pathlib import Path

from assess.core import versions
from assess.core.answers import Sheet
from assess.core.finding import Finding
from assess.core.message import message
from assess.core.questionnaire import QuestionnaireRef
from assess.core.round import Round
from assess.files import save
from assess.files.load import load, shown
from assess.files.repository import ASSESSMENTS, ROUND, Repository, UsageError
from assess.i18n import _
from assess.rounds import Plan, Setup, asked_questionnaire, legal_name, legal_team
from assess.session import Clock, Session

IGNORED = "# Written by assess. Reports are made anew; locks belong to one machine.\nreport.html\n*.lock\n*.tmp\n"


def start(repository: Repository, plan_: Plan, setup: Setup, clock: Clock) -> Session:
    """Open the sheet, the one that lies there or a new one. A new round is written with its first answer.

    Raises UsageError for a respondent's name that is none or that differs from another's in case only.
    """
    questionnaire = asked_questionnaire(repository)
    setup = replace(setup, respondent=legal_name(setup.respondent), team=legal_team(setup.team))
    assessment = None if plan_.is_new else repository.round(plan_.round)
    version = (None if assessment is None else assessment.version) or questionnaire.version
    reference = QuestionnaireRef(id=questionnaire.id, version=version)
    new_round = _new_round(setup, plan_.round, reference)
    existing = () if assessment is None else assessment.all_sheets
    _refuse_twin(setup.respondent, [s.respondent for s in existing])
    lying = next((s for s in existing if s.respondent == setup.respondent), None)
    lying = lying or _new_sheet(setup, plan_.round, reference, clock)
    sheet = versions.resumed(lying, questionnaire, version)
    path = repository.sheet_path(plan_.round, setup.respondent)
    order = versions.order(questionnaire)
    sensitive = assessment is not None and assessment.asks_sensitive
    asked = questionnaire.asked(sheet.asked, sensitive=sensitive, version=version)

    document = repository.documents.get(shown(path))
    _content(path)  # raises now where nothing could be written later
    ours = {None if document is None else document.text.encode()}

    def keep(changed: Sheet) -> None:
        nonlocal ours
        if _content(path) not in ours:
            raise OSError(
                errno.EBUSY, _("something else has changed the file; leave, then start again to take it up")
            )
        if assessment is None and not (repository.folder(plan_.round) / ROUND).exists():
            write_round(repository, new_round)
        if document is None:
            text = save.sheet_text(changed, order)
        else:  # from the file as it was opened, so that taking all back gives that file, to the last byte
            kept = lying if changed == sheet else versions.with_ids_of(changed, lying, questionnaire)
            text = save.changed_sheet(document.text, lying, kept, order)
        written = text.encode()
        ours |= {written}  # a signal may come after the file is written and before we can say so
        save.write(path, text)
        ours = {written}

    told = versions.open_again(lying, questionnaire, version, asked)
    return Session(questionnaire, asked, sheet, keep, clock, told=told)


def _new_round(setup: Setup, round_: str, reference: QuestionnaireRef) -> Round:
    return Round(
        round=round_,
        team=setup.team,
        state="open",
        asked=setup.asked,
        questionnaire=reference,
        expected=None if setup.together else setup.expected,
    )


def _new_sheet(setup: Setup, round_: str, reference: QuestionnaireRef, clock: Clock) -> Sheet:
    return Sheet(
        questionnaire=reference,
        team=setup.team,
        round=round_,
        respondent=setup.respondent,
        asked=setup.asked,
        answered=clock().date(),
    )


def _content(path: Path) -> bytes | None:
    """What lies on disk: another window, an editor or git may have written there since we last did."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _refuse_twin(name: str, others: list[str]) -> None:
    """Two files that differ in case only are one file on some machines: somebody's answers would be lost."""
    twin = next((other for other in others if other != name and other.casefold() == name.casefold()), None)
    if twin is not None:
        what = message(
            "“{name}” and “{twin}” differ in case only; some machines cannot keep both", name=name, twin=twin
        )
        raise UsageError(
            Finding("twins-in-case", what, hint=message("go on as “{twin}”, or choose another", twin=twin))
        )


def write_round(repository: Repository, round_: Round) -> None:
    """Write `round.yaml`, and the ignore rule for reports where there is none."""
    ignore = repository.root / ASSESSMENTS / ".gitignore"
    if not ignore.exists():
        save.write(ignore, IGNORED)
    path = repository.folder(round_.round) / ROUND
    there = load(path, Round)
    old, text = there.value, there.document.text
    save.write(path, save.round_text(round_) if old is None else save.changed_round(text, old, round_))


def close_if_together(repository: Repository, session: Session) -> bool:
    """Close the round when the team answered everything together and nobody answered alone."""
    assessment = repository.round(session.sheet.round)
    if assessment is None or assessment.round is None or assessment.sheets:
        return False
    if not session.sheet.is_team or not session.complete:
        return False
    write_round(repository, assessment.round.model_copy(update={"state": "closed"}))
    return True
