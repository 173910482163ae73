"""The sentences of a text, with their places; a sentence never leaves its line."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Sentence:
    """Code points ``start`` to ``end`` of a text, without the spaces around them."""

    start: int
    end: int

    def printed(self, text: str) -> str:
        """Its words in ``text``."""
        return text[self.start : self.end]


@lru_cache(maxsize=2048)
def sentences_in(text: str, language: str = "en") -> tuple[Sentence, ...]:
    """The sentences of ``text``, in order; ``language`` is a BCP 47 tag and decides what an abbreviation is."""
    from sentencex import segment  # noqa: PLC0415 - the window is painted before a story is checked

    found: list[Sentence] = []
    at = 0
    for line in text.split("\n"):
        start = at
        for piece in segment(language.partition("-")[0], line) if line.strip() else ():
            inner = piece.strip()
            if inner:
                begin = start + len(piece) - len(piece.lstrip())
                found.append(Sentence(begin, begin + len(inner)))
            start += len(piece)
        at += len(line) + 1
    return tuple(found)
