from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from workstation.domain.body import Marks, read_html
from workstation.domain.item import Item
from workstation.domain.outlet import KnownOutlet, Outlet, OutletKind
from workstation.domain.perspective import CountryCount, Perspective
from workstation.domain.quote import Quote
from workstation.domain.story import SignalCard, Source, SourceKind, Story
from workstation.review.background import Background
from workstation.review.manuscript import manuscript_of
from workstation.review.voices.perspective import perspective_of
from workstation.review.voices.speakers import one_name, speaker_beside

MakeItem = Callable[..., Item]
MakeCard = Callable[..., SignalCard]
MakeStory = Callable[..., Story]

TABLE = (
    KnownOutlet(outlet=Outlet(name="Harbour Post", country="PK", languages=("en",), kind=OutletKind.PRIVATE)),
    KnownOutlet(outlet=Outlet(name="Salt Radio", country="IL", languages=("he",), kind=OutletKind.PUBLIC)),
)


def seen(story: Story, *items: Item, **background: object) -> Perspective:
    known = Background(outlets=TABLE, **background)  # type: ignore[arg-type]
    return perspective_of(manuscript_of(story, {item.id: item for item in items}, known))


def test_countries_that_are_named_stand_beside_those_that_sources_are_from(
    item: MakeItem, card: MakeCard, story: MakeStory
) -> None:
    one = item("a", "Iran waits.")
    other = replace(item("b", "They wait.", "Salt Radio"), country="US")
    found = seen(
        story(card("<p>Iran shut the border, Tehran said. Iranian trucks wait.</p>", one), card("<p>They wait.</p>", other)),
        one,
        other,
    )
    assert found.countries == (
        CountryCount(code="PK", sources=1),
        CountryCount(code="US", sources=1),
        CountryCount(code="IR", named=3, through_capital=1),
    )
    assert [country.code for country in found.unsourced] == ["IR"]
    assert found.areas[0][0] in ("North America", "South Asia")
    assert ("Middle East and North Africa", 0, 3) in found.areas


def test_the_editors_word_on_an_outlet_wins_over_the_page_and_the_table(item: MakeItem, card: MakeCard, story: MakeStory) -> None:
    one = replace(item("a", "Words."), country="US")
    desk = {"a": Outlet(name="Harbour Post", country="QA", kind=OutletKind.STATE)}
    found = seen(story(card("<p>Words.</p>", one)), one, item_outlets=desk)
    assert found.sourced == (CountryCount(code="QA", sources=1),)
    assert found.kinds == ((OutletKind.STATE, 1),)


def test_an_outlet_on_two_cards_is_one_source_and_one_without_a_country_is_counted_as_such(
    item: MakeItem, card: MakeCard, story: MakeStory
) -> None:
    one, stray = item("a", "Words."), item("b", "Words.", "Nobody's Paper")
    found = seen(story(card("<p>Words.</p>", one), card("<p>Words.</p>", one, stray)), one, stray)
    assert len(found.outlets) == 2
    assert found.nowhere == 1
    assert found.languages == (("en", 2),)
    assert found.kinds == ((OutletKind.PRIVATE, 1), (None, 1))


def test_words_of_a_card_are_shared_among_its_outlets_and_quotations_go_to_who_has_them(
    item: MakeItem, card: MakeCard, story: MakeStory
) -> None:
    one = item("a", "The ferry will not sail again this winter.")
    other = item("b", "Nothing of it.", "Salt Radio")
    body = "<p>The paper wrote that “the ferry will not sail again” and more.</p>"
    found = seen(story(card(body, one, other)), one, other)
    assert {share.name: share.words for share in found.outlets} == {"Harbour Post": 6, "Salt Radio": 6}
    assert {share.name: (share.quotations, share.quoted_words) for share in found.outlets} == {
        "Harbour Post": (1, 6),
        "Salt Radio": (0, 0),
    }


def test_the_speaker_is_the_noted_one_else_the_one_that_the_sentence_names_else_a_person_who_is_the_source(
    item: MakeItem, card: MakeCard, story: MakeStory
) -> None:
    one = item("a", "We will wait for rain. We will pay for it. Nobody asked us first.")
    noted = Quote(id="q", item="a", start=0, end=21, exact="We will wait for rain", speaker="Ines Vale")
    tied = read_html("<p>“We will wait for rain” was all.</p>").body
    block = replace(tied.blocks[0], runs=tuple(replace(run, marks=Marks(quote="q")) for run in tied.blocks[0].runs))
    first = replace(card("<p></p>", one), body=replace(tied, blocks=(block,)))
    second = card("<p>“We will pay for it,” mill owner Tom Brook said.</p>", one)
    third = replace(card("<p>“Nobody asked us first”.</p>"), sources=(Source(name="Ada Reed", kind=SourceKind.PERSON, item="a"),))
    found = seen(story(first, second, third), one, quotes={"q": noted})
    assert {share.name for share in found.speakers} == {"Ines Vale", "Tom Brook", "Ada Reed"}


def test_a_word_in_quotation_marks_is_nobodys_voice(item: MakeItem, card: MakeCard, story: MakeStory) -> None:
    one = item("a", "They call it progress.")
    assert seen(story(card("<p>They call it “progress”.</p>", one)), one).speakers == ()


def test_a_story_without_sources_has_no_perspective_and_no_error(story: MakeStory) -> None:
    assert seen(story()) == Perspective()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“We wait for rain,” Ada Brook said.", "Ada Brook"),
        ("“We wait for rain,” political analyst Mosha Zaid said, but nobody came.", "Mosha Zaid"),
        ("“We wait for rain,” said Prime Minister Ada Brook.", "Ada Brook"),
        ("“We wait for rain,” said Ada Brook of the mill.", "Ada Brook"),
        ("Ada Brook told the paper: “We wait for rain.”", "Ada Brook"),
        ("According to the miller Ada Brook, “We wait for rain.”", "Ada Brook"),
        ("“We wait for rain,” Sheikh Omar al-Rashid said.", "Sheikh Omar al-Rashid"),
        ("“We wait for rain,” its editor, Ada Brook, wrote.", "Ada Brook"),
        ("Ada Brook, a former miller, wrote that the town “We wait for rain” and left.", "Ada Brook"),
        ("Her rival Tom Brook called the plan “We wait for rain.”", "Tom Brook"),
        ("“We wait for rain,” she said.", ""),
        ("“We wait for rain,” officials said.", ""),
        ("Ada Brook left. “We wait for rain.”", ""),
        ("“We wait for rain” is what they sing.", ""),
        ("“We wait for rain,” He said.", ""),
    ],
)
def test_a_speaker_is_named_only_where_the_sentence_is_certain(text: str, name: str) -> None:
    start = text.index("We wait")
    assert speaker_beside(text, start, start + len("We wait for rain")) == name


def test_a_family_name_alone_is_the_person_who_was_named_in_full() -> None:
    assert one_name(["Ada Brook", "Brook", "Reed"]) == {"Ada Brook": "Ada Brook", "Brook": "Ada Brook", "Reed": "Reed"}
    assert one_name(["Ada Brook", "Tom Brook", "Brook"])["Brook"] == "Brook"
