"""Looking inside a backup: its stories, each as it was then. Nothing is changed, and nothing is made beside the file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from sqlite3 import Connection, Row

from workstation.domain.backup import BackedUpStory
from workstation.domain.picture import Picture
from workstation.domain.story import Story
from workstation.errors import NotFoundError
from workstation.store.connections import connect, converted
from workstation.store.opening.shape import refuse_other_shapes
from workstation.store.opening.strangers import refuse_stranger_inside, refuse_strangers
from workstation.store.pictures import read_picture
from workstation.store.stories import read_story
from workstation.store.times import read_time


class BackupContents:
    """What the backup in ``path`` holds, whichever step of the store's shape it is at. Any thread may ask."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def stories(self) -> list[BackedUpStory]:
        """Its stories, the last changed first, spiked ones included.

        Raises:
            StoreError: it is damaged, or no backup of a desk.
        """
        with self._opened() as connection:
            rows = connection.execute(
                "SELECT id, slug, headline, status, created, changed FROM story ORDER BY changed DESC, id DESC"
            ).fetchall()
        return [_line(row) for row in rows]

    def story(self, id: int) -> Story:
        """A story as the backup has it.

        Raises:
            NotFoundError: there is none with this id in it.
            StoreError: its document is damaged.
        """
        with self._opened() as connection:
            row = connection.execute("SELECT slug, document, sha256 FROM story WHERE id = ?", (id,)).fetchone()
        if row is None:
            raise NotFoundError("There is no such story", f"{self.path.name} holds no story with the number {id}.")
        return read_story(row)

    def files(self, id: int) -> dict[str, Picture]:
        """The pictures of a story by the names it uses; one whose bytes are damaged raises :class:`StoreError`."""
        with self._opened() as connection:
            rows = connection.execute("SELECT name, picture FROM story_file WHERE story = ? ORDER BY name", (id,)).fetchall()
            return {row["name"]: read_picture(connection, row["picture"]) for row in rows}

    @contextmanager
    def _opened(self) -> Iterator[Connection]:
        if not self.path.is_file():
            raise NotFoundError("There is no such backup", f"{self.path} is not there any more.")
        refuse_strangers(self.path)
        with converted(self.path), closing(connect(self.path, "ro", immutable=True)) as connection:
            refuse_stranger_inside(connection, self.path)
            refuse_other_shapes(connection, str(self.path))
            yield connection


def _line(row: Row) -> BackedUpStory:
    return BackedUpStory(
        id=row["id"],
        slug=row["slug"],
        headline=row["headline"],
        status=row["status"],
        created=read_time(row["created"]),
        changed=read_time(row["changed"]),
    )
