"""Change between two rounds: the published limits, who moved, what is not compared, laws for any two rounds."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from builders import LAW, assessment, practice, questionnaire, questionnaires, rounds, sheet, team_sheet
from hypothesis import given
from hypothesis import strategies as st

from assess.core.change import Change, Comparison, Moved, common_basis, compare, detectable, verdict
from assess.core.questionnaire import Questionnaire
from assess.core.round import Assessment

DK = "dont-know"
NA = "not-applicable"


def two(before: dict[str, object], after: dict[str, object], **of_practice: object) -> Comparison:
    """One practice, answered by the people named, then and now."""
    was = assessment(*(sheet(name, {"A": a}) for name, a in before.items()), name="then")
    now = assessment(*(sheet(name, {"A": a}) for name, a in after.items()), name="now")
    return compare(questionnaire(practice("A", **of_practice)), was, now, "individual")


def everybody(people: int, answer: object) -> dict[str, object]:
    return {f"m{i}": answer for i in range(people)}


# how much is enough


@pytest.mark.parametrize(
    ("people", "practices", "levels", "points"),
    [(4, 1, 0.62, 15.5), (8, 1, 0.438, 11.0), (8, 6, None, 6.3)],
)
def test_what_can_be_detected_is_as_published(
    people: int, practices: int, levels: float | None, points: float
) -> None:
    found = detectable(people, practices)

    assert round(found, 1) == points
    assert levels is None or found / 25 == pytest.approx(levels, abs=0.0005)


@pytest.mark.parametrize(
    ("before", "after", "word"),
    [(1, 2, "changed"), (2, 1, "changed"), (2, 2, "no-visible-change")],
)
def test_all_of_four_moving_by_one_level_is_a_change(before: int, after: int, word: str) -> None:
    found = two(everybody(4, before), everybody(4, after))

    assert found.practices[0].change.verdict == word
    assert found.practices[0].change.difference == (after - before) * 25


def test_half_of_what_is_detectable_is_maybe_and_less_is_nothing() -> None:
    words = [
        two(everybody(10, 2), {**everybody(10, 2), **{f"m{i}": 3 for i in range(n)}}).practices[0].change.verdict
        for n in range(6)
    ]

    # ten people: 9.8 points; each who moves is worth 2.5
    assert words == ["no-visible-change", "no-visible-change", "maybe", "maybe", "changed", "changed"]


def test_a_limit_met_to_the_last_digit_is_met() -> None:
    limit = Fraction(98, 1000)  # 1.96 x sqrt(.025 / 10): one of the few that can be written out

    assert verdict(limit, 10) == verdict(-limit, 10) == "changed"
    assert verdict(limit - Fraction(1, 10**12), 10) == "maybe"
    assert verdict(limit / 2, 10) == "maybe"
    assert verdict(limit / 2 - Fraction(1, 10**12), 10) == "no-visible-change"


def test_the_smaller_round_decides_how_much_is_noise() -> None:
    found = two(everybody(12, 2), everybody(3, 3))

    assert found.practices[0].change.detectable == round(detectable(3), 2)


# people


def test_it_is_counted_who_moved_up_and_down_and_who_came_and_went() -> None:
    found = two(
        {"ada": 1, "ben": 2, "cy": 3, "dora": DK, "emil": 0},
        {"ada": 2, "ben": 3, "cy": 1, "dora": 4, "zoe": 4, "noa": 2},
    )

    moved = found.practices[0]
    assert (moved.up, moved.down) == (2, 1)  # dora gave no level before
    assert (found.both, found.joined, found.left) == (4, 2, 1)
    assert found.respondents == (5, 6)


def test_a_newcomer_is_no_change_of_those_who_were_there() -> None:
    found = two({"ada": 1, "ben": 1}, {"ada": 1, "ben": 1, "zoe": 4})

    assert found.overall.difference == 25.0
    assert found.core is not None
    assert (found.core.difference, found.core.verdict) == (0.0, "no-visible-change")


@pytest.mark.parametrize("after", [{"zoe": 4}, {"ada": 2, "ben": 1}])
def test_there_is_no_core_where_nobody_stayed_or_everybody_did(after: dict[str, object]) -> None:
    assert two({"ada": 1, "ben": 1}, after).core is None


def test_on_the_team_sheet_every_level_is_agreed_on_so_every_change_is_one() -> None:
    was = assessment(team=team_sheet({"A": 2, "B": 2}), name="then")
    now = assessment(team=team_sheet({"A": {"answer": 1, "reason": "Two left."}, "B": 2}), name="now")

    found = compare(questionnaire(practice("A"), practice("B")), was, now, "team")

    a, b = found.practices
    assert (a.change.verdict, a.change.direction, a.reason, a.up) == ("changed", -1, "Two left.", None)
    assert (b.change.verdict, b.change.direction) == ("no-visible-change", 0)
    assert (found.basis, found.core) == ("team", None)


def test_the_reason_for_a_drop_comes_from_the_newer_team_sheet() -> None:
    was = assessment(sheet("p", {"A": 3}), name="then")
    now = assessment(
        sheet("p", {"A": 1}), team=team_sheet({"A": {"answer": 1, "reason": "A freeze."}}), name="now"
    )

    found = compare(questionnaire(practice("A")), was, now, "individual")

    assert found.practices[0].reason == "A freeze."


# what can be compared


def test_rounds_are_compared_on_what_both_have() -> None:
    people, together = assessment(sheet("p", {"A": 1})), assessment(team=team_sheet({"A": 1}))
    both = assessment(sheet("p", {"A": 1}), team=team_sheet({"A": 1}))

    assert common_basis(people, both) == "individual"
    assert common_basis(both, together) == "team"
    assert common_basis(people, together) is None


def test_a_pulse_and_a_full_round_are_compared_over_what_both_asked() -> None:
    asked = questionnaire(practice("A", pulse=True), practice("B"), practice("C", pulse=True))
    was = assessment(sheet("p", {"A": 1, "B": 4, "C": 1}), name="full")
    now = assessment(sheet("p", {"A": 2, "C": 2}, asked="pulse"), name="pulse", asked="pulse")

    found = compare(asked, was, now, "individual")

    assert [moved.id for moved in found.practices] == ["A", "C"]
    assert (found.overall.before, found.overall.after) == (25.0, 50.0)  # without B, which only one asked
    assert [(out.id, out.why) for out in found.not_compared] == [("B", "asked-once")]


def test_what_is_not_compared_says_why() -> None:
    asked = questionnaire(
        practice("A"), practice("B", revised="2"), practice("C", added="2"), practice("D"), practice("E"),
        version="2", retired={"old": "nobody understood it"},
    )  # fmt: skip
    old = {"questionnaire": {"id": "q", "version": "1"}}
    was = assessment(sheet("p", {"A": 1, "B": 1, "old": 2, "D": DK, "E": 3}, **old), name="then", **old)
    new = {"questionnaire": {"id": "q", "version": "2"}}
    now = assessment(sheet("p", {"A": 1, "B": 1, "C": 3, "D": 2, "E": NA_BECAUSE}, **new), name="now", **new)

    found = compare(asked, was, now, "individual")

    assert [moved.id for moved in found.practices] == ["A"]
    assert {out.id: (out.why, out.version) for out in found.not_compared} == {
        "B": ("revised", "2"), "C": ("new", "2"), "old": ("removed", None), "D": ("not-scored", None),
        "E": ("not-scored", None),
    }  # fmt: skip


NA_BECAUSE = {"answer": NA, "reason": "no such thing here"}


def test_a_renamed_practice_is_the_same_practice() -> None:
    asked = questionnaire(practice("new-name"), moved={"old-name": "new-name"})
    was = assessment(sheet("p", {"old-name": 1}), name="then")
    now = assessment(sheet("p", {"new-name": 4}), name="now")

    found = compare(asked, was, now, "individual")

    assert [(moved.id, moved.change.difference, moved.up) for moved in found.practices] == [("new-name", 75.0, 1)]


# laws


def _points(found: Comparison) -> list[float | None]:
    return [moved.change.difference for moved in found.practices]


@LAW
@given(rounds())
def test_the_same_round_twice_has_not_changed(drawn: tuple[Questionnaire, Assessment]) -> None:
    questions, round_of = drawn

    found = compare(questions, round_of, round_of, "individual")

    assert all(moved.change.verdict == "no-visible-change" for moved in found.practices)
    assert found.overall.difference in {None, 0.0}
    assert (found.core, found.joined, found.left) == (None, 0, 0)


@LAW
@given(rounds(), st.data())
def test_there_and_back_is_the_same_way_and_the_order_of_people_never_matters(
    drawn: tuple[Questionnaire, Assessment], data: st.DataObject
) -> None:
    questions, before = drawn
    people = data.draw(st.permutations(before.sheets))
    answers = [s.model_copy(update={"respondent": before.sheets[i].respondent}) for i, s in enumerate(people)]
    after = Assessment("after", before.round, tuple(data.draw(st.permutations(answers))))

    there, back = compare(questions, before, after, "individual"), compare(questions, after, before, "individual")

    assert _points(back) == [None if d is None else -d for d in _points(there)]
    turned = [Moved(m.id, m.change, m.level_after, m.level_before, m.down, m.up, m.reason) for m in back.practices]
    assert [(m.id, m.level_before, m.up, m.down) for m in turned] == [
        (m.id, m.level_before, m.up, m.down) for m in there.practices
    ]
    assert [m.change.verdict for m in there.practices] == [m.change.verdict for m in back.practices]


@st.composite
def everybody_twice(draw: st.DrawFn) -> tuple[Questionnaire, Assessment, Assessment]:
    """The same people in two rounds, with a level for every question in both."""
    questions = draw(questionnaires())
    names = [f"m{i}" for i in range(draw(st.integers(1, 6)))]

    def drawn(name: str) -> Assessment:
        sheets = [
            sheet(who, {pid: draw(st.integers(0, len(p.levels) - 1)) for pid, p in questions.practices.items()})
            for who in names
        ]
        return assessment(*sheets, name=name)

    return questions, drawn("then"), drawn("now")


def _changes(found: Comparison) -> list[Change]:
    return [found.overall, *(change for _, change in found.dimensions), *(m.change for m in found.practices)]


WORDS = ("no-visible-change", "maybe", "changed")
"""From the weakest to the strongest."""


def _strength(change: Change) -> int:
    assert change.verdict is not None
    return WORDS.index(change.verdict)


@LAW
@given(everybody_twice(), st.data())
def test_the_order_of_the_sheets_never_matters(
    drawn: tuple[Questionnaire, Assessment, Assessment], data: st.DataObject
) -> None:
    questions, *both = drawn
    shuffled = [replace(a, sheets=tuple(data.draw(st.permutations(a.sheets)))) for a in both]

    assert compare(questions, *shuffled, "individual") == compare(questions, *both, "individual")


@LAW
@given(everybody_twice())
def test_every_difference_turns_its_sign_on_the_way_back_and_keeps_its_word(
    drawn: tuple[Questionnaire, Assessment, Assessment],
) -> None:
    questions, before, after = drawn

    there, back = compare(questions, before, after, "individual"), compare(questions, after, before, "individual")

    for change, turned in zip(_changes(there), _changes(back), strict=True):
        assert change.difference is not None
        assert (turned.difference, turned.direction) == (-change.difference, -change.direction)
        assert (turned.before, turned.after) == (change.after, change.before)
        assert (turned.verdict, turned.detectable) == (change.verdict, change.detectable)


@LAW
@given(everybody_twice(), st.data())
def test_one_more_who_answers_the_same_both_times_makes_no_word_stronger(
    drawn: tuple[Questionnaire, Assessment, Assessment], data: st.DataObject
) -> None:
    questions, *both = drawn
    levels = {pid: data.draw(st.integers(0, len(p.levels) - 1)) for pid, p in questions.practices.items()}
    more = [replace(a, sheets=(*a.sheets, sheet("steady", levels))) for a in both]

    without, with_one = compare(questions, *both, "individual"), compare(questions, *more, "individual")

    for change, diluted in zip(_changes(without), _changes(with_one), strict=True):
        assert change.difference is not None
        assert diluted.difference is not None
        assert abs(diluted.difference) <= abs(change.difference)
        assert _strength(diluted) <= _strength(change)


@LAW
@given(st.fractions(-1, 1), st.integers(1, 40), st.integers(1, 60), st.fractions(0, 1))
def test_a_larger_difference_or_a_larger_round_is_never_less_sure(
    difference: Fraction, people: int, practices: int, share: Fraction
) -> None:
    strength = WORDS.index(verdict(difference, people, practices))

    assert WORDS.index(verdict(difference * share, people, practices)) <= strength
    assert WORDS.index(verdict(difference, people + 1, practices)) >= strength
    assert WORDS.index(verdict(difference, people, practices + 1)) >= strength
    assert WORDS.index(verdict(-difference, people, practices)) == strength
