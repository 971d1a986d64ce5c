"""What every test stands on: an environment of its own, the installed command, and honest skips."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
TODAY = "2026-11-23"
LANGUAGE_SERVER = ROOT / "tests" / "editor" / "node_modules" / ".bin" / "yaml-language-server"
FOREIGN = ROOT / "tests" / "foreign" / "node_modules"
NEEDS = {
    "browser": ("chromium", "apt-get install chromium fonts-noto-cjk"),
    "editor": (str(LANGUAGE_SERVER), "apt-get install nodejs npm && npm install --prefix tests/editor"),
    "foreign": (
        str(FOREIGN / ".bin" / "lighthouse"),
        "apt-get install nodejs npm && npm install --prefix tests/foreign",
    ),
    "java": ("java", "apt-get install default-jre-headless"),
    "terminal": ("tmux", "apt-get install tmux"),
}

SHEET = """\
format: assess.answers/1
questionnaire: {id: shipping-practices, version: "1.0.0"}
team: payments
round: 2026-Q4
respondent: ada
asked: pulse
answered: 2026-11-20
answers:
  no-meeting-days: 3
"""
"""A valid sheet; it lies in `assessments/2026-Q4/answers/ada.yaml`."""

Run = Callable[..., subprocess.CompletedProcess[str]]


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip with the install line on a person's machine; fail where nothing may be skipped (.ci/run)."""
    for marker, (program, line) in NEEDS.items():
        if item.get_closest_marker(marker) and shutil.which(program) is None:
            reason = f"needs {Path(program).name}: {line}"
            if os.environ.get("ASSESS_NO_SKIP"):
                pytest.fail(reason, pytrace=False)
            pytest.skip(reason)


@pytest.fixture(autouse=True)
def _own_environment(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes anybody's home, language, git identity or clock."""
    home = tmp_path_factory.mktemp("home")
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE", "SOURCE_DATE_EPOCH", "NO_COLOR", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / ".config"))
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(home / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    (home / "gitconfig").write_text("[user]\n\tname = Ada\n\temail = ada@example.org\n")


@pytest.fixture(scope="session")
def command() -> str:
    """The installed `assess`, as a person would start it."""
    path = Path(sys.executable).parent / "assess"
    assert path.exists(), "install the project first: pip install -e '.[test]'"
    return str(path)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, for a module at a time: while it runs, no other event loop can."""
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def assess(command: str, tmp_path: Path) -> Run:
    """Run the installed command in an empty folder, with the date standing still."""

    def run(
        *arguments: str, stdin: str = "", cwd: Path | None = None, env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "SOURCE_DATE_EPOCH": "1795392000", **(env or {})}  # 2026-11-23
        return subprocess.run(
            [command, *arguments],
            input=stdin,
            cwd=cwd or tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    return run
