"""`assess demo`: an example team to look at, two rounds, dated relative to today. Everything in it is invented."""

from __future__ import annotations

from argparse import Namespace
from datetime import date, timedelta
from pathlib import Path

from assess import i18n
from assess.commands import Context, Exit
from assess.core.answers import DONT_KNOW, NOT_APPLICABLE, TEAM, Action, Answer, Choice, Goal, Sheet
from assess.core.finding import Finding, did_you_mean
from assess.core.message import message
from assess.core.questionnaire import Questionnaire, QuestionnaireRef
from assess.core.round import Round, round_name
from assess.files import builtin, kept_out, languages, save
from assess.files.load import load, shown
from assess.files.reason import reason
from assess.files.repository import ASSESSMENTS, CONFIG, DEFAULT_QUESTIONNAIRE, ROUND, UsageError, open_repository
from assess.i18n import _, translate
from assess.reporting import write_report

PEOPLE = ("ada", "ben", "chidi", "dora", "emil", "小明")
TEAM_NAME = "harbour"
_EARLIER = timedelta(days=98)  # longer than any quarter, so that the two rounds never share a name
_LATELY = timedelta(days=6)

# One row a practice, one column a person, in the order of PEOPLE; `?` don't know, `x` does not apply.
_FIRST = {
    "one-team-all-disciplines": "2 2 3 2 2 2",
    "independent-release-path": "1 1 2 1 1 1",
    "start-without-permission": "2 3 3 2 2 3",
    "mission-tiebreaker": "1 1 2 1 1 1",
    "small-frequent-releases": "1 2 2 1 2 1",
    "buy-the-commodity": "3 3 2 3 3 3",
    "delegated-decisions": "2 2 3 2 2 2",
    "no-meeting-days": "1 0 1 2 2 1",
    "one-open-channel": "2 2 2 1 2 2",
    "intensity-without-long-hours": "2 2 3 2 2 2",
}
_SECOND = {
    "one-team-all-disciplines": "3 3 3 2 3 3",
    "independent-release-path": "2 2 3 2 2 2",
    "start-without-permission": "3 3 3 3 2 3",
    "mission-tiebreaker": "1 1 2 1 2 1",
    "small-frequent-releases": "3 3 3 x 3 2",
    "buy-the-commodity": "3 3 2 3 3 3",
    "delegated-decisions": "2 3 3 2 3 2",
    "no-meeting-days": "0 1 0 4 3 4",
    "one-open-channel": "2 2 3 2 2 2",
    "intensity-without-long-hours": "1 2 2 ? 2 1",
}
_AGREED = (3, 2, 3, 1, 3, 3, 3, 1, 2, 2)
_NOTES = {
    ("ada", "no-meeting-days"): message(
        "Thursday fills up with calls from support. I have not had a free one since the move."
    ),
    ("dora", "no-meeting-days"): message("Wednesdays and Fridays were free for us in research, every week."),
    ("小明", "one-open-channel"): message("大部分決定都找得到，但理由常常只在私人訊息裡。"),
    ("chidi", "independent-release-path"): message(
        "The new pipeline runs on its own; only the shared database still needs a hand."
    ),
    ("ben", "intensity-without-long-hours"): message(
        "Two late evenings before the launch, both in the last week."
    ),
}
_LINKS = {
    ("ada", "small-frequent-releases"): ("https://example.org/harbour/releases",),
    ("chidi", "independent-release-path"): ("https://example.org/harbour/pipeline",),
    ("emil", "one-team-all-disciplines"): ("https://example.org/harbour/members",),
}
_NO_RELEASES = message("I work on studies before anything is built; no release passes my desk.")


def run(context: Context, args: Namespace) -> int:
    """Write the example into an empty folder, with its report, and say what to look at."""
    folder = Path(args.folder)
    if context.questionnaire not in {None, DEFAULT_QUESTIONNAIRE}:
        what = message("the demo shows “{id}” only", id=DEFAULT_QUESTIONNAIRE)
        raise UsageError(Finding("usage", what))
    wanted = context.tongue.flag
    if wanted is not None and i18n.match(wanted, i18n.available()) is None:
        what = message("the language “{tag}” is not available", tag=wanted)
        raise UsageError(Finding("unknown-language", what, hint=did_you_mean(wanted, i18n.available())))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        what = message("{folder} exists and is not an empty folder", folder=shown(folder))
        raise UsageError(Finding("folder-not-empty", what, hint=message("name another: assess demo DIR")))
    try:
        _write(folder, context.today, None if wanted is None else i18n.tag())
        repository = open_repository(folder.absolute(), tongue=context.tongue)
        report = write_report(repository, None, context.today)
    except OSError as error:
        context.say(
            _("Cannot write to {place}: {reason}").format(place=shown(folder), reason=translate(reason(error)))
        )
        return Exit.ENVIRONMENT
    context.say(
        _("An invented team with two rounds is in {folder}. Look around:").format(folder=shown(folder)),
        f"    assess -C {shown(folder)} score",
        f"    assess -C {shown(folder)} check",
        f"    assess -C {shown(folder)} report --open",
        _("The report is in {path}").format(path=shown(report)),
    )
    return Exit.PASSED


def _write(folder: Path, today: date, language: str | None) -> None:
    questionnaire = load(builtin.questionnaires()[DEFAULT_QUESTIONNAIRE], Questionnaire).value
    assert questionnaire is not None, "the shipped questionnaire is valid: a test says so"
    reference = QuestionnaireRef(id=questionnaire.id, version=questionnaire.version)
    order = tuple(questionnaire.practices)
    baselines = tuple(languages.beside(builtin.questionnaires()[DEFAULT_QUESTIONNAIRE], "baselines"))
    save.write(folder / CONFIG, _config(language, baselines))
    kept_out.write_rules(folder / ASSESSMENTS)
    taken: set[str] = set()
    for on, rows in ((today - _EARLIER, _FIRST), (today - _LATELY, _SECOND)):
        name = round_name(on, taken.__contains__)
        taken.add(name)
        base = folder / ASSESSMENTS / name
        round_ = Round(
            round=name,
            team=TEAM_NAME,
            state="closed",
            asked="pulse",
            questionnaire=reference,
            expected=len(PEOPLE),
        )
        save.write(base / ROUND, save.round_text(round_))
        last = rows is _SECOND
        for column, person in enumerate(PEOPLE):
            answers = {
                practice: _answer(person, practice, row.split()[column], annotated=last)
                for practice, row in rows.items()
            }
            sheet = _sheet(reference, name, person, on, answers)
            save.write(base / "answers" / f"{person}.yaml", save.sheet_text(sheet, order))
        if last:
            team = _sheet(reference, name, TEAM, on + timedelta(days=1), _settled(), _actions(today))
            save.write(base / "team.yaml", save.sheet_text(team, order))


def _config(language: str | None, baselines: tuple[str, ...]) -> str:
    chosen = "" if language is None else f"language: {language}\n"
    about = _("What this team has chosen. Every line but the next one may be left out.")
    return (
        f"# {about}\n"
        "format: assess.config/1\n"
        f"team: {TEAM_NAME}\n"
        f"questionnaire: {DEFAULT_QUESTIONNAIRE}\n"
        f"baselines: [{', '.join(baselines)}]\n{chosen}"
        "rules: {preset: recommended, stale: [error, {max_age: 120d}]}\n"
    )


def _sheet(  # noqa: PLR0917  (a sheet's own head)
    reference: QuestionnaireRef,
    round_: str,
    respondent: str,
    on: date,
    answers: dict[str, Answer],
    actions: tuple[Action, ...] = (),
) -> Sheet:
    return Sheet(
        questionnaire=reference,
        team=TEAM_NAME,
        round=round_,
        respondent=respondent,
        asked="pulse",
        answered=on,
        answers=answers,
        actions=actions,
    )


def _answer(person: str, practice: str, word: str, *, annotated: bool) -> Answer:
    choices: dict[str, Choice] = {"?": DONT_KNOW, "x": NOT_APPLICABLE}
    choice = choices.get(word)
    key = (person, practice)
    note = _NOTES.get(key) if annotated else None
    return Answer(
        answer=int(word) if choice is None else choice,
        reason=translate(_NO_RELEASES) if word == "x" else "",
        note="" if note is None else translate(note) + "\n",
        evidence=_LINKS.get(key, ()) if annotated else (),
        discuss=annotated and key == ("ada", "no-meeting-days"),
    )


def _settled() -> dict[str, Answer]:
    """What the team agreed on in its meeting: levels, one dissent, two goals."""
    answers = {practice: Answer(answer=level) for practice, level in zip(_SECOND, _AGREED, strict=True)}
    two_days = _("The support desk needs one of us on every weekday; two free days cannot work.")
    one_sentence = _("We lost a week in spring to a choice that one sentence would have settled.")
    answers["no-meeting-days"] = Answer(
        answer=1,
        note=_("The two halves of the team live in two different weeks. We count the weaker one.") + "\n",
        dissent=_("Research keeps its two days and would call this a 3.") + "\n",
        goal=Goal(level=2, reason=two_days),
    )
    answers["mission-tiebreaker"] = Answer(answer=1, goal=Goal(level=3, reason=one_sentence))
    return answers


def _actions(today: date) -> tuple[Action, ...]:
    return (
        Action(
            id="a1",
            practice="no-meeting-days",
            text=_("Move the support call from Thursday to Monday for four weeks."),
            owner="ada",
            due=today + timedelta(days=22),
        ),
        Action(
            id="a2",
            practice="mission-tiebreaker",
            text=_("Write the one sentence and put it at the top of the planning page."),
            owner="emil",
            due=today + timedelta(days=36),
        ),
        Action(
            id="a3",
            practice="independent-release-path",
            text=_("Give the pipeline its own test database."),
            owner="chidi",
            due=today - timedelta(days=2),
            state="done",
            why=_("Done in the week of the meeting."),
        ),
    )
