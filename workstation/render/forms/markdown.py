"""The profile ``markdown``: CommonMark with what a site generator has to know of the story in front of it (YAML).

The headline stands in the front matter alone: whatever prints the text prints it, too. So does a lead image that is featured;
any other stands in the text alone, lest it be seen twice.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from workstation.domain.picture import Picture
from workstation.domain.publication import Publication
from workstation.domain.story import Story
from workstation.render.machines.canonical import canonical_address
from workstation.render.pictures.alternative_text import alternative_text
from workstation.render.pictures.placing import PlacedPicture, Placement, place
from workstation.render.rendering import LeadPlace, Profile, Rendering, Terms
from workstation.render.words.bylines import author_names
from workstation.render.words.characters import one_line
from workstation.render.words.commonmark import (
    markdown_address,
    markdown_body,
    markdown_heading,
    markdown_link,
    markdown_words,
)
from workstation.render.words.dateline import told_time
from workstation.render.words.language import direction_of, language_of
from workstation.render.words.names import printed_names
from workstation.render.words.running_order import OrderedCard, RunningOrder, running_order
from workstation.render.words.sources import PrintedSource

_ESCAPED = {character: f"\\u{character:04x}" for character in (0x2028, 0x2029, 0xFEFF, ord("<"), ord(">"))}
"""What YAML takes for the end of a line or of nothing, beside what JSON escapes; and what would be markup to a program that
prints the facts because it does not know them for facts."""
_LINKING = ("](", "]\\u0028")
"""Likewise what makes a link of words in square brackets."""


def render_markdown(story: Story, publication: Publication, pictures: Mapping[str, Picture], terms: Terms) -> Rendering:
    """``story`` as ``<slug>.md``, its pictures in ``<slug>-files/``."""
    placement = place(story, pictures)
    is_featured = terms.lead is LeadPlace.FEATURED
    order = running_order(story, publication)
    lead = None if is_featured else _lead(story, placement)
    parts = [*_opening(order, lead, is_featured), *_below(order)]
    head = _front_matter(_facts(story, publication, placement, terms))
    main = f"{story.slug}.md"
    return Rendering(
        profile="markdown",
        main=main,
        files={**placement.files(), main: (head + "\n\n".join(filter(None, parts)) + "\n").encode()},
        missing=placement.missing,
        pictures=placement.notes(story),
        featured=placement.lead_file(story) if is_featured else None,
    )


def _opening(order: RunningOrder, lead: str | None, is_featured: bool) -> Iterator[str]:
    yield markdown_words(order.sponsor)
    yield markdown_words(order.insights)
    yield lead or ""
    yield "" if is_featured else markdown_words(order.caption, emphasis=True)


def _below(order: RunningOrder) -> Iterator[str]:
    yield markdown_heading(order.news_label)
    yield markdown_body(order.news)
    for card in order.cards:
        yield from _card(card)
    for correction in order.corrections:
        yield markdown_words(f"{correction.label} {correction.text}".strip())
    yield markdown_words(order.contributors)


def _card(card: OrderedCard) -> Iterator[str]:
    yield markdown_heading(card.headline)
    yield f"{markdown_words(card.label)} {', '.join(map(_source, card.sources))}".strip()
    yield markdown_body(card.body)


def _source(source: PrintedSource) -> str:
    return markdown_link(source.name, source.address) if source.address else markdown_words(source.name)


def _lead(story: Story, placement: Placement) -> str:
    lead = story.lead_image
    placed = placement.story.get(lead.file) if lead else None
    if not lead or not placed:
        return ""
    alt = markdown_words(alternative_text(lead))
    return f"![{alt}]({markdown_address(placed.address)})"


# --- front matter --------------------------------------------------------------------------------------------------


def _facts(story: Story, publication: Publication, placement: Placement, terms: Terms) -> dict[str, Any]:
    language = language_of(story, publication)
    return {
        "title": one_line(story.headline),
        "slug": story.slug,
        "date": told_time(story.first_published or story.updated, story, publication),
        "updated": told_time(story.updated, story, publication),
        "lang": language,
        "dir": direction_of(language),
        "authors": author_names(story, publication),
        "contributors": printed_names(story.contributors),
        "publication": one_line(publication.name),
        "categories": printed_names(story.verticals),
        "region": one_line(story.region),
        "sponsor": one_line(story.sponsor),
        "canonical": canonical_address(story, publication, terms),
        "image": _image(story, placement) if terms.lead is LeadPlace.FEATURED else {},
    }


def _image(story: Story, placement: Placement) -> dict[str, Any]:
    lead = story.lead_image
    placed: PlacedPicture | None = placement.story.get(lead.file) if lead else None
    if not lead or not placed:
        return {}
    told = {
        "alt": alternative_text(lead),
        "caption": one_line(lead.caption),
        "credit": one_line(lead.credit),
    }
    return {"file": placed.file, **told, "width": placed.width, "height": placed.height}


def _front_matter(facts: Mapping[str, Any]) -> str:
    """Facts as YAML between two lines of hyphens: every value as JSON, which YAML reads; what is empty is left out."""
    lines = [line for name, value in facts.items() if value for line in _lines(name, value)]
    return "\n".join(["---", *lines, "---", "", ""])


def _lines(name: str, value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield f"{name}:"
        yield from (f"  {key}: {_scalar(inner)}" for key, inner in value.items() if inner)
    elif isinstance(value, tuple):
        yield f"{name}:"
        yield from (f"  - {_scalar(inner)}" for inner in value)
    else:
        yield f"{name}: {_scalar(value)}"


def _scalar(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).translate(_ESCAPED).replace(*_LINKING)


MARKDOWN = Profile(
    name="markdown",
    label="Markdown",
    description="CommonMark with the story’s facts in front (YAML), for a site generator or a repository.",
    render=render_markdown,
    lead=LeadPlace.BODY,
)
