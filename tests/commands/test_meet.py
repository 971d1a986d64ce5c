"""`assess meet`: real commands in a real folder; what a person reads, and what lies in the files afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Run

PULSE = ("--pulse", "--team", "payments", "--expected", "3")
PEOPLE = {
    "ada": "0\n3\n?\n3\nn the quiet half\n3\n3\n3\n3\nd\n3\n3\n3\n",
    "bob": "4\n3\n?\n3\n3\n3\n3\n3\n3\n3\n3\n",
    "chen": "0\n3\n3\n3\n1\n3\n3\n3\n3\n3\n3\n",
}
"""Two camps on the first practice of the pulse and on the fifth; of the third two of three don't know."""
FIRST, FIFTH = "one-team-all-disciplines", "small-frequent-releases"


@pytest.fixture
def answered(assess: Run) -> Run:
    """Three people have answered the pulse; the round is open."""
    for name, lines in PEOPLE.items():
        done = assess("run", "--plain", "--as", name, *PULSE, stdin=lines)
        assert done.returncode == 0, done.stdout
    return assess


def team(folder: Path, round_: str = "2026-Q4") -> str:
    path = folder / "assessments" / round_ / "team.yaml"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def state(folder: Path) -> str:
    text = (folder / "assessments/2026-Q4/round.yaml").read_text(encoding="utf-8")
    return next(line for line in text.splitlines() if line.startswith("state:"))


def meet(run: Run, *lines: str, options: tuple[str, ...] = ()) -> str:
    done = run("meet", "--plain", *options, stdin="".join(f"{line}\n" for line in lines))
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_who_has_answered_is_shown_and_nothing_of_any_answer_until_somebody_says_yes(
    answered: Run, tmp_path: Path
) -> None:
    said = meet(answered, "")

    assert "3 of 3 have answered" in said
    assert "ada (all 10)" in said
    assert "disagree" not in said
    assert "quiet half" not in said
    assert "The round stays open." in said
    assert state(tmp_path) == "state: open"
    assert team(tmp_path) == ""


def test_yes_closes_the_round_and_shows_what_is_worth_talking_about_in_order(
    answered: Run, tmp_path: Path
) -> None:
    said = meet(answered, "y", "q")

    assert state(tmp_path) == "state: closed"
    listed = [line for line in said.splitlines() if line.startswith("  · ")]
    assert listed[0] == "  · 1  All disciplines in one team: disagree (in two camps)"
    assert listed[1] == "  · 2  Small, early, frequent releases: disagree (in two camps)"
    assert listed[2].startswith("  · 3  Start without permission: 2 of 3 who answered gave no level; ")
    assert "is closed" in answered("run", "--plain", "--as", "dana", "--round", "2026-Q4").stderr


def test_a_practice_shows_everybodys_answers_without_a_name(answered: Run) -> None:
    said = meet(answered, "y", "q")
    shown = said[said.index("1 of ") :]

    assert "  0   2×  " in shown
    assert "  4   1×  " in shown
    assert "◆goal" in shown
    assert "△chatgpt-2023" in shown
    assert "Those at 0 and at 4 speak first" in shown
    assert not any(name in shown for name in PEOPLE)


def test_from_the_reveal_to_a_recorded_level_takes_two_lines(answered: Run, tmp_path: Path) -> None:
    meet(answered, "y", "2")

    assert f"{FIRST}: 2\n" in team(tmp_path)


def test_everything_the_team_comes_to_lands_in_its_sheet(answered: Run, tmp_path: Path) -> None:
    said = meet(
        answered,
        "y",
        "2",
        "d Bob sees one team only",
        "g 9 no such level",
        "g 3",
        "",
        "g 3 two teams wait for us",
        "n we will look again",
        "a Sit with design on Mondays",
        "ada",
        "soon",
        "14",
        "",
        "x",
        "",
        "x we ship hardware",
        "q",
    )

    assert "First a level from 0 to 4, then why." in said
    assert "A goal with a reason is a choice" in said
    assert "A day such as" in said
    assert "A reason is needed; nothing was changed." in said
    assert "2 on the list are left." in said
    assert team(tmp_path) == (
        "format: assess.answers/1\n"
        'questionnaire: {id: shipping-practices, version: "1.0.0"}\n'
        "team: payments\n"
        "round: 2026-Q4\n"
        "respondent: team\n"
        "asked: pulse\n"
        "answered: 2026-11-23\n"
        "answers:\n"
        f"  {FIRST}:\n"
        "    answer: 2\n"
        "    note: |\n"
        "      we will look again\n"
        "    dissent: |-\n"
        "      Bob sees one team only\n"
        '    goal: {level: 3, reason: "two teams wait for us"}\n'
        f"  {FIFTH}:\n"
        "    answer: not-applicable\n"
        '    reason: "we ship hardware"\n'
        "actions:\n"
        "  - id: a1\n"
        f"    practice: {FIRST}\n"
        "    text: Sit with design on Mondays\n"
        "    owner: ada\n"
        "    due: 2026-12-07\n"
    )
    assert answered("validate").returncode == 0


def test_a_meeting_that_breaks_off_goes_on_where_it_stopped(answered: Run) -> None:
    meet(answered, "y", "2", "q")

    said = meet(answered, "q")

    assert "Show the answers" not in said
    assert "✓ 1  All disciplines in one team" in said
    assert "\n2 of " in said
    assert said[said.index("\n2 of ") :].splitlines()[2] == "Small, early, frequent releases"


def test_the_end_is_the_report_and_a_summary_to_paste(answered: Run, tmp_path: Path) -> None:
    said = meet(answered, "y", "2", "d Bob | sees <b>one</b> team only", "a", "", "ada", "", "", *[""] * 10)

    summary = said[said.index("To paste, in Markdown:") :]
    assert "## payments · 2026-Q4" in summary
    assert "| All disciplines in one team | 2×0 1×4 | level 2 |" in summary
    assert "Bob \\| sees \\<b\\>one\\</b\\> team only" in summary
    assert "| ada | 2026-12-07 | to do |" in summary
    assert "### Left for another time" in summary
    assert "- Start without permission" in summary
    assert "git add assessments/2026-Q4/team.yaml assessments/2026-Q4/round.yaml" in said
    report = (tmp_path / "assessments/2026-Q4/report.html").read_text(encoding="utf-8")
    assert "Bob | sees &lt;b&gt;one&lt;/b&gt; team only" in report


def test_close_shows_the_answers_without_a_meeting(answered: Run, tmp_path: Path) -> None:
    done = answered("meet", "--close")

    assert done.returncode == 0
    assert done.stdout == ""
    assert "3 of 3 have answered" in done.stderr
    assert "The round 2026-Q4 is closed." in done.stderr
    assert state(tmp_path) == "state: closed"
    assert "3 sheets" in answered("score").stdout
    assert "is closed already" in answered("meet", "--close").stderr


def test_without_a_terminal_somebody_has_to_say_plain(answered: Run) -> None:
    done = answered("meet")

    assert done.returncode == 2
    assert "--plain" in done.stderr


def test_where_nobody_has_answered_there_is_nothing_to_meet_about(assess: Run) -> None:
    done = assess("meet", "--plain")

    assert done.returncode == 4
    assert "assess run" in done.stderr


def test_a_broken_file_is_named_and_nothing_is_opened(answered: Run, tmp_path: Path) -> None:
    path = tmp_path / "assessments/2026-Q4/answers/ada.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("answer: 3", "answer: 33"), encoding="utf-8")

    done = answered("meet", "--plain", stdin="y\n")

    assert done.returncode == 3
    assert "ada.yaml:" in done.stderr
    assert state(tmp_path) == "state: open"


def test_the_end_of_input_saves_and_says_how_to_go_on(answered: Run, tmp_path: Path) -> None:
    said = meet(answered, "y", "3")

    assert "Go on where you stopped with: assess meet --plain" in said
    assert f"{FIRST}: 3" in team(tmp_path)


def next_round(run: Run, *, day: str, round_: str) -> None:
    for name, lines in PEOPLE.items():
        run("run", "--plain", "--as", name, *PULSE, "--round", round_, "--today", day, stdin=lines)


def test_what_was_decided_is_asked_about_in_the_next_round_until_it_is_done_or_dropped(
    answered: Run, tmp_path: Path
) -> None:
    meet(answered, "y", "2", "a one", "ada", "2026-12-01", "a two", "", "", "a three", "", "", "a four", "q")
    next_round(answered, day="2027-01-10", round_="2027-Q1")

    said = meet(
        answered, "y", "f", "x no longer ours", "", "q", options=("--round", "2027-Q1", "--today", "2027-01-11")
    )

    assert "one (ada, overdue since 2026-12-01, from 2026-Q4)" in said
    assert "two (nobody yet, overdue since 2026-12-07, from 2026-Q4)" in said
    sheet = team(tmp_path, "2027-Q1")
    assert "id: a1\n" in sheet
    assert "state: done" in sheet
    assert "state: dropped\n    why: no longer ours" in sheet
    assert "text: three" in sheet  # left open, it goes on, and is in this round's sheet
    assert "four" not in sheet

    next_round(answered, day="2027-04-10", round_="2027-Q2")
    said = meet(answered, "y", "", "q", options=("--round", "2027-Q2", "--today", "2027-04-11"))
    assert "from 2026-Q4" in said
    assert said.count("): ") == 1


def test_the_report_of_a_later_round_shows_what_earlier_ones_left_to_do(answered: Run, tmp_path: Path) -> None:
    meet(answered, "y", "2", "a Sit with design", "ada", "2026-12-01", "q")
    next_round(answered, day="2027-01-10", round_="2027-Q1")
    answered("meet", "--close", "--round", "2027-Q1", "--today", "2027-01-11")

    report = (tmp_path / "assessments/2027-Q1/report.html").read_text(encoding="utf-8")

    assert "Sit with design" in report
    assert "overdue, was due" in report
    assert "from 2026-Q4" in report


def test_the_help_of_the_meeting_and_why_something_is_asked_are_one_line_away(answered: Run) -> None:
    said = meet(answered, "y", "h", "l", "l 3", "zzz", "q")

    assert "What research says: " in said
    assert said.count("practices are worth talking about:") == 2
    assert "“zzz” is not known here." in said


def test_at_an_earlier_action_an_unknown_line_is_explained_and_q_leaves(answered: Run, tmp_path: Path) -> None:
    meet(answered, "y", "2", "a one", "", "", "q")
    next_round(answered, day="2027-01-10", round_="2027-Q1")
    options = ("--round", "2027-Q1", "--today", "2027-01-11")

    said = meet(answered, "y", "perhaps", "q", options=options)

    assert "“perhaps” is not known here." in said
    assert team(tmp_path, "2027-Q1") == ""
    said = meet(answered, "f", "q", options=options)
    assert "Done." in said
    assert "From earlier rounds" not in meet(answered, "q", options=options)  # once a round


def test_what_was_said_last_can_be_taken_back(answered: Run, tmp_path: Path) -> None:
    said = meet(answered, "y", "2", "3", "z", "g 4 why", "g", "", "z", "q")

    assert "Undone" in said
    assert "No goal is set here." in said
    assert f"{FIRST}:\n    answer: 2\n    goal:" in team(tmp_path)


def test_the_reason_why_something_does_not_apply_is_not_overwritten(answered: Run, tmp_path: Path) -> None:
    said = meet(answered, "y", "x we ship hardware", "w because", "q")

    assert "It does not apply: that is its reason." in said
    assert "we ship hardware" in team(tmp_path)


def test_what_the_team_came_to_last_time_is_told(answered: Run) -> None:
    meet(answered, "y", "2", "d Bob sees one team only", "g 3 two teams wait", "q")
    next_round(answered, day="2027-01-10", round_="2027-Q1")

    said = meet(answered, "y", "q", options=("--round", "2027-Q1", "--today", "2027-01-11"))

    assert "In 2026-Q4: level 0 (2×0 1×4)" in said
    assert "  Agreed: level 2\n  Seen otherwise: Bob sees one team only\n" in said


def test_a_meeting_about_an_old_round_makes_it_no_newer(answered: Run) -> None:
    meet(answered, "y", "q")
    next_round(answered, day="2027-01-10", round_="2027-Q1")
    meet(answered, "2", "q", options=("--round", "2026-Q4", "--today", "2027-01-12"))

    assert "2027-Q1" in answered("score").stdout.splitlines()[0]


def test_whoever_comes_after_the_close_is_told_that_a_new_round_begins(answered: Run) -> None:
    meet(answered, "y", "q")

    done = answered("run", "--plain", "--pulse", "--as", "dana", "--expected", "3", stdin="3\n")

    assert "The round “2026-Q4” is closed; “2026-11” is a new one." in done.stdout


def test_what_was_agreed_since_stands_beside_what_is_to_be_clarified(answered: Run) -> None:
    meet(answered, "y", "2", "", "d two see it otherwise", "q")

    said = answered("score").stdout

    assert "All disciplines in one team: disagree (in two camps); agreed since: 2" in said
    assert "Small, early, frequent releases: disagree (in two camps); dissent kept" in said


def test_one_id_names_one_action(answered: Run, tmp_path: Path) -> None:
    meet(answered, "y", "2", "a one", "", "", "a two", "", "", "q")
    path = tmp_path / "assessments/2026-Q4/team.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("id: a2", "id: a1"), encoding="utf-8")

    done = answered("validate")

    assert done.returncode == 3
    assert "“a1” is already the id of another [repeated-id]" in done.stderr + done.stdout


def test_a_meeting_whose_list_is_settled_can_be_gone_into_again(answered: Run, tmp_path: Path) -> None:
    meet(answered, "y", "2", "", "2", "", "2", "", "2", "", "")

    said = meet(answered, "l 1", "3", "")

    assert "Everything is settled." in said
    assert "What came of the meeting" in said
    assert f"{FIRST}: 3\n" in team(tmp_path)
