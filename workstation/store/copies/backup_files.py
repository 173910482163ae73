"""The files of backups in a folder: their names, what is noted beside each, and leftovers of what was killed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path

from workstation.domain.backup import Backup, BackupReason
from workstation.store.files import make_private, put_in_place, settle_folder

PARTIAL = ".partial"
_NAME = re.compile(r"(\d{6,12})-(\d{8}T\d{6}Z)-(start|work|hand|update|restore)(-bad)?\.db")
_TIME = "%Y%m%dT%H%M%SZ"
_LONGEST_NOTE = 64 * 1024


def file_name(number: int, made: datetime, reason: BackupReason, *, is_good: bool) -> str:
    """``000042-20260302T120000Z-work.db``; a bad one says so in its name, which nothing can part from it."""
    return f"{number:06d}-{made.astimezone(UTC):{_TIME}}-{reason.value}{'' if is_good else '-bad'}.db"


def backups_in(folder: Path) -> list[Backup]:
    """The backups in ``folder``, the newest first; none where there is no such folder.

    Raises:
        OSError: the folder cannot be read.
    """
    try:
        found = [backup for path in folder.iterdir() if (backup := _read(path)) is not None]
    except (FileNotFoundError, NotADirectoryError):
        return []
    return sorted(found, key=lambda backup: (backup.number, backup.path.name), reverse=True)


def note_path(path: Path) -> Path:
    """Where what is known of the backup at ``path`` is noted."""
    return path.with_suffix(".json")


def write_note(backup: Backup) -> None:
    """Note what is known of ``backup`` beside it; before the backup has its name, so that none is without."""
    fields = {
        "stories": backup.stories,
        "items": backup.items,
        "problem": backup.problem,
        "stamp": backup.stamp,
        "sha256": backup.sha256,
    }
    note = note_path(backup.path)
    partial = note.with_name(f".{note.name}{PARTIAL}")
    make_private(partial)
    partial.write_text(json.dumps(fields, ensure_ascii=False), encoding="utf-8")
    put_in_place(partial, note)


def remove(backups: Iterable[Backup]) -> None:
    """Remove backups with their notes; the one who reads the folder never finds half of one.

    Raises:
        OSError: one of them cannot be removed.
    """
    for backup in backups:
        backup.path.unlink(missing_ok=True)
        note_path(backup.path).unlink(missing_ok=True)


def clear_leftovers(folder: Path) -> None:
    """Remove what a kill or a full disk left half written, and notes whose backup is gone. Only one process may do that."""
    with suppress(OSError):
        for path in list(folder.iterdir()):
            is_half = path.name.startswith(".") and PARTIAL in path.name
            is_alone = path.suffix == ".json" and _NAME.fullmatch(f"{path.stem}.db") and not path.with_suffix(".db").exists()
            if is_half or is_alone:
                path.unlink(missing_ok=True)
        settle_folder(folder)


def digest_of_file(path: Path) -> str:
    """The SHA-256 of the bytes of ``path``."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _read(path: Path) -> Backup | None:
    parts = _NAME.fullmatch(path.name)
    if parts is None or not path.is_file():
        return None
    try:
        made = datetime.strptime(parts[2], _TIME).replace(tzinfo=UTC)
        size = path.stat().st_size
    except (ValueError, OSError):  # no such day, or it went this moment
        return None
    note = _note(path)
    problem = str(note.get("problem") or "") or ("It was found damaged when it was made." if parts[4] else "")
    return Backup(
        number=int(parts[1]),
        made=made,
        reason=BackupReason(parts[3]),
        path=path,
        size=size,
        stories=_count(note.get("stories")),
        items=_count(note.get("items")),
        problem=problem,
        stamp=str(note.get("stamp") or ""),
        sha256=str(note.get("sha256") or ""),
    )


def _note(path: Path) -> dict[str, object]:
    """What is noted beside a backup; nothing where the note is gone or is none: the backup is good without it."""
    try:
        with note_path(path).open("rb") as file:
            note = json.loads(file.read(_LONGEST_NOTE))
    except (OSError, ValueError):
        return {}
    return note if isinstance(note, dict) else {}


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and value >= 0 else None
