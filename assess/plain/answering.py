"""The questionnaire as line prompts, for screen readers, scripts and plain terminals.

The same session and the same bytes in the file; no escape codes. The words are in docs/plain.md.
"""

from __future__ import annotations

import unicodedata

from assess.core.answers import DONT_KNOW, TEAM, Mark
from assess.core.pace import minutes
from assess.core.questionnaire import Asked
from assess.files.repository import UsageError
from assess.i18n import _, asked_word, clauses, labelled, listed, means_yes, ngettext, translate
from assess.plain.prompts import Prompts, Step
from assess.rounds import Plan, Setup, SheetHost, asked_choices, expected_count
from assess.session import Session

_CHANGES_NOTHING = {"", "s", "b", "q", "h"}


class Answering(Prompts[SheetHost, Session]):
    """The questions of a sheet."""

    def sit(self) -> None:
        """Ask what is open, then every question."""
        self.say(*(translate(told) for told in self.host.plan.told))
        self.session = self._start()
        self.read_only(self.session)
        if self.host.plan.is_new:
            self.say(_("A new round begins: {round}").format(round=self.host.plan.round))
        top = len(self.session.current.levels) - 1
        told = [] if self.session.told is None else [translate(self.session.told)]
        self.say("", self._heading(self.session), *told, _help(top))
        if self._questions(self.session):
            self.close(self.session)
        else:
            self.leave()

    def _start(self) -> Session:
        while True:
            setup = self._setup()
            try:
                return self.host.start(setup)
            except UsageError as error:
                if not self.host.plan.asks_respondent:
                    raise
                self.say(*(translate(finding.message) for finding in error.findings))

    # before the first question

    def _setup(self) -> Setup:
        plan = self.host.plan
        if plan.stale_days is not None:
            plan = self._old_round(plan, plan.stale_days)
        team = self.default(_("The team's name"), plan.team) if plan.asks_team else plan.team
        asked = self._asked() if plan.asks_asked else plan.asked
        respondent, expected = plan.respondent, plan.expected
        if plan.asks_respondent:
            respondent, expected = self._respondent(plan)
        return Setup(team=team, asked=asked, respondent=respondent, expected=expected)

    def _old_round(self, plan: Plan, days: int) -> Plan:
        question = _("The round {name} is open, but its newest answer is {days} days old.")
        options = [("old", _("Continue it")), ("new", _("Start a new round"))]
        chosen = self.choice(question.format(name=plan.round, days=days), options)
        return self.host.new_round() if chosen == "new" else plan

    def _asked(self) -> Asked:
        options = []
        questions, counts = self.host.questionnaire, self.host.plan.counts
        for asked in asked_choices(questions, sensitive=counts):
            n = len(questions.asked(asked, sensitive=counts))
            label = ngettext("{asked}: {n} question", "{asked}: {n} questions", n)
            time = ngettext("about {n} minute", "about {n} minutes", minutes(n)).format(n=minutes(n))
            options.append((asked, clauses(label.format(asked=asked_word(asked), n=n), time)))
        return "full" if self.choice(_("How much?"), options) == "full" else "pulse"

    def _respondent(self, plan: Plan) -> tuple[str, int | None]:
        options = [(name, _("{name}: go on with this sheet").format(name=name)) for name in plan.respondents]
        if not plan.counts:
            options.append((TEAM, _("the team together, at one screen")))
        options.append(("", _("just me; the others answer for themselves")))
        # where people answer for themselves, an empty line may not open somebody else's sheet
        chosen = self.choice(_("Who is answering?"), options, len(options) if plan.respondents else 1)
        if chosen:
            return chosen, None
        name = self.default(_("Your name"), plan.respondent)
        expected = plan.expected
        if plan.asks_expected:
            told = self.ask(_("How many people are to answer, you included? (empty: not known): ")).strip()
            expected = expected_count(told)
        return name, expected

    # the questions

    def _heading(self, session: Session) -> str:
        who = _("the team") if session.sheet.is_team else session.sheet.respondent
        return f"{session.sheet.team} · {session.sheet.round} · {who}"

    def _questions(self, session: Session) -> bool:
        """Ask one question after the other. False when the person quits before the end."""
        last = len(session.practices) - 1
        while True:
            self._show(session)
            step = self.answer(session)
            if step is Step.QUIT:
                return False
            if step is Step.BACK:
                session.go(session.position - 1)
            elif session.position < last:
                session.go(session.position + 1)
            elif session.complete or not self._unanswered(session):
                return True

    def _unanswered(self, session: Session) -> bool:
        """At the end with questions left: go back to them, or finish as it is."""
        left = len(session.practices) - session.answered
        question = ngettext(
            "{n} question is not answered. Go back to it? [y/N]: ",
            "{n} questions are not answered. Go back to them? [y/N]: ",
            left,
        )
        if not means_yes(self.ask(question.format(n=left))):
            return False
        session.next_unanswered(or_stay=False)
        session.go(session.position)
        return True

    def _show(self, session: Session) -> None:
        practice, answer = session.current, session.answer
        self.say(
            "",
            _("Question {n} of {all} · {dimension}").format(
                n=session.position + 1, all=len(session.practices), dimension=session.dimension.title
            ),
            practice.title,
            practice.question,
        )
        for number, level in enumerate(practice.levels):
            chosen = "   " + _("(your answer)") if answer.answer == number else ""
            self.say(f"  {number}  {level.text}{chosen}")
        if session.mark(practice) is Mark.DONT_KNOW:
            self.say("  " + _("Your answer: don't know"))
        if session.mark(practice) is Mark.NOT_APPLICABLE:
            self.say("  " + _("Your answer: does not apply, because {reason}").format(reason=answer.reason))
        if answer.note:
            self.say("  " + _("Note: {note}").format(note=answer.note.rstrip("\n")))
        if answer.evidence:
            self.say("  " + _("Evidence: {links}").format(links=listed(answer.evidence)))

    def act(self, session: Session, line: str) -> Step:
        """Do what a line says; where somebody else has the sheet open, only what changes nothing."""
        first, *others = line.split(maxsplit=1)[:2] or [""]
        word, rest = unicodedata.normalize("NFKC", first).lower(), "".join(others).strip()
        if word in _CHANGES_NOTHING or session.may_change():
            return self._do(session, word, rest)
        self.read_only(session)
        return Step.STAY

    def _do(self, session: Session, word: str, rest: str) -> Step:
        top = len(session.current.levels) - 1
        if not rest and word in map(str, range(top + 1)):
            session.choose(int(word))
            return Step.ON
        if word in {"", "s"} and not rest:
            return Step.ON
        if word == "?" and not rest:
            session.choose(DONT_KNOW)
            return Step.ON
        if word == "x":
            return self.does_not_apply(session, rest)
        if word in {"b", "q"} and not rest:
            return Step.BACK if word == "b" else Step.QUIT
        return self._annotate(session, word, rest, top)

    def _annotate(self, session: Session, word: str, rest: str, top: int) -> Step:
        if not rest and word in {"n", "e"}:
            rest = self.ask(_("The note: ") if word == "n" else _("Links or paths: ")).strip()
        if word == "n" and rest:
            self.add_note(session, rest)
        elif word == "e" and rest:
            session.evidence((*session.answer.evidence, *rest.split()))
            self.say(_("Evidence added."))
        elif word == "d" and not rest:
            session.discuss()
            self.say(_("Marked to discuss.") if session.answer.discuss else _("No longer marked to discuss."))
        elif word == "h" and not rest:
            about = (labelled(*pair) for pair in self.host.about(session.current))
            explained = (labelled(entry.title, entry.text) for entry in session.questionnaire.help)
            self.say(_help(top), *(f"  {line}" for line in (*about, *explained)))
        else:
            self.say(_("“{line}” is not an answer here.").format(line=f"{word} {rest}".strip()), _help(top))
        return Step.STAY


def _help(top: int = 4) -> str:
    return _(
        "Answer with a level (0-{top}), ? don't know, x REASON does not apply, s or an empty line to skip; "
        "n TEXT adds a note, e LINK evidence, d marks for discussion; b goes back, h explains words and rules, "
        "q saves and quits."
    ).format(top=top)
