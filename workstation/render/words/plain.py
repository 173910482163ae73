"""A story in words alone: a line for each paragraph, an empty one between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from workstation.domain.body import Block, BlockKind, Body
from workstation.render.words.addresses import address
from workstation.render.words.characters import clean, composed, one_line
from workstation.render.words.line_marks import with_marks
from workstation.render.words.running_order import OrderedCard, RunningOrder
from workstation.render.words.sources import PrintedSource

_BULLET = "• "
_QUOTED = "> "
_LEADS_TO = "→ "


def whole_text(order: RunningOrder) -> str:
    """All that is printed of a story, its headline first."""
    dateline = order.dateline.text if order.dateline else ""
    opening = (order.headline, order.sponsor, order.insights, order.byline, dateline, order.caption)
    return _joined([*opening, *_below(order)])


def text_below_headline(order: RunningOrder) -> str:
    """What stands below the headline in a system that prints headline, time, authors and pictures by itself."""
    return _joined([order.sponsor, order.insights, *_below(order)])


def _joined(paragraphs: Iterable[str]) -> str:
    return composed("\n\n".join(filter(None, paragraphs)) + "\n")


def _below(order: RunningOrder) -> Iterator[str]:
    yield order.news_label
    yield from _body(order.news)
    for card in order.cards:
        yield from _card(card)
    for correction in order.corrections:
        yield f"{correction.label} {correction.text}".strip()
    yield order.contributors


def _card(card: OrderedCard) -> Iterator[str]:
    yield card.headline
    yield f"{card.label} {', '.join(map(_source, card.sources))}".strip()
    yield from _body(card.body, told={source.address for source in card.sources})


def _source(source: PrintedSource) -> str:
    """A source with its address in brackets: nothing else tells a reader of plain text where it stands."""
    return f"{source.name} ({source.address})" if source.address else source.name


def _body(body: Body, told: Iterable[str | None] = ()) -> Iterator[str]:
    """The paragraphs of a body, and where its words lead unless that was ``told``; the words themselves stay whole."""
    for quoted, blocks in groupby(body.blocks, key=lambda block: block.quoted):
        parts = list(_parts(blocks))
        if quoted:
            yield with_marks("\n\n".join(parts), _QUOTED, _QUOTED)
        else:
            yield from parts
    yield "\n".join(_leading(body, set(told)))


def _parts(blocks: Iterable[Block]) -> Iterator[str]:
    """Paragraphs, and lists with a line for each item."""
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        if kind is BlockKind.PARAGRAPH:
            yield from (clean(block.text) for block in group)
        else:
            yield "\n".join(_item(clean(block.text), kind, number) for number, block in enumerate(group, 1))


def _item(text: str, kind: BlockKind, number: int) -> str:
    mark = _BULLET if kind is BlockKind.BULLET else f"{number}. "
    return with_marks(text, mark, " " * len(mark))


def _leading(body: Body, told: set[str | None]) -> Iterator[str]:
    for block in body.blocks:
        for link, runs in groupby(block.runs, key=lambda run: address(run.marks.link)):
            words = one_line("".join(run.text for run in runs))
            if link and link not in told and link != words:
                told.add(link)
                yield f"{_LEADS_TO}{words}: {link}"
