"""Letters typed at an open menu are the menu's own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

CHORD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class MenuKeys(QObject):
    """Keeps single keys that the menus tell, such as the list's, from acting while the menu bar has the keyboard.

    Qt holds the bar for the widget that such a key belongs to: Alt+E, E would archive a source.
    """

    def __init__(self, bar: QWidget) -> None:
        super().__init__(bar)
        for widget in (bar, *bar.window().findChildren(QMenu)):
            widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and not event.modifiers() & CHORD:
            event.accept()
            return True
        return False
