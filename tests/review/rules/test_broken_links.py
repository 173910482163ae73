from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from workstation.domain.body import Block, Body, Marks, Run
from workstation.domain.mending import mended
from workstation.domain.problem import Problem, Severity
from workstation.domain.story import SignalCard, Source, Story
from workstation.review import check

Make = Callable[..., Any]
GOOD = "https://harbourpost.example/news/dam-talks"


def found(story: Story) -> list[Problem]:
    return [problem for problem in check(story, {}).problems if problem.rule == "link-broken"]


def sourced(story: Make, address: str) -> Story:
    whole: Story = story(SignalCard(headline="One", sources=(Source(name="Harbour Post", url=address),)))
    return whole


def linked(story: Make, address: str) -> Story:
    whole: Story = story()
    return replace(whole, news=Body((Block((Run("The "), Run("dam", Marks(link=address)), Run(" is grey."))),)))


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "ftp://x.example/a",
        "https://",
        "http://[",
        "https://a b.example",
        "https://x.example/the report",
        "https://a..example/",
        "https://-x.example/",
        "https://x.e/",
        "https://x,y.example/",
        "https://x.example:99999/",
        "https://x.example/2026/the-dam…",
        "https://x.example/2026/the-dam...",
        "https://x.example/ahttps://y.example/b",
        "https://x.example/a”",
        "https://x.example/<a>",
        "TK",
        "#",
        "about:blank",
        "desk@harbourpost.example",
        "mailto:desk@harbourpost.example",
    ],
)
def test_an_address_that_no_reader_can_follow_blocks(story: Make, address: str) -> None:
    (problem,) = found(sourced(story, address))
    assert (problem.severity, str(problem.place), problem.excerpt) == (Severity.BLOCKER, "signals[0].sources[0].url", address)
    assert "Harbour Post on card 1" in problem.message


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("harbourpost.example/news/dam-talks", GOOD),
        ("//harbourpost.example/news/dam-talks", GOOD),
        ("https:/harbourpost.example/news/dam-talks", GOOD),
        ("https:///harbourpost.example/news/dam-talks", GOOD),
        ("https//harbourpost.example/news/dam-talks", GOOD),
        ("https;//harbourpost.example/news/dam-talks", GOOD),
        ("https:harbourpost.example/news/dam-talks", GOOD),
        ("htps://harbourpost.example/news/dam-talks", GOOD),
        ("ttps://harbourpost.example/news/dam-talks", GOOD),
        ("hhttps://harbourpost.example/news/dam-talks", GOOD),
        ("https://https://harbourpost.example/news/dam-talks", GOOD),
        ("http://https//harbourpost.example/news/dam-talks", GOOD),
        ("http:/x.example/a", "http://x.example/a"),
    ],
)
def test_a_slip_before_the_host_is_mended(story: Make, address: str, meant: str) -> None:
    whole = sourced(story, address)
    (problem,) = found(whole)
    assert problem.fix
    assert problem.severity is Severity.BLOCKER
    better = mended(whole, problem.place, problem.fix)
    assert better.signals[0].sources[0].url == meant
    assert found(better) == []


@pytest.mark.parametrize(("tail", "sign"), [(".", "."), (",", ","), (")", ")"), ("),", "),"), (";", ";")])
def test_a_sign_of_the_sentence_behind_an_address_is_a_warning_that_takes_it_off(story: Make, tail: str, sign: str) -> None:
    whole = linked(story, GOOD + tail)
    (problem,) = found(whole)
    assert problem.severity is Severity.WARNING
    assert f"“{sign}”" in problem.message
    assert problem.fix
    better = mended(whole, problem.place, problem.fix)
    assert better.news.links == (GOOD,)
    assert found(better) == []


@pytest.mark.parametrize(
    "address",
    [
        GOOD,
        "http://harbourpost.example",
        "HTTPS://HarbourPost.example/A",
        "https://harbourpost.example/a?q=b c".replace(" ", "%20"),
        "https://x.example/wiki/Dam_(river)",
        "https://x.example/wiki/Brook_v._U.S.",
        "https://x.example/a?u=https://y.example/b",
        "https://archive.example/web/2026/https://y.example/b",
        "https://http.example/404",
        "https://bücher.example/ä",
        "https://пример.example/",
        "https://x_y.example/a",
        "https://8.8.8.8/a",
        "https://[2001:db8::1]/a",
        "https://x.example:8443/a#part-2",
        "https://x.example/a#:~:text=the%20dam,is%20grey",
        "https://x.example/a.",
        "https://x.example/wiki/Lock_Bros.",
    ],
)
def test_an_address_that_leads_somewhere_is_fine(story: Make, address: str) -> None:
    assert found(sourced(story, address)) == []
    assert found(linked(story, address)) == []


def test_an_address_out_of_the_source_text_of_a_page_is_unescaped(story: Make) -> None:
    whole = sourced(story, f"{GOOD}?id=7&amp;page=2")
    (problem,) = found(whole)
    assert problem.severity is Severity.WARNING
    assert problem.fix
    assert mended(whole, problem.place, problem.fix).signals[0].sources[0].url == f"{GOOD}?id=7&page=2"


def test_a_slip_before_the_host_is_told_once(story: Make) -> None:
    problems = check(sourced(story, "https://https://harbourpost.example/a"), {}).problems
    assert [problem.rule for problem in problems if problem.rule.startswith("link-")] == ["link-broken"]


def test_a_text_may_link_to_a_mailbox(story: Make) -> None:
    assert found(linked(story, "mailto:desk@harbourpost.example")) == []
    assert len(found(linked(story, "mailto:desk"))) == 1


def test_a_link_in_a_text_is_told_with_its_words_and_their_place(story: Make) -> None:
    (problem,) = found(linked(story, "https://x.example/the-dam…"))
    assert (problem.place.field, problem.place.at, problem.place.until, problem.place.part) == ("news", 4, 7, "href")
    assert problem.message.startswith("The link “dam” in The News is cut off")
