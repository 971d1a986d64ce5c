"""Start-up as ratios: `assess --help` beside bare Python, `assess check` beside the libraries it stands on.

Run it from an ordinary (not editable) install: `python -m venv v && v/bin/pip install . && v/bin/python
benchmarks/startup.py`. An editable install adds its import hook to every start.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from interleaved import ratio, row

SHEET = """\
format: assess.answers/1
questionnaire: {id: shipping-practices, version: "1.0.0"}
team: payments
round: 2026-Q4
respondent: ada
asked: pulse
answered: 2026-11-20
answers:
  one-team-all-disciplines: 3
  independent-release-path: 2
  start-without-permission: dont-know
  mission-tiebreaker: 1
  small-frequent-releases: 3
  buy-the-commodity: 3
  delegated-decisions: 2
  no-meeting-days: 1
  one-open-channel: 2
  intensity-without-long-hours: 2
"""


def main() -> None:
    """Measure and print the two ratios."""
    python = sys.executable
    assess = str(Path(python).parent / "assess")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sheet = folder / "assessments" / "2026-Q4" / "answers" / "ada.yaml"
        sheet.parent.mkdir(parents=True)
        sheet.write_text(SHEET, encoding="utf-8")
        help_ = ratio([assess, "--help"], [python, "-c", "pass"], folder)
        print(row("assess --help / python -c pass", help_, 3.0))
        libraries = [python, "-c", "import argparse, yaml, pydantic"]
        check = ratio([assess, "check", "--today", "2026-11-23"], libraries, folder)
        print(row("assess check (1 sheet) / import argparse, yaml, pydantic", check, 1.3))


if __name__ == "__main__":
    main()
