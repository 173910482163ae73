"""Grouping: the same story from many outlets under one row, by itself and by hand, and taken apart again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workstation.domain.changes import NOTHING, Changes, items_changed
from workstation.domain.grouping import Place, Tie
from workstation.domain.item import ItemSummary
from workstation.errors import InputError
from workstation.store import Store
from workstation.store.likenesses import Likely, days_apart
from workstation.workflow.gathering import IsCancelled, Progress, ignore, never

if TYPE_CHECKING:
    from workstation.domain.likeness import PrintIndex, Shingles

MOST_COMPARED = 150_000
"""The newest items, beyond which nobody waits for a copy."""
WINDOW_DAYS = 14
"""A story is copied within days."""
AT_ONCE = 1_000
_DAY = 24 * 60 * 60 * 1000
_SHINGLES_KEPT = 12_000
_MATES_READ = 8
_LOOK = 50


@dataclass(frozen=True, slots=True)
class Grouped:
    """What a grouping touched, the places that the items had before, and those that they have now.

    :meth:`Grouping.set_heads` with them takes it back.
    """

    changes: Changes
    before: Mapping[str, Place]
    after: Mapping[str, Place]


class Grouping:
    """The verbs of rows that hold several items."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._comparing = threading.Lock()
        self._index: PrintIndex | None = None
        self._since = 0
        self._shingles: OrderedDict[int, Shingles] = OrderedDict()

    # --- by hand ---------------------------------------------------------------------------------------------------

    def members(self, item: str) -> list[ItemSummary]:
        """The items of the row that ``item`` stands in, the listed one first."""
        return [self._store.items.summary(id) for id in self._store.groups.members(item)]

    def place(self, item: str) -> Place:
        """Where an item is listed."""
        return self._store.groups.place(item)

    def merge(self, ids: Sequence[str], head: str) -> Grouped:
        """List the items, with what stands under them already, under ``head``.

        Raises:
            InputError: there are not two of them.
        """
        with self._store.together():
            everything = {member for id in (*ids, head) for member in self._store.groups.members(id)}
            if len(everything) < 2 or len(set(ids) | {head}) < 2:
                raise InputError("Nothing was grouped", "Select two sources or more (X, or Shift and Ctrl with a click).")
            places = {id: Place(head, self._tie(id, head)) for id in everything if id != head}
            return self._placed({**places, head: Place()})

    def take_apart(self, ids: Sequence[str]) -> Grouped:
        """Give each of the items a row of its own again; the listed one of a group lets all the others go.

        Those that are taken apart are never grouped by themselves again. Versions of one address stay together.
        """
        with self._store.together():
            places: dict[str, Place] = {}
            for id in ids:
                group = self._store.groups.members(id)
                leaving = [id] if id != group[0] else group[1:]
                for one in leaving:
                    places.update(self._own_row(one, group))
                self._store.groups.keep_apart(leaving, group)
            if not places:
                raise InputError("Nothing was taken apart", "This source stands in a row of its own.")
            return self._placed(places)

    def make_head(self, item: str) -> Grouped:
        """List an item in the place of the one that it stands under."""
        return self.merge(self._store.groups.members(item), item)

    def set_heads(self, places: Mapping[str, Place], left: Mapping[str, Place] | None = None) -> Grouped:
        """List each item where ``places`` says, such as where it stood before; the answer takes that back.

        ``left`` says where a grouping left the items: a version that has taken the row of one of them since goes in its place.
        """
        with self._store.together():
            return self._placed(self._as_succeeded(places, left or {}))

    def _as_succeeded(self, places: Mapping[str, Place], left: Mapping[str, Place]) -> dict[str, Place]:
        heirs = {id: heir for id in left if (heir := self._heir(id, left))}
        result: dict[str, Place] = {}
        for id, place in places.items():
            head, heir = heirs.get(place.head or "", place.head), heirs.get(id)
            result[id] = Place(head, place.tie)
            if heir is not None and heir not in places:
                result[heir] = Place(head, place.tie)
                result[id] = result[heir] if head else Place(heir, Tie.VERSION)
        return result

    def _heir(self, id: str, left: Mapping[str, Place]) -> str | None:
        """The newest version that came in since a grouping ``left`` the item, and that stands where it stood."""
        place = self._store.groups.place(id)
        for version in self._store.groups.versions(id):
            if version.id == id:
                return None
            stands = self._store.groups.place(version.id).head
            if version.id not in left and (place == Place(version.id, Tie.VERSION) or (stands and stands == place.head)):
                return version.id
        return None

    def _placed(self, places: Mapping[str, Place]) -> Grouped:
        before = self._store.groups.set_places(places)
        heads = {place.head for place in (*before.values(), *places.values()) if place.head}
        return Grouped(items_changed(*places, *heads), before, places)

    def _tie(self, id: str, head: str) -> Tie:
        """Versions stay versions, and copies that stood under the same head copies; what the editor puts there is merged."""
        if id in self._store.groups.siblings(head):
            return Tie.VERSION
        place = self._store.groups.place(id)
        return place.tie if place.head == head and place.tie else Tie.MERGED

    def _own_row(self, id: str, group: Sequence[str]) -> dict[str, Place]:
        """The places that give an item a row of its own; the other versions in its group go with it, unless one is listed."""
        place = self._store.groups.place(id)
        if place.tie is Tie.VERSION:
            return {id: Place()}
        versions = set(self._store.groups.siblings(id)) & set(group[1:])
        return {id: Place(), **{version: Place(id, Tie.VERSION) for version in versions}}

    # --- by itself -------------------------------------------------------------------------------------------------

    def group_new(self, ids: Sequence[str], *, cancelled: IsCancelled = never) -> Changes:
        """Put items that have just arrived under copies of them; those that were looked at already are passed over."""
        return self._compare(self._store.likenesses.numbers(ids), cancelled, ignore)

    def waiting(self) -> int:
        """How many sources were not compared yet."""
        return len(self._store.likenesses.waiting(MOST_COMPARED))

    def group_all(self, *, cancelled: IsCancelled = never, progress: Progress = ignore) -> Changes:
        """Compare whatever was not compared yet; what is done stays done when it is cancelled or killed."""
        return self._compare(self._store.likenesses.waiting(MOST_COMPARED), cancelled, progress)

    def _compare(self, numbers: Sequence[int], cancelled: IsCancelled, progress: Progress) -> Changes:
        changes = NOTHING
        with self._comparing:
            for start in range(0, len(numbers), AT_ONCE):
                some = numbers[start : start + AT_ONCE]
                try:
                    moved = self._compare_some(some, cancelled)
                except BaseException:
                    self._index = None  # it may know what was not kept
                    raise
                if moved is None:
                    break
                changes |= items_changed(*moved)
                progress(start + len(some), len(numbers))
        return changes

    def _compare_some(self, numbers: Sequence[int], cancelled: IsCancelled) -> list[str] | None:
        """Compare items with those before them; the ids that moved, or None when it was cancelled and nothing was kept."""
        import numpy as np  # noqa: PLC0415 - a quarter of a second that no start waits for

        from workstation.domain.likeness import BANDS, print_of, shingles_of_all  # noqa: PLC0415 - the same

        items = self._store.likenesses.read(numbers)
        prints = np.zeros((len(items), BANDS), np.uint32)
        for at, (item, shingles) in enumerate(zip(items, shingles_of_all([item.text for item in items]), strict=True)):
            if at % _LOOK == 0 and cancelled():
                return None
            prints[at] = print_of(self._remembered(item.number, shingles))
        index = self._known(min(numbers))
        index.add([item.number for item in items], prints)
        found = index.alike(prints)
        mates: dict[int, list[int]] = {}
        order = {item.number: at for at, item in enumerate(items)}
        for at, (item, others) in enumerate(zip(items, found, strict=True)):
            if at % _LOOK == 0 and cancelled():
                self._index = None
                return None
            earlier = [other for other in others if order.get(other, -1) < at and other != item.number]
            mates[item.number] = self._copies(item, earlier)
        return self._store.likenesses.keep(
            {item.number: prints[at].astype("<u4").tobytes() for at, item in enumerate(items)},
            {number: copies for number, copies in mates.items() if copies},
        )

    def _copies(self, item: Likely, others: Sequence[int]) -> list[int]:
        """Those of the others that are the same story, the most alike first."""
        from workstation.domain.likeness import likeness, same_story, shingles_of  # noqa: PLC0415 - see _compare_some

        near = [other for other in others if days_apart(other, item.number) <= WINDOW_DAYS][:_MATES_READ]
        found: list[tuple[float, int]] = []
        for other in self._store.likenesses.read(near) if near else ():
            known = self._shingles.get(other.number)
            theirs = self._remembered(other.number, shingles_of(other.text)) if known is None else known
            alike = likeness(self._shingles[item.number] if item.number in self._shingles else shingles_of(item.text), theirs)
            if same_story(alike, one_outlet=_one_outlet(item, other), published=(item.published, other.published)):
                found.append((-alike.shared, other.number))
        return [number for _, number in sorted(found)]

    def _remembered(self, number: int, shingles: Shingles) -> Shingles:
        self._shingles[number] = shingles
        if len(self._shingles) > _SHINGLES_KEPT:
            self._shingles.popitem(last=False)
        return shingles

    def _known(self, first: int) -> PrintIndex:
        """The index of what was compared already, from the window before the item ``first`` on."""
        import numpy as np  # noqa: PLC0415 - see _compare_some

        from workstation.domain.likeness import BANDS, PrintIndex  # noqa: PLC0415 - the same

        since = first - WINDOW_DAYS * _DAY
        if self._index is None or since < self._since or len(self._index) > 2 * MOST_COMPARED:
            numbers, packed = self._store.likenesses.prints(since, MOST_COMPARED)
            self._index, self._since = PrintIndex(), since
            self._index.add(numbers, np.frombuffer(packed, "<u4").reshape(-1, BANDS).astype(np.uint32))
        return self._index


def _one_outlet(one: Likely, other: Likely) -> bool:
    if one.domain and other.domain:
        return one.domain == other.domain
    return bool(one.outlet) and one.outlet.casefold() == other.outlet.casefold()
