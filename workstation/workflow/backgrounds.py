"""What the desk knows beside a story and its items, gathered for a review."""

from __future__ import annotations

from datetime import UTC, date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from workstation.domain.ledger import ChangeKind
from workstation.domain.story import Story
from workstation.store import Store
from workstation.workflow.archive import Archive
from workstation.workflow.gathering import now
from workstation.workflow.house_styles import HouseStyles
from workstation.workflow.publications import Publications

if TYPE_CHECKING:
    from workstation.review.background import Background


class Backgrounds:
    """Makes the background that a story is reviewed against. Reads the store: call it beside the window's thread."""

    def __init__(self, store: Store, houses: Publications, styles: HouseStyles) -> None:
        self._store = store
        self._houses = houses
        self._styles = styles

    def of(self, story: Story, kept: Archive, number: int | None = None) -> Background:
        """The background of ``story``; ``number`` is its number on the desk, where it has one."""
        from workstation.ingest.outlets import outlet_table  # noqa: PLC0415 - keeps it off the start
        from workstation.review.background import Background  # noqa: PLC0415 - the same

        house = self._houses.of(story)
        entries = [] if number is None else self._store.ledger.entries(number)
        return Background(
            quotes=self._store.quotes.all_of(story.quote_ids),
            versions=kept.versions,
            outlets=outlet_table().rows,
            item_outlets=self._store.outlets.of_items(story.item_ids),
            today=_today_in(story.time_zone or house.time_zone),
            language=house.language,
            limits=house.limits,
            insights=house.labels.insights,
            styles=self._styles.of(story),
            exported_slug=entries[0].slug if entries else None,
            corrected=len({(entry.version, entry.note) for entry in entries if entry.change is ChangeKind.CORRECTION}),
        )


def _today_in(time_zone: str) -> date:
    try:
        zone = ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return now().astimezone(UTC).date()
    return now().astimezone(zone).date()
