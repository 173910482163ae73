"""What an editor is told of a quotation, and how gravely. All outlets and events are invented."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from workstation.domain.mending import mended
from workstation.domain.problem import Problem, Severity
from workstation.domain.quote import Quote
from workstation.domain.story import Source, Story
from workstation.review import Background, check

Make = Callable[..., Any]

DAM = "The engineer said: “We cannot fill the reservoir this year.” He called the plan a fantasy, and the gate a dead end."
RAIN = "The mayor disagreed. “Our people want rain, and they want it soon,” she said in the upper hall. “Who pays for it?”"


@pytest.fixture
def dam(item: Make) -> Any:
    return item("dam", DAM)


@pytest.fixture
def rain(item: Make) -> Any:
    return item("rain", RAIN, "Valley Courier")


def told(story: Story, *items: Any, **background: Any) -> list[Problem]:
    found = check(story, {item.id: item for item in items}, Background(**background)).problems
    return [problem for problem in found if problem.rule in RULES]


RULES = ("quotation-altered", "quotation-source", "quotation-missing", "quotation-unarchived")


@pytest.mark.parametrize(
    "html",
    [
        "<p>“We cannot fill the reservoir this year,” he said.</p>",
        "<p>“We cannot … this year,” he said.</p>",
        "<p>He spoke of a “fantasy” and of a “dead end”.</p>",
        "<p>That we “cannot fill the reservoir” is known.</p>",
        "<p>“[W]e cannot fill the reservoir.”</p>",
    ],
)
def test_true_words_and_true_scare_quotes_are_passed_over(story: Make, card: Make, dam: Any, html: str) -> None:
    assert told(story(card(html, dam)), dam) == []


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>A “nightmare” for all.</p>", "One word in quotation marks"),
        ("<p>A “useless barrier” for all.</p>", "Two words in quotation marks"),
        ("<p>They named it “Operation Quiet Heron” last year.</p>", "name or title"),
        ("<p>She wrote “The House of the Two Doors” there.</p>", "name or title"),
    ],
)
def test_nobodys_words_and_names_are_only_warned_of(story: Make, card: Make, dam: Any, html: str, words: str) -> None:
    (problem,) = told(story(card(html, dam)), dam)
    assert (problem.rule, problem.severity) == ("quotation-missing", Severity.WARNING)
    assert words in problem.message


def test_an_altered_name_or_word_is_only_warned_of_and_mended(story: Make, card: Make, dam: Any) -> None:
    whole = story(card("<p>He spoke of a “dead and”.</p>", dam))
    (problem,) = told(whole, dam)
    assert (problem.rule, problem.severity) == ("quotation-altered", Severity.WARNING)
    assert problem.fix is not None
    assert told(mended(whole, problem.place, problem.fix), dam) == []


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("We can fill the reservoir this year", "“can” is “cannot” in the source"),
        ("We cannot ever fill the reservoir", "“ever” is not in the source"),
        ("Who pays for it.", "“it.” is “it?” in the source"),
        ("they soon want it", "“soon”"),
    ],
)
def test_altered_words_are_a_blocker_with_the_source_wording_in_one_click(
    story: Make, card: Make, dam: Any, rain: Any, printed: str, words: str
) -> None:
    whole = story(card(f"<p>He said: “{printed}”</p>", dam, rain))
    (problem,) = told(whole, dam, rain)
    assert (problem.rule, problem.severity) == ("quotation-altered", Severity.BLOCKER)
    assert words in problem.message
    assert problem.excerpt == printed
    assert problem.fix is not None
    assert told(mended(whole, problem.place, problem.fix), dam, rain) == []


def test_words_of_another_source_name_the_right_one(story: Make, card: Make, dam: Any, rain: Any) -> None:
    (problem,) = told(story(card("<p>“Our people want rain”</p>", dam)), dam, rain)
    assert (problem.rule, problem.severity) == ("quotation-source", Severity.BLOCKER)
    assert "Valley Courier" in problem.message


def test_words_of_an_outlet_that_is_named_without_a_capture_are_its_own(story: Make, card: Make, dam: Any, rain: Any) -> None:
    made = card("<p>“Our people want rain”</p>", dam)
    both = replace(made, sources=(*made.sources, Source(name="Valley Courier")))
    assert told(story(both), dam, rain) == []


@pytest.mark.parametrize("printed", ["The dam was sold to foreign buyers at night", "SELL THE DAM NOW", "They Sold It All."])
def test_a_long_quotation_that_no_source_has_is_a_blocker(story: Make, card: Make, dam: Any, printed: str) -> None:
    (problem,) = told(story(card(f"<p>“{printed}”</p>", dam)), dam)
    assert (problem.rule, problem.severity, problem.fix) == ("quotation-missing", Severity.BLOCKER, None)


def test_without_an_archived_source_only_long_quotations_are_warned_of(story: Make, card: Make, item: Make) -> None:
    empty = item("empty", "")
    found = told(story(card("<p>A “farce”. “We will not sign this treaty”</p>", empty)), empty)
    assert [(problem.rule, problem.severity) for problem in found] == [("quotation-unarchived", Severity.WARNING)]


ARABIC = "وقالت رئيسة البلدية: «لا ننتظر المطر هذا العام». ثم غادرت القاعة."


def test_a_translated_quotation_that_is_tied_to_nothing_is_told_with_the_way_out(story: Make, card: Make, item: Make) -> None:
    source = replace(item("ar", ARABIC), language="ar")
    (problem,) = told(story(card("<p>“We do not wait for rain this year”</p>", source)), source)
    assert problem.severity is Severity.WARNING  # as where there is no text: nothing can be compared
    assert "The source is in Arabic" in problem.message
    assert "keep your words as its translation" in problem.message


def test_words_in_the_sources_own_language_that_it_does_not_have_block(story: Make, card: Make, item: Make) -> None:
    text = "« Nous ne demandons pas la lune », a dit le passeur, qui ne veut pas de la digue ni de la route du port."
    source = replace(item("fr", text), language="fr")
    (problem,) = told(story(card("<p>“Nous ne voulons pas de la guerre du port”</p>", source)), source)
    assert (problem.rule, problem.severity) == ("quotation-missing", Severity.BLOCKER)
    assert "not archived" not in problem.message and "The source is in" not in problem.message


def test_tied_words_in_another_language_are_told_to_be_kept_beside_the_original(story: Make, card: Make, item: Make) -> None:
    source = replace(item("ar", ARABIC), language="ar-EG")
    at = ARABIC.index("لا ننتظر")
    quote = Quote(id="q", item="ar", start=at, end=at + 14, exact=ARABIC[at : at + 14])
    whole = story(card('<p>“<mark data-quote="q">We do not wait for rain</mark>”</p>', source))
    (problem,) = told(whole, source, quotes={"q": quote})
    assert problem.severity is Severity.BLOCKER
    assert "keep them beside the original" in problem.message
    kept = replace(quote, translation="We do not wait for rain")
    assert told(whole, source, quotes={"q": kept}) == []


@pytest.mark.parametrize("language", [None, "en", "en-GB"])
def test_a_source_in_the_storys_language_or_in_none_is_told_plainly(
    story: Make, card: Make, dam: Any, language: str | None
) -> None:
    source = replace(dam, language=language)
    (problem,) = told(story(card("<p>“The dam was sold to foreign buyers at night”</p>", source)), source)
    assert "in no source of card 1" in problem.message


def test_changed_words_of_a_kept_translation_are_a_blocker_that_puts_it_back(story: Make, card: Make, item: Make) -> None:
    source = item("ar", ARABIC)
    at = ARABIC.index("لا ننتظر")
    quote = Quote(id="q", item="ar", start=at, end=at + 14, exact=ARABIC[at : at + 14], translation="We do not wait for rain")
    whole = story(card('<p>“<mark data-quote="q">We do wait for rain</mark>”</p>', source))
    (problem,) = told(whole, source, quotes={"q": quote})
    assert (problem.rule, problem.severity) == ("quotation-altered", Severity.BLOCKER)
    assert "your translation has “not” here" in problem.message
    assert problem.fix is not None
    assert told(mended(whole, problem.place, problem.fix), source, quotes={"q": quote}) == []


def test_words_of_a_card_without_sources_are_told_whose_they_are(story: Make, card: Make, item: Make) -> None:
    whole = story(card("<p>He said “the sluice was never closed in that winter”.</p>"))
    other = item("b", "Then: the sluice was never closed in that winter.", "Harbour Post")
    (problem,) = [p for p in check(whole, {"b": other}).problems if p.rule.startswith("quotation-")]
    assert problem.message == "These words in card 1 are from Harbour Post, which the card does not name. Add it."


@pytest.mark.parametrize(("outlet", "name"), [("Harbour Post", "(Harbour Post)"), ("", "(A title)")])
def test_altered_words_are_told_with_a_name_of_the_source(story: Make, card: Make, dam: Any, outlet: str, name: str) -> None:
    source = replace(dam, outlet=outlet, title="A title")
    (problem,) = told(story(card("<p>“We can fill the reservoir this year.”</p>", source)), source)
    assert problem.rule == "quotation-altered"
    assert name in problem.message


def test_a_story_without_any_archived_source_is_warned_of_once(story: Make, card: Make, item: Make) -> None:
    empty = item("empty", "")
    cards = [card("<p>“We will not sign this treaty,” he said. “Let them wait for it.”</p>", empty) for _ in range(3)]
    (problem,) = told(story(*cards), empty)
    assert (problem.rule, problem.severity, problem.place.card) == ("quotation-unarchived", Severity.WARNING, 0)
    assert problem.message.startswith("6 quotations in this story")
    assert problem.excerpt == "We will not sign this treaty,"


def test_a_waiver_of_quotations_that_cannot_be_compared_does_not_hold_for_another_one(
    story: Make, card: Make, item: Make
) -> None:
    empty = item("empty", "")
    one = card("<p>“We will not sign this treaty,” he said.</p>", empty)
    two = card("<p>“We will not sign this treaty,” he said. “Let them wait for it.”</p>", empty)
    assert told(story(one), empty)[0].fingerprint != told(story(two), empty)[0].fingerprint


def test_each_card_without_an_archived_source_is_warned_of_where_others_have_one(
    story: Make, card: Make, item: Make, dam: Any
) -> None:
    empty = item("empty", "")
    bare = card("<p>“We will not sign this treaty,” he said. “Let them wait for it.”</p>", empty)
    found = told(story(bare, card("<p>“We cannot fill the reservoir”</p>", dam), bare), empty, dam)
    assert [(problem.rule, problem.place.card) for problem in found] == [("quotation-unarchived", 0), ("quotation-unarchived", 2)]
    assert found[0].message.startswith("2 quotations in card 1")


def test_words_that_a_source_without_text_may_have_are_no_blocker(story: Make, card: Make, dam: Any) -> None:
    made = card("<p>“The dam was sold to foreign buyers”</p>", dam)
    both = replace(made, sources=(*made.sources, Source(name="Valley Courier")))
    (problem,) = told(story(both), dam)
    assert (problem.rule, problem.severity) == ("quotation-missing", Severity.WARNING)


LOCK = (
    "“The lock is broke,” he said. “The gate is the only thing that holds.” Fares rise by 12 per cent next year. The pool has"
    " lost 18 percent of its depth. “There is water for ninety days -- not for ninety-one,” she said. The office was “aware of"
    " the leak” and silent. “My mother told me, ‘Never live below a dam,’ and I laughed,” he said."
)
BACS = "« Nous ne demandons pas la lune », a dit le passeur. « Deux amis sont tombés à l’eau. »"
DEICH = "„Wir halten nicht jeden Meter“, sagte sie. „Wer das verspricht, der lügt.“"
STRAIGHT = '"Ration is a word I do not use," she said. "I use \'share\'."'


@pytest.mark.parametrize(
    ("text", "html", "wanted"),
    [
        (
            LOCK,
            "“The lock is broke. The gate is the only thing that holds.”",
            "“The lock is broke,” he said. “The gate is the only thing that holds.”",
        ),
        (
            LOCK,
            "‘The lock is broke. The gate is the only thing that holds.’",
            "‘The lock is broke,’ he said. ‘The gate is the only thing that holds.’",
        ),
        (LOCK, "Fares “rise by 12% next year.”", "Fares “rise by 12 per cent next year.”"),
        (LOCK, "It “has lost 18% of its depth.”", "It “has lost 18 percent of its depth.”"),
        (
            LOCK,
            "“There is water for ninety days, not for ninety-one.”",
            "“There is water for ninety days -- not for ninety-one.”",
        ),
        (LOCK, "It was “well aware of the leak.”", "It was “aware of the leak.”"),
        (
            LOCK,
            "“My mother told me never to live below a dam, and I laughed,” he said.",
            "“My mother told me, ‘Never live below a dam,’ and I laughed,” he said.",
        ),
        (
            BACS,
            "« Nous ne demandons pas la lune. Deux amis sont tombés à l’eau. »",
            "« Nous ne demandons pas la lune », a dit le passeur. « Deux amis sont tombés à l’eau. »",
        ),
        (
            DEICH,
            "„Wir halten nicht jeden Meter. Wer das verspricht, der lügt.“",
            "„Wir halten nicht jeden Meter“, sagte sie. „Wer das verspricht, der lügt.“",
        ),
        (
            STRAIGHT,
            "“Ration is a word I do not use. I use ‘share’.”",
            "“Ration is a word I do not use,” she said. “I use ‘share’.”",
        ),
    ],
)
def test_the_fix_of_altered_words_leaves_true_quotations(make_fixed: Make, text: str, html: str, wanted: str) -> None:
    printed, problems = make_fixed(text, f"<p>{html}</p>")
    assert printed.replace("\u00a0", " ") == wanted
    assert problems == []


def test_the_fix_of_a_block_quote_leaves_out_who_spoke(make_fixed: Make) -> None:
    html = "<p>He said it.</p><blockquote><p>The lock is broke. The gate is the only thing that holds.</p></blockquote>"
    printed, problems = make_fixed(LOCK, html)
    assert printed == "He said it.\nThe lock is broke, … The gate is the only thing that holds."
    assert problems == []


@pytest.fixture
def make_fixed(story: Make, card: Make, item: Make) -> Make:
    """The text of a card after the one fix of its altered quotation, and what is still wrong with its quotations."""

    def fixed(text: str, html: str) -> tuple[str, list[Problem]]:
        source = item("lock", text)
        whole = story(card(html, source))
        (problem,) = told(whole, source)
        assert problem.rule == "quotation-altered"
        assert problem.fix is not None
        after = mended(whole, problem.place, problem.fix)
        return after.signals[0].body.text, told(after, source)

    return fixed
