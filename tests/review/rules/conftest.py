"""The clean stories of the tests: invented, whole, with names and numbers that are hard to tell apart and all right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from workstation.domain.body import body_from_text, count_words
from workstation.domain.item import Item
from workstation.domain.story import SignalCard, Source, Story

_FOLDER = Path(__file__).parents[2] / "data" / "clean-stories"


@dataclass(frozen=True)
class Clean:
    """A story with the items that its cards rest on."""

    name: str
    story: Story
    items: Mapping[str, Item]


def _read(path: Path) -> Clean:
    """A story in plain lines: headline, ``updated DAY``, The News, then for each card ``== headline | outlet``, its body,
    ``-- source DAY OUTLET`` and the text of its source."""
    headline, updated, *lines = path.read_text(encoding="utf-8").splitlines()
    moment = datetime.fromisoformat(updated.removeprefix("updated ")).replace(hour=16, tzinfo=UTC)
    story = Story(slug=path.stem, headline=headline, updated=moment, first_published=moment, time_zone="UTC", language="en")
    items: dict[str, Item] = {}
    for number, line in enumerate(lines):
        if line.startswith("== "):
            title, outlet = line[3:].split(" | ")
            _, _, day, *_ = lines[number + 2].split(" ")
            text = lines[number + 3]
            item = _item(f"{path.stem}-{number}", outlet, day, text)
            items[item.id] = item
            source = Source(name=outlet, url=item.url, item=item.id)
            story = story.with_card(SignalCard(headline=title, sources=(source,), body=body_from_text(lines[number + 1])))
        elif not story.signals:
            story = replace(story, news=body_from_text(line))
    return Clean(path.stem, story, items)


def _item(item_id: str, outlet: str, day: str, text: str) -> Item:
    return Item(
        id=item_id, url=f"https://{item_id}.example/report", title=f"Report {item_id}", outlet=outlet, author=None, published=day,
        language="en", country=None, text=text, words=count_words(text), captured=datetime(2026, 3, 2, 9, tzinfo=UTC),
        media_type="text/html", sha256="0" * 64,
    )  # fmt: skip


CLEAN = tuple(_read(path) for path in sorted(_FOLDER.glob("*.txt")))


@pytest.fixture(params=CLEAN, ids=lambda clean: clean.name)
def clean(request: pytest.FixtureRequest) -> Clean:
    """Each clean story in turn."""
    return request.param
