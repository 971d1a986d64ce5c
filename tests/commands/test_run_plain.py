"""`assess run --plain`: one line a question, the same session and bytes as the terminal."""

from __future__ import annotations

import shlex
import subprocess
import time
from pathlib import Path

import pytest
from conftest import Run


def sheet(folder: Path, name: str = "ada") -> str:
    path = folder / "assessments" / "2026-Q4" / ("team.yaml" if name == "team" else f"answers/{name}.yaml")
    return path.read_text(encoding="utf-8")


def test_every_kind_of_line_does_what_the_page_says(assess: Run, tmp_path: Path) -> None:
    lines = [
        "3",
        "n 你好，世界。",
        "e docs/a.md https://example.org/x",
        "d",
        "2",
        "?",
        "x",
        "none here",
        "",
        "s",
        "q",
    ]

    done = assess("--plain", "--pulse", "--as", "ada", "--team", "payments", stdin="\n".join(lines) + "\n")

    assert done.returncode == 0
    assert sheet(tmp_path) == (
        "format: assess.answers/1\n"
        'questionnaire: {id: shipping-practices, version: "1.0.0"}\n'
        "team: payments\n"
        "round: 2026-Q4\n"
        "respondent: ada\n"
        "asked: pulse\n"
        "answered: 2026-11-23\n"
        "answers:\n"
        "  one-team-all-disciplines: 3\n"
        "  independent-release-path:\n"
        "    answer: 2\n"
        "    note: |\n"
        "      你好，世界。\n"
        '    evidence: ["docs/a.md", "https://example.org/x"]\n'
        "    discuss: true\n"
        "  start-without-permission: dont-know\n"
        "  mission-tiebreaker:\n"
        "    answer: not-applicable\n"
        '    reason: "none here"\n'
    )


def test_what_is_no_answer_is_explained_and_asked_again(assess: Run, tmp_path: Path) -> None:
    done = assess("--plain", "--pulse", "--as", "ada", "--team", "t", stdin="9\nyes\n" + "1" * 5000 + "\n3\n")

    assert done.stdout.count("is not an answer here") == 3
    assert "one-team-all-disciplines: 3" in sheet(tmp_path)


def test_a_sheet_edited_by_hand_keeps_its_layout(assess: Run, tmp_path: Path) -> None:
    assess("--plain", "--pulse", "--as", "ada", "--team", "x", stdin="3\n2\nq\n")
    path = tmp_path / "assessments/2026-Q4/answers/ada.yaml"
    by_hand = (
        sheet(tmp_path)
        .replace(
            "one-team-all-disciplines: 3", "# 我们的设计师在五月加入\n  one-team-all-disciplines:   3  # since May"
        )
        .replace("independent-release-path: 2\n", "\n  'independent-release-path': 2")
        .replace("\n", "\r\n")
    )
    path.write_bytes(by_hand.encode())

    done = assess("--plain", "--as", "ada", stdin="4\nq\n")

    assert done.returncode == 0
    assert path.read_bytes().decode() == by_hand + "\r\n  start-without-permission: 4"


def test_the_last_answer_that_closes_the_round_keeps_the_remarks_in_it(assess: Run, tmp_path: Path) -> None:
    assess("--plain", "--pulse", "--together", "--team", "t", stdin="3\nq\n")
    path = tmp_path / "assessments/2026-Q4/round.yaml"
    by_hand = path.read_text(encoding="utf-8").replace("state: open", "# 周五之前\nstate:  open  # until Friday")
    path.write_text(by_hand, encoding="utf-8")

    assess("--plain", "--together", stdin="3\n" * 9)

    assert path.read_text(encoding="utf-8") == by_hand.replace("state:  open", "state:  closed")


def test_the_end_of_input_saves_and_quits_in_peace(assess: Run, tmp_path: Path) -> None:
    done = assess("--plain", "--pulse", "--as", "ada", "--team", "t", stdin="3")

    assert done.returncode == 0
    assert "Saved: 1 of 10 answered" in done.stdout


def test_the_next_start_goes_on_at_the_first_unanswered_question(assess: Run, tmp_path: Path) -> None:
    assess("--plain", "--pulse", "--as", "ada", "--team", "t", stdin="3\n2\n\n1\nq\n")

    done = assess("--plain", "--pulse", "--as", "ada", stdin="q\n")

    assert "Question 3 of 10" in done.stdout
    assert "Question 1 of 10" not in done.stdout


def test_one_who_answers_alone_gets_a_receipt_without_totals_or_baselines(assess: Run) -> None:
    done = assess("--plain", "--pulse", "--as", "ada", "--team", "t", "--expected", "6", stdin="3\n" * 10)

    ending = done.stdout.split("Your answers, ada")[1]
    assert "1 of 6 have answered" in ending
    assert "git add " in ending
    assert "chatgpt-2023" not in done.stdout
    assert "All together" not in ending


def test_a_team_at_one_screen_gets_the_result_and_a_closed_round(assess: Run, tmp_path: Path) -> None:
    done = assess("--plain", "--pulse", "--together", "--team", "t", stdin="3\n" * 10)

    assert "All together" in done.stdout
    assert "The round 2026-Q4 is closed." in done.stdout
    assert "state: closed" in (tmp_path / "assessments/2026-Q4/round.yaml").read_text()
    assert (tmp_path / "assessments/2026-Q4/report.html").exists()


def test_a_closed_round_is_not_opened_again(assess: Run, tmp_path: Path) -> None:
    assess("--plain", "--pulse", "--together", "--team", "t", stdin="3\n" * 10)

    done = assess("--plain", "--pulse", "--as", "ada", "--round", "2026-Q4", stdin="1\n")

    assert done.returncode == 2
    assert "closed" in done.stderr
    assess("--plain", "--pulse", "--as", "ada", stdin="1\n")
    assert "round: 2026-11\n" in (tmp_path / "assessments/2026-11/round.yaml").read_text()


def test_the_first_screen_asks_only_what_no_flag_gives(assess: Run, tmp_path: Path) -> None:
    done = assess("--plain", stdin="payments\n\n2\n小明\n6\n3\n")

    assert "Who is answering?" in done.stdout
    assert "respondent: 小明" in sheet(tmp_path, "小明")
    assert "expected: 6" in (tmp_path / "assessments/2026-Q4/round.yaml").read_text()


def test_a_name_that_is_none_is_asked_again(assess: Run, tmp_path: Path) -> None:
    done = assess("--plain", stdin="payments\n\n2\n../x\n\npayments\n\n2\nada\n\n3\n")

    assert "is not a name" in done.stdout
    assert "one-team-all-disciplines: 3" in sheet(tmp_path)


def test_nobodys_sheet_is_opened_for_somebody_else(assess: Run, tmp_path: Path) -> None:
    assess("--plain", "--pulse", "--as", "bob", "--team", "t", stdin="4\n")
    before = sheet(tmp_path, "bob")

    done = assess("--plain", stdin="\n\n1\n")  # what an empty line takes: just me, under the proposed name

    assert "bob: go on with this sheet" in done.stdout
    assert "Number [3]: " in done.stdout
    assert sheet(tmp_path, "bob") == before
    assert "one-team-all-disciplines: 1" in sheet(tmp_path, "ada")


def test_twins_in_case_are_refused(assess: Run) -> None:
    assess("--plain", "--pulse", "--as", "bob", "--team", "t", stdin="4\n")

    done = assess("--plain", "--pulse", "--as", "Bob", stdin="1\n")

    assert done.returncode == 2
    assert "differ in case only" in done.stderr


def test_an_old_open_round_is_continued_only_after_asking(assess: Run, tmp_path: Path) -> None:
    assess("--plain", "--pulse", "--as", "ada", "--team", "t", "--today", "2026-08-01", stdin="4\n")

    done = assess("--plain", "--pulse", "--as", "ada", stdin="2\n1\n")

    assert "114 days old" in done.stdout
    assert "one-team-all-disciplines: 1" in sheet(tmp_path)


def test_who_leaves_before_the_first_answer_need_not_say_everything_again(assess: Run, tmp_path: Path) -> None:
    left = assess("--plain", stdin="crew\n2\n2\nbob\n3\nq\n")
    again = "assess --plain --team crew --full --expected 3 --as bob"

    assert f"Nothing was answered. Start again with: {again}\n" in left.stdout
    assess(*shlex.split(again)[1:], stdin="3\n")
    begun = (tmp_path / "assessments/2026-Q4/round.yaml").read_text()
    assert all(line in begun for line in ("team: crew\n", "asked: full\n", "expected: 3\n"))


@pytest.mark.parametrize(("flag", "said"), [("--team", "team: t"), ("--expected", "expected: 4")])
def test_a_flag_that_differs_from_the_open_round_is_refused(assess: Run, flag: str, said: str) -> None:
    assess("--plain", "--pulse", "--as", "ada", "--team", "t", "--expected", "4", stdin="3\n")

    same = assess("--plain", "--pulse", "--as", "ada", "--team", " t ", "--expected", "4", stdin="3\n")
    other = assess("--plain", "--as", "ada", flag, "7", stdin="3\n")

    assert same.returncode == 0, same.stderr
    assert other.returncode == 2
    assert f"the open round “2026-Q4” says “{said}”" in other.stderr


def test_a_note_alone_is_no_answer_of_somebody(assess: Run) -> None:
    assess("--plain", "--pulse", "--as", "ada", "--team", "t", "--expected", "2", stdin="n\nJust a word.\nq\n")
    done = assess("--plain", "--pulse", "--as", "bob", stdin="e\ndocs/a.md\n" + "3\n" * 10)

    assert "Evidence added." in done.stdout
    assert "1 of 2 have answered" in done.stdout
    assert "Everybody has" not in done.stdout


@pytest.mark.parametrize(
    ("start", "again"),
    [
        ("--as ada", "assess --plain"),  # whose name git knows
        ("--as bob", "assess --plain --as bob"),
        ("--together", "assess --plain --together"),
        ("--lang zh-Hans --round R1 --as ada", "assess --round R1 --lang zh-Hans --plain"),
        ("-C", "assess -C '../the team' --plain"),
    ],
)
def test_the_line_to_go_on_with_opens_the_same_sheet(
    assess: Run, command: str, tmp_path: Path, start: str, again: str
) -> None:
    team = tmp_path / "the team"
    team.mkdir()
    here = tmp_path / "elsewhere" if start == "-C" else team
    here.mkdir(exist_ok=True)
    words = ["-C", "../the team"] if start == "-C" else start.split()

    begun = assess("--plain", "--pulse", "--team", "t", *words, *(["--as", "ada"] if start == "-C" else []),
                   stdin="3\nq\n", cwd=here)  # fmt: skip
    line = next(line for line in begun.stdout.splitlines() if "assess " in line)
    assert line.endswith(again)
    gone_on = assess(*shlex.split(again)[1:], stdin="4\nq\n", cwd=here)

    assert gone_on.returncode == 0, gone_on.stdout
    (path,) = [p for p in team.glob("assessments/*/**/*.yaml") if p.name != "round.yaml"]
    assert path.read_text(encoding="utf-8").endswith(
        "  one-team-all-disciplines: 3\n  independent-release-path: 4\n"
    )


def test_who_answers_nothing_leaves_nothing_behind(assess: Run, tmp_path: Path) -> None:
    left = assess("--plain", "--pulse", "--as", "ada", "--team", "t", stdin="q\n")
    skipped = assess("--plain", "--pulse", "--as", "ada", "--team", "t", stdin="\n" * 11)

    assert (left.returncode, skipped.returncode) == (0, 0)
    assert "Nothing was answered" in skipped.stdout
    assert list(tmp_path.iterdir()) == []


def answering(command: str, folder: Path) -> subprocess.Popen[str]:
    """Plain mode behind its first answer, waiting for the next line."""
    process = subprocess.Popen(
        [command, "--plain", "--pulse", "--as", "ada", "--team", "t"],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    process.stdin.write("3\n")
    process.stdin.flush()
    return process


def test_a_sheet_that_something_else_changed_is_not_overwritten(command: str, tmp_path: Path) -> None:
    process = answering(command, tmp_path)
    path = wait_for_file(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("disciplines: 3", "disciplines: 4"), encoding="utf-8")

    told, _nothing = process.communicate("2\n", timeout=30)

    assert process.returncode == 4
    assert "NOT SAVED: something else has changed the file" in told
    assert "one-team-all-disciplines: 4" in path.read_text(encoding="utf-8")


def test_a_sheet_that_is_gone_at_the_end_is_not_called_saved(command: str, tmp_path: Path) -> None:
    process = answering(command, tmp_path)
    wait_for_file(tmp_path).unlink()

    told, _nothing = process.communicate("q\nm\n", timeout=30)

    assert process.returncode == 0
    assert "m keeps yours and writes them" in told
    assert "Saved: 1 of 10 answered" in told.split("Saved.")[1]
    assert "one-team-all-disciplines: 3" in wait_for_file(tmp_path).read_text(encoding="utf-8")


def wait_for_file(folder: Path) -> Path:
    end = time.monotonic() + 30
    while not (found := list(folder.glob("assessments/*/answers/ada.yaml"))):
        assert time.monotonic() < end, "no sheet was written"
        time.sleep(0.02)
    return found[0]


def test_the_last_of_those_expected_is_told_how_to_see_the_result(assess: Run) -> None:
    assess("--plain", "--pulse", "--as", "ada", "--team", "t", "--expected", "2", stdin="3\n" * 10)

    done = assess("--plain", "--pulse", "--as", "bob", stdin="2\n" * 10)

    assert "2 of 2 have answered" in done.stdout
    assert "Everybody has: look at it together with: assess meet" in done.stdout


def test_of_two_rounds_on_one_day_the_later_is_the_newest(assess: Run) -> None:
    assess("--plain", "--pulse", "--together", "--team", "t", stdin="3\n" * 10)
    assess("--plain", "--pulse", "--together", stdin="1\n" * 10)

    done = assess("score")

    assert "2026-11" in done.stdout.splitlines()[0]


def test_the_tool_writes_its_ignore_rule(assess: Run, tmp_path: Path) -> None:
    assess("--plain", "--pulse", "--as", "ada", "--team", "t", stdin="4\n")

    assert "report.html" in (tmp_path / "assessments/.gitignore").read_text()


def test_no_escape_code_is_printed(assess: Run) -> None:
    done = assess("--plain", "--pulse", "--as", "ada", "--team", "t\x1b[31m", stdin="4\n")

    assert "\x1b" not in done.stdout


def test_a_note_begun_by_hand_gets_a_line_of_its_own(assess: Run, tmp_path: Path) -> None:
    assess("--plain", "--pulse", "--as", "ada", "--team", "x", stdin="3\nq\n")
    path = tmp_path / "assessments/2026-Q4/answers/ada.yaml"
    by_hand = sheet(tmp_path).replace(
        "one-team-all-disciplines: 3", "one-team-all-disciplines: {answer: 3, note: Design sits with us.}"
    )
    path.write_text(by_hand, encoding="utf-8")

    assess("--plain", "--as", "ada", stdin="b\nn Since May.\nq\n")

    assert '"Design sits with us.\\nSince May.\\n"' in sheet(tmp_path)


def test_bytes_that_are_no_text_are_asked_for_again(command: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [command, "--plain", "--pulse", "--as", "ada", "--team", "x"],
        cwd=tmp_path, input=b"n caf\xe9 au lait\n3\nq\n", capture_output=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0
    assert b"That line is not UTF-8 text" in done.stdout
    assert "note" not in next(tmp_path.glob("assessments/*/answers/ada.yaml")).read_text(encoding="utf-8")


def test_why_a_question_is_asked_is_told_without_any_level(assess: Run) -> None:
    done = assess("--plain", "--pulse", "--as", "ada", "--team", "x", stdin="h\nq\n")

    assert "Why this is asked: " in done.stdout
    assert "Who tells of it: " in done.stdout
    assert "level 4" not in done.stdout


def test_a_round_that_differs_from_another_in_case_only_is_refused(assess: Run) -> None:
    assess("--plain", "--pulse", "--as", "ada", "--team", "x", stdin="3\nq\n")

    done = assess("--round", "2026-q4", "run", "--plain", "--pulse", "--as", "ada", stdin="3\n")

    assert done.returncode == 2
    assert "differ in case only" in done.stderr
