"""An archived item is read again: what came with it from elsewhere is never believed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from workstation.domain.item import FEED_ENTRY, PART_OF_PAGE, Capture, Item
from workstation.domain.story_archive import ArchivedItem
from workstation.ingest.passage import HTML, copied
from workstation.ingest.worker import ReadingWorker
from workstation.workflow.feed_asking import kept_entry

_CHARSETS = (
    *(f"windows-125{digit}" for digit in range(9)),
    *(f"iso-8859-{number}" for number in range(2, 17) if number not in (9, 11, 12)),
    *("koi8-r", "koi8-u", "macintosh", "ibm866", "windows-874", "gb18030", "big5", "shift_jis", "euc-jp", "euc-kr"),
)
"""What a transfer may have declared, by the names of the web; an item does not remember which it was."""


def read_again(worker: ReadingWorker, entry: ArchivedItem) -> Capture:
    """The item that the reader of its kind makes of an archived original.

    Raises:
        ReadError: there is nothing to read in it, or it took too much time or memory.
    """
    item, original = entry.item, entry.original
    if item.media_type == FEED_ENTRY:
        return kept_entry(worker, entry)
    if item.origins.get("text") == PART_OF_PAGE and item.url:
        words = original.decode("utf-8", "replace")
        text, html = ("", words) if item.media_type == HTML else (words, "")
        return copied(worker, text, html=html, url=item.url, captured=item.captured)
    first = worker.read(original, **_known_of(item))
    if first.item.text == item.text:
        return first
    others = (worker.read(original, charset=charset, **_known_of(item)) for charset in _charsets(item.text, original))
    return next((capture for capture in others if capture.item.text == item.text), first)


def _charsets(text: str, original: bytes) -> Iterator[str]:
    """The encodings in which a line of ``text`` that is not plain ASCII stands in the original as it is."""
    lines = [line for line in text.split("\n") if not line.isascii()]
    for charset in _CHARSETS:
        encoded = (line.encode(_codec(charset), "ignore") for line in lines)
        if any(len(line) > 1 and line in original for line in encoded):
            yield charset


def _codec(charset: str) -> str:
    return {"windows-874": "cp874", "macintosh": "mac-roman"}.get(charset, charset)


def _known_of(item: Item) -> dict[str, Any]:
    """What a reader has to be told from outside to read an archived item as it was read at first.

    An address that the page itself named is not handed over: the reader finds it in the page again.
    """
    name = f"{item.title}.{item.media_type.rpartition('/')[2]}" if item.origins.get("title") == "file name" else ""
    url = item.url if item.origins.get("url") == "address" else None
    return {"captured": item.captured, "name": name, "media_type": item.media_type, "url": url}
