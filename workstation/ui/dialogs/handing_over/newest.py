"""Work beside the window's thread of which only the newest counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from workstation.errors import WorkstationError
from workstation.ui.session import Session

Work = Callable[[], Any]


class Newest(QObject):
    """Does one thing at a time; of what is asked meanwhile only the last is done, and of the answers only the newest is told."""

    def __init__(
        self, session: Session, tell: Callable[[Any], object], fail: Callable[[WorkstationError], object], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._tell, self._fail = session, tell, fail
        self._wanted: Work | None = None
        self._is_busy = False
        self._is_stopped = False

    @property
    def is_idle(self) -> bool:
        """Whether what was told is the newest."""
        return not self._is_busy and self._wanted is None

    def ask(self, work: Work) -> None:
        """Do ``work`` as soon as what is under way has ended."""
        self._wanted = work
        if not self._is_busy:
            self._begin()

    def stop(self) -> None:
        """Tell nothing any more."""
        self._is_stopped = True
        self._wanted = None

    def _begin(self) -> None:
        work, self._wanted = self._wanted, None
        if work is not None and not self._is_stopped:
            self._is_busy = True
            self._session.run(lambda _: work(), self._end_well, failed=self._end_badly, urgent=True)

    def _end_well(self, answer: Any) -> None:
        self._end(lambda: self._tell(answer))

    def _end_badly(self, error: WorkstationError) -> None:
        self._end(lambda: self._fail(error))

    def _end(self, tell: Callable[[], object]) -> None:
        if self._is_stopped:
            return
        self._is_busy = False
        if self._wanted is None:
            tell()
        else:
            self._begin()
