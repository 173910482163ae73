"""The lines of a PDF's page, with their places: what PDFium gives, its right-to-left words put in order by where they stand."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

_BREAKS = (0x02, 0xFFFE)
"""A hyphen at a line's end, behind which PDFium goes on with the next line at once."""
_SPACE = 0.15
"""A gap of this part of a line's height stands between two words."""
_HYPHENS = {"\x02": "-", "\ufffe": "-", "\u00ad": "-"}
"""How PDFium writes a hyphen at a line's end. Spaces without a width, which it puts anywhere, are left out of Arabic lines."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its words in reading order, its box and baseline in points, y upwards. ``rtl``: it is read from the right."""

    text: str
    left: float
    right: float
    base: float
    height: float
    page: int
    rtl: bool = False

    @property
    def start(self) -> float:
        """How far its beginning is from the side that it is read from."""
        return -self.right if self.rtl else self.left

    @property
    def end(self) -> float:
        """How far it reaches, counted from the side that it is read from."""
        return -self.left if self.rtl else self.right


@dataclass(frozen=True, slots=True)
class _Letter:
    text: str
    left: float
    right: float


def lines_of(textpage: Any, page: int) -> list[Line]:
    """The lines of a page in the order of its content, without empty ones."""
    raw = textpage.raw
    letters = [pdfium.FPDFText_GetUnicode(raw, index) for index in range(textpage.count_chars())]
    lines: list[Line] = []
    start = 0
    for index in range(len(letters) + 1):
        broken = index < len(letters) and letters[index] in _BREAKS
        if index == len(letters) or broken or letters[index] in (10, 13):
            line = _line(raw, letters, start, index + int(broken), page)
            if line:
                lines.append(line)
            start = index + 1
    return lines


def _line(raw: Any, letters: Sequence[int], start: int, end: int, page: int) -> Line | None:
    while start < end and letters[start] in (32, 0xA0):
        start += 1
    while start < end and letters[end - 1] in (32, 0xA0):
        end -= 1
    if start == end:
        return None
    text = _text(letters[start:end])
    rtl, strong = _direction(text)
    if rtl or strong:
        placed = [_Letter(_text([letters[index]]), *_sides(raw, index)) for index in range(start, end)]
        printed = [
            letter for letter in placed if letter.text and not (letter.text.isspace() and letter.right - letter.left < 0.5)
        ]
        height = max(_height(raw, index) for index in range(start, end))
        text = _from_the_right(printed, height) if rtl else _words_in_order(placed)
        left, right = min(letter.left for letter in placed), max(letter.right for letter in placed)
    else:
        left, right = _sides(raw, start)[0], _sides(raw, end - 1)[1]
        height = max(_height(raw, start), _height(raw, end - 1))
    return Line(_plain(text), left, right, _origin(raw, start)[1], height, page, rtl)


def _text(units: Sequence[int]) -> str:
    """UTF-16 units as text; a half of a pair without its other half is dropped."""
    if all(unit < 0xD800 for unit in units):
        return "".join(map(chr, units))
    data = b"".join((unit & 0xFFFF).to_bytes(2, "little") if unit < 0x10000 else chr(unit).encode("utf-16-le") for unit in units)
    return data.decode("utf-16-le", "ignore")


def _plain(text: str) -> str:
    """Ligatures and the shapes of joined letters as the letters that they stand for."""
    return "".join(
        unicodedata.normalize("NFKC", letter) if "\ufb00" <= letter <= "\ufdff" or "\ufe70" <= letter <= "\ufefc" else letter
        for letter in (_HYPHENS.get(letter, letter) for letter in text)
    )


def _box(raw: Any, index: int) -> tuple[float, float, float, float]:
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(raw, index, box)
    return box.left, box.bottom, box.right, box.top


def _sides(raw: Any, index: int) -> tuple[float, float]:
    """Where a letter's place begins and ends; PDFium's box may be that of its ink alone, which begins later."""
    left, _, right, _ = _box(raw, index)
    return min(left, _origin(raw, index)[0]), right


def _height(raw: Any, index: int) -> float:
    _, bottom, _, top = _box(raw, index)
    return top - bottom


def _origin(raw: Any, index: int) -> tuple[float, float]:
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
    return x.value, y.value


# --- from right to left --------------------------------------------------------------------------------------------


def _direction(text: str) -> tuple[bool, bool]:
    """Whether the line is read from the right, and whether there is any word in it that is."""
    if text.isascii():
        return False, False
    kinds = [unicodedata.bidirectional(letter) for letter in text]
    right = sum(kind in ("R", "AL") for kind in kinds)
    return right > kinds.count("L"), right > 0


def _from_the_right(letters: Sequence[_Letter], height: float) -> str:
    """The letters in reading order: from the right to the left, but numbers and foreign words from the left to the right."""
    seen = sorted(letters, key=lambda letter: -_place(letter, letters))
    out: list[str] = []
    foreign: list[str] = []
    for number, letter in enumerate(seen):
        gap = seen[number - 1].left - letter.right if number else 0.0
        spaced = number and gap > _SPACE * height and not letter.text.isspace() and not seen[number - 1].text.isspace()
        if _runs_forward(letter.text) or (foreign and _is_between(letter.text, seen, number)):
            if spaced and not foreign:
                out.append(" ")
            foreign.insert(0, letter.text + (" " if spaced and foreign else ""))
            continue
        out += foreign
        foreign = []
        out.append(" " + letter.text if spaced else letter.text)
    return " ".join("".join([*out, *foreign]).split())


def _words_in_order(letters: Sequence[_Letter]) -> str:
    """A line read from the left, with the letters of its right-to-left words put in order."""
    out: list[str] = []
    word: list[_Letter] = []
    for letter in [*letters, _Letter(" ", 0.0, 0.0)]:
        if letter.text and unicodedata.bidirectional(letter.text[0]) in ("R", "AL", "NSM"):
            word.append(letter)
            continue
        out += [one.text for one in sorted(word, key=lambda one: -_place(one, word))]
        word = []
        out.append(letter.text)
    return "".join(out).rstrip()


def _place(letter: _Letter, letters: Sequence[_Letter]) -> float:
    """Where a letter stands; a mark stands just behind the letter that it is written over."""
    middle = (letter.left + letter.right) / 2
    if not unicodedata.combining(letter.text[0]):
        return middle
    under = [one for one in letters if one.left <= middle <= one.right and one.text and not unicodedata.combining(one.text[0])]
    return (under[0].left + under[0].right) / 2 - 0.01 if under else middle


def _runs_forward(text: str) -> bool:
    return unicodedata.bidirectional(text[0]) in ("L", "EN", "AN")


def _is_between(text: str, seen: Sequence[_Letter], number: int) -> bool:
    """Whether what is no letter stands inside a number or a foreign word ("3.5", "12:40", "U.N. report")."""
    behind = seen[number + 1].text if number + 1 < len(seen) else ""
    if not behind or not _runs_forward(behind):
        return False
    return unicodedata.bidirectional(text[0]) in ("CS", "ES", "ET") or (text.isspace() and behind.isalpha())
