"""A text as the words that a comparison looks at, each with its place in the text.

What typography may change is folded away: quotation marks, dashes, spaces, invisible characters, Arabic tatweel and
vowel signs, Hebrew points, compatibility forms. What may change the sense stays: letters with their case, digits,
symbols and sentence punctuation. Scripts written without spaces are taken character by character.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import groupby
from typing import NamedTuple

MARKS = "\"'“”„‟‘’‚‛«»‹›「」『』〝〞〟＂＇`´′″ʼ״׳《》〈〉❝❞"
"""Quotation marks and what is typed for them."""

DASHES = "-‐‑‒–—―⸺⸻−﹘﹣－"
INVISIBLE = "\u00ad\u034f\u061c\u0640\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
"""Soft hyphen, tatweel, zero-width, bidi and variation characters, as ranges of a character class."""

CUT = "\0"
"""Stands between the words of a folded text; it is never part of one."""

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
POINTS = (
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
)
"""Vowel signs, pointing and other marks above and below Arabic and Hebrew letters, as ranges of a character class."""
_HEBREW = "\u05d0-\u05ea"
_TIGHT_HYPHENS = "-‐‑"
_BEFORE_MINUS = r"(\[\"'“‘«„‚‹「『（【<>=~≈:：$€£¥" + _UNSPACED
"""Behind these, as behind a space, a hyphen before a digit is a minus."""


_LETTER = rf"(?:[A-Za-z0-9]|(?![\x00-\x7fʼ{_UNSPACED}])[^\W_])"
_GROUPING = r"(?<=\d)(?<!\d{4})[ \u00a0\u2009\u202f](?=\d{3}(?!\d))"
"""A space between the groups of a number."""
_POINT = r"(?<=\d)[.,٫٬](?=\d)"
_GERSHAYIM = rf"""(?<=[{_HEBREW}])["״”׳](?=[{_HEBREW}])"""
_INNER = rf"""(?:['’ʼ‘`´·](?={_LETTER})|{_POINT}|{_GROUPING}|{_GERSHAYIM})"""
_ELLIPSIS = r"(?:[…⋯]|\.(?:[ \u00a0\u202f]?\.){2,})"


@cache
def _token() -> re.Pattern[str]:
    """One word, sign or stretch without either; made at the first use, since it takes some 20 ms."""
    mark = f"[{_combining()}{INVISIBLE}]"
    letters = rf"(?:[A-Za-z0-9]++|(?![\x00-\x7fʼ{_UNSPACED}])[^\W_]|(?![\x00-\x7f]){mark})*+"
    return re.compile(
        rf"(?P<word>(?:(?<![^\s{_BEFORE_MINUS}])[-−–](?=\d))?{_LETTER}{letters}(?:{_INNER}{_LETTER}{letters})*+)"
        rf"|(?P<unspaced>[{_UNSPACED}][\uff9e\uff9f]?{mark}*)"
        rf"|(?P<skip>(?:{_ELLIPSIS}|[\s{re.escape(MARKS)}•‣◦▪●■*\[\]［］\x00-\x1f\x7f]|{mark})++)"
        rf"|(?P<dash>[{re.escape(DASHES)}])"
        r"|(?P<sign>.)",
        re.DOTALL,
    )


def _combining() -> str:
    """The combining marks of the Basic Multilingual Plane, as ranges of a character class."""
    codes = [code for code in range(0x300, 0x10000) if unicodedata.category(chr(code))[0] == "M"]
    runs = (list(group) for _, group in groupby(enumerate(codes), key=lambda pair: pair[1] - pair[0]))
    return "".join(f"\\u{run[0][1]:04x}-\\u{run[-1][1]:04x}" for run in runs)


_ELIDED = re.compile(
    r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|quelqu|un|all|dall|dell|nell|sull|quest|quell)['’ʼ](?=[^\W\d_]{2})",
    re.IGNORECASE,
)
_INVISIBLE = re.compile(f"[{INVISIBLE}]+")
_FOLDED_AWAY = re.compile(f'[{INVISIBLE}{POINTS}"״”׳]+')
_RAISED = re.compile(r"(?<=\d)[⁰¹²³⁴-⁹₀-₉]")
"""A power is no further digit of its number."""
_SAME_SIGNS = str.maketrans(
    {
        "’": "'",
        "ʼ": "'",
        "‘": "'",
        "`": "'",
        "´": "'",
        "−": "-",
        "–": "-",
        "。": ".",
        "、": ",",
        "،": ",",
        "؛": ";",
        "؟": "?",
        "․": ".",
        "۔": ".",
        "।": ".",
        "٪": "%",
        "ё": "е",
        "Ё": "Е",
        "œ": "oe",
        "Œ": "Oe",
    }
)
SAME_LETTERS = str.maketrans({"ی": "ي", "ک": "ك", "ہ": "ه"})
"""Letters that Arabic and Persian keyboards give different code points; the final ى is another letter."""

SAME_DIGITS = {
    zero + digit: ord("0") + digit
    for zero in (0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66)
    for digit in range(10)
}
"""The digits of Arabic, Persian and the scripts of India."""

_SAME: dict[int, str | int] = {**_SAME_SIGNS, **SAME_LETTERS, **SAME_DIGITS}
SOFT_SIGNS = frozenset(".,;:")
"""Sentence punctuation that a house may put inside the closing mark of a quotation, or take away there."""


class Word(NamedTuple):
    """A folded word or sign, and the code points ``start`` to ``end`` of the text that it stands for."""

    folded: str
    start: int
    end: int
    glued: bool = False
    """Whether a hyphen ties it to the word before, so that it is no whole word by itself."""

    @property
    def is_sign(self) -> bool:
        """Whether it is punctuation or a symbol rather than a word."""
        return not any(character.isalnum() for character in self.folded)

    @property
    def is_unspaced(self) -> bool:
        """Whether it is one character of a script without spaces."""
        return is_unspaced(self.folded)


def is_unspaced(folded: str) -> bool:
    """Whether ``folded`` is one character of a script written without spaces between words."""
    return bool(_ONE_UNSPACED.match(folded))


_ONE_UNSPACED = re.compile(f"[{_UNSPACED}]")


def words_in(text: str) -> Iterator[Word]:
    """The words and signs of ``text`` that a comparison looks at, in order."""
    hyphen_end = before_end = -1
    for match in _token().finditer(text):
        kind, written = match.lastgroup, match.group()
        start, end = match.span()
        if kind == "word":
            yield from (word for word in _as_words(written, start, end, start == hyphen_end) if word.folded)
            before_end = end
        elif kind == "dash":
            tight = start == before_end and written in _TIGHT_HYPHENS
            hyphen_end = end + text.startswith("\n", end) if tight else -1
        elif kind != "skip":
            yield Word(_fold(written), start, end)


def _as_words(written: str, start: int, end: int, glued: bool) -> tuple[Word, ...]:
    """A written word as the words that may be quoted alone: French and Italian elided articles come apart."""
    if written.isalnum() and written.isascii():
        return (Word(written, start, end, glued),)
    elided = _ELIDED.match(_INVISIBLE.sub("", written))
    if not elided:
        return (Word(_fold(written), start, start + len(_strip_end(written)), glued),)
    cut = min(at for mark in "'’ʼ" if (at := written.find(mark)) >= 0) + 1
    rest = Word(_fold(written[cut:]), start + cut, start + cut + len(_strip_end(written[cut:])))
    return (Word(_fold(written[:cut]), start, start + cut, glued), rest)


def _strip_end(written: str) -> str:
    if written.isascii():
        return written
    while _INVISIBLE.match(written[-1]):
        written = written[:-1]
    return written


def _fold(written: str) -> str:
    if written.isascii():
        return written
    folded = unicodedata.normalize("NFKC", _RAISED.sub(r"^\g<0>", written))
    return unicodedata.normalize("NFC", _FOLDED_AWAY.sub("", folded)).translate(_SAME)


class FoldedText:
    """A source's text, folded once: its words in one searchable string, with the way back to the text's offsets."""

    __slots__ = ("_begins", "_ends", "_glued", "_starts", "hyphenates", "is_turkic", "joined", "text")

    def __init__(self, text: str) -> None:
        words = list(words_in(text))
        self.text = text
        self.hyphenates = "-\n" in text or "‐\n" in text
        self.is_turkic = any(letter in text for letter in "ıİ")
        self.joined = join([word.folded for word in words])
        self._starts = array("I", (word.start for word in words))
        self._ends = array("I", (word.end for word in words))
        self._glued = frozenset(index for index, word in enumerate(words) if word.glued)
        self._begins = array("I")
        begin = 1
        for word in words:
            self._begins.append(begin)
            begin += len(word.folded) + 1

    def __len__(self) -> int:
        return len(self._starts)

    def start(self, index: int) -> int:
        """The code point of the text where the word at ``index`` starts."""
        return self._starts[index]

    def end(self, index: int) -> int:
        """The code point of the text after the word at ``index``."""
        return self._ends[index]

    def glued(self, index: int) -> bool:
        """Whether a hyphen ties the word at ``index`` to the one before it."""
        return index in self._glued

    def folded(self, first: int, last: int) -> list[str]:
        """The folded words from index ``first`` up to ``last`` (exclusive)."""
        if first >= last:
            return []
        end = self._begins[last] - 1 if last < len(self) else len(self.joined) - 1
        return self.joined[self._begins[first] : end].split(CUT)

    def wording(self, first: int, last: int) -> str:
        """The source's own wording of words ``first`` to ``last`` (exclusive), on one line."""
        return " ".join(self.text[self.start(first) : self.end(last - 1)].split()) if first < last else ""

    def word_at(self, position: int) -> int:
        """The index of the word that stands at ``position`` of ``joined``, or of the next one."""
        return max(0, bisect_left(self._begins, position + 1) - 1)

    def runs(self, needle: Sequence[str]) -> Iterator[int]:
        """The indices at which ``needle`` stands as whole words, one after the other, without overlaps."""
        sought = join(needle)
        position = self.joined.find(sought)
        while position >= 0:
            first = bisect_left(self._begins, position + 1)
            last = first + len(needle)
            if not self.glued(first) and not self.glued(last):
                yield first
            position = self.joined.find(sought, position + len(sought) - 1)


def join(folded: Sequence[str]) -> str:
    """The folded words as one string in which whole words can be sought."""
    return CUT + CUT.join(folded) + CUT if folded else CUT


@lru_cache(maxsize=256)
def folded_text(text: str) -> FoldedText:
    """``text`` folded; the last 256 texts are kept, since every review asks for the same sources again."""
    return FoldedText(text)
