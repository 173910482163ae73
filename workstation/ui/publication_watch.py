"""Watches the files of publications and house styles, so that a story follows them while somebody works on one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer

if TYPE_CHECKING:
    from workstation.ui.session import Session
    from workstation.workflow.publications import Reloaded

PAUSE_MS = 150
"""Editors save in several steps: write, rename, set times."""
FIRST_MS = 1500
"""The first look waits until the start is over."""

POLL_MS = 2000
"""Where the system watches no more paths, or not these, somebody has to look now and then."""


class Watched(Protocol):
    """Files that somebody may work on; all of it is asked beside the window's thread."""

    def names(self) -> object:
        """Read everything; from then on each file is known."""

    def reload(self) -> Reloaded:
        """Look at the files again."""

    def watched(self) -> list[Path]:
        """The files and folders whose change may change something."""


class PublicationWatch(QObject):
    """Asks for the changed files to be read again, beside the window's thread, and tells what came of it.

    Folders are watched besides the files, because editors save by putting a new file in the old one's place, which ends the
    watch over the old one.
    """

    def __init__(self, session: Session, files: Watched, parent: QObject, *, what: str = "publication") -> None:
        super().__init__(parent)
        self._session = session
        self._files, self._what = files, what
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self.look)
        self._watcher.directoryChanged.connect(self.look)
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self._begin)
        self._first = QTimer(self, singleShot=True, interval=FIRST_MS)
        self._first.timeout.connect(self._begin)
        self._poll = QTimer(self, interval=POLL_MS)
        self._poll.timeout.connect(self.look)
        self._asked: set[str] = set()
        self._is_busy = False
        self._is_wanted = False

    def start(self) -> None:
        """Read every file and watch it: a while after the window's first paint."""
        self._first.start()

    def look(self) -> None:
        """Look at the files soon; wishes that come meanwhile become one."""
        self._timer.start()

    def _begin(self) -> None:
        if self._is_busy:
            self._is_wanted = True
            return
        self._is_busy = True
        task = self._session.run(lambda _: self._read(), self._tell, urgent=True)
        task.ended.connect(self._end)

    def _read(self) -> tuple[Reloaded, list[str]]:
        self._files.names()  # every one is known from the first look on
        reloaded = self._files.reload()
        return reloaded, [str(path) for path in self._files.watched()]

    def _end(self) -> None:
        self._is_busy = False
        if self._is_wanted:
            self._is_wanted = False
            self.look()

    def _tell(self, read: tuple[Reloaded, list[str]]) -> None:
        reloaded, paths = read
        self._watch(paths)
        self._session.publish(reloaded.changes, self)
        for name in reloaded.renewed:
            self._session.say(f"The {self._what} {name} is read as it is now.", "good")
        for name in reloaded.mended:
            self._session.say(f"The {self._what} {name} is in order again.", "good")
        for fault in reloaded.faults:
            self._session.say(f"{fault.detail} The last good one stays.", "bad")

    def _watch(self, paths: list[str]) -> None:
        """Watch these paths; what was not watched before is looked at once more, for it may have changed meanwhile."""
        now = set(self._watched())
        is_new = bool(set(paths) - self._asked)
        self._asked = set(paths)
        dropped = sorted(now - self._asked | set(self._watcher.files()))  # a file in the place of another needs a new watch
        if dropped:
            self._watcher.removePaths(dropped)
        added = sorted(self._asked - set(self._watched()))
        refused = [path for path in self._watcher.addPaths(added) if Path(path).exists()] if added else []
        if is_new:
            self.look()
        if refused:
            self._poll.start()
        else:
            self._poll.stop()

    def _watched(self) -> list[str]:
        return [*self._watcher.files(), *self._watcher.directories()]
