"""`kill -9` at any moment of a save: the file is one that was saved whole, and the folder is still valid."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Run

KILLS = 200
WRITER = """\
import sys
from pathlib import Path
from assess.files import save
path, one, other = Path(sys.argv[1]), *(Path(name).read_text(encoding="utf-8") for name in sys.argv[2:])
print("ready", flush=True)
while True:
    save.write(path, one)
    save.write(path, other)
"""


@pytest.mark.slow
def test_a_save_that_is_killed_leaves_the_old_file_or_the_new_one(assess: Run, tmp_path: Path) -> None:
    assess("--plain", "--pulse", "--as", "ada", "--team", "x", stdin="3\nq\n")
    path = tmp_path / "assessments/2026-Q4/answers/ada.yaml"
    one = path.read_text(encoding="utf-8")
    other = f"{one}# {'每周 ' * 20_000}\n"
    versions = tmp_path / "one.txt", tmp_path / "other.txt"
    for version, text in zip(versions, (one, other), strict=True):
        version.write_text(text, encoding="utf-8")
    seen = set()

    for i in range(KILLS):
        command = [sys.executable, "-c", WRITER, str(path), *map(str, versions)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"ready\n"
            try:
                writer.wait(0.02 * i / KILLS)
            except subprocess.TimeoutExpired:
                writer.kill()
            assert writer.wait() < 0
        found = path.read_text(encoding="utf-8")
        assert found in {one, other}
        seen.add(found)

    assert seen == {one, other}
    assert assess("validate").returncode == 0
