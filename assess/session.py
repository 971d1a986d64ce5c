"""An open sheet: answer, move, undo, redo, save. The terminal and the plain prompts are two faces of it.

No Textual and no clock of its own. Every change makes a new sheet and saves it; only typing a note waits for
`flush`, so that the words are in the model with every key and on disk a moment later. A face whose keys should not
wait for a disk has it written aside: in a thread, which sees nothing but the sheet and the store.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from assess.core.answers import EMPTY, NOT_APPLICABLE, Answer, Choice, Mark, Sheet
from assess.core.message import Message
from assess.core.pace import Pace
from assess.core.questionnaire import Dimension, Practice, Questionnaire
from assess.core.text import writable
from assess.files.aside import Aside
from assess.files.lock import Holder
from assess.files.reason import reason
from assess.files.sheetfile import ChangedElsewhereError, HeldError, NotSavedError, Other
from assess.files.store import Store

Clock = Callable[[], datetime]
NOT_SAVED = 4
"""The exit code of a sitting that ends with something unsaved, or in which an answer could not be taken."""


@dataclass(frozen=True, slots=True)
class SaveState:
    """Whether what is on the screen is on disk: when it was saved, or why it could not be.

    `conflict` is True when something else has changed the file and somebody has to decide; `held` is who else has
    the sheet open, so that it can only be read here.
    """

    at: datetime | None = None
    failure: Message | None = None
    conflict: bool = False
    held: Holder | None = None


class Difference(NamedTuple):
    """One answer that is not in the file as it is here; `title` is the practice's, else its id."""

    title: str
    here: Answer
    there: Answer


@dataclass(frozen=True, slots=True)
class _Step:
    """What undo goes back to: the sheet as it was and the question that was open."""

    sheet: Sheet
    position: int


class Session:
    """One sheet being filled in. `position` is the open question, an index into `practices`.

    When the store cannot save, the session goes on, says why in `saved`, and tries again with the next change and
    at every `flush`. While somebody else holds the sheet nothing can be changed; each try asks again who does.
    `refused` says that this has happened. `told` is what a face says before the first question, where there is
    anything to say.
    """

    def __init__(
        self,
        questionnaire: Questionnaire,
        asked: tuple[str, ...],
        sheet: Sheet,
        store: Store,
        clock: Clock,
        *,
        told: Message | None = None,
    ) -> None:
        self.questionnaire = questionnaire
        self.practices: tuple[Practice, ...] = tuple(questionnaire.practices[p] for p in asked)
        self.sheet = sheet
        self.position = 0
        self.told = told
        self.refused = False
        self.saved = SaveState(held=store.hold())
        self.save_soon: Callable[[], object] = self.flush
        """What a change calls once it is made. A face may paint first and call `flush` or `flush_aside` after."""
        self._store = store
        self._clock = clock
        self._pace = Pace(clock())
        self._undo: list[_Step] = []
        self._redo: list[_Step] = []
        self._typing: str | None = None
        self._dirty = False
        self._aside: Aside | None = None
        self._counted: tuple[Sheet | None, int] = (None, 0)
        self.next_unanswered(or_stay=False)

    # what is shown

    @property
    def current(self) -> Practice:
        """The practice of the open question."""
        return self.practices[self.position]

    @property
    def dimension(self) -> Dimension:
        """The dimension of the open question."""
        return self.questionnaire.dimension_of[self.current.id]

    @property
    def answer(self) -> Answer:
        """The answer to the open question."""
        return self.sheet.get(self.current.id)

    @property
    def answered(self) -> int:
        """How many of the asked questions have an answer of any kind; counted once for each state of the sheet."""
        sheet, count = self._counted
        if sheet is not self.sheet:
            count = sum(self.mark(p) is not Mark.UNANSWERED for p in self.practices)
            self._counted = (self.sheet, count)
        return count

    @property
    def complete(self) -> bool:
        """Whether every asked question has an answer."""
        return self.answered == len(self.practices)

    @property
    def minutes_left(self) -> int:
        """About how many minutes the unanswered questions will take, at the pace of this sitting."""
        return self._pace.left(len(self.practices) - self.answered, len(self.practices))

    @property
    def unsaved(self) -> bool:
        """Whether something is in the model and not on disk."""
        return self._dirty

    @property
    def read_only(self) -> bool:
        """Whether somebody else has the sheet open, and nothing of ours waits to be written."""
        return self.saved.held is not None and not self._dirty

    def mark(self, practice: Practice) -> Mark:
        """Where the question of a practice stands."""
        return self.sheet.get(practice.id).mark

    # changes to the open question

    def choose(self, choice: Choice) -> None:
        """Answer with a level of this practice or `dont-know`. Unknown levels raise ValueError."""
        if isinstance(choice, int) and not 0 <= choice < len(self.current.levels):
            raise ValueError(f"{self.current.id} has no level {choice}")
        self._set(answer=choice, reason=self._reason_beside(choice))

    def not_applicable(self, reason: str) -> None:
        """Say that the practice does not apply, and why. An empty reason raises ValueError."""
        if not writable(reason).strip():
            raise ValueError("a reason is needed")
        self._set(answer=NOT_APPLICABLE, reason=writable(reason).strip())

    def clear(self) -> None:
        """Take the answer back; note and evidence stay."""
        self._set(answer=None, reason=self._reason_beside(None))

    def note(self, text: str) -> None:
        """Replace the note while it is typed. In the model at once; on disk with `flush`.

        A note is kept as lines of text, so a last line end is added where it is missing. All typing on one
        question is one step of undo.
        """
        text = writable(text)
        stored = text if not text or text.endswith("\n") else text + "\n"
        if stored != self.answer.note:
            self._change(replace_answer(self.answer, note=stored), typing=self.current.id)

    def evidence(self, links: tuple[str, ...], *, typing: bool = False) -> None:
        """Replace the list of links and paths; empty ones are left out. While they are typed, as `note` does."""
        kept = tuple(link for link in (writable(link).strip() for link in links) if link)
        if kept != self.answer.evidence:
            self._change(
                replace_answer(self.answer, evidence=kept), f"{self.current.id} links" if typing else None
            )
        if not typing:
            self.save_soon()

    def discuss(self) -> None:
        """Mark the question for the team's talk, or take the mark away."""
        self._set(discuss=not self.answer.discuss)

    def undo(self) -> bool:
        """Go back one change and to its question. False when there is none."""
        return self._step(self._undo, self._redo)

    def redo(self) -> bool:
        """Do the change again that was last undone. False when there is none."""
        return self._step(self._redo, self._undo)

    # moving

    def go(self, position: int) -> None:
        """Open a question by its index, kept within the questionnaire."""
        self._typing = None
        self.position = max(0, min(position, len(self.practices) - 1))

    def next_unanswered(self, *, or_stay: bool = True) -> bool:
        """Open the next unanswered question, from here round to the start. False when there is none."""
        count = len(self.practices)
        first = self.position + 1 if or_stay else 0
        for step in range(count):
            position = (first + step) % count
            if self.mark(self.practices[position]) is Mark.UNANSWERED:
                self.go(position)
                return True
        return False

    def next_dimension(self, direction: int = 1) -> None:
        """Open the first question of the next dimension (or of the one before, with -1)."""
        starts = [
            i for i, p in enumerate(self.practices) if i == 0 or self._dimension_at(i) != self._dimension_at(i - 1)
        ]
        if direction > 0:
            self.go(next((i for i in starts if i > self.position), self.position))
        else:
            here = max(i for i in starts if i <= self.position)
            self.go(max((i for i in starts if i < here), default=0))

    # saving

    def flush(self) -> bool:
        """Write what is not on disk yet. False when that failed; `saved` then says why.

        What was written in this sitting is looked after: where it is not in the file any more, it is not saved.
        """
        self.settle()
        if not self._dirty:
            return self._still_there()
        sheet = self.sheet
        return self._written(sheet, lambda: self._store.save(sheet))

    def _still_there(self) -> bool:
        if self.saved.at is None:
            return True
        try:
            self._store.check()
        except ChangedElsewhereError as error:
            self.saved = replace(self.saved, failure=error.reason, conflict=True)
            self._dirty = True
        except OSError:
            return True  # it cannot be looked at now, which says nothing about what was written
        return not self._dirty

    def flush_aside(self, told: Callable[[], object]) -> None:
        """As `flush`, while keys are taken: a thread calls `told` at the end, then `settle` says what came of it.

        Only one at a time is under way, and all else that has to do with the file waits for it.
        """
        if self._dirty and self._aside is None:
            self._aside = Aside(self._store.save, self.sheet, told)

    def settle(self) -> None:
        """Wait for a save that is under way, and note what came of it."""
        aside, self._aside = self._aside, None
        if aside is not None:
            self._written(aside.sheet, aside.wait)

    def _written(self, sheet: Sheet, work: Callable[[], object]) -> bool:
        try:
            work()
        except OSError as error:
            conflict = isinstance(error, ChangedElsewhereError)
            held = error.holder if isinstance(error, HeldError) else None
            why = error.reason if isinstance(error, NotSavedError) else reason(error)
            self.saved = replace(self.saved, failure=why, conflict=conflict, held=held)
            return False
        self._dirty = self.sheet is not sheet  # more may have been answered meanwhile
        self.saved = SaveState(at=self._clock())
        return True

    def close(self) -> None:
        """Let others write this sheet; nothing is saved after that."""
        self.settle()
        self._store.close()

    # when the file has changed elsewhere

    def other(self) -> Other:
        """What lies in the file now."""
        self.settle()
        return self._store.other()

    def differences(self, other: Other) -> tuple[Difference, ...]:
        """The answers that differ, in the order of the questions, others after them."""
        if other.sheet is None:
            return ()
        here, there = self.sheet, other.sheet
        titles = {practice.id: practice.title for practice in self.practices}
        rest = sorted({*here.answers, *there.answers} - titles.keys())
        pairs = (Difference(titles.get(p, p), here.get(p), there.get(p)) for p in (*titles, *rest))
        return tuple(pair for pair in pairs if pair.here != pair.there)

    def take_theirs(self, other: Other) -> None:
        """Go on with what the file says; undo brings back what was here."""
        assert other.sheet is not None, "what cannot be read cannot be taken up"
        self.settle()
        self._store.accept(other)
        self._undo.append(_Step(self.sheet, self.position))
        self._redo.clear()
        self.sheet, self._typing, self._dirty = other.sheet, None, False
        self.saved = SaveState(at=self._clock())

    def keep_mine(self, other: Other) -> bool:
        """Write what is here over what the file says. False when that failed."""
        self.settle()
        self._store.accept(other)
        self._dirty = True
        return self.flush()

    # inside

    def _dimension_at(self, position: int) -> str:
        return self.questionnaire.dimension_of[self.practices[position].id].id

    def _reason_beside(self, choice: Choice | None) -> str:
        """A reason for not applicable goes with it; any other reason (on a team sheet) stays."""
        leaves = self.answer.answer == NOT_APPLICABLE and choice != NOT_APPLICABLE
        return "" if leaves else self.answer.reason

    def may_change(self) -> bool:
        """Whether answers can be given: nobody else has the sheet open, or has not any more."""
        self.look_again()
        self.refused = self.refused or self.read_only
        return not self.read_only

    def look_again(self) -> bool:
        """Where somebody else had the sheet open and has left, go on with what they wrote: true when it is so."""
        if not self.read_only:
            return False
        self.saved = replace(self.saved, held=self._store.hold())
        if self.saved.held is not None:
            return False
        other = self._store.other()
        if other.sheet is not None:
            self._store.accept(other)
            self.sheet = other.sheet
        return True

    def _set(self, **changes: object) -> None:
        answer = replace_answer(self.answer, **changes)
        if answer != self.answer:
            self._change(answer)
        self.save_soon()

    def _change(self, answer: Answer, typing: str | None = None) -> None:
        now, before = self._clock(), self.answer
        changed = self.become(lambda sheet: sheet.with_answer(self.current.id, answer, now.date()), typing)
        if changed and before.answer is None and answer.answer is not None:
            self._pace = self._pace.answered(now)

    def become(self, change: Callable[[Sheet], Sheet], typing: str | None = None) -> bool:
        """Take another state of the whole sheet, which undo takes back; False where it can only be read.

        What is typed is one step as long as `typing` stays the same. Saving is left to the caller.
        """
        if not self.may_change():
            return False
        if typing is None or typing != self._typing:
            self._undo.append(_Step(self.sheet, self.position))
        self._typing = typing
        self._redo.clear()
        self.sheet = change(self.sheet)
        self._dirty = True
        return True

    def _step(self, from_: list[_Step], to: list[_Step]) -> bool:
        if not from_:
            return False
        step = from_.pop()
        to.append(_Step(self.sheet, step.position))
        self.sheet, self.position = step.sheet, step.position
        self._typing = None
        self._dirty = True
        self.save_soon()
        return True


def replace_answer(answer: Answer, /, **changes: object) -> Answer:
    """The answer with some fields changed; one without anything in it is the empty answer."""
    return Answer.model_validate({**dict(answer), **changes}) if changes else answer or EMPTY
