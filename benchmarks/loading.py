"""Our strict reader beside PyYAML's fastest on the same files, and 1,000 sheets validated.

Sheets are read in our own form and as somebody edited them by hand. The 1,000 sheets are whole processes in turn:
`assess validate` with all it finds out, and a Python that does nothing but `yaml.load(..., CSafeLoader)`.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml
from interleaved import ratio, row
from saving import a_sheet

from assess.core.answers import Sheet
from assess.core.questionnaire import Questionnaire
from assess.core.round import Round
from assess.files import builtin, save, yamldoc
from assess.files.load import load

ROUNDS, PEOPLE = 20, 50
SHIPPED = builtin.questionnaires()["shipping-practices"]


def seconds(work: Callable[[bytes], object], files: list[bytes]) -> float:
    """How long `work` takes on all of the files, in seconds."""
    start = time.perf_counter()
    for raw in files:
        work(raw)
    return time.perf_counter() - start


def times_as_fast(files: list[bytes]) -> float:
    """CSafeLoader's time / ours: median of pairs in turn, after one that is not counted."""
    pairs = [(seconds(_theirs, files), seconds(_ours, files)) for _ in range(42)][1:]
    return statistics.median(theirs / ours for theirs, ours in pairs)


def _theirs(raw: bytes) -> object:
    return yaml.load(raw, yaml.CSafeLoader)


def _ours(raw: bytes) -> object:
    return yamldoc.read(raw, "")


def a_thousand(root: Path) -> None:
    """A team's folder with 20 closed rounds of 50 sheets, 49 answers in each."""
    questionnaire = load(SHIPPED, Questionnaire).value
    assert questionnaire is not None
    order = tuple(questionnaire.practices)
    given = dict(zip(order, a_sheet().answers.values(), strict=True))
    for r in range(ROUNDS):
        name = f"round-{r:02}"
        folder = root / "assessments" / name
        sheet = a_sheet().model_copy(update={"answers": given, "round": name})
        round_ = Round(
            round=name, team=sheet.team, state="closed", asked=sheet.asked, questionnaire=sheet.questionnaire
        )
        save.write(folder / "round.yaml", save.round_text(round_))
        for p in range(PEOPLE):
            one: Sheet = sheet.model_copy(update={"respondent": f"person-{p:02}"})
            (folder / "answers").mkdir(exist_ok=True)
            (folder / "answers" / f"person-{p:02}.yaml").write_text(save.sheet_text(one, order), encoding="utf-8")


LOAD_ALL = """
import gc, pathlib, yaml
gc.disable()
for path in sorted(pathlib.Path().glob("assessments/*/answers/*.yaml")):
    yaml.load(path.read_bytes(), yaml.CSafeLoader)
"""


def main() -> None:
    """Measure and print the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        a_thousand(root)
        sheets = [path.read_bytes() for path in sorted(root.glob("assessments/round-00/answers/*.yaml"))]
        by_hand = [raw.replace(b"answers:", b"# a remark\nanswers:") for raw in sheets]
        shipped = [path.read_bytes() for path in sorted(SHIPPED.parent.rglob("*.yaml"))]
        for files, name in (
            (sheets, "sheets"),
            (by_hand, "sheets edited by hand"),
            (shipped, "the questionnaire, its baselines and translations"),
        ):
            faster = times_as_fast(files)
            print(f"{name}: read {faster:.2f} times as fast as CSafeLoader")
            print(row(f"the time for {name} / CSafeLoader", 1 / faster, 1 / 1.8))
        validate = [sys.executable, "-m", "assess", "validate"]
        alone = [sys.executable, "-c", LOAD_ALL]
        print(row("validate of 1,000 sheets / CSafeLoader alone on them", ratio(validate, alone, root), 0.8))


if __name__ == "__main__":
    main()
