"""The steps of one story beyond this start of the program: read one by one as undo comes to them, written with the document.

The steps hang on the document like two chains. Undo leads from it from ``before`` to ``before``, redo from ``after`` to
``after``; each step is kept as what its state differs by from the next one on the document's side. So a document that was
changed without a step (its slug was fixed, say) needs only the two steps beside it written anew, the oldest step can be
dropped by itself, and a chain that was broken ends where it is broken.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from workstation.domain.story import Story
from workstation.errors import StoreError
from workstation.store import Store
from workstation.store.deltas import digest_of
from workstation.store.steps import ChangedStep, StepRow
from workstation.workflow.history import Spot, Step
from workstation.workflow.snapshots import Snapshot, keys_of, read_snapshot, sharing, take_snapshot, with_keys

LIMIT = 200
"""So many steps survive a restart, and as many undone ones."""


class _Chain:
    """The steps on one side of the document that nobody came to since the start, the next one at the end."""

    def __init__(self, rows: Sequence[StepRow], anchor: bytes) -> None:
        self.text = anchor
        """The state that the next step hangs on."""
        self.rebased: bytes | None = None
        """The state of the next step, where that was written anew since the start, to hang on another text."""
        self.rows: list[StepRow] = []
        wanted = digest_of(anchor)
        for row in rows:
            if row.base != wanted:
                break
            self.rows.insert(0, row)
            wanted = row.result


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be kept of a history: its document and the steps on both sides of it, the next ones first."""

    story: Story
    done: tuple[Step, ...]
    undone: tuple[Step, ...]
    past: tuple[StepRow, ...]
    future: tuple[StepRow, ...]


@dataclass(frozen=True, slots=True)
class _State:
    """A state of the story that may not have to be written out: its SHA-256, and its text or the story itself."""

    digest: bytes
    text: bytes | None = None
    story: Story | None = None

    def written(self) -> bytes | None:
        if self.text is not None or self.story is None:
            return self.text
        snapshot = take_snapshot(self.story)
        return snapshot.text if snapshot else None


_There = dict[int, tuple[StepRow, Story | None]]
"""The steps that the store has by their place, each with the state that it brings back where that is in memory."""


@dataclass(slots=True)
class Kept:
    """What the store has once a plan is written."""

    document: Snapshot
    there: _There = field(default_factory=dict)
    changed: list[ChangedStep] = field(default_factory=list)


class KeptSteps:
    """The steps of one story that the store has.

    :meth:`undo`, :meth:`redo` and :meth:`plan` are called by who holds the story; :meth:`write` and :meth:`settle` by one
    saving at a time, in any thread.
    """

    def __init__(self, store: Store, number: int, story: Story) -> None:
        self._shelf = store.steps
        self._number = number
        self._lock = threading.Lock()
        chain = self._shelf.chain(number)
        self.story = with_keys(story, chain.keys)
        """The story with the keys that its cards had when it was saved."""
        anchor = (chain.document + keys_of(self.story)).encode()
        self._past = _Chain([row for row in reversed(chain.rows) if not row.undone], anchor)
        self._future = _Chain([row for row in chain.rows if row.undone], anchor)
        self._there: _There = {row.place: (row, None) for row in chain.rows}
        self._document = Snapshot(self.story, anchor, digest_of(anchor))
        self.last_place = max(self._there, default=0)

    # --- reading ---------------------------------------------------------------------------------------------------

    @property
    def undo_label(self) -> str | None:
        """What :meth:`undo` would take back, or None."""
        return self._past.rows[-1].label if self._past.rows else None

    @property
    def redo_label(self) -> str | None:
        """What :meth:`redo` would do again, or None."""
        return self._future.rows[-1].label if self._future.rows else None

    def undo(self, now: Story) -> Step | None:
        """The step that led to ``now``, taken off its chain; None at the end of it."""
        found = self._next(self._past, now)
        return _step(found[0], found[1], now) if found else None

    def redo(self, now: Story) -> Step | None:
        """The undone step that leads on from ``now``, taken off its chain; None at the end of it."""
        found = self._next(self._future, now)
        return _step(found[0], now, found[1]) if found else None

    def forget_undone(self) -> None:
        """Something else was done: what was undone before is not done again."""
        self._future.rows.clear()

    def forget_done(self) -> None:
        """Steps between these and the ones in memory are gone: a chain with a gap leads nowhere."""
        self._past.rows.clear()

    def _next(self, chain: _Chain, now: Story) -> tuple[StepRow, Story] | None:
        with self._lock:
            if not chain.rows:
                return None
            row, text = chain.rows[-1], self._text(chain)
            story = None if text is None else read_snapshot(text)
            if text is None or story is None:
                chain.rows.clear()  # damaged, or of another document: here the history ends
                return None
            story = sharing(story, now)
            chain.rows.pop()
            chain.text, chain.rebased = text, None
            self._there[row.place] = (self._there.get(row.place, (row, None))[0], story)
        return row, story

    def _text(self, chain: _Chain) -> bytes | None:
        """The state that the next step of a chain brings back; None where it cannot be read."""
        if chain.rebased is not None:
            return chain.rebased
        try:
            return self._shelf.result(self._number, chain.rows[-1], chain.text)
        except StoreError:
            return None

    # --- writing ---------------------------------------------------------------------------------------------------

    def plan(self, story: Story, done: Sequence[Step], undone: Sequence[Step]) -> Plan:
        """What is to be kept with ``story``: these steps, the next ones last, and beyond them those not read yet."""
        for chain, steps in ((self._past, done), (self._future, undone)):
            del chain.rows[: max(0, len(chain.rows) + len(steps) - LIMIT)]
        return Plan(
            story,
            tuple(reversed(done[-LIMIT:])),
            tuple(reversed(undone[-LIMIT:])),
            tuple(reversed(self._past.rows)),
            tuple(reversed(self._future.rows)),
        )

    def write(self, plan: Plan) -> Kept | None:
        """Write what the store does not have yet, inside the transaction that keeps the document.

        None, and nothing written, where the story has no text in UTF-8: the saving of its document tells that.
        """
        document = self._document if plan.story is self._document.story else take_snapshot(plan.story)
        if document is None:
            return None
        kept = Kept(document)
        self._keep_side(kept, [(step, step.before) for step in plan.done], plan.past, self._past)
        self._keep_side(kept, [(step, step.after) for step in plan.undone], plan.future, self._future)
        self._shelf.keep(self._number, keys_of(plan.story), kept.changed, self._there.keys() - kept.there.keys())
        return kept

    def settle(self, kept: Kept) -> None:
        """What was written is on the disk."""
        self._there, self._document = kept.there, kept.document

    def _keep_side(self, kept: Kept, steps: Iterable[tuple[Step, Story]], rows: Iterable[StepRow], chain: _Chain) -> None:
        """Walk from the document outwards; a step is written anew where it, or the state that it hangs on, is another."""
        base = _State(kept.document.digest, kept.document.text)
        undone = chain is self._future
        for step, story in steps:
            state = self._state(step.place, story, kept.document)
            if state is None or not self._keep_row(kept, _row(step, undone, base.digest, state.digest), base, state):
                return
            base = state
        for row in rows:
            known, _ = self._there.get(row.place, (row, None))
            is_clean = known.base == base.digest
            state = _State(row.result, None if is_clean else self._rebased(chain, row))
            if not self._keep_row(kept, replace(row, base=base.digest), base, state):
                return
            base = state

    def _keep_row(self, kept: Kept, row: StepRow, base: _State, state: _State) -> bool:
        """Note a step as kept, and as changed where it is not in the store like this; False where its states cannot be had."""
        if self._there.get(row.place, (None, None))[0] != row:
            base_text, text = base.written(), state.written()
            if base_text is None or text is None:
                return False
            kept.changed.append(ChangedStep(row, base_text, text))
        kept.there[row.place] = (row, state.story)
        return True

    def _state(self, place: int, story: Story, document: Snapshot) -> _State | None:
        """What ``story`` is as a text; None where it has none. What was written before is not written out again."""
        row, known = self._there.get(place, (None, None))
        if row is not None and known is story:
            return _State(row.result, story=story)
        for snapshot in (document, self._document):
            if snapshot.story is story:
                return _State(snapshot.digest, snapshot.text, story)
        taken = take_snapshot(story)
        return _State(taken.digest, taken.text, story) if taken else None

    def _rebased(self, chain: _Chain, row: StepRow) -> bytes | None:
        """The state of the next step of a chain, which is about to hang on another text than the one it was read with."""
        with self._lock:
            if not chain.rows or chain.rows[-1].place != row.place:
                return None  # undo came to it meanwhile; the next saving keeps it
            chain.rebased = self._text(chain)
            return chain.rebased


def _step(row: StepRow, before: Story, after: Story) -> Step:
    return Step(before, after, row.label, Spot(row.field, row.card, row.caret), None, 0.0, row.place)


def _row(step: Step, undone: bool, base: bytes, result: bytes) -> StepRow:
    spot = step.spot
    return StepRow(
        place=step.place,
        undone=undone,
        label=step.label,
        field=spot.field,
        card=spot.card,
        caret=spot.caret,
        base=base,
        result=result,
    )
