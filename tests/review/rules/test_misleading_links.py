from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from workstation.domain.body import read_html
from workstation.domain.problem import Problem, Severity
from workstation.domain.story import SignalCard, Source, Story
from workstation.review import check

Make = Callable[..., Any]


def found(story: Story) -> list[Problem]:
    return [problem for problem in check(story, {}).problems if problem.rule == "link-misleading"]


def linked(story: Make, words: str, address: str) -> Story:
    whole: Story = story(SignalCard(headline="One", body=read_html(f'<p>See <a href="{address}">{words}</a>.</p>').body))
    return whole


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("https://harbourpost.example/dam", "https://elsewhere.example/dam"),
        ("www.harbourpost.example", "https://elsewhere.example/dam"),
        ("harbourpost.example/dam", "https://harbourpost.example.elsewhere.example/dam"),
        ("https://harbourpost.example/dam", "https://notharbourpost.example/dam"),
    ],
)
def test_words_that_are_another_address_than_the_link_leads_to_block(story: Make, words: str, address: str) -> None:
    (problem,) = found(linked(story, words, address))
    assert (problem.severity, problem.excerpt) == (Severity.BLOCKER, words)
    assert (str(problem.place), problem.place.at) == ("signals[0].body.href", 4)


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("https://harbourpost.example/dam", "https://www.harbourpost.example/dam?id=7"),
        ("www.harbourpost.example", "https://news.harbourpost.example/dam"),
        ("news.harbourpost.example/dam", "https://harbourpost.example/dam"),
        ("https://harbourpost.example/dam", "https://www.google.com/url?q=https://harbourpost.example/dam"),
        ("pic.example/abc", "https://t.co/abc"),
        ("Locks.com", "https://harbourpost.example/dam"),
        ("the talks, e.g. on tolls", "https://harbourpost.example/dam"),
        ("ministry", "https://harbourpost.example/dam"),
        ("desk@harbourpost.example", "mailto:desk@harbourpost.example"),
        ("5.5", "https://harbourpost.example/dam"),
    ],
)
def test_words_that_say_where_a_link_leads_are_fine(story: Make, words: str, address: str) -> None:
    assert found(linked(story, words, address)) == []


@pytest.mark.parametrize(
    "address",
    ["https://xn--pple-43d.example/", "https://hаrbour.example/", "https://аррӏе.example/", "https://xn--80ak6aa92e.example/"],
)
def test_a_host_in_letters_that_look_like_others_is_a_warning(story: Make, address: str) -> None:
    whole = story(SignalCard(headline="One", sources=(Source(name="A", url=address),)))
    assert [problem.severity for problem in found(whole)] == [Severity.WARNING]


@pytest.mark.parametrize(
    "address",
    [
        "https://bücher.example/",
        "https://почта.example/",
        "https://пример.рф/",
        "https://日本ニュースabc.example/",
        "https://xn--bcher-kva.example/",
        "https://harbourpost.example/речь",
    ],
)
def test_a_host_in_one_alphabet_is_fine(story: Make, address: str) -> None:
    assert found(story(SignalCard(headline="One", sources=(Source(name="A", url=address),)))) == []
