"""A made-up team of any size, and its report: what is measured, and what foreign judges look at."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from assess import i18n, reporting
from assess.core.answers import DONT_KNOW, NOT_APPLICABLE, TEAM, Action, Answer, Choice, Goal, Sheet
from assess.core.questionnaire import Baseline, Dimension, Practice, Questionnaire, QuestionnaireRef
from assess.core.round import Assessment, Round
from assess.files.languages import Tongue
from assess.files.repository import Repository, open_repository

TODAY = date(2026, 11, 23)
LANGUAGES = ("en", "zh-Hans", "zh-Hant")
NOTE = {
    "en": "Thursday fills up with calls from support. I have not had a free one since the move.",
    "zh-Hans": "周四总被客服的电话占满。搬来之后我还没有过一个空闲的周四。",
    "zh-Hant": "週四總被客服的電話佔滿。搬來之後我還沒有過一個空閒的週四。",
}
REASON = {
    "en": "The support desk needs one of us on every weekday.",
    "zh-Hans": "客服台每个工作日都需要我们的一个人。",
    "zh-Hant": "客服台每個工作日都需要我們的一個人。",
}
STEP = {
    "en": "Move the support call from Thursday to Monday for four weeks.",
    "zh-Hans": "把客服电话会议从周四移到周一，试四周。",
    "zh-Hant": "把客服電話會議從週四移到週一，試四週。",
}
PEOPLE = (
    "ada", "bob", "chen", "dana", "eli", "fay", "gus", "hui", "ines", "jo", "kim", "lea", "max", "nia", "小明",
)  # fmt: skip
Given = Callable[[random.Random, int, int], Choice]
"""The answer to a practice, by its dimension's and its own number."""


def usual(dice: random.Random, _dimension: int, n: int) -> Choice:
    """Around a middle of the practice, now and then no level at all."""
    if dice.randrange(30) == 0:
        return DONT_KNOW
    if dice.randrange(60) == 0:
        return NOT_APPLICABLE
    return min(max(1 + n % 3 + dice.choice((-1, 0, 0, 0, 1, 1)), 0), 4)


def unknown(_dice: random.Random, _dimension: int, _n: int) -> Choice:
    """Nobody knows anything."""
    return DONT_KNOW


def without_a_dimension(dice: random.Random, dimension: int, n: int) -> Choice:
    """As usual, but nothing of the second dimension applies to anybody."""
    return NOT_APPLICABLE if dimension == 1 else usual(dice, dimension, n)


@dataclass(frozen=True, slots=True)
class Team:
    """How many people in how many rounds; whether the last is closed, and whether it was met over."""

    people: int = 7
    rounds: int = 4
    given: Given = usual
    closed: bool = True
    met: bool = True
    practices: int | None = None
    """So many practices, copied from those that are shipped; None for these themselves."""


TEAMS = {
    "seven people, four rounds": Team(),
    "one person": Team(people=1, rounds=1, met=False),
    "nobody knows": Team(people=3, rounds=1, given=unknown, met=False),
    "a dimension does not apply": Team(people=4, rounds=2, given=without_a_dimension),
    "sealed": Team(people=3, rounds=2, closed=False, met=False),
    "fifteen people, eight rounds": Team(people=15, rounds=8),
}
"""The usual one, and the edges."""


def report(team: Team, language: str = "en") -> str:
    """The report of a team, as `assess report` would write it."""
    with _speaking(language) as empty:
        questionnaire, baselines = _grown(empty, team.practices)
        assessments = tuple(_rounds(team, questionnaire, language))
        repository = replace(empty, questionnaire=questionnaire, baselines=baselines, assessments=assessments)
        return reporting.html_of(repository, assessments[-1], TODAY)


@contextmanager
def _speaking(language: str) -> Iterator[Repository]:
    """What a team without any file reads, in a language."""
    before = i18n.tag()
    i18n.use(language)
    try:
        with tempfile.TemporaryDirectory() as name:
            yield open_repository(Path(name), tongue=Tongue(flag=language))
    finally:
        i18n.use(before)


def _grown(repository: Repository, wanted: int | None) -> tuple[Questionnaire, tuple[Baseline, ...]]:
    """The shipped questionnaire, all of it asked, or so many copies of its practices; and the baselines for it."""
    shipped = repository.questionnaire
    assert shipped is not None, "what is shipped is valid: a test says so"
    count = wanted or len(shipped.practices)
    copied = islice(_copies(shipped), count)
    kept: dict[tuple[int, str], list[Practice]] = {}
    levels: dict[str, str] = {}
    for turn, dimension, practice in copied:
        levels[_named(practice.id, turn)] = practice.id
        copy = practice.model_copy(update={"id": _named(practice.id, turn), "sensitive": False})
        kept.setdefault((turn, dimension), []).append(copy)
    by_id = {dimension.id: dimension for dimension in shipped.dimensions}
    dimensions: tuple[Dimension, ...] = tuple(
        by_id[old].model_copy(update={"id": _named(old, turn), "practices": tuple(practices)})
        for (turn, old), practices in kept.items()
    )
    baselines = tuple(
        b.model_copy(update={"levels": {new: b.levels[old] for new, old in levels.items()}})
        for b in repository.baselines
    )
    fields = {
        name: getattr(shipped, name) for name in Questionnaire.model_fields
    }  # a copy would keep what is cached
    return Questionnaire.model_construct(**{**fields, "dimensions": dimensions}), baselines


def _copies(questionnaire: Questionnaire) -> Iterator[tuple[int, str, Practice]]:
    for turn in range(1000):
        for dimension in questionnaire.dimensions:
            for practice in dimension.practices:
                yield turn, dimension.id, practice


def _named(id_: str, turn: int) -> str:
    return id_ if turn == 0 else f"{id_}-{turn + 1}"


def _rounds(team: Team, questionnaire: Questionnaire, language: str) -> Iterator[Assessment]:
    """Quarter after quarter up to this one."""
    reference = QuestionnaireRef(id=questionnaire.id, version=questionnaire.version)
    for r in range(team.rounds):
        quarters = 2026 * 4 + 3 - (team.rounds - 1 - r)
        name = f"{quarters // 4}-Q{quarters % 4 + 1}"
        last = r == team.rounds - 1
        head = Sheet(
            questionnaire=reference,
            team="harbour",
            round=name,
            respondent=TEAM,
            asked="full",
            answered=TODAY - timedelta(days=6 + 91 * (team.rounds - 1 - r)),
        )
        round_ = Round(
            round=name,
            team=head.team,
            state="closed" if team.closed or not last else "open",
            asked="full",
            questionnaire=reference,
            expected=team.people,
        )
        dice = random.Random(f"{name} of {team.people}")  # noqa: S311  (chance that guards no secret)
        sheets = tuple(
            head.model_copy(update={"respondent": who, "answers": _answers(team, questionnaire, language, dice)})
            for who in PEOPLE[-team.people :]
        )
        met = _met(head, questionnaire, language) if team.met else None
        yield Assessment(name, round_, sheets, met)


def _answers(team: Team, questionnaire: Questionnaire, language: str, dice: random.Random) -> dict[str, Answer]:
    """One person's: a note on every twelfth, a link on every twentieth, as in `assess demo`."""
    answers = {}
    n = 0
    for d, dimension in enumerate(questionnaire.dimensions):
        for practice in dimension.practices:
            n += 1
            choice = team.given(dice, d, n)
            answers[practice.id] = Answer(
                answer=choice,
                note=NOTE[language] + "\n" if dice.randrange(12) == 0 else "",
                evidence=("https://example.org/harbour/releases",) if dice.randrange(20) == 0 else (),
                reason=REASON[language] if choice == NOT_APPLICABLE else "",
            )
    return answers


def _met(head: Sheet, questionnaire: Questionnaire, language: str) -> Sheet:
    """What the team settled on: every level, some goals and dissent, six actions in every state."""
    ids = tuple(questionnaire.practices)
    answers = {
        practice: Answer(
            answer=1 + n % 3,
            dissent=NOTE[language] if n % 10 == 4 else "",  # noqa: PLR2004
            goal=Goal(level=2 + n % 3, reason=REASON[language]) if n % 5 == 0 else None,
        )
        for n, practice in enumerate(ids)
    }
    states = ("open", "open", "open", "open", "done", "dropped")
    actions = tuple(
        Action.model_validate(
            {
                "id": f"a{n}",
                "practice": ids[7 * n % len(ids)],
                "text": STEP[language],
                "owner": PEOPLE[n],
                "due": TODAY + timedelta(days=14 * n - 20),
                "state": state,
                "why": REASON[language] if state != "open" else "",
            }
        )
        for n, state in enumerate(states)
    )
    return head.model_copy(update={"answers": answers, "actions": actions})
