"""The first window listens for later starts on its desk: it comes forward and captures what they were given."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QWidget

from workstation.errors import StoreError
from workstation.workflow.second_start import LONGEST, REFUSED, TAKEN, Start, read_start

WAIT_MS = 3_000
"""Who connects and says nothing for so long is sent away."""
MOST_AT_ONCE = 30


class SecondStarts(QObject):
    """Takes the messages of later starts. Make it once the lock on the desk is held: what listened there before is gone."""

    arrived = Signal(object)
    """A :class:`Start` that was understood."""

    def __init__(self, address: str, parent: QObject) -> None:
        """Listen at ``address``.

        Raises:
            StoreError: the system does not let it.
        """
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)
        self._open: set[QLocalSocket] = set()
        QLocalServer.removeServer(address)
        if not self._server.listen(address):
            raise StoreError(
                "A second start cannot be noticed", f"{address}: {self._server.errorString()}. One window works all the same."
            )

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _greet(self) -> None:
        while (line := self._server.nextPendingConnection()) is not None:
            self._open.add(line)
            line.readyRead.connect(partial(self._read, line))
            line.disconnected.connect(partial(self._forget, line))
            QTimer.singleShot(WAIT_MS, line, line.abort)
            if len(self._open) > MOST_AT_ONCE:
                line.abort()
            elif line.bytesAvailable():
                self._read(line)

    def _read(self, line: QLocalSocket) -> None:
        if line not in self._open or (not line.canReadLine() and line.bytesAvailable() <= LONGEST):
            return
        self._open.discard(line)
        start = read_start(bytes(line.readLine(LONGEST + 1).data()))
        line.write(REFUSED if start is None else TAKEN)
        line.flush()
        line.disconnectFromServer()
        if start is not None:
            self.arrived.emit(start)

    def _forget(self, line: QLocalSocket) -> None:
        self._open.discard(line)
        line.deleteLater()


def bring_forward(window: QWidget, start: Start) -> None:
    """Put ``window`` before all others, as far as the desktop lets a program do that."""
    if start.token:
        os.environ["XDG_ACTIVATION_TOKEN"] = start.token  # Qt takes it from there when it asks the desktop
    if window.isMinimized():
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
    with suppress(KeyError):
        del os.environ["XDG_ACTIVATION_TOKEN"]
