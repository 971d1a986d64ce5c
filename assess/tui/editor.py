"""A person's own editor for what is written here: the terminal is lent to it, and its text comes back."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported

from assess.core.message import Message, message
from assess.files.reason import reason


class EditorError(Exception):
    """Nothing came back from the editor, and why."""

    def __init__(self, said: Message) -> None:
        super().__init__(str(said))
        self.said = said


def edited(app: App[Any], text: str, name: str) -> str:
    """The text as it comes back from `$VISUAL`, else `$EDITOR`, else `vi`, in a file called `name`.

    The program waits for it, as git does. Raises EditorError when the editor cannot be started or says that it
    failed, and when what it wrote is no text; that is then kept where the message says.
    """
    chosen = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    folder = Path(tempfile.mkdtemp(prefix="assess-"))
    path = folder / name
    path.write_text(text, encoding="utf-8")
    try:
        with app.suspend(), _not_meant_for_us():
            failed = _run(chosen, path)
    except SuspendNotSupported:
        failed = message("this terminal cannot be lent to an editor")
    raw = b"" if failed else path.read_bytes()
    try:
        back = raw.decode()
    except UnicodeDecodeError:
        raise EditorError(message("that is not UTF-8 text; it is kept in {path}", path=path)) from None
    shutil.rmtree(folder, ignore_errors=True)
    if failed:
        raise EditorError(failed)
    return back


def _run(chosen: str, path: Path) -> Message | None:
    """Wait for the editor; what went wrong, if anything did. Raises nothing: the terminal has to come back."""
    try:
        code = subprocess.run([*shlex.split(chosen), str(path)], check=False).returncode  # noqa: S603  (their choice)
    except OSError as error:
        return message("the editor “{editor}” did not start: {reason}", editor=chosen, reason=reason(error))
    except ValueError:
        return message("the editor “{editor}” did not start: a quotation mark is not closed", editor=chosen)
    if code < 0:
        return message("the editor was stopped by signal {number}; nothing was taken from it", number=-code)
    if code:
        return message("the editor ended with {code}; nothing was taken from it", code=code)
    return None if path.is_file() else message("the editor left no file; nothing was taken from it")


@contextmanager
def _not_meant_for_us() -> Iterator[None]:
    """Ctrl-C in the editor is the editor's: what the terminal also sends to us is dropped. An end is put off."""
    late: list[int] = []
    # functions, not SIG_IGN: that one the editor would inherit
    ours = {
        signal.SIGINT: lambda _number, _frame: None,
        signal.SIGTERM: lambda number, _frame: late.append(number),
        signal.SIGHUP: lambda number, _frame: late.append(number),
    }
    # asyncio hears by this pipe of every signal, whatever function is called for it: Ctrl-C would end us later
    pipe = signal.set_wakeup_fd(-1)
    before = {number: signal.signal(number, handler) for number, handler in ours.items()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(pipe)
        for ending in late:
            signal.raise_signal(ending)
