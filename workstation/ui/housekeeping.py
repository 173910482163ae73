"""What nobody needs any more is given back while the editor pauses.

Python's collector looks rarely (see ``collecting``), so that no key waits for it; what a day of typing leaves in circles, and
what the system's allocator holds back, would add up.
"""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QObject, QTimer

from workstation.domain.changes import Changes
from workstation.ui.session import Session

LOOK_MS = 15_000
PAUSE_SECONDS = 10.0
"""So long without a change, the editor reads or thinks."""
EVERY_SECONDS = 180.0
AT_LAST_SECONDS = 600.0
"""Who never pauses is interrupted for a tenth of a second after so long."""


class Housekeeping(QObject):
    """Collects every three minutes at most, in a pause."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._changed = self._collected = monotonic()
        self._give_back = _giving_back()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)
        session.changed.connect(self._notice)

    def start(self) -> None:
        """Look from time to time."""
        self._timer.start()

    def _notice(self, _changes: Changes, _initiator: object) -> None:
        self._changed = monotonic()

    def _look(self) -> None:
        now = monotonic()
        since = now - self._collected
        if since >= EVERY_SECONDS and (now - self._changed >= PAUSE_SECONDS or since >= AT_LAST_SECONDS):
            self._collected = now
            gc.collect()
            self._give_back()


def _giving_back() -> Callable[[], object]:
    """What hands freed memory back to the system, where its allocator keeps it."""
    try:
        trim = ctypes.CDLL("libc.so.6").malloc_trim
    except (OSError, AttributeError):  # another system, another allocator: they do it by themselves
        return _nothing
    return lambda: trim(0)


def _nothing() -> None:
    """There is nothing to be handed back."""
