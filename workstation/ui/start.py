"""Starting the window: everything that must happen before the first paint, and what can wait until after it."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import shiboken6
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from workstation.settings import APP_NAME, data_folder, log_folder
from workstation.ui.asked_to_end import AskedToEnd
from workstation.ui.bug_watch import BugNotice, BugWatch
from workstation.ui.damage import DamageWatch
from workstation.ui.opening import FAILED, Opened, open_desk
from workstation.ui.opening_notices import OpeningNotices
from workstation.ui.preview import scheme
from workstation.ui.restart import Restart
from workstation.ui.saving import save_within
from workstation.ui.session import Session
from workstation.ui.theme import Theme
from workstation.ui.window import THEME_KEY, Window
from workstation.workflow.desk import Desk
from workstation.workflow.second_start import Start, start_of

NO_DISPLAY = 2
GIL_SECONDS = 0.0005
"""How long another thread, such as the one that saves, may keep the window's thread waiting for the interpreter."""
SAVE_SECONDS = 2.0
"""How long the window waits for a saving when a bug was caught or the system is closing the session."""
X11_LIBRARY = "libxcb-cursor.so.0"


def open_window(
    store: Path,
    after_paint: Callable[[], object],
    *,
    offline: bool = False,
    targets: Sequence[str] = (),
    take_over: bool = False,
    own_hosts: Sequence[str] = (),
) -> int:
    """Open the desk over ``store`` in a window, capture ``targets`` and stay until it is closed; answers with the exit code.

    Where a window is open over it already, that one comes forward and captures them. ``take_over`` opens the desk also where
    another machine did not say that it closed it; ``own_hosts`` are allowed to be fetched from this time.
    """
    obstacle = _why_no_window()
    if obstacle:
        print(obstacle, file=sys.stderr)  # noqa: T201 - the command line's words
        print("“./run demo” does the main job without one.", file=sys.stderr)  # noqa: T201 - the command line's words
        return NO_DISPLAY
    program = _program()
    start = start_of(targets)
    try:
        opened = open_desk(store, offline=offline, start=start, take_over=take_over)
        if isinstance(opened, int):
            return opened
        restart = Restart(opened.desk.path, offline=offline)
        opened.desk.gathering.consents.allow_for_now(own_hosts)
        with opened.desk:
            code = _run(program, opened, start, restart, after_paint)
        restart.carry_out()
    except Exception as error:  # nothing stands any more that could tell it
        program.watch.tell_end(error)
        return FAILED
    finally:
        program.watch.close()
    return code


@dataclass(frozen=True, slots=True)
class _Program:
    """What stands before the desk is opened, and after it is closed."""

    application: QApplication
    settings: QSettings
    theme: Theme
    watch: BugWatch


def _program() -> _Program:
    scheme.prepare()
    application = QApplication([APP_NAME])
    application.setApplicationName(APP_NAME)
    application.setApplicationDisplayName("Signals Workstation")
    settings = QSettings(str(data_folder() / "window.ini"), QSettings.Format.IniFormat)
    theme = Theme(application)
    theme.choose(str(settings.value(THEME_KEY, "system")))
    watch = BugWatch(log_folder())
    watch.install()
    return _Program(application, settings, theme, watch)


def _run(program: _Program, opened: Opened, start: Start, restart: Restart, after_paint: Callable[[], object]) -> int:
    sys.setswitchinterval(GIL_SECONDS)
    desk = opened.desk
    session = Session(read_only=desk.is_read_only)
    window = Window(desk, session, program.theme, program.settings)
    ending = _watched(program, window, session, desk)
    window.painted.connect(after_paint)
    window.painted.connect(program.theme.show_icons)
    window.painted.connect(window.story.start)
    window.painted.connect(window.preview.start)
    window.painted.connect(lambda: session.run(lambda _: desk.publishing.finish_killed()))
    window.painted.connect(lambda: window.reader)  # asking for it builds it
    _tell_what_is_to_be_known(window, session, program.settings, opened, start, restart)
    if desk.sampling.is_wanted and not desk.is_read_only:
        window.sample.load()
    else:
        window.open_story.turn_to_last()
    window.show()
    code = program.application.exec()
    ending.stop()
    session.stop()
    desk.worker.close()  # a reading that goes on would keep the threads for as long as it may take
    desk.spelling.close()
    if window.leaves_a_saving:
        os._exit(0)  # as safe as a kill, and the words are where the editor was told
    session.close()
    _let_go_of_clipboard()
    _delete(window)
    return code


def _watched(program: _Program, window: Window, session: Session, desk: Desk) -> AskedToEnd:
    """Save first, whatever nobody foresaw, and whoever asks the program to end."""
    save_first = partial(save_within, desk.writing, SAVE_SECONDS)
    bugs = BugNotice(program.watch, window.notices, save_first, window)
    window.painted.connect(bugs.tell_last_crash)
    program.watch.foreseen.connect(session.say_error)
    return AskedToEnd(program.application, window.close, save_first)


def _tell_what_is_to_be_known(
    window: Window, session: Session, settings: QSettings, opened: Opened, start: Start, restart: Restart
) -> None:
    """Of the desk: how it was opened, where it lies, whether it is damaged; and what is done with it when it is closed."""
    notices = OpeningNotices(window, session, settings, opened, restart)
    damage = DamageWatch(window, session, settings, opened.desk, restart)
    window.backups.restore_requested.connect(partial(restart.put_back, window))
    if opened.desk.is_read_only:
        from workstation.ui.read_only import ReadOnly  # noqa: PLC0415 - seldom wanted

        ReadOnly(window, session)
    window.painted.connect(damage.start)
    window.painted.connect(lambda: notices.start(start))


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
