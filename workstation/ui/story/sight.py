"""The story editor and the other panes scroll together."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

from workstation.ui.session import EYES, Session, Sight

Parts = Callable[[], Sequence[tuple[str, QWidget]]]
"""The parts of the story that are on the screen, from the top, each with the name that a :class:`Sight` has for it."""


class SharedSight(QObject):
    """Tells what is looked at when the editor scrolls a story by hand, and follows what is looked at elsewhere."""

    def __init__(self, pane: QWidget, session: Session, scroll: QScrollArea, inside: QWidget, parts: Parts) -> None:
        """``inside`` is what ``scroll`` scrolls."""
        super().__init__(pane)
        self._pane = pane
        self._session = session
        self._scroll = scroll
        self._inside = inside
        self._parts = parts
        session.sight_moved.connect(self._follow)
        scroll.verticalScrollBar().actionTriggered.connect(lambda _: QTimer.singleShot(0, self, self._tell))

    def _tell(self) -> None:
        bar = self._scroll.verticalScrollBar()
        if bar.value() <= 2 or bar.value() >= bar.maximum() - 2:
            sight = Sight("top" if bar.value() <= 2 else "end", 0.0)
        else:
            eyes = bar.value() + round(self._scroll.viewport().height() * EYES)
            part, top, height = [entry for entry in self._measured() if entry[1] <= eyes or entry[0] == "top"][-1]
            sight = Sight(part, min(1.0, max(0.0, (eyes - top) / max(1, height))))
        self._session.sight_moved.emit(sight, self._pane)

    def _follow(self, sight: Sight, initiator: object) -> None:
        if initiator is self._pane:
            return
        bar = self._scroll.verticalScrollBar()
        if not sight.share and sight.part in ("top", "end"):
            bar.setValue(0 if sight.part == "top" else bar.maximum())
            return
        for part, top, height in self._measured():
            if part == sight.part:
                bar.setValue(round(top + height * sight.share - self._scroll.viewport().height() * EYES))

    def _measured(self) -> list[tuple[str, int, int]]:
        """The parts with their tops and heights in what is scrolled."""
        return [(part, widget.mapTo(self._inside, QPoint()).y(), widget.height()) for part, widget in self._parts()]
