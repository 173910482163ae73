"""Stories put together by chance, and what has to be read of each in a form for a content system."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby

from hypothesis import strategies as st
from lxml import html as markup

from workstation.domain.body import Block, BlockKind, Body, Marks, Run, canonical
from workstation.domain.correction import Correction
from workstation.domain.publication import Publication
from workstation.domain.story import LeadImage, SignalCard, Source, Story
from workstation.render.words.addresses import address
from workstation.render.words.characters import clean, one_line
from workstation.render.words.insights import insights_line

_PIECES = """
the lock|opened at noon|النهر طريق|من جديد.|“المدينة لا تنام”|קול העמק|水闸开启|[gallery]|[embed]https://video.example/1[/embed]|&lt;b&gt;|<b>
</p>|<script>alert(1)</script>|<!-- wp:html -->|<!-- /wp:paragraph -->|-->|<!--more-->|]]>|<![CDATA[|{{ 7*7 }}|{% x %}|a & b
" onload="x|'|--|\\
https://lock.example/x?a=1&b=2|https://lock.example|🚢|e\u0301|\u0338|\u200b|\u2067|\u2068|\u2069|\u00a0|5 < 6|$1|\\1|%s|Orrin!
"""
_pieces = st.sampled_from([piece for line in _PIECES.split("\n") for piece in line.split("|") if piece])
words = st.lists(_pieces | st.text(max_size=6), max_size=5).map(" ".join) | st.sampled_from(
    ["", " ", "https://lock.example/alone"]
)
_addresses = st.sampled_from(
    ["https://lock.example/a", "https://b.example/?q=[1]&r=\"'", "mailto:a@b.example", "javascript:x", "//c.example"]
)
addresses = st.none() | _addresses | st.text(max_size=8)
_marks = st.builds(Marks, strong=st.booleans(), emphasis=st.booleans(), link=addresses, quote=st.none() | st.just("q"))
_runs = st.lists(st.builds(Run, words | st.just("one\ntwo"), _marks), max_size=3).map(tuple)
bodies = st.lists(st.builds(Block, _runs, st.sampled_from(BlockKind), st.booleans()), max_size=5).map(canonical)
_sources = st.builds(Source, name=words, of=st.none() | words, url=addresses)
_cards = st.builds(SignalCard, headline=words, sources=st.lists(_sources, max_size=3).map(tuple), body=bodies, key=st.just("k"))
_notes = st.builds(Correction, made=st.just(datetime(2031, 7, 3, 8, 5, tzinfo=UTC)), text=words)
_leads = st.builds(
    LeadImage,
    file=st.just("lock gate.png"),
    alt=words,
    caption=words,
    credit=words,
    decorative=st.booleans(),
    file_photo=st.booleans(),
)
stories = st.builds(
    Story,
    slug=st.just("a-slug"),
    headline=words,
    insights=st.sampled_from(["auto", "none"]) | words,
    language=st.none() | st.sampled_from(["en", "ar", "he-IL", "zh-Hans", "de", "tlh", "x"]),
    verticals=st.lists(words, max_size=2).map(tuple),
    region=st.none() | words,
    first_published=st.none() | st.just(datetime(2031, 7, 3, 8, 5, tzinfo=UTC)),
    bylines=st.lists(words, max_size=2).map(tuple),
    contributors=st.lists(words, max_size=2).map(tuple),
    sponsor=st.none() | words,
    corrections=st.lists(_notes, max_size=2).map(tuple),
    lead_image=st.none() | _leads,
    news=bodies,
    signals=st.lists(_cards, max_size=3).map(tuple),
)
"""Stories of every part, with odd words in each; the lead image of some is the one of the fixtures."""


def words_of(story: Story, publication: Publication) -> list[str]:
    """The words of a story that a content system does not print by itself, in their order, without what nobody can see."""
    return [phrase for phrase in map(seen, _phrases(story, publication)) if phrase]


def _phrases(story: Story, publication: Publication) -> Iterator[str]:
    yield story.sponsor or ""
    yield insights_line(story, publication) or ""
    yield from _lines(story.news)
    for card in story.signals:
        yield card.headline
        yield from (source.name for source in card.sources)
        yield from _lines(card.body)
    yield from (note.text for note in story.corrections)
    yield from story.contributors


def _lines(body: Body) -> Iterator[str]:
    yield from (line for block in body.blocks for line in block.text.split("\n"))


def links_of(story: Story) -> list[str]:
    """The addresses that a story leads to, in their order, without those that only stand in its words."""
    links = list(_links(story.news))
    for card in story.signals:
        named = (source for source in card.sources if seen(source.name))
        links += [link for source in named if (link := address(source.url))]
        links += _links(card.body)
    return links


def _links(body: Body) -> Iterator[str]:
    for block in body.blocks:
        for link, runs in groupby(block.runs, key=lambda run: address(run.marks.link)):
            if link and seen("".join(run.text for run in runs)):
                yield link


def seen(text: str) -> str:
    """``text`` in one line without invisible characters."""
    return " ".join(re.sub(r"\s+", " ", "".join(c for c in one_line(clean(text)) if c.isprintable() or c.isspace())).split())


def unread(html: str, story: Story, publication: Publication) -> list[str]:
    """The words and links of a story that flat HTML does not hold, or not in their order."""
    text, at, missing = words_in(html), 0, []
    for phrase in words_of(story, publication):
        found = text.find(phrase, at)
        missing += [phrase] if found < 0 else []
        at = max(at, found + len(phrase))
    links = iter(links_in(html))
    return missing + [link for link in links_of(story) if link not in links]


def words_in(html: str) -> str:
    """The words of flat HTML, of attributes none, as :func:`seen` has them."""
    tree = _tree(html)
    for element in tree.iter("p", "h2", "li", "figcaption", "br", "img"):
        element.tail = f" {element.tail or ''}"
    return seen("".join(tree.itertext()))


def links_in(html: str) -> list[str]:
    """Where the links of flat HTML lead, in their order."""
    return [str(link.get("href")) for link in _tree(html).iter("a")]


def _tree(html: str) -> markup.HtmlElement:
    tree = markup.document_fromstring(f"<!DOCTYPE html><html><body>{html}</body></html>")
    for comment in [node for node in tree.iter() if not isinstance(node.tag, str)]:
        comment.drop_tree()
    return tree
