"""A whole story checked against its items: verdicts, places, sources, fixes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from workstation.domain.problem import Severity
from workstation.domain.quote import Quote
from workstation.review import Background, Review, check

Make = Callable[..., Any]

DAM = "😀 The engineer said: “We cannot fill the reservoir this year.” She asked for rain."
RAIN = "The mayor wants rain. “Our people want it soon,” he said. He cannot wait for a new reservoir."


@pytest.fixture
def dam(item: Make) -> Any:
    return item("dam", DAM, "Harbour Post")


@pytest.fixture
def rain(item: Make) -> Any:
    return item("rain", RAIN, "Valley Courier")


def by_rule(review: Review, rule: str) -> list[Any]:
    return [problem for problem in review.problems if problem.rule == rule]


def test_a_story_that_is_whole_and_true_has_no_problems(story: Make, card: Make, dam: Any, rain: Any) -> None:
    one = card("<p>An engineer told the Harbour Post “we cannot fill the reservoir,” in the south.</p>", dam)
    two = card("<p>The mayor told the Courier: “Our people want it soon.”</p>", rain, headline="Rain is awaited")
    review = check(story(one, two), {"dam": dam, "rain": rain})
    assert review.problems == ()
    assert [found.grade for found in review.quotations] == ["folded", "folded"]


def test_a_check_says_where_the_card_and_the_source_have_the_words(story: Make, card: Make, dam: Any) -> None:
    whole = story(card("<p>😀 Intro.</p><p>She said “We cannot fill” now.</p>", dam))
    (found,) = check(whole, {"dam": dam}).quotations
    assert found.grade == "exact"
    assert (found.place.card, found.item) == (0, "dam")
    assert whole.signals[0].body.text[found.place.at : found.place.until] == "We cannot fill" == found.printed
    assert DAM[found.start : found.end] == "We cannot fill" == found.source_words


def test_a_quotation_with_one_altered_word_is_a_blocker_with_its_fix(story: Make, card: Make, dam: Any) -> None:
    whole = story(card("<p>They can. She said “We can fill the reservoir” now.</p>", dam))
    review = check(whole, {"dam": dam})
    (problem,) = by_rule(review, "quotation-altered")
    assert problem.severity is Severity.BLOCKER
    assert str(problem.place) == "signals[0].body"
    assert problem.excerpt == "We can fill the reservoir"
    assert "“can” is “cannot”" in problem.message
    assert (problem.fix.label, problem.fix.old, problem.fix.new) == (
        "Use source wording",
        "We can fill the reservoir",
        "We cannot fill the reservoir",
    )
    assert review.quotations[0].differing == (("can", "cannot"),)
    assert review.quotations[0].source_words == "We cannot fill the reservoir"
    assert review.blockers == (problem,)


def test_a_fix_never_mends_the_same_words_standing_earlier(story: Make, card: Make, dam: Any) -> None:
    whole = story(card("<p>We can fill it, many think. She said “We can fill” now.</p>", dam))
    (problem,) = by_rule(check(whole, {"dam": dam}), "quotation-altered")
    text = whole.signals[0].body.text
    assert text.replace(problem.fix.old, problem.fix.new, 1) == "We can fill it, many think. She said “We cannot fill” now."


@pytest.mark.parametrize(("html", "new"), [("“It is late”", "It isn’t late"), ('"It is late"', "It isn't late")])
def test_a_fix_keeps_the_style_of_the_printed_marks(story: Make, card: Make, item: Make, html: str, new: str) -> None:
    source = item("late", 'He said: "It isn\'t late".')
    (problem,) = by_rule(check(story(card(f"<p>He: {html}</p>", source)), {"late": source}), "quotation-altered")
    assert problem.fix.new == new


def test_words_that_no_source_has_are_a_blocker(story: Make, card: Make, dam: Any) -> None:
    review = check(story(card("<p>“The dam was sold to foreign buyers”</p>", dam)), {"dam": dam})
    (problem,) = by_rule(review, "quotation-missing")
    assert problem.severity is Severity.BLOCKER
    assert problem.fix is None
    assert review.quotations[0].grade == "absent"


def test_a_missing_quotation_names_the_sources_that_are_not_archived(story: Make, card: Make, dam: Any, rain: Any) -> None:
    review = check(story(card("<p>“The dam was sold to foreign buyers”</p>", dam, rain)), {"dam": dam})
    assert "Valley Courier is not archived" in by_rule(review, "quotation-missing")[0].message


@pytest.mark.parametrize("text", [None, ""])
def test_a_card_without_archived_text_is_warned_of(story: Make, card: Make, item: Make, text: str | None) -> None:
    empty = item("empty", text or "")
    review = check(story(card("<p>“We cannot fill”</p>", empty)), {} if text is None else {"empty": empty})
    (problem,) = by_rule(review, "quotation-unarchived")
    assert problem.severity is Severity.WARNING
    assert review.quotations[0].grade == "unarchived"


def test_words_of_another_source_are_not_found_on_the_card_and_the_source_is_named(
    story: Make, card: Make, dam: Any, rain: Any
) -> None:
    review = check(story(card("<p>“Our people want it soon”</p>", dam)), {"dam": dam, "rain": rain})
    (problem,) = by_rule(review, "quotation-source")
    assert problem.severity is Severity.BLOCKER
    assert "Valley Courier" in problem.message
    assert by_rule(review, "quotation-missing") == []
    assert (review.quotations[0].grade, review.quotations[0].item) == ("elsewhere", "rain")


def test_one_or_two_words_of_another_source_are_chance_and_are_warned_of(story: Make, card: Make, dam: Any, rain: Any) -> None:
    review = check(story(card("<p>He called it “soon”.</p>", dam)), {"dam": dam, "rain": rain})
    (problem,) = by_rule(review, "quotation-missing")
    assert problem.severity is Severity.WARNING
    assert "Valley Courier has them" in problem.message


def test_altered_words_that_another_source_has_are_told_with_both(story: Make, card: Make, dam: Any, item: Make) -> None:
    other = item("other", "They boast: we can fill the reservoir this year.", "Upland Times")
    review = check(story(card("<p>“We can fill the reservoir”</p>", dam)), {"dam": dam, "other": other})
    (problem,) = review.blockers
    assert problem.rule == "quotation-source"
    assert "Upland Times" in problem.message
    assert "“can” is “cannot” in it" in problem.message
    assert problem.fix is not None
    assert "cannot" in problem.fix.new


def test_a_short_quotation_in_two_sources_of_the_card_is_not_given_to_one(story: Make, card: Make, dam: Any, rain: Any) -> None:
    (found,) = check(story(card("<p>A “reservoir” again</p>", dam, rain)), {"dam": dam, "rain": rain}).quotations
    assert (found.grade, found.item, found.start, found.places) == ("several", None, None, 2)


def test_a_short_quotation_in_several_places_of_one_source_counts_them(story: Make, card: Make, item: Make) -> None:
    source = item("rains", "Rain, rain and more rain.")
    (found,) = check(story(card("<p>“rain”</p>", source)), {"rains": source}).quotations
    assert (found.grade, found.item, found.places) == ("several", "rains", 3)


def test_a_tied_quotation_is_compared_with_its_own_quote_first(story: Make, card: Make, dam: Any, rain: Any) -> None:
    at = RAIN.index("rain")
    quote = Quote(id="q", item="rain", start=at, end=at + 4, exact="rain")
    whole = story(card('<p>They want <mark data-quote="q">“rain”</mark></p>', dam, rain))
    (found,) = check(whole, {"dam": dam, "rain": rain}, Background(quotes={"q": quote})).quotations
    assert (found.grade, found.item, found.start) == ("exact", "rain", at)


def test_tied_words_that_were_changed_are_altered(story: Make, card: Make, dam: Any) -> None:
    at = DAM.index("We cannot")
    quote = Quote(id="q", item="dam", start=at, end=at + 14, exact="We cannot fill")
    whole = story(card('<p>She says <mark data-quote="q">we can fill</mark></p>', dam))
    review = check(whole, {"dam": dam}, Background(quotes={"q": quote}))
    assert [problem.rule for problem in review.blockers] == ["quotation-altered"]


def test_a_tie_to_an_item_that_is_no_source_of_the_card_is_told(story: Make, card: Make, dam: Any, rain: Any) -> None:
    at = RAIN.index("Our people want it")
    quote = Quote(id="q", item="rain", start=at, end=at + 18, exact="Our people want it")
    whole = story(card('<p><mark data-quote="q">“Our people want it”</mark></p>', dam))
    review = check(whole, {"dam": dam, "rain": rain}, Background(quotes={"q": quote}))
    assert [problem.rule for problem in review.problems if problem.rule.startswith("quot")] == ["quotation-source"]


def test_a_quote_whose_item_has_other_words_there_is_a_blocker(story: Make, card: Make, dam: Any) -> None:
    quote = Quote(id="q", item="dam", start=0, end=14, exact="We cannot fill")
    whole = story(card('<p><mark data-quote="q">“We cannot fill”</mark></p>', dam))
    review = check(whole, {"dam": dam}, Background(quotes={"q": quote}))
    assert [problem.rule for problem in review.blockers] == ["quote-moved"]


def test_a_quotation_may_be_the_translation_that_is_kept_with_its_quote(story: Make, card: Make, item: Make) -> None:
    source = item("ar", "وقالت: «لا ننتظر المطر».")
    at = source.text.index("لا")
    quote = Quote(
        id="q", item="ar", start=at, end=at + 14, exact=source.text[at : at + 14], translation="We do not wait for rain"
    )
    whole = story(card('<p><mark data-quote="q">“We do not wait for rain,”</mark> she said.</p>', source))
    review = check(whole, {"ar": source}, Background(quotes={"q": quote}))
    assert review.blockers == ()
    assert (review.quotations[0].grade, review.quotations[0].start) == ("translated", at)


def test_the_news_and_headlines_are_compared_too(story: Make, card: Make, dam: Any) -> None:
    whole = story(card("<p>Text</p>", dam, headline="“We can fill the reservoir”"), headline="“Nobody said this ever” again")
    review = check(whole, {"dam": dam})
    altered, missing = by_rule(review, "quotation-altered"), by_rule(review, "quotation-missing")
    assert [str(problem.place) for problem in altered] == ["signals[0].headline"]
    assert [(str(problem.place), problem.severity) for problem in missing] == [("headline", Severity.WARNING)]
    assert [(str(one.place), one.grade) for one in review.quotations] == [
        ("headline", "absent"),
        ("signals[0].headline", "altered"),
    ]


def test_problems_come_in_the_order_of_the_story(story: Make, card: Make, dam: Any) -> None:
    whole = story(card("", dam), card("<p>“We can fill the reservoir”</p>"), headline="", insights="Insights from Nobody Daily")
    places = [str(problem.place) for problem in check(whole, {"dam": dam}).problems]
    assert places[:2] == ["headline", "insights"]
    assert places == sorted(places, key=lambda place: ("signals[" in place, place[:10] if "signals[" in place else ""))


def test_a_review_is_the_same_each_time(story: Make, card: Make, dam: Any, rain: Any) -> None:
    whole = story(card("<p>“We can fill” and “our people want rain”</p>", dam, rain))
    items = {"dam": dam, "rain": rain}
    assert check(whole, items) == check(replace(whole), dict(items))


def test_one_word_tied_to_another_source_than_the_card_names_is_told(story: Make, card: Make, dam: Any, rain: Any) -> None:
    at = RAIN.index("soon")
    quote = Quote(id="q", item="rain", start=at, end=at + 4, exact="soon")
    whole = story(card('<p>He says <mark data-quote="q">“soon”</mark>.</p>', dam))
    review = check(whole, {"dam": dam, "rain": rain}, Background(quotes={"q": quote}))
    (problem,) = by_rule(review, "quotation-source")
    assert "Valley Courier" in problem.message
    news = replace(story(card("<p>Text</p>", dam, rain)), news=whole.signals[0].body)
    assert by_rule(check(news, {"dam": dam, "rain": rain}, Background(quotes={"q": quote})), "quotation-source") == []


def test_the_news_names_no_source_that_its_words_could_be_missing_from(story: Make, card: Make, dam: Any, rain: Any) -> None:
    at = RAIN.index("Our people want it")
    quote = Quote(id="q", item="rain", start=at, end=at + 18, exact="Our people want it")
    tied = card('<p><mark data-quote="q">“Our people want it”</mark></p>').body
    review = check(story(card("<p>Text</p>", dam), news=tied), {"dam": dam, "rain": rain}, Background(quotes={"q": quote}))
    assert [problem.rule for problem in review.problems if problem.rule.startswith("quot")] == []


def test_source_wording_is_offered_only_where_it_can_be_put_in(story: Make, card: Make, dam: Any) -> None:
    altered = "“We can fill the reservoir”"
    body = card(f"<p>{altered}</p>", dam, headline=altered)
    review = check(story(body, headline=altered, news=body.body), {"dam": dam})
    offered = {str(problem.place): problem.fix is not None for problem in by_rule(review, "quotation-altered")}
    assert offered == {"headline": False, "news": True, "signals[0].headline": False, "signals[0].body": True}


def test_an_edited_quotation_says_what_is_left_out(story: Make, card: Make, dam: Any) -> None:
    (found,) = check(story(card("<p>“We cannot … this year”</p>", dam)), {"dam": dam}).quotations
    assert (found.grade, found.left_out) == ("edited", ("fill the reservoir",))
    assert found.source_words == "We cannot fill the reservoir this year"


def test_an_edited_quotation_of_two_sources_keeps_what_either_leaves_out(story: Make, card: Make, item: Make) -> None:
    one, two = item("one", "They will gladly sign."), item("two", "They will never sign.")
    review = check(story(card("<p>“will … sign”</p>", one, two)), {"one": one, "two": two})
    assert (review.quotations[0].grade, review.quotations[0].item) == ("several", None)
    assert "“never”" in by_rule(review, "quotation-elision")[0].message


def test_an_edited_translation_says_what_is_left_out(story: Make, card: Make, item: Make) -> None:
    source = item("ar", "وقالت: «لا ننتظر المطر».")
    at = source.text.index("لا")
    exact = source.text[at : at + 14]
    quote = Quote(id="q", item="ar", start=at, end=at + 14, exact=exact, translation="We do not wait for rain")
    whole = story(card('<p><mark data-quote="q">“We do … wait for rain”</mark></p>', source))
    review = check(whole, {"ar": source}, Background(quotes={"q": quote}))
    assert review.quotations[0].grade == "translated"
    assert "“not”" in by_rule(review, "quotation-elision")[0].message


def test_words_of_a_headline_of_the_source_are_true_and_lead_to_no_place(story: Make, card: Make, dam: Any) -> None:
    titled = replace(dam, title="Dam ‘will empty the boatyards’, say owners")
    (found,) = check(story(card("<p>“Will empty the boatyards,” owners say.</p>", titled)), {"dam": titled}).quotations
    assert (found.grade, found.item, found.start, found.source_words) == ("folded", "dam", None, None)
    changed = check(story(card("<p>“Will not empty the boatyards,” owners say.</p>", titled)), {"dam": titled})
    assert by_rule(changed, "quotation-missing")
