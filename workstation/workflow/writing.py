"""Writing: stories and their cards. A story on the screen is a draft; every change of it is a step that can be undone."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Hashable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from time import monotonic
from typing import NoReturn

from workstation.domain.body import Body
from workstation.domain.changes import NOTHING, Changes, stories_changed
from workstation.domain.item import ItemSummary
from workstation.domain.picture import Picture
from workstation.domain.story import Crop, LeadImage, SignalCard, Source, Story, slug_from
from workstation.domain.story_entry import StoryEntry
from workstation.domain.version import VersionKind
from workstation.errors import InputError, NotFoundError, StoreError, WorkstationError
from workstation.ingest.picture_jobs import part_of, picture_of
from workstation.ingest.worker import ReadingWorker
from workstation.store import Store
from workstation.workflow.history import History, Spot, Step
from workstation.workflow.kept_steps import KeptSteps
from workstation.workflow.source_moves import SourcePlace, moved_source
from workstation.workflow.version_watch import VersionWatch

UNTITLED = "untitled"


@dataclass(slots=True)
class _Draft:
    """A story as it stands on the screen, its pictures, its history, and whether the store has it yet."""

    story: Story
    files: Mapping[str, Picture]
    slug_is_fixed: bool
    kept: KeptSteps
    history: History
    watch: VersionWatch = field(default_factory=VersionWatch)
    shown: int = 0
    """How often another state came on the screen, and the number of the one that the store has for certain."""
    saved: int = 0

    @property
    def unsaved(self) -> bool:
        """Also while a saving is on its way: what may still fail is not saved."""
        return self.shown != self.saved


@dataclass(frozen=True, slots=True)
class Stepped:
    """What undo or redo came to, and where to put the caret."""

    changes: Changes
    label: str
    spot: Spot


class Writing:
    """The verbs of the story editor. Stories are named by their number in the store."""

    def __init__(self, store: Store, clock: Callable[[], float] = monotonic, worker: ReadingWorker | None = None) -> None:
        """``worker`` reads the pictures that the editor brings; without one they are read in this process."""
        self._store = store
        self._worker = worker
        self._clock = clock
        self._drafts: dict[int, _Draft] = {}
        self._lock = threading.RLock()
        self._saving = threading.Lock()

    # --- the shelf of stories --------------------------------------------------------------------------------------

    def entries(self, *, include_spiked: bool = False) -> list[StoryEntry]:
        """The stories of the desk, last changed first."""
        return self._store.stories.entries(include_spiked=include_spiked)

    def id_of(self, slug: str) -> int:
        """The number of the story with this slug."""
        with self._lock:
            for number, draft in self._drafts.items():
                if draft.story.slug.casefold() == slug.casefold():
                    return number
        return self._store.stories.id_of(slug)

    def story(self, number: int) -> Story:
        """A story as it stands on the screen, unsaved words included."""
        return self._draft(number).story

    def card(self, number: int, key: str) -> SignalCard:
        """A card of a story as it stands on the screen.

        Raises:
            NotFoundError: the story has no such card any more.
        """
        story = self.story(number)
        position = story.position(key)
        if position is None:
            raise NotFoundError("The card is gone", "It was removed from the story meanwhile; undo brings it back.")
        return story.signals[position]

    def files(self, number: int) -> Mapping[str, Picture]:
        """The pictures of a story by the names that it uses."""
        return self._draft(number).files

    def slug_is_fixed(self, number: int) -> bool:
        """Whether the story was exported, so that its slug stays."""
        return self._draft(number).slug_is_fixed

    def new(self, headline: str = "") -> int:
        """Begin a story with one empty card."""
        slug = self._free_slug(slug_from(headline) if headline else UNTITLED)
        return self._store.stories.add(Story(slug=slug, headline=headline, signals=(SignalCard(),)))

    def begin(self, story: Story, files: Mapping[str, Picture]) -> int:
        """Begin a story as a draft with what ``story`` holds already, under a slug of its own."""
        return self._store.stories.add(replace(story, slug=self._free_slug(UNTITLED)), files=dict(files))

    def take_in(self, story: Story, files: Mapping[str, Picture]) -> int:
        """Keep ``story`` as a new one with its pictures, under its own slug or one like it."""
        return self._store.stories.add(replace(story, slug=self._free_slug(story.slug)), files=dict(files))

    def duplicate(self, number: int) -> int:
        """A copy of a story with its pictures, as a new draft: it was never handed over, so it has no dateline or correction."""
        story = self.story(number)
        undated = replace(story, first_published=None, updated=None, corrections=())
        copy = replace(undated, slug=self._free_slug(story.slug), headline=f"{story.headline} (copy)".strip())
        return self._store.stories.add(copy, files=dict(self.files(number)))

    def rename(self, number: int, slug: str, *, merge: Hashable | None = None) -> Changes:
        """Give a story another slug; one that was exported under another than it bears gets that one back, and no other.

        ``merge`` is that of :meth:`edit`: the slugs on the way to one that is typed are one step.

        Raises:
            InputError: it was exported under its slug, or the slug is taken.
        """
        draft = self._draft(number)
        handed_over = next((entry.slug for entry in self._store.ledger.entries(number)), None)
        wanted = slug if slug == handed_over else slug_from(slug)
        if wanted == draft.story.slug:
            return NOTHING
        if draft.slug_is_fixed and wanted != handed_over:
            raise InputError(
                "The slug stays",
                f"The story was exported as “{handed_over or draft.story.slug}”; what it is called there is fixed.",
            )
        if self._free_slug(wanted, number) != wanted:
            raise InputError("The slug is taken", f"Another story is called “{wanted}”. Choose another slug.")
        return self.edit(number, replace(draft.story, slug=wanted), label="Change of slug", spot=Spot("slug"), merge=merge)

    def spike(self, number: int) -> Changes:
        """Take a story off the list; it is kept and can come back."""
        self.save(number)
        self._store.stories.set_status(number, "killed")
        return stories_changed(number)

    def bring_back(self, number: int) -> Changes:
        """Put a spiked story on the list again, as the exported story or the draft that it was."""
        exported = bool(self._store.ledger.entries(number))
        self._store.stories.set_status(number, "exported" if exported else "draft")
        return stories_changed(number)

    # --- editing ---------------------------------------------------------------------------------------------------

    def edit(self, number: int, story: Story, *, label: str, spot: Spot, merge: Hashable | None = None) -> Changes:
        """Put ``story`` in the place of the one on the screen, as a step that can be undone.

        Steps with the same ``merge`` that follow closely become one. The slug follows the headline until the first
        export, unless the editor chose it.
        """
        self._store.require_writable()
        with self._lock:
            draft = self._draft(number)
            if story == draft.story:
                return NOTHING
            story = self._with_following_slug(number, draft, story)
            draft.history.add(Step(draft.story, story, label, spot, merge, self._clock()))
            self._show(draft, story)
        return stories_changed(number)

    def change(
        self, number: int, change: Callable[[Story], Story], *, label: str, spot: Spot, merge: Hashable | None = None
    ) -> Changes:
        """Like :meth:`edit`, with ``change`` of the story as it stands then: for verbs beside the thread that types."""
        with self._lock:
            return self.edit(number, change(self.story(number)), label=label, spot=spot, merge=merge)

    def undo(self, number: int) -> Stepped | None:
        """Take the last step back."""
        self._store.require_writable()
        with self._lock:
            draft = self._draft(number)
            step = draft.history.undo(draft.story)
            if step is None:
                return None
            self._show(draft, self._with_own_slug(number, draft, step.before))
        return Stepped(stories_changed(number), step.label, step.spot)

    def redo(self, number: int) -> Stepped | None:
        """Do the last undone step again."""
        self._store.require_writable()
        with self._lock:
            draft = self._draft(number)
            step = draft.history.redo(draft.story)
            if step is None:
                return None
            self._show(draft, self._with_own_slug(number, draft, step.after))
        return Stepped(stories_changed(number), step.label, step.spot)

    def undo_label(self, number: int) -> str | None:
        """What undo would take back, or None."""
        return self._draft(number).history.undo_label

    def redo_label(self, number: int) -> str | None:
        """What redo would do again, or None."""
        return self._draft(number).history.redo_label

    def add_card(self, number: int, at: int | None = None, *, merge: Hashable | None = None) -> tuple[Changes, str]:
        """Put an empty card in at index ``at`` (at the end by default); answers with its key."""
        card = SignalCard()
        story = self.story(number).with_card(card, at)
        return self.edit(number, story, label="New card", spot=Spot("headline", card.key), merge=merge), card.key

    def remove_card(self, number: int, key: str) -> Changes:
        """Take a card out of the story; undo brings it back."""
        return self.edit(number, self.story(number).without_card(key), label="Removal of a card", spot=Spot("headline", key))

    def move_card(self, number: int, key: str, to: int) -> Changes:
        """Move a card to index ``to`` among the others."""
        return self.edit(number, self.story(number).with_moved_card(key, to), label="Move of a card", spot=Spot("headline", key))

    def park_card(self, number: int, key: str) -> Changes:
        """Take a card out of the story and keep it beside it, where it is neither printed nor reviewed."""
        return self.edit(number, self.story(number).with_parked_card(key), label="Parking of a card", spot=Spot("headline", key))

    def bring_back_card(self, number: int, key: str, at: int | None = None) -> Changes:
        """Put a parked card into the story again, at index ``at`` (at the end by default)."""
        story = self.story(number).with_card_back(key, at)
        return self.edit(number, story, label="Return of a parked card", spot=Spot("headline", key))

    def remove_parked_card(self, number: int, key: str) -> Changes:
        """Take a parked card away; undo brings it back."""
        story = self.story(number).without_parked_card(key)
        return self.edit(number, story, label="Removal of a parked card", spot=Spot("parked", key))

    def move_source(self, number: int, place: SourcePlace, to: SourcePlace, *, copy: bool = False) -> Changes:
        """Put a source of one card before the source at ``to`` of the same or of another card, or a copy of it there.

        A card that has the source already does not get it twice; within one card nothing is copied.

        Raises:
            NotFoundError: one of the cards is gone.
        """
        story, changed = (
            self.story(number),
            moved_source(self.card(number, place.card), self.card(number, to.card), place, to, copy),
        )
        for card in changed:
            story = story.with_changed_card(card)
        label = "Order of sources" if place.card == to.card else "Copy of a source" if copy else "Move of a source"
        return self.edit(number, story, label=label, spot=Spot("sources", to.card))

    def add_source(self, number: int, key: str, item: str, *, merge: Hashable | None = None) -> Changes:
        """Name an inbox item as a source of a card; once is enough, whichever version of its page it is."""
        card = self.card(number, key)
        same = {item, *self._store.groups.siblings(item)}
        if any(source.item in same for source in card.sources):
            return NOTHING
        source = self._source_of(number, self._store.items.summary(item))
        story = self.story(number).with_changed_card(replace(card, sources=(*card.sources, source)))
        return self.edit(number, story, label="New source", spot=Spot("sources", key), merge=merge)

    def set_lead_image(self, number: int, data: bytes, name: str) -> Changes:
        """Put a picture above The News; what was said of the old one stays where there was one.

        Raises:
            InputError: the bytes are not a picture that a page can show.
        """
        picture = picture_of(self._worker, data)
        file = self._put_file(number, f"{slug_from(PurePath(name).stem)}.{picture.extension}", picture)
        with self._lock:  # this is called beside the window's thread, where the typing goes on
            story = self.story(number)
            kept = story.lead_image
            image = replace(kept, file=file, original=None, crop=None) if kept else LeadImage(file=file)
            return self.edit(number, replace(story, lead_image=image), label="Lead image", spot=Spot("lead_image"))

    def crop_lead_image(self, number: int, crop: Crop | None) -> Changes:
        """Print a part of the lead image, cut anew from the whole picture, which is kept; None prints the whole one again.

        Raises:
            InputError: there is no lead image, its picture is missing or cannot be read, or it was replaced meanwhile.
        """
        whole = _whole_file(self.story(number).lead_image)
        picture = self.files(number).get(whole)
        if picture is None:
            raise InputError("The picture was not cropped", "The story has no lead image whose picture is there. Bring it again.")
        file = whole
        if crop is not None:
            part = part_of(self._worker, picture.data, crop)
            file = self._put_file(number, f"{PurePath(whole).with_suffix('')}-crop.{part.extension}", part)
        with self._lock:  # this is called beside the window's thread, where the typing goes on
            story = self.story(number)
            if story.lead_image is None or _whole_file(story.lead_image) != whole:
                raise InputError("The picture was not cropped", "It was replaced meanwhile. Crop the new one.")
            image = replace(story.lead_image, file=file, original=whole if crop else None, crop=crop)
            return self.edit(number, replace(story, lead_image=image), label="Crop", spot=Spot("lead_image"))

    def keep_file(self, number: int, wanted: str, picture: Picture) -> str:
        """Keep a picture with a story under ``wanted``, or a name like it that no other one bears; answers with the name."""
        return self._put_file(number, wanted, picture)

    def bring_files(self, number: int, files: Mapping[str, Picture]) -> None:
        """Keep pictures with a story under the names that it gives them, as far as it has none of that name."""
        for name, picture in files.items():
            with self._lock:
                draft = self._draft(number)
                if name in draft.files:
                    continue
                draft.files = {**draft.files, name: picture}
            self._store.stories.put_file(number, name, picture)

    def _source_of(self, number: int, item: ItemSummary) -> Source:
        icon = None
        if item.icon:
            picture = self._store.pictures.get(item.icon)
            icon = self._put_file(number, f"icons/{slug_from(item.outlet)}.{picture.extension}", picture)
        return Source(name=item.outlet or item.title, url=item.url, icon=icon, item=item.id)

    def pasted(self, html: str) -> Body:
        """Foreign HTML as a body: its words and the few marks that a story has."""
        from workstation.ingest.pasting import read_pasted  # noqa: PLC0415 - keeps it off the start

        return read_pasted(html)

    # --- keeping ---------------------------------------------------------------------------------------------------

    @property
    def has_unsaved(self) -> bool:
        """Whether words are on the screen that the store does not have yet."""
        return bool(self.unsaved())

    def save(self, number: int, beside: Callable[[], object] | None = None) -> bool:
        """Write a story to the store when it changed; answers whether there was anything to write. Any thread may call it.

        ``beside`` writes what belongs to it into the same transaction; it is called also when there was nothing to write.

        Raises:
            StoreError: it could not be written; it stays unsaved and can be saved again.
        """
        with self._saving:  # two savings in another order would put the older words over the newer ones
            with self._lock:
                draft = self._drafts.get(number)
                if draft is None or not draft.unsaved:
                    if beside is not None:
                        beside()
                    return False
                story, shown = draft.story, draft.shown
                plan = draft.kept.plan(story, draft.history.done, draft.history.undone)
                versions = draft.watch.due(story, self._clock())
            try:
                with self._store.together():  # a kill leaves the document with its steps and versions, or none of them
                    for version in versions:
                        self._store.versions.add(number, version, VersionKind.AUTOMATIC, only_if_new=True)
                    self._store.stories.save(number, story)
                    kept = draft.kept.write(plan)
                    if beside is not None:
                        beside()
            except BaseException:
                draft.watch.put_back(versions)
                raise
            draft.saved = max(draft.saved, shown)
            if kept is not None:
                draft.kept.settle(kept)
        return True

    def unsaved(self) -> list[int]:
        """The numbers of the stories whose words on the screen the store does not have."""
        with self._lock:
            return [number for number, draft in self._drafts.items() if draft.unsaved]

    def opened(self) -> list[int]:
        """The numbers of the stories that were opened since the start."""
        with self._lock:
            return list(self._drafts)

    def is_new_since_version(self, number: int) -> bool:
        """Whether a story was changed since its last version was kept, as far as this start of the program knows."""
        with self._lock:
            return number in self._drafts and self._drafts[number].watch.changed

    def version_kept(self, number: int, story: Story) -> None:
        """A version of ``story`` was kept; the next one by itself is due a while later."""
        with self._lock:
            if number in self._drafts and self._drafts[number].story is story:
                self._drafts[number].watch.settled(self._clock())

    def abandon(self, numbers: Iterable[int]) -> None:
        """The editor leaves these stories as the store has them; no later saving tries their words again."""
        with self._lock:
            for number in numbers:
                if number in self._drafts:
                    self._drafts[number].saved = self._drafts[number].shown
                    self._drafts[number].watch.settled(self._clock())

    def save_all(self) -> list[int]:
        """Write every changed story to the store; answers with their numbers. One that fails does not keep the others out.

        Raises:
            StoreError: at the end, when one could not be written; the detail names the stories that are still unsaved.
            InputError: the same, when the first of them has to be mended by hand, as when its slug is taken.
        """
        saved: list[int] = []
        failures: dict[int, Exception] = {}
        for number in self.unsaved():
            try:
                if self.save(number):
                    saved.append(number)
            except Exception as error:  # raised at the end, when no story waits behind it any more
                failures[number] = error
        if failures:
            self._tell(failures)
        return saved

    def _tell(self, failures: Mapping[int, Exception]) -> NoReturn:
        """Raise the first of the failures with the names of all the stories that failed."""
        named = ", ".join(f"“{self._name(number)}”" for number in failures)
        error = next(iter(failures.values()))
        if not isinstance(error, WorkstationError):
            error.add_note(f"These stories are not saved: {named}.")
            raise error
        kind = type(error) if isinstance(error, (InputError, StoreError)) else StoreError
        raise kind(error.title, f"Not saved: {named}. {error.detail}".strip()) from error

    def _name(self, number: int) -> str:
        story = self.story(number)
        return story.headline.strip() or story.slug

    def reread(self, number: int) -> None:
        """Forget the draft of a story, because its row was written by another verb."""
        with self._lock:
            self._drafts.pop(number, None)

    def fix_slug(self, number: int, slug: str) -> None:
        """The story was exported as ``slug``: that stays from now on, whatever was typed meanwhile."""
        with self._lock:
            draft = self._draft(number)
            draft.slug_is_fixed = True
            if draft.story.slug != slug:
                self._show(draft, replace(draft.story, slug=slug))

    def _show(self, draft: _Draft, story: Story) -> None:
        draft.watch.notice(draft.story, story)
        draft.story = story
        draft.shown += 1

    def _draft(self, number: int) -> _Draft:
        with self._lock:
            if number not in self._drafts:
                exported = bool(self._store.ledger.entries(number))
                kept = KeptSteps(self._store, number, self._store.stories.get(number))
                files = dict(self._store.stories.files(number))
                self._drafts[number] = _Draft(kept.story, files, exported, kept, History(kept))
            return self._drafts[number]

    def _with_following_slug(self, number: int, draft: _Draft, story: Story) -> Story:
        """The slug goes with the headline while it still is the one made from it."""
        old = draft.story
        made = _is_made_from(old.slug, UNTITLED) or _is_made_from(old.slug, slug_from(old.headline))
        if draft.slug_is_fixed or story.headline == old.headline or story.slug != old.slug or not made:
            return story
        wanted = slug_from(story.headline) if story.headline.strip() else UNTITLED
        return replace(story, slug=self._free_slug(wanted, number))

    def _with_own_slug(self, number: int, draft: _Draft, story: Story) -> Story:
        """A story of the history under a slug that it may bear now: the fixed one, or one that no other story took meanwhile."""
        if draft.slug_is_fixed or story.slug == draft.story.slug:
            return replace(story, slug=draft.story.slug)
        return replace(story, slug=self._free_slug(story.slug, number))

    def _free_slug(self, wanted: str, own: int | None = None) -> str:
        """``wanted``, with a number behind it when a story other than ``own`` bears it, on the screen or in the store."""
        with self._lock:
            drafts = {number: draft.story.slug for number, draft in self._drafts.items()}
        stored: Mapping[int, str] = {}
        with suppress(StoreError):  # a disk that cannot be read keeps no word off the screen; the saving tells the rest
            stored = self._store.stories.slugs()
        taken = {slug for slugs in (drafts, stored) for number, slug in slugs.items() if number != own}
        return _first_free(wanted, taken)

    def _put_file(self, number: int, wanted: str, picture: Picture) -> str:
        """Keep a picture with a story under ``wanted``, or a name like it that no other one bears; answers with the name."""
        stem, _, ending = wanted.rpartition(".")
        with self._lock:  # two pictures of one name may come at once
            draft = self._draft(number)
            taken = {name.rpartition(".")[0] for name, known in draft.files.items() if known.sha256 != picture.sha256}
            name = f"{_first_free(stem, taken)}.{ending}"
            draft.files = {**draft.files, name: picture}  # never changed in place: a page may be rendered of it in another thread
        self._store.stories.put_file(number, name, picture)
        return name


def _whole_file(image: LeadImage | None) -> str:
    """The name of the whole picture behind a lead image, cropped or not."""
    return (image.original or image.file) if image else ""


def _is_made_from(slug: str, made: str) -> bool:
    """Whether ``slug`` is ``made``, perhaps with the number that tells it from another one."""
    return re.fullmatch(rf"{re.escape(made)}(-\d{{1,2}})?", slug) is not None


def _first_free(wanted: str, taken: Iterable[str]) -> str:
    """``wanted``, with a number behind it when it is taken; like the store, without regard to capital letters."""
    known = {name.casefold() for name in taken}
    if wanted.casefold() not in known:
        return wanted
    number = 2
    while f"{wanted}-{number}".casefold() in known:
        number += 1
    return f"{wanted}-{number}"
