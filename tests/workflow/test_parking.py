from __future__ import annotations

import pytest

from workstation.domain.body import body_from_text
from workstation.domain.story import SignalCard, Source, Story
from workstation.errors import NotFoundError
from workstation.workflow.desk import Desk
from workstation.workflow.source_moves import SourcePlace


@pytest.fixture
def number(desk: Desk) -> int:
    cards = tuple(
        SignalCard(headline=name, body=body_from_text(f"{name} body"), sources=(Source(name=f"{name} Post", icon=f"{name}.png"),))
        for name in ("One", "Two", "Three")
    )
    return desk.store.stories.add(Story(slug="story", headline="Headline", signals=cards))


def shown(desk: Desk, number: int) -> tuple[list[str], list[str]]:
    story = desk.writing.story(number)
    return [card.headline for card in story.signals], [card.headline for card in story.parked]


def test_a_parked_card_waits_outside_the_story_with_its_key_and_comes_back_where_it_is_wanted(desk: Desk, number: int) -> None:
    before = desk.writing.story(number)
    key = before.signals[0].key
    assert desk.writing.park_card(number, key).stories == {number}
    assert shown(desk, number) == (["Two", "Three"], ["One"])
    parked = desk.writing.story(number)
    assert parked.words == 4
    assert "One.png" not in parked.files
    assert "One.png" in parked.kept_files
    desk.writing.bring_back_card(number, key, 1)
    assert shown(desk, number) == (["Two", "One", "Three"], [])
    assert desk.writing.story(number).signals[1].key == key
    desk.writing.undo(number)
    assert desk.writing.story(number) == parked
    desk.writing.undo(number)
    assert desk.writing.story(number) == before


def test_a_parked_card_is_saved_and_goes_with_the_document(desk: Desk, number: int) -> None:
    desk.writing.park_card(number, desk.writing.story(number).signals[1].key)
    desk.writing.save(number)
    assert [card.headline for card in desk.store.stories.get(number).parked] == ["Two"]


def test_a_parked_card_without_a_place_comes_back_to_the_end_and_a_removed_one_by_undo(desk: Desk, number: int) -> None:
    first, second, _ = (card.key for card in desk.writing.story(number).signals)
    desk.writing.park_card(number, first)
    desk.writing.park_card(number, second)
    desk.writing.bring_back_card(number, first)
    assert shown(desk, number) == (["Three", "One"], ["Two"])
    desk.writing.remove_parked_card(number, second)
    assert shown(desk, number) == (["Three", "One"], [])
    desk.writing.undo(number)
    assert shown(desk, number) == (["Three", "One"], ["Two"])


def test_a_card_that_is_not_there_is_neither_parked_nor_brought_back(desk: Desk, number: int) -> None:
    assert not desk.writing.park_card(number, "0" * 32)
    assert not desk.writing.bring_back_card(number, desk.writing.story(number).signals[0].key)
    assert desk.writing.undo_label(number) is None


# --- sources from card to card -------------------------------------------------------------------------------------


def sources(desk: Desk, number: int) -> list[list[str]]:
    return [[source.name for source in card.sources] for card in desk.writing.story(number).signals]


def keys(desk: Desk, number: int) -> list[str]:
    return [card.key for card in desk.writing.story(number).signals]


def test_a_source_goes_to_another_card_in_one_step(desk: Desk, number: int) -> None:
    one, two, _ = keys(desk, number)
    desk.writing.move_source(number, SourcePlace(one, 0), SourcePlace(two, 0))
    assert sources(desk, number) == [[], ["One Post", "Two Post"], ["Three Post"]]
    desk.writing.undo(number)
    assert sources(desk, number) == [["One Post"], ["Two Post"], ["Three Post"]]


def test_a_copied_source_stays_where_it_was_and_is_never_twice_on_a_card(desk: Desk, number: int) -> None:
    one, two, _ = keys(desk, number)
    for _again in range(2):
        desk.writing.move_source(number, SourcePlace(one, 0), SourcePlace(two, 1), copy=True)
        assert sources(desk, number) == [["One Post"], ["Two Post", "One Post"], ["Three Post"]]
    desk.writing.move_source(number, SourcePlace(one, 0), SourcePlace(two, 0))
    assert sources(desk, number) == [[], ["Two Post", "One Post"], ["Three Post"]]


@pytest.mark.parametrize(("index", "to", "order"), [(0, 3, "BCA"), (2, 0, "CAB"), (1, 1, "ABC"), (1, 2, "ABC"), (0, 2, "BAC")])
def test_sources_are_ordered_within_their_card(desk: Desk, index: int, to: int, order: str) -> None:
    card = SignalCard(sources=tuple(Source(name=name) for name in "ABC"))
    number = desk.store.stories.add(Story(slug="letters", headline="", signals=(card,)))
    key = desk.writing.story(number).signals[0].key
    changes = desk.writing.move_source(number, SourcePlace(key, index), SourcePlace(key, to))
    assert "".join(source.name for source in desk.writing.story(number).signals[0].sources) == order
    assert bool(changes) == (order != "ABC")


def test_a_source_of_a_card_that_is_gone_is_not_moved(desk: Desk, number: int) -> None:
    one, two, _ = keys(desk, number)
    desk.writing.remove_card(number, two)
    with pytest.raises(NotFoundError):
        desk.writing.move_source(number, SourcePlace(one, 0), SourcePlace(two, 0))
    assert sources(desk, number) == [["One Post"], ["Three Post"]]
