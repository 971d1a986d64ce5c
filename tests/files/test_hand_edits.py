"""A sheet that somebody edited by hand: saving changes what changed, and not one character more."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from assess.core.answers import EMPTY, Action, Answer, Goal, Sheet
from assess.core.questionnaire import QuestionnaireRef
from assess.core.round import Round
from assess.files import save, style, yamldoc
from assess.files.load import value_of

LAW = settings(
    derandomize=True, deadline=None, max_examples=250, suppress_health_check=list(HealthCheck), print_blob=False
)
DAY = date(2026, 11, 2)
LATER = date(2026, 11, 9)
ORDER = ("aa", "bb", "cc", "dd", "小组", "note", "goal")


def sheet_in(text: str) -> Sheet:
    loaded = value_of(Path("f.yaml"), yamldoc.read(text.encode(), "f.yaml"), Sheet)
    assert loaded.value is not None, (text, loaded.findings)
    return loaded.value


def meaning(sheet: Sheet) -> dict[str, Any]:
    return save.sheet_data(sheet, ORDER)


def saved(text: str, *edits: tuple[str, Answer]) -> str:
    """The text after these answers were given in it and saved."""
    old = new = sheet_in(text)
    for practice, answer in edits:
        new = new.with_answer(practice, answer, LATER)
    changed = save.changed_sheet(text, old, new, ORDER)
    assert meaning(sheet_in(changed)) == meaning(new)
    return changed


# any file that a person could have made of a sheet


@dataclass(frozen=True)
class HandMade:
    """A file, the comments in it, and what is written for each answer, from its key to its last value."""

    text: str
    comments: tuple[str, ...]
    answers: dict[str, str]


WORDS = st.sampled_from(
    [
        "since May",
        "每周三",
        "🙂 fine",
        "a: b",
        "no",
        "it's",
        'say "x"',
        "# not a comment",
        "x # y",
        "- a",
        "{a}",
        "3",
    ]
)
NOTES = st.lists(WORDS | st.sampled_from(["", "  deeper", "end "]), min_size=1, max_size=4).map("\n".join).flatmap(
    lambda text: st.sampled_from([text, text + "\n", text + "\n\n"])
)  # fmt: skip
ANSWERS = st.builds(
    Answer,
    answer=st.sampled_from([None, 0, 3, 4, "dont-know", "not-applicable"]),
    note=st.just("") | NOTES,
    evidence=st.lists(WORDS, max_size=3).map(tuple),
    reason=st.just("") | WORDS,
    discuss=st.booleans(),
    dissent=st.just("") | NOTES,
    goal=st.none() | st.builds(Goal, level=st.integers(0, 6), reason=WORDS),
)
SOME = ANSWERS.filter(lambda answer: answer != EMPTY)
ACTIONS = st.builds(Action, id=st.sampled_from(["a1", "a2"]), text=WORDS, owner=st.none() | WORDS)


class Hand:
    """Writes the same things in many ways."""

    def __init__(self, draw: Any) -> None:
        self.draw = draw
        self.comments: list[str] = []

    def one_of(self, *choices: Any) -> Any:
        return self.draw(st.sampled_from(choices))

    def comment(self) -> str:
        said = f"# remark {len(self.comments)} {self.one_of('', '’tis: so', '因为', '[x, y]')}".rstrip() + ";"
        self.comments.append(said)
        return said

    def tail(self) -> str:
        return self.one_of("", "", "", " ", "  ") or self.one_of("", f"  {self.comment()}")

    def between(self, indent: str) -> list[str]:
        return [
            self.one_of("", "  ") if blank else indent + self.one_of("", "", "  ") + self.comment()
            for blank in self.draw(st.lists(st.booleans(), max_size=2))
        ]

    def text(self, value: str) -> str:
        ways = [style.quoted(value)]
        if "\n" not in value:
            ways += [style.scalar(value), "'" + value.replace("'", "''") + "'"]
        return str(self.draw(st.sampled_from(ways)))

    def value(self, value: Any) -> str:
        if isinstance(value, dict):
            inner = ", ".join(f"{key}: {self.value(v)}" for key, v in value.items())
            return self.one_of("{%s}", "{ %s }", "{%s, }") % inner
        if isinstance(value, list):
            return self.one_of("[%s]", "[ %s ]", "[%s,]") % ", ".join(self.value(v) for v in value)
        return self.text(value) if isinstance(value, str) else style.scalar(value)

    def member(self, key: str, value: Any, indent: str) -> list[str]:
        name = self.one_of(key, key, f'"{key}"', f"'{key}'")
        lead = f"{indent}{name}:"
        deeper = indent + self.one_of("  ", "  ", "    ", " ")
        if isinstance(value, dict) and set(value) == {"answer"} and self.one_of(True, False):
            return [f"{lead} {self.value(value['answer'])}{self.tail()}"]
        if isinstance(value, dict) and value and self.one_of(True, True, False):
            rows = [row for k, v in value.items() for row in self.member(k, v, deeper) + self.between(deeper)]
            return [lead + self.tail(), *self.between(deeper), *rows]
        if isinstance(value, list) and value and self.one_of(True, False):
            at = self.one_of(indent, deeper)
            if isinstance(value[0], str):
                return [lead + self.tail(), *(f"{at}- {self.text(v)}{self.tail()}" for v in value)]
            return [lead + self.tail(), *(f"{at}- {self.value(v)}{self.tail()}" for v in value)]
        if isinstance(value, str) and key in {"note", "dissent"} and self.one_of(True, False):
            block = style.long_text(value, " " * (len(deeper) - 2))
            if block.body and len(deeper) > 1:
                tail = self.tail() if self.one_of(True, False) else ""
                return [f"{lead} {block.head}{tail}", *block.body]
        return [f"{lead} {self.value(value)}{self.tail()}"]


@st.composite
def hand_made(draw: Any) -> HandMade:
    hand = Hand(draw)
    answers = draw(st.dictionaries(st.sampled_from(ORDER), SOME, max_size=5))
    actions = tuple(draw(st.lists(ACTIONS, max_size=2, unique_by=lambda a: a.id)))
    sheet = Sheet(
        questionnaire=QuestionnaireRef(id="shipping-practices", version="1.0.0"), team="payments", round="2026-Q4",
        respondent="team", asked="full", answered=DAY, answers=answers, actions=actions,
    )  # fmt: skip
    data = save.sheet_data(sheet, draw(st.permutations(ORDER)))
    written: dict[str, str] = {}
    rows = hand.between("")
    end = hand.one_of("\n", "\n", "\r\n")
    indent = hand.one_of("  ", "    ", " ")
    for key, value in data.items():
        if key != "answers" or not value or hand.one_of(True, True, True, False):
            if key == "answers" and value:
                rows += ["answers:" + hand.tail(), *hand.between(indent)]
                for practice, answer in value.items():
                    lines = hand.member(practice, answer, indent)
                    written[practice] = end.join(lines).rstrip()
                    rows += [*lines, *hand.between(indent)]
            else:
                rows += hand.member(key, value, "")
        else:
            rows.append(f"answers: {hand.value(value)}")
        rows += hand.between("")
    text = end.join(rows) + hand.one_of("", end)
    document = yamldoc.read(text.encode(), "f.yaml")
    if document.findings or meaning(Sheet(**document.data)) != meaning(sheet):
        # blank lines behind a text that keeps its own, a text cut at the end of the file: another sheet
        event("says something else")
        text = save.sheet_text(sheet)
        return HandMade(text, (), {})
    return HandMade(text, tuple(c for c in hand.comments if c in text), written)


EDITS = st.lists(st.tuples(st.sampled_from(ORDER), ANSWERS), min_size=1, max_size=4)


@given(hand_made(), EDITS)
@LAW
def test_what_was_edited_is_said_and_everything_else_stays(
    file: HandMade, edits: list[tuple[str, Answer]]
) -> None:
    before = meaning(sheet_in(file.text))["answers"]

    after = saved(file.text, *edits)

    said = meaning(sheet_in(after))["answers"]
    for practice, text in file.answers.items():
        if said.get(practice) == before[practice]:
            assert text in after
    for comment in file.comments:
        assert after.count(comment) == 1, comment
    assert after.endswith("\n") >= file.text.endswith("\n")
    if "\r\n" in file.text:
        assert not re.search(r"(?<!\r)\n", after)
    if after.endswith("\n") and not file.text.endswith("\n"):  # only where a block text needs it
        cut = yamldoc.read(after.removesuffix("\n").removesuffix("\r").encode(), "f.yaml").data
        assert meaning(Sheet(**cut)) != meaning(sheet_in(after))


@given(hand_made(), EDITS)
@LAW
def test_taking_everything_back_is_the_file_as_it_was(file: HandMade, edits: list[tuple[str, Answer]]) -> None:
    sheet = sheet_in(file.text)

    assert save.changed_sheet(file.text, sheet, sheet, ORDER) == file.text
    twice = saved(saved(file.text, *edits), *edits)
    assert twice == saved(file.text, *edits)


# what it looks like

HEAD = """\
# our sheet, kept by hand
format: assess.answers/1
questionnaire: {id: shipping-practices, version: "1.0.0"}
round:   2026-Q4        # the autumn
team:    'payments'
respondent: alice
asked: full
answered: 2026-11-02    # last change
"""
NEW_HEAD = HEAD.replace("2026-11-02", "2026-11-09")


@pytest.mark.parametrize(
    ("before", "answer", "after"),
    [
        pytest.param(
            "answers: {}  # none yet\n", Answer(answer=3), "answers:  # none yet\n  bb: 3\n", id="the first"
        ),
        pytest.param(
            "answers:\n    aa: 1 # ours\n\n    cc: 2\n",
            Answer(answer=3),
            "answers:\n    aa: 1 # ours\n    bb: 3\n\n    cc: 2\n",
            id="between two, at their depth",
        ),
        pytest.param(
            "answers:\n  # of May\n  bb: 1   # so far\n  aa: 2",
            Answer(answer=3),
            "answers:\n  # of May\n  bb: 3   # so far\n  aa: 2",
            id="a level, in an order of one's own and without a last line end",
        ),
        pytest.param(
            "answers:\n  bb: 3   # so far\n  cc: 1\n",
            Answer(answer=3, note="每周三 🙂\n", discuss=True),
            "answers:\n  bb:   # so far\n    answer: 3\n    note: |\n      每周三 🙂\n    discuss: true\n"
            "  cc: 1\n",
            id="a note to a bare answer",
        ),
        pytest.param(
            'answers:\n  bb:\n     "note": |  # of Tuesday\n        one\n\n        two \n     answer: 3\n',
            Answer(answer=3, note="one\n\ntwo \nthree\n"),
            'answers:\n  bb:\n     "note": |  # of Tuesday\n        one\n\n        two \n        three\n'
            "     answer: 3\n",
            id="a line to a note, at its depth",
        ),
        pytest.param(
            "answers:\n  bb: { answer: not-applicable, reason: none here }  # why\n",
            Answer(note="None.\n", discuss=True),
            'answers:\n  bb: {note: "None.\\n", discuss: true  }  # why\n',
            id="everything between braces anew",
        ),
        pytest.param(
            "answers:\n  bb: {answer: 1, note: 'x', evidence: [a, 'b', c]}\n",
            Answer(answer=4, note="x", evidence=("a", "c"), discuss=True),
            "answers:\n  bb: {answer: 4, note: 'x', evidence: [a, c], discuss: true}\n",
            id="an answer in braces",
        ),
        pytest.param(
            "answers:\n  bb:\n    answer: 1\n    evidence:\n    - a  # why\n    - b\n  cc: 1\n",
            Answer(answer=1, evidence=("a", "b", "c")),
            'answers:\n  bb:\n    answer: 1\n    evidence:\n    - a  # why\n    - b\n    - "c"\n  cc: 1\n',
            id="a link to a list",
        ),
        pytest.param(
            "answers:\n  aa: 1\n  bb:  # ask Ben\n    answer: 1\n    note: x  # said in May\n  cc: 1\n",
            EMPTY,
            "answers:\n  aa: 1\n  # ask Ben\n  # said in May\n  cc: 1\n",
            id="an answer that is taken back, and the remarks beside it",
        ),
        pytest.param("answers:\n  bb: 1\n", EMPTY, "answers: {}\n", id="the last answer that is taken back"),
        pytest.param(
            "answers:\n  bb:\n    answer: 1\n    reason: ''\n    discuss: false\n    evidence: []\n",
            Answer(answer=2),
            "answers:\n  bb:\n    answer: 2\n    reason: ''\n    discuss: false\n    evidence: []\n",
            id="what is written though it is the default",
        ),
    ],
)  # fmt: skip
def test_a_save_looks_like_this(before: str, answer: Answer, after: str) -> None:
    assert saved(HEAD + before, ("bb", answer)) == NEW_HEAD + after
    crlf = (HEAD + before).replace("\n", "\r\n")
    assert saved(crlf, ("bb", answer)) == (NEW_HEAD + after).replace("\n", "\r\n")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_last_line_gets_its_end_when_a_text_needs_it(end: str) -> None:
    before = HEAD + "answers:\n  bb: 1"

    after = saved(before.replace("\n", end), ("bb", Answer(answer=1, note="two lines\nof text\n")))

    expected = NEW_HEAD + "answers:\n  bb:\n    answer: 1\n    note: |\n      two lines\n      of text\n"
    assert after == expected.replace("\n", end)


def test_a_text_at_the_end_gets_no_line_end_from_what_follows_it() -> None:
    after = saved(HEAD + "answers:\n  aa:\n    note: |\n      cut short", ("bb", Answer(answer=1)))

    assert after == NEW_HEAD + "answers:\n  aa:\n    note: |-\n      cut short\n  bb: 1"


def test_keys_with_a_question_mark_stay_as_they_are() -> None:
    before = "answers:\n  ? aa\n  : 1\n  ? bb\n  : 2\n"

    after = saved(HEAD + before, ("cc", Answer(answer=3)), ("bb", Answer(answer=4)))

    assert after == NEW_HEAD + before.replace(": 2", ": 4") + "  cc: 3\n"


def test_a_layout_that_takes_no_change_is_written_anew_and_no_answer_is_lost() -> None:
    before = HEAD + "answers: {\n  aa: 1 # a remark before a comma\n  , bb: 2}\n"

    after = saved(before, ("aa", EMPTY), ("cc", Answer(answer=3)))

    assert after.endswith("answers:\n  bb: 2\n  cc: 3\n")


def test_a_round_that_is_closed_keeps_its_remarks() -> None:
    text = (
        "# agreed on Monday\nformat: assess.round/1\nround: 2026-Q4\nteam: payments\n"
        "state: open   # until Friday\n"
        'privacy: open\nasked: full\n\nquestionnaire: {id: shipping-practices, version: "1.0.0"}\n'
    )
    old = value_of(Path("round.yaml"), yamldoc.read(text.encode(), "round.yaml"), Round).value
    assert old is not None

    new = old.model_copy(update={"state": "closed"})

    assert save.changed_round(text, old, new) == text.replace("state: open ", "state: closed ")
