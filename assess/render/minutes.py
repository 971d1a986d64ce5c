"""The summary of a meeting: what was agreed, what some see otherwise, what is to be done, what is left.

No names stand in it but those of who took on an action.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assess.core import outcome
from assess.core.actions import Decided, overdue
from assess.core.agenda import Brief
from assess.core.answers import Sheet
from assess.core.questionnaire import Questionnaire
from assess.i18n import _, aside, labelled, listed
from assess.render import markdown, meeting, text
from assess.render.text import answers_word, clean, table
from assess.render.words import action_state

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date


Pair = tuple[str, str]
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Minutes:
    """Everything that the summary says, in words; a renderer only places it.

    `settled`: practice, people's answers, what was agreed. `said`: headings with practices and words (dissent,
    goals, reasons). `actions`: what, about which practice, who, by when, state.
    """

    heading: str
    who: str
    settled: tuple[Row, ...]
    said: tuple[tuple[str, tuple[Pair, ...]], ...]
    actions: tuple[Row, ...]
    left: tuple[str, ...]


def minutes(brief: Brief, sheet: Sheet, questionnaire: Questionnaire, today: date) -> Minutes:
    """The summary of a round's meeting, from its team sheet."""
    titles = {pid: practice.title for pid, practice in questionnaire.practices.items()}
    told = [(p, sheet.get(p.id)) for p in brief.result.practices]
    said = {
        _("Seen otherwise"): [(titles[p.id], a.dissent) for p, a in told if a.dissent],
        _("Goals"): [(titles[p.id], meeting.goal(a)) for p, a in told if a.goal is not None],
        _("Why it may fall"): [(titles[p.id], a.reason) for p, a in told if meeting.accepted(a)],
        _("Notes"): [(titles[p.id], " ".join(a.note.split())) for p, a in told if a.note.strip()],
    }
    return Minutes(
        heading=f"{brief.result.team} · {brief.result.round}",
        who=meeting.who(brief),
        settled=tuple((titles[p.id], answers_word(p), meeting.agreed(a)) for p, a in told if meeting.agreed(a)),
        said=tuple((heading, tuple(pairs)) for heading, pairs in said.items() if pairs),
        actions=tuple(action(d, titles, today) for d in outcome.actions(brief, sheet)),
        left=tuple(titles[pid] for pid in outcome.left_open(brief, sheet)),
    )


def action(decided: Decided, titles: dict[str, str], today: date) -> Row:
    """One thing that the team decided to do: what, about which practice, who, by when, state."""
    what = decided.action
    state = _("overdue") if overdue(what, today) else action_state(what)
    return (
        what.text,
        titles.get(what.practice or "", "–"),
        what.owner or _("nobody yet"),
        "–" if what.due is None else what.due.isoformat(),
        labelled(state, what.why) if what.why else state,
    )


def as_markdown(told: Minutes) -> Iterator[str]:
    """To paste into a page, a ticket or a chat that knows Markdown."""
    escape = markdown.escape
    yield f"## {escape(told.heading)}"
    yield ""
    yield escape(told.who)
    if told.settled:
        yield from _headed(_("What the team agreed on"))
        head = (_("practice"), _("answers"), _("agreed"))
        yield from markdown.table(head, [[escape(cell) for cell in row] for row in told.settled])
        yield ""
        yield escape(text.legend())
    for title, pairs in told.said:
        yield from _headed(title)
        yield from (f"- {escape(labelled(*pair))}" for pair in pairs)
    if told.actions:
        yield from _headed(_("Actions"))
        columns = (_("what"), _("about"), _("who"), _("by"), _("state"))
        yield from markdown.table(columns, [[escape(cell) for cell in row] for row in told.actions])
    if told.left:
        yield from _headed(_("Left for another time"))
        yield from (f"- {escape(title)}" for title in told.left)


def _headed(title: str) -> Iterator[str]:
    yield ""
    yield f"### {markdown.escape(title)}"
    yield ""


def as_text(told: Minutes) -> Iterator[str]:
    """For the terminal."""
    yield clean(told.who)
    if told.settled:
        yield ""
        rows = [[clean(cell) for cell in row] for row in told.settled]
        yield from table([("", _("answers"), _("agreed")), *rows])
        yield f"  {text.legend()}"
    lists = [(title, [labelled(*pair) for pair in pairs]) for title, pairs in told.said]
    lists.append((_("Actions"), [aside(row[0], listed(row[2:])) for row in told.actions]))
    lists.append((_("Left for another time"), list(told.left)))
    for title, lines in lists:
        if lines:
            yield ""
            yield _("{heading}:").format(heading=title)
            yield from (f"  {clean(' '.join(line.split()))}" for line in lines)
