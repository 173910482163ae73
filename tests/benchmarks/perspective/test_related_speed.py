"""How long it takes to find what is related to a story among 20,000 items: by meaning, and with the words as well.

Run with ``./run bench perspective/test_related_speed``. The vectors are random (only their number and size matter for the time);
the texts are made of invented words with the frequencies of a language.
"""

from __future__ import annotations

import itertools
import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from workstation.domain.body import body_from_text
from workstation.domain.item import Capture, Item
from workstation.domain.story import SignalCard, Source, Story
from workstation.store import Store
from workstation.workflow.backgrounds import Backgrounds
from workstation.workflow.meaning_worker import MODEL, SIZE, MeaningWorker, is_installed
from workstation.workflow.meanings import Meanings
from workstation.workflow.perspectives import Perspectives
from workstation.workflow.publications import Publications
from workstation.workflow.writing import Writing

ITEMS = 20_000
TIMES = 15
LIMIT_MS = 100.0
RELATED_MS = 500.0
COUNTRIES = ("US", "PK", "IR", "CN", "QA", "FR", "ES", "TR", None)


class Fixed(MeaningWorker):
    """Answers with one vector, as the library does once it has read a story."""

    def vectors(self, texts):
        return [np.full(SIZE, SIZE**-0.5, np.float32).astype("<f2").tobytes()] * len(texts)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    chance = random.Random(5)
    words = sorted({"".join(chance.choices("bdfgklmnprstvaeiou", k=chance.randint(4, 9))) for _ in range(20_000)})
    weights = list(itertools.accumulate(1 / (place + 2) for place in range(len(words))))
    with Store.open(tmp_path_factory.mktemp("desk") / "desk.db") as store:
        captures = [_capture(number, chance, words, weights) for number in range(ITEMS)]
        for start in range(0, ITEMS, 1_000):
            store.items.add_all(captures[start : start + 1_000])
        made = np.random.default_rng(1).normal(size=(ITEMS, SIZE)).astype(np.float32)
        made /= np.linalg.norm(made, axis=1, keepdims=True)
        numbers = store.meanings.waiting(MODEL, ITEMS)
        store.meanings.keep(MODEL, {number: made[at].astype("<f2").tobytes() for at, number in enumerate(numbers)})
        yield store


def _capture(number: int, chance: random.Random, words: list[str], weights: list[float]) -> Capture:
    text = " ".join(chance.choices(words, cum_weights=weights, k=120)) + chance.choice(
        ("", "", "", " Iran", " Pakistan and Iran")
    )
    data = f"{number} {text}".encode()
    item = Item(
        id=sha256(data).hexdigest()[:12],
        url=f"https://paper-{number % 300}.example/{number}",
        title=" ".join(chance.choices(words, cum_weights=weights, k=8)),
        outlet=f"Paper {number % 300}",
        author=None,
        published=None,
        language="en",
        country=COUNTRIES[number % len(COUNTRIES)],
        text=text,
        words=120,
        captured=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=number),
        media_type="text/html",
        sha256=sha256(data).hexdigest(),
    )
    return Capture(item=item, original=b"")


def _measured(name: str, act: Callable[[], object]) -> float:
    """Milliseconds of the processor, which another program on the machine does not change; the clock's are told beside it."""
    act()
    took, worked = [], []
    for _ in range(TIMES):
        began, before = time.perf_counter(), time.process_time()
        act()
        worked.append((time.process_time() - before) * 1000)
        took.append((time.perf_counter() - began) * 1000)
    print(
        f"{name}: processor median {statistics.median(worked):.1f} ms, longest {max(worked):.1f}; clock longest {max(took):.1f}"
    )
    return max(worked)


def test_twenty_thousand_items_are_ranked_by_meaning_in_time(store: Store) -> None:
    meanings = Meanings(store, Fixed())
    began = time.perf_counter()
    meanings._indexed()
    print(f"vectors of {ITEMS} items read from the store, once: {(time.perf_counter() - began) * 1000:.0f} ms")
    index = meanings._indexed()
    vector = Fixed().vectors([""])[0]
    assert _measured("ranked by meaning", lambda: index.nearest(vector, 400)) < LIMIT_MS


def test_related_items_are_found_by_words_and_meaning(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writing = Writing(store)
    perspectives = Perspectives(store, writing, Backgrounds(store, Publications(store, writing, tmp_path)))
    perspectives.meanings = Meanings(store, Fixed())
    monkeypatch.setattr("workstation.workflow.meanings.is_installed", lambda: True)
    own = store.items.summaries(limit=4)
    cards = tuple(
        SignalCard(
            headline=summary.title,
            sources=(Source(name=summary.outlet, item=summary.id),),
            body=body_from_text(store.items.get(summary.id).text),
        )
        for summary in own
    )
    number = store.stories.add(Story(slug="a", headline=f"Pakistan strikes Iran: {own[0].title}", signals=cards))
    _measured("perspective of the story", lambda: perspectives.of(number))
    longest = _measured("related, words and meaning", lambda: perspectives.related(number))
    print(f"{len(perspectives.related(number).items)} items")
    assert longest < RELATED_MS


@pytest.mark.skipif(not is_installed(), reason="the extra “semantic” is not installed")
def test_items_are_read_for_their_meaning(store: Store) -> None:
    worker = MeaningWorker()
    openings = [
        f"{opening.title}. {opening.beginning}" for opening in store.meanings.openings(store.meanings.waiting("", 320), 700)
    ]
    began = time.perf_counter()
    worker.vectors(openings[:1])
    print(f"the library is there after {time.perf_counter() - began:.2f} s")
    began = time.perf_counter()
    for start in range(0, len(openings), 32):
        worker.vectors(openings[start : start + 32])
    print(f"{len(openings)} items of 110 words read: {(time.perf_counter() - began) * 1000 / len(openings):.1f} ms each")
    worker.close()
