"""A round: who was asked what, and all the sheets that came of it. Order and names of rounds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, Strict

from assess.core.answers import Sheet
from assess.core.counts import Counts
from assess.core.questionnaire import Asked, Frozen, Name, QuestionnaireRef, Text, newer

MAX_EXPECTED = 10_000
"""More respondents than this are a slip of the keyboard, not a team."""


Privacy = Literal["open", "counts"]
"""Whether people's sheets are in git, or only counts of them are."""


class Round(Frozen):
    """What `round.yaml` says. `expected` is how many respondents the team hopes for."""

    format: Literal["assess.round/1"] = "assess.round/1"
    round: Name
    team: Text
    state: Literal["open", "closed"]
    privacy: Privacy = "open"
    asked: Asked
    questionnaire: QuestionnaireRef
    expected: Annotated[int, Strict(), Field(ge=1, le=MAX_EXPECTED)] | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """One round as a whole: its `round.yaml` (None when there is none), the sheets, the team sheet.

    `counts` is what a round in privacy mode `counts` has published; there are no individual sheets beside it.
    """

    name: str
    round: Round | None
    sheets: tuple[Sheet, ...]
    team_sheet: Sheet | None = None
    counts: Counts | None = None

    @property
    def all_sheets(self) -> tuple[Sheet, ...]:
        """Every sheet, the team's last."""
        return self.sheets if self.team_sheet is None else (*self.sheets, self.team_sheet)

    @property
    def has_answers(self) -> bool:
        """Whether there is anything to score: a sheet, or published counts."""
        return self.counts is not None or bool(self.all_sheets)

    @property
    def individual(self) -> bool:
        """Whether there is what people answered each alone: their sheets, or published counts of them."""
        return self.counts is not None or bool(self.sheets)

    @property
    def answered(self) -> int:
        """How many people have answered something; a note alone is no answer."""
        if self.counts is not None:
            return self.counts.respondents
        return sum(any(a.answer is not None for a in sheet.answers.values()) for sheet in self.sheets)

    @property
    def is_open(self) -> bool:
        """Whether people may still answer; a round without `round.yaml`, or with counts out, counts as closed."""
        return self.round is not None and self.round.state == "open" and self.counts is None

    @property
    def sealed(self) -> bool:
        """Whether answers stay hidden: the round is open and two or more sheets exist, the team's included.

        In privacy mode `counts` they stay hidden, open or closed, until the counts are published.
        """
        if self.only_counts:
            return self.counts is None
        return self.is_open and len(self.all_sheets) > 1

    @property
    def asked(self) -> Asked:
        """Full or pulse; from the sheets where there is no `round.yaml`."""
        if self.round is not None:
            return self.round.asked
        return self.all_sheets[0].asked if self.all_sheets else "full"

    @property
    def version(self) -> str | None:
        """The version of the questionnaire that is asked, None where nothing says.

        Without `round.yaml` it is the newest that a sheet was made with: what people were last asked.
        """
        if self.round is not None:
            return self.round.questionnaire.version
        newest = None
        for sheet in self.all_sheets:
            if newest is None or newer(sheet.questionnaire.version, newest):
                newest = sheet.questionnaire.version
        return newest

    @property
    def only_counts(self) -> bool:
        """Whether people's sheets stay out of git and only counts of them come out: privacy mode `counts`."""
        return self.round is not None and self.round.privacy == "counts"

    @property
    def asks_sensitive(self) -> bool:
        """Whether sensitive practices are asked: only where individual answers stay out of git."""
        return self.only_counts

    @property
    def team(self) -> str:
        """The team's name."""
        if self.round is not None:
            return self.round.team
        return self.all_sheets[0].team if self.all_sheets else ""

    @property
    def expected(self) -> int | None:
        """How many respondents were hoped for, if anybody said."""
        return None if self.round is None else self.round.expected

    @property
    def newest(self) -> date | None:
        """The date of the newest answer; of published counts the day they came out, for answers have no dates."""
        published = () if self.counts is None else (self.counts.published,)
        return max((*published, *(sheet.answered for sheet in self.all_sheets)), default=None)

    @property
    def order(self) -> date | None:
        """By what rounds are ordered: the newest answer of people, where there are any.

        A meeting that goes on with what an older round has left makes that round no newer.
        """
        if self.counts is not None:
            return self.counts.published
        return max((sheet.answered for sheet in self.sheets), default=self.newest)


def shown(assessments: Iterable[Assessment]) -> tuple[Assessment, ...]:
    """Those whose answers may be looked at: somebody has answered, and they are not sealed."""
    return tuple(a for a in assessments if a.has_answers and not a.sealed)


def by_newest_answer(assessments: tuple[Assessment, ...]) -> tuple[Assessment, ...]:
    """Oldest first. Ties, and rounds nobody has answered yet, are settled by name.

    A round without answers is the newest of all: somebody has just started it.
    """
    return tuple(sorted(assessments, key=lambda a: (a.order is None, str(a.order or ""), *_name_order(a.name))))


def _name_order(name: str) -> tuple[bool, str]:
    """Rounds of one day by their names: the quarter's came first, then the month's, then the date's."""
    return (name[4:6] != "-Q", name)


def round_name(today: date, taken: Callable[[str], bool]) -> str:
    """The name of a new round: the quarter, else the month, else the date, the first that is free.

    >>> from datetime import date
    >>> round_name(date(2026, 11, 23), {"2026-Q4"}.__contains__)
    '2026-11'
    """
    quarter = f"{today.year}-Q{(today.month - 1) // 3 + 1}"
    names = [quarter, f"{today:%Y-%m}", today.isoformat()]
    names += [f"{today.isoformat()}-{n}" for n in range(2, 1000)]
    return next(name for name in names if not taken(name))
