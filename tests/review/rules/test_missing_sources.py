"""Who reports in a card's words stands on its chip too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from workstation.domain.body import read_html
from workstation.domain.mending import mended
from workstation.domain.outlet import KnownOutlet, Outlet, OutletKind
from workstation.domain.problem import Problem
from workstation.domain.story import SignalCard, Source, Story
from workstation.review import Background, check

Make = Callable[..., Any]


def _known(name: str, native: str = "", *aliases: str, kind: OutletKind | None = None) -> KnownOutlet:
    domain = "".join(letter for letter in name.lower() if letter.isascii() and letter.isalnum())
    return KnownOutlet(outlet=Outlet(name=name, domains=(f"{domain}.example",), kind=kind), native=native, aliases=aliases)


KNOWN = Background(
    outlets=(
        _known("The Lantern"),
        _known("Quarry"),
        _known("Wadden Press Agency", "", "WPA", kind=OutletKind.AGENCY),
        _known("Kolibri Zeitung"),
        _known("Le Courlis"),
        _known("La Marea Alta"),
        _known("Mayachnik", "Маячник"),
        _known("Al Sariya", "الصارية"),
        _known("Langang Evening News", "澜港晚报"),
        _known("Brandt"),
        _known("The Valley Journal", "", "TVJ"),
        _known("Fukase Shimpo", "深瀬新報"),
    )
)


def problems(story: Story, background: Background = KNOWN) -> list[Problem]:
    return [problem for problem in check(story, {}, background).problems if problem.rule == "attribution-missing-source"]


@pytest.fixture
def told(story: Make) -> Callable[..., list[Problem]]:
    """The problems of a card of the Harbour Post with these words, beside one of the Delta Radio."""

    def problems_of(html: str, *chips: str, news: str = "<p>It rains.</p>") -> list[Problem]:
        sources = tuple(Source(name=name) for name in chips or ("Harbour Post",))
        card = SignalCard(headline="One", sources=sources, body=read_html(f"<p>{html}</p>").body)
        other = SignalCard(headline="Two", sources=(Source(name="Delta Radio", url="https://delta.example/1"),))
        return problems(story(card, other, news=read_html(news).body))

    return problems_of


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("The dam is full, Delta Radio said.", "Delta Radio"),
        ("An engineer told Delta Radio that the dam is full.", "Delta Radio"),
        ("According to the Lantern, the dam is full.", "The Lantern"),
        ("The dam is full, the Lantern reported on Monday.", "The Lantern"),
        ("The dam is full, The Lantern’s analysis found.", "The Lantern"),
        ("The minister told Quarry that the dam is full.", "Quarry"),
        ("The minister told the British newspaper Quarry so.", "Quarry"),
        ("In an interview with Norway’s Quarry, she denied it.", "Quarry"),
        ("The dam is full, WPA reported.", "Wadden Press Agency"),
        ("The dam is full, the TVJ reported.", "The Valley Journal"),
        ("Das sagte der Minister Vogt der Quarry am Montag.", "Quarry"),
        ("Das sagte er der Kolibri Zeitung.", "Kolibri Zeitung"),
        ("Der Damm ist voll, berichtete die Kolibri Zeitung.", "Kolibri Zeitung"),
        ("Selon Le Courlis, le barrage est plein.", "Le Courlis"),
        ("La presa está llena, informó La Marea Alta.", "La Marea Alta"),
        ("Плотина полна, рассказал он изданию «Маячник».", "Mayachnik"),
        ("ذكرت صحيفة الصارية أن السد ممتلئ", "Al Sariya"),
        ("据澜港晚报报道，大坝已满。", "Langang Evening News"),
        ("深瀬新報によると、ダムは満水だ。", "Fukase Shimpo"),
    ],
)
def test_an_outlet_that_is_credited_and_on_no_chip_is_warned_of(
    told: Callable[..., list[Problem]], words: str, name: str
) -> None:
    assert [problem.fix and problem.fix.new for problem in told(words)] == [name]


@pytest.mark.parametrize(
    "words",
    [
        "The dam is full, the Harbour Post reported.",
        "A lantern was found. The lantern reported nothing.",
        "The Quarry reported a loss.",
        "Shares of Quarry fell.",
        "Quarry reports are due in May.",
        "Quarry said nothing.",
        "Quarry reported a record loss. Quarry reported $3 billion in sales. Quarry reported quarterly results.",
        "Das sagte er der ganzen Quarry.",
        "The WPA reported an arrest.",
        "The Upper Lantern reported it.",
        "Lantern Street reported a flood.",
        "Oona Brandt is an engineer. An aide told Brandt so.",
        "The Western Ports Authority (WPA) met; WPA reported a loss.",
        "“Delta Radio reported it,” he said.",
        "Quarry-based firms reported losses.",
        "قالت الصارية إنها بخير",
        "They read Le Courlis at breakfast.",
        "The dam is full, the Harbour Post reported, citing Delta Radio.",
    ],
)
def test_a_mere_mention_is_no_credit(told: Callable[..., list[Problem]], words: str) -> None:
    assert told(words) == []


@pytest.mark.parametrize("chip", ["The Lantern", "Lantern", "The Lantern (London)", "Sunday Lantern"])
def test_an_outlet_on_a_chip_under_a_like_name_is_not_missing(told: Callable[..., list[Problem]], chip: str) -> None:
    assert told("The dam is full, The Lantern reported.", chip) == []


def test_an_alias_on_the_chip_is_the_outlet(told: Callable[..., list[Problem]]) -> None:
    assert told("The dam is full, Wadden Press Agency reported.", "WPA") == []
    assert told("据澜港晚报报道，大坝已满。", "Langang Evening News") == []


def test_a_chip_that_links_to_the_outlet_is_the_outlet(story: Make) -> None:
    source = Source(name="Evening edition", url="https://quarry.example/1")
    card = SignalCard(headline="One", sources=(source,), body=read_html("<p>The dam is full, Quarry reported.</p>").body)
    assert problems(story(card)) == []


def test_a_name_in_the_news_that_is_a_persons_counts_for_the_cards(told: Callable[..., list[Problem]]) -> None:
    assert told("An aide told Brandt so.", news="<p>Oona Brandt is minister.</p>") == []


def test_an_institution_that_is_a_source_of_another_card_may_speak_in_any_report(story: Make) -> None:
    words = "<p>The Institute for Dry Lands said so, according to the Institute for Dry Lands.</p>"
    card = SignalCard(headline="One", sources=(Source(name="Harbour Post"),), body=read_html(words).body)
    assert problems(story(card, SignalCard(headline="Two", sources=(Source(name="Institute for Dry Lands"),)))) == []


def test_a_credit_in_a_later_paragraph_is_found_at_its_place(story: Make) -> None:
    body = read_html("<p>It rains.</p><p>An engineer told Delta Radio so.</p>").body
    card = SignalCard(headline="One", sources=(Source(name="Harbour Post"),), body=body)
    (problem,) = problems(story(card, SignalCard(headline="Two", sources=(Source(name="Delta Radio"),))))
    assert problem.excerpt == "told Delta Radio"


def test_each_missing_outlet_is_told_once(told: Callable[..., list[Problem]]) -> None:
    assert len(told("It is full, Delta Radio said. It is wet, Delta Radio said.")) == 1


def test_the_fix_adds_the_source_with_the_address_that_it_has_on_another_card(story: Make) -> None:
    card = SignalCard(headline="One", sources=(Source(name="Harbour Post"),), body=read_html("<p>Delta Radio said so.</p>").body)
    whole = story(card, SignalCard(headline="Two", sources=(Source(name="Delta Radio", url="https://delta.example/1"),)))
    (problem,) = problems(whole)
    assert problem.excerpt == "Delta Radio said"
    assert problem.fix
    fixed = mended(whole, problem.place, problem.fix)
    assert fixed.signals[0].sources[1] == Source(name="Delta Radio", url="https://delta.example/1")
    assert problems(fixed) == []


def test_without_a_table_only_the_storys_own_outlets_are_sought(story: Make) -> None:
    card = SignalCard(
        headline="One", sources=(Source(name="Harbour Post"),), body=read_html("<p>The Lantern reported it.</p>").body
    )
    assert problems(story(card), replace(KNOWN, outlets=())) == []


def test_an_outlet_that_nobody_knows_is_told_by_its_name(told: Callable[..., list[Problem]]) -> None:
    (problem,) = told("Gold, according to the Salt Harbor Gazette, left by road.")
    assert "credits Salt Harbor Gazette" in problem.message
    assert told("Gold, according to the Salt Harbor Gazette, left by road.", "The Salt Harbor Gazette") == []
    assert told("He lives behind the offices of the Salt Harbor Gazette.") == []


def test_the_end_of_the_sentence_before_is_no_part_of_a_name(told: Callable[..., list[Problem]]) -> None:
    (problem,) = told("The dam is full, said the Harbour Post. Quarry reported that it rains.")
    assert "Quarry" in problem.message
    assert told("St. Quarry reported that it rains.") == []
