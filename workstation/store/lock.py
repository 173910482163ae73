"""One process at a time: a lock beside the store that the system itself lets go when its holder dies."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from typing import BinaryIO

from workstation.errors import StoreBusyError, StoreError

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


class StoreLock:
    """The lock on one store, held from the constructor to :meth:`release` (or to the end of the process, however it ends)."""

    def __init__(self, store: Path) -> None:
        """Take the lock on ``store``.

        Raises:
            StoreBusyError: another process (or this one) has the store open.
            StoreError: the lock file cannot be written.
        """
        self.path = store.with_name(store.name + ".lock")
        try:
            self._file = self.path.open("a+b")
        except OSError as error:
            raise StoreError(
                "The desk cannot be opened",
                f"{self.path} cannot be written ({error.strerror}). Make its folder writable, or name another with --store.",
            ) from error
        try:
            _take(self._file)
        except OSError as error:
            holder = self._holder()
            self._file.close()
            raise StoreBusyError(
                "This desk is already open",
                f"{holder} has {store} open. Close it there first, or name another store with --store.",
            ) from error
        self._sign()

    def release(self) -> None:
        """Let the store go. The file stays: removing it would let two processes hold two files of one name."""
        if not self._file.closed:
            _release(self._file)
            self._file.close()

    def _sign(self) -> None:
        self._file.truncate(0)
        self._file.write(f"{os.getpid()} {socket.gethostname()}\n".encode())
        self._file.flush()

    def _holder(self) -> str:
        self._file.seek(0)
        pid, _, host = self._file.read(300).decode(errors="replace").strip().partition(" ")
        if not pid.isdigit():
            return "Another program"
        return f"The program with process id {pid}" + ("" if host in ("", socket.gethostname()) else f" on {host}")
