"""A list of outlets that an editor worded by hand, read: which outlets it names, how, and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from workstation.domain.insights import NAMES
from workstation.review.quoting.words import CUT

NEAR = 86
"""From this likeness (0 to 100) on, a name that no card has is taken for one of theirs, misspelt."""

_ARTICLES = "the le la les el los las il lo gli der die das den dem des o os as de het den det els η ο το τα".split()  # noqa: SIM905
_ARTICLE = re.compile(rf"(?:{'|'.join(sorted(set(_ARTICLES), key=len, reverse=True))}) (?=\S)")
_TITLE = r"(?:(?:dr|prof|professor|sir|dame|lord|lady|mr|mrs|ms|rev|amb|gen|sen|rep)\.? )"
_TITLED = re.compile(rf"{_TITLE}+(?=\S+ \S)")
"""Titles before a name of two words or more; a line may give a person's title, or leave it out."""
_SAME = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "\u00a0": " ", "\u202f": " ", "‐": "-", "‑": "-", "–": "-", "\n": " "}
)
_UNSPACED = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff"
"""Scripts written without spaces: a name in them, or beside them, ends where its letters end."""
_AND = "and|und|et|y|e|och|og|en|i|ve|és|ja|in|a|и|та|και|dan|na|و|और|اور|ו"
_SEPARATOR = re.compile(rf"{CUT}+|[,;،、&،]|(?<!\w)(?:{_AND})(?!\w)|(?<=\s)و(?=\w)|和|及|と")
_JOINER = re.compile(rf"\s*[,،、]?\s*(?:(?:{_AND})|&|و|和|及|と)?\s*")
_BEFORE_NAMES = re.compile(
    r".*(?:(?<!\w)(?:from|by|of|via|von|vom|aus|bei|de|da|du|del|dal|des|från|fra|van|uit|av|od|z|ze|от|из|від|dari|من)(?!\w)|[:：])",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet of the cards, the index of the first of them, the persons who speak for it, and its other known names."""

    name: str
    card: int = 0
    persons: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Named:
    """Code points ``start`` to ``end`` of a line that name an outlet of the cards (its index), or nobody of them (None)."""

    start: int
    end: int
    outlet: int | None
    how: str = "name"


PERSON, MISSPELT, ALIAS = "person", "misspelt", "alias"


def read_line(line: str, outlets: Sequence[Outlet], label: str) -> tuple[Named, ...]:
    """What ``line`` names, in order; ``label`` is the words that the house puts before the names."""
    folded = _fold(line)
    masked = folded
    found: list[Named] = []
    for spelling, index, how in _spellings(outlets):
        if spelling.split()[0] in masked:  # to compile a pattern costs far more than to look
            found.extend(Named(*match.span(), index, how) for match in _pattern(spelling).finditer(masked))
        masked = _masked(masked, found)
    for index, outlet in enumerate(outlets):
        near = None if any(name.outlet == index for name in found) else _nearest(masked, bare_name(outlet.name))
        if near:
            found.append(Named(*near, index, MISSPELT))
            masked = _masked(masked, found)
    end = _tail(folded, label)
    found.extend(_strangers(line[:end], masked[:end], _lead(folded[:end], label)))
    return tuple(sorted(found, key=lambda name: name.start))


def is_pure_joiner(text: str) -> bool:
    """Whether what stands between two names only joins them: a comma, an "and"."""
    return _JOINER.fullmatch(text) is not None


def leads_in(text: str, label: str) -> bool:
    """Whether ``text`` leads in to names: nothing, the house's own words, or words like "With reporting from"."""
    folded = _fold(text)
    return not text.strip() or same_name(text, label.partition(NAMES)[0]) or _BEFORE_NAMES.match(folded) is not None


def article_of(wording: str) -> str:
    """The article that a name begins with, in small letters, with the space after it; "" where it has none."""
    found = _ARTICLE.match(_fold(wording))
    return found.group() if found else ""


def same_name(one: str, other: str) -> bool:
    """Whether two wordings of a name differ in nothing but case, spaces and the form of the apostrophe."""
    return _fold(one).split() == _fold(other).split()


def _fold(text: str) -> str:
    """``text`` in small letters, with one form of apostrophe, hyphen and space; each code point stays at its place."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := character.lower()) == 1 else character for character in text)
    return lowered.translate(_SAME)


@lru_cache(maxsize=1024)
def bare_name(name: str) -> str:
    """What two spellings of a name share: no article and no title, small letters, plain marks."""
    folded = _fold(name)
    folded = _ARTICLE.sub("", folded, count=1) if _ARTICLE.match(folded) else folded
    return _TITLED.sub("", folded, count=1) if _TITLED.match(folded) else folded


def _spellings(outlets: Sequence[Outlet]) -> list[tuple[str, int, str]]:
    """Every spelling that a line may use, with its outlet; the longest first, so that no name is found inside of another."""
    every: dict[str, tuple[int, str]] = {}
    for index, outlet in enumerate(outlets):
        every.setdefault(bare_name(outlet.name), (index, "name"))
    for index, outlet in enumerate(outlets):
        for how, names in ((PERSON, outlet.persons), (ALIAS, outlet.aliases)):
            for name in names:
                every.setdefault(bare_name(name), (index, how))
    return sorted(((name, *told) for name, told in every.items() if name.strip()), key=lambda each: (-len(each[0]), each[0]))


@lru_cache(maxsize=512)
def _pattern(spelling: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in spelling.split())
    before = "" if re.match(f"[{_UNSPACED}]", spelling) else rf"(?<![^\Wو{_UNSPACED}])"
    after = "" if re.match(f"[{_UNSPACED}]", spelling[-1:]) else rf"(?![^\W{_UNSPACED}])"
    articles = "|".join(_ARTICLES)
    return re.compile(rf"{before}(?:(?:{articles})\s+|{_TITLE}+)?{words}{after}|{before}{words}{after}")


def _masked(text: str, found: Iterable[Named]) -> str:
    for name in found:
        text = text[: name.start] + CUT * (name.end - name.start) + text[name.end :]
    return text


_WORD = re.compile(rf"[^\s{CUT},;،、&:]+")
_SHORTEST = 4


def _nearest(masked: str, name: str) -> tuple[int, int] | None:
    """The words that are most like ``name``, if they are like it at all."""
    words = [match.span() for match in _WORD.finditer(masked)]
    count = len(name.split())
    if len(name) < _SHORTEST:
        return None
    likeliest, best = None, float(NEAR)
    for size in range(max(1, count - 1), count + 2):
        for first in range(len(words) - size + 1):
            start, end = words[first][0], words[first + size - 1][1]
            wording = masked[start:end]
            likeness = 0.0 if CUT in wording else fuzz.ratio(bare_name(wording), name)
            if likeness >= best:
                likeliest, best = (start, end), likeness
    return likeliest


def _lead(folded: str, label: str) -> int:
    """Where the names begin: behind the house's own words, else behind the last "from" before the first separator."""
    house = _fold(label.partition(NAMES)[0])
    if house.strip() and folded.startswith(house):
        return len(house)
    first = _SEPARATOR.search(folded)
    before = _BEFORE_NAMES.match(folded, 0, first.start() if first else len(folded))
    return before.end() if before else 0


def _tail(folded: str, label: str) -> int:
    """Where the names end: before the house's own words behind them."""
    house = _fold(label.partition(NAMES)[2])
    return len(folded) - len(house) if house.strip() and folded.endswith(house) else len(folded)


def _strangers(line: str, masked: str, lead: int) -> Iterator[Named]:
    """What is left of the line's names when those on the cards are taken out. Without words that lead in, the first is none."""
    at = lead
    first = lead == 0
    for cut in [*_SEPARATOR.finditer(masked, lead), None]:
        end = cut.start() if cut else len(masked)
        piece = line[at:end]
        name = piece.strip(" .\u00a0\t\n")
        told = _BEFORE_NAMES.match(piece) if first else None
        if told:
            at += told.end()
            name = piece[told.end() :].strip(" .\u00a0\t\n")
        if (told or not first) and any(_begins_a_name(character) for character in name):
            start = line.index(name, at)
            yield Named(start, start + len(name), None)
        at = cut.end() if cut else end
        first = False


def _begins_a_name(character: str) -> bool:
    """An upper-case letter, or a letter of a script without case."""
    return character.isalpha() and not character.islower()
