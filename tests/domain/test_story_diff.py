from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workstation.domain.body import Block, Body, Marks, Run, body_from_text
from workstation.domain.correction import Correction
from workstation.domain.story import LeadImage, SignalCard, Source, Story
from workstation.domain.story_diff import OTHER_ICONS, OTHER_LOOK, Fate, compare, match_cards, printed_changes, text_of
from workstation.domain.word_diff import Change, PartDiff

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


# --- since a hand-over ---------------------------------------------------------------------------------------------

WORDS = st.lists(st.sampled_from(["river", "lock", "the", "opens", "锁", "مياه", "😀", "not"]), max_size=12).map(" ".join)
CARDS = st.lists(st.builds(card, WORDS, WORDS), max_size=6).map(tuple)
STORIES = st.builds(
    lambda headline, news, cards: Story(slug="s", headline=headline, news=body_from_text(news), signals=cards),
    WORDS,
    WORDS,
    CARDS,
)


def side(part: PartDiff, left_out: Change) -> str:
    return "".join(piece.text for piece in part.pieces if piece.change is not left_out)


@settings(max_examples=150)
@given(STORIES, STORIES)
def test_the_changes_lead_from_the_old_story_to_the_new_one(old: Story, new: Story) -> None:
    changes = printed_changes(old, new)
    there = [one for one in changes.cards if one.fate is not Fate.REMOVED]
    assert [(side(one.headline, Change.REMOVED), side(one.body, Change.REMOVED)) for one in there] == [
        (one.headline, text_of(one.body)) for one in new.signals
    ]
    was = sorted(
        (side(one.headline, Change.ADDED), side(one.body, Change.ADDED)) for one in changes.cards if one.fate is not Fate.NEW
    )
    assert was == sorted((one.headline, text_of(one.body)) for one in old.signals)
    own = {part.field: part for part in changes.before}
    for field, text in (("headline", lambda story: story.headline), ("news", lambda story: text_of(story.news))):
        if field in own:
            assert (side(own[field], Change.ADDED), side(own[field], Change.REMOVED)) == (text(old), text(new))
        else:
            assert text(old) == text(new) == ""
    assert [one.key for one in there] == [one.key for one in new.signals]


@settings(max_examples=60)
@given(STORIES)
def test_a_story_has_not_changed_from_itself(story: Story) -> None:
    changes = printed_changes(story, replace(story, signals=tuple(replace(one) for one in story.signals)))
    assert not changes
    assert changes.told == ""
    assert changes.changed_cards == ()


def fates(new: Story) -> list[tuple[int, str, bool]]:
    return [(one.number, one.fate.value, one.changed) for one in printed_changes(STORY, new).cards]


def test_a_card_is_new_removed_moved_or_changed_and_the_others_are_not() -> None:
    first, second, third = STORY.signals
    assert fates(replace(STORY, signals=(card("Grain", "Prices fell in every port."), first, second, third))) == [
        (1, "new", True),
        (2, "kept", False),
        (3, "kept", False),
        (4, "kept", False),
    ]
    assert fates(replace(STORY, signals=(first, third))) == [(1, "kept", False), (2, "removed", True), (2, "kept", False)]
    assert fates(replace(STORY, signals=(second, third, first))) == [(1, "kept", False), (2, "kept", False), (3, "moved", True)]
    reworded = replace(second, body=body_from_text("The gates hold back the ice now."))
    assert fates(replace(STORY, signals=(first, reworded, third))) == [(1, "kept", False), (2, "kept", True), (3, "kept", False)]


def test_a_card_that_is_removed_has_the_key_it_had() -> None:
    removed = next(one for one in printed_changes(STORY, STORY.without_card(STORY.signals[1].key)).cards if one.changed)
    assert (removed.key, removed.fate) == (STORY.signals[1].key, Fate.REMOVED)


def test_changes_are_told_in_a_few_words() -> None:
    new = replace(
        STORY, headline="Another", signals=STORY.signals[:1], corrections=(Correction(datetime(2026, 3, 2, tzinfo=UTC), "No."),)
    )
    assert printed_changes(STORY, new).told == "Headline, Corrections, 2 cards"
    assert [part.name for part in printed_changes(STORY, new).changed_parts] == ["Headline", "Corrections"]


@pytest.mark.parametrize(
    "fields",
    [
        {"region": "Delta"},
        {"bylines": ("Ines Vale",)},
        {"updated": datetime(2026, 3, 2, 12, 0, 1, tzinfo=UTC)},
        {"sponsor": "The Lock Trust"},
        {"insights": "Insights from everyone"},
        {"language": "nl"},
    ],
)
def test_what_is_printed_beside_the_texts_is_a_change(fields: dict[str, object]) -> None:
    assert printed_changes(STORY, replace(STORY, **fields))


def test_a_time_is_compared_to_the_second() -> None:
    moment = datetime(2026, 3, 2, 12, 0, 0, tzinfo=UTC)
    assert printed_changes(replace(STORY, updated=moment), replace(STORY, updated=moment.replace(second=1)))


def test_the_same_words_set_otherwise_are_told_and_ties_are_not() -> None:
    plain = STORY.signals[0]
    words = plain.body.text
    for marks, note in ((Marks(emphasis=True), OTHER_LOOK), (Marks(quote="q1"), "")):
        body = Body((Block((Run(words[:8], marks), Run(words[8:]))),))
        (one, *_) = printed_changes(STORY, STORY.with_changed_card(replace(plain, body=body))).cards
        assert one.body.note == note
        assert one.changed is bool(note)


def test_another_icon_of_a_source_is_told() -> None:
    source = replace(STORY.signals[0].sources[0], icon="other.png")
    (one, *_) = printed_changes(STORY, STORY.with_changed_card(replace(STORY.signals[0], sources=(source,)))).cards
    assert one.sources.title == f"Sources, {OTHER_ICONS}"


def test_forty_cards_are_compared_within_a_pause_between_two_keys() -> None:
    text = "\n".join(f"Sentence {n} says what the ports of the delta reported about the lock on that day." for n in range(8))
    cards = tuple(card(f"Signal about port {n}", f"{text} {n}", f"Outlet {n}", "Harbour Gazette") for n in range(40))
    old = replace(STORY, signals=cards)
    printed_changes(old, old)
    took = []
    for n in range(20):
        new = old.with_changed_card(replace(cards[n], body=body_from_text(f"{text} {n} and more was typed")))
        began = time.perf_counter()
        assert printed_changes(old, new).told == "1 card"
        took.append(time.perf_counter() - began)
    assert sorted(took)[len(took) // 2] < 0.005
