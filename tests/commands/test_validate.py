"""`assess validate`: every example file through the installed command, with the place of every finding."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from conftest import ROOT, Run
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
