"""What an author may get wrong although every word is valid: twins, weights of nothing, ids that come and go.

Ids that do not exist and levels beyond a practice's own are found in `consistency`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cmp_to_key

from assess.core.finding import Finding, Route, Severity, nearest
from assess.core.message import message
from assess.core.questionnaire import Questionnaire, newer
from assess.core.text import quoted
from assess.core.translation import Translation


def check_authored(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Repeated levels, titles and pairs, and weights that add up to nothing."""
    for d, dimension in enumerate(questionnaire.dimensions):
        for p, practice in enumerate(dimension.practices):
            route = ("dimensions", d, "practices", p, "levels")
            yield from _repeated_levels([level.text for level in practice.levels], route)
    yield from _repeated_titles(questionnaire)
    yield from _weightless(questionnaire)
    yield from _pairs(questionnaire)


def check_translation_levels(translation: Translation) -> Iterator[Finding]:
    """Levels that a translation makes the same."""
    for practice_id, texts in translation.practices.items():
        yield from _repeated_levels(texts.levels or (), ("practices", practice_id, "levels"))


def _folded(text: str) -> str:
    """What two texts have in common that differ in case and blanks only."""
    return " ".join(text.casefold().split())


def _repeated_levels(texts: Sequence[str], route: Route) -> Iterator[Finding]:
    """Levels that nobody can tell apart; `route` leads to the list of these texts."""
    first: dict[str, int] = {}
    for i, text in enumerate(texts):
        other = first.setdefault(_folded(text), i)
        if other != i:
            what = message("level {i} says the same as level {other}", i=i, other=other)
            hint = message("say what can be seen at this level and not below it")
            yield Finding("repeated-level", what, hint=hint, route=(*route, i, "text"))


def _repeated_titles(questionnaire: Questionnaire) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for d, dimension in enumerate(questionnaire.dimensions):
        for p, practice in enumerate(dimension.practices):
            other = first.setdefault(_folded(practice.title), practice.id)
            if other != practice.id:
                what = message("“{id}” has the same title; lists show nothing but titles", id=other)
                route = ("dimensions", d, "practices", p, "title")
                yield Finding("repeated-title", what, Severity.WARNING, route=route)


def _weightless(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Weights that add up to nothing: what they weigh could never be scored."""
    hint = message("leave “weight” out, or give at least one of them more than 0")
    if not any(dimension.weight for dimension in questionnaire.dimensions):
        what = message("the weights of the dimensions add up to 0, so there is no total")
        yield Finding("no-weight", what, hint=hint, route=("dimensions", 0, "weight"))
    for d, dimension in enumerate(questionnaire.dimensions):
        if not any(practice.weight for practice in dimension.practices):
            what = message("the weights of “{id}” add up to 0, so it is never scored", id=dimension.id)
            yield Finding("no-weight", what, hint=hint, route=("dimensions", d, "practices", 0, "weight"))


def _pairs(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Pairs of one practice with itself, and pairs that stand twice."""
    seen: set[frozenset[str]] = set()
    for i, pair in enumerate(questionnaire.pairs):
        route = ("pairs", i, "practices")
        both = frozenset(pair.practices)
        if len(both) == 1:
            what = message("“{id}” cannot keep itself in check: a pair needs another", id=pair.practices[1])
            yield Finding("pair-of-itself", what, route=(*route, 1))
        elif both in seen:
            what = message(
                "the pair of “{a}” and “{b}” is already there", a=pair.practices[0], b=pair.practices[1]
            )
            yield Finding("repeated-pair", what, route=route)
        seen.add(both)


def check_earlier(questionnaire: Questionnaire, earlier: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
    """Practices that came or went without a word; `earlier` are the ids that each earlier version asked."""
    known = {*questionnaire.practices, *questionnaire.moved, *questionnaire.retired}
    versions = sorted(earlier, key=cmp_to_key(_older_first), reverse=True)
    said: set[str] = set()
    for version in versions:
        for gone in earlier[version]:
            if gone not in known and gone not in said:
                said.add(gone)
                yield _gone(gone, version, questionnaire)
    if versions:
        yield from _unmarked(questionnaire, frozenset(earlier[versions[0]]), versions[0])


def _older_first(one: str, other: str) -> int:
    return newer(one, other) - newer(other, one)


def _gone(gone: str, version: str, questionnaire: Questionnaire) -> Finding:
    what = message("“{id}” is gone, which version {version} asked", id=gone, version=quoted(version))
    near = nearest(gone, tuple(questionnaire.practices)) or "NEW-ID"
    hint = message(
        "write “moved: {{{id}: {near}}}” if that practice carries on its answers, else “retired: {{{id}: WHY}}”",
        id=gone, near=near,
    )  # fmt: skip
    return Finding("id-gone", what, hint=hint, route=("dimensions",), at_key=True)


def _unmarked(questionnaire: Questionnaire, before: frozenset[str], version: str) -> Iterator[Finding]:
    """Practices that are new since the newest earlier version, and do not say so."""
    carried_on = questionnaire.moved.values()
    for d, dimension in enumerate(questionnaire.dimensions):
        for p, practice in enumerate(dimension.practices):
            if practice.id not in before and practice.added is None and practice.id not in carried_on:
                what = message("“{id}” is new since version {version}", id=practice.id, version=quoted(version))
                hint = message('write “added: "{version}"” with it', version=quoted(questionnaire.version))
                route = ("dimensions", d, "practices", p, "id")
                yield Finding("added-missing", what, Severity.WARNING, hint=hint, route=route)
