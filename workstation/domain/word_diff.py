"""What changed between two stories, part by part and word by word."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from workstation.domain.body import Body
from workstation.domain.story import INSIGHTS_AUTO, LeadImage, SignalCard, Source, Story

MOST_PAIRS = 60_000_000
"""Two stretches with more pairs of words than this are told as replaced whole: comparing them would take half a second."""
ISLAND = 2
"""So few words that stayed between two changes are told as changed too: islands make a change hard to read."""


class Change(StrEnum):
    """What became of some words."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words with the spaces behind them, and what became of them."""

    text: str
    change: Change


@dataclass(frozen=True, slots=True)
class PartDiff:
    """One part of a story: its name, what it is of (``headline``, ``body``…), and its text in pieces."""

    name: str
    field: str
    pieces: tuple[Piece, ...]

    @property
    def changed(self) -> bool:
        """Whether any word was added or removed."""
        return any(piece.change is not Change.KEPT for piece in self.pieces)


def compare(old: Story | None, new: Story) -> tuple[PartDiff, ...]:
    """Every part that either story has, in the order of ``new``; a removed card stands where it stood.

    Without an ``old`` everything is told as kept: the text alone.
    """
    before = new if old is None else old
    parts = [
        _part("Headline", "headline", before, new, lambda story: story.headline),
        _part("Insights", "insights", before, new, _insights),
        _part("Lead image", "lead_image", before, new, lambda story: _image(story.lead_image)),
        _part("The News", "news", before, new, lambda story: text_of(story.news)),
        *(
            part
            for pair in match_cards(before.signals, new.signals)
            for part in _card("Signal", before.signals, new.signals, pair)
        ),
        *(part for pair in match_cards(before.parked, new.parked) for part in _card("Parked", before.parked, new.parked, pair)),
        _part("Details", "details", before, new, _details),
        _part("Notes", "notes", before, new, lambda story: story.notes),
    ]
    return tuple(part for part in parts if part.pieces)


def _part(name: str, field: str, old: Story, new: Story, text: Callable[[Story], str]) -> PartDiff:
    return PartDiff(name, field, diff_words(text(old), text(new)))


# --- texts of parts ------------------------------------------------------------------------------------------------


def text_of(body: Body) -> str:
    """The text of a body as a reader of the difference sees it: list items and quotations told by a sign, links by address."""
    return "\n".join(f"{_SIGNS[block.kind.value]}{'> ' if block.quoted else ''}{block.text}" for block in body.blocks) + (
        "".join(f"\n→ {link}" for link in dict.fromkeys(body.links))
    )


_SIGNS = {"paragraph": "", "bullet": "• ", "number": "# "}


def _insights(story: Story) -> str:
    return "" if story.insights == INSIGHTS_AUTO else story.insights


def _image(image: LeadImage | None) -> str:
    if image is None:
        return ""
    flags = [word for word, is_so in (("decorative", image.decorative), ("file photo", image.file_photo)) if is_so]
    crop = f"crop {' '.join(f'{side:.2f}' for side in image.crop)}" if image.crop else ""
    return _lines([image.file, image.alt, image.caption, image.credit, ", ".join(flags), crop])


def _details(story: Story) -> str:
    times = [("First published", story.first_published), ("Updated", story.updated), ("Embargo", story.embargo)]
    texts = [
        ("Slug", story.slug),
        ("Verticals", ", ".join(story.verticals)),
        ("Region", story.region),
        *((name, f"{moment:%Y-%m-%d %H:%M %z}" if moment else None) for name, moment in times),
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


def match_cards(old: Sequence[SignalCard], new: Sequence[SignalCard]) -> list[Pair]:
    """Which card became which, in the order of ``new``; one that is gone stands behind the one it stood behind.

    Cards are the same by their headline, then by their text, then by their words, then by their place.
    """
    pairs: dict[int, int] = {}
    for same in (_same_headline, _same_text, _shared_words):
        for after, card in enumerate(new):
            if after not in pairs:
                free = [index for index in range(len(old)) if index not in pairs.values()]
                best = max(free, key=lambda index: (same(old[index], card), -abs(index - after)), default=None)
                if best is not None and same(old[best], card) > 0:
                    pairs[after] = best
    for after in range(len(new)):
        if after not in pairs and after < len(old) and after not in pairs.values() and not _is_strange(old[after], new[after]):
            pairs[after] = after
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
    before, after = ({*_TOKEN.findall(f"{card.headline} {card.body.text}")} for card in (old, new))
    share = len(before & after) / (len(before | after) or 1)
    return share if share > 1 / 3 else 0.0


def _is_strange(old: SignalCard, new: SignalCard) -> bool:
    """Whether both have texts that have nothing to do with each other: one was removed and the other is new."""
    return bool(old.body) and bool(new.body)


def _card(name: str, olds: Sequence[SignalCard], news: Sequence[SignalCard], pair: Pair) -> Iterator[PartDiff]:
    old = SignalCard() if pair[0] is None else olds[pair[0]]
    new = SignalCard() if pair[1] is None else news[pair[1]]
    title = f"{name} {pair[1] + 1}" if pair[1] is not None else f"{name} {(pair[0] or 0) + 1}, removed"
    if pair[0] is None:
        title += ", new"
    elif pair[1] is not None and pair[0] != pair[1]:
        title += f", was {pair[0] + 1}"
    sources = ["\n".join(map(_source, card.sources)) for card in (old, new)]
    yield PartDiff(title, "card", diff_words(old.headline, new.headline) or (Piece("", Change.KEPT),))
    yield PartDiff("Sources", "sources", diff_words(*sources))
    yield PartDiff("Text", "body", diff_words(text_of(old.body), text_of(new.body)))


# --- words ---------------------------------------------------------------------------------------------------------

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
)
_TOKEN = re.compile(
    rf"(?:[{_UNSPACED}\U00020000-\U0003ffff]|(?:(?![{_UNSPACED}])\w)+(?:['’](?:(?![{_UNSPACED}])\w)+)*|[^\w\s])\s*|\s+"
)
"""A word with the space behind it; a Chinese or Japanese character, a sign, or white space at the beginning."""


def diff_words(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces that lead from ``old`` to ``new``.

    Those kept and added are ``new``, those kept and removed are ``old``, to the letter. Lines are compared before words.
    """
    lines = old.splitlines(keepends=True), new.splitlines(keepends=True)
    pieces: list[Piece] = []
    for before, after, is_same in _stretches(*lines, _matches(*lines)):
        if is_same:
            pieces.append(Piece("".join(after), Change.KEPT))
        else:
            pieces.extend(_word_pieces(_TOKEN.findall("".join(before)), _TOKEN.findall("".join(after))))
    return tuple(_merged(pieces))


def _stretches(
    old: Sequence[str], new: Sequence[str], matches: Iterable[tuple[int, int, int]]
) -> Iterator[tuple[Sequence[str], Sequence[str], bool]]:
    """``old`` and ``new`` cut into stretches: those that match, and between them what differs."""
    before = after = 0
    for start, at, length in [*matches, (len(old), len(new), 0)]:
        if start > before or at > after:
            yield old[before:start], new[after:at], False
        if length:
            yield old[start : start + length], new[at : at + length], True
        before, after = start + length, at + length


def _matches(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int, int]]:
    """The stretches that both have: where each begins in ``old`` and in ``new``, and how long it is."""
    from rapidfuzz.distance import Indel  # noqa: PLC0415 - it takes a moment, and no start waits for a comparison

    head = _common(zip(old, new, strict=False))
    tail = _common(zip(reversed(old[head:]), reversed(new[head:]), strict=False))
    middle = old[head : len(old) - tail], new[head : len(new) - tail]
    found = [(0, 0, head)] if head else []
    if len(middle[0]) * len(middle[1]) <= MOST_PAIRS:
        opcodes = Indel.opcodes(*middle)
        equal = [(code.src_start, code.dest_start, code.src_end - code.src_start) for code in opcodes if code.tag == "equal"]
        found += [(start + head, at + head, length) for start, at, length in equal]
    if tail:
        found.append((len(old) - tail, len(new) - tail, tail))
    return found


def _common(pairs: Iterable[tuple[Hashable, Hashable]]) -> int:
    count = 0
    for before, after in pairs:
        if before != after:
            break
        count += 1
    return count


def _word_pieces(old: list[str], new: list[str]) -> Iterator[Piece]:
    """The pieces of two stretches of words; islands of a few kept words between changes are changed too.

    A word is the same whatever space is behind it; spaces that differ are told by themselves.
    """
    matches = _matches([word.strip() for word in old], [word.strip() for word in new])
    stretches = list(_stretches(old, new, matches))
    for index, (before, after, is_same) in enumerate(stretches):
        is_inside = 0 < index < len(stretches) - 1
        if is_same and not (is_inside and _is_island(after)):
            for had, has in zip(before, after, strict=True):
                yield from _same_word(had, has)
        else:
            yield Piece("".join(before), Change.REMOVED)
            yield Piece("".join(after), Change.ADDED)


def _same_word(old: str, new: str) -> Iterator[Piece]:
    word = new.rstrip() if old != new else new
    yield Piece(word, Change.KEPT)
    if old != new:
        yield Piece(old[len(word) :], Change.REMOVED)
        yield Piece(new[len(word) :], Change.ADDED)


def _is_island(words: Sequence[str]) -> bool:
    letters = sum(len(word.strip()) for word in words if word.strip().isalnum())
    return sum(word.strip().isalnum() for word in words) <= ISLAND and letters <= 4 * ISLAND


def _merged(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbours put together, within one change what was removed before what was added.

    The end of a line that words were added to, or taken from, is kept: it is not removed and added again behind them.
    """
    kept = ""
    for is_kept, group in groupby(pieces, key=lambda piece: piece.change is Change.KEPT):
        found = list(group)
        if is_kept:
            kept += "".join(piece.text for piece in found)
            continue
        removed, added = ("".join(piece.text for piece in found if piece.change is change) for change in _CHANGED)
        same = 0 if removed.strip() and added.strip() else _common(zip(reversed(removed), reversed(added), strict=False))
        parts = Piece(kept, Change.KEPT), Piece(_without(removed, same), _CHANGED[0]), Piece(_without(added, same), _CHANGED[1])
        yield from (piece for piece in parts if piece.text)
        kept = removed[len(removed) - same :]
    if kept:
        yield Piece(kept, Change.KEPT)


_CHANGED = (Change.REMOVED, Change.ADDED)


def _without(text: str, end: int) -> str:
    return text[: len(text) - end]
