"""Starting the window: everything that must happen before the first paint, and what can wait until after it."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import shiboken6
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from workstation.settings import APP_NAME, data_folder, log_folder
from workstation.ui.asked_to_end import AskedToEnd
from workstation.ui.bug_watch import BugNotice, BugWatch
from workstation.ui.opening import open_desk
from workstation.ui.preview import scheme
from workstation.ui.saving import save_within
from workstation.ui.session import Session
from workstation.ui.theme import Theme
from workstation.ui.window import THEME_KEY, Window
from workstation.workflow.desk import Desk

NO_DISPLAY = 2
FAILED = 3
GIL_SECONDS = 0.0005
"""How long another thread, such as the one that saves, may keep the window's thread waiting for the interpreter."""
SAVE_SECONDS = 2.0
"""How long the window waits for a saving when a bug was caught or the system is closing the session."""
X11_LIBRARY = "libxcb-cursor.so.0"


def open_window(store: Path, after_paint: Callable[[], object], *, offline: bool = False, own_hosts: Sequence[str] = ()) -> int:
    """Open the desk over ``store`` in a window and stay until it is closed; answers with the exit code."""
    obstacle = _why_no_window()
    if obstacle:
        print(obstacle, file=sys.stderr)  # noqa: T201 - the command line's words
        print("“./run demo” does the main job without one.", file=sys.stderr)  # noqa: T201 - the command line's words
        return NO_DISPLAY
    scheme.prepare()
    application = QApplication([APP_NAME])
    application.setApplicationName(APP_NAME)
    application.setApplicationDisplayName("Signals Workstation")
    settings = QSettings(str(data_folder() / "window.ini"), QSettings.Format.IniFormat)
    theme = Theme(application)
    theme.choose(str(settings.value(THEME_KEY, "system")))
    watch = BugWatch(log_folder())
    watch.install()
    try:
        desk = open_desk(store, offline=offline)
        if desk is None:
            return FAILED
        desk.gathering.consents.allow_for_now(own_hosts)
        with desk:
            return _run(application, desk, theme, settings, after_paint, watch)
    except Exception as error:  # nothing stands any more that could tell it
        watch.tell_end(error)
        return FAILED
    finally:
        watch.close()


def _run(
    application: QApplication,
    desk: Desk,
    theme: Theme,
    settings: QSettings,
    after_paint: Callable[[], object],
    watch: BugWatch,
) -> int:
    sys.setswitchinterval(GIL_SECONDS)
    session = Session()
    window = Window(desk, session, theme, settings)
    save_first = partial(save_within, desk.writing, SAVE_SECONDS)
    bugs = BugNotice(watch, window.notices, save_first, window)
    window.painted.connect(bugs.tell_last_crash)
    ending = AskedToEnd(application, window.close, save_first)
    window.painted.connect(after_paint)
    window.painted.connect(theme.show_icons)
    window.painted.connect(window.story.start)
    window.painted.connect(window.preview.start)
    window.painted.connect(lambda: window.reader)  # asking for it builds it
    if desk.sampling.is_wanted:
        window.load_sample()
    else:
        window.open_last_story()
    window.show()
    code = application.exec()
    ending.stop()
    session.stop()
    desk.worker.close()  # a reading that goes on would keep the threads for as long as it may take
    desk.spelling.close()
    session.close()
    _let_go_of_clipboard()
    _delete(window)
    return code


def _let_go_of_clipboard() -> None:
    """What was copied here is Python's, and Qt would delete it after Python ended; on Linux it goes with the program."""
    clipboard = QApplication.clipboard()
    if sys.platform == "linux" and clipboard.ownsClipboard():
        clipboard.clear()


def _delete(window: Window) -> None:
    """Delete the window with all that is open over it while the application still stands; Python's own order crashes Qt.

    A field that has the focus would be told that it lost it after its Python part is gone, so it loses it before.
    """
    focus = QApplication.focusWidget()
    if focus is not None:
        focus.clearFocus()
    shiboken6.delete(window)


def _why_no_window() -> str | None:
    """What Qt would abort over, which cannot be caught; None when a window can open."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return None
    if os.environ.get("WAYLAND_DISPLAY"):
        return None
    if not os.environ.get("DISPLAY"):
        return "There is no display to open a window on."
    try:
        ctypes.CDLL(X11_LIBRARY)
    except OSError:
        return f"A window on X needs {X11_LIBRARY}, which is missing (on Debian: apt-get install libxcb-cursor0)."
    return None
