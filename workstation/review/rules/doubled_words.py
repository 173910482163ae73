"""The same word twice in a row, as the eye overlooks it at the end of a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from workstation.domain.language_tag import language_in
from workstation.domain.problem import Fix, Problem, Severity
from workstation.review.excerpts import words_around
from workstation.review.manuscript import Manuscript, Passage

RULE = "doubled-word"
_CONTEXT = 24

_LANGUAGES = "en de fr es it pt nl sv da nb nn no fi et lv lt pl cs sk sl hr bs sr mk bg ro hu ru uk be el ca gl is ga cy"
"""Those that seldom double a word on purpose; others do it to say "many", "very" or "each"."""

_RIGHT = {
    "en": "had that her do so very really many far long no yes ha ho bye hear there now well la blah win cha tut aye hush knock"
    " boo pom choo chop night please wait go hip tick tock",
    "de": "die der das den dem sie ihr so ja nein sehr nach",
    "fr": "nous vous très si non oui bien tout faire en",
    "es": "no sí muy ya poco casi tan",
    "it": "piano via man mano quasi così pian piano no sì molto poco zitto ben bel ci si",
    "pt": "logo não sim muito",
    "nl": "dat die zij het ja nee heel zo",
    "sv": "det den de han hon så ja nej mycket för som",
    "da": "det den de så ja nej for der",
    "nb": "det den de så ja nei for",
    "nn": "det den dei så ja nei",
    "no": "det den de så ja nei for",
    "fi": "ei joo hyvin",
    "pl": "to nie tak bardzo się",
    "ru": "да нет очень еле чуть что",
    "uk": "так ні дуже ледь що",
    "ro": "foarte da nu încet",
    "hu": "már nem igen az",
    "el": "ναι όχι πολύ σιγά πρώτα",
    "hr": "da ne vrlo",
    "sr": "da ne vrlo да не врло",
    "cs": "ne jo moc",
    "sk": "nie moc",
}
"""Words that may follow themselves, by language."""

_NAMES = (
    "bora pago walla boutros duran sing baden wagga mahi cous tuk yo dum pom couscous lulu sirhan ylang beri"
    " nene chow gogo dik aye kai zsa mau"
)
"""Names and borrowed words that are doubled, however they are written."""

_GLUE = (
    "the a an of in on at to for from by with and or but is are was were be been it its he she they we i as"
    " than then this these those which who if not will would can could may his their our your my has have said"
    " after before into about over"
)
"""English words of which no name is made: they are doubled by mistake even with capitals."""

_BEFORE_IS = re.compile(
    r"(?:it|that|this|there|what|he|she|who|all|problem|thing|point|truth|fact|question|answer|issue)\s$", re.IGNORECASE
)
_PARTICLES = "in on up out over by through down off"
_TAKES_PARTICLE = """
back him her it them us me you one ones himself herself itself themselves myself boil break bring broke brought build built
burn call came carr check clos com cut deal dial dig drop drew draw dug eas end factor fall fell fill fit flew fly follow gav
get giv go goes going gone got hand hang head held hold hop hung join keep kept kick last laid launch lay led let liv lock
log look march mix mov open pass pay paid phas play plug pour press pull push put ran read roll run rush sail sat scal send
sent set settl shut sign sink sit sleep slept speed sped spill stay step stood stop swear sworn tak took trad tri tun turn
vot wad walk wear went work writ wrote
"""
"""Objects, and beginnings of verbs, behind which a particle stands."""


def doubled_words(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of a word that stands twice in a row, outside of quotations, and takes one out."""
    for passage in manuscript.passages:
        for start, again, end in _doubled_in(passage.text, language_in(passage.language)):
            if not passage.quotes_at(start, end) and not _crosses_blocks(passage, start, end):
                yield _problem(passage, start, again, end)


def _problem(passage: Passage, start: int, again: int, end: int) -> Problem:
    text = passage.text
    word = text[start : start + end - again]
    excerpt = words_around(text, start, end, _CONTEXT)
    message = f"The word “{word}” stands twice in a row. Take one out."
    fix = _fix(text, start, again, end)
    return Problem(RULE, Severity.WARNING, passage.place_of(start, end), message, excerpt, fix, about=word)


def _fix(text: str, start: int, again: int, end: int) -> Fix:
    """Takes the second word out with the space behind it, so that a link that begins with it does not begin with a space."""
    broken = "\n" in text[start:again]
    if text[end : end + 1] == " " and not broken:
        return Fix("Take one out", text[again : end + 1], "", again)
    return Fix("Take one out", text[start:end], text[start:again] if broken else text[start : start + end - again], start)


def _crosses_blocks(passage: Passage, start: int, end: int) -> bool:
    """Whether the two words stand in two paragraphs: then each may be right."""
    if passage.body is None or "\n" not in passage.text[start:end]:
        return False
    at = 0
    for block in passage.body.blocks:
        at += len(block.text) + 1
        if start < at:
            return end >= at
    return False


_PAIR = re.compile(r"(?<![\w\-‐‑’'./@#&])([^\W\d_]+)(\s+)(?=(\1)(?![\w\-‐‑’'@])(?!\.\w))", re.IGNORECASE)


@lru_cache(maxsize=256)
def _doubled_in(text: str, language: str) -> tuple[tuple[int, int, int], ...]:
    """The start of the first word, the start and the end of the second, for each that is doubled by mistake."""
    if language not in _LANGUAGES.split():
        return ()
    found = (match for match in _PAIR.finditer(text) if _is_mistake(match, language))
    return tuple((match.start(1), match.start(3), match.end(3)) for match in found)


def _is_mistake(match: re.Match[str], language: str) -> bool:
    first, second = match[1], match[3]
    word = first.casefold()
    if word in _NAMES.split() or word in _RIGHT.get(language, "").split() or (len(word) == 1 and word not in "aiouyеивосуя"):
        return False
    if second[0].isupper():
        return (len(word) > 1 or word == "i") and word in _GLUE.split() and language == "en" and _starts_no_name(match, word)
    if language == "en" and word == "is":
        return not _BEFORE_IS.search(match.string, max(0, match.start() - 12), match.start())
    return not (language == "en" and word in _PARTICLES.split() and _leads_on(match))


def _starts_no_name(match: re.Match[str], word: str) -> bool:
    """Whether "the The" is no article before a name that has one; two capitals, as in a headline, are always a mistake."""
    return match[1][0].isupper() or word == "the" or match[1] == match[3]


def _leads_on(match: re.Match[str]) -> bool:
    """Whether a verb's particle is followed by the same word as a preposition: "moved in in March", "went on on 3 May"."""
    following = match.string[match.end(3) + 1 : match.end(3) + 2]
    return (following.isupper() or following.isdigit()) and bool(_verb_before().search(match.string, 0, match.start()))


@cache
def _verb_before() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(_TAKES_PARTICLE.split())})[a-z]{{0,3}}\s$", re.IGNORECASE)
