"""The desk while the window is open: what is shown, what changed, and the work that goes on beside the window's thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from workstation.domain.changes import Changes
from workstation.errors import Cancelled, StoreDamagedError, StoreReadOnlyError, WorkstationError

T = TypeVar("T")

READ_ONLY = "The desk is open for reading only: nothing was changed."
WORKERS = 4
URGENT_WORKERS = 2


class Task(QObject):
    """Work that goes on beside the window's thread. It can be cancelled and tells how far it is."""

    progressed = Signal(int, int)
    """Done and total in any unit; a total of 0 when nobody knows it."""
    ended = Signal()
    """After the work is done, has failed or was cancelled: always once, in the window's thread."""

    def __init__(self, label: str, parent: QObject) -> None:
        super().__init__(parent)
        self.label = label
        self._cancel = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop; it ends at its next look."""
        self._cancel.set()

    @property
    def is_cancelled(self) -> bool:
        return self._cancel.is_set()

    def report(self, done: int, total: int | None = None) -> None:
        """Tell the window how far the work is; called from the work's thread."""
        self.progressed.emit(done, total or 0)


@dataclass(frozen=True, slots=True)
class Sight:
    """What part of the open story is looked at, so that two panes can scroll together.

    ``part`` is ``top``, ``news``, the number of a card from 1, or ``end``; ``share`` is how much of its height lies above the
    eyes, which rest at :data:`EYES` of a pane's height.
    """

    part: str
    share: float


EYES = 0.3


@dataclass(frozen=True, slots=True)
class CaretPlace:
    """Where the editor's caret stands.

    ``card`` is the key of a card or None, ``field`` is ``headline``, ``news`` or ``body``; ``block`` is the number of the
    paragraph from 0, ``units`` counts the UTF-16 units of it before the caret.
    """

    card: str | None
    field: str
    block: int = 0
    units: int = 0


@dataclass(frozen=True)
class _End:
    """How a task ended, on its way from the work's thread to the window's."""

    task: Task
    future: Future[Any]
    done: Callable[[Any], Any] | None
    failed: Callable[[WorkstationError], Any]


class Session(QObject):
    """One signal for what changed, one for each thing that the desk turns to, and the threads for slow work."""

    changed = Signal(object, object)
    """:class:`Changes` and the object that made them; every pane re-reads what it shows and skips its own echo."""
    item_shown = Signal(str)
    """The reader turns to this item."""
    story_shown = Signal(int)
    """The story editor turns to this story."""
    passage_shown = Signal(str, int, int)
    """The reader turns to code points ``start`` to ``end`` of this item's text."""
    card_shown = Signal(str)
    """The card with this key has the editor's attention; ``""`` for none."""
    place_shown = Signal(object)
    """A :class:`Place` in the open story that the editor is led to."""
    sight_moved = Signal(object, object)
    """A :class:`Sight` that the editor scrolled to, and the pane in which; the others follow."""
    caret_moved = Signal(object)
    """A :class:`CaretPlace`: the caret went there without a change of the story."""
    said = Signal(str, str)
    """A word for the editor and its tone: ``good``, ``warn``, ``bad`` or ``""``."""
    keeping = Signal(bool)
    """Whether something that the editor did is on its way to the disk."""
    damaged = Signal(object)
    """A :class:`StoreDamagedError`: something that was to be read is not what was put in."""
    task_started = Signal(object)
    """A :class:`Task` that the status bar shows."""
    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None, *, read_only: bool = False) -> None:
        super().__init__(parent)
        self.is_read_only = read_only
        """Whether the desk is only read: what the program does by itself begins nothing, and a change is refused at once."""
        self.item: str | None = None
        self.story: int | None = None
        self.card: str | None = None
        self.caret: CaretPlace | None = None
        self._threads = ThreadPoolExecutor(WORKERS, thread_name_prefix="desk")
        self._urgent = ThreadPoolExecutor(URGENT_WORKERS, thread_name_prefix="desk-urgent")
        self._saving = ThreadPoolExecutor(1, thread_name_prefix="desk-saving")
        self._tasks: set[Task] = set()
        self._keeping: set[Task] = set()
        self._is_closed = False
        # queued, since work may have ended before run has returned: who ran it hears of the end only then
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def publish(self, changes: Changes, initiator: object = None) -> None:
        """Tell every pane what a verb touched."""
        if changes:
            self.changed.emit(changes, initiator)

    def show_item(self, item: str) -> None:
        """Turn the reader to an item."""
        self.item = item
        self.item_shown.emit(item)

    def show_passage(self, item: str, start: int, end: int) -> None:
        """Turn the reader to code points ``start`` to ``end`` of an item's text."""
        self.passage_shown.emit(item, start, end)

    def show_story(self, story: int) -> None:
        """Turn the editor, the preview and the checks to a story."""
        self.story = story
        self.card = None
        self.caret = None
        self.story_shown.emit(story)

    def show_card(self, key: str | None) -> None:
        """Remember the card under the editor's hands."""
        if key != self.card:
            self.card = key
            self.card_shown.emit(key or "")

    def move_caret(self, caret: CaretPlace, *, quietly: bool = False) -> None:
        """Remember where the caret stands; ``quietly`` when a change of the story is told right after, which says it too."""
        if caret != self.caret:
            self.caret = caret
            if not quietly:
                self.caret_moved.emit(caret)

    def show_place(self, place: object) -> None:
        """Lead the editor to a place in the open story."""
        self.place_shown.emit(place)

    def say(self, text: str, tone: str = "") -> None:
        """A short word in the status bar."""
        self.said.emit(text, tone)

    def say_error(self, error: WorkstationError) -> None:
        """A failure in the status bar: what did not happen, the cause and the mend. That the desk is only read is none."""
        if self.is_read_only and isinstance(error, StoreReadOnlyError):
            self.refuses()
            return
        detail = error.detail
        if isinstance(error, StoreDamagedError):
            self.damaged.emit(error)
            detail = detail.partition(". ")[0]  # what mends it without a window is not for a line in one; the buttons are above
        self.said.emit(f"{error.title}. {detail}" if detail else error.title, "bad")

    def refuses(self) -> bool:
        """Whether a change cannot be made, which is said then: before anything is shown as if it were made."""
        if self.is_read_only:
            self.say(READ_ONLY, "warn")
        return self.is_read_only

    def run(
        self,
        work: Callable[[Task], T],
        done: Callable[[T], Any] | None = None,
        *,
        failed: Callable[[WorkstationError], Any] | None = None,
        label: str = "",
        urgent: bool = False,
        saving: bool = False,
        quietly: bool = False,
    ) -> Task:
        """Do ``work`` beside the window's thread, then call ``done`` with its result, or ``failed``, in the window's thread.

        ``work`` gets the task to look whether it was cancelled and to report progress. A labelled task is shown in the
        status bar; ``urgent`` work never waits behind captures, and ``saving`` what was typed waits behind nothing; the
        status bar does not say that all is saved meanwhile, unless it is done ``quietly``. Without ``failed`` a foreseen
        error is said in the status bar. A bug is raised in the window's thread. A closed session begins nothing: its tasks
        are cancelled ones.
        """
        task = Task(label, self)
        if self._is_closed:
            task.cancel()
            return task
        self._tasks.add(task)
        if saving and not quietly:
            self._keep(task)
        if label:
            self.task_started.emit(task)
        threads = self._saving if saving else self._urgent if urgent else self._threads
        future = threads.submit(work, task)
        future.add_done_callback(lambda ended: self._ended.emit(_End(task, ended, done, failed or self.say_error)))
        return task

    @property
    def is_closed(self) -> bool:
        """Whether the desk is being left: what was cancelled was not cancelled by the editor."""
        return self._is_closed

    def stop(self) -> None:
        """Begin nothing more and cancel what is going on, without waiting for it."""
        self._is_closed = True
        for task in self._tasks:
            task.cancel()

    def close(self) -> None:
        """Cancel what is going on and wait for the threads."""
        self.stop()
        self._threads.shutdown(wait=True, cancel_futures=True)
        self._urgent.shutdown(wait=True)
        self._saving.shutdown(wait=True)

    @property
    def is_keeping(self) -> bool:
        """Whether something that the editor did is on its way to the disk."""
        return bool(self._keeping)

    def _keep(self, task: Task) -> None:
        self._keeping.add(task)
        if len(self._keeping) == 1:
            self.keeping.emit(True)

    def _kept(self, task: Task) -> None:
        if task in self._keeping:
            self._keeping.remove(task)
            if not self._keeping:
                self.keeping.emit(False)

    def _deliver(self, end: _End) -> None:
        """In the window's thread: hand over the result or the failure; a bug is raised here, where it is seen."""
        self._tasks.discard(end.task)
        self._kept(end.task)
        end.task.ended.emit()
        end.task.deleteLater()
        if end.task.is_cancelled or end.future.cancelled():
            return
        error = end.future.exception()
        if error is None:
            if end.done is not None:
                end.done(end.future.result())
        elif not isinstance(error, WorkstationError):
            raise error
        elif not isinstance(error, Cancelled):
            end.failed(error)
