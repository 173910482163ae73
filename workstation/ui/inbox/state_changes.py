"""The states that the editor gives to items: written one after the other beside the window's thread, and taken back."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from workstation.domain.changes import NOTHING, Changes
from workstation.domain.item import ItemState
from workstation.errors import WorkstationError
from workstation.ui.session import Session, Task
from workstation.workflow.gathering import Gathering

STEPS_KEPT = 100


@dataclass(frozen=True, slots=True)
class _Step:
    """Items with the states they had, and the state that they were put into."""

    before: Mapping[str, ItemState]
    state: ItemState


class StateChanges(QObject):
    """Puts items into states in the order in which it was asked, and remembers the states they had."""

    failed = Signal()
    """A state could not be written: the list shows what is not so and has to be read again."""

    def __init__(self, session: Session, gathering: Gathering, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._gathering = gathering
        self._done: deque[_Step] = deque(maxlen=STEPS_KEPT)
        self._undone: list[_Step] = []
        self._orders: deque[tuple[Sequence[str], ItemState]] = deque()
        self._in_turn = threading.Lock()

    def put(self, before: Mapping[str, ItemState], state: ItemState, *, remember: bool = True) -> None:
        """Put the items of ``before`` (ids with the states they have now) into ``state``."""
        if remember:
            self._done.append(_Step(dict(before), state))
            self._undone.clear()
        self._order(tuple(before), state)

    def undo(self) -> Mapping[str, ItemState]:
        """Take the last step back; answers with the states that come back (empty when there is no step)."""
        if not self._done:
            return {}
        step = self._done.pop()
        self._undone.append(step)
        for state in dict.fromkeys(step.before.values()):
            self._order(tuple(item for item, had in step.before.items() if had is state), state)
        return step.before

    def redo(self) -> Mapping[str, ItemState]:
        """Do the last undone step again; answers with the states that it gives (empty when there is no step)."""
        if not self._undone:
            return {}
        step = self._undone.pop()
        self._done.append(step)
        self._order(tuple(step.before), step.state)
        return dict.fromkeys(step.before, step.state)

    def _order(self, ids: Sequence[str], state: ItemState) -> None:
        self._orders.append((ids, state))
        self._session.run(self._carry_out, self._publish, failed=self._tell)

    def _carry_out(self, _task: Task) -> Changes:
        """Each call carries out the oldest order, whichever thread it runs in, so that a later wish is never overtaken."""
        with self._in_turn:
            if not self._orders:
                return NOTHING
            ids, state = self._orders.popleft()
            return self._gathering.set_state(ids, state)

    def _publish(self, changes: Changes) -> None:
        self._session.publish(changes, self)

    def _tell(self, error: WorkstationError) -> None:
        self._session.say_error(error)
        self.failed.emit()
