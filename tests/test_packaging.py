"""What people install is what git tracks: nothing missing, nothing extra, the same in all kinds of install."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT

from assess.files import builtin


def tracked(*folders: str) -> set[str]:
    listed = subprocess.run(["git", "ls-files", "-z", "--", *folders], cwd=ROOT, capture_output=True, check=True)
    return {name for name in listed.stdout.decode().split("\0") if name}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An sdist from the checkout, and a wheel built from that sdist alone."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        check=True,
        capture_output=True,
    )
    return folder


@pytest.mark.xdist_group("packaging")
def test_the_wheel_holds_exactly_what_git_tracks_of_the_three_folders(built: Path) -> None:
    wheel = zipfile.ZipFile(next(built.glob("*.whl")))

    names = {name for name in wheel.namelist() if not name.startswith("team_assess-")}

    moved = {f"assess/{name}" for name in tracked("questionnaires", "reports")}
    assert names == tracked("assess") | moved


@pytest.mark.xdist_group("packaging")
def test_nothing_but_the_package_lands_at_top_level(built: Path) -> None:
    wheel = zipfile.ZipFile(next(built.glob("*.whl")))

    tops = {name.split("/")[0] for name in wheel.namelist()}

    assert {top for top in tops if not top.endswith(".dist-info")} == {"assess"}


@pytest.mark.xdist_group("packaging")
def test_the_sdist_holds_what_is_needed_to_build_and_test(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}

    assert tracked("assess", "questionnaires", "reports", "tests", "pyproject.toml", "README.md") <= names


@pytest.mark.xdist_group("packaging")
def test_an_installed_wheel_finds_the_same_questionnaires_and_templates(built: Path, tmp_path: Path) -> None:
    environment = tmp_path / "venv"
    venv.create(environment, with_pip=True)
    python = environment / "bin" / "python"
    pip = [str(python), "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*pip, str(next(built.glob("*.whl")))], check=True, capture_output=True)
    _lend_dependencies(environment)

    found = subprocess.run(
        [str(python), "-c", _LIST], cwd=tmp_path, check=True, capture_output=True, text=True
    ).stdout

    assert found == _listing()
    assert (
        str(environment)
        in subprocess.run(
            [str(python), "-c", "import assess; print(assess.__file__)"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    )


_LIST = (
    "from assess.files import builtin\n"
    "for name in ('questionnaires', 'reports'):\n"
    "    base = builtin.folder(name)\n"
    "    print(name, sorted(p.relative_to(base).as_posix() for p in base.rglob('*') if p.is_file()))\n"
)


def _listing() -> str:
    lines = []
    for name in ("questionnaires", "reports"):
        base = builtin.folder(name)
        files = sorted(p.relative_to(base).as_posix() for p in base.rglob("*") if p.is_file())
        lines.append(f"{name} {files}\n")
    return "".join(lines)


def _lend_dependencies(environment: Path) -> None:
    """Let a fresh environment use this one's libraries, so that the test needs no network.

    A plain path in a .pth file does not run the .pth files it finds there: our own editable install stays out.
    """
    ours = sysconfig.get_path("purelib")
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    target = environment / "lib" / version / "site-packages" / "lent.pth"
    target.write_text(ours + "\n")


def test_a_bare_checkout_works_without_installing(tmp_path: Path) -> None:
    """The demo needs both data folders, the questionnaires' and the reports'."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    for words in (["demo", "here"], ["-C", "here", "validate"]):
        done = subprocess.run(
            [sys.executable, "-m", "assess", *words],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout) == (0, "")


def test_no_python_file_lies_in_the_data_folders() -> None:
    """One of them under `questionnaires/` or `reports/` breaks the editable install."""
    assert not [name for name in tracked("questionnaires", "reports") if name.endswith(".py")]


@pytest.mark.slow
def test_the_readme_commands_work_in_a_fresh_clone(tmp_path: Path) -> None:
    """The first of README's two commands, to the letter, then the tool is used from it."""
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    line = next(
        line for line in (clone / "README.md").read_text(encoding="utf-8").splitlines() if "pip install ." in line
    )
    install = line.strip().rsplit(" && ", 1)[0]

    subprocess.run(["bash", "-c", install], cwd=clone, check=True, capture_output=True)
    demo = subprocess.run([".venv/bin/assess", "demo"], cwd=clone, capture_output=True, text=True, check=False)
    check = subprocess.run(
        [".venv/bin/assess", "-C", "assess-demo", "check"], cwd=clone, capture_output=True, text=True, check=False
    )

    assert (demo.returncode, check.returncode) == (0, 0), demo.stderr + check.stdout
