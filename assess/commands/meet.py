"""`assess meet`: the team's meeting over a round, in the terminal or as plain lines; or only its closing."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from datetime import date
from pathlib import Path

from assess import convening, i18n, opening, rounds
from assess.commands import Context, Exit, as_typed, cannot_write, in_terminal, is_in_the_way, not_kept, report_of
from assess.core.finding import Finding
from assess.core.message import message
from assess.core.participation import Participation, participation
from assess.core.questionnaire import Practice, Questionnaire
from assess.core.round import Assessment
from assess.files.load import shown
from assess.files.repository import COUNTS, ROUND, Repository, UsageError
from assess.i18n import _
from assess.meeting import Meeting
from assess.render import minutes, text
from assess.render import participation as who
from assess.session import Session


def run(context: Context, args: Namespace) -> int:
    """Hold the meeting of the newest round, or of the one named with --round."""
    plain = args.plain or os.environ.get("TERM") == "dumb"
    if not plain and not args.close and not (sys.stdin.isatty() and sys.stdout.isatty()):
        what = message("there is no terminal to meet in")
        hint = message("meet line by line with --plain, or only close the round with --close")
        raise UsageError(Finding("no-terminal", what, hint=hint))
    repository = context.open()
    if is_in_the_way(context, repository):
        return Exit.INVALID
    assessment = repository.round(context.round)
    if assessment is None or not assessment.has_answers:
        context.say(_("Nothing to meet about yet: nobody has answered. Start with: assess run"))
        return Exit.ENVIRONMENT
    if not args.close:
        convening.refuse_before_counts(assessment)
    host = _Host(context, repository, assessment, plain=args.plain)
    try:
        if args.close:
            return _close(context, host)
        return _plain(context, host) if plain else _terminal(context, host)
    except BrokenPipeError:
        raise
    except OSError as error:
        return cannot_write(context, error, repository.root)


def _close(context: Context, host: _Host) -> int:
    """Close the round without a meeting: its answers, or their counts, are shown from now on."""
    if host.assessment.only_counts and host.assessment.counts is None:
        if not _publish(context, host):
            return Exit.PASSED
    elif host.participation is None:
        context.say(_("The round {round} is closed already.").format(round=host.assessment.name))
        return Exit.PASSED
    else:
        context.say(next(who.lines(host.participation)))
        host.close()
    report = host.write_report()
    context.say(_("The round {round} is closed.").format(round=host.assessment.name))
    if report is not None:
        context.say(_("The report is in {path}").format(path=shown(report)))
    context.say(_("Meet about it with: {command}").format(command=host.again()))
    context.say(_("To share the answers with the team:"), *(f"    {line}" for line in host.commands()))
    return Exit.PASSED


def _publish(context: Context, host: _Host) -> bool:
    """Tell what would become public, ask, and write it. Only somebody's yes publishes, never the end of input."""
    from assess import publishing
    from assess.render import publication

    told = publishing.preview(host.repository, host.assessment)
    context.say(*publication.lines(told, host.questionnaire), "")
    context.say(_("Publish these counts and close the round? [y/N]: "))
    if not i18n.means_yes(sys.stdin.readline()):
        context.say(_("Nothing was published."))
        return False
    publishing.publish(host.repository, told, context.today)
    host.renew()
    return True


def _terminal(context: Context, host: _Host) -> int:
    from assess.tui.meet import run as run_app

    ended, closing = in_terminal(run_app, host)
    if closing is not None:
        context.put(closing.summary)
        context.say("", *closing.next_steps, *(f"    {command}" for command in closing.commands))
    elif ended.session is not None:
        context.say(*host.left(ended.session))
    return ended.code


def _plain(context: Context, host: _Host) -> int:
    from assess.plain import meeting, prompts

    return prompts.run(meeting.Meet(host, sys.stdin, context.out))


class _Host:
    """`convening.MeetingHost` over a repository."""

    def __init__(self, context: Context, repository: Repository, assessment: Assessment, *, plain: bool) -> None:
        self._context = context
        self.repository = repository
        self._plain = plain
        self.assessment = assessment

    @property
    def today(self) -> date:
        return self._context.today

    @property
    def questionnaire(self) -> Questionnaire:
        return rounds.asked_questionnaire(self.repository)

    @property
    def participation(self) -> Participation | None:
        if not self.assessment.is_open:
            return None
        asked = self.questionnaire.asked(
            self.assessment.asked, sensitive=self.assessment.asks_sensitive, version=self.assessment.version
        )
        return participation(self.assessment, len(asked), self.repository.earlier(self.assessment))

    def close(self) -> None:
        opening.close(self.repository, self.assessment)
        self.renew()

    def renew(self) -> None:
        """Read the folder again: something was written."""
        self.repository = self._context.open()
        found = self.repository.round(self.assessment.name)
        assert found is not None, "it was there"
        self.assessment = found

    def reveal(self) -> Meeting:
        if self.assessment.is_open:
            self.close()
        return convening.meet(self.repository, self.assessment, self._context.clock)

    def clean(self, text_: str) -> str:
        return text.visible(text_)

    def about(self, practice: Practice) -> tuple[tuple[str, str], ...]:
        from assess.render.about import about

        dimension = self.questionnaire.dimension_of[practice.id]
        return tuple(about(practice, dimension, self.repository.baselines))

    def again(self) -> str:
        """The command line that goes on with this meeting."""
        return as_typed(["assess", "meet", *self._context.given, *(["--plain"] if self._plain else [])])

    def left(self, session: Session) -> list[str]:
        """What is said after leaving early: where it is kept and how to go on."""
        lost = not_kept(session)
        if lost:
            return lost
        assert isinstance(session, Meeting)
        self.renew()
        if self.repository.valid:
            self.write_report()  # the one that lies there may still be the sealed one
        again = _("Go on where you stopped with: {command}").format(command=self.again())
        path = self.repository.sheet_path(session.sheet.round, session.sheet.respondent)
        if not path.exists():
            return [_("Nothing was agreed on yet."), again]
        left = len(session.left_open)
        told = i18n.ngettext("{n} on the list is left", "{n} on the list are left", left).format(n=left)
        return [_("Saved in {path}: {told}.").format(path=shown(path), told=told), again]

    def write_report(self) -> Path | None:
        return report_of(self.repository, self.assessment.name, self.today)

    def finish(self, session: Session) -> rounds.Closing:
        session.flush()
        assert isinstance(session, Meeting)
        self.renew()
        if not self.repository.valid:  # somebody else changed a file meanwhile
            lines = tuple(text.finding_line(finding) for finding in self.repository.findings)
            title = _("What you agreed on is saved, but a file has changed meanwhile and is not valid")
            return rounds.Closing(title, lines, (), (), None)
        report = self.write_report()
        told = minutes.minutes(session.brief, session.sheet, self.questionnaire, self.today)
        steps = [] if report is None else [_("The report is in {path}").format(path=shown(report))]
        return rounds.Closing(
            title=_("What came of the meeting"),
            body=tuple(minutes.as_text(told)),
            next_steps=(*steps, _("To share it with the team:")),
            commands=tuple(self.commands()),
            report=report,
            summary="\n".join(minutes.as_markdown(told)) + "\n",
        )

    def commands(self) -> list[str]:
        name, root = self.assessment.name, self.repository.root
        folder = self.repository.folder(name)
        files = [folder / "team.yaml", folder / COUNTS, folder / ROUND, root / "assessments" / ".gitignore"]
        there = [shown(path) for path in files if path.exists()]
        return [as_typed(["git", "add", *there])] if there else []
