"""Write a page for each built-in questionnaire, from its own files and the readings of tests/anchors.

Run it from the top folder: `.venv/bin/python docs/practices.py`. A test fails when a page is out of date.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

from assess.core.questionnaire import Baseline, Practice, Questionnaire
from assess.files import builtin
from assess.files.languages import baselines_beside
from assess.files.load import load

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "practices.md"
READ = "shipping-practices"
"""The questionnaire that the two readers read; its page has had its name from the start."""
ANCHORS = ROOT / "tests" / "anchors"
TEAMS = ("operations", "data", "hardware", "agency")
READERS = ("a", "b")
LEVELS = 5
FAR = 2
"""Readings so many levels apart are listed one by one."""

Reading = dict[tuple[str, str], str]
"""What one reader answered: (team, practice) to a level, `dont-know` or `not-applicable`."""


def main() -> None:
    """Write the pages."""
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")


def pages() -> dict[Path, str]:
    """The pages as Markdown, one for each built-in questionnaire."""
    made = {}
    for name, path in builtin.questionnaires().items():
        questionnaire = load(path, Questionnaire).value
        assert questionnaire is not None, "what is shipped is valid: a test says so"
        place = PAGE if name == READ else PAGE.with_name(f"{name}.md")
        made[place] = "\n".join(_lines(questionnaire, baselines_beside(path))) + "\n"
    return made


def _lines(questionnaire: Questionnaire, baselines: Sequence[Baseline]) -> Iterator[str]:
    practices = tuple(questionnaire.practices.values())
    asks = f"What the questionnaire `{questionnaire.id}` {questionnaire.version} asks"
    if questionnaire.id == READ:
        title = f"The {len(practices)} practices"
        asks += (
            ", what two published accounts describe ([who speaks, and how far to trust them](sources.md)), and "
            "what research says"
        )
    else:
        title = questionnaire.title
    made = "Made by `python docs/practices.py` from the questionnaire's own files; a test keeps it true."
    yield from (f"# {title}", "", f"{asks}. {made}", "")
    yield from _overview(questionnaire, baselines)
    yield from _words(questionnaire)
    for dimension in questionnaire.dimensions:
        yield f"## {dimension.title}"
        yield ""
        yield f"{dimension.asks} (`{dimension.id}`, {dimension.group})"
        yield ""
        for practice in dimension.practices:
            yield from _practice(practice, baselines)
    yield from _pairs(questionnaire)
    if questionnaire.id == READ:
        yield from _readings(tuple(p.id for p in practices))


def _overview(questionnaire: Questionnaire, baselines: Sequence[Baseline]) -> Iterator[str]:
    yield "## At a glance"
    yield ""
    researched = any(practice.evidence is not None for practice in questionnaire.practices.values())
    heads = ["practice", *(f"`{b.id}`" for b in baselines), *(["research"] if researched else []), "asked"]
    yield from (_row(heads), "|" + "---|" * len(heads))
    for practice in questionnaire.practices.values():
        levels = [_level_word(baseline, practice.id) for baseline in baselines]
        grade = practice.evidence.grade if practice.evidence is not None else "–"
        name = f"[{practice.title}](#{practice.id})"
        yield _row([name, *levels, *([grade] if researched else []), _asked(practice)])
    yield ""
    if not baselines:
        return
    described = [sum(d is not None for d in b.levels.values()) for b in baselines]
    told = ", ".join(f"`{b.id}` describes {n}" for b, n in zip(baselines, described, strict=True))
    both = sum(all(b.level(p) is not None for b in baselines) for p in questionnaire.practices)
    total = len(questionnaire.practices)
    yield f"Of {total} practices {told}; both describe {both}. “–” is *not described*, which is not 0."
    yield ""


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _level_word(baseline: Baseline, practice: str) -> str:
    described = baseline.levels.get(practice)
    return "–" if described is None else f"{described.level} ({described.confidence})"


def _asked(practice: Practice) -> str:
    words = ["pulse"] if practice.pulse else []
    words += ["only where answers stay out of git"] if practice.sensitive else []
    words += [f"never suggested above {practice.cap}"] if practice.cap is not None else []
    return ", ".join(words)


def _words(questionnaire: Questionnaire) -> Iterator[str]:
    yield "## Words and rules for every question"
    yield ""
    yield from (f"- **{entry.title}**: {entry.text}" for entry in questionnaire.help)
    yield ""


def _practice(practice: Practice, baselines: Sequence[Baseline]) -> Iterator[str]:
    yield f'<a id="{practice.id}"></a>'
    yield ""
    yield f"### {practice.title}"
    yield ""
    marks = [f"`{practice.id}`", f"goal {practice.goal}", *filter(None, [_asked(practice)])]
    yield " · ".join(marks)
    yield ""
    yield f"**{practice.question}**"
    yield ""
    yield "| level | |"
    yield "|---|---|"
    yield from (_row([_named(practice, i), level.text]) for i, level in enumerate(practice.levels))
    yield ""
    for baseline in baselines:
        yield from _described(baseline, practice.id)
    if practice.evidence is not None:
        references = "; ".join(practice.evidence.references)
        told = f" ({references})" if references else ""
        yield f"- **Research: {practice.evidence.grade}.** {practice.evidence.says}{told}"
    if practice.overdone is not None:
        yield f"- **When overdone:** {practice.overdone}"
    if practice.next_step is not None:
        yield f"- **A next step:** {practice.next_step}"
    yield ""


def _named(practice: Practice, index: int) -> str:
    """A level's number, with its value where that is its own."""
    value = practice.levels[index].value
    return f"{index}" if value is None else f"{index} (worth {value:g})"


def _described(baseline: Baseline, practice: str) -> Iterator[str]:
    described = baseline.levels.get(practice)
    if described is None:
        yield f"- **`{baseline.id}`: not described.**"
        return
    head = f"**`{baseline.id}`: level {described.level}, {described.confidence} confidence.**"
    price = f" *Price:* {described.price}" if described.price is not None else ""
    yield f"- {head} {described.says}{price} ({described.source}: {described.where})"


def _pairs(questionnaire: Questionnaire) -> Iterator[str]:
    yield "## Pairs that keep each other in check"
    yield ""
    for pair in questionnaire.pairs:
        names = " and ".join(f"[{questionnaire.practices[p].title}](#{p})" for p in pair.practices)
        yield f"- {names}: {pair.why}"
    yield ""


# how two readers agreed


def reading(reader: str) -> Reading:
    """What one reader answered, from `tests/anchors/reader-X.csv`."""
    with (ANCHORS / f"reader-{reader}.csv").open(encoding="utf-8", newline="") as file:
        return {(team, practice): answer for team, practice, answer in csv.reader(file)}


def weighted_kappa(pairs: Sequence[tuple[int, int]], levels: int = LEVELS) -> float:
    """Agreement of two readers on ordered levels, 1 is perfect and 0 what chance would give.

    Cohen's kappa with quadratic weights (Cohen 1968): 1 - sum of w observed / sum of w expected, with
    w = (i - j)^2 and the expected counts from the two readers' own frequencies.

    >>> weighted_kappa([(0, 0), (4, 4), (2, 2)]), weighted_kappa([(0, 4), (4, 0)])
    (1.0, -1.0)
    """
    n = len(pairs)
    ours, theirs = Counter(a for a, _b in pairs), Counter(b for _a, b in pairs)
    observed = sum((a - b) ** 2 for a, b in pairs) / n
    steps = product(range(levels), repeat=2)
    expected = sum(ours[i] * theirs[j] * (i - j) ** 2 for i, j in steps) / n**2
    return 1 - observed / expected


def both_levels(one: Reading, other: Reading) -> dict[tuple[str, str], tuple[int, int]]:
    """Where both readers gave a level: the two levels."""
    return {key: (int(one[key]), int(other[key])) for key in one if one[key].isdigit() and other[key].isdigit()}


def _readings(practices: Sequence[str]) -> Iterator[str]:
    one, other = (reading(r) for r in READERS)
    levels = both_levels(one, other)
    kappa = weighted_kappa(tuple(levels.values()))
    same = sum(a == b for a, b in levels.values())
    far = {key: pair for key, pair in levels.items() if abs(pair[0] - pair[1]) >= FAR}
    unlike = sum((one[k].isdigit()) != (other[k].isdigit()) for k in one)
    yield "## How two readers agreed"
    yield ""
    yield (
        "A reading by machines, no human evidence. Four diaries of invented teams unlike a software product team "
        "([operations](../tests/anchors/operations.md), [data](../tests/anchors/data.md), "
        "[hardware](../tests/anchors/hardware.md), [an agency](../tests/anchors/agency.md)) were written from the "
        "questions alone. Two readers, independent of each other, saw only diaries and levels and answered "
        f"{len(practices)} questions for each team. Readers of one kind share habits of reading, so take the "
        "figure as an upper limit: before anything is claimed, two people must answer for weeks that both saw."
    )
    yield ""
    yield f"- Both gave a level: {len(levels)} of {len(one)} answers; the same one in {same} of these."
    yield f"- Quadratic weighted kappa over all of them: {kappa:.2f}."
    yield f"- One gave a level where the other could not tell: {unlike} answers."
    yield f"- {FAR} or more levels apart: {len(far)}{':' if far else '.'}"
    yield ""
    if far:
        yield "| team | practice | one | other |"
        yield "|---|---|---|---|"
        yield from (f"| {team} | [{p}](#{p}) | {a} | {b} |" for (team, p), (a, b) in far.items())
        yield ""
    yield (
        "A practice with two or more such disagreements is rewritten and read again. Three earlier wordings were "
        "read in the same way and changed where readers hesitated; this is the fourth reading. Since then one "
        "practice was only made clearer, “most” into “at least half”: "
        "[No throwing over the wall](#no-over-the-wall)."
    )


if __name__ == "__main__":
    sys.exit(main())
