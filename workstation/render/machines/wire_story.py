"""A story with its words, times and lead image as they go over the wire: what the forms for other programs have in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from workstation.domain.body import count_words
from workstation.domain.picture import Picture, PictureNote
from workstation.domain.publication import Publication
from workstation.domain.story import Source, Story
from workstation.render.flat.markup import flat_markup
from workstation.render.flat.story import flat_story, is_featured
from workstation.render.pictures.alternative_text import alternative_text
from workstation.render.pictures.caption import lead_caption
from workstation.render.pictures.placing import PlacedPicture, place
from workstation.render.rendering import Profile, Terms
from workstation.render.words.bylines import author_names
from workstation.render.words.characters import one_line
from workstation.render.words.corrections import printed_corrections
from workstation.render.words.dateline import told_time
from workstation.render.words.description import description
from workstation.render.words.language import language_of
from workstation.render.words.names import names_once
from workstation.render.words.plain import text_below_headline
from workstation.render.words.running_order import RunningOrder, running_order
from workstation.render.words.sources import PrintedSource, printed_sources


@dataclass(frozen=True, slots=True)
class WireTimes:
    """RFC 3339 times with offsets in the story's zone; ``first`` and ``last`` are one where only one is known."""

    first: str | None
    last: str | None
    embargo: str | None


@dataclass(frozen=True, slots=True)
class WireLead:
    """What is told of the lead image, each in one line; empty where there is nothing."""

    caption: str
    credit: str
    alternative_text: str


@dataclass(frozen=True, kw_only=True)
class WireStory:
    """The story in plain lines, and its text twice, without the headline: as flat ``html`` and as ``text``.

    ``placed`` is the lead image, ``is_featured`` whether it goes beside the text instead of into it. ``note`` tells an editor
    of corrections.
    """

    story: Story
    publication: Publication
    terms: Terms
    order: RunningOrder
    language: str
    house: str
    headline: str
    authors: tuple[str, ...]
    insights: str
    description: str
    sponsor: str
    note: str
    verticals: tuple[str, ...]
    regions: tuple[str, ...]
    html: str
    times: WireTimes
    lead: WireLead
    placed: PlacedPicture | None
    is_featured: bool
    files: Mapping[str, bytes]
    missing: tuple[str, ...]
    notes: tuple[PictureNote, ...]

    @property
    def featured(self) -> PlacedPicture | None:
        """The lead image where it goes beside the text."""
        return self.placed if self.is_featured else None

    @property
    def by(self) -> str:
        """Who wrote it, in one line."""
        return ", ".join(self.authors)

    @cached_property
    def text(self) -> str:
        """What stands below the headline, in plain words."""
        return text_below_headline(self.order)

    @cached_property
    def words(self) -> int:
        """How many words the text has."""
        return count_words(self.text)


def wire_story(
    profile: Profile, story: Story, publication: Publication, pictures: Mapping[str, Picture], terms: Terms
) -> WireStory:
    """``story`` on the terms of one form; its text is that of the fragment, its pictures lie in ``<slug>-files/``."""
    placement, featured = place(story, pictures), is_featured(profile, terms)
    order = running_order(story, publication)
    flat = flat_story(story, publication, placement, featured=featured)
    return WireStory(
        story=story,
        publication=publication,
        terms=terms,
        order=order,
        language=language_of(story, publication),
        house=one_line(publication.name),
        headline=order.headline,
        authors=author_names(story, publication),
        insights=order.insights,
        description=description(story, publication),
        sponsor=order.sponsor,
        note="\n".join(f"{note.label} {note.text}".strip() for note in printed_corrections(story, publication)),
        verticals=names_once(story.verticals),
        regions=names_once((story.region,)),
        html=flat_markup(flat, story, publication),
        times=wire_times(story, publication),
        lead=_lead(story, publication),
        placed=placement.story.get(story.lead_image.file) if story.lead_image else None,
        is_featured=featured,
        files=placement.files(),
        missing=placement.missing,
        notes=placement.notes(story),
    )


def printed_sources_of(story: Story) -> Iterator[tuple[Source, PrintedSource]]:
    """The sources of all cards that have a name, each beside what is printed of it."""
    for card in story.signals:
        named = (source for source in card.sources if one_line(source.name))
        yield from zip(named, printed_sources(card), strict=True)


def wire_times(story: Story, publication: Publication) -> WireTimes:
    """When the story was first published and last changed, and until when it may not be published."""
    first, last = story.first_published or story.updated, story.updated or story.first_published
    return WireTimes(*(told_time(moment, story, publication) for moment in (first, last, story.embargo)))


def _lead(story: Story, publication: Publication) -> WireLead:
    lead = story.lead_image
    if lead is None:
        return WireLead("", "", "")
    return WireLead(lead_caption(story, publication), one_line(lead.credit), alternative_text(lead))
