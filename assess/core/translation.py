"""A questionnaire and its baselines in another language: the same things, said otherwise.

A translation may not add, drop or reorder anything; what is missing or older than its practice stays as
it was written. Which file is read, and when, is not decided here.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, TypeVar

from assess.core import versions
from assess.core.finding import Finding, Route, Severity, did_you_mean
from assess.core.message import counted, message
from assess.core.questionnaire import (
    Baseline,
    Described,
    Dimension,
    Explanation,
    Frozen,
    Level,
    Name,
    Pair,
    Practice,
    Questionnaire,
    QuestionnaireRef,
    Source,
    Tag,
    Text,
    newer,
)
from assess.core.text import quoted

Value = TypeVar("Value")


class DimensionText(Frozen):
    """A dimension's texts."""

    title: Text | None = None
    asks: Text | None = None


class PracticeText(Frozen):
    """A practice's texts; `levels` are all of its levels, in order, and `says` is about the outside evidence."""

    title: Text | None = None
    question: Text | None = None
    levels: tuple[Text, ...] | None = None
    overdone: Text | None = None
    next_step: Text | None = None
    says: Text | None = None


class DescribedText(Frozen):
    """What a baseline says about one practice."""

    where: Text | None = None
    says: Text | None = None
    price: Text | None = None


class SourceText(Frozen):
    """How a source is called where that is no proper name; nothing is missed where it is left out."""

    title: Text | None = None
    author: Text | None = None


class BaselineText(Frozen):
    """A baseline's texts; `sources` and `limits` by the id of the source."""

    title: Text | None = None
    sources: dict[Name, SourceText] = {}
    limits: dict[Name, Text] = {}
    levels: dict[Name, DescribedText] = {}


class Translation(Frozen):
    """The texts of one questionnaire version, and of the baselines beside it, in one language (a BCP 47 tag)."""

    format: Literal["assess.translation/1"]
    questionnaire: QuestionnaireRef
    language: Tag
    title: Text | None = None
    help: tuple[Explanation, ...] | None = None
    dimensions: dict[Name, DimensionText] = {}
    practices: dict[Name, PracticeText] = {}
    pairs: tuple[Text, ...] | None = None
    baselines: dict[Name, BaselineText] = {}

    def is_outdated(self, practice: Practice) -> bool:
        """Whether the practice's meaning changed after this translation was made."""
        return practice.revised_after(self.questionnaire.version)


# texts put in place


def translated(questionnaire: Questionnaire, translation: Translation) -> Questionnaire:
    """The questionnaire in the translation's language; what has no current text there stays as it was.

    Ids, weights, goals, values of levels and everything else that is no text are untouched.
    """
    help_, pairs = translation.help, translation.pairs
    return _with(
        questionnaire,
        language=translation.language,
        title=translation.title,
        help=help_ if help_ is not None and len(help_) == len(questionnaire.help) else None,
        pairs=_pairs(questionnaire.pairs, pairs) if pairs is not None else None,
        dimensions=tuple(_dimension(d, translation) for d in questionnaire.dimensions),
    )


def _with(value: Value, **texts: object) -> Value:
    """A copy with the texts that are there; None changes nothing.

    A new model, not `model_copy`: that would carry along what the old one has already computed from its texts.
    """
    model = type(value)
    fields = {name: getattr(value, name) for name in model.model_fields}  # type: ignore[attr-defined]
    return model.model_construct(**fields | {k: v for k, v in texts.items() if v is not None})  # type: ignore[attr-defined, no-any-return]


def _pairs(pairs: tuple[Pair, ...], texts: tuple[str, ...]) -> tuple[Pair, ...] | None:
    if len(pairs) != len(texts):
        return None
    return tuple(_with(pair, why=text) for pair, text in zip(pairs, texts, strict=True))


def _dimension(dimension: Dimension, translation: Translation) -> Dimension:
    texts = translation.dimensions.get(dimension.id, DimensionText())
    practices = tuple(_practice(p, translation) for p in dimension.practices)
    return _with(dimension, title=texts.title, asks=texts.asks, practices=practices)


def _practice(practice: Practice, translation: Translation) -> Practice:
    texts = translation.practices.get(practice.id)
    if texts is None or translation.is_outdated(practice):
        return practice
    evidence = practice.evidence
    return _with(
        practice,
        title=texts.title,
        question=texts.question,
        levels=_levels(practice.levels, texts.levels),
        overdone=texts.overdone if practice.overdone is not None else None,
        next_step=texts.next_step if practice.next_step is not None else None,
        evidence=_with(evidence, says=texts.says) if evidence is not None else None,
    )


def _levels(levels: tuple[Level, ...], texts: tuple[str, ...] | None) -> tuple[Level, ...] | None:
    if texts is None or len(texts) != len(levels):
        return None
    return tuple(_with(level, text=text) for level, text in zip(levels, texts, strict=True))


def translated_baseline(baseline: Baseline, translation: Translation, questionnaire: Questionnaire) -> Baseline:
    """The baseline in the translation's language; levels, confidences and sources' names are untouched."""
    texts = translation.baselines.get(baseline.id)
    if texts is None:
        return baseline
    sources = tuple(_source(source, texts) for source in baseline.sources)
    levels = {
        practice_id: _described(described, texts.levels.get(practice_id))
        if practice_id in questionnaire.practices
        and not translation.is_outdated(questionnaire.practices[practice_id])
        else described
        for practice_id, described in baseline.levels.items()
    }
    return _with(baseline, title=texts.title, sources=sources, levels=levels)


def _source(source: Source, texts: BaselineText) -> Source:
    named = texts.sources.get(source.id, SourceText())
    limits = texts.limits.get(source.id) if source.limits is not None else None
    return _with(source, title=named.title, author=named.author, limits=limits)


def _described(described: Described | None, texts: DescribedText | None) -> Described | None:
    if described is None or texts is None:
        return described
    price = texts.price if described.price is not None else None
    return _with(described, where=texts.where, says=texts.says, price=price)


# what is wrong with one


def check_translation(
    translation: Translation,
    questionnaire: Questionnaire,
    baselines: Sequence[Baseline],
    *,
    broken: frozenset[str] = frozenset(),
) -> Iterator[Finding]:
    """What a translation adds, drops or counts otherwise (errors), and what it lacks (warnings).

    `questionnaire` and `baselines` are as their own files say; `broken` are the ids of baselines that are there
    but cannot be compared with. Routes lead into the translation.
    """
    if translation.questionnaire.id != questionnaire.id:
        what = message("this translation is made for “{id}”", id=translation.questionnaire.id)
        yield Finding("wrong-questionnaire", what, route=("questionnaire", "id"))
        return
    yield from _never_shown(translation, questionnaire)
    yield from _lacking(translation.title, questionnaire.title, ("title",))
    yield from _as_many(translation.help, questionnaire.help, ("help",))
    yield from _as_many(translation.pairs, questionnaire.pairs, ("pairs",))
    yield from _strangers(translation.dimensions, tuple(d.id for d in questionnaire.dimensions), ("dimensions",))
    for dimension in questionnaire.dimensions:
        texts = translation.dimensions.get(dimension.id)
        route: Route = ("dimensions", dimension.id)
        if texts is None:
            yield _missing(dimension.id, ("dimensions",))
            continue
        yield from _lacking(texts.title, dimension.title, (*route, "title"))
        yield from _lacking(texts.asks, dimension.asks, (*route, "asks"))
    yield from _strangers(translation.practices, tuple(questionnaire.practices), ("practices",), questionnaire)
    for practice in questionnaire.practices.values():
        yield from _check_practice(translation, practice)
    yield from _strangers(translation.baselines, (*(b.id for b in baselines), *sorted(broken)), ("baselines",))
    for baseline in baselines:
        yield from _check_baseline(translation, baseline, questionnaire)


def _never_shown(translation: Translation, questionnaire: Questionnaire) -> Iterator[Finding]:
    if translation.language == questionnaire.language:
        what = message("never shown: the questionnaire itself is in “{tag}”", tag=translation.language)
        yield Finding("translation-unused", what, Severity.WARNING, route=("language",))
    if newer(translation.questionnaire.version, questionnaire.version):
        what = message(
            "made for version {version}, but the questionnaire is {current}",
            version=quoted(translation.questionnaire.version), current=quoted(questionnaire.version),
        )  # fmt: skip
        yield Finding("translation-ahead", what, Severity.WARNING, route=("questionnaire", "version"))


def _check_practice(translation: Translation, practice: Practice) -> Iterator[Finding]:
    route: Route = ("practices", practice.id)
    texts = translation.practices.get(practice.id)
    if texts is None:
        yield _missing(practice.id, ("practices",))
        return
    if translation.is_outdated(practice):
        what = message(
            "outdated: “{id}” was revised in {revised}, this is made for {version}",
            id=practice.id, revised=quoted(str(practice.revised)),
            version=quoted(translation.questionnaire.version),
        )  # fmt: skip
        hint = message("until it is renewed, the text of the questionnaire is shown")
        yield Finding("translation-outdated", what, Severity.WARNING, hint=hint, route=route, at_key=True)
        return
    says = practice.evidence.says if practice.evidence is not None else None
    for key, own in (
        ("title", practice.title), ("question", practice.question), ("overdone", practice.overdone),
        ("next_step", practice.next_step), ("says", says),
    ):  # fmt: skip
        yield from _lacking(getattr(texts, key), own, (*route, key))
    yield from _as_many(texts.levels, practice.levels, (*route, "levels"))


def _check_baseline(
    translation: Translation, baseline: Baseline, questionnaire: Questionnaire
) -> Iterator[Finding]:
    route: Route = ("baselines", baseline.id)
    texts = translation.baselines.get(baseline.id)
    if texts is None:
        yield _missing(baseline.id, ("baselines",))
        return
    yield from _lacking(texts.title, baseline.title, (*route, "title"))
    for key in ("sources", "limits"):
        yield from _strangers(getattr(texts, key), tuple(s.id for s in baseline.sources), (*route, key))
    for source in baseline.sources:
        yield from _lacking(texts.limits.get(source.id), source.limits, (*route, "limits", source.id))
    described = {practice_id: d for practice_id, d in baseline.levels.items() if d is not None}
    yield from _strangers(texts.levels, tuple(described), (*route, "levels"), questionnaire)
    for practice_id, value in described.items():
        said = texts.levels.get(practice_id)
        if said is None:
            yield _missing(practice_id, (*route, "levels"))
            continue
        for key in ("where", "says", "price"):
            yield from _lacking(getattr(said, key), getattr(value, key), (*route, "levels", practice_id, key))


def _strangers(
    found: Mapping[str, object], known: tuple[str, ...], route: Route, practices_of: Questionnaire | None = None
) -> Iterator[Finding]:
    for name in found:
        if name not in known:
            what = message("a translation adds nothing: there is no “{id}” to translate", id=name)
            became = None if practices_of is None else versions.what_became(name, practices_of)
            hint = became or did_you_mean(name, known)
            yield Finding("translation-adds", what, hint=hint, route=(*route, name), at_key=True)


def _as_many(texts: Sequence[object] | None, own: Sequence[object], route: Route) -> Iterator[Finding]:
    if texts is None:
        if own:
            yield _missing(str(route[-1]), route[:-1])
    elif len(texts) != len(own):
        what = counted(
            "{found} texts, but there is {n} to translate",
            "{found} texts, but there are {n} to translate",
            len(own),
            found=len(texts),
        )
        yield Finding("translation-count", what, route=route, at_key=True)


def _lacking(text: str | None, own: str | None, route: Route) -> Iterator[Finding]:
    if own is not None and text is None:
        yield _missing(str(route[-1]), route[:-1])
    elif own is None and text is not None:
        what = message("a translation adds nothing: the original has no “{id}” here", id=str(route[-1]))
        yield Finding("translation-adds", what, route=route, at_key=True)


def _missing(name: str, route: Route) -> Finding:
    what = message("“{id}” is not translated; the text of the questionnaire is shown", id=name)
    return Finding("translation-missing", what, Severity.WARNING, route=route, at_key=True)
