"""`assess schema`: JSON Schemas for editors, with the questions of the questionnaire in use."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from os.path import relpath
from pathlib import Path

from assess.commands import Context, Exit
from assess.core.finding import Finding, did_you_mean, has_errors
from assess.core.glossary import KINDS as TOLD
from assess.core.message import message
from assess.core.questionnaire import Questionnaire
from assess.files import builtin, languages, save
from assess.files.load import KINDS, load, shown
from assess.files.reason import reason
from assess.files.repository import ASSESSMENTS, CONFIG, ROUND, Purpose, Repository, UsageError, paths_root
from assess.i18n import _, available, ngettext, translate
from assess.render import json, text
from assess.render.schema import RESULT, schema
from assess.render.schema_practices import Known, tailored


def run(context: Context, args: Namespace) -> int:
    """List the kinds, print the schema of one, or write them to a folder."""
    names = sorted([*KINDS, RESULT])
    if args.kind is not None and args.kind not in names:
        what = message("there is no kind “{kind}”", kind=args.kind)
        raise UsageError(Finding("unknown-kind", what, hint=did_you_mean(args.kind, names)))
    repository = context.open(Purpose.SHOW)
    if args.kind is None and args.write is None:
        width = max(map(len, names))
        context.put("".join(f"{name:<{width}}  {translate(TOLD[name])}\n" for name in names))
        return Exit.PASSED
    faults = [f for f in repository.findings if f.path in _asked_in(repository) and has_errors([f])]
    context.say(*(text.finding_line(fault) for fault in faults))
    if repository.questionnaire is None:
        return Exit.INVALID
    known = _known(repository, repository.questionnaire)
    texts = {name: _schema(name, known) for name in ([args.kind] if args.kind else names)}
    if args.write is None:
        context.put("".join(texts.values()))
        return Exit.PASSED
    return _write(context, repository, Path(args.write), texts)


def _asked_in(repository: Repository) -> tuple[str, str]:
    """The files that the questions shown come from; what is wrong in any other is not in the way."""
    path = repository.questionnaire_path
    return shown(path), shown(path.parent / "translations" / f"{repository.language}.yaml")


def _known(repository: Repository, questionnaire: Questionnaire) -> Known:
    path = repository.questionnaire_path
    original = load(path, Questionnaire).value
    assert original is not None, "it was valid a moment ago"
    baselines = languages.baselines_beside(path)
    titles = {baseline.id: baseline.title for baseline in (*baselines, *repository.baselines)}
    return Known(
        questionnaire=questionnaire,
        original=original,
        baselines=baselines,
        baseline_titles={name: titles.get(name, name) for name in languages.beside(path, "baselines")},
        questionnaires=tuple(builtin.questionnaires()),
        languages=tuple(dict.fromkeys((original.language, *languages.beside(path, "translations"), *available()))),
    )


def _schema(kind: str, known: Known) -> str:
    made = schema(kind) if kind == RESULT else schema(kind, KINDS[kind])
    return json.dump(tailored(kind, made, known))


def _write(context: Context, repository: Repository, folder: Path, texts: Mapping[str, str]) -> int:
    paths = {kind: folder / f"{kind}.schema.json" for kind in texts}
    try:
        for kind, path in paths.items():
            save.write(path, texts[kind])
    except OSError as error:
        why = translate(reason(error))
        context.say(_("Cannot write to {place}: {reason}").format(place=shown(folder), reason=why))
        return Exit.ENVIRONMENT
    context.say(
        ngettext("{n} schema is in {folder}.", "{n} schemas are in {folder}.", len(paths)).format(
            n=len(paths), folder=shown(folder)
        )
    )
    places = _places(repository)
    connected = {path.resolve(): places[kind] for kind, path in paths.items() if places.get(kind)}
    if connected:
        context.say(*_connecting(paths_root(repository.root), connected))
    return Exit.PASSED


def _places(repository: Repository) -> dict[str, tuple[Path, ...]]:
    """Where the files of each kind lie; shipped ones are nobody's to edit."""
    rounds = repository.root / ASSESSMENTS / "*"
    places = {
        "answers": (rounds / "answers" / "*.yaml", rounds / "team.yaml"),
        "round": (rounds / ROUND,),
        "config": (repository.root / CONFIG,),
    }
    path = repository.questionnaire_path.resolve()
    if repository.questionnaire_path in builtin.questionnaires().values():
        return places
    beside = {"baseline": "baselines", "translation": "translations"}
    own = {kind: (path.parent / folder / "*.yaml",) for kind, folder in beside.items()}
    return {**places, "questionnaire": (path,), **own}


def _connecting(base: Path, connected: Mapping[Path, tuple[Path, ...]]) -> list[str]:
    """The lines that connect an editor: one in each file, or all of them at once for VS Code."""
    said = [_("To connect an editor, make this the first line of a file:")]
    for path, places in connected.items():
        for place in places:
            said.append(f"    {_from(base, place)}")
            way = _from(place.parent, path).replace("%", "%25").replace(" ", "%20")  # a blank would end it
            said.append(f"        # yaml-language-server: $schema={way}")
    # with `./` before it: Zed takes a path for a relative one only so
    mapping = {f"./{_from(base, path)}": [_from(base, p) for p in places] for path, places in connected.items()}
    lines = json.dump({"yaml.schemas": mapping}).splitlines()[1:-1]
    said.append(_("Or, in VS Code, put this into .vscode/settings.json:"))
    return [*said, *(f"  {line}" for line in lines)]


def _from(folder: Path, path: Path) -> str:
    """The way from a folder to a path, with `/`."""
    return Path(relpath(path, folder)).as_posix()
