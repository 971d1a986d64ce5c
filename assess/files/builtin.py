"""Where the shipped questionnaires and report templates are: in the package, or beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

from assess.files.folders import is_file


def folder(name: str) -> Path:
    """The shipped folder `questionnaires` or `reports`.

    A built package carries the two folders inside itself; an editable install and a bare checkout have them
    beside the package. Raises FileNotFoundError when neither is there, which is a broken installation.
    """
    package = Path(__file__).parent.parent
    for candidate in (package / name, package.parent / name):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"the installation is incomplete: no folder {name!r} in or beside {package}")


def questionnaires() -> dict[str, Path]:
    """The built-in questionnaires: id to `questionnaire.yaml`, by id."""
    found = sorted(folder("questionnaires").glob("*/questionnaire.yaml"))
    return {path.parent.name: path for path in found}


def is_one(questionnaire: Path) -> bool:
    """Whether this is the file of a built-in questionnaire."""
    return questionnaire in questionnaires().values()


def find(name: str, base: Path) -> Path | None:
    """The file of a questionnaire given as a built-in id, or as a file or its folder below `base`."""
    known = questionnaires()
    if name in known:
        return known[name]
    path = base / name
    return next((file for file in (path, path / "questionnaire.yaml") if is_file(file)), None)
