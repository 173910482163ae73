from __future__ import annotations

from dataclasses import replace

import pytest

from workstation.domain.grade import Grade
from workstation.domain.item import ItemState
from workstation.domain.quote import HighlightKind, Quote
from workstation.errors import Cancelled
from workstation.workflow.desk import Desk
from workstation.workflow.history import Spot

from .conftest import MakeDesk


def shelves(desk: Desk) -> dict[str, object]:
    """All that the sample desk brings, as the shelves hold it."""
    items = desk.gathering.items()
    return {
        "items": sorted(entry.id for entry in items),
        "states": sorted((entry.id, entry.state, entry.tags) for entry in items),
        "highlights": sorted((h.item, h.start, h.end) for entry in items for h in desk.quoting.highlights(entry.id)),
        "quotes": sorted(quote.id for entry in items for quote in desk.quoting.quotes_of(entry.id)),
        "stories": [entry.slug for entry in desk.writing.entries()],
    }


def test_the_first_start_has_sources_of_many_regions_and_a_finished_story(desk: Desk) -> None:
    assert desk.sampling.is_wanted
    changes, number = desk.sampling.load()
    assert not desk.sampling.is_wanted
    assert desk.sampling.is_loaded
    items = desk.gathering.items()
    assert changes.items == {entry.id for entry in items}
    assert len(items) >= 12
    assert {"ar", "ja", "zh"} <= {entry.language for entry in items}
    assert len({entry.country for entry in items}) >= 8
    assert all(entry.icon and desk.gathering.icon(entry.icon) for entry in items)
    story = desk.writing.story(number)
    assert story.lead_image
    assert len(story.signals) >= 4
    assert any(len(card.sources) >= 2 for card in story.signals)


def test_every_quotation_of_the_sample_story_is_true_and_nothing_blocks_it(desk: Desk) -> None:
    _, number = desk.sampling.load()
    reviewed = desk.reviewing.require_clear(number)
    assert reviewed.quotations
    assert {check.grade for check in reviewed.quotations} <= {Grade.EXACT, Grade.FOLDED}
    for quote in desk.store.quotes.all_of(desk.writing.story(number).quote_ids).values():
        assert desk.gathering.item(quote.item).text[quote.start : quote.end] == quote.exact


def test_loading_twice_makes_nothing_double(desk: Desk) -> None:
    _, number = desk.sampling.load()
    once = shelves(desk)
    told: list[tuple[int, int | None]] = []
    changes, again = desk.sampling.load(progress=lambda done, total: told.append((done, total)))
    assert again == number
    assert shelves(desk) == once
    assert told[-1] == (len(changes.items), len(changes.items))


def test_the_sample_desk_is_removed_in_one_step_and_loaded_again(desk: Desk, make_desk: MakeDesk) -> None:
    loaded, number = desk.sampling.load()
    before = shelves(desk)
    removed = desk.sampling.remove()
    assert removed.items == loaded.items
    assert removed.stories == {number}
    assert shelves(desk) == {"items": [], "states": [], "highlights": [], "quotes": [], "stories": []}
    assert not desk.sampling.is_loaded
    assert not desk.sampling.remove()
    desk.store.close()
    desk = make_desk()
    assert not desk.sampling.is_wanted
    desk.sampling.load()
    assert shelves(desk) == before


def test_the_editors_own_work_stays_when_the_sample_desk_goes(desk: Desk, item: str) -> None:
    _, number = desk.sampling.load()
    story = desk.writing.story(number)
    used, other = story.item_ids[:2]
    own = desk.writing.new("My own story")
    words = desk.gathering.item(used).text.split("\n")[0]
    desk.quoting.quote_in_card(used, 0, len(words), own, None)
    desk.writing.save_all()
    removed = desk.sampling.remove()
    assert other in removed.items
    assert {entry.id for entry in desk.gathering.items()} == {used, item}
    assert [entry.slug for entry in desk.writing.entries()] == ["my-own-story"]
    assert {check.grade for check in desk.reviewing.review(own).quotations} <= {Grade.EXACT, Grade.FOLDED}


def test_a_sample_story_that_the_editor_changed_stays_with_its_sources(desk: Desk) -> None:
    _, number = desk.sampling.load()
    changed = replace(desk.writing.story(number), headline="Made my own")
    desk.writing.edit(number, changed, label="Headline", spot=Spot("headline"))
    removed = desk.sampling.remove()
    assert removed.stories == frozenset()
    assert desk.writing.story(number).headline == "Made my own"
    assert {entry.id for entry in desk.gathering.items()} == set(changed.item_ids)
    desk.reviewing.require_clear(number)


def test_a_sample_source_that_the_editor_worked_on_stays_and_one_that_was_only_read_goes(desk: Desk) -> None:
    desk.sampling.load()
    unread = [entry.id for entry in desk.gathering.items(state=ItemState.UNREAD)]
    ids = [entry.id for entry in desk.gathering.items() if entry.id != unread[0]]
    noted, tagged, marked, quoted, shortlisted, unmarked = (*ids[:5], *(i for i in ids[5:] if desk.quoting.highlights(i)))[:6]
    desk.gathering.triaging.put({unread[0]: ItemState.READ})
    desk.gathering.triaging.note({noted: "Ask the harbour master."})
    desk.gathering.triaging.tag({tagged: [*desk.gathering.summary(tagged).tags, "mine"]})
    desk.quoting.highlight(marked, 0, 3, HighlightKind.CHECK)
    desk.store.quotes.add(Quote(id="mine", item=quoted, start=0, end=4, exact=desk.gathering.item(quoted).text[:4]))
    desk.gathering.triaging.put({shortlisted: ItemState.ARCHIVED})
    desk.quoting.remove_highlight(desk.quoting.highlights(unmarked)[0])
    desk.sampling.load()
    desk.quoting.remove_highlight(desk.quoting.highlights(unmarked)[0])
    removed = desk.sampling.remove()
    own = {noted, tagged, marked, quoted, shortlisted, unmarked}
    assert unread[0] in removed.items
    assert not own & removed.items
    assert {entry.id for state in ItemState for entry in desk.gathering.items(state=state)} == own
    assert desk.gathering.summary(noted).notes == "Ask the harbour master."
    assert len(desk.quoting.highlights(marked)) >= 1
    desk.sampling.load()
    assert not own & desk.sampling.remove().items


def test_a_cancelled_load_leaves_nothing(desk: Desk) -> None:
    with pytest.raises(Cancelled):
        desk.sampling.load(cancelled=lambda: True)
    assert desk.gathering.items() == []
    assert desk.sampling.is_wanted


def test_a_desk_with_something_in_it_is_no_first_start(desk: Desk, item: str) -> None:
    assert desk.gathering.counts()[ItemState.UNREAD] == 1
    assert not desk.sampling.is_wanted
