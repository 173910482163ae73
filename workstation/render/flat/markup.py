"""A story in flat blocks as markup: by the house's own template where it has one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from workstation.domain.publication import Publication
from workstation.domain.story import Story
from workstation.render.flat.blocks import FlatBlock, flat_html, guarded
from workstation.render.flat.story import FlatCard, FlatStory
from workstation.render.templates import fill
from workstation.render.words.characters import one_line
from workstation.render.words.names import listed
from workstation.render.words.sources import PrintedSource


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


def flat_markup(flat: FlatStory, story: Story, publication: Publication) -> str:
    """The body of ``story``, whose parts are ``flat``.

    Raises:
        InputError: the house's own template cannot be used.
    """
    return guarded(fill("fragment.html", _values(flat, story, publication), publication))


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
