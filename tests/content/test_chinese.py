"""The Chinese of questionnaire and program: whole, in one script, with its own punctuation and words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from conftest import ROOT
from shipped import ALL, Shipped

from assess.core.questionnaire import Practice
from assess.core.translation import check_translation, translated, translated_baseline

TAGS = ("zh-Hans", "zh-Hant")
HAN = "\u3400-\u9fff"
WIDE = "，。：；？！（）、“”‘’「」『』…—《》"
SIGNS = "“”‘’…—·–−×÷•●✓›■□↑↓"
"""Signs of all languages, which the old national character sets do not hold."""
SCRIPT = {"zh-Hans": "gb2312", "zh-Hant": "big5"}
"""A character that only the other script has is in neither of these: 们 is not in Big5, 們 is not in GB 2312."""

# Simplified characters that Big5 holds as rare characters of their own, and how they are right in Traditional.
DISGUISED = re.compile(
    r"[后几么并云于发着]|(?<![公英海])里(?!程)|(?<![若相])干(?![擾預涉])|標准|准[備確則時]|水准|基准|制[作造]|群众|几"
    r"|面[粉條]|系着|联系|关系|只(?=[個隻])"
)
MAINLAND = re.compile(
    "用戶|項目|信息|質量|反饋|軟件|網絡|數據|代碼|默認|視頻|文檔|優化|屏幕|登錄|設置|保存|打印|服務器|"
    "命令行|缺省|鏈接|搜索|激活|交互|界面|接口|線程|進程|渠道|落地|抓手|閉環"
)
TAIWAN = re.compile("软体|网路|资讯|专案|程式|萤幕|伺服器|使用者|连结|储存|硬碟|滑鼠|回合|面向度")


PRACTICES = {p.id: (p, shipped) for shipped in ALL.values() for p in shipped.questionnaire.practices.values()}
every_practice = pytest.mark.parametrize(
    "practice", [practice for practice, _shipped in PRACTICES.values()], ids=list(PRACTICES)
)


def in_chinese(practice: Practice, tag: str) -> Practice:
    shipped = PRACTICES[practice.id][1]
    return translated(shipped.questionnaire, shipped.translations[tag]).practices[practice.id]


def texts_of_the_questionnaires(tag: str) -> list[str]:
    return [text for shipped in ALL.values() for text in texts_of(shipped, tag) if text]


def texts_of(shipped: Shipped, tag: str) -> Iterator[str]:
    translation = shipped.translations[tag]
    shown = translated(shipped.questionnaire, translation)
    yield shown.title
    yield from (text for entry in shown.help for text in (entry.title, entry.text))
    yield from (pair.why for pair in shown.pairs)
    for dimension in shown.dimensions:
        yield from (dimension.title, dimension.asks or "")
        for p in dimension.practices:
            yield from (p.title, p.question, *(level.text for level in p.levels), p.overdone or "")
            yield from (p.next_step or "", p.evidence.says if p.evidence else "")
    for baseline in shipped.baselines:
        said = translated_baseline(baseline, translation, shipped.questionnaire)
        yield from (said.title, *(s.limits or "" for s in said.sources))
        for d in said.levels.values():
            yield from () if d is None else (t for t in (d.where, d.says, d.price) if t)


def messages(tag: str) -> Iterator[tuple[str, str]]:
    path = ROOT / "assess" / "locale" / tag.replace("-", "_") / "LC_MESSAGES" / "assess.po"
    with path.open("rb") as file:
        for message in read_po(file):
            if message.id:
                one = message.id[0] if isinstance(message.id, list | tuple) else message.id
                said = message.string[0] if isinstance(message.string, list | tuple) else message.string
                yield one, said


def all_texts(tag: str) -> list[str]:
    return [*texts_of_the_questionnaires(tag), *(said for _one, said in messages(tag))]


def without_code(text: str) -> str:
    """The text less what a person types or reads as code: commands, keys, places, quoted words."""
    return re.sub(r"\{+[^{}]*\}+|\[[^\]]*\]|%\(\w+\)\w|“[^”]*”|「[^」]*」|[\w./-]*[a-z][\w./:=-]*", "X", text)


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("shipped", ALL.values(), ids=list(ALL))
def test_nothing_is_missing_added_or_counted_otherwise(shipped: Shipped, tag: str) -> None:
    assert list(check_translation(shipped.translations[tag], shipped.questionnaire, shipped.baselines)) == []


@pytest.mark.parametrize("tag", TAGS)
def test_no_text_was_left_in_english(tag: str) -> None:
    left = [text for text in texts_of_the_questionnaires(tag) if not re.search(f"[{HAN}]", text)]

    assert left == []


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("shipped", ALL.values(), ids=list(ALL))
def test_the_order_of_the_translation_is_that_of_the_questionnaire(shipped: Shipped, tag: str) -> None:
    translation = shipped.translations[tag]
    assert list(translation.dimensions) == [d.id for d in shipped.questionnaire.dimensions]
    assert list(translation.practices) == list(shipped.questionnaire.practices)


@pytest.mark.parametrize("tag", TAGS)
def test_every_character_belongs_to_the_script(tag: str) -> None:
    foreign = {
        char
        for text in all_texts(tag)
        for char in text
        if char not in SIGNS and not char.encode(SCRIPT[tag], errors="ignore")
    }

    assert foreign == set()


def test_traditional_has_no_simplified_character_in_disguise_and_no_mainland_word() -> None:
    found = {text: m[0] for text in all_texts("zh-Hant") if (m := DISGUISED.search(text) or MAINLAND.search(text))}

    assert found == {}


def test_simplified_has_no_word_of_taiwan() -> None:
    assert {text: m[0] for text in all_texts("zh-Hans") if (m := TAIWAN.search(text))} == {}


@pytest.mark.parametrize("tag", TAGS)
def test_quotation_marks_are_those_of_the_region(tag: str) -> None:
    other = re.compile("[「」『』]" if tag == "zh-Hans" else "[“”‘’]")

    assert [text for text in all_texts(tag) if other.search(text)] == []


@pytest.mark.parametrize("tag", TAGS)
def test_punctuation_beside_chinese_is_full_width(tag: str) -> None:
    half = re.compile(rf"[{HAN}][,.;:?!()]|[,.;:?!()][{HAN}]")

    assert [text for text in all_texts(tag) if half.search(without_code(text))] == []


@pytest.mark.parametrize("tag", TAGS)
def test_one_space_parts_chinese_from_latin_and_none_stands_beside_full_width_signs(tag: str) -> None:
    glued = re.compile(rf"[{HAN}][A-Za-z0-9]|[A-Za-z0-9%][{HAN}]")
    loose = re.compile(rf"[{HAN}] +[{HAN}]|[{WIDE}] +\S|[^\s\W] +[{WIDE}]|  +\S")
    texts = texts_of_the_questionnaires(tag)

    assert [text for text in texts if glued.search(text) or loose.search(text)] == []


AS = {"zh-Hans": "满足 {n}，且", "zh-Hant": "符合 {n}，而且"}


@pytest.mark.parametrize("tag", TAGS)
@every_practice
def test_a_level_builds_on_the_same_level_in_every_language(practice: Practice, tag: str) -> None:
    levels = in_chinese(practice, tag).levels

    for own, said in zip(practice.levels, levels, strict=True):
        named = re.match(r"As (\d)", own.text)
        builds = AS[tag].format(n=named[1]) if named else ""
        assert said.text.startswith(builds), said.text
        assert bool(named) == said.text.startswith(AS[tag][:2] + " ")


SPANS = {
    r"two weeks": "[两兩]周|[两兩]週", r"(?<!first )four weeks": "四周|四週", "eight weeks": "八周|八週",
    "three months": "三个月|三個月", "half year": "半年", "last year": "一年", "two years": "[两兩]年",
    "ten minutes": "十分钟|十分鐘", "five minutes": "五分钟|五分鐘",
    "two working days": "[两兩]个工作日|[两兩]個工作天",
}  # fmt: skip


@pytest.mark.parametrize("tag", TAGS)
@every_practice
def test_the_same_time_is_meant_in_every_language(practice: Practice, tag: str) -> None:
    other = in_chinese(practice, tag)
    pairs = [(practice.question, other.question)]
    pairs += [(a.text, b.text) for a, b in zip(practice.levels, other.levels, strict=True)]

    for own, said in pairs:
        for english, chinese in SPANS.items():
            assert not re.search(english, own) or re.search(chinese, said), (own, said)


@pytest.mark.parametrize("tag", TAGS)
@every_practice
def test_no_limit_is_lost_in_a_level(practice: Practice, tag: str) -> None:
    """`at least`, `at most` and `more than` of the English stand in the Chinese as often."""
    other = in_chinese(practice, tag)

    for own, said in zip(practice.levels, other.levels, strict=True):
        for english, chinese in (
            ("at least", "至少"),
            ("at most", "最多"),
            (r"more than (?!words)", "超[过過]|不[只止]一"),
        ):
            wanted = len(re.findall(rf"\b{english}", own.text, re.IGNORECASE))
            assert len(re.findall(chinese, said.text)) >= wanted, (own.text, said.text)


# the catalogues


@pytest.mark.parametrize("tag", TAGS)
def test_every_sentence_of_the_program_is_translated_and_keeps_its_places(tag: str) -> None:
    places = re.compile(r"\{\{|\}\}|\{[^{}]*\}|%\(\w+\)[sr]|%s")
    for one, said in messages(tag):
        assert said, one
        assert sorted(set(places.findall(one))) == sorted(set(places.findall(said))), (one, said)


def test_the_compiled_catalogues_are_made_from_the_written_ones(tmp_path: Path) -> None:
    import io

    from babel.messages.mofile import write_mo

    for tag in TAGS:
        folder = ROOT / "assess" / "locale" / tag.replace("-", "_") / "LC_MESSAGES"
        with (folder / "assess.po").open("rb") as file:
            fresh = io.BytesIO()
            write_mo(fresh, read_po(file))
        assert (folder / "assess.mo").read_bytes() == fresh.getvalue()


@pytest.mark.parametrize("tag", TAGS)
def test_the_catalogue_holds_the_sentences_of_today(tag: str) -> None:
    with (ROOT / "assess/locale/assess.pot").open("rb") as file:
        today = {m.id if isinstance(m.id, str) else m.id[0] for m in read_po(file) if m.id}

    assert {one for one, _said in messages(tag)} == today
