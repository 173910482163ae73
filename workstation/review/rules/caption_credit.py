"""The caption says what is seen, the credit who made the picture: neither is printed twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from workstation.domain.problem import Fix, Place, Problem, Severity
from workstation.review.manuscript import Manuscript
from workstation.review.quoting.words import words_in

_RULES = {"caption": "lead-image-credit", "credit": "lead-image-credit", "alt": "lead-image-text"}
_REPEATS_FROM = 5
"""So many words of the caption, one after the other, are in no credit by chance."""
_NAME = 2
"""Words; a single one behind a comma may be the last thing that the picture shows."""

_LEAD_IN_NAMES = """
photo photos photograph photographs photographed picture pictured pictures image images credit credits courtesy copyright c by
via for from of the file handout pool foto fotos bild credito crédit photographie photographer
"""
_LEAD_IN = frozenset(_LEAD_IN_NAMES.split())
"""What is said around the names in a credit."""

_SPLITS_CREDIT = re.compile(r"[/|,;·•()\[\]–—]|\s-\s|\b(?:via|for|by|courtesy of|courtesy|from)\b", re.IGNORECASE)
_BRACKETED = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_ENDS_SENTENCE = re.compile(r"(?<!\b\w)[.!?…]+[”’\"')\]]*\s+|。\s*|[|•·\n]\s*|\s[–—-]\s+|(?<=\w):\s+")
_COMMA = re.compile(r",\s+")
_POINT = re.compile(r"[.!?…]+\Z")
_LETTERS = re.compile(r"[^\W\d_]+")
_ENDS_PIECE = re.compile(r"[.!?…”)(\[|,;–—\n]\s*")
_LONGEST_LEAD_IN = 40
_LOOSE_END = " \t\n\u00a0,;:|/–—·•©-"
_LOOSE_START = " \t\n\u00a0,;:|/–—·•.-"


class Span(NamedTuple):
    """Code points ``start`` to ``end`` of a text."""

    start: int
    end: int


def caption_credit(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of a credit that the caption or the alternative text repeats, and of a caption that the credit repeats."""
    image = manuscript.story.lead_image
    if image is None or not image.credit.strip():
        return
    repeated = credit_in(image.caption, image.credit)
    if not image.caption.strip() and _tells_what_is_seen(image.credit):
        message = "The credit says what is seen, and the caption is empty. Move the sentence into the caption."
        yield Problem("lead-image-credit", Severity.WARNING, Place("lead_image", part="credit"), message, image.credit)
    held = caption_in(image.credit, image.caption) if repeated is None or _is_all(image.caption, repeated) else None
    if held is not None:
        yield _told("credit", image.credit, held, "The credit repeats the caption. Keep in it who made the picture.")
    elif repeated is not None:
        yield _told("caption", image.caption, repeated, "The caption repeats the credit, which is printed beside it.")
    if image.alt != image.caption and not image.decorative:
        repeated = credit_in(image.alt, image.credit)
        if repeated is not None and not _is_all(image.alt, repeated):
            yield _told("alt", image.alt, repeated, "The alternative text repeats the credit, which is read out anyway.")


def _told(part: str, text: str, repeated: Span, message: str) -> Problem:
    words = text[repeated.start : repeated.end]
    place = Place("lead_image", at=repeated.start, until=repeated.end, part=part)
    rest = _without(text, repeated)
    fix = Fix("Say it once", text, rest) if rest else None
    return Problem(_RULES[part], Severity.WARNING, place, message, words.strip(" ()[]"), fix)


def _is_all(text: str, span: Span) -> bool:
    return not _without(text, span)


# --- finding -------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def credit_in(text: str, credit: str) -> Span | None:
    """Where ``text`` says the credit, whole or one of its names, as a piece of its own: at its end, in brackets, by itself."""
    names = _names_in(credit)
    if not names or not text.strip():
        return None
    whole = _whole_at_an_end(text, tuple(word.folded for word in _words(credit)))
    return whole or next((piece for piece in _pieces(text) if _says_only(text, piece, names)), None)


def _names_in(credit: str) -> tuple[frozenset[str], ...]:
    """The words of each name in a credit: the agency's, the photographer's, the house's."""
    parts = (frozenset(word.folded for word in _words(part)) - _LEAD_IN for part in _SPLITS_CREDIT.split(credit))
    return tuple(part for part in parts if part)


class _Folded(NamedTuple):
    folded: str
    start: int
    end: int


def _words(text: str) -> list[_Folded]:
    return [_Folded(word.folded.casefold(), word.start, word.end) for word in words_in(text) if not word.is_sign]


def _whole_at_an_end(text: str, credit: tuple[str, ...]) -> Span | None:
    """The whole credit where it ends the text behind a sign or in its own form, or begins it before a colon or a dash."""
    words = _words(text)
    folded = tuple(word.folded for word in words)
    count = len(credit)
    if count < _NAME or count > len(words):
        return None
    if folded[-count:] == credit and _may_begin_at(text, words, len(words) - count):
        point = _POINT.match(text, words[-1].end)
        return Span(words[-count].start, point.end() if point else words[-1].end)
    if folded[:count] == credit and re.match(r"\s*[:|–—.-]\s", text[words[count - 1].end :]):
        return Span(words[0].start, words[count - 1].end)
    return None


def _may_begin_at(text: str, words: list[_Folded], at: int) -> bool:
    """Whether a credit may begin with the word at this index: behind a sign, or by its own form (“Agency/Name”)."""
    between = text[words[at - 1].end : words[at].start] if at else "."
    return bool(between.strip()) or "/" in text[words[at].start :]


def _pieces(text: str) -> Iterator[Span]:
    """The pieces of a text that may be a credit: what stands in brackets, each sentence, and what follows the last comma."""
    for bracketed in _BRACKETED.finditer(text):
        yield Span(bracketed.start(1), bracketed.end(1))
    start = 0
    for end in _ENDS_SENTENCE.finditer(text):
        yield Span(start, end.start())
        start = end.end()
    yield Span(start, len(text))
    for comma in _COMMA.finditer(text, start):
        yield Span(comma.end(), len(text))


def _says_only(text: str, piece: Span, names: tuple[frozenset[str], ...]) -> bool:
    """Whether a piece says nothing but names of the credit, one of them whole."""
    told = frozenset(word.folded for word in _words(text[piece.start : piece.end])) - _LEAD_IN
    if not told or not told <= frozenset().union(*names) or not any(name <= told for name in names):
        return False
    if text[: piece.start].rstrip().endswith(","):
        return len(told) >= _NAME
    return not _is_short_for(told, text[: piece.start])


def _is_short_for(told: frozenset[str], before: str) -> bool:
    """Whether the piece is the short form of the name before it, as in “the Harbour Office (HO)”."""
    if len(told) != 1 or not before.rstrip().endswith(("(", "[")):
        return False
    (short,) = told
    initials = "".join(word[0] for word in _LETTERS.findall(before) if word[0].isupper()).casefold()
    return len(short) > 1 and initials.endswith(short)


@lru_cache(maxsize=64)
def caption_in(credit: str, caption: str) -> Span | None:
    """Where the credit says the caption, or a good part of it."""
    ours, theirs = _words(caption), _words(credit)
    sought = tuple(word.folded for word in ours)
    tells = len(sought) > _NAME and any(caption[word.start].islower() for word in ours)  # and is no bare name
    least = min(_REPEATS_FROM, len(sought)) if tells else _REPEATS_FROM
    runs = {sought[at : at + least] for at in range(len(sought) - least + 1)}
    folded = tuple(word.folded for word in theirs)
    hits = [at for at in range(len(folded) - least + 1) if folded[at : at + least] in runs]
    if not hits:
        return None
    end = theirs[hits[-1] + least - 1].end
    closed = re.compile(r"[.!?…]+").match(credit, end)
    return Span(theirs[hits[0]].start, closed.end() if closed else end)


def _tells_what_is_seen(credit: str) -> bool:
    """Whether so many small words stand in a credit that it is a sentence."""
    small = [word for word in _words(credit) if credit[word.start].islower() and word.folded not in _LEAD_IN]
    return len(small) >= _REPEATS_FROM


# --- mending -------------------------------------------------------------------------------------------------------


def _without(text: str, span: Span) -> str:
    """What ``text`` says without a stretch, the brackets around it, what leads to it and the signs that would hang loose."""
    before, after = text[: span.start], text[span.end :]
    if before.rstrip().endswith(("(", "[")) and after.lstrip().startswith((")", "]")):
        before, after = before.rstrip()[:-1], after.lstrip()[1:]
    before = _without_lead_in(before)
    before = before.rstrip(_LOOSE_END).rstrip("([").rstrip()
    after = after if before else after.lstrip(_LOOSE_START)
    if before.endswith((".", "!", "?", "…", "”")) and not after.strip(" ."):
        return before
    joined = f"{before} {after.lstrip()}" if before and after[:1].isalnum() else f"{before}{after}"
    return joined.strip() if _LETTERS.search(joined) else ""


def _without_lead_in(before: str) -> str:
    """``before`` without “Photo by” or “Credit:” at its end, where these stand after the end of a sentence or in brackets."""
    start = max((sign.end() for sign in _ENDS_PIECE.finditer(before)), default=0)
    last = before[start:]
    words = _LETTERS.findall(last.casefold())
    return before[:start] if words and len(last) <= _LONGEST_LEAD_IN and set(words) <= _LEAD_IN else before
