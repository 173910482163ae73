"""It survives: whatever is taken away from a story on its way, who said what still reads right, and no form loses a word.

What a form does not hold, on purpose:

* ``fragment``, ``inline`` and the body of ``wordpress`` have no headline of the story: the system prints the one it was given.
* ``jsonld`` tells what the story is and whom it cites, not its text.
* ``text``, ``email``'s plain part and ``markdown`` tell an address once a card, not at each of its links.
* Invisible marks of direction, and a soft hyphen, are not compared: forms add and drop them.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from html import unescape
from typing import Any

import pytest
from lxml import etree
from markdown_it import MarkdownIt

from tests.render.held import addresses, links_of, lost, phrases, printed
from tests.render.odd_stories import NAMES, odd_pictures, odd_story
from tests.render.strippers import MARKUP, misread, text_only
from workstation.domain.picture import Picture
from workstation.domain.publication import Publication
from workstation.domain.story import SignalCard, Story
from workstation.domain.story_document import write_json
from workstation.render.machines.identity import uri
from workstation.render.profiles import PROFILES, render
from workstation.render.rendering import Rendering
from workstation.render.words.addresses import address
from workstation.render.words.characters import clean, one_line, without_tags

Pictures = Mapping[str, Picture]
_ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"


# --- what a form says ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Said:
    """What a reader of a form finds: words in their order, and where links lead; markup where the form is or holds some."""

    words: str
    links: list[str]
    html: str = ""


def of_html(html: str) -> Said:
    return Said(text_only(html), links_of(html), html)


def of_markdown(text: str) -> Said:
    return of_html(MarkdownIt("commonmark", {"linkify": False}).render(text))


def of_words(text: str) -> Said:
    return Said("\n".join(map(without_quoting, text.split("\n"))), [])


def without_quoting(line: str) -> str:
    """A line without the marks that stand before a block quote in words alone."""
    return re.sub(r"^(> ?)+", "", line)


def of_feed(text: str) -> Said:
    root = etree.fromstring(text.encode())
    return of_html("".join(root.itertext(_ENCODED)))


def of_ans(text: str) -> Said:
    def paragraphs(elements: list[dict[str, Any]]) -> Iterator[str]:
        for element in elements:
            yield from paragraphs(element.get("content_elements", []) + element.get("items", []))
            yield f"<p>{element.get('content') or element.get('text') or ''}</p>"

    return of_html("\n".join(paragraphs(json.loads(text)["content_elements"])))


def of_ninjs(text: str) -> Said:
    return of_html(json.loads(text)["bodies"][0]["value"])


READERS: Mapping[str, Callable[[str], Said]] = {
    **dict.fromkeys(("page", "single", "fragment", "inline", "wordpress", "ghost", "email"), of_html),
    "markdown": of_markdown,
    "text": of_words,
    "ans": of_ans,
    "ninjs": of_ninjs,
    "wxr": of_feed,
    "rss": of_feed,
}
"""How the main file of each profile is read; ``jsonld`` and ``bundle`` are looked at by themselves."""
HTML = ("page", "single", "fragment", "inline", "wordpress", "ghost", "email")


@pytest.fixture
def house(publication: Publication) -> Publication:
    return replace(publication, address="https://lantern.example/{year}/{slug}")


def said(profile: str, story: Story, publication: Publication, pictures: Pictures) -> Said:
    return READERS[profile](render(profile, story, publication, pictures).text)


def test_every_profile_is_looked_at() -> None:
    assert set(PROFILES) == {*READERS, "jsonld", "bundle"}


# --- nothing is lost -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("profile", sorted(READERS))
def test_a_form_holds_every_word_of_an_odd_story_and_every_address(profile: str, name: str, house: Publication) -> None:
    story = odd_story(name)
    found = said(profile, story, house, odd_pictures(name))
    wanted = phrases(story, house)
    assert misread(found.words, map(without_quoting, wanted) if profile == "text" else wanted) == []
    if profile == "text":
        whole = render(profile, story, house, {}).text
        assert [link for link in addresses(story) if link not in whole] == []
    else:
        assert lost_links(found, story) == []


def lost_links(found: Said, story: Story) -> list[str]:
    """The addresses of a story that are not linked to in their order; some writers of HTML put them into ASCII."""
    return lost(map(uri, found.links), map(uri, addresses(story)))


@pytest.mark.parametrize("name", NAMES)
def test_linked_data_names_the_headline_and_every_source_with_its_address(name: str, house: Publication) -> None:
    story = odd_story(name)
    told = json.loads(render("jsonld", story, house, odd_pictures(name)).text)
    assert told["headline"] == one_line(story.headline)
    sources = [source for card in story.signals for source in card.sources if one_line(source.name)]
    cited = {(entry["name"], entry.get("url")) for entry in told.get("citation", [])}
    assert {(printed(source), address(source.url)) for source in sources} == cited


@pytest.mark.parametrize("name", NAMES)
def test_the_bundle_holds_the_document_and_every_picture(name: str, house: Publication) -> None:
    bundle = render("bundle", odd_story(name), house, odd_pictures(name))
    with zipfile.ZipFile(io.BytesIO(bundle.files[bundle.main])) as opened:
        assert opened.read("story.json").decode() == write_json(odd_story(name))
        assert {file: opened.read(file) for file in odd_pictures(name)} == {
            file: picture.data for file, picture in odd_pictures(name).items()
        }


@pytest.mark.parametrize("name", NAMES)
def test_a_message_is_whole_in_both_of_its_parts(name: str, house: Publication) -> None:
    story = odd_story(name)
    sent = render("email", story, house, odd_pictures(name))
    message = message_from_bytes(sent.files[f"{story.slug}.eml"], policy=policy.default)
    plain, markup = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert markup is not None
    assert misread(of_words(plain.get_content()).words, map(without_quoting, phrases(story, house))) == []
    assert misread(text_only(markup.get_content()), phrases(story, house)) == []


@pytest.mark.parametrize("name", NAMES)
def test_the_headline_stands_in_a_form_or_in_the_file_that_goes_with_it(name: str, house: Publication) -> None:
    headline = folded(odd_story(name).headline)
    tagless = folded(without_tags(headline))
    for profile in sorted(set(PROFILES) - {"fragment", "inline", "bundle"}):
        sent = render(profile, odd_story(name), house, odd_pictures(name))
        assert any(headline in words or tagless in words for words in map(folded, decoded(sent))), profile


def decoded(sent: Rendering) -> Iterator[str]:
    """The texts of a form as a reader of its format has them."""
    for name, data in sent.files.items():
        if name.endswith((".json", ".jsonld")):
            yield from strings(json.loads(data))
        elif name.endswith(".xml"):
            yield from strings([str(text) for text in etree.fromstring(data).itertext()])
        elif name.endswith(".html"):
            yield text_only(data.decode()).replace("\n", " ")
        elif name.endswith(".md"):
            yield from (json.loads(line[7:]) for line in data.decode().split("\n") if line.startswith('title: "'))
        elif name.endswith(".txt"):
            yield data.decode()


def strings(values: Any) -> Iterator[str]:
    """Every text among values, as it stands and as HTML."""
    if isinstance(values, str):
        yield values
        yield unescape(values)
    for value in values.values() if isinstance(values, dict) else values if isinstance(values, list) else ():
        yield from strings(value)


# --- what was taken away -------------------------------------------------------------------------------------------

STRIPPED = (
    "arabic",
    "hebrew-with-english",
    "block-quotes",
    "lists",
    "brackets",
    "closing-marks",
    "sources",
    "emoji",
    "corrections",
)


@pytest.mark.parametrize("strip", MARKUP, ids=lambda strip: strip.__name__)
@pytest.mark.parametrize("profile", HTML)
def test_with_half_of_it_taken_away_attribution_order_quotations_and_links_are_still_right(
    profile: str, strip: Callable[[str], str], story: Story, house: Publication, pictures: Pictures
) -> None:
    told = [(story, pictures), *((odd_story(name), odd_pictures(name)) for name in STRIPPED)]
    for one, held in told:
        html = said(profile, one, house, held).html
        left = of_html(strip(html))
        assert misread(left.words, phrases(one, house)) == [], one.slug
        assert lost_links(left, one) == [], one.slug
        assert misattributed(left.words, one, house) == [], one.slug
        assert left.html.count("<blockquote") == html.count("<blockquote") >= quotations(one), one.slug
        assert_news_first(left.words, one, house)


@pytest.mark.parametrize("profile", sorted(READERS))
def test_in_words_alone_the_source_stands_right_below_the_headline_of_its_card(
    profile: str, story: Story, house: Publication, pictures: Pictures
) -> None:
    for one, held in [(story, pictures), *((odd_story(name), odd_pictures(name)) for name in NAMES)]:
        words = said(profile, one, house, held).words
        assert misattributed(words, one, house) == [], one.slug
        assert_news_first(words, one, house)


def quotations(story: Story) -> int:
    """How many stretches of a story are set as block quotes."""
    kinds = [[block.quoted for block in body.blocks] for body in (story.news, *(card.body for card in story.signals))]
    return sum(quoted and not before for body in kinds for before, quoted in zip([False, *body], body, strict=False))


def assert_news_first(words: str, story: Story, house: Publication) -> None:
    """“The News” stands before what it says, and that before the first card."""
    if story.news:
        opening = [house.labels.news, clean(story.news.blocks[0].text).split("\n")[0]]
        heads = [one_line(card.headline) for card in story.signals if one_line(card.headline)][:1]
        assert misread(words, [*opening, *heads]) == [], story.slug


_LINKS_TOLD = re.compile(r" \((https?|mailto):[^\s)]+(\([^\s)]*\))?[^\s)]*\)")
_DIRECTIONS = dict.fromkeys([*range(0x2066, 0x206A), 0x200E, 0x200F, 0x00AD, 0x200B])


def folded(text: str) -> str:
    """``text`` in one line, as it is compared."""
    return " ".join(clean(text).translate(_DIRECTIONS).split())


def misattributed(words: str, story: Story, house: Publication) -> list[str]:
    """The cards right below whose headline it does not say “Source: …”; a word for screen readers may stand between."""
    text = folded(words)
    wrong, at = [], 0
    for card in story.signals:
        headline, credit = (
            " ".join(part.translate(_DIRECTIONS).split()) for part in (one_line(card.headline), credited(card, house))
        )
        if not headline:
            at = text.find(credit, at)
            assert at >= 0, credit
            continue
        at = text.find(headline, at)
        assert at >= 0, headline
        below = text[at + len(headline) :].lstrip()
        below = below.removeprefix(house.labels.source_icon).lstrip()
        plain = _LINKS_TOLD.sub("", below[: len(credit) + 4000])
        if not plain.startswith(credit):
            wrong.append(f"{headline} // {plain[: len(credit) + 20]} // {credit}")
        at += len(headline)
    return wrong


def credited(card: SignalCard, house: Publication) -> str:
    """The line that names the sources of a card."""
    names = [printed(source) for source in card.sources if one_line(source.name)]
    label = house.labels.source if len(names) == 1 else house.labels.sources
    return f"{label} {', '.join(names)}" if names else ""
