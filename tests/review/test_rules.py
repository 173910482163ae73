"""The rules about everything but the quoted words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from workstation.domain.problem import Problem, Severity
from workstation.domain.story import SignalCard, Source, SourceKind, Story
from workstation.review import RULES, check

Make = Callable[..., Any]
BLOCKER, WARNING = Severity.BLOCKER, Severity.WARNING


@pytest.fixture
def sound(story: Make, card: Make, item: Make) -> Story:
    """A story that no rule finds fault with."""
    dam, rain = item("one", "Grey dam.", "Harbour Post"), item("two", "Late rain.", "The Valley Courier")
    one = card("<p>The dam is grey, the Harbour Post reported.</p>", dam, headline="One")
    two = card("<p>The rain is late, The Valley Courier reported.</p>", rain, headline="Two")
    whole: Story = story(one, two)
    return whole


def told(story: Story) -> list[tuple[str, Severity, str]]:
    return [(problem.rule, problem.severity, str(problem.place)) for problem in check(story, {}).problems]


def problems(story: Story, rule: str) -> list[Problem]:
    return [problem for problem in check(story, {}).problems if problem.rule == rule]


def with_card(story: Story, **changes: Any) -> Story:
    return replace(story, signals=(replace(story.signals[0], **changes), *story.signals[1:]))


def with_source(story: Story, **changes: Any) -> Story:
    return with_card(story, sources=(replace(story.signals[0].sources[0], **changes),))


def test_a_sound_story_has_no_problems(sound: Story) -> None:
    assert told(sound) == []


def test_a_story_without_a_lead_image_has_no_problems(sound: Story) -> None:
    assert told(replace(sound, lead_image=None)) == []


@pytest.mark.parametrize("headline", ["", "  "])
def test_a_story_without_headline_is_blocked(sound: Story, headline: str) -> None:
    assert told(replace(sound, headline=headline)) == [("headline", BLOCKER, "headline")]


def test_an_empty_the_news_is_blocked(sound: Story) -> None:
    assert told(replace(sound, news=type(sound.news)())) == [("empty-text", BLOCKER, "news")]


def test_an_empty_card_is_blocked(sound: Story) -> None:
    assert told(with_card(sound, body=type(sound.news)())) == [("empty-text", BLOCKER, "signals[0].body")]


def test_a_card_without_headline_is_a_warning_since_the_form_allows_it(sound: Story) -> None:
    assert told(with_card(sound, headline="")) == [("card-headline", WARNING, "signals[0].headline")]


def test_a_headline_used_twice_is_a_warning_at_the_second_card(sound: Story) -> None:
    assert told(with_card(sound, headline="two ")) == [("card-headline", WARNING, "signals[1].headline")]


def test_a_card_without_sources_is_warned_of(sound: Story) -> None:
    assert ("card-sources", WARNING, "signals[0].sources") in told(with_card(sound, sources=()))


def test_a_story_without_cards_is_blocked(sound: Story) -> None:
    assert told(replace(sound, signals=())) == [("balance", BLOCKER, "signals")]


def test_a_story_that_rests_on_one_outlet_is_a_warning(sound: Story) -> None:
    one = sound.signals[0].sources
    again = SignalCard(
        headline="Other", sources=(Source(name="Ada", kind=SourceKind.PERSON, of="Harbour Post", url="https://x.example"),)
    )
    whole = replace(sound, signals=(sound.signals[0], replace(again, body=sound.news)))
    assert one[0].name == "Harbour Post"
    assert told(whole) == [("balance", WARNING, "signals")]


@pytest.mark.parametrize(
    ("line", "left_out", "strangers"),
    [
        ("auto", "", ""),
        ("none", "", ""),
        ("Insights from Harbour Post and The Valley Courier", "", ""),
        ("Insights from the Valley Courier & Harbour Post", "", ""),
        ("Insights from Harbour Post", "The Valley Courier", ""),
        ("Insights from Harbour Post, The Valley Courier, and Delta Radio", "", "Delta Radio"),
        ("Insights from Delta Radio, Harbour Post, and others", "The Valley Courier", "Delta Radio"),
        ("A view from Harbour Post and from The Valley Courier", "", ""),
    ],
)
def test_an_insights_line_worded_by_hand_is_held_against_the_cards(
    sound: Story, line: str, left_out: str, strangers: str
) -> None:
    messages = " ".join(problem.message for problem in problems(replace(sound, insights=line), "insights-line"))
    assert ("leaves out" in messages, "names" in messages) == (bool(left_out), bool(strangers))
    assert left_out in messages
    assert strangers in messages


def test_a_longer_name_in_the_insights_line_is_not_taken_for_a_shorter_one(sound: Story) -> None:
    whole = replace(with_source(sound, name="Courier"), insights="Insights from The Valley Courier")
    (problem,) = problems(whole, "insights-line")
    assert "leaves out Courier." in problem.message


def test_a_quotation_longer_than_sixty_words_is_a_warning(story: Make, card: Make, item: Make) -> None:
    text = " ".join(f"word{number}" for number in range(80))
    source = item("long", text)
    for count, expected in ((60, []), (61, ["quotation-length"])):
        whole = story(card(f"<p>“{' '.join(text.split()[:count])}”</p>", source))
        found = [problem.rule for problem in check(whole, {"long": source}).problems if problem.rule.startswith("quotation")]
        assert found == expected


def test_an_ellipsis_that_drops_a_denial_or_a_long_passage_is_a_warning(story: Make, card: Make, item: Make) -> None:
    source = item("dam", "We will not fill it. " + "And so on. " * 20 + "That is the end of it all.")
    whole = story(card("<p>“We will … fill it” and “fill it … the end of it all”.</p>", source))
    found = [problem for problem in check(whole, {"dam": source}).problems if problem.rule == "quotation-elision"]
    assert [problem.severity for problem in found] == [WARNING, WARNING]
    assert "“not”" in found[0].message
    assert "62 words" in found[1].message


TREATY = "The government will not now or at any time in the foreseeable future accept the treaty, and gladly signs the other."


def elided(story: Make, card: Make, source: Any, printed: str) -> list[Problem]:
    found = check(story(card(f"<p>“{printed}”</p>", source)), {source.id: source})
    assert [quotation.verdict for quotation in found.quotations] == ["abridged"]
    return [problem for problem in found.problems if problem.rule == "quotation-elision"]


def test_a_denial_behind_an_ellipsis_is_a_warning_however_wide_the_gap(story: Make, card: Make, item: Make) -> None:
    (problem,) = elided(story, card, item("one", TREATY), "The government will … accept the treaty")
    assert problem.severity is WARNING
    assert "“not now or at any time in the foreseeable future”" in problem.message


@pytest.mark.parametrize(
    "printed",
    [
        "The government will [gladly] accept the treaty",
        "The government will [] accept the treaty",
        "The government will … [gladly] accept the treaty",
        "[The minister will] accept the treaty",
        "The government will [soon …] accept the treaty",
        "The government [surely] will … gladly signs",
    ],
)
def test_a_denial_behind_brackets_is_a_blocker(story: Make, card: Make, item: Make, printed: str) -> None:
    severities = [problem.severity for problem in elided(story, card, item("one", TREATY), printed)]
    assert severities == ([WARNING] if "surely" in printed else [BLOCKER])


def test_a_denial_put_in_by_brackets_is_a_blocker_unless_the_source_denies_too(story: Make, card: Make, item: Make) -> None:
    source = item("one", "We will sign it. We can never sell it.")
    (put_in,) = elided(story, card, source, "We will [not] sign it")
    (kept,) = elided(story, card, source, "We can [not] sell it")
    assert (put_in.severity, kept.severity) == (BLOCKER, WARNING)
    assert "“not”" in put_in.message
    assert "“never”" in kept.message


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("They help nobody here.", "They help … here"),
        ("They say nothing of it.", "They say … of it"),
        ("They have few friends here.", "They have … friends here"),
        ("They hardly ever come.", "They … come"),
        ("They don’t ever come.", "They … come"),
        ("Cela ne change rien ici.", "Cela … ici"),
        ("Il y voit personne ici.", "Il y voit … ici"),
        ("Ellos ven a ninguno allí.", "Ellos ven … allí"),
        ("Aquí pasa nada hoy.", "Aquí pasa … hoy"),
        ("Wir sehen niemanden hier.", "Wir sehen … hier"),
        ("Wir haben keinerlei und keine Zeit.", "Wir haben … Zeit"),
        ("الحكومة لن توقع المعاهدة", "الحكومة … توقع المعاهدة"),
        ("الحكومة لَمْ توقع المعاهدة", "الحكومة … توقع المعاهدة"),
        ("الحكومة ولا توقع المعاهدة", "الحكومة … توقع المعاهدة"),
        ("הממשלה לא תחתום על ההסכם", "הממשלה … תחתום על ההסכם"),
        ("Правительство никогда не подпишет договор", "Правительство … подпишет договор"),
        ("我们绝不会接受条约", "我们…接受条约"),
        ("我们从未接受条约", "我们…接受条约"),
        ("水は足りないと彼は言った", "水は…と彼は言った"),
        ("정부는 조약을 받지 않겠다고 말했다", "정부는 조약을 … 말했다"),
    ],
)
def test_a_denial_left_out_is_told_in_many_languages(story: Make, card: Make, item: Make, text: str, printed: str) -> None:
    assert [problem.severity for problem in elided(story, card, item("one", text), printed)] == [WARNING]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("They come here a few days early.", "They come … early"),
        ("The mayor of the valley wants rain.", "[She] wants rain"),
        ("They never came. The mayor wants rain.", "[She] wants rain"),
        ("They never came. The mayor wants rain.", "… The mayor wants rain"),
        ("The mayor wants rain here. Nobody else does.", "wants rain …"),
    ],
)
def test_what_denies_nothing_is_no_problem(story: Make, card: Make, item: Make, text: str, printed: str) -> None:
    assert elided(story, card, item("one", text), printed) == []


def test_a_word_that_denies_in_another_language_only_is_no_denial(story: Make, card: Make, item: Make) -> None:
    source = item("one", "Os ministros assinam hoje no Porto o tratado.")
    printed = "Os ministros assinam [já] o tratado"
    assert [problem.severity for problem in elided(story, card, source, printed)] == [BLOCKER]
    assert elided(story, card, replace(source, language="pt-PT"), printed) == []


def test_of_many_words_left_out_those_around_the_denial_are_shown(story: Make, card: Make, item: Make) -> None:
    source = item("one", "We will " + "say more " * 60 + "and never once " + "say more " * 60 + "sign.")
    told = [problem.message for problem in elided(story, card, source, "We will … sign.")]
    assert "243 words" in told[0]
    assert "and never once" in told[1]
    assert len(told[1]) < 450


def fingerprints(story: Story) -> list[str]:
    return [problem.fingerprint for problem in check(story, {}).blockers]


def test_a_waived_empty_card_lets_no_other_empty_card_pass(sound: Story, card: Make) -> None:
    empty, written = card("", headline=""), sound.signals[0]
    two = fingerprints(replace(sound, signals=(written, empty, card("", headline=""))))
    assert len(set(two)) == 2
    assert fingerprints(replace(sound, signals=(empty, written))) != fingerprints(replace(sound, signals=(written, empty)))
    same = fingerprints(replace(sound, signals=(card("", headline="Same"), card("", headline="Same"))))
    assert len(set(same)) == 2


def test_a_waiver_for_an_empty_card_with_its_own_headline_moves_with_it(sound: Story, card: Make) -> None:
    empty, written = card("", headline="To come"), sound.signals[0]
    assert fingerprints(replace(sound, signals=(empty, written))) == fingerprints(replace(sound, signals=(written, empty)))


def test_waivers_for_quoted_words_move_with_their_card(story: Make, card: Make, item: Make) -> None:
    source, other = item("one", TREATY), card("<p>The rain is late.</p>", headline="Rain")
    html = "<p>“The government will now accept” and “nobody was ever asked here” and “The government will [soon] accept the”.</p>"
    quoting = card(html, source, headline="Treaty")
    first, second = (check(story(*cards), {"one": source}) for cards in ((quoting, other), (other, quoting)))
    assert len({problem.fingerprint for problem in first.blockers}) == 3
    assert [p.fingerprint for p in first.blockers] == [p.fingerprint for p in second.blockers]


def test_a_quotation_mark_without_partner_is_a_warning_with_its_words(sound: Story, card: Make) -> None:
    whole = replace(sound, signals=(*sound.signals, card("<p>He said “this is open.</p>")))
    (problem,) = problems(whole, "quotation-mark")
    assert problem.severity is WARNING
    assert "“this is open." in problem.excerpt


def test_links_in_a_body_that_no_source_has_are_fine(sound: Story, card: Make, item: Make) -> None:
    linked = card(
        '<p>See <a href="https://elsewhere.example/a">this</a>.</p>', item("three", "x", "Delta Radio"), headline="Three"
    )
    assert told(replace(sound, signals=(*sound.signals, linked))) == []


def test_every_rule_has_a_name_and_tells_what_it_does() -> None:
    assert len({rule.__name__ for rule in RULES}) == len(RULES)
    assert all(rule.__doc__ for rule in RULES)
