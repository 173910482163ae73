"""Whether a desk is sound, part by part, in plain words: what it holds, where it lies, what stands by if it should break."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from glob import escape
from pathlib import Path
from shutil import disk_usage

from workstation.domain.backup import Backup, BackupReason
from workstation.domain.wording import counted
from workstation.errors import StoreBusyError, StoreError
from workstation.store import Examined, StoreLock, examine
from workstation.workflow.putting_back import backups_of
from workstation.workflow.relocating import look_at
from workstation.workflow.rescued import told_rescues
from workstation.workflow.salvaging import newest_unharmed

LEAST_ROOM = 200 * 1024**2
MANY_REPLACED = 5
"""From so many backups from before a restore on their room is told."""
ROOM_IN_DESKS = 3
"""So many times the desk should find room on the disk: for a backup, for a salvage, and to spare."""
_SALVAGE = "Save what can be saved with “workstation doctor --salvage”, or put a backup back with “workstation restore latest”."
_MENDS = {"loose ends": "Nothing that was written is lost by it; “workstation doctor --salvage” makes it anew."}
_SOUND = {
    "stories": ("story", "stories", "every document is the one that was saved"),
    "versions": ("version", "versions", "each can be read"),
    "undo steps": ("undo step", "undo steps", "each is as it was made"),
    "pictures": ("picture", "pictures", "every one is what was put in"),
    "sources": ("source", "sources", "every text and every original is what arrived"),
}
_WHOLE = {
    "file": "The file is a desk of this program.",
    "pages": "The pages of the file are in order.",
    "notes and names": "Notes, tags, quotes, highlights, templates, feeds and settings are as they were written.",
    "references": "Nothing refers to what is not there.",
    "loose ends": "Lists, counts and groups agree with the sources.",
    "search": "The search knows every word.",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, in a sentence; ``mend`` says what to do where it is not sound."""

    subject: str
    is_sound: bool
    text: str
    mend: str = ""


def findings(store: Path) -> Iterator[Finding]:
    """Everything there is to say about the desk at ``store``, as it is found out; nothing is changed."""
    store = store.expanduser().resolve()
    if store.exists():
        yield from _rights(store)
        yield from _holder(store)
        for examined in examine(store):
            yield from _contents(examined)
        yield from _place(store)
        yield from _room(store)
        yield from _kept_beside(store)
    yield from _backups(store)
    for told in told_rescues(store):
        yield Finding("rescued words", is_sound=False, text=told)


def _contents(examined: Examined) -> Iterator[Finding]:
    mend = _MENDS.get(examined.subject, _SALVAGE)
    for problem in examined.problems:
        yield Finding(examined.subject, is_sound=False, text=problem, mend=mend)
    if examined.problems:
        return
    if examined.subject in _SOUND and examined.count is not None:
        one, many, told = _SOUND[examined.subject]
        if examined.count:
            yield Finding(examined.subject, is_sound=True, text=f"{counted(examined.count, one, many)}: {told}.")
    elif examined.subject in _WHOLE:
        yield Finding(examined.subject, is_sound=True, text=_WHOLE[examined.subject])


def _rights(store: Path) -> Iterator[Finding]:
    barred = next((place for place in (store, store.parent) if not os.access(place, os.W_OK)), None)
    if barred is not None:
        yield Finding("rights", is_sound=False, text=f"{barred} cannot be written.", mend="Make it writable to go on writing.")
    elif os.name == "posix" and store.stat().st_mode & 0o077:
        told = f"Other users of this machine may read {store}."
        yield Finding("rights", is_sound=True, text=told, mend=f"If they should not: chmod 600 '{store}'.")


def _holder(store: Path) -> Iterator[Finding]:
    """A lock that cannot be taken is no damage; one that another machine left asks for a decision."""
    if not store.with_name(f"{store.name}.lock").exists():
        return
    try:
        StoreLock(store).release()
    except StoreBusyError:
        yield Finding("lock", is_sound=True, text="The desk is open in another program; what it writes meanwhile is not judged.")
    except StoreError as error:
        yield Finding("lock", is_sound=False, text=f"{error.title}. {error.detail}")


def _place(store: Path) -> Iterator[Finding]:
    lie = look_at(store)
    if lie.told:
        yield Finding("place", is_sound=not lie.is_unsafe, text=lie.told)
    if lie.told_conflicts:
        yield Finding("place", is_sound=False, text=lie.told_conflicts)


def _room(store: Path) -> Iterator[Finding]:
    free, wanted = disk_usage(store.parent).free, max(LEAST_ROOM, ROOM_IN_DESKS * store.stat().st_size)
    told = f"{free // 1024**2:,} MB are free on the disk"
    if free < wanted:
        yield Finding("room", is_sound=False, text=f"Only {told}.", mend=f"Make room: {wanted // 1024**2:,} MB are wanted.")
    else:
        yield Finding("room", is_sound=True, text=f"{told}.")


def _kept_beside(store: Path) -> Iterator[Finding]:
    """Nothing of this is ever removed by itself: it may be the only copy of something."""
    endings = ("damaged", "replaced", "before")
    kept = sorted(path for ending in endings for path in store.parent.glob(f"{escape(store.name)}.{ending}-*") if path.is_file())
    if kept:
        told = f"{counted(len(kept), 'older file')} of this desk {'is' if len(kept) == 1 else 'are'} kept beside it"
        size = _megabytes(sum(path.stat().st_size for path in kept))
        mend = "Delete them when nothing is missed; the program never does."
        yield Finding("older files", is_sound=True, text=f"{told} ({size}, “{kept[0].name}” …).", mend=mend)


def _backups(store: Path) -> Iterator[Finding]:
    try:
        backups = backups_of(store)
    except StoreError as error:
        yield Finding("backups", is_sound=False, text=f"{error.title}. {error.detail}")
        return
    if not backups:
        if store.exists():
            told = "There is no backup yet; the window makes one at each start, “workstation backup” makes one now."
            yield Finding("backups", is_sound=True, text=told)
        return
    newest = newest_unharmed(store)
    if newest is None:
        mend = "See to it that the desk is sound, then make one with “workstation backup”."
        yield Finding("backups", is_sound=False, text=f"None of {counted(len(backups), 'backup')} is whole.", mend=mend)
        return
    made = f"{newest.made.astimezone():%d %B %Y, %H:%M}{_age(newest.made)}"
    yield Finding("backups", is_sound=True, text=f"{counted(len(backups), 'backup')}; the newest good one is of {made}.")
    yield from _replaced(backups)


def _replaced(backups: Sequence[Backup]) -> Iterator[Finding]:
    """Each holds what a restore took away, so that none of them is thinned."""
    replaced = [backup for backup in backups if backup.reason is BackupReason.RESTORE]
    if len(replaced) >= MANY_REPLACED:
        size = _megabytes(sum(backup.size for backup in replaced))
        told = (
            f"{counted(len(replaced), 'backup')} from before a restore are kept for good ({size}, in {replaced[0].path.parent})."
        )
        yield Finding(
            "backups", is_sound=True, text=told, mend="Delete the oldest when nothing is missed; the program never does."
        )


def _megabytes(size: int) -> str:
    return f"{max(size // 1024**2, 1):,} MB"


def _age(made: datetime) -> str:
    """By the clock, which may be wrong: a label and no judgement."""
    days = (datetime.now(UTC) - made).days
    return f", {counted(days, 'day')} ago" if days > 0 else ""
