"""Links that lead to the quoted words of a source instead of to its page: the text fragments of browsers.

A quote was cut from an item, and a source of the story rests on that item: then the source's address, and a link to that
address around or beside the quoted words, lead to these words. An address that has a fragment already leads where the editor
wanted it to, and stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from workstation.domain.body import Block, Body, Run, safe_link
from workstation.domain.quote import Quote
from workstation.domain.story import SignalCard, Source, Story
from workstation.domain.text_fragment import fragment_of, link_to
from workstation.render.rendering import Terms

Quotes = Mapping[str, Quote]
Passages = Mapping[str, str]
"""Addresses as the sources have them, each with the words of a quote from there."""


def with_passages(story: Story, terms: Terms) -> Story:
    """``story`` with links that lead to quoted words, if the terms want it so."""
    if not terms.passages or not terms.quotes:
        return story
    items = _items(source for card in story.signals for source in card.sources)
    return replace(
        story,
        news=_with_links(story.news, terms.quotes, items, {}),
        signals=tuple(_card(card, terms.quotes, items) for card in story.signals),
    )


def _items(sources: Iterable[Source]) -> dict[str, str]:
    """The items that addresses lead to."""
    return {link: source.item for source in sources if source.item and (link := safe_link(source.url))}


def _card(card: SignalCard, quotes: Quotes, items: Mapping[str, str]) -> SignalCard:
    ids = [*card.body.quotes, *(claim.quote for claim in card.claims)]
    tied = [quotes[number] for number in ids if number in quotes]
    first = {quote.item: quote.exact for quote in reversed(tied)}
    passages = {link: first[item] for link, item in items.items() if item in first}
    sources = tuple(_source(source, first) for source in card.sources)
    return replace(card, sources=sources, body=_with_links(card.body, quotes, items, passages))


def _source(source: Source, first: Mapping[str, str]) -> Source:
    return replace(source, url=_leading(source.url, first.get(source.item or "")))


def _with_links(body: Body, quotes: Quotes, items: Mapping[str, str], passages: Passages) -> Body:
    if not any(items.get(link) for link in body.links):
        return body
    return Body(tuple(replace(block, runs=tuple(_linked(block, quotes, items, passages))) for block in body.blocks))


def _linked(block: Block, quotes: Quotes, items: Mapping[str, str], passages: Passages) -> Iterator[Run]:
    """Its runs; a link around or beside quoted words leads to these, any other to the first that the body has from there."""
    near = _tied(block.runs, quotes)
    for link, group in groupby(block.runs, key=lambda run: run.marks.link):
        runs = list(group)
        inside = _tied(runs, quotes)
        item = items.get(link or "")
        words = next((quote.exact for quote in (*inside, *near) if quote.item == item), passages.get(link or ""))
        led = _leading(link, words)
        yield from (replace(run, marks=replace(run.marks, link=led)) for run in runs)


def _tied(runs: Iterable[Run], quotes: Quotes) -> list[Quote]:
    """The quotes that runs are tied to and that are at hand, in order."""
    return [quotes[run.marks.quote] for run in runs if run.marks.quote and run.marks.quote in quotes]


def _leading(url: str | None, words: str | None) -> str | None:
    """``url`` with the passage of these words; as it is where it leads to a place already or is no page."""
    fragment = fragment_of(words) if words else None
    if not url or fragment is None or "#" in url or not url.lower().startswith(("http:", "https:")):
        return url
    return link_to(url, fragment)
