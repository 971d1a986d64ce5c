from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from builders import DAY, assessment, practice, questionnaire, sheet

from assess.core.config import Config
from assess.core.finding import Severity
from assess.core.gates import Verdict, coverage_rule, judge, not_judged, stale_rule
from assess.core.round import Assessment
from assess.core.scoring import score

QUESTIONS = questionnaire(*(practice(pid) for pid in "abcde"))
FULL = assessment(sheet("p", dict.fromkeys("abcde", 2)))


def config(**rules: Any) -> Config:
    return Config.model_validate({"rules": {name.replace("_", "-"): rule for name, rule in rules.items()}})


def judged(config_: Config, round_of: Assessment = FULL, today: date = DAY) -> Verdict:
    return judge(config_, round_of, score(QUESTIONS, round_of), today)


def rules_of(verdict: Verdict) -> list[tuple[str, Severity]]:
    return [(finding.rule, finding.severity) for finding in verdict.findings]


def with_levels(count: int) -> Assessment:
    return assessment(sheet("p", dict.fromkeys("abcde"[:count], 2)))


# stale


def test_exactly_the_allowed_age_passes_and_one_day_more_fails() -> None:
    at_limit, over = (judged(Config(), today=DAY + timedelta(days)) for days in (120, 121))

    assert rules_of(at_limit) == []
    assert rules_of(over) == [("stale", Severity.ERROR)]


def test_a_team_sets_its_own_age() -> None:
    week = config(stale=["warn", {"max_age": "7d"}])

    assert rules_of(judged(week, today=DAY + timedelta(7))) == []
    assert rules_of(judged(week, today=DAY + timedelta(8))) == [("stale", Severity.WARNING)]


def test_age_is_that_of_the_newest_answer() -> None:
    round_of = assessment(
        sheet("p", dict.fromkeys("abcde", 2)), sheet("q", dict.fromkeys("abcde", 2), answered="2026-12-02")
    )

    assert rules_of(judged(Config(), round_of, date(2027, 4, 1))) == []
    assert rules_of(judged(Config(), round_of, date(2027, 4, 2))) == [("stale", Severity.ERROR)]


def test_answers_from_the_future_are_not_stale() -> None:
    assert rules_of(judged(Config(), today=DAY - timedelta(400))) == []


def test_a_round_that_nobody_has_answered_is_not_stale() -> None:
    assert rules_of(judged(Config(), assessment(), DAY + timedelta(999))) == []


def test_a_sealed_round_is_judged_by_its_date_only() -> None:
    verdict = judge(config(coverage="error"), with_levels(0), None, DAY + timedelta(121))

    assert rules_of(verdict) == [("stale", Severity.ERROR)]


# coverage


def test_exactly_the_wanted_coverage_passes_and_less_fails() -> None:
    assert rules_of(judged(Config(), with_levels(4))) == []
    assert rules_of(judged(Config(), with_levels(3))) == [("coverage", Severity.WARNING)]


def test_a_team_sets_its_own_coverage() -> None:
    assert rules_of(judged(config(coverage=["error", {"min": 1.0}]), with_levels(4))) == [
        ("coverage", Severity.ERROR)
    ]
    assert rules_of(judged(config(coverage=["error", {"min": 0}]), with_levels(0))) == []


def test_a_coverage_just_too_low_does_not_read_like_the_one_that_is_wanted() -> None:
    round_of = assessment(*(sheet(f"m{i}", dict.fromkeys("abcde"[: 4 if i else 2], 2)) for i in range(100)))

    (finding,) = judged(Config(), round_of).findings

    assert str(finding.message) == "79 percent of the questions of round r carry a level; at least 80 are wanted"


def test_a_round_without_sheets_has_no_coverage_to_judge() -> None:
    assert rules_of(judged(config(coverage="error"), assessment())) == []


def test_a_gate_that_is_off_says_nothing() -> None:
    off = config(coverage="off", stale="off")

    assert rules_of(judged(off, with_levels(0), DAY + timedelta(999))) == []


def test_a_finding_about_scores_names_no_respondent() -> None:
    verdict = judged(Config(), assessment(sheet("alice", {"a": 1})), DAY + timedelta(200))

    assert len(verdict.findings) == 2
    assert not any("alice" in str(finding.message) for finding in verdict.findings)


# presets


@pytest.mark.parametrize(
    ("preset", "coverage", "stale"),
    [("recommended", "warn", "error"), ("strict", "error", "error"), ("report-only", "warn", "warn")],
)
def test_presets_set_levels(preset: str, coverage: str, stale: str) -> None:
    rules = config(preset=preset).rules

    assert (coverage_rule(rules).level, stale_rule(rules).level) == (coverage, stale)


def test_report_only_never_fails() -> None:
    verdict = judged(config(preset="report-only"), with_levels(0), DAY + timedelta(999))

    assert {severity for _, severity in rules_of(verdict)} == {Severity.WARNING}


def test_a_rule_of_the_team_goes_before_the_preset() -> None:
    rules = config(preset="report-only", stale="error").rules

    assert (coverage_rule(rules).level, stale_rule(rules).level) == ("warn", "error")


def test_gates_that_are_on_and_not_judged_are_named() -> None:
    rules = config(regression="error", below_goal="off", action_overdue="warn", stale="error").rules

    assert not_judged(rules) == ("action-overdue", "regression")


# waivers


def waived(until: str, **changes: Any) -> Config:
    waiver = {"rule": "stale", "reason": "holidays", "owner": "alice", "until": until, **changes}
    return Config.model_validate({"waivers": [waiver]})


def test_a_waiver_lets_its_gate_pass_and_is_counted() -> None:
    verdict = judged(waived("2027-12-31"), today=DAY + timedelta(121))

    assert verdict.findings == ()
    assert [(f.rule, w.reason) for f, w in verdict.waived] == [("stale", "holidays")]


def test_a_waiver_holds_on_its_last_day_and_not_after() -> None:
    last = DAY + timedelta(200)

    assert rules_of(judged(waived(last.isoformat()), today=last)) == []
    assert rules_of(judged(waived(last.isoformat()), today=last + timedelta(1))) == [("stale", Severity.ERROR)]


def test_a_waiver_of_another_gate_or_of_one_practice_lets_nothing_pass() -> None:
    today = DAY + timedelta(121)

    assert rules_of(judged(waived("2027-12-31", rule="coverage"), today=today)) == [("stale", Severity.ERROR)]
    assert rules_of(judged(waived("2027-12-31", practice="a"), today=today)) == [("stale", Severity.ERROR)]


def test_a_waiver_that_is_not_needed_is_not_counted() -> None:
    assert judged(waived("2027-12-31")) == Verdict((), ())
