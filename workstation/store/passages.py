"""Passages of an item's text."""

from __future__ import annotations

from sqlite3 import Connection

from workstation.errors import InputError, NotFoundError


def no_item(id: str) -> NotFoundError:
    """What is said when nothing in the inbox bears ``id``."""
    return NotFoundError(
        "There is no such item", f"Nothing in the inbox has the id “{id}”. “workstation items” lists what is there."
    )


def passage(connection: Connection, item: str, start: int, end: int) -> str:
    """The words at code points ``start`` to ``end`` (exclusive) of an item's text.

    Raises:
        NotFoundError: there is no such item.
        InputError: the text has no such passage.
    """
    row = connection.execute(
        "SELECT item_body.text FROM item JOIN item_body ON item_body.item = item.row WHERE item.id = ?", (item,)
    ).fetchone()
    if row is None:
        raise no_item(item)
    text: str = row[0]
    if not 0 <= start < end <= len(text):
        raise InputError(
            "There is no such passage", f"{start} to {end} is not within the {len(text)} characters of the item {item}."
        )
    return text[start:end]
