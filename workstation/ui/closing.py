"""What has to be done before the window closes is done beside its thread: a disk that does not answer does not freeze it."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QTimer

from workstation.errors import StoreError

PATIENCE_SECONDS = 5.0
_AT_ONCE_SECONDS, _LOOK_MS = 0.3, 20


class DiskDoesNotAnswerError(StoreError):
    """What was told to the disk goes on, and nobody knows for how long."""


def wait_for(work: Callable[[], object], seconds: float = PATIENCE_SECONDS) -> None:
    """Do ``work`` and wait for its end; the window is painted meanwhile, keys and clicks come after.

    Raises:
        DiskDoesNotAnswerError: it has not ended within ``seconds``, and goes on.
        Exception: what ``work`` raised.
    """
    failures: list[BaseException] = []

    def do() -> None:
        try:
            work()
        except BaseException as error:
            failures.append(error)

    thread = threading.Thread(target=do, name="desk-closing", daemon=True)
    thread.start()
    thread.join(min(seconds, _AT_ONCE_SECONDS))
    if thread.is_alive():
        _wait_alive(thread, seconds - _AT_ONCE_SECONDS)
    if thread.is_alive():
        told = f"It was told to save and has not answered in {seconds:.0f} seconds."
        raise DiskDoesNotAnswerError("The disk does not answer", told)
    if failures:
        raise failures[0]


def _wait_alive(thread: threading.Thread, seconds: float) -> None:
    loop, look = QEventLoop(), QTimer()
    look.timeout.connect(lambda: None if thread.is_alive() else loop.quit())
    look.start(_LOOK_MS)
    QTimer.singleShot(max(0, int(1_000 * seconds)), loop, loop.quit)
    loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    look.stop()
