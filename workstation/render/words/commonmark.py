r"""Words as CommonMark, so that every program that reads it gives the same words, links and emphasis back.

What could be taken for markup stands behind a backslash. Emphasis is ``_`` and strength ``**``; whether a program takes these
for marks depends on the characters beside them, so where they would not be (in the middle of a word, beside a quotation mark)
the character beside them is written as a reference (``&#98;``), which is always understood.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from workstation.domain.body import LINE_BREAK, PLAIN, Block, BlockKind, Body, Marks, Run
from workstation.render.words.bodies import printable
from workstation.render.words.direction import isolated
from workstation.render.words.line_marks import with_marks

_QUOTED = "> "
_STRONG, _EMPHASIS = "**", "_"
_SPECIAL = re.compile(r"[\\`*_\[\]<>~|]|&(?=[\w#])|(?<=\{)[{%]")
"""What begins markup anywhere in a line, the commands of a site's templates (``{{``, ``{%``) included."""
_NUMBERED = re.compile(r"(\d{1,9})([.)])")
_BYTE_ORDER_MARK = "\ufeff"
_EDGES = re.compile(r"(^[ \n]+|[ \n]+$)")
_SPECIAL_IN_ADDRESS = re.compile(r"[()]|&(?=#?\w+;)")


class _Side(Enum):
    """What a piece is: words, or a mark at the start or end of something, or the break of a line."""

    WORDS = 0
    OPENS = 1
    CLOSES = -1
    BREAK = 2


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words without a line break, or a mark as it is written."""

    text: str
    side: _Side = _Side.WORDS

    @property
    def has_flanks(self) -> bool:
        """Whether it is only understood between certain characters."""
        return self.side in (_Side.OPENS, _Side.CLOSES) and self.text in (_STRONG, _EMPHASIS)


_BREAK = _Piece("\\\n", _Side.BREAK)


def markdown_body(body: Body) -> str:
    """``body`` as CommonMark, an empty line between its parts; right-to-left words are isolated by characters."""
    parts = []
    for quoted, blocks in groupby(printable(body).blocks, key=lambda block: block.quoted):
        inside = "\n\n".join(_parts(blocks))
        parts.append(with_marks(inside, _QUOTED, _QUOTED) if quoted else inside)
    return "\n\n".join(parts)


def markdown_words(text: str, *, emphasis: bool = False) -> str:
    """Plain words in one line as CommonMark."""
    return _inline((Run(text, Marks(emphasis=emphasis)),)) if text else ""


def markdown_heading(text: str, level: int = 2) -> str:
    """A heading; number signs at its end belong to it."""
    return f"{'#' * level} {markdown_words(text)}".rstrip().replace(" #", " \\#") if text else ""


def markdown_link(words: str, address: str) -> str:
    """Words that lead to an address."""
    return _inline((Run(words, Marks(link=address)),))


def markdown_address(address: str) -> str:
    """An address as the target of a link or picture."""
    return _SPECIAL_IN_ADDRESS.sub(r"\\\g<0>", address)


def _parts(blocks: Iterable[Block]) -> Iterator[str]:
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        written = [_inline(block.runs) for block in group]
        if kind is BlockKind.PARAGRAPH:
            yield from written
        else:
            marks = ["- " if kind is BlockKind.BULLET else f"{number}. " for number in range(1, len(written) + 1)]
            yield "\n".join(with_marks(text, mark, " " * len(mark)) for text, mark in zip(written, marks, strict=True))


def _inline(runs: Iterable[Run]) -> str:
    """Runs as one line or more; one that is broken ends in a backslash."""
    pieces = list(_pieces(isolated(tuple(_with_bare_gaps(runs)))))
    return "".join(_written(pieces, at) for at in range(len(pieces)))


def _with_bare_gaps(runs: Iterable[Run]) -> Iterator[Run]:
    """White space keeps only the marks that the words on both sides of it have: no mark may begin or end beside a space."""
    stretches = [(text, run.marks) for run in runs for text in _EDGES.split(run.text) if text]
    before = PLAIN
    for at, (text, marks) in enumerate(stretches):
        if not text.strip(" \n"):
            after = next((later for words, later in stretches[at + 1 :] if words.strip(" \n")), PLAIN)
            yield Run(text, _shared(before, after))
        else:
            yield Run(text, marks)
            before = marks


def _shared(before: Marks, after: Marks) -> Marks:
    """The marks of a gap: what holds both sides, from the outermost inwards."""
    if before.link != after.link:
        return PLAIN
    if before.strong != after.strong:
        return Marks(link=before.link)
    return Marks(strong=before.strong, emphasis=before.emphasis and after.emphasis, link=before.link)


def _pieces(runs: Iterable[Run]) -> Iterator[_Piece]:
    """Links hold strength, strength holds emphasis, emphasis holds words."""
    for link, linked in groupby(runs, key=lambda run: run.marks.link):
        inside = _enclosed(linked)
        yield from (_Piece("[", _Side.OPENS), *inside, _Piece(f"]({markdown_address(link)})", _Side.CLOSES)) if link else inside


def _enclosed(runs: Iterable[Run]) -> Iterator[_Piece]:
    for is_strong, strong in groupby(runs, key=lambda run: run.marks.strong):
        yield from [_Piece(_STRONG, _Side.OPENS)] * is_strong
        for is_emphasis, group in groupby(strong, key=lambda run: run.marks.emphasis):
            yield from [_Piece(_EMPHASIS, _Side.OPENS)] * is_emphasis
            yield from _words("".join(run.text for run in group))
            yield from [_Piece(_EMPHASIS, _Side.CLOSES)] * is_emphasis
        yield from [_Piece(_STRONG, _Side.CLOSES)] * is_strong


def _words(text: str) -> Iterator[_Piece]:
    for number, line in enumerate(text.split(LINE_BREAK)):
        if number:
            yield _BREAK
        if line:
            yield _Piece(line)


def _written(pieces: list[_Piece], at: int) -> str:
    """A piece as it is written between its neighbours."""
    piece = pieces[at]
    if piece.side is not _Side.WORDS:
        return piece.text
    two_before, before = (pieces[n] if n >= 0 else _BREAK for n in (at - 2, at - 1))
    after, two_after = (pieces[n] if n < len(pieces) else _BREAK for n in (at + 1, at + 2))
    first = _is_coded(piece.text[0], before, two_before.text[-1], _Side.CLOSES)
    last = _is_coded(piece.text[-1], after, two_after.text[0], _Side.OPENS)
    text = _escaped(piece.text, first=first, last=last and not (first and len(piece.text) == 1))
    text = _at_start_of_line(text) if before.side is _Side.BREAK else text
    return text[:-1] + "\\!" if text.endswith("!") and after.text == "[" and after.side is _Side.OPENS else text


def _is_coded(character: str, beside: _Piece, inner: str, side: _Side) -> bool:
    """Whether a character has to be a reference beside a mark that closes before it or opens behind it.

    ``inner`` is the character on the other side of that mark.
    """
    if beside.side is _Side.WORDS or character == " ":
        return False
    if character.isspace() or character == _BYTE_ORDER_MARK:
        return True
    is_between_words = beside.text == _EMPHASIS or not _is_of_word(inner)
    return beside.has_flanks and beside.side is side and is_between_words and not _is_punctuation(character)


def _is_of_word(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNM"


def _is_punctuation(character: str) -> bool:
    return character in string.punctuation or unicodedata.category(character).startswith("P")


def _escaped(text: str, *, first: bool, last: bool) -> str:
    middle = _SPECIAL.sub(r"\\\g<0>", text[first : len(text) - last])
    return (_reference(text[0]) if first else "") + middle + (_reference(text[-1]) if last else "")


def _at_start_of_line(escaped: str) -> str:
    """A line that begins like a heading, a list, a rule or an underline does not become one."""
    if escaped[:1] in tuple("#+-="):
        return f"\\{escaped}"
    return _NUMBERED.sub(r"\1\\\2", escaped, count=1) if _NUMBERED.match(escaped) else escaped


def _reference(character: str) -> str:
    return f"&#{ord(character)};"
