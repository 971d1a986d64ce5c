"""The first screen: what is still open before the first question, and nothing else.

Enter goes on everywhere and begins after the last field. Nobody's sheet is opened without being named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from textual import events
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from assess.core.answers import TEAM
from assess.core.cells import cells, wrap
from assess.core.keys import Scope
from assess.core.pace import minutes
from assess.core.questionnaire import Asked
from assess.files.reason import reason
from assess.files.repository import UsageError
from assess.i18n import _, clauses, joined, labelled, ngettext, sentence, translate
from assess.rounds import Setup, SheetHost, as_name, asked_choices, expected_count, proposed_name
from assess.tui import view
from assess.tui.in_order import InOrder, taken
from assess.tui.page import TALL, Page, settled
from assess.tui.painted import Painted
from assess.tui.rows import Row, Rows

ME = ""
"""Stands for "just me" among those who may answer; no name is empty."""
NEW = 1
"""The row that starts a new round."""


class SetupScreen(Page[None]):
    """Asks what the plan leaves open, then starts.

    An old round that is still open is a question of its own, asked first: its answer changes all others.
    """

    SCOPES = (Scope.SETUP,)

    def __init__(self, host: SheetHost) -> None:
        super().__init__()
        self._host = host
        self._plan = host.plan
        self._choices: tuple[Asked, ...] = asked_choices(host.questionnaire, sensitive=host.plan.counts)
        self._problems: dict[str, str] = {}
        self._people: list[str] = []

    # what is shown

    def head(self, width: int) -> list[Content]:
        """What is asked, which round this is about, and what becomes of the answers."""
        plan = self._plan
        words = [] if plan.asks_team else [self.clean(plan.team)]
        round_ = _("new round {name}") if plan.is_new else _("round {name}")
        place = " · ".join([*words, round_.format(name=self.clean(plan.round))])
        title = self.clean(self._host.questionnaire.title)
        promise = _("Answers are files in this folder. Nothing leaves this machine.")
        gap = width - cells(title) - cells(place)
        if gap > 1:
            top = [Content.assemble((title, "bold"), " " * gap, (place, view.QUIET))]
        else:
            top = [Content.styled(line, "bold") for line in wrap(title, width)]
            top += [Content.styled(line, view.QUIET) for line in wrap(place, width)]
        roomy = self.size.height >= TALL
        top += [Content.styled(line, view.QUIET) for line in wrap(promise, width) if roomy]
        told = (self.clean(translate(message)) for message in plan.told)
        return [*top, *(Content.styled(line, "$text-warning") for words in told for line in wrap(words, width))]

    def body(self) -> Iterable[Widget]:
        """One field below the other, each with room for what is wrong with it."""
        plan = self._plan
        if plan.stale_days is not None:
            yield from self._field("old", self._old_label, Rows(self._old_rows(), id="old", radio=True))
            return
        if plan.asks_team:
            yield from self._field("team", lambda: _("The team's name"), _line("team", self.clean(plan.team)))
        if plan.asks_asked:
            rows = [Row(_asked_text(self._host, asked)) for asked in self._choices]
            yield from self._field("asked", lambda: _("How much?"), Rows(rows, id="asked", radio=True))
        if plan.asks_respondent:
            yield from self._who()
        if plan.asks_expected:
            label = _("How many are to answer, you included? (empty: not known)")
            yield from self._field("expected", lambda: label, _line("expected", str(plan.expected or "")))
        yield Rows([Row(_("Begin"))], id="begin")

    def _who(self) -> Iterable[Widget]:
        plan = self._plan
        self._people = [*plan.respondents, *([] if plan.counts else [TEAM]), ME]
        rows = [Row(_("Go on as {name}").format(name=self.clean(name))) for name in plan.respondents]
        rows += [] if plan.counts else [Row(_("The team together, at one screen"))]
        others = (
            _("Somebody new: a sheet of my own") if rows[:-1] else _("Just me; the others answer for themselves")
        )
        rows.append(Row(others))
        # where people answer for themselves, Enter, Enter may not end in somebody else's sheet
        first = len(rows) - 1 if plan.respondents else 0
        yield from self._field("who", lambda: _("Who is answering?"), Rows(rows, first, id="who", radio=True))
        name = plan.respondent if plan.respondent not in {*plan.respondents, TEAM} else self._free_name()
        yield from self._field("name", lambda: _("Your name"), _line("name", name))

    def _free_name(self) -> str:
        name = proposed_name()
        return "" if name in self._plan.respondents else name

    def _field(self, name: str, label: Callable[[], str], widget: Widget) -> Iterable[Widget]:
        def paint(width: int) -> list[Content]:
            return [Content.styled(line, "bold") for line in wrap(label(), width)]

        yield Painted(paint, classes=f"label {name}")
        yield widget
        yield Painted(lambda width: self._problem(name, width), classes=f"problem {name}")

    def _problem(self, name: str, width: int) -> list[Content]:
        text = self._problems.get(name, "")
        return [Content.styled(line, view.LOUD) for line in wrap(text, width)] if text else []

    def _old_label(self) -> str:
        days = self._plan.stale_days or 0
        text = ngettext(
            "The round {name} is still open; its newest answer is {n} day old.",
            "The round {name} is still open; its newest answer is {n} days old.",
            days,
        )
        return text.format(name=self.clean(self._plan.round), n=days)

    def _old_rows(self) -> list[Row]:
        return [Row(_("Go on with it")), Row(_("Start a new round"))]

    def on_mount(self) -> None:
        """Show the fields that the choices so far call for."""
        self._settle()

    def _settle(self) -> None:
        """Name and number are asked only of somebody who answers alone."""
        alone = not self.query("#who") or self._person() == ME
        for widget in self.query(".name, #name"):
            widget.display = alone
        for widget in self.query(".expected, #expected"):
            widget.display = alone
        self.query_one("#status", Painted).again()

    def on_rows_moved(self, _event: Rows.Moved) -> None:
        """Another choice."""
        self._settle()

    async def on_rows_picked(self, event: Rows.Picked) -> None:
        """A click chooses; on the last row it begins."""
        self._settle()
        if event.rows.id == "begin":
            await self._begin()

    # moving

    def _fields(self) -> list[Widget]:
        return [widget for widget in self.query("Rows, Input") if widget.display]

    def _go(self, step: int) -> None:
        fields = self._fields()
        here = fields.index(self.focused) if self.focused in fields else -1
        self.set_focus(fields[max(0, min(here + step, len(fields) - 1))])

    def action_arrow(self, down: int) -> None:
        """Choose another row (0 up, 1 down); at the ends, and in a line of text, go on to the next field."""
        step = 1 if down else -1
        if not (isinstance(self.focused, Rows) and self.focused.move(step)):
            self._go(step)

    def action_field(self, back: int) -> None:
        """To the next field (0), or the one before (1)."""
        self._go(-1 if back else 1)

    async def action_next(self) -> None:
        """Enter: on to the next field, and begin after the last."""
        if self.focused is not None:
            await taken(self.focused)
        fields = self._fields()
        last = [widget for widget in fields if widget.id != "begin"][-1:]
        if self.focused in [*last, *(widget for widget in fields if widget.id == "begin")]:
            await self._begin()
        else:
            self._go(1)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """In a low window, bring the field's question into view with it."""
        label = next(iter(self.query(f".label.{event.widget.id}")), None)
        if label is not None:
            label.scroll_visible(animate=False)
        event.widget.scroll_visible(animate=False)

    # beginning

    def _text(self, name: str) -> str | None:
        found = self.query(f"#{name}").results(Input)
        return next((widget.value.strip() for widget in found if widget.display), None)

    def _marked(self, name: str) -> int:
        return next((rows.marked for rows in self.query(f"#{name}").results(Rows)), 0)

    def _person(self) -> str:
        return self._people[self._marked("who")]

    async def _begin(self) -> None:
        if self._plan.stale_days is not None:
            await self._settle_old_round()
            return
        setup = self._setup()
        if not self._problems:
            await self._start(setup)
        self._complain()

    async def _settle_old_round(self) -> None:
        starts_new = self._marked("old") == NEW
        self._plan = self._host.new_round() if starts_new else replace(self._plan, stale_days=None)
        if self._plan.asks_anything:
            await self.recompose()
            self._settle()
            self.set_focus(self._fields()[0])
        else:
            await self._start(settled(self._plan))
            self._complain()

    def _setup(self) -> Setup:
        """The answers; what is wrong with them goes to `_problems`."""
        plan, self._problems = self._plan, {}
        team = self._text("team")
        if team == "":
            self._problems["team"] = _("The team needs a name.")
        respondent = plan.respondent
        if plan.asks_respondent:
            respondent = self._person() or self._own_name()
        told = self._text("expected")
        expected = expected_count(told) if told else (plan.expected if told is None else None)
        if told and expected is None:
            self._problems["expected"] = _("A number, please, or nothing.")
        asked = self._choices[self._marked("asked")] if plan.asks_asked else plan.asked
        return Setup(team=team or plan.team, asked=asked, respondent=respondent, expected=expected)

    def _own_name(self) -> str:
        """The name of somebody who has no sheet yet."""
        name = self._text("name") or ""
        twins = [other for other in self._plan.respondents if other.casefold() == name.casefold()]
        if not name:
            self._problems["name"] = _("A name is needed: your answers are kept under it.")
        elif name.casefold() == TEAM:
            self._problems["name"] = _("“team” is the name of the team's own sheet; please take another.")
        elif twins:
            text = _("{name} has answered here. If that is you, choose “Go on as {name}” above.")
            self._problems["name"] = text.format(name=self.clean(twins[0]))
        return name

    async def _start(self, setup: Setup) -> None:
        try:
            question = self.face.begin(setup)
        except UsageError as error:
            words = joined(
                sentence(translate(part)) for f in error.findings for part in (f.message, f.hint) if part
            )
            nearest = as_name(setup.respondent)
            if nearest not in {"", setup.respondent}:
                words = joined((words, _("How about {name}?").format(name=nearest)))
            self._problems["name" if self._text("name") is not None else "begin"] = words
        except OSError as error:
            self._problems["begin"] = _("Cannot be written here: {reason}").format(reason=translate(reason(error)))
        else:
            await self.app.push_screen(question)

    def _complain(self) -> None:
        """Show what is wrong in place, and go to the first of it."""
        if not self.is_current:
            return
        for painted in self.query(Painted):
            painted.again()
        wrong = [widget for widget in self._fields() if widget.id in self._problems]
        if wrong:
            self.set_focus(wrong[0])
            problem = self.query_one(f".problem.{wrong[0].id}", Painted)
            self.call_after_refresh(problem.scroll_visible, animate=False)  # in a low window

    def said(self) -> tuple[str, str]:
        """What is wrong and belongs to no field."""
        return self._problems.get("begin", ""), view.LOUD


class _Line(InOrder, Input):
    """One line to write in."""


def _line(name: str, value: str) -> Input:
    return _Line(value, id=name, select_on_focus=True)


def _asked_text(host: SheetHost, asked: Asked) -> str:
    """How many questions, and about how long they take."""
    n = len(host.questionnaire.asked(asked, sensitive=host.plan.counts))
    about = minutes(n)
    name = _("Pulse") if asked == "pulse" else _("Full")
    count = ngettext("{n} question", "{n} questions", n).format(n=n)
    time = ngettext("about {n} minute", "about {n} minutes", about).format(n=about)
    return labelled(name, clauses(count, time))
