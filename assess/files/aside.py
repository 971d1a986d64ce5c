"""A sheet on its way to disk in a thread of its own, while somebody goes on answering. Not how it is written."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

from assess.core.answers import Sheet


class Aside:
    """One state of a sheet that is being saved. `told` is called at the end, in that thread."""

    def __init__(self, save: Callable[[Sheet], None], sheet: Sheet, told: Callable[[], object]) -> None:
        self.sheet = sheet
        self._error: Exception | None = None
        self._thread = Thread(target=self._run, args=(save, told), name="saving")
        self._thread.start()

    def _run(self, save: Callable[[Sheet], None], told: Callable[[], object]) -> None:
        try:
            save(self.sheet)
        except Exception as error:  # noqa: BLE001  (raised again for whoever waits)
            self._error = error
        told()

    def wait(self) -> None:
        """Wait for the end. Raises what `save` raised."""
        self._thread.join()
        if self._error is not None:
            raise self._error
