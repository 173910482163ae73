"""Links that lead to the quoted words: which, to what, and that a browser finds them there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.checkers import chromium
from workstation.domain.body import Block, Body, Marks, Run, canonical
from workstation.domain.claim import Claim
from workstation.domain.publication import Publication
from workstation.domain.quote import Quote
from workstation.domain.story import SignalCard, Source, Story
from workstation.domain.text_fragment import find_passage, split_fragment
from workstation.render.profiles import PROFILES, render
from workstation.render.rendering import Terms
from workstation.render.words.passages import with_passages

LEDGER, WIRE = "https://ledger.example/lock", "https://wire.example/queue?day=9"
TEXT = "The lock opened at dawn. We waited – for this, “gate” & all – two harvests, said the mayor. Then it rained."
EXACT = "We waited – for this, “gate” & all – two harvests"
QUOTES = {
    "q1": Quote(id="q1", item="i1", start=25, end=74, exact=EXACT),
    "q2": Quote(id="q2", item="i1", start=92, end=106, exact="Then it rained"),
    "q3": Quote(id="q3", item="i2", start=0, end=9, exact="well-worn"),
}
TERMS = Terms(passages=True, quotes=QUOTES)


def body(*runs: tuple[str, str | None, str | None]) -> Body:
    return canonical([Block(tuple(Run(text, Marks(link=link, quote=quote)) for text, link, quote in runs))])


def story(card: SignalCard, news: Body | None = None) -> Story:
    return Story(slug="a", headline="b", signals=(card,), news=news or Body())


def source(url: str | None = LEDGER, item: str | None = "i1") -> Source:
    return Source(name="The Harbour Ledger", url=url, item=item)


QUOTED = body(("The mayor said “", None, None), (EXACT, None, "q1"), ("” to the ", None, None), ("Ledger", LEDGER, None))


def test_a_source_and_a_link_to_it_lead_to_the_words_that_were_cut_from_it() -> None:
    (card,) = with_passages(story(SignalCard(sources=(source(),), body=QUOTED)), TERMS).signals
    led = card.sources[0].url
    assert led == (
        "https://ledger.example/lock#:~:text=We%20waited%20%E2%80%93%20for%20this%2C%20%E2%80%9Cgate%E2%80%9D%20%26%20all"
        "%20%E2%80%93%20two%20harvests"
    )
    assert card.body.links == (led,)
    address, fragments = split_fragment(led)
    assert address == LEDGER
    found = find_passage(TEXT, fragments)
    assert found is not None
    assert TEXT[slice(*found)] == EXACT


def test_a_hyphen_is_escaped_because_it_would_mean_something_else() -> None:
    card = SignalCard(sources=(source(WIRE, "i2"),), body=body(("well-worn", None, "q3")))
    assert with_passages(story(card), TERMS).signals[0].sources[0].url == f"{WIRE}#:~:text=well%2Dworn"


def test_a_link_around_quoted_words_leads_to_those_and_stays_one_link() -> None:
    around = body(("he said ", LEDGER, None), ("Then it rained", LEDGER, "q2"), (" today", LEDGER, None), (EXACT, None, "q1"))
    (card,) = with_passages(story(SignalCard(sources=(source(),), body=around)), TERMS).signals
    assert card.body.links == (f"{LEDGER}#:~:text=Then%20it%20rained",)
    assert card.sources[0].url == f"{LEDGER}#:~:text=Then%20it%20rained"


def test_a_long_passage_is_named_by_its_first_and_last_words() -> None:
    long = " ".join(f"word{number}" for number in range(60)) + "\nand another paragraph to the very end"
    terms = replace(TERMS, quotes={"q": Quote(id="q", item="i1", start=0, end=len(long), exact=long)})
    card = SignalCard(sources=(source(),), body=body(("word0", None, "q")))
    led = with_passages(story(card), terms).signals[0].sources[0].url or ""
    assert led == f"{LEDGER}#:~:text=word0%20word1%20word2%20word3%20word4,paragraph%20to%20the%20very%20end"
    assert find_passage(long, split_fragment(led)[1]) == (0, len(long))


def test_a_sentence_that_rests_on_a_passage_is_enough() -> None:
    card = SignalCard(sources=(source(),), body=body(("It rained.", None, None)), claims=(Claim("It rained.", "q2"),))
    assert with_passages(story(card), TERMS).signals[0].sources[0].url == f"{LEDGER}#:~:text=Then%20it%20rained"


def test_a_link_in_the_news_leads_to_the_words_that_stand_there() -> None:
    told = with_passages(story(SignalCard(sources=(source(),)), QUOTED), TERMS)
    assert told.news.links[0].startswith(f"{LEDGER}#:~:text=We%20waited")
    assert told.signals[0].sources[0].url == LEDGER


@pytest.mark.parametrize(
    ("url", "item"),
    [
        (f"{LEDGER}#letters", "i1"),
        (f"{LEDGER}#:~:text=dawn", "i1"),
        (LEDGER, "i2"),
        (LEDGER, None),
        (None, "i1"),
        ("mailto:a@b.example", "i1"),
    ],
)
def test_what_has_a_place_is_no_page_or_rests_on_something_else_stays(url: str | None, item: str | None) -> None:
    card = SignalCard(sources=(source(url, item),), body=QUOTED)
    (told,) = with_passages(story(card), TERMS).signals
    assert told.sources == card.sources
    assert told.body == card.body


def test_a_form_that_was_not_asked_for_it_has_plain_links() -> None:
    plain = story(SignalCard(sources=(source(),), body=QUOTED))
    assert with_passages(plain, replace(TERMS, passages=False)) is plain


@pytest.mark.parametrize("profile", ["page", "single", "fragment"])
def test_forms_lead_to_the_passage_and_their_words_stay(profile: str) -> None:
    plain = story(SignalCard(headline="c", sources=(source(),), body=QUOTED))
    house = Publication(name="The Lantern")
    text, without = (render(profile, plain, house, {}, replace(TERMS, passages=asked)).text for asked in (True, False))
    assert text.count(f"{LEDGER}#:~:text=We%20waited%20%E2%80%93%20for%20this%2C") == 2
    assert "#:~:" not in without


def test_what_is_cited_is_the_whole_work() -> None:
    plain = story(SignalCard(headline="c", sources=(source(),), body=QUOTED))
    assert f'"url": "{LEDGER}"' in render("jsonld", plain, Publication(name="The Lantern"), {}, TERMS).text


def test_the_bundle_holds_the_links_as_they_are_written() -> None:
    plain = story(SignalCard(headline="c", sources=(source(),), body=QUOTED))
    house = Publication(name="The Lantern")
    assert render("bundle", plain, house, {}, TERMS) == PROFILES["bundle"].render(
        plain, house, {}, replace(TERMS, passages=False)
    )


@pytest.mark.browser
def test_a_browser_scrolls_to_the_quoted_words(tmp_path: Path) -> None:
    page = tmp_path / "lock.html"
    filling = "<p>Nothing of note.</p>" * 200
    page.write_text(
        f'<!DOCTYPE html><meta charset="utf-8"><title>Lock</title>{filling}<p id="there">{TEXT}</p>{filling}', "utf-8"
    )
    card = SignalCard(sources=(source("https://ledger.example/lock"),), body=QUOTED)
    led = (with_passages(story(card), TERMS).signals[0].sources[0].url or "").partition("#")[2]
    with chromium() as browser:
        shown = browser.new_page(viewport={"width": 800, "height": 600})
        shown.goto(f"{page.as_uri()}#{led}")
        shown.wait_for_function("window.scrollY > 0", timeout=10_000)
        top = shown.evaluate("document.getElementById('there').getBoundingClientRect().top")
    assert 0 <= top <= 600
