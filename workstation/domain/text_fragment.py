"""Links that name a passage: ``https://outlet.example/page#:~:text=first%20words,last%20words``.

As in the URL Fragment Text Directives draft of the WICG: ``text=[prefix-,]start[,end][,-suffix]``, several of them divided by
``&``; letters are compared without regard to case and accents, and a passage begins and ends at words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote

DELIMITER = ":~:"
MOST = 20
"""So many directives of one address are looked at."""
LONGEST = 2_000
"""Letters of a part that is looked for."""
WHOLE = 240
"""A passage of more letters is named by its first and last words."""
PLACES = 1_000
"""So many places of a part are looked at: ``a,b`` in a text of nothing but "a" would take hours."""
CONTEXTS = (2, 4, 8, 16)
"""So many words before and behind are tried when the passage's words stand in several places."""

_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
"""Scripts that put no space between words: every place in them may begin a word."""
_ALIKE = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "‐": "-", "‑": "-"})


@dataclass(frozen=True, slots=True)
class TextFragment:
    """The words of a passage, or its first and last ones, and what stands before and behind it."""

    start: str
    end: str = ""
    prefix: str = ""
    suffix: str = ""

    def directive(self) -> str:
        """The directive as it stands in an address: ``text=…``."""
        parts = [_encoded(self.start), *([_encoded(self.end)] if self.end else [])]
        before = [f"{_encoded(self.prefix)}-"] if self.prefix else []
        behind = [f"-{_encoded(self.suffix)}"] if self.suffix else []
        return "text=" + ",".join([*before, *parts, *behind])


def split_fragment(url: str) -> tuple[str, tuple[TextFragment, ...]]:
    """The address without its text directives, and what these name; a malformed directive is left out."""
    address, mark, fragment = url.partition("#")
    if DELIMITER not in fragment:
        return url, ()
    plain, _, directives = fragment.partition(DELIMITER)
    read = [_parsed(part[5:]) for part in directives.split("&")[:MOST] if part.startswith("text=")]
    return (address + mark + plain if plain else address), tuple(fragment for fragment in read if fragment)


def find_passage(text: str, fragments: tuple[TextFragment, ...]) -> tuple[int, int] | None:
    """Code points ``start`` to ``end`` of the first of ``fragments`` that stands in ``text``; None where none does.

    What stands before and behind may have been furniture of the page that is not in ``text``: where it is nowhere found, the
    passage's own words are enough.
    """
    folded = _Folded(text)
    bare = tuple(TextFragment(fragment.start, fragment.end) for fragment in fragments)
    return next((found for fragment in (*fragments, *bare) if (found := folded.find(fragment))), None)


def fragment_for(text: str, start: int, end: int) -> TextFragment | None:
    """A fragment that :func:`find_passage` leads to code points ``start`` to ``end`` of ``text``, widened to whole words.

    None where there are no words in it.
    """
    start, end = _whole_words(text, start, end)
    words = text[start:end]
    if not any(map(str.isalnum, words)):
        return None
    made = _named(words)
    folded = _Folded(text)
    for count in (0, *CONTEXTS):
        before, behind = _around(text, start, end, count)
        candidate = TextFragment(made.start, made.end, before, behind)
        if folded.find(candidate) == (start, end):
            return candidate
    return made


def fragment_of(words: str) -> TextFragment | None:
    """A fragment for words that were cut from a text which is not at hand; None where there are no words in them."""
    plain = words.strip()
    return _named(plain) if any(map(str.isalnum, plain)) else None


def fragments_of(words: str) -> tuple[TextFragment, ...]:
    """What to look for when ``words`` were selected in a page: all of them, or where these are broken up, their ends."""
    plain = words.strip()
    return (TextFragment(plain), _named(plain)) if plain else ()


def link_to(url: str, fragment: TextFragment) -> str:
    """``url`` with the fragment's directive in the place of any that it has."""
    address, _ = split_fragment(url)
    return f"{address}{'' if '#' in address else '#'}{DELIMITER}{fragment.directive()}"


# --- parsing -------------------------------------------------------------------------------------------------------


def _parsed(value: str) -> TextFragment | None:
    parts = value.split(",")
    prefix = parts.pop(0)[:-1] if len(parts) > 1 and parts[0].endswith("-") else ""
    suffix = parts.pop()[1:] if len(parts) > 1 and parts[-1].startswith("-") else ""
    if not 1 <= len(parts) <= 2:
        return None
    start, *end = map(_decoded, parts)
    return TextFragment(start, end[0] if end else "", _decoded(prefix), _decoded(suffix)) if start else None


def _decoded(part: str) -> str:
    return " ".join(unquote(part[: LONGEST * 12], errors="replace")[:LONGEST].split())


def _encoded(part: str) -> str:
    return quote(part, safe="").replace("-", "%2D")


# --- finding -------------------------------------------------------------------------------------------------------


class _Folded:
    """A text without case, accents and double spaces, with the way back to its code points."""

    def __init__(self, text: str) -> None:
        letters = list(_folded(text))
        self.letters = "".join(letter for letter, _ in letters)
        self._places = [place for _, place in letters]

    def find(self, fragment: TextFragment) -> tuple[int, int] | None:
        """The first place of ``fragment`` as code points of the text."""
        start, end, prefix, suffix = map(_plain, (fragment.start, fragment.end, fragment.prefix, fragment.suffix))
        for first in self._all(start, 0):
            if prefix and not self._stands_before(prefix, first):
                continue
            last = self._end(first + len(start), end, suffix)
            if last is not None:
                return self._places[first], self._places[last - 1] + 1
        return None

    def _end(self, at: int, end: str, suffix: str) -> int | None:
        """Where the passage ends whose first words end at ``at``."""
        ends = (found + len(end) for found in self._all(end, at)) if end else iter((at,))
        return next((last for last in ends if not suffix or self._stands_behind(suffix, last)), None)

    def _all(self, words: str, at: int) -> Iterator[int]:
        for _ in range(PLACES if words else 0):
            at = self.letters.find(words, at)
            if at < 0:
                return
            if self._is_edge(at) and self._is_edge(at + len(words)):
                yield at
            at += 1

    def _stands_before(self, words: str, at: int) -> bool:
        at -= len(words) + (at > 0 and self.letters[at - 1] == " ")
        return at >= 0 and self.letters.startswith(words, at) and self._is_edge(at)

    def _stands_behind(self, words: str, at: int) -> bool:
        at += self.letters.startswith(" ", at)
        return self.letters.startswith(words, at) and self._is_edge(at + len(words))

    def _is_edge(self, at: int) -> bool:
        """Whether no word goes on over ``at``."""
        before, behind = self.letters[at - 1 : at] if at else "", self.letters[at : at + 1]
        if not (before.isalnum() and behind.isalnum()):
            return True
        return bool(_UNSPACED.match(before) or _UNSPACED.match(behind))


def _plain(words: str) -> str:
    return "".join(letter for letter, _ in _folded(words)).strip(" ")


def _folded(text: str) -> Iterator[tuple[str, int]]:
    """Each letter in its folded form with the code point that it came from."""
    was_space = True
    for place, character in enumerate(text):
        if character.isspace():
            if not was_space:
                yield " ", place
            was_space = True
            continue
        for letter in _letters(character):
            was_space = False
            yield letter, place


def _letters(character: str) -> str:
    if character.isascii():
        return character.lower()
    base = unicodedata.normalize("NFKD", character.translate(_ALIKE)).casefold()
    return "".join(letter for letter in base if not letter.isspace() and unicodedata.category(letter) not in {"Mn", "Cf"})


# --- naming --------------------------------------------------------------------------------------------------------


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    start, end = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
    while start < end and start > 0 and _is_inside(text, start):
        start -= 1
    while start < end < len(text) and _is_inside(text, end):
        end += 1
    return start, end


def _is_inside(text: str, at: int) -> bool:
    before, behind = text[at - 1], text[at]
    return before.isalnum() and behind.isalnum() and not _UNSPACED.match(before) and not _UNSPACED.match(behind)


def _named(words: str) -> TextFragment:
    """A fragment for these words alone; a browser finds words of several paragraphs only by their first and last ones."""
    if len(words) <= WHOLE and "\n" not in words:
        return TextFragment(words)
    lines = [line for line in words.split("\n") if line.strip()]
    return TextFragment(_first(lines[0], 5), _last(lines[-1], 5))


def _around(text: str, start: int, end: int, count: int) -> tuple[str, str]:
    """So many words of the same paragraph before and behind."""
    if not count:
        return "", ""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    line_end = text.find("\n", end)
    behind = text[end : line_end if line_end >= 0 else len(text)]
    return _last(before, count), _first(behind, count)


def _first(words: str, count: int) -> str:
    if _UNSPACED.search(words):
        return words.strip()[: count * 2]
    return " ".join(words.split()[:count])


def _last(words: str, count: int) -> str:
    if _UNSPACED.search(words):
        return words.strip()[-count * 2 :]
    return " ".join(words.split()[-count:])
