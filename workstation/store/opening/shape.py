"""Whether a store has the tables, views and triggers that this program makes, and no others: a trigger or a view is a program."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing, suppress
from sqlite3 import Connection

from workstation.errors import StoreError
from workstation.store.connections import connect_nowhere
from workstation.store.migrations import let_migrate, made_as_of, unfinished, version_of

_SHADOWS = ("_data", "_idx", "_content", "_docsize", "_config")
"""What FTS5 makes for itself beside an index, in words that differ between its versions."""

_LITERAL = re.compile(r"'[^']*'")
Part = tuple[str, str]
"""``table``, ``index``, ``view`` or ``trigger``, and a name."""


def refuse_other_shapes(connection: Connection, path: str) -> None:
    """Refuse what is not made as a store of its step is, before anything in it is asked.

    Raises:
        StoreError: a part is foreign, missing or made otherwise; it is named.
    """
    other = other_parts(connection)
    if other:
        named = ", ".join(f"“{name[:60]}”" for name in other[:5])
        raise StoreError(
            "This file is not a desk",
            f"{path} is not made as this program makes a desk: {named}. It was left alone; use another backup.",
        )


def other_parts(connection: Connection) -> list[str]:
    """The names of the parts that are foreign or made otherwise, then of those that are missing."""
    there, ours = _finished_parts(connection), _expected(version_of(connection))
    strange = sorted(name for (kind, name), made in there.items() if ours.get((kind, name)) != made)
    return [*strange, *sorted(name for kind, name in ours.keys() - there.keys())]


def _finished_parts(connection: Connection) -> dict[Part, str]:
    """The parts as they are, or, of a store from before a step was finished, as they are once it has what it lacks.

    That is tried in memory, where there are no rows and so nothing to do for a foreign trigger.
    """
    if not unfinished(connection):
        return _parts(connection)
    schema = connection.execute(
        "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite^_%' ESCAPE '^'"
        " ORDER BY type <> 'table', rowid"
    ).fetchall()
    shadows = {name + ending for name, sql in schema if _is_virtual(sql) for ending in _SHADOWS}
    with closing(connect_nowhere()) as twin, suppress(sqlite3.Error):
        twin.row_factory = sqlite3.Row
        let_migrate(twin)
        for name, sql in schema:
            if name not in shadows:
                twin.execute(sql)
        twin.execute(f"PRAGMA user_version = {version_of(connection):d}")
        for statement in unfinished(twin):
            twin.execute(statement)
        return _parts(twin)
    return _parts(connection)


def _is_virtual(sql: str) -> bool:
    return sql.lstrip().upper().startswith("CREATE VIRTUAL")


def _expected(version: int) -> dict[Part, str]:
    with made_as_of(version) as connection:
        return _parts(connection)


def _parts(connection: Connection) -> dict[Part, str]:
    """How each part is made: of a table its columns and what they may say, of everything else its words."""
    rows = connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite^_%' ESCAPE '^'").fetchall()
    indexes = [name for _, name, sql in rows if _is_virtual(sql or "")]
    shadows = {index + ending for index in indexes for ending in _SHADOWS}
    return {(kind, name): "" if name in shadows else _made(connection, kind, name, sql or "") for kind, name, sql in rows}


def _made(connection: Connection, kind: str, name: str, sql: str) -> str:
    words = "".join(sql.split()).replace('"', "").replace("`", "")
    if kind != "table" or words.upper().startswith("CREATEVIRTUAL"):
        return words
    columns = connection.execute('SELECT name, type, "notnull", pk, hidden FROM pragma_table_xinfo(?)', (name,)).fetchall()
    return repr(([tuple(column) for column in columns], _LITERAL.findall(sql)))
