"""Hands at the real program, in its own process: what is done as soon as its window is there, in the window's own thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from workstation import app
from workstation.ui.window import Window


def when_open(act: Callable[[Window], object]) -> None:
    """Let ``act`` be done once the window is on the screen; to be said before the program is run."""
    after_paint = app.collect_rarely

    def begin() -> None:
        after_paint()
        act(next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, Window)))

    app.collect_rarely = begin


def when_there_is_a_story(window: Window, act: Callable[[], object]) -> None:
    """Do ``act`` once a story is open: the first start loads the sample desk."""
    if window._session.story is not None and window.story.isEnabled():
        act()
    else:
        QTimer.singleShot(20, window, lambda: when_there_is_a_story(window, act))
