"""The versions of each story: every so many a whole text, in between what each differs by from the one before."""

from __future__ import annotations

from sqlite3 import Connection, Row

from workstation.domain.story import Story
from workstation.domain.story_document import read_json, write_json
from workstation.domain.version import Version, VersionKind
from workstation.errors import InputError, NotFoundError, StoreDamagedError, StoreError
from workstation.store.connections import Connections
from workstation.store.deltas import apply_delta, digest_of, make_delta
from workstation.store.meant import meant_kind
from workstation.store.times import now, read_time

WHOLE_EVERY = 50
"""At most so many steps lead to any version, and so few are lost when one is damaged."""


class VersionShelf:
    """Versions by their story and number; they are added and named, never changed or removed."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def add(self, id: int, story: Story, kind: VersionKind, label: str = "", *, only_if_new: bool = False) -> int | None:
        """Keep ``story`` as the next version of the story ``id`` and give its number.

        With ``only_if_new`` nothing is kept, and None given, when the last version says the same already. Half a character,
        which no text can hold, is kept as a question mark.
        """
        text = write_json(story).encode(errors="replace")
        digest = digest_of(text)
        with self._connections.writing() as connection:
            last = connection.execute(
                "SELECT number, sha256 FROM story_version WHERE story = ? ORDER BY number DESC LIMIT 1", (id,)
            ).fetchone()
            if last is not None and only_if_new and last["sha256"] == digest:
                return None
            number = last["number"] + 1 if last is not None else 1
            base = _base(connection, id, number)
            row = (id, number, now(), kind.value, label, story.words, digest, base is None, make_delta(base or b"", text))
            connection.execute(
                "INSERT INTO story_version (story, number, made, kind, label, words, sha256, whole, delta)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row,
            )
        return number

    def all_of(self, id: int) -> list[Version]:
        """The versions of a story, oldest first."""
        with self._connections.reading() as connection:
            rows = connection.execute(
                "SELECT story, number, made, kind, label, words FROM story_version WHERE story = ? ORDER BY number", (id,)
            ).fetchall()
        return [_version(row) for row in rows]

    def read(self, id: int, number: int) -> Story:
        """The story as a version has it.

        Raises:
            NotFoundError: there is no such version.
            StoreDamagedError: it, or one that leads to it, is damaged.
        """
        with self._connections.reading() as connection:
            text = _text(connection, id, number)
        try:
            return read_json(text).story
        except (InputError, ValueError) as error:
            raise StoreDamagedError("This version cannot be read", str(error)) from error

    def name(self, id: int, number: int, name: str) -> None:
        """Give a version a name (an empty one takes it away). An export keeps what it is.

        Raises:
            NotFoundError: there is no such version.
        """
        with self._connections.writing() as connection:
            found = connection.execute(
                "UPDATE story_version SET label = ?, kind = CASE WHEN ? THEN 'named' ELSE 'automatic' END"
                " WHERE story = ? AND number = ? AND kind <> 'export'",
                (name, bool(name), id, number),
            ).rowcount
        if not found:
            raise NotFoundError("The version was not named", "There is none, or it is an export, which is called by its profile.")


def _base(connection: Connection, id: int, number: int) -> bytes | None:
    """The text of the version before ``number``; None where a whole one is due, or the one before cannot be read any more."""
    if (number - 1) % WHOLE_EVERY == 0:
        return None
    try:
        return _text(connection, id, number - 1)
    except StoreError:
        return None


def _text(connection: Connection, id: int, number: int) -> bytes:
    """The text of a version: the last whole one before it, then every step from there."""
    rows = connection.execute(
        "SELECT number, whole, sha256, delta FROM story_version WHERE story = ?1 AND number <= ?2 AND number >="
        " (SELECT max(number) FROM story_version WHERE story = ?1 AND number <= ?2 AND whole) ORDER BY number",
        (id, number),
    ).fetchall()
    if not rows or rows[-1]["number"] != number:
        raise NotFoundError("There is no such version", f"The story {id} has no version {number}.")
    text = b""
    for row in rows:
        text = apply_delta(text, row["delta"], row["sha256"])
    return text


def _version(row: Row) -> Version:
    return Version(
        story=row["story"],
        number=row["number"],
        made=read_time(row["made"]),
        kind=meant_kind(VersionKind, row["kind"]),
        label=row["label"],
        words=row["words"],
    )
