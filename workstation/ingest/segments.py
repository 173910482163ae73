"""A page as its reader sees it: one run of words after the other, each with the element that it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree  # type: ignore[import-untyped]

from workstation.ingest.markup import Tree

_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike strong sub sup "
    "time tt u var wbr nobr ruby rb img".split()
)
_UNSEEN = frozenset("script style noscript template svg head title textarea option rt rp iframe object button".split())
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Segment:
    """Words on one line (a paragraph, or what stands between two line breaks), and how many letters of them are links."""

    text: str
    block: Tree
    linked: int

    @property
    def key(self) -> str:
        """The words without any space: what survives every way of printing them."""
        return squashed(self.text)


def squashed(text: str) -> str:
    """``text`` without spaces."""
    return _SPACES.sub("", text)


def segments(tree: Tree) -> list[Segment]:
    """All runs of words of a page in its order; what no reader sees is left out."""
    return list(_Reader().read(tree))


class _Reader:
    """Gathers words until an element begins or ends a line."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._linked = 0
        self._within_link = 0
        self._unseen = 0
        self._blocks: list[Tree] = []

    def read(self, tree: Tree) -> Iterator[Segment]:
        for event, element in etree.iterwalk(tree, events=("start", "end")):
            if not isinstance(element.tag, str):
                continue
            yield from self._start(element) if event == "start" else self._end(element)

    def _start(self, element: Tree) -> Iterator[Segment]:
        if element.tag in _UNSEEN:
            self._unseen += 1
        elif element.tag == "a":
            self._within_link += 1
        elif element.tag not in _INLINE:
            yield from self._line()
            self._blocks.append(element)
        self._take(element.text)

    def _end(self, element: Tree) -> Iterator[Segment]:
        if element.tag in _UNSEEN:
            self._unseen -= 1
        elif element.tag == "a":
            self._within_link -= 1
        elif element.tag not in _INLINE:
            yield from self._line()
            self._blocks.pop()
        self._take(element.tail)

    def _take(self, words: str | None) -> None:
        if words and not self._unseen:
            self._words.append(words)
            if self._within_link:
                self._linked += len(squashed(words))

    def _line(self) -> Iterator[Segment]:
        if self._words:
            text = _SPACES.sub(" ", "".join(self._words)).strip()
            if text and self._blocks:
                yield Segment(text, self._blocks[-1], self._linked)
            self._words, self._linked = [], 0
