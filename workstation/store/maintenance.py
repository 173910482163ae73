"""Looking after the file: copies that are whole, copies put back, and what is wrong with one."""

from __future__ import annotations

import os
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from glob import escape
from hashlib import sha256
from pathlib import Path
from shutil import copyfile
from sqlite3 import Connection
from tempfile import TemporaryDirectory

from workstation.errors import StoreError
from workstation.store.arrivals import unpacked
from workstation.store.connections import connect, converted
from workstation.store.files import companions, make_private, put_in_place, settle_folder
from workstation.store.lock import StoreLock
from workstation.store.log_head import newest_head
from workstation.store.migrations import APPLICATION_ID, refuse_newer, version_of
from workstation.store.soundness import problems as loose_ends
from workstation.store.versions import problems as version_problems

_MAGIC = b"SQLite format 3\0"
_HEADER = 100
_VERSION_AT, _APPLICATION_AT = 60, 68

_NOT_OURS = "Name another file with --store, or put a backup back with “workstation restore FILE”."


def refuse_strangers(path: Path) -> None:
    """Look at the first bytes of ``path``, and of what its log has in their place, without SQLite, which would change files.

    Raises:
        StoreError: it is not a database, or one of another program, or cannot be read.
        StoreTooNewError: it was written by a newer program.
    """
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except FileNotFoundError:
        return
    except OSError as error:
        raise StoreError("The desk cannot be opened", f"{path} cannot be read ({error.strerror}). Make it readable.") from error
    if not header:
        return
    if len(header) < _HEADER or not header.startswith(_MAGIC):
        raise StoreError("This file is not a desk", f"{path} is not a database, or its beginning is damaged. {_NOT_OURS}")
    for head in filter(None, (header, _logged(path))):
        (version,) = struct.unpack_from(">i", head, _VERSION_AT)
        (application,) = struct.unpack_from(">I", head, _APPLICATION_AT)
        if application == APPLICATION_ID:
            refuse_newer(version, path)
        elif application:
            raise StoreError("This file is not a desk", f"{path} is a database of another program. {_NOT_OURS}")


def _logged(path: Path) -> bytes | None:
    try:
        return newest_head(path)
    except OSError as error:
        raise StoreError(
            "The desk cannot be opened", f"{path}-wal cannot be read ({error.strerror}). Make it readable."
        ) from error


def refuse_stranger_inside(connection: Connection, path: Path) -> None:
    """As :func:`refuse_strangers`, through SQLite, which also knows what its log holds."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if application == APPLICATION_ID:
        refuse_newer(version_of(connection), path)
    elif application or tables:
        raise StoreError("This file is not a desk", f"{path} is a database of another program. {_NOT_OURS}")


def copy_out(connection: Connection, store: Path, out: Path) -> None:
    """A whole copy of the store behind ``connection`` at ``out``, which keeps what it has until the copy is complete.

    Raises:
        StoreError: the copy could not be written, or ``out`` is the store itself.
    """
    out = out.expanduser().absolute()
    if out.resolve() == store.resolve():
        raise StoreError("No backup was made", f"{out} is the desk itself. Name another file.")
    partial = out.with_name(f".{out.name}.partial")
    try:
        with converted(out):
            partial.unlink(missing_ok=True)
            make_private(partial)
            connection.execute("VACUUM INTO ?", (str(partial),))
        _move_aside([path for path in companions(out) if path.exists()], _free_stamp(out))
        put_in_place(partial, out)
    except OSError as error:
        raise StoreError(
            "No backup was made", f"{out}: {error.strerror}. Make its folder writable, or name another file."
        ) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def restore(backup: Path, to: Path) -> None:
    """Put ``backup`` in the place of the store ``to``, whose files are moved aside to ``<store>.replaced-<time>``.

    At every moment ``to`` is the whole old store or the whole new one.

    Raises:
        StoreBusyError: a process has ``to`` open.
        StoreTooNewError: a newer program wrote the backup.
        StoreError: the backup is damaged or is no store, or a file could not be written; ``to`` is as it was.
    """
    backup, to = backup.expanduser().resolve(), to.expanduser().resolve()
    if not backup.is_file():
        raise StoreError("Nothing was restored", f"There is no file {backup}. Name a backup.")
    if backup == to:
        raise StoreError("Nothing was restored", f"{to} is the desk itself. Name a backup.")
    arriving = to.with_name(f".{to.name}.arriving")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        lock = StoreLock(to)
        try:
            _bring(backup, arriving)
            _replace(arriving, to)
        finally:
            with suppress(OSError):
                arriving.unlink(missing_ok=True)
            lock.release()
    except OSError as error:
        raise StoreError(
            "Nothing was restored", f"{error.filename or to}: {error.strerror}. Make the folder writable."
        ) from error


def _bring(backup: Path, arriving: Path) -> None:
    """A sound copy of ``backup`` at ``arriving``."""
    arriving.unlink(missing_ok=True)
    with converted(backup), closing(_reading(backup)) as source:
        refuse_stranger_inside(source, backup)
        problems = list(_problems(source))
        if not problems:
            make_private(arriving)
            source.execute("VACUUM INTO ?", (str(arriving),))
            problems = list(_search_problems(arriving))
    if problems:
        raise StoreError(
            "Nothing was restored", f"{backup} is damaged: {' '.join(problems[:3])} Use another backup; the desk is as it was."
        )


def _replace(arriving: Path, to: Path) -> None:
    """``arriving`` in the place of ``to``. The old store keeps its name until the very step in which the new one takes it."""
    stamp = _free_stamp(to)
    if to.exists():
        _fold_in_log(to)
        aside = to.with_name(f"{to.name}.replaced-{stamp}")
        try:
            aside.hardlink_to(to)
        except OSError:  # a file system without hard links
            copyfile(to, aside)
    _move_aside([path for path in companions(to) if path.exists()], stamp)
    put_in_place(arriving, to)


def _fold_in_log(store: Path) -> None:
    """Bring what the log of an old store holds into its one file.

    A damaged store keeps its log, and both are moved aside; SQLite is not asked, since it throws away the log of what it does
    not take for a database.
    """
    with suppress(sqlite3.Error, StoreError):
        refuse_strangers(store)
        with closing(connect(store)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _move_aside(companions: list[Path], stamp: str) -> None:
    """Move logs aside so that they still belong to the store moved aside: a log beside a file it was not written for ruins it."""
    for path in companions:
        name, _, ending = path.name.rpartition("-")
        path.rename(path.with_name(f"{name}.replaced-{stamp}-{ending}"))
        settle_folder(path.parent)


def _free_stamp(store: Path) -> str:
    """A name by this moment that no file that was kept aside bears: a clock that repeats an hour must not overwrite one."""
    stamp = plain = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    number = 1
    while any(store.parent.glob(f"{escape(store.name)}.replaced-{stamp}*")):
        number += 1
        stamp = f"{plain}-{number}"
    return stamp


# --- check ---------------------------------------------------------------------------------------------------------


def check(path: Path) -> list[str]:
    """A sentence for each thing that is wrong with the store in ``path``; empty when it is sound.

    Nothing is changed, and a desk that is open can go on working. Every page and every row is read and the search index is
    checked in a copy: seconds for thousands of items, minutes for a million, and for a while as much room as the store takes.
    """
    path = path.expanduser().resolve()
    if not path.is_file():
        return [f"There is no store at {path}."]
    try:
        with converted(path), closing(_reading(path)) as connection:
            refuse_stranger_inside(connection, path)
            return list(_problems(connection)) or [*loose_ends(connection), *_search_problems_in_copy(connection, path)]
    except StoreError as error:
        return [str(error)]


def _reading(path: Path) -> Connection:
    """A connection that changes nothing; a medium that cannot be written is read as it lies."""
    connection = connect(path, "ro")
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError:
        connection.close()
        if any(log.exists() and log.stat().st_size for log in companions(path)):
            raise
        connection = connect(path, "ro", immutable=True)
    return connection


def _problems(connection: Connection) -> Iterator[str]:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        yield "It is not a desk of this program."
        return
    pages = [row[0] for row in connection.execute("PRAGMA integrity_check(20)").fetchall()]
    if pages != ["ok"]:
        yield f"The database is damaged: {pages[0]}"
        return
    for row in connection.execute("PRAGMA foreign_key_check").fetchall():
        yield f"A row of “{row[0]}” refers to a row of “{row[2]}” that is not there."
    yield from _story_problems(connection)
    yield from version_problems(connection)
    yield from _picture_problems(connection)
    yield from _item_problems(connection)


def _story_problems(connection: Connection) -> Iterator[str]:
    for row in connection.execute("SELECT slug, document, sha256 FROM story"):
        if not _matches(row["document"].encode(), row["sha256"]):
            yield f"The document of the story “{row['slug']}” is not the one that was saved."


def _picture_problems(connection: Connection) -> Iterator[str]:
    for row in connection.execute("SELECT sha256, data FROM picture"):
        if not _matches(row["data"], row["sha256"]):
            yield f"The bytes of the picture {row['sha256'][:12]} are damaged."


def _item_problems(connection: Connection) -> Iterator[str]:
    for row in connection.execute(
        "SELECT id, text, text_sha256, original, sha256 FROM item JOIN item_body ON item_body.item = row"
    ):
        if not _matches(row["text"].encode(), row["text_sha256"]):
            yield f"The text of the item {row['id']} is not the one that arrived."
        original = unpacked(row["original"])
        if original is None or not _matches(original, row["sha256"]):
            yield f"The original of the item {row['id']} is not what arrived."
    for part in ("body", "desk"):
        missing = connection.execute(f"SELECT count(*) FROM item WHERE row NOT IN (SELECT item FROM item_{part})").fetchone()[0]
        if missing:
            yield f"{missing} items have lost their {part}."


def _matches(data: bytes, digest: str) -> bool:
    return sha256(data).hexdigest() == digest


def _search_problems_in_copy(connection: Connection, path: Path) -> list[str]:
    """FTS5's check holds the right to write for as long as it runs, and whoever works at the desk would wait: so, in a copy."""
    beside = path.parent if os.access(path.parent, os.W_OK) else None
    with TemporaryDirectory(prefix=".workstation-check-", dir=beside) as folder:
        copy = Path(folder) / "copy.db"
        connection.execute("VACUUM INTO ?", (str(copy),))
        return list(_search_problems(copy))


def _search_problems(path: Path) -> Iterator[str]:
    with closing(connect(path)) as connection:
        try:
            connection.execute("INSERT INTO item_search (item_search, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            yield f"The search index does not agree with the items ({error})."
