"""Which language is spoken: the flag, then `assess.yaml`, then the surroundings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Run

from assess import i18n

SHEET = """\
format: assess.answers/1
questionnaire: {id: shipping-practices, version: "1.0.0"}
team: payments
round: 2026-Q4
respondent: ada
asked: pulse
answered: 2026-11-20
answers: {no-meeting-days: 3}
"""
HEADS = {"en": "Meeting rhythm", "zh-Hans": "会议节奏", "zh-Hant": "會議節奏"}


@pytest.fixture
def team(tmp_path: Path) -> Path:
    path = tmp_path / "assessments/2026-Q4/answers/ada.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(SHEET)
    return tmp_path


def spoken(text: str) -> str:
    return next(tag for tag, head in HEADS.items() if head in text)


@pytest.mark.parametrize(
    ("flag", "setting", "surroundings", "expected"),
    [
        ("zh-Hant", "zh-Hans", {"LC_ALL": "C"}, "zh-Hant"),
        (None, "zh-Hans", {"LC_ALL": "zh_TW.UTF-8"}, "zh-Hans"),
        ("en", "zh-Hans", {"LC_ALL": "zh_TW.UTF-8"}, "en"),
        (None, None, {"LC_ALL": "zh_TW.UTF-8", "LANG": "en_US.UTF-8"}, "zh-Hant"),
        (None, None, {"LC_MESSAGES": "zh_CN.UTF-8", "LANG": "zh_TW.UTF-8"}, "zh-Hans"),
        (None, None, {"LANG": "zh_HK.UTF-8"}, "zh-Hant"),
        (None, None, {"LC_ALL": "", "LC_MESSAGES": "", "LANG": "zh_SG"}, "zh-Hans"),
        (None, None, {"LANG": "de_DE.UTF-8"}, "en"),
        (None, None, {"LC_ALL": "C.UTF-8", "LANG": "zh_TW"}, "en"),
        ("zh-TW", None, {}, "zh-Hant"),
        (None, "zh", {}, "zh-Hans"),
    ],
)
def test_the_flag_goes_before_the_file_and_the_file_before_the_surroundings(
    assess: Run,
    team: Path,
    monkeypatch: pytest.MonkeyPatch,
    flag: str | None,
    setting: str | None,
    surroundings: dict[str, str],
    expected: str,
) -> None:
    if setting is not None:
        (team / "assess.yaml").write_text(f"format: assess.config/1\nlanguage: {setting}\n")
    for name, value in surroundings.items():
        monkeypatch.setenv(name, value)

    done = assess("score", *(["--lang", flag] if flag else []))

    assert spoken(done.stdout) == expected


def test_a_language_that_nobody_speaks_is_told_with_those_that_are_spoken(assess: Run, team: Path) -> None:
    flag = assess("score", "--lang", "fr")
    (team / "assess.yaml").write_text("format: assess.config/1\nlanguage: zh-Latn\n")
    setting = assess("score")

    assert (flag.returncode, setting.returncode) == (2, 2)
    assert "allowed: en, zh-Hans, zh-Hant" in flag.stderr
    assert "assess.yaml:2:11: error: the language “zh-Latn” is not available" in setting.stderr
    assert "did you mean “zh-Hant”?" in setting.stderr


def test_help_speaks_before_anything_is_read(assess: Run) -> None:
    assert "用法：assess" in assess("--lang", "zh-Hans", "--help").stdout
    assert "用法：assess" in assess("run", "--help", "--lang=zh-Hans").stdout


def test_machine_formats_are_the_same_in_every_language(assess: Run, team: Path) -> None:
    (team / "assessments/2026-Q4/answers/bob.yaml").write_text(SHEET.replace("ada", "bob").replace("3}", "9}"))

    for words in (("score", "--format", "json"), ("check", "--format", "json")):
        outputs = {assess(*words, "--lang", tag).stdout for tag in HEADS}
        assert len(outputs) == 1
    assert "level" in json.dumps(json.loads(assess("check", "--format", "json", "--lang", "zh-Hans").stdout))


@pytest.mark.parametrize("tag", HEADS)
def test_the_same_answers_are_the_same_file_in_every_language(assess: Run, tmp_path: Path, tag: str) -> None:
    lines = "3\nn 你好\n2\nx no need\n?\nq\n"
    assess("run", "--plain", "--pulse", "--as", "ada", "--team", "t", stdin=lines, cwd=tmp_path)
    assess("run", "--plain", "--pulse", "--as", "bob", "--lang", tag, stdin=lines, cwd=tmp_path)

    sheets = [(tmp_path / f"assessments/2026-Q4/answers/{n}.yaml").read_text("utf-8") for n in ("ada", "bob")]
    assert sheets[0] == sheets[1].replace("bob", "ada")


def test_a_language_that_only_the_questionnaire_speaks_can_be_asked_for(assess: Run, tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "translations").mkdir(parents=True)
    (own / "questionnaire.yaml").write_text(
        'format: assess.questionnaire/1\nid: own\nversion: "1"\ntitle: Ours\nlanguage: en\n'
        "dimensions: [{id: d, title: D, practices: [{id: a, title: Pauses, question: Many?,"
        " levels: [no, yes]}]}]\n"
    )
    (own / "translations/de.yaml").write_text(
        'format: assess.translation/1\nquestionnaire: {id: own, version: "1"}\nlanguage: de\n'
        "practices: {a: {title: Pausen, question: Viele?}}\n"
    )
    words = ("run", "--plain", "--questionnaire", "own", "--as", "ada", "--team", "t")

    german = assess(*words, "--lang", "de-AT", stdin="q\n")
    other = assess(*words, "--lang", "fr", stdin="q\n")

    assert "Pausen" in german.stdout
    assert "Viele?" in german.stdout
    assert "  1  yes" in german.stdout  # what has no translation stays as it was written
    assert "Answer with a level" in german.stdout  # and the program, which knows no German, says it in English
    assert other.returncode == 2
    assert "allowed: en, de, zh-Hans, zh-Hant" in other.stderr


def test_a_fault_in_another_translation_keeps_nobody_from_answering(assess: Run, tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "translations").mkdir(parents=True)
    (own / "questionnaire.yaml").write_text(
        'format: assess.questionnaire/1\nid: own\nversion: "1"\ntitle: Ours\nlanguage: en\n'
        "dimensions: [{id: d, title: D, practices: [{id: a, title: Pauses, question: Q, levels: [no, yes]}]}]\n"
    )
    (own / "translations/de.yaml").write_text("format: assess.translation/1\nnonsense: 1\n")
    words = ("--questionnaire", "own")

    english = assess("run", "--plain", "--as", "ada", "--team", "t", *words, stdin="1\n")
    german = assess("run", "--plain", "--as", "ben", *words, "--lang", "de", stdin="1\n")
    checked = assess("check", *words)

    assert (english.returncode, german.returncode, checked.returncode) == (0, 3, 3)
    assert "own/translations/de.yaml:2:1: error: unknown key “nonsense”" in german.stderr
    assert "own/translations/de.yaml:2:1: error: unknown key “nonsense”" in checked.stdout


@pytest.mark.parametrize(
    ("wanted", "known", "expected"),
    [
        ("zh_TW", ("zh-Hans", "zh-Hant"), "zh-Hant"),
        ("zh-Hant-HK", ("zh-Hans", "zh-Hant"), "zh-Hant"),
        ("ZH-hans", ("zh-Hans",), "zh-Hans"),
        ("zh-CN", ("zh-Hant",), None),
        ("en-GB", ("en", "en-XA"), "en"),
        ("", ("en",), None),
        ("e", ("en",), None),
        ("zh-Latn", ("zh-Hans", "zh-Hant"), None),
    ],
)
def test_the_nearest_tag_is_found(wanted: str, known: tuple[str, ...], expected: str | None) -> None:
    assert i18n.match(wanted, known) == expected
