"""`python -m assess` and the installed `assess`."""

from __future__ import annotations

import sys

from assess import cli


def main() -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(cli.main())


if __name__ == "__main__":
    main()
