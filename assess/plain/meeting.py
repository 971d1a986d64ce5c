"""A team's meeting as line prompts: the same meeting and the same bytes as on the screen."""

from __future__ import annotations

import unicodedata
from datetime import timedelta

from assess.convening import MeetingHost
from assess.core.answers import DONT_KNOW, NOT_APPLICABLE
from assess.i18n import _, labelled, means_yes, ngettext
from assess.meeting import DUE_IN_DAYS, Meeting, due_day, level_and_reason
from assess.plain.prompts import EndOfInputError, Prompts, Step
from assess.render import meeting as words
from assess.render import participation
from assess.render.text import answers_word

_CHANGES_NOTHING = {"", "s", "b", "q", "h", "l"}


class Meet(Prompts[MeetingHost, Meeting]):
    """Reveal, the actions of earlier rounds, then one practice after the other."""

    def sit(self) -> None:
        """The whole meeting; an empty line never decides anything."""
        if not self._reveal():
            return
        self.session = meeting = self.host.reveal()
        self.read_only(meeting)
        self.say("", f"{meeting.sheet.team} · {meeting.sheet.round} · {words.who(meeting.brief)}")
        going = self._carried(meeting)
        if going:
            self._list(meeting)
            self.say("", _help())
        if going and self._talk(meeting):
            self.close(meeting)
        else:
            self.leave()

    def _reveal(self) -> bool:
        """Whether the answers may be shown; where the round is closed they are."""
        who = self.host.participation
        if who is None:
            return True
        self.say(f"{who.team} · {who.round}", *participation.lines(who))
        if self._yes(_("Show the answers and close the round? [y/N]: ")):
            return True
        self.say(_("The round stays open."))
        return False

    def _yes(self, question: str) -> bool:
        try:
            return means_yes(self.ask(question))
        except EndOfInputError:
            return False

    # the actions

    def _carried(self, meeting: Meeting) -> bool:
        """What earlier rounds left to do: each is done, dropped with a reason, or goes on. False on `q`.

        Only once a round: with the first thing that is written they are in this round's sheet.
        """
        written = {action.id for action in meeting.sheet.actions}
        earlier = [d for d in meeting.actions if d.since != meeting.sheet.round and d.action.id not in written]
        if not earlier:
            return True
        rules = _("From earlier rounds: f is done, x REASON drops it, an empty line leaves it open.")
        self.say("", rules)
        for decided in earlier:
            told = self.host.clean(words.action(decided, self.host.today, round_=meeting.sheet.round))
            while True:
                word, _blank, rest = self.ask(f"  {told}: ").strip().partition(" ")
                if word == "q" and not rest:
                    return False
                if not word or self._end_action(meeting, decided.action.id, word, rest.strip()):
                    break
                self.say(_("“{line}” is not known here.").format(line=f"{word} {rest}".strip()), rules)
        return True

    def _end_action(self, meeting: Meeting, action_id: str, word: str, reason: str) -> bool:
        """Call an action done or dropped; False for a line that says neither, or no reason."""
        if word == "f" and not reason:
            meeting.end(action_id, "done")
            self.say(_("Done."))
            return True
        if word == "x":
            reason = reason or self.ask(_("Why is it dropped? ")).strip()
            if reason:
                meeting.end(action_id, "dropped", reason)
                self.say(_("Dropped."))
                return True
        return False

    def _decide(self, meeting: Meeting, text: str) -> None:
        if meeting.enough_actions:
            self.say(_("Three new actions are enough for one round."))
            return
        draft = words.draft(meeting.current)
        if not text and draft:
            text = self.default(_("What will you do?"), draft)
        text = text or self.ask(labelled(_("What will you do?"), "")).strip()
        if not text:
            return
        action = meeting.decide(text)
        owner = self.ask(_("Who does it? (empty: nobody yet): ")).strip()
        meeting.amend(action, owner=owner)
        proposed = (self.host.today + timedelta(days=DUE_IN_DAYS)).isoformat()
        while True:
            told = self.default(_("By when? A day, a number of days, or - for none"), proposed)
            day = due_day(told, self.host.today)
            if day is not None or told == "-":
                break
            self.say(_("A day such as {day}, a number of days, or - for none.").format(day=proposed))
        meeting.amend(action, owner=owner, due=day)
        self.say(_("Decided."))

    # the practices

    def _list(self, meeting: Meeting) -> None:
        called = len(meeting.brief.called)
        if not called:
            self.say("", _("Nothing calls for talk: people agree, and what they know is at its goal."))
        else:
            n = ngettext("{n} practice is worth talking about:", "{n} practices are worth talking about:", called)
            self.say("", n.format(n=called))
        for number, item in enumerate(meeting.brief.items[:called], start=1):
            practice = meeting.questionnaire.practices[item.practice]
            told = words.calls(item, meeting.brief.of(practice.id))
            mark = "✓" if meeting.settled(practice) else "·"
            self.say(f"  {mark} {number}  {labelled(practice.title, told)}")

    def _talk(self, meeting: Meeting) -> bool:
        """Go through what is on the list and not settled, each once. False when somebody quits before the end."""
        seen: set[str] = set()
        if not meeting.next_open(or_stay=False):
            self.say(_("Everything is settled. An empty line ends the meeting; l NUMBER opens a practice again."))
            while (step := self.answer(meeting)) is Step.BACK:
                meeting.go(meeting.position - 1)
                self._show(meeting)
            return step is not Step.QUIT
        while meeting.left_open:
            self._show(meeting)
            step = self.answer(meeting)
            seen.add(meeting.current.id)
            if step is Step.QUIT:
                return False
            if step is Step.BACK:
                meeting.go(meeting.position - 1)
                continue
            following = [practice for practice in meeting.left_open if practice not in seen]
            if not following:
                return True
            meeting.go(meeting.brief.called.index(following[0]))
        return True

    def _show(self, meeting: Meeting) -> None:
        practice, item, brief = meeting.current, meeting.item, meeting.brief
        counted, before = brief.of(practice.id), brief.last(practice.id)
        place = _("{n} of {all} on the list").format(n=meeting.position + 1, all=len(brief.called))
        self.say("", labelled(place, words.calls(item, counted)), practice.title, practice.question)
        chosen = meeting.answer.level
        for i, level in enumerate(practice.levels):
            count = f"{counted.counts[i]}×" if counted.counts[i] else "–"
            marks = "".join(f"  {mark}" for mark in words.marks(i, counted, before, meeting.answer))
            agreed = "   " + _("(agreed)") if chosen == i else ""
            self.say(f"  {i}  {count:>3}  {level.text}{marks}{agreed}")
        self.say("  " + labelled(_("Answers"), answers_word(counted)))
        self.say(*(f"  {line}" for line in words.last_time(brief, practice.id)))
        balance = words.balance(brief, practice.id, meeting.questionnaire)
        self.say(*([f"  {labelled(_('Out of balance'), balance)}"] if balance else []))
        self.say(*(f"  “{' '.join(text.split())}”" for text in brief.written.get(practice.id, ())))
        self.say(*(f"  {labelled(*part)}" for part in words.come_to(meeting.answer)))
        self.say(words.prompt(item, counted, nameless=brief.nameless))

    def act(self, session: Meeting, line: str) -> Step:
        """Do what a line says; where somebody else has the sheet open, only what changes nothing."""
        first, *others = line.split(maxsplit=1)[:2] or [""]
        word, rest = unicodedata.normalize("NFKC", first).lower(), "".join(others).strip()
        if word not in _CHANGES_NOTHING and not session.may_change():
            self.read_only(session)
            return Step.STAY
        top = len(session.current.levels) - 1
        if not rest and word in map(str, range(top + 1)):
            session.choose(int(word))
        elif word == "?" and not rest:
            session.choose(DONT_KNOW)
        elif word == "x":
            self.does_not_apply(session, rest)
        elif not rest and word in {"", "s"}:
            return Step.ON
        elif not rest and word in {"b", "q"}:
            return Step.BACK if word == "b" else Step.QUIT
        else:
            self._more(session, word, rest)
            return Step.STAY
        if session.answer.mark.value != "unanswered":
            self.say(labelled(_("Agreed"), words.agreed(session.answer)))
        return Step.STAY

    def _more(self, meeting: Meeting, word: str, rest: str) -> None:
        if word == "n" and rest:
            self.add_note(meeting, rest)
        elif word == "d":
            meeting.dissent(rest or self.ask(_("What do some see otherwise? ")))
            self.say(_("Kept.") if meeting.answer.dissent else _("No dissent is kept here."))
        elif word == "g":
            self._goal(meeting, rest)
        elif word == "a":
            self._decide(meeting, rest)
        elif word == "w" and meeting.answer.answer == NOT_APPLICABLE:
            self.say(_("It does not apply: that is its reason."))
        elif word == "w":
            meeting.accept(rest or self.ask(_("Why may it fall? ")))
            self.say(_("Kept."))
        elif word == "z" and not rest:
            self.say(_("Undone") if meeting.undo() else _("Nothing to undo"))
        elif word == "l":
            self._go_to(meeting, rest)
        elif word == "h":
            about = (labelled(*pair) for pair in self.host.about(meeting.current))
            self.say(_help(), *(f"  {line}" for line in about))
        else:
            self.say(_("“{line}” is not known here.").format(line=f"{word} {rest}".strip()), _help())

    def _goal(self, meeting: Meeting, rest: str) -> None:
        top = len(meeting.current.levels) - 1
        told = rest or self.ask(_("The goal: a level, then why (an empty line takes it back): ")).strip()
        if not told:
            meeting.goal(None)
            self.say(_("No goal is set here."))
            return
        level, reason = level_and_reason(told)
        if level is None or level > top:
            self.say(_("First a level from 0 to {top}, then why.").format(top=top))
            return
        reason = reason or self.ask(_("Why this level? ")).strip()
        if not reason:
            self.say(_("Why this level? A goal with a reason is a choice, not a gap."))
            return
        meeting.goal(level, reason)
        self.say(labelled(_("Goal"), words.goal(meeting.answer)))

    def _go_to(self, meeting: Meeting, rest: str) -> None:
        number = unicodedata.normalize("NFKC", rest)
        if number.isascii() and number.isdigit() and 0 < int(number[:6]) <= len(meeting.practices):
            meeting.go(int(number) - 1)
            self._show(meeting)
        else:
            self._list(meeting)


def _help() -> str:
    return _(
        "Agree with a level, ? don't know or x REASON does not apply; d TEXT keeps what some see otherwise, "
        "g LEVEL REASON sets a goal, a TEXT decides on an action, w REASON says why it may fall, n TEXT adds a "
        "note, z takes back what was last said; an empty line goes on, b back, l lists, l NUMBER opens, "
        "h explains, q saves and quits."
    )
