"""The hand-over ledger: what was exported when, to whom, and with which hash."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One hand-over. It is added and never changed.

    ``files`` maps each file's name to the SHA-256 of its bytes, ``sha256`` is of the main file, ``publication`` the name of the
    house it was printed for, ``folder`` where the files were written.
    """

    story: int
    slug: str
    profile: str
    publication: str
    exported: datetime
    folder: str
    files: Mapping[str, str]
    sha256: str
