"""What fixed words of files and results mean, for editors: by all the words that may stand in one place."""

from __future__ import annotations

from collections.abc import Mapping

from assess.core.glossary import GATES
from assess.core.message import Message, message

WORDS: Mapping[tuple[str, ...], tuple[Message, ...]] = {
    ("pulse", "full"): (
        message("The short set: the ten or so practices marked for it."),
        message("Every practice."),
    ),
    ("open", "done", "dropped"): (
        message("Still to be done."),
        message("Done."),
        message("Not done, and not to be done any more."),
    ),
    ("open", "closed"): (
        message("People may still answer; results stay sealed once two or more have."),
        message("Everybody has answered; results are shown."),
    ),
    ("open", "counts"): (
        message("Everybody's sheet is in git, under a name."),
        message("Sheets stay out of git; only counts are published."),
    ),
    ("off", "warn", "error"): (
        message("Not looked at."),
        message("Said, and let pass."),
        message("Fails the check."),
    ),
    ("recommended", "strict", "report-only"): (
        message("What is wrong fails, what is worth a talk is said."),
        message("What is only said otherwise fails, too."),
        message("Everything is said, nothing fails."),
    ),
    tuple(GATES): tuple(GATES.values()),
    ("drive", "flow", "brakes"): (
        message("What sets work going: people, freedom, direction."),
        message("How time and talk are arranged."),
        message("What keeps it safe and lets people last."),
    ),
    ("strong", "moderate", "mixed", "weak", "story"): (
        message("Many good studies that agree."),
        message("Some good studies."),
        message("Studies that disagree."),
        message("Few or small studies."),
        message("Only what people tell."),
    ),
    ("high", "medium", "low"): (
        message("It says so."),
        message("It says most of it; the rest is a reading."),
        message("It is a reading of what it says."),
    ),
    ("individual", "team"): (
        message("People's own sheets."),
        message("The team's sheet."),
    ),
    ("changed", "maybe", "no-visible-change"): (
        message("More than noise."),
        message("At least half of what is told from noise."),
        message("Less than that."),
    ),
    ("agree", "mixed", "disagree"): (
        message("The answers lie close together."),
        message("The answers lie apart."),
        message("The answers lie far apart."),
    ),
    ("revised", "retired", "added"): (
        message("Its meaning has changed since."),
        message("It is not asked any more."),
        message("It was not asked yet."),
    ),
    ("split", "lone-voice", "scattered"): (
        message("Two camps."),
        message("One far from all others."),
        message("All over the scale."),
    ),
}
