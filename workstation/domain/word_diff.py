"""What changed between two texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

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
    """One part of a story or of a page: its name, what it is of (``headline``, ``body``…), and its text in pieces.

    ``note`` says what became of it beside its words: ``new``, ``removed``, ``was 3``, or another look of the same words.
    """

    name: str
    field: str
    pieces: tuple[Piece, ...]
    note: str = ""

    @property
    def title(self) -> str:
        """The name with what became of the part."""
        return f"{self.name}, {self.note}" if self.note else self.name

    @property
    def changed(self) -> bool:
        """Whether any word was added or removed, or the part itself, or it looks otherwise."""
        return bool(self.note) or any(piece.change is not Change.KEPT for piece in self.pieces)


_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
)
_TOKEN = re.compile(
    rf"(?:[{_UNSPACED}\U00020000-\U0003ffff]|(?:(?![{_UNSPACED}])\w)+(?:['’](?:(?![{_UNSPACED}])\w)+)*|[^\w\s])\s*|\s+"
)
"""A word with the space behind it; a Chinese or Japanese character, a sign, or white space at the beginning."""


def tokens(text: str) -> list[str]:
    """The words of a text, each with the space behind it."""
    return _TOKEN.findall(text)


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
            pieces.extend(_word_pieces(tokens("".join(before)), tokens("".join(after))))
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
