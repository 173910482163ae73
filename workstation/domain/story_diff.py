"""What changed between two stories, part by part and card by card."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import groupby

from workstation.domain.body import Body
from workstation.domain.story import INSIGHTS_AUTO, LeadImage, SignalCard, Source, Story
from workstation.domain.word_diff import Change, PartDiff, Piece, diff_words, tokens
from workstation.domain.wording import counted

OTHER_LOOK = "same words, set otherwise"
OTHER_ICONS = "other icons"
REMEMBERED = 1024


class Fate(StrEnum):
    """What became of a card as a whole."""

    KEPT = "kept"
    MOVED = "moved"
    NEW = "new"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class CardDiff:
    """One card: its key (a removed one's is that of the card it was), its number from 1, and what changed in it."""

    key: str
    number: int
    fate: Fate
    headline: PartDiff
    sources: PartDiff
    body: PartDiff

    @property
    def parts(self) -> tuple[PartDiff, ...]:
        """The headline, the sources and the text, as far as there are any."""
        return (self.headline, *(part for part in (self.sources, self.body) if part.pieces or part.note))

    @property
    def changed(self) -> bool:
        """Whether the card itself or anything in it changed."""
        return any(part.changed for part in self.parts)


@dataclass(frozen=True, slots=True)
class StoryChanges:
    """What a reader gets otherwise than before; it is true when that is anything.

    ``before`` and ``after`` are the story's own parts around its cards, changed or not.
    """

    before: tuple[PartDiff, ...]
    cards: tuple[CardDiff, ...]
    after: tuple[PartDiff, ...]

    @property
    def parts(self) -> tuple[PartDiff, ...]:
        """Every part in the order of the story."""
        return (*self.before, *(part for card in self.cards for part in card.parts), *self.after)

    @property
    def changed_cards(self) -> tuple[CardDiff, ...]:
        """The cards that changed, the removed ones among them."""
        return tuple(card for card in self.cards if card.changed)

    @property
    def changed_parts(self) -> tuple[PartDiff, ...]:
        """The story's own parts that changed: headline, The News, details and so on, without the cards."""
        return tuple(part for part in (*self.before, *self.after) if part.changed)

    @property
    def told(self) -> str:
        """``Headline, The News, 2 cards``; empty when nothing changed."""
        cards = len(self.changed_cards)
        return ", ".join([*(part.name for part in self.changed_parts), *([counted(cards, "card")] if cards else [])])

    def __bool__(self) -> bool:
        return any(part.changed for part in self.parts)


def compare(old: Story | None, new: Story) -> tuple[PartDiff, ...]:
    """Every part that either story has, in the order of ``new``; a removed card stands where it stood.

    Without an ``old`` everything is told as kept: the text alone.
    """
    before = new if old is None else old
    parked = (part for card in _cards("Parked", before.parked, new.parked) for part in card.parts)
    notes = _part("Notes", "notes", before, new, lambda story: story.notes)
    changes = _changes(before, new)
    return (*_said((*changes.before, *(part for card in changes.cards for part in card.parts), *parked, *changes.after, notes)),)


def printed_changes(old: Story, new: Story) -> StoryChanges:
    """What readers get otherwise in ``new``: parked cards, notes, ties and the embargo are the desk's own and do not count."""
    return _changes(*(replace(story, parked=(), notes="", embargo=None) for story in (old, new)))


def _changes(old: Story, new: Story) -> StoryChanges:
    before = (
        _part("Headline", "headline", old, new, lambda story: story.headline),
        _part("Insights", "insights", old, new, _insights),
        _part("Lead image", "lead_image", old, new, lambda story: _image(story.lead_image)),
        _body("The News", "news", old.news, new.news),
    )
    after = (
        _part("Corrections", "corrections", old, new, _corrections),
        _part("Details", "details", old, new, _details),
    )
    return StoryChanges(_said(before), tuple(_cards("Signal", old.signals, new.signals)), _said(after))


def _said(parts: Iterable[PartDiff]) -> tuple[PartDiff, ...]:
    return tuple(part for part in parts if part.pieces or part.note)


def _part(name: str, field: str, old: Story, new: Story, text: Callable[[Story], str]) -> PartDiff:
    return PartDiff(name, field, _words(text(old), text(new)))


_words = lru_cache(maxsize=REMEMBERED)(diff_words)


# --- texts of parts ------------------------------------------------------------------------------------------------


@lru_cache(maxsize=REMEMBERED)
def _body(name: str, field: str, old: Body, new: Body) -> PartDiff:
    """A body; one with the same words that are emphasised, listed or spoken otherwise is told so."""
    before, after = text_of(old), text_of(new)
    note = OTHER_LOOK if before == after and _look(old) != _look(new) else ""
    return PartDiff(name, field, diff_words(before, after), note)


def text_of(body: Body) -> str:
    """The text of a body as a reader of the difference sees it: list items and quotations told by a sign, links by address."""
    return "\n".join(f"{_SIGNS[block.kind.value]}{'> ' if block.quoted else ''}{block.text}" for block in body.blocks) + (
        "".join(f"\n→ {link}" for link in dict.fromkeys(body.links))
    )


_SIGNS = {"paragraph": "", "bullet": "• ", "number": "# "}


def _look(body: Body) -> list[tuple[object, str]]:
    """How each stretch of the words is set; which quote it is tied to is nothing that a reader sees."""
    runs = (((at, replace(run.marks, quote=None)), run.text) for at, block in enumerate(body.blocks) for run in block.runs)
    return [(marks, "".join(text for _, text in group)) for marks, group in groupby(runs, key=lambda run: run[0])]


def _insights(story: Story) -> str:
    return "" if story.insights == INSIGHTS_AUTO else story.insights


def _image(image: LeadImage | None) -> str:
    if image is None:
        return ""
    flags = [word for word, is_so in (("decorative", image.decorative), ("file photo", image.file_photo)) if is_so]
    crop = f"crop {' '.join(f'{side:.2f}' for side in image.crop)}" if image.crop else ""
    return _lines([image.file, image.alt, image.caption, image.credit, ", ".join(flags), crop])


def _corrections(story: Story) -> str:
    return _lines(f"{note.made:%Y-%m-%d %H:%M %z}: {note.text}" for note in story.corrections)


def _details(story: Story) -> str:
    times = [("First published", story.first_published), ("Updated", story.updated), ("Embargo", story.embargo)]
    texts = [
        ("Slug", story.slug),
        ("Verticals", ", ".join(story.verticals)),
        ("Region", story.region),
        *((name, f"{moment:%Y-%m-%d %H:%M:%S %z}" if moment else None) for name, moment in times),
        ("Time zone", story.time_zone),
        ("Language", story.language),
        ("Publication", story.publication),
        ("Bylines", ", ".join(story.bylines)),
        ("Contributors", ", ".join(story.contributors)),
        ("Sponsor", story.sponsor),
    ]
    return _lines(f"{name}: {text}" if text else "" for name, text in texts)


def _source(source: Source) -> str:
    said = " · ".join(part for part in (source.name, source.of, source.kind.value) if part)
    return f"{said} → {source.url}" if source.url else said


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(line for line in lines if line)


# --- cards ---------------------------------------------------------------------------------------------------------

Pair = tuple[int | None, int | None]
"""The index of a card before and after; None where there is none."""
_NONE = (0.0, 0, 0)


def match_cards(old: Sequence[SignalCard], new: Sequence[SignalCard]) -> list[Pair]:
    """Which card became which, in the order of ``new``; one that is gone stands behind the one it stood behind.

    Cards are the same by their headline, then by their text, then by their words, then by their place.
    """
    pairs: dict[int, int] = {}
    free = list(range(len(old)))
    for same in (_same_headline, _same_text, _shared_words):
        for after, card in enumerate(new):
            if after not in pairs:
                likeness, _, best = max(((same(old[index], card), -abs(index - after), index) for index in free), default=_NONE)
                if likeness > 0:
                    pairs[after] = best
                    free.remove(best)
    for after in range(len(new)):
        if after not in pairs and after in free and not _is_strange(old[after], new[after]):
            pairs[after] = after
            free.remove(after)
    return _in_order(len(old), len(new), pairs)


def _in_order(olds: int, news: int, pairs: dict[int, int]) -> list[Pair]:
    found: list[Pair] = [(pairs.get(after), after) for after in range(news)]
    for before in range(olds):
        if before not in pairs.values():
            behind = next((at for at, pair in enumerate(found) if before and pair[0] == before - 1), -1)
            found.insert(behind + 1, (before, None))
    return found


def _same_headline(old: SignalCard, new: SignalCard) -> float:
    return float(bool(new.headline.strip()) and old.headline == new.headline)


def _same_text(old: SignalCard, new: SignalCard) -> float:
    return float(bool(new.body) and old.body == new.body)


def _shared_words(old: SignalCard, new: SignalCard) -> float:
    """The share of their words that two cards have in common, 0 where it is less than a third."""
    before, after = _vocabulary(old), _vocabulary(new)
    share = len(before & after) / (len(before | after) or 1)
    return share if share > 1 / 3 else 0.0


@lru_cache(maxsize=REMEMBERED)
def _vocabulary(card: SignalCard) -> frozenset[str]:
    return frozenset(tokens(f"{card.headline} {card.body.text}"))


def _is_strange(old: SignalCard, new: SignalCard) -> bool:
    """Whether both have texts that have nothing to do with each other: one was removed and the other is new."""
    return bool(old.body) and bool(new.body)


def _cards(name: str, olds: Sequence[SignalCard], news: Sequence[SignalCard]) -> Iterator[CardDiff]:
    pairs = match_cards(olds, news)
    still = _longest_rise([before for before, after in pairs if before is not None and after is not None])
    for before, after in pairs:
        old = SignalCard() if before is None else olds[before]
        new = SignalCard() if after is None else news[after]
        fate = _fate(before, after, still)
        number = (after if after is not None else before or 0) + 1
        note = {Fate.KEPT: "", Fate.MOVED: f"was {(before or 0) + 1}"}.get(fate, fate.value)
        headline = PartDiff(f"{name} {number}", "card", _words(old.headline, new.headline) or (Piece("", Change.KEPT),), note)
        key = old.key if after is None else new.key
        yield CardDiff(key, number, fate, headline, _sources(old.sources, new.sources), _body("Text", "body", old.body, new.body))


def _fate(before: int | None, after: int | None, still: frozenset[int]) -> Fate:
    if before is None:
        return Fate.NEW
    if after is None:
        return Fate.REMOVED
    return Fate.KEPT if before in still else Fate.MOVED


def _longest_rise(places: Sequence[int]) -> frozenset[int]:
    """The most of ``places`` that rise from left to right: the cards that stand still while the others are moved."""
    ends: list[int] = []
    chains: list[tuple[int, ...]] = []
    for place in places:
        at = bisect_left(ends, place)
        chain = (*(chains[at - 1] if at else ()), place)
        ends[at : at + 1], chains[at : at + 1] = [place], [chain]
    return frozenset(chains[-1] if chains else ())


@lru_cache(maxsize=REMEMBERED)
def _sources(old: tuple[Source, ...], new: tuple[Source, ...]) -> PartDiff:
    before, after = ("\n".join(map(_source, sources)) for sources in (old, new))
    icons = [[source.icon for source in sources] for sources in (old, new)]
    note = OTHER_ICONS if before == after and icons[0] != icons[1] else ""
    return PartDiff("Sources", "sources", diff_words(before, after), note)
