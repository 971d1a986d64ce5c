"""How argparse speaks here: help in terminal cells, errors that steer nobody. Which there are, `cli` says."""

from __future__ import annotations

import argparse

TYPE_CHECKING = False
if TYPE_CHECKING:  # `--help` must not pay for it
    from typing import NoReturn


class Help(argparse.HelpFormatter):
    """Help that is laid out by terminal cells: argparse counts characters, of which Chinese ones take two."""

    def _format_action(self, action: argparse.Action) -> str:
        shown, name = super()._format_action(action), self._format_action_invocation(action)
        if name.isascii():
            return shown
        from assess.core.cells import cells

        head, _name, told = shown.partition(name)
        gap = len(told) - len(told.lstrip(" ")) - (cells(name) - len(name))
        if told.startswith("\n"):
            return shown
        column = len(head) + cells(name) + gap
        return f"{head}{name}{' ' * gap if gap > 1 else chr(10) + ' ' * column}{told.lstrip(' ')}"

    def _split_lines(self, text: str, width: int) -> list[str]:
        if text.isascii():
            return super()._split_lines(text, width)
        from assess.core.cells import wrap

        return wrap(text, width)


class Parser(argparse.ArgumentParser):
    """One that repeats what it does not understand without being steered by it."""

    def error(self, message: str) -> NoReturn:
        """Say it on one line, and exit with 2."""
        from assess.render.text import one_line

        super().error(one_line(message))
