"""What a new version of a questionnaire makes of older answers: ids that moved, practices retired, revised, added.

Pure functions over values. Sheets on disk keep their ids: nothing is rewritten because a questionnaire changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from assess.core.answers import EMPTY, Action, Answer, Sheet
from assess.core.counts import Counts
from assess.core.finding import Finding, Severity
from assess.core.message import Message, counted, message
from assess.core.questionnaire import Practice, Questionnaire, QuestionnaireRef, newer
from assess.core.round import Assessment, Round
from assess.core.text import quoted

NAMED = 6
"""So many ids a sentence names; whoever has to decide needs no longer list."""


# which practice an id means today


def _last(practice: str, questionnaire: Questionnaire) -> str:
    """The end of the chain of `moved` that begins at an id; on a ring, wherever it closes."""
    seen: set[str] = set()
    while practice not in questionnaire.practices and practice in questionnaire.moved and practice not in seen:
        seen.add(practice)
        practice = questionnaire.moved[practice]
    return practice


def renamed(practice: str, questionnaire: Questionnaire) -> str | None:
    """Today's id of a practice, followed through every `moved`; None where it was retired or never was one."""
    last = _last(practice, questionnaire)
    return last if last in questionnaire.practices else None


def retired(practice: str, questionnaire: Questionnaire) -> str | None:
    """The id under which a practice was retired, None where it was not."""
    last = _last(practice, questionnaire)
    return last if last in questionnaire.retired and last not in questionnaire.practices else None


def what_became(practice: str, questionnaire: Questionnaire) -> Message | None:
    """In words what became of an id that is no longer one; None for ids that are asked or were never known."""
    last = _last(practice, questionnaire)
    if last in questionnaire.practices:
        return None if last == practice else message("it is called “{id}” now", id=last)
    if last in questionnaire.retired:
        return message("it was retired: {why}", why=questionnaire.retired[last])
    return None


# older answers under today's ids


def outdated(sheet: Sheet, questionnaire: Questionnaire, until: str | None = None) -> frozenset[str]:
    """Today's ids of the practices that were answered in this sheet and revised after its version.

    With `until`, what was revised after that version does not count.
    """
    found = set()
    for practice_id, answer in sheet.answers.items():
        practice = questionnaire.practices.get(renamed(practice_id, questionnaire) or "")
        if practice is None or (answer.answer is None and answer.goal is None):
            continue
        later = until is not None and practice.revised_after(until)
        if practice.revised_after(sheet.questionnaire.version) and not later:
            found.add(practice.id)
    return frozenset(found)


def carried(sheet: Sheet, questionnaire: Questionnaire, until: str | None = None) -> Sheet:
    """The sheet as today's questionnaire reads it: under today's ids, and open again where it was revised.

    Retired ids stay as they are. Of an outdated answer every word stays, as a note; the level and the goal go,
    because they belong to the old meaning. `until` as in `outdated`.
    """
    if sheet.questionnaire.version == questionnaire.version and not _old_ids(sheet, questionnaire):
        return sheet  # most sheets, and a report reads dozens
    old = outdated(sheet, questionnaire, until)
    answers: dict[str, Answer] = {}
    for practice_id, answer in sheet.answers.items():
        today = renamed(practice_id, questionnaire) or practice_id
        if today in answers and practice_id != today:
            continue
        answers[today] = _reopened(answer) if today in old else answer
    return sheet.model_copy(
        update={
            "answers": {practice_id: answer for practice_id, answer in answers.items() if answer != EMPTY},
            "actions": tuple(_carried_action(action, questionnaire) for action in sheet.actions),
        }
    )


def _old_ids(sheet: Sheet, questionnaire: Questionnaire) -> bool:
    """Whether a sheet speaks of practices by ids that they had before."""
    used = {*sheet.answers, *(action.practice for action in sheet.actions)}
    return not questionnaire.moved.keys().isdisjoint(used)


def _reopened(answer: Answer) -> Answer:
    words = (answer.note, answer.reason, answer.goal.reason if answer.goal is not None else "")
    lines = [text for text in words if text.strip()]
    note = answer.note if lines == [answer.note] else "".join(text.rstrip("\n") + "\n" for text in lines)
    return answer.model_copy(update={"answer": None, "reason": "", "goal": None, "note": note})


def _carried_action(action: Action, questionnaire: Questionnaire) -> Action:
    today = None if action.practice is None else renamed(action.practice, questionnaire)
    return action if today is None else action.model_copy(update={"practice": today})


def carried_round(assessment: Assessment, questionnaire: Questionnaire) -> Assessment:
    """A round with all its sheets, or its counts, carried; scoring and the report look at nothing else."""
    team, counts = assessment.team_sheet, assessment.counts
    return replace(
        assessment,
        sheets=tuple(carried(sheet, questionnaire) for sheet in assessment.sheets),
        team_sheet=None if team is None else carried(team, questionnaire),
        counts=None if counts is None else _carried_counts(counts, questionnaire),
    )


def _carried_counts(counts: Counts, questionnaire: Questionnaire) -> Counts:
    """Counts under today's ids, without those of practices revised since."""
    today = {renamed(practice_id, questionnaire) or practice_id: t for practice_id, t in counts.practices.items()}
    version, known = counts.questionnaire.version, questionnaire.practices
    kept = {pid: t for pid, t in today.items() if pid not in known or not known[pid].revised_after(version)}
    return counts.model_copy(update={"practices": kept})


# going on with a sheet


def resumed(sheet: Sheet, questionnaire: Questionnaire, version: str) -> Sheet:
    """A sheet from disk as somebody goes on with it in a round of this version."""
    kept = sheet.questionnaire.version if newer(sheet.questionnaire.version, version) else version
    reference = QuestionnaireRef(id=sheet.questionnaire.id, version=kept)
    return carried(sheet, questionnaire, version).model_copy(update={"questionnaire": reference})


def with_ids_of(sheet: Sheet, file: Sheet, questionnaire: Questionnaire) -> Sheet:
    """A resumed sheet under the ids that its file uses; what the file does not have stays under today's."""
    ids = {renamed(practice, questionnaire): practice for practice in file.answers}
    was = {action.id: action for action in file.actions}
    return sheet.model_copy(
        update={
            "answers": {ids.get(practice, practice): answer for practice, answer in sheet.answers.items()},
            "actions": tuple(
                was[a.id] if a.id in was and _carried_action(was[a.id], questionnaire) == a else a
                for a in sheet.actions
            ),
        }
    )


def order(questionnaire: Questionnaire) -> tuple[str, ...]:
    """The practices as they are asked, each with its older ids behind it: the order of answers in a file."""
    old: dict[str | None, list[str]] = {}
    for practice in questionnaire.moved:
        old.setdefault(renamed(practice, questionnaire), []).append(practice)
    return tuple(name for practice in questionnaire.practices for name in (practice, *old.get(practice, ())))


def open_again(sheet: Sheet, questionnaire: Questionnaire, version: str, asked: Collection[str]) -> Message | None:
    """What is said when a sheet is resumed whose answers to asked practices are outdated; None without any."""
    old = outdated(sheet, questionnaire, version).intersection(asked)
    n = sum(a.answer is not None and renamed(p, questionnaire) in old for p, a in sheet.answers.items())
    if not n:
        return None
    return counted(
        "{n} question has changed since it was answered here: it is open again, and its note is kept.",
        "{n} questions have changed since they were answered here: they are open again, and their notes are kept.",
        n,
    )


# an older round


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A practice that an older round does not count, and in which version that came; None where nothing says."""

    id: str
    why: Literal["revised", "retired", "added"]
    version: str | None


def left_out(assessment: Assessment, questionnaire: Questionnaire) -> tuple[LeftOut, ...]:
    """What is not in a round's numbers because the questionnaire has changed since.

    Practices revised or added after the round's version, in order, then answered ones that were retired. A round
    of today's version leaves out nothing but the retired.
    """
    version = assessment.version
    if version is None:
        return ()
    found = []
    for practice_id in questionnaire.asked(assessment.asked, sensitive=assessment.asks_sensitive):
        practice = questionnaire.practices[practice_id]
        if practice.added_after(version):
            found.append(LeftOut(practice_id, "added", practice.added))
        elif practice.revised_after(version):
            found.append(LeftOut(practice_id, "revised", practice.revised))
    answered = {retired(practice_id, questionnaire) for practice_id in _answered(assessment)}
    return (*found, *(LeftOut(name, "retired", None) for name in questionnaire.retired if name in answered))


def _answered(assessment: Assessment) -> Iterator[str]:
    """The ids of practices that somebody answered."""
    for sheet in assessment.all_sheets:
        yield from (practice_id for practice_id, answer in sheet.answers.items() if answer.answer is not None)
    if assessment.counts is not None:
        yield from (practice_id for practice_id, told in assessment.counts.practices.items() if told.answered)


def scored(assessment: Assessment, questionnaire: Questionnaire) -> tuple[Practice, ...]:
    """The practices that a round counts, in order: those it asked, less those revised since."""
    asked = questionnaire.asked(assessment.asked, sensitive=assessment.asks_sensitive)
    out = {practice.id for practice in left_out(assessment, questionnaire)}
    return tuple(questionnaire.practices[practice_id] for practice_id in asked if practice_id not in out)


def revised_since(round_: Round, questionnaire: Questionnaire) -> tuple[Practice, ...]:
    """The practices that a round asks and that were revised after its version."""
    version, sensitive = round_.questionnaire.version, round_.privacy == "counts"
    asked = questionnaire.asked(round_.asked, sensitive=sensitive, version=version)
    return tuple(p for p in map(questionnaire.practices.__getitem__, asked) if p.revised_after(version))


def check_round_version(round_: Round, questionnaire: Questionnaire) -> Iterator[Finding]:
    """An open round in which a question that is asked no longer means what it did when the round began."""
    revised = revised_since(round_, questionnaire)
    if round_.state != "open" or not revised:
        return
    ids = [f"“{practice.id}”" for practice in revised]
    named = ", ".join(ids[:NAMED]) + " …" * (len(ids) > NAMED)
    what = counted(
        "{n} question of this open round has changed since version {version}: {ids}",
        "{n} questions of this open round have changed since version {version}: {ids}",
        len(ids), version=quoted(round_.questionnaire.version), ids=named,
    )  # fmt: skip
    hint = message(
        "close the round (“state: closed”) and start a new one; or write “version: {current}” here, then what has "
        "changed is asked again and notes are kept; or install version {version} again",
        current=f'"{quoted(questionnaire.version)}"', version=quoted(round_.questionnaire.version),
    )  # fmt: skip
    yield Finding("round-outdated", what, Severity.WARNING, hint=hint, route=("questionnaire", "version"))


def check_not_ahead(reference: QuestionnaireRef, questionnaire: Questionnaire) -> Iterator[Finding]:
    """A sheet or round made with a newer version than the one in use, which cannot know what has changed."""
    if newer(reference.version, questionnaire.version):
        what = message(
            "made with version {version} of “{id}”, but version {current} is in use here",
            version=quoted(reference.version), id=reference.id, current=quoted(questionnaire.version),
        )  # fmt: skip
        hint = message(
            "install version {version} or newer: it comes with a newer assess or, where the questionnaire is your "
            "own, with a newer commit",
            version=quoted(reference.version),
        )
        yield Finding("version-ahead", what, hint=hint, route=("questionnaire", "version"))


# a questionnaire's own history


def check_history(questionnaire: Questionnaire) -> Iterator[Finding]:
    """What `moved`, `retired`, `revised` and `added` say against each other or against the version."""
    yield from _still_asked(questionnaire)
    yield from _rings(questionnaire)
    for d, dimension in enumerate(questionnaire.dimensions):
        for p, practice in enumerate(dimension.practices):
            for finding in _check_versions(practice, questionnaire.version):
                yield replace(finding, route=("dimensions", d, "practices", p, *finding.route))


def _still_asked(questionnaire: Questionnaire) -> Iterator[Finding]:
    for key, ids in (("moved", questionnaire.moved), ("retired", questionnaire.retired)):
        for practice in ids:
            if practice in questionnaire.practices:
                what = message("“{id}” is still asked", id=practice)
                hint = message("take this line out, or give the practice another id")
                yield Finding("still-asked", what, hint=hint, route=(key, practice), at_key=True)
            elif key == "retired" and practice in questionnaire.moved:
                what = message("“{id}” is retired here, but “moved” gives it a new id", id=practice)
                hint = message("keep one of the two lines")
                yield Finding("moved-and-retired", what, hint=hint, route=(key, practice), at_key=True)


def _rings(questionnaire: Questionnaire) -> Iterator[Finding]:
    """One finding for each ring, at the first of its ids."""
    told: set[str] = set()
    for practice in questionnaire.moved:
        ring = [practice]
        while (after := questionnaire.moved.get(ring[-1])) is not None and after not in ring:
            ring.append(after)
        if after == practice and practice not in told:
            what = message("this leads back to itself: {ids}", ids=" → ".join((*ring[:NAMED], practice)))
            yield Finding("moved-ring", what, route=("moved", practice), at_key=True)
            told |= set(ring)


def _check_versions(practice: Practice, version: str) -> Iterator[Finding]:
    for key, named in (("added", practice.added), ("revised", practice.revised)):
        if named is not None and newer(named, version):
            what = message(
                "{named} is newer than the questionnaire's version {version}",
                named=quoted(named), version=quoted(version),
            )  # fmt: skip
            hint = message("raise “version” when you change what is asked")
            yield Finding("later-than-version", what, hint=hint, route=(key,))
    if practice.added is not None and practice.revised is not None and newer(practice.added, practice.revised):
        what = message(
            "revised in {revised}, before it was added in {added}", revised=practice.revised, added=practice.added
        )
        yield Finding("revised-before-added", what, route=("revised",))
