"""A coverage-guided search for bytes that break a promise. See CONTRIBUTING.md, "Fuzzing".

    python tests/fuzz/guided.py read|write FOLDER [-max_total_time=3600] [options of libFuzzer]

FOLDER keeps what the search has learned; it starts from the examples and the shipped files.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import atheris

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent)]
with atheris.instrument_imports(include=["assess"]):
    import promises

CHOICES = 16
"""The last bytes of an input choose what is changed in the file that the others are."""
SEEDS = [path.read_bytes() for path in promises.EXAMPLES]


def read(data: bytes) -> None:
    promises.a_read_file_is_a_value_or_findings(data)


def write(data: bytes) -> None:
    raw, choices = data[:-CHOICES], data[-CHOICES:]
    promises.a_changed_sheet_says_what_was_meant(raw, random.Random(choices).randrange)
    promises.a_patch_is_made_or_refused(raw, random.Random(choices).randrange)


def change(data: bytes, max_size: int, seed: int) -> bytes:
    """Spoil the file half of the time as `promises.mutated` does, else as libFuzzer does."""
    chance = random.Random(seed)
    if chance.random() < 0.5:
        return atheris.Mutate(data, max_size)
    return promises.mutated(data, chance.randrange, SEEDS)[:max_size]


def main() -> None:
    target = {"read": read, "write": write}[sys.argv[1]]
    folder = Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS):
        (folder / f"seed-{number}").write_bytes(seed + (b"\0" * CHOICES if target is write else b""))
    atheris.Setup([sys.argv[0], *sys.argv[2:]], target, custom_mutator=change)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
