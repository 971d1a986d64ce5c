"""A team's folder as a whole: where it is, which questionnaire, and every fault of every file at once."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from assess.files.load import shown
from assess.files.repository import Repository, UsageError, find_root, open_repository, paths_root

NFC, NFD = (unicodedata.normalize(form, "José") for form in ("NFC", "NFD"))

SHEET = """\
format: assess.answers/1
questionnaire: {{id: {questionnaire}, version: "1.0.0"}}
team: payments
round: {round}
respondent: {respondent}
asked: pulse
answered: {answered}
answers:
  {practice}: 1
"""
OWN = """\
format: assess.questionnaire/1
id: own
version: "1"
title: Own
language: en
dimensions:
  - {id: d, title: D, practices: [{id: quiet, title: Q, question: Q?, levels: ["no", "yes"]}]}
"""
BASELINE = """\
format: assess.baseline/1
id: ours
questionnaire: own
title: Ours
sources: [{id: s, title: S, author: A, date: "2026"}]
levels: {quiet: {level: 1, confidence: low, source: s, where: w, says: s}}
"""

Put = Callable[..., Path]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "repository"
    (folder / ".git").mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def put(root: Path) -> Put:
    def write(path: str, text: str) -> Path:
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    return write


@pytest.fixture
def put_sheet(put: Put) -> Put:
    def write(
        respondent: str = "alice", *, file: str | None = None, round_: str = "2026-Q4", folder: str | None = None,
        answered: str = "2026-11-02", questionnaire: str = "shipping-practices", practice: str = "no-meeting-days",
        under: str = "",
    ) -> Path:  # fmt: skip
        text = SHEET.format(
            respondent=respondent, round=round_, answered=answered, questionnaire=questionnaire, practice=practice
        )
        place = "team.yaml" if respondent == "team" else f"answers/{file or respondent}.yaml"
        return put(f"{under}assessments/{folder or round_}/{place}", text)

    return write


def said(repository: Repository) -> list[tuple[str, str]]:
    return [(f.place, f.rule) for f in repository.findings]


def refused(start: Path, **options: object) -> list[tuple[str, str]]:
    with pytest.raises(UsageError) as error:
        open_repository(start, **options)  # type: ignore[arg-type]
    return [(f.place, f.rule) for f in error.value.findings]


# where it is


def test_the_nearest_folder_upward_is_the_root(root: Path, put: Put) -> None:
    put("assess.yaml", "format: assess.config/1\n")
    below = root / "src" / "deep"
    below.mkdir(parents=True)

    assert find_root(below) == find_root(root) == root


def test_assessments_alone_make_a_root(root: Path, put_sheet: Put) -> None:
    put_sheet()

    assert find_root(root / "assessments" / "2026-Q4" / "answers") == root


def test_a_team_of_a_large_repository_has_its_own_root(root: Path, put: Put) -> None:
    put("assess.yaml", "format: assess.config/1\n")
    nearer = put("teams/payments/assess.yaml", "format: assess.config/1\n").parent

    assert find_root(nearer) == nearer


def test_the_search_ends_at_the_git_root(root: Path, put: Put) -> None:
    put("assess.yaml", "format: assess.config/1\n")
    inner = root / "vendor" / "other"
    (inner / ".git").mkdir(parents=True)
    (inner / "src").mkdir()

    assert find_root(inner / "src") == inner / "src"
    assert find_root(inner) == inner


def test_a_worktree_ends_the_search_too(root: Path, put: Put) -> None:
    put("assess.yaml", "format: assess.config/1\n")
    put("worktree/.git", "gitdir: elsewhere\n")

    assert find_root(root / "worktree") == root / "worktree"


def test_with_nothing_there_the_folder_itself_is_the_root(root: Path) -> None:
    (root / "src").mkdir()

    assert find_root(root / "src") == root / "src"


def test_a_relative_start_is_searched_from_all_the_same(
    root: Path, put_sheet: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_sheet()
    (root / "src").mkdir()

    assert find_root(Path("src")) == root
    monkeypatch.chdir(root / "src")
    assert find_root(Path()) == root
    assert find_root(Path("..") / "assessments") == root


def test_paths_in_files_start_at_the_git_root_else_at_the_folder(root: Path, tmp_path: Path) -> None:
    assert paths_root(root / "teams" / "payments") == root
    assert paths_root(tmp_path) == tmp_path


def test_an_empty_folder_is_a_repository_without_rounds(root: Path) -> None:
    repository = open_repository(root)

    assert repository.valid
    assert repository.newest is None
    assert repository.round(None) is None
    assert repository.questionnaire is not None
    assert repository.questionnaire.id == "shipping-practices"
    assert [b.id for b in repository.baselines] == ["chatgpt-2023", "codex-2025"]


# which questionnaire


@pytest.mark.parametrize("name", ["own/questionnaire.yaml", "own", "./own/"])
def test_a_questionnaire_is_a_file_or_its_folder(root: Path, put: Put, name: str) -> None:
    put("own/questionnaire.yaml", OWN)
    put("own/baselines/ours.yaml", BASELINE)
    put("assess.yaml", f"format: assess.config/1\nquestionnaire: {name}\n")

    repository = open_repository(root)

    assert repository.valid
    assert repository.questionnaire is not None
    assert repository.questionnaire.id == "own"
    assert [b.id for b in repository.baselines] == ["ours"]


def test_a_questionnaire_is_a_built_in_id(root: Path) -> None:
    repository = open_repository(root, questionnaire="shipping-practices")

    assert repository.questionnaire is not None
    assert repository.questionnaire.id == "shipping-practices"


def test_what_is_asked_for_goes_before_the_configuration(root: Path, put: Put) -> None:
    put("own/questionnaire.yaml", OWN)
    put("assess.yaml", "format: assess.config/1\nquestionnaire: shipping-practices\n")

    repository = open_repository(root, questionnaire="own")

    assert repository.questionnaire is not None
    assert repository.questionnaire.id == "own"


def test_a_path_in_the_configuration_starts_at_the_git_root(root: Path, put: Put) -> None:
    put("shared/own.yaml", OWN)
    config = put("teams/payments/assess.yaml", "format: assess.config/1\nquestionnaire: shared/own.yaml\n")

    repository = open_repository(config.parent)

    assert repository.root == config.parent
    assert repository.questionnaire is not None
    assert repository.questionnaire.id == "own"


@pytest.mark.parametrize("name", ["..", "../own", "/etc", "own/../../own"])
def test_a_path_in_the_configuration_stays_inside(root: Path, put: Put, name: str) -> None:
    put("../own/questionnaire.yaml", OWN)
    put("../questionnaire.yaml", OWN)
    put("assess.yaml", f"format: assess.config/1\nquestionnaire: {name}\n")

    assert refused(root) == [("assess.yaml:2:16", "path-escape")]


def test_a_link_in_the_configuration_stays_inside(root: Path, put: Put) -> None:
    put("../own.yaml", OWN)
    (root / "own.yaml").symlink_to(root.parent / "own.yaml")
    put("assess.yaml", "format: assess.config/1\nquestionnaire: own.yaml\n")

    assert refused(root) == [("assess.yaml:2:16", "path-escape")]


def test_an_unknown_questionnaire_is_named_with_the_nearest(root: Path) -> None:
    with pytest.raises(UsageError) as error:
        open_repository(root, questionnaire="shiping-practices")

    (finding,) = error.value.findings
    assert finding.rule == "unknown-questionnaire"
    assert str(finding.hint) == "did you mean “shipping-practices”?"


def test_an_invalid_questionnaire_is_found_and_the_sheets_are_still_read(
    root: Path, put: Put, put_sheet: Put
) -> None:
    put("own/questionnaire.yaml", OWN.replace("quiet", "not quiet"))
    put("assess.yaml", "format: assess.config/1\nquestionnaire: own\n")
    put_sheet(practice="whatever", questionnaire="own")
    put_sheet("bob", file="carol", questionnaire="own")

    repository = open_repository(root)

    assert repository.questionnaire is None
    assert said(repository) == [
        ("assessments/2026-Q4/answers/carol.yaml:5:13", "misplaced"),
        ("own/questionnaire.yaml:7:40", "wrong-value"),
    ]


# configuration


def test_a_configuration_can_lie_anywhere(root: Path, put: Put) -> None:
    elsewhere = put("../elsewhere.yaml", "format: assess.config/1\nteam: orders\n")

    assert open_repository(root, config=elsewhere).config.team == "orders"


def test_a_configuration_that_was_asked_for_must_be_there(root: Path) -> None:
    assert refused(root, config=root / "gone.yaml") == [("gone.yaml", "unreadable")]


def test_baselines_are_those_that_are_named(root: Path, put: Put) -> None:
    put("assess.yaml", "format: assess.config/1\nbaselines: [codex-2025]\n")

    assert [b.id for b in open_repository(root).baselines] == ["codex-2025"]


def test_no_baseline_is_a_choice(root: Path, put: Put) -> None:
    put("assess.yaml", "format: assess.config/1\nbaselines: []\n")

    assert open_repository(root).baselines == ()


# every fault of every file


def test_all_faults_of_all_files_are_found_at_once_in_one_order(root: Path, put: Put, put_sheet: Put) -> None:
    put_sheet("zoe", practice="no-meeting-day")
    put_sheet("bob", file="alice")
    put_sheet("mia", round_="2026-Q3", answered="soon")
    put("assessments/2026-Q4/round.yaml", "format: assess.round/1\nstate: ajar\n")
    put("assessments/2026-Q3/answers/noa.yaml", "")
    put_sheet("eve", practice="no-meeting-days: not-applicable\n  one-open-channel")

    findings = said(open_repository(root))

    assert findings == [
        ("assessments/2026-Q3/answers/mia.yaml:7:11", "wrong-value"),
        ("assessments/2026-Q3/answers/noa.yaml:1:1", "empty"),
        ("assessments/2026-Q4/answers/alice.yaml:5:13", "misplaced"),
        ("assessments/2026-Q4/answers/zoe.yaml:9:3", "unknown-practice"),
        ("assessments/2026-Q4/round.yaml:1:1", "missing-key"),
        ("assessments/2026-Q4/round.yaml:1:1", "missing-key"),
        ("assessments/2026-Q4/round.yaml:1:1", "missing-key"),
        ("assessments/2026-Q4/round.yaml:1:1", "missing-key"),
        ("assessments/2026-Q4/round.yaml:2:8", "wrong-value"),
        ("assessments/2026-Q4/answers/eve.yaml:9:20", "reason-missing"),
    ]


def test_the_order_in_which_a_disk_lists_files_never_matters(
    root: Path, put_sheet: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    for round_ in ("2026-Q3", "2026-Q4"):
        for name in ("alice", "bob", "carol"):
            put_sheet(name, round_=round_, practice="unknown" if name == "bob" else "no-meeting-days")
    straight = open_repository(root)
    listed, walked = os.listdir, os.scandir

    class Backwards:
        def __init__(self, path: str) -> None:
            with walked(path) as entries:
                self.entries = sorted(entries, key=lambda e: e.name, reverse=True)

        def __enter__(self) -> list[os.DirEntry[str]]:
            return self.entries

        def __exit__(self, *_: object) -> None: ...

    monkeypatch.setattr(os, "listdir", lambda path=".": sorted(listed(path), reverse=True))
    monkeypatch.setattr(os, "scandir", Backwards)

    backwards = open_repository(root)

    assert backwards.findings == straight.findings
    assert backwards.assessments == straight.assessments


def test_an_invalid_sheet_takes_nothing_from_the_others(root: Path, put_sheet: Put) -> None:
    put_sheet("alice")
    put_sheet("bob", practice="unknown")

    repository = open_repository(root)

    assert [s.respondent for s in repository.assessments[0].sheets] == ["alice"]
    assert not repository.valid
    assert "assessments/2026-Q4/answers/bob.yaml" in repository.documents


def test_reading_changes_no_file(root: Path, put: Put, put_sheet: Put) -> None:
    put("assess.yaml", "format: assess.config/1\n")
    put_sheet("bob", file="alice")
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}

    open_repository(root)

    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_links_inside_the_repository_are_followed(root: Path, put: Put, put_sheet: Put) -> None:
    real = put_sheet(under="shared/")
    folder = put("assessments/2026-Q4/round.txt", "").parent / "answers"
    folder.mkdir()
    (folder / "alice.yaml").symlink_to(real)

    repository = open_repository(root)

    assert repository.findings == ()
    assert [s.respondent for s in repository.assessments[0].sheets] == ["alice"]


# names


def test_names_are_composed_however_the_disk_keeps_them(root: Path, put_sheet: Put) -> None:
    put_sheet(NFC, file=NFD, round_=f"{NFC}-1", folder=f"{NFD}-1")

    repository = open_repository(root)

    assert repository.findings == ()
    assert [(a.name, [s.respondent for s in a.sheets]) for a in repository.assessments] == [(f"{NFC}-1", [NFC])]


def test_one_name_kept_in_two_ways_is_a_twin_and_not_two_people(root: Path, put_sheet: Put) -> None:
    put_sheet(NFC, file=NFC)
    put_sheet(NFC, file=NFD)

    (finding,) = open_repository(root).findings

    assert finding.rule == "twins-in-case"


def test_rounds_that_differ_in_case_only_are_twins(root: Path, put_sheet: Put) -> None:
    put_sheet(round_="2026-Q4")
    put_sheet(round_="2026-q4")

    assert said(open_repository(root)) == [("assessments/2026-q4", "twins-in-case")]


def test_a_chinese_name_is_a_name(root: Path, put_sheet: Put) -> None:
    put_sheet("小明", round_="第四季")

    repository = open_repository(root)

    assert repository.findings == ()
    assert repository.sheet_path("第四季", "小明").is_file()


# rounds


def test_rounds_are_sorted_by_their_newest_answer(root: Path, put_sheet: Put) -> None:
    put_sheet("alice", round_="a", answered="2026-11-01")
    put_sheet("alice", round_="b", answered="2025-01-01")
    put_sheet("alice", round_="c", answered="2024-01-01")
    put_sheet("bob", round_="c", answered="2026-06-01")

    repository = open_repository(root)

    assert [a.name for a in repository.assessments] == ["b", "c", "a"]
    assert repository.newest == repository.assessments[-1]
    assert [a.name for a in repository.earlier(repository.assessments[1])] == ["b"]


def test_a_round_is_found_by_its_name(root: Path, put_sheet: Put) -> None:
    put_sheet(round_="2026-Q4")
    repository = open_repository(root)

    found = repository.round("2026-Q4")

    assert found is not None
    assert found.name == "2026-Q4"
    with pytest.raises(UsageError) as error:
        repository.round("2026-Q5")
    assert str(error.value.findings[0].hint) == "did you mean “2026-Q4”?"


def test_the_team_sheet_lies_beside_the_answers(root: Path, put_sheet: Put) -> None:
    put_sheet("team")

    repository = open_repository(root)

    assert repository.findings == ()
    assert repository.assessments[0].team_sheet is not None
    assert repository.assessments[0].sheets == ()
    assert repository.sheet_path("2026-Q4", "team") == root / "assessments" / "2026-Q4" / "team.yaml"
    assert shown(repository.sheet_path("2026-Q4", "alice")) == "assessments/2026-Q4/answers/alice.yaml"


def test_hidden_folders_and_loose_files_are_no_rounds(root: Path, put: Put, put_sheet: Put) -> None:
    put_sheet()
    put("assessments/.cache/x.yaml", "x")
    put("assessments/.gitignore", "report.html\n")
    put("assessments/notes.md", "x")

    assert [a.name for a in open_repository(root).assessments] == ["2026-Q4"]
