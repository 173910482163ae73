"""Stories: each one's document as it was written, with the hash that shows whether it still is."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from sqlite3 import Connection, Row

from workstation.domain.body import EMPTY
from workstation.domain.picture import Picture
from workstation.domain.problem import Waiver
from workstation.domain.story import Story
from workstation.domain.story_document import read_json, write_json
from workstation.domain.story_entry import STATUSES, StoryEntry
from workstation.errors import InputError, NotFoundError, StoreDamagedError
from workstation.store.connections import Connections
from workstation.store.meant import meant_json
from workstation.store.pictures import keep_picture, read_picture
from workstation.store.story_desk import found_on_desk, put_desk, settle_desk
from workstation.store.times import now, read_time

_ENTRY = (
    "SELECT id, slug, headline, status, created, changed, sample, embargo, time_zone, notes,"
    " coalesce(CAST(note.value AS INTEGER), 0) AS place,"
    " (SELECT exported FROM ledger WHERE ledger.story = story.id ORDER BY ledger.id DESC LIMIT 1) AS exported"
    " FROM story LEFT JOIN story_desk ON story_desk.story = story.id LEFT JOIN note ON note.key = 'story-changed:' || story.id"
)

_REASONS = "waiver-reasons"
_MOST_REASONS = 50


class StoryShelf:
    """Stories by their id; each slug is borne by one story only, spiked ones included."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def add(
        self, story: Story, *, files: Mapping[str, Picture] | None = None, sample: bool = False, status: str = "draft"
    ) -> int:
        """Keep a new story with its pictures, and give its id.

        Raises:
            InputError: another story bears the slug, or the story cannot be written as a document that can be read again.
        """
        document = _document(story)
        moment, digest = now(), _digest(document)
        row = (story.slug, story.headline, _known(status), moment, moment, sample, digest, document)
        with self._connections.writing() as connection, _slug_guarded(story.slug):
            id = connection.execute(
                "INSERT INTO story (slug, headline, status, created, changed, sample, sha256, document)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                row,
            ).lastrowid
            assert id is not None  # noqa: S101 - SQLite gives one after every insert
            put_desk(connection, id, story)
            _put_first(connection, id)
            for name, picture in (files or {}).items():
                _put_file(connection, id, name, picture)
        return id

    def get(self, id: int) -> Story:
        """The story with this id.

        Raises:
            NotFoundError: there is none.
            StoreDamagedError: its document is not the one that was saved; the message names the story and the mend.
        """
        with self._connections.reading() as connection:
            row = connection.execute("SELECT slug, document, sha256 FROM story WHERE id = ?", (id,)).fetchone()
        if row is None:
            raise _no_story(id)
        return read_story(row)

    def id_of(self, slug: str) -> int:
        """The id of the story that bears ``slug``.

        Raises:
            NotFoundError: no story does.
        """
        with self._connections.reading() as connection:
            row = connection.execute("SELECT id FROM story WHERE slug = ?", (slug,)).fetchone()
        if row is None:
            raise NotFoundError(
                "There is no such story", f"No story bears the slug “{slug}”. “workstation story list” names them."
            )
        return int(row[0])

    def slugs(self) -> dict[int, str]:
        """The slug of every story by its id, spiked ones included."""
        with self._connections.reading() as connection:
            return dict(connection.execute("SELECT id, slug FROM story").fetchall())

    def entry(self, id: int) -> StoryEntry:
        """One line of the list of stories.

        Raises:
            NotFoundError: there is no such story.
        """
        with self._connections.reading() as connection:
            row = connection.execute(f"{_ENTRY} WHERE id = ?", (id,)).fetchone()
        if row is None:
            raise _no_story(id)
        return _entry(row)

    def entries(self, include_spiked: bool = False) -> list[StoryEntry]:
        """The list of stories, last changed first; without the spiked ones unless they are asked for."""
        with self._connections.reading() as connection:
            rows = connection.execute(
                f"{_ENTRY} WHERE ? OR status <> 'killed' ORDER BY place DESC, changed DESC, id DESC", (include_spiked,)
            ).fetchall()
        return [_entry(row) for row in rows]

    def save(self, id: int, story: Story) -> None:
        """Keep ``story`` in the place of what ``id`` held; when this returns it is on the disk.

        Raises:
            InputError: another story bears the slug, or the story cannot be written as a document that can be read again.
            NotFoundError: there is no such story.
        """
        document = _document(story)
        digest = _digest(document)
        with self._connections.writing() as connection, _slug_guarded(story.slug):
            before = connection.execute(
                "SELECT sha256 = ? AND document = ? FROM story WHERE id = ?", (digest, document, id)
            ).fetchone()
            if before is None:
                raise _no_story(id)
            if not before[0]:
                _put_first(connection, id)
            connection.execute(
                "UPDATE story SET slug = ?, headline = ?, document = ?, sha256 = ?,"
                " changed = CASE WHEN ? THEN changed ELSE ? END WHERE id = ?",
                (story.slug, story.headline, document, digest, before[0], now(), id),
            )
            put_desk(connection, id, story)

    def found(self, query: str) -> frozenset[int]:
        """The ids of the stories, spiked ones included, whose headline, slug, text, sources or notes have all words of ``query``.

        May take long on a store from before this search; then each story is read once.
        """
        settle_desk(self._connections, read_story)
        return found_on_desk(self._connections, query)

    def set_status(self, id: int, status: str) -> None:
        """Call the story ``draft``, ``ready``, ``exported`` or ``killed`` (which is spiked: kept, but out of the way)."""
        with self._connections.writing() as connection:
            _require_one(connection.execute("UPDATE story SET status = ? WHERE id = ?", (_known(status), id)).rowcount, id)

    def files(self, id: int) -> dict[str, Picture]:
        """The pictures kept with the story, by file name."""
        with self._connections.reading() as connection:
            rows = connection.execute("SELECT name, picture FROM story_file WHERE story = ? ORDER BY name", (id,)).fetchall()
            return {row["name"]: read_picture(connection, row["picture"]) for row in rows}

    def put_file(self, id: int, name: str, picture: Picture) -> None:
        """Keep ``picture`` with the story under ``name``, in the place of what bore that name."""
        with self._connections.writing() as connection:
            _require_story(connection, id)
            _put_file(connection, id, name, picture)

    def waivers(self, id: int) -> list[Waiver]:
        """The reasons given for letting problems of the story pass."""
        with self._connections.reading() as connection:
            rows = connection.execute(
                "SELECT fingerprint, reason, given FROM waiver WHERE story = ? ORDER BY fingerprint", (id,)
            ).fetchall()
        return [Waiver(row["fingerprint"], row["reason"], read_time(row["given"]) if row["given"] else None) for row in rows]

    def waiver_reasons(self, most: int) -> list[str]:
        """The reasons that were given last, over all stories, the newest first; by their times where their order is not known."""
        with self._connections.reading() as connection:
            rows = connection.execute(
                "SELECT reason FROM waiver GROUP BY reason ORDER BY max(coalesce(given, '')) DESC, reason"
            ).fetchall()
            order = {reason: place for place, reason in enumerate(_reasons(connection))}
        return sorted((row["reason"] for row in rows), key=lambda reason: order.get(reason, _MOST_REASONS))[:most]

    def waive(self, id: int, waiver: Waiver) -> None:
        """Let a problem pass for the reason given.

        Raises:
            InputError: no reason was given.
            NotFoundError: there is no such story.
        """
        if not waiver.reason.strip():
            raise InputError("A problem is waived only with a reason", "Say in a few words why the story may go out with it.")
        with self._connections.writing() as connection:
            _require_story(connection, id)
            connection.execute(
                "INSERT INTO waiver (story, fingerprint, reason, given) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (story, fingerprint) DO UPDATE SET reason = excluded.reason, given = excluded.given",
                (id, waiver.fingerprint, waiver.reason, now()),
            )
            reasons = [waiver.reason, *(reason for reason in _reasons(connection) if reason != waiver.reason)]
            _note(connection, _REASONS, json.dumps(reasons[:_MOST_REASONS]))

    def withdraw_waiver(self, id: int, fingerprint: str) -> None:
        """Let the problem stand again."""
        with self._connections.writing() as connection:
            connection.execute("DELETE FROM waiver WHERE story = ? AND fingerprint = ?", (id, fingerprint))

    def remove_samples(self) -> list[int]:
        """Remove the stories of the sample desk and give their ids.

        One that the editor has changed is the editor's work: it stays and is no sample any more.
        """
        with self._connections.writing() as connection:
            connection.execute(
                "UPDATE story SET sample = 0 WHERE sample"
                " AND (changed <> created OR EXISTS (SELECT 1 FROM story_step WHERE story_step.story = story.id))"
            )
            ids = [row["id"] for row in connection.execute("SELECT id FROM story WHERE sample ORDER BY id").fetchall()]
            connection.execute("DELETE FROM story WHERE sample")
        return ids


def _put_first(connection: Connection, id: int) -> None:
    """Put a story at the top of the list, by a number that no clock is asked for; where it stands there, nothing is written."""
    key = f"story-changed:{id}"
    first, last = connection.execute(
        "SELECT key, max(CAST(value AS INTEGER)) FROM note WHERE key >= 'story-changed:' AND key < 'story-changed;'"
    ).fetchone()
    if first != key:
        _note(connection, key, str((last or 0) + 1))


def _reasons(connection: Connection) -> list[str]:
    row = connection.execute("SELECT value FROM note WHERE key = ?", (_REASONS,)).fetchone()
    return list(meant_json(row["value"])) if row else []


def _note(connection: Connection, key: str, value: str) -> None:
    connection.execute(
        "INSERT INTO note (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", (key, value)
    )


def own_stories(connection: Connection) -> list[Story]:
    """Every story that is no sample, spiked ones included."""
    rows = connection.execute("SELECT slug, document, sha256 FROM story WHERE NOT sample").fetchall()
    return [read_story(row) for row in rows]


def _document(story: Story) -> str:
    """The story's document, proven to be readable: a story that could be saved but not opened again would be lost.

    Any words of a body can be read again once they are proper Unicode, so the proof leaves them out: they are the greater
    part of a long story, which is saved several times a second.
    """
    document = write_json(story)
    try:
        document.encode()
    except UnicodeEncodeError:
        read_json(document)  # tells it better
    read_json(write_json(_without_words(story)))
    return document


def _without_words(story: Story) -> Story:
    return replace(
        story,
        news=EMPTY,
        signals=tuple(replace(card, body=EMPTY) for card in story.signals),
        parked=tuple(replace(card, body=EMPTY) for card in story.parked),
    )


def read_story(row: Row) -> Story:
    """The story of a row with its slug, document and hash; see :meth:`StoryShelf.get`."""
    mend = "Put a backup back with “workstation restore FILE”; “workstation doctor” lists what else is damaged."
    if _digest(row["document"]) != row["sha256"]:
        raise StoreDamagedError("A story is damaged", f"The document of “{row['slug']}” is not the one that was saved. {mend}")
    try:
        return read_json(row["document"]).story
    except (InputError, ValueError) as error:
        raise StoreDamagedError("A story cannot be read", f"“{row['slug']}”: {error} {mend}") from error


def _digest(document: str) -> str:
    return sha256(document.encode()).hexdigest()


def _known(status: str) -> str:
    if status not in STATUSES:
        raise InputError("There is no such status", f"A story is {', '.join(STATUSES)}; not {status!r}.")
    return status


@contextmanager
def _slug_guarded(slug: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.IntegrityError as error:
        if "story.slug" not in str(error):
            raise
        raise InputError(
            "This slug is taken", f"Another story bears the slug “{slug}” (perhaps a spiked one). Choose another."
        ) from error


def _entry(row: Row) -> StoryEntry:
    return StoryEntry(
        id=row["id"],
        slug=row["slug"],
        headline=row["headline"],
        status=row["status"],
        created=read_time(row["created"]),
        changed=read_time(row["changed"]),
        place=row["place"],
        exported=read_time(row["exported"]) if row["exported"] else None,
        sample=bool(row["sample"]),
        embargo=read_time(row["embargo"]) if row["embargo"] else None,
        time_zone=row["time_zone"],
        notes=row["notes"] or "",
    )


def _put_file(connection: Connection, story: int, name: str, picture: Picture) -> None:
    connection.execute(
        "INSERT INTO story_file (story, name, picture) VALUES (?, ?, ?)"
        " ON CONFLICT (story, name) DO UPDATE SET picture = excluded.picture",
        (story, name, keep_picture(connection, picture)),
    )


def _require_one(rowcount: int, id: int) -> None:
    if rowcount != 1:
        raise _no_story(id)


def _require_story(connection: Connection, id: int) -> None:
    if connection.execute("SELECT 1 FROM story WHERE id = ?", (id,)).fetchone() is None:
        raise _no_story(id)


def _no_story(id: int) -> NotFoundError:
    return NotFoundError("There is no such story", f"No story has the number {id}.")
