"""A team's folder as a whole: configuration, questionnaire, baselines and rounds, with every finding."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from assess.core import consistency
from assess.core.answers import TEAM, Sheet
from assess.core.config import Config
from assess.core.counts import Counts
from assess.core.finding import Finding, did_you_mean, has_errors
from assess.core.message import message
from assess.core.questionnaire import Baseline, Questionnaire
from assess.core.round import Assessment, Round, by_newest_answer
from assess.core.text import quoted
from assess.core.translation import Translation, translated, translated_baseline
from assess.files import authored, builtin, folders, languages
from assess.files.folders import LEADS_OUT, is_file, is_folder, is_link, is_there, within
from assess.files.languages import Tongue
from assess.files.load import Loaded, load, refused
from assess.files.yamldoc import Document

Model = TypeVar("Model", bound=BaseModel)

CONFIG = "assess.yaml"
ROUND = "round.yaml"
COUNTS = "counts.yaml"
ASSESSMENTS = "assessments"
DEFAULT_QUESTIONNAIRE = "shipping-practices"


class UsageError(Exception):
    """What was asked for on the command line or in `assess.yaml` cannot be done; exit code 2."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(*(str(finding.message) for finding in findings))
        self.findings = findings


def is_root(folder: Path) -> bool:
    """Whether a team works in this very folder."""
    return is_file(folder / CONFIG) or is_folder(folder / ASSESSMENTS)


def find_root(start: Path) -> Path:
    """The folder to work in: the nearest one upward with `assess.yaml` or `assessments/`, else `start`.

    The search ends at the git root, so that one team never finds its neighbour's answers.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if is_root(folder):
            return folder
        if is_there(folder / ".git"):
            break
    return start


def paths_root(root: Path) -> Path:
    """What paths inside files are relative to, and may not leave: the git root, else the folder itself."""
    return next((folder for folder in (root, *root.parents) if is_there(folder / ".git")), root)


@dataclass(frozen=True, slots=True)
class Repository:
    """All that was read, valid or not.

    `questionnaire` is None when it is not valid; it and the baselines are in `language` as far as they are
    translated. `assessments` are oldest first and hold the valid sheets. `documents` are the files by path as
    shown, for gates that point into them.
    """

    root: Path
    config: Config
    questionnaire_path: Path
    questionnaire: Questionnaire | None
    baselines: tuple[Baseline, ...]
    language: str
    assessments: tuple[Assessment, ...]
    findings: tuple[Finding, ...]
    documents: dict[str, Document] = field(default_factory=dict)

    @property
    def valid(self) -> bool:
        """Whether nothing in any file is an error."""
        return not has_errors(self.findings)

    @property
    def newest(self) -> Assessment | None:
        """The newest round that somebody has answered, else the newest at all, if there is any."""
        answered = (a for a in reversed(self.assessments) if a.has_answers)
        return next(answered, self.assessments[-1] if self.assessments else None)

    def round(self, name: str | None) -> Assessment | None:
        """The round of this name, or the newest. Raises UsageError for a name that does not exist."""
        if name is None:
            return self.newest
        found = next((a for a in self.assessments if a.name == name), None)
        if found is None:
            what = message("there is no round “{name}” here", name=quoted(name))
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


class Purpose(Enum):
    """What a folder is read for: only what is needed is read, and only that can be in the way."""

    SHOW = "show"
    """Everything."""
    CHECK = "check"
    """Everything of the team's own; built-in baselines are valid, and no gate looks at them."""
    ANSWER = "answer"
    """No baselines, and of the translations the one that is shown: a fault in another keeps nobody away."""


def open_repository(
    start: Path,
    *,
    config: Path | None = None,
    questionnaire: str | None = None,
    purpose: Purpose = Purpose.SHOW,
    tongue: Tongue = Tongue(),  # noqa: B008  (frozen)
) -> Repository:
    """Read everything below the folder that `start` belongs to.

    `questionnaire` (an id, a file or its folder, relative to the working folder) goes before the one that
    `assess.yaml` names. Raises UsageError when the configuration is not valid (with all else that was found) or
    names something that does not exist.
    """
    root = find_root(start)
    reader = _Reader(root)
    settings = reader.config(config or root / CONFIG, must_exist=config is not None)
    rounds = reader.round_folders()
    if settings is None:
        for folder in rounds:
            reader.assessment(folder, None)
        raise UsageError(*sorted(reader.findings, key=lambda f: f.order))
    questions = reader.questionnaire(questionnaire, settings, rounds, purpose)
    baselines = reader.baselines(questions, settings, purpose)
    assessments = [reader.assessment(folder, questions.value) for folder in rounds]
    language, translation = reader.translation(questions, tongue, settings, purpose)
    if purpose is Purpose.CHECK and any(a.only_counts for a in assessments):
        from assess.files import kept_out  # only those who need it pay for it

        reader.findings += kept_out.findings(root / ASSESSMENTS, assessments, reader.documents)
    asked = questions.value
    if asked is not None and translation is not None:
        baselines = tuple(translated_baseline(b, translation, asked) for b in baselines)
        asked = translated(asked, translation)
    return Repository(
        root=root,
        config=settings,
        questionnaire_path=questions.path,
        questionnaire=asked,
        baselines=baselines,
        language=language,
        assessments=by_newest_answer(tuple(assessments)),
        findings=tuple(sorted(reader.findings, key=lambda f: f.order)),
        documents=reader.documents,
    )


class _Reader:
    """Collects findings and documents while files are read."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.inside = paths_root(root)
        self.settings_document: Document | None = None
        self.findings: list[Finding] = []
        self.documents: dict[str, Document] = {}
        self._folders: dict[Path, bool] = {}

    def keep(self, loaded: Loaded[Model], extra: Iterable[Finding] = ()) -> Model | None:
        """Note a file and everything found in it; give its value when it is valid."""
        loaded = loaded.also(extra)
        self.documents[loaded.document.path] = loaded.document
        self.findings.extend(loaded.findings)
        return loaded.value

    def read(self, path: Path, model: type[Model]) -> Loaded[Model]:
        """Read one of the team's own files, unless it is a link to somewhere else."""
        if self._inside(path):
            return load(path, model)
        return refused(path, LEADS_OUT)

    def _inside(self, path: Path) -> bool:
        """Whether a file stays in the folder; what leads to it is looked at once for all files beside it."""
        if is_link(path):
            return within(path, self.inside)
        if path.parent not in self._folders:
            self._folders[path.parent] = within(path.parent, self.inside)
        return self._folders[path.parent]

    def config(self, path: Path, *, must_exist: bool) -> Config | None:
        """The settings; None when they are not valid."""
        self.findings += folders.strays(self.listed(self.root), {CONFIG.removesuffix(".yaml")})
        if not must_exist and not is_there(path):
            return Config.model_construct()
        loaded = load(path, Config) if must_exist else self.read(path, Config)
        self.settings_document = loaded.document
        return self.keep(loaded)

    def _wrong_setting(self, finding: Finding) -> UsageError:
        document = self.settings_document
        return UsageError(finding if document is None else document.placed(finding))

    def questionnaire(
        self, flag: str | None, settings: Config, rounds: Sequence[Path], purpose: Purpose
    ) -> Loaded[Questionnaire]:
        path = self._questionnaire_path(flag, settings, rounds)
        loaded = authored.questionnaire(path, thorough=purpose is Purpose.CHECK and not builtin.is_one(path))
        self.keep(loaded)
        return loaded

    def _questionnaire_path(self, flag: str | None, settings: Config, rounds: Sequence[Path]) -> Path:
        if flag is not None:
            path = builtin.find(flag, Path())
            if path is None:
                raise UsageError(_no_questionnaire(flag))
            return path
        known = builtin.questionnaires()
        name = settings.questionnaire
        if name is None:
            return known[self._asked_before(rounds) or DEFAULT_QUESTIONNAIRE]
        path = builtin.find(name, self.inside)
        if name not in known and not within(path or self.inside / name, self.inside):
            what = message("“{path}” leads out of the folder", path=quoted(name))
            raise self._wrong_setting(Finding("path-escape", what, route=("questionnaire",)))
        if path is None:
            raise self._wrong_setting(_no_questionnaire(name))
        return path

    def _asked_before(self, rounds: Sequence[Path]) -> str | None:
        """The built-in questionnaire that the rounds here were made with."""
        for folder in reversed(rounds):
            value = self.read(folder / ROUND, Round).value
            if value is not None and value.questionnaire.id in builtin.questionnaires():
                return value.questionnaire.id
        return None

    def baselines(
        self, questions: Loaded[Questionnaire], settings: Config, purpose: Purpose
    ) -> tuple[Baseline, ...]:
        if purpose is Purpose.ANSWER:
            return ()
        found = languages.beside(questions.path, "baselines")
        own = not builtin.is_one(questions.path)
        if own:
            self.findings += folders.strays(
                self.listed(questions.path.parent / "baselines", questions.path.parent)
            )
        wanted = settings.baselines if settings.baselines is not None else tuple(found)
        valid = []
        for position, name in enumerate(wanted):
            if name not in found:
                what = message("there is no baseline “{name}” beside the questionnaire", name=name)
                hint = did_you_mean(name, tuple(found))
                route = ("baselines", position)
                raise self._wrong_setting(Finding("unknown-baseline", what, hint=hint, route=route))
            if purpose is Purpose.CHECK and not own:
                continue
            value = self.keep(authored.baseline(found[name], questions.value))
            if value is not None:
                valid.append(value)
        return tuple(valid)

    def translation(
        self, questions: Loaded[Questionnaire], tongue: Tongue, settings: Config, purpose: Purpose
    ) -> tuple[str, Translation | None]:
        """The language to speak, and the questionnaire's texts in it.

        A questionnaire of one's own is read with all its translations, so that what is wrong in them is found in
        whatever language somebody works; of a built-in one, and for who answers, only what is shown is read.
        """
        try:
            spoken = languages.spoken(questions, tongue, settings.language)
        except languages.UnknownLanguageError as error:
            what = message("the language “{tag}” is not available", tag=quoted(error.wanted))
            hint = did_you_mean(error.wanted, error.known)
            finding = Finding("unknown-language", what, hint=hint, route=("language",))
            raise (UsageError(finding) if tongue.flag is not None else self._wrong_setting(finding)) from None
        if builtin.is_one(questions.path):
            value = None if spoken.path is None else load(spoken.path, Translation).value
            return spoken.language, value
        values = {}
        self.findings += folders.strays(self.listed(questions.path.parent / "translations", questions.path.parent))
        for path in languages.beside(questions.path, "translations").values():
            if path == spoken.path or purpose is not Purpose.ANSWER:
                thorough = purpose is Purpose.CHECK
                judged = languages.judged(path, questions.value, questions.path, thorough=thorough)
                values[path] = self.keep(judged)
        return spoken.language, None if spoken.path is None else values[spoken.path]

    def listed(self, folder: Path, inside: Path | None = None) -> list[Path]:
        """What lies in a folder of the team's, or in one that lies `inside` another."""
        paths, findings = folders.listed(folder, inside or self.inside)
        self.findings += findings
        return paths

    def round_folders(self) -> list[Path]:
        base = self.root / ASSESSMENTS
        if is_file(base):
            return []  # nothing can be read there; who wants to write is told what is in the way
        found, broken = folders.rounds(self.listed(base), self.inside)
        self.findings += (*broken, *folders.wrong_names(found))
        return list(found.values())

    def assessment(self, folder: Path, questionnaire: Questionnaire | None) -> Assessment:
        name = unicodedata.normalize("NFC", folder.name)
        round_ = self._round(folder, name, questionnaire)
        published = is_there(folder / COUNTS)
        # once counts are out nobody's sheet is read, so that nothing else of it can come out
        answers = [] if published else self.listed(folder / "answers")
        paths = folders.sheets(answers)
        strays = folders.strays((*answers, *self.listed(folder)))
        self.findings += (*folders.wrong_names(paths), *strays)
        sheets = []
        like: Round | Sheet | None = round_  # without a round.yaml all sheets must be like the first
        for stem, path in paths.items():
            sheet = self._sheet(path, unicodedata.normalize("NFC", stem), name, like, questionnaire)
            sheets += [] if sheet is None else [sheet]
            like = like or sheet
        team = folder / "team.yaml"
        return Assessment(
            name=name,
            round=round_,
            sheets=tuple(sheets),
            team_sheet=self._sheet(team, None, name, like, questionnaire) if is_there(team) else None,
            counts=self._counts(folder / COUNTS, name, round_, questionnaire) if published else None,
        )

    def _round(self, folder: Path, name: str, questionnaire: Questionnaire | None) -> Round | None:
        path = folder / ROUND
        if not is_there(path):
            return None
        loaded = self.read(path, Round)
        if loaded.value is None:
            return self.keep(loaded)
        extra = [*consistency.check_round_place(loaded.value, name)]
        if questionnaire is not None:
            extra += consistency.check_round(loaded.value, questionnaire)
        return self.keep(loaded, extra)

    def _counts(
        self, path: Path, round_name: str, round_: Round | None, questionnaire: Questionnaire | None
    ) -> Counts | None:
        loaded = self.read(path, Counts)
        if loaded.value is None:
            return self.keep(loaded)
        extra = [*consistency.check_counts_place(loaded.value, round_, round_name)]
        if questionnaire is not None:
            extra += consistency.check_counts(loaded.value, questionnaire)
        return self.keep(loaded, extra)

    def _sheet(
        self,
        path: Path,
        respondent: str | None,
        round_name: str,
        like: Round | Sheet | None,
        questionnaire: Questionnaire | None,
    ) -> Sheet | None:
        loaded = self.read(path, Sheet)
        sheet = loaded.value
        if sheet is None:
            return self.keep(loaded)
        extra = [*consistency.check_place(sheet, respondent=respondent, round_=round_name)]
        if like is not None:
            extra += consistency.check_fits_round(sheet, like)
        if questionnaire is not None:
            extra += consistency.check_sheet(sheet, questionnaire)
        return self.keep(loaded, extra)


def _no_questionnaire(name: str) -> Finding:
    what = message("there is no questionnaire “{name}”: neither built in nor a file", name=quoted(name))
    hint = did_you_mean(name, tuple(builtin.questionnaires()))
    return Finding("unknown-questionnaire", what, hint=hint, route=("questionnaire",))
