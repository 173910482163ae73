"""How long the inbox takes from a key to its result, with many items.

Run by hand: ``python search_as_you_type.py [items] [folder]``. The desk holds invented texts of 300 words with the frequencies of
a language (Zipf), every fifth one in Chinese characters. Each query is typed key by key; each key is one call of ``summaries``,
rows made and all. The time of this thread alone is told too, for a machine that has other work.
"""

from __future__ import annotations

import itertools
import random
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from workstation.domain.item import Capture, Item, ItemState, item_id
from workstation.store import Store

VOCABULARY = 40_000
WORDS = 300
TYPED = (
    "river treaty",
    "minister said",
    "the",
    "a",
    "qu",
    "water harbour closed",
    "outlet:outlet1 ri",
    "lang:zh 水",
    "条约",
    "state:shortlisted t",
)


def vocabulary(chance: random.Random) -> list[str]:
    """Words of two to five syllables; some known ones stand among the commonest."""
    syllables = ["".join(pair) for pair in itertools.product("bcdfghklmnprstvw", "aeiou")]
    known = ["the", "a", "of", "said", "river", "minister", "water", "treaty", "harbour", "closed", "queue"]
    made = {"".join(chance.choices(syllables, k=chance.randint(2, 5))) for _ in range(VOCABULARY)}
    return known + sorted(made)


def captures(count: int) -> itertools.chain[Capture]:
    """``count`` invented captures, a minute apart."""
    chance = random.Random(7)
    latin = vocabulary(chance)
    characters = ["水", "条", "约", *map(chr, chance.sample(range(0x4E00, 0x9000), 3000))]
    weights = {
        False: list(itertools.accumulate(1 / (n + 2) for n in range(len(latin)))),
        True: list(itertools.accumulate(1 / (n + 20) for n in range(len(characters)))),
    }
    first = datetime(2026, 1, 1, tzinfo=UTC)
    for number in range(count):
        chinese = number % 5 == 0
        known, length = (characters, 2 * WORDS) if chinese else (latin, WORDS)
        chosen = chance.choices(known, cum_weights=weights[chinese], k=length)
        text = "".join(chosen) if chinese else " ".join(chosen)
        original = f"{number}".encode()
        url = f"https://outlet{number % 50}.example/{number}"
        yield Capture(
            item=Item(
                id=item_id(original, url), url=url, title=text[: 12 if chinese else 60], outlet=f"Outlet{number % 50}",
                author=None, published=None, language="zh" if chinese else "en", country="CN" if chinese else "NZ", text=text,
                words=WORDS, captured=first + timedelta(minutes=number), media_type="text/html",
                sha256=sha256(original).hexdigest(),
            ),
            original=original,
        )  # fmt: skip


def fill(store: Store, count: int) -> None:
    """Put ``count`` items in, a thousand in a transaction, and shortlist every hundredth."""
    began = time.perf_counter()
    arriving = captures(count)
    while batch := list(itertools.islice(arriving, 1000)):
        with store.together():
            for number, capture in enumerate(batch):
                store.items.add(capture)
                if number % 100 == 0:
                    store.items.set_state([capture.item.id], ItemState.SHORTLISTED)
    taken = time.perf_counter() - began
    print(f"{count} items in {taken:.1f} s ({taken / count * 1000:.2f} ms an item, a thousand in a transaction)")


def milliseconds(store: Store, query: str) -> tuple[float, float]:
    """How long one call takes, by the clock and of this thread's own time."""
    began, worked = time.perf_counter(), time.thread_time()
    store.items.summaries(query=query)
    return (time.perf_counter() - began) * 1000, (time.thread_time() - worked) * 1000


def told(name: str, times: list[float], more: str = "") -> str:
    """One line of the table."""
    times = sorted(times)
    tail = times[int(len(times) * 0.95)]
    return f"{name:28} median {statistics.median(times):7.2f} ms   p95 {tail:7.2f} ms   worst {times[-1]:7.2f} ms   {more}"


def main(count: int, folder: Path) -> None:
    """Fill a desk (or take the one that is there) and time it."""
    path = folder / f"desk-{count}.db"
    fresh = not path.exists()
    with Store.open(path) as store:
        if fresh:
            fill(store, count)
        print(f"{path.stat().st_size / 1e6:.0f} MB")
        every: list[float] = []
        for query in TYPED:
            keys = [query[: end + 1] for end in range(len(query))]
            clock, own = zip(*(milliseconds(store, key) for key in keys for _ in range(5)), strict=True)
            every += clock
            print(
                told(query, list(clock), f"own {statistics.median(own):6.2f} ms   {len(store.items.summaries(query=query))} rows")
            )
        print(told("every key", every))
        print(told("no query", [milliseconds(store, "")[0] for _ in range(20)]))
        for name, verb in (
            ("counts", store.items.counts),
            ("state=unread", lambda: store.items.summaries(state=ItemState.UNREAD)),
        ):
            times = []
            for _ in range(20):
                began = time.perf_counter()
                verb()
                times.append((time.perf_counter() - began) * 1000)
            print(told(name, times))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000, Path(sys.argv[2]) if len(sys.argv) > 2 else Path(made))
