"""Revisiting: has a source changed since it was captured? What it says now is kept as a dated version; nothing is overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from workstation.domain.changes import NOTHING, Changes, items_changed
from workstation.domain.grouping import ItemVersion, Kept
from workstation.domain.item import Capture, Item, item_id
from workstation.domain.revisit import Outcome, Revisited
from workstation.domain.same_words import is_excerpt
from workstation.domain.web_address import canonical, same_page
from workstation.domain.word_diff import PartDiff, diff_words
from workstation.domain.wording import shortened
from workstation.errors import FetchError, InputError, ReadError
from workstation.ingest.fetch import MissingError
from workstation.store import Store
from workstation.workflow.gathering import Gathering, IsCancelled, Progress, ignore, never, now
from workstation.workflow.writing import Writing

_MOVED_SHARE = 0.6
"""A page that was fetched from another address than it was captured at is the same one when so many of its lines are known."""


@dataclass(frozen=True, slots=True)
class Revisit:
    """What was touched, and the answer for each source that was asked, in the order in which they were asked."""

    changes: Changes
    answers: tuple[Revisited, ...]

    @property
    def message(self) -> str:
        """All of it in one or two sentences."""
        if len(self.answers) == 1:
            return self.answers[0].told
        counts = {outcome: [a for a in self.answers if a.outcome is outcome] for outcome in Outcome}
        told = f"{len(self.answers)} sources asked: {len(counts[Outcome.UNCHANGED])} unchanged"
        words = {Outcome.CHANGED: "changed", Outcome.GONE: "gone", Outcome.UNKNOWN: "not reached"}
        told += "".join(f", {len(counts[outcome])} {word}" for outcome, word in words.items() if counts[outcome])
        first = next((a for outcome in words for a in counts[outcome]), None)
        return f"{told}. {first.told}" if first else f"{told}."

    @property
    def tone(self) -> str:
        """How the message is to be said."""
        return "good" if all(answer.outcome is Outcome.UNCHANGED for answer in self.answers) else "warn"


class Revisiting:
    """The verbs that go back to sources. They fetch, so they are slow: call them beside the window's thread."""

    def __init__(self, store: Store, gathering: Gathering, writing: Writing) -> None:
        self._store = store
        self._gathering = gathering
        self._writing = writing

    def revisit(self, item: str, *, cancelled: IsCancelled = never, progress: Progress = ignore) -> Revisit:
        """Ask the source of an item again; other words than the newest version has become a new version.

        Raises:
            InputError: the item has no web address.
            Cancelled: the editor cancelled it; nothing was kept.
        """
        source = self._store.items.get(item)
        if canonical(source.url) is None or source.url is None:
            raise InputError("This source cannot be asked again", "It has no web address: it came from a file or was pasted.")
        moment = now()
        try:
            capture = self._gathering.fetched(source.url, cancelled=cancelled, progress=progress)
        except MissingError as error:
            return self._answer(item, Outcome.GONE, f"{_name(source)} is gone: {error.detail} {_STAYS}", moment)
        except (FetchError, ReadError) as error:
            told = f"{_name(source)} could not be compared. {error.title}. {error.detail} {_STAYS}"
            return self._answer(item, Outcome.UNKNOWN, told, moment)
        newest = self._store.items.get(self._newest(item))
        if not same_page(capture.item.url, source.url) and not _is_moved(capture.item, newest):
            told = f"{_name(source)} is gone: its address leads to another page now ({capture.item.url}). {_STAYS}"
            return self._answer(item, Outcome.GONE, told, moment)
        return self._kept(item, newest, _at(capture, source.url), moment)

    def revisit_story(self, number: int, *, cancelled: IsCancelled = never, progress: Progress = ignore) -> Revisit:
        """Ask the sources of a story again, each once.

        Raises:
            InputError: none of its sources is in the inbox with an address.
            Cancelled: the editor cancelled it; what was asked before stays.
        """
        items = [item for item in self._writing.story(number).item_ids if self._store.items.has(item)]
        return self.revisit_all([item for item in items if self._store.items.summary(item).url], progress, cancelled)

    def revisit_all(self, items: Sequence[str], progress: Progress = ignore, cancelled: IsCancelled = never) -> Revisit:
        """Ask the sources of several items again; versions of one address are asked once.

        Raises:
            InputError: there is none.
        """
        chosen = {canonical(self._store.items.summary(item).url): item for item in reversed(items)}
        wanted = [item for item in items if item in chosen.values()]
        if not wanted:
            raise InputError("Nothing was asked again", "None of these sources has a web address and stands in the inbox.")
        changes = NOTHING
        answers: list[Revisited] = []
        for done, item in enumerate(wanted, start=1):
            found = self.revisit(item, cancelled=cancelled)
            changes |= found.changes
            answers.extend(found.answers)
            progress(done, len(wanted))
        return Revisit(changes, tuple(answers))

    # --- versions --------------------------------------------------------------------------------------------------

    def versions(self, item: str) -> list[ItemVersion]:
        """The dated versions of an item's address, newest first."""
        return self._store.groups.versions(item)

    def compare(self, old: str, new: str) -> tuple[PartDiff, ...]:
        """What changed from one version to another, part by part and word by word."""
        before, after = self._store.items.get(old), self._store.items.get(new)
        parts = (
            PartDiff("Headline", "headline", diff_words(before.title, after.title)),
            PartDiff("Author", "author", diff_words(before.author or "", after.author or "")),
            PartDiff("Published", "published", diff_words(before.published or "", after.published or "")),
            PartDiff("Text", "news", diff_words(before.text, after.text)),
        )
        return tuple(part for part in parts if part.pieces)

    def looked_at(self, item: str) -> Changes:
        """The editor has seen that the source changed."""
        return items_changed(item) if self._store.groups.looked_at(item) else NOTHING

    # --- parts -----------------------------------------------------------------------------------------------------

    def _kept(self, item: str, newest: Item, capture: Capture, moment: datetime) -> Revisit:
        kept: Kept = self._store.items.keep_all([capture])[0]
        if not kept.is_new:
            told = f"Unchanged: {_name(newest)} says what it said when it was captured ({_day(newest.captured)})."
            if kept.id != newest.id:
                told = f"{_name(newest)} says again what it said on {_day(self._store.items.get(kept.id).captured)}."
            return self._answer(item, Outcome.UNCHANGED, told, moment)
        told = f"{_name(newest)} has changed since {_day(newest.captured)}. Both versions are kept."
        return self._answer(item, Outcome.CHANGED, told, moment, kept.id, newest.id)

    def _answer(self, item: str, outcome: Outcome, told: str, moment: datetime, *touched: str) -> Revisit:
        answer = Revisited(item, outcome, self._newest(item), told, moment)
        return Revisit(items_changed(item, *touched), (answer,))

    def _newest(self, item: str) -> str:
        return self._store.groups.versions(item)[0].id


_STAYS = "What was captured stays."


def _is_moved(found: Item, known: Item) -> bool:
    """Whether a page at another address is the one that was captured: most of its lines are known."""
    lines = [line for line in found.text.split("\n") if len(line) > 20]
    same = sum(line in known.text for line in lines)
    return is_excerpt(known.text, found.text) or (bool(lines) and same >= _MOVED_SHARE * len(lines))


def _at(capture: Capture, url: str) -> Capture:
    """The capture as one of the address that was asked, so that it is a version of what was captured there."""
    if same_page(capture.item.url, url):
        return capture
    return replace(capture, item=replace(capture.item, url=url, id=item_id(capture.original, url)))


def _name(item: Item) -> str:
    title = " ".join(item.title.split())
    return f"“{shortened(title, 60)}”" if title else "The source"


def _day(moment: datetime) -> str:
    local = moment.astimezone()
    return f"{local.day} {local:%b %Y, %H:%M}"
