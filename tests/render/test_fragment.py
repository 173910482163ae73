"""The fragment profile: the flat body that every CMS keeps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from workstation.domain.body import Block, Run, canonical
from workstation.domain.picture import Picture
from workstation.domain.publication import Publication
from workstation.domain.story import INSIGHTS_NONE, SignalCard, Story
from workstation.render.profiles import render

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
    assert nesting.attributes == {("a", "href"), ("img", "src"), ("img", "alt"), ("img", "width"), ("img", "height")}


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
    assert '<p><a href="https://orrin.example/timetable">https://orrin.example/timetable</a></p>' in text
    assert not re.search(r"^(<\w+>)?https?://\S+$", text, re.MULTILINE)


def test_a_bare_address_after_a_line_break_becomes_a_link(publication: Publication) -> None:
    news = canonical([Block((Run("See the notice:\nhttps://orrin.example/notice"),))])
    text = fragment(Story(slug="a", headline="b", news=news), publication, {})
    assert '<br><a href="https://orrin.example/notice">' in text


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("He said “لا تنام!” twice", "He said “⁧لا تنام!⁩” twice"),
        ("She wrote “يا Orrin!” there", "She wrote “⁧يا Orrin!⁩” there"),
        ("وقال القفل (lock) فُتح.", "⁧وقال القفل (lock) فُتح.⁩"),
        ("From שלום, עולם to peace", "From ⁧שלום, עולם⁩ to peace"),
        ("one\nاثنان\nthree", "one<br>⁧اثنان⁩<br>three"),
        ("kept “⁨سلام⁩” as it is", "kept “⁨سلام⁩” as it is"),
        ("nothing to isolate", "nothing to isolate"),
    ],
)
def test_right_to_left_words_are_isolated_in_the_text_itself(publication: Publication, words: str, expected: str) -> None:
    story = Story(slug="a", headline="b", news=canonical([Block((Run(words),))]))
    assert f"<p>{expected}</p>" in fragment(story, publication, {})


def test_it_has_no_headline_of_the_story_and_begins_with_the_insights_line(
    story: Story, publication: Publication, pictures: Mapping[str, Picture]
) -> None:
    text = fragment(story, publication, pictures)
    assert story.headline not in text
    assert text.startswith("<p>Insights from The Harbour Ledger, ")
    assert fragment(replace(story, insights=INSIGHTS_NONE, lead_image=None), publication, pictures).startswith(
        "<h2>The News</h2>\n"
    )


def test_the_sources_of_a_card_stand_on_one_line_of_links(publication: Publication, story: Story) -> None:
    card = SignalCard(sources=(story.signals[0].sources[0], story.signals[1].sources[1]))
    text = fragment(replace(story, signals=(card,)), publication, {})
    link = '<a href="https://ledger.example/lock?day=9&amp;part=%5Bb%5D">The Harbour Ledger</a>'
    assert f"<p>Sources: {link}, Ruben Vey (Kestrel Wire)</p>" in text


def test_pictures_lie_beside_it_as_beside_the_page(
    story: Story, publication: Publication, pictures: Mapping[str, Picture]
) -> None:
    beside = {name for name in render("fragment", story, publication, pictures).files if "/" in name}
    assert beside <= set(render("page", story, publication, pictures).files)
    assert "orrin-lock-files/lock gate.png" in beside
