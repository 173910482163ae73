"""Publishing: the page as it will be, the hand-over in its form, and the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from workstation.domain.changes import Changes, stories_changed
from workstation.domain.ledger import ChangeKind, LedgerEntry
from workstation.domain.manifest import MANIFEST
from workstation.domain.problem import Waiver
from workstation.domain.publication import Publication
from workstation.domain.revision import Revision
from workstation.domain.story import Story
from workstation.domain.story_diff import StoryChanges
from workstation.domain.version import VersionKind
from workstation.errors import ExportError, InputError, StoreError
from workstation.export import finish_killed, write_files
from workstation.export.manifests import with_others
from workstation.render.words.insights import insights_line
from workstation.store import Store
from workstation.workflow.backing import Backing
from workstation.workflow.gathering import now
from workstation.workflow.handed_over import HandedOver
from workstation.workflow.history import Spot
from workstation.workflow.publications import Printed, Publications
from workstation.workflow.reviewing import Reviewing
from workstation.workflow.revising import revision_of
from workstation.workflow.writing import Writing

if TYPE_CHECKING:
    from workstation.render.rendering import Profile, Rendering, Terms

NOT_RECORDED = "The desk cannot be written, so the ledger does not know of this hand-over."


ON_ITS_WAY = "export on its way"
"""The note that holds the folder of an export while it goes on."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote and where, and its entry in the ledger; ``remarks`` say what its form could not take whole."""

    changes: Changes
    folder: Path
    main: Path
    files: tuple[Path, ...]
    entry: LedgerEntry
    missing: tuple[str, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Prepared:
    """A story that is checked and in its form, manifest included: all that is left is to let it go.

    ``revision`` is what the hand-over is to the reader: ``story`` has its note or its time already, the story on the screen gets
    them when it is recorded. ``document`` is the SHA-256 of its document, ``waivers`` are the reasons that let its blockers pass.
    """

    number: int
    story: Story
    publication: Publication
    terms: Terms
    rendering: Rendering
    revision: Revision
    document: str
    waivers: tuple[Waiver, ...]


class Publishing:
    """The verbs at the door out."""

    def __init__(self, store: Store, writing: Writing, reviewing: Reviewing, publications: Publications) -> None:
        self._store = store
        self._writing = writing
        self._reviewing = reviewing
        self.publications = publications
        self.handed_over = HandedOver(store, writing)

    def publication(self, story: Story | None = None) -> Publication:
        """The publication that a story is printed in, or what stands in for it; without a story, the desk's own choice."""
        return self.publications.of(story)

    def printed(self, number: int) -> Printed:
        """In which house a story is printed as it stands on the screen, and what is wrong with that."""
        return self.publications.printed(self._writing.story(number))

    # --- rendering and exporting -----------------------------------------------------------------------------------

    def profiles(self) -> tuple[Profile, ...]:
        """The forms that a story can be exported in."""
        from workstation.render.profiles import PROFILES  # noqa: PLC0415 - the window is painted before a page is rendered

        return tuple(PROFILES.values())

    def page(self, number: int, publication: Publication | None = None) -> Rendering:
        """The page of a story as it stands on the screen: the very bytes that the ``page`` profile exports."""
        return self.rendering(number, "page", publication)

    def rendering(
        self,
        number: int,
        profile: str,
        publication: Publication | None = None,
        terms: Terms | None = None,
        *,
        change: ChangeKind | None = None,
        note: str = "",
    ) -> Rendering:
        """A story as it stands on the screen in the form of a profile; neither checked nor entered anywhere.

        ``change`` and ``note`` are those of :meth:`prepare`: with what the hand-over would put into the story, as far as it can.
        """
        from workstation.render.profiles import profile_of  # noqa: PLC0415 - the window is painted before a page is rendered

        story, form = self._writing.story(number), profile_of(profile)
        house, agreed = publication or self.publication(story), self._with_backing(story, form, terms)
        if change is not None:
            with suppress(InputError):  # a correction whose note is still to be written
                story = revision_of(story, house, change, note, is_first=not self.handed_over.entries(number)).put_into(story)
        return form.render(story, house, self._writing.files(number), agreed)

    def insights(self, story: Story) -> str | None:
        """The insights line as the page prints it."""
        return insights_line(story, self.publication(story))

    def prepare(
        self,
        number: int,
        profile: str,
        terms: Terms | None = None,
        *,
        publication: Publication | None = None,
        waive: str | None = None,
        change: ChangeKind | None = None,
        note: str = "",
    ) -> Prepared:
        """As :meth:`prepare_each`, in the form of one profile."""
        return self.prepare_each(number, (profile,), terms, publication=publication, waive=waive, change=change, note=note)[0]

    def prepare_each(
        self,
        number: int,
        profiles: Sequence[str],
        terms: Terms | None = None,
        *,
        publication: Publication | None = None,
        waive: str | None = None,
        change: ChangeKind | None = None,
        note: str = "",
    ) -> tuple[Prepared, ...]:
        """A story in the forms of ``profiles``, checked once and each with its manifest: ready to leave by whatever door.

        ``waive`` lets every blocker that stands pass for this reason. ``change`` says what the hand-over is to the reader and
        ``note`` what a correction prints (see :func:`revision_of`). What that puts into the story is checked and rendered with
        it; the story on the screen gets it when the hand-over is recorded. Nothing is changed yet but that the story is saved.

        Raises:
            BlockedError: a blocker stands, or the story's publication is not here.
            InputError: its publication cannot be used (the story is never handed over in another one's name), a correction has no
                note, or a story that was never handed over is to be corrected.
        """
        from workstation.render.manifest import document_hash  # noqa: PLC0415 - as above
        from workstation.render.profiles import profile_of  # noqa: PLC0415

        forms = [profile_of(profile) for profile in profiles]
        story = self._writing.story(number)  # once: what is typed from now on is neither checked nor handed over
        house = publication or self._house(story)
        entries = self.handed_over.entries(number)
        revision = revision_of(story, house, change, note, is_first=not entries)
        story = revision.put_into(story)
        document = document_hash(story)
        version = self.handed_over.version(story, document, entries)
        pictures = dict(self._writing.files(number))
        rendered = []
        for form in forms:
            agreed = replace(self._with_backing(story, form, terms), version=version)
            rendered.append((agreed, form.render(story, house, pictures, agreed)))
        reviewed = self._reviewing.review(number, story)
        waivers = () if waive is None else tuple(reviewed.waivers(waive))
        if waive is None:
            reviewed.require_clear()
        self._writing.save(number)
        return tuple(
            Prepared(number, story, house, agreed, _with_manifest(rendering, story, house, agreed), revision, document, waivers)
            for agreed, rendering in rendered
        )

    def export(
        self,
        number: int,
        profile: str,
        folder: Path,
        *,
        terms: Terms | None = None,
        publication: Publication | None = None,
        waive: str | None = None,
        change: ChangeKind | None = None,
        note: str = "",
    ) -> Exported:
        """As :meth:`export_each`, in the form of one profile."""
        return self.export_each(
            number, (profile,), folder, terms=terms, publication=publication, waive=waive, change=change, note=note
        )[0]

    def export_each(
        self,
        number: int,
        profiles: Sequence[str],
        folder: Path,
        *,
        terms: Terms | None = None,
        publication: Publication | None = None,
        waive: str | None = None,
        change: ChangeKind | None = None,
        note: str = "",
    ) -> tuple[Exported, ...]:
        """Write a story in the forms of ``profiles`` into ``folder``, whole or not at all, and enter each in the ledger.

        ``waive``, ``change`` and ``note`` are those of :meth:`prepare_each`: a correction is noted once, whatever the forms.

        Raises:
            BlockedError, InputError: see :meth:`prepare_each`.
            ExportError: the files could not be written; what stood there before is untouched.
        """
        prepared = self.prepare_each(number, profiles, terms, publication=publication, waive=waive, change=change, note=note)
        if self._store.is_read_only:
            written = write_files(folder, with_others(folder, *(one.rendering.files for one in prepared)))
            entries = self._record_each(prepared, folder=str(folder.resolve()))
            told = [_exported(one.rendering, entry, folder, written) for one, entry in zip(prepared, entries, strict=True)]
            return tuple(replace(one, remarks=(*one.remarks, NOT_RECORDED)) for one in told)
        self.finish_killed()
        with self._on_its_way(folder):
            written = write_files(folder, with_others(folder, *(one.rendering.files for one in prepared)))
            entries = self._record_each(prepared, folder=str(folder.resolve()))
        return tuple(_exported(one.rendering, entry, folder, written) for one, entry in zip(prepared, entries, strict=True))

    @contextmanager
    def _on_its_way(self, folder: Path) -> Iterator[None]:
        """Note where an export goes, for the start after a kill."""
        self._store.notes.set(ON_ITS_WAY, str(folder.resolve()))
        try:
            yield
        finally:
            with suppress(StoreError):  # the next export looks for what is left there, and finds nothing
                self._store.notes.set(ON_ITS_WAY, "")

    def finish_killed(self) -> None:
        """Move into place what an export that was killed half-way had still to move; it is not entered in the ledger."""
        folder = self._store.notes.get(ON_ITS_WAY)
        if folder:
            with suppress(ExportError):  # the folder is gone, or on a disk that is not there
                finish_killed(Path(folder))
            self._store.notes.set(ON_ITS_WAY, "")

    def record(
        self, prepared: Prepared, *, folder: str = "", destination: str = "", post: str = "", address: str = ""
    ) -> LedgerEntry:
        """Put on record that a prepared story has left, with the reasons that let it pass, and keep its version.

        The story on the screen gets the correction, or the time of the update, as one step that can be undone, whatever was
        typed meanwhile. From now on its slug is fixed. A spiked story stays spiked.

        Raises:
            StoreError: it could not be kept; the story on the screen is as it was.
        """
        return self._record_each((prepared,), folder=folder, destination=destination, post=post, address=address)[0]

    def _record_each(
        self, prepared: Sequence[Prepared], *, folder: str = "", destination: str = "", post: str = "", address: str = ""
    ) -> list[LedgerEntry]:
        """As :meth:`record`, for one story in several forms: one step in the story, one version, and an entry for each."""
        number, story, revision = prepared[0].number, prepared[0].story, prepared[0].revision
        entries = [replace(_entry(one), folder=folder, destination=destination, post=post, address=address) for one in prepared]
        if self._store.is_read_only:  # the files are written all the same: there may be no other way to the words
            return entries
        spot = Spot(revision.field)
        self._writing.change(number, revision.put_into, label=revision.label, spot=spot)
        try:
            entered = self._enter_with_story(prepared[0], entries)
        except BaseException:
            self._writing.change(number, revision.take_out_of, label=revision.label, spot=spot)
            raise
        self._writing.fix_slug(number, story.slug)
        return entered

    def _enter_with_story(self, prepared: Prepared, entries: list[LedgerEntry]) -> list[LedgerEntry]:
        """Enter hand-overs together with what they wrote into the story: a kill leaves both or neither.

        When it is the words typed meanwhile that cannot be kept, what went out is put on record without them.
        """
        entered: list[LedgerEntry] = []
        try:
            self._writing.save(prepared.number, beside=lambda: entered.extend(self._enter(prepared, entries)))
        except InputError:
            return self._enter(prepared, entries)
        return entered

    def _enter(self, prepared: Prepared, entries: list[LedgerEntry]) -> list[LedgerEntry]:
        """Write what hand-overs of one text leave in the store; answers with the entries as they stand there."""
        number = prepared.number
        with self._store.together():
            for waiver in prepared.waivers:
                self._store.stories.waive(number, waiver)
            told = f"{len(entries)} forms" if len(entries) > 1 else entries[0].profile
            kept = self._store.versions.add(number, prepared.story, VersionKind.EXPORT, told)
            entered = [replace(entry, kept=kept) for entry in entries]
            for entry in entered:
                self._store.ledger.add(entry)
            if self._store.stories.entry(number).status != "killed":
                self._store.stories.set_status(number, "exported")
        return entered

    def _with_backing(self, story: Story, form: Profile, terms: Terms | None) -> Terms:
        """The terms with what stands behind the story, as far as the form needs it."""
        from workstation.render.rendering import PLAIN  # noqa: PLC0415 - as above

        backing, agreed = Backing(self._store), terms or PLAIN
        quotes = backing.quotes(story) if form.needs_quotes or agreed.passages else {}
        items = backing.items(story) if form.needs_items else ()
        return replace(agreed, quotes=quotes, items=items)

    def ledger(self, number: int) -> list[LedgerEntry]:
        """What was handed over of a story, oldest first."""
        return self.handed_over.entries(number)

    def what_changed(self, number: int) -> StoryChanges | None:
        """What readers get otherwise than at the last hand-over; None where there was none, or its text was not kept."""
        return self.handed_over.what_changed(number)

    def write_page(self, number: int, folder: Path) -> Path:
        """Write the page as it stands into a folder, to look at it in a browser; this is no export and is not entered."""
        rendering = self.page(number)
        write_files(folder, rendering.files)
        return folder / rendering.main

    def _house(self, story: Story) -> Publication:
        """The publication to hand over in; one that is missing or was never good is told, never replaced without a word."""
        printed = self.publications.printed(story)
        if printed.fault is not None:
            raise printed.fault
        return printed.publication

    def write_preview(self, number: int, out: Path, publication: Publication | None = None) -> Path:
        """Write the text that the preview shows to a file of any name, with the page's pictures beside it.

        Raises:
            BlockedError: the story's publication is not here.
            InputError: its publication cannot be used.
            ExportError: the files could not be written; what stood there before is untouched.
        """
        page = self.page(number, publication or self._house(self._writing.story(number)))
        pictures = {name: data for name, data in page.files.items() if name != page.main}
        write_files(out.parent, {**pictures, out.name: page.files[page.main]})
        return out


def _with_manifest(rendering: Rendering, story: Story, house: Publication, terms: Terms) -> Rendering:
    from workstation.render.manifest import manifest  # noqa: PLC0415 - the window is painted before a page is rendered

    return replace(rendering, files={**rendering.files, MANIFEST: manifest(rendering, story, house, terms)})


def _entry(prepared: Prepared) -> LedgerEntry:
    """What the ledger tells of a hand-over, but for where it goes."""
    rendering, revision = prepared.rendering, prepared.revision
    hashes = {name: sha256(data).hexdigest() for name, data in rendering.files.items()}
    return LedgerEntry(
        story=prepared.number,
        slug=prepared.story.slug,
        profile=rendering.profile,
        publication=prepared.publication.name,
        exported=now(),
        folder="",
        files=hashes,
        sha256=hashes[rendering.main],
        change=revision.kind,
        version=prepared.terms.version,
        document=prepared.document,
        note=revision.note,
    )


def _exported(rendering: Rendering, entry: LedgerEntry, folder: Path, written: Sequence[Path]) -> Exported:
    """What was written of one form, in the order of ``written``."""
    own, main = {folder / name for name in rendering.files}, folder / rendering.main
    files = tuple(path for path in written if path in own)
    return Exported(stories_changed(entry.story), folder, main, files, entry, rendering.missing, rendering.remarks)
