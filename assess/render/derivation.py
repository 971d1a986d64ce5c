"""How a score came about, as lines: each number with the sum that makes it, deeper what it is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assess.core.derivation import Step
from assess.core.questionnaire import Baseline, Questionnaire
from assess.core.result import PracticeResult, Result
from assess.i18n import _, aside, labelled
from assess.render.text import answers_word, clean

DEEPER = "  "


def lines(
    way: Sequence[Step], questionnaire: Questionnaire, result: Result, baselines: Sequence[Baseline]
) -> Iterator[str]:
    """A way from the total to a practice with all its numbers; the total alone brings the whole tree."""
    practices = {practice.id: practice for practice in result.practices}
    for depth, step in enumerate(way):
        yield DEEPER * depth + _line(step, questionnaire)
    last, indent = way[-1], DEEPER * len(way)
    if last.kind == "practice":
        for line in _details(practices[last.id], questionnaire, baselines):
            yield indent + clean(line)
    else:
        for part in last.parts:
            yield from _below(part, questionnaire, practices, len(way))


def _below(
    step: Step, questionnaire: Questionnaire, practices: dict[str, PracticeResult], depth: int
) -> Iterator[str]:
    yield DEEPER * depth + _line(step, questionnaire)
    if step.kind == "practice":
        yield DEEPER * (depth + 1) + labelled(_("answers"), answers_word(practices[step.id]))
    for part in step.parts:
        yield from _below(part, questionnaire, practices, depth + 1)


def _line(step: Step, questionnaire: Questionnaire) -> str:
    """`Title: 66.67 = (2 × 75.00 + 50.00) ÷ 3`, with its weight where that is not 1."""
    titles = {dimension.id: dimension.title for dimension in questionnaire.dimensions}
    if step.kind == "total":
        title = _("All together")
    else:
        title = titles[step.id] if step.kind == "dimension" else questionnaire.practices[step.id].title
    if step.weight != 1:
        title = aside(title, _("counts {n} times").format(n=f"{float(step.weight):g}"))
    if step.score.score is None:
        return clean(labelled(title, _("not scored")))
    shown = f"{step.score.score:.2f}"
    return clean(labelled(title, shown if step.arithmetic == shown else f"{shown} = {step.arithmetic}"))


def _details(found: PracticeResult, questionnaire: Questionnaire, baselines: Sequence[Baseline]) -> Iterator[str]:
    """Everything else that is counted for one practice, each with its sum."""
    practice = questionnaire.practices[found.id]
    given = sum(found.counts)
    people = given + found.dont_know + found.not_applicable + found.unanswered
    yield labelled(_("answers"), answers_word(found) or _("none"))
    for number, (level, count) in enumerate(zip(practice.levels, found.counts, strict=True)):
        yield f"  {count} × {number}  {level.text}"
    if found.excluded:
        yield _("More than half of those who answered say that this does not apply, so it is left out.")
        return
    yield _("{given} of {people} gave a level; half of them is enough for a score").format(
        given=given, people=people
    )
    if found.score.low is not None and found.score.low != found.score.high:
        yield _("could be {low} to {high}: all unknown answers at the lowest level, and at the highest").format(
            low=f"{found.score.low:.2f}", high=f"{found.score.high:.2f}"
        )
    if found.median is not None and found.mean is not None:
        yield _("level {n}: the lower median, which at least half reach").format(n=found.median)
        total = " + ".join(f"{count} × {number}" for number, count in enumerate(found.counts) if count)
        yield _("mean level {mean} = ({total}) ÷ {given}").format(
            mean=f"{found.mean:.2f}", total=total, given=given
        )
        yield _("one answer moves the score by {n} points").format(n=f"{found.one_answer:g}")
    yield from _agreement(found)
    yield from _beside(found, baselines)


def _agreement(found: PracticeResult) -> Iterator[str]:
    rwg, levels = found.agreement.rwg, len(found.counts)
    if rwg is None:
        return
    spread = (levels**2 - 1) / 12
    told = _("agreement {rwg} = 1 − {variance} ÷ {spread}: the variance of the levels, and of answers at random")
    variance = f"{(1 - rwg) * spread:.2f}"
    yield told.format(rwg=f"{rwg:.2f}".replace("-", "−"), variance=variance, spread=f"{spread:g}")


def _beside(found: PracticeResult, baselines: Sequence[Baseline]) -> Iterator[str]:
    if found.mean is None:
        return
    for baseline in baselines:
        level, gap = found.baselines[baseline.id], found.gap[baseline.id]
        if level is None or gap is None:
            yield labelled(baseline.id, _("not described"))
        else:
            yield labelled(baseline.id, f"{found.mean:.2f} − {level} = {gap:+.2f}".replace("-", "−"))
    if found.goal is not None:
        gap = round(found.mean - found.goal, 2)
        yield labelled(_("goal"), f"{found.mean:.2f} − {found.goal:g} = {gap:+.2f}".replace("-", "−"))
