"""What content systems have of ours: the posts that stories became there, and their pictures."""

from __future__ import annotations

from dataclasses import dataclass

from workstation.store.connections import Connections


@dataclass(frozen=True, slots=True)
class SentPost:
    """The post that a story became at a site; see the migration ``handing-over``."""

    mark: str
    post: str
    address: str
    state: str


@dataclass(frozen=True, slots=True)
class SentFile:
    """A picture that a site has: its id and address there, and what was told of it."""

    media: str
    address: str
    told: str


class SentShelf:
    """Posts by site and story, pictures by site and SHA-256."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def post(self, site: str, story: int) -> SentPost | None:
        """What the story became there, or is about to become."""
        with self._connections.reading() as connection:
            row = connection.execute(
                "SELECT mark, post, address, state FROM sent_post WHERE site = ? AND story = ?", (site, story)
            ).fetchone()
        return SentPost(**dict(row)) if row else None

    def intend(self, site: str, story: int, mark: str) -> SentPost:
        """Put on record that a story is about to be sent; the mark of an earlier intention stays."""
        with self._connections.writing() as connection:
            connection.execute(
                "INSERT INTO sent_post (site, story, mark) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", (site, story, mark)
            )
        intended = self.post(site, story)
        assert intended is not None  # noqa: S101 - it was written a line before
        return intended

    def keep_post(self, site: str, story: int, post: str, address: str, state: str) -> None:
        """Keep which post it is, and what it was when we left it."""
        with self._connections.writing() as connection:
            connection.execute(
                "UPDATE sent_post SET post = ?, address = ?, state = ? WHERE site = ? AND story = ?",
                (post, address, state, site, story),
            )

    def picture(self, site: str, sha256: str) -> SentFile | None:
        """A picture that the site has."""
        with self._connections.reading() as connection:
            row = connection.execute(
                "SELECT media, address, told FROM sent_picture WHERE site = ? AND sha256 = ?", (site, sha256)
            ).fetchone()
        return SentFile(**dict(row)) if row else None

    def keep_picture(self, site: str, sha256: str, file: SentFile) -> None:
        """The site has taken a picture."""
        with self._connections.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO sent_picture (site, sha256, media, address, told) VALUES (?, ?, ?, ?, ?)",
                (site, sha256, file.media, file.address, file.told),
            )
