from __future__ import annotations

import time
from dataclasses import replace

from workstation.domain.body import body_from_text
from workstation.domain.story import LeadImage, SignalCard, Source, Story
from workstation.domain.story_diff import compare, match_cards
from workstation.domain.word_diff import PartDiff

from .test_word_diff import told


def card(headline: str, text: str = "", *sources: str) -> SignalCard:
    named = tuple(Source(name=name) for name in sources)
    return SignalCard(headline=headline, body=body_from_text(text), sources=named)


STORY = Story(
    slug="river",
    headline="A treaty",
    news=body_from_text("They signed."),
    lead_image=LeadImage(file="lock.png", caption="The lock"),
    signals=(
        card("Tolls", "No tolls before autumn.", "Dawn Post"),
        card("Ice", "The gates hold back ice."),
        card("Fish", "None left."),
    ),
)


def changed(old: Story, new: Story) -> list[PartDiff]:
    return [part for part in compare(old, new) if part.changed]


def test_only_what_changed_is_told_as_changed() -> None:
    assert changed(STORY, STORY) == []
    new = replace(STORY, headline="A treaty at last", lead_image=replace(STORY.lead_image, caption="The upper lock"))
    assert [(part.name, told(part.pieces)) for part in changed(STORY, new)] == [
        ("Headline", "A treaty+ at last+"),
        ("Lead image", "lock.png\nThe +upper +lock"),
    ]


def test_a_moved_card_is_the_same_card() -> None:
    new = replace(STORY, signals=(STORY.signals[2], STORY.signals[0], STORY.signals[1]))
    assert match_cards(STORY.signals, new.signals) == [(2, 0), (0, 1), (1, 2)]
    assert [part.title for part in compare(STORY, new) if part.field == "card"] == ["Signal 1, was 3", "Signal 2", "Signal 3"]
    assert [part.title for part in changed(STORY, new)] == ["Signal 1, was 3"]


def test_a_removed_card_stands_where_it_stood_and_a_new_one_is_told() -> None:
    new = replace(STORY, signals=(STORY.signals[0], STORY.signals[2], card("Grain", "Prices fell in every port.")))
    names = [part.title for part in compare(STORY, new) if part.field == "card"]
    assert names == ["Signal 1", "Signal 2, removed", "Signal 2", "Signal 3, new"]


def test_a_card_under_another_headline_is_known_by_its_text_and_one_reworded_by_its_words() -> None:
    renamed = replace(STORY.signals[0], headline="Free passage")
    reworded = replace(STORY.signals[1], headline="Winter", body=body_from_text("The new gates hold back all the ice."))
    assert match_cards(STORY.signals, (reworded, renamed)) == [(1, 0), (2, None), (0, 1)]


def test_a_changed_source_is_told_with_its_address() -> None:
    source = Source(name="Dawn Post", url="https://dawn.example/1")
    new = STORY.with_changed_card(replace(STORY.signals[0], sources=(source,)))
    (part,) = changed(STORY, new)
    assert part.name == "Sources"
    assert "https" in told(part.pieces)


def test_a_story_of_30_kb_is_compared_at_once() -> None:
    words = [f"word{n % 700} lock the of" for n in range(1800)]
    old = Story(slug="a", headline="a", news=body_from_text(" ".join(words)))
    new = Story(slug="a", headline="a", news=body_from_text(" ".join(reversed(words))))
    began = time.perf_counter()
    assert changed(old, new)
    assert time.perf_counter() - began < 2.0
