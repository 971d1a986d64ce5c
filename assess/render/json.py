"""Results and findings as JSON. Always English, keys and their order fixed (docs/result.md)."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from assess.core.change import Change, Comparison
from assess.core.derivation import Step
from assess.core.finding import Finding
from assess.core.result import PracticeResult, Result, Score
from assess.core.round import Assessment

TYPE_CHECKING = False
if TYPE_CHECKING:  # the shape is for mypy and `assess schema`; `check` and `score` need not load it
    from assess.render.json_shape import ChangeData, PracticeData, ResultData, ScoreData, TrendData

_STEERS = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]|(?:(?<=##)|(?<=##vso))\\["
)
"""Controls, characters of direction, and what begins a command in a log; our own marks are never among them."""


def _score(score: Score) -> ScoreData:
    return {
        "score": score.score,
        "low": score.low,
        "high": score.high,
        "coverage": score.coverage,
        "scored": score.scored,
    }


def _practice(practice: PracticeResult) -> PracticeData:
    return {
        "id": practice.id,
        "dimension": practice.dimension,
        **_score(practice.score),
        "counts": list(practice.counts),
        "dont_know": practice.dont_know,
        "not_applicable": practice.not_applicable,
        "unanswered": practice.unanswered,
        "median": practice.median,
        "mean": practice.mean,
        "agreement": {
            "rwg": practice.agreement.rwg,
            "word": practice.agreement.word,
            "shape": practice.agreement.shape,
        },
        "baselines": practice.baselines,
        "gap": practice.gap,
        "goal": practice.goal,
    }


def result_data(result: Result, trend: Sequence[Comparison] = ()) -> ResultData:
    """The published shape of a result, `assess.result/1`."""
    return {
        "format": "assess.result/1",
        "team": result.team,
        "round": result.round,
        "asked": result.asked,
        "questionnaire": {"id": result.questionnaire.id, "version": result.questionnaire.version},
        "sealed": False,
        "basis": result.basis,
        "respondents": result.respondents,
        "overall": _score(result.overall),
        "groups": [{"id": g.id, **_score(g.score)} for g in result.groups],
        "dimensions": [{"id": d.id, **_score(d.score)} for d in result.dimensions],
        "practices": [_practice(p) for p in result.practices],
        "attainment": {
            name: {"percent": a.percent, "described": a.described} for name, a in result.attainment.items()
        },
        "improve": list(result.improve),
        "clarify": list(result.clarify),
        "left_out": [{"id": out.id, "why": out.why, "version": out.version} for out in result.left_out],
        "trend": trend_data(trend),
        "pairs": [{"practices": list(a.practices), "levels": list(a.levels)} for a in result.apart],
    }


def sealed_data(assessment: Assessment) -> ResultData:
    """What a sealed round shows: participation, and no number that comes from an answer."""
    nothing = _score(Score(None, None, None, None))
    reference = assessment.all_sheets[0].questionnaire
    return {
        "format": "assess.result/1",
        "team": assessment.team,
        "round": assessment.name,
        "asked": assessment.asked,
        "questionnaire": {"id": reference.id, "version": reference.version},
        "sealed": True,
        "basis": "individual",
        "respondents": len(assessment.sheets),
        "expected": assessment.expected,
        "overall": nothing,
        "groups": [],
        "dimensions": [],
        "practices": [],
        "attainment": {},
        "improve": [],
        "clarify": [],
        "left_out": [],
        "trend": [],
        "pairs": [],
    }


def trend_data(trend: Sequence[Comparison]) -> list[TrendData]:
    """Each round beside the one before it: the total over the practices that both asked."""
    return [
        {
            "before": found.before,
            "after": found.after,
            "basis": found.basis,
            "practices": len(found.practices),
            "overall": _change(found.overall),
        }
        for found in trend
    ]


def derivation_data(step: Step, result: Result) -> dict[str, Any]:
    """How a score came about, `assess.derivation/1` (docs/scoring.md)."""
    return {"format": "assess.derivation/1", "round": result.round, **_step(step, result)}


def _step(step: Step, result: Result) -> dict[str, Any]:
    counted = {p.id: p for p in result.practices} if step.kind == "practice" else {}
    return {
        "kind": step.kind,
        "id": step.id or None,
        "weight": float(step.weight),
        **(_practice(counted[step.id]) if counted else _score(step.score)),
        "arithmetic": step.arithmetic or None,
        "parts": [_step(part, result) for part in step.parts],
    }


def comparison_data(found: Comparison) -> dict[str, Any]:
    """The published shape of two rounds beside each other, `assess.diff/1` (docs/diff.md)."""
    return {
        "format": "assess.diff/1",
        "team": found.team,
        "before": found.before,
        "after": found.after,
        "sealed": False,
        "basis": found.basis,
        "respondents": {
            "before": found.respondents[0],
            "after": found.respondents[1],
            "both": found.both,
            "joined": found.joined,
            "left": found.left,
        },
        "overall": _change(found.overall),
        "core": None if found.core is None else _change(found.core),
        "dimensions": [{"id": name, **_change(change)} for name, change in found.dimensions],
        "practices": [
            {
                "id": moved.id,
                **_change(moved.change),
                "median": {"before": moved.level_before, "after": moved.level_after},
                "up": moved.up,
                "down": moved.down,
                "reason": moved.reason,
            }
            for moved in found.practices
        ],
        "not_compared": [{"id": out.id, "why": out.why, "version": out.version} for out in found.not_compared],
    }


def _change(change: Change) -> ChangeData:
    return {
        "before": change.before,
        "after": change.after,
        "difference": change.difference,
        "detectable": change.detectable,
        "verdict": change.verdict,
    }


def sealed_comparison_data(before: Assessment, after: Assessment, sealed: Assessment) -> dict[str, Any]:
    """As `comparison_data` where one of the two is sealed: who has answered there, and no number of an answer."""
    return {
        "format": "assess.diff/1",
        "team": after.team,
        "before": before.name,
        "after": after.name,
        "sealed": True,
        "round": sealed.name,
        "respondents": len(sealed.sheets),
        "expected": sealed.expected,
    }


def findings_data(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Findings with their places; `line` and `column` from 1, 0 where a file as a whole is meant."""
    return [
        {
            "rule": f.rule,
            "severity": f.severity.value,
            "message": str(f.message),
            "hint": None if f.hint is None else str(f.hint),
            "file": f.path,
            "line": f.line,
            "column": f.column,
        }
        for f in findings
    ]


def dump(data: Any) -> str:
    r"""JSON text with a final line end; characters as themselves, two spaces deep.

    What would steer a terminal or a log in which somebody looks at it is escaped; a reader gets it back as it was.

    >>> dump("a\u202eb")
    '"a\\u202eb"\n'
    """
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return _STEERS.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"
