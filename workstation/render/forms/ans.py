"""The profile ``ans``: a story object of ANS, as the Arc CMS imports it.

It is checked there against a schema that knows no other keys; what it has no key for stands in ``additional_properties``.
Arc's own pages print headlines and captions as HTML, although they are plain text: no tag is left in them. The story is a draft:
it is published where it arrives, and by somebody.
"""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Mapping
from hashlib import sha256
from urllib.parse import urlsplit

from workstation.domain.picture import Picture
from workstation.domain.publication import Publication
from workstation.domain.story import Story, slug_from
from workstation.render.flat.story import flat_story, is_featured
from workstation.render.machines.ans_elements import VERSION, author, content_elements, image
from workstation.render.machines.canonical import canonical_address
from workstation.render.machines.identity import made_uri
from workstation.render.machines.json_file import Values, json_file, plain_values, said
from workstation.render.machines.wire_story import wire_times
from workstation.render.pictures.placing import Placement, place
from workstation.render.rendering import LeadPlace, Profile, Rendering, Terms
from workstation.render.words.addresses import address
from workstation.render.words.bylines import author_names
from workstation.render.words.characters import one_line
from workstation.render.words.description import description
from workstation.render.words.insights import insights_line
from workstation.render.words.language import language_of
from workstation.render.words.names import names_once

_DRAFT = 1
_ID_LETTERS = 26


def render_ans(story: Story, publication: Publication, pictures: Mapping[str, Picture], terms: Terms) -> Rendering:
    """``story`` as ``<slug>.ans.json``, its pictures in ``<slug>-files/``."""
    placement, featured = place(story, pictures), is_featured(ANS, terms)
    flat = flat_story(story, publication, placement, featured=featured)
    elements = content_elements(flat, story, publication, terms.quotes)
    values = {
        "type": "story",
        "version": VERSION,
        "_id": _id(story, publication),
        "slug": story.slug,
        "language": language_of(story, publication),
        **_address(story, publication, terms),
        **_words(story, publication),
        **_times(story, publication),
        **_house(story, publication),
        **said(promo_items=_promoted(placement, story, publication) if featured else {}),
        "taxonomy": _taxonomy(story),
        "workflow": {"status_code": _DRAFT},
        "additional_properties": _more(story, terms),
    }
    main = f"{story.slug}.ans.json"
    return Rendering(
        profile="ans",
        main=main,
        files={**placement.files(), main: json_file({**plain_values(values), "content_elements": elements})},
        missing=placement.missing,
        pictures=placement.notes(story),
        featured=placement.lead_file(story) if featured else None,
    )


def _id(story: Story, publication: Publication) -> str:
    """26 letters, as Arc names its stories: the next hand-over of the story bears the same."""
    return b32encode(sha256(made_uri(publication, story.slug).encode()).digest()).decode()[:_ID_LETTERS]


def _address(story: Story, publication: Publication, terms: Terms) -> Values:
    """The path of the story on its site; Arc puts the site's own name before it."""
    canonical = canonical_address(story, publication, terms)
    return {"canonical_url": urlsplit(canonical).path or "/"} if canonical else {}


def _words(story: Story, publication: Publication) -> Values:
    headline, insights = one_line(story.headline), insights_line(story, publication) or ""
    described, rubric = description(story, publication), one_line(publication.rubric)
    return {
        "headlines": {"basic": headline},
        "credits": {
            "by": [author(name) for name in author_names(story, publication)],
            **said(contributors=[author(name) for name in names_once(story.contributors)]),
        },
        **said(
            subheadlines={"basic": insights} if insights else {},
            description={"basic": described} if described else {},
            label={"basic": {"text": rubric}} if rubric else {},
            location=one_line(story.region),
        ),
    }


def _times(story: Story, publication: Publication) -> Values:
    times = wire_times(story, publication)
    until = {"embargo": {"active": True, "end_time": times.embargo}} if times.embargo else {}
    return said(
        created_date=times.first,
        first_publish_date=times.first,
        publish_date=times.last,
        display_date=times.last,
        last_updated_date=times.last,
        content_restrictions=until,
    )


def _house(story: Story, publication: Publication) -> Values:
    name = one_line(publication.name)
    return {
        "source": {"source_id": story.slug, "source_type": "staff", "name": name, "system": "Signals Workstation"},
        "owner": {"name": name, "sponsored": bool(one_line(story.sponsor))},
        "distributor": {"name": name, "category": "staff", "mode": "custom"},
    }


def _promoted(placement: Placement, story: Story, publication: Publication) -> Values:
    placed = placement.story.get(story.lead_image.file) if story.lead_image else None
    return {"basic": image(placed, story, publication)} if placed else {}


def _taxonomy(story: Story) -> Values:
    verticals = names_once(story.verticals)
    sections = [{"type": "section", "version": VERSION, "name": name} for name in verticals]
    tags = [{"type": "tag", "text": name, **_slug(name)} for name in names_once((*verticals, story.region))]
    return said(primary_section=sections[0] if sections else {}, sections=sections, tags=tags)


def _slug(name: str) -> Values:
    """A slug, where the letters of the name make one."""
    return {"slug": slug_from(name)} if name.isascii() and any(map(str.isalnum, name)) else {}


def _more(story: Story, terms: Terms) -> Values:
    """What ANS has no keys for: who says what each card tells, card by card."""
    cards = [
        {
            "headline": one_line(card.headline),
            "sources": [
                said(
                    name=one_line(source.name),
                    kind=source.kind.value,
                    of=one_line(source.of),
                    url=address(source.url),
                )
                for source in card.sources
                if one_line(source.name)
            ],
        }
        for card in story.signals
    ]
    return {"signals": cards, "hand_over": terms.version, **said(address=terms.address, sponsor=one_line(story.sponsor))}


ANS = Profile(
    name="ans",
    label="Arc (ANS)",
    description="The story as Arc imports it: JSON with its headline, sources and text in parts, and the lead image to feature.",
    needs_quotes=True,
    render=render_ans,
    lead=LeadPlace.FEATURED,
)
