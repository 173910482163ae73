"""A number that differs from its source is found; rounded, reckoned and unrelated ones are left alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from workstation.domain.claim import Claim
from workstation.domain.mending import mended
from workstation.domain.problem import Problem, Severity
from workstation.domain.quote import Quote
from workstation.domain.story import Story
from workstation.review.background import Background
from workstation.review.manuscript import manuscript_of
from workstation.review.rules.figures_of_sources import figures_of_sources

Make = Callable[..., Any]
ARRIVALS = (
    "The number of ships waiting at the two mouths of the strait rose on Friday morning, the harbour commission said. "
    "By Friday 212 ships were waiting at the two mouths of the strait. "
    "Some 26 percent of the sea bed has been surveyed since the landslide. "
    "Tolls brought the harbour commission $1.1 billion last year. "
    "Sixty-one tankers have turned for the southern cape. "
    "Two trawlers from Norway and three trawlers from Chile sank near the lighthouse. "
    "The trench near the eastern shore was 34 meters deep at its deepest point. "
    "Divers found 1,480 crates of porcelain beside the wreck of the steamer."
)


def found(story: Story, items: dict[str, Any], quotes: dict[str, Quote] | None = None) -> list[Problem]:
    return list(figures_of_sources(manuscript_of(story, items, Background(quotes=quotes or {}))))


UNTIED = [
    ("By Friday 221 ships were waiting at the two mouths of the strait.", "221", "212"),
    ("Some 221 ships were waiting at both mouths of the strait by Friday.", None, "212"),
    ("Of the sea bed, 62 percent has been surveyed since the landslide.", "62", "26"),
    ("Sixteen tankers have turned for the southern cape.", "Sixteen", "Sixty-one"),
    ("The trench near the eastern shore was 43 meters deep at its deepest point.", "43", "34"),
    ("Tolls brought the harbour commission $1.7 billion last year.", "1.7 billion", "1.1 billion"),
    ("Beside the wreck of the steamer divers found 1,840 crates of porcelain.", "1,840", "1,480"),
    ("Divers found 4,180 crates of porcelain at the wreck.", "4,180", "1,480"),
]


SAME_WORDS_AROUND = (
    "The inland valleys look to the new quay as a way around the old port, which handles roughly 90% of their salt trade."
)


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("For years they have sought to be rid of Oriel, which handles roughly 60% of their salt trade.", ["60%"]),
        ("For years they have sought to be rid of Oriel, which handles roughly 90% of their salt trade.", []),
        ("Oriel, a town of fishers, sells roughly 60% of their salt.", []),
        ("Roughly 60% of their salt trade was once in other hands.", []),
        ("Karamund handles roughly 60% of its timber.", []),
    ],
)
def test_another_number_between_the_same_words_is_a_warning(
    story: Make, card: Make, item: Make, sentence: str, told: list[str]
) -> None:
    source = item("one", SAME_WORDS_AROUND)
    whole = story(card(f"<p>{sentence}</p>", source))
    assert [problem.excerpt for problem in found(whole, {"one": source})] == told


@pytest.mark.parametrize(("sentence", "written", "theirs"), UNTIED)
def test_another_number_in_a_sentence_that_is_told_again_is_a_warning(
    story: Make, card: Make, item: Make, sentence: str, written: str | None, theirs: str
) -> None:
    source = item("one", ARRIVALS)
    whole = story(card(f"<p>{sentence}</p>", source))
    problems = found(whole, {"one": source})
    if written is None:
        assert len(problems) <= 1
        return
    (problem,) = problems
    assert (problem.rule, problem.severity, problem.excerpt.split()[0]) == ("figure-source", Severity.WARNING, written.split()[0])
    assert theirs in problem.message and "Harbour Post" in problem.message
    assert problem.fix
    assert found(mended(whole, problem.place, problem.fix), {"one": source}) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "By Friday 212 ships were waiting at the two mouths of the strait.",
        "By Friday more than 200 ships were waiting at the two mouths of the strait.",
        "By Friday two hundred and twelve ships were waiting at the two mouths of the strait.",
        "About a quarter of the sea bed has been surveyed since the landslide.",
        "About 60 tankers have turned for the southern cape.",
        "Five trawlers from Norway and Chile sank near the lighthouse.",
        "On 18 January ships were waiting at the two mouths of the strait.",
        "In 2019 ships were waiting at the two mouths of the strait.",
        "In the harbour of Dunedin 40 ships were counted.",
        "The commission has 17 members; 14 voted.",
        "Nearly 1,500 crates of porcelain lay beside the wreck of the steamer.",
        "“By Friday 221 ships were waiting at the two mouths of the strait,” he said.",
    ],
)
def test_equal_rounded_reckoned_and_unrelated_numbers_are_left_alone(story: Make, card: Make, item: Make, sentence: str) -> None:
    source = item("one", ARRIVALS)
    assert found(story(card(f"<p>{sentence}</p>", source)), {"one": source}) == []


def tied(story: Make, card: Make, source: Any, sentence: str, exact: str) -> list[Problem]:
    start = source.text.index(exact)
    quote = Quote(id="q", item=source.id, start=start, end=start + len(exact), exact=exact)
    one = replace(card(f"<p>{sentence}</p>", source), claims=(Claim(sentence, "q"),))
    return found(story(one), {source.id: source}, {"q": quote})


TIED = [
    ("It counted 221 ships.", "212 ships were waiting at the two mouths of the strait", True),
    ("It counted 212 ships.", "212 ships were waiting at the two mouths of the strait", False),
    ("It counted some 200 ships.", "212 ships were waiting at the two mouths of the strait", False),
    ("It has looked at 62 percent.", "Some 26 percent of the sea bed has been surveyed", True),
    ("Sixteen tankers turned away.", "Sixty-one tankers have turned for the southern cape", True),
    ("Sixty tankers turned away.", "Sixty-one tankers have turned for the southern cape", False),
    ("It took $1.7 billion.", "Tolls brought the harbour commission $1.1 billion last year", True),
    ("It took $1.1 billion.", "Tolls brought the harbour commission $1.1 billion last year", False),
    ("Five trawlers sank.", "Two trawlers from Norway and three trawlers from Chile sank", False),
    ("Six trawlers sank, said 40 men.", "Sixty-one tankers have turned for the southern cape", False),
]


@pytest.mark.parametrize(("sentence", "exact", "speaks"), TIED)
def test_a_tied_sentence_is_held_against_its_passage(
    story: Make, card: Make, item: Make, sentence: str, exact: str, speaks: bool
) -> None:
    problems = tied(story, card, item("one", ARRIVALS), sentence, exact)
    assert [problem.rule for problem in problems] == (["figure-source"] if speaks else [])


def test_a_passage_in_another_language_tells_turned_digits_only(story: Make, card: Make, item: Make) -> None:
    source = replace(item("one", "Am Freitag warteten 212 Schiffe vor der Enge."), language="de")
    assert len(tied(story, card, source, "On Friday 221 ships waited.", source.text)) == 1
    assert tied(story, card, source, "On Friday 90 ships waited.", source.text) == []
    assert tied(story, card, source, "On Friday 212 ships waited.", source.text) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Am Freitag warteten 3.480 Schiffe."),
        ("zh", "周五有3480艘船在等候。"),
        ("ar", "انتظرت ٣٤٨٠ سفينة يوم الجمعة."),
        ("fr", "Vendredi, 3 480 navires"),
    ],
)
def test_turned_digits_of_a_source_in_another_language_are_told(
    story: Make, card: Make, item: Make, language: str, text: str
) -> None:
    source = replace(item("one", text), language=language)
    for sentence, speaks in (("On Friday 3,840 ships waited.", True), ("On Friday 3,480 ships waited.", False)):
        problems = found(story(card(f"<p>{sentence}</p>", source)), {"one": source})
        assert [problem.fix for problem in problems] == ([None] if speaks else [])
    assert found(story(card("<p>On Friday 2,000 ships waited for 41 days.</p>", source)), {"one": source}) == []


def test_the_news_answers_to_every_source(story: Make, card: Make, item: Make) -> None:
    source = item("one", ARRIVALS)
    news = card("<p>By Friday 221 ships were waiting at the two mouths of the strait.</p>").body
    (problem,) = found(story(card("<p>It is quiet.</p>", source), news=news), {"one": source})
    assert str(problem.place) == "news"


def test_clean_stories_have_no_alarm(clean: Any) -> None:
    assert found(clean.story, dict(clean.items)) == []


SLIPS = [
    (
        "There were 74 of them at the lighthouse, each with a captain.",
        "At the lighthouse there were 47, each with its own captain.",
    ),
    ("The harbour paid about 41bn dirhams for the stadium.", "The stadium took about 14bn dirhams."),
    ("In her survey of 2,104 people most were glad.", "We asked 2,014 people in June."),
    ("Some 16 per cent reject the deal on land.", "We asked in January. 61 per cent reject any deal that gives up land."),
    ("Coal stocks at 83 plants are low.", "Thirty-eight coal-fired plants have little stock left."),
    ("The drill met ice 48 centimeters below the surface.", "At 84 cm the drill below the surface slowed."),
    ("The sample was 6.5% water by weight.", "The spectrometer read 5.6 per cent water by weight."),
    ("Demand reached 216 gigawatts on Monday, a record.", "Demand touched 261 GW on Monday."),
    ("The state owns 41,000 empty crates on the pier.", "On the pier stand 4,100 crates, and they are the state’s."),
]


@pytest.mark.parametrize(("sentence", "source"), SLIPS)
def test_digits_turned_round_and_a_nought_too_many_are_warned_of(
    story: Make, card: Make, item: Make, sentence: str, source: str
) -> None:
    port = item("port", source)
    assert len(found(story(card(f"<p>{sentence}</p>", port)), {"port": port})) == 1


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("There were 74 of them at noon.", "At the lighthouse there were 47, each with its own captain."),
        ("Some 1,500 people were hurt.", "About 15,000 people live in the town."),
        ("The town has 120,000 people.", "Some 12 people came to the lighthouse."),
        ("He is 73 and rich.", "She was 37 then, and the lighthouse was new."),
    ],
)
def test_other_numbers_with_like_digits_are_passed_over(story: Make, card: Make, item: Make, sentence: str, source: str) -> None:
    port = item("port", source)
    assert found(story(card(f"<p>{sentence}</p>", port)), {"port": port}) == []


def test_percentages_turned_round_are_told_from_a_source_in_another_language(story: Make, card: Make, item: Make) -> None:
    port = replace(item("port", "À Kayes, 94 % des enfants ont reçu leurs doses."), language="fr")
    (problem,) = found(story(card("<p>In Kayes, 49% of the children got their doses.</p>", port)), {"port": port})
    assert problem.fix is None
