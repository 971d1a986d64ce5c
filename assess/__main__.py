"""`python -m assess` and the installed `assess`."""

from __future__ import annotations

import gc
import sys

from assess import cli


def main() -> None:
    """Run the command line and leave with its exit code."""
    code = cli.main()
    gc.freeze()  # on its way out Python would look through all that is left for rings: a twentieth of the time
    sys.exit(code)


if __name__ == "__main__":
    main()
