"""The fragment profile: the flat body that every CMS keeps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from html.parser import HTMLParser
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, given, settings

from tests.render.any_story import stories, unread
from tests.render.conftest import body, png
from tests.render.odd_stories import NAMES, odd_pictures, odd_story
from tests.render.strippers import MARKUP, attributed, misread, text_only
from workstation.domain.body import Block, BlockKind, Run, canonical
from workstation.domain.correction import Correction
from workstation.domain.picture import Picture
from workstation.domain.publication import Labels, Publication
from workstation.domain.story import INSIGHTS_NONE, SignalCard, Source, Story
from workstation.render.profiles import render
from workstation.render.rendering import LeadPlace, Terms

TOP = {"h2", "h3", "p", "figure", "blockquote", "ul", "ol"}
INLINE = {"a", "strong", "em", "sub", "sup", "br", "q", "cite", "span"}
INSIDE = {"figure": {"img", "figcaption"}, "blockquote": {"p", "ul", "ol"}, "ul": {"li"}, "ol": {"li"}}


class Nesting(HTMLParser):
    """Each element of a fragment with the one that holds it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.pairs: list[tuple[str, str]] = []
        self.attributes: set[tuple[str, str]] = set()
        self._open: list[str] = [""]
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.pairs.append((self._open[-1], tag))
        self.attributes |= {(tag, name) for name, _ in attrs}
        if tag not in ("br", "img"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag


def fragment(story: Story, publication: Publication, pictures: Mapping[str, Picture]) -> str:
    return render("fragment", story, publication, pictures).text


def test_only_flat_elements_stand_in_it(story: Story, publication: Publication, pictures: Mapping[str, Picture]) -> None:
    nesting = Nesting(fragment(story, publication, pictures))
    for holder, tag in nesting.pairs:
        allowed = INSIDE.get(holder, INLINE) if holder else TOP
        assert tag in allowed, f"<{tag}> in <{holder}>"
    told = {(tag, name) for tag in (*TOP - {"figure", "h3"}, "span", "figcaption") for name in ("lang", "dir")}
    assert nesting.attributes == {("a", "href"), ("img", "src"), ("img", "alt"), ("img", "width"), ("img", "height")} | told


def test_square_brackets_cannot_run_as_a_shortcode(
    story: Story, publication: Publication, pictures: Mapping[str, Picture]
) -> None:
    text = fragment(replace(story, headline="[gallery]"), publication, pictures)
    assert not re.search(r"[\[\]]", text)
    assert "this &#91;gate&#93; for two harvests" in text


def test_a_bare_address_on_a_line_of_its_own_becomes_a_link(
    story: Story, publication: Publication, pictures: Mapping[str, Picture]
) -> None:
    text = fragment(story, publication, pictures)
    assert '<p lang="en" dir="ltr"><a href="https://orrin.example/timetable">https://orrin.example/timetable</a></p>' in text
    assert not re.search(r"^(<[^>]+>)?https?://\S+$", text, re.MULTILINE)


def test_a_bare_address_after_a_line_break_becomes_a_link(publication: Publication) -> None:
    news = canonical([Block((Run("See the notice:\nhttps://orrin.example/notice"),))])
    text = fragment(Story(slug="a", headline="b", news=news), publication, {})
    assert '<br><a href="https://orrin.example/notice">' in text


SPAN = '<span lang="{}" dir="rtl">⁧{}⁩</span>'
PEACE = "سلام"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("He said “لا تنام!” twice", f"He said “{SPAN.format('ar', 'لا تنام!')}” twice"),
        ("She wrote “يا Orrin!” there", f"She wrote “{SPAN.format('ar', 'يا Orrin!')}” there"),
        ("From שלום, עולם to peace", f"From {SPAN.format('he', 'שלום, עולם')} to peace"),
        ("one\nاثنان\nthree", f"one<br>{SPAN.format('ar', 'اثنان')}<br>three"),
        (f"kept “⁨{PEACE}⁩” as it is", f"kept “⁨{PEACE}⁩” as it is"),
        (f"“{PEACE}” said the mayor of Orrin", f"“{SPAN.format('ar', PEACE)}” said the mayor of Orrin"),
        ("nothing to isolate", "nothing to isolate"),
    ],
)
def test_right_to_left_words_are_isolated_in_the_text_itself(publication: Publication, words: str, expected: str) -> None:
    story = Story(slug="a", headline="b", news=canonical([Block((Run(words),))]))
    assert f'<p lang="en" dir="ltr">{expected}</p>' in fragment(story, publication, {})


@pytest.mark.parametrize(
    ("words", "language", "expected"),
    [
        ("وقال القفل (lock) فُتح.", "en", ("ar", "rtl")),
        ("BBC قالت هيئة الإذاعة البريطانية", "ar", ("ar", "rtl")),
        ("قال Christopher Nightingale-Worthington", "ar", ("ar", "rtl")),
        ("The paper wrote that “الميناء” was left", "ar", ("und", "ltr")),
        ("水闸于周日早上开启", "en", ("zh", "ltr")),
        ("水闸于周日早上开启", "zh-Hant", ("zh-Hant", "ltr")),
        ("夜の通行は九月まで", "zh", ("ja", "ltr")),
        ("2031", "ar", ("ar", "rtl")),
        ("🚢", "he-IL", ("he-IL", "rtl")),
        ("Das Tor", "de", ("de", "ltr")),
    ],
)
def test_each_block_says_its_language_and_direction(
    publication: Publication, words: str, language: str, expected: tuple[str, str]
) -> None:
    story = Story(slug="a", headline="b", language=language, news=canonical([Block((Run(words),))]))
    text = fragment(story, publication, {}).splitlines()[1]
    assert text.startswith('<p lang="{}" dir="{}">'.format(*expected))
    assert ("⁧" in text) == (expected[1] == "rtl" and any(map(str.isalpha, words))) or "الميناء" in words


def test_an_item_or_a_quoted_paragraph_says_only_what_differs_from_its_list_or_quotation(publication: Publication) -> None:
    blocks = [Block((Run(words),), BlockKind.BULLET, quoted=True) for words in ("one", "اثنان", "three")]
    text = fragment(Story(slug="a", headline="b", news=canonical(blocks)), publication, {})
    assert text.split("\n", 1)[1] == (
        '<blockquote lang="en" dir="ltr">\n<ul>\n<li>one</li>\n<li lang="ar" dir="rtl">⁧اثنان⁩</li>\n'
        "<li>three</li>\n</ul>\n</blockquote>\n"
    )


def test_names_side_by_side_that_run_in_another_direction_keep_their_places(publication: Publication) -> None:
    sources = tuple(Source(name=name) for name in ("المنارة", "الشاطئ", "The Ledger"))
    card = SignalCard(sources=sources)
    text = fragment(Story(slug="a", headline="b", insights=INSIGHTS_NONE, signals=(card,)), publication, {})
    assert "Sources: " + ", ".join([SPAN.format("ar", "المنارة"), SPAN.format("ar", "الشاطئ"), "The Ledger"]) in text
    house = replace(publication, language="ar", labels=Labels(sources="المصادر:"))
    text = fragment(Story(slug="a", headline="b", insights=INSIGHTS_NONE, signals=(card,)), house, {})
    assert '<p lang="ar" dir="rtl">⁧المصادر: المنارة, الشاطئ, ⁦The Ledger⁩⁩</p>' in text


def test_the_house_says_its_own_words_in_its_own_language(publication: Publication, story: Story) -> None:
    text = fragment(replace(story, language="ar"), publication, {})
    assert '<p lang="en" dir="ltr">Insights from' in text
    assert '<h2 lang="en" dir="ltr">The News</h2>' in text


def test_it_has_no_headline_of_the_story_and_begins_with_who_paid_and_the_insights_line(
    story: Story, publication: Publication, pictures: Mapping[str, Picture]
) -> None:
    text = fragment(story, publication, pictures)
    assert story.headline not in text
    lines = text.split("\n")
    assert lines[0] == '<p lang="en" dir="ltr">Sponsored by Orrin Savings &amp; Loan</p>'
    assert lines[1].startswith('<p lang="en" dir="ltr">Insights from The Harbour Ledger, ')
    bare = replace(story, insights=INSIGHTS_NONE, lead_image=None, sponsor=None)
    assert fragment(bare, publication, pictures).startswith('<h2 lang="en" dir="ltr">The News</h2>\n')


def test_the_sources_of_a_card_stand_on_one_line_of_links(publication: Publication, story: Story) -> None:
    card = SignalCard(sources=(story.signals[0].sources[0], story.signals[1].sources[1]))
    text = fragment(replace(story, signals=(card,)), publication, {})
    link = '<a href="https://ledger.example/lock?day=9&amp;part=%5Bb%5D">The Harbour Ledger</a>'
    assert f'<p lang="en" dir="ltr">Sources: {link}, Ruben Vey (Kestrel Wire)</p>' in text


def test_pictures_lie_beside_it_as_beside_the_page(
    story: Story, publication: Publication, pictures: Mapping[str, Picture]
) -> None:
    beside = {name for name in render("fragment", story, publication, pictures).files if "/" in name}
    assert beside <= set(render("page", story, publication, pictures).files)
    assert "orrin-lock-files/lock gate.png" in beside


def test_the_lead_image_is_in_the_text_or_featured_and_never_both(
    story: Story, publication: Publication, pictures: Mapping[str, Picture]
) -> None:
    inside = render("fragment", story, publication, pictures)
    assert (inside.text.count("<img"), inside.featured) == (1, None)
    beside = render("fragment", story, publication, pictures, Terms(lead=LeadPlace.FEATURED))
    assert (beside.text.count("<img"), beside.featured) == (0, "orrin-lock-files/lock gate.png")
    assert "Barges wait" not in beside.text
    assert beside.featured in beside.files


def test_corrections_stand_below_the_story_with_their_time(story: Story, publication: Publication) -> None:
    note = Correction(datetime.fromisoformat("2031-07-04T09:00:00+01:00"), "The lock is <b>not</b> [new].")
    lines = fragment(replace(story, corrections=(note,)), publication, {}).splitlines()
    label = "<strong>Correction, Jul 4, 2031, 4:00am EDT:</strong>"
    assert lines[-2] == f'<p lang="en" dir="ltr">{label} The lock is &lt;b&gt;not&lt;/b&gt; &#91;new&#93;.</p>'
    assert lines[-1] == '<p lang="en" dir="ltr">Contributors: Nadia Quill</p>'


@pytest.mark.parametrize("blank", ["", " ", " ", "​", "⁧⁩", "﻿"])
def test_what_nobody_can_read_makes_no_heading_and_no_source(publication: Publication, blank: str) -> None:
    card = SignalCard(headline=blank, sources=(Source(name=blank, url="https://a.example"),), body=body("<p>Words</p>"))
    text = fragment(Story(slug="a", headline="b", insights=blank, signals=(card,)), publication, {})
    assert text == '<p lang="en" dir="ltr">Words</p>\n'


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(story=stories)
def test_any_story_is_flat_and_holds_every_word_and_link_in_order(story: Story) -> None:
    house = Publication(name="The Lantern")
    text = render("fragment", story, house, {"lock gate.png": png(12, 8, "#47636b")}).text
    assert unread(text, story, house) == []
    for holder, tag in Nesting(text).pairs:
        assert tag in (INSIDE.get(holder, INLINE) if holder else TOP)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("profile", ["fragment", "wordpress"])
def test_attribution_and_order_read_right_after_all_strippers(profile: str, name: str) -> None:
    story, house = odd_story(name), Publication(name="The Lantern")
    stripped = render(profile, story, house, odd_pictures(name)).text
    for strip in MARKUP:
        stripped = strip(stripped)
    assert misread(text_only(stripped), [normalize("NFC", phrase) for phrase in attributed(story, house)]) == []
