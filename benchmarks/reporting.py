"""The report: a cold start beside the libraries it stands on, a further report beside the first, and its weight.

49 practices, 7 people, 4 rounds. Run it from an ordinary (not editable) install, as `startup.py` says.
"""

from __future__ import annotations

import gzip
import statistics
import sys
import tempfile
import time
from contextlib import chdir
from datetime import date
from pathlib import Path

from interleaved import ratio, row

from assess.core.answers import Answer, Sheet
from assess.core.questionnaire import Questionnaire, QuestionnaireRef
from assess.core.round import Round
from assess.files import builtin, load, save

PEOPLE = ("ada", "bob", "chen", "dana", "eli", "fay", "gus")
ROUNDS = (("2026-Q1", 2), ("2026-Q2", 5), ("2026-Q3", 8), ("2026-Q4", 11))
TODAY = date(2026, 11, 25)


def write(folder: Path) -> None:
    """A team of seven, four times: everybody answers everything, with a note now and then."""
    loaded = load.load(builtin.questionnaires()["shipping-practices"], Questionnaire)
    assert loaded.value is not None
    questions = loaded.value
    asked = questions.asked("full", sensitive=True)
    ref = QuestionnaireRef(id=questions.id, version=questions.version)
    for number, (name, month) in enumerate(ROUNDS):
        here = folder / "assessments" / name
        (here / "answers").mkdir(parents=True)
        round_ = Round(round=name, team="payments", state="closed", asked="full", questionnaire=ref, expected=7)
        save.write(here / "round.yaml", save.round_text(round_))
        for person, who in enumerate(PEOPLE):
            answers = {
                practice: Answer(
                    answer=(i * 7 + person * 3 + number) % 5,
                    note="Two of the last three went this way.\n" if (i + person) % 5 == 0 else "",
                )
                for i, practice in enumerate(asked)
            }
            sheet = Sheet(
                questionnaire=ref, team="payments", round=name, respondent=who, asked="full",
                answered=date(2026, month, 2 + person), answers=answers,
            )  # fmt: skip
            save.write(here / "answers" / f"{who}.yaml", save.sheet_text(sheet, asked))


def further(folder: Path) -> float:
    """A further report from loaded data in one process, as a share of the first one, loading included."""
    from assess.files.repository import open_repository
    from assess.reporting import html_of

    def seconds() -> float:
        start = time.perf_counter()
        html_of(repository, newest, TODAY)
        return time.perf_counter() - start

    with chdir(folder):
        start = time.perf_counter()
        repository = open_repository(folder)
        newest = repository.newest
        assert newest is not None
        html_of(repository, newest, TODAY)
        first = time.perf_counter() - start
        return statistics.median(seconds() for _ in range(9)) / first


def main() -> None:
    """Measure and print."""
    python = sys.executable
    assess = str(Path(python).parent / "assess")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder)
        report = [assess, "report", "--today", TODAY.isoformat(), "-o", "r.html"]
        libraries = [python, "-c", "import jinja2, pydantic, yaml"]
        print(row("assess report / import jinja2, pydantic, yaml", ratio(report, libraries, folder), 1.8))
        print(row("a further report / the first", further(folder), 0.05))
        page = (folder / "r.html").read_bytes()
        print(row("bytes / 220 kB", len(page) / 220_000, 1))
        print(row("gzipped bytes / 45 kB", len(gzip.compress(page, 9, mtime=0)) / 45_000, 1))


if __name__ == "__main__":
    main()
