"""What all screens share: a head, a body that scrolls, a bottom line made from the key table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Protocol, TypeVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingsMap
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from assess.core.cells import wrap
from assess.core.keys import Scope
from assess.i18n import _
from assess.rounds import Host, Plan, Setup
from assess.session import Session
from assess.tui import view
from assess.tui.keys import Table, bindings
from assess.tui.painted import Painted

Result = TypeVar("Result")
MIN_WIDTH, MIN_HEIGHT = 40, 15
WIDE, TALL = 60, 20
"""From here on there is room for margins, and for lines between the parts (the classes in app.tcss)."""


class Face(Protocol):
    """What screens ask of the app beyond Textual."""

    host: Host
    session: Session | None
    table: Table

    def begin(self, setup: Setup) -> Screen[None]:
        """Open the sheet and make the screen for it."""

    def finish(self) -> None:
        """Show the end."""

    def leave(self, code: int = 0) -> None:
        """Save and leave."""

    def header(self, width: int) -> list[Content]:
        """The top line of the pages over the open question."""

    def settle(self) -> None:
        """Where the file has changed elsewhere, ask what is to count."""


def settled(plan: Plan) -> Setup:
    """The setup of a plan that leaves nothing to ask."""
    return Setup(team=plan.team, asked=plan.asked, respondent=plan.respondent, expected=plan.expected)


class Page(Screen[Result]):
    """A screen with `#head`, `#body` and `#status`. Subclasses give `head`, `body` and what is `said` below."""

    SCOPES: ClassVar[tuple[Scope, ...]] = ()
    BOUND: ClassVar[tuple[Scope, ...]] = ()
    """Whose keys are bound, where these are more than those that act at first."""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (TALL, "-tall")]

    @property
    def face(self) -> Face:
        """The app, as far as screens may use it."""
        return cast("Face", self.app)

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """Whose keys act now."""
        return self.SCOPES

    def on_mount(self) -> None:
        """Bind the keys of this screen, as the person who sits here has chosen them."""
        own = bindings(self.face.table, *(self.BOUND or self.SCOPES))
        self._bindings = BindingsMap.merge([self._bindings, own])

    def renew(self) -> None:
        """Paint what may have changed although nobody pressed a key."""
        for part in self.query("#head, #status").results(Painted):
            part.again()

    def key(self, name: str) -> str:
        """How the key is read that does something, by its name in the table."""
        return next(key.shown for key in self.face.table if key.id == name)

    def clean(self, text: str) -> str:
        """Text from a file, safe to print."""
        return self.face.host.clean(text)

    def compose(self) -> ComposeResult:
        """Head, body, bottom line."""
        yield Painted(self.head, id="head")
        with VerticalScroll(id="body", can_focus=False):
            yield from self.body()
        yield Painted(self.status, id="status")

    def head(self, width: int) -> list[Content]:  # noqa: ARG002
        """The lines at the top."""
        return [Content()]

    def body(self) -> Iterable[Widget]:
        """The widgets in the middle."""
        return ()

    def said(self) -> tuple[str, str]:
        """What the bottom line says before the keys, and its style."""
        session = self.face.session
        return view.saved(session, self.clean) if session is not None else ("", "")

    def status(self, width: int) -> list[Content]:
        """The bottom line."""
        return view.status(self.face.table, width, self.scopes, self.said())

    async def on_click(self, event: events.Click) -> None:
        """A click on a key of the bottom line does what the key does."""
        name = event.style.meta.get(view.KEY)
        key = next((key for key in self.face.table if key.id == name), None)
        if key is not None:
            await self.app.run_action(key.runs, self.app if key.scope is Scope.EVERYWHERE else self)

    def set_focus(
        self,
        widget: Widget | None,
        scroll_visible: bool = True,  # noqa: FBT001, FBT002  (Textual's signature)
        from_app_focus: bool = False,  # noqa: FBT001, FBT002
    ) -> None:
        """Focus without scrolling: a question is read from its top, also when the window gets the focus back."""
        del scroll_visible
        super().set_focus(widget, scroll_visible=False, from_app_focus=from_app_focus)

    def action_page(self, direction: int) -> None:
        """Scroll the body by a page, less two lines to go on reading from."""
        body = self.query_one("#body", VerticalScroll)
        body.scroll_relative(y=direction * max(1, body.size.height - 2), animate=False)

    def action_line(self, direction: int) -> None:
        """Scroll the body by a line."""
        self.query_one("#body", VerticalScroll).scroll_relative(y=direction, animate=False)

    def action_edge(self, direction: int) -> None:
        """Scroll the body to its first or its last line."""
        body = self.query_one("#body", VerticalScroll)
        (body.scroll_end if direction > 0 else body.scroll_home)(animate=False)

    # a terminal that is too small

    @property
    def too_small(self) -> bool:
        """Whether there is no room to work in."""
        return self.size.width < MIN_WIDTH or self.size.height < MIN_HEIGHT

    async def on_resize(self, _event: events.Resize) -> None:
        """Cover the screen with a plain message while it is too small, and take it away again."""
        cover = self.query("#too-small")
        if self.too_small and not cover:
            await self.mount(Painted(self._too_small, id="too-small"))
        elif cover and not self.too_small:
            await cover.remove()
        elif cover:
            cover.first(Painted).again()

    def _too_small(self, width: int) -> list[Content]:
        now, least = f"{self.size.width} × {self.size.height}", f"{MIN_WIDTH} × {MIN_HEIGHT}"
        text = _("This window is too small: {now}. Please make it at least {least}; nothing is lost.")
        return [Content(line) for line in wrap(text.format(now=now, least=least), width)]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing is answered unseen: the page's own keys rest while the message covers it."""
        return not self.too_small and super().check_action(action, parameters)
