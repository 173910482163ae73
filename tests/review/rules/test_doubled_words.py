"""A word that stands twice in a row is told, but for those that may."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from workstation.domain.body import write_html
from workstation.domain.mending import mended
from workstation.domain.problem import Problem, Severity
from workstation.domain.story import LeadImage, Story
from workstation.review import check
from workstation.review.background import Background

Make = Callable[..., Any]


def told(whole: Story, language: str = "en") -> list[Problem]:
    return [each for each in check(whole, {}, Background(language=language)).problems if each.rule == "doubled-word"]


@pytest.mark.parametrize(
    ("html", "word", "mended_html"),
    [
        ("<p>The the dam is full.</p>", "The", "<p>The dam is full.</p>"),
        ("<p>They went to to the valley.</p>", "to", "<p>They went to the valley.</p>"),
        (
            '<p>According to <a href="https://a.example/">to Baltic Mail</a> so.</p>',
            "to",
            '<p>According to <a href="https://a.example/">Baltic Mail</a> so.</p>',
        ),
        ("<p>It belongs to to Baltic Mail.</p>", "to", "<p>It belongs to Baltic Mail.</p>"),
        ("<p>In the <strong>the</strong> valley.</p>", "the", "<p>In the valley.</p>"),
        (
            '<p>In <a href="https://a.example/">the</a> the valley.</p>',
            "the",
            '<p>In <a href="https://a.example/">the</a> valley.</p>',
        ),
        ("<p>In the<br>the valley.</p>", "the", "<p>In the<br>valley.</p>"),
        ("<p>The dam dam broke.</p>", "dam", "<p>The dam broke.</p>"),
        ("<p>The The Valley Courier reported it.</p>", "The", "<p>The Valley Courier reported it.</p>"),
        ("<p>He said in the The Valley Courier.</p>", "the", "<p>He said in the Valley Courier.</p>"),
        ("<p>The dam is is full.</p>", "is", "<p>The dam is full.</p>"),
        ("<p>I I am here.</p>", "I", "<p>I am here.</p>"),
        ("<p>One and and</p><p>and three.</p>", "and", "<p>One and</p>\n<p>and three.</p>"),
    ],
)
def test_a_doubled_word_is_told_and_one_is_taken_out(story: Make, card: Make, html: str, word: str, mended_html: str) -> None:
    whole = story(card(html))
    (problem,) = told(whole)
    assert problem.severity is Severity.WARNING
    assert f"“{word}”" in problem.message
    text = whole.signals[0].body.text
    assert text[problem.place.at : problem.place.until].split()[0] == word
    assert problem.fix is not None
    once = mended(whole, problem.place, problem.fix)
    assert write_html(once.signals[0].body) == mended_html
    assert told(once) == []


@pytest.mark.parametrize(
    ("language", "html", "doubled"),
    [
        ("de", "<p>Der Damm und und der See.</p>", ["und"]),
        ("fr", "<p>Le lac de de la vallée.</p>", ["de"]),
        ("es", "<p>Dijo que que llueve.</p>", ["que"]),
        ("sv", "<p>Dammen är är full.</p>", ["är"]),
        ("pl", "<p>Tama jest jest pełna.</p>", ["jest"]),
        ("ru", "<p>Плотина и и озеро.</p>", ["и"]),
        ("nl", "<p>De dam is is vol.</p>", ["is"]),
        ("pt", "<p>A barragem de de água.</p>", ["de"]),
    ],
)
def test_a_doubled_word_is_told_in_other_languages(story: Make, card: Make, language: str, html: str, doubled: list[str]) -> None:
    assert [problem.about for problem in told(story(card(html), language=language), language)] == doubled


@pytest.mark.parametrize(
    ("language", "html"),
    [
        ("en", "<p>She had had enough, and he knew that that was so.</p>"),
        ("en", "<p>From Pago Pago to Bora Bora and Walla Walla with Boutros Boutros, said Duran Duran.</p>"),
        ("en", "<p>No, no; very, very late; the so-so dam, pro pro-war; 10 10; A A Brook.</p>"),
        ("en", "<p>It is what it is is a saying.</p>"),
        ("en", "<p>They moved in in March and went on on 3 May.</p>"),
        ("en", "<p>She logged on on Friday, voted them in in 2019, came over over 2 days.</p>"),
        ("en", "<p>We know what what’s meant; www www.a.example</p>"),
        ("en", "<p>He said “the the dam” twice.</p>"),
        ("en", "<p>The valley and</p><p>and the dam.</p>"),
        ("en", "<p>Open the. The end.</p>"),
        ("de", "<p>Die Dämme, die die Täler schützen, und sie sie, das das Wasser.</p>"),
        ("fr", "<p>Nous nous voyons et vous vous levez.</p>"),
        ("it", "<p>Piano piano, quasi quasi.</p>"),
        ("id", "<p>Orang orang dan anak anak.</p>"),
        ("sw", "<p>Pole pole, sawa sawa.</p>"),
        ("tr", "<p>Yavaş yavaş, ağır ağır.</p>"),
        ("zh", "<p>天天 天天</p>"),
        ("af", "<p>Nie nie, gou gou.</p>"),
        ("hi", "<p>धीरे धीरे</p>"),
    ],
)
def test_words_that_may_follow_themselves_are_told_nothing(story: Make, card: Make, language: str, html: str) -> None:
    assert told(story(card(html), language=language), language) == []


@pytest.mark.parametrize("sentence", ["They wade in water in in Sylhet.", "A dam was lost on on 3 May.", "She died in in March."])
def test_a_preposition_before_a_name_or_a_date_is_doubled_by_mistake_where_no_verb_has_it_as_a_particle(
    story: Make, card: Make, sentence: str
) -> None:
    assert told(story(card(f"<p>{sentence}</p>")))


def test_every_printed_text_is_looked_at(story: Make, card: Make) -> None:
    image = LeadImage(file="a.jpg", alt="A a dam of of stone", caption="In the the dam", credit="Photo photo by Ada Brook")
    whole = story(card("<p>Dam.</p>", headline="Talks On On Dam"), headline="Two and and two", lead_image=image)
    places = [str(problem.place) for problem in told(whole)]
    assert places == [
        "headline",
        "lead_image.alt",
        "lead_image.alt",
        "lead_image.caption",
        "lead_image.credit",
        "signals[0].headline",
    ]


def test_a_waiver_for_a_doubled_word_moves_with_its_card(story: Make, card: Make) -> None:
    doubled, other = card("<p>In the the dam.</p>", headline="One"), card("<p>Dam.</p>", headline="Two")
    first, second = told(story(doubled, other)), told(story(other, doubled))
    assert first[0].fingerprint == second[0].fingerprint
