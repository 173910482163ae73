"""A whole copy of a store written to a file; what had that name stays until the copy is complete."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from glob import escape
from pathlib import Path
from sqlite3 import Connection

from workstation.errors import StoreError
from workstation.store.connections import converted
from workstation.store.files import companions, make_private, put_in_place, settle_folder


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
        move_logs_aside(out, free_stamp(out))
        put_in_place(partial, out)
    except OSError as error:
        raise StoreError(
            "No backup was made", f"{out}: {error.strerror}. Make its folder writable, or name another file."
        ) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def move_logs_aside(store: Path, stamp: str) -> None:
    """Move logs aside so that they still belong to the store moved aside: a log beside a file it was not written for ruins it."""
    for path in companions(store):
        if not path.exists():
            continue
        name, _, ending = path.name.rpartition("-")
        path.rename(path.with_name(f"{name}.replaced-{stamp}-{ending}"))
        settle_folder(path.parent)


def free_stamp(store: Path) -> str:
    """A name by this moment that no file that was kept aside bears: a clock that repeats an hour must not overwrite one."""
    stamp = plain = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    number = 1
    while any(store.parent.glob(f"{escape(store.name)}.replaced-{stamp}*")):
        number += 1
        stamp = f"{plain}-{number}"
    return stamp
