"""Pictures, kept by what they are: the same bytes are kept once."""

from __future__ import annotations

from hashlib import sha256
from sqlite3 import Connection

from workstation.domain.picture import Picture
from workstation.errors import NotFoundError, StoreDamagedError
from workstation.store.connections import Connections


class PictureShelf:
    """Pictures by the SHA-256 of their bytes."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def get(self, sha256: str) -> Picture:
        """The picture with this SHA-256.

        Raises:
            NotFoundError: there is none.
            StoreDamagedError: its bytes are damaged.
        """
        with self._connections.reading() as connection:
            return read_picture(connection, sha256)


def keep_picture(connection: Connection, picture: Picture) -> str:
    """Keep ``picture`` in the transaction of ``connection``; its SHA-256."""
    digest = picture.sha256
    connection.execute(
        "INSERT INTO picture (sha256, media_type, width, height, data) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (digest, picture.media_type, picture.width, picture.height, picture.data),
    )
    return digest


def read_picture(connection: Connection, digest: str) -> Picture:
    """The picture with this SHA-256; see :meth:`PictureShelf.get`."""
    row = connection.execute("SELECT data, media_type, width, height FROM picture WHERE sha256 = ?", (digest,)).fetchone()
    if row is None:
        raise NotFoundError("There is no such picture", f"No picture with the SHA-256 {digest} is kept here.")
    picture = Picture(*row)
    if sha256(picture.data).hexdigest() != digest:
        raise StoreDamagedError(
            "A picture is damaged",
            f"The bytes of the picture {digest[:12]} are not those that were kept. Put a backup back, or add the picture again.",
        )
    return picture
