"""The shipped questionnaire and its baselines: complete, ordered, short enough, and honest about their sources."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from shipped import BASELINES, QUESTIONNAIRE

from assess.core.questionnaire import Baseline, Practice

PRACTICES = tuple(QUESTIONNAIRE.practices.values())
IDS = [p.id for p in PRACTICES]
LONGEST = 150
"""Characters of a question or a level: more than that does not fit 80 columns and 24 rows."""

DIMENSIONS = {
    "vertical-integration": (5, "drive"),
    "startup-within": (4, "drive"),
    "bias-to-action": (6, "drive"),
    "mission-and-focus": (4, "drive"),
    "staged-release-and-safety": (6, "brakes"),
    "buy-vs-build": (5, "drive"),
    "talent-and-trust": (5, "drive"),
    "meeting-rhythm": (4, "flow"),
    "open-communication": (4, "flow"),
    "sustainable-growth": (6, "brakes"),
}
PULSE = {
    "one-team-all-disciplines", "independent-release-path", "start-without-permission", "mission-tiebreaker",
    "small-frequent-releases", "buy-the-commodity", "delegated-decisions", "no-meeting-days", "one-open-channel",
    "intensity-without-long-hours",
}  # fmt: skip
CAPPED = {
    "start-without-permission", "doer-decides-architecture", "next-day-reinforcement", "one-open-channel",
    "raise-the-bar-hiring", "leaders-in-the-work", "small-team",
}  # fmt: skip
PAIRS = {
    ("start-without-permission", "safety-can-stop-launch"),
    ("small-frequent-releases", "progressive-rollout"),
    ("doer-decides-architecture", "shared-code-guardrails"),
    ("one-open-channel", "no-meeting-days"),
    ("decide-then-all-in", "intensity-without-long-hours"),
    ("buy-the-commodity", "know-where-tools-break"),
    ("fresh-start-for-new-bets", "watch-coordination-cost"),
    ("next-day-reinforcement", "deliberate-no"),
}
DESCRIBED = {
    # practice: (2023, 2025); `-` is not described
    "one-team-all-disciplines": "44", "embedded-specialists": "43", "no-over-the-wall": "33",
    "one-accountable-lead": "3-", "specialists-write-code": "43", "independent-release-path": "32",
    "fresh-start-for-new-bets": "43", "small-team": "31", "iterate-to-fit": "33", "start-without-permission": "33",
    "prototype-first": "34", "doer-decides-architecture": "32", "ideas-from-anywhere": "34",
    "decide-then-all-in": "-3", "next-day-reinforcement": "-4", "mission-tiebreaker": "3-", "deliberate-no": "2-",
    "parallel-bets": "3-", "primary-user": "-3", "small-frequent-releases": "3-", "pilot-before-launch": "3-",
    "progressive-rollout": "31", "adversarial-testing": "3-", "safety-can-stop-launch": "3-",
    "release-to-learn": "3-", "buy-the-commodity": "31", "build-the-critical": "33",
    "know-where-tools-break": "33", "outgrow-and-revisit": "32", "one-paved-road": "33",
    "raise-the-bar-hiring": "3-", "explorers-and-scalers": "3-",
    "delegated-decisions": "33", "light-written-review": "3-", "no-heroes-no-title-chasing": "3-",
    "no-meeting-days": "3-", "coordinated-week": "4-", "together-days": "4-", "improvised-collaboration": "3-",
    "one-open-channel": "-2", "leaders-in-the-work": "34", "onboarding-by-contact": "3-",
    "publish-what-you-learn": "-1", "intensity-without-long-hours": "30", "life-constraints-respected": "31",
    "watch-coordination-cost": "--", "use-your-own-product": "33", "shared-code-guardrails": "-1",
    "tend-small-habits": "--",
}  # fmt: skip


def test_ten_dimensions_hold_49_practices_in_three_groups() -> None:
    assert {d.id: (len(d.practices), d.group) for d in QUESTIONNAIRE.dimensions} == DIMENSIONS
    assert len(PRACTICES) == len(set(IDS)) == 49


def test_the_pulse_asks_one_practice_of_each_dimension() -> None:
    assert set(QUESTIONNAIRE.asked("pulse")) == PULSE
    assert [[p.id for p in d.practices if p.pulse] for d in QUESTIONNAIRE.dimensions] == [
        [p] for p in QUESTIONNAIRE.asked("pulse")
    ]


def test_48_are_asked_in_the_open_and_the_sensitive_one_only_where_answers_stay_out_of_git() -> None:
    assert [p.id for p in PRACTICES if p.sensitive] == ["life-constraints-respected"]
    assert len(QUESTIONNAIRE.asked("full")) == 48
    assert len(QUESTIONNAIRE.asked("full", sensitive=True)) == 49


@pytest.mark.parametrize("practice", PRACTICES, ids=IDS)
def test_the_goal_is_3_and_what_has_a_shadow_side_is_never_pushed_above_it(practice: Practice) -> None:
    assert practice.goal == 3
    assert practice.cap == (3 if practice.id in CAPPED else None)


@pytest.mark.parametrize("practice", PRACTICES, ids=IDS)
def test_every_practice_says_what_it_asks_what_goes_too_far_what_to_try_and_what_research_says(
    practice: Practice,
) -> None:
    levels, evidence = practice.levels, practice.evidence
    assert len(levels) == 5
    assert practice.revised == QUESTIONNAIRE.version
    assert practice.overdone
    assert practice.next_step
    assert evidence is not None
    assert evidence.references or evidence.grade == "story"


@pytest.mark.parametrize("practice", PRACTICES, ids=IDS)
def test_no_question_or_level_is_longer_than_a_screen_can_hold(practice: Practice) -> None:
    texts = [practice.question, *(level.text for level in practice.levels)]

    assert {t: len(t) for t in texts if len(t) > LONGEST} == {}


@pytest.mark.parametrize("practice", PRACTICES, ids=IDS)
def test_a_level_that_builds_on_another_builds_on_the_one_below(practice: Practice) -> None:
    for index, level in enumerate(practice.levels):
        named = re.match(r"As (\d)\b", level.text)
        assert named is None or int(named[1]) == index - 1
        assert not re.search(r"\bAs \d\b", level.text[1:])


@pytest.mark.parametrize("practice", PRACTICES, ids=IDS)
def test_no_level_stands_twice_and_counts_only_rise(practice: Practice) -> None:
    texts = [level.text for level in practice.levels]

    assert len(set(texts)) == len(texts)
    at_least = [NUMBER[m[1]] for t in texts if (m := re.match(r"At least (\w+)\b", t)) and m[1] in NUMBER]
    at_most = [NUMBER[m[1]] for t in texts if (m := re.match(r"At most (\w+)\b", t)) and m[1] in NUMBER]
    same_unit = not any(re.search(r"week|month|day", t) for t in texts)
    assert not same_unit or (at_least == sorted(at_least) and at_most == sorted(at_most, reverse=True))


WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
NUMBER = {word: n for n, word in enumerate(WORDS)} | {str(n): n for n in range(30)}
WHEN = re.compile(r"\blast\b|\btoday\b", re.IGNORECASE)
"""The last four weeks, your last three changes, the last newcomer, the last change of direction; or today."""


@pytest.mark.parametrize("practice", PRACTICES, ids=IDS)
def test_each_question_says_over_which_weeks_or_which_cases(practice: Practice) -> None:
    assert WHEN.search(practice.question), practice.question


def test_the_eight_pairs_check_each_other() -> None:
    assert {p.practices for p in QUESTIONNAIRE.pairs} == PAIRS


@pytest.mark.parametrize("practice", IDS)
def test_the_baselines_hold_every_level_that_the_accounts_describe_and_nothing_else(practice: str) -> None:
    found = "".join("-" if (level := b.level(practice)) is None else str(level) for b in BASELINES)

    assert found == DESCRIBED[practice]
    assert all(practice in b.levels for b in BASELINES)


@pytest.mark.parametrize("baseline", BASELINES, ids=lambda b: b.id)
def test_every_source_says_who_when_what_kind_and_how_far_to_trust_it(baseline: Baseline) -> None:
    sources = baseline.sources
    assert all(s.author and s.date and s.kind and s.limits for s in sources)
    original = sources[0]
    assert urlsplit(original.url).scheme == "https"
    used = {d.source for d in baseline.levels.values() if d is not None}
    assert used == {s.id for s in sources}


@pytest.mark.parametrize("baseline", BASELINES, ids=lambda b: b.id)
def test_every_level_below_4_says_why_it_is_not_more(baseline: Baseline) -> None:
    for practice, described in baseline.levels.items():
        if described is not None and 0 < described.level < 4:
            assert re.search(r"not a [1-4]|stops at [1-3]|is level 1|is uncertain", described.says), practice
