"""The blocks that every content system keeps: flat, each with the language and the direction that it is written in.

A system may drop both; so right-to-left words are held together by invisible characters in the text as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from workstation.domain.body import LINE_BREAK, Block, BlockKind, Body, Marks, Run, canonical, inner_html
from workstation.domain.language_tag import language_in
from workstation.domain.script_language import foreign_language
from workstation.render.words.addresses import address
from workstation.render.words.bodies import printable
from workstation.render.words.direction import (
    END_OF_ISOLATE,
    LEFT_TO_RIGHT_ISOLATE,
    RIGHT_TO_LEFT_ISOLATE,
    isolated,
    isolated_text,
    runs_right_to_left,
)
from workstation.render.words.language import direction_of

RIGHT_TO_LEFT = "rtl"
LEFT_TO_RIGHT = "ltr"
UNKNOWN = "und"
"""The language tag of words of which only the direction is known."""
_SQUARE_BRACKETS = {ord("["): "&#91;", ord("]"): "&#93;"}
_PIECES = re.compile(r"\n|[^\n]+")
_BARE_ADDRESS = re.compile(r"https?://\S+")
_STRETCH = re.compile(f"{RIGHT_TO_LEFT_ISOLATE}([^<\u2066-\u2069]+){END_OF_ISOLATE}")
_LATIN = re.compile("[A-Za-z]+")
_NO_WORDS = Markup()
_LISTS = {BlockKind.BULLET: "ul", BlockKind.NUMBER: "ol"}


def guarded(markup: str) -> str:
    """``markup``, texts and attributes, in references that every system leaves as they are.

    Square brackets, lest a system run what they hold as a shortcode; an ampersand before a number sign, because WordPress reads
    the ``&amp;#39;`` of an author or contributor as an apostrophe.
    """
    return markup.translate(_SQUARE_BRACKETS).replace("&amp;#", "&#38;#")


class Written(NamedTuple):
    """The language (a BCP 47 tag) and the direction (``rtl`` or ``ltr``) of words."""

    language: str
    direction: str


@dataclass(frozen=True, slots=True)
class FlatBlock:
    """An ``h2``, ``p`` or ``li`` with the markup of its words, or a ``ul``, ``ol`` or ``blockquote`` with what is ``inside``."""

    tag: str
    written: Written
    words: Markup = _NO_WORDS
    inside: tuple[FlatBlock, ...] = ()

    @property
    def attributes(self) -> Markup:
        """Language and direction as attributes, each with a space before it."""
        return Markup(' lang="{}" dir="{}"').format(*self.written)


Named = tuple[str, str | None]
"""A name in a row of names, and the address that it leads to."""


class Tongues(NamedTuple):
    """The languages that the words of a block may be in: the story's, and that of the house where they are its own words."""

    story: str
    house: str | None = None


def written_in(text: str, tongues: Tongues) -> Written:
    """How ``text`` is written as far as its letters tell; where they leave it open, as the story is, or in the house's words."""
    own = direction_of(tongues.story)
    is_rtl = runs_right_to_left(text, otherwise=own == RIGHT_TO_LEFT)
    direction = RIGHT_TO_LEFT if is_rtl else LEFT_TO_RIGHT
    likely = [tongue for tongue in (tongues.house, tongues.story) if tongue and direction_of(tongue) == direction]
    told = foreign_language(text, likely[0] if likely else UNKNOWN)
    if told and direction_of(told) == direction:
        return Written(tongues.story if language_in(tongues.story) == told else told, direction)
    return Written(likely[0] if likely else UNKNOWN, direction)


# --- making --------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=2048)
def flat_line(tag: str, text: str, tongues: Tongues) -> FlatBlock | None:
    """One line of plain words in a block; None where there is nothing to read in it."""
    return next(iter(flat_body(canonical([Block((Run(text),))]), tongues, tag)), None) if is_readable(text) else None


def flat_row(label: str, names: Iterable[Named], tongues: Tongues) -> FlatBlock | None:
    """A paragraph of ``label`` and names with commas between them; None without names.

    A name that is written in the other direction stays one piece: two of them side by side would change places.
    """
    named = [(name, link) for name, link in names if is_readable(name)]
    told = written_in(" ".join([label, *(name for name, _ in named)]), tongues)
    is_rtl = told.direction == RIGHT_TO_LEFT
    runs = [Run(f"{label} ")] if label else []
    for index, (name, link) in enumerate(named):
        runs += [Run(", ")] if index else []
        runs.append(Run(_piece(name, is_rtl), Marks(link=link)))
    if not named:
        return None
    if is_rtl:
        runs = [Run(RIGHT_TO_LEFT_ISOLATE), *runs, Run(END_OF_ISOLATE)]
    return _block("p", canonical([Block(tuple(runs))]).blocks[0], told)


def flat_note(label: str, text: str, tongues: Tongues) -> FlatBlock | None:
    """A paragraph that begins with a strong ``label``; None without words."""
    runs = (Run(label, Marks(strong=True)), Run(f" {text}"))
    return next(iter(flat_body(canonical([Block(runs)]), tongues)), None) if is_readable(text) else None


def is_readable(text: str) -> bool:
    """Whether there is more in ``text`` than white space and invisible characters."""
    return any(character.isprintable() and not character.isspace() for character in text)


def _piece(name: str, is_rtl: bool) -> str:
    if not is_rtl:
        return isolated_text(name)
    return name if runs_right_to_left(name, otherwise=True) else f"{LEFT_TO_RIGHT_ISOLATE}{name}{END_OF_ISOLATE}"


@lru_cache(maxsize=1024)
def flat_body(body: Body, tongues: Tongues, tag: str = "p") -> tuple[FlatBlock, ...]:
    """The blocks of a body; ``tag`` is what a paragraph becomes. A bare address alone on a line becomes a link."""
    blocks: list[FlatBlock] = []
    for quoted, group in groupby(printable(body).blocks, key=lambda block: block.quoted):
        inside = tuple(_unquoted(group, tongues, tag))
        blocks += [FlatBlock("blockquote", inside[0].written, inside=inside)] if quoted else inside
    return tuple(blocks)


def _unquoted(blocks: Iterable[Block], tongues: Tongues, tag: str) -> Iterator[FlatBlock]:
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        is_list = kind is not BlockKind.PARAGRAPH
        made = tuple(_block("li" if is_list else tag, block, written_in(block.text, tongues)) for block in group)
        if is_list:
            yield FlatBlock(_LISTS[kind], made[0].written, inside=made)
        else:
            yield from made


def _block(tag: str, block: Block, written: Written) -> FlatBlock:
    is_rtl = written.direction == RIGHT_TO_LEFT
    words = inner_html(isolated(tuple(_linked(block)), right_to_left=is_rtl), quote_marks=False)
    if not is_rtl:
        words = _STRETCH.sub(lambda found: _other_direction(found, written.language), words)
    return FlatBlock(tag, written, Markup(words))  # noqa: S704 - escaped by inner_html


def _other_direction(found: re.Match[str], language: str) -> str:
    """Right-to-left words told apart for programs, too."""
    told = foreign_language(_LATIN.sub("", found[1]), language) or UNKNOWN
    return f'<span lang="{told}" dir="{RIGHT_TO_LEFT}">{found[0]}</span>'


def _linked(block: Block) -> Iterator[Run]:
    """A content system embeds what it finds at an address that stands alone on a line; a link it leaves alone."""
    lines = block.text.split(LINE_BREAK)
    number = 0
    for run in block.runs:
        for piece in _PIECES.findall(run.text):
            number += piece == LINE_BREAK
            bare = piece == lines[number] and _BARE_ADDRESS.fullmatch(piece) and not run.marks.link
            yield Run(piece, replace(run.marks, link=address(piece)) if bare else run.marks)


# --- writing -------------------------------------------------------------------------------------------------------


def flat_html(blocks: Iterable[FlatBlock]) -> Markup:
    """``blocks`` as flat HTML, a line for each start, end and block of words; what is as around it is not told again."""
    return Markup("\n".join(line for block in blocks for line in _lines(block, None)))  # noqa: S704 - made of markup


def _lines(block: FlatBlock, around: Written | None) -> Iterator[str]:
    attributes = "" if block.written == around else block.attributes
    if not block.inside:
        yield f"<{block.tag}{attributes}>{block.words}</{block.tag}>"
        return
    yield f"<{block.tag}{attributes}>"
    for inner in block.inside:
        yield from _lines(inner, block.written)
    yield f"</{block.tag}>"
