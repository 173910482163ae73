"""Lists of feeds and feeds as files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from workstation.domain.feed import Feed
from workstation.export.files import write_files
from workstation.ingest.feed_look import decoded, is_opml
from workstation.ingest.outlines import Outline, OutlineList, outlines_of
from workstation.ingest.worker import ReadingWorker

FEED_SUFFIXES = (".opml", ".xml", ".rss", ".atom", ".rdf")


def outlines_in(worker: ReadingWorker, data: bytes) -> OutlineList | None:
    """The list of feeds in ``data``; None when it is no such list.

    Raises:
        ReadError: it is one, but cannot be read.
    """
    if not is_opml(decoded(data[:32_768])):
        return None
    answer, _ = worker.ask("opml", data)
    return outlines_of(answer)


def write_outlines(feeds: Sequence[Feed], out: Path) -> None:
    """Write the feeds to a list (OPML): the whole file or nothing.

    Raises:
        ExportError: it cannot be written.
    """
    from workstation.ingest.opml import write_opml  # noqa: PLC0415 - its parsers are of no use at the start

    outlines = [Outline(url=feed.url, title=feed.label, home=feed.home, folder=feed.folder) for feed in feeds]
    write_files(out.parent, {out.name: write_opml(outlines, "Feeds of the desk", datetime.now(UTC))})
