"""Builders of items, cards and stories for the tests of the review. All outlets and events are invented."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from workstation.domain.body import count_words, read_html
from workstation.domain.item import Item
from workstation.domain.story import LeadImage, SignalCard, Source, Story


def make_item(item_id: str, text: str, outlet: str = "Harbour Post") -> Item:
    """An item with this text."""
    return Item(
        id=item_id,
        url=f"https://{item_id}.example/report",
        title=f"Report {item_id}",
        outlet=outlet,
        author=None,
        published=None,
        language="en",
        country=None,
        text=text,
        words=count_words(text),
        captured=datetime(2026, 3, 2, 9, tzinfo=UTC),
        media_type="text/html",
        sha256="0" * 64,
    )


def _card(html: str, *items: Item, headline: str = "Dam talks stall") -> SignalCard:
    sources = tuple(Source(name=item.outlet, url=item.url, item=item.id) for item in items)
    return SignalCard(headline=headline, sources=sources, body=read_html(html).body)


def _story(*cards: SignalCard, **changes: object) -> Story:
    whole = Story(
        slug="river",
        region="The valleys",
        headline="Two valleys share a river",
        news=read_html("<p>Two valleys signed a treaty about their river on Monday.</p>").body,
        lead_image=LeadImage(file="lead.jpg", alt="A grey dam under snow", caption="The upper dam", credit="Ada Brook"),
        signals=cards,
    )
    return replace(whole, **changes)


@pytest.fixture
def item() -> Callable[..., Item]:
    """Makes an item: id, text, outlet."""
    return make_item


@pytest.fixture
def card() -> Callable[..., SignalCard]:
    """Makes a card: the HTML of its body, the items it rests on, its headline."""
    return _card


@pytest.fixture
def story() -> Callable[..., Story]:
    """Makes a story of cards, whole in everything but what the keywords change."""
    return _story


@pytest.fixture
def sound(story: Callable[..., Story], card: Callable[..., SignalCard], item: Callable[..., Item]) -> Story:
    """A story that no rule finds fault with."""
    dam, rain = item("one", "Grey dam.", "Harbour Post"), item("two", "Late rain.", "The Valley Courier")
    one = card("<p>The dam is grey, the Harbour Post reported.</p>", dam, headline="One")
    two = card("<p>The rain is late, The Valley Courier reported.</p>", rain, headline="Two")
    return story(one, two)
