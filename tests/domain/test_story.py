from __future__ import annotations

import re
from dataclasses import FrozenInstanceError, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.body import read_html
from workstation.domain.story import LeadImage, SignalCard, Source, Story, slug_from

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def card(headline: str, *sources: Source) -> SignalCard:
    return SignalCard(headline=headline, sources=sources, body=read_html("<p>Two words</p>").body)


@pytest.fixture
def story() -> Story:
    return Story(slug="lock", headline="A lock", signals=(card("one"), card("two"), card("three")))


def headlines(story: Story) -> list[str]:
    return [card.headline for card in story.signals]


@given(st.text(max_size=200))
def test_a_slug_is_always_valid_and_short(headline: str) -> None:
    slug = slug_from(headline)
    assert SLUG.fullmatch(slug)
    assert len(slug) <= 60


@given(st.text(max_size=200))
def test_the_slug_of_a_slug_is_itself(headline: str) -> None:
    assert slug_from(slug_from(headline)) == slug_from(headline)


@pytest.mark.parametrize(
    ("headline", "slug"),
    [
        ("A treaty for the river", "a-treaty-for-the-river"),
        ("Élan à Saint-Étienne, 3 ½ ans après", "elan-a-saint-etienne-3-12-ans-apres"),
        ("海峡は閉ざされた", "story"),
        ("../../etc/passwd", "etc-passwd"),
        ("word " * 40, "word-word-word-word-word-word-word-word-word-word-word-word"),
        ("x" * 90, "x" * 60),
    ],
)
def test_a_slug_is_made_of_the_letters_of_the_headline(headline: str, slug: str) -> None:
    assert slug_from(headline) == slug


@pytest.mark.parametrize(
    ("key", "to", "expected"),
    [
        (0, 2, ["two", "three", "one"]),
        (2, 0, ["three", "one", "two"]),
        (1, 1, ["one", "two", "three"]),
        (0, 99, ["two", "three", "one"]),
    ],
)
def test_a_card_moves_to_its_index_among_the_others(story: Story, key: int, to: int, expected: list[str]) -> None:
    assert headlines(story.with_moved_card(story.signals[key].key, to)) == expected


def test_cards_are_put_in_changed_and_taken_out_by_their_key(story: Story) -> None:
    new = card("new")
    assert headlines(story.with_card(new, 1)) == ["one", "new", "two", "three"]
    assert headlines(story.with_card(new)) == ["one", "two", "three", "new"]
    second = story.signals[1]
    assert headlines(story.with_changed_card(replace(second, headline="changed"))) == ["one", "changed", "three"]
    assert headlines(story.without_card(second.key)) == ["one", "three"]
    assert story.position(second.key) == 1


def test_a_card_that_is_not_in_the_story_changes_nothing(story: Story) -> None:
    stranger = card("stranger")
    assert story.position(stranger.key) is None
    assert story.without_card(stranger.key) == story
    assert story.with_changed_card(stranger) == story
    assert story.with_moved_card(stranger.key, 0) == story


def test_a_story_cannot_be_changed_in_place(story: Story) -> None:
    with pytest.raises(FrozenInstanceError):
        story.headline = "another"  # type: ignore[misc]


def test_two_cards_with_the_same_words_are_equal_but_keep_their_own_keys() -> None:
    assert card("one") == card("one")
    assert card("one").key != card("one").key


def test_a_person_counts_under_the_outlet_they_speak_for_and_each_name_once(story: Story) -> None:
    sources = (Source(name="Ines Vale", of="Harbour Gazette"), Source(name="Harbour Gazette"), Source(name="Tide Institute"))
    assert replace(story, signals=(card("one", *sources), card("two", sources[1]))).outlets == (
        "Harbour Gazette",
        "Tide Institute",
    )


def test_a_story_tells_its_words_items_quotes_and_files(story: Story) -> None:
    sources = (
        Source(name="A", icon="icons/a.png", item="i1"),
        Source(name="B", item="i2"),
        Source(name="A", icon="icons/a.png", item="i1"),
    )
    news = read_html('<p>Three <mark data-quote="q2">words</mark> <mark data-quote="q1">here</mark></p>').body
    whole = replace(story, news=news, lead_image=LeadImage(file="lead.jpg"), signals=(card("one", *sources),))
    assert whole.words == 5
    assert whole.item_ids == ("i1", "i2")
    assert whole.quote_ids == ("q2", "q1")
    assert whole.files == ("lead.jpg", "icons/a.png")


@pytest.mark.parametrize(
    ("name", "of", "printed"),
    [
        ("The Lantern Post", None, "The Lantern Post"),
        ("Ana Reef", "The Lantern Post", "Ana Reef (The Lantern Post)"),
        ("the Lantern Post’s Ana Reef", "Lantern Post", "the Lantern Post’s Ana Reef"),
    ],
)
def test_a_source_is_printed_with_its_outlet_once(name: str, of: str | None, printed: str) -> None:
    assert Source(name=name, of=of).printed == printed
