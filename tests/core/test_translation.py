"""A translation says the same things otherwise: it changes texts, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from builders import LAW, baseline, practice, questionnaire, questionnaires
from hypothesis import given
from hypothesis import strategies as st

from assess.core.finding import Severity
from assess.core.questionnaire import Questionnaire, newer
from assess.core.translation import Translation, check_translation, translated, translated_baseline

EVIDENCE = {"grade": "weak", "says": "little", "references": ["A 2020"]}
QUESTIONS = questionnaire(
    practice("a", overdone="too much", next_step="begin", evidence=EVIDENCE, revised="1.1", goal=3, pulse=True),
    practice("b"),
    version="1.2",
    help=[{"title": "Member", "text": "One of us."}],
    pairs=[{"practices": ["a", "b"], "why": "balance"}],
)
FIRST = baseline({"a": 2, "b": None})


def translation(version: str = "1.2", **changes: Any) -> Translation:
    texts = {"title": "A!", "question": "A?", "levels": list("vwxyz"), "overdone": "zu viel", "next_step": "los"}
    return Translation.model_validate(
        {
            "format": "assess.translation/1",
            "questionnaire": {"id": "q", "version": version},
            "language": "de",
            "title": "Fragen",
            "help": [{"title": "Mitglied", "text": "Wer dazugehört."}],
            "dimensions": {"d": {"title": "Bereich"}},
            "practices": {
                "a": {**texts, "says": "wenig"},
                "b": {"title": "B!", "question": "B?", "levels": list("12345")},
            },
            "pairs": ["Gleichgewicht"],
            "baselines": {"b": {"title": "Eine", "levels": {"a": {"where": "S. 1", "says": "Einiges."}}}},
            **changes,
        }
    )


def test_every_text_is_put_in_place() -> None:
    shown = translated(QUESTIONS, translation())

    a = shown.practices["a"]
    assert (shown.language, shown.title, shown.help[0].title, shown.pairs[0].why) == (
        "de",
        "Fragen",
        "Mitglied",
        "Gleichgewicht",
    )
    assert (a.title, a.question, [level.text for level in a.levels]) == ("A!", "A?", list("vwxyz"))
    assert (a.overdone, a.next_step, a.evidence and a.evidence.says) == ("zu viel", "los", "wenig")
    assert shown.dimension_of["a"].title == "Bereich"
    said = translated_baseline(FIRST, translation(), QUESTIONS)
    assert said.title == "Eine"
    assert said.levels["a"] is not None
    assert (said.levels["a"].says, said.levels["a"].level, said.levels["b"]) == ("Einiges.", 2, None)


def texts_removed(value: Any) -> Any:
    """A questionnaire as data without its texts."""
    words = {"title", "question", "text", "overdone", "next_step", "says", "asks", "why", "language"}
    if isinstance(value, dict):
        return {k: texts_removed(v) for k, v in value.items() if k not in words}
    return [texts_removed(v) for v in value] if isinstance(value, list | tuple) else value


def test_ids_values_goals_and_references_stay() -> None:
    shown = translated(QUESTIONS, translation())

    assert texts_removed(shown.model_dump()) == texts_removed(QUESTIONS.model_dump())
    assert shown.practices["a"].values == QUESTIONS.practices["a"].values
    assert shown.asked("pulse") == QUESTIONS.asked("pulse")


@LAW
@given(questionnaires(), st.data())
def test_a_translation_of_any_part_changes_texts_only(questions: Questionnaire, data: st.DataObject) -> None:
    texts = {
        pid: {
            key: f"{key} {pid}" if key != "levels" else [f"{pid} {i}" for i in range(len(p.levels))]
            for key in data.draw(st.sets(st.sampled_from(["title", "question", "levels"])))
        }
        for pid, p in questions.practices.items()
        if data.draw(st.booleans())
    }
    of = translation(practices=texts, dimensions={}, pairs=None, help=None, version="1", baselines={})

    shown = translated(questions, of)

    assert texts_removed(shown.model_dump()) == texts_removed(questions.model_dump())
    for pid, p in shown.practices.items():
        own, given_ = questions.practices[pid], texts.get(pid, {})
        assert p.title == given_.get("title", own.title)
        assert p.question == given_.get("question", own.question)
        assert [level.text for level in p.levels] == given_.get("levels", [level.text for level in own.levels])
    assert not any(f.severity is Severity.ERROR for f in check_translation(of, questions, ()))


def test_what_is_missing_stays_as_it_was_written() -> None:
    partly = translation(title=None, help=None, practices={"b": {"title": "B!"}}, dimensions={}, pairs=None)

    shown = translated(QUESTIONS, partly)

    assert (shown.title, shown.help, shown.pairs) == (QUESTIONS.title, QUESTIONS.help, QUESTIONS.pairs)
    assert shown.practices["a"] == QUESTIONS.practices["a"]
    assert (shown.practices["b"].title, shown.practices["b"].question) == ("B!", "?")


def test_a_practice_revised_since_then_stays_as_it_was_written() -> None:
    old = translation(version="1.0")

    shown = translated(QUESTIONS, old)

    assert shown.practices["a"] == QUESTIONS.practices["a"]
    assert shown.practices["b"].title == "B!"
    assert translated_baseline(FIRST, old, QUESTIONS).levels["a"] == FIRST.levels["a"]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_levels_or_pairs_of_another_number_are_not_used(count: int) -> None:
    other = translation(practices={"a": {"levels": ["x"] * count}}, pairs=["p"] * (count + 2), help=[])

    shown = translated(QUESTIONS, other)

    assert shown.practices["a"].levels == QUESTIONS.practices["a"].levels
    assert shown.pairs == QUESTIONS.pairs


def found(of: Translation) -> list[tuple[str, str]]:
    said = check_translation(of, QUESTIONS, (FIRST,))
    return sorted((f.rule, "/".join(map(str, f.route))) for f in said)


def test_a_whole_translation_is_found_to_be_whole() -> None:
    assert found(translation()) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"practices": {}}, [("translation-missing", "practices")] * 2),
        ({"title": None}, [("translation-missing", "title")]),
        ({"pairs": ["a", "b"]}, [("translation-count", "pairs")]),
        ({"help": []}, [("translation-count", "help")]),
        ({"dimensions": {"d": {"title": "T", "asks": "new"}}}, [("translation-adds", "dimensions/d/asks")]),
        ({"baselines": {"c": {}}}, [("translation-adds", "baselines/c"), ("translation-missing", "baselines")]),
        ({"questionnaire": {"id": "z", "version": "1"}}, [("wrong-questionnaire", "questionnaire/id")]),
    ],
)
def test_what_it_lacks_or_adds_is_found(changes: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert [rule for rule, _route in found(translation(**changes))] == [rule for rule, _route in expected]
    assert {rule for rule, _ in expected} == {rule for rule, _ in found(translation(**changes))}


def test_lacking_is_a_warning_and_adding_an_error() -> None:
    lacking = list(check_translation(translation(title=None), QUESTIONS, (FIRST,)))
    old = list(check_translation(translation(version="1.0"), QUESTIONS, (FIRST,)))
    adding = list(check_translation(translation(pairs=[]), QUESTIONS, (FIRST,)))

    assert {f.severity for f in lacking + old} == {Severity.WARNING}
    assert [f.rule for f in old] == ["translation-outdated"]
    assert {f.severity for f in adding} == {Severity.ERROR}


@pytest.mark.parametrize(
    ("later", "earlier"), [("1.10", "1.9"), ("2", "1.9.9"), ("1.0.1", "1.0"), ("2.0", "2.0-draft"), ("10", "9")]
)
def test_versions_are_compared_as_numbers(later: str, earlier: str) -> None:
    assert newer(later, earlier)
    assert not newer(earlier, later)
    assert not newer(later, later)
