"""The exit-code table of the product, command by command, with the words a person reads."""

from __future__ import annotations

import re
import signal
import subprocess
import time
from pathlib import Path

import pytest
from conftest import SHEET, Run

from assess.core.cells import cells


def put_sheet(folder: Path, text: str = SHEET) -> Path:
    path = folder / "assessments" / "2026-Q4" / "answers" / "ada.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_0_when_all_is_well_and_warnings_are_allowed(assess: Run, tmp_path: Path) -> None:
    put_sheet(tmp_path)

    done = assess("check")

    assert done.returncode == 0
    assert "warning" in done.stdout  # one answer of ten: coverage
    assert "[coverage]" in done.stdout


def test_1_when_a_gate_at_level_error_fails(assess: Run, tmp_path: Path) -> None:
    put_sheet(tmp_path, SHEET.replace("2026-11-20", "2026-07-25"))

    done = assess("check")

    assert done.returncode == 1
    assert "assessments/2026-Q4/answers/ada.yaml:8:1: error: the newest answers, of round 2026-Q4, are 121" in (
        done.stdout
    )


def test_answers_of_exactly_the_allowed_age_pass(assess: Run, tmp_path: Path) -> None:
    put_sheet(tmp_path, SHEET.replace("2026-11-20", "2026-07-26"))

    assert assess("check").returncode == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("score", "--round", "2020-Q1"),
        ("score", "--questionnaire", "no-such"),
        ("score", "--format", "xml"),
        ("nonsense",),
        ("score", "--today", "yesterday"),
        ("-C", "no-such-folder", "score"),
        ("run", "--as", "../ada", "--plain"),
        ("run", "--as", "team", "--plain"),
        ("run", "--plain", "--lang", "xx"),
        ("run", "--plain", "--expected", "0"),
        ("run", "--plain", "--expected", "9" * 5000),
        ("report", "--baseline", "no-such"),
        ("schema", "no-such"),
    ],
    ids=lambda words: " ".join(words)[:40],
)
def test_2_for_wrong_usage(assess: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    put_sheet(tmp_path)

    done = assess(*arguments)

    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_2_for_a_wrong_configuration_with_its_place(assess: Run, tmp_path: Path) -> None:
    put_sheet(tmp_path)
    (tmp_path / "assess.yaml").write_text("format: assess.config/1\nrulez: {preset: strict}\n")

    done = assess("check")

    assert done.returncode == 2
    assert "assess.yaml:2:1: error: unknown key “rulez”" in done.stderr
    assert "did you mean “rules”?" in done.stderr


def test_2_for_run_without_a_terminal_and_without_plain(assess: Run) -> None:
    done = assess()

    assert done.returncode == 2
    assert "--plain" in done.stderr
    assert "assess demo" in done.stderr


@pytest.mark.parametrize("verb", ["check", "score", "validate", "report"])
def test_3_for_invalid_answers_with_file_line_and_column(assess: Run, tmp_path: Path, verb: str) -> None:
    put_sheet(tmp_path, SHEET.replace("no-meeting-days: 3", "no-meeting-day: 3"))

    done = assess(verb)

    assert done.returncode == 3
    shown = done.stdout + done.stderr
    assert "assessments/2026-Q4/answers/ada.yaml:9:3: error:" in shown
    assert "did you mean “no-meeting-days”?" in shown


def test_3_keeps_run_from_touching_anything(assess: Run, tmp_path: Path) -> None:
    path = put_sheet(tmp_path, SHEET.replace("no-meeting-days: 3", "no-meeting-days: 9"))
    before = path.read_bytes()

    done = assess("run", "--as", "ada", "--plain", stdin="3\n")

    assert done.returncode == 3
    assert path.read_bytes() == before


@pytest.mark.parametrize("verb", ["check", "score", "report"])
def test_4_when_there_is_nothing_to_look_at(assess: Run, verb: str) -> None:
    done = assess(verb)

    assert done.returncode == 4
    assert done.stdout == ""


def test_4_when_nothing_can_be_written(assess: Run, tmp_path: Path) -> None:
    """A file where a folder must be: even root cannot write through it."""
    (tmp_path / "assessments").write_text("in the way")

    done = assess("run", "--plain", "--pulse", "--as", "ada", "--team", "x", stdin="3\n")

    assert done.returncode == 4
    assert (
        "Cannot write to assessments/2026-Q4/answers/ada.yaml: a file stands where a folder should be"
        in done.stderr
    )


def test_5_for_our_own_fault_with_a_ready_made_report(command: str, tmp_path: Path) -> None:
    put_sheet(tmp_path)
    broken = (
        "import assess.core.scoring as s\ndef score(*a, **k): raise RuntimeError('planted')\ns.score = score\n"
    )
    code = f"{broken}from assess import cli\nimport sys\nsys.exit(cli.main(['score']))"

    python = str(Path(command).parent / "python")
    done = subprocess.run([python, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert done.returncode == 5
    assert "Please report" in done.stderr
    assert "planted" in done.stderr


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
def test_signals_end_plain_mode_with_everything_saved(
    command: str, tmp_path: Path, number: signal.Signals, code: int
) -> None:
    process = subprocess.Popen(
        [command, "--plain", "--pulse", "--as", "ada", "--team", "x"],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    process.stdin.write("3\n")
    process.stdin.flush()
    wait_for(lambda: list(tmp_path.glob("assessments/*/answers/ada.yaml")))

    process.send_signal(number)
    told, _nothing = process.communicate(timeout=30)

    assert process.returncode == code
    assert "Saved: 1 of 10 answered" in told
    text = next(tmp_path.glob("assessments/*/answers/ada.yaml")).read_text(encoding="utf-8")
    assert "one-team-all-disciplines: 3" in text


def wait_for(condition: object, seconds: float = 30) -> None:
    """Until something another process does has happened."""
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


@pytest.mark.parametrize("verb", ["run", "report", "score", "diff", "check", "validate", "schema", "demo"])
def test_help_shows_an_example(assess: Run, verb: str) -> None:
    done = assess(verb, "--help")

    assert done.returncode == 0
    assert "Example: assess " in " ".join(done.stdout.split())


def test_options_stand_before_or_after_the_command(assess: Run, tmp_path: Path) -> None:
    folder = tmp_path / "team"
    put_sheet(folder)

    before = assess("-C", "team", "score")
    after = assess("score", "-C", "team")

    assert before.returncode == after.returncode == 0
    assert before.stdout == after.stdout


@pytest.mark.parametrize(("closed", "command_line", "code"), [
    (">&-", "score", 0),
    ("2>&-", "check", 0),
    ("<&-", "run", 2),
    ("<&-", "run --plain --as ada", 0),
    (">&- 2>&- <&-", "validate", 0),
])  # fmt: skip
def test_a_closed_stream_is_an_empty_one(
    command: str, tmp_path: Path, closed: str, command_line: str, code: int
) -> None:
    put_sheet(tmp_path)
    line = f"{command} --today 2026-11-23 {command_line} {closed}"

    done = subprocess.run(["sh", "-c", line], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr


def test_2_when_a_report_would_take_the_place_of_another_file(assess: Run, tmp_path: Path) -> None:
    path = put_sheet(tmp_path)
    before = path.read_bytes()

    refused = assess("report", "-o", str(path))
    taken = assess("report", "-o", "new.html"), assess("report", "-o", "new.html")

    assert refused.returncode == 2
    assert "is no report" in refused.stderr
    assert path.read_bytes() == before
    assert [done.returncode for done in taken] == [0, 0]


@pytest.mark.parametrize("verb", ["run", "report", "score", "diff", "check", "validate", "schema", "demo"])
def test_help_in_chinese_stands_in_columns_and_within_80_cells(assess: Run, verb: str) -> None:
    done = assess(verb, "--help", env={"LANG": "zh_CN.UTF-8", "COLUMNS": "80"})

    rows = [re.match(r"(  -.{2,}?) {2,}(\S.*)", line) for line in done.stdout.splitlines()]
    columns = {cells(line[: row.start(2)]) for row in rows if row for line in [row.string]}
    assert columns == {24}
    _usage, explained = done.stdout.split("\n\n", 1)
    assert all(cells(line) <= 80 for line in explained.splitlines())
