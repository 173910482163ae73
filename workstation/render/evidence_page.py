"""The page that shows a story's evidence: each quotation beside the passage it was cut from, for people without the program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from workstation.domain.evidence import Evidence, Witness, WitnessKind, text_name
from workstation.domain.item import Item
from workstation.render.templates import fill
from workstation.render.words.addresses import address, file_address
from workstation.render.words.characters import one_line
from workstation.render.words.direction import html_direction

AROUND = 160
"""Code points of the source that are shown before and after a passage."""
_NEWS = "The News"


@dataclass(frozen=True, slots=True)
class Shown:
    """A witness as the page shows it; ``before``, ``exact`` and ``after`` are the source's words in their place."""

    kind: str
    words: str
    state: str
    holds: bool
    notes: tuple[str, ...]
    before: str
    exact: str
    after: str
    item: Item | None
    link: str | None
    text_file: str
    offsets: str
    captured: str


@dataclass(frozen=True, slots=True)
class Part:
    """The News or one card, with what it prints; ``archived`` are its sources whose text is part of the packet."""

    label: str
    headline: str
    shown: tuple[Shown, ...]
    archived: tuple[Shown, ...]
    untied: tuple[str, ...]


def evidence_page(evidence: Evidence) -> str:
    """The text of the page: one self-contained document without a script."""
    return fill("evidence.html", _values(evidence))


def _values(evidence: Evidence) -> dict[str, Any]:
    quotations = evidence.of(WitnessKind.QUOTATION)
    sources = evidence.of(WitnessKind.SOURCE)
    sentences = evidence.of(WitnessKind.SENTENCE)
    story = evidence.story
    labels = [_NEWS, *(f"Card {number}" for number in range(1, len(story.signals) + 1))]
    headlines = ["", *(one_line(card.headline) for card in story.signals)]
    parts = [_part(evidence, at, label, headline) for at, (label, headline) in enumerate(zip(labels, headlines, strict=True))]
    return {
        "headline": one_line(story.headline) or story.slug,
        "headline_direction": html_direction(one_line(story.headline), "ltr"),
        "publication": one_line(evidence.publication),
        "slug": story.slug,
        "made": evidence.made,
        "borne_out": sum(one.holds for one in quotations),
        "quotations": len(quotations),
        "archived": sum(one.holds for one in sources),
        "named": len(sources),
        "resting": sum(one.holds for one in sentences),
        "sentences": len(sentences),
        "parts": [part for part in parts if part.shown or part.archived or part.untied],
        "sources": [_source(item) for _, item in sorted(evidence.items.items())],
    }


def _part(evidence: Evidence, number: int, label: str, headline: str) -> Part:
    """What belongs to The News (0) or to a card (from 1 on): as it stands there, the sources last.

    A sentence that a quotation bears out is shown with the quotation.
    """
    prefix = f"signals[{number - 1}]." if number else "news"
    here = [one for one in evidence.witnesses if one.place.startswith(prefix)]
    here.sort(key=lambda one: (one.kind is WitnessKind.SOURCE, one.at or 0))
    untied = [one for one in here if one.kind is WitnessKind.SENTENCE and one.exact is None]
    shown = [one for one in here if one not in untied and (one.kind, one.state) != (WitnessKind.SENTENCE, "quoted")]
    archived = [one for one in shown if one.kind is WitnessKind.SOURCE and one.holds]
    return Part(
        label,
        headline,
        shown=tuple(_shown(one, evidence) for one in shown if one not in archived),
        archived=tuple(_shown(one, evidence) for one in archived),
        untied=tuple(one_line(one.words) for one in untied),
    )


def _shown(witness: Witness, evidence: Evidence) -> Shown:
    item = evidence.items.get(witness.item or "")
    is_passage = item is not None and witness.kind is not WitnessKind.SOURCE and witness.start is not None
    text, start, end = (item.text, witness.start or 0, witness.end or 0) if item and is_passage else ("", 0, 0)
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return Shown(
        kind=witness.kind.value,
        words=one_line(witness.words),
        state=witness.state,
        holds=witness.holds,
        notes=tuple(_notes(witness)),
        before=("…" if start > AROUND else "") + before,
        exact=text[start:end],
        after=after + ("…" if end + AROUND < len(text) else ""),
        item=item,
        link=address((item.url if item else None) or witness.address),
        text_file=file_address(text_name(item.id)) if item else "",
        offsets=f"{start:,} to {end:,}" if is_passage else "",
        captured=_captured(item) if item else "",
    )


def _notes(witness: Witness) -> list[str]:
    notes = [f"Differs in {', '.join(witness.folded)}."] if witness.folded else []
    notes += [f"Printed “{printed}”, in the source “{source}”." for printed, source in witness.differing]
    notes += [f"Left out: “{words}”." for words in witness.left_out]
    notes += [f"Speaker: {witness.speaker}."] if witness.speaker else []
    notes += [f"Translation kept beside it: “{witness.translation}”."] if witness.translation else []
    return notes + ([f"Let pass: {witness.waived}"] if witness.waived else [])


def _source(item: Item) -> dict[str, Any]:
    return {
        "item": item,
        "link": address(item.url),
        "captured": _captured(item),
        "text_file": file_address(text_name(item.id)),
        "original": file_address(f"items/{item.id}"),
    }


def _captured(item: Item) -> str:
    return item.captured.isoformat(timespec="seconds")
