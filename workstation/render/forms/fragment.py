"""The profile ``fragment``: the flat body that every CMS keeps as it is.

Top level only ``h2 h3 p figure blockquote ul ol``, inside only links, emphasis and line breaks. It begins at ``h2``
because the CMS's own theme prints the headline, and it has no dateline because the CMS prints its own time of
publication: a second one in the text would grow stale. Square brackets are written as references, lest a CMS run them
as a shortcode.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from workstation.domain.picture import Picture
from workstation.domain.publication import Labels, Publication
from workstation.domain.story import SignalCard, Story
from workstation.render.bodies import fragment_body
from workstation.render.characters import one_line
from workstation.render.direction import isolated_text
from workstation.render.forms.page import PrintedSource, printed_sources
from workstation.render.insights import insights_line
from workstation.render.pictures import Placement, place
from workstation.render.rendering import LeadPlace, Profile, Rendering, Terms
from workstation.render.templates import fill

_BRACKETS = {ord("["): "&#91;", ord("]"): "&#93;"}


@dataclass(frozen=True, slots=True)
class FlatCard:
    """A signal as the fragment holds it."""

    headline: str
    label: str
    sources: tuple[PrintedSource, ...]
    body: Markup


def render_fragment(story: Story, publication: Publication, pictures: Mapping[str, Picture], terms: Terms) -> Rendering:
    """``story`` as ``<slug>.fragment.html``, its pictures in ``<slug>-files/``."""
    placement = place(story, pictures)
    is_featured = (terms.lead or FRAGMENT.lead) is LeadPlace.FEATURED
    values = _values(story, publication, placement, is_featured=is_featured)
    text = fill("fragment.html", values, publication).translate(_BRACKETS)
    main = f"{story.slug}.fragment.html"
    return Rendering(
        profile="fragment",
        main=main,
        files={**placement.files(), main: text.encode()},
        missing=placement.missing,
        pictures=placement.notes(story),
        featured=placement.lead_file(story) if is_featured else None,
    )


def _values(story: Story, publication: Publication, placement: Placement, *, is_featured: bool) -> dict[str, Any]:
    lead = None if is_featured else story.lead_image
    return {
        "insights": isolated_text(insights_line(story, publication) or ""),
        "lead": placement.story.get(lead.file) if lead else None,
        "lead_alt": one_line(lead.alt) if lead and not lead.decorative else "",
        "caption": "" if is_featured else _caption(story, publication.labels),
        "news_label": one_line(publication.labels.news),
        "news": fragment_body(story.news),
        "cards": [_card(card, publication.labels) for card in story.signals],
        "contributors_label": one_line(publication.labels.contributors),
        "contributors": ", ".join(filter(None, map(one_line, story.contributors))),
    }


def _caption(story: Story, labels: Labels) -> str:
    """File-photo label, caption and credit in one line: CMSes keep one plain caption a picture."""
    lead = story.lead_image
    if lead is None:
        return ""
    told = (labels.file_photo if lead.file_photo else "", lead.caption, lead.credit)
    return isolated_text(" · ".join(filter(None, map(one_line, told))))


def _card(card: SignalCard, labels: Labels) -> FlatCard:
    sources = printed_sources(card, tuple(None for _ in card.sources))
    label = labels.source if len(sources) == 1 else labels.sources
    return FlatCard(isolated_text(one_line(card.headline)), one_line(label), sources, fragment_body(card.body))


FRAGMENT = Profile(
    name="fragment",
    label="CMS fragment",
    description="The body alone, in the flat HTML that every CMS keeps as it is; paste it or send it.",
    render=render_fragment,
    lead=LeadPlace.BODY,
)
