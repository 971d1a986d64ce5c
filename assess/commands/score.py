"""`assess score`: the numbers of one round."""

from __future__ import annotations

from argparse import Namespace

from assess.commands import Context, Exit
from assess.core.scoring import score
from assess.i18n import _
from assess.render import json, text


def run(context: Context, args: Namespace) -> int:
    """Print the result of the newest round, or of the one named with --round."""
    repository = context.open()
    if not repository.valid or repository.questionnaire is None:
        context.say(*(text.finding_line(finding) for finding in repository.findings))
        return Exit.INVALID
    assessment = repository.round(context.round)
    if assessment is None or not assessment.all_sheets:
        context.say(_("Nothing to score yet: nobody has answered. Start with: assess run"))
        return Exit.ENVIRONMENT
    if args.basis == "team" and assessment.team_sheet is None:
        context.say(_("The round {name} has no team sheet.").format(name=assessment.name))
        return Exit.ENVIRONMENT
    if assessment.sealed:
        data = json.dump(json.sealed_data(assessment))
        lines = "\n".join(text.sealed(assessment)) + "\n"
    else:
        result = score(
            repository.questionnaire,
            assessment,
            repository.baselines,
            earlier=repository.earlier(assessment),
            basis=args.basis,
        )
        data = json.dump(json.result_data(result))
        lines = "\n".join(text.result(result, repository.questionnaire, repository.baselines)) + "\n"
    context.put(data if args.format == "json" else lines)
    return Exit.PASSED
