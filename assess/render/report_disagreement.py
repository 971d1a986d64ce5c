"""Where the team disagrees: a few small pictures, each with its counts and who may speak first."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from assess.core.agenda import Item, voices
from assess.core.result import PracticeResult, Result
from assess.i18n import _, clauses, listed, ngettext
from assess.render import meeting, svg
from assess.render.report_view import ReportData
from assess.render.words import agreement

SHOWN = 8
"""So many at most: a team that disagrees on more begins with the first."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One practice on which answers part: how, the counts as picture and words, the prompt, what was settled."""

    id: str
    title: str
    how: str
    chart: Markup
    counts: str
    prompt: str
    came_to: tuple[tuple[str, str], ...]


def disagreements(data: ReportData, result: Result) -> tuple[Disagreement, ...]:
    """Those with the least agreement first, at most `SHOWN`; none where the team answered as one."""
    if result.basis == "team":
        return ()
    practices = {p.id: p for p in result.practices}
    parted = [practices[pid] for pid in result.clarify if "disagree" in practices[pid].doubts]
    parted += [p for p in result.practices if p.agreement.far_voice and p not in parted]
    widest = max((n for p in parted[:SHOWN] for n in p.counts), default=0)
    return tuple(_one(data, p, widest) for p in parted[:SHOWN])


def _one(data: ReportData, p: PracticeResult, widest: int) -> Disagreement:
    sheet = data.assessment.team_sheet
    word = agreement(p.agreement)
    how = clauses(word, _("one far from the middle")) if p.agreement.word != "disagree" else word
    return Disagreement(
        id=p.id,
        title=data.questionnaire.practices[p.id].title,
        how=how,
        chart=svg.histogram(p.counts, widest),
        counts=listed(
            ngettext("{n} says {level}", "{n} say {level}", n).format(n=n, level=i)
            for i, n in enumerate(p.counts)
            if n
        ),
        prompt=meeting.prompt(
            Item(p.id, ("disagree",), voices(p.counts)), p, nameless=data.assessment.only_counts
        ),
        came_to=() if sheet is None else tuple(meeting.come_to(sheet.get(p.id))),
    )
