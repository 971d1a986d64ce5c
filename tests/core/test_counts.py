"""Counts instead of sheets: what is counted, and that it scores as the sheets would."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from builders import (
    DAY,
    LAW,
    assessment,
    baseline,
    practice,
    questionnaire,
    questionnaires,
    round_,
    sheet,
    team_sheet,
)
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from assess.core import versions
from assess.core.answers import Answer, Sheet
from assess.core.change import compare, trend
from assess.core.counts import FIVE, Counts, tally
from assess.core.derivation import derive
from assess.core.publication import Unanimous, merged, published
from assess.core.questionnaire import Questionnaire
from assess.core.round import Assessment
from assess.core.scoring import basis_of, score

DK, NA = "dont-know", "not-applicable"
ONE = questionnaire(practice("A"), practice("B"))


def counted(of: Assessment, questions: Questionnaire) -> Assessment:
    """The round as a fresh clone has it once its counts are out."""
    assert of.round is not None
    publication = merged(of, of.round, questions)
    return replace(of, sheets=(), counts=published(publication, DAY))


def in_counts(*sheets: Sheet, team: Sheet | None = None, **of_round: Any) -> Assessment:
    return assessment(*sheets, team=team, privacy="counts", **of_round)


def people(*answers: Any) -> tuple[Sheet, ...]:
    """So many people who answered A so."""
    return tuple(sheet(f"m{i}", {"A": answer}) for i, answer in enumerate(answers))


@st.composite
def rounds(draw: st.DrawFn) -> tuple[Questionnaire, Assessment]:
    """Any questionnaire, sensitive practices among it, answered by five to nine people in any of the five ways."""
    questions = draw(questionnaires())
    sensitive = draw(st.booleans())
    first = next(iter(questions.practices.values()))
    dimensions = [
        d.model_copy(update={"practices": tuple(
            p.model_copy(update={"sensitive": sensitive and p.id == first.id}) for p in d.practices
        )}) for d in questions.dimensions
    ]  # fmt: skip
    questions = questionnaire(dimensions=dimensions)
    sheets = []
    for member in range(draw(st.integers(5, 9))):
        given_ = {
            pid: draw(st.sampled_from([None, DK, NA, *range(len(p.levels)), *range(len(p.levels))]))
            for pid, p in questions.practices.items()
        }
        sheets.append(
            sheet(f"m{member}", {first.id: 0} if not any(a is not None for a in given_.values()) else given_)
        )
    team = draw(
        st.sampled_from([None, team_sheet({first.id: {"answer": 0, "goal": {"level": 1, "reason": "r"}}})])
    )
    return questions, in_counts(*sheets, team=team)


def told(round_of: Assessment) -> Assessment:
    """The round without the answers to what fewer than five answered: of these nothing comes out."""
    answers = Counter(pid for s in round_of.sheets for pid, a in s.answers.items() if a.answer is not None)
    few = {pid for pid, n in answers.items() if n < FIVE}
    return replace(
        round_of,
        sheets=tuple(
            s.model_copy(update={"answers": {pid: a for pid, a in s.answers.items() if pid not in few}})
            for s in round_of.sheets
        ),
    )


# the law


@LAW
@given(rounds())
def test_counts_of_five_or_more_sheets_score_as_the_sheets_do(of: tuple[Questionnaire, Assessment]) -> None:
    questions, round_of = of
    baselines = (baseline(dict.fromkeys(questions.practices, 1)),)

    result = score(questions, counted(round_of, questions), baselines)

    of_sheets = score(questions, told(round_of), baselines)
    assert result == of_sheets
    assert derive(questions, result) == derive(questions, of_sheets)


@LAW
@given(rounds(), st.data())
def test_two_rounds_of_counts_compare_as_their_sheets_do_but_for_who_is_who(
    of: tuple[Questionnaire, Assessment], data: st.DataObject
) -> None:
    questions, later = of
    kept = data.draw(st.lists(st.sampled_from(later.sheets), min_size=5, unique_by=lambda s: s.respondent))
    earlier = replace(later, sheets=tuple(kept))

    found = compare(questions, counted(earlier, questions), counted(later, questions), "individual")

    of_sheets = compare(questions, told(earlier), told(later), "individual")
    assert (found.both, found.joined, found.left, found.core) == (None, None, None, None)
    assert all((p.up, p.down) == (None, None) for p in found.practices)
    assert replace(
        found, both=of_sheets.both, joined=of_sheets.joined, left=of_sheets.left, core=of_sheets.core,
        practices=tuple(
            replace(mine, up=theirs.up, down=theirs.down)
            for mine, theirs in zip(found.practices, of_sheets.practices, strict=True)
        ),
    ) == of_sheets  # fmt: skip


def test_of_what_fewer_than_five_answered_nothing_comes_out() -> None:
    four = [sheet(f"m{i}", {"A": 1, "B": 2}) for i in range(4)]
    round_of = in_counts(*four, sheet("m4", {"A": 1}))

    found = merged(round_of, round_(privacy="counts"), ONE)

    assert found.withheld == ("B",)
    assert published(found, DAY).practices == {
        "A": tally((0, 5, 0, 0, 0), 0, 0),
        "B": tally((0, 0, 0, 0, 0), 0, 0),
    }
    assert [u.practice for u in found.unanimous] == ["A"]


# what is counted


def test_nobodys_silence_and_no_practice_is_lost() -> None:
    found = published(merged(in_counts(*people(0, 0, 3, DK, NA, 4)), round_(privacy="counts"), ONE), DAY)

    assert found.respondents == 6
    assert found.practices == {"A": tally((2, 0, 0, 1, 1), 1, 1), "B": tally((0, 0, 0, 0, 0), 0, 0)}


def test_a_sheet_without_an_answer_is_nobody_who_answered() -> None:
    silent = sheet("silent", {"A": {"answer": None, "note": "later"}})

    publication = merged(in_counts(*people(1, 2), silent), round_(privacy="counts"), ONE)

    assert (publication.respondents, publication.silent) == (2, 1)


@pytest.mark.parametrize("n", range(5))
def test_counts_of_fewer_than_five_people_cannot_even_be_made(n: int) -> None:
    publication = merged(in_counts(*people(*[1] * n)), round_(privacy="counts"), ONE)

    with pytest.raises(ValidationError):
        published(publication, DAY)


def test_everybody_of_one_mind_is_told_whatever_they_say() -> None:
    of = [
        sheet(f"m{i}", {"A": 0, "B": DK if i else None, "C": 1 + (i == 0), "D": 2 if i == 0 else None})
        for i in range(6)
    ]
    questions = questionnaire(*map(practice, "ABCD"))

    publication = merged(in_counts(*of), round_(privacy="counts"), questions)

    assert publication.unanimous == (Unanimous("A", 0, 6), Unanimous("B", DK, 5))


# a round of counts


def test_a_round_of_counts_is_sealed_until_they_are_out_open_or_closed_however_few() -> None:
    for state in ("open", "closed"):
        assert in_counts(state=state).sealed
        assert in_counts(sheet("p"), state=state).sealed
        assert in_counts(*people(*range(5)), state=state).sealed
    assert not counted(in_counts(*people(*range(5))), ONE).sealed


def test_a_round_whose_counts_are_out_takes_no_answer_even_if_its_file_says_open() -> None:
    out = counted(in_counts(*people(*range(5)), state="open"), ONE)

    assert not out.is_open
    assert not out.sealed


def test_published_counts_say_how_many_answered_and_of_when_they_are() -> None:
    out = counted(in_counts(*people(*range(5))), ONE)

    assert (out.has_answers, out.individual, out.answered, out.newest) == (True, True, 5, DAY)
    assert basis_of(out) == "individual"
    later = replace(out, team_sheet=team_sheet({"A": 2}, answered="2026-12-01"))
    assert (basis_of(later), later.newest) == ("individual", date(2026, 12, 1))
    assert score(ONE, later, basis="team").respondents == 1


def test_sensitive_practices_are_asked_in_rounds_of_counts_only() -> None:
    questions = questionnaire(practice("A"), practice("S", sensitive=True))

    assert [p.id for p in versions.scored(in_counts(), questions)] == ["A", "S"]
    assert [p.id for p in versions.scored(assessment(), questions)] == ["A"]


def test_counts_stand_in_the_trend_beside_rounds_of_sheets() -> None:
    earlier = assessment(*people(0, 1, 2, 1, 0), name="q")
    later = counted(in_counts(*people(4, 3, 4, 4, 4), name="r"), ONE)
    sealed = in_counts(*people(1), name="s")

    (found,) = trend(ONE, (earlier, later, sealed))

    assert (found.before, found.after, found.respondents, found.both) == ("q", "r", (5, 5), None)
    assert found.overall.difference == 75.0


# counts and a questionnaire that changed since


def test_older_counts_are_read_under_todays_ids_without_what_was_revised() -> None:
    out = counted(in_counts(*people(0, 1, 2, 1, 0)), ONE)
    today = questionnaire(
        practice("N"), practice("B", revised="2", levels=["no", "yes"]), practice("C", added="2"),
        version="2", moved={"A": "N"},
    )  # fmt: skip

    result = score(today, out)

    assert [(p.id, p.counts) for p in result.practices] == [("N", (2, 2, 1, 0, 0))]
    assert [(out.id, out.why) for out in result.left_out] == [("B", "revised"), ("C", "added")]


def test_a_practice_that_was_counted_and_then_retired_is_named() -> None:
    out = counted(in_counts(*people(0, 1, 2, 1, 0)), ONE)
    today = questionnaire(practice("B"), version="2", retired={"A": "too vague"})

    assert [(left.id, left.why) for left in score(today, out).left_out] == [("A", "retired")]


def test_a_number_is_a_number() -> None:
    good = published(merged(in_counts(*people(*range(5))), round_(privacy="counts"), ONE), DAY)
    data = good.model_dump(mode="json", by_alias=True)

    assert Counts.model_validate(data) == good
    for wrong in (-1, 1.0, True, "1"):
        with pytest.raises(ValidationError):
            Counts.model_validate(
                {**data, "practices": {"A": {"levels": [wrong, 0], "dont-know": 0, "not-applicable": 0}}}
            )


def test_counts_know_no_key_for_a_note_or_a_name() -> None:
    keys = {*Counts.model_fields, *(f.alias or name for name, f in type(tally((), 0, 0)).model_fields.items())}

    assert not keys & {*Answer.model_fields, "respondent", "answers"}
