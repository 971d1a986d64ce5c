r"""The hostile corpus: texts that somebody who may write a file would use against whoever reads it.

Every payload says what it attacks. Those that run where a page places them raw (`live`) set `window.hit` or load
something; a test shows that they do, so that a page on which they do not is known to hold. What no file of ours
may hold at all (`refused`) still comes from keyboards, command lines and names of files. `folder` puts every
payload into every field that is free text, each with a mark of its own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Payload:
    """One text, what it attacks, where it runs when it is placed raw, and whether files may hold it."""

    name: str
    attacks: str
    text: str
    live: str = ""
    refused: bool = False


def _payload(name: str, attacks: str, text: str, live: str = "", *, refused: bool = False) -> Payload:
    return Payload(name, attacks, text, live, refused)


CONTEXTS = {
    "text": "<p>{}</p>",
    "double": '<p title="{}">x</p>',
    "single": "<p title='{}'>x</p>",
    "bare": "<p title={}>x</p>",
    "json": '<script type="application/json">["{}"]</script>',
    "script": '<script>const said = "{}";</script>',
    "style": "<style>p {{ color: {}; }}</style>",
    "comment": "<!-- {} -->",
    "title": "<title>{}</title>",
    "href": '<a href="{}">x</a>',
}
"""Where a careless page may place a text."""
PAYLOADS = (
    # HTML that a text may become
    _payload("script", "text as elements", "<script>window.hit=1</script>", "text"),
    _payload("handler", "elements that fail at once", "<img src=x onerror=window.hit=1>", "text"),
    _payload("svg", "parsers that want no blank", "<svg/onload=window.hit=1>", "text"),
    _payload("toggle", "lists of known handlers", "<details open ontoggle=window.hit=1>", "text"),
    _payload("frame", "a page of its own", '"><iframe srcdoc="<script>parent.hit=1</script>">', "text"),
    _payload(
        "mutation",
        "parse, print, parse again",
        "<svg><style><img src=x onerror=window.hit=1></style></svg>",
        "text",
    ),
    _payload("twice", "filters that take out only once", "<scr<script>ipt>window.hit=1</scr</script>ipt>"),
    _payload("entities", "decoding twice", "&lt;script&gt;window.hit=1&#60;/script&#x3e; &amp;lt;b&amp;gt;"),
    _payload("anchor", "links of their own", "<a href='//evil.example' target=_blank>click</a>"),
    _payload(
        "refresh", "leaving the page", "<meta http-equiv=refresh content=0;url=https://evil.example>", "text"
    ),
    _payload("form", "buttons that send", "<form action=javascript:window.hit=1><button>x</button></form>"),
    # ways out of where a text was placed
    _payload("double", "attributes in double quotes", '" autofocus tabindex=0 onfocus="window.hit=1', "double"),
    _payload("single", "attributes in single quotes", "' onmouseover='window.hit=1", "single"),
    _payload("bare", "attributes without quotes", "x onmouseover=window.hit=1", "bare"),
    _payload("backtick", "quotes that only some know", "`` onmouseover=`window.hit=1`"),
    _payload("data-block", "JSON inside a page", "</script><script>window.hit=1</script>", "json"),
    _payload("half-comment", "JSON inside a page, the other way", "<!--<script>window.hit=1"),
    _payload("comment", "comments and CDATA", "-->]]><script>window.hit=1</script>", "comment"),
    _payload(
        "style", "CSS inside a page", "</style><style>*{background:url(https://evil.example/x)}</style>", "style"
    ),
    _payload("rule", "values in CSS", "red;}*{background:url(//evil.example/y)}p{", "style"),
    _payload(
        "title",
        "the title of a page",
        "</title><base href=https://evil.example/><script>window.hit=1</script>",
        "title",
    ),
    _payload("string", "strings inside a script", '";window.hit=1;//', "script"),
    # addresses
    _payload("javascript", "links that run", "javascript:window.hit=1", "href"),
    _payload("spelling", "lists of bad schemes", "JaVa\tScRiPt\n:window.hit=1", "href"),
    _payload("encoded", "schemes behind entities", "&#106;avascript&colon;window.hit=1", "href"),
    _payload("data", "pages inside links", "data:text/html,<script>parent.hit=1</script>"),
    _payload("vbscript", "the other script", "vbscript:window.hit=1"),
    _payload("userinfo", "names before the host", 'https://example.org@evil.example/"onclick=window.hit=1'),
    _payload("no-scheme", "links without a scheme", "//evil.example/x \\\\evil.example\\x https:\\\\evil.example"),
    _payload("local", "files of the reader", "file:///etc/passwd"),
    _payload("way-up", "paths that leave the folder", "../../../../etc/passwd"),
    # text that is put together
    _payload(
        "template", "template languages", "{{ 7*7 }}{% for x in () %}{{ self.__init__ }}${7*7}#{7*7}<%= 7*7 %>"
    ),
    _payload("format", "sentences that are filled twice", "{title} {n} {0} {} %(n)s %s {first.__class__}"),
    # letters
    _payload(
        "bidi", "the direction of writing", "\u202egnirts desrever\u202c \u2066x\u2069 \u200ey\u200f \u061cz"
    ),
    _payload("unseen", "letters that nobody sees", "pa\u200bss\u200dw\u2060ord\u00ad \u180ex\u3164y\U000e0041z"),
    _payload("lookalike", "letters that look the same", "раура1 ＜script＞window.hit=1＜/script＞ ‹b›"),
    _payload("halves", "halves of letters, spelled out", "\\ud83d\\ude00 \\x1b[31m &#xD800; %1b[31m \\u202e"),
    _payload("marks", "marks above marks", "Z" + "\u0301\u0323\u0336" * 12 + "algo"),
    _payload("right-to-left", "languages written the other way", "שלום עולם (שלום) <b>مرحبا</b>!"),
    _payload("emoji", "letters made of several", "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🇩🇪 ☺️ e\u0301"),
    _payload("long", "lines and layouts", "w" * 10_000),
    _payload(
        "breaks", "line ends of other readers", "one\u2028::error::two\u2029three\u0085four\rfive\r\n::error::six"
    ),
    _payload("order-mark", "the start of a file", "\ufeff#!/bin/sh", refused=True),
    # terminals
    _payload("screen", "a terminal's screen", "\x1b[2J\x1b[H\x1b[31;5mred\x1b[?1049h", refused=True),
    _payload("link", "links in a terminal", "\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\", refused=True),
    _payload("clipboard", "the clipboard", "\x1b]52;c;cm0gLXJmIH4=\x07", refused=True),
    _payload("window", "the window's title", "\x1b]0;owned\x07\x1bP$qm\x1b\\", refused=True),
    _payload("one-byte", "C1, the short way to the same", "\x9b31m\x9d0;owned\x9c\x90x\x9c", refused=True),
    _payload("overprint", "what was printed before", "safe\rEVIL\x08\x08\x07\x7f\x0b\x0c", refused=True),
    # other languages that the text may be taken for
    _payload(
        "rich", "markup of the terminal face", "[bold red]x[/] [link=https://evil.example]y[/link] [$error]z[/]"
    ),
    _payload("action", "markup that acts", "[@click=app.quit]go[/] [@click=screen.answer(1)]x[/@click]"),
    _payload("unbalanced", "markup that cannot be read", "[/] [/red] \\[ [[ [red"),
    _payload(
        "image",
        "Markdown that loads",
        "![x](https://evil.example/t.png) [y](javascript:window.hit=1) <https://evil.example>",
    ),
    _payload("blocks", "Markdown over lines", "x\n```\n~~~\n# owned\n- [ ] y\n> z\n***\n    code\n1. one"),
    _payload("table", "Markdown tables", "a | b \\| c || d\n|---|---|\n| e | f |"),
    _payload(
        "mention",
        "what GitHub makes a link",
        "@everyone @octo/team #1 GH-1 octo/repo#1 www.evil.example a@evil.example",
    ),
    _payload("command", "commands in a CI log", "::error file=a,line=1::owned"),
    _payload("command-below", "commands on a later line", "x\n::add-mask::a\n  ::stop-commands::b\n%0A::debug::c"),
    _payload(
        "old-command", "commands inside a line", "##[error]owned ##[add-mask]a ##vso[task.setvariable variable=b]c"
    ),
    _payload("formula", "spreadsheets", '=HYPERLINK("https://evil.example","x") +1 -1 @SUM(1)'),
    _payload(
        "yaml",
        "the file it is written to",
        "!!python/object/apply:os.system ['x'] &a *a {b: [c # d\n---\n- e: |\n...\n",
    ),
)
ALLOWED = tuple(payload for payload in PAYLOADS if not payload.refused)
"""Those that a file may hold."""
EVERYTHING = " ".join(" ".join(p.text.split()) for p in ALLOWED if p.name != "long")
"""All of them in one text, for what a folder says only once."""

STEERS_A_TERMINAL = "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
"""What no printed line may hold."""
ROUNDS = ("2026-Q3", "2026-Q4")
PEOPLE = ("ada", "bob", "chen")
BASELINES = ("first-b", "second-b")
LEVELS = 4


def mark(field: str, number: int) -> str:
    """A word that stands once in all the files, whatever is done to the text around it."""
    return f"Q{field}{number:02}Q"


def said(field: str, number: int) -> str:
    """The text of one field: the payload, then its mark."""
    return f"{ALLOWED[number].text} {mark(field, number)}"


def practice(number: int) -> str:
    """The practice that carries a payload."""
    return f"p{number:02}"


def folder(root: Path) -> Path:
    """A team's folder with two closed rounds in which every free text is a payload; all of it is valid."""
    _write(root / "questions" / "questionnaire.yaml", _questionnaire())
    for name in BASELINES:
        _write(root / "questions" / "baselines" / f"{name}.yaml", _baseline(name))
    _write(root / "questions" / "translations" / "zh-Hans.yaml", _translation())
    _write(root / "assess.yaml", _config())
    for name in ROUNDS:
        round_in(root, name)
    return root


def round_in(root: Path, name: str, people: tuple[str, ...] = PEOPLE, **changes: Any) -> None:
    """A round of the folder; without its team sheet where it is still open or only counted."""
    place = root / "assessments" / name
    same = {key: changes[key] for key in ("team",) if key in changes}
    _write(place / "round.yaml", _round(name, **changes))
    for person in people:
        _write(place / "answers" / f"{person}.yaml", _sheet(name, person) | same)
    if not changes:
        _write(place / "team.yaml", _sheet(name, "team"))


def _write(path: Path, data: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=100_000)
    path.write_text(text, encoding="utf-8")


def _each(make: Callable[[int], Any]) -> list[Any]:
    return [make(number) for number in range(len(ALLOWED))]


def _by_practice(make: Callable[[int], Any]) -> dict[str, Any]:
    return {practice(number): make(number) for number in range(len(ALLOWED))}


def _questionnaire() -> dict[str, Any]:
    return {
        "format": "assess.questionnaire/1",
        "id": "hostile",
        "version": EVERYTHING,
        "title": f"{EVERYTHING} {mark('heading', 0)}",
        "language": "en",
        "help": _each(lambda i: {"title": said("helptitle", i), "text": said("helptext", i)}),
        "pairs": _each(
            lambda i: {"practices": [practice(i), practice((i + 1) % len(ALLOWED))], "why": said("why", i)}
        ),
        "retired": {f"gone{i:02}": said("retired", i) for i in range(len(ALLOWED))},
        "dimensions": _each(_dimension),
    }


def _dimension(i: int) -> dict[str, Any]:
    return {
        "id": f"d{i:02}",
        "title": said("dimension", i),
        "asks": said("asks", i),
        "group": ("drive", "flow", "brakes")[i % 3],
        "practices": [
            {
                "id": practice(i),
                "title": said("title", i),
                "pulse": i % 2 == 0,
                "goal": 3,
                "question": said("question", i),
                "levels": [said(f"level{n}x", i) for n in range(LEVELS)],
                "overdone": said("overdone", i),
                "next_step": said("step", i),
                "evidence": {
                    "grade": "weak",
                    "says": said("research", i),
                    "references": [ALLOWED[i].text, said("reference", i)],
                },
            }
        ],
    }


def _baseline(name: str) -> dict[str, Any]:
    def source(i: int) -> dict[str, Any]:
        texts = {key: said(f"{name[0]}{key}", i) for key in ("title", "author", "date", "kind", "limits")}
        return {"id": f"s{i:02}", **texts, "url": ALLOWED[i].text}

    def level(i: int) -> dict[str, Any]:
        texts = {key: said(f"{name[0]}{key}", i) for key in ("where", "says", "price")}
        return {"level": 2, "confidence": "low", "source": f"s{i:02}", **texts}

    return {
        "format": "assess.baseline/1",
        "id": name,
        "questionnaire": "hostile",
        "title": f"{EVERYTHING} {mark(f'{name[0]}heading', 0)}",
        "sources": _each(source),
        "levels": _by_practice(level),
    }


def _translation() -> dict[str, Any]:
    def texts(i: int) -> dict[str, Any]:
        keys = {
            "title": "title",
            "question": "question",
            "overdone": "overdone",
            "next_step": "step",
            "says": "research",
        }
        found = {key: said(f"zh{field}", i) for key, field in keys.items()}
        return {**found, "levels": [said(f"zhlevel{n}x", i) for n in range(LEVELS)]}

    def described(name: str) -> dict[str, Any]:
        return {
            "title": f"{EVERYTHING} {mark(f'zh{name[0]}heading', 0)}",
            "limits": {f"s{i:02}": said(f"zh{name[0]}limits", i) for i in range(len(ALLOWED))},
            "levels": _by_practice(
                lambda i: {key: said(f"zh{name[0]}{key}", i) for key in ("where", "says", "price")}
            ),
        }

    return {
        "format": "assess.translation/1",
        "questionnaire": {"id": "hostile", "version": EVERYTHING},
        "language": "zh-Hans",
        "title": EVERYTHING,
        "help": _each(lambda i: {"title": said("zhhelptitle", i), "text": said("zhhelptext", i)}),
        "dimensions": {
            f"d{i:02}": {"title": said("zhdimension", i), "asks": said("zhasks", i)} for i in range(len(ALLOWED))
        },
        "practices": _by_practice(texts),
        "pairs": _each(lambda i: said("zhwhy", i)),
        "baselines": {name: described(name) for name in BASELINES},
    }


def _config() -> dict[str, Any]:
    def waiver(rule: str, i: int) -> dict[str, Any]:
        reason = f"{EVERYTHING}\n{said(f'reason{rule}', i)}"
        return {"rule": rule, "reason": reason, "owner": said(f"owner{rule}", i), "until": "2027-01-31"}

    return {
        "format": "assess.config/1",
        "team": EVERYTHING,
        "questionnaire": "questions",
        "rules": {"stale": ["error", {"max_age": "1d"}], "coverage": ["error", {"min": 1.0}]},
        "waivers": [waiver("stale", numbered("command-below")), waiver("coverage", numbered("blocks"))],
    }


def numbered(name: str) -> int:
    """The number of a payload that a file may hold, by its name."""
    return next(i for i, payload in enumerate(ALLOWED) if payload.name == name)


def _round(name: str, **changes: Any) -> dict[str, Any]:
    about = {"format": "assess.round/1", "round": name, "team": EVERYTHING, "state": "closed", "asked": "full"}
    return {**about, "questionnaire": {"id": "hostile", "version": EVERYTHING}, **changes}


def _sheet(round_: str, person: str) -> dict[str, Any]:
    """People are two camps and fall or rise from round to round; one question stays open."""
    later, team = round_ != ROUNDS[0], person == "team"
    who = 0 if team else len(person)

    def answer(i: int) -> dict[str, Any]:
        field = f"{round_[-2:]}{person}"
        level = (3 if (i % 2 == 0) == later else 0) if who % 2 else 1
        evidence = [ALLOWED[i].text, said(f"{field}evidence", i)]
        given = {"answer": level, "note": said(f"{field}note", i), "evidence": evidence, "discuss": who % 2 == 1}
        if team:
            given |= {"reason": said(f"{field}reason", i), "dissent": said(f"{field}dissent", i)}
            given["goal"] = {"level": 2, "reason": said(f"{field}goal", i)}
        elif i % 7 == 3 and person == "bob":
            given |= {"answer": "not-applicable", "reason": said(f"{field}reason", i)}
        return given

    sheet = {
        "format": "assess.answers/1",
        "questionnaire": {"id": "hostile", "version": EVERYTHING},
        "team": EVERYTHING,
        "round": round_,
        "respondent": person,
        "asked": "full",
        "answered": "2026-11-16" if later else "2026-08-16",
        "answers": _by_practice(answer),
    }
    if team:
        sheet["actions"] = _each(lambda i: _action(round_, i))
    else:
        del sheet["answers"][practice(0)]
    return sheet


def _action(round_: str, i: int) -> dict[str, Any]:
    field = f"{round_[-2:]}action"
    texts = {key: said(f"{field}{key}", i) for key in ("text", "owner", "why")}
    state = ("open", "done", "dropped", "open")[i % 4]
    return {"id": f"{round_[-2:]}-{i:02}", "practice": practice(i), **texts, "due": "2026-11-01", "state": state}


def wrong(payload: Payload) -> Iterator[tuple[str, str, list[int]]]:
    """Files in which every value that is no free text is the payload: name, text, and the lines that are wrong."""
    given = json.dumps(payload.text, ensure_ascii=False)
    for kind, text in WRONG.items():
        lines = [number for number, line in enumerate(text.splitlines(), start=1) if "HERE" in line]
        yield f"{kind}-{payload.name}.yaml", text.replace("HERE", given), lines


WRONG = {
    "answers": """\
format: assess.answers/1
questionnaire:
  id: HERE
  version: "1"
team: t
round: HERE
respondent: HERE
asked: HERE
answered: HERE
answers:
  HERE: 3
  no-meeting-days: HERE
  embedded-specialists:
    answer: HERE
    discuss: HERE
    goal:
      level: HERE
      reason: x
    HERE: x
actions:
  - id: HERE
    practice: HERE
    text: x
    due: HERE
    state: HERE
HERE: x
""",
    "round": """\
format: assess.round/1
round: HERE
team: t
state: HERE
privacy: HERE
asked: HERE
questionnaire:
  id: HERE
  version: "1"
expected: HERE
HERE: x
""",
    "config": """\
format: assess.config/1
baselines:
  - HERE
rules:
  preset: HERE
  stale: HERE
  coverage:
    - HERE
    - min: HERE
  HERE: warn
waivers:
  - rule: HERE
    practice: HERE
    reason: x
    owner: x
    until: HERE
HERE: x
""",
    "baseline": """\
format: assess.baseline/1
id: HERE
questionnaire: HERE
title: x
sources:
  - id: HERE
    title: x
    author: x
    date: x
levels:
  HERE: null
  no-meeting-days:
    level: HERE
    confidence: HERE
    source: HERE
    where: x
    says: x
""",
    "questionnaire": """\
format: assess.questionnaire/1
id: HERE
version: "1"
title: x
language: HERE
pairs:
  - practices:
      - HERE
      - HERE
    why: x
moved:
  HERE: a
  b: HERE
retired:
  HERE: x
dimensions:
  - id: HERE
    title: x
    weight: HERE
    group: HERE
    practices:
      - id: HERE
        title: x
        weight: HERE
        pulse: HERE
        sensitive: HERE
        goal: HERE
        cap: HERE
        question: x
        levels:
          - no
          - text: yes
            value: HERE
        evidence:
          grade: HERE
          says: x
""",
    "counts": """\
format: assess.counts/1
questionnaire:
  id: HERE
  version: "1"
team: t
round: HERE
asked: HERE
published: HERE
respondents: HERE
practices:
  HERE:
    levels: [0, 0]
    dont-know: 0
    not-applicable: 0
  no-meeting-days:
    levels:
      - HERE
      - 0
    dont-know: HERE
    not-applicable: HERE
""",
    "translation": """\
format: assess.translation/1
questionnaire:
  id: HERE
  version: "1"
language: HERE
dimensions:
  HERE:
    title: x
practices:
  HERE:
    title: x
baselines:
  HERE:
    title: x
""",
    "keys": """\
format: assess.keys/1
keys:
  next: HERE
HERE: x
""",
}
"""Files of every kind with `HERE` wherever the type of a value leaves no room for a text."""
