"""What a browser and axe make of a page: its text, its size, what it asks the network for, and who cannot read it.

Pages are served from a folder at an address that does not exist; whatever else they ask for is refused and noted.
"""

from __future__ import annotations

import mimetypes
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Route, sync_playwright

ROOT = Path(__file__).parent.parent
CHROMIUM = "/usr/bin/chromium"
AXE = ROOT / "tests" / "foreign" / "node_modules" / "axe-core" / "axe.min.js"
ADDRESS = "https://report.test/"
FORBIDDING = "sandbox; default-src 'none'; img-src 'self'; style-src 'self';"
"""What Jenkins sends with a page of a build unless somebody changes it: no script, no style in the page."""
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
WIDE, NARROW = {"width": 1100, "height": 900}, {"width": 320, "height": 900}
PLAIN: dict[str, Any] = {"media": "screen", "color_scheme": "light", "forced_colors": "none"}
LOOKS: dict[str, tuple[Mapping[str, int], dict[str, Any]]] = {
    "light": (WIDE, PLAIN),
    "dark": (WIDE, {**PLAIN, "color_scheme": "dark"}),
    "forced colours": (WIDE, {**PLAIN, "forced_colors": "active"}),
    "print": (WIDE, {**PLAIN, "media": "print"}),
    "320 px": (NARROW, PLAIN),
}
"""How people may look at a page: the size of the window, and what the browser is told."""
OPEN_ALL = "document.querySelectorAll('details').forEach((d) => { d.open = true; })"
NOT_ON_PAPER = ("target-size",)
"""Rules that mean nothing in print: nobody taps on paper."""
RUN_AXE = """([tags, off]) => axe.run(document, {
    runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'],
    rules: Object.fromEntries(off.map((rule) => [rule, {enabled: false}])),
  })
  .then((found) => Object.fromEntries(
    found.violations.map((v) => [v.id, v.nodes.map((n) => n.target.join(' '))])))"""


@dataclass(frozen=True, slots=True)
class Seen:
    """A page in a tab, what it asked for outside of its folder, and what the console said."""

    page: Page
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What can be read of it without opening anything, without the blanks between."""
        return "".join(self.page.inner_text("body").split())

    @property
    def nodes(self) -> int:
        """How many elements it has."""
        return int(self.page.evaluate("document.querySelectorAll('*').length"))

    @property
    def width(self) -> int:
        """How far it reaches to the right, in pixels."""
        return int(self.page.evaluate("document.documentElement.scrollWidth"))

    def looked_at(self, look: str) -> None:
        """See it as one of `LOOKS`."""
        size, media = LOOKS[look]
        self.page.set_viewport_size({"width": size["width"], "height": size["height"]})
        self.page.emulate_media(**media)

    def violations(self, look: str) -> dict[str, list[str]]:
        """The places that break WCAG 2.2 A and AA by the rule they break, everything that folds being open."""
        self.looked_at(look)
        self.page.evaluate(OPEN_ALL)
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found: dict[str, list[str]] = self.page.evaluate(RUN_AXE, [WCAG, NOT_ON_PAPER if look == "print" else ()])
        return found


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


def opened(browser: Browser, folder: Path, start: str, policy: str | None = None, **context: Any) -> Seen:
    """A page of a folder in a new tab; with a policy, each of its files comes with that header."""
    seen = Seen(browser.new_context(viewport={"width": 1100, "height": 900}, **context).new_page())

    def answer(route: Route) -> None:
        url = route.request.url
        file = folder / unquote(urlsplit(url).path).lstrip("/")
        if not url.startswith(ADDRESS) or not file.is_file():
            seen.asked.append(url)
            route.abort()
            return
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        headers = {"Content-Type": f"{kind}; charset=utf-8"}
        if policy is not None:
            headers["Content-Security-Policy"] = policy
        route.fulfill(body=file.read_bytes(), headers=headers)

    def noted(message: ConsoleMessage) -> None:
        seen.said.append(message.text)

    seen.page.route("**/*", answer)
    seen.page.on("console", noted)
    seen.page.on("pageerror", lambda error: seen.said.append(str(error)))
    seen.page.goto(ADDRESS + start)
    return seen


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a folder, served on this machine only."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (named so by its base)
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
