"""While the store does not take the words: they go to a second place, one calm line says so, and it goes when they are saved."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog, QWidget

from workstation.domain.changes import Changes
from workstation.domain.wording import shortened
from workstation.errors import InputError, StoreFailedError, StoreFullError, WorkstationError
from workstation.ui.notices import Notice, Notices
from workstation.ui.saving import Saving
from workstation.ui.unsaved import DOCUMENTS, write_copy
from workstation.workflow.rescuing import Kept, Rescuing

if TYPE_CHECKING:
    from workstation.ui.session import Session, Task
    from workstation.workflow.desk import Desk

KEY = "rescue"
AGAIN_MS = 400
"""So long after a change it is in the second place, while the store does not take it."""
TELL_MS = 600
"""A second place that is slow, too, does not keep the failure from being told."""
NAMED, LONGEST_NAME = 3, 60


class Rescue(QObject):
    """Listens to the saving; what it writes is written beside the window's thread, one rescue at a time."""

    def __init__(self, session: Session, desk: Desk, saving: Saving, notices: Notices, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._desk, self._saving, self._notices, self._window = session, desk, saving, notices, window
        self.rescuing = Rescuing(desk.store, desk.writing)
        self._error: WorkstationError | None = None
        self._has_failed_disk = False
        self._is_going_on = self._is_wanted_again = self._is_to_settle = False
        self._kept: list[Kept] = []
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self._rescue)
        self._late = QTimer(self, singleShot=True, interval=TELL_MS)
        self._late.timeout.connect(self._tell)
        saving.failed.connect(self._begin)
        saving.kept.connect(self._end)
        session.changed.connect(self._notice)

    def _begin(self, error: WorkstationError) -> None:
        """A saving failed: the words go to the second place now, not at the next change."""
        is_first, self._error, self._is_to_settle = self._error is None, error, True
        self._has_failed_disk |= isinstance(error, StoreFailedError)
        if is_first:
            self._late.start()
        self._rescue()

    def _notice(self, changes: Changes, _initiator: object) -> None:
        if changes.stories and self._error is not None and not self._again.isActive():
            self._again.start()

    def _rescue(self) -> None:
        if self._error is None:
            return  # the store took them meanwhile
        if self._is_going_on:
            self._is_wanted_again = True
            return
        self._is_going_on = True
        self._session.run(lambda _: self.rescuing.rescue(), self._show, urgent=True).ended.connect(self._go_on)

    def _go_on(self) -> None:
        self._is_going_on = False
        if self._is_wanted_again:
            self._is_wanted_again = False
            self._again.start()

    def _show(self, kept: list[Kept]) -> None:
        self._kept = kept
        self._late.stop()
        self._tell()

    def _tell(self) -> None:
        if self._error is None:
            return
        text = told_failure(self._error, [self._name(number) for number in self._desk.writing.unsaved()], self._kept)
        acts = (("Try again", self._saving.try_now), ("Save a copy…", self.save_copies))
        self._notices.tell(KEY, Notice(text, "bad", acts))

    def _name(self, number: int) -> str:
        story = self._desk.writing.story(number)
        return story.headline.strip() or "Untitled story"

    def _end(self) -> None:
        """The store has every word again. After a disk that failed, the next start removes the rescue."""
        if self._error is not None:
            self._error = None
            self._again.stop()
            self._late.stop()
            self._notices.take_back(KEY)
            self._session.say("Saved again: the desk has every word.", "good")
        if self._is_to_settle and not self._has_failed_disk:
            self._session.run(lambda _: self.rescuing.settle(), self._settled, urgent=True)

    def _settled(self, is_all: bool) -> None:
        """What was typed meanwhile is settled when the store has that, too."""
        self._is_to_settle = not is_all or self._error is not None

    # --- copies ----------------------------------------------------------------------------------------------------

    def save_copies(self) -> None:
        """Ask where each story goes that the store does not have, and write it there beside the window's thread."""
        for number in self._desk.writing.unsaved():
            story = self._desk.writing.story(number)
            title = f"Save a copy of “{story.headline or story.slug}”"
            name, _ = QFileDialog.getSaveFileName(self._window, title, f"{story.slug}.zip", DOCUMENTS)
            if not name:
                return
            write = partial(write_copy, self._desk, number, Path(name))
            self._session.run(partial(_do, write), self._tell_copy, urgent=True)

    def _tell_copy(self, copy: tuple[Path, bool]) -> None:
        file, is_whole = copy
        told = "" if is_whole else ", the words alone: pictures and sources could not be written"
        self._session.say(f"A copy is in {file}{told}.", "good" if is_whole else "warn")


def _do(write: Callable[[], tuple[Path, bool]], _task: Task) -> tuple[Path, bool]:
    return write()


def told_failure(error: WorkstationError, names: list[str], kept: Iterable[Kept]) -> str:
    """What failed, where the words are, and what to do, in words that are true also where there was no second place."""
    return " ".join([_told_cause(error, names), _told_places(list(kept)), _told_mend(error)])


def _told_cause(error: WorkstationError, names: list[str]) -> str:
    named = ", ".join(f"“{shortened(name, LONGEST_NAME)}”" for name in names[:NAMED]) or "What you wrote"
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    title = error.title[:1].lower() + error.title[1:]
    return f"{named}{more} {'are' if len(names) > 1 else 'is'} not saved: {title}."


def _told_places(kept: list[Kept]) -> str:
    """The best place of each story; copies of one story are told once."""
    files: dict[int, Kept] = {}
    for one in kept:
        files.setdefault(one.story, one)
    if not files:
        return "The words are in this window only: no other place took them."
    folders = dict.fromkeys(str(one.file if len(files) == 1 else one.file.parent.parent) for one in files.values())
    told = f"The words are in this window and in {' and '.join(folders)}"
    survives = all(one.survives for one in files.values())
    return f"{told}." if survives else f"{told}, which does not survive a restart of the machine: save a copy elsewhere."


def _told_mend(error: WorkstationError) -> str:
    if isinstance(error, InputError):
        return f"{error.detail}".removeprefix("Not saved: ")
    room = "Make room on it: " if isinstance(error, StoreFullError) else ""
    return f"{room}{'it' if room else 'It'} is tried again by itself; go on writing."
