"""The profile ``fragment``: the flat body that every CMS keeps as it is.

Top level only ``h2 h3 p figure blockquote ul ol``, inside only links, emphasis, line breaks and spans of another direction.
It begins at ``h2`` because the CMS's own theme prints the headline, and it has no dateline because the CMS prints its own time
of publication: a second one in the text would grow stale. Square brackets are written as references, lest a CMS run them as a
shortcode.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from workstation.domain.picture import Picture
from workstation.domain.publication import Publication
from workstation.domain.story import Story
from workstation.render.flat.blocks import FlatBlock, flat_html, guarded
from workstation.render.flat.story import FlatCard, FlatStory, flat_story, is_featured
from workstation.render.forms.page import PrintedSource
from workstation.render.pictures.placing import place
from workstation.render.rendering import LeadPlace, Profile, Rendering, Terms
from workstation.render.templates import fill
from workstation.render.words.characters import one_line
from workstation.render.words.running_order import listed


@dataclass(frozen=True, slots=True)
class PrintedFlatCard:
    """A signal as the template prints it."""

    headline: Markup
    headline_attributes: Markup
    label: str
    sources: tuple[PrintedSource, ...]
    credit: Markup
    credit_attributes: Markup
    body: Markup


def render_fragment(story: Story, publication: Publication, pictures: Mapping[str, Picture], terms: Terms) -> Rendering:
    """``story`` as ``<slug>.fragment.html``, its pictures in ``<slug>-files/``."""
    placement, featured = place(story, pictures), is_featured(FRAGMENT, terms)
    flat = flat_story(story, publication, placement, featured=featured)
    text = guarded(fill("fragment.html", _values(flat, story, publication), publication))
    main = f"{story.slug}.fragment.html"
    return Rendering(
        profile="fragment",
        main=main,
        files={**placement.files(), main: text.encode()},
        missing=placement.missing,
        pictures=placement.notes(story),
        featured=placement.lead_file(story) if featured else None,
    )


def _values(flat: FlatStory, story: Story, publication: Publication) -> dict[str, Any]:
    return {
        **_line("sponsor", flat.sponsor),
        **_line("insights", flat.insights),
        "lead": flat.lead.placed if flat.lead else None,
        "lead_alt": flat.lead.alternative_text if flat.lead else "",
        **_line("caption", flat.lead.caption if flat.lead else None),
        **_line("news_label", flat.news_label),
        "news": flat_html(flat.news),
        "cards": [_card(card) for card in flat.cards],
        "corrections": flat_html(flat.corrections),
        "contributors_label": one_line(publication.labels.contributors),
        "contributors": listed(story.contributors),
        **_line("contributors_line", flat.contributors),
    }


def _line(name: str, block: FlatBlock | None) -> dict[str, Markup]:
    """The words of a block and what its element says of them; both empty where there is none."""
    words, attributes = (block.words, block.attributes) if block else (Markup(), Markup())
    return {name: words, f"{name}_attributes": attributes}


def _card(card: FlatCard) -> PrintedFlatCard:
    lines = {**_line("headline", card.headline), **_line("credit", card.credit)}
    return PrintedFlatCard(label=card.label, sources=card.sources, body=flat_html(card.body), **lines)


FRAGMENT = Profile(
    name="fragment",
    label="CMS fragment",
    description="The body alone, in the flat HTML that every CMS keeps as it is; paste it or send it.",
    render=render_fragment,
    lead=LeadPlace.BODY,
)
