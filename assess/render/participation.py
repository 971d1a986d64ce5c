"""Who has answered a round that is still open, in words: nothing of any answer."""

from __future__ import annotations

from collections.abc import Iterator

from assess.core.participation import Participation
from assess.i18n import _, aside, labelled, listed, ngettext


def lines(who: Participation) -> Iterator[str]:
    """How many have answered first, then who, who is missing, and what showing the answers means."""
    n = sum(count > 0 for _name, count in who.people)
    if who.expected is not None:
        yield _("{n} of {expected} have answered").format(n=n, expected=who.expected)
    elif not n and who.together:
        yield _("answered together")
    else:
        yield ngettext("{n} person has answered", "{n} people have answered", n).format(n=n)
    yield ""
    for name, count in who.people:
        left = who.asked - count
        part = _("all {n}").format(n=count) if left <= 0 else _("{n} of {all}").format(n=count, all=who.asked)
        yield f"  {aside(name, part)}"
    if who.missing:
        yield "  " + labelled(_("Not yet, and there last time"), listed(who.missing))
    if who.people or who.missing:
        yield ""
    yield _("Once the answers are shown the round is closed: nobody answers any more.")
    if n > 1:
        yield _("From then on the talk counts, and what the team agrees on is kept beside the answers.")
