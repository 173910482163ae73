"""An archived item is read again: what came with it from elsewhere is never believed."""

from __future__ import annotations

from typing import Any

from workstation.domain.item import Capture, Item
from workstation.domain.story_archive import ArchivedItem
from workstation.ingest.worker import ReadingWorker


def read_again(worker: ReadingWorker, entry: ArchivedItem) -> Capture:
    """The item as the reader finds it in its original bytes.

    Raises:
        ReadError: there is nothing to read in them.
    """
    return worker.read(entry.original, **_known_of(entry.item))


def _known_of(item: Item) -> dict[str, Any]:
    """What a reader has to be told from outside to read an archived item as it was read at first.

    An address that the page itself named is not handed over: the reader finds it in the page again.
    """
    name = f"{item.title}.{item.media_type.rpartition('/')[2]}" if item.origins.get("title") == "file name" else ""
    url = item.url if item.origins.get("url") == "address" else None
    return {"captured": item.captured, "name": name, "media_type": item.media_type, "url": url}
