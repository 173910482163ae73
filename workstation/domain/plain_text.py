"""Plain text from an e-mail, a terminal or a PDF, as a body: its paragraphs, and the lists and quotations it draws with signs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from workstation.domain.body import LINE_BREAK, Block, BlockKind, Body, Run, canonical
from workstation.domain.clean_text import settle_spaces, without_unseen

NARROWEST, WIDEST = 50, 100
"""Columns at which lines are taken to be wrapped; what is wider is whole paragraphs, what is narrower is meant so."""
SHORT_LINE = 60

_NEW_LINE = re.compile(r"\r\n?|\f|\u2029|\u0085")
_SOFT_BREAK = re.compile(r"[\v\u2028]")
_HYPHEN_AT_END = re.compile("\u00ad[ ]?\r?\n")
_QUOTED = re.compile(r"(?:>[ ]?)+")
_ITEM = re.compile(r"[ \t]*(?:[-*•·‣◦▪●○\uf0b7\uf0a7]|(\d{1,3})[.)])[ \t\u00a0]+(?=\S)")
_INDENTED = re.compile(r"[ ]{2,}|\t")
_EAST_ASIAN = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
_SENTENCE_ENDS = (".", "!", "?", ":", "…", "。", "؟", "”", "»", '."')


def read_plain(text: str) -> Body:
    """The body in plain text.

    An empty line or an unwrapped line ends a paragraph; lines wrapped at one width are joined again; lines that begin with
    ``>`` stand in a block quote; two or more lines that begin with ``-``, ``*`` or ``1.``, ``2.`` are a list.
    """
    blocks: list[Block] = []
    for quoted, lines in groupby(_lines(text), key=lambda line: line.startswith(">")):
        stretch = [_QUOTED.sub("", line, count=1) if quoted else line for line in lines]
        blocks += (Block(block.runs, block.kind, quoted) for block in _blocks(_Text(stretch, has_lists=True)))
    return canonical(blocks)


def read_words(text: str) -> Body:
    """The words of plain text and their paragraphs, with nothing made of the signs among them."""
    return canonical(_blocks(_Text(list(_lines(text)), has_lists=False)))


def _lines(text: str) -> Iterator[str]:
    text = _SOFT_BREAK.sub("\v", _NEW_LINE.sub("\n", _HYPHEN_AT_END.sub("", text)))
    yield from settle_spaces(without_unseen(text)).split("\n")


@dataclass(slots=True)
class _Entry:
    """A paragraph or an item as far as it was read; ``sign`` is the bullet or number, ``number`` what it counts."""

    text: str
    sign: str = ""
    number: int | None = None
    is_item: bool = False


class _Text:
    """Lines, and how they were wrapped."""

    def __init__(self, lines: list[str], *, has_lists: bool) -> None:
        self.lines = lines
        self._has_lists = has_lists
        self._has_gaps = any(not line.strip() for line in lines[1:-1])
        self._width = _wrapped_at([pair for pair in pairwise(lines) if all(map(str.strip, pair)) and not self._item(pair[1])])

    def entries(self) -> list[_Entry]:
        """The paragraphs and items."""
        entries: list[_Entry] = []
        before = ""
        for line in self.lines:
            item = self._item(line)
            if item and not self._has_lists:
                entries.append(_Entry(line.strip()))
            elif item:
                number = int(item.group(1)) if item.group(1) else None
                entries.append(_Entry(line[item.end() :].strip(), item.group().strip(), number, is_item=True))
            elif line.strip():
                self._go_on(entries, before, line)
            before = line
        return entries

    def _item(self, line: str) -> re.Match[str] | None:
        found = _ITEM.match(line)
        return found if found and any(map(str.isalnum, line[found.end() :])) else None

    def _go_on(self, entries: list[_Entry], before: str, line: str) -> None:
        """Join a line to the entry before it, or begin a paragraph with it."""
        words = line.strip()
        if not before.strip() or not entries:
            entries.append(_Entry(words))
        elif (self._width and _is_full(before, line, self._width)) or (entries[-1].is_item and _INDENTED.match(line)):
            entries[-1].text += _glue(entries[-1].text, words) + words
        elif self._has_gaps and not entries[-1].is_item and max(len(before.strip()), len(words)) <= self._short:
            entries[-1].text += LINE_BREAK + words
        else:
            entries.append(_Entry(words))

    @property
    def _short(self) -> int:
        return self._width // 2 if self._width else SHORT_LINE


def _blocks(text: _Text) -> Iterator[Block]:
    for sign, group in groupby(text.entries(), key=lambda entry: entry.is_item and entry.number is None and entry.sign):
        entries = list(group)
        if sign and len(entries) > 1:
            yield from (_block(entry.text, BlockKind.BULLET) for entry in entries)
        elif sign:
            yield from (_block(f"{entry.sign} {entry.text}") for entry in entries)
        else:
            yield from _counted(entries)


def _counted(entries: list[_Entry]) -> Iterator[Block]:
    """Items that count from one without a gap are a list; a lone ``3. May`` is words."""
    at = 0
    while at < len(entries):
        length = _length_of_list(entries[at:])
        if length > 1:
            yield from (_block(entry.text, BlockKind.NUMBER) for entry in entries[at : at + length])
        else:
            entry, length = entries[at], 1
            yield _block(f"{entry.sign} {entry.text}".strip())
        at += length


def _length_of_list(entries: Iterable[_Entry]) -> int:
    length = 0
    for wanted, entry in enumerate(entries, start=1):
        if entry.number != wanted:
            break
        length = wanted
    return length


def _block(text: str, kind: BlockKind = BlockKind.PARAGRAPH) -> Block:
    return Block((Run(text.replace("\v", LINE_BREAK)),), kind)


# --- wrapped lines -------------------------------------------------------------------------------------------------


def _wrapped_at(pairs: list[tuple[str, str]]) -> int | None:
    """The width at which a program wrapped the lines, None when they were not wrapped.

    ``pairs`` are the lines that follow one another without a gap. Wrapped lines are full: the next word had no room. Sentences
    rarely end with them and mostly go on in small letters.
    """
    width = max((len(line.rstrip()) for line, _ in pairs if " " in line.strip()), default=0)
    telling = [(line, following) for line, following in pairs if len(line) > width // 2]
    if not telling or not (NARROWEST if len(telling) > 1 else SHORT_LINE) <= width <= WIDEST:
        return None
    full = sum(_is_full(line, following, width) for line, following in telling)
    ended = sum(line.rstrip().endswith(_SENTENCE_ENDS) for line, _ in telling)
    small = sum(_goes_on(following) for _, following in telling)
    is_wrapped = full >= 0.75 * len(telling) and ended <= 0.4 * len(telling) and small >= 0.35 * len(telling)
    return width if is_wrapped else None


def _is_full(line: str, following: str, width: int) -> bool:
    """Whether the first word of the line that follows had no room in this one, or this one says that it goes on."""
    if line.endswith(" ") and len(line) > width // 2 and not line.startswith("--"):
        return True
    first = following.split(maxsplit=1)[0]
    room = 1 if _EAST_ASIAN.match(first) else len(first) + 1
    return len(line.rstrip()) + room > 0.88 * width


def _goes_on(line: str) -> bool:
    first = line.strip()[:1]
    return not first.isupper() and not first.isdigit()


def _glue(before: str, after: str) -> str:
    """What stands between two halves of a wrapped line: nothing after a hyphen and between characters that need no space."""
    if before.endswith("-") and before[-2:-1].isalpha() and after[:1].islower():
        return ""
    return "" if _EAST_ASIAN.match(before[-1:]) and _EAST_ASIAN.match(after[:1]) else " "
