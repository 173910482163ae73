"""The system asks the program to end (a session that closes, Ctrl+C, ``kill``): the window closes as by the editor's hand."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtGui import QGuiApplication, QSessionManager

_ASKING = ("SIGTERM", "SIGINT", "SIGHUP")


class AskedToEnd(QObject):
    """Calls ``close`` in the window's thread when the system asks, and ``save`` when a session is about to end."""

    def __init__(self, application: QGuiApplication, close: Callable[[], object], save: Callable[[], object]) -> None:
        super().__init__(application)
        self._close, self._save = close, save
        application.commitDataRequest.connect(self._commit)
        if os.name == "posix":
            self._listen()

    def stop(self) -> None:
        """Leave the signals to Python again."""
        if os.name == "posix":
            signal.set_wakeup_fd(-1)
            for name, before in self._before.items():
                signal.signal(name, before)
            self._notifier.setEnabled(False)
            for end in self._ends:
                end.close()

    def _listen(self) -> None:
        """A signal writes a byte into a pair of sockets, of which Qt hears: Python alone would wait for its next instruction."""
        self._ends = socket.socketpair()
        for end in self._ends:
            end.setblocking(False)
        signal.set_wakeup_fd(self._ends[1].fileno(), warn_on_full_buffer=False)
        self._before = {getattr(signal, name): signal.signal(getattr(signal, name), lambda *_: None) for name in _ASKING}
        self._notifier = QSocketNotifier(self._ends[0].fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)

    def _hear(self) -> None:
        asked = self._ends[0].recv(64)
        if any(number in asked for number in self._before):
            self._close()

    def _commit(self, _manager: QSessionManager) -> None:
        self._save()
