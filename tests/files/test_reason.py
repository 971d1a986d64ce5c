"""What the system refuses is said in our words, in every language, wherever a file is read."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from conftest import SHEET

from assess import i18n
from assess.core.answers import Sheet
from assess.files import folders, load
from assess.files.reason import reason
from assess.files.repository import open_repository

COMMON = ("ENOENT", "EACCES", "EPERM", "EROFS", "ENOSPC", "EDQUOT", "EIO", "EISDIR", "ENOTDIR", "ELOOP",
          "ENAMETOOLONG", "EMFILE", "ENFILE", "ESTALE", "ETIMEDOUT", "EEXIST", "ENXIO")  # fmt: skip


def refusal(name: str) -> OSError:
    number = getattr(errno, name)
    return OSError(number, os.strerror(number), "ada.yaml")


@pytest.mark.parametrize("name", COMMON)
def test_the_common_reasons_have_words_of_our_own_in_every_language(name: str) -> None:
    said = reason(refusal(name))
    english = i18n.translate(said)
    assert english
    assert english != os.strerror(getattr(errno, name))
    for tag in ("zh-Hans", "zh-Hant"):
        i18n.use(tag)
        try:
            assert i18n.translate(said) != english
        finally:
            i18n.use("en")


def test_any_other_reason_is_told_as_the_system_tells_it() -> None:
    assert str(reason(refusal("EDEADLK"))) == os.strerror(errno.EDEADLK)
    assert str(reason(OSError("a sentence {of} its own"))) == "a sentence {of} its own"
    assert str(reason(TimeoutError())) == "TimeoutError"


@pytest.mark.parametrize("name", ["EIO", "EMFILE", "ESTALE"])
def test_a_file_that_the_system_does_not_give_is_a_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def refuse(path: object, flags: int) -> int:
        raise refusal(name)

    monkeypatch.setattr(os, "open", refuse)

    (finding,) = load.load(tmp_path / "ada.yaml", Sheet).findings

    assert (finding.rule, finding.line) == ("unreadable", 0)
    assert str(finding.message) == f"cannot be read: {reason(refusal(name))}"


def test_a_sheet_that_vanishes_between_listing_and_reading_is_a_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "assessments/2026-Q4/answers/ada.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(SHEET, encoding="utf-8")
    listed = folders.sheets

    def listed_and_gone(paths: list[Path]) -> dict[str, Path]:
        path.unlink()
        return listed(paths)

    monkeypatch.setattr(folders, "sheets", listed_and_gone)
    monkeypatch.chdir(tmp_path)

    (finding,) = open_repository(tmp_path).findings

    assert (finding.path, finding.rule) == ("assessments/2026-Q4/answers/ada.yaml", "unreadable")
    assert "there is no such file" in str(finding.message)
