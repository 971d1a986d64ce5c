"""A made-up language: every letter changed, every text longer and in brackets.

What is read with plain letters was never translated, and a text without its closing bracket was cut.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import yaml
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from conftest import ROOT

from assess.core.questionnaire import Baseline, Questionnaire
from assess.files import builtin, languages
from assess.files.load import load

TAG = "en-XA"
"""The tag that CLDR keeps for such a language."""
OPEN, CLOSE = "⟦", "⟧"
_PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_CHANGED = "áƀçđéƒĝĥíĵķļɱñöþǫřšŧüṽŵẋýžÁƁÇĐÉƑĜĤÍĴĶĻṀÑÖÞǪŘŠŦÜṼŴẊÝŽ"
_LETTERS = str.maketrans(_PLAIN, _CHANGED)
_KEPT = re.compile(r"(\{\{|\}\}|\{[^{}]*\}|%\(\w+\)[sr]|%s)")


def pseudo(text: str) -> str:
    """The text in the made-up language; places for values stay.

    >>> pseudo("{n} file is valid.")
    '⟦{n} ƒíļé íš ṽáļíđ.~~~~⟧'
    """
    parts = _KEPT.split(text)
    changed = "".join(part if _KEPT.fullmatch(part) else part.translate(_LETTERS) for part in parts)
    lead = changed[: len(changed) - len(changed.lstrip())]
    tail = changed[len(changed.rstrip()) :]
    inner = changed.strip()
    longer = "~" * (len(inner) // 4) if re.search(r"\w{3}", inner) else ""
    return f"{lead}{OPEN}{inner}{longer}{CLOSE}{tail}" if inner else text


def write_catalogue(pot: Path, folder: Path) -> None:
    """Write the compiled catalogue below `folder`, where `i18n.LOCALE` is to point."""
    with pot.open("rb") as file:
        template = read_po(file)
    catalogue = Catalog(locale="en")
    for message in template:
        if not message.id:
            continue
        several = isinstance(message.id, list | tuple)
        said = tuple(pseudo(m) for m in message.id) if several else pseudo(str(message.id))
        catalogue.add(message.id, said, flags=message.flags)
    place = folder / TAG.replace("-", "_") / "LC_MESSAGES"
    place.mkdir(parents=True)
    with (place / "assess.mo").open("wb") as file:
        write_mo(file, catalogue)


def write_translation(questionnaire: Questionnaire, baselines: tuple[Baseline, ...], path: Path) -> None:
    """Write every text of a questionnaire and its baselines in the made-up language."""
    q = questionnaire
    data = {
        "format": "assess.translation/1",
        "questionnaire": {"id": q.id, "version": q.version},
        "language": TAG,
        "title": pseudo(q.title),
        "help": [{"title": pseudo(e.title), "text": pseudo(e.text)} for e in q.help],
        "dimensions": {d.id: {"title": pseudo(d.title), "asks": pseudo(d.asks or "")} for d in q.dimensions},
        "practices": {
            p.id: {
                "title": pseudo(p.title),
                "question": pseudo(p.question),
                "levels": [pseudo(level.text) for level in p.levels],
                "overdone": pseudo(p.overdone or ""),
                "next_step": pseudo(p.next_step or ""),
                "says": pseudo(p.evidence.says if p.evidence else ""),
            }
            for p in q.practices.values()
        },
        "pairs": [pseudo(pair.why) for pair in q.pairs],
        "baselines": {
            b.id: {
                "title": pseudo(b.title),
                "sources": {s.id: {"title": pseudo(s.title), "author": pseudo(s.author)} for s in b.sources},
                "limits": {s.id: pseudo(s.limits or "") for s in b.sources},
                "levels": {
                    p: {"where": pseudo(d.where), "says": pseudo(d.says)}
                    | ({"price": pseudo(d.price)} if d.price else {})
                    for p, d in b.levels.items()
                    if d is not None
                },
            }
            for b in baselines
        },
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(data, allow_unicode=True, width=10_000, sort_keys=False), encoding="utf-8")


def make_folder(base: Path) -> Path:
    """A team's folder with the shipped questionnaire as its own, translated; the catalogue beside it."""
    write_catalogue(ROOT / "assess/locale/assess.pot", base / "locale")
    path = builtin.questionnaires()["shipping-practices"]
    team = base / "team"
    shutil.copytree(path.parent, team / "q", ignore=shutil.ignore_patterns("translations"))
    questionnaire = load(path, Questionnaire).value
    assert questionnaire is not None
    write_translation(questionnaire, languages.baselines_beside(path), team / "q/translations" / f"{TAG}.yaml")
    (team / "assess.yaml").write_text(f"format: assess.config/1\nquestionnaire: q\nlanguage: {TAG}\n")
    return team


NAMES = ("ada", "payments", "ben")


def cited() -> tuple[str, ...]:
    """The words of what research is called: names of people, journals and books, which nobody translates."""
    questionnaire = load(builtin.questionnaires()["shipping-practices"], Questionnaire).value
    assert questionnaire is not None
    evidence = (practice.evidence for practice in questionnaire.practices.values())
    references = (reference for e in evidence if e is not None for reference in e.references)
    return tuple({word for reference in references for word in re.findall(r"[A-Za-z]+", reference)})


def untranslated(text: str, *data: str) -> list[str]:
    """Words in plain letters that are neither data nor inside places of the folder."""
    for known in sorted({*NAMES, *data}, key=len, reverse=True):
        text = re.sub(rf"(?<![A-Za-z]){re.escape(known)}(?![A-Za-z])", "", text)
    text = re.sub(r"\S*[/\\]\S*|\S+\.(?:yaml|html|csv|md)\b|\[[a-z-]+\]", "", text)
    return re.findall(r"[A-Za-z]{2,}", text)


def cut(text: str) -> bool:
    """Whether a text lost its end: a bracket opened and not closed, or an ellipsis of ours."""
    return text.count(OPEN) != text.count(CLOSE) or "…" in text
