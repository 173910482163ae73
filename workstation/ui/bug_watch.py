"""The one hook for bugs: what was typed is saved first, the window stays open, and a report can be copied.

What is foreseen never comes here: it is a ``WorkstationError`` and told where it happens.
"""

from __future__ import annotations

import faulthandler
import os
import sys
import threading
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TextIO

from PySide6.QtCore import QObject, Qt, Signal, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox

from workstation.bugs import Bug, bug_of, keep, report
from workstation.ui.notices import Notice, Notices

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

NOTICE = "bug"
CRASH_NAME = "crash.log"
_LOGGED = 5
"""The same bug is written to the log so often: one that comes with every key would fill it."""


class BugWatch(QObject):
    """Catches what nobody foresaw, in every thread, from :meth:`install` to :meth:`close`."""

    caught = Signal(object, str)
    """A :class:`Bug` and its report, in the window's thread."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._times: Counter[tuple[str, str]] = Counter()
        self._lock = threading.Lock()
        self._inside = threading.local()
        self._crash_log: TextIO | None = None
        self.last_crash = ""
        """What the program left when it ended suddenly the last time: the places in it where it was."""

    def install(self) -> None:
        """From here on nothing that is unforeseen goes by untold."""
        sys.excepthook = self._catch
        sys.unraisablehook = lambda told: self._catch(told.exc_type, told.exc_value, told.exc_traceback)
        threading.excepthook = lambda told: self._catch(told.exc_type, told.exc_value, told.exc_traceback)
        self._watch_for_crashes()

    def close(self) -> None:
        """Python's own hooks again."""
        sys.excepthook, sys.unraisablehook, threading.excepthook = (
            sys.__excepthook__,
            sys.__unraisablehook__,
            threading.__excepthook__,
        )
        if self._crash_log is not None:
            faulthandler.disable()
            self._crash_log.close()
            self._crash_log = None

    def tell_end(self, error: Exception) -> None:
        """The program cannot go on: tell it in a box, with the report."""
        text = self._recorded(bug_of(error))
        _print(error, text)
        box = QMessageBox(QMessageBox.Icon.Critical, "Signals Workstation", "The program broke down and has to end.")
        box.setInformativeText("What was shown as saved is in the store. Start it again; when this stays, hand the report on.")
        box.setDetailedText(text)
        box.exec()

    def _catch(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        """Told once, even when the telling itself breaks; a wish to leave is none of ours."""
        if error is None or issubclass(kind, (KeyboardInterrupt, SystemExit)) or getattr(self._inside, "busy", False):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        self._inside.busy = True
        try:
            bug = bug_of(error)
            text = self._recorded(bug)
            _print(error, text)
            self.caught.emit(bug, text)
        finally:
            self._inside.busy = False

    def _recorded(self, bug: Bug) -> str:
        with self._lock:
            self._times[bug.kind, bug.place] += 1
            times = self._times[bug.kind, bug.place]
            text = report(bug, _facts(), times)
            if times <= _LOGGED:
                keep(text, self._folder)
        return text

    def _watch_for_crashes(self) -> None:
        """A crash below Python leaves the places where it was in a file, which the next start finds."""
        file = self._folder / CRASH_NAME
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if file.exists():
                self.last_crash = _without_folders(file.read_text("utf-8", "replace"))
            self._crash_log = file.open("w", encoding="utf-8")
            faulthandler.enable(self._crash_log)
        except OSError:
            self._crash_log = None


class BugNotice(QObject):
    """Saves first when a bug was caught, then tells it in a line across the window, which stays open."""

    def __init__(self, watch: BugWatch, notices: Notices, save: Callable[[], bool], window: QWidget) -> None:
        """``save`` saves all that is unsaved and answers whether it could."""
        super().__init__(window)
        self._watch, self._notices, self._save, self._window = watch, notices, save, window
        watch.caught.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def _tell(self, _bug: Bug, text: str) -> None:
        kept = "Your words are saved." if self._save() else "Your words are in the window, but could not be saved yet."
        told = f"Something in the program broke down. {kept} You can go on; when it behaves oddly, close it and start it again."
        self._notices.tell(NOTICE, Notice(told, "bad", (("Show the report…", partial(self._show, text)),), can_close=True))

    def tell_last_crash(self) -> None:
        """Tell that the program ended suddenly the last time, if it did."""
        text = self._watch.last_crash
        if not text:
            return
        told = "The program ended suddenly the last time. What was shown as saved is here."
        self._notices.tell(NOTICE, Notice(told, "warn", (("Show the report…", partial(self._show, text)),), can_close=True))

    def _show(self, text: str) -> None:
        from workstation.ui.dialogs.bug_report import BugReport  # noqa: PLC0415 - nearly never wanted

        BugReport(text, self._window).exec()


def _facts() -> dict[str, str]:
    return {"Qt": f"{qVersion()}, {QGuiApplication.platformName() if QGuiApplication.instance() else 'no window'}"}


def _print(error: BaseException, text: str) -> None:
    """Whoever started the program in a terminal sees it as Python tells it; a desktop's journal gets the report."""
    if sys.stderr is None:
        return
    if sys.stderr.isatty() or os.environ.get("PYTHONDEVMODE"):
        sys.__excepthook__(type(error), error, error.__traceback__)
    else:
        print(text, file=sys.stderr)  # noqa: T201 - where Python would have told it


def _without_folders(trace: str) -> str:
    """The places of a crash without the folders of this machine; the last thousand lines of them."""
    lines = []
    for line in trace.splitlines()[-1000:]:
        before, mark, rest = line.partition('File "')
        path, end, after = rest.partition('"')
        lines.append(f"{before}{mark}{Path(path).name}{end}{after}" if mark else line)
    return "\n".join(lines).strip()
