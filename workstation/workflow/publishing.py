"""Publishing: the page as it will be, the hand-over in its form, and the ledger."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from workstation.domain.changes import Changes, stories_changed
from workstation.domain.ledger import LedgerEntry
from workstation.domain.problem import Waiver
from workstation.domain.publication import Publication
from workstation.domain.story import Story
from workstation.domain.version import VersionKind
from workstation.export import write_files
from workstation.export.manifests import with_others
from workstation.render.insights import insights_line
from workstation.store import Store
from workstation.workflow.backing import Backing
from workstation.workflow.gathering import now
from workstation.workflow.publications import Printed, Publications
from workstation.workflow.reviewing import Reviewing
from workstation.workflow.writing import Writing

if TYPE_CHECKING:
    from workstation.render.rendering import Profile, Rendering, Terms


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote and where; ``sha256`` is of the main file, ``remarks`` say what its form could not take whole."""

    changes: Changes
    folder: Path
    main: Path
    files: tuple[Path, ...]
    sha256: str
    missing: tuple[str, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Prepared:
    """A story that is checked and in its form, manifest included: all that is left is to let it go.

    ``document`` is the SHA-256 of its document, ``waivers`` are the reasons that let its blockers pass.
    """

    number: int
    story: Story
    publication: Publication
    terms: Terms
    rendering: Rendering
    document: str
    waivers: tuple[Waiver, ...]


class Publishing:
    """The verbs at the door out."""

    def __init__(self, store: Store, writing: Writing, reviewing: Reviewing, publications: Publications) -> None:
        self._store = store
        self._writing = writing
        self._reviewing = reviewing
        self.publications = publications

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
        self, number: int, profile: str, publication: Publication | None = None, terms: Terms | None = None
    ) -> Rendering:
        """A story as it stands on the screen in the form of a profile; neither checked nor entered anywhere."""
        from workstation.render.profiles import profile_of  # noqa: PLC0415 - the window is painted before a page is rendered

        story, form = self._writing.story(number), profile_of(profile)
        house, agreed = publication or self.publication(story), self._with_backing(story, form, terms)
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
    ) -> Prepared:
        """A story in the form of a profile, checked and with its manifest: ready to leave by whatever door.

        ``waive`` lets every blocker that stands pass for this reason. Nothing is changed yet but that the story is saved.

        Raises:
            BlockedError: a blocker stands, or the story's publication is not here.
            InputError: its publication cannot be used; the story is never handed over in another one's name.
        """
        from workstation.render.manifest import MANIFEST, document_hash, manifest  # noqa: PLC0415 - as above
        from workstation.render.profiles import profile_of  # noqa: PLC0415

        story = self._writing.story(number)  # once: what is typed from now on is neither checked nor handed over
        house = publication or self._house(story)
        form, document = profile_of(profile), document_hash(story)
        agreed = replace(self._with_backing(story, form, terms), version=self._version(number, document))
        rendering = form.render(story, house, dict(self._writing.files(number)), agreed)
        reviewed = self._reviewing.review(number, story)
        waivers = () if waive is None else tuple(reviewed.waivers(waive))
        if waive is None:
            reviewed.require_clear()
        self._writing.save(number)
        files = {**rendering.files, MANIFEST: manifest(rendering, story, house, agreed)}
        return Prepared(number, story, house, agreed, replace(rendering, files=files), document, waivers)

    def export(
        self,
        number: int,
        profile: str,
        folder: Path,
        *,
        terms: Terms | None = None,
        publication: Publication | None = None,
        waive: str | None = None,
    ) -> Exported:
        """Write a story in the form of a profile into ``folder``, whole or not at all, and enter it in the ledger.

        Raises:
            BlockedError, InputError: see :meth:`prepare`.
            ExportError: the files could not be written; what stood there before is untouched.
        """
        prepared = self.prepare(number, profile, terms, publication=publication, waive=waive)
        rendering = prepared.rendering
        paths = write_files(folder, with_others(folder, rendering.files))
        entry = self.record(prepared, folder=str(folder.resolve()))
        main = folder / rendering.main
        return Exported(stories_changed(number), folder, main, tuple(paths), entry.sha256, rendering.missing, rendering.remarks)

    def record(
        self, prepared: Prepared, *, folder: str = "", destination: str = "", post: str = "", address: str = ""
    ) -> LedgerEntry:
        """Put on record that a prepared story has left, with the reasons that let it pass, and keep its version.

        From now on its slug is fixed. A spiked story stays spiked.
        """
        number, story, rendering = prepared.number, prepared.story, prepared.rendering
        hashes = {name: sha256(data).hexdigest() for name, data in rendering.files.items()}
        with self._store.together():
            for waiver in prepared.waivers:
                self._store.stories.waive(number, waiver)
            entry = LedgerEntry(
                story=number,
                slug=story.slug,
                profile=rendering.profile,
                publication=prepared.publication.name,
                exported=now(),
                folder=folder,
                files=hashes,
                sha256=hashes[rendering.main],
                destination=destination,
                post=post,
                address=address,
                version=prepared.terms.version,
                document=prepared.document,
                kept=self._store.versions.add(number, story, VersionKind.EXPORT, rendering.profile),
            )
            self._store.ledger.add(entry)
            if self._store.stories.entry(number).status != "killed":
                self._store.stories.set_status(number, "exported")
        self._writing.fix_slug(number, story.slug)
        return entry

    def _with_backing(self, story: Story, form: Profile, terms: Terms | None) -> Terms:
        """The terms with what stands behind the story, as far as the form needs it."""
        from workstation.render.rendering import PLAIN  # noqa: PLC0415 - as above

        backing = Backing(self._store)
        items = backing.items(story) if form.needs_items else ()
        return replace(terms or PLAIN, quotes=backing.quotes(story), items=items)

    def _version(self, number: int, document: str) -> int:
        """The number of this text among those that were handed over: the last one's while nothing has changed."""
        entries = self.ledger(number)
        last = entries[-1] if entries else None
        if last is None:
            return 1
        return max(last.version, 1) if last.document == document else max(entry.version for entry in entries) + 1

    def ledger(self, number: int) -> list[LedgerEntry]:
        """What was handed over of a story, oldest first."""
        return self._store.ledger.entries(number)

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
