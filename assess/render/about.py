"""Why a question is asked and where it comes from, for those who answer: never which level anybody describes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assess.core.questionnaire import Baseline, Dimension, Practice, Source
from assess.i18n import _, labelled, listed


def about(practice: Practice, dimension: Dimension, baselines: Iterable[Baseline]) -> Iterator[tuple[str, str]]:
    """A heading and a text for each thing there is to say; what somebody describes would lead those who answer."""
    if dimension.asks:
        yield _("Why this is asked"), dimension.asks
    told = research(practice)
    if told:
        yield _("What research says"), told
    if practice.evidence is not None and practice.evidence.references:
        yield _("Where that stands"), listed(practice.evidence.references)
    for baseline in baselines:
        described = baseline.levels.get(practice.id)
        source = None if described is None else baseline.source(described.source)
        if source is not None:
            yield _("Who tells of it"), _source(source)


def _source(source: Source) -> str:
    return _("{title} ({author}, {date})").format(title=source.title, author=source.author, date=source.date)


def research(practice: Practice) -> str:
    """What research outside the baselines says, and how good it is; empty where nothing is said."""
    if practice.evidence is None:
        return ""
    grades = {
        "strong": _("Strong evidence"),
        "moderate": _("Moderate evidence"),
        "mixed": _("Mixed evidence"),
        "weak": _("Weak evidence"),
        "story": _("Only stories"),
    }
    return labelled(grades[practice.evidence.grade], practice.evidence.says)
