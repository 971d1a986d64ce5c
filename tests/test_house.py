"""The house keeps its own rules: size, direction, start-up, one catalogue, documentation that is true."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

SOURCES = sorted((ROOT / "assess").rglob("*.py"))
MAX_LINES = 400
MAX_FUNCTION = 50


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_a_file_fits_in_a_head(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_a_function_fits_on_a_screen(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))

    long = {f.name: (f.end_lineno or 0) - f.lineno + 1 for f in functions}

    assert {name: lines for name, lines in long.items() if lines > MAX_FUNCTION} == {}


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_a_module_says_what_it_is_in_one_to_five_lines(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))

    assert docstring
    assert len(docstring.splitlines()) <= 5


def test_no_module_is_a_place_for_leftovers() -> None:
    leftovers = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}

    assert not [path for path in SOURCES if path.stem in leftovers]


def _loaded(code: str, cwd: Path) -> set[str]:
    listing = f"import sys\n{code}\nprint(*{{name.split('.')[0] for name in sys.modules}}, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", listing], cwd=cwd, capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stderr.splitlines()[-1].split())


def test_help_loads_no_library_at_all(tmp_path: Path) -> None:
    code = "from assess import cli\ntry:\n    cli.main(['--help'])\nexcept SystemExit:\n    pass"

    assert not _loaded(code, tmp_path) & {"pydantic", "pydantic_core", "yaml", "textual", "rich", "jinja2"}


@pytest.mark.parametrize("command", ["check", "score", "validate", "schema"])
def test_commands_for_ci_load_neither_the_terminal_nor_the_template_engine(command: str, tmp_path: Path) -> None:
    code = f"from assess import cli\ncli.main([{command!r}])"

    loaded = _loaded(code, tmp_path)

    assert "pydantic" in loaded
    assert not loaded & {"textual", "rich", "jinja2"}


def test_report_does_not_load_the_terminal(tmp_path: Path) -> None:
    code = "from assess import cli\ncli.main(['demo'])"

    loaded = _loaded(code, tmp_path)

    assert "jinja2" in loaded
    assert not loaded & {"textual", "rich"}


def test_imports_go_one_way() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports")], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout


def test_docstring_examples_are_true() -> None:
    """In one process of their own: doctest and our `_` would meet otherwise."""
    code = (
        "import doctest, importlib, pkgutil, assess\n"
        "names = [m.name for m in pkgutil.walk_packages(assess.__path__, 'assess.')]\n"
        "names = [n for n in names if '.tui' not in n and '__main__' not in n]\n"
        "results = [doctest.testmod(importlib.import_module(n)) for n in names]\n"
        "print(sum(r.attempted for r in results), sum(r.failed for r in results))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)

    attempted, failed = map(int, done.stdout.split()[-2:])
    assert attempted > 15, done.stdout
    assert failed == 0, done.stdout


EXTRACT = (
    "pybabel extract --keywords=message:1 --keywords=counted:1,2 --keywords=_mark --add-location=file"
    " --sort-by-file --no-wrap --project=assess --copyright-holder= --msgid-bugs-address="
    " --output=assess/locale/assess.pot assess"
)


def test_every_word_for_people_is_in_the_catalogue(tmp_path: Path) -> None:
    """`assess/locale/assess.pot` is what the command in CONTRIBUTING.md makes of today's sources."""
    assert EXTRACT in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").replace(" \\\n    ", " ")
    fresh = tmp_path / "assess.pot"
    words = EXTRACT.replace("assess/locale/assess.pot", str(fresh)).split()

    subprocess.run([Path(sys.executable).parent / words[0], *words[1:]], cwd=ROOT, check=True, capture_output=True)

    kept = _without_date((ROOT / "assess/locale/assess.pot").read_text(encoding="utf-8"))
    assert kept == _without_date(fresh.read_text(encoding="utf-8")), f"renew it: {EXTRACT}"


def _without_date(catalogue: str) -> list[str]:
    return [line for line in catalogue.splitlines() if "Date: " not in line and "Generated-By: " not in line]


def test_no_path_of_a_machine_and_no_registry_is_named() -> None:
    words = ["py" + "pi.org", "python" + "hosted", "registry.npm" + "js", "/ro" + "ot/"]

    done = subprocess.run(
        ["git", "grep", "-nIi", *(part for word in words for part in ("-e", word))],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout == ""
