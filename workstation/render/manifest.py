"""``manifest.json``: what was handed over, so that a machine can check it and a CMS knows its pictures."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from workstation.domain.manifest import FORMAT, MANIFEST
from workstation.domain.picture import PictureNote
from workstation.domain.publication import Publication
from workstation.domain.story import Story
from workstation.domain.story_document import write_json
from workstation.errors import InputError
from workstation.render.machines.json_file import json_file
from workstation.render.rendering import Rendering, Terms
from workstation.render.words.characters import one_line
from workstation.render.words.dateline import told_time
from workstation.render.words.language import language_of


def document_hash(story: Story) -> str:
    """The SHA-256 of the story’s document: two hand-overs with the same one told the same. Half a character counts as “?”."""
    return sha256(write_json(story).encode(errors="replace")).hexdigest()


def manifest(rendering: Rendering, story: Story, publication: Publication, terms: Terms) -> bytes:
    """The manifest of a rendering: JSON with sorted keys.

    Raises:
        InputError: a file of the story bears its name.
    """
    if MANIFEST in rendering.files:
        raise InputError("Nothing was exported", f"Two files would bear one name; do not call a picture “{MANIFEST}”.")
    told = {
        "format": FORMAT,
        "profile": rendering.profile,
        "main": rendering.main,
        "story": _story(story, publication),
        "version": terms.version,
        "files": {name: {"bytes": len(data), "sha256": sha256(data).hexdigest()} for name, data in rendering.files.items()},
        "pictures": [_picture(note, rendering) for note in rendering.pictures],
        "featured": rendering.featured,
        "missing": list(rendering.missing),
    }
    return json_file(told)


def _story(story: Story, publication: Publication) -> dict[str, Any]:
    times = {"first_published": story.first_published, "updated": story.updated}
    told = {name: told_time(moment, story, publication) for name, moment in times.items()}
    return told | {
        "slug": story.slug,
        "headline": one_line(story.headline),
        "language": language_of(story, publication),
        "publication": one_line(publication.name),
        "sha256": document_hash(story),
    }


def _picture(note: PictureNote, rendering: Rendering) -> Mapping[str, Any]:
    """What a picture is and where it lies: ``file`` is null where the form has it inside of its main file."""
    picture = note.picture
    return {
        "alternative_text": "" if note.decorative else one_line(note.alternative_text),
        "bytes": len(picture.data),
        "caption": one_line(note.caption),
        "credit": one_line(note.credit),
        "decorative": note.decorative,
        "file": note.file if note.file in rendering.files else None,
        "height": picture.height,
        "media_type": picture.media_type,
        "role": note.role,
        "sha256": picture.sha256,
        "width": picture.width,
    }
