"""What the questionnaire in use adds to the schemas: its practices, so that an editor shows the questionnaire.

Everything from a questionnaire is plain text here, and escaped where Markdown is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from assess.core import versions
from assess.core.answers import DONT_KNOW, NOT_APPLICABLE, TEAM
from assess.core.keymap import PATTERN, PATTERN_TO_WRITE, key_schema
from assess.core.keys import TABLE, WRITING
from assess.core.questionnaire import Baseline, Dimension, Level, Practice, Questionnaire
from assess.i18n import _, labelled, translate
from assess.render.schema import Schema

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Known:
    """What there is to choose from.

    `questionnaire` is in the language shown, `original` and `baselines` (all valid ones beside it) are as their
    files say, for who translates them. `baseline_titles` are those shown, by id, of all baselines there are;
    `questionnaires` are built-in ids, `languages` the tags that are spoken.
    """

    questionnaire: Questionnaire
    original: Questionnaire
    baselines: tuple[Baseline, ...]
    baseline_titles: Mapping[str, str]
    questionnaires: tuple[str, ...]
    languages: tuple[str, ...]


def tailored(kind: str, made: Schema, known: Known) -> Schema:
    """The schema of a kind (from `schema.schema`, which is changed) with what the questionnaire in use says."""
    tailor = _TAILORS.get(kind)
    if tailor is not None:
        tailor(made, known)
    return made


# texts


def escaped(text: str) -> str:
    r"""A text of one line, so that Markdown shows it as it is.

    >>> escaped("a *b* <c>\n[d](e) 1. f"), escaped("1. # - no list")
    ('a \\*b\\* \\<c\\> \\[d\\](e) 1. f', '1\\. # - no list')
    """
    line = re.sub(r"([\\`*_\[\]<>&|~$!])", r"\\\1", " ".join(text.split()))
    return re.sub(r"^(\d*)([-+#=.):])", r"\1\\\2", line)


def _anchors(levels: Iterable[Level]) -> list[str]:
    return [" ".join(level.text.split()) for level in levels]


def _asked(practice: Practice) -> Schema:
    """What is asked, without the levels: those an editor lists itself."""
    return {
        "description": f"{practice.title}\n\n{practice.question}",
        "markdownDescription": f"**{escaped(practice.title)}**\n\n{escaped(practice.question)}",
    }


def _told(practice: Practice) -> Schema:
    """What is asked, and all levels."""
    asked, anchors = _asked(practice), _anchors(practice.levels)
    plain = "\n".join(f"{i}  {text}" for i, text in enumerate(anchors))
    marked = "\n".join(f"- **{i}** {escaped(text)}" for i, text in enumerate(anchors))
    return {
        "description": f"{asked['description']}\n\n{plain}",
        "markdownDescription": f"{asked['markdownDescription']}\n\n{marked}",
    }


# sheets


def _levels(practice: Practice) -> Schema:
    anchors = _anchors(practice.levels)
    return {**_asked(practice), "enum": list(range(len(anchors))), "enumDescriptions": anchors}


def _choices(practice: Practice) -> Schema:
    levels = _levels(practice)
    words = [_("We cannot tell, or nobody here knows."), _("It does not apply to us; “reason” says why.")]
    return {
        **levels,
        "enum": [*levels["enum"], DONT_KNOW, NOT_APPLICABLE],
        "enumDescriptions": [*levels["enumDescriptions"], *words],
    }


def _answers(made: Schema, known: Known) -> None:
    questionnaire, own = known.questionnaire, made["properties"]
    form = own["answers"].pop("additionalProperties")
    keys = form["anyOf"][1]["properties"]
    choices = {f"answer-{n}": practice for n, practice in enumerate(questionnaire.practices.values(), start=1)}
    made["definitions"] = {
        **{key: keys[key] for key in keys if key not in {"answer", "goal"}},
        **{name: _choices(practice) for name, practice in choices.items()},
    }
    own["answers"].pop("propertyNames")
    today = {practice.id: _answer(form, practice, name) for name, practice in choices.items()}
    older = {old: {**today.get(new or "", form), **told} for old, (new, told) in _older(questionnaire).items()}
    own["answers"]["properties"] = {**older, **today}
    own["answers"]["additionalProperties"] = False
    _made_with(own["questionnaire"], questionnaire)
    action = own["actions"]["items"]["properties"]
    action["practice"] = _one_of(action["practice"], questionnaire)
    made.update(_team_only())


def _team_only() -> Schema:
    """Only the team's sheet carries dissent, goals and actions; empty ones say nothing."""
    said = {"errorMessage": _("only the team sheet (team.yaml) carries this")}
    answer = {"properties": {"dissent": {"enum": [""], **said}, "goal": {"enum": [None], **said}}}
    own = {"answers": {"additionalProperties": answer}, "actions": {"enum": [[]], **said}}
    return {"if": {"properties": {"respondent": {"const": TEAM}}}, "else": {"properties": own}}


def _answer(form: Schema, practice: Practice, choices: str) -> Schema:
    """One practice on a sheet: the bare answer (the definition `choices`), or the mapping with its notes."""
    mapping = form["anyOf"][1]
    keys = mapping["properties"]
    wanted, nothing = keys["goal"]["anyOf"]
    goal = {**wanted, "properties": {**wanted["properties"], "level": _levels(practice)}}
    own = {
        **{key: _named(key) for key in keys},
        "answer": {**keys["answer"], "anyOf": [_named(choices), nothing]},
        "goal": {**keys["goal"], "anyOf": [goal, nothing]},
    }
    # The mapping first, its keys apart: so an editor finds a wrong key, and says `errorMessage` of anything else
    expected = _("expected: a level from 0 to {top}, dont-know or not-applicable").format(
        top=len(practice.levels) - 1
    )
    inner = {key: value for key, value in mapping.items() if key != "type"}
    whole = {"type": "object", "errorMessage": expected, "allOf": [{**inner, "properties": own}]}
    return {**_told(practice), "anyOf": [whole, _named(choices)]}


def _named(definition: str) -> Schema:
    return {"$ref": f"#/definitions/{definition}"}


def _older(questionnaire: Questionnaire) -> dict[str, tuple[str | None, Schema]]:
    """The ids that only old files use: today's id, None where it was retired, and what an editor says."""
    found: dict[str, tuple[str | None, Schema]] = {}
    for old in (*questionnaire.moved, *questionnaire.retired):
        new = versions.renamed(old, questionnaire)
        if new is not None:
            told = _("“{old}” is called “{new}” now.").format(old=old, new=new)
        else:
            why = questionnaire.retired.get(versions.retired(old, questionnaire) or "", "")
            told = _("This is not asked any more: {why}").format(why=" ".join(why.split()))
        found[old] = (new, _deprecated(told))
    return found


def _deprecated(text: str) -> Schema:
    """What old files may still say; editors offer it no more, and say why."""
    told = {"description": text, "markdownDescription": escaped(text)}
    return {**told, "deprecated": True, "deprecationMessage": text}


def _made_with(reference: Schema, questionnaire: Questionnaire) -> None:
    own = reference["properties"]
    own["id"] = {"const": questionnaire.id, "description": own["id"]["description"]}
    own["version"]["examples"] = [questionnaire.version]


def _one_of(made: Schema, questionnaire: Questionnaire) -> Schema:
    """The id of a practice, or nothing."""
    titles = {
        **{practice.id: practice.title for practice in questionnaire.practices.values()},
        **{old: told["description"] for old, (_new, told) in _older(questionnaire).items()},
    }
    ids = {"enum": list(titles), "enumDescriptions": list(titles.values())}
    return {"description": made["description"], "anyOf": [ids, {"type": "null"}]}


# the other kinds


def _round(made: Schema, known: Known) -> None:
    _made_with(made["properties"]["questionnaire"], known.questionnaire)


def _counts(made: Schema, known: Known) -> None:
    own, questionnaire = made["properties"], known.questionnaire
    _made_with(own["questionnaire"], questionnaire)
    form = own["practices"].pop("additionalProperties")
    own["practices"].pop("propertyNames")

    def of(practice: Practice) -> Schema:
        several = form["properties"]["levels"]
        if practice.revised is None:  # counts from before that may have had other levels
            several = {**several, "minItems": len(practice.levels), "maxItems": len(practice.levels)}
        return {**form, **_told(practice), "properties": {**form["properties"], "levels": several}}

    today = {practice.id: of(practice) for practice in questionnaire.practices.values()}
    older = {old: {**today.get(new or "", form), **told} for old, (new, told) in _older(questionnaire).items()}
    own["practices"]["properties"] = {**older, **today}
    own["practices"]["additionalProperties"] = False


def _config(made: Schema, known: Known) -> None:
    own = made["properties"]
    waiver = own["waivers"]["items"]["properties"]
    waiver["practice"] = _one_of(waiver["practice"], known.questionnaire)
    own["questionnaire"]["examples"] = list(known.questionnaires)
    own["language"]["examples"] = list(known.languages)
    titles = known.baseline_titles
    own["baselines"]["anyOf"][0]["items"] = {"enum": list(titles), "enumDescriptions": list(titles.values())}


def _baseline(made: Schema, known: Known) -> None:
    own = made["properties"]
    own["questionnaire"] = {"const": known.questionnaire.id, "description": own["questionnaire"]["description"]}
    described, nothing = own["levels"].pop("additionalProperties")["anyOf"]
    keys = described["properties"]
    made["definitions"] = {key: keys[key] for key in keys if key != "level"}
    own["levels"].pop("propertyNames")

    def of(practice: Practice) -> Schema:
        refs = {key: _named(key) for key in keys}
        whole = {**described, "properties": {**refs, "level": _levels(practice)}}
        return {**_told(practice), "anyOf": [whole, nothing]}

    own["levels"]["properties"] = {p.id: of(p) for p in known.questionnaire.practices.values()}
    own["levels"]["additionalProperties"] = False


# translations


def _translation(made: Schema, known: Known) -> None:
    own, original = made["properties"], known.original
    _made_with(own["questionnaire"], original)
    own["title"] = _text(own["title"], original.title)
    _as_many(own["help"], len(original.help))
    _as_many(own["pairs"], len(original.pairs))
    _only(own["dimensions"], {d.id: d for d in original.dimensions}, _dimension_text)
    _only(own["practices"], original.practices, _practice_text)
    others: dict[str, Baseline | None] = dict.fromkeys(known.baseline_titles)
    _only(own["baselines"], others | {b.id: b for b in known.baselines}, _baseline_text)


def _text(made: Schema, original: str) -> Schema:
    """A text to translate, with what it says in the original."""
    said = " ".join(original.split())
    return {**made, "description": said, "markdownDescription": escaped(said)}


def _as_many(made: Schema, count: int) -> None:
    made["anyOf"][0] |= {"minItems": count, "maxItems": count}


def _only(made: Schema, known: Mapping[str, Thing], text: Callable[[Schema, Thing], Schema]) -> None:
    """What is translated by id: these ids and no others."""
    form = made.pop("additionalProperties")
    made.pop("propertyNames")
    made["properties"] = {id_: text(form, thing) for id_, thing in known.items()}
    made["additionalProperties"] = False


def _texts(made: Schema, original: Mapping[str, str | None], *, strict: bool = True) -> Schema:
    """Texts by key; a key without an original is none to translate, if `strict`."""
    own = {
        key: value if original.get(key) is None else _text(value, str(original[key]))
        for key, value in made["properties"].items()
        if not strict or key not in original or original[key] is not None
    }
    return {**made, "properties": own}


def _dimension_text(made: Schema, dimension: Dimension) -> Schema:
    return _texts(made, {"title": dimension.title, "asks": dimension.asks})


def _practice_text(made: Schema, practice: Practice) -> Schema:
    """A revised practice may have an older translation, which is not shown: nothing is asked of that one."""
    strict = practice.revised is None
    says = practice.evidence.says if practice.evidence is not None else None
    original = {
        "title": practice.title,
        "question": practice.question,
        "overdone": practice.overdone,
        "next_step": practice.next_step,
        "says": says,
    }
    texts = _texts(made, original, strict=strict)
    several, nothing = texts["properties"]["levels"]["anyOf"]
    items = [_text(several["items"], level.text) for level in practice.levels]
    several = {**several, "items": items}
    if strict:
        several |= {"minItems": len(items), "maxItems": len(items)}
    texts["properties"]["levels"] = {**_told(practice), "anyOf": [several, nothing]}
    return {**texts, **_asked(practice)}


def _baseline_text(made: Schema, baseline: Baseline | None) -> Schema:
    """The texts of a baseline; of one that is not valid itself nothing is known."""
    if baseline is None:
        return made
    own = _copy(made["properties"])
    own["title"] = _text(own["title"], baseline.title)
    sources = {source.id: source for source in baseline.sources}
    _only(own["sources"], sources, lambda form, s: _texts(form, {"title": s.title, "author": s.author}))
    limits = {source.id: source.limits for source in baseline.sources if source.limits is not None}
    _only(own["limits"], limits, _text)
    described = {practice: d for practice, d in baseline.levels.items() if d is not None}
    _only(
        own["levels"],
        described,
        lambda form, d: _texts(form, {"where": d.where, "says": d.says, "price": d.price}),
    )
    return {**made, "properties": own}


def _copy(properties: Schema) -> Schema:
    return {key: dict(value) for key, value in properties.items()}


# a person's keys


def _keys(made: Schema, _known: Known) -> None:
    """What each key does, and which it is where nobody has chosen another."""
    keys = made["properties"]["keys"]
    keys.pop("propertyNames")
    keys["additionalProperties"] = False
    keys["properties"] = {
        key.id: {
            **key_schema(
                PATTERN_TO_WRITE if key.scope in WRITING else PATTERN, len(key.keys) if "{n}" in key.runs else None
            ),
            "description": labelled(translate(key.help), key.shown) if key.keys else translate(key.help),
        }
        for key in TABLE
    }


_TAILORS: Mapping[str, Callable[[Schema, Known], None]] = {
    "answers": _answers,
    "baseline": _baseline,
    "config": _config,
    "counts": _counts,
    "keys": _keys,
    "round": _round,
    "translation": _translation,
}
