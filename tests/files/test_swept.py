"""What a killed save leaves behind is swept away by the next one; nothing else is, and nobody alive is robbed."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assess.files import save

LEFT = ".ada.yaml.abcd_123.tmp"
WRITER = """\
import os, sys
from pathlib import Path
from assess.files import save
flush = os.fsync
def wait(handle):
    print("written", flush=True)
    sys.stdin.readline()
    flush(handle)
os.fsync = wait
save.write(Path(sys.argv[1]), "theirs")
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "ada.yaml"
    path.write_text("old", encoding="utf-8")
    return path


@contextmanager
def saving(path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that has written its new file, and has not put it in place yet."""
    command = [sys.executable, "-c", WRITER, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"written\n"
        try:
            yield writer
        finally:
            writer.kill()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_a_killed_save_leaves_is_swept_by_the_next_one(path: Path) -> None:
    with saving(path) as writer:
        writer.kill()
        writer.wait()
    assert len(names(path.parent)) == 2
    assert path.read_text(encoding="utf-8") == "old"

    save.write(path, "ours")

    assert names(path.parent) == ["ada.yaml"]
    assert path.read_text(encoding="utf-8") == "ours"


def test_a_save_that_is_still_at_work_is_left_alone(path: Path) -> None:
    with saving(path) as writer:
        save.write(path, "ours")
        assert len(names(path.parent)) == 2

        writer.communicate(b"\n")

        assert writer.returncode == 0
    assert names(path.parent) == ["ada.yaml"]
    assert path.read_text(encoding="utf-8") == "theirs"


@pytest.mark.parametrize(
    "name",
    [
        ".bob.yaml.abcd_123.tmp", ".ada.yaml.ABCD_123.tmp", ".ada.yaml.backup.tmp", ".ada.yaml.abcd_1234.tmp",
        ".ada.yaml.abcd_123.tmp~", "ada.yaml.abcd_123.tmp", ".ada.yaml.tmp", ".ada.yaml.a.b_123.tmp",
    ],
)  # fmt: skip
def test_no_file_of_another_name_is_swept(path: Path, name: str) -> None:
    (path.parent / name).write_text("kept", encoding="utf-8")

    save.write(path, "ours")

    assert names(path.parent) == sorted([name, "ada.yaml"])


def test_nothing_below_or_above_the_folder_is_swept(path: Path, tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    places = [tmp_path / "below" / LEFT, tmp_path / LEFT]
    for place in places:
        place.write_text("kept", encoding="utf-8")

    save.write(tmp_path / "beside" / "ada.yaml", "ours")

    assert all(place.exists() for place in places)


def test_a_link_a_folder_and_a_pipe_of_such_a_name_are_left_alone(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("kept", encoding="utf-8")
    (tmp_path / LEFT).symlink_to(target)
    (tmp_path / LEFT.replace("1", "2")).mkdir()
    os.mkfifo(tmp_path / LEFT.replace("1", "3"))
    before = names(tmp_path)

    save.write(path, "ours")

    assert names(tmp_path) == before
    assert target.read_text(encoding="utf-8") == "kept"


def test_a_name_with_signs_of_a_pattern_sweeps_its_own_only(tmp_path: Path) -> None:
    mine, other = ".[ab]*.yaml.abcd_123.tmp", ".a.yaml.abcd_123.tmp"
    for name in (mine, other):
        (tmp_path / name).write_text("left", encoding="utf-8")

    save.write(tmp_path / "[ab]*.yaml", "ours")

    assert names(tmp_path) == [other, "[ab]*.yaml"]


def test_a_file_that_was_swept_before_it_was_locked_is_made_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between making a file and locking it, another process may take it for a dead one's."""
    lock, swept = fcntl.flock, []

    def sweep_first(handle: int, how: int) -> None:
        if not swept:
            swept.extend(path.parent.glob(".ada.yaml.*.tmp"))
            swept[0].unlink()
        lock(handle, how)

    monkeypatch.setattr(fcntl, "flock", sweep_first)

    save.write(path, "ours")

    assert len(swept) == 1
    assert path.read_text(encoding="utf-8") == "ours"
    assert names(path.parent) == ["ada.yaml"]
