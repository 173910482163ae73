"""The line at the foot of the window: saved, how long the story is, what is going on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QStatusBar, QToolButton, QWidget
from shiboken6 import isValid

from workstation.domain.story import Story
from workstation.domain.wording import counted
from workstation.ui.reading_time import reading_time
from workstation.ui.wording import plain_tip

if TYPE_CHECKING:
    from workstation.ui.session import Session, Task
    from workstation.ui.theme import Theme

SHOWN_MS = 9_000
WIDEST_SAVED = "Saved 00:00"
TONES = {"good": "good", "warn": "warn", "bad": "bad"}


class _Line(QLabel):
    """Words in one line: what has no room ends in an ellipsis, and never asks the window to grow."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        flags = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(self.rect(), flags, words)
        painter.end()


class StatusLine(QStatusBar):
    """Says what the session says; the last word of a task can be read for nine seconds, a failure until the next word."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._tasks: list[Task] = []
        self._tones: dict[QLabel, str] = {}
        self._saved = _Line()
        self._saved.setObjectName("saved")
        self._dot = QLabel("")
        self._story = QLabel("")
        self._said = _Line()
        self._label = QLabel("")
        self._bar = QProgressBar()
        self._bar.setFixedWidth(90)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress")
        self._cancel = QToolButton()
        self._cancel.setToolTip("Cancel")
        self._cancel.setAccessibleName("Cancel")
        self._cancel.clicked.connect(lambda: self._tasks[-1].cancel() if self._tasks else None)
        self._work = QWidget()
        row = QHBoxLayout(self._work)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self._label, self._bar, self._cancel):
            row.addWidget(widget)
        self._work.hide()
        left = QWidget()
        words = QHBoxLayout(left)
        words.setContentsMargins(8, 0, 0, 0)
        words.setSpacing(0)
        for label in (self._saved, self._dot, self._story, self._said, self._label):
            label.setTextFormat(Qt.TextFormat.PlainText)
        words.addWidget(self._saved)
        words.addWidget(self._dot)
        words.addWidget(self._story)
        self.addWidget(left)
        self.addWidget(self._said, 1)
        self.addPermanentWidget(self._work)
        self.setSizeGripEnabled(False)
        self._clear = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._clear.timeout.connect(lambda: self._said.setText(""))
        session.said.connect(self._say)
        session.task_started.connect(self._begin)
        theme.on_change(self._dress)

    def show_saved(self, text: str, tone: str) -> None:
        """Say whether all is saved; what stands beside it stays where it is while saving and saved take turns."""
        self._set_tone(self._saved, tone)
        self._saved.setMinimumWidth(self._saved.fontMetrics().horizontalAdvance(WIDEST_SAVED))
        self._saved.setText(text)
        self._saved.setToolTip(plain_tip(text) if tone else "")
        self._dot.setText("  ·  ")

    def show_story(self, story: Story | None) -> None:
        """Say how long the story is."""
        if story is None:
            self._story.setText("No story is open")
            return
        words, cards = story.words, len(story.signals)
        sources = sum(len(card.sources) for card in story.signals)
        told = [
            f"{counted(words, 'word')}, {reading_time(words)}",
            counted(cards, "signal"),
            counted(sources, "source"),
        ]
        self._story.setText("  ·  ".join(told))

    def _say(self, text: str, tone: str) -> None:
        self._said.setText(f"   {text}")
        self._said.setToolTip(plain_tip(text))
        self._set_tone(self._said, tone)
        if tone == "bad":
            self._clear.stop()
        else:
            self._clear.start()

    def _set_tone(self, label: QLabel, tone: str) -> None:
        if self._tones.get(label) != tone:
            self._tones[label] = tone
            self._colour(label, tone)

    def _colour(self, label: QLabel, tone: str) -> None:
        token = TONES.get(tone, "muted")
        label.setStyleSheet(f"color: {getattr(self._theme.tokens, token)};")
        label.setFont(self._theme.font("small", scale=1.08))  # a style sheet makes Qt forget it

    def _begin(self, task: Task) -> None:
        self._tasks.append(task)
        task.progressed.connect(self._progress)
        task.ended.connect(lambda: self._end(task))
        self._label.setText(task.label)
        self._bar.setRange(0, 0)
        self._work.show()

    def _progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done if total else 0)

    def _end(self, task: Task) -> None:
        if not isValid(self):  # work that outlives its window has nobody to tell
            return
        if task in self._tasks:
            self._tasks.remove(task)
        if self._tasks:
            self._label.setText(self._tasks[-1].label)
        self._work.setVisible(bool(self._tasks))

    def _dress(self) -> None:
        for label in (self._saved, self._dot, self._story, self._said, self._label):
            label.setFont(self._theme.font("small", scale=1.08))
        for label, tone in self._tones.items():
            self._colour(label, tone)
        self._cancel.setIcon(self._theme.icon("mdi6.close", "muted"))
