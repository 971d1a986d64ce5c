"""What privacy mode `counts` promises, a test for each threat: real git, installed command, files as they are."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from conftest import Run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assess import opening, publishing, rounds
from assess.core.publication import Publication
from assess.core.questionnaire import Questionnaire
from assess.files.load import load_any
from assess.files.repository import UsageError, open_repository
from assess.render import publication as shown

ON = date(2026, 11, 23)
COUNTS = "assessments/2026-Q4/counts.yaml"
ANSWERS = "assessments/2026-Q4/answers"
ROUND = """\
format: assess.round/1
round: 2026-Q4
team: payments
state: open
privacy: counts
asked: full
questionnaire: {id: shipping-practices, version: "1.0.0"}
expected: 8
"""
SECRETS = ("Rosalinde", "wir haben Angst", "wiki.example.org/secret", "not our kind of work")
"""A name, a note, a link and a reason: none of them may be found anywhere."""
SHEET = """\
format: assess.answers/1
questionnaire: {id: shipping-practices, version: "1.0.0"}
team: payments
round: 2026-Q4
respondent: NAME
asked: full
answered: 2026-11-20
answers:
  no-meeting-days:
    answer: LEVEL
    note: |
      wir haben Angst
    evidence: ["https://wiki.example.org/secret"]
  small-frequent-releases:
    answer: not-applicable
    reason: "not our kind of work"
    discuss: true
  one-open-channel: 0
"""


def git(folder: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True).stdout


def put(folder: Path, path: str, text: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text, encoding="utf-8")


def sheet(folder: Path, name: str, level: int = 3) -> None:
    put(folder, f"{ANSWERS}/{name}.yaml", SHEET.replace("NAME", name).replace("LEVEL", str(level)))


def preview(folder: Path) -> Publication:
    repository = open_repository(folder)
    assessment = repository.round("2026-Q4")
    assert assessment is not None
    return publishing.preview(repository, assessment)


def publish(folder: Path) -> None:
    repository = open_repository(folder)
    publishing.publish(repository, preview(folder), ON)


def refused(work: Callable[[], object]) -> str:
    """The rule by which something is refused."""
    with pytest.raises(UsageError) as caught:
        work()
    return caught.value.findings[0].rule


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Six sheets on the collector's disk, beside a round of last quarter; git has all but the sheets."""
    folder = tmp_path / "team"
    folder.mkdir()
    monkeypatch.chdir(folder)
    git(folder, "init", "-q")
    put(folder, "assessments/.gitignore", "report.html\n*.lock\n/2026-Q4/answers/\n")
    put(folder, "assessments/2026-Q4/round.yaml", ROUND)
    earlier = ROUND.replace("2026-Q4", "2026-Q3").replace("counts", "open").replace("state: open", "state: closed")
    put(folder, "assessments/2026-Q3/round.yaml", earlier)
    old = SHEET.replace("2026-Q4", "2026-Q3").replace("2026-11-20", "2026-08-20").replace("LEVEL", "1")
    old = re.sub(r"(?s)    note.*?secret\"]\n", "", old).replace("not our kind of work", "no")
    put(folder, "assessments/2026-Q3/answers/old.yaml", old.replace("NAME", "old"))
    for n, name in enumerate(("Rosalinde", "m1", "m2", "m3", "m4", "m5")):
        sheet(folder, name, n % 5)
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "begin")
    return folder


def outputs(assess: Run, folder: Path) -> dict[str, tuple[int, str, str]]:
    """All that the commands say of the round, with the folder's own name taken out."""
    asked = (
        ("score",), ("score", "--format", "json"), ("score", "--explain"),
        ("score", "--explain", "no-meeting-days"), ("score", "--explain", "--format", "json"),
        ("report", "-o", "-"), ("report", "--format", "markdown"),
        ("diff",), ("diff", "--format", "json"), ("diff", "--format", "markdown"),
        ("check",), ("check", "--format", "json"), ("validate",),
    )  # fmt: skip
    found = {}
    for words in asked:
        done = assess(*words, cwd=folder)
        found[" ".join(words)] = (done.returncode, done.stdout, done.stderr)
    return found


# the promises, one each


def test_sheets_come_out_as_counts_in_our_own_form(team: Path) -> None:
    publish(team)

    text = (team / COUNTS).read_text(encoding="utf-8")
    assert text.startswith(
        "format: assess.counts/1\n"
        'questionnaire: {id: shipping-practices, version: "1.0.0"}\n'
        "team: payments\n"
        "round: 2026-Q4\n"
        "asked: full\n"
        "published: 2026-11-23\n"
        "respondents: 6\n"
        "practices:\n"
    )
    assert "  no-meeting-days: {levels: [2, 1, 1, 1, 1], dont-know: 0, not-applicable: 0}\n" in text
    assert text.count("{levels: ") == 49
    assert load_any(team / COUNTS).findings == ()
    assert "state: closed\n" in (team / "assessments/2026-Q4/round.yaml").read_text()
    git(team, "add", "-A")
    assert git(team, "diff", "--cached", "--name-only").split() == [COUNTS, "assessments/2026-Q4/round.yaml"]


def test_never_a_row_neither_in_counts_nor_in_any_output(team: Path, assess: Run) -> None:
    publish(team)

    said = {"counts.yaml": (0, (team / COUNTS).read_text(encoding="utf-8"), ""), **outputs(assess, team)}

    for name, (_code, out, err) in said.items():
        for secret in SECRETS:
            assert secret not in out + err, (name, secret)
    told = "\n".join(shown.lines(_published(team), _questions(team)))
    assert not [secret for secret in SECRETS if secret in told]


def _questions(folder: Path) -> Questionnaire:
    questionnaire = open_repository(folder).questionnaire
    assert questionnaire is not None
    return questionnaire


def _published(folder: Path) -> Publication:
    (folder / COUNTS).unlink()
    return preview(folder)


def test_every_output_beside_the_sheets_is_that_of_a_fresh_clone_without_them(
    team: Path, assess: Run, tmp_path: Path
) -> None:
    publish(team)
    put(team, "assessments/2026-Q4/team.yaml", SHEET.replace("NAME", "team").replace("LEVEL", "2"))
    git(team, "add", "-A")
    git(team, "commit", "-qm", "counts")
    away = tmp_path / "away"
    away.mkdir()
    git(away, "clone", "-q", str(team), "team")

    mine, theirs = outputs(assess, team), outputs(assess, away / "team")

    assert not (away / "team" / ANSWERS).exists()
    assert mine == theirs
    assert mine["score"][0] == 0
    assert mine["check --format json"][0] == 0
    assert '"respondents": 6' in mine["score --format json"][1]
    assert "people: 1 then, 6 now (counts carry no names)" in mine["diff"][1]
    assert "6 of 8 have answered" in mine["report -o -"][1]


def test_even_a_sheet_that_nobody_can_read_does_not_change_what_a_published_round_says(
    team: Path, assess: Run
) -> None:
    publish(team)
    before = outputs(assess, team)

    put(team, f"{ANSWERS}/Rosalinde.yaml", "not: {even\n")
    put(team, f"{ANSWERS}/rosalinde.yml", "x\n")

    assert outputs(assess, team) == before


@pytest.mark.parametrize("n", range(5))
def test_five_at_least(team: Path, n: int) -> None:
    shutil.rmtree(team / ANSWERS)
    for i in range(n):
        sheet(team, f"m{i}")
    put(
        team,
        f"{ANSWERS}/silent.yaml",
        SHEET.partition("  no-meeting-days")[0].replace("NAME", "silent") + "  {}\n",
    )

    assert refused(lambda: preview(team)) == "counts-too-few"
    assert not (team / COUNTS).exists()
    assert "state: open" in (team / "assessments/2026-Q4/round.yaml").read_text()


def test_four_are_told_that_the_round_stays_open(team: Path) -> None:
    (team / ANSWERS / "m4.yaml").unlink()
    (team / ANSWERS / "m5.yaml").unlink()

    with pytest.raises(UsageError, match="five people at least; 4 so far, so the round stays open"):
        preview(team)


def test_published_once(team: Path) -> None:
    publication = preview(team)
    publish(team)

    assert refused(lambda: publish(team)) == "counts-published"
    assert refused(lambda: publishing.publish(open_repository(team), publication, ON)) == "counts-published"


@pytest.mark.parametrize("way", ["deleted", "another branch", "one side of a merge"])
def test_published_once_even_if_the_file_is_gone_from_here(team: Path, way: str) -> None:
    main = git(team, "branch", "--show-current").strip()
    if way != "deleted":
        git(team, "checkout", "-qb", "side")
    publish(team)
    git(team, "add", "-A")
    git(team, "commit", "-qm", "counts")
    if way == "another branch":
        git(team, "checkout", "-q", main)
    else:
        git(team, "rm", "-q", COUNTS)
        git(team, "commit", "-qm", "take it back")
    if way == "one side of a merge":
        git(team, "checkout", "-q", main)
        git(team, "commit", "-qm", "meanwhile", "--allow-empty")
        git(team, "merge", "-q", "--no-edit", "side")
        git(team, "branch", "-qD", "side")
    sheet(team, "late", 4)

    assert not (team / COUNTS).exists()
    assert refused(lambda: preview(team)) == "counts-published"


def test_a_history_cut_short_cannot_vouch_for_it(team: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{team}", "shallow")
    shutil.copytree(team / ANSWERS, tmp_path / "shallow" / ANSWERS)

    assert refused(lambda: preview(tmp_path / "shallow")) == "counts-history"


def test_a_late_sheet_changes_no_output_and_cannot_be_added(team: Path, assess: Run) -> None:
    publish(team)
    before = outputs(assess, team)

    sheet(team, "late", 4)

    assert outputs(assess, team) == before
    assert refused(lambda: publish(team)) == "counts-published"
    done = assess("--plain", "--as", "late", "--round", "2026-Q4", stdin="3\nq\n", cwd=team)
    assert done.returncode == 2
    assert "its counts are out, and nothing is added to them" in done.stderr


def test_who_takes_the_counts_back_sees_a_sealed_round_not_the_rows(team: Path, assess: Run) -> None:
    publish(team)
    (team / COUNTS).unlink()

    for words in (("score",), ("score", "--explain"), ("report", "-o", "-"), ("diff",), ("check",)):
        done = assess(*words, cwd=team)
        assert not [secret for secret in SECRETS if secret in done.stdout + done.stderr]
        assert not re.search(r"\d×\d", done.stdout)
    assert "answers stay hidden until the counts are published" in assess("score", cwd=team).stdout


def test_before_the_counts_are_out_even_one_sheet_is_sealed_open_or_closed(team: Path, assess: Run) -> None:
    for path in (team / ANSWERS).glob("m*.yaml"):
        path.unlink()
    for state in ("open", "closed"):
        put(team, "assessments/2026-Q4/round.yaml", ROUND.replace("state: open", f"state: {state}"))
        for words in (("score", "--format", "json"), ("report", "-o", "-"), ("diff", "--format", "json")):
            done = assess(*words, cwd=team)
            assert done.returncode == 0
            assert not [secret for secret in SECRETS if secret in done.stdout + done.stderr]
        assert '"sealed": true' in assess("score", "--format", "json", cwd=team).stdout


def test_close_tells_what_becomes_public_asks_and_writes_it(team: Path, assess: Run) -> None:
    done = assess("meet", "--close", stdin="y\n", cwd=team)

    assert done.returncode == 0, done.stderr
    told, after = done.stderr.split("[y/N]")
    assert "This becomes public, for good:" in told
    assert re.search(r"No-meeting days +2×0 1×1 1×2 1×3 1×4", told)
    assert "everybody will know what each of them said" in told
    assert "Whoever collects has seen all sheets." in told
    assert "The round 2026-Q4 is closed." in after
    assert f"git add {COUNTS} assessments/2026-Q4/round.yaml assessments/.gitignore" in after
    assert "respondents: 6\n" in (team / COUNTS).read_text()
    assert not [secret for secret in SECRETS if secret in done.stdout + done.stderr]
    again = assess("meet", "--close", stdin="y\n", cwd=team)
    assert "is closed already" in again.stderr


@pytest.mark.parametrize("stdin", ["", "\n", "n\n", "perhaps\n"])
def test_only_a_yes_publishes(team: Path, assess: Run, stdin: str) -> None:
    done = assess("meet", "--close", stdin=stdin, cwd=team)

    assert done.returncode == 0
    assert "Nothing was published." in done.stderr
    assert not (team / COUNTS).exists()
    assert "state: open" in (team / "assessments/2026-Q4/round.yaml").read_text()


def test_close_of_four_is_refused_and_the_round_stays_open(team: Path, assess: Run) -> None:
    for name in ("m4", "m5"):
        (team / ANSWERS / f"{name}.yaml").unlink()

    done = assess("meet", "--close", stdin="y\n", cwd=team)

    assert done.returncode == 2
    assert "of five people at least; 4 so far, so the round stays open" in done.stderr
    assert not (team / COUNTS).exists()


@pytest.mark.parametrize("state", ["open", "closed"])
def test_no_meeting_shows_what_the_counts_do_not_tell_yet(team: Path, assess: Run, state: str) -> None:
    put(team, "assessments/2026-Q4/round.yaml", ROUND.replace("state: open", f"state: {state}"))

    done = assess("meet", "--plain", stdin="y\n\n\n", cwd=team)

    assert done.returncode == 2
    assert "assess meet --close" in done.stderr
    assert not [secret for secret in SECRETS if secret in done.stdout + done.stderr]
    assert not (team / "assessments/2026-Q4/team.yaml").exists()
    assert f"state: {state}" in (team / "assessments/2026-Q4/round.yaml").read_text()


def test_a_meeting_about_counts_shows_no_word_of_a_sheet_and_saves_the_teams_own(team: Path, assess: Run) -> None:
    publish(team)

    done = assess("meet", "--plain", stdin="2\nq\n", cwd=team)

    assert done.returncode == 0, done.stderr
    assert not [secret for secret in SECRETS if secret in done.stdout + done.stderr]
    assert "respondent: team" in (team / "assessments/2026-Q4/team.yaml").read_text()
    git(team, "add", "-A")
    assert "assessments/2026-Q4/team.yaml" in git(team, "ls-files")
    assert assess("validate", cwd=team).returncode == 0


def test_nobodys_sheet_is_laid_beside_anything(team: Path, assess: Run) -> None:
    for _time in ("before", "after"):
        done = assess("diff", f"{ANSWERS}/Rosalinde.yaml", "2026-Q3", cwd=team)
        assert done.returncode == 2
        assert "[counts-row]" in done.stderr
        assert not done.stdout
        if not (team / COUNTS).exists():
            publish(team)


def test_unanimity_is_told_before_it_is_public(team: Path) -> None:
    publication = preview(team)

    told = list(shown.lines(publication, _questions(team)))

    assert {(u.practice, u.answer, u.people) for u in publication.unanimous} == {
        ("small-frequent-releases", "not-applicable", 6),
        ("one-open-channel", 0, 6),
    }
    text = "\n".join(told)
    title = _questions(team).practices["one-open-channel"].title
    assert f"    {title}: all 6 answered 0: everybody will know what each of them said" in told
    assert "Whoever collects has seen all sheets." in text
    assert "Groups of fewer than five people are never broken down." in text
    assert "6 of 8 have answered; nobody can be added later." in text
    assert max(map(len, told)) <= 130


def test_the_preview_shows_every_practice_that_becomes_public_and_writes_nothing(team: Path) -> None:
    before = {path: path.read_bytes() for path in team.rglob("*.yaml")}

    told = "\n".join(shown.lines(preview(team), _questions(team)))

    assert all(p.title[:16] in told for p in _questions(team).practices.values())
    assert "2×0 1×1 1×2 1×3 1×4" in told
    assert {path: path.read_bytes() for path in team.rglob("*.yaml")} == before


def test_what_was_told_is_what_comes_out(team: Path) -> None:
    publication = preview(team)
    sheet(team, "late", 4)

    publishing.publish(open_repository(team), publication, ON)

    assert "respondents: 6\n" in (team / COUNTS).read_text()


def test_sensitive_practices_are_asked_only_there(team: Path, assess: Run) -> None:
    questions = _questions(team)
    sensitive = [p.id for p in questions.practices.values() if p.sensitive]
    publish(team)

    text = (team / COUNTS).read_text()
    open_round = assess("score", "--round", "2026-Q3", "--format", "json", cwd=team).stdout

    assert sensitive
    assert all(f"  {pid}: " in text for pid in sensitive)
    assert not [pid for pid in sensitive if pid in open_round]
    assert all(pid in assess("score", "--format", "json", cwd=team).stdout for pid in sensitive)


def test_the_ignore_rule_is_checked_before_anything_comes_out(team: Path) -> None:
    publication = preview(team)
    put(team, "assessments/.gitignore", "/2026-Q4/answers/\n!answers/\n")

    assert refused(lambda: preview(team)) == "counts-not-ignored"
    assert refused(lambda: publishing.publish(open_repository(team), publication, ON)) == "counts-not-ignored"
    put(team, "assessments/.gitignore", "/2026-Q4/answers/\n")
    git(team, "add", "--force", f"{ANSWERS}/m1.yaml")
    assert refused(lambda: preview(team)) == "counts-tracked"
    assert not (team / COUNTS).exists()


def test_nobody_is_left_out_because_of_a_fault_in_a_sheet(team: Path) -> None:
    put(team, f"{ANSWERS}/m1.yaml", "not: {even\n")

    with pytest.raises(UsageError):
        preview(team)


def test_a_round_that_keeps_sheets_in_git_publishes_no_counts(team: Path) -> None:
    repository = open_repository(team)
    assessment = repository.round("2026-Q3")
    assert assessment is not None

    assert refused(lambda: publishing.preview(repository, assessment)) == "counts-not-asked"


def test_a_round_that_was_closed_by_hand_can_still_be_published(team: Path) -> None:
    put(team, "assessments/2026-Q4/round.yaml", ROUND.replace("state: open", "state: closed"))

    publish(team)

    assert (team / COUNTS).exists()


def test_a_sheet_that_is_open_while_the_counts_come_out_is_not_saved(team: Path) -> None:
    repository = open_repository(team)
    plan = rounds.plan(repository, rounds.Wish(respondent="m1"), ON)
    setup = rounds.Setup(team="payments", asked="full", respondent="m1")
    session = opening.start(repository, plan, setup, lambda: datetime(2026, 11, 23))  # noqa: DTZ001
    before = (team / ANSWERS / "m1.yaml").read_bytes()
    publish(team)

    session.choose(2)

    assert not session.flush()
    assert "the counts of this round are out" in str(session.saved.failure)
    assert (team / ANSWERS / "m1.yaml").read_bytes() == before
    session.close()


def test_outside_git_counts_come_out_as_well(tmp_path: Path) -> None:
    put(tmp_path, "assessments/2026-Q4/round.yaml", ROUND)
    for i in range(5):
        sheet(tmp_path, f"m{i}")

    publish(tmp_path)

    assert "respondents: 5\n" in (tmp_path / COUNTS).read_text()
    assert refused(lambda: publish(tmp_path)) == "counts-published"


WORDS = st.text(st.characters(codec="utf-8", categories=["L"]), min_size=12, max_size=30)


@settings(
    derandomize=True, deadline=None, max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(note=WORDS, reason=WORDS, link=WORDS, name=st.from_regex("[a-z]{20}", fullmatch=True))
def test_nothing_that_anybody_wrote_beside_an_answer_can_be_found_in_what_is_public(
    tmp_path_factory: pytest.TempPathFactory, note: str, reason: str, link: str, name: str
) -> None:
    folder = tmp_path_factory.mktemp("team")
    put(folder, "assessments/2026-Q4/round.yaml", ROUND)
    text = SHEET.replace("LEVEL", "3").replace("wir haben Angst", note).replace("not our kind of work", reason)
    text = text.replace("wiki.example.org/secret", link)
    for i in range(5):
        put(folder, f"{ANSWERS}/{name}{i}.yaml", text.replace("NAME", f"{name}{i}"))

    told = "\n".join(shown.lines(preview(folder), _questions(folder)))
    publish(folder)

    public = told + (folder / COUNTS).read_text(encoding="utf-8")
    assert not [secret for secret in (note, reason, link, name) if secret in public]


def test_the_next_round_keeps_the_mode_and_says_so(team: Path, assess: Run) -> None:
    publish(team)
    words = ("run", "--plain", "--pulse", "--as", "sam", "--today", "2026-12-03", "--expected", "6")

    done = assess(*words, stdin="3\n", cwd=team)

    assert "As in the last round, answers stay out of git" in done.stdout
    assert "privacy: counts" in (team / "assessments/2026-12/round.yaml").read_text()
    other = assess("run", "--no-counts", *words[1:], "--round", "open-again", stdin="3\n", cwd=team)
    assert other.returncode == 0
    assert "privacy: open" in (team / "assessments/open-again/round.yaml").read_text()


def test_of_what_fewer_than_five_answered_nothing_comes_out_and_it_is_told(team: Path, assess: Run) -> None:
    for name in ("m4", "m5"):
        path = team / ANSWERS / f"{name}.yaml"
        path.write_text(path.read_text().replace("  one-open-channel: 0\n", ""))

    done = assess("meet", "--close", stdin="y\n", cwd=team)

    assert "Fewer than five answered, so nothing of it comes out: One open channel" in done.stderr
    assert (
        "one-open-channel: {levels: [0, 0, 0, 0, 0], dont-know: 0, not-applicable: 0}"
        in (team / COUNTS).read_text()
    )
    assert assess("validate", cwd=team).returncode == 0
