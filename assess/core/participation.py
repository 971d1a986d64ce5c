"""Who has answered a round, and how much of it: nothing of any answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assess.core.answers import Mark
from assess.core.round import Assessment


@dataclass(frozen=True, slots=True)
class Participation:
    """What everybody may know of a sealed round.

    `people`: each respondent with how many of the `asked` questions have an answer. `missing`: who answered the
    round before and has not answered this one. `together`: the team sheet has answers.
    """

    team: str
    round: str
    asked: int
    expected: int | None
    people: tuple[tuple[str, int], ...]
    missing: tuple[str, ...]
    together: bool


def participation(assessment: Assessment, asked: int, earlier: Sequence[Assessment] = ()) -> Participation:
    """Count what each sheet answers. `asked` is how many questions the round has."""
    people = tuple(
        (sheet.respondent, sum(answer.mark is not Mark.UNANSWERED for answer in sheet.answers.values()))
        for sheet in assessment.sheets
    )
    here = {name for name, _count in people}
    last = next((a for a in reversed(earlier) if a.sheets and not a.only_counts), None)
    before = () if last is None else (sheet.respondent for sheet in last.sheets)
    team = assessment.team_sheet
    return Participation(
        team=assessment.team,
        round=assessment.name,
        asked=asked,
        expected=assessment.expected,
        people=tuple(sorted(people)),
        missing=tuple(sorted(set(before) - here)),
        together=team is not None and any(a.answer is not None for a in team.answers.values()),
    )
