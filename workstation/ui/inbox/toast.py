"""The line that says what was just done in the inbox, and takes it back at a click."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from workstation.ui.theme import Theme

SHOWN_MS = 8_000
MARGIN = 6
HEIGHT = 34


class Toast(QFrame):
    """Lies over the foot of ``pane`` for eight seconds, longer while the mouse rests on it. It never takes the keyboard."""

    act_requested = Signal(str)
    """The verb of the button: ``undo`` or ``redo``."""

    def __init__(self, theme: Theme, pane: QWidget) -> None:
        super().__init__(pane)
        self._theme = theme
        self._verb = "undo"
        self._words = ""
        self._lift = 0
        self.setProperty("toast", True)
        self.setAccessibleName("What was done last")
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._button = QPushButton()
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.clicked.connect(lambda: self.act_requested.emit(self._verb))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 4, 0)
        row.setSpacing(6)
        row.addWidget(self._label, 1)
        row.addWidget(self._button)
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        pane.installEventFilter(self)
        self.hide()
        theme.on_change(self._dress)

    @property
    def words(self) -> str:
        """What is said, also where it is cut short for want of room."""
        return self._words

    def tell(self, words: str, verb: str, button: str) -> None:
        """Say ``words`` and offer ``button``, which asks for ``verb``."""
        self._words, self._verb = words, verb
        self._button.setText(button)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        announcement = QAccessibleAnnouncementEvent(self, f"{words}. {button}")
        QAccessible.updateAccessibility(announcement)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start()
        super().leaveEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def lift(self, pixels: int) -> None:
        """Keep so many pixels free below, where something else stands that is used."""
        self._lift = pixels
        self._place()

    def _place(self) -> None:
        pane = self.parentWidget()
        if pane is not None:
            bottom = pane.height() - self._lift - 2
            self.setGeometry(QRect(MARGIN, bottom - HEIGHT, pane.width() - 2 * MARGIN, HEIGHT))
            self._fit()

    def _fit(self) -> None:
        room = self.width() - self._button.sizeHint().width() - 22
        self._label.setText(QFontMetrics(self._label.font()).elidedText(self._words, Qt.TextElideMode.ElideRight, max(0, room)))
        self._label.setToolTip("")

    def _dress(self) -> None:
        t = self._theme.tokens
        self.setStyleSheet(
            f"QFrame[toast='true'] {{ background: {t.ink}; border-radius: 7px; }} QLabel {{ color: {t.base}; }}"
            f"QPushButton {{ background: transparent; border: 0; color: {t.base}; font-weight: 600; padding: 4px 8px;"
            f" text-decoration: underline; }} QPushButton:hover {{ background: {t.muted}; }}"
        )
        self._label.setFont(self._theme.font("ui"))
