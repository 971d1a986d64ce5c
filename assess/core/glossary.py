"""What the kinds of files and their keys mean, in a sentence or two, for editors; fixed words are in `vocabulary`.

Which keys there are is said by the models alone; a test finds a key that is not explained here.
"""

from __future__ import annotations

from collections.abc import Mapping

from assess.core.message import Message, message

KINDS: Mapping[str, Message] = {
    "answers": message("a sheet: what one person, or the team together, answered in one round"),
    "baseline": message("the levels that a source describes, to look at beside the answers"),
    "config": message("assess.yaml: what the team has chosen"),
    "counts": message("counts.yaml: a round whose sheets stay out of git, as counts of at least five people"),
    "keys": message("keys.yaml: a person's own keys, in the settings of their account"),
    "questionnaire": message("questions with their levels"),
    "result": message("what “assess score --format json” prints"),
    "round": message("round.yaml: what is asked, of how many, and whether it is still open"),
    "translation": message("the texts of a questionnaire and its baselines in another language"),
}

_FORMAT = message("Which kind of file this is. Leave this line as it is.")
_MADE_WITH = message("The questionnaire that this file was made with.")
_TEAM = message("The team's name.")
_ROUND = message("The name of the round, which is also the name of its folder.")
_ASKED = message("How much is asked, the same for everybody in a round.")
_PRACTICE = message("The id of the practice it is about.")
_TITLE = message("A few words that name it.")
_WEIGHT = message("How much it counts beside the others, from 0 to 1000; 1 if left out.")
_QUESTION = message("The question, about something that can be observed.")
_OVERDONE = message("What it looks like when there is too much of it.")
_NEXT_STEP = message("A first thing to try.")
_RESEARCH = message("What research says about it, apart from the baselines.")
_PRICE = message("The price that the source admits.")
_WHERE = message("Where in the source it stands.")
_DESCRIBED = message("What the source says about it, in your own words.")
_LIMITS = message("How far the source can be trusted, and what it leaves out.")
_AUTHOR = message("Who says it.")
_LEVELS = message("Two to seven levels, lowest first, each observable. Every level holds all below it.")
_LANGUAGE = message("The language of these texts, such as en or zh-Hans.")
_BY_ID = message("The same, by id.")
_REFERENCE: Mapping[str, Message] = {
    "id": message("The questionnaire's id."),
    "version": message("The questionnaire's version at that time, in quotes."),
}

GATES: Mapping[str, Message] = {
    "coverage": message("Whether enough of what was asked carries a level."),
    "participation": message("Whether as many people answered as were expected."),
    "stale": message("Whether the newest answers are young enough."),
    "below-goal": message("Whether a practice is below the goal in force."),
    "regression": message("Whether a practice fell since last time, without a reason."),
    "disagreement-open": message("Whether the answers to a practice lie far apart and nobody has settled it."),
    "action-overdue": message("Whether an action is past its date, or has no owner."),
    "waiver-expired": message("Whether a waiver has come to its end."),
    "evidence-missing": message("Whether a high level stands there without a note or a link."),
    "evidence-dead-path": message("Whether a path given as evidence leads nowhere."),
}

_FILES: Mapping[str, Mapping[str, Message]] = {
    "Sheet": {
        "format": _FORMAT,
        "questionnaire": _MADE_WITH,
        "team": _TEAM,
        "round": _ROUND,
        "respondent": message("Who answers, which is also the name of the file; “team” in the team's own sheet."),
        "asked": _ASKED,
        "answered": message("The day of the last change."),
        "answers": message("One answer for each practice. What does not stand here is not answered yet."),
        "actions": message("What the team decided to do. Only on the team's sheet."),
    },
    "QuestionnaireRef": _REFERENCE,
    "Answer": {
        "answer": message("A level, or dont-know, or not-applicable."),
        "note": message("Anything worth adding, in your own words."),
        "evidence": message("Links, or paths in this repository, that show it."),
        "reason": message("Why it does not apply; on the team's sheet also why a drop is accepted."),
        "discuss": message("true if you would like to talk about it."),
        "dissent": message("What some see otherwise. Only on the team's sheet."),
        "goal": message("The level the team wants, and why. Only on the team's sheet."),
    },
    "Goal": {
        "level": message("The level to reach."),
        "reason": message("Why this level is right for this team."),
    },
    "Action": {
        "id": message("A short name for the action, such as a1."),
        "practice": _PRACTICE,
        "text": message("What is to be done."),
        "owner": message("Who sees to it."),
        "due": message("By which day."),
        "state": message("How it stands."),
        "why": message("How it ended: what came of it, or why it was dropped."),
    },
    "Round": {
        "format": _FORMAT,
        "round": _ROUND,
        "team": _TEAM,
        "state": message("Whether people may still answer."),
        "privacy": message("Whether people's sheets are in git. It does not change once people have answered."),
        "asked": _ASKED,
        "questionnaire": _MADE_WITH,
        "expected": message("How many people are to answer."),
    },
    "Counts": {
        "format": _FORMAT,
        "questionnaire": _MADE_WITH,
        "team": _TEAM,
        "round": _ROUND,
        "asked": _ASKED,
        "published": message("The day on which the counts came out. Nothing is added to them later."),
        "respondents": message("How many people answered; five at least."),
        "practices": message("What was counted for each practice, by its id."),
    },
    "Tally": {
        "levels": message("How many people chose each level, lowest first."),
        "dont-know": message("How many said that they don't know."),
        "not-applicable": message("How many said that it does not apply."),
    },
    "Config": {
        "format": _FORMAT,
        "team": _TEAM,
        "questionnaire": message("Which questionnaire: an id that is built in, or a path in this repository."),
        "baselines": message("Which baselines to look at beside the answers; all of them if left out."),
        "language": message("The language to speak, such as en or zh-Hans."),
        "rules": message("The gates of “assess check”: a preset, and what differs from it."),
        "waivers": message("Gates that are let pass for a while."),
    },
    "KeyMap": {
        "format": _FORMAT,
        "keys": message("For what a key does, by its name: one key, or a list of keys that all do it."),
    },
    "Rules": {"preset": message("Levels for all gates at once; “recommended” if left out."), **GATES},
    "Rule": {},
    "CoverageRule": {"min": message("The smallest share that passes, from 0 to 1; 0.8 if left out.")},
    "StaleRule": {"max_age": message("The age in days that still passes; 120d if left out.")},
    "Waiver": {
        "rule": message("The gate that is let pass."),
        "practice": _PRACTICE,
        "reason": message("Why it is let pass."),
        "owner": message("Who answers for it."),
        "until": message("The last day on which it holds."),
    },
    "Questionnaire": {
        "format": _FORMAT,
        "id": message("A short name that other files use."),
        "version": message("Raise it with every change. Write it in quotes."),
        "title": _TITLE,
        "language": _LANGUAGE,
        "help": message("Words and rules that hold for every question."),
        "pairs": message("Practices that keep each other in check."),
        "moved": message("Ids that were renamed: the old one, then the new one."),
        "retired": message("Ids that are not asked any more, each with the reason."),
        "dimensions": message("Groups of practices that are scored together."),
    },
    "Explanation": {"title": _TITLE, "text": message("The explanation, in plain words.")},
    "Pair": {
        "practices": message("The ids of the two practices."),
        "why": message("How one keeps the other from going too far."),
    },
    "Dimension": {
        "id": message("A short name for the dimension."),
        "title": _TITLE,
        "asks": message("What it is about, in a sentence."),
        "weight": _WEIGHT,
        "group": message("What it does for the work."),
        "practices": message("The questions of this dimension, in the order they are asked."),
    },
    "Practice": {
        "id": message("A short name for the practice. It never changes: sheets refer to it."),
        "title": _TITLE,
        "added": message("The version that asked it first, in quotes; older rounds did not ask it."),
        "revised": message("The version in which its meaning last changed, in quotes."),
        "weight": _WEIGHT,
        "pulse": message("true if it belongs to the short set."),
        "sensitive": message("true if it is asked only where people's sheets stay out of git."),
        "goal": message("The level to aim for, unless the team says otherwise."),
        "cap": message("The highest level ever suggested."),
        "question": _QUESTION,
        "levels": _LEVELS,
        "overdone": _OVERDONE,
        "next_step": _NEXT_STEP,
        "evidence": _RESEARCH,
    },
    "Level": {
        "text": message("What can be observed at this level."),
        "value": message(
            "What the level is worth, from 0 for the lowest to 1 for the highest; equal steps if left out."
        ),
    },
    "Evidence": {
        "grade": message("How good the research is."),
        "says": message("What it found, with nothing that is not in it."),
        "references": message("Where it was published."),
    },
    "Baseline": {
        "format": _FORMAT,
        "id": message("A short name, which is also the name of the file."),
        "questionnaire": message("The id of the questionnaire whose practices it describes."),
        "title": _TITLE,
        "sources": message("The texts that the levels come from."),
        "levels": message("The level described for each practice; null where the sources do not describe it."),
    },
    "Source": {
        "id": message("A short name for the source."),
        "title": message("What the text is called."),
        "author": _AUTHOR,
        "date": message("When it was published, in quotes."),
        "kind": message("What kind of text it is, such as interview or article."),
        "url": message("Where it can be read."),
        "limits": _LIMITS,
    },
    "Described": {
        "level": message("The level that the source describes."),
        "confidence": message("How surely it describes this level."),
        "source": message("The id of a source in this file."),
        "where": _WHERE,
        "says": _DESCRIBED,
        "price": _PRICE,
    },
    "Translation": {
        "format": _FORMAT,
        "questionnaire": message("The questionnaire, in the version that was translated."),
        "language": message("The language of these texts, which is also the name of the file."),
        "title": _TITLE,
        "help": message("As many explanations as the questionnaire has, in its order."),
        "dimensions": _BY_ID,
        "practices": _BY_ID,
        "pairs": message("As many texts as the questionnaire has pairs, in its order."),
        "baselines": _BY_ID,
    },
    "DimensionText": {"title": _TITLE, "asks": message("What it is about, in a sentence.")},
    "PracticeText": {
        "title": _TITLE,
        "question": _QUESTION,
        "levels": _LEVELS,
        "overdone": _OVERDONE,
        "next_step": _NEXT_STEP,
        "says": _RESEARCH,
    },
    "BaselineText": {"title": _TITLE, "sources": _BY_ID, "limits": _LIMITS, "levels": _BY_ID},
    "SourceText": {"title": _TITLE, "author": _AUTHOR},
    "DescribedText": {"where": _WHERE, "says": _DESCRIBED, "price": _PRICE},
}

_SCORE: Mapping[str, Message] = {
    "score": message("Points from 0 to 100; null where not scored."),
    "low": message("The lowest score that is still possible; null where nothing applies."),
    "high": message("The highest score that is still possible; null where nothing applies."),
    "coverage": message("The share of places that carry a level, from 0 to 1; null where nothing applies."),
    "scored": message("Whether there is a score."),
}

_RESULT: Mapping[str, Mapping[str, Message]] = {
    "ResultData": {
        "format": _FORMAT,
        "team": _TEAM,
        "round": _ROUND,
        "asked": _ASKED,
        "questionnaire": _MADE_WITH,
        "sealed": message(
            "Whether no number is shown yet: the round is open and two or more have answered, or its counts are "
            "not published."
        ),
        "basis": message("Which sheets were scored."),
        "respondents": message("How many people answered."),
        "expected": message("How many people are to answer, if anybody said so. Only in a sealed round."),
        "overall": message("The score of everything that was asked."),
        "groups": message("The score of each group of dimensions."),
        "dimensions": message("The score of each dimension."),
        "practices": message("What was counted for each practice, and its score."),
        "left_out": message("What an older round does not count, because the questionnaire has changed since."),
        "trend": message("Each round beside the one before it, oldest first."),
        "pairs": message("Pairs of practices that are half the scale or more apart, the one ahead first."),
        "attainment": message("How much of each baseline is there, by its id."),
        "improve": message("The practices furthest below their goal, the most worthwhile first."),
        "clarify": message("The practices to talk about first: people disagree, or too little is known."),
    },
    "ScoreData": _SCORE,
    "NamedScoreData": {"id": message("The id of the group or dimension."), **_SCORE},
    "PracticeData": {
        "id": message("The id of the practice."),
        "dimension": message("The id of its dimension."),
        **_SCORE,
        "counts": message("How many people chose each level, lowest first."),
        "dont_know": message("How many said that they don't know."),
        "not_applicable": message("How many said that it does not apply."),
        "unanswered": message("How many gave no answer."),
        "median": message("The lower median level, one that somebody chose; null where not scored."),
        "mean": message("The mean level; null where not scored."),
        "agreement": message("How far the answers agree; null where it is not known."),
        "baselines": message("The level that each baseline describes; null where it does not."),
        "gap": message("The mean minus the level of each baseline; null where one of them is missing."),
        "goal": message("The goal in force; null where there is none."),
    },
    "LeftOutData": {
        "id": message("The id of the practice."),
        "why": message("What happened to it."),
        "version": message("The version in which it happened; null where that is not known."),
    },
    "PairData": {
        "practices": message("The practice ahead and the one behind."),
        "levels": message("The levels shown of the two."),
    },
    "TrendData": {
        "before": message("The earlier round."),
        "after": message("The later round."),
        "basis": message("Which sheets were compared."),
        "practices": message("Over how many practices: those that both asked and scored."),
        "overall": message("The score of these practices, then and now."),
    },
    "ChangeData": {
        "before": message("Points then; null where not scored."),
        "after": message("Points now; null where not scored."),
        "difference": message("Points now minus points then."),
        "detectable": message("The smallest difference that is told from noise, in points."),
        "verdict": message("What the difference amounts to."),
    },
    "AgreementData": {
        "rwg": message("The agreement as a number, at most 1; it may be negative."),
        "word": message("The agreement in a word."),
        "shape": message("How the answers are spread."),
    },
    "ReferenceData": _REFERENCE,
    "AttainmentData": {
        "percent": message(
            "How much of what it describes is there, from 0 to 100; null where nothing was scored."
        ),
        "described": message("How many practices are both described and scored."),
    },
}

KEYS: Mapping[str, Mapping[str, Message]] = {**_FILES, **_RESULT}
"""What each key means, by the name of the class that has it."""
