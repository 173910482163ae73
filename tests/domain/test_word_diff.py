from __future__ import annotations

import time
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.body import body_from_text
from workstation.domain.story import LeadImage, SignalCard, Source, Story
from workstation.domain.word_diff import Change, PartDiff, compare, diff_words, match_cards

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.lists(
    st.sampled_from(["river ", "river", "the ", "lock\n", "锁", "川", ". ", "\n", "it’s ", "\u2028"]), max_size=30
).map("".join)


def told(pieces) -> str:
    """Pieces as one line: ``-removed-`` and ``+added+``."""
    signs = {Change.KEPT: "", Change.REMOVED: "-", Change.ADDED: "+"}
    return "".join(f"{signs[piece.change]}{piece.text}{signs[piece.change]}" for piece in pieces)


@given(TEXTS, TEXTS)
def test_the_pieces_are_both_texts_to_the_letter(old: str, new: str) -> None:
    pieces = diff_words(old, new)
    assert "".join(piece.text for piece in pieces if piece.change is not Change.REMOVED) == new
    assert "".join(piece.text for piece in pieces if piece.change is not Change.ADDED) == old
    assert all(piece.text for piece in pieces)


def test_a_changed_word_is_told_alone() -> None:
    assert told(diff_words("The lock opens on Thursday.", "The lock opens on Friday.")) == "The lock opens on -Thursday-+Friday+."


def test_a_dropped_not_is_seen() -> None:
    assert told(diff_words("They will not sign the treaty.", "They will sign the treaty.")) == "They will -not -sign the treaty."


def test_words_written_on_at_the_end_leave_the_last_one_as_it_was() -> None:
    assert told(diff_words("They met.\nThey signed", "They met.\nThey signed a treaty")) == "They met.\nThey signed+ a treaty+"


def test_chinese_is_compared_by_character() -> None:
    assert told(diff_words("船闸周四开放", "船闸周五开放")) == "船闸周-四-+五+开放"


def test_a_rewritten_sentence_is_no_confetti() -> None:
    pieces = diff_words(
        "Alpha barges moved to a harbour before sunrise today.",
        "Seventeen ministers flew to a summit against their advice today.",
    )
    assert [piece.change for piece in pieces] == [Change.REMOVED, Change.ADDED, Change.KEPT]


def test_a_new_paragraph_leaves_the_others_as_they_are() -> None:
    assert told(diff_words("One.\nThree.\n", "One.\nTwo.\nThree.\n")) == "One.\n+Two.\n+Three.\n"


# --- stories -------------------------------------------------------------------------------------------------------


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
    assert changed(STORY, new) == []
    assert [part.name for part in compare(STORY, new) if part.field == "card"] == [
        "Signal 1, was 3",
        "Signal 2, was 1",
        "Signal 3, was 2",
    ]


def test_a_removed_card_stands_where_it_stood_and_a_new_one_is_told() -> None:
    new = replace(STORY, signals=(STORY.signals[0], STORY.signals[2], card("Grain", "Prices fell in every port.")))
    names = [part.name for part in compare(STORY, new) if part.field == "card"]
    assert names == ["Signal 1", "Signal 2, removed", "Signal 2, was 3", "Signal 3, new"]


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


def test_a_sentence_written_on_before_the_end_of_a_paragraph_leaves_the_paragraph_where_it_ends() -> None:
    assert told(diff_words("They met.\nNext", "They met. They signed.\nNext")) == "They met.+ They signed.+\nNext"
