"""Story documents in and out: a story as a file that a colleague can open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from workstation.domain.changes import Changes, stories_changed
from workstation.domain.clean_story import with_clean_lines
from workstation.domain.item import Capture
from workstation.domain.picture import Picture
from workstation.domain.quote import Quote
from workstation.domain.story import Story
from workstation.domain.story_archive import ArchivedItem, StoryArchive, pack, unpack
from workstation.domain.story_document import DocumentReading, read_json, write_json
from workstation.errors import InputError, ReadError
from workstation.export import write_files
from workstation.ingest.picture_jobs import picture_of
from workstation.ingest.pictures import MAX_BYTES
from workstation.ingest.trying import check_opens
from workstation.ingest.worker import ReadingWorker
from workstation.store import Store
from workstation.workflow.backing import Backing
from workstation.workflow.picture_names import with_sound_names
from workstation.workflow.rereading import read_again
from workstation.workflow.rescue_note import without_note
from workstation.workflow.writing import Writing

MAX_DOCUMENT_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Imported:
    """The story that a document became, and a sentence for each thing that was left out."""

    changes: Changes
    story: int
    slug: str
    left_out: tuple[str, ...]


class Documents:
    """The verbs of story documents."""

    def __init__(self, store: Store, worker: ReadingWorker, writing: Writing) -> None:
        self._store = store
        self._worker = worker
        self._writing = writing

    def import_document(self, path: Path) -> Imported:
        """Make a story of a document (``.json`` with its pictures beside it, or a ``.zip`` that holds everything).

        Raises:
            InputError: it is no story document, or its slug is taken.
        """
        data = _read(path)
        is_packed = path.suffix.lower() == ".zip"
        check_opens(self._worker, data, packed=is_packed)
        if is_packed:
            return self._import_archive(unpack(data))
        reading = read_json(data)
        reading = replace(reading, story=without_note(reading.story))
        files, missing = _pictures(_beside(path.parent), reading.story, self._worker)
        return self._keep(reading, files, missing)

    def document(self, story: Story) -> str:
        """The text of a story's document."""
        return write_json(story)

    def export_document(self, number: int, out: Path) -> Path:
        """Write a story as its document; a ``.zip`` also holds its pictures, and the items and quotes its cards rest on.

        A ``.json`` gets its pictures beside it, under the names that the document uses. The words are those on the screen;
        they need not be saved, and for a ``.json`` the store is not asked.

        Raises:
            InputError: ``out`` ends in neither ``.json`` nor ``.zip``, or another file stands where a picture should go.
            ExportError: it could not be written.
        """
        story, files = self._writing.story(number), self._writing.files(number)
        ending = out.suffix.lower()
        if ending == ".json":
            pictures = {name: files[name].data for name in story.kept_files if name in files}
            _refuse_to_replace(out.parent, pictures)
            write_files(out.parent, {**pictures, out.name: write_json(story).encode()})
        elif ending == ".zip":
            write_files(out.parent, {out.name: pack(self._archive(story, files))})
        else:
            raise InputError("The document was not written", f"“{out.name}” must end in .json or .zip.")
        return out

    def _archive(self, story: Story, files: Mapping[str, Picture]) -> StoryArchive:
        """The story with the items and quotes that its cards rest on, so that a colleague can open and verify it."""
        backing = Backing(self._store)
        return StoryArchive.of(story, files, backing.items(story), backing.quotes(story).values())

    def _import_archive(self, archive: StoryArchive) -> Imported:
        """The story of an archive, with its items as new ones in the inbox; those that are here already stay as they are.

        What the archive says of an item is not believed: its original is read again, and a quote has to stand in that text.
        """
        reading = read_json(archive.document)
        files, missing = _pictures(archive.files.get, reading.story, self._worker)
        captures, told = self._read_again(archive.items)
        with self._store.together():
            for capture in captures:
                self._store.items.keep_all([capture], as_they_are=True)
            told += self._keep_quotes(archive.quotes)
            imported = self._keep(reading, files, [*missing, *told])
        items = frozenset(entry.item.id for entry in archive.items if self._store.items.has(entry.item.id))
        return replace(imported, changes=imported.changes | Changes(items=items))

    def _read_again(self, entries: Iterable[ArchivedItem]) -> tuple[list[Capture], list[str]]:
        """The archived items that are not here yet as the reader finds them, and a sentence for each that reads otherwise."""
        captures: list[Capture] = []
        told: list[str] = []
        for entry in entries:
            if self._store.items.has(entry.item.id):
                continue
            title = f"“{entry.item.title[:60]}”"
            try:
                capture = read_again(self._worker, entry)
            except ReadError as error:
                told.append(f"The source {title} was left out: {error.detail or error.title}")
                continue
            if capture.item.id != entry.item.id:
                told.append(f"The source {title} was left out: its original does not name the address that the archive gives it.")
                continue
            if capture.item.text != entry.item.text:
                told.append(f"The archive gives {title} another text than its original has; the original's text was kept.")
            captures.append(capture)
        return captures, told

    def _keep_quotes(self, quotes: Sequence[Quote]) -> list[str]:
        """Keep the quotes that stand in their sources; a sentence for each of the others."""
        told: list[str] = []
        known = self._store.quotes.all_of([quote.id for quote in quotes])
        for quote in quotes:
            here = self._store.items.has(quote.item)
            if here and self._store.items.get(quote.item).text[quote.start : quote.end] == quote.exact:
                if quote.id not in known:
                    self._store.quotes.add(quote)
            else:
                told.append(f"The quote “{quote.exact[:60]}” was left out: its source does not have these words there.")
        return told

    def _keep(self, reading: DocumentReading, files: Mapping[str, Picture], missing: list[str]) -> Imported:
        story, files = with_sound_names(with_clean_lines(reading.story), files)
        number = self._store.stories.add(story, files=files)
        return Imported(stories_changed(number), number, reading.story.slug, (*reading.left_out, *missing))


def _read(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise InputError("The story was not imported", f"{path} is no file.")
        if path.stat().st_size > MAX_DOCUMENT_BYTES:
            raise InputError("The story was not imported", f"{path.name} is larger than 64 MB.")
        return path.read_bytes()
    except OSError as error:
        raise InputError("The story was not imported", f"{path} cannot be read: {error.strerror or error}.") from error


def pictures_beside(document: Path, story: Story) -> dict[str, Picture]:
    """The pictures that ``story`` names, as far as they lie beside its document and can be shown."""
    return _pictures(_beside(document.parent), story, None)[0]


def _pictures(
    bytes_of: Callable[[str], bytes | None], story: Story, worker: ReadingWorker | None
) -> tuple[dict[str, Picture], list[str]]:
    """The pictures that a document names, and a sentence for each that is not there or is no picture."""
    files: dict[str, Picture] = {}
    missing: list[str] = []
    for name in story.kept_files:
        data = bytes_of(name)
        try:
            files[name] = picture_of(worker, data or b"")
        except InputError:
            missing.append(f"The picture “{name}” is not beside the document, or cannot be read; the page will lack it.")
    return files, missing


def _refuse_to_replace(folder: Path, files: Mapping[str, bytes]) -> None:
    """Pictures go beside a document under names that nobody asked for: they never take another file's place."""
    taken = [name for name, data in files.items() if _is_another(folder / name, data)]
    if taken:
        named = ", ".join(f"“{name}”" for name in taken[:5])
        raise InputError(
            "The document was not written",
            f"Another file stands in {folder} where a picture of the story should go: {named}. Choose an empty folder, or .zip.",
        )


def _is_another(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() != data
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return False  # free, or what the writing itself tells better
    except OSError:
        return True


def _beside(folder: Path) -> Callable[[str], bytes | None]:
    """What reads a file by its name in ``folder``; None where there is none.

    A folder from elsewhere may hold links to anything: only what lies in it is read, no device that never ends, and of a file no
    more than a picture may have.
    """

    def read(name: str) -> bytes | None:
        file = folder / name
        try:
            if not file.is_file() or not file.resolve().is_relative_to(folder.resolve()):
                return None
            with file.open("rb") as opened:
                return opened.read(MAX_BYTES + 1)
        except (OSError, ValueError):
            return None

    return read
