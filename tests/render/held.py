"""What a form has to hold of a story, to ask every form for it: its words in their order, and every address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from html.parser import HTMLParser

from workstation.domain.body import Body
from workstation.domain.publication import Publication
from workstation.domain.story import SignalCard, Source, Story
from workstation.render.words.addresses import address
from workstation.render.words.characters import clean, one_line
from workstation.render.words.corrections import printed_corrections


def phrases(story: Story, publication: Publication) -> list[str]:
    """The words below the headline, in order: each line of The News, of each card headline, sources and body, corrections."""
    cards = [phrase for card in story.signals for phrase in _card_phrases(card)]
    corrections = [note.text for note in printed_corrections(story, publication)]
    names = [name for name in map(one_line, story.contributors) if name]
    return [*_lines(story.news), *cards, *corrections, *names]


def printed(source: Source) -> str:
    """A source as it is printed, with its outlet."""
    return replace(source, name=one_line(source.name), of=one_line(source.of) or None).printed


def _card_phrases(card: SignalCard) -> Iterator[str]:
    headline = one_line(card.headline)
    yield from [headline] if headline else []
    yield from map(printed, filter(lambda source: one_line(source.name), card.sources))
    yield from _lines(card.body)


def _lines(body: Body) -> list[str]:
    lines = (one_line(line) for block in body.blocks for line in clean(block.text).split("\n"))
    return [line for line in lines if line]


def addresses(story: Story) -> list[str]:
    """Every address that the story leads to, in order: those of The News, then of each card's sources and body."""
    found = [*story.news.links]
    for card in story.signals:
        found += [source.url for source in card.sources if one_line(source.name)]
        found += card.body.links
    return [link for link in map(address, found) if link]


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if tag == "a" and name == "href" and value]


def links_of(html: str) -> list[str]:
    """Where the links of HTML lead, in order."""
    links = _Links()
    links.feed(html)
    return links.found


def lost(found: Iterable[str], wanted: Iterable[str]) -> list[str]:
    """What of ``wanted`` does not stand among ``found``, or not in its order."""
    rest = iter(found)
    return [one for one in wanted if one not in rest]
