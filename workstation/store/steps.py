"""The steps of each story that undo and redo go through, as deltas from state to state, beginning at its document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workstation.store.connections import Connections
from workstation.store.deltas import apply_delta, make_delta


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRow:
    """One step, all but what it changed.

    ``place`` orders the steps of a story. ``field``, ``card`` and ``caret`` say where it happened. ``base`` and ``result`` are
    the SHA-256 of two states: the one on the document's side, and the one that undoing it (redoing it, when it is ``undone``)
    brings back.
    """

    place: int
    undone: bool
    label: str
    field: str
    card: str | None
    caret: int | None
    base: bytes
    result: bytes


@dataclass(frozen=True, slots=True)
class ChangedStep:
    """A step to be kept, with the texts of both of its states."""

    row: StepRow
    base: bytes
    result: bytes


@dataclass(frozen=True, slots=True)
class StepChain:
    """A story's document, the keys of its cards as they were kept with it, and its steps by their place."""

    document: str
    keys: str
    rows: tuple[StepRow, ...]


class StepShelf:
    """Steps by their story and place."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def chain(self, story: int) -> StepChain:
        """What the steps of a story hang on, and the steps without their deltas."""
        with self._connections.reading() as connection:
            anchor = connection.execute(
                "SELECT document, coalesce(keys, '') AS keys FROM story LEFT JOIN story_keys ON story = id WHERE id = ?", (story,)
            ).fetchone()
            rows = connection.execute(
                "SELECT place, undone, label, field, card, caret, base, result FROM story_step WHERE story = ? ORDER BY place",
                (story,),
            ).fetchall()
        if anchor is None:
            return StepChain("", "", ())
        steps = tuple(StepRow(**{**dict(row), "undone": bool(row["undone"])}) for row in rows)
        return StepChain(anchor["document"], anchor["keys"], steps)

    def result(self, story: int, row: StepRow, base: bytes) -> bytes | None:
        """The state that a step brings back, from the text of the state on its other side; None when the step is gone.

        Raises:
            DeltaError: the step does not hang on this base, or is damaged.
        """
        with self._connections.reading() as connection:
            found = connection.execute(
                "SELECT delta FROM story_step WHERE story = ? AND place = ?", (story, row.place)
            ).fetchone()
        return None if found is None else apply_delta(base, found["delta"], row.result)

    def keep(self, story: int, keys: str, changed: Sequence[ChangedStep], dropped: Iterable[int]) -> None:
        """Keep these steps, drop those at the places ``dropped``, and note the keys of the cards in the document."""
        deltas = [make_delta(step.base, step.result) for step in changed]
        with self._connections.writing() as connection:
            connection.execute(
                "INSERT INTO story_keys (story, keys) VALUES (?, ?)"
                " ON CONFLICT (story) DO UPDATE SET keys = excluded.keys WHERE keys <> excluded.keys",
                (story, keys),
            )
            connection.executemany("DELETE FROM story_step WHERE story = ? AND place = ?", [(story, place) for place in dropped])
            connection.executemany(
                "INSERT OR REPLACE INTO story_step (story, place, undone, label, field, card, caret, base, result, delta)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [_values(story, step.row, delta) for step, delta in zip(changed, deltas, strict=True)],
            )


def _values(story: int, row: StepRow, delta: bytes) -> tuple[object, ...]:
    spot = (row.field, row.card, row.caret)
    return (story, row.place, row.undone, row.label, *spot, row.base, row.result, delta)
