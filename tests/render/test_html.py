"""The report: its numbers are the result's, its words are true, and nothing in a file can steer it."""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest

from assess.core.answers import DONT_KNOW, NOT_APPLICABLE, Action, Answer, Goal, Sheet
from assess.core.change import trend
from assess.core.questionnaire import Baseline, Questionnaire, QuestionnaireRef
from assess.core.result import Basis
from assess.core.round import Assessment, Round
from assess.core.scoring import means, score
from assess.files import builtin
from assess.files.load import load
from assess.render.html import ReportData, report
from assess.render.json import result_data
from assess.render.report_practices import safe_url

TODAY = date(2026, 11, 23)
ON = date(2026, 11, 16)
ROWS = (
    "3 3 3 2 3 3",
    "2 2 3 2 2 2",
    "3 3 3 3 2 4",
    "1 1 2 1 2 1",
    "3 3 3 x 3 2",
    "3 3 2 3 3 3",
    "2 3 3 2 3 2",
    "0 1 0 4 3 4",
    "2 2 3 2 2 2",
    "1 2 2 ? 2 -",
)
WORDS = {"?": DONT_KNOW, "x": NOT_APPLICABLE, "-": None}
HTML = "text/html; charset=utf-8"
VOID = {"meta", "link", "br", "input", "path", "circle"}


def _questionnaire() -> Questionnaire:
    value = load(builtin.questionnaires()["shipping-practices"], Questionnaire).value
    assert value is not None
    return value


def _baselines() -> tuple[Baseline, ...]:
    folder = builtin.questionnaires()["shipping-practices"].parent / "baselines"
    return tuple(b for p in sorted(folder.glob("*.yaml")) if (b := load(p, Baseline).value) is not None)


def _templates() -> dict[str, str]:
    folder = builtin.folder("reports")
    return {
        p.relative_to(folder).as_posix(): p.read_text("utf-8") for p in sorted(folder.rglob("*")) if p.is_file()
    }


QUESTIONNAIRE, BASELINES, TEMPLATES = _questionnaire(), _baselines(), _templates()
PULSE = QUESTIONNAIRE.asked("pulse")[: len(ROWS)]


def _sheet(respondent: str, answers: dict[str, Answer], team: str = "Harbour", **more: Any) -> Sheet:
    return Sheet(
        questionnaire=QuestionnaireRef(id=QUESTIONNAIRE.id, version=QUESTIONNAIRE.version),
        team=team,
        round="2026-Q4",
        respondent=respondent,
        asked="pulse",
        answered=ON,
        answers=answers,
        **more,
    )


def _sheets(rows: tuple[str, ...] = ROWS, **extra: Any) -> tuple[Sheet, ...]:
    """One sheet per column; `extra` is added to the first person's first answer."""
    people = []
    for column in range(len(rows[0].split())):
        words = {pid: row.split()[column] for pid, row in zip(PULSE, rows, strict=True)}
        answers = {
            pid: Answer(answer=WORDS[word] if word in WORDS else int(word))
            for pid, word in words.items()
            if word != "-"
        }
        if column == 0 and extra:
            answers[PULSE[0]] = answers[PULSE[0]].model_copy(update=extra)
        people.append(_sheet(f"person-number-{column}", answers))
    return tuple(people)


def _team_sheet() -> Sheet:
    answers = {pid: Answer(answer=level) for pid, level in zip(PULSE, (3, 2, 3, 1, 3, 3, 3, 1, 2, 2), strict=True)}
    answers["no-meeting-days"] = Answer(
        answer=1, dissent="Research would say 3.", goal=Goal(level=2, reason="Support needs us every weekday.")
    )
    actions = (
        Action(id="a1", practice="no-meeting-days", text="Move the call.", owner="ada", due=date(2026, 12, 15)),
        Action(id="a2", text="Write the sentence.", due=date(2026, 11, 10)),
        Action(id="a3", text="Own database.", due=date(2026, 11, 1), state="done"),
    )
    return _sheet("team", answers, actions=actions)


def _data(
    sheets: tuple[Sheet, ...],
    team_sheet: Sheet | None = None,
    *,
    open_: bool = False,
    expected: int | None = None,
    baselines: tuple[Baseline, ...] = BASELINES,
    basis: Basis | None = None,
    questionnaire: Questionnaire = QUESTIONNAIRE,
    earlier: tuple[Assessment, ...] = (),
) -> ReportData:
    team = (*sheets, *([team_sheet] if team_sheet else []))[0].team
    round_ = Round(
        round="2026-Q4",
        team=team,
        state="open" if open_ else "closed",
        asked="pulse",
        questionnaire=QuestionnaireRef(id=questionnaire.id, version=questionnaire.version),
        expected=expected,
    )
    assessment = Assessment("2026-Q4", round_, sheets, team_sheet)
    settled = team_sheet is not None and bool(sheets)
    return ReportData(
        questionnaire=questionnaire,
        baselines=baselines,
        assessment=assessment,
        result=None if assessment.sealed else score(questionnaire, assessment, baselines, basis=basis),
        team_result=score(questionnaire, assessment, baselines, basis="team") if settled else None,
        today=TODAY,
        language="en",
        version="0.1.0",
        earlier=earlier,
        history=tuple((a.name, means(questionnaire, a)) for a in earlier),
        comparison=next(iter(trend(questionnaire, (*earlier[-1:], assessment))), None),
    )


CASES = {
    "six people": _data(_sheets(), _team_sheet(), expected=8),
    "one person": _data(_sheets(tuple(row[0] for row in ROWS)), expected=6),
    "two people": _data(_sheets(tuple(row[:3] for row in ROWS))),
    "nobody knows": _data(_sheets(("? ? ?",) * len(ROWS))),
    "a dimension does not apply": _data(_sheets((*ROWS[:-1], "x x x x x 2"))),
    "fifteen people": _data(_sheets(tuple(" ".join("012343210123432") for _ in ROWS))),
    "all at the top": _data(_sheets(("4 4",) * len(ROWS))),
    "answered together": _data((), _team_sheet()),
    "no baseline": _data(_sheets(), baselines=()),
    "one baseline": _data(_sheets(), baselines=BASELINES[:1]),
    "second round": _data(_sheets(), _team_sheet(), earlier=(Assessment("2026-Q3", None, _sheets()),)),
}
PAGES = {name: report(data, TEMPLATES) for name, data in CASES.items()}
every_case = pytest.mark.parametrize("case", CASES)


class _Reader(HTMLParser):
    """The page as a list of elements and the rows of its tables. Fails where elements are not nested."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.tables: dict[str, list[list[tuple[str, str]]]] = {}
        self.text = ""
        self._open: list[str] = []
        self._table = ""
        self.feed(page)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.elements.append((tag, given))
        assert len(given) == len(attrs), f"an attribute twice in {tag}"
        if tag not in VOID:
            self._open.append(tag)
        if tag == "table":
            self._table = given.get("class", "").split()[-1]
            self.tables.setdefault(self._table, [])
        elif tag == "tr":
            self.tables[self._table].append([])
        elif tag in {"td", "th"}:
            kind = given.get("class", "")
            self.tables[self._table][-1] += [("", kind)] * int(given.get("colspan", "1"))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if {"script", "style"} & set(self._open):
            return
        self.text += data
        if {"td", "th"} & set(self._open):
            text, kind = self.tables[self._table][-1][-1]
            self.tables[self._table][-1][-1] = (text + data, kind)

    @property
    def gaps(self) -> dict[str, list[tuple[str, str]]]:
        """The gap table by practice id: cells after name and picture."""
        ids = [given["data-practice"] for tag, given in self.elements if tag == "tr" and "data-practice" in given]
        return dict(zip(ids, (row[2:] for row in self.tables["gaps"][2:]), strict=True))


def _number(text: str) -> float:
    found = re.match(r"[−+]?\d+(\.\d+)?", text)
    assert found, text
    return float(found[0].replace("−", "-"))


@every_case
def test_the_cells_of_the_table_are_the_numbers_of_the_result(case: str) -> None:
    data, gaps = CASES[case], _Reader(PAGES[case]).gaps
    assert data.result is not None
    first = 1 if data.settled is None else 2

    assert set(gaps) == {p.id for p in data.result.practices}
    for p in data.result.practices:
        cells = [text for text, _kind in gaps[p.id]]
        if p.mean is None:
            assert cells[0] == ("does not apply" if p.excluded else "not scored")
        else:
            assert _number(cells[0]) == pytest.approx(p.mean, abs=0.0501)
        for i, baseline in enumerate(data.baselines):
            described, gap = cells[first + 2 * i : first + 2 * i + 2]
            level = p.baselines[baseline.id]
            if level is None:
                assert "not described" in described + gap
            elif p.gap[baseline.id] is None:
                assert (described, gap) == (str(level), "–")
            else:
                assert _number(described) == level
                assert _number(gap) == pytest.approx(p.gap[baseline.id], abs=0.0501)
        if data.result.basis == "individual":
            assert int(cells[-1]) == sum(p.counts)


@every_case
def test_the_headline_can_be_recounted_from_the_rows(case: str) -> None:
    data, page = CASES[case], PAGES[case]
    headline = re.search(r"<h1>(.*?)</h1>", page)
    assert headline is not None
    first = 1 if data.settled is None else 2
    places = [first + 2 * i + 1 for i in range(len(data.baselines) or 1)]
    below, compared, widest = 0, 0, 0.0
    for cells in _Reader(page).gaps.values():
        gaps = [cells[place] for place in places if re.match(r"[−+]?\d", cells[place][0])]
        if not gaps:
            continue
        compared += 1
        counted = [_number(text) for text, _kind in gaps if "chosen" not in text]
        below += len(counted) == len(gaps) and all(gap < 0 for gap in counted)
        widest = min([widest, *counted])

    if not compared:
        assert headline[1] == "Nothing is scored yet: too few answers name a level"
        return
    assert headline[1].startswith(
        f"{below or 'None'} of {compared} practices {'is' if below == 1 else 'are'} below"
    )
    if widest < 0:
        assert headline[1].endswith(f"({widest:.1f})".replace("-", "−"))
    else:
        assert "widest" not in headline[1]


@every_case
def test_rows_stand_widest_gap_first(case: str) -> None:
    data = CASES[case]
    places = [(1 if data.settled is None else 2) + 2 * i + 1 for i in range(len(data.baselines))]
    rows = [
        [_number(cells[p][0]) for p in places if re.match(r"[−+]?\d", cells[p][0]) and "chosen" not in cells[p][0]]
        for cells in _Reader(PAGES[case]).gaps.values()
    ]
    lowest = [min(row) for row in rows if row]

    assert lowest == sorted(lowest)


@every_case
def test_the_first_card_counts_what_the_table_shows(case: str) -> None:
    data, reader = CASES[case], _Reader(PAGES[case])
    first = 1 if data.settled is None else 2
    columns = {b.id: first + 2 * i + 1 for i, b in enumerate(data.baselines)}
    columns["goal"] = first + 2 * len(data.baselines) + 1
    lines = reader.tables.get("tally", [[]])
    heads = [text for text, _kind in lines[0]]
    for line in lines[1:]:
        shown = dict(zip(heads[1:], (int(text) for text, _kind in line[1:]), strict=True))
        cells = [row[columns[line[0][0]]][0] for row in reader.gaps.values()]
        gaps = [_number(text) for text in cells if re.match(r"[−+]?\d", text) and "chosen" not in text]
        counted = {
            "below": sum(gap < 0 for gap in gaps),
            "at": sum(gap == 0 for gap in gaps),
            "above": sum(gap > 0 for gap in gaps),
        }
        if "chosen" in heads:
            counted["chosen"] = sum("chosen" in text for text in cells)
        assert shown == counted


@pytest.mark.parametrize(
    ("answers", "start"),
    [("4 4", "None of 10 practices are below"), ("3 3", "1 of 10 practices is below")],
)
def test_the_headline_counts_in_good_english(answers: str, start: str) -> None:
    page = report(_data(_sheets((answers,) * len(ROWS))), TEMPLATES)

    assert f"<h1>{start} every baseline that describes" in page


def test_a_lower_goal_with_a_reason_is_a_chosen_difference_and_not_counted_as_below() -> None:
    with_goal, without = CASES["six people"], _data(_sheets())
    chosen = dict(_Reader(report(with_goal, TEMPLATES)).gaps)["no-meeting-days"]

    assert any("chosen" in text for text, _kind in chosen)
    assert "chosen" not in "".join(
        text for text, _kind in _Reader(report(without, TEMPLATES)).gaps["no-meeting-days"]
    )
    assert "4 of 10" in PAGES["six people"]
    assert "5 of 10" in report(without, TEMPLATES)


def test_states_that_are_no_level_keep_their_own_words() -> None:
    text = _Reader(PAGES["six people"]).text

    assert "1 don't know" in text
    assert "1 does not apply" in text
    assert "1 not answered" in text
    assert "not described" in text
    assert "3 of 60 answers give no level" in " ".join(text.split())


def test_what_is_overdue_is_said_in_words_and_stands_first() -> None:
    rows = _Reader(PAGES["six people"]).tables["actions"]

    assert [row[0][0] for row in rows[1:]] == ["Write the sentence.", "Move the call.", "Own database."]
    assert rows[1][4][0] == "overdue, was due 13 days ago"
    assert rows[1][2][0] == "nobody yet"


@every_case
def test_nobody_who_answered_is_named(case: str) -> None:
    assert "person-number" not in PAGES[case]


def test_notes_stand_in_an_order_that_tells_nothing_about_people() -> None:
    notes = ["b is second", "a is first", "c is third"]
    sheets = tuple(
        replace_note(sheet, note) for sheet, note in zip(_sheets(tuple(r[:5] for r in ROWS)), notes, strict=True)
    )
    page = report(_data(sheets), TEMPLATES)

    assert page.index("a is first") < page.index("b is second") < page.index("c is third")
    assert page == report(_data(tuple(reversed(sheets))), TEMPLATES)


def replace_note(sheet: Sheet, note: str) -> Sheet:
    return sheet.with_answer(PULSE[0], Answer(answer=2, note=note), ON)


def test_a_sealed_round_shows_participation_and_no_number_from_an_answer() -> None:
    data = _data(_sheets(note="a secret note"), expected=8, open_=True)
    page = report(data, TEMPLATES)
    leaked = replace(data, result=CASES["six people"].result, team_result=CASES["six people"].result)

    assert "6 of 8 have answered" in page
    assert "a secret note" not in page
    assert "<table" not in page
    assert "<svg" not in page
    assert report(leaked, TEMPLATES) == page
    assert json.loads(_block(page, "application/json"))["practices"] == []


def test_the_result_inside_the_page_is_the_result() -> None:
    data = CASES["six people"]
    assert data.result is not None

    assert json.loads(_block(PAGES["six people"], "application/json")) == result_data(data.result)


def _block(page: str, kind: str) -> str:
    found = re.search(rf'<script type="{kind}"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert found is not None
    return found[1]


@every_case
def test_same_input_gives_the_same_bytes(case: str) -> None:
    assert report(CASES[case], TEMPLATES) == PAGES[case]


@every_case
def test_the_policy_comes_first_and_its_hashes_are_those_of_the_blocks(case: str) -> None:
    page = PAGES[case]
    head = page[: page.index("<style>")]
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    script = re.search(r"<script>(.*?)</script>", page, re.DOTALL)
    assert style is not None
    assert script is not None

    assert re.search(r'<head>\s*<meta charset="utf-8">\s*<meta http-equiv="Content-Security-Policy"', head)
    for name, block in (("style-src", style[1]), ("script-src", script[1])):
        digest = base64.b64encode(hashlib.sha256(block.encode()).digest()).decode()
        assert f"{name} 'sha256-{digest}';".replace("'", "&#39;") in head
    assert page.count("<style") == 1
    assert page.count("<script") == 2


@every_case
def test_the_page_is_whole_without_style_attributes_and_asks_nobody_for_anything(case: str) -> None:
    elements = _Reader(PAGES[case]).elements
    ids = [given["id"] for _tag, given in elements if "id" in given]
    names = {name for _tag, given in elements for name in given}
    hrefs = [given["href"] for _tag, given in elements if "href" in given]
    outside = {s.url for b in BASELINES for s in b.sources}

    assert len(ids) == len(set(ids))
    assert not names & {"style", "src", "srcset", "action"}
    assert not [name for name in names if name.startswith("on")]
    assert all(href == "data:," or href.startswith("#") or href in outside for href in hrefs)
    assert all(href[1:] in ids for href in hrefs if href.startswith("#"))
    for _tag, given in elements:
        if given.get("href", "").startswith("http"):
            assert given["rel"] == "noopener noreferrer"


@every_case
def test_headings_are_in_order_and_tables_name_their_heads(case: str) -> None:
    elements = _Reader(PAGES[case]).elements
    levels = [int(tag[1]) for tag, _given in elements if re.fullmatch(r"h[1-6]", tag)]

    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))
    assert all("scope" in given for tag, given in elements if tag == "th")
    assert {"header", "main", "footer", "nav"} <= {tag for tag, _given in elements}
    assert all("aria-label" in given for _tag, given in elements if given.get("role") == "img")


@every_case
def test_a_list_of_terms_says_something_of_each_term(case: str) -> None:
    for group in re.findall(r"<div><dt>.*?</div>", PAGES[case], re.DOTALL):
        assert group.count("<dt>") == group.count("<dd") == 1


def test_ten_practices_and_six_people_fit_in_100_kilobytes() -> None:
    assert len(PAGES["six people"].encode()) < 100_000


def test_nobody_is_ranked_and_nobody_is_mature() -> None:
    for page in PAGES.values():
        assert not re.search(r"maturity|\branking|\bleague", page, re.IGNORECASE)


PAYLOADS = (
    "<script>window.hit=1</script>",
    "</script><script>window.hit=1</script>",
    "<img src=x onerror=window.hit=1>",
    "<svg/onload=window.hit=1>",
    '"><iframe srcdoc="<script>parent.hit=1</script>">',
    "' onmouseover='window.hit=1",
    '" autofocus onfocus="window.hit=1',
    "</style><style>*{background:url(https://evil.example/x)}</style>",
    "</title><base href=https://evil.example/>",
    "<!--<script>window.hit=1</script>",
    "-->]]><script>window.hit=1</script>",
    "{{ 7*7 }}{% for x in () %}{{ self.__init__ }}",
    "javascript:window.hit=1",
    "JaVa\tScRiPt:window.hit=1",
    "data:text/html,<script>window.hit=1</script>",
    'https://user@evil.example/"onclick=window.hit=1',
    "https://example.org/<b>x",
    "\u202egnirts desrever\u202c",
    "a\x00b\x1b[31m\x9b",
    "&lt;script&gt;&#60;script&#62;",
    "<a href='//evil.example' target=_blank>click</a>",
    "<meta http-equiv=refresh content=0;url=https://evil.example>",
)
every_payload = pytest.mark.parametrize("payload", PAYLOADS)


def _hostile(payload: str) -> str:
    """A report with the payload wherever a file may say something."""
    practice = QUESTIONNAIRE.dimensions[0].practices[0]
    evil_practice = practice.model_copy(
        update={
            "title": payload,
            "question": payload,
            "overdone": payload,
            "next_step": payload,
            "levels": tuple(level.model_copy(update={"text": payload}) for level in practice.levels),
            "evidence": practice.evidence
            and practice.evidence.model_copy(update={"says": payload, "references": (payload,)}),
        }
    )
    dimension = QUESTIONNAIRE.dimensions[0].model_copy(
        update={
            "title": payload,
            "asks": payload,
            "practices": (evil_practice, *QUESTIONNAIRE.dimensions[0].practices[1:]),
        }
    )
    questionnaire = QUESTIONNAIRE.model_copy(
        update={"version": payload, "language": payload, "dimensions": (dimension, *QUESTIONNAIRE.dimensions[1:])}
    )
    baselines = tuple(_hostile_baseline(b, payload) for b in BASELINES)
    sheets = _sheets(note=payload, evidence=(payload,), reason=payload)
    sheets = tuple(s.model_copy(update={"team": payload}) for s in sheets)
    goal = Goal(level=2, reason=payload)
    answer = Answer(answer=2, note=payload, dissent=payload, reason=payload, evidence=(payload,), goal=goal)
    action = Action(id="a", practice=PULSE[0], text=payload, owner=payload, why=payload)
    team = _sheet("team", {PULSE[0]: answer}, team=payload, actions=(action,))
    return report(_data(sheets, team, baselines=baselines, questionnaire=questionnaire), TEMPLATES)


def _hostile_baseline(baseline: Baseline, payload: str) -> Baseline:
    change = {
        "title": payload,
        "author": payload,
        "date": payload,
        "kind": payload,
        "url": payload,
        "limits": payload,
    }
    levels = {
        pid: d and d.model_copy(update={"says": payload, "where": payload, "price": payload})
        for pid, d in baseline.levels.items()
    }
    sources = tuple(s.model_copy(update=change) for s in baseline.sources)
    return baseline.model_copy(update={"title": payload, "levels": levels, "sources": sources})


def _shape(page: str) -> list[tuple[str, tuple[str, ...]]]:
    """Elements with the names of their attributes; links that a text may become are left out."""
    return [
        (tag, tuple(name for name in given if name not in {"lang", "class"}))
        for tag, given in _Reader(page).elements
        if not (tag in {"a", "code", "cite"} and given.get("href", "#")[0] != "#") and tag not in {"code", "cite"}
    ]


@every_payload
def test_no_text_from_a_file_becomes_markup(payload: str) -> None:
    page = _hostile(payload)

    assert _shape(page) == _shape(_hostile("harmless"))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", page)
    for _tag, given in _Reader(page).elements:
        href = given.get("href", "#")
        assert href.startswith(("#", "https://", "http://", "mailto:")) or href == "data:,"
        assert not re.search(r"[\s\"'<>\\]", href)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "http://example.org:8080/a?b=c&d=e#f",
        "https://例子.测试/路径",
        "mailto:team@example.org",
    ],
)
def test_a_plain_link_is_a_link(url: str) -> None:
    assert safe_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        " https://example.org",
        "https://example.org/a b",
        "https:\\\\example.org",
        "//example.org",
        "https://",
        "https:///path",
        "https://good.example@evil.example",
        "https://[::1",
        "https://example.org:99999999",
        "https://example.org/\u202egpj.exe",
        "https://example.org/\u200bx",
        "data:text/html,x",
        "file:///etc/passwd",
        "vbscript:x",
        "docs/adr/0007.md",
        "mailto:a@b.c?body=x",
        "https://example.org/" + "x" * 3000,
    ],
)
def test_what_hides_where_it_goes_is_no_link(url: str) -> None:
    assert safe_url(url) == ""


def test_links_in_a_note_end_where_the_sentence_goes_on() -> None:
    page = report(
        _data(_sheets(note="See https://example.org/a?b=1&c=2, please (http://x.example/y).")), TEMPLATES
    )

    assert '<a href="https://example.org/a?b=1&amp;c=2" rel="noopener noreferrer">' in page
    assert '<a href="http://x.example/y" rel="noopener noreferrer">' in page
    assert "</a>, please (" in page


def test_a_chinese_note_is_marked_as_such() -> None:
    page = report(_data(_sheets(note="大部分決定都找得到。")), TEMPLATES)

    assert 'dir="auto" lang="zh-Hant">大部分決定都找得到。' in page


def _open(browser: Any, page: str, **context: Any) -> tuple[Any, list[str]]:
    return _serve(browser, {"page": page}, **context)


def _serve(browser: Any, served: dict[str, str], **context: Any) -> tuple[Any, list[str]]:
    """A tab that gets `served` and nothing else from the network; and what it asked for or complained about."""
    tab = browser.new_context(viewport={"width": 1100, "height": 900}, **context).new_page()
    seen: list[str] = []

    def answer(route: Any) -> None:
        if route.request.url == "https://report.test/":
            route.fulfill(body=served["page"], content_type=HTML)
        else:
            seen.append(route.request.url)
            route.abort()

    tab.route("**/*", answer)
    tab.on("console", lambda message: seen.append(message.text))
    tab.on("pageerror", lambda error: seen.append(str(error)))
    tab.on("dialog", lambda dialog: (seen.append(dialog.message), dialog.dismiss()))
    tab.goto("https://report.test/")
    return tab, seen


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_the_page_says_the_same_without_script_and_asks_for_nothing(browser: Any) -> None:
    texts = []
    for scripts in (True, False):
        tab, seen = _open(browser, PAGES["six people"], java_script_enabled=scripts)
        texts.append(
            [row.inner_text() for row in tab.locator("header, main > div, main > section:not(#practices)").all()]
        )
        texts[-1] += tab.locator("#practices summary").all_inner_texts()
        assert seen == []

    assert texts[0] == texts[1]


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_the_script_only_opens_filters_and_follows_links(browser: Any) -> None:
    tab, seen = _open(browser, PAGES["six people"])
    shown = "document.querySelectorAll('details:not([hidden])').length"
    opened = "document.querySelectorAll('details[open]').length"

    tab.click('.gaps a[href="#p-no-meeting-days"]')
    assert tab.evaluate(opened) == 1
    tab.click("#expand")
    assert tab.evaluate(opened) == len(PULSE)
    tab.fill("#filter", "no-meeting days")
    assert 1 <= tab.evaluate(shown) < len(PULSE)
    assert seen == []


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("bypass", [False, True], ids=["policy on", "policy off"])
def test_no_payload_runs_in_a_browser(browser: Any, bypass: bool) -> None:  # noqa: FBT001
    served = {"page": _hostile(PAYLOADS[0])}
    tab, seen = _serve(browser, served, bypass_csp=bypass)
    for payload in PAYLOADS:
        served["page"] = _hostile(payload)
        tab.reload()
        assert tab.evaluate("window.hit") is None, payload
        assert seen == [], payload


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("width", [320, 768, 1100])
def test_the_page_never_scrolls_sideways(browser: Any, width: int) -> None:
    tab, _seen = _open(browser, PAGES["second round"])
    tab.set_viewport_size({"width": width, "height": 900})
    tab.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")

    assert tab.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_ten_rows_fit_on_the_first_screen(browser: Any) -> None:
    tab, _seen = _open(browser, PAGES["second round"])
    box = tab.locator(".gaps tbody tr").last.bounding_box()

    assert box["y"] + box["height"] <= 900
