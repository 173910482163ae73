"""Whether the store's file is still where it was opened: what is written to a file without a name is lost when it is closed."""

from __future__ import annotations

import os
from pathlib import Path

from workstation.errors import StoreError


class FilePlace:
    """Remembers which file bears the store's name, and notices when another program has put one in its place or moved it.

    Programs that keep folders in step do that with a file that they bring from another machine.
    """

    def __init__(self, path: Path) -> None:
        self._path, self._log = path, path.with_name(f"{path.name}-wal")
        self._was = path.stat()
        self._log_was: os.stat_result | None = None

    def log_is_gone(self) -> bool:
        """Whether the log that was written to has lost its name: asked after something was written to it."""
        try:
            found = self._log.stat()
        except FileNotFoundError:
            return True
        self._log_was = self._log_was or found
        return not os.path.samestat(found, self._log_was)

    def require(self) -> None:
        """Look whether the file is still there; a few microseconds.

        Raises:
            StoreError: its name is gone or leads to another file, so that nothing that is written now could be found again.
        """
        try:
            if os.path.samestat(self._path.stat(), self._was):
                return
        except FileNotFoundError:
            pass
        raise StoreError(
            "The desk's file was moved or replaced",
            f"Another program put another file in the place of {self._path}, or took it away, while the desk was open. The words "
            "stay in the window: save a copy of the story with Story > Export story document, then start the program anew.",
        )
