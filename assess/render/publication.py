"""What will become public of a round in privacy mode `counts`, as lines for a terminal, before it does."""

from __future__ import annotations

from collections.abc import Iterator

from assess.core.answers import DONT_KNOW, NOT_APPLICABLE
from assess.core.publication import Publication, Unanimous
from assess.core.questionnaire import Questionnaire
from assess.i18n import _, labelled, listed, ngettext
from assess.render.text import answers_word, clean, legend, table


def lines(publication: Publication, questionnaire: Questionnaire) -> Iterator[str]:
    """Practice by practice what all will see, where that tells what each one said, and what nobody will see."""
    round_, n = publication.round, publication.respondents
    people = ngettext("{n} person has answered", "{n} people have answered", n).format(n=n)
    yield f"{clean(round_.team)} · {round_.round} · {people}"
    yield ""
    yield _("This becomes public, for good:")
    yield ""
    yield from table([(clean(c.practice.title), answers_word(c)) for c in publication.practices])
    yield f"  {legend()}"
    yield from _of_one_mind(publication, questionnaire)
    yield ""
    yield from (f"  {line}" for line in _limits(publication, questionnaire))


def _of_one_mind(publication: Publication, questionnaire: Questionnaire) -> Iterator[str]:
    if publication.unanimous:
        yield ""
        yield "  " + _("Where all say the same, a count hides nothing:")
    for found in publication.unanimous:
        title = clean(questionnaire.practices[found.practice].title)
        told = _told(found, publication.respondents)
        yield f"    {told.format(title=title, n=found.people, level=found.answer)}"


def _told(found: Unanimous, respondents: int) -> str:
    """The whole sentence, with its places still in it."""
    everybody = found.people == respondents
    if found.answer == DONT_KNOW:
        if everybody:
            return _("{title}: all {n} don't know, and everybody will know that of each of them")
        return _("{title}: all {n} who answered this don't know, and everybody will know that of each of them")
    if found.answer == NOT_APPLICABLE:
        if everybody:
            return _("{title}: all {n} said “does not apply”: everybody will know what each of them said")
        return _("{title}: all {n} who answered this said “does not apply”: everybody will know")
    if everybody:
        return _("{title}: all {n} answered {level}: everybody will know what each of them said")
    return _("{title}: all {n} who answered this said {level}: everybody will know what each of them said")


def _limits(publication: Publication, questionnaire: Questionnaire) -> Iterator[str]:
    expected, n = publication.round.expected, publication.respondents
    if publication.withheld:
        titles = [clean(questionnaire.practices[pid].title) for pid in publication.withheld]
        yield labelled(_("Fewer than five answered, so nothing of it comes out"), listed(titles))
    if publication.silent:
        yield ngettext(
            "{n} sheet without an answer is left out.",
            "{n} sheets without an answer are left out.",
            publication.silent,
        ).format(n=publication.silent)
    if expected is not None and expected > n:
        yield _("{n} of {expected} have answered; nobody can be added later.").format(n=n, expected=expected)
    yield _("Counts are published once: nothing is added to them or taken back.")
    yield _("Whoever collects has seen all sheets. Nobody else sees a sheet, a name, a note, a reason or a link.")
    yield _("Groups of fewer than five people are never broken down.")
