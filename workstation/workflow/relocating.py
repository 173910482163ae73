"""Where a desk lies, what to do about it, and taking it with all that belongs to it to another place."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from shutil import copyfile

from workstation import store
from workstation.settings import data_folder
from workstation.store import Moved
from workstation.store.opening.conflicts import conflict_copies
from workstation.store.opening.place import Place, PlaceKind, place_of
from workstation.workflow.browser_door import BrowserDoor

_ONE_COPY = "a copy that a sync program made when two machines had written"
_COPIES = "copies that a sync program made when two machines had written"
_UNSAFE = {
    PlaceKind.SYNCED: "{keeper} keeps the folder of this desk in step with other machines. It may copy the file half written, "
    "and where two machines write, one of them loses what it wrote.",
    PlaceKind.NETWORK: "This desk lies in {keeper}. When the network fails while it is written, or two machines write at once, "
    "work can be lost.",
    PlaceKind.REMOVABLE: "This desk lies on {keeper}. Close the program before it is taken away.",
}


@dataclass(frozen=True, slots=True)
class Lie:
    """How a desk lies: the place, when it is not an ordinary one, and desks beside it that a sync program put aside."""

    place: Place | None = None
    conflicts: Sequence[Path] = ()

    @property
    def is_unsafe(self) -> bool:
        """Whether the desk should be kept somewhere else."""
        return self.place is not None and self.place.is_unsafe

    @property
    def told(self) -> str:
        """What is to be known of the place, in a sentence or two; empty for an ordinary one."""
        if self.place is None:
            return ""
        told = _UNSAFE[self.place.kind].format(keeper=self.place.keeper)
        return told[0].upper() + told[1:]

    @property
    def told_conflicts(self) -> str:
        """What is to be known of the desks beside it; empty where there are none."""
        if not self.conflicts:
            return ""
        names = ", ".join(f"“{path.name}”" for path in self.conflicts[:3])
        more = f" and {len(self.conflicts) - 3} more" if len(self.conflicts) > 3 else ""
        each = _ONE_COPY if len(self.conflicts) == 1 else _COPIES
        return f"Beside the desk lies {names}{more}: {each}. What was written there is not in this desk."


def look_at(desk: Path) -> Lie:
    """How the desk in ``desk`` lies. It looks at the disk: not in the window's thread."""
    return Lie(place_of(desk), tuple(conflict_copies(desk)))


def safe_place(desk: Path) -> Path | None:
    """A free path for ``desk`` in this user's data on this machine; None where that is no safe place either."""
    wanted = data_folder() / "desk.db"
    found = place_of(wanted)
    if found is not None and found.is_unsafe:
        return None
    return _free(wanted if not wanted.exists() else data_folder() / f"{desk.stem}.db")


def move_desk(desk: Path, to: Path, second: Path | None = None) -> Moved:
    """Take a closed desk to ``to``, with its backups and the settings of the browser's door.

    From then on a second copy of each backup goes to the folder ``second``, where one is named.

    Raises:
        StoreError: it could not be moved and is where it was; or it was, and the second folder cannot be used.
    """
    desk = desk.expanduser().resolve()
    moved = store.move(desk, to)
    _take_backups_along(desk, moved.to)
    if second is not None:
        store.Backups(moved.to).choose_second(second)
    with suppress(OSError):  # the door is opened anew in a minute; the desk has been moved
        door, new = BrowserDoor.file_of(desk), BrowserDoor.file_of(moved.to)
        if door.exists() and not new.exists():
            new.touch(mode=0o600)
            copyfile(door, new)
            door.unlink()
    return moved


def _take_backups_along(old: Path, new: Path) -> None:
    """The backups of a desk are known by its place; those of the old place become those of the new one."""
    first, then = store.Backups(old).folder, store.Backups(new).folder
    second = store.Backups(old).second_folder
    for here, there in ((first, then), *([(second / first.name, second / then.name)] if second else [])):
        if here.is_dir() and not there.exists():
            with suppress(OSError):  # they stay where they are, and “restore FILE” still takes them
                here.rename(there)


def copy_desk(desk: Path) -> Path:
    """A copy of ``desk`` in this user's data, to work in; answers with its path.

    Raises:
        StoreError: it could not be made.
    """
    to = _free(data_folder() / f"{desk.stem} (copy of {datetime.now():%d %B %Y}).db")
    store.copy_to(desk, to)
    return to


def _free(wanted: Path) -> Path:
    path, number = wanted, 2
    while path.exists() or path.with_name(f"{path.name}.moved-to").exists():
        path, number = wanted.with_name(f"{wanted.stem} {number}{wanted.suffix}"), number + 1
    return path
