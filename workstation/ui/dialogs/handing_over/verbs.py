"""The ways out, carried out beside the window's thread: into a folder, onto the clipboard, to a content system."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from workstation.domain.changes import Changes, stories_changed
from workstation.domain.ledger import ChangeKind
from workstation.errors import Cancelled, WorkstationError
from workstation.export.cms.delivery import Handling
from workstation.render.rendering import Terms
from workstation.workflow.publishing import Prepared

if TYPE_CHECKING:
    from workstation.ui.session import Session, Task
    from workstation.workflow.desk import Desk
    from workstation.workflow.sending import Sent


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the editor wants to hand over and how: the story, its profile and terms, a reason, what the change is."""

    story: int
    profile: str
    terms: Terms
    waive: str | None = None
    change: ChangeKind | None = None
    note: str = ""

    @property
    def options(self) -> dict[str, Any]:
        """All but the story and the profile, as the verbs take it."""
        return {"terms": self.terms, "waive": self.waive, "change": self.change, "note": self.note}


@dataclass(frozen=True, slots=True)
class Copied:
    """A story that lies on the clipboard, and in words as what."""

    changes: Changes
    words: str


class Verbs(QObject):
    """Takes one way at a time. ``done`` gets what the verb answers, ``failed`` why it did not go."""

    done = Signal(object)
    failed = Signal(object)
    stepped = Signal(str)
    """A step of sending, in words for the editor."""
    stopped = Signal()
    """The editor's wish to stop came before the end."""
    secret_wanted = Signal()
    """Nobody knows the destination's secret: send again with it."""

    def __init__(self, session: Session, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._desk = session, desk
        self._stop = threading.Event()
        self._put: Callable[[Prepared], str] = lambda _: ""

    def save(self, wish: Wish, folder: Path) -> None:
        """Write the files into a folder."""
        export = self._desk.publishing.export
        self._run(lambda _: export(wish.story, wish.profile, folder, **wish.options))

    def copy(self, wish: Wish, put: Callable[[Prepared], str]) -> None:
        """Check the story, let ``put`` lay it on the clipboard, in the window's thread, and say what it laid there; record it."""
        prepare = self._desk.publishing.prepare
        self._put = put
        self._run(lambda _: prepare(wish.story, wish.profile, **wish.options))

    def send(self, wish: Wish, destination: str, *, secret: str | None = None, force: bool = False) -> None:
        """Send the story to a destination. A secret that it took is kept."""
        self._stop = threading.Event()
        self._run(lambda task: self._sent(task, self._stop, wish, destination, secret, force))

    def stop(self) -> None:
        """Stop sending: nothing is lost, and to send again goes on."""
        self._stop.set()

    def _sent(
        self, task: Task, stop: threading.Event, wish: Wish, name: str, secret: str | None, force: bool
    ) -> Sent | Callable[[], None]:
        sending = self._desk.sending
        if secret is None and not sending.destinations.has_secret(name):
            return self.secret_wanted.emit
        handling = Handling(force=force, progress=self.stepped.emit, cancelled=lambda: stop.is_set() or task.is_cancelled)
        try:
            sent = sending.send(wish.story, name, secret=secret, handling=handling, **wish.options)
        except Cancelled:
            return self.stopped.emit
        if secret is not None:
            sending.destinations.change(name, sent.destination, secret)
        return sent

    def _run(self, work: Callable[[Task], Any]) -> None:
        self._session.run(work, self._end, failed=self._fail, urgent=True)

    def _end(self, answer: Any) -> None:
        if callable(answer):
            answer()
        elif isinstance(answer, Prepared):
            words, record = self._put(answer), self._desk.publishing.record
            self._run(lambda _: Copied(stories_changed(record(answer).story), words))
        else:
            self.done.emit(answer)

    def _fail(self, error: WorkstationError) -> None:
        self.failed.emit(error)
