"""A sheet: one respondent's answers in one round, or what the team settled on. Edits return a new sheet."""

from datetime import date
from enum import Enum
from typing import Annotated, Any, Final, Literal, Self

from pydantic import ConfigDict, Field, GetCoreSchemaHandler, WithJsonSchema, model_validator
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from assess.core.questionnaire import Asked, Day, Flag, Frozen, LevelIndex, Name, QuestionnaireRef, Text, or_bare

DONT_KNOW: Final = "dont-know"
NOT_APPLICABLE: Final = "not-applicable"
TEAM: Final = "team"
"""The respondent of the team sheet; nobody else may carry this name."""


class Mark(Enum):
    """Where one question stands: its answer's kind."""

    ANSWERED = "answered"
    DONT_KNOW = "dont-know"
    NOT_APPLICABLE = "not-applicable"
    UNANSWERED = "unanswered"


Choice = int | Literal["dont-know", "not-applicable"]


class _OneError:
    """Say one thing about a value that is none of a union's, instead of one for each member."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.custom_error_schema(handler(source), "choice", custom_error_message="not an answer")


Given = Annotated[
    LevelIndex | Literal["dont-know", "not-applicable"],
    _OneError(),
    WithJsonSchema({"enum": [*range(7), DONT_KNOW, NOT_APPLICABLE]}),
]


class Goal(Frozen):
    """A level the team wants to reach, and why: with a reason a difference is chosen, not a gap."""

    level: LevelIndex
    reason: Text


class Answer(Frozen):
    """What a sheet says about one practice. `answer` None with a note is unanswered, not zero.

    `reason` says why a practice does not apply; `goal` and `dissent` stand on the team sheet only.
    """

    model_config = ConfigDict(json_schema_extra=or_bare("answer"))

    answer: Given | None = None
    note: str = ""
    evidence: tuple[Text, ...] = ()
    reason: str = ""
    discuss: Flag = False
    dissent: str = ""
    goal: Goal | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_bare(cls, data: Any) -> Any:
        if isinstance(data, dict | Answer):
            return data
        if data is None:
            raise PydanticCustomError("choice", "not an answer")
        return {"answer": data}

    @property
    def level(self) -> int | None:
        """The level given, or None for don't know, not applicable and unanswered."""
        return self.answer if isinstance(self.answer, int) else None

    @property
    def mark(self) -> Mark:
        """Which kind of answer it is."""
        if self.answer is None:
            return Mark.UNANSWERED
        return Mark.ANSWERED if isinstance(self.answer, int) else Mark(self.answer)


EMPTY = Answer.model_construct()  # not Answer(): that would build its validator at every start


class Action(Frozen):
    """Something the team decided to do."""

    id: Name
    practice: Name | None = None
    text: Text
    owner: Text | None = None
    due: Day | None = None
    state: Literal["open", "done", "dropped"] = "open"
    why: str = ""


class Sheet(Frozen):
    """Answers by practice id. A practice that is not in `answers` is unanswered."""

    format: Literal["assess.answers/1"] = "assess.answers/1"
    questionnaire: QuestionnaireRef
    team: Text
    round: Name
    respondent: Name
    asked: Asked
    answered: Day
    answers: dict[Name, Answer] = {}
    actions: tuple[Action, ...] = Field(default=())

    @property
    def is_team(self) -> bool:
        """Whether this is the team sheet."""
        return self.respondent == TEAM

    def get(self, practice: str) -> Answer:
        """The answer to a practice; an empty one when there is none."""
        return self.answers.get(practice, EMPTY)

    def with_answer(self, practice: str, answer: Answer, on: date) -> Self:
        """A new sheet with this answer, dated `on`. An empty answer leaves no trace.

        Answers keep the order in which they were first given; writing puts them in the questionnaire's.
        """
        answers = {**self.answers, practice: answer}
        if answer == EMPTY:
            del answers[practice]
        return self.model_copy(update={"answers": answers, "answered": on})
