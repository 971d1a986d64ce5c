"""One window writes a file; the lock goes with its owner, however that one ends."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from assess.files.lock import Holder, Lock

ADA = Holder("11", "pine", "2026-11-23 10:05")
BO = Holder("22", "oak", "2026-11-23 10:06")
HOLDS = """\
import sys, time
from pathlib import Path
from assess.files.lock import Holder, Lock
lock = Lock(Path(sys.argv[1]), Holder("33", "elm", "2026-11-23 10:07"))
assert lock.take() is None
print("held", flush=True)
sys.stdin.read()
"""


def test_the_second_is_told_who_has_it(tmp_path: Path) -> None:
    one, other = (Lock(tmp_path / "ada.yaml", me) for me in (ADA, BO))

    assert one.take() is None
    assert other.take() == ADA
    assert str(ADA.words) == "this sheet is open in another window since 2026-11-23 10:05 (process 11 on pine)"


def test_taking_it_twice_is_taking_it_once(tmp_path: Path) -> None:
    lock = Lock(tmp_path / "ada.yaml", ADA)

    assert lock.take() is None
    assert lock.take() is None
    assert lock.held


def test_nothing_is_left_when_it_is_given_back(tmp_path: Path) -> None:
    one, other = (Lock(tmp_path / "ada.yaml", me) for me in (ADA, BO))
    one.take()

    one.release()
    one.release()

    assert list(tmp_path.iterdir()) == []
    assert other.take() is None


def test_a_lock_whose_owner_was_killed_is_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "ada.yaml"
    mine = Lock(path, ADA)
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == b"held\n"
        assert mine.take() == Holder("33", "elm", "2026-11-23 10:07")
        owner.kill()
    left_behind = list(tmp_path.iterdir())

    assert [p.name for p in left_behind] == [".ada.yaml.lock"]
    assert mine.take() is None


@pytest.mark.parametrize("said", [b"", b"\xff\xfe", b"1 2 3", b"1 pine\x1b[31m 2026-11-23 10:05\n", b"x" * 9999])
def test_a_lock_that_says_nothing_sensible_is_held_by_nobody_in_particular(tmp_path: Path, said: bytes) -> None:
    one, other = (Lock(tmp_path / "ada.yaml", me) for me in (ADA, BO))
    one.take()
    (tmp_path / ".ada.yaml.lock").write_bytes(said)

    assert other.take() == Holder()
    assert str(Holder().words) == "this sheet is open in another window"


def test_a_lock_that_was_deleted_by_hand_is_not_deleted_for_the_next_one(tmp_path: Path) -> None:
    one, other = (Lock(tmp_path / "ada.yaml", me) for me in (ADA, BO))
    one.take()
    (tmp_path / ".ada.yaml.lock").unlink()
    assert other.take() is None

    one.release()

    assert (tmp_path / ".ada.yaml.lock").exists()
    assert other.held


def test_a_lock_is_never_written_through_a_link(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("precious")
    (tmp_path / ".ada.yaml.lock").symlink_to(precious)

    with pytest.raises(OSError, match="symbolic links"):
        Lock(tmp_path / "ada.yaml", ADA).take()

    assert precious.read_text() == "precious"


def test_no_child_of_the_owner_keeps_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "ada.yaml"
    mine = Lock(path, ADA)
    child = 'import subprocess; subprocess.Popen(["cat"], close_fds=False)\n'
    owner = HOLDS.replace('print("held"', f'{child}print("held"').replace("sys.stdin.read()", "time.sleep(600)")
    with subprocess.Popen(
        [sys.executable, "-c", owner, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        assert mine.take() is not None
        process.kill()
        process.wait()

        taken = mine.take()  # while `cat` still waits for more to come

        assert process.stdin is not None
        process.stdin.close()
    assert taken is None
