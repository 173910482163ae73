"""The editor's templates for new stories: each a story document with the icons of its sources, under a name."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from workstation.domain.picture import Picture
from workstation.domain.story import Story
from workstation.domain.story_document import read_json, write_json
from workstation.errors import InputError, NotFoundError, StoreDamagedError
from workstation.store.connections import Connections
from workstation.store.pictures import keep_picture, read_picture
from workstation.store.seals import is_whole

_SEALED = ("id", "name", "document")


class TemplateShelf:
    """Templates by their id; each name is borne by one, whatever its capitals."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def names(self) -> dict[int, str]:
        """The names of the templates by their ids, in the order of the alphabet."""
        with self._connections.reading() as connection:
            rows = connection.execute("SELECT id, name FROM story_template ORDER BY name COLLATE NOCASE").fetchall()
        return {row["id"]: row["name"] for row in rows}

    def get(self, id: int) -> tuple[Story, dict[str, Picture]]:
        """A template as a story, and the pictures that it names.

        Raises:
            NotFoundError: there is none.
            StoreDamagedError: its document is damaged.
        """
        with self._connections.reading() as connection:
            row = connection.execute(f"SELECT {', '.join(_SEALED)}, seal FROM story_template WHERE id = ?", (id,)).fetchone()
            if row is None:
                raise _no_template()
            files = connection.execute("SELECT name, picture FROM story_template_file WHERE template = ?", (id,)).fetchall()
            pictures = {file["name"]: read_picture(connection, file["picture"]) for file in files}
        if not is_whole("story_template", row, _SEALED):
            raise _damaged(row["name"], "It is not the one that was saved.")
        try:
            return read_json(row["document"]).story, pictures
        except InputError as error:
            raise _damaged(row["name"], error.detail) from error

    def put(self, name: str, story: Story, files: Mapping[str, Picture]) -> int:
        """Keep ``story`` under ``name``, in the place of the template that bore it; answers with its id.

        Raises:
            InputError: the story cannot be written as a document that can be read again.
        """
        document = write_json(story)
        read_json(document)
        with self._connections.writing() as connection:
            connection.execute("DELETE FROM story_template WHERE name = ?", (name,))
            id = connection.execute("INSERT INTO story_template (name, document) VALUES (?, ?)", (name, document)).lastrowid
            assert id is not None  # noqa: S101 - SQLite gives one after every insert
            connection.executemany(
                "INSERT INTO story_template_file (template, name, picture) VALUES (?, ?, ?)",
                [(id, file, keep_picture(connection, picture)) for file, picture in files.items()],
            )
        return id

    def rename(self, id: int, name: str) -> None:
        """Give a template another name.

        Raises:
            InputError: another one bears it.
            NotFoundError: there is no such template.
        """
        with self._connections.writing() as connection, _name_guarded(name):
            if connection.execute("UPDATE story_template SET name = ? WHERE id = ?", (name, id)).rowcount != 1:
                raise _no_template()

    def remove(self, id: int) -> None:
        """Forget a template; the stories that were made from it stay as they are."""
        with self._connections.writing() as connection:
            connection.execute("DELETE FROM story_template WHERE id = ?", (id,))


@contextmanager
def _name_guarded(name: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise InputError("This name is taken", f"Another template is called “{name}”. Choose another name.") from error


def _damaged(name: str, cause: str) -> StoreDamagedError:
    return StoreDamagedError("A template cannot be read", f"“{name}”: {cause} Save it again from a story.")


def _no_template() -> NotFoundError:
    return NotFoundError("There is no such template", "It was removed meanwhile.")
