"""The blocks of what is pasted, gathered run by run and tidied as each one ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import NamedTuple

from workstation.domain.body import LINE_BREAK, PLAIN, Block, BlockKind, Body, Marks, Run, canonical
from workstation.domain.clean_text import NO_BREAK, settle_spaces, without_unseen

CELL_GAP = " | "
MAX_CELL = 160
"""Characters of a cell that is still one figure or name of a table, no column of a page."""

_WHITE = " \t\u00a0\u3000"
_BLANK_LINE = re.compile(r"\n[ \t\u00a0\u3000]*\n[ \t\u00a0\u3000\n]*")


class Setting(NamedTuple):
    """How the text at one place of the pasted document is set; an element that changes nothing hands on its parent's."""

    marks: Marks = PLAIN
    kind: BlockKind = BlockKind.PARAGRAPH
    quoted: bool = False
    item: object = None
    """The list item that the text belongs to, however many paragraphs it has."""
    list_kind: BlockKind = BlockKind.BULLET
    is_heading: bool = False
    keeps_lines: bool = False
    quotation_depth: int = 0


@dataclass(slots=True)
class _Gathered:
    """A block so far, and the list item that it is a paragraph of."""

    runs: list[Run]
    kind: BlockKind
    quoted: bool
    item: object


class Gatherer:
    """Takes runs of text and the ends of blocks; gives the body."""

    def __init__(self) -> None:
        self._blocks: list[_Gathered] = []
        self._runs: list[Run] = []
        self._setting = Setting()
        self._unread = 0

    @property
    def count(self) -> int:
        """How many blocks have ended."""
        return len(self._blocks)

    @property
    def last_letter(self) -> str:
        """What the block at hand ends with so far; empty where it has just begun."""
        return self._runs[-1].text[-1:] if self._runs else ""

    def leave_out(self, length: int) -> None:
        """Leave out the next ``length`` characters: a bullet that was typed."""
        self._unread = length

    def add(self, text: str, setting: Setting) -> None:
        """Put ``text`` behind what the block has; the first text decides what the block is."""
        if self._unread:
            self._unread, text = max(0, self._unread - len(text)), text[self._unread :]
        text = without_unseen(text)
        if not text:
            return
        if not self._runs:
            self._setting = setting
        self._runs.append(Run(text, setting.marks))

    def end_block(self) -> None:
        """What comes next stands in another block; an empty block vanishes."""
        if not self._runs:
            return
        runs, self._runs, self._unread = self._runs, [], 0
        setting = self._setting
        for part in _parts(runs):
            tidied = _plain_when_all_strong(_mended(part)) if setting.is_heading else _mended(part)
            last = self._blocks[-1] if self._blocks else None
            if last is not None and setting.item is not None and last.item is setting.item:
                last.runs += [Run(LINE_BREAK), *tidied]
            else:
                self._blocks.append(_Gathered(tidied, setting.kind, setting.quoted, setting.item))

    def join_cells(self, ends: Sequence[tuple[int, int]]) -> None:
        """Make one paragraph of a row of a table, when each of its cells has one at most and none is long.

        ``ends`` has where the blocks of each cell begin and end.
        """
        cells = [self._blocks[begin:end] for begin, end in ends if end > begin]
        if len(cells) < 2 or any(len(blocks) > 1 or _is_long(blocks[0]) for blocks in cells):
            return
        first, *others = (blocks[0] for blocks in cells)
        if any((other.kind, other.quoted) != (first.kind, first.quoted) for other in others):
            return
        for other in others:
            first.runs += [Run(CELL_GAP), *other.runs]
        del self._blocks[ends[0][0] :]
        self._blocks.append(first)

    def body(self) -> Body:
        """All that was gathered."""
        self.end_block()
        return canonical(Block(tuple(block.runs), block.kind, block.quoted) for block in self._blocks)


def _is_long(block: _Gathered) -> bool:
    return sum(len(run.text) for run in block.runs) > MAX_CELL


def _parts(runs: list[Run]) -> Iterator[list[Run]]:
    """The runs, cut where an empty line stands between them, without white space at the ends of the parts."""
    text = settle_spaces("".join(run.text for run in runs))
    merged = _Stretches(text, runs)
    cuts = [(0, 0), *(found.span() for found in _BLANK_LINE.finditer(text)), (len(text), len(text))]
    for (_, begin), (end, _) in pairwise(cuts):
        part = text[begin:end]
        begin, end = end - len(part.lstrip(_WHITE + LINE_BREAK)), begin + len(part.rstrip(_WHITE + LINE_BREAK))
        if begin < end:
            yield list(merged.until(begin, end))


class _Stretches:
    """Stretches of equally marked text, handed out from the front to the back."""

    def __init__(self, text: str, runs: list[Run]) -> None:
        self._text = text
        self._ends: list[tuple[int, Marks]] = []
        end = 0
        for marks, group in groupby(runs, key=lambda run: run.marks):
            end += sum(len(run.text) for run in group)
            self._ends.append((end, marks))
        self._index = 0

    def until(self, begin: int, end: int) -> Iterator[Run]:
        """The runs from ``begin``, which is not before the last ``end``, to ``end``."""
        while begin < end:
            stop, marks = self._ends[self._index]
            if stop > begin:
                yield Run(self._text[begin : min(stop, end)], marks)
                begin = min(stop, end)
            if stop <= end:
                self._index += 1


def _mended(runs: list[Run]) -> list[Run]:
    """The runs, where white space alone is set as what stands on both sides of it and no link begins or ends with any."""
    if len(runs) == 1 and not runs[0].marks.link:
        return runs
    mended: list[Run] = []
    for index, run in enumerate(runs):
        before = mended[-1].marks if mended else PLAIN
        after = runs[index + 1].marks if index + 1 < len(runs) else PLAIN
        if run.marks != PLAIN and not run.text.strip(_WHITE + LINE_BREAK):
            mended.append(replace(run, marks=_common(before, after)))
        elif run.marks.link:
            mended.extend(_link_of_words(run, before.link != run.marks.link, after.link != run.marks.link))
        else:
            mended.append(run)
    return mended


def _common(one: Marks, other: Marks) -> Marks:
    return Marks(
        strong=one.strong and other.strong,
        emphasis=one.emphasis and other.emphasis,
        link=one.link if one.link == other.link else None,
        quote=one.quote if one.quote == other.quote else None,
    )


def _link_of_words(run: Run, begins: bool, ends: bool) -> Iterator[Run]:
    white = _WHITE + LINE_BREAK
    begin = len(run.text) - len(run.text.lstrip(white)) if begins else 0
    end = len(run.text.rstrip(white)) if ends else len(run.text)
    outside = replace(run.marks, link=None)
    for text, marks in ((run.text[:begin], outside), (run.text[begin:end], run.marks), (run.text[end:], outside)):
        if text:
            yield Run(text.replace(NO_BREAK, " ") if marks is outside else text, marks)


def _plain_when_all_strong(runs: list[Run]) -> list[Run]:
    """A heading is strong by its nature, which is no mark; a word in it that stands out keeps its mark."""
    if not all(run.marks.strong for run in runs if run.text.strip(_WHITE + LINE_BREAK)):
        return runs
    return [replace(run, marks=replace(run.marks, strong=False)) for run in runs]
