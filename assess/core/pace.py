"""How long the questions take: an estimate before the first, then more and more the person's own pace."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import datetime

GUESSED = 5
"""How many answers of one's own the first estimate weighs as much as."""
SHORTEST, LONGEST = 1.0, 300.0
"""Seconds that count as the pace of one answer: below nobody reads, above somebody was away."""


def minutes(questions: int) -> int:
    """About how many minutes so many questions take: half a minute for ten, a little more in long sittings.

    Ten take five minutes, 48 about 35: an estimate, measured on nobody yet, so screens say "about".

    >>> minutes(10), minutes(48)
    (5, 35)
    """
    return max(1, round(questions * (0.5 + min(questions, 48) * 0.0048)))


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds that answers took so far, and how many did; `since` is when the last one was given."""

    since: datetime
    seconds: float = 0.0
    answers: int = 0

    def answered(self, now: datetime) -> Pace:
        """One more answer. A break, and a clock that stands still, say nothing about the pace."""
        took = (now - self.since).total_seconds()
        if not SHORTEST <= took <= LONGEST:
            return replace(self, since=now)
        return Pace(now, self.seconds + took, self.answers + 1)

    def left(self, unanswered: int, questions: int) -> int:
        """About how many minutes the unanswered of all questions will take, rounded up; 0 when none is left.

        The mean of one's own answers, mixed with the estimate as if that were `GUESSED` of them: a prior, so that
        one quick answer does not promise a quick end.

        >>> start = datetime(2026, 11, 23, 14, 0)
        >>> Pace(start).left(10, 10), Pace(start, seconds=600, answers=5).left(5, 10)
        (5, 7)
        """
        guess = minutes(questions) * 60 / questions
        mean = (guess * GUESSED + self.seconds) / (GUESSED + self.answers)
        return math.ceil(unanswered * mean / 60 - 1e-9)
