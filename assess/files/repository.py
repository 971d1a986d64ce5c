"""A team's folder as a whole: configuration, questionnaire, baselines and rounds, with every finding."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel
from pydantic_core import PydanticCustomError

from assess.core import consistency
from assess.core.answers import TEAM, Sheet
from assess.core.config import Config
from assess.core.finding import Finding, did_you_mean, has_errors
from assess.core.message import message
from assess.core.questionnaire import Baseline, Questionnaire, check_name
from assess.core.round import Assessment, Round, by_newest_answer
from assess.files import builtin
from assess.files.load import Loaded, load, shown
from assess.files.yamldoc import Document

Model = TypeVar("Model", bound=BaseModel)

CONFIG = "assess.yaml"
ROUND = "round.yaml"
ASSESSMENTS = "assessments"
DEFAULT_QUESTIONNAIRE = "shipping-practices"


class UsageError(Exception):
    """What was asked for on the command line or in `assess.yaml` cannot be done; exit code 2."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(*(str(finding.message) for finding in findings))
        self.findings = findings


def find_root(start: Path) -> Path:
    """The folder to work in: the nearest one upward with `assess.yaml` or `assessments/`, else `start`.

    The search ends at the git root, so that one team never finds its neighbour's answers.
    """
    for folder in (start, *start.parents):
        if (folder / CONFIG).is_file() or (folder / ASSESSMENTS).is_dir():
            return folder
        if (folder / ".git").exists():
            break
    return start


@dataclass(frozen=True, slots=True)
class Repository:
    """All that was read, valid or not.

    `questionnaire` is None when it is not valid; `assessments` are oldest first and hold the valid sheets.
    `documents` are the files by path as shown, for gates that point into them.
    """

    root: Path
    config: Config
    questionnaire_path: Path
    questionnaire: Questionnaire | None
    baselines: tuple[Baseline, ...]
    assessments: tuple[Assessment, ...]
    findings: tuple[Finding, ...]
    documents: dict[str, Document] = field(default_factory=dict)

    @property
    def valid(self) -> bool:
        """Whether nothing in any file is an error."""
        return not has_errors(self.findings)

    @property
    def newest(self) -> Assessment | None:
        """The newest round, if there is any."""
        return self.assessments[-1] if self.assessments else None

    def round(self, name: str | None) -> Assessment | None:
        """The round of this name, or the newest. Raises UsageError for a name that does not exist."""
        if name is None:
            return self.newest
        found = next((a for a in self.assessments if a.name == name), None)
        if found is None:
            what = message("there is no round “{name}” here", name=name)
            names = [a.name for a in self.assessments]
            raise UsageError(Finding("unknown-round", what, hint=did_you_mean(name, names) if names else None))
        return found

    def earlier(self, assessment: Assessment) -> tuple[Assessment, ...]:
        """The rounds before this one, oldest first."""
        return self.assessments[: self.assessments.index(assessment)]

    def folder(self, round_name: str) -> Path:
        """The folder of a round, whether it exists or not."""
        return self.root / ASSESSMENTS / round_name

    def sheet_path(self, round_name: str, respondent: str) -> Path:
        """Where a respondent's sheet lies."""
        folder = self.folder(round_name)
        return folder / "team.yaml" if respondent == TEAM else folder / "answers" / f"{respondent}.yaml"


def open_repository(start: Path, *, config: Path | None = None, questionnaire: str | None = None) -> Repository:
    """Read everything below the folder that `start` belongs to.

    `questionnaire` (an id, a file or its folder, relative to the working folder) goes before the one that
    `assess.yaml` names. Raises UsageError when the configuration names something that does not exist.
    """
    root = find_root(start)
    reader = _Reader(root)
    settings = reader.config(config or root / CONFIG, must_exist=config is not None)
    rounds = reader.round_folders()
    questions = reader.questionnaire(questionnaire, settings, rounds)
    baselines = reader.baselines(questions.path, questions.value, settings)
    assessments = [reader.assessment(folder, questions.value) for folder in rounds]
    return Repository(
        root=root,
        config=settings,
        questionnaire_path=questions.path,
        questionnaire=questions.value,
        baselines=baselines,
        assessments=by_newest_answer(tuple(assessments)),
        findings=tuple(sorted(reader.findings, key=lambda f: f.order)),
        documents=reader.documents,
    )


class _Reader:
    """Collects findings and documents while files are read."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.findings: list[Finding] = []
        self.documents: dict[str, Document] = {}

    def keep(self, loaded: Loaded[Model], extra: Iterable[Finding] = ()) -> Model | None:
        """Note a file and everything found in it; give its value when it is valid."""
        loaded = loaded.also(extra)
        self.documents[loaded.document.path] = loaded.document
        self.findings.extend(loaded.findings)
        return loaded.value

    def config(self, path: Path, *, must_exist: bool) -> Config:
        if not path.is_file() and not must_exist:
            return Config()
        value = self.keep(load(path, Config))
        if value is None:
            raise UsageError(*self.findings)
        return value

    def questionnaire(self, flag: str | None, settings: Config, rounds: Sequence[Path]) -> Loaded[Questionnaire]:
        path = self._questionnaire_path(flag, settings, rounds)
        loaded = load(path, Questionnaire)
        if loaded.value is not None:
            loaded = loaded.also(consistency.check_questionnaire(loaded.value))
        self.keep(loaded)
        return loaded

    def _questionnaire_path(self, flag: str | None, settings: Config, rounds: Sequence[Path]) -> Path:
        if flag is not None:
            return _find_questionnaire(flag, Path())
        if settings.questionnaire is not None:
            inside = self.root / settings.questionnaire
            if "/" in settings.questionnaire and not _within(inside, self.root):
                what = message("“{path}” leads out of the folder", path=settings.questionnaire)
                raise UsageError(Finding("path-escape", what, path=shown(self.root / CONFIG)))
            return _find_questionnaire(settings.questionnaire, self.root)
        return _find_questionnaire(self._asked_before(rounds) or DEFAULT_QUESTIONNAIRE, self.root)

    def _asked_before(self, rounds: Sequence[Path]) -> str | None:
        """The built-in questionnaire that the rounds here were made with."""
        for folder in reversed(rounds):
            value = load(folder / ROUND, Round).value
            if value is not None and value.questionnaire.id in builtin.questionnaires():
                return value.questionnaire.id
        return None

    def baselines(
        self, beside: Path, questionnaire: Questionnaire | None, settings: Config
    ) -> tuple[Baseline, ...]:
        found = {path.stem: path for path in sorted((beside.parent / "baselines").glob("*.yaml"))}
        wanted = settings.baselines if settings.baselines is not None else tuple(found)
        valid = []
        for name in wanted:
            if name not in found:
                what = message("there is no baseline “{name}” beside the questionnaire", name=name)
                raise UsageError(Finding("unknown-baseline", what, hint=did_you_mean(name, tuple(found))))
            loaded = load(found[name], Baseline)
            if loaded.value is not None and questionnaire is not None:
                loaded = loaded.also(consistency.check_baseline(loaded.value, questionnaire))
            value = self.keep(loaded)
            if value is not None:
                valid.append(value)
        return tuple(valid)

    def round_folders(self) -> list[Path]:
        base = self.root / ASSESSMENTS
        if not base.is_dir():
            return []
        folders = [path for path in sorted(base.iterdir()) if path.is_dir() and not path.name.startswith(".")]
        self._names([path.name for path in folders], base)
        return folders

    def _names(self, names: Sequence[str], where: Path) -> None:
        """Names that no machine tells apart, or that our files may not carry."""
        for one, other in consistency.twins_in_case(names):
            what = message("“{a}” and “{b}” differ in case only; some machines cannot keep both", a=one, b=other)
            self.findings.append(Finding("twins-in-case", what, path=shown(where / other)))
        for name in names:
            try:
                check_name(unicodedata.normalize("NFC", name))
            except PydanticCustomError:
                what = message("not a name: letters, digits and - _ . only, at most 64, not starting with a dot")
                self.findings.append(Finding("bad-name", what, path=shown(where / name)))

    def assessment(self, folder: Path, questionnaire: Questionnaire | None) -> Assessment:
        name = unicodedata.normalize("NFC", folder.name)
        round_ = self._round(folder, name, questionnaire)
        paths = sorted((folder / "answers").glob("*.yaml")) if (folder / "answers").is_dir() else []
        self._names([path.stem for path in paths], folder / "answers")
        self._strays(folder / "answers")
        sheets = [self._sheet(p, unicodedata.normalize("NFC", p.stem), name, round_, questionnaire) for p in paths]
        team = folder / "team.yaml"
        return Assessment(
            name=name,
            round=round_,
            sheets=tuple(sheet for sheet in sheets if sheet is not None),
            team_sheet=self._sheet(team, TEAM, name, round_, questionnaire) if team.exists() else None,
        )

    def _strays(self, answers: Path) -> None:
        for path in sorted(answers.glob("*.yml")) if answers.is_dir() else []:
            what = message("this file is not read: its name must end in .yaml")
            self.findings.append(Finding("stray-file", what, path=shown(path)))

    def _round(self, folder: Path, name: str, questionnaire: Questionnaire | None) -> Round | None:
        path = folder / ROUND
        if not path.exists():
            return None
        loaded = load(path, Round)
        if loaded.value is not None:
            loaded = loaded.also(consistency.check_round_place(loaded.value, name))
        if loaded.value is not None and questionnaire is not None:
            loaded = loaded.also(consistency.check_round(loaded.value, questionnaire))
        return self.keep(loaded)

    def _sheet(
        self,
        path: Path,
        respondent: str,
        round_name: str,
        round_: Round | None,
        questionnaire: Questionnaire | None,
    ) -> Sheet | None:
        if not _within(path, self.root):
            what = message("this link leads out of the folder and is not read")
            self.findings.append(Finding("path-escape", what, path=shown(path)))
            return None
        loaded = load(path, Sheet)
        sheet = loaded.value
        if sheet is None:
            return self.keep(loaded)
        extra = [*consistency.check_place(sheet, respondent=respondent, round_=round_name)]
        if round_ is not None:
            extra += consistency.check_fits_round(sheet, round_)
        if questionnaire is not None:
            extra += consistency.check_sheet(sheet, questionnaire)
        return self.keep(loaded, extra)


def _within(path: Path, folder: Path) -> bool:
    """Whether a path, with every link followed, stays inside the folder."""
    return path.resolve().is_relative_to(folder.resolve())


def _find_questionnaire(name: str, base: Path) -> Path:
    """The file of a questionnaire given as a built-in id, a file, or its folder. Raises UsageError."""
    known = builtin.questionnaires()
    if name in known:
        return known[name]
    path = base / name
    for candidate in (path, path / "questionnaire.yaml"):
        if candidate.is_file():
            return candidate
    what = message("there is no questionnaire “{name}”: neither built in nor a file", name=name)
    raise UsageError(Finding("unknown-questionnaire", what, hint=did_you_mean(name, tuple(known))))
