"""Two cards on one report are one voice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workstation.domain.story import SignalCard, Source, Story
from workstation.review import Background, check

Make = Callable[..., Any]


def told(story: Story, items: Any = None, background: Background | None = None) -> list[tuple[str, str]]:
    found = check(story, items or {}, background or Background()).problems
    return [(str(problem.place), problem.message) for problem in found if problem.rule == "shared-source"]


def card(*sources: Source) -> SignalCard:
    return SignalCard(headline="One", sources=sources)


def test_a_second_card_on_the_same_item_is_warned_of_once(story: Make) -> None:
    one = Source(name="Harbour Post", item="a", url="https://a.example/1")
    whole = story(card(one), card(Source(name="Delta Radio", item="b"), one))
    assert told(whole) == [
        ("signals[1].sources[1]", "Card 2 rests on the same report as card 1: Harbour Post. Give it another voice.")
    ]


def test_the_same_page_under_another_address_is_the_same_report(story: Make) -> None:
    one = Source(name="Harbour Post", url="https://www.harbour.example/dam-is-full-now?utm_medium=rss")
    assert len(told(story(card(one), card(Source(name="Ada Brook", url="https://harbour.example/dam-is-full-now"))))) == 1


def test_two_versions_of_a_page_are_one_report(story: Make, item: Make) -> None:
    old, new = item("old", "Grey dam."), item("new", "Greyer dam.")
    whole = story(card(Source(name="Harbour Post", item="old")), card(Source(name="Harbour Post", item="new")))
    versions = {"old": ("new", "old"), "new": ("new", "old")}
    assert len(told(whole, {"old": old, "new": new}, Background(versions=versions))) == 1


def test_two_reports_of_one_outlet_are_no_matter(story: Make) -> None:
    one, other = Source(name="Harbour Post", url="https://a.example/1"), Source(name="Harbour Post", url="https://a.example/2")
    assert told(story(card(one), card(other), card(Source(name="Harbour Post")), card(Source(name="Harbour Post")))) == []


def test_two_cards_that_share_two_reports_are_told_once(story: Make) -> None:
    sources = Source(name="Harbour Post", item="a"), Source(name="Delta Radio", item="b")
    assert len(told(story(card(*sources), card(*sources)))) == 1
