"""The profile ``ninjs``: the story in IPTC's ninjs 3.0, and beside it with the names that Superdesk reads.

The schema of ninjs 3 knows no other keys, so the older names, which Superdesk takes in, cannot stand in the same document: they
are in ``<slug>.superdesk.json``.
"""

from __future__ import annotations

from collections.abc import Mapping

from workstation.domain.picture import Picture
from workstation.domain.publication import Publication
from workstation.domain.story import SourceKind, Story
from workstation.render.machines.canonical import canonical_address
from workstation.render.machines.identity import picture_uri, story_uri, uri
from workstation.render.machines.json_file import Values, json_file, said
from workstation.render.machines.superdesk import superdesk
from workstation.render.machines.wire_story import WireStory, printed_sources_of, wire_story
from workstation.render.pictures.placing import PlacedPicture
from workstation.render.rendering import LeadPlace, Profile, Rendering, Terms
from workstation.render.words.characters import one_line

VERSION = "3.0"
SCHEMA = "http://www.iptc.org/std/ninjs/ninjs-schema_3.0.json"
_BRIEFING = {"name": "Briefing", "uri": "http://cv.iptc.org/newscodes/genre/Summary"}
_ABOUT, _MENTIONS = "about", "mentions"
_PEOPLE = (SourceKind.PERSON, SourceKind.SOCIAL)


def render_ninjs(story: Story, publication: Publication, pictures: Mapping[str, Picture], terms: Terms) -> Rendering:
    """``story`` as ``<slug>.ninjs.json`` and ``<slug>.superdesk.json``, its pictures in ``<slug>-files/``."""
    wire = wire_story(NINJS, story, publication, pictures, terms)
    named = story_uri(story, publication, terms)
    main = f"{story.slug}.ninjs.json"
    documents = {main: _ninjs(wire, named), f"{story.slug}.superdesk.json": superdesk(wire, named)}
    return Rendering(
        profile="ninjs",
        main=main,
        files={**wire.files, **{name: json_file(values) for name, values in documents.items()}},
        missing=wire.missing,
        pictures=wire.notes,
        featured=wire.featured.file if wire.featured else None,
    )


def _ninjs(wire: WireStory, named: str) -> Values:
    return {
        "uri": named,
        "standard": {"name": "ninjs", "version": VERSION, "schema": SCHEMA},
        "type": "text",
        "representationType": "full",
        "profile": "signals-story",
        "version": str(wire.terms.version),
        "pubStatus": "usable",
        "language": wire.language,
        "title": wire.headline,
        "slugline": wire.story.slug,
        "headlines": [{"role": "main", "contentType": "text/plain", "value": wire.headline}],
        "bodies": [_body("main", "text/html", wire.html, wire), _body("plain", "text/plain", wire.text, wire)],
        "genres": [_BRIEFING],
        "altIds": [{"role": "slug", "value": wire.story.slug}],
        **said(
            firstCreated=wire.times.first,
            contentCreated=wire.times.first,
            versionCreated=wire.times.last,
            embargoedUntil=wire.times.embargo,
            by=wire.by,
            copyrightHolder=wire.house,
            edNote=wire.note,
            descriptions=_descriptions(wire),
            subjects=[{"name": name, "rel": _ABOUT} for name in wire.verticals],
            places=[{"name": name, "rel": _ABOUT} for name in wire.regions],
            infoSources=_sources(wire.story),
            associations=[_association(wire, wire.featured, named)] if wire.featured else [],
            **_mentioned(wire.story),
        ),
    }


def _body(role: str, media_type: str, value: str, wire: WireStory) -> Values:
    return {"role": role, "contentType": media_type, "value": value, "charCount": len(wire.text), "wordCount": wire.words}


def _descriptions(wire: WireStory) -> list[Values]:
    told = {"summary": wire.description, "insights": wire.insights, "sponsor": wire.sponsor}
    return [{"role": role, "contentType": "text/plain", "value": value} for role, value in told.items() if value]


def _association(wire: WireStory, placed: PlacedPicture, named: str) -> Values:
    """The lead image. Where the story has no address nobody knows the picture's either, and ninjs takes no relative one."""
    lead = wire.lead
    told = {"caption": lead.caption, "alternative text": lead.alternative_text}
    canonical = canonical_address(wire.story, wire.publication, wire.terms)
    return {
        "name": "lead image",
        "uri": f"{named}#lead-image",
        "type": "picture",
        "language": wire.language,
        "renditions": [
            {
                "name": "original",
                "title": placed.file,
                "contentType": placed.picture.media_type,
                "width": placed.width,
                "height": placed.height,
                "sizeInBytes": len(placed.picture.data),
                **said(href=picture_uri(placed, canonical)),
            }
        ],
        **said(
            by=lead.credit,
            descriptions=[{"role": role, "contentType": "text/plain", "value": value} for role, value in told.items() if value],
        ),
    }


def _sources(story: Story) -> list[Values]:
    """Every source with the address of its report, each once."""
    told = dict.fromkeys((printed.name, printed.address, source.kind) for source, printed in printed_sources_of(story))
    return [said(name=name, role=kind.value, uri=uri(link) if link else None) for name, link, kind in told]


def _mentioned(story: Story) -> Values:
    """The people, outlets and institutes that the story names as its sources."""
    sources = [source for source, _ in printed_sources_of(story)]
    people = [one_line(source.name) for source in sources if source.kind in _PEOPLE]
    bodies = [one_line(source.of if source.kind in _PEOPLE else source.name) for source in sources]
    return {
        "people": [{"name": name, "rel": _MENTIONS} for name in dict.fromkeys(people)],
        "organisations": [{"name": name, "rel": _MENTIONS} for name in dict.fromkeys(bodies) if name],
    }


NINJS = Profile(
    name="ninjs",
    label="News agencies (ninjs)",
    description="News in JSON, IPTC's ninjs 3, for agencies and their customers; beside it the same for Superdesk.",
    render=render_ninjs,
    lead=LeadPlace.FEATURED,
)
