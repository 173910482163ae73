"""Two parts of a line: beside each other where both have room, else one below the other."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QStyle


class Beside(QLayout):
    """The last widget stands at the end of the line of the others, of which one is shown at a time, or below it."""

    def __init__(self, *, gap: int) -> None:
        super().__init__()
        self.setContentsMargins(0, 0, 0, 0)
        self._gap = gap
        self._items: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max((box.bottom() + 1 for _, box in self._boxes(width)), default=0)

    def sizeHint(self) -> QSize:
        hints = [item.sizeHint() for item in self._shown()]
        width = sum(hint.width() for hint in hints) + self._gap * max(0, len(hints) - 1)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        widget = self.parentWidget()
        direction = widget.layoutDirection() if widget is not None else Qt.LayoutDirection.LeftToRight
        for item, box in self._boxes(rect.width()):
            item.setGeometry(QStyle.visualRect(direction, rect, box.translated(rect.topLeft())))

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _boxes(self, width: int) -> list[tuple[QLayoutItem, QRect]]:
        """The items that are shown with their places in a line of this width, left to right."""
        shown = self._shown()
        if len(shown) == 2 and self.sizeHint().width() <= width:
            lead, tail = shown
            end = tail.sizeHint().width()
            room = width - end - self._gap
            heights = _height(lead, room), _height(tail, end)
            tops = [(max(heights) - height) // 2 for height in heights]
            return [(lead, QRect(0, tops[0], room, heights[0])), (tail, QRect(width - end, tops[1], end, heights[1]))]
        boxes, top = [], 0
        for item in shown:
            boxes.append((item, QRect(0, top, width, _height(item, width))))
            top += boxes[-1][1].height() + self._gap
        return boxes


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
