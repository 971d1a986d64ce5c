"""Every file and folder below tests/examples is a test by being there.

A file in `invalid/` begins with one comment `# expect LINE:COLUMN RULE` for each finding; one in `valid/` has
none. A folder in `invalid_repositories/` holds a file `expect` (see `_prepared`).
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from pydantic import BaseModel

from assess.core import consistency
from assess.core.answers import Sheet
from assess.core.finding import Finding
from assess.core.fitting import check_fits
from assess.core.questionnaire import Baseline, Questionnaire
from assess.core.round import Round
from assess.files import builtin
from assess.files.load import Loaded, load, load_any
from assess.files.repository import Purpose, UsageError, open_repository

EXAMPLES = Path(__file__).parent.parent / "examples"
EXPECT = re.compile(r"# expect (?P<line>\d+):(?P<column>\d+) (?P<rule>[a-z-]+)")

Place = tuple[int, int, str]


def built_in() -> Questionnaire:
    loaded = load(builtin.questionnaires()["shipping-practices"], Questionnaire)
    assert loaded.value is not None
    return loaded.value


def checked(path: Path) -> Loaded[BaseModel]:
    """One file with all that can be said about it beside the built-in questionnaire."""
    loaded, questions = load_any(path), built_in()
    match loaded.value:
        case Sheet() as sheet:
            return loaded.also(consistency.check_sheet(sheet, questions))
        case Round() as round_:
            return loaded.also(consistency.check_round(round_, questions))
        case Baseline() as baseline:
            return loaded.also(consistency.check_baseline(baseline, questions))
        case Questionnaire() as questionnaire:
            return loaded.also([*consistency.check_questionnaire(questionnaire), *check_fits(questionnaire)])
    return loaded


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
def test_every_fault_is_found_at_its_place_and_nothing_else(path: Path) -> None:
    before = path.read_bytes()

    loaded = checked(path)

    assert expected(path), "an invalid example says what is to be found"
    assert places(loaded.findings) == expected(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("path", examples("invalid"), ids=lambda p: p.stem)
def test_what_is_said_about_a_fault_is_a_short_sentence(path: Path) -> None:
    for finding in checked(path).findings:
        said = f"{finding.message} {finding.hint or ''}"

        assert 0 < len(said) < 400
        assert said.isprintable()
        assert not re.search(r"allowed: *$|pydantic|Traceback|\bNone\b|value_error|type=", said)


@pytest.mark.parametrize("path", examples("valid"), ids=lambda p: p.stem)
def test_a_valid_file_loads_without_a_word(path: Path) -> None:
    loaded = checked(path)

    assert loaded.findings == ()
    assert loaded.value is not None


def _prepared(case: Path, folder: Path) -> list[str]:
    """Copy a case, make what git cannot keep everywhere, and give the findings that are expected.

    Lines of `expect`: `PATH:LINE:COLUMN RULE`, `PATH RULE` (the file as a whole), `copy FROM TO`,
    `link PATH TARGET`, and comments.
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
