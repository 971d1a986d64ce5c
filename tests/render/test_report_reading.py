"""The report as people read it: without scripts, under a policy against them, enlarged, by keyboard, on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from measured_team import TEAMS, Team, report
from playwright.sync_api import Browser
from seen import FORBIDDING, OPEN_ALL, Seen, browser, opened

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("reading")]
PAGE = "report.html"
WITHOUT_TOOLS = "document.querySelectorAll('.tools, .copy').forEach((tool) => tool.remove())"
CHARTS = """[...document.querySelectorAll('svg')].map((svg) => {
  const {width, height} = svg.getBoundingClientRect();
  const shapes = [...svg.querySelectorAll('path, circle, text, use')].filter((shape) => {
    const {fill, stroke, display} = getComputedStyle(shape);
    return display !== 'none' && (shape.localName === 'use' || fill !== 'none' || stroke !== 'none');
  });
  return [Math.round(width) > 0, Math.round(height) > 0, shapes.length];
})"""
CUT_OFF = """[...document.querySelectorAll('body *')].filter((e) => {
  const style = getComputedStyle(e);
  const hides = (way) => ['hidden', 'clip'].includes(way);
  return !e.closest('.unseen') && e.localName !== 'svg' && e.getClientRects().length
    && ((hides(style.overflowY) && e.scrollHeight > e.clientHeight + 1)
      || (hides(style.overflowX) && e.scrollWidth > e.clientWidth + 1));
}).map((e) => e.className + ': ' + e.textContent.slice(0, 40))"""
UNREACHED = """[...document.querySelectorAll('body *')].filter((e) => {
  const box = e.getBoundingClientRect();
  return !e.closest('.unseen, .skip, svg, .scroll') && box.width && (box.right > innerWidth + 1 || box.left < -1);
}).map((e) => e.localName + '.' + e.className)"""
SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }
"""
"""What WCAG 1.4.12 lets a reader ask for."""
FOCUSABLE = """[...document.querySelectorAll('a[href], button, input, summary, [tabindex="0"]')]
  .filter((e) => e.checkVisibility()).map((e, i) => { e.dataset.stop = i; return String(i); })"""
STOP = """(() => {
  const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);
  const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
    && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return [e.dataset.stop ?? '', seen];
})()"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("reading")
    (made / PAGE).write_text(report(TEAMS["seven people, four rounds"]), encoding="utf-8")
    (made / "small.html").write_text(report(Team(practices=12)), encoding="utf-8")
    return made


def whole(seen: Seen) -> tuple[str, Any]:
    """All text with everything open, but for what only a script can do; and every chart with the marks in it."""
    seen.page.evaluate(OPEN_ALL)
    seen.page.evaluate(WITHOUT_TOOLS)
    return seen.text, seen.page.evaluate(CHARTS)


def test_no_text_and_no_chart_is_lost_without_scripts_or_under_a_policy(chromium: Browser, folder: Path) -> None:
    usual = opened(chromium, folder, PAGE)
    silent = opened(chromium, folder, PAGE, java_script_enabled=False)
    forbidden = opened(chromium, folder, PAGE, policy=FORBIDDING)

    text, charts = whole(usual)

    assert len(text) > 50_000
    assert len(charts) > len(re.findall("summary", text))
    assert all(wide and high and marks for wide, high, marks in charts)
    assert whole(silent) == (text, charts)
    assert whole(forbidden) == (text, charts)


def test_nothing_is_asked_for_and_nothing_is_complained_about(chromium: Browser, folder: Path) -> None:
    for context in ({}, {"java_script_enabled": False}, {"bypass_csp": True}):
        seen = opened(chromium, folder, PAGE, **context)
        seen.page.evaluate(OPEN_ALL)
        if not context:
            seen.page.click("#expand")
            seen.page.fill("#filter", "meeting")

        assert (seen.asked, seen.said) == ([], [])
        assert seen.page.evaluate("document.querySelectorAll('[style]').length") == 0
        assert seen.page.evaluate("performance.getEntriesByType('resource').length") == 0

    forbidden = opened(chromium, folder, PAGE, policy=FORBIDDING)
    assert forbidden.asked == []


@pytest.mark.parametrize("width", [1100, 640, 320])
def test_wider_spacing_of_text_loses_nothing(width: int, chromium: Browser, folder: Path) -> None:
    seen = opened(chromium, folder, PAGE, bypass_csp=True)
    seen.page.set_viewport_size({"width": width, "height": 900})
    seen.page.evaluate(OPEN_ALL)
    before = seen.text
    seen.page.add_style_tag(content=SPACING)

    assert seen.page.evaluate(CUT_OFF) == []
    assert seen.page.evaluate(UNREACHED) == []
    assert seen.width <= width
    assert seen.text == before


@pytest.mark.parametrize("way", ["zoom", "text only"])
def test_twice_the_size_loses_nothing(way: str, chromium: Browser, folder: Path) -> None:
    seen = opened(chromium, folder, PAGE, bypass_csp=True)
    seen.page.evaluate(OPEN_ALL)
    before = seen.text
    if way == "zoom":  # what a window of 1280 pixels shows at 200 %
        seen.page.set_viewport_size({"width": 640, "height": 450})
    else:
        seen.page.set_viewport_size({"width": 1280, "height": 900})
        seen.page.add_style_tag(content="html { font-size: 200% !important; }")

    assert seen.page.evaluate(CUT_OFF) == []
    assert seen.page.evaluate(UNREACHED) == []
    assert seen.width <= seen.page.viewport_size["width"]  # type: ignore[index]
    assert seen.text == before


@pytest.mark.parametrize("forced", ["none", "active"])
def test_the_keyboard_reaches_everything_in_order_and_one_sees_where_it_is(
    forced: Any, chromium: Browser, folder: Path
) -> None:
    seen = opened(chromium, folder, "small.html", forced_colors=forced)
    seen.page.evaluate(OPEN_ALL)
    wanted = seen.page.evaluate(FOCUSABLE)
    stops = []
    for _ in wanted:
        seen.page.keyboard.press("Tab")
        stops.append(seen.page.evaluate(STOP))

    assert len(wanted) > 12 * 3
    assert [stop for stop, _visible in stops] == wanted
    assert [stop for stop, visible in stops if not visible] == []


def test_the_keyboard_opens_a_practice(chromium: Browser, folder: Path) -> None:
    seen = opened(chromium, folder, "small.html", java_script_enabled=False)
    first = seen.page.locator("details.practice").first

    first.locator("summary").focus()
    seen.page.keyboard.press("Enter")

    assert first.get_attribute("open") is not None


def test_paper_gets_the_summary_and_with_one_press_everything(chromium: Browser, folder: Path) -> None:
    seen = opened(chromium, folder, PAGE)
    question = seen.page.locator(".question").first.text_content() or ""

    def printed() -> tuple[bool, int]:
        pages = len(re.findall(rb"/Type\s*/Page\b", seen.page.pdf(prefer_css_page_size=True)))
        seen.page.emulate_media(media="print")
        shown = "".join(question.split()) in seen.text
        seen.page.emulate_media(media="screen")
        return shown, pages

    summary = printed()
    seen.page.click("#expand")
    everything = printed()

    assert (summary[0], everything[0]) == (False, True)
    assert summary[1] <= 10
    assert everything[1] > summary[1] + 10
