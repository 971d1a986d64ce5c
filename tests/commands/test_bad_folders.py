"""What the file system refuses, as a person meets it: which file, why, the exit code, and nothing touched."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import SHEET, Run

AS_A_PERSON = ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.geteuid() == 0 else ()
"""Root may read everything; without these two powers it is refused like anybody else."""
ROUND = """\
format: assess.round/1
round: 2026-Q4
team: payments
state: closed
asked: pulse
questionnaire: {id: shipping-practices, version: "1.0.0"}
"""
CONFIG = "format: assess.config/1\nquestionnaire: own\n"
OWN = """\
format: assess.questionnaire/1
id: own
version: "1"
title: Own
language: en
dimensions:
  - {id: d, title: D, practices: [{id: quiet, title: Q, question: Q?, pulse: true, levels: ["no", "yes"]}]}
"""
ANSWERS = "assessments/2026-Q4/answers"
RUN = ("run", "--plain", "--as", "bob")

Person = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def person(command: str, tmp_path: Path) -> Person:
    """Run a line of a shell with `assess` in it, as somebody without power over other people's files."""

    def run(line: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        line = f'assess() {{ {shlex.join([*AS_A_PERSON, command])} "$@"; }}; {line}'
        return subprocess.run(
            ["bash", "-c", line],
            input=stdin,
            cwd=tmp_path,
            env={**os.environ, "SOURCE_DATE_EPOCH": "1795392000"},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Path]:
    """A valid folder; whatever a test forbids is allowed again afterwards."""
    (tmp_path / ANSWERS).mkdir(parents=True)
    (tmp_path / ANSWERS / "ada.yaml").write_text(SHEET, encoding="utf-8")
    (tmp_path / "assessments/2026-Q4/round.yaml").write_text(ROUND, encoding="utf-8")
    yield tmp_path
    for folder, _folders, _files in os.walk(tmp_path):
        Path(folder).chmod(0o755)


def contents(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


@pytest.mark.parametrize(
    ("place", "mode"),
    [
        (f"{ANSWERS}/ada.yaml", 0o000),
        (ANSWERS, 0o000),
        (ANSWERS, 0o400),
        (ANSWERS, 0o100),
        ("assessments/2026-Q4/round.yaml", 0o200),
        ("assessments/2026-Q4", 0o000),
        ("assessments/2026-Q4", 0o400),
        ("assessments", 0o000),
        ("assessments", 0o400),
    ],
)
@pytest.mark.parametrize("verb", ["check", shlex.join(RUN)])
def test_what_may_not_be_read_is_named_and_nobody_goes_on_without_it(
    root: Path, person: Person, place: str, mode: int, verb: str
) -> None:
    before = contents(root)
    (root / place).chmod(mode)

    done = person(f"assess {verb}", stdin="3\n")

    (root / place).chmod(0o755)
    shown = done.stdout + done.stderr
    assert done.returncode == 3, shown
    assert place in shown
    assert "error: cannot be read: permission is missing [unreadable]" in shown
    assert "Traceback" not in shown
    assert contents(root) == before


def test_a_configuration_that_may_not_be_read_is_a_matter_of_usage(root: Path, person: Person) -> None:
    (root / "assess.yaml").write_text(CONFIG, encoding="utf-8")
    (root / "assess.yaml").chmod(0)

    done = person("assess check")

    assert done.returncode == 2
    assert "assess.yaml: error: cannot be read: permission is missing" in done.stderr


@pytest.mark.parametrize("place", ["own/baselines", "own/translations"])
def test_folders_beside_a_questionnaire_are_not_skipped_in_silence(root: Path, person: Person, place: str) -> None:
    (root / "assess.yaml").write_text(CONFIG, encoding="utf-8")
    (root / place).mkdir(parents=True)
    (root / "own/questionnaire.yaml").write_text(OWN, encoding="utf-8")
    (root / place).chmod(0)

    done = person("assess validate")

    assert done.returncode == 3
    assert f"{place}: error: cannot be read: permission is missing [unreadable]" in done.stdout


def test_a_questionnaire_behind_a_closed_door_is_told_by_its_name(root: Path, person: Person) -> None:
    (root / "assess.yaml").write_text(CONFIG, encoding="utf-8")
    (root / "own").mkdir()
    (root / "own").chmod(0)

    done = person("assess check")

    assert done.returncode == 2
    assert "assess.yaml:2:16: error: there is no questionnaire “own”" in done.stderr


def test_a_path_that_no_system_could_have_is_told_like_any_other(assess: Run, root: Path) -> None:
    (root / "assess.yaml").write_text(CONFIG.replace("own", "o" * 5000), encoding="utf-8")

    done = assess("check")

    assert done.returncode == 2
    assert f"assess.yaml:2:16: error: there is no questionnaire “{'o' * 59}…”" in done.stderr
    assert assess("validate", "n" * 5000, "--config", "c" * 5000).returncode == 2


def test_a_name_that_is_too_long_is_a_finding(assess: Run, root: Path) -> None:
    done = assess("validate", "n" * 300)

    assert done.returncode == 3
    assert "cannot be read: the name is too long [unreadable]" in done.stdout


def test_a_disk_that_is_full_is_told_where_the_output_goes(root: Path, person: Person) -> None:
    done = person("assess score --format json > /dev/full")

    assert done.returncode == 4
    assert done.stderr == "Cannot go on: the disk is full\n"


def test_a_working_folder_that_is_gone_is_no_fault_of_ours(root: Path, person: Person) -> None:
    done = person('mkdir gone && cd gone && rmdir "$PWD" && assess check')

    assert done.returncode == 4
    assert "Cannot go on: there is no such file or folder" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_report_that_may_not_be_written_says_why(root: Path, person: Person) -> None:
    (root / "assessments/2026-Q4").chmod(0o500)

    done = person("assess report")

    assert done.returncode == 4
    assert "The report cannot be written: permission is missing" in done.stderr


def test_an_example_that_may_not_be_written_says_why(root: Path, person: Person) -> None:
    (root / "closed").mkdir(mode=0o500)

    done = person("assess demo closed/demo")

    assert done.returncode == 4
    assert "Cannot write to closed/demo: permission is missing" in done.stderr


def test_a_folder_that_may_not_be_entered_is_a_matter_of_usage(root: Path, person: Person) -> None:
    (root / "assessments").chmod(0)

    done = person("assess -C assessments check")

    assert done.returncode == 2
    assert "cannot work in assessments: permission is missing" in done.stderr


@pytest.mark.parametrize("verb", ["validate", "check", "score", "report", shlex.join(RUN)])
def test_no_command_waits_for_a_pipe_or_reads_a_device(root: Path, person: Person, verb: str) -> None:
    os.mkfifo(root / ANSWERS / "alice.yaml")
    (root / ANSWERS / "eve.yaml").symlink_to("/dev/zero")

    done = person(f"assess {verb}")

    shown = done.stdout + done.stderr
    assert done.returncode == 3
    assert f"{ANSWERS}/alice.yaml: error: cannot be read: this is no file [unreadable]" in shown
    assert f"{ANSWERS}/eve.yaml: error: this link leads out of the folder and is not read [path-escape]" in shown


def test_answers_are_never_saved_through_a_link_out_of_the_folder(root: Path, person: Person) -> None:
    (root / "team").mkdir()
    (root / "team/.git").mkdir()
    (root / "elsewhere").mkdir()
    (root / "team/assessments").mkdir()
    (root / "team/assessments/2026-Q4").mkdir()
    (root / "team/assessments/2026-Q4/answers").symlink_to(root / "elsewhere")
    (root / "team/assessments/2026-Q4/round.yaml").write_text(ROUND.replace("closed", "open"), encoding="utf-8")

    done = person(f"cd team && assess {shlex.join(RUN)}", stdin="3\n")

    assert done.returncode == 3
    assert f"{ANSWERS}: error: this link leads out of the folder and is not read [path-escape]" in done.stderr
    assert list((root / "elsewhere").iterdir()) == []
