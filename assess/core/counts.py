"""`counts.yaml`: what a round in privacy mode `counts` made public. Counts per practice, never anybody's row."""

from typing import Annotated, Final, Literal

from pydantic import Field, Strict

from assess.core.questionnaire import Asked, Day, Frozen, Name, QuestionnaireRef, Text

FIVE: Final = 5
"""So many people at least: fewer are never counted out.

The usual least group of surveys among colleagues. Of four, a colleague who knows two answers knows too much.
"""

Number = Annotated[int, Strict(), Field(ge=0)]


class Tally(Frozen):
    """How many people gave each answer to one practice; whoever is in none of these did not answer it.

    `levels` has one number per level, lowest first.
    """

    levels: Annotated[tuple[Number, ...], Field(min_length=2, max_length=7)]
    dont_know: Number = Field(alias="dont-know")
    not_applicable: Number = Field(alias="not-applicable")

    @property
    def answered(self) -> int:
        """How many people answered the practice in any way."""
        return sum(self.levels) + self.dont_know + self.not_applicable


class Counts(Frozen):
    """A whole round, counted. Practices are by id; one that is not there was answered by nobody.

    `questionnaire` is the one that the round was made with, `published` the day on which the counts came out.
    """

    format: Literal["assess.counts/1"] = "assess.counts/1"
    questionnaire: QuestionnaireRef
    team: Text
    round: Name
    asked: Asked
    published: Day
    respondents: Annotated[int, Strict(), Field(ge=FIVE)]
    practices: dict[Name, Tally]

    def tally(self, practice: str) -> Tally | None:
        """The counts of a practice; None where nobody answered it."""
        return self.practices.get(practice)


def tally(levels: tuple[int, ...], dont_know: int, not_applicable: int) -> Tally:
    """A tally of our own counting, which needs no validating (and builds no validator at every start)."""
    return Tally.model_construct(levels=levels, dont_know=dont_know, not_applicable=not_applicable)
