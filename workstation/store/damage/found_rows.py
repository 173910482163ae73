"""The rows that a damaged file still holds, by their tables, and whether each is the one that was written."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from sqlite3 import Connection
from typing import Any

from workstation.store import migrations
from workstation.store.damage.contents import same
from workstation.store.damage.pages import Found, Pages, Unreadable, Value
from workstation.store.migrations import APPLICATION_ID, made_as_of
from workstation.store.opening.heads import marks_in
from workstation.store.seals import ITEM, ITEM_BODY, SEALED, seal

FoundRow = dict[str, Value]

DERIVED = (
    "item_count", "outlet_alias", "item_site", "item_byline", "item_milestone", "item_print", "item_meaning", "item_address",
    "story_desk", "migration",
)  # fmt: skip
"""What is made anew from the rest."""
_BEHIND = 1000
_BY_TABLE = {sealed.table: sealed for sealed in SEALED}


@dataclass(frozen=True, slots=True)
class Shape:
    """A table: its columns in the order in which a record holds them with what a short record leaves out, and its key."""

    table: str
    columns: tuple[str, ...]
    defaults: tuple[Value, ...]
    number: str | None
    """The column that is the row's number and is not in the record; None in a table without such numbers."""
    has_numbers: bool
    key: tuple[str, ...]

    def row(self, found: Found) -> FoundRow | None:
        """What was found as a row of this table; None where it can be none."""
        count = len(found.values)
        if count > len(self.columns) or count < len(self.columns) - self._late or (found.row is None) == self.has_numbers:
            return None
        row = dict(zip(self.columns, [*found.values, *self.defaults[count:]], strict=True))
        if self.number:
            row[self.number] = found.row
        return row

    @property
    def _late(self) -> int:
        """How many columns came with later migrations, and may be missing in a record from before."""
        return len(self.columns) - 2 if self.columns else 0


def shapes(version: int) -> dict[str, Shape]:
    """The tables of a store after ``version`` migrations, those that are only derived left out."""
    with made_as_of(version) as connection:
        tables = connection.execute(
            "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%'"
        ).fetchall()
        return {name: _shape(connection, name, has_numbers=not without) for name, without in tables if name not in DERIVED}


def _shape(connection: Connection, table: str, *, has_numbers: bool) -> Shape:
    rows = connection.execute("SELECT name, type, dflt_value, pk FROM pragma_table_info(?)", (table,)).fetchall()
    key = tuple(name for name, _, _, _ in sorted((row for row in rows if row[3]), key=lambda row: row[3]))
    if not has_numbers:
        rows.sort(key=lambda row: row[3] or _BEHIND)
    number = key[0] if has_numbers and len(key) == 1 and _is_number(rows, key[0]) else None
    defaults = tuple(ast.literal_eval(default) if default not in (None, "NULL") else None for _, _, default, _ in rows)
    return Shape(table, tuple(row[0] for row in rows), defaults, number, has_numbers, key)


def _is_number(rows: list[tuple[str, str, str, int]], column: str) -> bool:
    return any(name == column and kind == "INTEGER" for name, kind, _, _ in rows)


def version_in(pages: Pages) -> int:
    """How many migrations the store has had; all of them, where its header does not tell any more."""
    try:
        head = pages.read(1)
    except Unreadable:
        return len(migrations.MIGRATIONS)
    version, application = marks_in(head)
    is_known = application == APPLICATION_ID and 0 < version <= len(migrations.MIGRATIONS)
    return version if is_known else len(migrations.MIGRATIONS)


def roots(pages: Pages) -> dict[str, int]:
    """The first page of each table, as far as the schema can be read."""
    found = [entry.values for entry in pages.walk(1, set()) if len(entry.values) == 5 and entry.values[0] == "table"]
    return {name: root for _, name, _, root, _ in found if isinstance(name, str) and isinstance(root, int)}


def reached(pages: Pages, root: int, shape: Shape) -> Iterator[FoundRow]:
    """The rows of a table that can be reached from its first page, whether or not they are whole."""
    for found in pages.walk(root, set()):
        row = shape.row(found)
        if row is not None:
            yield row


def strewn(pages: Pages, known: Mapping[str, Shape]) -> Iterator[tuple[str, FoundRow]]:
    """The rows on any page of the file that can prove by themselves that they are whole, with their tables.

    Rows of ``item`` cannot, without their bodies: what may be one is given as it lies.
    """
    candidates = sorted((shape for shape in known.values() if shape.table in _PROVEN), key=lambda shape: shape.table == "item")
    for number in range(1, pages.count + 1):
        for found in pages.rows(number):
            for shape in candidates:
                row = shape.row(found) if len(found.values) == len(shape.columns) else None
                if row is not None and (shape.table == "item" or proves_itself(shape.table, row)):
                    yield shape.table, row
                    break


def proves_itself(table: str, row: FoundRow) -> bool:
    """Whether a row is the one that was written, as far as it tells by itself."""
    try:
        return _PROOFS[table](row) if table in _PROOFS else _is_sealed(table, row)
    except (KeyError, TypeError, AttributeError):
        return False


def item_proves_itself(item: Mapping[str, Value], body: Mapping[str, Value]) -> bool:
    """Whether a row of ``item`` is the one that was written with this body."""
    return item["seal"] == seal("item", *(item[name] for name in ITEM), *(body[name] for name in ITEM_BODY))  # type: ignore[arg-type]


def _is_sealed(table: str, row: FoundRow) -> bool:
    sealed = _BY_TABLE[table]
    return row["seal"] == seal(table, *(row[name] for name in sealed.columns))  # type: ignore[arg-type]


_PROOFS: Mapping[str, Callable[[Any], bool]] = {
    "story": lambda row: same(row["document"], row["sha256"]),
    "picture": lambda row: sha256(row["data"]).hexdigest() == row["sha256"],
    "item_body": lambda row: same(row["text"], row["text_sha256"]),
}
_PROVEN = (*_PROOFS, *_BY_TABLE, "item")
