"""The written stories of ``tests/data/stories``: each with the texts of its sources, as a desk would have them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from workstation.domain.body import count_words
from workstation.domain.item import Item
from workstation.domain.quote import Quote
from workstation.domain.story import Story
from workstation.domain.story_document import read_document
from workstation.ingest.outlets import outlet_table
from workstation.review import Background, Review, check

FOLDER = Path(__file__).parents[1] / "data" / "stories"
STORIES = tuple(sorted(folder.name for folder in FOLDER.iterdir() if folder.is_dir()))


@dataclass(frozen=True)
class Written:
    """A story document with the items and the quotes that it rests on, by id."""

    document: str
    items: dict[str, Item]
    quotes: dict[str, Quote]

    def story(self, place: str = "", old: str = "", new: str = "") -> Story:
        """The story; with ``new`` in the place of ``old`` at a place such as ``signals[0].body``."""
        document = json.loads(self.document)
        if place:
            owner, key = _owner(document, place)
            assert owner[key].count(old) == 1 or owner[key] == old, f"{place} has “{old}” {owner[key].count(old)} times"
            owner[key] = owner[key].replace(old, new)
        return read_document(document).story

    def review(self, story: Story) -> Review:
        """The review of ``story``, on the day on which it was updated."""
        return check(story, self.items, self.background(story.updated))

    def background(self, updated: datetime | None = None) -> Background:
        """What its desk knows on the day on which it was updated."""
        today = updated.date() if updated else None
        return Background(quotes=self.quotes, outlets=outlet_table().rows, today=today, language="en-US")


def _owner(document: Any, place: str) -> tuple[Any, Any]:
    keys: list[Any] = []
    for part in place.replace("]", "").split("."):
        name, *indices = part.split("[")
        keys += [name, *map(int, indices)]
    for key in keys[:-1]:
        document = document[key]
    return document, keys[-1]


@cache
def written(name: str) -> Written:
    """The story in the folder ``name``."""
    folder = FOLDER / name
    items = {file.stem: _item(file) for file in sorted((folder / "sources").glob("*.txt"))}
    kept = folder / "quotes.json"
    quotes = [_quote(entry, items) for entry in (json.loads(kept.read_text("utf-8")) if kept.exists() else [])]
    return Written((folder / "story.json").read_text("utf-8"), items, {quote.id: quote for quote in quotes})


def _item(file: Path) -> Item:
    head, _, text = file.read_text("utf-8").partition("\n\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    published = datetime.fromisoformat(fields["published"])
    return Item(
        id=file.stem, url=fields["url"], title=fields["title"], outlet=fields["outlet"], author=fields.get("author"),
        published=fields["published"], language=fields["language"], country=fields["country"], text=text.strip(),
        words=count_words(text), captured=published.astimezone(UTC), media_type="text/html", sha256="0" * 64,
    )  # fmt: skip


def _quote(entry: dict[str, str], items: dict[str, Item]) -> Quote:
    start = items[entry["item"]].text.index(entry["exact"])
    return Quote(start=start, end=start + len(entry["exact"]), **entry)
