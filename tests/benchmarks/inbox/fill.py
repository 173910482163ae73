"""Fills a desk with invented items and tells how quickly they came in.

Run by hand: ``python fill.py ITEMS STORE``; then new items come in as feeds bring them.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from dataclasses import replace
from pathlib import Path

from invented import Inventor

from workstation.domain.item import Capture, ItemState
from workstation.store import Store

BATCH = 2_500
STATES = (
    (ItemState.READ, 25),
    (ItemState.ARCHIVED, 12),
    (ItemState.SPIKED, 2),
    (ItemState.SHORTLISTED, 1),
    (ItemState.USED, 0.5),
)
"""Of a hundred items; the others are unread."""
RARE_TAGS = 40
"""Items that bear the tag ``dams``."""


def fill(store: Store, count: int) -> None:
    """Put ``count`` items in and do with some of them what an editor does."""
    inventor = Inventor(count)
    chance = random.Random(11)
    keeping = 0.0
    for start in range(0, count, BATCH):
        captures = list(inventor.captures(start, min(start + BATCH, count)))
        began = time.perf_counter()
        store.items.add_all(captures)
        keeping += time.perf_counter() - began
        with store.together():
            _sort_out(store, captures, chance, RARE_TAGS / count)
        if start // BATCH % 40 == 39:
            print(f"  {start + BATCH} items, {keeping / (start + BATCH) * 1e6:.0f} µs each", flush=True)
    print(f"{count} items of 300 words kept in {keeping:.1f} s: {count / keeping:.0f} a second, {BATCH} in a transaction")


def _sort_out(store: Store, captures: list[Capture], chance: random.Random, rare: float) -> None:
    ids = [capture.item.id for capture in captures]
    chance.shuffle(ids)
    for state, share in STATES:
        some, ids = ids[: int(len(ids) * share / 100)], ids[int(len(ids) * share / 100) :]
        store.items.set_state(some, state)
    for id in chance.sample(ids, len(ids) // 100):
        store.triage.set_tags({id: [f"subject {chance.randrange(20)}"]})
        if chance.random() < 0.2:
            store.triage.set_notes({id: "Ring the ministry"})
    for id in ids:
        if chance.random() < rare:
            store.triage.set_tags({id: ["dams"]})


def from_feeds(store: Store, fetched: int, together: int, seed: int) -> None:
    """How long ``fetched`` new items take, ``together`` in a transaction, all captured in the same second."""
    arriving = list(Inventor(fetched).captures(seed, seed + fetched))
    moment = arriving[0].item.captured
    arriving = [replace(capture, item=replace(capture.item, captured=moment)) for capture in arriving]
    began, worked = time.perf_counter(), time.process_time()
    for start in range(0, fetched, together):
        store.items.add_all(arriving[start : start + together])
    taken, own = time.perf_counter() - began, time.process_time() - worked
    print(f"{fetched} more, {together} in a transaction: {taken:.2f} s, {own:.2f} s of own work", flush=True)


def main(count: int, path: Path) -> None:
    with Store.open(path) as store:
        fill(store, count)
        for number, (fetched, together) in enumerate(((1_000, 50), (1_000, 1_000), (10_000, 2_500), (10_000, 50)), start=1):
            from_feeds(store, fetched, together, count * 10 * number)
    size = path.stat().st_size
    print(f"{size / 1e6:.0f} MB, {size / (count + 22_000) / 1e3:.1f} kB an item")
    print(f"at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:.0f} MB of memory")


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
