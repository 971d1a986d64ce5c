"""`assess score`: the numbers of one round, how they moved, and how each came about."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable

from assess.commands import Context, Exit
from assess.core.change import trend
from assess.core.finding import Finding, did_you_mean
from assess.core.message import message
from assess.core.questionnaire import Questionnaire
from assess.core.result import Result
from assess.core.round import Assessment
from assess.core.scoring import score
from assess.files.repository import Repository, UsageError
from assess.i18n import _
from assess.render import diff, json, text


def run(context: Context, args: Namespace) -> int:
    """Print the result of the newest round, or of the one named with --round."""
    repository = context.open()
    if not repository.valid or repository.questionnaire is None:
        context.say(*(text.finding_line(finding) for finding in repository.findings))
        return Exit.INVALID
    assessment = repository.round(context.round)
    if assessment is None or not assessment.has_answers:
        context.say(_("Nothing to score yet: nobody has answered. Start with: assess run"))
        return Exit.ENVIRONMENT
    if args.basis == "team" and assessment.team_sheet is None:
        context.say(_("The round {name} has no team sheet.").format(name=assessment.name))
        return Exit.ENVIRONMENT
    if assessment.sealed:
        _put(context, args, json.sealed_data(assessment), text.sealed(assessment))
        return Exit.PASSED
    result = score(
        repository.questionnaire,
        assessment,
        repository.baselines,
        earlier=repository.earlier(assessment),
        basis=args.basis,
    )
    if args.explain is not None:
        _explain(context, args, repository, repository.questionnaire, result)
    else:
        _show(context, args, repository, assessment, result)
    return Exit.PASSED


def _put(context: Context, args: Namespace, data: object, lines: Iterable[str]) -> None:
    context.put(json.dump(data) if args.format == "json" else "".join(f"{line}\n" for line in lines))


def _show(
    context: Context, args: Namespace, repository: Repository, assessment: Assessment, result: Result
) -> None:
    assert repository.questionnaire is not None, "only valid folders get here"
    moved = trend(repository.questionnaire, (*repository.earlier(assessment), assessment))
    team = assessment.team_sheet if result.basis == "individual" else None
    told = text.result(result, repository.questionnaire, repository.baselines, team)
    lines = (*told, *diff.over_time(moved))
    _put(context, args, json.result_data(result, moved), lines)


def _explain(
    context: Context, args: Namespace, repository: Repository, questionnaire: Questionnaire, result: Result
) -> None:
    """From the total down to the counts, or the way to one practice."""
    from assess.core.derivation import derive, way_to  # for those who ask
    from assess.render import derivation

    tree = derive(questionnaire, result)
    way = way_to(tree, args.explain) if args.explain else (tree,)
    if not way:
        what = message("the round asks no practice “{id}”", id=args.explain)
        known = tuple(practice.id for practice in result.practices)
        raise UsageError(Finding("unknown-practice", what, hint=did_you_mean(args.explain, known)))
    data = json.derivation_data(way[-1], result)
    _put(context, args, data, derivation.lines(way, questionnaire, result, repository.baselines))
