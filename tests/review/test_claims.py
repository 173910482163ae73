"""What each sentence rests on: a passage it is tied to, its own quotation, or nothing, with the passage most likely meant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from workstation.domain.body import read_html
from workstation.domain.claim import Claim, ClaimCheck, ClaimState
from workstation.domain.item import Item
from workstation.domain.quote import Quote
from workstation.domain.story import Story
from workstation.review import Background, check
from workstation.review.grounds.likely_passages import likely_passage
from workstation.review.grounds.ties import same_words

Make = Callable[..., Any]
SOURCE = (
    "The harbour was closed on Monday.\n"
    "Engineers counted 212 ships at the two mouths of the strait by Friday evening.\n"
    "The commission will not open the channel to large ships before 3 December, its secretary Oona Brandt said.\n"
    "Nobody was hurt."
)
TIED, QUOTED, CHANGED, LOST, UNTIED = ClaimState.TIED, ClaimState.QUOTED, ClaimState.CHANGED, ClaimState.LOST, ClaimState.UNTIED


@pytest.fixture
def dam(item: Make) -> Item:
    made: Item = item("dam", SOURCE)
    return made


def quote(words: str, text: str = SOURCE, id: str = "q") -> Quote:
    start = text.index(words)
    return Quote(id=id, item="dam", start=start, end=start + len(words), exact=words)


def claims(story: Story, *items: Item, quotes: tuple[Quote, ...] = ()) -> tuple[ClaimCheck, ...]:
    background = Background(quotes={one.id: one for one in quotes})
    found = check(story, {one.id: one for one in items}, background).claims
    return tuple(one for one in found if one.place.card is not None)


def one(story: Make, card: Make, dam: Item, html: str, claim: Claim | None = None, *quotes: Quote) -> ClaimCheck:
    """What the one sentence of a card rests on."""
    made = replace(card(f"<p>{html}</p>", dam), claims=(claim,) if claim else ())
    (found,) = claims(story(made), dam, quotes=quotes)
    return found


def test_a_tied_sentence_rests_on_its_passage(story: Make, card: Make, dam: Item) -> None:
    claim = Claim("The strait was full of ships.", "q")
    found = one(story, card, dam, claim.words, claim, quote("212 ships"))
    assert (found.state, found.rests, found.item, found.passage, found.outlet) == (TIED, True, "dam", "212 ships", "Harbour Post")
    assert SOURCE[found.start : found.end] == "212 ships"
    assert (found.place.at, found.place.until) == (0, 29)


@pytest.mark.parametrize(
    "words",
    ["The ship's crew, it said, “waited”.", "The ship’s crew it said waited", "the Ship’s crew – it said – 'waited'."],
)
def test_typography_punctuation_and_capitals_do_not_untie_a_sentence(story: Make, card: Make, dam: Item, words: str) -> None:
    claim = Claim("The ship’s crew, it said, “waited”.", "q")
    assert one(story, card, dam, words, claim, quote("212 ships")).state is TIED


@pytest.mark.parametrize(
    ("tied", "written"),
    [
        ("The strait was full of 212 ships.", "The strait was full of 213 ships."),
        ("The strait was full of ships on Friday.", "The strait was not full of ships on Friday."),
        ("Prices rose by 5 percent.", "Prices rose by 5 % percent."),
    ],
)
def test_a_sentence_with_other_words_has_changed(story: Make, card: Make, dam: Item, tied: str, written: str) -> None:
    found = one(story, card, dam, written, Claim(tied, "q"), quote("212 ships"))
    assert (found.state, found.rests, found.claim, found.passage) == (CHANGED, False, Claim(tied, "q"), "212 ships")


def test_a_sentence_that_is_another_one_is_untied(story: Make, card: Make, dam: Item) -> None:
    claim = Claim("The strait was full of ships.", "q")
    assert one(story, card, dam, "Delta Radio played songs.", claim, quote("212 ships")).state is UNTIED


def test_each_claim_ties_one_sentence_and_the_nearest_one_that_was_changed(story: Make, card: Make, dam: Item) -> None:
    made = card("<p>The dam is grey and full. The dam is grey and very full. It rains in the valley.</p>", dam)
    made = replace(made, claims=(Claim("It rains in the valley.", "q"), Claim("The dam is grey and very quickly full.", "q")))
    states = [found.state for found in claims(story(made), dam, quotes=(quote("212 ships"),))]
    assert states == [UNTIED, CHANGED, TIED]


def test_a_tie_without_its_quote_is_lost(story: Make, card: Make, dam: Item) -> None:
    claim = Claim("It rains in the valley.", "q")
    assert one(story, card, dam, "It rains in the valley.", claim).state is LOST
    moved = replace(quote("212 ships"), start=0, end=9)
    assert one(story, card, dam, "It rains in the valley.", claim, moved).state is LOST


def test_a_sentence_with_a_true_quotation_rests_on_it(story: Make, card: Make, dam: Item) -> None:
    found = one(story, card, dam, "He saw “ships at the two mouths”, the Harbour Post said.")
    assert (found.state, found.item, found.passage) == (QUOTED, "dam", "ships at the two mouths")


def test_a_quotation_that_is_not_true_or_a_word_in_marks_carries_nothing(story: Make, card: Make, dam: Item) -> None:
    assert one(story, card, dam, "He saw “ships at the three mouths”.").state is UNTIED
    assert one(story, card, dam, "He saw “ships” anywhere.").state is UNTIED


def test_the_news_rests_on_every_source_and_on_what_it_links_to(story: Make, card: Make, dam: Item, item: Make) -> None:
    wire = item("wire", "The lighthouse of Sarrat burned down on Tuesday.", "Salt Wire")
    news = (
        "<p>By Friday, 212 ships waited at the mouths of the strait. "
        f'The <a href="{wire.url}?utm_source=x">Sarrat lighthouse</a> burned down.</p>'
    )
    whole = story(card("<p>It rains.</p>", dam), news=read_html(news).body)
    found = check(whole, {"dam": dam, "wire": wire}).claims
    assert [(check.place.field, check.item) for check in found[:2]] == [("news", "dam"), ("news", "wire")]


# --- the passage that is most likely meant -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "passage"),
    [
        ("By Friday, 212 ships were waiting at both mouths of the strait.", "Engineers counted 212 ships"),
        ("Large ships must wait until 3 December, the commission’s secretary said.", "The commission will not open"),
        ("There were no injuries; nobody was hurt.", "Nobody was hurt."),
    ],
)
def test_an_untied_sentence_is_offered_the_passage_that_shares_its_telling_words(
    story: Make, card: Make, dam: Item, sentence: str, passage: str
) -> None:
    found = one(story, card, dam, sentence)
    assert found.state is UNTIED
    assert found.passage.startswith(passage)
    assert SOURCE[found.start : found.end] == found.passage


@pytest.mark.parametrize("sentence", ["It is a question of money.", "Why?"])
def test_nothing_is_offered_where_nothing_is_alike(story: Make, card: Make, dam: Item, sentence: str) -> None:
    found = one(story, card, dam, sentence)
    assert (found.item, found.start, found.passage) == (None, None, "")


def test_across_languages_numbers_and_names_lead_to_the_passage() -> None:
    text = "الميناء مغلق. أحصى المهندسون ٢١٢ سفينة و Oona Brandt عند المضيق."
    found = likely_passage("By Friday, 212 ships were counted, Oona Brandt said.", text, "ar", foreign=True)
    assert found
    assert "٢١٢" in text[found.start : found.end]
    assert likely_passage("The harbour is closed to ships.", text, "ar", foreign=True) is None


def test_scripts_without_spaces_are_compared_by_pairs_of_characters() -> None:
    text = "港口关闭了。星期五有二百艘船在海峡两端等候。没有人受伤。"
    found = likely_passage("星期五海峡两端有船等候。", text, "zh")
    assert found
    assert text[found.start : found.end] == "星期五有二百艘船在海峡两端等候。"


def test_two_sentences_are_the_same_by_their_words() -> None:
    assert same_words("“It rains,” she said.", "'It rains', she said")
    assert not same_words("It costs $5.", "It costs €5.")
    assert not same_words("It rains.", "It rained.")
