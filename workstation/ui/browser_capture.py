"""The door for the browser while the window is open: what comes in is shown, and the foot of the window says that it is open."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QToolButton

from workstation.ui.wording import plain_tip
from workstation.workflow.browser_door import BrowserDoor

if TYPE_CHECKING:
    from workstation.errors import WorkstationError
    from workstation.ui.session import Session
    from workstation.ui.theme import Theme
    from workstation.workflow.desk import Desk
    from workstation.workflow.gathering import Captured

FIRST_MS = 600
"""The door opens after the first paint."""


class BrowserCapture(QObject):
    """Switches the door beside the window's thread, and publishes what was captured through it."""

    changed = Signal()
    """The door was opened, closed or got another token."""
    _captured = Signal(object)
    _warned = Signal(str)

    def __init__(self, session: Session, theme: Theme, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self.door = BrowserDoor(
            desk.gathering, BrowserDoor.file_of(desk.path), captured=self._captured.emit, warned=self._warned.emit
        )
        self.chip = QToolButton()
        self.chip.setAutoRaise(True)
        self.chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.chip.setAccessibleName("The door for the browser is open")
        self.chip.hide()
        self._captured.connect(self._show)
        self._warned.connect(lambda told: session.say(told, "warn"))
        theme.on_change(self._dress)

    def resume(self) -> None:
        """Open the door if it was open at last; called when the window is on the screen."""
        if self.door.state.is_on and not self._session.is_read_only:
            QTimer.singleShot(FIRST_MS, self, lambda: self.do(self.door.resume))

    def do(self, verb: Callable[[], None], *, failed: Callable[[WorkstationError], object] | None = None) -> None:
        """Do one of the door's verbs beside the window's thread, then tell everybody who shows it."""

        def fail(error: WorkstationError) -> None:
            self._tell()
            (failed or self._session.say_error)(error)

        self._session.run(lambda _: verb(), lambda _: self._tell(), failed=fail, urgent=True)

    def close(self) -> None:
        """Close the door: the window closes."""
        self.door.close()

    def _tell(self) -> None:
        self.chip.setVisible(self.door.is_open)
        self.chip.setText(f"Browser :{self.door.state.port}")
        told = f"Pages can be handed over by the browser’s extension (127.0.0.1:{self.door.state.port}). Click to change that."
        self.chip.setToolTip(plain_tip(told))
        self.changed.emit()

    def _show(self, captured: Captured) -> None:
        self._session.publish(captured.changes, self)
        self._session.say(f"From the browser: {captured.message}", captured.tone)

    def _dress(self) -> None:
        self.chip.setIcon(self._theme.icon("mdi6.door-open", "good"))
        self.chip.setFont(self._theme.font("small", scale=1.08))
