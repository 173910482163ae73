"""The store: one SQLite file, opened by one process, with a shelf for each kind of thing it keeps."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from sqlite3 import Connection
from types import TracebackType

from workstation.domain.backup import BackupReason
from workstation.errors import StoreError, StoreFailedError, StoreFullError, StoreReadOnlyError
from workstation.store.connections import Connections, connect, converted, not_writable, prepare_writer
from workstation.store.copies.backups import Backups
from workstation.store.copies.copying import copy_out
from workstation.store.damage.checking import check
from workstation.store.damage.taking_place import take_place
from workstation.store.destinations import DestinationShelf
from workstation.store.feeds import FeedShelf
from workstation.store.files import make_folder, make_private, settle_folder
from workstation.store.groups import GroupShelf
from workstation.store.highlights import HighlightShelf
from workstation.store.items import ItemShelf
from workstation.store.ledger import LedgerShelf
from workstation.store.likenesses import LikenessShelf
from workstation.store.meanings import MeaningShelf
from workstation.store.migrations import migrate
from workstation.store.notes import NoteShelf
from workstation.store.opening.half_copies import clear_half_copies
from workstation.store.opening.lock import StoreLock
from workstation.store.opening.read_only import Readable, readable
from workstation.store.opening.strangers import refuse_damaged_log, refuse_stranger_inside, refuse_strangers
from workstation.store.outlet_shelf import OutletShelf
from workstation.store.pictures import PictureShelf
from workstation.store.quotes import QuoteShelf
from workstation.store.seals import keep_sealed
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

    def __init__(self, path: Path, lock: StoreLock | None, writer: Connection | None, source: Readable | None = None) -> None:
        self.path = path
        self._lock = lock
        self._source = source or Readable(path)
        self._connections = Connections(path, writer, source.connect if source else None)
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
    def open(cls, path: Path, *, read_only: bool = False, take_over: bool = False) -> Store:
        """The store in ``path``, made when there is none, taken through the migrations it has not had.

        Before migrations change a store, a backup of it is made, or where there is no room for one among the others, a copy at
        ``<store>.before-<the first migration>.db``. One that is opened ``read_only`` has to be there; it is not locked, nothing
        is made beside it, and somebody else may be writing to it. ``take_over`` opens it also where another machine did not say
        that it closed it.

        Raises:
            StoreBusyError: another process has it open.
            StoreElsewhereError: another machine had it open and did not say that it closed it.
            StoreReadOnlyError: it can be read but not written; open it ``read_only``.
            StoreTooNewError: a newer program wrote it; nothing was changed.
            StoreDamagedError: it is damaged.
            StoreError: it is no store, or cannot be written; the message names the mend.
        """
        if read_only:
            path = path.expanduser().resolve()
            return cls(path, None, None, readable(path))
        path = _made_ready(path)
        refuse_strangers(path)  # before anything is written beside a file that is not ours, or too new
        _require_writable(path)
        try:
            return cls._opened(path, take_over=take_over)
        except (StoreFullError, StoreFailedError) as error:
            if not _holds_something(path):
                raise
            raise StoreReadOnlyError(error.title, error.detail) from error  # what is there can be read all the same

    @classmethod
    def _opened(cls, path: Path, *, take_over: bool) -> Store:
        with converted(path):
            lock = StoreLock(path, take_over=take_over)
        try:
            clear_half_copies(path)
            take_place(path)
            return cls(path, lock, _writer(path, lock))
        except BaseException:
            lock.release()
            raise

    def close(self) -> None:
        """Wait for who writes, close the file and let the lock go. Closing twice does nothing."""
        self._connections.close()
        self._source.close()
        if self._lock is not None:
            self._lock.release()

    @property
    def is_read_only(self) -> bool:
        """Whether it was opened only to be read: every change of it is refused."""
        return self._connections.is_read_only

    def require_writable(self) -> None:
        """Refuse a change before it is shown that could not be kept.

        Raises:
            StoreReadOnlyError: the store was opened only to be read.
        """
        if self.is_read_only:
            raise not_writable(self.path)

    @property
    def remark(self) -> str:
        """Why it is a copy of the store that is read, in a sentence; empty when it is the store itself."""
        return self._source.remark

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
        with converted(self.path), closing(self._source.connect()) as connection:
            copy_out(connection, self.path, out)

    def check(self) -> list[str]:
        """A sentence for each thing that is wrong with the store; empty when it is sound. May take minutes on a large one."""
        return check(self.path)


def _made_ready(path: Path) -> Path:
    """The store's own path (links followed, so that one file has one lock), in a folder that exists."""
    try:
        path = path.expanduser().resolve()
        make_folder(path.parent)
    except OSError as error:
        raise StoreError(
            "The desk cannot be opened",
            f"{path.parent} cannot be made ({error.strerror}). Make its folder writable, or name another store with --store.",
        ) from error
    if path.is_dir():
        raise StoreError("The desk cannot be opened", f"{path} is a folder. Name a file in it with --store.")
    return path


def _holds_something(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


def _require_writable(path: Path) -> None:
    """Look whether the system lets the store be written, before anything is tried: SQLite would open it for reading in silence.

    Raises:
        StoreReadOnlyError: it does not.
    """
    barred = next((place for place in (path, path.parent) if place.exists() and not os.access(place, os.W_OK)), None)
    if barred is not None:
        raise StoreReadOnlyError(
            "This desk cannot be written",
            f"{barred} is write-protected, or lies on a medium that is. Make it writable, or name another desk with --store.",
        )


def _keep_before_update(writer: Connection, path: Path, name: str) -> None:
    """A whole copy of the store before the migration ``name``: among the backups, or else beside the store."""
    try:
        Backups(path).take_from(writer, BackupReason.UPDATE)
    except StoreError:
        copy_out(writer, path, path.with_name(f"{path.name}.before-{name}.db"))


def _writer(path: Path, lock: StoreLock) -> Connection:
    """A writing connection to the migrated store; nothing is written before the file is known to be ours and not too new."""
    refuse_strangers(path)
    refuse_damaged_log(path)
    new = not path.exists()
    with converted(path):
        if new:
            make_private(path)
            lock.lock_itself()
        writer = connect(path)
        try:
            refuse_stranger_inside(writer, path)
            prepare_writer(writer)
            migrate(writer, lambda name: _keep_before_update(writer, path, name))
            keep_sealed(writer)
        except BaseException:
            writer.close()
            raise
    if new:
        settle_folder(path.parent)
    return writer
