"""What was folded away to find printed words in a source, and what may not be: a dropped dash, a point for a question mark.

The words of both sides are the same here but for their writing; they and what stands between them are looked at pair by pair.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator

from workstation.domain.grade import Folding
from workstation.review.quoting.findings import Edit
from workstation.review.quoting.parts import Part, Range
from workstation.review.quoting.words import DASHES, INVISIBLE, MARKS, POINTS, SAME_DIGITS, SAME_LETTERS, FoldedText

_APOSTROPHES = "'’ʼ‘`´"
_TIGHT_HYPHEN = re.compile("[-‐‑–]")
_ELLIPSIS = re.compile(r"[…⋯]|\.(?:[ \u00a0\u202f]?\.){2,}")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_POINTS = re.compile(f"[{POINTS}]")
_WIDE = re.compile("[\uff00-\uffef\u3000]+")
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "Oe"})
_YO = str.maketrans("ёЁ", "еЕ")
_POINT = re.compile(r"\s*(?P<sign>[.,۔।،。，])(?!\s*\.)")
"""A full stop or comma behind the last word, which is no ellipsis."""


def foldings(printed: str, part: Part, place: Range, source: FoldedText) -> Iterator[Folding]:
    """What differs in writing between ``part`` and the words at ``place``; the same reason may come several times."""
    words, text = part.words, source.text
    changed_case = part.free_case and words[0].folded != source.folded(place.first, place.first + 1)[0]
    if changed_case:
        yield Folding.FIRST_LETTER
    for index, word in enumerate(words):
        ours = printed[word.start : word.end].replace("]", "")
        theirs = text[source.start(place.first + index) : source.end(place.first + index)]
        if changed_case and index == 0:
            ours, theirs = ours[1:], theirs[1:]
        if ours != theirs:
            yield from _in_word(ours, theirs)
    for ours, theirs in _gaps(printed, part, place, source):
        if ours != theirs:
            yield from _between_words(ours, theirs)
    yield from _at_ends(printed, part, place, source)


def turned_sense(printed: str, part: Part, place: Range, source: FoldedText) -> tuple[tuple[str, str], Edit] | None:
    """The differing words and the edit, where only signs differ but may turn the sense: a dash, a final question mark."""
    words = part.words
    for index, word in enumerate(words):
        ours, at = printed[word.start : word.end], place.first + index
        theirs = source.text[source.start(at) : source.end(at)]
        if ours != theirs and _has_other_vowels(ours, theirs):
            return (ours, theirs), Edit(word.start, word.end, theirs)
    for index, (ours, theirs) in enumerate(_gaps(printed, part, place, source)):
        first, last = words[index : index + 2]
        between_digits = first.folded[-1:].isdigit() and last.folded[:1].isdigit()
        if ours != theirs and (_drops_dash(ours, theirs, between_digits) or _measures_otherwise(ours, theirs)):
            told = printed[first.start : last.end], source.wording(place.first + index, place.first + index + 2)
            return told, Edit(first.end, last.start, " ".join(theirs.split(" ")))
    point = _POINT.match(printed, words[-1].end)
    following = source.folded(place.last, place.last + 1) if place.last < len(source) else []
    if point and following == ["?"]:
        told = printed[words[-1].start : point.end()], source.wording(place.last - 1, place.last + 1)
        return told, Edit(*point.span("sign"), "?")
    return None


def _gaps(printed: str, part: Part, place: Range, source: FoldedText) -> Iterator[tuple[str, str]]:
    """What stands between neighbouring words, printed and in the source."""
    for index, (before, after) in enumerate(zip(part.words, part.words[1:], strict=False), place.first):
        yield printed[before.end : after.start], source.text[source.end(index) : source.start(index + 1)]


def _drops_dash(ours: str, theirs: str, between_digits: bool) -> bool:
    """Whether one side has a dash between words, as in a sentence, and the other none.

    A hyphen is no dash but between digits, where it says from and to; nor is the dash of a list.
    """
    with_dash = [gap for gap in (ours, theirs) if _only(DASHES, gap)]
    return len(with_dash) == 1 and "\n" not in with_dash[0] and (between_digits or not _is_hyphen(with_dash[0]))


def _measures_otherwise(ours: str, theirs: str) -> bool:
    """Whether one side has feet or minutes, and the other inches or seconds."""
    measures = _only("′″", ours), _only("′″", theirs)
    return all(measures) and measures[0] != measures[1]


_VOWELLED = re.compile(rf"([^{POINTS}])([{POINTS}]*)")


def _has_other_vowels(ours: str, theirs: str) -> bool:
    """Whether both sides point a letter, and not alike: that makes another word. To leave vowel signs out does not."""
    if not (_POINTS.search(ours) and _POINTS.search(theirs)):
        return False
    pairs = zip(_VOWELLED.findall(_bare(ours)), _VOWELLED.findall(_bare(theirs)), strict=False)
    signs = ((set(one), set(other)) for (_, one), (_, other) in pairs)
    return any(not (one <= other or other <= one) for one, other in signs)


def _bare(word: str) -> str:
    return unicodedata.normalize("NFD", _INVISIBLE.sub("", word))


def _is_hyphen(gap: str) -> bool:
    return bool(_TIGHT_HYPHEN.fullmatch(_INVISIBLE.sub("", gap)))


def _only(characters: str, text: str) -> str:
    return "".join(character for character in text if character in characters)


def _in_word(ours: str, theirs: str) -> Iterator[Folding]:
    """The foldings that make two writings of one word the same, one after the other."""
    for folding, fold in _IN_WORDS:
        if ours == theirs:
            return
        folded = fold(ours), fold(theirs)
        if folded != (ours, theirs) and _brings_together((ours, theirs), folded):
            yield folding
        ours, theirs = folded
    if ours != theirs and not (ours.isalnum() or theirs.isalnum()):
        yield Folding.PUNCTUATION


def _brings_together(before: tuple[str, str], after: tuple[str, str]) -> bool:
    """Whether a fold took away something that differed, rather than the same on both sides."""
    return _taken(before[0], after[0]) != _taken(before[1], after[1])


def _taken(before: str, after: str) -> list[str]:
    rest = list(after)
    taken = []
    for character in before:
        if character in rest:
            rest.remove(character)
        else:
            taken.append(character)
    return taken


def _narrow(text: str) -> str:
    return _WIDE.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _compatible(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_LIGATURES)


_IN_WORDS: tuple[tuple[Folding, Callable[[str], str]], ...] = (
    (Folding.SPACES, lambda text: " ".join(text.split()) if not text.isspace() else text),
    (Folding.TATWEEL, lambda text: text.replace("\u0640", "")),
    (Folding.INVISIBLE, lambda text: _INVISIBLE.sub("", text)),
    (Folding.COMPOSED, _composed),
    (Folding.VOWEL_SIGNS, lambda text: _POINTS.sub("", text)),
    (Folding.APOSTROPHES, lambda text: "".join("'" if character in _APOSTROPHES else character for character in text)),
    (Folding.FULL_WIDTH, _narrow),
    (Folding.COMPOSED, _composed),
    (Folding.LIGATURES, _compatible),
    (Folding.DASHES, lambda text: "".join("-" if character in DASHES else character for character in text)),
    (Folding.YO, lambda text: text.translate(_YO)),
    (Folding.LETTER_FORMS, lambda text: text.translate(SAME_LETTERS)),
    (Folding.DIGITS, lambda text: text.translate(SAME_DIGITS)),
)


def _between_words(ours: str, theirs: str) -> Iterator[Folding]:
    dashes = _only(DASHES, ours), _only(DASHES, theirs)
    if all(dashes) and ours != theirs:
        yield Folding.DASHES
    elif any(dashes):
        yield Folding.HYPHEN if any(_is_hyphen(gap) for gap in (ours, theirs)) else Folding.DASHES
    elif _spaces(ours) != _spaces(theirs):
        yield Folding.SPACES
    yield from _marks(ours, theirs)
    if _INVISIBLE.findall(ours) != _INVISIBLE.findall(theirs):
        yield Folding.INVISIBLE
    if _ELLIPSIS.findall(ours) != _ELLIPSIS.findall(theirs):
        yield Folding.ELLIPSIS
    if _only("[]［］", ours) != _only("[]［］", theirs):
        yield Folding.BRACKETS


def _spaces(gap: str) -> str:
    gap = _ELLIPSIS.sub("", gap)
    return "".join(character for character in gap if character.isspace())


def _marks(ours: str, theirs: str) -> Iterator[Folding]:
    marks = _only(MARKS, ours), _only(MARKS, theirs)
    if marks[0] != marks[1]:
        plural = all(len(mark) == 1 and mark in _APOSTROPHES for mark in marks) and ours[0] == marks[0]
        yield Folding.APOSTROPHES if plural else Folding.QUOTATION_MARKS


def with_marks(printed: str, part: Part, place: Range, source: FoldedText) -> tuple[int, int]:
    """Where the words stand in the source, with the quotation marks around them where they are printed too."""
    start, end = source.start(place.first), source.end(place.last - 1)
    if _only(MARKS, _BEFORE.findall(printed[: part.words[0].start])[0]):
        start -= len(_OPENED.findall(source.text[max(0, start - 2) : start])[0])
    if _only(MARKS, _AFTER.findall(printed[part.words[-1].end :])[0]):
        end += len(_CLOSED.findall(source.text[end : end + 3])[0])
    return start, end


_OPENED = re.compile(rf"(?:[{re.escape(MARKS)}][ \u00a0\u202f]?)?\Z")
_CLOSED = re.compile(rf"(?:[.,،。，]?[ \u00a0\u202f]?[{re.escape(MARKS)}])?")
_BEFORE = re.compile(r"[^\w\[\]…⋯]*\Z")
_AFTER = re.compile(r"[^\w\[\]…⋯]*")
"""The signs around a part, up to the next ellipsis or brackets."""


def _at_ends(printed: str, part: Part, place: Range, source: FoldedText) -> Iterator[Folding]:
    """What is printed before the first word and after the last one, where the source has it otherwise."""
    begin, end = source.start(place.first), source.end(place.last - 1)
    before = _BEFORE.findall(printed[: part.words[0].start])[0]
    after = _AFTER.findall(printed[part.words[-1].end :])[0]
    if not source.text[:begin].endswith(before.lstrip()) and _only(MARKS, before):
        yield Folding.QUOTATION_MARKS
    if source.text.startswith(after.rstrip(), end):
        return
    if _only(MARKS, after):
        yield Folding.QUOTATION_MARKS
    point = _POINT.match(after)
    if point:
        following = source.text[end : end + 3].lstrip()[:1]
        yield from _in_sign(point["sign"], following)


def _in_sign(ours: str, theirs: str) -> Iterator[Folding]:
    """How a final full stop or comma differs from what the source has there."""
    if ours == theirs:
        return
    if {ours, theirs} in _ONE_SIGN:
        yield Folding.FULL_WIDTH if _WIDE.search(ours + theirs) else Folding.PUNCTUATION
    else:
        yield Folding.FINAL_PUNCTUATION


_ONE_SIGN = tuple({one, other} for one, other in ("。.", "۔.", "।.", "،,", "，,"))
