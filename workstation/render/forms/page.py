"""The profile ``page``: a whole HTML5 document with its pictures beside it; also what the preview shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from markupsafe import Markup

from workstation.domain.language_tag import language_in
from workstation.domain.picture import Picture
from workstation.domain.publication import Labels, Publication
from workstation.domain.script_language import foreign_language
from workstation.domain.story import SignalCard, Story
from workstation.render.house.share import share_link
from workstation.render.house.style_sheet import css_markup
from workstation.render.house.theme import theme_css
from workstation.render.machines.canonical import canonical_address
from workstation.render.machines.linked_data import news_article, picture_link
from workstation.render.machines.open_graph import open_graph
from workstation.render.memory import remembered
from workstation.render.pictures.alternative_text import alternative_text
from workstation.render.pictures.credit import printed_credit
from workstation.render.pictures.placing import Placement, place
from workstation.render.rendering import Profile, Rendering, Terms
from workstation.render.templates import fill
from workstation.render.words.addresses import edition_address
from workstation.render.words.bodies import page_body
from workstation.render.words.bylines import author_names, byline
from workstation.render.words.characters import one_line
from workstation.render.words.corrections import printed_corrections
from workstation.render.words.dateline import dateline
from workstation.render.words.description import description
from workstation.render.words.direction import html_direction
from workstation.render.words.insights import insights_line, marked_insights
from workstation.render.words.language import direction_of, language_of
from workstation.render.words.names import listed, printed_names
from workstation.render.words.sources import Icons, PrintedSource, printed_sources


@dataclass(frozen=True, slots=True)
class PrintedEdition:
    """An edition in the masthead."""

    name: str
    address: str | None


@dataclass(frozen=True, slots=True)
class PrintedCard:
    """A signal as the page shows it: its parts, for a house's own template, and all of it as the page's own markup.

    ``own`` marks the house's words where its language is another one than the page's.
    """

    _card: SignalCard
    _labels: Labels
    _icons: Icons
    _language: str
    own: Markup

    @property
    def headline(self) -> str:
        """The headline in one line."""
        return one_line(self._card.headline)

    @property
    def headline_language(self) -> str | None:
        """The language of the headline where its letters tell that it is another one than the page's."""
        return foreign_language(self._card.headline, self._language)

    @property
    def headline_direction(self) -> str:
        """The ``dir`` of the headline."""
        return html_direction(self.headline, direction_of(self._language))

    @property
    def sources(self) -> tuple[PrintedSource, ...]:
        """The sources that have a name."""
        return printed_sources(self._card, self._icons, self._language)

    @property
    def label(self) -> str:
        """What stands before the sources."""
        return one_line(self._labels.source if len(self.sources) == 1 else self._labels.sources)

    @property
    def body(self) -> Markup:
        """What they report; on paper the address of a source is told once, so that links to it are told apart."""
        body = str(page_body(self._card.body, self._language))
        for link in {escape(source.address) for source in self.sources if source.address}:
            body = body.replace(f'<a href="{link}">', f'<a class="cited" href="{link}">')
        return Markup(body)  # noqa: S704 - escaped by page_body

    @property
    def markup(self) -> Markup:
        """The whole card."""
        return Markup(_card_markup(self))  # noqa: S704 - the template escapes

    @property
    def source_icon(self) -> str:
        """What a screen reader says before the sources."""
        return one_line(self._labels.source_icon)


@remembered
def _card_markup(card: PrintedCard) -> str:
    return fill("card.html", {"card": card})


def render_page(story: Story, publication: Publication, pictures: Mapping[str, Picture], terms: Terms) -> Rendering:
    """``story`` as ``<slug>.html``, its pictures in ``<slug>-files/``."""
    placement = place(story, pictures, publication)
    text = page_text(story, publication, placement, terms)
    main = f"{story.slug}.html"
    return Rendering(
        profile="page",
        main=main,
        files={**placement.files(), main: text.encode()},
        missing=placement.missing,
        pictures=placement.notes(story),
    )


def page_text(story: Story, publication: Publication, placement: Placement, terms: Terms, *, sprites: str = "") -> str:
    """The whole page, its pictures where ``placement`` has them; ``sprites`` are style rules for those that are inside of it."""
    theme = theme_css(publication) + css_markup(publication.css) + css_markup(sprites)
    return fill("page.html", {**_values(story, publication, placement, terms), "theme": theme}, publication)


def _values(story: Story, publication: Publication, placement: Placement, terms: Terms) -> dict[str, Any]:
    language, canonical = language_of(story, publication), canonical_address(story, publication, terms)
    own = _mark_of_house(publication, language)
    cards = [_printed_card(card, publication.labels, placement, language, own) for card in story.signals]
    return {
        "language": language,
        "direction": direction_of(language),
        "own": own,
        "title": " – ".join(filter(None, map(one_line, (story.headline, publication.name)))) or story.slug,
        "canonical": canonical,
        **_told_to_machines(story, publication, placement, canonical),
        "labels": _labels(publication),
        "advertisements": publication.advertisements,
        **_masthead(publication, placement),
        **_opening(story, publication),
        **_lead(story, publication, placement),
        **_directions(story, direction_of(language)),
        "share": [share_link(word, story.headline, canonical) for word in publication.share if one_line(word)],
        "news": page_body(story.news, language),
        "signals_line": _signals_line(publication),
        "cards": cards,
        "all_cards": Markup("").join(card.markup for card in cards),
        "corrections": printed_corrections(story, publication),
        "contributors": listed(story.contributors),
    }


def _told_to_machines(story: Story, publication: Publication, placement: Placement, canonical: str | None) -> dict[str, Any]:
    lead = placement.story.get(story.lead_image.file) if story.lead_image else None
    told, link = description(story, publication), picture_link(lead, canonical)
    linked_data = news_article(story, publication, placement, told, canonical)
    return {
        "description": told,
        "authors": author_names(story, publication),
        "lead_link": link,
        "open_graph": open_graph(story, publication, description=told, canonical=canonical, picture=lead if link else None),
        "linked_data": Markup(linked_data),  # noqa: S704 - nothing in it can close the element
    }


def _mark_of_house(publication: Publication, language: str) -> Markup:
    """The attribute of the house's own words on a page in another language; empty where it is the same."""
    house = publication.language
    return Markup() if language_in(house) == language_in(language) else Markup(' lang="{}"').format(house)


def _signals_line(publication: Publication) -> str:
    rubric, tagline = one_line(publication.rubric), one_line(publication.tagline)
    return f"{rubric}: {tagline}" if rubric and tagline else tagline


def _labels(publication: Publication) -> dict[str, str]:
    labels = publication.labels
    plain = ("news", "signals", "byline", "contributors", "sponsor", "file_photo", "advertisement")
    of_icons = ("icon", "arrow", "title_icon")
    named = {name: one_line(getattr(labels, name)) for name in (*plain, *of_icons)}
    return named | {"logo": one_line(labels.logo.replace("{name}", publication.name))}


def _masthead(publication: Publication, placement: Placement) -> dict[str, Any]:
    editions = [
        PrintedEdition(one_line(edition.name), edition_address(edition.url))
        for edition in publication.editions
        if one_line(edition.name)
    ]
    half = (len(editions) + 1) // 2
    return {
        "name": one_line(publication.name),
        "editions": editions,
        "first_half": editions[:half],
        "second_half": editions[half:],
        "logo": placement.publication.get(publication.logo or ""),
        "icon": placement.publication.get(publication.icon or ""),
    }


def _opening(story: Story, publication: Publication) -> dict[str, Any]:
    return {
        "rubric": one_line(publication.rubric),
        "headline": one_line(story.headline),
        "insights": insights_line(story, publication),
        "insights_marked": marked_insights(story, publication),
        "byline": byline(story, publication),
        "sponsor": one_line(story.sponsor),
        "dateline": dateline(story, publication),
        "sections": printed_names((*story.verticals, story.region)),
    }


def _lead(story: Story, publication: Publication, placement: Placement) -> dict[str, Any]:
    lead = story.lead_image
    return {
        "lead": placement.story.get(lead.file) if lead else None,
        "lead_alt": alternative_text(lead),
        "caption": one_line(lead.caption) if lead else "",
        "credit": printed_credit(lead, publication) if lead else "",
        "file_photo": lead.file_photo if lead else False,
    }


def _directions(story: Story, page: str) -> dict[str, str]:
    caption = story.lead_image.caption if story.lead_image else ""
    return {
        "headline_direction": html_direction(one_line(story.headline), page),
        "caption_direction": html_direction(one_line(caption), page),
    }


def _printed_card(card: SignalCard, labels: Labels, placement: Placement, language: str, own: Markup) -> PrintedCard:
    icons = tuple(placement.story.get(source.icon or "") for source in card.sources)
    return PrintedCard(card, labels, icons, language, own)


PAGE = Profile(
    name="page",
    label="Web page",
    description="A whole page to open in a browser or to publish as it is, with its pictures beside it.",
    render=render_page,
)
