"""A file comes in: its items are kept, its addresses wait to be fetched, and what could not be read is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote

from workstation.domain.changes import NOTHING, Changes, items_changed
from workstation.domain.item import Capture, Item, Waiting
from workstation.domain.picture import Picture
from workstation.domain.wording import counted
from workstation.errors import ReadError
from workstation.ingest.deliveries import deliveries
from workstation.ingest.delivery import Delivery, Link
from workstation.ingest.worker import ReadingWorker
from workstation.store import Store
from workstation.workflow.file_bytes import bytes_of

NOTES_TOLD = 2
FAILURES_TOLD = 3
_ICON_BYTES = 4_000_000


@dataclass(slots=True)
class Filed:
    """What a file came to; ``again`` counts the items that were in the inbox already, ``first`` is the first item."""

    name: str
    changes: Changes = NOTHING
    items: list[str] = field(default_factory=list)
    again: int = 0
    links: list[Link] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    first: Item | None = None
    cancelled: bool = False

    @property
    def only_link(self) -> str | None:
        """The address that the file names, where it brings nothing else."""
        return self.links[0].url if len(self.links) == 1 and not self.items else None

    @property
    def tone(self) -> str:
        """How good the news are."""
        if self.notes or self.cancelled or (self.first is not None and len(self.items) == 1 and remark(self.first)):
            return "warn"
        return "" if self.items and self.again == len(self.items) and not self.links else "good"

    @property
    def message(self) -> str:
        """What happened, for the editor."""
        told = [self._told_items(), self._told_links(), *self._told_notes()]
        told.append("The rest was cancelled." if self.cancelled else "")
        return " ".join(filter(None, told))

    def _told_items(self) -> str:
        count = len(self.items)
        if count == 1 and self.first is not None:
            return told_capture(self.first, new=not self.again)
        new = count - self.again
        if not count:
            return ""
        if not new:
            return f"All {count:,} sources of {self.name} are in the inbox already."
        again = f"; {self.again:,} {'was' if self.again == 1 else 'were'} there already" if self.again else ""
        return f"Captured {counted(new, 'source')} from {self.name}{again}."

    def _told_links(self) -> str:
        count = len(self.links)
        if not count:
            return ""
        if count == 1:
            return "Its address waits in the inbox to be fetched."
        return f"{count:,} addresses from {self.name} wait in the inbox to be fetched."

    def _told_notes(self) -> list[str]:
        more = len(self.notes) - NOTES_TOLD
        return [*self.notes[:NOTES_TOLD], *([f"And {more:,} more such."] if more > 0 else [])]


def told_capture(item: Item, *, new: bool) -> str:
    """One capture in a sentence, with what is to be known about its text."""
    title = f"“{item.title}”" if item.title else "the text"
    if not new:
        return f"{title} is in the inbox already."
    told = f"Captured {title} from {item.outlet}." if item.outlet else f"Captured {title}."
    return f"{told} {remark(item)}".strip()


def told_several(items: int, links: int, failures: Sequence[str]) -> str:
    """Several files in a few sentences: how much came, and the first of what did not."""
    told = [f"Captured {counted(items, 'source')}."] if items else []
    if links > 0:
        told.append(
            f"{links:,} links wait in the inbox to be fetched." if links > 1 else "1 link waits in the inbox to be fetched."
        )
    more = len(failures) - FAILURES_TOLD
    return " ".join([*told, *failures[:FAILURES_TOLD], *([f"And {more:,} more such."] if more > 0 else [])])


def remark(item: Item) -> str:
    """What the reader had to say about an item's text: that there is none, or not all of it; ``""`` mostly."""
    origin, _, words = item.origins.get("text", "").partition(": ")
    if not words:
        return ""
    return f"It has no text: {words}." if origin == "no text" else f"{words[0].upper()}{words[1:]}."


def file_in(
    store: Store,
    worker: ReadingWorker,
    path: Path,
    *,
    captured: datetime,
    cancelled: Callable[[], bool],
    progress: Callable[[int, int | None], None],
) -> Filed:
    """Keep everything that a file brings, each batch as soon as it is read; a part that cannot be read keeps no other out.

    Addresses are kept to be fetched later, but for a single one that is all that the file brings: see ``only_link``.

    Raises:
        InputError: the file cannot be read.
        ReadError: nothing in it can be.
    """
    data = bytes_of(path)
    filed = Filed(path.name)
    for delivery in deliveries(worker, data, captured=captured, name=path.name):
        _keep(store, filed, _with_icons(worker, delivery, data, path))
        progress(len(filed.items) + len(filed.links), None)
        if cancelled() and delivery.after is not None:
            filed.cancelled = True
            break
    if filed.only_link is None and filed.links:
        for link in filed.links:
            reason = f"From {path.name}: {link.title}" if link.title else f"From {path.name}."
            store.items.keep_waiting(Waiting(url=link.url, since=captured, reason=reason))
        filed.changes |= Changes(waiting=True)
    return filed


def _keep(store: Store, filed: Filed, delivery: Delivery) -> None:
    captures = list({capture.item.id: capture for capture in delivery.captures if capture.item.id not in filed.items}.values())
    for capture, kept in zip(captures, store.items.keep_all(captures), strict=True):
        if kept.id not in filed.items:
            filed.items.append(kept.id)
        filed.again += not kept.is_new
        filed.first = filed.first or capture.item
        filed.changes |= items_changed(kept.id, *([kept.former] if kept.former else []))
    filed.links += delivery.links
    filed.notes += delivery.notes


def _with_icons(worker: ReadingWorker, delivery: Delivery, data: bytes, path: Path) -> Delivery:
    """A page that was saved with its pictures beside it has its outlet's icon there."""
    if len(delivery.captures) != 1 or delivery.captures[0].original is not data:
        return delivery
    capture = delivery.captures[0]
    icon = _icon_beside(worker, capture, path) if capture.icon is None and capture.item.media_type == "text/html" else None
    return replace(delivery, captures=(replace(capture, icon=icon),)) if icon else delivery


def _icon_beside(worker: ReadingWorker, capture: Capture, path: Path) -> Picture | None:
    """The first icon that the page names beside it; the page and the picture are read by the worker."""
    folder = next((one for end in ("_files", ".files") if (one := path.with_name(path.stem + end)).is_dir()), None)

    def beside(href: str) -> bytes | None:
        try:
            file = (path.parent / unquote(href.partition("?")[0])).resolve()
            inside = folder is not None and file.is_relative_to(folder.resolve()) and file.is_file()
            return file.read_bytes() if inside and file.stat().st_size <= _ICON_BYTES else None
        except (OSError, ValueError):
            return None

    if folder is None:
        return None
    try:
        names = worker.ask("icons beside", capture.original)[0]["names"]
    except ReadError:
        return None
    return next(filter(None, (_icon_in(worker, beside(str(name))) for name in names)), None)


def _icon_in(worker: ReadingWorker, data: bytes | None) -> Picture | None:
    if not data:
        return None
    try:
        answer, png = worker.ask("icon", data)
    except ReadError:
        return None
    return Picture(png, answer["media_type"], answer["width"], answer["height"])
