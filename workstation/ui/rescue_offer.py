"""Words that were rescued at an earlier start are offered, one story after the other; none is put anywhere unasked."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from workstation.domain.changes import Changes
from workstation.domain.wording import shortened
from workstation.ui.notices import Notice, Notices
from workstation.workflow.rescued import Rescued, write_rescued

if TYPE_CHECKING:
    from workstation.ui.session import Session
    from workstation.ui.theme import Theme
    from workstation.workflow.desk import Desk

KEY = "rescued"
LONGEST_NAME = 80
FIRST_MS = 500
"""The first look waits until the start is over."""


class RescueOffer(QObject):
    """Looks once after the first paint, beside the window's thread."""

    def __init__(self, session: Session, theme: Theme, desk: Desk, run: str, notices: Notices, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._theme, self._desk, self._run, self._notices = session, theme, desk, run, notices
        self._window = window
        self._waiting: list[Rescued] = []
        self._total = 0

    def start(self) -> None:
        """Look a while after the window's first paint."""
        QTimer.singleShot(FIRST_MS, self, self._look)

    def _look(self) -> None:
        self._session.run(lambda _: self._desk.rescued.waiting(but=self._run), self._found, urgent=True)

    def _found(self, waiting: list[Rescued]) -> None:
        self._waiting, self._total = waiting, len(waiting)
        self._show()

    def _show(self) -> None:
        if not self._waiting:
            self._notices.take_back(KEY)
            return
        acts = (
            ("Look…", self._look_at),
            ("Put into the story", self._put_in),
            ("Save as file…", self._save),
            ("Dismiss", self._dismiss),
        )
        self._notices.tell(KEY, Notice(self._told(self._waiting[0]), "warn", acts, is_first=True))

    def _told(self, rescued: Rescued) -> str:
        when = f" on {rescued.time.astimezone():%d %b %H:%M}" if rescued.time else ""
        place = f" ({self._total - len(self._waiting) + 1} of {self._total})" if self._total > 1 else ""
        return f"Words of “{shortened(rescued.name, LONGEST_NAME)}” that the desk does not have were rescued{when}{place}."

    def _next(self) -> None:
        del self._waiting[:1]
        self._show()

    # --- what becomes of them --------------------------------------------------------------------------------------

    def _look_at(self) -> None:
        from workstation.ui.dialogs.rescued import RescuedDialog  # noqa: PLC0415 - keeps it off the start

        dialog = RescuedDialog(self._session, self._theme, self._desk, self._waiting[0], self._window)
        dialog.put_in.clicked.connect(self._put_in)
        dialog.exec()
        dialog.deleteLater()

    def _put_in(self) -> None:
        rescued = self._waiting[0]
        self._session.run(lambda _: self._desk.rescued.put_in(rescued), self._show_put_in, urgent=True)

    def _show_put_in(self, done: tuple[Changes, int]) -> None:
        changes, number = done
        self._session.publish(changes, self)
        if self._session.story != number:
            self._session.show_story(number)
        self._session.say("The rescued words are in the story. Undo takes them back; what stood there is in its history.", "good")
        self._next()

    def _save(self) -> None:
        rescued = self._waiting[0]
        proposed = str(Path.home() / f"{rescued.story.slug}.json")
        name, _ = QFileDialog.getSaveFileName(self._window, "Save the rescued words", proposed, "Story documents (*.json)")
        if name:
            save = partial(write_rescued, rescued, Path(name))
            self._session.run(lambda _: save(), self._tell_saved, urgent=True)

    def _tell_saved(self, file: Path) -> None:
        """They are still offered: a file that was saved is no answer to what becomes of the story."""
        self._session.say(f"The rescued words are in {file}.", "good")

    def _dismiss(self) -> None:
        rescued = self._waiting[0]
        self._session.run(lambda _: self._desk.rescued.dismiss(rescued), self._tell_dismissed, urgent=True)

    def _tell_dismissed(self, folder: Path) -> None:
        self._session.say(f"Not put in. The rescued words are kept in {folder}.")
        self._next()
