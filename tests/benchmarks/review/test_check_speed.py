"""Time of a review: stories of 3 and 30 KB over ten sources of 2,000 words. By hand: `pytest -s tests/benchmarks/review`."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median
from time import process_time

import pytest

from workstation.domain.body import read_html
from workstation.domain.grade import Grade
from workstation.domain.item import Item
from workstation.domain.story import SignalCard, Source, Story
from workstation.review import check
from workstation.review.quoting.comparing import compare
from workstation.review.quoting.words import folded_text

_SYLLABLES = ("ba", "ro", "ti", "len", "mu", "sa", "ke", "dor", "vin", "pe")


def _words(dice: random.Random, count: int) -> list[str]:
    return ["".join(dice.choices(_SYLLABLES, k=dice.randint(1, 4))) for _ in range(count)]


def _items(dice: random.Random) -> dict[str, Item]:
    return {
        f"item{number}": Item(
            id=f"item{number}",
            url=None,
            title=f"Report {number}",
            outlet=f"Outlet {number}",
            author=None,
            published=None,
            language="en",
            country=None,
            text=" ".join(_words(dice, 2000)),
            words=2000,
            captured=datetime(2026, 3, 2, tzinfo=UTC),
            media_type="text/html",
            sha256="",
        )
        for number in range(10)
    }


def _story(dice: random.Random, items: dict[str, Item], size: int) -> Story:
    """A story of ``size`` bytes whose every sixth sentence quotes; one quotation in five is altered."""
    cards = []
    for number, item in enumerate(items.values()):
        text, turn = "", 0
        while len(text) < size / len(items):
            text += " ".join(_words(dice, 12)) + ". "
            turn += 1
            if turn % 6 == 1:
                source = item.text.split()
                at = dice.randrange(len(source) - 30)
                quoted = source[at : at + dice.randint(1, 25)]
                if dice.random() < 0.2:
                    quoted[len(quoted) // 2] = "altered"
                text += f"“{' '.join(quoted)}” "
        other = items[f"item{(number + 1) % 10}"]
        sources = tuple(Source(name=entry.outlet, url="https://x.example", item=entry.id) for entry in (item, other))
        cards.append(SignalCard(headline=f"Card {number}", sources=sources, body=read_html(f"<p>{text}</p>").body))
    return Story(slug="speed", headline="Speed", news=read_html("<p>News.</p>").body, signals=tuple(cards))


def _time(act: Callable[[], object], times: int, before: Callable[[], object] = lambda: None) -> float:
    """The median time of the processor in milliseconds: other work on the machine does not count."""
    taken = []
    for _ in range(times):
        before()
        start = process_time()
        act()
        taken.append(1000 * (process_time() - start))
    return median(taken)


def _forget() -> None:
    folded_text.cache_clear()
    compare.cache_clear()


@pytest.mark.parametrize(("size", "warm_limit", "cold_limit"), [(3_000, 20, 500), (30_000, 60, 1500)])
def test_a_review_is_quick_enough_to_run_after_every_pause_in_the_typing(size: int, warm_limit: float, cold_limit: float) -> None:
    dice = random.Random(7)
    items = _items(dice)
    story = _story(dice, items, size)
    quotations = check(story, items).quotations
    cold = _time(lambda: check(story, items), 5, _forget)
    warm = _time(lambda: check(story, items), 20)
    typing = _time(lambda: check(story, items), 5, compare.cache_clear)
    print(
        f"\n{size} bytes, {len(quotations)} quotations: first {cold:.1f} ms, every one new {typing:.1f} ms, again {warm:.1f} ms"
    )
    assert warm < warm_limit
    assert cold < cold_limit


def test_a_long_quotation_that_no_source_has_is_told_at_once_though_no_source_was_read_before() -> None:
    dice = random.Random(3)
    texts = [" ".join(_words(dice, 2000)) for _ in range(30)]
    printed = " ".join(_words(dice, 40))
    sources = [f"{text}." for text in texts]
    cold = _time(lambda: [compare(printed, text) for text in sources], 5, _forget)
    warm = _time(lambda: compare(printed, sources[0]), 1000)
    print(f"\n40 words against 30 sources: first {cold:.1f} ms; one comparison again {warm:.4f} ms")
    assert {compare(printed, text).grade for text in sources} <= {Grade.ABSENT, Grade.ALTERED}
    assert warm < 0.1
    assert cold < 40
