"""Asking why the story may go out with a problem."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from workstation.domain.problem import Problem
from workstation.ui.flow_layout import FlowLayout
from workstation.ui.review.rows import excerpt_of
from workstation.ui.wording import plain_tip

SHOWN = 48
"""Characters of an earlier reason on its button."""


class WaiveDialog(QDialog):
    """Gives ``answer`` the reason; without one nothing is waived. Reasons that were given before are a click away."""

    def __init__(self, problem: Problem, parent: QWidget, answer: Callable[[str], object]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Waive a problem")
        self._answer = answer
        told, place = QLabel(problem.message), QLabel("\n".join(filter(None, (excerpt_of(problem), problem.place.full_label))))
        place.setProperty("muted", True)
        for label in (told, place):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.reason = QLineEdit()
        self.reason.setAccessibleName("Reason")
        self.reason.setPlaceholderText("Why the story may go out with it")
        self._before = QWidget()
        self._before.hide()
        self._row = FlowLayout(self._before, gap=6)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.waive = buttons.addButton("Waive", QDialogButtonBox.ButtonRole.AcceptRole)
        self.waive.setProperty("primary", True)
        self.waive.setDefault(True)
        self.waive.setEnabled(False)
        self.reason.textChanged.connect(lambda text: self.waive.setEnabled(bool(text.strip())))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        for part in (told, place, self.reason, self._before):
            column.addWidget(part)
        column.addStretch(1)
        column.addWidget(buttons)
        self.setMinimumWidth(440)
        self.reason.setFocus()

    def offer(self, reasons: Iterable[str]) -> None:
        """Offer reasons that were given before."""
        for reason in reasons:
            shown = reason if len(reason) <= SHOWN else f"{reason[: SHOWN - 1]}…"
            button = QPushButton(shown.replace("&", "&&"))
            button.setProperty("chip", True)
            button.setProperty("words", True)
            button.setAutoDefault(False)
            button.setToolTip(plain_tip(reason))
            button.clicked.connect(partial(self._take, reason))
            self._row.addWidget(button)
            self._before.show()
        self.adjustSize()

    def accept(self) -> None:
        reason = self.reason.text().strip()
        if reason:
            super().accept()
            self._answer(reason)

    def _take(self, reason: str) -> None:
        self.reason.setText(reason)
        self.reason.setFocus()
