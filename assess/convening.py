"""From a round to a meeting about it: its team sheet is opened, with all that lies on the table."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from assess.core import versions
from assess.core.agenda import brief
from assess.core.answers import TEAM
from assess.core.finding import Finding
from assess.core.message import message
from assess.core.participation import Participation
from assess.core.questionnaire import Questionnaire, QuestionnaireRef
from assess.core.round import Assessment, Round
from assess.files.repository import Repository, UsageError
from assess.meeting import Meeting
from assess.opening import new_sheet, sheet_file
from assess.rounds import Host, asked_questionnaire
from assess.session import Clock


def meet(repository: Repository, assessment: Assessment, clock: Clock) -> Meeting:
    """Open the team sheet of a round for the meeting, the one that lies there or a new one.

    Raises UsageError as `refuse_before_counts` does.
    """
    refuse_before_counts(assessment)
    questionnaire = asked_questionnaire(repository)
    round_ = assessment.round or _closed_round(assessment, questionnaire)
    lying = assessment.team_sheet or new_sheet(round_, TEAM, clock)
    sheet = versions.resumed(lying, questionnaire, round_.questionnaire.version)
    file = sheet_file(repository, questionnaire, round_, lying, clock)
    about = brief(questionnaire, assessment, repository.earlier(assessment), repository.baselines)
    return Meeting(questionnaire, about, sheet, file, clock)


def refuse_before_counts(assessment: Assessment) -> None:
    """Raise UsageError for a round whose sheets stay out of git and whose counts are still to come."""
    if assessment.only_counts and assessment.counts is None:
        what = message("in this round answers are shown once the counts are published, and only those")
        hint = message("whoever has collected the sheets publishes them with: assess meet --close")
        raise UsageError(Finding("counts-not-published", what, hint=hint))


def _closed_round(assessment: Assessment, questionnaire: Questionnaire) -> Round:
    """What a round without `round.yaml` is taken for."""
    version = assessment.version or questionnaire.version
    return Round(
        round=assessment.name,
        team=assessment.team,
        state="closed",
        asked=assessment.asked,
        questionnaire=QuestionnaireRef(id=questionnaire.id, version=version),
    )


class MeetingHost(Host, Protocol):
    """What the faces of a meeting ask of the command that runs it."""

    @property
    def today(self) -> date:
        """The date that due days are reckoned from."""

    @property
    def participation(self) -> Participation | None:
        """Who has answered, where the round is still open and somebody has to say that it may be shown."""

    def reveal(self) -> Meeting:
        """Close the round where it is open, and open its team sheet. Raises OSError."""
