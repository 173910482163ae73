"""Rescued words that wait for the editor: which they are, and what becomes of them. Nothing is put over anything unasked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from workstation.domain.changes import Changes, stories_changed
from workstation.domain.story import Story
from workstation.domain.story_document import read_json, write_json
from workstation.errors import InputError, NotFoundError, StoreError
from workstation.export import write_files
from workstation.store import Store
from workstation.workflow.documents import MAX_DOCUMENT_BYTES, pictures_beside
from workstation.workflow.rescue_note import RescueNote, note_of, without_note
from workstation.workflow.rescuing import DOCUMENT, remove
from workstation.workflow.second_places import is_own, second_places
from workstation.workflow.versions import Versions
from workstation.workflow.writing import Writing

LABEL = "Rescued words"
DISMISSED = "dismissed"
"""The folder beside rescues that keeps those which the editor does not want."""


@dataclass(frozen=True, slots=True)
class Rescued:
    """A story that was rescued: the newest of its copies, and where each of them lies."""

    note: RescueNote
    story: Story
    files: tuple[Path, ...]

    @property
    def file(self) -> Path:
        """The document of the newest copy."""
        return self.files[0]

    @property
    def name(self) -> str:
        """What to call the story."""
        return self.story.headline.strip() or self.story.slug

    @property
    def time(self) -> datetime | None:
        """When it was rescued, by a clock that may have been wrong."""
        try:
            return datetime.fromisoformat(self.note.time)
        except ValueError:
            return None


def found_rescues(store: Path) -> tuple[list[Rescued], list[Path]]:
    """Everything that was rescued from the store in ``store``, and the documents of rescues that cannot be read.

    The store itself is not opened.
    """
    newest: dict[tuple[str, int], Rescued] = {}
    unreadable: list[Path] = []
    for file in _documents(place.folder for place in second_places(store)):
        found = _read(file)
        if found is None:
            unreadable.append(file)
        elif found.note.store == str(store):
            key = (found.note.run, found.note.story)
            newest[key] = _joined(newest.get(key), found)
    return list(newest.values()), unreadable


def told_rescues(store: Path) -> list[str]:
    """A sentence for each rescue that waits: where the words are and how they get into the desk."""
    found, unreadable = found_rescues(store)
    mend = "The window offers them when it opens; “workstation story import FILE” makes a story of them."
    return [
        *(f"Words of “{rescued.name}” that were rescued wait in {rescued.file}. {mend}" for rescued in found),
        *(
            f"{file} holds rescued words but is no story document that can be read. Open it in a text editor."
            for file in unreadable
        ),
    ]


def write_rescued(rescued: Rescued, out: Path) -> Path:
    """Write rescued words to ``out`` as a story document, with their pictures beside it.

    Raises:
        ExportError: they could not be written.
    """
    pictures = pictures_beside(rescued.file, rescued.story)
    files = {name: picture.data for name, picture in pictures.items() if not (out.parent / name).exists()}
    write_files(out.parent, {**files, out.name: write_json(rescued.story).encode()})
    return out


class RescuedStories:
    """The verbs of rescued words. They touch the disk: call them beside the window's thread."""

    def __init__(self, store: Store, writing: Writing, versions: Versions) -> None:
        self._store, self._writing, self._versions = store, writing, versions

    def waiting(self, but: str = "") -> list[Rescued]:
        """The rescues that hold words which the store does not have, but those of the run ``but``.

        What the store has, now or as a step of the story that can be taken back, waits no more: its rescue is removed.

        Raises:
            StoreError: the store cannot be read; nothing was removed.
        """
        found = [rescued for rescued in found_rescues(self._store.path)[0] if rescued.note.run != but]
        known = {id(rescued): self._is_known(rescued) for rescued in found}
        for rescued in found:
            if known[id(rescued)]:
                _remove(rescued)
        return [rescued for rescued in found if not known[id(rescued)]]

    def number_of(self, rescued: Rescued) -> int | None:
        """The story of the desk that the words belong to; None where it is gone, or cannot be read any more."""
        try:
            entry = self._store.stories.entry(rescued.note.story)
            self._writing.story(entry.id)
        except (NotFoundError, StoreError):
            return None
        if rescued.note.created:
            return entry.id if entry.created.isoformat() == rescued.note.created else None
        return entry.id if entry.slug == rescued.story.slug else None

    def story_now(self, rescued: Rescued) -> Story | None:
        """The story that they belong to as it is on the screen."""
        number = self.number_of(rescued)
        return None if number is None else self._writing.story(number)

    def put_in(self, rescued: Rescued) -> tuple[Changes, int]:
        """Put the words into their story as one step, after a version of what stands there; or begin a story with them.

        The rescue is removed when the store has them.

        Raises:
            StoreError: the store does not take them; the rescue stays.
        """
        number = self.number_of(rescued)
        files = pictures_beside(rescued.file, rescued.story)
        if number is None:
            number = self._writing.take_in(rescued.story, files)
            changes = stories_changed(number)
        else:
            self._writing.bring_files(number, files)
            changes = self._versions.put_back(number, rescued.story, LABEL)
            self._writing.save(number)
        _remove(rescued)
        return changes, number

    def dismiss(self, rescued: Rescued) -> Path:
        """The editor does not want them: they are kept in a folder beside, and not offered again. Answers with that folder.

        Raises:
            InputError: they could not be moved there; they are offered again.
        """
        kept: list[Path] = []
        for file in rescued.files:
            folder = file.parent
            try:
                aside = folder.parent / DISMISSED
                aside.mkdir(mode=0o700, exist_ok=True)
                kept.append(folder.rename(aside / folder.name))
            except OSError as error:
                raise InputError("The rescued words stay", f"{folder}: {error.strerror or error}.") from error
        return kept[0]

    def _is_known(self, rescued: Rescued) -> bool:
        number = self.number_of(rescued)
        if number is None:
            return False
        if write_json(self._store.stories.get(number)) == write_json(rescued.story):
            return True
        state = rescued.note.snapshot
        return any(state in (row.result.hex(), row.base.hex()) for row in self._store.steps.chain(number).rows)


def _documents(folders: Iterable[Path]) -> Iterator[Path]:
    """The documents of the rescues in ``folders``, as far as these are this user's own."""
    for folder in folders:
        if is_own(folder):
            with suppress(OSError):
                yield from sorted(file for file in folder.glob(f"*/{DOCUMENT}") if is_own(file.parent) and not file.is_symlink())


def _read(file: Path) -> Rescued | None:
    try:
        if file.stat().st_size > MAX_DOCUMENT_BYTES:
            return None
        story = read_json(file.read_bytes()).story
    except (OSError, InputError, ValueError):
        return None
    note = note_of(story)
    return Rescued(note, without_note(story), (file,)) if note else None


def _joined(known: Rescued | None, found: Rescued) -> Rescued:
    """Two copies of one story's rescue: the words of the one that was written last, and where both lie."""
    if known is None:
        return found
    newer, older = (found, known) if found.note.count > known.note.count else (known, found)
    return Rescued(newer.note, newer.story, (*newer.files, *older.files))


def _remove(rescued: Rescued) -> None:
    """The older copies first: as long as one is left it is the newest."""
    for file in reversed(rescued.files):
        remove(file.parent)
