"""Strategies that make any sheet at all, with the texts that are hardest to write and to read back."""

from __future__ import annotations

import unicodedata

from hypothesis import strategies as st

from assess.core.answers import EMPTY, Action, Answer, Goal, Sheet
from assess.core.questionnaire import QuestionnaireRef

TRICKY = st.sampled_from("\t\n\r\x85\u2028\u2029 :#-'\"\\|>&!%@")
CHARACTERS = TRICKY | st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff")
"""All that the reader takes."""
ANY_TEXT = st.text(CHARACTERS, max_size=40) | st.lists(
    st.sampled_from(["", " ", "a", "  a", "a ", "#", "# a", "- a", "a: b", "---",
     "...", "\ta", "a\t", "<<<<<<< x", "每周", "|", "no"]),
    max_size=6,
).map("\n".join)  # fmt: skip
SOME_TEXT = ANY_TEXT.filter(lambda text: text.strip() != "")
WORDS = ["null", "no", "true", "2026", "1e3", "-", "---", "_", "0x1F", "012", "小明", "ünï", "2026-Q4", "a.b"]


def _legal(text: str) -> bool:
    return text == unicodedata.normalize("NFC", text) and not text.startswith(".")


NAMES = st.sampled_from(WORDS) | st.text(
    st.characters(categories=["L", "N"]) | st.sampled_from("-_."), min_size=1, max_size=64
).filter(_legal)
DATES = st.dates()
CHOICES = st.sampled_from([None, "dont-know", "not-applicable", *range(7)])
GOALS = st.none() | st.builds(Goal, level=st.integers(0, 6), reason=SOME_TEXT)
ANSWERS = st.builds(
    Answer,
    answer=CHOICES,
    note=st.just("") | ANY_TEXT,
    evidence=st.lists(SOME_TEXT, max_size=3).map(tuple),
    reason=st.just("") | ANY_TEXT,
    discuss=st.booleans(),
    dissent=st.just("") | ANY_TEXT,
    goal=GOALS,
).filter(lambda answer: answer != EMPTY)
ACTIONS = st.builds(
    Action,
    id=NAMES,
    practice=st.none() | NAMES,
    text=SOME_TEXT,
    owner=st.none() | SOME_TEXT,
    due=st.none() | DATES,
    state=st.sampled_from(["open", "done", "dropped"]),
    why=ANY_TEXT,
)
SHEETS = st.builds(
    Sheet,
    questionnaire=st.builds(QuestionnaireRef, id=NAMES, version=SOME_TEXT),
    team=SOME_TEXT,
    round=NAMES,
    respondent=NAMES,
    asked=st.sampled_from(["pulse", "full"]),
    answered=DATES,
    answers=st.dictionaries(NAMES, ANSWERS, max_size=4),
    actions=st.lists(ACTIONS, max_size=3).map(tuple),
)
ORDERS = st.lists(NAMES, max_size=4)
