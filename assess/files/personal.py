"""What belongs to a person and not to a team: their keys, in the folder for settings of their account."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from assess.core.keymap import KeyMap, applied, check_keymap
from assess.core.keys import TABLE, Key
from assess.files.load import Loaded, load
from assess.files.repository import UsageError

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


def own_keys(environment: Mapping[str, str]) -> tuple[Key, ...]:
    """The table of keys, with those that the person has chosen. Raises UsageError for a choice that cannot be."""
    path = keys_path(environment)
    if not path.exists():
        return TABLE
    loaded = load_keys(path)
    if loaded.value is None:
        raise UsageError(*loaded.findings)
    return applied(loaded.value)
