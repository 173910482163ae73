"""A story packed whole for a colleague: its document, its pictures, and the items and quotes that its cards rest on.

The archive is a ``.zip``: ``story.json``, the pictures and icons at the names that the document gives them,
``items.json`` with the items and quotes, and each item's original bytes at ``items/<id>``. The same story gives the
same bytes. An archive from elsewhere is not trusted: its size, its names and its hashes are checked, and nothing is
written to disk.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from hashlib import sha256
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any

from workstation.domain.item import Item, item_id
from workstation.domain.picture import Picture
from workstation.domain.quote import Quote
from workstation.domain.story import Story
from workstation.domain.story_document import write_json
from workstation.errors import ExportError, InputError

DOCUMENT = "story.json"
RECORD = "items.json"
ORIGINALS = "items/"
RECORD_FORMAT = "workstation-items/1"

LARGEST_BYTES = 64 * 2**20
"""What all entries of an archive may hold together, unpacked."""
MOST_ENTRIES = 2_000

_EPOCH = (1980, 1, 1, 0, 0, 0)
_TITLE = "The archive cannot be opened"


@dataclass(frozen=True, slots=True)
class ArchivedItem:
    """An item with its original bytes, as they lie in the archive.

    ``feed`` is the address of the feed that brought it, for an entry that has no address of its own: its id is made with it.
    """

    item: Item
    original: bytes
    feed: str | None = None

    @property
    def is_sound(self) -> bool:
        """Whether the item's id is the one that its original and its address give."""
        return item_id(self.original, self.item.url or self.feed) == self.item.id


@dataclass(frozen=True, slots=True)
class StoryArchive:
    """What an archive holds: the document's bytes, the pictures by the names it uses, the items and the quotes."""

    document: bytes
    files: Mapping[str, bytes]
    items: tuple[ArchivedItem, ...] = ()
    quotes: tuple[Quote, ...] = ()

    @classmethod
    def of(
        cls, story: Story, pictures: Mapping[str, Picture], items: tuple[ArchivedItem, ...], quotes: Iterable[Quote]
    ) -> StoryArchive:
        """The archive of ``story``: those of the pictures that it names, and those of the quotes whose item is in it."""
        known = {entry.item.id for entry in items}
        return cls(
            document=write_json(story).encode(),
            files={name: pictures[name].data for name in story.kept_files if name in pictures},
            items=items,
            quotes=tuple(quote for quote in quotes if quote.item in known),
        )


def pack(archive: StoryArchive) -> bytes:
    """The bytes of an archive; the same parts, in whatever order, give the same bytes.

    Raises:
        ExportError: a picture has a name that cannot lie in the archive, or all of it is larger than may be unpacked.
    """
    entries = dict(archive.files)
    for name in entries:
        if _fault(name) or name in (DOCUMENT, RECORD) or name.startswith(ORIGINALS):
            raise ExportError("The story was not packed", f"A picture may not be called “{name}”; rename it.")
    entries |= {f"{ORIGINALS}{entry.item.id}": entry.original for entry in archive.items}
    entries[DOCUMENT] = archive.document
    entries[RECORD] = _record_of(archive).encode()
    if sum(map(len, entries.values())) > LARGEST_BYTES or len(entries) > MOST_ENTRIES:
        raise ExportError("The story was not packed", _TOO_LARGE)
    return _zipped(entries)


def unpack(data: bytes) -> StoryArchive:
    """What an archive holds, checked: sizes, names, and that every original, id and quote is what its record says.

    The texts in the record are the sender's word; who keeps them reads the originals again.

    Raises:
        InputError: it is no such archive, it is too large, it is damaged, or something in it was altered.
    """
    return archive_in(_unzipped(data))


def archive_in(entries: Mapping[str, bytes]) -> StoryArchive:
    """What the files of an unpacked archive hold, checked as :func:`unpack` does; see there."""
    entries = dict(entries)
    if DOCUMENT not in entries:
        raise InputError(_TITLE, f"It has no {DOCUMENT}; it was not made by this program.")
    document, record = entries.pop(DOCUMENT), entries.pop(RECORD, None)
    originals = {name: entries.pop(name) for name in list(entries) if name.startswith(ORIGINALS)}
    items, quotes = _read_record(record, originals) if record is not None else ((), ())
    return StoryArchive(document, MappingProxyType(entries), items, quotes)


# --- the zip -------------------------------------------------------------------------------------------------------

_TOO_LARGE = f"It holds more than {LARGEST_BYTES // 2**20} MiB or {MOST_ENTRIES} files; leave the largest sources out."


def _zipped(entries: Mapping[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(entries):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # the same on every system
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, entries[name])
    return held.getvalue()


def _unzipped(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _entries(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise InputError(_TITLE, f"It is not a whole .zip file: {error}.") from error


def _entries(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """Every file of the archive; what a header says about a size is checked while reading, not believed."""
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(archive.infolist()) > MOST_ENTRIES:
        raise InputError(_TITLE, _TOO_LARGE)
    entries: dict[str, bytes] = {}
    left = LARGEST_BYTES
    for member in members:
        fault = "stands in it twice" if member.filename in entries else _fault(member.filename)
        if fault:
            raise InputError(_TITLE, f"“{member.filename[:80]}” {fault}.")
        with archive.open(member) as file:
            content = file.read(left + 1)
        left -= len(content)
        if left < 0:
            raise InputError(_TITLE, _TOO_LARGE)
        entries[member.filename] = content
    return entries


def _fault(name: str) -> str:
    """Why a file of this name may not lie in an archive; empty when it may."""
    path = PurePosixPath(name)
    if not name or path.is_absolute() or ".." in path.parts or any(c in name for c in "\\:\0") or str(path) != name:
        return "is not a plain name inside the archive"
    return ""


# --- the record of items and quotes --------------------------------------------------------------------------------


def _record_of(archive: StoryArchive) -> str:
    record = {
        "format": RECORD_FORMAT,
        "items": [_item_document(entry) for entry in sorted(archive.items, key=lambda entry: entry.item.id)],
        "quotes": [asdict(quote) for quote in sorted(archive.quotes, key=lambda quote: quote.id)],
    }
    return json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _item_document(entry: ArchivedItem) -> dict[str, Any]:
    item = entry.item
    plain = {field.name: getattr(item, field.name) for field in fields(item)} | ({"feed": entry.feed} if entry.feed else {})
    return plain | {"captured": item.captured.isoformat(), "origins": dict(item.origins)}


def _read_record(data: bytes, originals: Mapping[str, bytes]) -> tuple[tuple[ArchivedItem, ...], tuple[Quote, ...]]:
    try:
        record = json.loads(data)
        if record["format"] != RECORD_FORMAT:
            raise InputError(_TITLE, f"Its record of items has the format {record['format']!r}, not {RECORD_FORMAT!r}.")
        items = tuple(_archived(entry, originals) for entry in record["items"])
        quotes = tuple(_quote(entry) for entry in record["quotes"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(_TITLE, f"Its record of items ({RECORD}) cannot be read: {error}.") from error
    texts = {entry.item.id: entry.item.text for entry in items}
    for quote in quotes:
        if texts.get(quote.item, "")[quote.start : quote.end] != quote.exact:
            raise InputError(_TITLE, f"The quote “{quote.exact[:60]}” does not stand in its source as the record says.")
    return items, quotes


def _archived(entry: Mapping[str, Any], originals: Mapping[str, bytes]) -> ArchivedItem:
    known = {field.name: entry[field.name] for field in fields(Item) if field.name in entry}
    for name, value in known.items():
        _check(name, value, _ITEM_TYPES.get(name, str))
    item = Item(**known | {"captured": _captured(entry["captured"]), "origins": MappingProxyType(dict(entry["origins"]))})
    original = originals[f"{ORIGINALS}{item.id}"]
    if sha256(original).hexdigest() != item.sha256:
        raise InputError(_TITLE, f"The original of “{item.title[:60]}” was altered on its way; ask for the archive again.")
    feed = entry.get("feed")
    _check("feed", feed, _OPTIONAL)
    archived = ArchivedItem(item, original, feed)
    if not archived.is_sound:
        raise InputError(_TITLE, f"“{item.title[:60]}” bears an id that its original and its address do not give.")
    return archived


def _quote(entry: Mapping[str, Any]) -> Quote:
    known = {field.name: entry[field.name] for field in fields(Quote) if field.name in entry}
    for name, value in known.items():
        _check(name, value, _QUOTE_TYPES.get(name, str))
    quote = Quote(**known)
    if not 0 <= quote.start < quote.end:
        raise ValueError(f"a quote runs from {quote.start} to {quote.end}")
    return quote


_OPTIONAL = (str, type(None))
_ITEM_TYPES: Mapping[str, type | tuple[type, ...]] = MappingProxyType(
    dict.fromkeys(("url", "author", "published", "language", "country"), _OPTIONAL) | {"words": (int,), "origins": (dict,)}
)
_QUOTE_TYPES: Mapping[str, type | tuple[type, ...]] = MappingProxyType(
    {"start": (int,), "end": (int,), "speaker": _OPTIONAL, "translation": _OPTIONAL}
)


def _check(name: str, value: object, expected: type | tuple[type, ...]) -> None:
    if not isinstance(value, expected):
        raise ValueError(f"“{name}” has the wrong form")


def _captured(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("“captured” has no offset from UTC")
    return moment
