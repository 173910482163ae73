"""A new store made of everything that a damaged one still holds, and of the newest backup where that has what is missing.

A row is taken as it lies where it can prove by its SHA-256 or its seal that it is the one that was written. What cannot goes into
a folder of plain files. The damaged file is read, never written, and kept under another name.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from sqlite3 import Connection

from workstation.domain.wording import counted
from workstation.errors import StoreError
from workstation.store.arrivals import unpacked
from workstation.store.connections import connect, converted, transaction
from workstation.store.damage.contents import meant_text
from workstation.store.damage.found_rows import (
    FoundRow,
    Shape,
    item_proves_itself,
    proves_itself,
    reached,
    roots,
    shapes,
    strewn,
    version_in,
)
from workstation.store.damage.pages import Pages, Value
from workstation.store.damage.rebuilding import let_text_stand, revive_stories, settle
from workstation.store.damage.remains import Remains
from workstation.store.damage.taking_place import SALVAGED_NOTE, kept_name, take_place, waiting_name
from workstation.store.files import make_private, put_in_place
from workstation.store.migrations import MIGRATIONS, VIEWS, migrate
from workstation.store.opening.lock import StoreLock
from workstation.store.opening.read_only import readable

Progress = Callable[[str], object]

FOR_GOOD = ("story", "story_version", "story_file", "item", "item_body", "item_desk", "quote", "picture", "ledger")
"""Tables whose rows nobody removes: what a backup has of them and the damaged store has not, was lost. The others are filled
from a backup only where damage was met, since the editor may have removed what is missing."""
DOCUMENTS = ("story", "picture", "item_body")
"""Tables whose rows bear a whole SHA-256 of their own."""
_SAMPLES = "SELECT item FROM item_desk WHERE sample"
_NO_SAMPLES = {
    "story": "NOT sample",
    "story_version": "story IN (SELECT id FROM story WHERE NOT sample)",
    "story_file": "story IN (SELECT id FROM story WHERE NOT sample)",
    "item": f"row NOT IN ({_SAMPLES})",
    "item_body": f"item NOT IN ({_SAMPLES})",
    "item_desk": "NOT sample",
    "quote": f"item IN (SELECT id FROM item WHERE row NOT IN ({_SAMPLES}))",
}
_WITH_VIEWS = MIGRATIONS.index(VIEWS) + 1
_ORDER = ("picture", "outlet", "item_body", "item", "item_desk", "story")
"""What others refer to comes first, bodies before the items that prove themselves by them."""


@dataclass(slots=True)
class Salvaged:
    """What came of it.

    The damaged store is ``kept`` under that name; ``what`` says what it is. ``folder`` holds what was left over (None: nothing
    was). The counts tell by the tables' names how much was brought back, how much of it came out of the backup, and how much was
    left over.
    """

    kept: Path
    what: str = "desk"
    folder: Path | None = None
    brought: Counter[str] = field(default_factory=Counter)
    from_backup: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)

    @property
    def told(self) -> str:
        """What came of it, in plain words."""
        came = f"{counted(self.brought['story'], 'story', 'stories')} and {counted(self.brought['item'], 'source')}"
        taken = self.from_backup["story"] + self.from_backup["item"]
        backup = f", {taken:,} of them out of {self._source}" if taken else ""
        left = f" What is not surely as it was written is in {self.folder}." if self.folder else ""
        return f"The {self.what} was damaged and was salvaged: {came}{backup}.{left} The damaged file is kept as {self.kept}."

    @property
    def _source(self) -> str:
        return "the newest backup" if self.what == "desk" else "an older one"


def salvage(path: Path, backup: Path | None = None, progress: Progress = lambda _: None) -> Salvaged:
    """Make a sound store of what the damaged one at ``path`` holds, in its place; ``backup`` gives what is missing.

    Killed half way it can be begun again: until the new store is whole on the disk nothing is changed but hidden files.

    Raises:
        StoreBusyError: a process has the store open.
        StoreError: the new store could not be written; the damaged one is as it was.
    """
    path = path.expanduser().resolve()
    if not path.is_file():
        raise StoreError("Nothing was salvaged", f"There is no file {path}. Name the damaged one with --store.")
    lock = StoreLock(path)
    try:
        with converted(path):
            finished = take_place(path)
            return Salvaged(finished) if finished is not None else _salvaged(path, backup, progress)
    finally:
        lock.release()


def salvage_to(arriving: Path, damaged: Path, backup: Path | None, of: Path) -> Salvaged:
    """Make a sound store at ``arriving`` of what the backup ``damaged`` holds; what is left over goes beside the desk ``of``."""
    remains = Remains(of.with_name(f"{of.name}.restored-{_stamp()}.left-over"))
    salvaged = Salvaged(damaged, what="backup")
    _build(arriving, damaged, backup, remains, salvaged, lambda _: None)
    return salvaged


def _stamp() -> str:
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")


def _salvaged(path: Path, backup: Path | None, progress: Progress) -> Salvaged:
    stamp = _stamp()
    kept = kept_name(path, stamp)
    arriving = path.with_name(f".{path.name}.salvaging")
    salvaged = Salvaged(kept)
    try:
        _build(arriving, path, backup, Remains(kept.with_name(f"{kept.name}.left-over")), salvaged, progress)
        put_in_place(arriving, waiting_name(path, stamp))
        take_place(path)
    finally:
        with suppress(OSError):
            arriving.unlink(missing_ok=True)
    return salvaged


def _build(arriving: Path, damaged: Path, backup: Path | None, remains: Remains, salvaged: Salvaged, progress: Progress) -> None:
    for leftover in (arriving, arriving.with_name(f"{arriving.name}-journal")):
        leftover.unlink(missing_ok=True)
    make_private(arriving)
    with closing(connect(arriving)) as connection, closing(Pages(damaged, damaged.with_name(f"{damaged.name}-wal"))) as pages:
        _Work(connection, pages, remains, salvaged, progress).carry_out(backup)
    _report(salvaged, remains, backup)


class _Work:
    """One salvage, into the new store behind ``connection``."""

    def __init__(self, connection: Connection, pages: Pages, remains: Remains, salvaged: Salvaged, progress: Progress) -> None:
        self._connection, self._pages, self._remains = connection, pages, remains
        self._salvaged, self._progress = salvaged, progress
        self._hurt: set[str] = set()
        """The tables in which something was met that is not as it was written."""
        self._revived: list[int] = []

    def carry_out(self, backup: Path | None) -> None:
        connection = self._connection
        connection.executescript("PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY")
        connection.text_factory = meant_text
        version = version_in(self._pages)
        migrate(connection, until=version)
        if version >= _WITH_VIEWS:
            connection.execute("DELETE FROM item_view")
        known = shapes(version)
        self._progress("Reading what the damaged file holds")
        self._read(known)
        migrate(connection)
        if self._hurt and version == len(MIGRATIONS):
            self._progress("Looking for what is no longer reached")
            self._gather(shapes(len(MIGRATIONS)))
        self._revived = revive_stories(connection)
        if backup is not None:
            self._progress("Taking what is missing from the newest backup")
            with _backed_up(backup) as source:
                self._fill(source)
                self._mend_originals(source)
        self._mend_originals(None)
        self._progress("Putting it together")
        for table, row in settle(connection):
            self._remains.keep(table, row)
        for table in shapes(len(MIGRATIONS)):
            self._salvaged.brought[table] = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        self._salvaged.left = self._remains.counts
        self._salvaged.folder = self._remains.folder if self._remains.counts else None
        note = (SALVAGED_NOTE, json.dumps(self._salvaged.told, ensure_ascii=False))
        connection.execute("INSERT OR REPLACE INTO note (key, value) VALUES (?, ?)", note)

    # --- the damaged file ------------------------------------------------------------------------------------------

    def _read(self, known: Mapping[str, Shape]) -> None:
        """Take what each table's first page leads to."""
        starts = roots(self._pages)
        with transaction(self._connection):
            for table in sorted(known, key=_place):
                before = self._pages.losses
                if table in starts:
                    for row in reached(self._pages, starts[table], known[table]):
                        self._take(known[table], row)
                if table not in starts or self._pages.losses > before:
                    self._hurt.add(table)

    def _take(self, shape: Shape, row: FoundRow) -> None:
        if not self._is_whole(shape, row) or not _insert(self._connection, shape.table, row):
            self._hurt.add(shape.table)
            self._remains.keep(shape.table, row)

    def _is_whole(self, shape: Shape, row: FoundRow) -> bool:
        """A row without a seal, because it holds nobody's words or is from before there were seals, is believed."""
        if shape.table == "item":
            body = self._connection.execute("SELECT * FROM item_body WHERE item = ?", (row["row"],)).fetchone()
            return body is not None and ("seal" not in row or item_proves_itself(row, dict(body)))
        if shape.table in DOCUMENTS or row.get("seal") is not None:
            return proves_itself(shape.table, row)
        return "seal" not in row or (shape.table == "item_desk" and not row["notes"])

    def _gather(self, known: Mapping[str, Shape]) -> None:
        """Take what lies anywhere else in the file and proves itself; of a story that lies there several times the last."""
        items: list[FoundRow] = []
        stories: dict[Value, FoundRow] = {}
        with transaction(self._connection):
            for table, row in strewn(self._pages, known):
                if table == "item":
                    items.append(row)
                elif table == "story":
                    stories[row["id"]] = max(row, stories.get(row["id"], row), key=lambda found: str(found["changed"]))
                elif table in self._hurt:
                    _insert(self._connection, table, row)
            for story in stories.values():
                _insert(self._connection, "story", story)
            for item in items:
                if self._is_whole(known["item"], item):
                    _insert(self._connection, "item", item)

    # --- the backup ------------------------------------------------------------------------------------------------

    def _fill(self, source: Connection) -> None:
        """Take from a backup what is missing here, and the stories that are newer there than what is here of them."""
        with transaction(self._connection):
            for shape in sorted(shapes(len(MIGRATIONS)).values(), key=lambda shape: _place(shape.table)):
                if shape.table in self._hurt or (self._hurt and shape.table in FOR_GOOD):
                    for row in self._missing(source, shape):
                        if shape.table == "item":
                            self._bring_body(source, row["row"])
                        came = self._is_whole(shape, row) and _insert(self._connection, shape.table, row)
                        self._salvaged.from_backup[shape.table] += came
            self._renew(source)

    def _bring_body(self, source: Connection, row: Value) -> None:
        """An item proves itself by its body; the one that is here may be the damaged part."""
        body = source.execute("SELECT * FROM item_body WHERE item = ?", (row,)).fetchone()
        if body is not None and proves_itself("item_body", dict(body)):
            self._connection.execute("DELETE FROM item_body WHERE item = ?", (row,))
            _insert(self._connection, "item_body", dict(body))

    def _renew(self, source: Connection) -> None:
        """A story that was brought back out of its last version may have gone on since, and the backup may know more of it.

        The numbers of its versions tell which is the newer one; what the clock said does not.
        """
        for id in self._revived:
            theirs = source.execute("SELECT * FROM story WHERE id = ?", (id,)).fetchone()
            if theirs is None or not proves_itself("story", dict(theirs)):
                continue
            if _last_version(source, id) >= self._version_of(id):
                self._connection.execute("DELETE FROM story WHERE id = ?", (id,))
                self._salvaged.from_backup["story"] += _insert(self._connection, "story", dict(theirs))
            else:
                told = (theirs["status"], theirs["created"], id)
                self._connection.execute("UPDATE story SET status = ?, created = ? WHERE id = ?", told)

    def _version_of(self, id: int) -> int:
        """The number of the version whose text a story has."""
        digest = self._connection.execute("SELECT sha256 FROM story WHERE id = ?", (id,)).fetchone()[0]
        asked = "SELECT coalesce(max(number), 0) FROM story_version WHERE story = ? AND sha256 = ?"
        return int(self._connection.execute(asked, (id, bytes.fromhex(digest))).fetchone()[0])

    def _mend_originals(self, source: Connection | None) -> None:
        """Of an item whose text is whole and whose original is not take that of the backup, else let its text stand for it."""
        rows = self._connection.execute(
            "SELECT item.*, text, media_type, origins, original FROM item JOIN item_body ON item_body.item = item.row"
        )
        with transaction(self._connection):
            for row in rows:
                if sha256(unpacked(row["original"]) or b"").hexdigest() == row["sha256"]:
                    continue
                found = source and source.execute("SELECT original FROM item_body WHERE item = ?", (row["row"],)).fetchone()
                if found and sha256(unpacked(found[0]) or b"").hexdigest() == row["sha256"]:
                    self._connection.execute("UPDATE item_body SET original = ? WHERE item = ?", (found[0], row["row"]))
                elif source is None:
                    self._remains.keep("original", {name: row[name] for name in ("id", "url", "title", "sha256")})
                    let_text_stand(self._connection, row)

    def _missing(self, source: Connection, shape: Shape) -> Iterator[FoundRow]:
        """The rows of a backup whose keys are not here; samples, which the editor can remove, count where damage was met."""
        where = " AND ".join(f"{name} = ?" for name in shape.key)
        wanted = "1" if self._hurt.intersection(_NO_SAMPLES) else _NO_SAMPLES.get(shape.table, "1")
        keys = f"SELECT {', '.join(shape.key)} FROM {shape.table} WHERE {wanted}"
        for key in source.execute(keys).fetchall():
            if self._connection.execute(f"SELECT 1 FROM {shape.table} WHERE {where}", [*key]).fetchone() is None:
                yield dict(source.execute(f"SELECT * FROM {shape.table} WHERE {where}", [*key]).fetchone())


@contextmanager
def _backed_up(backup: Path) -> Iterator[Connection]:
    """A backup as this program makes a store; one from before an update is brought up to it in a copy."""
    found = readable(backup)
    try:
        with closing(found.connect()) as source:
            source.text_factory = meant_text
            yield source
    finally:
        found.close()


def _report(salvaged: Salvaged, remains: Remains, backup: Path | None) -> None:
    if not remains.counts:
        return
    came = ", ".join(f"{count} of “{table}”" for table, count in salvaged.from_backup.items() if count)
    remains.tell(
        [
            f"The damaged {salvaged.what} is kept at {salvaged.kept}; nothing in it was changed.",
            f"Brought back: {salvaged.brought['story']} stories, {salvaged.brought['item']} sources.",
            f"Out of the backup {backup}: {came or 'nothing'}." if backup else "There was no backup to take anything from.",
            "What could not prove that it is as it was written stands in the files beside this one, by its table:",
            *(f"  {table}: {count}" for table, count in sorted(remains.counts.items())),
            "Of a source under “original” the text is whole and stands for the bytes that arrived, which are lost.",
            "Much of the rest may be whole in the desk all the same, out of another place of the file or out of the backup.",
        ]
    )


def _last_version(connection: Connection, story: int) -> int:
    asked = "SELECT coalesce(max(number), 0) FROM story_version WHERE story = ?"
    return int(connection.execute(asked, (story,)).fetchone()[0])


def _place(table: str) -> tuple[int, str]:
    return (_ORDER.index(table) if table in _ORDER else len(_ORDER), table)


def _insert(connection: Connection, table: str, row: FoundRow) -> bool:
    """Put a row in as it is; False where one of its key is there, or the table does not take it."""
    names = ", ".join(row)
    marks = ", ".join("?" * len(row))
    try:
        return bool(connection.execute(f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})", [*row.values()]).rowcount)
    except (sqlite3.IntegrityError, UnicodeEncodeError, OverflowError):
        return False
