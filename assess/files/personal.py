"""What belongs to a person and not to a team: their keys, in the folder for settings of their account."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from assess.core.keymap import KeyMap, check_keymap
from assess.files.load import Loaded, load

KEYS = "keys.yaml"


def keys_path(environment: Mapping[str, str]) -> Path:
    """Where a person's keys lie: `$XDG_CONFIG_HOME/assess/keys.yaml`, without it `~/.config/assess/keys.yaml`.

    A relative `XDG_CONFIG_HOME` is to be ignored, as the XDG Base Directory Specification has it.
    """
    named = Path(environment.get("XDG_CONFIG_HOME", ""))
    base = named if named.is_absolute() else Path(environment.get("HOME") or "~").expanduser() / ".config"
    return base / "assess" / KEYS


def load_keys(path: Path) -> Loaded[KeyMap]:
    """A person's keys, and all that is wrong with them."""
    loaded = load(path, KeyMap)
    return loaded if loaded.value is None else loaded.also(check_keymap(loaded.value))
