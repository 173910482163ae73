"""Seals: half of a SHA-256 in each row that holds somebody's words, by which a row that was damaged is told from a whole one.

Items are sealed as they are written (see ``arrivals``), every other row by triggers of the writing connection, so that no shelf
has to think of it. The triggers are temporary ones: SQLite lets those call a function of ours, and nobody else's program that
opens the file stumbles over it. Texts, originals, documents and pictures have a whole SHA-256 of their own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from sqlite3 import Connection, Row

_LENGTH = 16
_encode = json.JSONEncoder(ensure_ascii=False, default=bytes.hex, separators=(",", ":")).encode


def seal(*values: str | int | bytes | None) -> bytes:
    """The seal of a row, of its table's name and these values: 16 bytes. Text that is no proper Unicode is no error."""
    return sha256(_encode(values).encode("utf-8", "surrogatepass")).digest()[:_LENGTH]


ITEM = (
    "row", "id", "url", "domain", "title", "outlet", "author", "published", "language", "country", "words", "captured", "sha256",
    "icon",
)  # fmt: skip
ITEM_BODY = ("text_sha256", "media_type", "origins")
"""The columns that the seal of an item is over: those of ``item``, then these of ``item_body``."""
ITEM_COLUMNS = ", ".join((*(f"item.{name}" for name in ITEM), *(f"item_body.{name}" for name in ITEM_BODY)))
SEAL_ITEMS = f"UPDATE item SET seal = seal('item', {ITEM_COLUMNS}) FROM item_body WHERE item_body.item = item.row"


@dataclass(frozen=True, slots=True)
class Sealed:
    """A table whose rows are sealed: its key, the columns that the seal is over, and what a row is in plain words.

    ``told`` is filled with the columns. Rows in which ``only`` is empty have no seal.
    """

    table: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    told: str
    only: str | None = None


SEALED = (
    Sealed("item_desk", ("item",), ("item", "notes"), "the note beside an item", only="notes"),
    Sealed("item_tag", ("item", "tag"), ("item", "tag", "place"), "the tag “{tag}” of an item"),
    Sealed(
        "highlight", ("id",), ("id", "item", "first", "last", "kind", "note"), "a highlight in the item {item} (note: “{note}”)"
    ),
    Sealed(
        "quote",
        ("id",),
        ("id", "item", "first", "last", "exact", "speaker", "translation"),
        "the quote {id} from the item {item}",
    ),
    Sealed("waiting", ("url",), ("url", "since", "reason"), "the address “{url}” that waits to be fetched"),
    Sealed("outlet", ("id",), ("id", "name", "country", "languages", "kind", "icon", "edited"), "the outlet “{name}”"),
    Sealed("outlet_domain", ("domain",), ("domain", "outlet"), "the domain “{domain}” of an outlet"),
    Sealed(
        "feed", ("id",), ("url", "title", "name", "home", "folder", "language", "added"), "the feed “{title}” at {url}"
    ),
    Sealed("item_view", ("id",), ("id", "name", "query", "sort", "place"), "the view “{name}”"),
    Sealed("note", ("key",), ("key", "value"), "the setting “{key}”"),
    Sealed("story_file", ("story", "name"), ("story", "name", "picture"), "the picture “{name}” of the story {story}"),
    Sealed("story_keys", ("story",), ("story", "keys"), "what undo knows of the cards of the story {story}"),
    Sealed(
        "story_step",
        ("story", "place"),
        ("story", "place", "undone", "label", "field", "card", "caret", "base", "result", "delta"),
        "an undo step of the story {story}",
    ),
    Sealed(
        "story_version",
        ("story", "number"),
        ("story", "number", "made", "kind", "label", "words", "sha256", "whole", "delta"),
        "the version {number} of the story {story}",
    ),
    Sealed("waiver", ("story", "fingerprint"), ("story", "fingerprint", "reason", "given"), "a reason for the story {story}"),
    Sealed("story_template", ("id",), ("id", "name", "document"), "the template “{name}”"),
    Sealed("story_template_file", ("template", "name"), ("template", "name", "picture"), "the picture “{name}” of a template"),
    Sealed(
        "ledger",
        ("id",),
        (
            "id", "story", "slug", "profile", "publication", "exported", "folder", "files", "sha256", "destination", "post",
            "address", "document", "note", "change", "version", "kept",
        ),
        "a hand-over of “{slug}” in the ledger",
    ),
    Sealed("destination", ("name",), ("name", "kind", "url", "user", "publication"), "the destination “{name}”"),
    Sealed("sent_post", ("site", "story"), ("site", "story", "mark", "post", "address", "state"), "what {site} has of a story"),
    Sealed("sent_picture", ("site", "sha256"), ("site", "sha256", "media", "address", "told"), "what {site} has of a picture"),
)  # fmt: skip


def sealing_statements() -> Iterator[str]:
    """What gives every table its seals: a migration's statements, with :func:`seal` known to the connection."""
    yield "ALTER TABLE item ADD COLUMN seal BLOB"
    yield SEAL_ITEMS
    for sealed in SEALED:
        yield f"ALTER TABLE {sealed.table} ADD COLUMN seal BLOB"
        where = f" WHERE {sealed.only} <> ''" if sealed.only else ""
        yield f"UPDATE {sealed.table} SET seal = seal('{sealed.table}', {', '.join(sealed.columns)}){where}"


def let_seal(connection: Connection) -> None:
    """Make :func:`seal` known to ``connection``."""
    connection.create_function("seal", -1, seal, deterministic=True)


def has_seals(connection: Connection) -> bool:
    """Whether the store behind ``connection`` has had the migration that seals it."""
    return any(row[1] == "seal" for row in connection.execute("PRAGMA table_info(item)"))


def keep_sealed(connection: Connection) -> None:
    """Let ``connection`` seal every row that it writes from now on, in the same transaction; not in a store without seals."""
    if not has_seals(connection):
        return
    let_seal(connection)
    for sealed in SEALED:
        new = f"seal('{sealed.table}', {', '.join(f'NEW.{name}' for name in sealed.columns)})"
        value = f"CASE WHEN NEW.{sealed.only} <> '' THEN {new} END" if sealed.only else new
        where = " AND ".join(f"{name} = NEW.{name}" for name in sealed.key)
        kept = f"BEGIN UPDATE {sealed.table} SET seal = {value} WHERE {where}; END"
        came = f"WHEN NEW.{sealed.only} <> ''" if sealed.only else ""
        connection.execute(f"CREATE TEMP TRIGGER seal_{sealed.table}_came AFTER INSERT ON main.{sealed.table} {came} {kept}")
        columns = ", ".join(sealed.columns)
        connection.execute(
            f"CREATE TEMP TRIGGER seal_{sealed.table}_moved AFTER UPDATE OF {columns} ON main.{sealed.table} {kept}"
        )


def is_whole(table: str, row: Row, columns: Sequence[str]) -> bool:
    """Whether ``row`` bears the seal of its ``columns``."""
    return bool(row["seal"] == seal(table, *(row[name] for name in columns)))


def item_is_whole(row: Row) -> bool:
    """Whether a row of ``item`` joined with its body bears its seal."""
    return is_whole("item", row, (*ITEM, *ITEM_BODY))


def broken(connection: Connection, sealed: Sealed, where: str = "1", *values: object) -> Iterator[Row]:
    """The rows of a table, all or those ``where``, that do not bear their seal. ``connection`` must read any bytes as text."""
    borne = f"({sealed.only} <> '' OR seal IS NOT NULL)" if sealed.only else "1"
    for row in connection.execute(f"SELECT * FROM {sealed.table} WHERE {borne} AND {where}", values):
        if not is_whole(sealed.table, row, sealed.columns):
            yield row
