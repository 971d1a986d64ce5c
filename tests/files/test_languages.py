"""Which language is spoken: the flag, then `assess.yaml`, then the surroundings."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from conftest import SHEET, Run

from assess import i18n

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
    (team / "assessments/2026-Q4/answers/bob.yaml").write_text(SHEET.replace("ada", "bob").replace(": 3", ": 9"))

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


OWN = """\
format: assess.questionnaire/1
id: own
version: "1.1"
title: Ours
language: en
dimensions: [{id: d, title: D, practices: [{id: a, title: Pauses, question: Q, levels: [no, yes]}]}]
"""
GERMAN = """\
format: assess.translation/1
questionnaire: {id: own, version: "1.1"}
language: de
title: Unseres
dimensions: {d: {title: D}}
practices: {a: {title: Pausen, question: F, levels: [nein, ja]}}
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with a questionnaire of its own and a whole translation, in use by `assess.yaml`."""
    (tmp_path / "own/translations").mkdir(parents=True)
    (tmp_path / "own/questionnaire.yaml").write_text(OWN)
    (tmp_path / "own/translations/de.yaml").write_text(GERMAN)
    (tmp_path / "assess.yaml").write_text("format: assess.config/1\nquestionnaire: own\n")
    return tmp_path / "own"


def test_a_language_that_only_the_questionnaire_speaks_can_be_asked_for(assess: Run, own: Path) -> None:
    path = own / "translations/de.yaml"
    path.write_text(GERMAN.replace(", levels: [nein, ja]", ""))
    words = ("run", "--plain", "--as", "ada", "--team", "t")

    german = assess(*words, "--lang", "de-AT", stdin="q\n")
    other = assess(*words, "--lang", "fr", stdin="q\n")

    assert "Pausen" in german.stdout
    assert "  1  yes" in german.stdout  # what has no translation stays as it was written
    assert "Answer with a level" in german.stdout  # and the program, which knows no German, says it in English
    assert other.returncode == 2
    assert "allowed: en, de, zh-Hans, zh-Hant" in other.stderr


def test_a_fault_in_another_translation_keeps_nobody_from_answering(assess: Run, own: Path) -> None:
    (own / "translations/de.yaml").write_text("format: assess.translation/1\nnonsense: 1\n")

    english = assess("run", "--plain", "--as", "ada", "--team", "t", stdin="1\n")
    german = assess("run", "--plain", "--as", "ben", "--lang", "de", stdin="1\n")
    checked = assess("check")

    assert (english.returncode, german.returncode, checked.returncode) == (0, 3, 3)
    assert "own/translations/de.yaml:2:1: error: unknown key “nonsense”" in german.stderr
    assert "own/translations/de.yaml:2:1: error: unknown key “nonsense”" in checked.stdout


def test_a_whole_translation_is_valid_without_a_word(assess: Run, own: Path) -> None:
    everything, alone = assess("validate"), assess("validate", "own/translations/de.yaml")

    assert (everything.returncode, everything.stdout) == (alone.returncode, alone.stdout) == (0, "")


@pytest.mark.parametrize(
    ("change", "rule", "code"),
    [
        (("language: de", "language: DE"), "wrong-value", 3),
        (("language: de", "language: de_AT"), "wrong-value", 3),
        (("language: de", "language: en"), "translation-unused", 3),  # and misplaced: the file says de
        (('version: "1.1"', 'version: "11.0"'), "translation-ahead", 0),
        (('version: "1.1"', 'version: "1.0"'), "", 0),
        (("levels: [nein, ja]", "levels: [nein]"), "translation-count", 3),
    ],
)
def test_what_no_reader_would_ever_see_is_found(
    assess: Run, own: Path, change: tuple[str, str], rule: str, code: int
) -> None:
    path = own / "translations/de.yaml"
    path.write_text(path.read_text().replace(*change))

    done = assess("validate")

    assert done.returncode == code
    assert rule in done.stdout
    assert rule or done.stdout == ""


def test_links_and_pipes_beside_a_questionnaire_are_not_followed(assess: Run, own: Path, tmp_path: Path) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside.yaml"
    outside.write_text("format: assess.translation/1\nsecret: 1\n")
    path = own / "translations/de.yaml"
    path.unlink()
    path.symlink_to(outside)
    linked = assess("validate")
    path.unlink()
    os.mkfifo(path)
    piped = assess("validate")

    assert (linked.returncode, piped.returncode) == (3, 3)
    assert "leads out of the folder" in linked.stdout
    assert "secret" not in linked.stdout + linked.stderr
    assert "this is no file" in piped.stdout


def test_what_editors_leave_is_passed_over_and_what_people_took_for_ours_is_told(assess: Run, own: Path) -> None:
    (own / "translations/._de.yaml").write_bytes(b"\x00\x05")
    (own / "translations/.#de.yaml").symlink_to("somebody@host.1:2")
    assert assess("validate").returncode == 0

    (own / "translations/fr.yml").write_text(GERMAN)
    assert "[stray-file]" in assess("validate").stdout


def test_a_translation_beside_a_broken_questionnaire_is_only_read_and_says_so(assess: Run, own: Path) -> None:
    (own / "questionnaire.yaml").write_text(OWN.replace("title: Ours", "titel: Ours"))

    everything, alone = assess("validate"), assess("validate", "own/translations/de.yaml")

    assert everything.returncode == 3
    assert "[not-compared]" in everything.stdout
    assert "[not-compared]" in alone.stdout


def test_a_broken_baseline_is_no_fault_of_its_translation(assess: Run, own: Path) -> None:
    (own / "baselines").mkdir()
    (own / "baselines/mine.yaml").write_text("format: assess.baseline/1\n")
    path = own / "translations/de.yaml"
    path.write_text(GERMAN + "baselines: {mine: {title: Meine}}\n")

    done = assess("validate")
    answered = assess("run", "--plain", "--as", "ada", "--team", "t", "--full", "--lang", "de", stdin="1\n")

    assert done.returncode == 3
    assert "de.yaml" not in done.stdout
    assert answered.returncode == 0


@pytest.mark.parametrize("words", [("--lang=zh-Hans", "score"), ("--lang", "en", "--lang", "zh-Hans", "score")])
def test_the_flag_is_read_wherever_and_however_it_stands_and_the_last_one_counts(
    assess: Run, team: Path, words: tuple[str, ...]
) -> None:
    assert spoken(assess(*words).stdout) == "zh-Hans"
    assert "用法：" in assess(*words, "--help").stdout


def test_a_folder_and_a_date_in_one_word_go_before_a_command(assess: Run, team: Path) -> None:
    assert assess(f"-C{team}", "score").returncode == assess("--today=2026-11-23", "score").returncode == 0


@pytest.mark.parametrize(
    "tag", ["", "zh-Hantt", "zh-traditional", "../../x", "a" * 60, "a-" * 50_000 + "a", "de\n"]
)
def test_what_is_no_tag_is_no_language(assess: Run, team: Path, tag: str) -> None:
    assert assess("score", "--lang", tag).returncode == 2


def test_help_survives_an_output_that_cannot_write_it(assess: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")

    done = assess("--lang", "zh-Hant", "report", "--help")

    assert (done.returncode, done.stderr) == (0, "")


def test_a_questionnaire_without_a_short_set_says_so(assess: Run, own: Path) -> None:
    done = assess("run", "--plain", "--as", "ada", "--team", "t", "--pulse", stdin="1\n")

    assert done.returncode == 2
    assert "no short set" in done.stderr
    assert "--full" in done.stderr


@pytest.mark.parametrize(
    ("wanted", "known", "expected"),
    [
        ("zh_TW", ("zh-Hans", "zh-Hant"), "zh-Hant"),
        ("zh-Hant-HK", ("zh-Hans", "zh-Hant"), "zh-Hant"),
        ("ZH-hans", ("zh-Hans",), "zh-Hans"),
        ("zh-CN", ("zh-Hant",), None),
        ("zh_TW.UTF-8", ("zh-Hans", "zh-Hant"), "zh-Hant"),
        ("zh_HK.Big5@x", ("zh-Hans", "zh-Hant"), "zh-Hant"),
        ("zh-TW", ("zh-Hans",), None),
        ("zh-Hant", ("zh-TW",), "zh-TW"),
        ("zh-Hans", ("zh-CN",), "zh-CN"),
        ("en-GB", ("en", "en-XA"), "en"),
        ("", ("en",), None),
        ("e", ("en",), None),
        ("zh-Latn", ("zh-Hans", "zh-Hant"), None),
    ],
)
def test_the_nearest_tag_is_found(wanted: str, known: tuple[str, ...], expected: str | None) -> None:
    assert i18n.match(wanted, known) == expected
