"""A look at rescued words beside what the story says now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from workstation.domain.story_diff import compare
from workstation.domain.word_diff import PartDiff
from workstation.domain.wording import shortened
from workstation.ui.dialogs.history_text import DiffView

if TYPE_CHECKING:
    from workstation.ui.session import Session
    from workstation.ui.theme import Theme
    from workstation.workflow.desk import Desk
    from workstation.workflow.rescued import Rescued

SIZE = QSize(820, 640)
LONGEST_NAME = 80


class RescuedDialog(QDialog):
    """Shows what would come and go if the rescued words were put into their story; ``put_in`` does it."""

    def __init__(self, session: Session, theme: Theme, desk: Desk, rescued: Rescued, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._rescued = desk, rescued
        self.setWindowTitle(f"Rescued words of “{shortened(rescued.name, LONGEST_NAME)}”")
        self._heading = QLabel()
        self._heading.setTextFormat(Qt.TextFormat.PlainText)
        self._heading.setWordWrap(True)
        file = QLabel(f"They are kept in {rescued.file}")
        file.setTextFormat(Qt.TextFormat.PlainText)
        file.setWordWrap(True)
        file.setProperty("muted", True)
        file.setFont(theme.font("small"))
        file.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.view = DiffView(theme)
        self.view.setAccessibleName("The rescued words")
        self._only = QCheckBox("Only parts that changed")
        self._only.setChecked(True)
        self._only.toggled.connect(self.view.show_only_changes)
        self.put_in = QPushButton("Put into the story")
        self.put_in.clicked.connect(self.accept)
        close = QPushButton("Close")
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addWidget(self._only)
        foot.addStretch(1)
        foot.addWidget(self.put_in)
        foot.addWidget(close)
        whole = QVBoxLayout(self)
        whole.setSpacing(10)
        for widget in (self._heading, self.view, file):
            whole.addWidget(widget, 1 if widget is self.view else 0)
        whole.addLayout(foot)
        self.resize(SIZE.boundedTo(parent.size()))
        close.setFocus()
        session.run(lambda _: self._compared(), self._show, urgent=True)

    def _compared(self) -> tuple[tuple[PartDiff, ...], bool]:
        now = self._desk.rescued.story_now(self._rescued)
        return compare(now, self._rescued.story), now is not None

    def _show(self, compared: tuple[tuple[PartDiff, ...], bool]) -> None:
        if not isValid(self):
            return
        parts, is_known = compared
        told = "Underlined words would come, struck ones would go. What stands there now is kept as a version first."
        if not is_known:
            told = "The story is no longer in the desk; these words would begin it anew."
            self.put_in.setText("Put in as a story")
        self._heading.setText(told)
        self._only.setVisible(is_known)
        self.view.show_parts(parts, compared=is_known)
