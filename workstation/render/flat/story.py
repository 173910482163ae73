"""A story in flat blocks, part by part: what every form for a content system prints, and in which order."""

from __future__ import annotations

from dataclasses import dataclass

from workstation.domain.publication import Publication
from workstation.domain.story import INSIGHTS_AUTO, Story
from workstation.render.flat.blocks import FlatBlock, Tongues, flat_body, flat_line, flat_note, flat_row
from workstation.render.pictures.alternative_text import alternative_text
from workstation.render.pictures.placing import PlacedPicture, Placement
from workstation.render.rendering import LeadPlace, Profile, Terms
from workstation.render.words.characters import one_line
from workstation.render.words.corrections import printed_corrections
from workstation.render.words.language import language_of
from workstation.render.words.names import before_names
from workstation.render.words.running_order import OrderedCard, running_order
from workstation.render.words.sources import PrintedSource


@dataclass(frozen=True, slots=True)
class FlatPicture:
    """The lead image in the text, with what is told instead of it and below it."""

    placed: PlacedPicture
    alternative_text: str
    caption: FlatBlock | None


@dataclass(frozen=True, slots=True)
class FlatCard:
    """A signal: its headline, the line that names its ``sources`` after their ``label``, and its text."""

    headline: FlatBlock | None
    label: str
    sources: tuple[PrintedSource, ...]
    credit: FlatBlock | None
    body: tuple[FlatBlock, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatStory:
    """The parts of a story from top to bottom. It has neither headline nor dateline: a content system prints its own."""

    sponsor: FlatBlock | None
    insights: FlatBlock | None
    lead: FlatPicture | None
    news_label: FlatBlock | None
    news: tuple[FlatBlock, ...]
    cards: tuple[FlatCard, ...]
    corrections: tuple[FlatBlock, ...]
    contributors: FlatBlock | None

    @property
    def parts(self) -> tuple[FlatBlock | FlatPicture, ...]:
        """All that is printed, in order."""
        cards = (part for card in self.cards for part in (card.headline, card.credit, *card.body))
        opening = (self.sponsor, self.insights, self.lead, self.news_label, *self.news)
        return tuple(part for part in (*opening, *cards, *self.corrections, self.contributors) if part)


def is_featured(profile: Profile, terms: Terms) -> bool:
    """Whether the lead image goes beside the text instead of into it."""
    return (terms.lead or profile.lead) is LeadPlace.FEATURED


def flat_story(story: Story, publication: Publication, placement: Placement, *, featured: bool) -> FlatStory:
    """``story`` as ``publication`` prints it in a content system; a ``featured`` lead image is not in the text."""
    order, tongues = running_order(story, publication), Tongues(language_of(story, publication))
    house = tongues._replace(house=publication.language)
    notes = (flat_note(note.label, note.text, tongues) for note in printed_corrections(story, publication))
    return FlatStory(
        sponsor=flat_line("p", order.sponsor, house),
        insights=flat_line("p", order.insights, house if story.insights == INSIGHTS_AUTO else tongues),
        lead=None if featured else _lead(story, placement, order.caption, tongues),
        news_label=flat_line("h2", order.news_label, house),
        news=flat_body(order.news, tongues),
        cards=tuple(_card(card, tongues, house) for card in order.cards),
        corrections=tuple(note for note in notes if note),
        contributors=flat_row(
            before_names(publication.labels.contributors), [(one_line(name), None) for name in story.contributors], house
        ),
    )


def _lead(story: Story, placement: Placement, caption: str, tongues: Tongues) -> FlatPicture | None:
    """File-photo label, caption and credit stand in one line: systems keep one plain caption a picture."""
    lead = story.lead_image
    placed = placement.story.get(lead.file) if lead else None
    if lead is None or placed is None:
        return None
    return FlatPicture(placed, alternative_text(lead), flat_line("figcaption", caption, tongues))


def _card(card: OrderedCard, tongues: Tongues, house: Tongues) -> FlatCard:
    credit = flat_row(card.label, [(source.name, source.address) for source in card.sources], house)
    return FlatCard(flat_line("h2", card.headline, tongues), card.label, card.sources, credit, flat_body(card.body, tongues))
