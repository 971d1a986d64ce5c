"""Every file and folder below tests/examples is a test by being there.

A file in `invalid/` begins with one comment `# expect LINE:COLUMN RULE` for each finding; one in `valid/` has
none. What git or an editor would spoil is a recipe (`tests/recipes.py`). A folder in `invalid_repositories/` holds
a file `expect` (see `_prepared`).
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
from checking import checked
from recipes import content

from assess.core.finding import Finding
from assess.files import yamldoc
from assess.files.load import load_any, value_of_any
from assess.files.repository import Purpose, UsageError, open_repository

EXAMPLES = Path(__file__).parent.parent / "examples"
EXPECT = re.compile(r"# expect (?P<line>\d+):(?P<column>\d+) (?P<rule>[a-z-]+)")

Place = tuple[int, int, str]


def expected(path: Path) -> list[Place]:
    lines = path.read_text(encoding="utf-8").split("\n")
    found = [match for line in lines if (match := EXPECT.fullmatch(line))]
    return sorted((int(m["line"]), int(m["column"]), m["rule"]) for m in found)


def places(findings: tuple[Finding, ...]) -> list[Place]:
    return sorted((f.line, f.column, f.rule) for f in findings)


def examples(folder: str) -> list[Path]:
    found = sorted((EXAMPLES / folder).iterdir())
    assert found, "no examples: is this the whole checkout?"
    return found


@pytest.mark.parametrize("path", examples("invalid"), ids=lambda p: p.stem)
def test_every_fault_is_found_at_its_place_and_nothing_else(path: Path, tmp_path: Path) -> None:
    file = tmp_path / "file.yaml"
    file.write_bytes(content(path))

    loaded = checked(load_any(file))

    assert expected(path), "an invalid example says what is to be found"
    assert places(loaded.findings) == expected(path)
    assert file.read_bytes() == content(path)


@pytest.mark.parametrize("path", examples("invalid"), ids=lambda p: p.stem)
def test_what_is_said_about_a_fault_is_a_short_sentence(path: Path) -> None:
    document = yamldoc.read(content(path), "file.yaml")
    for finding in checked(value_of_any(path, document)).findings:
        said = f"{finding.message} {finding.hint or ''}"

        assert 0 < len(said) < 400
        assert said.isprintable()
        assert not re.search(r"allowed: *$|pydantic|Traceback|\bNone\b|value_error|type=", said)


@pytest.mark.parametrize("path", examples("valid"), ids=lambda p: p.stem)
def test_a_valid_file_loads_without_a_word(path: Path) -> None:
    loaded = checked(load_any(path))

    assert loaded.findings == ()
    assert loaded.value is not None


def _prepared(case: Path, folder: Path) -> list[str]:
    """Copy a case, make what git cannot keep everywhere, and give the findings that are expected.

    Lines of `expect`: `PATH:LINE:COLUMN RULE`, `PATH RULE` (the file as a whole), `copy FROM TO`,
    `link PATH TARGET`, `folder PATH`, `pipe PATH`, and comments.
    """
    shutil.copytree(case, folder)
    lines = (folder / "expect").read_text(encoding="utf-8").splitlines()
    (folder / "expect").unlink()
    findings = []
    for line in lines:
        match line.split():
            case ["copy", source, target]:
                shutil.copy(folder / source, folder / target)
            case ["link", path, target]:
                (folder / path).symlink_to(target)
            case ["folder", path]:
                (folder / path).mkdir(parents=True)
            case ["pipe", path]:
                os.mkfifo(folder / path)
            case [place, _] if not place.startswith("#"):
                findings.append(line)
    return findings


@pytest.mark.parametrize("case", examples("invalid_repositories"), ids=lambda p: p.name)
def test_every_fault_of_a_folder_is_found_at_once(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "repository"
    wanted = _prepared(case, folder)
    monkeypatch.chdir(folder)

    try:
        findings = open_repository(folder, purpose=Purpose.CHECK).findings
    except UsageError as error:
        findings = error.findings

    assert wanted, "an invalid folder says what is to be found"
    assert sorted(f"{f.place} {f.rule}" for f in findings) == sorted(wanted)
