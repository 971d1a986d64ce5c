"""Gates: what `check` judges beyond validity. Judging is pure; where a finding points is decided by `commands`.

This version judges `coverage` and `stale`; the other names are known, so that configurations keep their meaning.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assess.core.config import Config, CoverageRule, GateLevel, Preset, Rules, StaleRule, Waiver
from assess.core.finding import Finding, Severity
from assess.core.message import message
from assess.core.result import Result
from assess.core.round import Assessment

JUDGED = ("coverage", "stale")

_PRESETS: dict[Preset, dict[str, GateLevel]] = {
    "recommended": {"coverage": "warn", "stale": "error"},
    "strict": {"coverage": "error", "stale": "error"},
    "report-only": {"coverage": "warn", "stale": "warn"},
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gates found, which of it a waiver lets pass, and the waivers that are in force."""

    findings: tuple[Finding, ...]
    waived: tuple[tuple[Finding, Waiver], ...] = ()


def coverage_rule(rules: Rules) -> CoverageRule:
    """The `coverage` gate in force: the team's own, else the preset's."""
    return rules.coverage or CoverageRule(level=_PRESETS[rules.preset]["coverage"])


def stale_rule(rules: Rules) -> StaleRule:
    """The `stale` gate in force: the team's own, else the preset's."""
    return rules.stale or StaleRule(level=_PRESETS[rules.preset]["stale"])


def not_judged(rules: Rules) -> tuple[str, ...]:
    """Gates that the team switched on and this version does not judge."""
    named = {name.replace("_", "-") for name in rules.model_fields_set if name != "preset"}
    values = {name: getattr(rules, name.replace("-", "_")) for name in named - set(JUDGED)}
    return tuple(sorted(name for name, rule in values.items() if rule is not None and rule.level != "off"))


def judge(config: Config, assessment: Assessment, result: Result | None, today: date) -> Verdict:
    """Judge one round. `result` is None for a sealed round: then only its freshness is judged."""
    findings = [*_stale(stale_rule(config.rules), assessment, today)]
    if result is not None:
        findings += _coverage(coverage_rule(config.rules), result)
    kept, waived = [], []
    for finding in findings:
        waiver = _waiver_for(finding.rule, config.waivers, today)
        if waiver is None:
            kept.append(finding)
        else:
            waived.append((finding, waiver))
    return Verdict(tuple(kept), tuple(waived))


def _waiver_for(rule: str, waivers: tuple[Waiver, ...], today: date) -> Waiver | None:
    fitting = (w for w in waivers if w.rule == rule and w.practice is None and today <= w.until)
    return next(fitting, None)


def _severity(level: Literal["warn", "error"]) -> Severity:
    return Severity.ERROR if level == "error" else Severity.WARNING


def _stale(rule: StaleRule, assessment: Assessment, today: date) -> Iterator[Finding]:
    newest = assessment.newest
    if rule.level == "off" or newest is None:
        return
    age = (today - newest).days
    if age > rule.max_age:
        yield Finding(
            "stale",
            message(
                "the newest answers, of round {round}, are {age} days old; at most {limit} are allowed",
                round=assessment.name,
                age=age,
                limit=rule.max_age,
            ),
            _severity(rule.level),
            hint=message("look again as a team: assess run"),
        )


def _coverage(rule: CoverageRule, result: Result) -> Iterator[Finding]:
    coverage = result.overall.coverage
    if rule.level == "off" or coverage is None or coverage >= rule.min:
        return
    yield Finding(
        "coverage",
        message(
            "{share} percent of the questions of round {round} carry a level; at least {limit} are wanted",
            share=round(coverage * 10_000) // 100,  # 79.6 % must not read as the 80 % wanted
            round=result.round,
            limit=f"{rule.min * 100:g}",
        ),
        _severity(rule.level),
        hint=message("don't know is an honest answer: talk about what nobody could see"),
    )
