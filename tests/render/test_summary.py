"""The report as Markdown: its numbers are the result's, its words are true, and nothing in a file can steer it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from builders import DAY, LAW, assessment, baseline, practice, questionnaire, round_, rounds, sheet, team_sheet
from hypothesis import given
from hypothesis import strategies as st
from pages import cells_in_source, sections

from assess.core.agenda import brief
from assess.core.change import common_basis, compare
from assess.core.questionnaire import Baseline, Questionnaire
from assess.core.round import Assessment
from assess.core.scoring import means, score
from assess.render.fitted import LIMIT
from assess.render.minutes import minutes
from assess.render.report_view import ReportData
from assess.render.summary import MARK, SummaryData, summary

TODAY = date(2026, 11, 23)
QUESTIONS = questionnaire(
    practice("free-days", title="Free days", goal=3),
    practice("releases", title="Releases"),
    practice("channel", title="One channel"),
    practice("launches", title="Launches"),
)
STORY = baseline({"free-days": 3, "releases": 2, "channel": None, "launches": None}, "story")


def told(
    found: Assessment,
    earlier: tuple[Assessment, ...] = (),
    questions: Questionnaire = QUESTIONS,
    baselines: tuple[Baseline, ...] = (STORY,),
    today: date = TODAY,
) -> str:
    """The page about a round."""
    open_ = [a for a in earlier if not a.sealed]
    basis = common_basis(open_[-1], found) if open_ and not found.sealed else None
    report = ReportData(
        questionnaire=questions,
        baselines=baselines,
        assessment=found,
        result=None if found.sealed else score(questions, found, baselines, earlier=earlier),
        team_result=None,
        today=today,
        language="en",
        version="0.1.0",
        earlier=earlier,
        history=tuple((a.name, means(questions, a)) for a in open_),
        comparison=compare(questions, open_[-1], found, basis) if basis else None,
    )
    if found.sealed:
        return summary(SummaryData(report))
    about = brief(questions, found, earlier, baselines)
    sheet_ = found.team_sheet
    return summary(SummaryData(report, sheet_ and minutes(about, sheet_, questions, today)))


def people(*rows: tuple[Any, ...], **more: Any) -> Assessment:
    """A round: one row for each person, one answer for each practice."""
    ids = tuple(QUESTIONS.practices)
    return assessment(*(sheet(f"m{i}", dict(zip(ids, row, strict=True))) for i, row in enumerate(rows)), **more)


def cells(page: str) -> dict[str, dict[str, str]]:
    return {row["practice"]: row for row in sections(page)["Practices"].records}


def test_five_states_and_what_nobody_describes_are_told_apart_and_none_is_zero() -> None:
    rows = (0, "dont-know", "not-applicable", 2), (0, "dont-know", "not-applicable", None), (1, 2, 3, None)

    found = cells(told(people(*rows)))

    assert [found[t]["level"] for t in ("Free days", "Releases", "One channel", "Launches")] == [
        "0", "not scored", "does not apply", "not scored",
    ]  # fmt: skip
    assert found["Releases"]["answers"] == "1×2 ?2"
    assert found["One channel"]["answers"] == "1×3 x2"
    assert found["Launches"]["answers"] == "1×2 ·2"
    assert (found["Free days"]["story"], found["Launches"]["story"]) == ("3", "not described")
    assert (found["Free days"]["goal"], found["Launches"]["goal"]) == ("3", "no goal")


def test_agreement_is_said_where_people_do_not_agree() -> None:
    page = told(people((0, 2, 2, 0), (0, 2, 2, None), (4, 2, 3, None), (4, 2, 4, None)))

    found = cells(page)
    assert [found[t]["agreement"] for t in ("Free days", "Releases", "One channel", "Launches")] == [
        "disagree (in two camps)", "", "mixed (one far from the others)", "–",
    ]  # fmt: skip
    first = sections(page)["Where we disagree, and what to clarify first"].items
    assert first[0] == "Free days: disagree (in two camps); 2×0 2×4"


def test_one_person_has_no_agreement_and_is_called_one_voice() -> None:
    page = told(people((1, 2, 3, 4)))

    assert "agreement" not in sections(page)["Practices"].tables[0][0]
    assert "One person has answered: this is one voice, not yet the team." in page
    assert "1 person has answered · newest answer 2026-11-02 (21 days ago)" in page


def test_where_nobody_knows_anything_that_is_what_is_said() -> None:
    page = told(people(*[("dont-know",) * 4] * 3))

    found = sections(page)
    assert "**Nothing is scored yet: too few answers name a level**" in page
    assert [row["level"] for row in found["Practices"].records] == ["not scored"] * 4
    assert found["Where we disagree, and what to clarify first"].items[0] == (
        "Free days: 3 of 3 who answered gave no level; the score could be anything from 0 to 100; ?3"
    )
    assert found["How much of each baseline is there"].records[0]["there"] == (
        "nothing to compare (rests on 0 of 4 practices asked)"
    )
    assert found["Dimensions"].records[0]["score"] == "not scored"


def test_a_dimension_that_does_not_apply_is_not_zero() -> None:
    page = told(people(*[("not-applicable",) * 4] * 3))

    assert {row["level"] for row in cells(page).values()} == {"does not apply"}
    assert sections(page)["Dimensions"].records[0] == {
        "dimension": "D", "score": "does not apply", "range": "–", "coverage": "–",
    }  # fmt: skip


def test_what_moved_is_told_as_diff_tells_it_with_the_reason() -> None:
    before = people(*[(4, 0, 2, 2)] * 5, name="r1")
    reason = team_sheet({"free-days": {"answer": 1, "reason": "Two launches in one month."}})
    page = told(people(*[(0, 4, 2, None)] * 5, team=reason), (before,))

    found = sections(page)
    assert found["Worse"].records[0] | {"people": ""} == {
        "practice": "Free days", "score": "100 → 0", "change": "−100", "level": "level 4 → 0",
        "people": "", "reason": "Two launches in one month.",
    }  # fmt: skip
    assert [row["practice"] for row in found["Improved"].records] == ["Releases"]
    moved = {title: row["since r1"] for title, row in cells(page).items()}
    assert moved == {
        "Free days": "worse", "Releases": "improved", "One channel": "no visible change",
        "Launches": "not comparable",
    }  # fmt: skip
    assert "Not comparable, because too few gave a level: 1" in found["What moved since r1"].items


def test_the_first_round_and_one_that_cannot_be_compared_say_so() -> None:
    together = assessment(team=team_sheet({"free-days": 2, "releases": 2, "channel": 1, "launches": 0}), name="r1")

    assert "This is the first round: there is nothing to compare it with yet." in told(together)
    page = told(people((1, 2, 3, 4)), (together,))
    assert "r1 and r cannot be compared: one was answered together" in page
    assert "since r1" not in page


def test_a_team_that_answered_as_one_has_levels_and_no_counts() -> None:
    answers = {"free-days": 2, "releases": "dont-know", "channel": {"answer": "not-applicable", "reason": "x"}}
    page = told(assessment(team=team_sheet(answers)))

    assert [row["level"] for row in cells(page).values()] == ["2", "don't know", "not answered", "does not apply"]
    assert "answers" not in sections(page)["Practices"].tables[0][0]
    assert "The levels are those the team settled on together." in page
    assert "What the team agreed on" not in sections(page)


def test_what_was_settled_is_told_and_overdue_actions_come_first() -> None:
    old = team_sheet(
        {}, round="r1", actions=[{"id": "a1", "text": "Old", "owner": "ada", "due": date(2026, 9, 1)}]
    )
    before = assessment(sheet("m0", {"free-days": 2}, round="r1"), team=old, name="r1")
    actions = [
        {"id": "a2", "text": "New", "due": date(2026, 12, 1)},
        {"id": "a3", "text": "Done", "state": "done", "due": date(2026, 1, 1)},
    ]
    answers = {"free-days": {"answer": 2, "dissent": "Rather 4.", "goal": {"level": 3, "reason": "Two wait."}}}
    now = people((2, 2, 2, 2), (4, 2, 2, 2), team=team_sheet(answers, actions=actions))

    found = sections(told(now, (before,)))

    assert [(row["what"], row["state"]) for row in found["Actions"].records] == [
        ("Old", "overdue (from r1)"), ("New", "to do"), ("Done", "done"),
    ]  # fmt: skip
    assert found["Actions"].records[0]["who"] == "ada"
    assert found["Seen otherwise"].items == ["Free days: Rather 4."]
    assert found["Goals"].items == ["Free days: level 3: Two wait."]
    assert found["What the team agreed on"].records == [
        {"practice": "Free days", "answers": "1×2 1×4", "agreed": "level 2"}
    ]
    assert "overdue" not in told(now, (before,), today=date(2026, 8, 1))


def test_a_sealed_round_tells_who_has_answered_and_nothing_of_an_answer() -> None:
    page = told(people((0, 1, 2, 3), (4, 3, 2, 1), state="open", expected=6))

    assert "2 of 6 have answered" in page
    assert "answers stay hidden" in page
    assert not [word for word in ("Free days", "×", "|", "level") if word in page]


@LAW
@given(rounds())
def test_levels_and_answers_are_those_of_the_result(made: tuple[Questionnaire, Assessment]) -> None:
    questions, found = made
    result = score(questions, found, ())

    rows = cells(told(found, questions=questions, baselines=()))

    assert len(rows) == len(result.practices)
    for p in result.practices:
        row = rows[questions.practices[p.id].title]
        no_level = "does not apply" if p.excluded else "not scored"
        assert row["level"] == (no_level if p.median is None else str(p.median))
        said = row["answers"].split()
        assert [word for word in said if "×" in word] == [f"{n}×{i}" for i, n in enumerate(p.counts) if n]
        others = {"?": p.dont_know, "x": p.not_applicable, "·": p.unanswered}
        assert [word for word in said if "×" not in word] == [f"{sign}{n}" for sign, n in others.items() if n]


def test_the_same_round_gives_the_same_bytes_and_ends_with_its_mark() -> None:
    found = people((1, 2, 3, 4), (2, 2, 2, 2))

    assert told(found) == told(found)
    assert told(found).endswith(f"\n\n{MARK}\n")
    assert "on 2027-01-05" in told(found, today=date(2027, 1, 5))


# whatever is in the files

HOSTILE = (
    "a|b", "`x`", "```\nfence", "~~~", "<script>alert(1)</script>", "![x](https://evil.example/y.png)",
    "[a](javascript:x)", "@everyone", "a@b.example", "#1", "o/r#3", "GH-7", "-->", "<!--", "two\nlines\n\n# three",
    "\u202egnirts\u202c", "a\u2028b\u2029c", "https://evil.example", "www.evil.example", "&lt;b&gt;&#64;ada",
    "\\|", "a\\", "|||", "- x\n1. y", "---", "===", "[x]: https://evil.example", "$x$", "\x1b[31m\x9b", "{{ x }}",
    "\ufeff", "| --- | --- |", "> quoted", "    code", "<https://evil.example>", "**b** _i_ ~~s~~", '[//]: # "x"',
)  # fmt: skip


def hostile(text: str) -> str:
    """A page with the text wherever a file may say something."""
    text += "x"  # no text is only blanks: files are not read with such
    questions = questionnaire(
        practice("free-days", title=text, question=text, goal=3),
        practice("releases", title=text),
        practice("channel", title=f"{text} 3", revised="2"),
        version="2",
        title=text,
        pairs=[{"practices": ["free-days", "releases"], "why": text}],
    )
    dimension = questions.dimensions[0].model_copy(update={"title": text})
    questions = questions.model_copy(update={"dimensions": (dimension,)})
    answer = {"answer": 1, "note": text, "dissent": text, "reason": text, "evidence": [text]}
    goal = {"level": 2, "reason": text}
    action = {"id": "a1", "practice": "free-days", "text": text, "owner": text, "why": text, "state": "dropped"}
    team = team_sheet({"free-days": {**answer, "goal": goal}}, team=text, actions=[action])
    rows = [{"free-days": {"answer": i % 5, "note": text}, "releases": 4, "channel": 3} for i in (0, 0, 4, 4)]
    sheets = [sheet(f"m{i}", row, team=text) for i, row in enumerate(rows)]
    before = assessment(*(sheet(f"m{i}", {"free-days": 4, "releases": 0}) for i in range(4)), name="r1")
    now = Assessment("r", round_(team=text), tuple(sheets), team)
    evil = STORY.model_copy(
        update={"title": text, "levels": {k: STORY.levels[k] for k in ("free-days", "releases")}}
    )
    return told(now, (before,), questions, (evil,))


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_from_a_file_becomes_markup(text: str) -> None:
    page, plain = hostile(text), hostile("harmless")

    found, harmless = sections(page), sections(plain)
    assert [s.level for s in found.values()] == [s.level for s in harmless.values()]
    for here, there in zip(found.values(), harmless.values(), strict=True):
        assert [[len(row) for row in t] for t in here.tables] == [[len(row) for row in t] for t in there.tables]
        assert (len(here.items), len(here.paragraphs)) == (len(there.items), len(there.paragraphs))
    assert all(head == n for head, n in cells_in_source(page))
    assert all(char.isprintable() or char == "\n" for char in page)


@LAW
@given(st.text())
def test_nor_does_any_other(text: str) -> None:
    page = hostile(text)

    assert [*sections(page)][1:] == [*sections(hostile("harmless"))][1:]
    assert all(head == n for head, n in cells_in_source(page))


# whatever there is of it


@pytest.mark.parametrize("word", ["会议与决定都写下来", "@|<`#1 ", "x"])
@pytest.mark.parametrize("length", [40, 5_000])
def test_a_page_keeps_under_60_kilobytes_and_says_what_it_left_out(word: str, length: int) -> None:
    long = (word * length)[:length]
    made = [practice(f"p{i}", title=f"{i} {long}", goal=4) for i in range(49)]
    questions = questionnaire(*made)
    answers = {f"p{i}": {"answer": 1, "dissent": long, "goal": {"level": 3, "reason": long}} for i in range(49)}
    actions = [{"id": f"a{i}", "text": long, "owner": long} for i in range(200)]
    team = team_sheet(answers, actions=actions)
    earlier = tuple(_quarter(f"r{n}", n % 4, team_sheet({}, round=f"r{n}")) for n in range(7))
    baselines = tuple(baseline({f"p{i}": 3 for i in range(49)}, f"b{n}") for n in range(9))

    page = told(_quarter("r", 2, team), earlier, questions, baselines)

    assert len(page.encode()) < LIMIT == 60_000
    told_so = "Shortened to stay within 60 kB; what is left out: Dimensions (2 of 2)," in page
    assert told_so or (length == 40 and "… and" not in page)
    assert sections(page)["Actions"].rows, "what is of most use stays to the last"
    assert all(head == n for head, n in cells_in_source(page))
    assert "5 baselines more have no column here" in page


def _quarter(name: str, step: int, team: Any) -> Assessment:
    people_ = (
        sheet(f"m{i}", {f"p{p}": (i * step + p) % 5 for p in range(49)}, round=name, answered=DAY)
        for i in range(15)
    )
    return assessment(*people_, team=team, name=name)
