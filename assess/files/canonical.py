"""A person's sheet exactly as we write it, read many times as fast as YAML is.

Nine sheets in ten are never touched by hand. This reads those or says that it does not know; it never says that
something is wrong, and what it reads is what the reader of YAML would have read (a property test says so).
"""

from __future__ import annotations

import re
from typing import Any

from assess.files.scalar import plain_value
from assess.files.style import WORDS

_QUOTED = r'"[^"\\\n]*"'
_ID = r"[^\W_][\w.-]{0,63}"
_CHOICE = r"[0-6]|dont-know|not-applicable"
_HEAD = re.compile(
    r"format: assess\.answers/1\n"
    rf"questionnaire: \{{id: (?P<id>{_ID}), version: (?P<version>{_QUOTED})\}}\n"
    rf"team: (?P<team>{WORDS}|{_QUOTED})\n"
    rf"round: (?P<round>{WORDS}|{_QUOTED})\n"
    rf"respondent: (?P<respondent>{WORDS}|{_QUOTED})\n"
    r"asked: (?P<asked>pulse|full)\n"
    r"answered: (?P<answered>[0-9]{4}-[0-9]{2}-[0-9]{2})\n"
    r"answers:\n"
)
_ANSWER = re.compile(
    rf"  (?P<id>{_ID}):"
    rf"(?: (?P<bare>{_CHOICE})\n"
    rf"|\n(?:    answer: (?P<answer>{_CHOICE})\n)?"
    r"(?:    note: \|\n(?P<note>      [^\s#].*\n(?:(?:      .*\S.*)?\n)*))?"
    rf"(?:    evidence: (?P<evidence>\[{_QUOTED}(?:, {_QUOTED})*\])\n)?"
    rf"(?:    reason: (?P<reason>{_QUOTED})\n)?"
    r"(?:    discuss: (?P<discuss>true)\n)?)"
)


def sheet(text: str) -> dict[str, Any] | None:
    """The plain values of a sheet in our own form, as YAML has them; None for a text that is anything else.

    `text` holds no character of `NOT_TEXT` but for the line ends of Windows, which are not our form.
    """
    head = _HEAD.match(text)
    if head is None or "\r" in text:
        return None
    answers: dict[str, Any] = {}
    at, count = head.end(), 0
    while at < len(text):
        found = _ANSWER.match(text, at)
        if found is None:
            return None
        practice, bare = found.group("id", "bare")
        answer = _choice(bare) if bare is not None else _long_answer(found)
        if answer is None:
            return None
        answers[practice] = answer
        at, count = found.end(), count + 1
    if not count or count != len(answers):
        return None  # a key that stands twice is refused where lines and columns are known
    return {
        "format": "assess.answers/1",
        "questionnaire": {"id": plain_value(head["id"]), "version": head["version"][1:-1]},
        **{key: _word(head[key]) for key in ("team", "round", "respondent", "asked", "answered")},
        "answers": answers,
    }


def _choice(written: str) -> int | str:
    return int(written) if len(written) == 1 else written


def _long_answer(found: re.Match[str]) -> dict[str, Any] | None:
    """The value of one answer with more than a bare word; None for a form that is not ours after all."""
    answer, note, evidence, reason, discuss = found.group("answer", "note", "evidence", "reason", "discuss")
    value: dict[str, Any] = {}
    if answer is not None:
        value["answer"] = _choice(answer)
    if note is not None:
        if note.endswith("\n\n"):
            return None
        value["note"] = note[6:].replace("\n      ", "\n")
    if evidence is not None:
        value["evidence"] = evidence[2:-2].split('", "')
    if reason is not None:
        value["reason"] = reason[1:-1]
    if discuss is not None:
        value["discuss"] = True
    return value or None


def _word(written: str) -> Any:
    return written[1:-1] if written[0] == '"' else plain_value(written)
