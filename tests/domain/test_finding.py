"""Find and replace over a whole story."""

from __future__ import annotations

from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.body import Block, Body, Marks, Run, body_from_text, canonical, read_html, write_html
from workstation.domain.finding import Field, Match, Query, find, replace_all, replace_one
from workstation.domain.story import LeadImage, SignalCard, Story
from workstation.errors import InputError


def body(html: str) -> Body:
    return read_html(html).body


def a_story(**fields: object) -> Story:
    values = {"slug": "story", "headline": "", **fields}
    return Story(**values)  # type: ignore[arg-type]


FULL = a_story(
    headline="Harbour one",
    insights="Insights from Harbour two",
    lead_image=LeadImage(file="lead.png", alt="harbour three", caption="Harbour four", credit="Harbour five"),
    news=body("<p>The harbour six.</p><ul><li>harbour seven</li></ul>"),
    signals=(SignalCard(headline="Harbour eight", body=body("<p>harbour nine</p>")),),
    parked=(SignalCard(headline="Harbour ten", body=body("<p>harbour eleven</p>")),),
)

WORDS = st.text(alphabet="ab éA.1", max_size=12)
MARKS = st.builds(
    Marks, strong=st.booleans(), link=st.sampled_from([None, "https://a.example/"]), quote=st.sampled_from([None, "q"])
)
BODIES = st.lists(st.lists(st.builds(Run, WORDS, MARKS), max_size=4).map(lambda runs: Block(tuple(runs))), max_size=3).map(
    canonical
)
STORIES = st.builds(
    lambda headline, news, text, parked: a_story(
        headline=headline, news=news, signals=(SignalCard(headline=headline, body=text),), parked=(SignalCard(body=parked),)
    ),
    WORDS.map(str.strip),
    BODIES,
    BODIES,
    BODIES,
)


def test_every_field_is_searched_in_the_order_of_the_page_parked_cards_last():
    found = [(match.field.name, match.field.card is not None, match.field.parked) for match in find(FULL, Query("harbour"))]
    assert found == [
        ("headline", False, False),
        ("insights", False, False),
        ("alt", False, False),
        ("caption", False, False),
        ("credit", False, False),
        ("news", False, False),
        ("news", False, False),
        ("headline", True, False),
        ("body", True, False),
        ("headline", True, True),
        ("body", True, True),
    ]


def test_an_insights_line_that_is_made_from_the_cards_is_not_searched():
    assert find(a_story(insights="auto"), Query("auto")) == []


@pytest.mark.parametrize(
    ("query", "count"),
    [
        (Query("sea"), 4),
        (Query("sea", case=True), 2),
        (Query("sea", whole=True), 2),
        (Query("sea", case=True, whole=True), 1),
        (Query(r"sea\b|seal", expression=True), 4),
        (Query(r"^the", expression=True), 1),
        (Query("."), 1),
        (Query(""), 0),
        (Query(r"x*", expression=True), 0),
    ],
)
def test_case_whole_words_and_expressions(query, count):
    story = a_story(news=body("<p>The sea, a Seal, an undersea Sea.</p>"))
    assert len(find(story, query)) == count


def test_words_are_found_whatever_marks_and_spaces_they_are_set_with():
    story = a_story(headline="“It’s” 20\u202f%")
    assert [len(find(story, Query(words))) for words in ('"It\'s"', "it’s", "20 %")] == [1, 1, 1]
    assert find(story, Query("it's", expression=True)) == []


def test_a_broken_expression_and_a_broken_replacement_are_told():
    with pytest.raises(InputError, match="expression is broken") as told:
        find(FULL, Query("har(", expression=True))
    assert told.value.detail
    with pytest.raises(InputError, match="replacement is broken"):
        replace_all(FULL, Query("har", expression=True), r"\1")


def test_an_expression_that_would_take_for_ever_is_stopped():
    story = a_story(news=body_from_text("a" * 60 + "b"))
    began = monotonic()
    with pytest.raises(InputError, match="too long"):
        find(story, Query("(?:a|aa)+$", expression=True), seconds=0.3)
    assert monotonic() - began < 3


def test_the_marks_and_links_of_the_text_around_survive_a_replacement():
    story = a_story(news=body('<p>The <strong>old</strong> port, <a href="https://a.example/">the old quay</a>.</p>'))
    made = replace_all(story, Query("old"), "new inner")
    assert write_html(made.story.news) == (
        '<p>The <strong>new inner</strong> port, <a href="https://a.example/">the new inner quay</a>.</p>'
    )
    assert (made.count, made.left) == (2, 0)


def test_words_that_are_tied_to_a_quote_are_left_and_counted():
    story = a_story(signals=(SignalCard(body=body('<p>port, “<mark data-quote="q">the port is shut</mark>”, port</p>')),))
    made = replace_all(story, Query("port"), "quay")
    assert write_html(made.story.signals[0].body) == '<p>quay, “<mark data-quote="q">the port is shut</mark>”, quay</p>'
    assert (made.count, made.left) == (2, 1)


def test_groups_of_an_expression_go_into_the_replacement():
    made = replace_all(a_story(headline="Reef, Ana"), Query(r"(\w+), (?P<first>\w+)", expression=True), r"\g<first> \1")
    assert made.story.headline == "Ana Reef"


def test_one_place_is_replaced_and_a_place_that_is_gone_is_not():
    story = a_story(headline="ha ha ha")
    second = find(story, Query("ha"))[1]
    made = replace_one(story, Query("ha"), second, "ho")
    assert (made.story.headline, made.count) == ("ha ho ha", 1)
    assert replace_one(made.story, Query("ha"), second, "ho").count == 0


def test_a_card_that_has_no_match_stays_the_very_same():
    made = replace_all(FULL, Query("eight"), "8")
    assert made.story.signals[0].headline == "Harbour 8"
    assert made.story.parked[0] is FULL.parked[0]
    assert made.story.news is FULL.news


@given(STORIES, st.text(alphabet="abAé1.", min_size=1, max_size=3))
def test_as_many_places_are_found_as_counting_finds(story, words):
    texts = [story.headline, *(block.text for block in story.news.blocks)]
    texts += [text for card in (*story.signals, *story.parked) for text in (card.headline, *(b.text for b in card.body.blocks))]
    assert len(find(story, Query(words, case=True))) == sum(text.count(words) for text in texts)


@given(STORIES, st.text(alphabet="abAé1 ", min_size=1, max_size=3))
def test_replacing_a_match_by_itself_changes_nothing(story, words):
    made = replace_all(story, Query(words, case=True), words)
    assert made.story == story
    assert made.count + made.left == len(find(story, Query(words, case=True)))


@given(STORIES, st.text(alphabet="ab1", min_size=1, max_size=2))
def test_after_replacing_everything_only_quoted_places_are_left_and_quotes_are_untouched(story, words):
    made = replace_all(story, Query(words, case=True), "Z")
    assert all(match.is_quoted for match in find(made.story, Query(words, case=True)) if match.field != Field("headline"))
    before = [run.text for run in _runs(story) if run.marks.quote]
    assert "".join(before) == "".join(run.text for run in _runs(made.story) if run.marks.quote)


def _runs(story: Story) -> list[Run]:
    bodies = [story.news, *(card.body for card in (*story.signals, *story.parked))]
    return [run for each in bodies for block in each.blocks for run in block.runs]


def test_a_match_names_its_block():
    assert [(match.block, match.start) for match in find(FULL, Query("harbour")) if match.field == Field("news")] == [
        (0, 4),
        (1, 0),
    ]
    assert isinstance(find(FULL, Query("six"))[0], Match)
