"""`assess check`: validity and gates, for a person and for CI."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from assess.commands import Context, Exit
from assess.core import gates
from assess.core.finding import Finding, Severity, has_errors
from assess.core.message import message
from assess.core.round import Assessment
from assess.core.scoring import score
from assess.files.load import shown
from assess.files.repository import CONFIG, ROUND, Purpose, Repository
from assess.i18n import _, clauses, ngettext
from assess.render import json, text


def run(context: Context, args: Namespace) -> int:
    """Validate everything, judge the newest round (or --round), print, and decide the exit code."""
    repository = context.open(Purpose.CHECK)
    assessment = repository.round(context.round)
    if assessment is None or not assessment.has_answers:
        if not repository.valid:
            return _report(context, args, repository, gates.Verdict(()), assessment)
        context.say(_("Nothing to check: no answers found in {folder}.").format(folder=repository.root))
        return Exit.ENVIRONMENT
    verdict = gates.Verdict(())
    if repository.valid and repository.questionnaire is not None:
        result = None
        if not assessment.sealed:
            result = score(repository.questionnaire, assessment, earlier=repository.earlier(assessment))
        verdict = gates.judge(repository.config, assessment, result, context.today)
    return _report(context, args, repository, _placed(verdict, repository, assessment), assessment)


def _placed(verdict: gates.Verdict, repository: Repository, assessment: Assessment) -> gates.Verdict:
    findings = [_place(f, repository, assessment) for f in verdict.findings]
    waived = tuple((_place(f, repository, assessment), waiver) for f, waiver in verdict.waived)
    for name in gates.not_judged(repository.config.rules):
        what = message("the gate “{name}” is known but not judged by this version", name=name)
        finding = Finding("gate-not-judged", what, Severity.WARNING, route=("rules", name), at_key=True)
        findings.append(repository.documents[shown(repository.root / CONFIG)].placed(finding))
    return gates.Verdict(tuple(findings), waived)


def _place(finding: Finding, repository: Repository, assessment: Assessment) -> Finding:
    """Point a gate's finding at the team sheet, else `round.yaml`, else `assess.yaml`, else the first sheet.

    Always a line, and never the sheet of a person where anything else will do.
    """
    folder = repository.folder(assessment.name)
    first = sorted((folder / "answers").glob("*.yaml"))
    candidates: list[tuple[Path, str]] = [
        (folder / "team.yaml", "answers"),
        (folder / ROUND, "round"),
        (repository.root / CONFIG, "format"),
        *((path, "answers") for path in first[:1]),
    ]
    for path, key in candidates:
        document = repository.documents.get(shown(path))
        if document is not None:
            mark = document.locate((key,), key=True)
            return finding.at(document.path, mark.line, mark.column)
    return finding


def _report(
    context: Context,
    args: Namespace,
    repository: Repository,
    verdict: gates.Verdict,
    assessment: Assessment | None,
) -> int:
    findings = sorted((*repository.findings, *verdict.findings), key=lambda f: f.order)
    code = Exit.PASSED
    if not repository.valid:
        code = Exit.INVALID
    elif has_errors(verdict.findings):
        code = Exit.GATE_FAILED
    if args.format == "json":
        context.put(json.dump(_data(findings, verdict, assessment, code)))
        return code
    for finding in findings:
        context.put(text.finding_line(finding) + "\n")
    for finding, waiver in verdict.waived:
        line = _("waived until {until} by {owner}: {reason}").format(
            until=waiver.until, owner=waiver.owner, reason=waiver.reason
        )
        context.put(text.one_line(f"{finding.place}: {finding.rule}: {line}") + "\n")
    context.say(_summary(repository, findings, verdict, assessment))
    return code


def _data(
    findings: Sequence[Finding], verdict: gates.Verdict, assessment: Assessment | None, code: int
) -> dict[str, object]:
    return {
        "format": "assess.check/1",
        "passed": code == Exit.PASSED,
        "exit": int(code),
        "round": None if assessment is None else assessment.name,
        "sealed": assessment is not None and assessment.sealed,
        "findings": json.findings_data(findings),
        "waived": [
            {**json.findings_data([f])[0], "until": w.until.isoformat(), "owner": w.owner, "reason": w.reason}
            for f, w in verdict.waived
        ],
    }


def _summary(
    repository: Repository, findings: Sequence[Finding], verdict: gates.Verdict, assessment: Assessment | None
) -> str:
    errors = sum(f.severity is Severity.ERROR for f in findings)
    warnings = len(findings) - errors
    parts = [
        ngettext("{n} file read", "{n} files read", len(repository.documents)).format(n=len(repository.documents)),
        ngettext("{n} error", "{n} errors", errors).format(n=errors),
        ngettext("{n} warning", "{n} warnings", warnings).format(n=warnings),
        ngettext("{n} waiver", "{n} waivers", len(verdict.waived)).format(n=len(verdict.waived)),
    ]
    if assessment is not None and assessment.sealed:
        counts = assessment.only_counts
        until = _("sealed until the counts are published") if counts else _("sealed until the round is closed")
        parts.append(clauses(text.participation(assessment), until))
    return " · ".join(parts)
