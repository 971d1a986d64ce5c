"""What one model cannot know alone: ids that exist, levels that a practice has, files that fit their place.

Every function gives findings with routes into the document that the first argument was read from.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from assess.core import authoring, versions
from assess.core.answers import NOT_APPLICABLE, TEAM, Answer, Sheet
from assess.core.counts import FIVE, Counts, Tally
from assess.core.finding import Finding, Route, Severity, did_you_mean, nearest
from assess.core.message import Message, message
from assess.core.questionnaire import Baseline, Practice, Questionnaire, newer
from assess.core.round import Round
from assess.core.text import quoted
from assess.core.translation import Translation


def check_questionnaire(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Repeated ids, goals and caps beyond the levels, pairs and new ids of unknown practices, its history."""
    seen: set[str] = set()
    for d, dimension in enumerate(questionnaire.dimensions):
        yield from _repeated(dimension.id, seen, ("dimensions", d, "id"))
    seen.clear()
    for d, dimension in enumerate(questionnaire.dimensions):
        for p, practice in enumerate(dimension.practices):
            route = ("dimensions", d, "practices", p)
            yield from _repeated(practice.id, seen, (*route, "id"))
            yield from _goal_and_cap(practice, route)
    for i, pair in enumerate(questionnaire.pairs):
        for j, practice_id in enumerate(pair.practices):
            if versions.renamed(practice_id, questionnaire) is None:
                yield from _known(practice_id, questionnaire, ("pairs", i, "practices", j))
    for old, new in questionnaire.moved.items():
        if new not in questionnaire.moved and new not in questionnaire.retired:
            yield from _known(new, questionnaire, ("moved", old))
    yield from versions.check_history(questionnaire)
    yield from authoring.check_authored(questionnaire)


def _repeated(name: str, seen: set[str], route: Route) -> Iterator[Finding]:
    if name.casefold() in seen:  # ids that differ in case only are one for whoever says them aloud
        yield Finding("repeated-id", message("“{id}” is already the id of another", id=name), route=route)
    seen.add(name.casefold())


def _goal_and_cap(practice: Practice, route: Route) -> Iterator[Finding]:
    top = len(practice.levels) - 1
    for key, level in (("goal", practice.goal), ("cap", practice.cap)):
        if level is not None and level > top:
            yield Finding("unknown-level", _no_such_level(level, top), route=(*route, key))
    if practice.goal is not None and practice.cap is not None and practice.goal > practice.cap:
        what = message("the goal {goal} is above the cap {cap}", goal=practice.goal, cap=practice.cap)
        yield Finding("goal-above-cap", what, route=(*route, "goal"))


def _no_such_level(level: int, top: int) -> Message:
    return message("this practice has no level {level}; its levels are 0 to {top}", level=level, top=top)


def _known(
    practice: str, questionnaire: Questionnaire, route: Route, *, at_key: bool = False, hint: Message | None = None
) -> Iterator[Finding]:
    if practice not in questionnaire.practices:
        became = versions.what_became(practice, questionnaire)
        yield Finding(
            "unknown-practice",
            message("“{questionnaire}” has no practice “{id}”", questionnaire=questionnaire.id, id=practice),
            hint=hint or became or _near_practice(practice, questionnaire),
            route=route,
            at_key=at_key,
        )


def _near_practice(practice: str, questionnaire: Questionnaire) -> Message:
    known = tuple(questionnaire.practices)
    few = len(known) <= 12  # noqa: PLR2004  (a longer list helps nobody)
    hint = did_you_mean(practice, known)
    return hint if few or "near" in hint.values else message("the ids stand in the questionnaire")


def check_baseline(baseline: Baseline, questionnaire: Questionnaire) -> Iterator[Finding]:
    """Another questionnaire's baseline, unknown practices, levels and sources."""
    if baseline.questionnaire != questionnaire.id:
        what = message("this baseline is made for “{id}”", id=baseline.questionnaire)
        yield Finding("wrong-questionnaire", what, route=("questionnaire",))
        return
    sources = tuple(source.id for source in baseline.sources)
    for practice_id, described in baseline.levels.items():
        route = ("levels", practice_id)
        yield from _known(practice_id, questionnaire, route, at_key=True)
        practice = questionnaire.practices.get(practice_id)
        if described is None or practice is None:
            continue
        if described.level >= len(practice.levels):
            what = _no_such_level(described.level, len(practice.levels) - 1)
            yield Finding("unknown-level", what, route=(*route, "level"))
        if described.source not in sources:
            what = message("no source “{id}” is listed in this file", id=described.source)
            hint = did_you_mean(described.source, sources)
            yield Finding("unknown-source", what, hint=hint, route=(*route, "source"))


def check_sheet(sheet: Sheet, questionnaire: Questionnaire) -> Iterator[Finding]:
    """Another questionnaire's sheet, unknown practices and levels, team matters on a person's sheet.

    Ids that were moved or retired are fine: a sheet keeps those of its version.
    """
    if sheet.questionnaire.id != questionnaire.id:
        yield _other_questionnaire(sheet.questionnaire.id, questionnaire)
        return
    ahead = (*versions.check_not_ahead(sheet.questionnaire, questionnaire),)
    if ahead:  # what else is odd comes of that
        yield from ahead
        return
    practices = questionnaire.practices
    for practice_id, answer in sheet.answers.items():
        practice = practices.get(practice_id)
        route = ("answers", practice_id)
        if practice is not None and _is_plain(answer, practice):
            continue  # a thousand sheets hold fifty thousand answers
        yield from _once_known(practice_id, sheet, questionnaire, route, at_key=True)
        practice = practices.get(versions.renamed(practice_id, questionnaire) or "")
        if practice is not None:
            outdated = practice.revised_after(sheet.questionnaire.version)
            yield from () if outdated else _check_answer(answer, practice, route)
        if not sheet.is_team:
            yield from _team_only(answer, route)
    yield from _answered_twice(sheet, questionnaire) if questionnaire.moved else ()
    ids: set[str] = set()
    for i, action in enumerate(sheet.actions):
        yield from _repeated(action.id, ids, ("actions", i, "id"))
        if action.practice is not None:
            yield from _once_known(action.practice, sheet, questionnaire, ("actions", i, "practice"))
    if sheet.actions and not sheet.is_team:
        yield Finding("team-only", _TEAM_ONLY, route=("actions",), at_key=True)


def _once_known(
    practice: str, sheet: Sheet, questionnaire: Questionnaire, route: Route, *, at_key: bool = False
) -> Iterator[Finding]:
    """An id that was never one; on an older sheet it may be its author who forgot to say what became of it."""
    if versions.what_became(practice, questionnaire) is not None:
        return
    hint = None
    if newer(questionnaire.version, sheet.questionnaire.version):
        near = nearest(practice, tuple(questionnaire.practices))
        if near is None:
            hint = message("if it was renamed or dropped, say so in the questionnaire: under “moved” or “retired”")
        else:
            hint = message("did you mean “{near}”? If it was renamed, say so under “moved”", near=near)
    yield from _known(practice, questionnaire, route, at_key=at_key, hint=hint)


def _answered_twice(sheet: Sheet, questionnaire: Questionnaire) -> Iterator[Finding]:
    """One practice under two ids: whoever renamed it by hand forgot the old line."""
    first: dict[str, str] = {name: name for name in sheet.answers if name in questionnaire.practices}
    for practice_id in sheet.answers:
        today = versions.renamed(practice_id, questionnaire)
        other = practice_id if today is None else first.setdefault(today, practice_id)
        if other != practice_id:
            what = message("“{id}” and “{other}” are one practice", id=practice_id, other=other)
            hint = message("keep one of the two answers")
            yield Finding("answered-twice", what, hint=hint, route=("answers", practice_id), at_key=True)


_TEAM_ONLY = message("only the team sheet (team.yaml) carries this")


def _other_questionnaire(found: str, questionnaire: Questionnaire) -> Finding:
    what = message(
        "made with the questionnaire “{found}”, but “{used}” is in use", found=found, used=questionnaire.id
    )
    hint = message("name the right one with --questionnaire or in assess.yaml")
    return Finding("wrong-questionnaire", what, hint=hint, route=("questionnaire", "id"))


def _is_plain(answer: Answer, practice: Practice) -> bool:
    """Whether there is nothing to look at: a level there is, or don't know, and nothing of the team."""
    given = answer.answer
    known = given < len(practice.levels) if isinstance(given, int) else given != NOT_APPLICABLE
    return known and answer.goal is None and not answer.dissent


def _check_answer(answer: Answer, practice: Practice, route: Route) -> Iterator[Finding]:
    top = len(practice.levels) - 1
    if answer.level is not None and answer.level > top:
        yield Finding("unknown-level", _no_such_level(answer.level, top), route=(*route, "answer"))
    if answer.answer == NOT_APPLICABLE and not answer.reason.strip():
        what = message("a reason is missing: why does this practice not apply?")
        yield Finding("reason-missing", what, Severity.WARNING, route=route)
    if answer.goal is not None and answer.goal.level > top:
        yield Finding("unknown-level", _no_such_level(answer.goal.level, top), route=(*route, "goal", "level"))


def _team_only(answer: Answer, route: Route) -> Iterator[Finding]:
    for key, value in (("goal", answer.goal), ("dissent", answer.dissent)):
        if value:
            yield Finding("team-only", _TEAM_ONLY, route=(*route, key), at_key=True)


def check_round(round_: Round, questionnaire: Questionnaire) -> Iterator[Finding]:
    """A round made with another questionnaire, with a newer version, or left behind by today's."""
    if round_.questionnaire.id != questionnaire.id:
        yield _other_questionnaire(round_.questionnaire.id, questionnaire)
        return
    yield from versions.check_not_ahead(round_.questionnaire, questionnaire)
    yield from versions.check_round_version(round_, questionnaire)


def check_counts(counts: Counts, questionnaire: Questionnaire) -> Iterator[Finding]:
    """Another questionnaire's counts, unknown practices, levels a practice has not, more answers than people."""
    if counts.questionnaire.id != questionnaire.id:
        yield _other_questionnaire(counts.questionnaire.id, questionnaire)
        return
    ahead = (*versions.check_not_ahead(counts.questionnaire, questionnaire),)
    if ahead:
        yield from ahead
        return
    for practice_id, tally in counts.practices.items():
        route = ("practices", practice_id)
        if versions.what_became(practice_id, questionnaire) is None:
            yield from _known(practice_id, questionnaire, route, at_key=True)
        practice = questionnaire.practices.get(versions.renamed(practice_id, questionnaire) or "")
        if practice is not None and not practice.revised_after(counts.questionnaire.version):
            yield from _as_many_levels(tally, practice, route)
        if tally.answered > counts.respondents:
            what = message(
                "{n} answers are counted here, but only {people} people answered",
                n=tally.answered, people=counts.respondents,
            )  # fmt: skip
            yield Finding("counts-too-many", what, route=route, at_key=True)
        if 0 < tally.answered < FIVE:
            what = message("{n} answers are counted here; of fewer than five nothing comes out", n=tally.answered)
            yield Finding("counts-too-few", what, route=route, at_key=True)


def _as_many_levels(tally: Tally, practice: Practice, route: Route) -> Iterator[Finding]:
    if len(tally.levels) != len(practice.levels):
        what = message(
            "this practice has {levels} levels, but {n} numbers stand here",
            levels=len(practice.levels), n=len(tally.levels),
        )  # fmt: skip
        yield Finding("counts-levels", what, route=(*route, "levels"))


def check_counts_place(counts: Counts, round_: Round | None, folder: str) -> Iterator[Finding]:
    """Counts whose place and content disagree, and counts in a round that is not in privacy mode `counts`."""
    if counts.round != folder:
        yield _misplaced("round", counts.round, folder)
    if round_ is not None:
        yield from check_fits_round(counts, round_)
    if round_ is None or round_.privacy != "counts":
        what = message("this round does not keep people's sheets out of git, so it publishes no counts")
        hint = message("only a round that says “privacy: counts” in its round.yaml has a counts.yaml")
        yield Finding("counts-not-asked", what, hint=hint, route=("round",), at_key=True)


def check_place(sheet: Sheet, *, respondent: str | None, round_: str) -> Iterator[Finding]:
    """A sheet whose path and content disagree.

    `respondent` is what its file in `answers/` is called; None for the team sheet's own place.
    """
    expected = TEAM if respondent is None else respondent
    if respondent == TEAM:
        what = message("“team” is the team sheet's name; a person needs another")
        yield Finding("reserved-name", what, route=("respondent",))
    elif sheet.respondent != expected:
        yield _misplaced("respondent", sheet.respondent, expected)
    if sheet.round != round_:
        yield _misplaced("round", sheet.round, round_)


def check_round_place(round_: Round, folder: str) -> Iterator[Finding]:
    """A `round.yaml` in the folder of another round."""
    if round_.round != folder:
        yield _misplaced("round", round_.round, folder)


def check_baseline_place(baseline: Baseline, stem: str) -> Iterator[Finding]:
    """A baseline that nobody could name in `assess.yaml`, because its file is called otherwise."""
    if baseline.id != stem:
        yield _misplaced("id", baseline.id, stem)


def check_translation_place(translation: Translation, stem: str) -> Iterator[Finding]:
    """A translation that no language finds, because its file is called otherwise."""
    if translation.language != stem:
        yield _misplaced("language", translation.language, stem)


def check_fits_round(sheet: Sheet | Counts, like: Round | Sheet) -> Iterator[Finding]:
    """A sheet, or counts, asked something else than the round, or than another sheet of it."""
    if sheet.asked != like.asked:
        yield _misplaced("asked", sheet.asked, like.asked)
    if sheet.team != like.team:
        yield _misplaced("team", sheet.team, like.team)


def _misplaced(key: str, found: str, expected: str) -> Finding:
    what = message(
        "“{found}” here, but “{expected}” where the file lies", found=quoted(found), expected=quoted(expected)
    )
    return Finding("misplaced", what, route=(key,))


def twins_in_case(names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Pairs of names that differ in case, or in how accents are coded, only: one file on some machines.

    >>> twins_in_case(["alice", "bob", "Alice"])
    (('alice', 'Alice'),)
    """
    first: dict[str, str] = {}
    pairs = []
    for name in names:
        other = first.setdefault(unicodedata.normalize("NFC", name).casefold(), name)
        if other != name:
            pairs.append((other, name))
    return tuple(pairs)
