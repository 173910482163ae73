"""What items are about: read in the background after they arrived, and compared with a story across languages."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workstation.errors import Cancelled
from workstation.store import Store
from workstation.workflow.gathering import IsCancelled, Progress, ignore, never
from workstation.workflow.meaning_worker import MODEL, SIZE, MeaningWorker, is_installed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_READ = 20_000
"""The newest items, beyond which no story looks for its topic."""
AT_ONCE = 32
"""Items that are read in one go: a fifth of a second."""
BEGINNING = 700
"""Characters of a text that are read beside its title, some hundred words."""
MANY = 1_000
_BLOCK = 2_048
"""Vectors in one piece, so that adding a few copies few."""


@dataclass(frozen=True, slots=True)
class Near:
    """The rows of items with their likeness from -1 to 1, the nearest first.

    ``usual`` is the mean of the likeness of all ``items``, ``spread`` its standard deviation.
    """

    found: tuple[tuple[int, float], ...] = ()
    usual: float = 0.0
    spread: float = 0.0
    items: int = 0

    @property
    def is_many(self) -> bool:
        """Whether what is usual is told by enough items of different topics."""
        return self.items >= MANY


NOTHING_NEAR = Near()


class Meanings:
    """Vectors of items and of stories; without the extra ``semantic`` there are none."""

    def __init__(self, store: Store, worker: MeaningWorker | None = None) -> None:
        self._store = store
        self._worker = worker or MeaningWorker()
        self._reading = threading.Lock()
        self._known = threading.Lock()
        self._index: MeaningIndex | None = None
        self._of_text: tuple[str, bytes] | None = None

    @property
    def are_known(self) -> bool:
        """Whether meanings can be compared here."""
        return is_installed()

    def waiting(self) -> int:
        """How many items were not read for their meaning yet; 0 where none can be."""
        return len(self._store.meanings.waiting(MODEL, MOST_READ)) if self.are_known else 0

    def read_all(self, *, cancelled: IsCancelled = never, progress: Progress = ignore) -> int:
        """Read whatever was not read yet, the newest first; what is done stays done when it is cancelled or killed.

        Answers with how many were read. Slow: call it beside the window's thread.

        Raises:
            MeaningError: the library gave no answer.
        """
        if not self.are_known:
            return 0
        with self._reading:
            numbers = self._store.meanings.waiting(MODEL, MOST_READ)
            for start in range(0, len(numbers), AT_ONCE):
                if cancelled():
                    return start
                self._read(numbers[start : start + AT_ONCE])
                progress(min(start + AT_ONCE, len(numbers)), len(numbers))
            return len(numbers)

    def _read(self, numbers: Sequence[int]) -> None:
        openings = self._store.meanings.openings(numbers, BEGINNING)
        vectors = self._worker.vectors([f"{opening.title}. {opening.beginning}" for opening in openings])
        kept = {opening.number: vector for opening, vector in zip(openings, vectors, strict=True)}
        self._store.meanings.keep(MODEL, kept)
        with self._known:
            if self._index is not None:
                self._index.add(list(kept), b"".join(kept.values()))

    def nearest(self, text: str, most: int, *, cancelled: IsCancelled = never) -> Near:
        """The rows of the items nearest in meaning to ``text``, at most so many.

        Raises:
            Cancelled: nobody waits for it any longer.
            MeaningError: the library gave no answer.
        """
        if not self.are_known or not text.strip():
            return NOTHING_NEAR
        index = self._indexed()
        if not len(index):
            return NOTHING_NEAR
        vector = self._vector(text)
        if cancelled():
            raise Cancelled
        with self._known:
            return index.nearest(vector, most)

    def close(self) -> None:
        """Let the other process go; later calls are refused."""
        self._worker.close()

    def _indexed(self) -> MeaningIndex:
        with self._known:
            if self._index is None:
                self._index = MeaningIndex()
                self._index.add(*self._store.meanings.vectors(MODEL, MOST_READ))
            return self._index

    def _vector(self, text: str) -> bytes:
        if self._of_text is None or self._of_text[0] != text:
            self._of_text = (text, self._worker.vectors([text])[0])
        return self._of_text[1]


class MeaningIndex:
    """Finds the vectors nearest to one: 2 kB each, 20,000 of them in some milliseconds. Not for several threads at once."""

    def __init__(self) -> None:
        self._numbers: list[int] = []
        self._places: dict[int, int] = {}
        self._blocks: list[NDArray[np.float32]] = []

    def __len__(self) -> int:
        return len(self._places)

    def add(self, numbers: Sequence[int], vectors: bytes) -> None:
        """Know these items by their vectors, which stand one behind the other; one that was known is known anew."""
        import numpy as np  # noqa: PLC0415 - a quarter of a second that no start waits for

        if not numbers:
            return
        added = np.frombuffer(vectors, "<f2").reshape(-1, SIZE).astype(np.float32)
        if self._blocks and len(self._blocks[-1]) < _BLOCK:
            added = np.concatenate([self._blocks.pop(), added])  # a block grows until it is full
        self._blocks.append(added)
        for number in numbers:
            self._places[number] = len(self._numbers)
            self._numbers.append(number)

    def nearest(self, vector: bytes, most: int) -> Near:
        """The items nearest to ``vector``, at most so many."""
        import numpy as np  # noqa: PLC0415 - see add

        if not self._blocks:
            return NOTHING_NEAR
        sought = np.frombuffer(vector, "<f2").astype(np.float32)
        every = np.concatenate([block @ sought for block in self._blocks])
        known = np.fromiter(self._places.values(), np.intp, len(self._places))  # what is known anew is passed over where it was
        likeness = every[known]
        count = min(most, len(known))
        nearest = np.argpartition(-likeness, count - 1)[:count]
        ordered = nearest[np.argsort(-likeness[nearest], kind="stable")]
        found = tuple((self._numbers[known[at]], float(likeness[at])) for at in ordered.tolist())
        return Near(found, float(likeness.mean()), float(likeness.std()), len(known))
