"""The schemas and `assess validate` give the same verdict, says a foreign reader of schemas: check-jsonschema."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest
from conftest import ROOT, Run

EXAMPLES = ROOT / "tests" / "examples"
SHIPPED = ROOT / "questionnaires" / "shipping-practices"

CANNOT = {
    "answers-not-applicable-without-a-reason": "only a warning, which fails nobody",
    "baseline-unknown-source": "whether an id is listed elsewhere in the file",
    "counts-made-with-a-newer-version": "which of two versions is newer",
    "counts-more-answers-than-people": "what numbers add up to",
    "keys-that-already-do-something": "which key does what beside those named in the file",
    "questionnaire-goal-above-cap": "whether one number is greater than another",
    "questionnaire-goal-beyond-the-levels": "whether a number is less than the length of a list",
    "questionnaire-history": "whether an id is listed elsewhere in the file, and which of two versions is newer",
    "questionnaire-pair-of-a-stranger": "whether an id is listed elsewhere in the file",
    "questionnaire-pairs-that-are-none": "whether two entries are the same",
    "questionnaire-repeated-level": "whether two texts are the same but for case and blanks",
    "questionnaire-repeated-title": "only a warning, which fails nobody",
    "questionnaire-too-long": "only a warning, which fails nobody",
    "questionnaire-weights-of-nothing": "what numbers add up to",
    "questionnaire-repeated-id": "whether two entries have the same id",
    "questionnaire-version-too-long-to-quote": "which of two versions is newer",
    "questionnaire-values-do-not-end-at-1": "what the first and the last entry are together",
    "questionnaire-values-do-not-rise": "whether one number is greater than another",
    "round-made-with-a-newer-version": "which of two versions is newer",
    "typed-accents-apart": "how an accent is coded",
    "yaml-anchor-and-alias": "how a value was written, once it is read",
    "yaml-merge-of-a-mapping": "how a value was written, once it is read",
    "yaml-merge-key": "how a value was written, once it is read",
}
"""Invalid examples that are valid for a schema: what it cannot say."""


def refused(schemas: Path, paths: Iterable[Path]) -> set[Path]:
    """The files that check-jsonschema refuses, each by the schema of its kind; a sheet's where it names none."""
    by_kind = defaultdict(list)
    for path in paths:
        named = re.search(r"^format: assess\.([a-z]+)/", path.read_text(encoding="utf-8"), re.MULTILINE)
        known = named is not None and (schemas / f"{named[1]}.schema.json").exists()
        by_kind[named[1] if named is not None and known else "answers"].append(path)
    found = set()
    for kind, files in by_kind.items():
        program = [Path(sys.executable).parent / "check-jsonschema", "-o", "json"]
        done = subprocess.run(
            [*program, "--schemafile", schemas / f"{kind}.schema.json", *files],
            capture_output=True,
            text=True,
            check=False,
        )
        said = json.loads(done.stdout)
        assert said["status"] in {"ok", "fail"}, done.stdout
        found |= {Path(error["filename"]) for error in (*said["errors"], *said.get("parse_errors", []))}
    return found


@pytest.fixture(scope="module")
def schemas(command: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("schemas")
    subprocess.run([command, "schema", "--write", "."], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.mark.xdist_group("check-jsonschema")
def test_every_valid_example_and_every_shipped_file_is_valid_for_its_schema(schemas: Path) -> None:
    files = [*(EXAMPLES / "valid").iterdir(), *SHIPPED.rglob("*.yaml")]

    assert len(files) > 15
    assert refused(schemas, files) == set()


@pytest.mark.xdist_group("check-jsonschema")
def test_every_invalid_example_is_refused_but_for_what_a_schema_cannot_say(schemas: Path) -> None:
    files = set((EXAMPLES / "invalid").glob("*.yaml"))  # a recipe makes what is no text, or more than fits
    files -= {EXAMPLES / "invalid" / "yaml-surrogate-by-escape.yaml"}  # it cannot print what it found there

    assert {path.stem for path in files - refused(schemas, files)} == set(CANNOT)


@pytest.mark.xdist_group("check-jsonschema")
def test_what_the_tool_itself_writes_is_valid_for_its_schemas(schemas: Path, assess: Run, tmp_path: Path) -> None:
    assess("demo")
    result = assess("-C", "assess-demo", "score", "--format", "json").stdout
    (tmp_path / "result.json").write_text(result, encoding="utf-8")
    check = [Path(sys.executable).parent / "check-jsonschema", "--schemafile", schemas / "result.schema.json"]

    files = list((tmp_path / "assess-demo").rglob("*.yaml"))
    done = subprocess.run([*check, tmp_path / "result.json"], capture_output=True, text=True, check=False)

    assert len(files) > 10
    assert refused(schemas, files) == set()
    assert done.returncode == 0, done.stdout


@pytest.mark.xdist_group("check-jsonschema")
def test_every_schema_is_one_for_a_foreign_reader(schemas: Path) -> None:
    program = Path(sys.executable).parent / "check-jsonschema"
    done = subprocess.run(
        [program, "--check-metaschema", *schemas.iterdir()], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout
