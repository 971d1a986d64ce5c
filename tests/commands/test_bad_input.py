"""Every invalid example where such a file lies, through the commands: told with its place, and no harm done."""

from __future__ import annotations

import gc
import hashlib
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from checking import checked
from conftest import ROOT, SHEET, Run
from recipes import content

from assess import cli, i18n
from assess.files import yamldoc
from assess.files.load import value_of_any
from assess.render.text import finding_line

EXAMPLES = sorted(p for p in (ROOT / "tests/examples/invalid").iterdir() if not p.name.startswith("keys-"))
"""Keys are a person's, not a folder's: see test_own_keys."""
EXPECT = re.compile(r"^# expect (\d+:\d+) ([a-z-]+)$", re.MULTILINE)
OWN = ROOT / "questionnaires/shipping-practices/questionnaire.yaml"
PLACES = {
    "answers": "assessments/2026-Q4/answers/alice.yaml",
    "round": "assessments/2026-Q4/round.yaml",
    "counts": "assessments/2026-Q4/counts.yaml",
    "config": "assess.yaml",
    "questionnaire": "own/questionnaire.yaml",
    "baseline": "own/baselines/ours.yaml",
    "translation": "own/translations/de.yaml",
}
ROUND = b"""\
format: assess.round/1
round: 2026-Q4
team: payments
state: closed
privacy: counts
asked: full
questionnaire: {id: shipping-practices, version: "1.0.0"}
"""
"""What lies beside counts."""
COMMANDS = (("validate",), ("check",), ("score",), ("diff",), ("report",), ("run", "--plain", "--as", "ada"))
ONLY_WARNED = {
    "answers-not-applicable-without-a-reason",
    "questionnaire-repeated-title",
    "questionnaire-too-long",
}
"""What is not as it should be, and still no error."""


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    """The command line is made for a process of its own: it stops the collector and chooses a language."""
    yield
    gc.enable()
    i18n.use("en")


def kind_of(raw: bytes) -> str:
    found = re.search(rb"^(?:- )?format: assess\.([a-z]+)/1", raw, re.MULTILINE)
    kind = found[1].decode() if found else "answers"
    return kind if kind in PLACES else "answers"


def repository(folder: Path, raw: bytes) -> str:
    """A valid folder but for one file, and that file's place."""
    files = {PLACES["answers"].replace("alice", "ada"): SHEET.encode()}
    place = PLACES[kind_of(raw)]
    if place == PLACES["counts"]:
        files[PLACES["round"]] = ROUND
    if place.startswith("own/"):
        files["assess.yaml"] = b"format: assess.config/1\nquestionnaire: own\n"
        files["own/questionnaire.yaml"] = OWN.read_bytes()
    for path, text in {**files, place: raw}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text)
    return place


def tree(folder: Path) -> str:
    """One number for all names, kinds, modes and bytes below a folder."""
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        whole.update(f"{path.relative_to(folder)} {path.lstat().st_mode}\n".encode("utf-8", "surrogateescape"))
        if path.is_symlink():
            whole.update(str(path.readlink()).encode())
        elif path.is_file():
            whole.update(path.read_bytes())
    return whole.hexdigest()


def here(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """The exit code, and all that a person sees."""
    code = cli.main([*arguments, "--today", "2026-11-23"])
    shown = capsys.readouterr()
    return code, shown.out + shown.err


@pytest.mark.parametrize(("number", "path"), list(enumerate(EXAMPLES)), ids=lambda p: getattr(p, "stem", ""))
def test_no_command_goes_on_with_a_bad_file_or_touches_one(
    number: int, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each file is validated alone, and meets two of the commands in turn: every two are met by every kind."""
    raw = content(path)
    place = repository(tmp_path, raw)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.StringIO("3\nq\n"))
    before = tree(tmp_path)
    two = [COMMANDS[(number + step) % len(COMMANDS)] for step in (0, 1)]

    for command in (("validate", place), *two):
        if command[0] == "run" and ("baselines" in place or "translations" in place):
            continue  # who answers needs neither, and is not kept away
        if path.stem in ONLY_WARNED and command != ("validate", place):
            continue
        code, shown = here(capsys, *command)

        wrong = 2 if place == "assess.yaml" else 3
        assert code == (0 if path.stem in ONLY_WARNED else wrong), shown
        for where, rule in EXPECT.findall(path.read_text(encoding="utf-8")):
            assert re.search(rf"^{place}:{where}: (error|warning): .*\[{rule}\]$", shown, re.MULTILINE), shown
        assert "Traceback" not in shown
        assert tree(tmp_path) == before


@pytest.mark.parametrize("tag", ["zh-Hans", "zh-Hant"])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_what_is_wrong_is_said_in_chinese_too(path: Path, tag: str) -> None:
    i18n.use(tag)
    loaded = checked(value_of_any(path, yamldoc.read(content(path), "file.yaml")))

    for line in "\n".join(map(finding_line, loaded.findings)).splitlines():
        words = re.sub(r"^file\.yaml:\d+:\d+: |[“「][^”」]*[”」]|\[[a-z-]+\]$|\[U\+\w+\]", "", line)
        assert re.search("[\u4e00-\u9fff]", words), line
        assert not re.search("[a-z]+ [a-z]+ [a-z]+", words), line


@pytest.mark.parametrize("name", ["not-ours.yaml", "bytes-latin-1.recipe", "yaml-unclosed-quote.yaml"])
def test_a_file_that_is_not_ours_is_never_quoted(name: str, assess: Run, tmp_path: Path) -> None:
    raw = content(EXAMPLES[0].parent / name).replace(b"format: assess", b"password: hunter2")
    repository(tmp_path, raw)
    (tmp_path / "file.yaml").write_bytes(raw)

    for command in (("validate", "file.yaml"), *COMMANDS):
        done = assess(*command)

        assert done.returncode == 3, done.stderr
        assert done.stdout + done.stderr
        assert "hunter2" not in done.stdout + done.stderr
        assert "password" not in done.stdout + done.stderr
        assert "Traceback" not in done.stderr
