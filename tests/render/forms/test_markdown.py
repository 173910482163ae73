"""The profile markdown: a reader of CommonMark gives the same words, links and emphasis back."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import unescape
from typing import Any
from urllib.parse import unquote

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.render.odd_stories import NAMES, odd_pictures, odd_story
from tests.render.strippers import attributed, misread, text_only
from workstation.domain.body import Block, BlockKind, Body, Marks, Run, canonical, read_html
from workstation.domain.picture import Picture
from workstation.domain.publication import Publication
from workstation.domain.story import LeadImage, SignalCard, Source, Story
from workstation.render.profiles import render
from workstation.render.rendering import LeadPlace, Terms
from workstation.render.words.addresses import address
from workstation.render.words.bodies import printable
from workstation.render.words.commonmark import markdown_body, markdown_heading, markdown_words

Pictures = Mapping[str, Picture]
READER = MarkdownIt("commonmark")
ISOLATES = dict.fromkeys(range(0x2066, 0x206A))

LINKS = (
    "https://a.example/b_(c)_*d*",
    "https://a.example/?a=1&copy;=2&amp=3",
    "https://a.example/((x)",
    "mailto:desk@a.example",
    "https://manara.example/اخبار?q=~#:~:text=a-,b",
)
MARKED = st.builds(Marks, strong=st.booleans(), emphasis=st.booleans(), link=st.sampled_from((None, None, *LINKS)))
SPECIAL = st.text(alphabet="ab1 .)(-+#=*_`~[]<>&;!|{}\\:\n\"'“”«»—中文،ع$€+😀\u0301\u00a0\u3000\u2028", min_size=1, max_size=8)
WORDS = st.one_of(
    SPECIAL,
    st.text(min_size=1, max_size=6),
    st.sampled_from(
        ("1. ", "- ", "## ", "a", "---", "&amp;", "<b>", "![", "](x)", "[x]: /y", "```", "~~~", "    code", "\n\n", "| a |")
    ),
)
BLOCKS = st.builds(
    Block,
    st.lists(st.builds(Run, WORDS, MARKED), min_size=1, max_size=4).map(tuple),
    st.sampled_from(BlockKind),
    st.booleans(),
)


def letters(body: Body) -> Iterator[tuple[Any, ...]]:
    """Each letter with its block and its marks; a space has no marks that could be seen."""
    for number, block in enumerate(body.blocks):
        for run in block.runs:
            for character in run.text.translate(ISOLATES):
                marks = run.marks if character not in " \n" else Marks()
                link = unquote(marks.link) if marks.link else None
                yield number, block.kind, block.quoted, character, marks.strong, marks.emphasis, link


def read_back(markdown: str) -> Body:
    reading = read_html(READER.render(markdown))
    assert not reading.left_out
    return reading.body


def one(*runs: Run) -> Body:
    return canonical([Block(runs)])


@settings(max_examples=400, deadline=None)
@given(st.lists(BLOCKS, min_size=1, max_size=4).map(canonical))
@example(one(Run("un"), Run("frigging", Marks(emphasis=True)), Run("believable")))
@example(one(Run("他说"), Run("“中文”", Marks(strong=True)), Run("之后")))
@example(one(Run("Look!"), Run("here", Marks(link="https://a.example"))))
@example(one(Run("a", Marks(strong=True)), Run("b", Marks(emphasis=True)), Run("c", Marks(strong=True, emphasis=True))))
@example(one(Run("\u3000\u3000中文")))
@example(one(Run("1. not a list\n2) nor here\n# nor a heading\n---")))
def test_a_reader_of_commonmark_gives_every_letter_back_with_its_marks(body: Body) -> None:
    assert list(letters(read_back(markdown_body(body)))) == list(letters(printable(body)))


@given(st.text(max_size=30).map(lambda text: " ".join(text.split())))
@example("A heading in C #")
@example("#")
@example("1. A number")
def test_a_heading_keeps_its_words(words: str) -> None:
    expected = printable(one(Run(words)))
    markdown = markdown_heading(expected.text)
    read = READER.render(markdown).removeprefix("<h2>").removesuffix("</h2>\n")
    assert read_html(f"<p>{read}</p>").body.text.translate(ISOLATES) == expected.text.translate(ISOLATES)


def test_words_that_need_no_backslash_have_none() -> None:
    assert markdown_words("Orrin Savings & Loan paid $40, a third (33.3%) more: “well-known” news!") == (
        "Orrin Savings & Loan paid $40, a third (33.3%) more: “well-known” news!"
    )


def test_a_template_that_a_site_runs_first_finds_nothing_to_run() -> None:
    written = markdown_words("{{ site.secret }} {% include x %}")
    assert "{{" not in written
    assert "{%" not in written


def front(text: str) -> dict[str, Any]:
    _, head, _ = text.split("---\n", 2)
    return dict(yaml.safe_load(head))


@given(st.text(max_size=40))
@example('He said: "no" # not a comment')
@example("yes")
@example("2031-07-03")
@example("line\u2028end \u0085 \ufeff")
def test_the_front_matter_holds_any_headline(headline: str) -> None:
    text = render("markdown", Story(slug="a", headline=headline), Publication(name="The Lantern"), {}).text
    told = front(text).get("title", "")
    assert isinstance(told, str)
    assert told == render("text", Story(slug="a", headline=headline), Publication(name=""), {}).text.split("\n")[0]


def test_the_front_matter_tells_a_site_what_it_has_to_know(story: Story, publication: Publication, pictures: Pictures) -> None:
    house = replace(publication, address="https://lantern.example/{year}/{slug}")
    told = front(render("markdown", story, house, pictures, Terms(lead=LeadPlace.FEATURED)).text)
    assert told["date"] == "2031-07-03T03:05:00-04:00"
    assert told["canonical"] == "https://lantern.example/2031/orrin-lock"
    assert told["authors"] == ["Ilse Marrow", "Teodor Anselm"]
    assert told["image"]["file"] == "orrin-lock-files/lock gate.png"
    assert told["image"]["alt"] == "Two barges wait below a closed lock gate"


def test_the_lead_image_is_in_the_text_or_featured_and_never_both(
    story: Story, publication: Publication, pictures: Pictures
) -> None:
    shown = render("markdown", story, publication, pictures)
    featured = render("markdown", story, publication, pictures, Terms(lead=LeadPlace.FEATURED))
    assert "![Two barges" in shown.text
    assert "image" not in front(shown.text)
    assert shown.featured is None
    assert "![" not in featured.text
    assert "Barges wait below" not in featured.text.split("---\n", 2)[2]
    assert featured.featured == "orrin-lock-files/lock gate.png"


def test_an_alternative_text_with_marks_is_read_as_it_is(publication: Publication, pictures: Pictures) -> None:
    lead = LeadImage(file="lock gate.png", alt='A "gate" [closed] * _now_ ](x)')
    text = render("markdown", Story(slug="a", headline="b", lead_image=lead), publication, pictures).text
    image = READER.parse(text.split("---\n", 2)[2])[1].children
    assert image is not None
    assert image[0].type == "image"
    assert image[0].content.replace("\\", "") == lead.alt
    assert image[0].attrs["src"] == "a-files/lock%20gate.png"


def test_the_sources_of_a_card_are_links_on_one_line(publication: Publication) -> None:
    sources = (Source(name="The_Ledger*", url="https://a.example/(x)"), Source(name="[Nobody]"))
    story = Story(slug="a", headline="b", signals=(SignalCard(headline="c", sources=sources),))
    text = render("markdown", story, publication, {}).text
    assert "\nSources: [The\\_Ledger\\*](https://a.example/\\(x\\)), \\[Nobody\\]\n" in text


@pytest.mark.parametrize("name", NAMES)
def test_an_odd_story_is_read_whole_and_in_order(name: str, publication: Publication) -> None:
    story = odd_story(name)
    text = render("markdown", story, publication, odd_pictures(name)).text
    assert text == unicodedata.normalize("NFC", text)
    html = READER.render(text.split("---\n", 2)[2])
    assert misread(text_only(html), [unicodedata.normalize("NFC", told) for told in attributed(story, publication)]) == []
    links = [address(link) for body in (story.news, *(card.body for card in story.signals)) for link in body.links]
    links += [address(source.url) for card in story.signals for source in card.sources if source.name.strip()]
    for link in filter(None, links):
        assert unquote(link) in unquote(unescape(html)), link
