"""What the folder can do to a sitting: read-only, full, gone, open twice. Nothing is lost without a word."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Self

import pytest
from conftest import Run
from terminal import PATIENCE, Terminal

START = "run --as ada --team payments --pulse"
ADA = "assessments/2026-Q4/answers/ada.yaml"
TODAY = {"SOURCE_DATE_EPOCH": "1795392000"}


def as_anybody() -> list[str]:
    """What makes a command obey permissions: root writes through them."""
    if os.geteuid():
        return []
    return [
        "setpriv",
        "--bounding-set=-dac_override,-dac_read_search",
        "--inh-caps=-dac_override,-dac_read_search",
    ]


@pytest.fixture
def answered(assess: Run, tmp_path: Path) -> Path:
    """A folder where ada has answered the first question with 3."""
    root = tmp_path / "team"
    root.mkdir()
    done = assess("--plain", *START.split()[1:], stdin="3\nq\n", cwd=root)
    assert done.returncode == 0
    return root


class Sitting:
    """`assess --plain` while it runs: lines go in, and what it says is waited for."""

    def __init__(self, command: list[str], root: Path) -> None:
        self._process = subprocess.Popen(
            [*command, "--plain", "--as", "ada"], cwd=root, env={**os.environ, **TODAY}, text=True, bufsize=1,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
        )  # fmt: skip
        self.pid = self._process.pid

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.kill()
        self._process.communicate()

    def tell(self, line: str) -> None:
        stdin: IO[str] | None = self._process.stdin
        assert stdin is not None
        stdin.write(f"{line}\n")
        stdin.flush()

    def until(self, words: str) -> str:
        """All that is said until some words were."""
        said, stdout = b"", self._process.stdout
        assert stdout is not None
        while words not in said.decode("utf-8", "ignore"):
            ready, _out, _odd = select.select([stdout], [], [], PATIENCE)
            more = os.read(stdout.fileno(), 4096) if ready else b""
            assert more, f"never said “{words}”:\n{said.decode()}"
            said += more
        return said.decode()

    def left(self) -> tuple[int, str]:
        """The exit code, and what was said to the end."""
        said, _nothing = self._process.communicate(timeout=60)
        return self._process.returncode, said

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


def contents(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


@pytest.fixture
def read_only(answered: Path) -> Iterator[Callable[[bool], None]]:
    """A switch that takes the permission to write in the folder of the answers away, and gives it back."""
    folder = (answered / ADA).parent

    def switch(off: bool) -> None:  # noqa: FBT001
        folder.chmod(0o555 if off else 0o755)

    yield switch
    switch(False)


def test_a_read_only_folder_is_said_with_every_answer_and_leaving_says_4(
    command: str, answered: Path, read_only: Callable[[bool], None]
) -> None:
    before = contents(answered)
    read_only(True)

    with Sitting([*as_anybody(), command], answered) as sitting:
        sitting.until("> ")
        sitting.tell("2")
        sitting.until("NOT SAVED: ")
        sitting.tell("q")
        code, said = sitting.left()

    assert code == 4
    assert "NOT SAVED" in said
    assert contents(answered) == before


def test_a_permission_that_comes_back_saves_everything(
    command: str, answered: Path, read_only: Callable[[bool], None]
) -> None:
    with Sitting([*as_anybody(), command], answered) as sitting:
        sitting.until("> ")
        read_only(True)
        sitting.tell("2")
        sitting.until("NOT SAVED: ")
        read_only(False)
        sitting.tell("1")
        sitting.tell("q")
        code, said = sitting.left()

    assert code == 0
    assert "NOT SAVED" not in said
    text = (answered / ADA).read_text(encoding="utf-8")
    assert text.count(": 1\n") == text.count(": 2\n") == text.count(": 3\n") == 1


@pytest.fixture
def small_disk(tmp_path: Path) -> list[str]:
    """What a command is put behind to work on a disk of 64 kB: a mount of its own, that ends with it."""
    place = tmp_path / "disk"
    place.mkdir()
    who = ["-m"] if not os.geteuid() else ["-rm"]
    mount = 'mount -t tmpfs -o size=64k tmpfs "$0" && cd "$0" && exec "$@"'
    behind = ["unshare", *who, "sh", "-c", mount, str(place)]
    try:
        subprocess.run([*behind, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.fail("this machine lets nobody mount a small disk (unshare -m, or user namespaces)", pytrace=False)
    return behind


FULL = """\
set -u
assess=$1
"$assess" run --plain --as ada --team x --pulse <<< $'3\\nn before\\nq' > first.txt || exit 90
cp assessments/2026-Q4/answers/ada.yaml "$2/before.yaml"
head -c 200000 /dev/zero > filler 2>/dev/null
"$assess" run --plain --as ada <<< $'2\\n1\\nq' > "$2/full.txt" 2>&1
echo $? > "$2/code.txt"
cp assessments/2026-Q4/answers/ada.yaml "$2/after.yaml"
ls -A assessments/2026-Q4/answers > "$2/list.txt"
rm filler
"$assess" run --plain --as ada <<< $'2\\nq' > "$2/again.txt" 2>&1
echo $? > "$2/code-again.txt"
cp assessments/2026-Q4/answers/ada.yaml "$2/again.yaml"
"""


def test_a_full_disk_costs_nothing_that_was_there(command: str, small_disk: list[str], tmp_path: Path) -> None:
    subprocess.run(
        [*small_disk, "bash", "-c", FULL, "bash", command, str(tmp_path)], env={**os.environ, **TODAY}, check=True
    )

    def kept(name: str) -> str:
        return (tmp_path / name).read_text(encoding="utf-8")

    assert kept("code.txt") == "4\n"
    assert kept("full.txt").count("NOT SAVED: ") == 3  # with each of two answers, and at the end
    assert kept("before.yaml") == kept("after.yaml")
    assert kept("list.txt") == "ada.yaml\n"
    assert kept("code-again.txt") == "0\n"
    assert kept("again.yaml").count(": 2\n") == 1


def test_nothing_is_written_that_the_next_start_would_refuse_to_read(assess: Run, answered: Path) -> None:
    before = contents(answered)
    much = "每周 " * 1_000_000

    refused = assess("--plain", "--as", "ada", stdin=f"n {much}\nq\n", cwd=answered)

    assert refused.returncode == 4
    assert "NOT SAVED: the file is larger than 4 MB" in refused.stdout
    assert contents(answered) == before
    assert assess("--plain", "--as", "ada", stdin="2\nq\n", cwd=answered).returncode == 0


def test_a_folder_that_is_taken_away_is_not_made_anew(command: str, answered: Path) -> None:
    with Sitting([command], answered) as sitting:
        sitting.until("> ")
        shutil.rmtree(answered)
        sitting.tell("2")
        sitting.until("NOT SAVED: ")
        sitting.tell("")
        sitting.tell("q")
        code, said = sitting.left()

    assert code == 4
    assert "Traceback" not in said
    assert not answered.exists()


def test_the_second_window_is_told_who_has_the_sheet_and_changes_nothing(command: str, answered: Path) -> None:
    before = contents(answered)
    with Sitting([command], answered) as first:
        first.until("> ")
        with Sitting([command], answered) as second:
            said = second.until("> ")
            second.tell("2")
            second.until("READ ONLY: ")
            second.tell("q")
            code, end = second.left()
        unchanged = (answered / ADA).read_bytes() == before[ADA]
        first.tell("1")
        first.tell("q")
        first_code, _said = first.left()

    assert "READ ONLY: this sheet is open in another window since 2026-11-23 00:00" in said
    assert f"(process {first.pid} on " in said
    assert "READ ONLY: " in end
    assert "Saved" not in end
    assert code == 4
    assert unchanged
    assert first_code == 0
    assert ": 1\n" in (answered / ADA).read_text(encoding="utf-8")
    assert sorted(contents(answered)) == sorted(before)


def test_a_window_that_was_killed_leaves_nobody_locked_out(command: str, answered: Path) -> None:
    with Sitting([command], answered) as first:
        first.until("> ")
        first.kill()
    assert (answered / "assessments/2026-Q4/answers/.ada.yaml.lock").exists()

    with Sitting([command], answered) as second:
        said = second.until("> ")
        second.tell("2")
        second.tell("q")
        code, _said = second.left()

    assert code == 0
    assert "READ ONLY" not in said
    assert ": 2\n" in (answered / ADA).read_text(encoding="utf-8")


def test_two_people_answer_at_the_same_time(command: str, answered: Path) -> None:
    others = [
        subprocess.Popen(
            [command, "--plain", "--as", name], cwd=answered, env={**os.environ, **TODAY}, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )
        for name in ("bo", "kim", "ada")
    ]  # fmt: skip
    for other in others:
        other.communicate("1\n2\n0\nq\n", timeout=60)

    assert [other.returncode for other in others] == [0, 0, 0]
    assert len(list((answered / ADA).parent.glob("*.yaml"))) == 3


@pytest.mark.terminal
def test_the_terminal_says_not_saved_tries_again_by_itself_and_says_saved(
    command: str, answered: Path, read_only: Callable[[bool], None], tmp_path: Path
) -> None:
    with Terminal(tmp_path / "s", " ".join([*as_anybody(), command, "--as ada"]), answered) as window:
        window.wait_for("1 of 10", "Enter")
        read_only(True)
        window.keys("2")
        window.wait_for("NOT SAVED: ")
        read_only(False)
        window.wait_for("Saved ")
        window.leave()

    assert ": 2\n" in (answered / ADA).read_text(encoding="utf-8")


@pytest.mark.terminal
def test_leaving_the_terminal_unsaved_asks_first_and_says_4(
    command: str, answered: Path, read_only: Callable[[bool], None], tmp_path: Path
) -> None:
    read_only(True)
    with Terminal(tmp_path / "s", " ".join([*as_anybody(), command, "--as ada"]), answered) as window:
        window.wait_for("Enter")
        window.keys("2")
        window.wait_for("NOT SAVED: ")
        window.keys("C-q")
        window.wait_for("Not saved: ", "leave anyway")
        window.keys("l")
        screen = window.wait_for("exit code: 4")

    assert "NOT SAVED: " in screen
    assert ": 2\n" not in (answered / ADA).read_text(encoding="utf-8")


@pytest.mark.terminal
def test_a_second_terminal_that_only_reads_offers_no_writing_and_tells_what_was_not_taken(
    command: str, answered: Path, tmp_path: Path
) -> None:
    start = f"{command} --as ada"
    with Terminal(tmp_path / "a", start, answered) as first:
        first.wait_for("Enter next", "n note")
        with Terminal(tmp_path / "b", start, answered) as looking:
            assert "n note" not in looking.wait_for("READ ONLY: ", "Enter next")
            looking.keys("Enter", "C-q")
            assert "Saved" not in looking.wait_for("exit code: 0")
        with Terminal(tmp_path / "c", start, answered) as answering:
            answering.wait_for("READ ONLY: ", "Enter next")
            answering.keys("2", "C-q")
            screen = answering.wait_for("exit code: 4")
            assert "READ ONLY: this sheet is open in another window" in screen
            assert "Nothing that was answered here was kept." in screen
        first.leave()

    assert ": 2\n" not in (answered / ADA).read_text(encoding="utf-8")


@pytest.mark.terminal
def test_the_second_terminal_reads_until_the_first_one_leaves(
    command: str, answered: Path, tmp_path: Path
) -> None:
    start = f"{command} --as ada"
    with Terminal(tmp_path / "a", start, answered) as first:
        first.wait_for("Enter")
        with Terminal(tmp_path / "b", start, answered) as second:
            second.wait_for("READ ONLY: this sheet is open in another window since")
            second.keys("2")
            first.keys("1")
            first.wait_for("Saved ")
            first.leave()
            second.wait_for("2 of 10")
            second.keys("Enter", "0")
            second.wait_for("Saved ", "3 of 10")
            second.leave()

    text = (answered / ADA).read_text(encoding="utf-8")
    assert ": 1\n" in text
    assert ": 0\n" in text
