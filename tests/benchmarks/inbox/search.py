"""How long the store takes to answer, with many items.

Run by hand: ``python search.py STORE`` on a desk that ``fill.py`` made. Each query is asked for its first 50 hits, as often as
fits, its time told by the clock and of this thread's own work, for a machine that has other work. A page that was cut short, to
be gone on with, is marked: then the time until the page is full is told too.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from workstation.domain.inbox_page import InboxQuestion, ItemOrder, ItemPlace
from workstation.domain.item import ItemState, ItemSummary
from workstation.store import Store

HITS = 50
TIMES = 7

QUERIES = (
    ("rare word", "quokka"),
    ("common word", "committee"),
    ("two common words", "committee minister"),
    ("Zipf's commonest", "the"),
    ("phrase, found", '"harbour treaty"'),
    ("phrase of common words, never found", '"committee minister"'),
    ("phrase as it is typed", '"committee min'),
    ("beginning of 1", "c"),
    ("beginning of 2", "co"),
    ("beginning of 3", "com"),
    ("beginning of 4", "comm"),
    ("beginning of 8", "committe"),
    ("rare beginning", "quok"),
    ("Arabic", "الحكومة"),
    ("Chinese", "条约"),
    ("nothing", "zzzzzz"),
    ("nothing with a common word", "committee zzzzzz"),
    ("in the title", "title:the"),
    ("common, outlet", "committee outlet:outlet7"),
    ("common, rare outlet", "committee outlet:outlet288.example"),
    ("common, lang", "committee lang:ar"),
    ("common, country", "committee country:ke"),
    ("common, tag of 40", "committee tag:dams"),
    ("beginning of 4, tag of 40", "comm tag:dams"),
    ("common, tag of a thousandth", 'committee tag:"subject 7"'),
    ("common, since", "committee since:2025-06"),
    ("common, unread", "committee is:unread"),
    ("common, used", "committee is:used"),
    ("common, two filters", "committee lang:fr is:shortlisted"),
    ("common, filter that is nothing", "committee tag:nothing"),
    ("common, outlet that is nothing", "committee outlet:nothing"),
    ("common, without another", "committee -minister"),
    ("without a common word", "-committee"),
    ("either", "quokka OR zzzzzz"),
    ("rare tag", "tag:dams"),
    ("unread", "is:unread"),
    ("outlet", "outlet:outlet7"),
    ("lang and country", "lang:zh country:tr"),
    ("two filters, nothing", "lang:xx is:unread"),
    ("notes", "has:note"),
    ("author", 'author:"writer 4999"'),
    ("address", "url:/news/4321"),
)
TYPED = (
    "committee minister",
    "quokka treaty",
    '"harbour treaty"',
    "outlet:outlet7 committee",
    "النهر",
    "is:unread river tag:dams",
)


def asked(store: Store, query: str, order: ItemOrder = ItemOrder.NEWEST) -> tuple[float, float, float, int]:
    """Milliseconds of the first page by the clock, of own work, until it was full, and the rows in it."""
    began, worked = time.perf_counter(), time.thread_time()
    question = InboxQuestion(query=query, order=order)
    page = store.items.page(question, None, HITS)
    first, own = (time.perf_counter() - began) * 1e3, (time.thread_time() - worked) * 1e3
    rows, after = len(page.rows), page.next
    while after is not None and rows < HITS:
        page = store.items.page(question, after, HITS - rows)
        rows, after = rows + len(page.rows), page.next
    return first, own, (time.perf_counter() - began) * 1e3, rows


def p95(times: list[float]) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.95))]


def each_query(store: Store) -> None:
    every: list[float] = []
    every_own: list[float] = []
    for name, query in QUERIES:
        first, own, full, rows = zip(*(asked(store, query) for _ in range(TIMES)), strict=True)
        every += first
        every_own += own
        cut = (
            "" if statistics.median(full) < statistics.median(first) * 1.5 else f"   full after {statistics.median(full):.0f} ms"
        )
        print(
            f"{name:38} {query:34} median {statistics.median(first):7.1f}  worst {max(first):7.1f}"
            f"  own {statistics.median(own):7.1f} ms  {rows[0]:3} rows{cut}",
            flush=True,
        )
    print(f"every query: p50 {statistics.median(every):.1f}, p95 {p95(every):.1f} ms; own work p95 {p95(every_own):.1f} ms")


def as_typed(store: Store) -> None:
    every: list[float] = []
    for query in TYPED:
        every += [asked(store, query[: end + 1])[0] for end in range(len(query))]
    print(f"key by key ({len(every)} keys): p50 {statistics.median(every):.1f}, p95 {p95(every):.1f}, worst {max(every):.1f} ms")


def the_list(store: Store) -> None:
    chance = random.Random(1)
    for state in (None, ItemState.UNREAD, ItemState.SHORTLISTED, ItemState.ARCHIVED):
        took = []
        for _ in range(TIMES):
            began = time.perf_counter()
            store.items.page(InboxQuestion(state=state), None, 100)
            took.append((time.perf_counter() - began) * 1e3)
        print(f"first 100 rows of {state or 'the inbox'}: {statistics.median(took):.1f} ms")
    began = time.perf_counter()
    store.items.counts()
    print(f"counts: {(time.perf_counter() - began) * 1e3:.2f} ms")
    for query in ("", "committee"):
        first, _, _, _ = asked(store, query, ItemOrder.OUTLET)
        print(f"by outlet {query!r}: {first:.1f} ms")
    pages = [page for page, _ in zip(_pages(store), range(100), strict=False)]
    rows = [row for page in pages for row in page]
    print(f"100 pages of 300 rows: {len(rows)} rows, {len({row.id for row in rows})} different")
    some = [row.id for row in chance.sample(rows, 50)]
    began = time.perf_counter()
    store.items.among(InboxQuestion(query="committee is:unread"), some)
    print(f"50 changed items looked at: {(time.perf_counter() - began) * 1e3:.1f} ms")


def _pages(store: Store) -> Iterator[tuple[ItemSummary, ...]]:
    after: ItemPlace | None = None
    while True:
        page = store.items.page(InboxQuestion(), after, 300)
        yield page.rows
        after = page.next
        if after is None:
            return


def main(path: Path) -> None:
    began = time.perf_counter()
    with Store.open(path) as store:
        print(f"opened in {(time.perf_counter() - began) * 1e3:.0f} ms; {sum(store.items.counts().values())} items")
        each_query(store)
        as_typed(store)
        the_list(store)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
