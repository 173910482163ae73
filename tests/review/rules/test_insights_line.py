"""An insights line worded by hand is held against the cards: one warning says all, and its fix words it as they have it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from workstation.domain.mending import mended
from workstation.domain.outlet import KnownOutlet, Outlet
from workstation.domain.problem import Place, Problem, Severity
from workstation.domain.publication import Labels, Publication
from workstation.domain.story import SignalCard, Source, SourceKind, Story
from workstation.render.words.insights import insights_line as printed_line
from workstation.review import check
from workstation.review.background import Background

Make = Callable[..., Any]
ENGLISH = Background()
SWAPPED = "Insights from Dawn Mail, The Globe of Arad, and NBX News"
AS_THE_CARDS = "Insights from Harbour Post, The Valley Courier, and Delta Radio"


def with_outlets(story: Make, line: str, *cards: tuple[str | Source, ...]) -> Story:
    every = cards or (("Harbour Post",), ("The Valley Courier",), ("Delta Radio",))
    sources = [tuple(Source(name=name) if isinstance(name, str) else name for name in names) for names in every]
    made = (SignalCard(headline=f"Card {number}", sources=each) for number, each in enumerate(sources))
    whole: Story = story(*made, insights=line)
    return whole


def told(whole: Story, background: Background = ENGLISH) -> list[Problem]:
    return [problem for problem in check(whole, {}, background).problems if problem.rule == "insights-line"]


@pytest.mark.parametrize(
    ("line", "message", "mended_line"),
    [
        ("Insights from Harbour Post and The Valley Courier", "leaves out Delta Radio.", AS_THE_CARDS),
        (
            "Insights from Harbour Post, The Valley Courier, Delta Radio, and Kestrel Wire",
            "names Kestrel Wire, which no card has.",
            AS_THE_CARDS,
        ),
        (
            "Insights from Harbor Post, The Valley Courier, and Delta Radio",
            "has “Harbor Post” where the card has “Harbour Post”.",
            AS_THE_CARDS,
        ),
        (
            "Insights from Harbour Post, Valley Courier, and Delta Radio",
            "has “Valley Courier” where the card has “The Valley Courier”.",
            AS_THE_CARDS,
        ),
        (
            "Insights from The Harbour Post, The Valley Courier, and Delta Radio",
            "has “The Harbour Post” where the card has “Harbour Post”.",
            AS_THE_CARDS,
        ),
        ("Insights from Harbour Post, Delta Radio, and The Valley Courier", "has another order than the cards", AS_THE_CARDS),
        ("Insights from Harbour Post, The Valley Courier and Delta Radio", "is joined otherwise", AS_THE_CARDS),
        ("Insights from Harbour Post, The Valley Courier, Delta Radio", "is joined otherwise", AS_THE_CARDS),
        ("Insights from Harbour Post, The Valley Courier & Delta Radio", "is joined otherwise", AS_THE_CARDS),
        (
            "With reporting from Harbour Post, Delta Radio, The Valley Courier, and Harbour Post.",
            "has Harbour Post twice.",
            "With reporting from Harbour Post, The Valley Courier, and Delta Radio.",
        ),
        (
            "Insights from Kestrel Wire and The Valey Courier",
            "leaves out Harbour Post, Delta Radio; it names Kestrel Wire, which no card has; it has “The Valey Courier”",
            AS_THE_CARDS,
        ),
        ("What the valley says", "leaves out Harbour Post, The Valley Courier, Delta Radio.", AS_THE_CARDS),
    ],
)
def test_a_difference_is_told_and_its_fix_words_the_line_as_the_cards_have_it(
    story: Make, line: str, message: str, mended_line: str
) -> None:
    whole = with_outlets(story, line)
    (problem,) = told(whole)
    assert (problem.severity, problem.place, problem.excerpt) == (Severity.WARNING, Place("insights"), line)
    assert message in problem.message
    assert problem.fix is not None
    once = mended(whole, problem.place, problem.fix)
    assert once.insights == mended_line
    assert told(once) == []


@pytest.mark.parametrize(
    "line",
    [
        "auto",
        "none",
        "",
        AS_THE_CARDS,
        "insights from  harbour post,  the Valley Courier,\u00a0and Delta Radio ",
        "Insights from the Harbour Post, the Valley Courier, and Delta Radio",
        "Harbour Post, The Valley Courier, and Delta Radio",
        "With reporting from Harbour Post, The Valley Courier, and Delta Radio.",
        "A view from Harbour Post, one from The Valley Courier and one from Delta Radio",
    ],
)
def test_a_line_that_says_what_the_cards_say_is_told_nothing(story: Make, line: str) -> None:
    assert told(with_outlets(story, line)) == []


def test_the_sources_of_one_card_may_be_named_in_either_order(story: Make) -> None:
    line = "Insights from Dawn Mail, The Globe of Arad, and NBX News"
    whole = with_outlets(story, line, ("Dawn Mail",), ("NBX News", "The Globe of Arad"))
    assert told(whole) == []


def test_an_apostrophe_may_be_straight_or_curly(story: Make) -> None:
    assert told(with_outlets(story, "Insights from People's Voice and Dawn Mail", ("People’s Voice", "Dawn Mail"))) == []


def test_a_name_with_an_and_in_it_is_one_name(story: Make) -> None:
    assert told(with_outlets(story, "Insights from Bell and Kettle and Dawn Mail", ("Bell and Kettle", "Dawn Mail"))) == []
    (problem,) = told(with_outlets(story, "Insights from Bell and Ketle and Dawn Mail", ("Bell and Kettle", "Dawn Mail")))
    assert "has “Bell and Ketle” where the card has “Bell and Kettle”" in problem.message


PERSON = Source(name="Ruben Vey", kind=SourceKind.PERSON, of="Kestrel Wire")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Insights from Kestrel Wire and Dawn Mail", None),
        ("Insights from Kestrel Wire’s Ruben Vey and Dawn Mail", None),
        ("Insights from Ruben Vey (Kestrel Wire) and Dawn Mail", None),
        ("Insights from Ruben Vey and Dawn Mail", "has Ruben Vey, whose card counts as Kestrel Wire"),
    ],
)
def test_a_person_counts_as_the_outlet_that_he_speaks_for(story: Make, line: str, expected: str | None) -> None:
    whole = with_outlets(story, line, (PERSON,), ("Dawn Mail",))
    problems = told(whole)
    assert len(problems) == (expected is not None)
    for problem in problems:
        assert expected is not None
        assert expected in problem.message
        assert problem.fix is not None
        assert mended(whole, problem.place, problem.fix).insights == "Insights from Kestrel Wire and Dawn Mail"


def test_another_known_name_of_an_outlet_is_its_name(story: Make) -> None:
    known = KnownOutlet(outlet=Outlet(name="The New Arad Globe"), aliases=("NAG",))
    whole = with_outlets(story, "Insights from NAG and Dawn Mail", ("The New Arad Globe", "Dawn Mail"))
    assert told(whole, Background(outlets=(known,))) == []
    assert len(told(whole)) == 1


def test_a_line_that_names_outlets_though_no_card_has_one_has_no_fix(story: Make) -> None:
    (problem,) = told(with_outlets(story, "Insights from Kestrel Wire", ()))
    assert "names Kestrel Wire, which no card has" in problem.message
    assert problem.fix is None


@pytest.mark.parametrize(
    ("language", "label", "outlets", "names", "message"),
    [
        ("de", "Mit Stimmen von {sources}", "Die Welle|Morgenblatt|Radio Süd", "der Welle, Morgenblatt und Radio Süd", None),
        ("de", "Mit Stimmen von {sources}", "Morgenblatt|Radio Süd", "Morgenblatt, Radio Süd", "joined"),
        ("fr", "Avec {sources}", "Le Phare|La Vigie|Radio Sud", "Le Phare, La Vigie et Radio Sud", None),
        ("fr", "Avec {sources}", "Le Phare|La Vigie", "Le Phare", "leaves out La Vigie"),
        ("en-GB", "Insights from {sources}", "Dawn Mail|Kestrel Wire|NBX", "Dawn Mail, Kestrel Wire and NBX", None),
        ("en-GB", "Insights from {sources}", "Dawn Mail|Kestrel Wire|NBX", "Dawn Mail, Kestrel Wire, and NBX", "joined"),
        ("zh", "来自{sources}", "东方报|西方报", "东方报和西方报", None),
        ("zh", "来自{sources}", "东方报|西方报", "东方报", "leaves out 西方报"),
        ("ar", "تقارير من {sources}", "الميناء|الوادي", "الميناء والوادي", None),
        ("ru", "По материалам {sources}", "Волна|Берег", "Волна и Берег", None),
    ],
)
def test_the_line_is_read_as_the_house_words_it(
    story: Make, language: str, label: str, outlets: str, names: str, message: str | None
) -> None:
    background = Background(language=language, insights=label)
    whole = with_outlets(story, label.replace("{sources}", names), tuple(outlets.split("|")))
    problems = told(whole, background)
    assert len(problems) == (message is not None)
    for problem in problems:
        assert message is not None
        assert message in problem.message
        assert problem.fix is not None
        once = mended(whole, problem.place, problem.fix)
        assert told(once, background) == []


@pytest.mark.parametrize(
    ("language", "label"), [("en", "Insights from {sources}"), ("de", "Mit Stimmen von {sources}"), ("ja", "{sources}より")]
)
def test_the_line_that_the_page_prints_by_itself_is_told_nothing(story: Make, language: str, label: str) -> None:
    house = Publication(name="The Lantern", language=language, labels=Labels(insights=label))
    made = printed_line(with_outlets(story, "auto"), house)
    assert made is not None
    assert told(with_outlets(story, made), Background(language=language, insights=label)) == []


@pytest.mark.parametrize("names", ["Dawn Mail, Kestrel Wire, and NBX", "Dawn Mail, Kestrel Wire and NBX"])
def test_a_list_is_joined_as_the_house_or_the_story_joins_one(story: Make, names: str) -> None:
    cards = (("Dawn Mail",), ("Kestrel Wire",), ("NBX",))
    whole = with_outlets(story, f"Insights from {names}", *cards)
    assert len(told(whole, Background(language="en-US"))) == (" and" in names.replace(", and", ""))
    assert told(replace(whole, language="en-GB"), Background(language="en-US")) == []


@pytest.mark.parametrize(
    ("person", "names"),
    [
        ("Uche Nwankwo", "Dawn Mail and Professor Uche Nwankwo"),
        ("Ifeoma Adébáyò", "Dawn Mail and Dr. Ifeoma Adébáyò"),
        ("Dr Ratna Wibisono", "Dawn Mail and Ratna Wibisono"),
        ("Prof. Sir Anil Chowdhury-Pratt", "Dawn Mail and Sir Anil Chowdhury-Pratt"),
    ],
)
def test_a_title_before_a_person_is_given_or_left_out(story: Make, person: str, names: str) -> None:
    cards = (("Dawn Mail",), (Source(name=person, kind=SourceKind.PERSON),))
    assert told(with_outlets(story, f"Insights from {names}", *cards)) == []
    (problem,) = told(with_outlets(story, f"Insights from {names}, and Dr. Ada Brook", *cards))
    assert "names Dr. Ada Brook, which no card has" in problem.message
