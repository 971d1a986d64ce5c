"""`assess validate`: every example file through the installed command, with the place of every finding."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from conftest import ROOT, SHEET, Run
from recipes import content

EXAMPLES = ROOT / "tests" / "examples"
EXPECT = re.compile(r"^# expect (\d+:\d+) ([a-z-]+)$", re.MULTILINE)
FOUND = re.compile(r"^([^:\s]+\.yaml):(\d+:\d+): (?:error|warning): .*\[([a-z-]+)\]$", re.MULTILINE)


def test_every_invalid_example_gives_its_findings_at_their_places_and_no_file_changes(
    assess: Run, tmp_path: Path
) -> None:
    (tmp_path / "invalid").mkdir()
    expected = set()
    before = {}
    for path in sorted((EXAMPLES / "invalid").iterdir()):
        file = tmp_path / "invalid" / f"{path.stem}.yaml"
        before[file] = content(path)
        file.write_bytes(before[file])
        places = EXPECT.findall(path.read_text(encoding="utf-8"))
        expected |= {(f"invalid/{file.name}", place, rule) for place, rule in places}
    files = sorted(before)

    done = assess("validate", *(f"invalid/{path.name}" for path in files))

    assert len(files) >= 140
    assert done.returncode == 3
    assert set(FOUND.findall(done.stdout)) == expected
    assert {path: path.read_bytes() for path in files} == before


def test_every_valid_example_passes(assess: Run, tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES / "valid", tmp_path / "valid")
    files = sorted(f"valid/{path.name}" for path in (tmp_path / "valid").glob("*.yaml"))

    done = assess("validate", *files)

    assert (done.returncode, done.stdout) == (0, "")
    assert f"{len(files)} files are valid." in done.stderr


def test_a_file_that_does_not_say_it_is_ours_is_never_quoted(assess: Run, tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("password: hunter2\npassword: hunter2\n: [\n")
    (tmp_path / "other.yaml").write_text("token: hunter2\n")

    done = assess("validate", "secret.yaml", "other.yaml")

    assert done.returncode == 3
    assert "hunter2" not in done.stdout + done.stderr
    assert "password" not in done.stdout + done.stderr


def test_nothing_named_means_everything_in_the_folder(assess: Run, tmp_path: Path) -> None:
    folder = tmp_path / "assessments" / "2026-Q4" / "answers"
    folder.mkdir(parents=True)
    (folder / "ada.yaml").write_text("format: assess.answers/1\n")
    (folder / "bob.yaml").write_text("format: assess.round/1\n")

    done = assess("validate")

    assert done.returncode == 3
    assert "ada.yaml" in done.stdout
    assert "bob.yaml" in done.stdout


def test_where_nothing_is_ours_there_is_nothing_to_check(assess: Run, tmp_path: Path) -> None:
    (tmp_path / "ci.yaml").write_text("steps: [one]\n")

    for words in ([], ["."]):
        done = assess("validate", *words)

        assert (done.returncode, done.stdout) == (4, "")
        assert "Nothing to check: no files of assess in " in done.stderr
        assert "assess validate FOLDER" in done.stderr


OWN = """\
format: assess.questionnaire/1
id: own
version: "1.0.0"
title: Own
language: en
pairs: [{practices: [quiet, quiet], why: W}]
dimensions:
  - id: d
    title: D
    practices:
      - {id: quiet, title: Quiet, question: How often?, levels: [Never., Always.]}
"""
PAIRS = "pairs: [{practices: [quiet, quiet], why: W}]\n"
BASELINE = """\
format: assess.baseline/1
id: first
questionnaire: own
title: First
sources: [{id: s, title: S, author: A, date: "2026"}]
levels: {quiet: {level: 2, confidence: low, source: s, where: w, says: s}}
"""
GERMAN = """\
format: assess.translation/1
questionnaire: {id: own, version: "1.0.0"}
language: de
practices: {quiet: {title: Still, question: Wie oft?, levels: [Nie.]}}
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A questionnaire of one's own with faults of every kind of file, in use by `assess.yaml`."""
    for name, text in {
        "assess.yaml": "format: assess.config/1\nquestionnaire: questions/own\n",
        "questions/own/questionnaire.yaml": OWN,
        "questions/own/baselines/second.yaml": BASELINE,
        "questions/own/baselines/first.yml": BASELINE,
        "questions/own/translations/de.yaml": GERMAN,
        "questions/own/translations/it.yaml": "title: Nostro\n",
        "questions/own/translations/notes.txt": "Nothing of ours.\n",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "questions" / "own"


def lines(printed: str) -> set[str]:
    """The findings; a hint stays with its finding."""
    return set(printed.replace("\n    ", " ").splitlines())


@pytest.mark.parametrize("valid", [False, True])
def test_a_folder_its_files_and_the_whole_repository_say_the_same(assess: Run, own: Path, *, valid: bool) -> None:
    if valid:  # the baseline and the translations are compared only with a questionnaire that is valid
        path = own / "questionnaire.yaml"
        path.write_text(OWN.replace(PAIRS, ""))
    files = [path.relative_to(own.parent.parent).as_posix() for path in sorted(own.rglob("*.y*ml"))]

    whole = assess("validate")
    folder = assess("validate", "questions/own")
    above = assess("validate", "questions")
    together = assess("validate", *files)
    each = [assess("validate", file) for file in files if file.endswith(".yaml")]

    assert whole.returncode == folder.returncode == together.returncode == 3
    assert {"misplaced", "not-ours", "stray-file"} <= set(re.findall(r"\[([a-z-]+)\]\n", whole.stdout))
    assert ("translation-count" in whole.stdout) is ("unknown-level" in whole.stdout) is valid
    assert folder.stdout == above.stdout == whole.stdout
    assert lines(together.stdout) == lines(whole.stdout)
    stray = {line for line in lines(whole.stdout) if "stray-file" in line}
    assert set().union(*(lines(one.stdout) for one in each)) == lines(whole.stdout) - stray


def test_a_questionnaire_that_nobody_uses_yet_is_checked_by_its_folder(assess: Run, own: Path) -> None:
    (own.parent.parent / "assess.yaml").unlink()
    before = assess("validate", "questions/own/questionnaire.yaml", "questions/own/baselines/second.yaml")
    inside = assess("validate", "second.yaml", "../questionnaire.yaml", cwd=own / "baselines")

    assert assess("validate").returncode == 4
    assert "pair-of-itself" in before.stdout
    assert "misplaced" in before.stdout
    assert before.returncode == inside.returncode == 3
    assert assess("validate", "questions").stdout.count("[pair-of-itself]") == 1


def test_a_valid_folder_says_how_many_files_it_checked(assess: Run, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own/questionnaire.yaml").write_text(OWN.replace(PAIRS, ""))
    (tmp_path / "own/ci.yaml").write_text("steps: [one]\nsteps: [two]\n")
    (tmp_path / "own/.hidden").mkdir()
    (tmp_path / "own/.hidden/questionnaire.yaml").write_text("broken: [")

    done = assess("validate", "own", "own/questionnaire.yaml")

    assert (done.returncode, done.stdout) == (0, "")
    assert "1 file is valid." in done.stderr


def test_the_folder_of_another_team_is_judged_by_its_own_questionnaire(assess: Run, own: Path) -> None:
    sheet = own.parent.parent / "assessments" / "2026-Q4" / "answers" / "ada.yaml"
    sheet.parent.mkdir(parents=True)
    sheet.write_text(SHEET.replace("shipping-practices", "own").replace("no-meeting-days", "quite"))
    path = own / "questionnaire.yaml"
    path.write_text(OWN.replace(PAIRS, ""))
    team, elsewhere = own.parent.parent, own.parent.parent.parent

    inside = assess("validate")
    outside = assess("validate", team.name, cwd=elsewhere)
    one = assess("validate", f"{team.name}/assessments/2026-Q4/answers/ada.yaml", cwd=elsewhere)

    assert "“own” has no practice “quite” [unknown-practice]" in inside.stdout
    assert outside.stdout == "".join(
        line if line.startswith("    ") else f"{team.name}/{line}"
        for line in inside.stdout.splitlines(keepends=True)
    )
    assert one.stdout.startswith(f"{team.name}/assessments/2026-Q4/answers/ada.yaml:9:3: error: ")


def test_another_teams_configuration_is_found_fault_with_like_any_file(assess: Run, tmp_path: Path) -> None:
    (tmp_path / "team").mkdir()
    (tmp_path / "team/assess.yaml").write_text("format: assess.config/1\nquestionnaire: nowhere\n")

    done = assess("validate", "team")

    assert done.returncode == 3
    assert "team/assess.yaml:2:16: error: there is no questionnaire “nowhere”" in done.stdout
