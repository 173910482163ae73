"""Capturing beside the window's thread: one target after the other, each shown as soon as it is in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from workstation.domain.wording import counted
from workstation.errors import Cancelled, InputError, WorkstationError
from workstation.ui.inbox.targets import Target, TargetKind
from workstation.ui.session import Session, Task
from workstation.workflow.gathering import Captured, Gathering

_FAILURES_TOLD = 2
_OTHERS_TOLD = 3


class Capturing(QObject):
    """Captures targets and tells the editor how it went."""

    failed = Signal(object)
    """The :class:`Target` objects that were not captured, so that whoever asked for them can offer them again."""
    _arrived = Signal(object)
    """A :class:`Captured`, on its way from the work's thread: what was kept is shown even when the rest is cancelled."""

    def __init__(self, session: Session, gathering: Gathering, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._gathering = gathering
        self._arrived.connect(self._publish)

    def capture(self, targets: Sequence[Target]) -> None:
        """Capture the targets, with progress and cancel in the status bar."""
        if targets and not self._session.refuses():
            told = targets[0].label if len(targets) == 1 else f"{len(targets)} sources"
            self._session.run(partial(self._capture_all, tuple(targets)), self._say, label=f"Capturing {told}")

    def fetch_waiting(self) -> None:
        """Fetch the links that wait for the network."""
        if not self._session.refuses():
            self._session.run(self._fetch_waiting, self._say, label="Fetching waiting links")

    def _capture_all(self, targets: tuple[Target, ...], task: Task) -> Captured:
        """Capture one after the other; one that fails does not keep the others out.

        Raises:
            WorkstationError: the only target failed.
            InputError: all of them failed.
        """
        captured: list[Captured] = []
        failures: list[WorkstationError] = []
        lost: list[Target] = []
        for done, target in enumerate(targets):
            if task.is_cancelled:
                self._keep_for_later(targets[done:])
                raise Cancelled
            try:
                captured.append(self._capture(target, task, alone=len(targets) == 1))
            except Cancelled:
                self._keep_for_later(targets[done:])
                raise
            except WorkstationError as error:
                if self._session.is_closed:
                    self._keep_for_later(targets[done:])
                    raise Cancelled from error
                failures.append(error)
                lost.append(target)
            else:
                self._arrived.emit(captured[-1])
            task.report(done + 1, len(targets))
        if lost:
            self.failed.emit(tuple(lost))
        return _told(captured, failures)

    def _keep_for_later(self, targets: Sequence[Target]) -> None:
        """Let the links wait that the editor asked for and did not give up: the window was closed over them."""
        if self._session.is_closed:
            self._gathering.wait_for([target.value for target in targets if target.kind is TargetKind.LINK])

    def _capture(self, target: Target, task: Task, *, alone: bool) -> Captured:
        def progress(done: int, total: int | None) -> None:
            if alone:
                task.report(done, total)

        def cancelled() -> bool:
            return task.is_cancelled

        if target.kind is TargetKind.TEXT:
            return self._gathering.capture_text(target.value, url=target.url, html=target.html)
        if target.kind is TargetKind.PAGE:
            return self._gathering.capture_page(target.value, target.url or "")
        if target.kind is TargetKind.LINK:
            return self._gathering.capture_url(target.value, cancelled=cancelled, progress=progress)
        if Path(target.value).is_dir():
            return self._gathering.capture(target.value, cancelled=cancelled, progress=progress)
        return self._gathering.capture_file(Path(target.value), cancelled=cancelled, progress=progress)

    def _fetch_waiting(self, task: Task) -> Captured:
        captured = self._gathering.fetch_waiting(cancelled=lambda: task.is_cancelled, progress=task.report)
        self._arrived.emit(captured)
        return captured

    def _publish(self, captured: Captured) -> None:
        self._session.publish(captured.changes, self)
        if captured.passage:
            self._session.show_passage(captured.items[0], *captured.passage)

    def _say(self, captured: Captured) -> None:
        self._session.say(captured.message, captured.tone)


def _told(captured: list[Captured], failures: list[WorkstationError]) -> Captured:
    """All of it in one word for the editor."""
    if not captured:
        if len(failures) == 1:
            raise failures[0]
        raise InputError("Nothing was captured", _reasons(failures))
    if len(captured) == 1 and not failures:
        return captured[0]
    items = tuple(item for one in captured for item in one.items)
    empty = [one for one in captured if not one.items]
    kept = sum(_waits(one) for one in empty)
    others = Counter(one.message for one in empty if not _waits(one))
    parts = [f"Captured {counted(len(items), 'source')}."] if items else []
    if kept:
        parts.append(f"{kept} links wait for the network." if kept > 1 else "1 link waits for the network.")
    parts += [f"{message} ({count} times)" if count > 1 else message for message, count in others.most_common(_OTHERS_TOLD)]
    if len(others) > _OTHERS_TOLD:
        parts.append(f"And {len(others) - _OTHERS_TOLD} more.")
    if failures:
        parts.append(f"{len(failures)} failed: {_reasons(failures)}")
    is_good = not failures and all(one.tone != "warn" for one in captured)
    return Captured(captured[0].changes, items, " ".join(parts), "good" if is_good else "warn")


def _waits(captured: Captured) -> bool:
    """Whether it is a link that could not be fetched now."""
    return captured.changes.waiting and captured.tone == "warn"


def _reasons(failures: list[WorkstationError]) -> str:
    told = " ".join(f"{error.title}. {error.detail}".strip() for error in failures[:_FAILURES_TOLD])
    more = len(failures) - _FAILURES_TOLD
    return f"{told} And {more} more." if more > 0 else told
