"""The sentences of a text, with their places; a sentence never leaves its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from workstation.domain.language_tag import language_in


@dataclass(frozen=True, slots=True)
class Sentence:
    """Code points ``start`` to ``end`` of a text, without the spaces around them."""

    start: int
    end: int

    def printed(self, text: str) -> str:
        """Its words in ``text``."""
        return text[self.start : self.end]


@lru_cache(maxsize=512)
def sentences_in(text: str, language: str = "en") -> tuple[Sentence, ...]:
    """The sentences of ``text``, in order; ``language`` is a BCP 47 tag and decides what an abbreviation is."""
    code = language_in(language)
    found: list[Sentence] = []
    at = 0
    for line in text.split("\n"):
        found += (Sentence(at + sentence.start, at + sentence.end) for sentence in _of_line(line, code))
        at += len(line) + 1
    return tuple(found)


@lru_cache(maxsize=1024)
def _of_line(line: str, language: str) -> tuple[Sentence, ...]:
    """The sentences of a line: what was cut at an abbreviation or behind a quotation is one again.

    Kept, since a key changes one line only, and to cut a line takes half a millisecond.
    """
    found: list[Sentence] = []
    for piece in _pieces(line, language):
        goes_on = found and _goes_on(found[-1].printed(line), line[piece.start :], language)
        found.append(Sentence(found.pop().start, piece.end) if goes_on else piece)
    return tuple(found)


def _pieces(line: str, language: str) -> Iterator[Sentence]:
    from sentencex import segment  # noqa: PLC0415 - the window is painted before a story is checked

    at = 0
    for piece in (piece for stretch in _bearable(line) for piece in segment(language, stretch)) if line.strip() else ():
        inner = piece.strip()
        if inner:
            begin = at + len(piece) - len(piece.lstrip())
            yield Sentence(begin, begin + len(inner))
        at += len(piece)


_MARKS_AT_ONCE = 200
_LONGEST_AT_ONCE = 50_000
_SENTENCE_END = re.compile(r"[.!?…۔।][”’\"'»)\]]* |[。！？][」』”]*")
_SPACE = re.compile(" ")
_MARKS = frozenset("\"'`“”‘’„‚«»‹›「」『』《》〈〉")


def _bearable(line: str) -> Iterator[str]:
    """The line in stretches that take no time: sentencex holds up every thread, for seconds where thousands of marks stand."""
    start = marks = 0
    for at, letter in enumerate(line):
        marks += letter in _MARKS
        if marks > _MARKS_AT_ONCE or at - start >= _LONGEST_AT_ONCE:
            end = _last(_SENTENCE_END, line, start, at) or _last(_SPACE, line, start, at) or at
            yield line[start:end]
            start, marks = end, sum(each in _MARKS for each in line[end : at + 1])
    yield line[start:]


def _last(ending: re.Pattern[str], line: str, start: int, end: int) -> int | None:
    return max((found.end() for found in ending.finditer(line, start, end)), default=None)


_ABBREVIATED = {
    "en": r"\b(?:e\.g|i\.e|[aA]pprox)\.",
    "fr": r"(?<!\S)(?:MM?|Mm?e|Mlle|Me|Ste?|env|art)\.",
    "ru": r"(?<!\w)(?:т\. ?е|им|ул|д)\.",
    "uk": r"(?<!\w)(?:т\. ?зв|ім|вул)\.",
    "hi": r"(?<!\S)(?:डॉ|प्रो|श्री|श्रीमती|सुश्री|मो|पं)\.",
    "mr": r"(?<!\S)(?:डॉ|प्रा|श्री|श्रीमती)\.",
    "ar": r"(?<!\S)[\u0621-\u064a]\.",
    "fa": r"(?<!\S)[\u0621-\u06cc]\.",
    "ur": r"(?<!\S)(?:ڈاکٹر|[\u0621-\u06d2])\.",
}
"""What ends in a full stop and is no end, where sentencex does not know it."""
_ORDINAL = r"(?:der|die|das|dem|den|des|am|im|vom|zum|zur|beim|seit|bis) \d{1,2}\."
_DATED = re.compile(
    r"(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Jahrhundert|Jahrestag)\b"
)
_NUMBER = re.compile(r"(?<![\d.,])\d{1,2}\.$")
_LIST_NUMBER = re.compile(r"\d{1,3}\.")
_SPEECH = re.compile("[?!…»”’“\"'」』]$")
_RESUMES = {"ja": re.compile("と|って|など"), "ko": re.compile("이?라고|이?라는|하고|고 ")}


def _goes_on(before: str, after: str, language: str) -> bool:
    """Whether the words ``after`` belong to the sentence that seemed to end with ``before``."""
    if _LIST_NUMBER.fullmatch(before) or _ends_shortened(before, language):
        return True
    if _NUMBER.search(before) and (after[0].islower() or (language == "de" and _DATED.match(after))):
        return True
    if not _SPEECH.search(before):
        return False
    resumes = _RESUMES.get(language)
    return bool(resumes.match(after)) if resumes else after.lstrip("—–- ")[:1].islower()


def _ends_shortened(before: str, language: str) -> bool:
    pattern = _ABBREVIATED.get(language)
    if language == "de":
        return re.search(rf"\b{_ORDINAL}$", before, re.IGNORECASE) is not None
    return pattern is not None and re.search(rf"(?:{pattern})$", before) is not None
