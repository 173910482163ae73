"""A page as its reader sees it: one run of words after the other, each with the element that it stands in."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree  # type: ignore[import-untyped]

from workstation.ingest.markup import Tree

_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "nobr",
        "ruby",
        "rb",
        "img",
    ]
)
_UNSEEN = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "head",
        "title",
        "textarea",
        "option",
        "rt",
        "rp",
        "iframe",
        "object",
        "button",
    ]
)


@dataclass(frozen=True, slots=True)
class Segment:
    """Words on one line (a paragraph, or what stands between two line breaks), and how many letters of them are links."""

    text: str
    key: str
    """The words without any space: what survives every way of printing them."""
    block: Tree
    linked: int


def squashed(text: str) -> str:
    """``text`` without spaces."""
    return "".join(text.split())


def segments(tree: Tree) -> list[Segment]:
    """All runs of words of a page in its order; what no reader sees is left out."""
    return _Reader().read(tree)


class _Reader:
    """Gathers words until an element begins or ends a line."""

    def __init__(self) -> None:
        self.found: list[Segment] = []
        self._words: list[str] = []
        self._linked = 0
        self._within_link = 0
        self._unseen = 0
        self._blocks: list[Tree] = []

    def read(self, tree: Tree) -> list[Segment]:
        for event, element in etree.iterwalk(tree, events=("start", "end")):
            tag = element.tag
            if tag == "a":
                self._within_link += 1 if event == "start" else -1
            elif tag in _UNSEEN:
                self._unseen += 1 if event == "start" else -1
            elif tag not in _INLINE:
                self._line()
                if event == "start":
                    self._blocks.append(element)
                else:
                    self._blocks.pop()
            words = element.text if event == "start" else element.tail
            if words and not self._unseen:
                self._words.append(words)
                if self._within_link:
                    self._linked += len(squashed(words))
        return self.found

    def _line(self) -> None:
        if self._words:
            words = "".join(self._words).split()
            if words and self._blocks:
                self.found.append(Segment(" ".join(words), "".join(words), self._blocks[-1], self._linked))
            self._words.clear()
            self._linked = 0
