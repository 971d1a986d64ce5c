"""Measure our report and three others in one run, and write docs/report-measurements.md.

`python docs/measure.py --today DATE` needs the test extra, Chromium and `npm install --prefix tests/foreign`.
pytest-html and coverage.py go into an environment that is thrown away: in ours they would hook into every test.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import measured_team
import seen
from playwright.sync_api import Browser

PAGE = Path(__file__).parent / "report-measurements.md"
MODULES = Path(__file__).parent.parent / "tests" / "foreign" / "node_modules"
PINNED = ("pytest==9.1.0", "pytest-html==4.2.0", "coverage==7.17.4")
TESTS, FAILED_EVERY, MODULE_COUNT = 102, 10, 21
HELD = ("accessibility", "best-practices", "seo")
"""The marks of Lighthouse that do not hang on how busy the machine is."""
BEGIN, END = "<!-- measured -->", "<!-- end -->"


@dataclass(frozen=True, slots=True)
class Report:
    """A report that lies in a folder of its own; `start` is the page that is opened."""

    name: str
    folder: Path
    start: str

    @property
    def files(self) -> list[Path]:
        """All that has to be passed on."""
        return [path for path in sorted(self.folder.rglob("*")) if path.is_file()]


@dataclass(frozen=True, slots=True)
class Measured:
    """What was found of one report; texts are characters without the blanks between them."""

    report: Report
    files: int
    size: int
    packed: int
    asked: int
    nodes: int
    text: int
    silent: int
    forbidden: int
    opened: int
    width: int
    broken: Mapping[str, Mapping[str, int]]


# what is measured


def ours(folder: Path, language: str) -> Report:
    """Ours, of a made-up team of seven in its fourth round."""
    place = folder / language
    place.mkdir()
    (place / "report.html").write_text(measured_team.report(measured_team.Team(), language), encoding="utf-8")
    return Report(f"**assess**, {language}", place, "report.html")


def _environment(folder: Path) -> Path:
    """A Python with what makes the other reports."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-qq", *PINNED], check=True)
    return python


def of_pytest_html(folder: Path, python: Path) -> Report:
    """A suite in which every tenth test fails."""
    place = folder / "pytest-html"
    place.mkdir()
    suite = folder / "test_invented.py"
    suite.write_text(
        "import pytest\n\n"
        f"@pytest.mark.parametrize('n', range(1, {TESTS + 1}))\n"
        "def test_an_order_adds_up(n):\n"
        "    prices = [n, 2 * n, 3 * n]\n"
        f"    assert sum(prices) == 6 * n + (n % {FAILED_EVERY} == 0), f'order {{n}} is off'\n",
        encoding="utf-8",
    )
    words = [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(suite), "--self-contained-html"]
    words += [f"--html={place / 'report.html'}", "--rootdir", str(folder)]
    done = subprocess.run(words, cwd=folder, capture_output=True, check=False, text=True)
    assert done.returncode == 1, done.stdout + done.stderr
    return Report("pytest-html", place, "report.html")


def of_coverage(folder: Path, python: Path) -> list[Report]:
    """A package of small modules, half of each run: its index, and the page of one module."""
    package = folder / "package" / "invented"
    package.mkdir(parents=True)
    for n in range(MODULE_COUNT):
        body = f"def price(n):\n    if n > {n}:\n        return 2 * n\n    return n\n\n\ndef idle():\n    pass\n"
        (package / f"part{n}.py").write_text(body * 5, encoding="utf-8")
    imports = "".join(f"from invented import part{n}\npart{n}.price({n + 1})\n" for n in range(MODULE_COUNT))
    (package.parent / "main.py").write_text(imports, encoding="utf-8")
    place = folder / "coverage"
    for words in (["run", "--source=invented", "main.py"], ["html", "-q", "-d", str(place)]):
        subprocess.run([python, "-m", "coverage", *words], cwd=package.parent, check=True)
    (place / ".gitignore").unlink()
    one = next(place.glob("*_part0_py.html")).name
    return [Report("coverage.py, index", place, "index.html"), Report("coverage.py, one module", place, one)]


def of_lighthouse(folder: Path, served: Report) -> tuple[Report, dict[str, int]]:
    """What Lighthouse writes of our report, served on this machine, and the scores it gives."""
    place = folder / "lighthouse"
    place.mkdir()
    scores = folder / "scores.json"
    with seen.serving(served.folder) as address:
        words = [
            str(MODULES / ".bin" / "lighthouse"), f"{address}/{served.start}", "--quiet",
            "--no-enable-error-reporting", "--chrome-flags=--headless=new --no-sandbox",
            "--output=html", "--output=json", f"--output-path={folder / 'lighthouse'}",
        ]  # fmt: skip
        subprocess.run(words, check=True, env={**os.environ, "CHROME_PATH": seen.CHROMIUM})
    (folder / "lighthouse.report.html").rename(place / "report.html")
    (folder / "lighthouse.report.json").rename(scores)
    given = json.loads(scores.read_text(encoding="utf-8"))["categories"]
    return Report("Lighthouse", place, "report.html"), {k: round(100 * v["score"]) for k, v in given.items()}


# measuring


def measured(browser: Browser, report: Report) -> Measured:
    """One report, opened with scripts, without them, and under the policy that forbids them."""
    shown = seen.opened(browser, report.folder, report.start)
    text, nodes = len(shown.text), shown.nodes
    shown.looked_at("320 px")
    width = shown.width
    broken = {}
    for look in seen.LOOKS:
        shown.looked_at(look)
        shown.page.reload()  # some pages ask only once how they are looked at
        broken[look] = {rule: len(places) for rule, places in shown.violations(look).items()}
    shown.looked_at("light")
    opened = len(shown.text)
    shown.page.context.close()
    texts = []
    for policy, scripts in ((None, False), (seen.FORBIDDING, True)):
        other = seen.opened(browser, report.folder, report.start, policy, java_script_enabled=scripts)
        texts.append(len(other.text))
        other.page.context.close()
    contents = [path.read_bytes() for path in report.files]
    return Measured(
        report=report,
        files=len(contents),
        size=sum(map(len, contents)),
        packed=sum(len(gzip.compress(content, 9, mtime=0)) for content in contents),
        asked=len(shown.asked),
        nodes=nodes,
        text=text,
        silent=texts[0],
        forbidden=texts[1],
        opened=opened,
        width=width,
        broken=broken,
    )


# writing


def _rules(broken: Mapping[str, int]) -> str:
    return ", ".join(f"{rule} {n}" for rule, n in sorted(broken.items(), key=lambda item: -item[1])) or "**0**"


def tables(found: list[Measured]) -> Iterator[str]:
    """The two tables of the page."""
    heads = ("bytes", "packed", "files", "asks", "elements", "text: usual / no scripts / policy", "all open")
    yield "| report | " + " | ".join(heads) + " |"
    yield "|---" * (len(heads) + 1) + "|"
    for m in found:
        yield (
            f"| {m.report.name} | {m.size:,} | {m.packed:,} | {m.files} | {m.asked} | {m.nodes:,} "
            f"| {m.text:,} / {m.silent:,} / {m.forbidden:,} | {m.opened:,} |"
        )
    yield ""
    yield "| report | " + " | ".join(seen.LOOKS) + " | width at 320 |"
    yield "|---" * (len(seen.LOOKS) + 2) + "|"
    for m in found:
        cells = [_rules(m.broken[look]) for look in seen.LOOKS]
        yield f"| {m.report.name} | " + " | ".join([*cells, str(m.width)]) + " |"


def _today(words: list[str]) -> date:
    parser = argparse.ArgumentParser(description="Measure reports and write docs/report-measurements.md.")
    parser.add_argument("--today", type=date.fromisoformat, help="the date that the page carries")
    given = parser.parse_args(words).today
    if given is not None:
        return date.fromisoformat(str(given))
    if "SOURCE_DATE_EPOCH" not in os.environ:
        parser.error("say which day it is: --today DATE, or SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC).date()


def _versions(chromium: str) -> str:
    versions = {
        name: json.loads((MODULES / name / "package.json").read_text(encoding="utf-8"))["version"]
        for name in ("axe-core", "lighthouse")
    }
    return (
        f"Chromium {chromium.partition('.')[0]}, axe-core {versions['axe-core']}, "
        f"Lighthouse {versions['lighthouse']}, " + ", ".join(word.replace("==", " ") for word in PINNED)
    )


def main() -> None:
    """Make the reports, measure them, and write what was found between the two marks of the page."""
    today = _today(sys.argv[1:])
    with tempfile.TemporaryDirectory() as name, seen.browser() as browser:
        folder = Path(name)
        python = _environment(folder / "environment")
        mine = [ours(folder, language) for language in ("en", "zh-Hans")]
        lighthouse, scores = of_lighthouse(folder, mine[0])
        others = [of_pytest_html(folder, python), *of_coverage(folder, python), lighthouse]
        found = [measured(browser, report) for report in (*mine, *others)]
        versions = _versions(browser.version)
    given = ", ".join(f"{name.replace('-', ' ')} {score}" for name, score in scores.items() if name in HELD)
    told = [f"Measured on {today.isoformat()} with {versions}.", "", *tables(found), ""]
    told.append(f"Lighthouse gives our report, of 100: {given}.")
    before, after = (
        PAGE.read_text(encoding="utf-8").split(BEGIN)[0],
        PAGE.read_text(encoding="utf-8").split(END)[1],
    )
    PAGE.write_text(f"{before}{BEGIN}\n" + "\n".join(told) + f"\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
