"""The numbers of docs/scoring.md: worked examples, and laws that hold for any questionnaire."""

from __future__ import annotations

import pytest
from builders import (
    LAW,
    answered,
    assessment,
    baseline,
    practice,
    questionnaire,
    rounds,
    sheet,
    team_sheet,
    with_answer,
)
from hypothesis import assume, given
from hypothesis import strategies as st

from assess.core.agreement import lower_median
from assess.core.priorities import goals_in_force
from assess.core.questionnaire import Questionnaire
from assess.core.result import PracticeResult, Result, Score
from assess.core.round import Assessment
from assess.core.scoring import basis_of, score

NA = "not-applicable"
DK = "dont-know"

ORACLE = questionnaire(practice("A", weight=2), practice("B"), practice("C"))
"""The worked example of docs/scoring.md: members p, q, r, s."""
MEMBERS = assessment(
    sheet("p", {"A": 3, "B": 1, "C": NA}),
    sheet("q", {"A": 3, "B": DK, "C": NA}),
    sheet("r", {"A": 2, "B": 3, "C": NA}),
    sheet("s", {"A": 4, "B": None, "C": 2}),
)


def of(result: Result, practice_id: str) -> PracticeResult:
    return next(p for p in result.practices if p.id == practice_id)


def one(*answers: object, **changes: object) -> PracticeResult:
    """The result of one practice that these people answered so."""
    return score(questionnaire(practice("A", **changes)), answered("A", *answers)).practices[0]


def all_scores(result: Result) -> dict[str, Score]:
    named = {f"{kind}:{n.id}": n.score for kind in ("groups", "dimensions") for n in getattr(result, kind)}
    return {"overall": result.overall, **named, **{p.id: p.score for p in result.practices}}


# the worked example


def test_the_worked_example_scores_each_practice_first() -> None:
    result = score(ORACLE, MEMBERS)

    assert of(result, "A").score == Score(75.0, 75.0, 75.0, 1.0)
    assert of(result, "B").score == Score(50.0, 25.0, 75.0, 0.5)
    assert of(result, "C").score == Score(None, None, None, None)
    assert of(result, "C").excluded


def test_the_worked_example_weighs_practices_not_people() -> None:
    dimension = score(ORACLE, MEMBERS).dimensions[0].score

    assert dimension == Score(66.67, 58.33, 75.0, 0.75)  # 72.92 would be people first


def test_the_total_of_one_dimension_is_that_dimension() -> None:
    result = score(ORACLE, MEMBERS)

    assert result.overall == result.dimensions[0].score


def test_the_worked_example_counts_every_kind_of_answer_apart() -> None:
    b, c = (of(score(ORACLE, MEMBERS), pid) for pid in "BC")

    assert (b.counts, b.dont_know, b.not_applicable, b.unanswered) == ((0, 1, 0, 1, 0), 1, 0, 1)
    assert (c.counts, c.dont_know, c.not_applicable, c.unanswered) == ((0, 0, 1, 0, 0), 0, 3, 0)


def test_the_mean_is_exact_where_floating_point_is_not() -> None:
    result = one(1, 2, 2, 3, 3)

    assert result.score.score == 55.0  # 25 * 2.2 is 55.00000000000001
    assert result.mean == 2.2


def test_total_is_the_weighted_mean_of_dimensions() -> None:
    dimensions = [
        {"id": "x", "title": "X", "weight": 3, "practices": [practice("A")]},
        {"id": "y", "title": "Y", "practices": [practice("B"), practice("C")]},
    ]
    round_of = assessment(sheet("p", {"A": 4, "B": 0, "C": 2}))

    result = score(questionnaire(dimensions=dimensions), round_of)

    assert [d.score.score for d in result.dimensions] == [100.0, 25.0]
    assert result.overall.score == 81.25  # (3 * 100 + 25) / 4


def test_a_group_is_the_weighted_mean_of_its_dimensions() -> None:
    dimensions = [
        {"id": d, "title": d, "weight": w, "group": group, "practices": [practice(p)]}
        for d, w, group, p in (
            ("x", 1, "flow", "A"),
            ("y", 3, "flow", "B"),
            ("z", 1, "drive", "C"),
            ("n", 1, None, "D"),
        )
    ]
    round_of = assessment(sheet("p", {"A": 4, "B": 0, "C": 2, "D": 4}))

    result = score(questionnaire(dimensions=dimensions), round_of)

    assert [(g.id, g.score.score) for g in result.groups] == [("flow", 25.0), ("drive", 50.0)]


# the word shown


@pytest.mark.parametrize(
    ("answers", "median"),
    [
        ((2, 3), 2),
        ((1, 2, 3, 4), 2),
        ((0, 4, 4, 4, 4), 4),
        ((1, 3), 1),
        ((0, 0, 4, 4), 0),
        ((1, 1, 1, 4, 4, 4), 1),
        ((3,), 3),
    ],
)
def test_the_word_is_the_lower_median_a_level_somebody_chose(answers: tuple[int, ...], median: int) -> None:
    assert one(*answers).median == median


def test_a_median_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="no answer"):
        lower_median([0, 0, 0])


# don't know, not applicable, unanswered


def test_an_unanswered_question_lowers_coverage_not_score() -> None:
    full, thin = one(4, 2), one(4, 2, None)

    assert thin.score.score == full.score.score == 75.0
    assert (full.score.coverage, thin.score.coverage) == (1.0, 0.6667)


def test_dont_know_is_neither_zero_nor_the_middle() -> None:
    result = one(4, 4, DK)

    assert result.score == Score(100.0, 66.67, 100.0, 0.6667)


def test_a_minority_that_says_not_applicable_counts_as_dont_know() -> None:
    with_na, with_dk = one(4, 2, 2, NA), one(4, 2, 2, DK)

    assert with_na.score == with_dk.score
    assert not with_na.excluded
    assert (with_na.not_applicable, with_na.dont_know) == (1, 0)


def test_exactly_half_is_no_majority_for_not_applicable() -> None:
    result = one(4, NA)

    assert not result.excluded
    assert result.score == Score(100.0, 50.0, 100.0, 0.5)


def test_those_who_said_nothing_have_no_vote_on_not_applicable() -> None:
    result = one(4, NA, NA, None, None)

    assert result.excluded
    assert result.score == Score(None, None, None, None)


def test_dont_know_has_a_vote_on_not_applicable() -> None:
    assert not one(4, NA, NA, DK).excluded


def test_an_excluded_practice_leaves_no_trace_in_the_dimension() -> None:
    questions = questionnaire(practice("A"), practice("B", weight=1000))
    round_of = assessment(
        sheet("p", {"A": 1, "B": NA}), sheet("q", {"A": 1, "B": NA}), sheet("r", {"A": 1, "B": 4})
    )

    result = score(questions, round_of)

    assert result.dimensions[0].score == Score(25.0, 25.0, 25.0, 1.0)
    assert "B" not in result.improve
    assert "B" not in result.clarify


@LAW
@given(rounds(), st.data())
def test_one_more_dont_know_never_changes_a_mean_and_never_narrows_the_bounds(
    drawn: tuple[Questionnaire, Assessment], data: st.DataObject
) -> None:
    questions, round_of = drawn
    practice_id = data.draw(st.sampled_from(list(questions.practices)))
    before = of(score(questions, round_of), practice_id)
    assume(not before.excluded)
    more = Assessment("r", round_of.round, (*round_of.sheets, sheet("z", {practice_id: DK})))

    after = of(score(questions, more), practice_id)

    assert after.score.score in {before.score.score, None}
    assert after.score.low is not None
    assert after.score.high is not None
    assert before.score.low is not None
    assert before.score.high is not None
    assert after.score.low <= before.score.low
    assert after.score.high >= before.score.high


# what is scored at all


@pytest.mark.parametrize(
    ("answers", "scored"),
    [
        ((3, None), True),
        ((3, None, None), False),
        ((3, 3, DK, None), True),
        ((3, DK, DK, None), False),
        ((DK,), False),
    ],
)
def test_a_practice_needs_a_level_from_half_of_the_respondents(
    answers: tuple[object, ...], *, scored: bool
) -> None:
    result = one(*answers)

    assert result.score.scored is scored
    assert (result.mean is not None) is scored
    assert (result.median is not None) is scored


def test_a_practice_that_is_not_scored_still_has_bounds() -> None:
    assert one(4, None, None, None).score == Score(None, 25.0, 100.0, 0.25)


def test_a_dimension_needs_half_of_its_weight_scored() -> None:
    round_of = assessment(sheet("p", {"A": 4}))

    half = score(questionnaire(practice("A"), practice("B")), round_of).dimensions[0].score
    less = score(questionnaire(practice("A"), practice("B", weight=1.5)), round_of).dimensions[0].score

    assert half == Score(100.0, 50.0, 100.0, 0.5)
    assert less.score is None
    assert (less.low, less.high) == (40.0, 100.0)


def test_bounds_reach_over_practices_that_are_not_scored() -> None:
    questions = questionnaire(practice("A", weight=3), practice("B"))
    round_of = assessment(*(sheet(m, {"A": 2, "B": 4 if m == "p" else None}) for m in "pqrs"))

    dimension = score(questions, round_of).dimensions[0].score

    assert dimension == Score(50.0, 43.75, 62.5, 0.625)  # (3 * 50 + 25) / 4 and (3 * 50 + 100) / 4


def test_a_score_outside_the_bounds_of_the_unscored_widens_them() -> None:
    questions = questionnaire(practice("A"), practice("B"))
    round_of = assessment(*(sheet(m, {"A": 4, "B": 0 if m == "p" else None}) for m in "pqrs"))

    dimension = score(questions, round_of).dimensions[0].score

    assert (dimension.score, dimension.low, dimension.high) == (100.0, 50.0, 100.0)


def test_a_round_without_sheets_has_no_numbers_and_no_error() -> None:
    result = score(ORACLE, assessment(), [baseline({"A": 3})])

    assert result.respondents == 0
    assert set(all_scores(result).values()) == {Score(None, None, None, None)}
    assert (result.attainment["b"].percent, result.attainment["b"].described) == (None, 0)


# coverage


def test_coverage_is_levels_given_of_places_asked_without_what_does_not_apply() -> None:
    result = score(ORACLE, MEMBERS)

    assert result.overall.coverage == 0.75  # 4 + 2 levels of 2 practices x 4 people


def test_coverage_counts_practices_whose_weight_is_nothing() -> None:
    dimensions = [
        {"id": "x", "title": "X", "practices": [practice("A")]},
        {"id": "y", "title": "Y", "practices": [practice("B", weight=0)]},
    ]

    result = score(questionnaire(dimensions=dimensions), assessment(sheet("p", {"A": 4})))

    assert result.overall == Score(100.0, 100.0, 100.0, 0.5)


def test_only_what_is_asked_counts() -> None:
    questions = questionnaire(practice("A", pulse=True), practice("B"), practice("S", pulse=True, sensitive=True))
    sheets = [sheet("p", {"A": 4, "B": 0, "S": 0}, asked="pulse")]

    pulse = score(questions, assessment(*sheets, asked="pulse"))
    counts = score(questions, assessment(*sheets, asked="full", privacy="counts"))

    assert [p.id for p in pulse.practices] == ["A"]
    assert pulse.overall == Score(100.0, 100.0, 100.0, 1.0)
    assert [p.id for p in counts.practices] == ["A", "B", "S"]


# baselines


def test_attainment_is_the_share_of_what_the_baseline_describes() -> None:
    questions = questionnaire(practice("A", weight=2), practice("B"))
    round_of = assessment(sheet("p", {"A": 2, "B": 1}))

    reached = score(questions, round_of, [baseline({"A": 4, "B": 2})]).attainment["b"]

    assert (reached.percent, reached.described) == (50.0, 2)  # 1 - (2 * 2 + 1 * 1) / (2 * 4 + 1 * 2)


def test_going_beyond_in_one_practice_never_pays_for_another() -> None:
    questions = questionnaire(practice("A"), practice("B"))
    described = [baseline({"A": 2, "B": 2})]

    exact = score(questions, assessment(sheet("p", {"A": 2, "B": 1})), described)
    beyond = score(questions, assessment(sheet("p", {"A": 4, "B": 1})), described)

    assert exact.attainment == beyond.attainment
    assert exact.attainment["b"].percent == 75.0


def test_attainment_uses_the_mean_level() -> None:
    reached = score(questionnaire(practice("A")), answered("A", 1, 2), [baseline({"A": 2})]).attainment["b"]

    assert reached.percent == 75.0


@pytest.mark.parametrize("levels", [{}, {"A": None}, {"elsewhere": 3}, {"A": 0}])
def test_attainment_is_null_where_nothing_is_described(levels: dict[str, int | None]) -> None:
    reached = score(questionnaire(practice("A")), answered("A", 2), [baseline(levels)]).attainment["b"]

    assert reached.percent is None


def test_a_described_practice_that_is_not_scored_is_left_out() -> None:
    questions = questionnaire(practice("A"), practice("B"))
    round_of = assessment(sheet("p", {"A": 2, "B": DK}))

    reached = score(questions, round_of, [baseline({"A": 4, "B": 4})]).attainment["b"]

    assert (reached.percent, reached.described) == (50.0, 1)


def test_the_gap_is_in_levels_and_null_where_nothing_is_described() -> None:
    questions = questionnaire(practice("A"), practice("B"), practice("C"))
    round_of = assessment(*(sheet(m, {"A": a, "B": 2}) for m, a in zip("pqr", (1, 2, 2), strict=True)))

    result = score(questions, round_of, [baseline({"A": 3, "B": None, "C": 3})])

    assert of(result, "A").gap == {"b": -1.33}
    assert of(result, "B").gap == {"b": None}
    assert of(result, "C").gap == {"b": None}
    assert [of(result, pid).baselines for pid in "ABC"] == [{"b": 3}, {"b": None}, {"b": 3}]


# goals, improve, clarify


def test_improve_is_weight_times_gap_largest_first() -> None:
    """The notes, section 5: A 50.0, B 45.0, E 25.0; C is at its target."""
    questions = questionnaire(
        practice("C", weight=1, goal=3),
        practice("E", weight=5, goal=3),
        practice("B", weight=3, goal=3),
        practice("A", weight=5, goal=3),
    )

    result = score(questions, assessment(sheet("p", {"A": 1, "B": 0, "C": 3, "E": 2})))

    assert result.improve == ("A", "B", "E")


def test_equal_gaps_keep_the_order_of_the_questionnaire() -> None:
    questions = questionnaire(practice("Z", goal=3), practice("A", goal=3))

    assert score(questions, assessment(sheet("p", {"A": 1, "Z": 1}))).improve == ("Z", "A")


def test_without_a_goal_nothing_is_to_be_improved() -> None:
    assert score(questionnaire(practice("A")), answered("A", 0)).improve == ()


@pytest.mark.parametrize(
    ("answers", "clarify"),
    [
        ((3, 3, DK), True),  # a third
        ((3, 3, 3, DK), False),
        ((3, 3, NA), True),  # a minority's n/a is a don't know
        ((3, 3, DK, None), True),  # a third of those who answered
        ((3, 3, None, None), False),  # bounds exactly half the scale
        ((3, 3, None, None, None), True),  # wider
        ((0, 4), True),  # they disagree
        ((NA, NA, 3), False),  # out
    ],
)
def test_clarify_first_what_people_disagree_about_what_a_third_does_not_know_or_what_could_be_anything(
    answers: tuple[object, ...], *, clarify: bool
) -> None:
    result = score(questionnaire(practice("A", goal=4)), answered("A", *answers))

    assert result.clarify == (("A",) if clarify else ())


def test_what_is_to_be_clarified_first_is_not_also_to_be_improved() -> None:
    result = score(questionnaire(practice("A", goal=4)), answered("A", 0, 0, DK))

    assert (result.improve, result.clarify) == ((), ("A",))


def test_the_goal_in_force_is_the_newest_team_sheet_that_names_one() -> None:
    questions = questionnaire(practice("A", goal=3), practice("B", goal=3), practice("C"))
    first = assessment(
        team=team_sheet({"A": {"goal": {"level": 1, "reason": "x"}}, "B": {"goal": {"level": 2, "reason": "x"}}})
    )
    second = assessment(team=team_sheet({"A": {"answer": 0, "goal": {"level": 4, "reason": "x"}}, "B": 1}))
    now = assessment(sheet("p", {"A": 0, "B": 0, "C": 0}))

    result = score(questions, now, earlier=(first, second))

    assert [p.goal for p in result.practices] == [4.0, 2.0, None]


def test_a_later_team_sheet_changes_no_earlier_goal() -> None:
    questions = questionnaire(practice("A", goal=3))
    now = assessment(sheet("p", {"A": 0}), team=team_sheet({"A": {"goal": {"level": 2, "reason": "x"}}}))

    assert score(questions, now).practices[0].goal == 2.0
    assert goals_in_force(questions, ()) == {"A": 3}


def test_a_goal_for_a_practice_that_is_gone_is_ignored() -> None:
    questions = questionnaire(practice("A"))
    then = assessment(team=team_sheet({"gone": {"goal": {"level": 2, "reason": "x"}}}))

    assert goals_in_force(questions, (then,)) == {"A": None}


# basis, sealed


def test_a_round_is_scored_from_individual_sheets_where_there_are_any() -> None:
    round_of = assessment(sheet("p", {"A": 0}), team=team_sheet({"A": 4}))

    result = score(questionnaire(practice("A")), round_of)

    assert (result.basis, result.respondents, result.overall.score) == ("individual", 1, 0.0)


def test_a_round_answered_together_is_scored_from_the_team_sheet() -> None:
    round_of = assessment(team=team_sheet({"A": 4}))

    result = score(questionnaire(practice("A")), round_of)

    assert (result.basis, result.respondents, result.overall.score) == ("team", 1, 100.0)


def test_the_basis_can_be_chosen() -> None:
    round_of = assessment(sheet("p", {"A": 0}), team=team_sheet({"A": 4}))

    result = score(questionnaire(practice("A")), round_of, basis="team")

    assert (result.basis, result.overall.score) == ("team", 100.0)


def test_an_empty_round_is_on_individual_basis() -> None:
    assert basis_of(assessment()) == "individual"


def test_what_to_clarify_comes_in_the_order_worth_talking_about() -> None:
    asked = [practice(p, goal=4) for p in "ABCDEFG"]
    answers = {
        "A": (3, 3, 3, 3, 3, DK, DK, DK, None),  # 3 of 8 don't know
        "B": (1, 1, 3, 3, 3, 3, 3, 3, 3),  # they agree
        "C": (0, 0, 0, 0, 4, 4, 4, 4, 4),  # two camps, as far apart as can be
        "D": (1, 1, 1, 1, 3, 3, 3, 3, 3),  # two camps
        "E": (3, DK, DK, DK, DK, DK, DK, DK, 3),  # 7 of 9 don't know
        "F": (3, 3, 3, None, None, None, None, None, None),  # could be anything
        "G": (0, 0, 0, 0, 4, 4, 4, 4, 4),  # as C, but later in the questionnaire
    }
    people = [sheet(f"m{i}", {p: given[i] for p, given in answers.items()}) for i in range(9)]

    result = score(questionnaire(*asked), assessment(*people))

    assert result.clarify == ("C", "G", "D", "E", "A", "F")
    assert {p.id: p.doubts for p in result.practices if p.doubts} == {
        "A": ("unknown",), "C": ("disagree",), "D": ("disagree",), "E": ("unknown", "wide"), "F": ("wide",),
        "G": ("disagree",),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("a", "b", "apart"),
    [
        (3, 1, (("A", "B"), (3, 1))),
        (0, 2, (("B", "A"), (2, 0))),
        (3, 2, None),
        (3, DK, None),  # not scored
    ],
)
def test_a_pair_half_the_scale_apart_is_told_the_one_ahead_first(a: object, b: object, apart: object) -> None:
    pair = [{"practices": ["A", "B"], "why": "Speed needs brakes."}]

    result = score(
        questionnaire(practice("A"), practice("B"), pairs=pair), assessment(sheet("p", {"A": a, "B": b}))
    )

    assert [(found.practices, found.levels) for found in result.apart] == ([] if apart is None else [apart])
    assert all(found.why == "Speed needs brakes." for found in result.apart)


def test_the_scales_of_a_pair_may_differ() -> None:
    asked = questionnaire(
        practice("A", levels=["no", "yes"]), practice("B"), pairs=[{"practices": ["A", "B"], "why": "w"}]
    )

    assert score(asked, assessment(sheet("p", {"A": 1, "B": 3}))).apart == ()
    assert score(asked, assessment(sheet("p", {"A": 1, "B": 2}))).apart[0].levels == (1, 2)


def test_one_answer_is_worth_its_share_of_the_scale() -> None:
    assert one(1, 2, 2, 3, 3).one_answer == 5.0
    assert one(0, 1, levels=["no", "yes"]).one_answer == 50.0
    assert one(DK).one_answer == 0.0


# laws


def _everybody(questions: Questionnaire, people: int, *, highest: bool) -> Assessment:
    answers = {pid: len(p.levels) - 1 if highest else 0 for pid, p in questions.practices.items()}
    return assessment(*(sheet(f"m{i}", answers) for i in range(people)))


@LAW
@given(rounds())
def test_all_lowest_is_0_and_all_highest_is_100(drawn: tuple[Questionnaire, Assessment]) -> None:
    questions, round_of = drawn
    people = len(round_of.sheets)

    lowest = score(questions, _everybody(questions, people, highest=False))
    highest = score(questions, _everybody(questions, people, highest=True))

    assert set(all_scores(lowest).values()) == {Score(0.0, 0.0, 0.0, 1.0)}
    assert set(all_scores(highest).values()) == {Score(100.0, 100.0, 100.0, 1.0)}


@LAW
@given(rounds(), st.data())
def test_the_order_of_people_never_matters(drawn: tuple[Questionnaire, Assessment], data: st.DataObject) -> None:
    questions, round_of = drawn
    shuffled = tuple(data.draw(st.permutations(round_of.sheets)))

    result = score(questions, Assessment("r", round_of.round, shuffled), [baseline({"p0-0": 1})])

    assert result == score(questions, round_of, [baseline({"p0-0": 1})])


@LAW
@given(rounds(), st.data())
def test_raising_one_answer_never_lowers_any_score(
    drawn: tuple[Questionnaire, Assessment], data: st.DataObject
) -> None:
    questions, round_of = drawn
    can_rise = [
        (member, pid)
        for member, s in enumerate(round_of.sheets)
        for pid, p in questions.practices.items()
        if (level := s.get(pid).level) is not None and level < len(p.levels) - 1
    ]
    assume(can_rise)
    member, pid = data.draw(st.sampled_from(can_rise))
    level = round_of.sheets[member].get(pid).level
    assert level is not None
    higher = data.draw(st.integers(level + 1, len(questions.practices[pid].levels) - 1))

    before = all_scores(score(questions, round_of))
    after = all_scores(score(questions, with_answer(round_of, member, pid, higher)))

    assert {name: s.scored for name, s in before.items()} == {name: s.scored for name, s in after.items()}
    assert all((s.score or 0) <= (after[name].score or 0) for name, s in before.items())


@LAW
@given(rounds())
def test_a_score_lies_within_its_bounds_and_the_scale_with_two_decimals(
    drawn: tuple[Questionnaire, Assessment],
) -> None:
    questions, round_of = drawn

    for found in all_scores(score(questions, round_of)).values():
        assert (found.low is None) == (found.high is None)
        if found.low is None or found.high is None:
            assert found.score is None
            continue
        middle = found.low if found.score is None else found.score
        assert 0 <= found.low <= middle <= found.high <= 100
        assert all(number == round(number, 2) for number in (found.low, middle, found.high))
        assert found.coverage is not None
        assert 0 <= found.coverage <= 1
