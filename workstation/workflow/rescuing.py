"""Words that the store does not take go to a second place at once, as story documents with their pictures beside them.

Each rescue is a folder of its own with one document, which is replaced in one step. What the document says beside the story
stands under one key: whose it is, and how often it was written, which is what orders two rescues of one story; never the clock.
"""

from __future__ import annotations

import json
import os
import secrets
import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from workstation.domain.picture import Picture
from workstation.domain.story import Story, slug_from
from workstation.domain.story_document import write_document
from workstation.errors import WorkstationError
from workstation.store import Store
from workstation.store.files import settle_folder
from workstation.workflow.rescue_note import KEY, RescueNote
from workstation.workflow.second_places import SecondPlace, second_places
from workstation.workflow.snapshots import take_snapshot
from workstation.workflow.writing import Writing

DOCUMENT = "story.json"
MOST_PICTURES = 32 * 1024 * 1024
"""Bytes of pictures that go along; the words always do."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the words of one story lie now."""

    story: int
    file: Path
    survives: bool
    apart: bool


class Rescuing:
    """Keeps what is on the screen in second places while the store does not take it. Any thread may call it."""

    def __init__(self, store: Store, writing: Writing, places: Iterable[SecondPlace] | None = None) -> None:
        self._store, self._writing = store, writing
        self._given = None if places is None else list(places)
        self.run = secrets.token_hex(4)
        """What tells the rescues of this start of the program from others."""
        self._count = 0
        self._kept: dict[int, dict[Path, Kept]] = {}
        self._births: dict[int, str] = {}
        self._lock = threading.Lock()

    @property
    def places(self) -> list[SecondPlace]:
        """Where words can go, the best place first."""
        return second_places(self._store.path) if self._given is None else self._given

    def rescue(self) -> list[Kept]:
        """Write every story that the store does not have as it is on the screen; answers where each of them is now.

        One that is in no place could be written nowhere. Where the first place lies beside the store, the words go to the first
        one that is apart from it as well.
        """
        with self._lock:
            self._count += 1
            places = self.places
            return [kept for number in self._writing.unsaved() for kept in self._keep(number, places)]

    def settle(self) -> bool:
        """Remove the rescues of stories that the store has again; answers whether none is left."""
        with self._lock:
            for number in self._kept.keys() - set(self._writing.unsaved()):
                for kept in self._kept.pop(number).values():
                    remove(kept.file.parent)
            return not self._kept

    def leave(self) -> None:
        """The editor leaves: what was rescued stays where it is, whatever is said of the stories from now on."""
        with self._lock:
            self._kept.clear()

    def kept(self) -> list[Kept]:
        """Where the stories lie that were rescued and are not settled."""
        with self._lock:
            return [kept for places in self._kept.values() for kept in places.values()]

    # --- within ----------------------------------------------------------------------------------------------------

    def _keep(self, number: int, places: Sequence[SecondPlace]) -> list[Kept]:
        story = self._writing.story(number)
        text = self._document(number, story).encode(errors="replace")
        found: list[Kept] = []
        for place in sorted(places, key=lambda place: not place.apart):  # the store's own disk may never answer
            if _adds_to(place, found):
                with suppress(OSError):
                    found.append(self._keep_in(place, number, story, text))
        return sorted(found, key=lambda kept: (not kept.survives, not kept.apart))

    def _keep_in(self, place: SecondPlace, number: int, story: Story, text: bytes) -> Kept:
        folder = place.made_ready() / f"{slug_from(story.slug)[:60]}-{self.run}-{number}"
        known = self._kept.setdefault(number, {})
        kept = known.get(place.folder) or Kept(number, folder / DOCUMENT, place.survives, place.apart)
        put_whole(kept.file, text)
        known[place.folder] = kept
        with suppress(OSError):  # the words are there; the pictures are in the store already
            _put_pictures(kept.file.parent, story, self._writing.files(number))
        return kept

    def _document(self, number: int, story: Story) -> str:
        snapshot = take_snapshot(story)
        note = RescueNote(
            store=str(self._store.path),
            story=number,
            created=self._created(number),
            run=self.run,
            count=self._count,
            time=datetime.now(UTC).isoformat(timespec="seconds"),
            snapshot=snapshot.digest.hex() if snapshot else "",
        )
        return json.dumps({**write_document(story), KEY: asdict(note)}, ensure_ascii=False, indent=1) + "\n"

    def _created(self, number: int) -> str:
        """What tells a story from another one of the same number in another store; empty where the store cannot be read."""
        if number not in self._births:
            try:
                self._births[number] = self._store.stories.entry(number).created.isoformat()
            except WorkstationError:
                return ""
        return self._births[number]


def _adds_to(place: SecondPlace, found: Iterable[Kept]) -> bool:
    """Whether words are safer in ``place`` as well: one apart from the store is enough, and one that survives."""
    return not any(kept.survives or kept.apart == place.apart or not place.survives for kept in found)


def put_whole(file: Path, data: bytes) -> None:
    """Put ``data`` at ``file`` in one step and onto the disk, for this user alone; what was there stays until then.

    Raises:
        OSError: it could not be written.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = file.with_name(f".{file.name}-{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        partial.replace(file)
    except BaseException:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise
    for folder in (file.parent, file.parent.parent):
        settle_folder(folder)


def remove(folder: Path) -> None:
    """Remove a rescue: its document first, so that what is left of a removal that was cut off is no rescue."""
    with suppress(OSError):
        (folder / DOCUMENT).unlink(missing_ok=True)
        for file in sorted(folder.rglob("*"), reverse=True):
            file.rmdir() if file.is_dir() and not file.is_symlink() else file.unlink()
        folder.rmdir()


def _put_pictures(folder: Path, story: Story, files: Mapping[str, Picture]) -> None:
    wanted = {name: files[name].data for name in story.kept_files if name in files}
    if sum(map(len, wanted.values())) > MOST_PICTURES:
        return
    for name, data in wanted.items():
        if not (folder / name).exists():
            put_whole(folder / name, data)
