"""One answer saved into a sheet of 49 answers edited by hand, beside a canonical write of the same sheet.

Both to disk, flushed, in turn. What changing in place costs without the disk is printed too, without a goal.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from interleaved import row

from assess.core.answers import Answer, Sheet
from assess.core.questionnaire import QuestionnaireRef
from assess.files import save

DAY = date(2026, 11, 20)
IDS = tuple(f"practice-{i}" for i in range(49))


def a_sheet() -> Sheet:
    """49 answers, every third with a note, every fifth with a link."""
    answers = {
        practice: Answer(
            answer=i % 5,
            note="Design sits with us since May.\n每周三没有会议。\n" if i % 3 == 0 else "",
            evidence=("docs/adr/0007.md",) if i % 5 == 0 else (),
        )
        for i, practice in enumerate(IDS)
    }
    reference = QuestionnaireRef(id="shipping-practices", version="1.0.0")
    return Sheet(
        questionnaire=reference, team="payments", round="2026-Q4", respondent="ada", asked="full",
        answered=DAY, answers=answers,
    )  # fmt: skip


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes, in seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Measure and print the ratios."""
    old = a_sheet()
    new = old.with_answer("practice-24", Answer(answer=4, note="One line.\n"), DAY)
    text = save.sheet_text(old, IDS).replace("  practice-", "\n  # a remark\n  practice-")
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "ada.yaml"
        works = [
            lambda: save.write(path, save.changed_sheet(text, old, new, IDS)),
            lambda: save.write(path, save.sheet_text(new, IDS)),
            lambda: save.changed_sheet(text, old, new, IDS),
            lambda: save.sheet_text(new, IDS),
        ]
        times = [[seconds(work) for work in works] for _ in range(201)][1:]
    print(
        row(
            "save into a sheet edited by hand / canonical write",
            statistics.median(t[0] / t[1] for t in times),
            3.0,
        )
    )
    print(f"the text alone, without the disk: {statistics.median(t[2] / t[3] for t in times):.2f}")
    medians = (f"{1000 * statistics.median(column):.2f}" for column in zip(*times, strict=True))
    print(f"milliseconds: {', '.join(medians)}")


if __name__ == "__main__":
    main()
