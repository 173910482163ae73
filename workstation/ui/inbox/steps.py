"""The one undo history of the inbox: steps are written one after the other beside the window's thread, and taken back."""

from __future__ import annotations

import threading
from collections import ChainMap, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType

from PySide6.QtCore import QObject, Signal

from workstation.domain.changes import NOTHING, Changes
from workstation.domain.item import ItemState
from workstation.errors import WorkstationError
from workstation.ui.session import Session, Task

STEPS_KEPT = 100

Verb = Callable[[], Changes]
States = Mapping[str, ItemState]


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """Something that the editor did: ``told`` says what (“3 sources archived”), ``apply`` does it and ``revert`` takes it back.

    Both are called beside the window's thread, in the order of the editor's wishes: a ``revert`` finds what its ``apply`` left.
    ``before`` and ``after`` are the states of items around the step, for the list to show before the store has answered.
    """

    told: str
    apply: Verb
    revert: Verb
    before: States = field(default_factory=lambda: MappingProxyType({}))
    after: States = field(default_factory=lambda: MappingProxyType({}))
    items: tuple[str, ...] = ()
    """The items that the step touches, where they are known: undo leads back to the first of them."""


class Way(Enum):
    """How a step was made."""

    DONE = "done"
    UNDONE = "undone"
    REDONE = "redone"


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of an order: its changes, or why it could not be carried out."""

    changes: Changes
    error: WorkstationError | None = None
    step: Step | None = None


class Steps(QObject):
    """Makes steps in the order in which they were asked for, and remembers how to take them back."""

    made = Signal(object, object)
    """A :class:`Step` and the :class:`Way` it was made."""
    failed = Signal()
    """A step could not be written: the list shows what is not so and has to be read again."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._done: deque[Step] = deque(maxlen=STEPS_KEPT)
        self._undone: list[Step] = []
        self._orders: deque[tuple[Verb, Step | None]] = deque()
        self._wished: deque[States] = deque()
        self._in_turn = threading.Lock()

    @property
    def last(self) -> Step | None:
        """The step that undo would take back."""
        return self._done[-1] if self._done else None

    @property
    def wished(self) -> States:
        """The states that were asked for and are not in the store yet: what the store answers meanwhile is out of date."""
        return ChainMap(*(dict(states) for states in reversed(self._wished)))

    def do(self, step: Step) -> None:
        """Make a step, which undo takes back."""
        if self._session.refuses():
            return
        self._done.append(step)
        self._undone.clear()
        self._order(step.apply, step, step.after)
        self.made.emit(step, Way.DONE)

    def write(self, verb: Verb, after: States = MappingProxyType({})) -> None:
        """Write something that undo passes over, after what was asked for before it; ``after`` are the states it brings."""
        if self._session.refuses():
            return
        self._order(verb, None, after)

    def undo(self) -> Step | None:
        """Take the last step back; answers with it, or None when there is none."""
        if not self._done:
            return None
        step = self._done.pop()
        self._undone.append(step)
        self._order(step.revert, step, step.before)
        self.made.emit(step, Way.UNDONE)
        return step

    def redo(self) -> Step | None:
        """Make the last undone step again; answers with it, or None when there is none."""
        if not self._undone:
            return None
        step = self._undone.pop()
        self._done.append(step)
        self._order(step.apply, step, step.after)
        self.made.emit(step, Way.REDONE)
        return step

    def _order(self, verb: Verb, step: Step | None, states: States) -> None:
        self._orders.append((verb, step))
        self._wished.append(states)
        self._session.run(self._carry_out, self._tell, saving=True, quietly=step is None)

    def _carry_out(self, _task: Task) -> _Outcome:
        """Each call carries out the oldest order, whichever thread it runs in, so that a later wish is never overtaken."""
        with self._in_turn:
            if not self._orders:
                return _Outcome(NOTHING)
            verb, step = self._orders.popleft()
            try:
                return _Outcome(verb())
            except WorkstationError as error:
                return _Outcome(NOTHING, error, step)

    def _tell(self, outcome: _Outcome) -> None:
        """What was not done cannot be taken back."""
        self._wished.popleft()
        self._session.publish(outcome.changes, self)
        if outcome.error is None:
            return
        for kept in (self._done, self._undone):
            if outcome.step is not None and outcome.step in kept:
                kept.remove(outcome.step)
        self._session.say_error(outcome.error)
        self.failed.emit()
