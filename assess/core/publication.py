"""What closing a round in privacy mode `counts` makes public: sheets merged into counts. Nothing is written here.

A count per practice and answer, of at least five people: no row, no name, no note, reason or evidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assess.core import versions
from assess.core.answers import DONT_KNOW, NOT_APPLICABLE, Choice
from assess.core.counting import Counted, count_practice, counted
from assess.core.counts import FIVE, Counts, tally
from assess.core.questionnaire import Questionnaire
from assess.core.round import Assessment, Round

PAIR = 2
"""So many people it takes to be of one mind."""


@dataclass(frozen=True, slots=True)
class Unanimous:
    """A practice to which all who answered it gave the same answer: a count hides nothing of it."""

    practice: str
    answer: Choice
    people: int


@dataclass(frozen=True, slots=True)
class Publication:
    """What would become public of a round.

    `respondents` are the sheets with an answer, `silent` those without any, which are left out. `practices` are
    all that the round asked and that still mean the same, in order; `withheld` are those of them that somebody
    answered, but fewer than five: of these nothing comes out.
    """

    round: Round
    respondents: int
    silent: int
    practices: tuple[Counted, ...]
    withheld: tuple[str, ...] = ()

    @property
    def unanimous(self) -> tuple[Unanimous, ...]:
        """The practices of which everybody will know what each of them said."""
        return tuple(found for counted in self.practices if (found := _unanimous(counted)) is not None)


def _unanimous(counted: Counted) -> Unanimous | None:
    given: dict[Choice, int] = dict(enumerate(counted.counts))
    given |= {DONT_KNOW: counted.dont_know, NOT_APPLICABLE: counted.not_applicable}
    told = [(answer, people) for answer, people in given.items() if people]
    if len(told) != 1 or told[0][1] < PAIR:
        return None
    return Unanimous(counted.practice.id, *told[0])


def merged(assessment: Assessment, round_: Round, questionnaire: Questionnaire) -> Publication:
    """The sheets of a round, counted. `round_` is what its `round.yaml` says."""
    practices = versions.scored(assessment, questionnaire)
    sheets = versions.carried_round(assessment, questionnaire).sheets
    given = [sheet for sheet in sheets if any(sheet.get(p.id).answer is not None for p in practices)]
    found = [count_practice(practice, given) for practice in practices]
    few = [c.practice.id for c in found if 0 < len(given) - c.unanswered < FIVE]
    return Publication(
        round=round_,
        respondents=len(given),
        silent=len(sheets) - len(given),
        practices=tuple(_withheld(c, len(given)) if c.practice.id in few else c for c in found),
        withheld=tuple(few),
    )


def _withheld(c: Counted, people: int) -> Counted:
    """A practice as if nobody had answered it: of fewer than five nothing comes out."""
    return counted(c.practice, tally((0,) * len(c.counts), 0, 0), people)


def published(publication: Publication, on: date) -> Counts:
    """What `counts.yaml` says. Raises pydantic's ValidationError for fewer than five people: the last barrier."""
    round_ = publication.round
    return Counts(
        questionnaire=round_.questionnaire,
        team=round_.team,
        round=round_.round,
        asked=round_.asked,
        published=on,
        respondents=publication.respondents,
        practices={c.practice.id: tally(c.counts, c.dont_know, c.not_applicable) for c in publication.practices},
    )
