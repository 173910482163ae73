"""The names of pictures that a document brings, as every system can keep them: a name comes from anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from workstation.domain.file_names import fault
from workstation.domain.picture import Picture
from workstation.domain.story import LeadImage, SignalCard, Source, Story

Names = Mapping[str, str]


def with_sound_names(story: Story, files: Mapping[str, Picture]) -> tuple[Story, dict[str, Picture]]:
    """``story`` and its pictures, in which what could not be a file on every system is called ``picture-1.png`` and so on."""
    names: dict[str, str] = {}
    for name, picture in files.items():
        if any(map(fault, name.split("/"))):
            names[name] = _free_name(picture, {*files, *names.values()})
    if not names:
        return story, dict(files)
    return with_names(story, names), {names.get(name, name): picture for name, picture in files.items()}


def _free_name(picture: Picture, taken: set[str]) -> str:
    ending = picture.media_type.rpartition("/")[2]
    number = 1
    while f"picture-{number}.{ending}" in taken:
        number += 1
    return f"picture-{number}.{ending}"


def with_names(story: Story, names: Names) -> Story:
    """``story`` with its pictures under other names: the new ones by the old; who has none keeps the old one."""
    return replace(
        story,
        lead_image=_lead(story.lead_image, names),
        signals=tuple(card_with_names(card, names) for card in story.signals),
        parked=tuple(card_with_names(card, names) for card in story.parked),
    )


def card_with_names(card: SignalCard, names: Names) -> SignalCard:
    """As :func:`with_names`, for a card."""
    return replace(card, sources=tuple(_source(source, names) for source in card.sources))


def _lead(lead: LeadImage | None, names: Names) -> LeadImage | None:
    if lead is None:
        return None
    original = names.get(lead.original, lead.original) if lead.original else lead.original
    return replace(lead, file=names.get(lead.file, lead.file), original=original)


def _source(source: Source, names: Names) -> Source:
    return replace(source, icon=names[source.icon]) if source.icon and source.icon in names else source
