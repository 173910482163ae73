"""The parts of a story as content elements of ANS, the story format of the Arc CMS.

Words are HTML there, of which only links, emphasis and line breaks are used; all other values are plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from itertools import groupby

from workstation.domain.body import Body
from workstation.domain.publication import Publication
from workstation.domain.quote import Quote
from workstation.domain.story import Story
from workstation.render.flat.blocks import FlatBlock
from workstation.render.flat.story import FlatStory
from workstation.render.machines.json_file import Values, plain_values, said
from workstation.render.pictures.alternative_text import alternative_text
from workstation.render.pictures.caption import lead_caption
from workstation.render.pictures.placing import PlacedPicture
from workstation.render.words.bodies import printable
from workstation.render.words.characters import composed, one_line

VERSION = "0.10.9"
_HEADER_LEVEL = 2
_LIST_TYPES = {"ul": "unordered", "ol": "ordered"}
_SPAN = re.compile("</?span[^>]*>")

Quotes = Mapping[str, Quote]


def content_elements(flat: FlatStory, story: Story, publication: Publication, quotes: Quotes) -> list[Values]:
    """The text of a story from top to bottom. Its insights line is no part of it: ANS has it as the subheadline."""
    lead = [image(flat.lead.placed, story, publication)] if flat.lead else []
    elements = [*_lines(flat.sponsor), *lead, *_lines(flat.news_label)]
    elements += _body(flat.news, story.news, quotes)
    for card, signal in zip(flat.cards, story.signals, strict=True):
        elements += [*_lines(card.headline), *_lines(card.credit), *_body(card.body, signal.body, quotes)]
    elements += [_correction(note) for note in flat.corrections]
    return [*elements, *_lines(flat.contributors)]


def image(placed: PlacedPicture, story: Story, publication: Publication) -> Values:
    """The lead image; its address is the place of its file beside the story."""
    lead = story.lead_image
    credit = one_line(lead.credit) if lead else ""
    values = {
        "type": "image",
        "version": VERSION,
        "url": placed.address,
        "width": placed.width,
        "height": placed.height,
        "alt_text": alternative_text(lead),
        **said(caption=lead_caption(story, publication), credits={"by": [author(credit)]} if credit else {}),
        "additional_properties": {"file": placed.file, "media_type": placed.picture.media_type, "sha256": placed.picture.sha256},
    }
    return plain_values(values)


def author(name: str) -> Values:
    """A person, or whoever else is credited by name."""
    return {"type": "author", "name": name, "byline": name}


def _lines(block: FlatBlock | None) -> list[Values]:
    return [_element(block)] if block else []


def _body(blocks: Iterable[FlatBlock], body: Body, quotes: Quotes) -> Iterator[Values]:
    speakers = _speakers(body, quotes)
    for block in blocks:
        element = _element(block)
        speaker = next(speakers) if element["type"] == "quote" else ""
        yield element | ({"citation": {"type": "text", "content": escape(speaker, quote=False)}} if speaker else {})


def _element(block: FlatBlock) -> Values:
    if block.tag in _LIST_TYPES:
        return {"type": "list", "list_type": _LIST_TYPES[block.tag], "items": [_text(item) for item in block.inside]}
    if block.tag == "blockquote":
        return {"type": "quote", "subtype": "blockquote", "content_elements": [_element(inner) for inner in block.inside]}
    return {"type": "header", "level": _HEADER_LEVEL, "content": _words(block)} if block.tag == "h2" else _text(block)


def _text(block: FlatBlock) -> Values:
    return {"type": "text", "content": _words(block)}


def _correction(note: FlatBlock) -> Values:
    return {"type": "correction", "correction_type": "correction", "text": _words(note)}


def _words(block: FlatBlock) -> str:
    return composed(_SPAN.sub("", block.words))


def _speakers(body: Body, quotes: Quotes) -> Iterator[str]:
    """Who said the words of each block quote: the speaker of what was cut from a source for it, where that is one alone."""
    for quoted, group in groupby(printable(body).blocks, key=lambda block: block.quoted):
        if quoted:
            ids = [run.marks.quote for block in group for run in block.runs if run.marks.quote]
            speakers = {one_line(quotes[name].speaker) for name in ids if name in quotes}
            yield speakers.pop() if len(speakers) == 1 else ""
