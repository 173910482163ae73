"""One process at a time: locks on the store that the system itself lets go when their holder dies.

Two things are locked. A file beside the store says who has it, also to those who cannot see this machine's processes. The
database itself is locked, too, where the system keeps such a lock apart from SQLite's own: it is the same file under every name
that leads to it (hard links, mounts), and nobody can take it away as a file beside it can be deleted.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from workstation.errors import StoreBusyError, StoreElsewhereError, StoreError, StoreFullError, StoreReadOnlyError
from workstation.store.opening.machine import Machine, this_machine
from workstation.store.opening.mounts import is_on_a_network

if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30  # a byte beyond the words, so that who waits can still read them

    def _take(file: BinaryIO) -> None:
        file.seek(_FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def _release(file: BinaryIO) -> None:
        file.seek(_FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(file: BinaryIO) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _release(file: BinaryIO) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_UN)


_HELD = (errno.EAGAIN, errno.EACCES, errno.EWOULDBLOCK, errno.EDEADLK)
"""What the system answers when another one has the lock; everything else means that it keeps no locks here."""
_READ_ONLY = (errno.EROFS, errno.EACCES, errno.EPERM)
_NO_SPACE = (errno.ENOSPC, errno.EDQUOT)
_TRIES = 20
_here: set[tuple[int, int]] = set()
"""The databases that this process has locked. None of them is opened anew to try its lock: to close that file again would take
away the locks that SQLite has on it."""


class StoreLock:
    """The lock on one store, held from the constructor to :meth:`release` (or to the end of the process, however it ends)."""

    def __init__(self, store: Path, *, take_over: bool = False) -> None:
        """Take the lock on ``store``; with ``take_over`` also where another machine did not say that it let it go.

        Raises:
            StoreBusyError: another process (or this one) has the store open.
            StoreElsewhereError: another machine had it open and did not say that it closed it.
            StoreReadOnlyError: the folder cannot be written.
            StoreFullError: the disk has no room for the lock file.
            StoreError: the lock file cannot be written for another reason, or the file system keeps no locks.
        """
        self.path = store.with_name(store.name + ".lock")
        self._store = store
        self._itself: BinaryIO | None = None
        self._file = self._taken()
        try:
            if not take_over:
                self._refuse_elsewhere()
            self.lock_itself()
            self._sign()
        except BaseException:
            self._let_go()
            raise

    def lock_itself(self) -> None:
        """Lock the database, too, once it is there; a second call does nothing.

        Raises:
            StoreBusyError: it is open under another name.
        """
        if self._itself is not None or not _locks_itself(self._store):
            return
        elsewhere = f"A program has {self._store} open, perhaps under another name"
        try:
            if _key(self._store.stat()) in _here:
                raise self._busy(elsewhere)
            file = self._store.open("rb")
        except OSError:  # not there yet, or not to be read, which is told by whoever reads it
            return
        try:
            _take(file)
        except OSError as error:
            file.close()
            if error.errno in _HELD:
                raise self._busy(elsewhere) from error
        else:
            self._itself = file
            _here.add(_key(os.fstat(file.fileno())))

    def release(self) -> None:
        """Let the store go and say so. The file stays: removing it would let two processes hold two files of one name."""
        if not self._file.closed:
            with suppress(OSError):
                self._file.truncate(0)
            self._let_go()

    def _let_go(self) -> None:
        if self._itself is not None:
            _here.discard(_key(os.fstat(self._itself.fileno())))
            _close(self._itself)
            self._itself = None
        _close(self._file)

    def _taken(self) -> BinaryIO:
        """The locked file beside the store: the one that bears the name now, not one that was deleted while it was waited for."""
        for _ in range(_TRIES):
            file = self._opened()
            try:
                _take(file)
            except OSError as error:
                holder = _written_in(file)
                file.close()
                if error.errno in _HELD:
                    raise self._busy(f"{_told(holder)} has {self._store} open") from error
                raise StoreError(
                    "The desk cannot be kept safely here",
                    f"The file system of {self._store} keeps no locks ({error.strerror}), so two programs could write at once. "
                    "Keep the desk on a disk of this machine.",
                ) from error
            if _is_still(file, self.path):
                return file
            file.close()
        raise self._busy("Another program makes and deletes its lock")

    def _opened(self) -> BinaryIO:
        try:
            return self.path.open("a+b")
        except OSError as error:
            if error.errno in _NO_SPACE:
                told = f"{self.path} cannot be made: its disk is full, or can hold no more files. Make room and try again."
                raise StoreFullError("There is no room left on the disk", told) from error
            kind = StoreReadOnlyError if error.errno in _READ_ONLY else StoreError
            raise kind(
                "The desk cannot be opened for writing",
                f"{self.path} cannot be written ({error.strerror}). Make its folder writable, or name another with --store.",
            ) from error

    def _busy(self, cause: str) -> StoreBusyError:
        return StoreBusyError("This desk is already open", f"{cause}. Close it there first, or name another store with --store.")

    def _refuse_elsewhere(self) -> None:
        """Nobody holds the lock as far as this machine can see; who signed it last may be on another one."""
        _, machine = _written_in(self._file)
        if machine is not None and machine.is_another_than(this_machine()):
            raise StoreElsewhereError(
                "Another machine may have this desk open",
                f"“{machine.host}” opened {self._store} and has not said that it closed it. Close the program there first. If it "
                "is closed, or that machine was switched off, go on with --take-over.",
            )

    def _sign(self) -> None:
        machine = this_machine()
        self._file.truncate(0)
        self._file.write(f"{os.getpid()} {machine.host} {machine.mark}\n".encode())
        self._file.flush()


def is_locked_here(store: Path) -> bool:
    """Whether this process has locked the database ``store``: then SQLite alone may open it, for the reason told at ``_here``."""
    try:
        return _key(store.stat()) in _here
    except OSError:
        return False


def _locks_itself(store: Path) -> bool:
    """Whether a lock on the database is a matter of its own: elsewhere it would get into the way of SQLite's locks on it."""
    return sys.platform == "linux" and not is_on_a_network(store)


def _key(stat: os.stat_result) -> tuple[int, int]:
    return stat.st_dev, stat.st_ino


def _close(file: BinaryIO) -> None:
    if not file.closed:
        with suppress(OSError):
            _release(file)
        file.close()


def _is_still(file: BinaryIO, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except OSError:
        return False


def _written_in(file: BinaryIO) -> tuple[str, Machine | None]:
    """The process and the machine that signed the lock; the process is empty and there is no machine in one that was let go."""
    file.seek(0)
    pid, _, rest = file.read(300).decode(errors="replace").strip().partition(" ")
    host, _, mark = rest.partition(" ")
    return (pid, Machine(host, mark) if host else None) if pid.isdigit() else ("", None)


def _told(holder: tuple[str, Machine | None]) -> str:
    pid, machine = holder
    if not pid:
        return "Another program"
    away = machine is not None and machine.is_another_than(this_machine())
    return f"The program with process id {pid}" + (f" on {machine.host}" if machine is not None and away else "")
