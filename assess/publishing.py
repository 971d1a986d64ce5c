"""Closing a round in privacy mode `counts`: what will be public is told first, then written, once and for all.

How a terminal shows it is in `render.publication`; what is merged, and what is not, in `core.publication`.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from assess.core.counts import FIVE, Counts
from assess.core.finding import Finding
from assess.core.message import message
from assess.core.publication import Publication, merged, published
from assess.core.round import Assessment, Round
from assess.core.text import quoted
from assess.files import history, kept_out, save
from assess.files.folders import is_there
from assess.files.load import shown
from assess.files.repository import ASSESSMENTS, COUNTS, Repository, UsageError
from assess.opening import write_round
from assess.rounds import asked_questionnaire


def preview(repository: Repository, assessment: Assessment) -> Publication:
    """What would become public of a round, open or closed. Nothing is written.

    Raises UsageError where a file is not valid (somebody would be left out), where the round keeps no sheets out
    of git, where git sees them, where fewer than five people have answered, or where its counts were published
    before.
    """
    if not repository.valid:
        raise UsageError(*repository.findings)
    round_ = assessment.round
    if round_ is None or not assessment.only_counts:
        what = message("the round “{name}” does not keep sheets out of git", name=quoted(assessment.name))
        raise UsageError(Finding("counts-not-asked", what, hint=message("look at it with: assess score")))
    _refuse(repository, round_)
    publication = merged(assessment, round_, asked_questionnaire(repository))
    if publication.respondents < FIVE:
        raise UsageError(_too_few(round_, publication.respondents))
    return publication


def publish(repository: Repository, publication: Publication, today: date) -> Counts:
    """Close the round and write what `preview` told as its `counts.yaml`, dated `today`.

    What may have changed since the preview is looked at again: raises UsageError as that does, OSError where
    something cannot be written. The round is closed first: one that is closed and not published stays sealed, and
    can be published later.
    """
    round_ = publication.round
    _refuse(repository, round_)
    counts = published(publication, today)
    write_round(repository, round_.model_copy(update={"state": "closed"}))
    save.write(_path(repository, round_), save.counts_text(counts))
    return counts


def _path(repository: Repository, round_: Round) -> Path:
    return repository.folder(round_.round) / COUNTS


def _refuse(repository: Repository, round_: Round) -> None:
    """Raise UsageError where counts were published before, or where git sees the sheets they come from."""
    path = _path(repository, round_)
    before = True if is_there(path) else history.was_committed(path)
    if before is None:
        what = message("git cannot say here whether the counts of this round were published before")
        hint = message("get the whole history first: git fetch --unshallow")
        raise UsageError(Finding("counts-history", what, hint=hint))
    if before:
        what = message(
            "the counts of “{name}” were published before; that is done once", name=quoted(round_.round)
        )
        hint = message(
            "beside a second set the first one would tell what latecomers said; they answer in the next round "
            "(to see what was published: git log --all -- {path})",
            path=shown(path),
        )
        raise UsageError(Finding("counts-published", what, hint=hint))
    seen = kept_out.breach(repository.root / ASSESSMENTS, round_.round)
    if seen is not None:
        raise UsageError(seen)


def _too_few(round_: Round, n: int) -> Finding:
    if round_.state == "open":
        what = message("counts are of five people at least; {n} so far, so the round stays open", n=n)
    else:
        what = message("counts are of five people at least; {n} so far, so nothing is published", n=n)
    hint = message("of fewer, everybody could guess who said what; collect more sheets, or talk without numbers")
    return Finding("counts-too-few", what, hint=hint)
