from __future__ import annotations

from pathlib import Path

import pytest

from assess.core import consistency
from assess.core.questionnaire import Baseline, Questionnaire
from assess.files import builtin
from assess.files.load import load


def test_every_built_in_questionnaire_is_valid_and_called_as_its_folder() -> None:
    found = builtin.questionnaires()

    assert list(found) == ["change-reviews", "shipping-practices"]
    for name, path in found.items():
        loaded = load(path, Questionnaire)
        assert loaded.findings == ()
        assert loaded.value is not None
        assert loaded.value.id == name
        assert list(consistency.check_questionnaire(loaded.value)) == []


def test_every_built_in_baseline_fits_its_questionnaire() -> None:
    described = set()
    for path in builtin.questionnaires().values():
        questions = load(path, Questionnaire).value
        assert questions is not None
        baselines = sorted((path.parent / "baselines").glob("*.yaml"))
        for file in baselines:
            loaded = load(file, Baseline)
            assert loaded.findings == ()
            assert loaded.value is not None
            assert list(consistency.check_baseline(loaded.value, questions)) == []
            assert list(consistency.check_baseline_place(loaded.value, file.stem)) == []
            described.add(questions.id)
    assert described == {"shipping-practices"}


def test_a_broken_installation_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(builtin, "__file__", str(tmp_path / "assess" / "files" / "builtin.py"))

    with pytest.raises(FileNotFoundError, match="installation is incomplete"):
        builtin.folder("questionnaires")
