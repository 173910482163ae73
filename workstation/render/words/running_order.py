"""What a story prints and in which order: the forms of words alone, of Markdown and of e-mail all go through it."""

from __future__ import annotations

from dataclasses import dataclass

from workstation.domain.body import Body
from workstation.domain.publication import Labels, Publication
from workstation.domain.story import SignalCard, Story
from workstation.render.pictures.caption import caption_and_credit
from workstation.render.words.bylines import byline
from workstation.render.words.characters import one_line
from workstation.render.words.corrections import PrintedCorrection, printed_corrections
from workstation.render.words.dateline import Dateline, dateline
from workstation.render.words.insights import insights_line
from workstation.render.words.names import before_names, listed
from workstation.render.words.sources import PrintedSource, printed_sources


@dataclass(frozen=True, slots=True)
class OrderedCard:
    """A signal: its headline in one line, what stands before its sources, these, and its text."""

    headline: str
    label: str
    sources: tuple[PrintedSource, ...]
    body: Body


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningOrder:
    """The parts of a story from top to bottom. Every text is one line, with its label before it; empty where there is none."""

    sponsor: str
    headline: str
    insights: str
    byline: str
    dateline: Dateline | None
    caption: str
    news_label: str
    news: Body
    cards: tuple[OrderedCard, ...]
    corrections: tuple[PrintedCorrection, ...]
    contributors: str


def running_order(story: Story, publication: Publication) -> RunningOrder:
    """``story`` as ``publication`` prints it."""
    labels = publication.labels
    return RunningOrder(
        sponsor=labelled(labels.sponsor, one_line(story.sponsor)),
        headline=one_line(story.headline),
        insights=insights_line(story, publication) or "",
        byline=byline(story, publication),
        dateline=dateline(story, publication),
        caption=caption_and_credit(story, publication),
        news_label=one_line(labels.news) if story.news else "",
        news=story.news,
        cards=tuple(_card(card, labels) for card in story.signals),
        corrections=printed_corrections(story, publication),
        contributors=labelled(before_names(labels.contributors), listed(story.contributors)),
    )


def labelled(label: str, words: str) -> str:
    """``words`` after their label; empty when there are none."""
    return f"{one_line(label)} {words}".strip() if words else ""


def _card(card: SignalCard, labels: Labels) -> OrderedCard:
    sources = printed_sources(card)
    label = labels.source if len(sources) == 1 else labels.sources
    return OrderedCard(one_line(card.headline), one_line(label) if sources else "", sources, card.body)
