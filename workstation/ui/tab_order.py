"""The order in which Tab goes through a window: that of the layouts, also for what was built or moved later."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QSplitter, QStackedWidget, QWidget


def neighbour(window: QWidget, now: QWidget | None, step: int) -> QWidget | None:
    """What the keyboard goes to from ``now``: the next one (1) or the one before (-1), round the window.

    None where Qt's own order has to do, as where ``now`` does not take part.
    """
    stops = list(stops_in(window))
    at = next((at for at, stop in enumerate(stops) if now is not None and (stop is now or stop.isAncestorOf(now))), None)
    return None if at is None else stops[(at + step) % len(stops)]


def stops_in(widget: QWidget) -> Iterator[QWidget]:
    """The widgets in ``widget`` that Tab stops at, in their order."""
    for part in _parts(widget):
        if not part.isVisible() or not part.isEnabled() or part.isWindow():
            continue
        inside = list(stops_in(part)) if _only_holds(part) else []
        if inside or _only_holds(part):
            yield from inside
        else:
            yield part


def _only_holds(widget: QWidget) -> bool:
    """Whether Tab goes through a widget instead of stopping at it."""
    return isinstance(widget, QScrollArea) or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus or bool(widget.focusProxy())


def _parts(widget: QWidget) -> Iterator[QWidget]:
    layout = widget.layout()
    if isinstance(widget, QScrollArea):
        yield from filter(None, [widget.widget()])
    elif isinstance(widget, QSplitter | QStackedWidget):
        yield from filter(None, (widget.widget(index) for index in range(widget.count())))
    elif layout is not None:
        placed = list(_placed(layout))
        yield from placed
        known = {id(part) for part in placed}
        yield from (part for part in _children(widget) if id(part) not in known)
    else:
        yield from _children(widget)


def _children(widget: QWidget) -> Iterator[QWidget]:
    return (child for child in widget.children() if isinstance(child, QWidget))


def _placed(layout: QLayout) -> Iterator[QWidget]:
    """The widgets of a layout and of the layouts in it."""
    for index in range(layout.count()):
        item = layout.itemAt(index)
        inner, widget = (item.layout(), item.widget()) if item is not None else (None, None)
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _placed(inner)
