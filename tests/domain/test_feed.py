"""When a feed is asked again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from workstation.domain.feed import Feed, next_due

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
FEED = Feed(id=1, url="https://o.example/feed", added=NOW - timedelta(days=90), changed=NOW, due=NOW)


@pytest.mark.parametrize(
    ("feed", "wait", "minutes"),
    [
        (FEED, None, 60),
        (replace(FEED, changed=NOW - timedelta(days=3)), None, 120),
        (replace(FEED, changed=None), None, 720),
        (replace(FEED, every=30), None, 30),
        (replace(FEED, every=30, least=45), None, 45),
        (replace(FEED, least=10), None, 60),
        (FEED, timedelta(hours=5), 300),
        (FEED, timedelta(days=400), 1440),
        (replace(FEED, least=100_000), None, 1440),
        (replace(FEED, failures=1), None, 120),
        (replace(FEED, failures=3, every=15), None, 120),
        (replace(FEED, failures=500), None, 1440),
    ],
)
def test_a_feed_is_asked_again_in_its_own_time(feed: Feed, wait: timedelta | None, minutes: int) -> None:
    assert next_due(feed, NOW, wait=wait) == NOW + timedelta(minutes=minutes)
