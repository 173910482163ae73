"""Each card says in its words who reports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from workstation.domain.body import read_html
from workstation.domain.outlet import KnownOutlet, Outlet
from workstation.domain.problem import Severity
from workstation.domain.story import SignalCard, Source, SourceKind
from workstation.review import Background, check

Make = Callable[..., Any]
KNOWN = Background(
    outlets=(
        KnownOutlet(outlet=Outlet(name="The New Valley Times", domains=("newvalley.example",)), aliases=("NVT",)),
        KnownOutlet(outlet=Outlet(name="Al-Sariya", domains=("alsariya.example",)), native="الصارية"),
    )
)


def told(story: Make, html: str, *names: str, headline: str = "A signal", **changes: Any) -> list[str]:
    sources = tuple(replace(Source(name=name, url="https://a.example/1"), **changes) for name in names)
    whole = story(SignalCard(headline=headline, sources=sources, body=read_html(f"<p>{html}</p>").body))
    return [problem.excerpt for problem in check(whole, {}, KNOWN).problems if problem.rule == "attribution"]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("The dam is full, The New Valley Times reported.", "The New Valley Times"),
        ("The dam is full, New Valley Times reporters saw.", "The New Valley Times"),
        ("The dam is full, the Times noted.", "The New Valley Times"),
        ("The Times noted that the dam is full.", "The New Valley Times"),
        ("The dam is full, NVT reported.", "The New Valley Times"),
        ("The dam is full, Lanternfish’s editor wrote.", "Lanternfish"),
        ("The dam is full, Lanternfish's editor wrote.", "Lanternfish"),
        ("A column in LANTERNFISH says so.", "Lanternfish"),
        ("The dam is full, Delta Radio reported.", "Delta Radio News"),
        ("The dam is full, Delta Radio reported.", "Delta-Radio (online)"),
        ("Der Damm ist voll, sagte er dem Boten.", "Hallingsieler Bote"),
        ("Der Damm ist voll, berichtete die Graue Allgemeine.", "Graue Allgemeine"),
        ("Das sagte er der Grauen Allgemeinen.", "Graue Allgemeine"),
        ("Le barrage est plein, selon le Cadran.", "Le Cadran du large"),
        ("Плотина полна, пишет «Маячник».", "Маячник"),
        ("Плотина полна, рассказал он «Маячнику».", "Маячник"),
        ("По данным «Волны», плотина полна.", "Волна"),
        ("السد ممتلئ كما قال للصارية أحد المهندسين", "الصارية"),
        ("وذكرت الصارية أن السد ممتلئ", "Al-Sariya"),
        ("据澜港晚报报道，大坝已满。", "澜港晚报"),
        ("潮路新報によると、ダムは満水だ。", "潮路新報"),
        ("बाँध भर गया है, लहर पत्रिका ने बताया।", "लहर पत्रिका"),
        ("Baraj doldu, Dalga Postası’nın haberine göre.", "Dalga Postası"),
    ],
)
def test_a_source_that_the_words_name_in_a_usual_form_is_named(story: Make, words: str, name: str) -> None:
    assert told(story, words, name) == []


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("The dam in New Valley is full.", "The New Valley Times"),
        ("At times the dam is full.", "The New Valley Times"),
        ("At dawn the dam was full.", "Dawn Courant"),
        ("One expert told the paper that the dam is full.", "Lanternfish"),
        ("Израиль строит плотину.", "Время Израиля"),
        ("大坝已满。", "澜港晚报"),
        ("السد ممتلئ", "الصارية"),
    ],
)
def test_a_card_that_names_nobody_is_warned_of(story: Make, words: str, name: str) -> None:
    assert told(story, words, name) == [name]


def test_one_warning_names_those_that_are_not_named(story: Make) -> None:
    words = "The dam is full, Delta Radio reported."
    assert told(story, words, "Delta Radio", "Harbour Post", "Creek Herald") == ["Harbour Post, Creek Herald"]


def test_the_message_lists_names_as_one_says_them(story: Make) -> None:
    card = SignalCard(
        headline="One", sources=(Source(name="Delta Radio"), Source(name="Creek Herald")), body=read_html("<p>It rains.</p>").body
    )
    (problem,) = [problem for problem in check(story(card), {}).problems if problem.rule == "attribution"]
    assert problem.message == "Card 1 says only in its chip who reports. Name Delta Radio and Creek Herald in its words."


def test_the_headline_of_a_card_may_name_its_source(story: Make) -> None:
    assert told(story, "The dam is full.", "Delta Radio", headline="Delta Radio: a dam too far") == []


def test_a_person_is_named_by_surname_or_by_the_outlet(story: Make) -> None:
    person = {"kind": SourceKind.PERSON, "of": "Harbour Post"}
    assert told(story, "The dam is full, Brook said.", "Ada Brook", **person) == []
    assert told(story, "The dam is full, the Harbour Post said.", "Ada Brook", **person) == []
    assert told(story, "The dam is full, she said.", "Ada Brook", **person) == ["Ada Brook (Harbour Post)"]


def test_a_handle_is_named_without_its_sign(story: Make) -> None:
    assert told(story, "The dam is full, adabrook wrote.", "@adabrook", kind=SourceKind.SOCIAL) == []


def test_a_card_without_sources_or_without_words_is_the_matter_of_other_rules(story: Make) -> None:
    assert told(story, "The dam is full.") == []
    whole = story(SignalCard(headline="One", sources=(Source(name="Delta Radio"),)))
    assert [problem for problem in check(whole, {}).problems if problem.rule == "attribution"] == []


def test_the_warning_says_where_the_names_are_to_be_put(story: Make) -> None:
    card = SignalCard(headline="One", sources=(Source(name="Delta Radio"),), body=read_html("<p>The dam is full.</p>").body)
    (problem,) = [problem for problem in check(story(card), {}).problems if problem.rule == "attribution"]
    assert problem.severity is Severity.WARNING
    assert str(problem.place) == "signals[0].body"
    assert problem.message == "Card 1 says only in its chip who reports. Name Delta Radio in its words."
