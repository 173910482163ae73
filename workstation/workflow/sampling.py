"""The sample desk: captured sources of invented outlets and one finished story, so that the first start is not empty."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from workstation import resources
from workstation.domain.changes import NOTHING, Changes
from workstation.domain.item import Capture, ItemState
from workstation.domain.outlet import Outlet, OutletKind
from workstation.domain.picture import Picture
from workstation.domain.quote import Highlight, HighlightKind, Quote
from workstation.domain.story import SignalCard, Story
from workstation.domain.story_document import read_json
from workstation.errors import Cancelled
from workstation.ingest.pictures import read_picture
from workstation.ingest.worker import ReadingWorker
from workstation.store import Store
from workstation.workflow.gathering import IsCancelled, Progress, ignore, never
from workstation.workflow.writing import Writing

FOLDER = "sample"
NOTE = "sample"
AS_LOADED = "sample_items"
"""The note that holds, for each item of the sample desk, what the loading did with it."""
LOADED, REMOVED = "loaded", "removed"


class Sampling:
    """The verbs of the sample desk."""

    def __init__(self, store: Store, worker: ReadingWorker, writing: Writing) -> None:
        self._store = store
        self._worker = worker
        self._writing = writing

    @property
    def is_wanted(self) -> bool:
        """Whether this is a first start: nobody has loaded or removed the sample desk, and nothing was captured or written."""
        return (
            self._store.notes.get(NOTE) is None and not any(self._store.items.counts().values()) and not self._writing.entries()
        )

    @property
    def is_loaded(self) -> bool:
        """Whether the sample desk is there to be removed."""
        return self._store.notes.get(NOTE) == LOADED

    def load(self, *, cancelled: IsCancelled = never, progress: Progress = ignore) -> tuple[Changes, int]:
        """Put the sample desk there; answers with what was touched and the number of the sample story.

        The sources are read by the same readers as any other page. Loading twice makes nothing double.
        """
        folder = resources.path(FOLDER)
        desk = json.loads((folder / "desk.json").read_text(encoding="utf-8"))
        sources = {source["file"]: source for source in desk["sources"]}
        captures: dict[str, Capture] = {}
        for number, source in enumerate(desk["sources"], start=1):
            if cancelled():
                raise Cancelled
            captures[source["file"]] = self._captured(folder, source)
            progress(number, len(desk["sources"]))
        ids = {file: capture.item.id for file, capture in captures.items()}
        with self._store.together():
            added = [capture.item.id for file, capture in captures.items() if self._add(capture, sources[file])]
            self._mark(desk, captures)
            self._remember(added)
            story = self._add_story(folder / desk["story"], ids)
            self._store.notes.set(NOTE, LOADED)
        return Changes(frozenset(ids.values()), frozenset({story})), story

    def remove(self) -> Changes:
        """Take the sample desk away in one step; what the editor made of it stays."""
        if not self.is_loaded:
            return NOTHING
        self._writing.save_all()
        with self._store.together():
            stories = self._store.stories.remove_samples()
            items = self._store.items.remove_samples(keep=self._worked_on())
            self._store.notes.set(NOTE, REMOVED)
        for story in stories:
            self._writing.reread(story)
        return Changes(frozenset(items), frozenset(stories))

    def _captured(self, folder: Path, source: Mapping[str, Any]) -> Capture:
        path = folder / "sources" / source["file"]
        capture = self._worker.read(path.read_bytes(), captured=datetime.fromisoformat(source["captured"]), name=path.name)
        return replace(capture, icon=capture.icon or _picture(folder / source["icon"]))

    def _add(self, capture: Capture, source: Mapping[str, Any]) -> bool:
        """Put a source into the inbox; False when it was there already, which is then left as it is."""
        outlet = Outlet(
            name=source["outlet"],
            domains=tuple(source["domains"]),
            country=source["country"],
            languages=tuple(source["languages"]),
            kind=OutletKind(source["kind"]),
        )
        if not self._store.items.add(capture, sample=True, outlet=outlet):
            return False
        self._store.items.set_state([capture.item.id], ItemState(source["state"]))
        self._store.triage.set_tags({capture.item.id: tuple(source["tags"])})
        return True

    def _remember(self, items: Iterable[str]) -> None:
        """Note what the loading did with these items, to tell the editor's own work from it later."""
        known = json.loads(self._store.notes.get(AS_LOADED) or "{}")
        self._store.notes.set(AS_LOADED, json.dumps(known | {item: self._work_on(item) for item in items}, sort_keys=True))

    def _worked_on(self) -> list[str]:
        """The sample items that are not as the loading left them."""
        known = json.loads(self._store.notes.get(AS_LOADED) or "{}")
        return [item for item, work in known.items() if self._store.items.has(item) and self._work_on(item) != work]

    def _work_on(self, item: str) -> dict[str, Any]:
        """What was done with an item, as JSON has it. To have read it is no work: opening it is enough for that."""
        summary = self._store.items.summary(item)
        state = ItemState.READ if summary.state is ItemState.UNREAD else summary.state
        return {
            "state": state.value,
            "tags": list(summary.tags),
            "highlights": [[h.start, h.end, h.kind.value, h.note] for h in self._store.items.highlights(item)],
            "quotes": [[quote.id, quote.speaker, quote.translation] for quote in self._store.quotes.of_item(item)],
        }

    def _mark(self, desk: Mapping[str, Any], captures: Mapping[str, Capture]) -> None:
        for entry in desk["highlights"]:
            item = captures[entry["source"]].item
            start = item.text.index(entry["exact"])
            if not any(known.start == start for known in self._store.items.highlights(item.id)):
                end = start + len(entry["exact"])
                kind = HighlightKind(entry["kind"])
                self._store.items.add_highlight(
                    Highlight(id=uuid4().hex[:12], item=item.id, start=start, end=end, kind=kind, note=entry["note"])
                )
        known_quotes = self._store.quotes.all_of([entry["id"] for entry in desk["quotes"]])
        for entry in desk["quotes"]:
            if entry["id"] not in known_quotes:
                self._store.quotes.add(_quote(entry, captures[entry["source"]]))

    def _add_story(self, document: Path, ids: Mapping[str, str]) -> int:
        """The sample story with the items of this desk behind its sources; one that is there already is left alone."""
        story = read_json(document.read_bytes()).story
        known = {entry.slug: entry.id for entry in self._writing.entries(include_spiked=True)}
        if story.slug in known:
            return known[story.slug]
        story = replace(story, signals=tuple(_with_items(card, ids.get) for card in story.signals))
        return self._store.stories.add(story, files=_files(document.parent, story), sample=True)


def _with_items(card: SignalCard, id_of: Callable[[str], str | None]) -> SignalCard:
    return replace(card, sources=tuple(replace(s, item=id_of(s.item) if s.item else None) for s in card.sources))


def _files(folder: Path, story: Story) -> dict[str, Picture]:
    return {name: _picture(folder / name) for name in story.files}


def _picture(path: Path) -> Picture:
    return read_picture(path.read_bytes())


def _quote(entry: Mapping[str, Any], capture: Capture) -> Quote:
    start = capture.item.text.index(entry["exact"])
    return Quote(
        id=entry["id"],
        item=capture.item.id,
        start=start,
        end=start + len(entry["exact"]),
        exact=entry["exact"],
        speaker=entry["speaker"],
        translation=entry["translation"],
    )
