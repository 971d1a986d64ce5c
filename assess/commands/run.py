"""`assess run`: the questionnaire, in the terminal or as plain lines."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from pathlib import Path

from assess import i18n, opening, rounds
from assess.commands import Context, Exit, as_typed, cannot_write, in_terminal, is_in_the_way, not_kept, report_of
from assess.core.answers import TEAM
from assess.core.finding import Finding
from assess.core.message import message
from assess.core.questionnaire import Baseline, Practice, Questionnaire
from assess.files.load import shown
from assess.files.repository import Purpose, Repository, UsageError
from assess.i18n import _
from assess.render import text
from assess.session import Session


def run(context: Context, args: Namespace) -> int:
    """Open the sheet that the flags and the folder call for, and hand it to a face."""
    plain = args.plain or os.environ.get("TERM") == "dumb"
    if not plain and not (sys.stdin.isatty() and sys.stdout.isatty()):
        what = message("there is no terminal to ask in")
        hint = message("answer line by line with --plain, or look at an example with: assess demo")
        raise UsageError(Finding("no-terminal", what, hint=hint))
    repository = context.open(Purpose.ANSWER)
    if is_in_the_way(context, repository):
        return Exit.INVALID
    host = _Host(context, repository, _wish(context, args), plain=args.plain)
    try:
        return _plain(context, host) if plain else _terminal(context, host)
    except BrokenPipeError:
        raise
    except OSError as error:
        return cannot_write(context, error, repository.root)


def _wish(context: Context, args: Namespace) -> rounds.Wish:
    if args.respondent == TEAM:
        what = message("“team” is the team sheet's name; a person needs another")
        raise UsageError(Finding("reserved-name", what, hint=message("for the team sheet use --together")))
    return rounds.Wish(
        respondent=TEAM if args.together else args.respondent,
        team=args.team,
        expected=args.expected,
        round=context.round,
        asked=args.asked,
        counts=args.counts,
    )


def _terminal(context: Context, host: _Host) -> int:
    from assess.tui.app import run as run_app

    ended, closing = in_terminal(run_app, host)
    if closing is not None:
        context.say(*closing_lines(closing))
    elif ended.session is not None:
        context.say(*host.left(ended.session))
    return ended.code


def _plain(context: Context, host: _Host) -> int:
    from assess.plain import answering, prompts

    return prompts.run(answering.Answering(host, sys.stdin, context.out))


def closing_lines(closing: rounds.Closing) -> list[str]:
    """The last screen as lines that stay in the terminal."""
    lines = [closing.title, "", *closing.body, "", *closing.next_steps]
    return lines + [f"    {command}" for command in closing.commands]


class _Host:
    """`rounds.SheetHost` over a repository: what the faces may ask for."""

    def __init__(
        self, context: Context, repository: Repository, wish: rounds.Wish, *, plain: bool = False
    ) -> None:
        self._context = context
        self._plain = plain
        self._repository = repository
        self._wish = wish
        self._baselines: tuple[Baseline, ...] | None = None
        self._setup: rounds.Setup | None = None
        self.plan = rounds.plan(repository, wish, context.today)

    def new_round(self) -> rounds.Plan:
        self.plan = rounds.plan(self._repository, self._wish, self._context.today, new=True)
        return self.plan

    @property
    def questionnaire(self) -> Questionnaire:
        assert self._repository.questionnaire is not None
        return self._repository.questionnaire

    def start(self, setup: rounds.Setup) -> Session:
        self._setup = setup
        return opening.start(self._repository, self.plan, setup, self._context.clock)

    def clean(self, text_: str) -> str:
        return text.visible(text_)

    def about(self, practice: Practice) -> tuple[tuple[str, str], ...]:
        from assess.render.about import about  # for those who ask, once they do

        if self._baselines is None:
            try:
                self._baselines = self._context.open().baselines
            except UsageError:  # somebody is just changing assess.yaml; the sources can wait
                self._baselines = ()
        dimension = self.questionnaire.dimension_of[practice.id]
        return tuple(about(practice, dimension, self._baselines))

    def left(self, session: Session) -> list[str]:
        """What is said after leaving early: where the answers are and how to go on."""
        lost, again = not_kept(session), self._again(session)
        if lost:
            return lost
        if not session.sheet.answers:
            return [_("Nothing was answered. Start again with: {command}").format(command=again)]
        path = self._repository.sheet_path(session.sheet.round, session.sheet.respondent)
        done = _("Saved: {done} of {all} answered, in {path}").format(
            done=session.answered, all=len(session.practices), path=shown(path)
        )
        return [done, _("Go on where you stopped with: {command}").format(command=again)]

    def _again(self, session: Session) -> str:
        """The command line that opens this sheet again, without asking whose."""
        words = ["assess", *self._context.given, *(["--plain"] if self._plain else [])]
        if not session.sheet.answers and self.plan.is_new and self._setup is not None:
            words += ["--team", self._setup.team, f"--{self._setup.asked}"]
            words += ["--expected", str(self._setup.expected)] if self._setup.expected else []
            words += ["--counts"] if self.plan.counts else []
        if session.sheet.is_team:
            words.append("--together")
        elif session.sheet.respondent != rounds.proposed_name():
            words += ["--as", session.sheet.respondent]
        return as_typed(words)

    def finish(self, session: Session) -> rounds.Closing:
        session.flush()
        if not session.sheet.answers:
            again = _("Start again with: {command}").format(command=self._again(session))
            return rounds.Closing(_("Nothing was answered"), (), (again,), (), None)
        self._repository = self._context.open()
        if not self._repository.valid:  # somebody else changed a file meanwhile
            lines = tuple(text.finding_line(finding) for finding in self._repository.findings)
            title = _("Your answers are saved, but a file has changed meanwhile and is not valid")
            return rounds.Closing(title, lines, (), (), None)
        closed = opening.close_if_together(self._repository, session)
        self._repository = self._context.open()
        report = report_of(self._repository, session.sheet.round, self._context.today)
        if session.sheet.is_team:
            title, body = _("What the team said together"), self._result(session)
        else:
            title = _("Your answers, {name}").format(name=self.clean(session.sheet.respondent))
            asked = [p.id for p in session.practices]
            body = list(text.receipt(session.sheet, self.questionnaire, asked))
        return rounds.Closing(
            title=title,
            body=tuple(body),
            next_steps=tuple(self._next_steps(session, report, closed=closed)),
            commands=tuple(self._commands(session)),
            report=report,
        )

    def _result(self, session: Session) -> list[str]:
        from assess.core.scoring import score  # scoring is loaded once there is something to score

        repository = self._repository
        assessment = repository.round(session.sheet.round)
        assert assessment is not None
        result = score(
            self.questionnaire,
            assessment,
            repository.baselines,
            earlier=repository.earlier(assessment),
            basis="team",
        )
        return list(text.result(result, self.questionnaire, repository.baselines))

    def _next_steps(self, session: Session, report: Path | None, *, closed: bool) -> list[str]:
        assessment = self._repository.round(session.sheet.round)
        assert assessment is not None
        lines = [_("The round {round} is closed.").format(round=assessment.name)] if closed else []
        if not session.complete:
            left = len(session.practices) - session.answered
            lines.append(
                i18n.ngettext(
                    "{n} question is still open; start again whenever you like.",
                    "{n} questions are still open; start again whenever you like.",
                    left,
                ).format(n=left)
            )
        if not session.sheet.is_team and not assessment.only_counts:
            lines.append(i18n.sentence(text.participation(assessment)))
            if assessment.is_open:
                meet = as_typed(["assess", "meet", *self._context.given])
                everybody = assessment.expected == assessment.answered
                told = (
                    _("Everybody has: look at it together with: {command}")
                    if everybody
                    else _("When all have, look at it together with: {command}")
                )
                lines.append(told.format(command=meet))
        if report is not None:
            lines.append(_("The report is in {path}").format(path=shown(report)))
        if assessment.only_counts:
            lines += self._to_the_collector(session)
        else:
            lines.append(_("To share the answers with the team:"))
        return lines

    def _to_the_collector(self, session: Session) -> list[str]:
        """Where a sheet goes that stays out of git, and who sees it there."""
        path = self._repository.sheet_path(session.sheet.round, session.sheet.respondent)
        return [
            _("Your answers stay out of git. Give this file to whoever collects them: {path}").format(
                path=shown(path)
            ),
            _("Whoever collects sees all of it, your name too. All others see counts, of five people at least."),
            _("To share the round with the team, without your answers:"),
        ]

    def _commands(self, session: Session) -> list[str]:
        name = session.sheet.round
        root, assessment = self._repository.root, self._repository.round(session.sheet.round)
        counts = assessment is not None and assessment.only_counts
        files = [
            *([] if counts else [self._repository.sheet_path(name, session.sheet.respondent)]),
            self._repository.folder(name) / "round.yaml",
            root / "assessments" / ".gitignore",
        ]
        return [as_typed(["git", "add", *(shown(path) for path in files if path.exists())])]
