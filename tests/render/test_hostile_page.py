"""The report of a folder full of hostile texts, in a browser with its policy and without: none of them runs."""

from __future__ import annotations

import re
from contextlib import chdir
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import hostile
import pytest
from hostile import ALLOWED, CONTEXTS, PAYLOADS, mark, said

from assess import reporting
from assess.files.languages import Tongue
from assess.files.repository import open_repository
from assess.render.html import visible

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n')
FOREIGN = (
    "img, iframe, object, embed, form, base, video, audio, template, math, font, marquee, svg style, "
    "svg script, svg a, [style], [src], [srcset], [action], [formaction], meta[http-equiv=refresh]"
)
EVERY_ELEMENT = """() => {
  for (const details of document.querySelectorAll("details")) details.open = true;
  for (const element of document.querySelectorAll("*")) {
    for (const kind of ["mouseover", "mouseenter", "pointerdown", "focus", "toggle", "error", "load"])
      element.dispatchEvent(new Event(kind, {bubbles: false}));
    if (element.focus) element.focus();
  }
}"""
EVERY_LINK = """() => {
  let clicked = 0;
  for (const link of document.querySelectorAll("a, area, button, summary, svg a"))
    if (!/^(https?|mailto):/.test(link.getAttribute("href") || "")) { link.click(); clicked += 1; }
  return new Promise((done) => setTimeout(() => done(clicked), 100));
}"""
SHOWN = (
    "dimension", "asks", "title", "question", *(f"level{n}x" for n in range(hostile.LEVELS)), "overdone", "step",
    "research", "reference", "helptitle", "helptext", *(f"{b}{field}" for b in "fs" for field in (
        "title", "author", "date", "kind", "limits", "where", "says", "price")),
    *(f"Q4{who}{field}" for who in (*hostile.PEOPLE, "team") for field in ("note", "evidence")),
    "Q4teamreason", "Q4teamdissent", "Q4teamgoal", "Q4actiontext", "Q4actionowner", "Q4actionwhy",
)  # fmt: skip
"""The fields that a report shows."""
NOWHERE = {(field, 0) for field in SHOWN if re.match("Q4(ada|bob|chen)", field)}
"""Nobody answered the first question."""


def test_a_translation_is_no_way_around(tmp_path_factory: pytest.TempPathFactory) -> None:
    text = Words(page_in(tmp_path_factory, "zh-Hans")).text

    fields = ("title", "question", "overdone", "step", "research", "dimension", "asks", "helptitle", "helptext")
    baselines = (f"{b}{field}" for b in "fs" for field in ("where", "says", "price", "limits"))
    for field in (*fields, *baselines):
        for i, payload in enumerate(ALLOWED):
            assert str(visible(said(f"zh{field}", i).strip())) in text, (field, payload.name)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    return page_in(tmp_path_factory, "en")


def page_in(tmp_path_factory: pytest.TempPathFactory, language: str) -> str:
    with chdir(hostile.folder(tmp_path_factory.mktemp("team"))):
        repository = open_repository(Path.cwd(), tongue=Tongue(flag=language))
        assert repository.valid, repository.findings
        newest = repository.newest
        assert newest is not None
        return reporting.html_of(repository, newest, date(2026, 11, 23))


class Words(HTMLParser):
    """The words of a page, without those of its script and style."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text, self._in = "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._in = tag

    def handle_data(self, data: str) -> None:
        if self._in not in {"script", "style"}:
            self.text += data


def test_every_field_is_shown_as_the_text_it_is(page: str) -> None:
    text = Words(page).text
    expected = [(field, i) for field in SHOWN for i in range(len(ALLOWED)) if (field, i) not in NOWHERE]

    missing = [(f, i) for f, i in expected if mark(f, i) not in text]
    assert missing == []
    wrong = [(f, ALLOWED[i].name) for f, i in expected if str(visible(said(f, i).strip())) not in text]
    assert wrong == []


def test_no_template_in_a_text_is_filled(page: str) -> None:
    assert "{{ 7*7 }}{%" in page
    assert "$49#" not in page


# in a browser


def opened(browser: Any, page: str, **context: Any) -> tuple[Any, list[str]]:
    """A tab with the page; and everything that it asked for, said or opened."""
    own = browser.new_context(viewport={"width": 1100, "height": 900}, **context)
    seen: list[str] = []
    served = []

    def answer(route: Any) -> None:
        if route.request.url == "https://report.test/" and not served:
            served.append(True)
            route.fulfill(body=page, content_type="text/html; charset=utf-8")
        else:
            seen.append(route.request.url)
            route.fulfill(status=204)

    own.route("**/*", answer)
    own.on("page", lambda new: new.on("dialog", lambda dialog: (seen.append(dialog.message), dialog.dismiss())))
    tab = own.new_page()
    tab.on("popup", lambda new: seen.append(f"popup {new.url}"))
    tab.on("console", lambda message: seen.append(message.text))
    tab.on("pageerror", lambda error: seen.append(str(error)))
    tab.goto("https://report.test/")
    return tab, seen


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("policy", [True, False], ids=["policy on", "policy off"])
def test_no_payload_runs_loads_or_leads_anywhere(browser: Any, page: str, policy: bool) -> None:  # noqa: FBT001
    assert len(POLICY.findall(page)) == 1
    tab, seen = opened(browser, page if policy else POLICY.sub("", page))
    ours = tab.evaluate("() => Object.getOwnPropertyNames(window).length")

    tab.evaluate(EVERY_ELEMENT)
    clicked = tab.evaluate(EVERY_LINK)

    assert clicked > len(ALLOWED)
    assert tab.evaluate("() => window.hit") is None
    assert tab.evaluate("() => Object.getOwnPropertyNames(window).length") == ours
    assert seen == []
    assert tab.url.partition("#")[0] == "https://report.test/"
    assert len(tab.context.pages) == 1
    assert tab.locator(FOREIGN).count() == 0
    hrefs = tab.evaluate("() => [...document.querySelectorAll('[href]')].map((e) => e.getAttribute('href'))")
    outside = {href for href in hrefs if not href.startswith("#") and href != "data:,"}
    assert outside
    assert all(re.fullmatch(r"https?://[\w.-]+(/[^\s\"'<>\\^`{|}@]*)?", href) for href in outside), outside


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("payload", [p for p in PAYLOADS if p.live], ids=lambda p: p.name)
def test_the_payload_is_alive_where_a_page_is_careless(browser: Any, payload: hostile.Payload) -> None:
    raw = f"<!doctype html><title>x</title>{CONTEXTS[payload.live].format(payload.text)}"
    tab, seen = opened(browser, raw)
    for event in ("mouseover", "click"):
        tab.evaluate(
            "(kind) => { for (const e of document.querySelectorAll('p, a')) { if (e.focus) e.focus();"
            " e.dispatchEvent(new MouseEvent(kind, {bubbles: true, cancelable: true})); } }",
            event,
        )
    tab.wait_for_timeout(100)

    assert seen or tab.evaluate("() => window.hit") == 1


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("width", [320, 1100])
def test_no_text_pushes_the_page_aside(browser: Any, page: str, width: int) -> None:
    tab, _seen = opened(browser, page)
    tab.set_viewport_size({"width": width, "height": 900})
    tab.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")

    assert tab.evaluate("document.documentElement.scrollWidth") <= width
