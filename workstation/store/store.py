"""The store: one SQLite file, opened by one process, with a shelf for each kind of thing it keeps."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from sqlite3 import Connection
from types import TracebackType

from workstation.domain.backup import BackupReason
from workstation.errors import StoreError
from workstation.store import maintenance
from workstation.store.backups import Backups
from workstation.store.connections import Connections, connect, converted, prepare_writer
from workstation.store.destinations import DestinationShelf
from workstation.store.feeds import FeedShelf
from workstation.store.files import make_private, settle_folder
from workstation.store.groups import GroupShelf
from workstation.store.highlights import HighlightShelf
from workstation.store.items import ItemShelf
from workstation.store.ledger import LedgerShelf
from workstation.store.likenesses import LikenessShelf
from workstation.store.lock import StoreLock
from workstation.store.meanings import MeaningShelf
from workstation.store.migrations import migrate
from workstation.store.notes import NoteShelf
from workstation.store.outlet_shelf import OutletShelf
from workstation.store.pictures import PictureShelf
from workstation.store.quotes import QuoteShelf
from workstation.store.sent import SentShelf
from workstation.store.steps import StepShelf
from workstation.store.stories import StoryShelf
from workstation.store.templates import TemplateShelf
from workstation.store.topics import TopicShelf
from workstation.store.triage import TriageShelf
from workstation.store.versions import VersionShelf
from workstation.store.views import ViewShelf


class Store:
    """The memory of one desk. Make it with :meth:`open`; every method may be called from any thread.

    What a method has returned from is on the disk (WAL with synchronous=FULL): a power cut does not lose it.
    """

    def __init__(self, path: Path, lock: StoreLock, writer: Connection) -> None:
        self.path = path
        self._lock = lock
        self._connections = Connections(path, writer)
        self.pictures = PictureShelf(self._connections)
        self.items = ItemShelf(self._connections)
        self.triage = TriageShelf(self._connections)
        self.highlights = HighlightShelf(self._connections)
        self.views = ViewShelf(self._connections)
        self.feeds = FeedShelf(self._connections)
        self.outlets = OutletShelf(self._connections)
        self.groups = GroupShelf(self._connections)
        self.likenesses = LikenessShelf(self._connections)
        self.meanings = MeaningShelf(self._connections)
        self.topics = TopicShelf(self._connections)
        self.quotes = QuoteShelf(self._connections)
        self.stories = StoryShelf(self._connections)
        self.steps = StepShelf(self._connections)
        self.versions = VersionShelf(self._connections)
        self.templates = TemplateShelf(self._connections)
        self.ledger = LedgerShelf(self._connections)
        self.notes = NoteShelf(self._connections)
        self.destinations = DestinationShelf(self._connections)
        self.sent = SentShelf(self._connections)

    @classmethod
    def open(cls, path: Path) -> Store:
        """The store in ``path``, made when there is none, taken through the migrations it has not had.

        Before migrations change a store, a backup of it is made, or where there is no room for one among the others, a copy at
        ``<store>.before-<the first migration>.db``.

        Raises:
            StoreBusyError: another process has it open.
            StoreTooNewError: a newer program wrote it; nothing was changed.
            StoreError: it is no store, is damaged, or cannot be written; the message names the mend.
        """
        path = _made_ready(path)
        lock = StoreLock(path)
        try:
            return cls(path, lock, _writer(path))
        except BaseException:
            lock.release()
            raise

    def close(self) -> None:
        """Wait for who writes, close the file and let the lock go. Closing twice does nothing."""
        self._connections.close()
        self._lock.release()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @property
    def backups(self) -> Backups:
        """The backups of this desk."""
        return Backups(self.path)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Everything that the block writes, on whichever shelves, in one transaction: all of it or nothing."""
        with self._connections.writing():
            yield

    def backup(self, out: Path) -> None:
        """Write a whole copy of the store, as it is now, to ``out``; what was there stays until the copy is complete.

        Raises:
            StoreError: the copy could not be written; ``out`` is as it was.
        """
        with converted(self.path), closing(connect(self.path, "ro")) as connection:
            maintenance.copy_out(connection, self.path, out)

    def check(self) -> list[str]:
        """A sentence for each thing that is wrong with the store; empty when it is sound. May take minutes on a large one."""
        return maintenance.check(self.path)


def _made_ready(path: Path) -> Path:
    """The store's own path (links followed, so that one file has one lock), in a folder that exists."""
    try:
        path = path.expanduser().resolve()
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            "The desk cannot be opened",
            f"{path.parent} cannot be made ({error.strerror}). Make its folder writable, or name another store with --store.",
        ) from error
    if path.is_dir():
        raise StoreError("The desk cannot be opened", f"{path} is a folder. Name a file in it with --store.")
    return path


def _keep_before_update(writer: Connection, path: Path, name: str) -> None:
    """A whole copy of the store before the migration ``name``: among the backups, or else beside the store."""
    try:
        Backups(path).take_from(writer, BackupReason.UPDATE)
    except StoreError:
        maintenance.copy_out(writer, path, path.with_name(f"{path.name}.before-{name}.db"))


def _writer(path: Path) -> Connection:
    """A writing connection to the migrated store; nothing is written before the file is known to be ours and not too new."""
    maintenance.refuse_strangers(path)
    new = not path.exists()
    with converted(path):
        if new:
            make_private(path)
        writer = connect(path)
        try:
            maintenance.refuse_stranger_inside(writer, path)
            prepare_writer(writer)
            migrate(writer, lambda name: _keep_before_update(writer, path, name))
        except BaseException:
            writer.close()
            raise
    if new:
        settle_folder(path.parent)
    return writer
