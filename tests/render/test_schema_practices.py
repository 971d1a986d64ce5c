"""JSON Schemas of all kinds: sound, explained, in step with the models, safe with any questionnaire's words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from builders import (
    LAW,
    assessment,
    baseline,
    level_lists,
    practice,
    questionnaire,
    questionnaires,
    round_,
    rounds,
    sheet,
)
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, FormatChecker
from markdown_it import MarkdownIt
from pydantic import BaseModel
from pydantic_core import PydanticCustomError

from assess.core import answers, config, counts, keymap, translation
from assess.core import questionnaire as questionnaire_module
from assess.core import round as round_module
from assess.core.answers import DONT_KNOW, NOT_APPLICABLE, TEAM, Sheet
from assess.core.glossary import KEYS
from assess.core.questionnaire import Baseline, Questionnaire, check_name
from assess.core.scoring import score
from assess.files.load import KINDS
from assess.files.save import round_data, sheet_data
from assess.render import json_shape
from assess.render.json import result_data, sealed_data
from assess.render.schema import RESULT, schema
from assess.render.schema_practices import Known, escaped, tailored

ALL = [*KINDS, RESULT]


def known(questions: Questionnaire, *baselines: Baseline) -> Known:
    return Known(
        questionnaire=questions,
        original=questions,
        baselines=baselines,
        baseline_titles={b.id: b.title for b in baselines},
        questionnaires=("shipping-practices",),
        languages=("en", "zh-Hans"),
    )


def made(kind: str, questions: Questionnaire, *baselines: Baseline) -> dict[str, Any]:
    bare = schema(kind) if kind == RESULT else schema(kind, KINDS[kind])
    return tailored(kind, bare, known(questions, *baselines))


def wrong(kind: str, data: Any, questions: Questionnaire, *baselines: Baseline) -> list[str]:
    """Where a schema finds something wrong."""
    validator = Draft7Validator(made(kind, questions, *baselines), format_checker=FormatChecker())
    return ["/".join(map(str, error.absolute_path)) for error in validator.iter_errors(data)]


def plain(value: BaseModel) -> Any:
    return value.model_dump(mode="json", by_alias=True)


FIVE = questionnaire(practice("a"), practice("b", levels=["no", "yes"]), moved={"old": "b"}, retired={"gone": "W"})


@pytest.mark.parametrize("kind", ALL)
def test_every_schema_is_sound_draft_07_and_says_which_it_is(kind: str) -> None:
    whole = made(kind, FIVE, baseline({"a": 3}))

    Draft7Validator.check_schema(whole)

    assert whole["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert whole["$id"] == f"urn:assess:schema:{kind}:1"
    assert whole["properties"]["format"]["const"] == f"assess.{kind}/1"
    assert "format" in whole["required"]


def keys(part: Any, route: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every key that a schema names, with what it says of it."""
    if isinstance(part, list):
        for item in part:
            yield from keys(item, route)
    elif isinstance(part, dict):
        for key, value in part.get("properties", {}).items():
            yield f"{route}/{key}", value
            yield from keys(value, f"{route}/{key}")
        for step in ("items", "additionalProperties", "anyOf", "allOf"):
            yield from keys(part.get(step), route)
        for name, value in part.get("definitions", {}).items():
            yield from keys(value, f"{route}/#{name}")


@pytest.mark.parametrize("kind", ALL)
def test_every_key_is_explained_in_a_short_sentence(kind: str) -> None:
    whole = schema(kind) if kind == RESULT else schema(kind, KINDS[kind])

    said = {route: value.get("description", "") for route, value in keys(whole)}

    assert said
    assert {route: text for route, text in said.items() if not 4 < len(text) < 120 or text[-1] != "."} == {}


def test_nothing_is_explained_that_no_file_has() -> None:
    modules = (answers, config, counts, json_shape, keymap, questionnaire_module, round_module, translation)
    for name, explained in KEYS.items():
        model = next(getattr(module, name) for module in modules if hasattr(module, name))
        if issubclass(model, BaseModel):
            fields = {field.alias or key for key, field in model.model_fields.items()}
        else:
            fields = set(model.__annotations__)
        short = {"level"} if issubclass(model, config.Rule) else set()
        assert set(explained) == fields - short, name


def enums(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        if "enum" in part and "errorMessage" not in part:
            yield part
        for value in part.values():
            yield from enums(value)
    elif isinstance(part, list):
        for item in part:
            yield from enums(item)


@pytest.mark.parametrize("kind", [kind for kind in ALL if kind != "questionnaire"])
def test_every_fixed_word_and_every_level_is_explained(kind: str) -> None:
    asked = questionnaire(practice("a"), moved={"old": "a"})  # what is retired has no levels that anybody knows

    for choice in enums(made(kind, asked, baseline({"a": 3}))):
        assert len(choice["enumDescriptions"]) == len(choice["enum"]), choice
        assert all(choice["enumDescriptions"])


@pytest.mark.parametrize("kind", ALL)
def test_nothing_stands_beside_a_reference_and_no_python_name_is_a_title(kind: str) -> None:
    text = json.dumps(made(kind, FIVE, baseline({"a": 3})))

    for reference in (part for _, part in keys(json.loads(text)) if "$ref" in part):
        assert list(reference) == ["$ref"]
    assert '"title": "' not in text
    assert "$defs" not in text


# sheets


@pytest.mark.parametrize("answer", [0, 1, DONT_KNOW, NOT_APPLICABLE])
def test_an_answer_stands_bare_or_with_its_notes(answer: Any) -> None:
    for given_ in (answer, {"answer": answer, "note": "n", "evidence": ["x"], "discuss": True}):
        assert wrong("answers", sheet_data(sheet(answers={"b": given_})), FIVE) == []


@pytest.mark.parametrize("answer", [2, 4, -1, 0.5, "0", True, None, [1], {"answer": 2}, {"answer": 1, "nots": ""}])
def test_an_answer_that_this_practice_does_not_have_is_found_where_it_stands(answer: Any) -> None:
    data = {**sheet_data(sheet()), "answers": {"a": 4, "b": answer}}

    assert wrong("answers", data, FIVE) == ["answers/b"]


def test_a_practice_that_nobody_knows_is_found() -> None:
    data = {**sheet_data(sheet()), "answers": {"c": 1}}

    assert wrong("answers", data, FIVE) == ["answers"]


@pytest.mark.parametrize("old", ["old", "gone"])
def test_an_old_sheet_keeps_practices_that_are_called_otherwise_now(old: str) -> None:
    whole = made("answers", FIVE)
    data = {**sheet_data(sheet()), "answers": {old: 1}}

    assert wrong("answers", data, FIVE) == []
    assert whole["properties"]["answers"]["properties"][old]["deprecated"]


def test_an_old_name_says_the_new_one_and_a_retired_practice_why() -> None:
    whole = made("answers", FIVE)["properties"]["answers"]["properties"]

    assert "“b”" in whole["old"]["deprecationMessage"]
    assert "W" in whole["gone"]["deprecationMessage"]


@pytest.mark.parametrize("respondent", ["p", TEAM])
def test_goals_dissent_and_actions_stand_on_the_teams_sheet_only(respondent: str) -> None:
    answers = {"a": {"answer": 1, "dissent": "d", "goal": {"level": 2, "reason": "r"}}}
    data = sheet_data(sheet(respondent, answers, actions=[{"id": "a1", "practice": "a", "text": "t"}]))

    places = [] if respondent == TEAM else ["actions", "answers/a/dissent", "answers/a/goal"]
    assert sorted(wrong("answers", data, FIVE)) == places


def test_empty_team_matters_on_a_persons_sheet_are_nothing() -> None:
    data = {**sheet_data(sheet()), "answers": {"a": {"dissent": "", "goal": None}}, "actions": []}

    assert wrong("answers", data, FIVE) == []


OF_ROUNDS = Draft7Validator(made("round", FIVE))
names = st.from_regex(r"[\w.-]{1,64}", fullmatch=True)
texts = st.text(st.characters(categories=("L", "N", "P", "Zs")), min_size=1).filter(str.strip)


@st.composite
def sheets(draw: st.DrawFn) -> tuple[Questionnaire, Sheet]:
    """Any questionnaire, and any sheet of one person or the team that its models take."""
    questions = draw(questionnaires())
    team = draw(st.booleans())
    answers: dict[str, Any] = {}
    for id_, asked in questions.practices.items():
        levels = st.integers(0, len(asked.levels) - 1)
        choice = st.one_of(levels, st.sampled_from([DONT_KNOW, NOT_APPLICABLE]))
        notes = {"note": texts, "evidence": st.lists(texts), "reason": texts, "discuss": st.booleans()}
        if team:
            goal = st.fixed_dictionaries({"level": levels, "reason": texts})
            notes |= {"dissent": texts, "goal": st.one_of(st.none(), goal)}
        whole = st.fixed_dictionaries({}, optional={"answer": st.one_of(st.none(), choice), **notes})
        answers[id_] = draw(st.one_of(st.none(), choice, whole))
    actions = st.fixed_dictionaries(
        {"id": names, "text": texts},
        optional={
            "practice": st.sampled_from(list(questions.practices)),
            "owner": texts,
            "due": st.dates(),
            "state": st.sampled_from(["open", "done", "dropped"]),
            "why": texts,
        },
    )
    try:
        found = sheet(
            TEAM if team else draw(names),
            answers,
            round=draw(names),
            team=draw(texts),
            answered=draw(st.dates()),
            actions=draw(st.lists(actions, max_size=2)) if team else [],
        )
    except ValueError:  # a name that is none: see the law of names
        found = sheet()
    return questions, found


@LAW
@given(sheets())
def test_what_the_model_takes_and_writes_the_schema_takes(case: tuple[Questionnaire, Sheet]) -> None:
    questions, value = case

    for data in (sheet_data(value), plain(value)):
        assert wrong("answers", data, questions) == []


@LAW
@given(st.one_of(names, st.text(max_size=70)))
def test_every_name_is_a_name_for_the_schema(name: str) -> None:
    try:
        check_name(name)
    except PydanticCustomError:
        return
    data = {**round_data(round_()), "round": name}
    assert [error.message for error in OF_ROUNDS.iter_errors(data)] == []


@pytest.mark.parametrize("name", ["a b", "../x", ".x", "", "x" * 65, "a:b", "问，答", "“a”"])
def test_what_is_typed_for_a_name_and_is_none_is_found(name: str) -> None:
    data = {**sheet_data(sheet()), "respondent": name}

    assert "respondent" in wrong("answers", data, FIVE)


# the other kinds

OF_QUESTIONNAIRES = Draft7Validator(made("questionnaire", FIVE))


@LAW
@given(questionnaires())
def test_every_questionnaire_is_one_for_the_schema(questions: Questionnaire) -> None:
    assert [error.message for error in OF_QUESTIONNAIRES.iter_errors(plain(questions))] == []


@LAW
@given(level_lists())
def test_levels_stand_as_texts_or_with_their_values(levels: list[Any]) -> None:
    data = plain(questionnaire(practice("a")))
    data["dimensions"][0]["practices"][0]["levels"] = levels

    assert [error.message for error in OF_QUESTIONNAIRES.iter_errors(data)] == []


def test_a_baseline_describes_only_levels_that_a_practice_has() -> None:
    assert wrong("baseline", plain(baseline({"a": 4, "b": None})), FIVE) == []
    assert wrong("baseline", plain(baseline({"a": 4, "b": 2})), FIVE) == ["levels/b"]
    assert wrong("baseline", plain(baseline({"c": 1})), FIVE) == ["levels"]


CONFIG = {"format": "assess.config/1"}
WAIVER = {"rule": "stale", "reason": "r", "owner": "o", "until": "2027-01-31"}


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"baselines": ["b"], "questionnaire": "own/q.yaml", "language": "zh_TW"},
        {"rules": {"stale": ["warn", {"max_age": "30d"}], "coverage": "off", "below-goal": ["error"]}},
        {"waivers": [{**WAIVER, "practice": "a"}, WAIVER, {**WAIVER, "practice": "old"}]},
    ],
)
def test_a_configuration_is_taken(data: dict[str, Any]) -> None:
    assert wrong("config", {**CONFIG, **data}, FIVE, baseline({})) == []


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ({"baselines": ["c"]}, "baselines"),
        ({"rules": {"stale": {"max_age": "30d"}}}, "rules/stale"),
        ({"rules": {"stale": ["warn", {"max_age": 30}]}}, "rules/stale"),
        ({"rules": {"below-goal": ["warn", {"min": 1}]}}, "rules/below-goal"),
        ({"rules": {"below_goal": "warn"}}, "rules"),
        ({"waivers": [{**WAIVER, "practice": "c"}]}, "waivers/0/practice"),
        ({"waivers": [{**WAIVER, "rule": "staleness"}]}, "waivers/0/rule"),
    ],
)
def test_a_configuration_that_leads_nowhere_is_found(data: dict[str, Any], place: str) -> None:
    assert wrong("config", {**CONFIG, **data}, FIVE, baseline({})) == [place]


TRANSLATION: dict[str, Any] = {
    "format": "assess.translation/1",
    "questionnaire": {"id": "q", "version": "1"},
    "language": "de",
    "title": "T",
    "help": [],
    "dimensions": {"d": {"title": "T"}},
    "practices": {"b": {"title": "T", "levels": ["nein", "ja"]}},
    "baselines": {"b": {"levels": {"a": {"says": "S"}}, "sources": {"s": {"title": "T"}}}},
}


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({}, None),
        ({"practices": {"c": {}}}, "practices"),
        ({"practices": {"b": {"levels": ["nein"]}}}, "practices/b/levels"),
        ({"practices": {"b": {"overdone": "O"}}}, "practices/b"),
        ({"dimensions": {"e": {}}}, "dimensions"),
        ({"dimensions": {"d": {"asks": "A"}}}, "dimensions/d"),
        ({"help": [{"title": "T", "text": "T"}]}, "help"),
        ({"pairs": ["P"]}, "pairs"),
        ({"baselines": {"c": {}}}, "baselines"),
        ({"baselines": {"b": {"levels": {"b": {}}}}}, "baselines/b/levels"),
        ({"baselines": {"b": {"sources": {"t": {}}}}}, "baselines/b/sources"),
        ({"baselines": {"b": {"limits": {"s": "L"}}}}, "baselines/b/limits"),
        ({"baselines": {"b": {"levels": {"a": {"price": "P"}}}}}, "baselines/b/levels/a"),
    ],
    ids=str,
)
def test_a_translation_adds_nothing_and_counts_as_the_original(changes: dict[str, Any], place: str | None) -> None:
    found = wrong("translation", {**TRANSLATION, **changes}, FIVE, baseline({"a": 1, "b": None}))

    assert found == ([] if place is None else [place])


def test_a_translator_sees_the_original_over_every_text() -> None:
    whole = made("translation", FIVE)["properties"]

    assert whole["title"]["description"] == FIVE.title
    assert whole["practices"]["properties"]["b"]["properties"]["title"]["description"] == "b"


def test_of_a_practice_that_was_revised_an_older_translation_may_stay() -> None:
    revised = questionnaire(practice("a", revised="2", levels=["x", "y", "z"]))
    old = {
        **TRANSLATION,
        "dimensions": {},
        "baselines": {},
        "practices": {"a": {"levels": ["x"], "overdone": "O"}},
    }

    assert wrong("translation", old, revised) == []


# results


def closed(part: Any) -> Any:
    """A schema that takes no more keys than it names, which the published one does for later versions."""
    if isinstance(part, list):
        return [closed(item) for item in part]
    if not isinstance(part, dict):
        return part
    inner = {key: closed(value) for key, value in part.items()}
    return {**inner, "additionalProperties": False} if "properties" in part else inner


CLOSED = Draft7Validator(closed(schema(RESULT)))


@LAW
@given(rounds())
def test_every_result_has_the_published_shape_and_no_key_more(case: tuple[Questionnaire, Any]) -> None:
    questions, asked = case
    first = next(iter(questions.practices))
    result = score(questions, asked, (baseline({first: 1}),))

    for data in (result_data(result), sealed_data(asked)):
        assert [error.message for error in CLOSED.iter_errors(json.loads(json.dumps(data)))] == []


def test_a_later_version_of_a_result_may_have_more_keys_but_no_key_is_missing() -> None:
    data = sealed_data(assessment(sheet(answers={"a": 1}), sheet("r"), state="open"))
    validator = Draft7Validator(schema(RESULT))

    assert validator.is_valid({**data, "more": 1})
    for key in set(data) - {"expected"}:
        assert not validator.is_valid({k: v for k, v in data.items() if k != key}), key


# words of a questionnaire

HOSTILE = "<img src=x onerror=alert(1)> [x](javascript:alert(1)) **b** `c` | # h\n---\n1. l &amp; \\ ~~s~~ ![i](u)"


@LAW
@given(st.one_of(st.text(), st.text("*_`~[]()<>#+-.!|\\&=:1 \n\tab$"), st.just(HOSTILE)))
def test_markdown_shows_an_escaped_text_as_it_is(text: str) -> None:
    text = "".join(char for char in text if char.isprintable() or char in "\n\t")
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(escaped(text))

    inline = [token for token in tokens if token.type == "inline"]
    shown = [child for token in inline for child in token.children or []]
    kinds = {token.type for token in tokens} | {child.type for child in shown}
    assert kinds <= {"paragraph_open", "paragraph_close", "inline", "text", "text_special"}
    assert "".join(child.content for child in shown) == " ".join(text.split())


def test_hostile_words_come_out_as_text_in_the_hover() -> None:
    questions = questionnaire(practice("a", title=HOSTILE, question=HOSTILE, levels=[HOSTILE, "x"]))
    said = made("answers", questions)["properties"]["answers"]["properties"]["a"]["markdownDescription"]

    page = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(said)

    assert not [tag for tag in ("<img", "<a ", "<h1", "<hr", "<code", "<s>", "<ol") if tag in page]
    assert page.count("<strong>") == 3  # the title and the numbers of two levels: ours
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


def test_equal_questionnaires_give_equal_bytes() -> None:
    one, other = (json.dumps(made("answers", FIVE)) for _ in range(2))

    assert one == other


def test_a_practice_is_shown_with_its_title_its_question_and_all_its_levels() -> None:
    asked = practice("a", title="Quiet days", question="How many?", levels=["None.", "Some.", "All."])
    whole = made("answers", questionnaire(asked))
    said = whole["properties"]["answers"]["properties"]["a"]

    assert said["description"] == "Quiet days\n\nHow many?\n\n0  None.\n1  Some.\n2  All."
    assert (
        said["markdownDescription"] == "**Quiet days**\n\nHow many?\n\n- **0** None.\n- **1** Some.\n- **2** All."
    )
    assert whole["definitions"]["answer-1"]["enum"] == [0, 1, 2, DONT_KNOW, NOT_APPLICABLE]
    assert whole["definitions"]["answer-1"]["enumDescriptions"][:3] == ["None.", "Some.", "All."]
