"""The story with the names of ninjs 1, which Superdesk takes in; it reads times in UTC alone.

Some of its lists print plain fields as HTML: no tag is left in them.
"""

from __future__ import annotations

from datetime import UTC, datetime

from workstation.domain.story import slug_from
from workstation.render.machines.json_file import Values, plain_values, said
from workstation.render.machines.wire_story import WireStory
from workstation.render.pictures.placing import PlacedPicture

_USUAL_URGENCY = 3
_USUAL_PRIORITY = 6


def superdesk(wire: WireStory, named: str) -> Values:
    """The document for a story whose name in the world is ``named``."""
    first, last = _in_utc(wire.times.first), _in_utc(wire.times.last)
    values = {
        "guid": named,
        "uri": named,
        "type": "text",
        "profile": "signals-story",
        "version": str(wire.terms.version),
        "pubstatus": "usable",
        "urgency": _USUAL_URGENCY,
        "priority": _USUAL_PRIORITY,
        "language": wire.language,
        "headline": wire.headline,
        "slugline": wire.story.slug,
        "body_text": wire.text,
        "wordcount": wire.words,
        "charcount": len(wire.text),
        "genre": [{"code": "Summary", "name": "Briefing"}],
        **said(
            firstcreated=first,
            versioncreated=last,
            embargoed=_in_utc(wire.times.embargo),
            byline=wire.by,
            authors=[{"name": name, "role": "writer"} for name in wire.authors],
            description_text=wire.description,
            source=wire.house,
            copyrightholder=wire.house,
            ednote=wire.note,
            keywords=list(wire.verticals),
            subject=[_coded(name) for name in wire.verticals],
            place=[_coded(name) for name in wire.regions],
            associations={"featuremedia": _picture(wire, wire.featured, named)} if wire.featured else {},
            extra=said(insights=wire.insights, sponsor=wire.sponsor),
        ),
    }
    return {**plain_values(values), "body_html": wire.html}


def _in_utc(time: str | None) -> str | None:
    return datetime.fromisoformat(time).astimezone(UTC).isoformat(timespec="seconds") if time else None


def _coded(name: str) -> Values:
    return {"name": name, "code": slug_from(name) if name.isascii() else name}


def _picture(wire: WireStory, placed: PlacedPicture, named: str) -> Values:
    """The lead image; ``body_text`` is its alternative text, ``href`` the place of its file beside this document."""
    lead = wire.lead
    rendition = {"href": placed.address, "mimetype": placed.picture.media_type, "width": placed.width, "height": placed.height}
    return {
        "guid": f"{named}#lead-image",
        "type": "picture",
        "pubstatus": "usable",
        "language": wire.language,
        "mimetype": placed.picture.media_type,
        "renditions": {"original": rendition},
        **said(
            headline=lead.caption,
            description_text=lead.caption,
            body_text=lead.alternative_text,
            byline=lead.credit,
            versioncreated=_in_utc(wire.times.last),
            firstcreated=_in_utc(wire.times.first),
        ),
    }
