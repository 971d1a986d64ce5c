"""The session: what is on the screen is in the model, what is in the model is on disk, and undo is exact."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from stores import Disk

from assess.core.answers import EMPTY, Answer, Mark, Sheet
from assess.core.questionnaire import Dimension, Level, Practice, Questionnaire, QuestionnaireRef
from assess.files.load import value_of
from assess.files.lock import Holder
from assess.files.sheetfile import Other
from assess.files.yamldoc import read
from assess.session import Session

NOW = datetime(2026, 11, 23, 14, 3)  # noqa: DTZ001  (a wall clock, as cli gives it)


def practice(name: str, levels: int) -> Practice:
    texts = tuple(Level(text=f"level {i}") for i in range(levels))
    return Practice(id=name, title=name, question="?", levels=texts, pulse=True)


QUESTIONNAIRE = Questionnaire(
    format="assess.questionnaire/1",
    id="small",
    version="1",
    title="Small",
    language="en",
    dimensions=(
        Dimension(id="one", title="One", practices=(practice("a", 5), practice("b", 2))),
        Dimension(id="two", title="Two", practices=(practice("c", 7),)),
    ),
)


def opened(disk: Disk) -> Session:
    sheet = Sheet(
        questionnaire=QuestionnaireRef(id="small", version="1"),
        team="t",
        round="r",
        respondent="ada",
        asked="pulse",
        answered=date(2026, 11, 1),
    )
    return Session(QUESTIONNAIRE, QUESTIONNAIRE.asked("pulse"), sheet, disk, lambda: NOW)


def test_an_answer_is_on_disk_at_once() -> None:
    disk = Disk()
    session = opened(disk)

    session.choose(3)

    assert "  a: 3\n" in disk.text
    assert "answered: 2026-11-23" in disk.text
    assert session.saved.at == NOW


def test_a_failed_save_is_told_and_made_good_with_the_next_chance() -> None:
    disk = Disk()
    session = opened(disk)
    disk.full = True

    session.choose(3)
    failed = session.saved.failure
    disk.full = False
    kept = session.flush()

    assert str(failed) == "the disk is full"
    assert kept
    assert "  a: 3\n" in disk.text
    assert session.saved.failure is None


class Slow(Disk):
    """A disk that takes as long as a test wants."""

    def __init__(self) -> None:
        super().__init__()
        self.goes_on = Event()
        self.saves = 0

    def save(self, sheet: Sheet) -> None:
        assert self.goes_on.wait(30)
        self.saves += 1
        super().save(sheet)


def set_aside(disk: Disk) -> tuple[Session, Event]:
    """A session with one answer on its way to disk, and what is set once that has ended."""
    session, ended = opened(disk), Event()
    session.save_soon = lambda: None
    session.choose(3)
    session.flush_aside(ended.set)
    return session, ended


def test_answers_are_taken_while_another_one_is_written() -> None:
    disk = Slow()
    session, ended = set_aside(disk)

    session.go(1)
    session.choose(1)
    session.flush_aside(lambda: None)  # one at a time
    disk.goes_on.set()
    assert ended.wait(30)
    session.settle()

    assert "a: 3" in disk.text
    assert "b: 1" not in disk.text
    assert session.unsaved
    assert session.flush()
    assert "b: 1" in disk.text
    assert disk.saves == 2


def test_saving_at_once_waits_for_what_is_under_way_and_is_the_last_word() -> None:
    disk = Slow()
    session, ended = set_aside(disk)
    session.choose(2)
    disk.goes_on.set()

    assert session.flush()

    assert ended.is_set()
    assert "a: 2" in disk.text
    assert not session.unsaved


def test_leaving_waits_for_what_is_under_way() -> None:
    disk = Slow()
    session, ended = set_aside(disk)
    disk.goes_on.set()

    session.close()

    assert ended.is_set()
    assert not session.unsaved


def test_a_save_aside_that_failed_is_told_and_tried_again() -> None:
    disk = Disk()
    disk.full = True
    session, ended = set_aside(disk)
    assert ended.wait(30)

    session.settle()

    assert session.unsaved
    assert str(session.saved.failure) == "the disk is full"
    disk.full = False
    assert session.flush()
    assert "a: 3" in disk.text


def test_nothing_is_changed_in_a_sheet_that_somebody_else_has_open() -> None:
    disk = Disk()
    disk.holder = Holder("4242", "pine", "2026-11-23 10:05")
    session = opened(disk)

    session.choose(3)
    session.note("lost?")
    session.undo()

    assert session.saved.held == disk.holder
    assert session.sheet.answers == {}
    assert not session.unsaved
    assert disk.text == ""


def test_once_the_other_one_has_left_answers_are_taken() -> None:
    disk = Disk()
    disk.holder = Holder("4242", "pine", "2026-11-23 10:05")
    session = opened(disk)
    session.choose(3)

    disk.holder = None
    session.choose(2)

    assert session.saved.held is None
    assert "  a: 2\n" in disk.text


def changed_elsewhere(disk: Disk, session: Session) -> Other:
    theirs = session.sheet.with_answer("a", Answer(answer=0), date(2026, 11, 20))
    disk.changed = Other(b"", theirs.with_answer("b", Answer(answer=1, note="Theirs.\n"), date(2026, 11, 20)))
    session.choose(3)
    assert session.saved.conflict
    return session.other()


def test_what_changed_elsewhere_is_shown_answer_by_answer() -> None:
    disk = Disk()
    session = opened(disk)

    other = changed_elsewhere(disk, session)

    assert [(d.title, d.here.answer, d.there.answer) for d in session.differences(other)] == [
        ("a", 3, 0),
        ("b", None, 1),
    ]


def test_taking_the_files_answers_can_be_undone() -> None:
    disk = Disk()
    session = opened(disk)
    other = changed_elsewhere(disk, session)

    session.take_theirs(other)

    assert session.sheet == other.sheet
    assert not session.unsaved
    assert not session.saved.conflict
    assert session.undo()
    assert session.sheet.get("a").answer == 3
    assert "  a: 3\n" in disk.text


def test_keeping_ones_own_writes_them_over_the_files() -> None:
    disk = Disk()
    session = opened(disk)
    other = changed_elsewhere(disk, session)

    assert session.keep_mine(other)

    assert "  a: 3\n" in disk.text
    assert "  b:" not in disk.text


def test_typing_a_note_is_one_step_of_undo_and_waits_for_flush() -> None:
    disk = Disk()
    session = opened(disk)
    session.choose(3)

    for end in range(1, 6):
        session.note("hello"[:end])
    before_flush = disk.text
    session.flush()
    session.undo()

    assert "hello" not in before_flush
    assert session.answer.note == ""
    assert session.answer.answer == 3


def test_a_reason_leaves_with_the_answer_it_explains() -> None:
    session = opened(Disk())
    session.not_applicable("we have none")

    session.choose(1)

    assert session.answer.reason == ""


@pytest.mark.parametrize("reason", ["", "  ", "\x1b"])
def test_not_applicable_needs_a_reason(reason: str) -> None:
    with pytest.raises(ValueError, match="reason"):
        opened(Disk()).not_applicable(reason)


def test_a_level_the_practice_does_not_have_is_refused() -> None:
    session = opened(Disk())
    session.go(1)

    with pytest.raises(ValueError, match="no level 2"):
        session.choose(2)


def test_the_next_unanswered_question_is_found_from_here_round_to_the_start() -> None:
    session = opened(Disk())
    session.go(1)
    session.choose(1)
    session.go(2)
    session.choose("dont-know")

    found = session.next_unanswered()

    assert (found, session.current.id) == (True, "a")


def test_dimensions_are_walked_by_their_first_questions() -> None:
    session = opened(Disk())
    session.next_dimension()
    forward = session.current.id
    session.next_dimension(-1)

    assert (forward, session.current.id) == ("c", "a")


@given(st.text())
def test_whatever_is_typed_or_pasted_is_a_file_that_can_be_read_again(text: str) -> None:
    disk = Disk()
    session = opened(disk)

    session.note(text)
    session.evidence((text,))
    session.discuss()

    loaded = value_of(Path("x"), read(disk.text.encode(), "x"), Sheet)
    assert loaded.findings == ()
    assert loaded.value is not None
    assert loaded.value.get("a") == session.answer


class Sitting(RuleBasedStateMachine):
    """Any sequence of changes: the file is the model, and undoing everything is the start."""

    def __init__(self) -> None:
        super().__init__()
        self.disk = Disk()
        self.session = opened(self.disk)

    @rule(level=st.integers(0, 6))
    def answer(self, level: int) -> None:
        if level < len(self.session.current.levels):
            self.session.choose(level)

    @rule()
    def dont_know(self) -> None:
        self.session.choose("dont-know")

    @rule(reason=st.text("ab ", min_size=1))
    def not_applicable(self, reason: str) -> None:
        if reason.strip():
            self.session.not_applicable(reason)

    @rule()
    def clear(self) -> None:
        self.session.clear()

    @rule(text=st.text("a\n字 #"))
    def note(self, text: str) -> None:
        self.session.note(text)
        self.session.flush()

    @rule()
    def discuss(self) -> None:
        self.session.discuss()

    @rule(position=st.integers(-1, 4))
    def go(self, position: int) -> None:
        self.session.go(position)

    @rule()
    def undo(self) -> None:
        self.session.undo()

    @rule()
    def redo(self) -> None:
        self.session.redo()

    @invariant()
    def the_file_is_the_model(self) -> None:
        if self.disk.text:
            loaded = value_of(Path("x"), read(self.disk.text.encode(), "x"), Sheet)
            assert loaded.value is not None
            assert loaded.value.answers == self.session.sheet.answers

    @invariant()
    def what_is_answered_is_counted(self) -> None:
        marks = [self.session.mark(p) for p in self.session.practices]
        assert self.session.answered == len(marks) - marks.count(Mark.UNANSWERED)

    def teardown(self) -> None:
        while self.session.undo():
            pass
        assert self.session.sheet.answers == {}
        assert all(self.session.sheet.get(p.id) == EMPTY for p in self.session.practices)


TestSitting = Sitting.TestCase
