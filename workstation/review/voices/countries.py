"""The countries that a text names: by their names, their people's, and the capitals that stand for them.

Names come from Babel in the story's language and in English; ``resources/world/countries.csv`` adds what English calls their
people, capitals and other names, ``peoples.csv`` the same for some other languages. What only looks like a country is passed
over: an outlet ("Tehran Times"), a sea, a person (Michael Jordan), the bird, a place in the United States. When it is not
certain, nothing is counted.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from workstation import resources
from workstation.domain.language_tag import language_in

FILE = "world/countries.csv"
PEOPLES = "world/peoples.csv"
AREAS = {
    "NA": "North America",
    "LA": "Latin America and the Caribbean",
    "EU": "Europe",
    "ME": "Middle East and North Africa",
    "AF": "Sub-Saharan Africa",
    "CA": "Central Asia and the Caucasus",
    "SA": "South Asia",
    "EA": "East Asia",
    "SE": "Southeast Asia",
    "OC": "Oceania",
}


def listed(words: str) -> frozenset[str]:
    """The words of a list that is written as a text."""
    return frozenset(words.split())


@dataclass(frozen=True, slots=True)
class Country:
    """A row of the table. A name that ends in ``?`` is also borne by people or things."""

    code: str
    area: str
    latitude: float
    longitude: float
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    others: tuple[str, ...]


@lru_cache(maxsize=1)
def countries() -> Mapping[str, Country]:
    """The table, by code."""
    with resources.path(FILE).open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        return {row["code"]: _country(row) for row in rows}


def _country(row: Mapping[str, str]) -> Country:
    def names(column: str) -> tuple[str, ...]:
        return tuple(filter(None, row[column].split(";")))

    place = float(row["lat"]), float(row["lon"])
    return Country(row["code"], AREAS[row["area"]], *place, names("demonyms"), names("capitals"), names("others"))


def country_names(code: str, languages: Iterable[str]) -> list[str]:
    """The plain name of a country in each of the languages (ISO 639), as far as they are known."""
    return list(dict.fromkeys(name for language in languages if (name := _plain_names(language).get(code))))


# --- naming --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Named:
    """How often a text names countries, by name and through a capital.

    ``unsure`` has names of which the rest of the story has to tell which of two countries is meant ("Korea").
    """

    names: Mapping[str, int]
    capitals: Mapping[str, int]
    unsure: Mapping[tuple[str, ...], int]


def countries_named(texts: Sequence[str], language: str = "en", outlets: tuple[str, ...] = ()) -> Named:
    """How often the texts of a story name countries; what is unsure is settled by what else the story names.

    ``language`` is a BCP 47 tag, ``outlets`` are names of publications, which name no country.
    """
    names: Counter[str] = Counter()
    capitals: Counter[str] = Counter()
    unsure: Counter[tuple[str, ...]] = Counter()
    for text in texts:
        found = named_in(text, language, outlets)
        names.update(found.names)
        capitals.update(found.capitals)
        unsure.update(found.unsure)
    left: Counter[tuple[str, ...]] = Counter()
    for codes, count in unsure.items():
        meant = [code for code in codes if code in names or code in capitals] or _USUALLY.get(codes, [])
        if len(meant) == 1:
            names[meant[0]] += count
        else:
            left[codes] += count
    return Named(names, capitals, left)


@lru_cache(maxsize=512)
def named_in(text: str, language: str = "en", outlets: tuple[str, ...] = ()) -> Named:
    """How often one text names countries."""
    names: Counter[str] = Counter()
    capitals: Counter[str] = Counter()
    unsure: Counter[tuple[str, ...]] = Counter()
    for mention in _mentions(_without_outlets(text, outlets), language_in(language)):
        if len(mention.codes) != 1:
            unsure[mention.codes] += bool(mention.codes)
        elif mention.is_capital:
            capitals[mention.codes[0]] += 1
        else:
            names[mention.codes[0]] += 1
    return Named(names, capitals, +unsure)


def holds_country(name: str) -> bool:
    """Whether the name of a publication holds a country's; a country's own name does not."""
    return " " in name.strip() and any(_spaced_mentions(name, "en"))


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as it is looked for: whom it stands for (none: it is no country), and how careful one has to be with it."""

    codes: tuple[str, ...]
    is_capital: bool = False
    is_wary: bool = False


def _without_outlets(text: str, outlets: tuple[str, ...]) -> str:
    pattern = _outlet_pattern(outlets) if outlets else None
    return pattern.sub("·", text) if pattern else text


@lru_cache(maxsize=32)
def _outlet_pattern(outlets: tuple[str, ...]) -> re.Pattern[str] | None:
    alternatives = "|".join(re.escape(name) for name in sorted(filter(holds_country, outlets), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)") if alternatives else None


def _mentions(text: str, language: str) -> Iterator[Mention]:
    if language in _UNSPACED:
        yield from _unspaced_mentions(text, language)
    elif language in _ARABIC:
        yield from _arabic_mentions(text, language)
    yield from _spaced_mentions(text, language)


# --- languages with spaces -----------------------------------------------------------------------------------------

_WORD = re.compile(
    r"(?:(?<!\w)(?:U\.S\.A\.|U\.S\.|U\.K\.|U\.A\.E\.|D\.R\.|St\.))"
    r"|(?:[^\W\d_]|[\u0300-\u036f\u0900-\u0dff])+"
)
_INFLECTED = listed("ru uk be bg sr hr bs sl cs sk pl lt lv et fi hu el hy ka kk mk sq tr az uz")
_MOST_ENDING = 4
_LONGEST_STEM = 16


def _spaced_mentions(text: str, language: str) -> Iterator[Mention]:
    """The names in a text of words, from the left, the longest first."""
    known, words = _lexicon(language), list(_WORD.finditer(text))
    is_titled = _is_titled(text, [word.group() for word in words])
    at = 0
    while at < len(words):
        mention, length = _longest(known, text, words, at)
        if mention is None:
            at += 1
            continue
        if mention.codes and not _is_other(text, words, at, length, mention, is_titled):
            yield mention
            if text[words[at].end() : words[at].end() + 1] == "-" and _longest(known, text, words, at + 1)[0] == mention:
                at += 1  # "US-amerikanisch" names it once
        at += length


class _Lexicon:
    """Names by their first words; in a language that inflects them, by the first letters of these."""

    def __init__(self, language: str) -> None:
        self.is_inflected = language in _INFLECTED
        self.stems = {stem: Mention((code,)) for code, stem in _peoples(language)[0]}
        self.by_first: dict[str, list[tuple[tuple[str, ...], Mention]]] = {}
        for name, mention in _names(language).items():
            words = tuple(_WORD.findall(name))
            if words:
                self.by_first.setdefault(self._key(words[0]), []).append((words, mention))
        for entries in self.by_first.values():
            entries.sort(key=lambda entry: (len(entry[0]), sum(map(len, entry[0]))), reverse=True)

    def _key(self, word: str) -> str:
        return word[:3] if self.is_inflected else word

    def candidates(self, word: str) -> Sequence[tuple[tuple[str, ...], Mention]]:
        """The names that may begin with a word, the longest first; with "s" it is a plural or a genitive."""
        return self.by_first.get(self._key(word)) or self.by_first.get(word.removesuffix("s")) or ()

    def agrees(self, name: str, word: str, is_part: bool) -> bool:
        """Whether a word of a text is the word of a name, which has several words where ``is_part``."""
        if name == word or (len(name) > 3 and word == f"{name}s"):
            return True
        return self.is_inflected and _is_inflection(name, word, 3 if is_part else 4)


@lru_cache(maxsize=8)
def _lexicon(language: str) -> _Lexicon:
    return _Lexicon(language)


def _is_inflection(name: str, word: str, least: int) -> bool:
    """Whether ``word`` may be ``name`` with another ending: what stands before the ending has so many letters at least."""
    stem = name[:-2] if name[-2:] in _LONG_ENDINGS else name[:-1] if name[-1] in _SHORT_ENDINGS else name
    stem = stem if len(stem) >= least else name
    return word.startswith(stem) and len(word) - len(stem) <= _MOST_ENDING


_LONG_ENDINGS = frozenset(("ия", "ая", "ые", "ие", "ий", "ія", "ні", "ья", "ie", "ia", "ja", "ία"))
_SHORT_ENDINGS = frozenset("аяоеыийьуіїaeiouyąęěéα")


def _longest(known: _Lexicon, text: str, words: Sequence[re.Match[str]], at: int) -> tuple[Mention | None, int]:
    first = words[at].group()
    if not first[0].isupper() and first[0].lower() != first[0].upper():
        return _people(known, first), 1
    first = first if known.candidates(first) else _cased(first)
    for name, mention in known.candidates(first):
        if len(name) > 1 and not _stand_together(text, words, at, len(name)):
            continue
        written = (first, *(word.group() for word in words[at + 1 : at + len(name)]))
        if len(written) == len(name) and all(_agrees(known, *pair, len(name) > 1) for pair in zip(name, written, strict=True)):
            return mention, len(name)
    return _people(known, first.lower()), 1


def _agrees(known: _Lexicon, part: str, word: str, is_part: bool) -> bool:
    return known.agrees(part, word, is_part) or known.agrees(part, _cased(word), is_part)


def _people(known: _Lexicon, word: str) -> Mention | None:
    """The country whose people's name a word in small letters begins with."""
    for length in range(min(len(word), _LONGEST_STEM), max(3, len(word) - _MOST_ENDING - 1), -1):
        if word[:length] in known.stems:
            return known.stems[word[:length]]
    return None


def _cased(word: str) -> str:
    """A word in capitals as it is written elsewhere; short ones are abbreviations and stay."""
    return word.title() if len(word) > 3 and word.isupper() else word


def _stand_together(text: str, words: Sequence[re.Match[str]], at: int, count: int) -> bool:
    parts = words[at : at + count]
    return len(parts) == count and all(text[one.end() : other.start()] in _BETWEEN for one, other in pairwise(parts))


_BETWEEN = frozenset((" ", "\u00a0", "\u202f", "-", "‑", "'", "’", ".", ". "))


def _is_titled(text: str, words: Sequence[str]) -> bool:
    """Whether a text is written With Capitals, as headlines are."""
    long = [word for word in words if len(word) > 3]
    return len(long) > 2 and text.rstrip()[-1:] != "." and sum(word[0].isupper() for word in long) > 0.7 * len(long)


def _is_other(text: str, words: Sequence[re.Match[str]], at: int, length: int, mention: Mention, is_titled: bool) -> bool:
    """Whether a country's name stands for something else here."""
    last = words[at + length - 1]
    after = words[at + length] if at + length < len(words) else None
    before = words[at - 1] if at else None
    if _AMERICAN_PLACE.match(text, last.end()) or _is_language(text, words, at, length):
        return True
    if not mention.is_wary:
        return False
    if mention.codes == ("GE",) and _GEORGIA.search(text) and not _CAUCASUS.search(text):
        return True
    if (
        after is not None
        and _stands_beside(text, last, after)
        and (after.group() in _NO_COUNTRY_AFTER or (_is_name(after.group()) and not is_titled))
    ):
        return True
    return before is not None and _stands_beside(text, before, words[at]) and _is_name_before(text, before, is_titled)


def _stands_beside(text: str, one: re.Match[str], other: re.Match[str]) -> bool:
    return text[one.end() : other.start()] in (" ", "\u00a0", ". ")


def _is_name(word: str) -> bool:
    """Whether a word beside a name may be a part of it: capitalised, and neither a country's nor a people's name."""
    return word[0].isupper() and not word.isupper() and word not in _lexicon("en").by_first


def _is_name_before(text: str, before: re.Match[str], is_titled: bool) -> bool:
    word = before.group()
    if word in _TITLES:
        return True
    begins = not text[: before.start()].rstrip(" \n“\"‘'(—–") or text[: before.start()].rstrip(" “\"‘'(")[-1:] in tuple(".!?:\n")
    if is_titled or (begins and word in _OPENING):
        return False
    return _is_name(word) and word not in _OPENING


_TITLES = listed("Mr Mrs Ms Miss Rep Sen Gov Dr Prof Justice Judge Air Thanksgiving")
_OPENING = listed(
    "In On At From For To And But The Of With Without Between After Before As By While When If Both Only Even Yet Now Then"
    " Since Until Near Across Inside Outside Neighboring Neighbouring Today Yesterday Why How What Where Will Can Could"
    " Would Should May President King Queen Prince Minister Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
)
_NO_COUNTRY_AFTER = listed(
    "farm farms farmer farmers sandwich sandwiches dinner dinners meat breast breasts hunt hunting bacon sausage vulture"
)
_STATES = (
    "Alabama Alaska Arizona Arkansas California Colorado Connecticut Florida Idaho Illinois Indiana Iowa Kansas Kentucky"
    " Louisiana Maine Maryland Massachusetts Michigan Minnesota Mississippi Missouri Montana Nebraska Nevada Ohio Oklahoma Oregon"
    " Pennsylvania Tennessee Texas Utah Vermont Virginia Wisconsin Wyoming Ontario"
)
_AMERICAN_PLACE = re.compile(
    rf",\s(?:{'|'.join(_STATES.split())}|Georgia(?=[,.])|New\s(?:York|Jersey|Hampshire|Mexico)|N\.Y\.|Tex\.|Pa\.|[NS]\.C\.|D\.C\.)\b"
)
_GEORGIA = re.compile(
    rf"\b(?:{'|'.join(_STATES.split())}|Carolina|Dakota|Atlanta|Savannah|Fulton|Macon|Republicans?|Democrats?|Democratic"
    r"|Kemp|Raffensperger|Warnock|Ossoff)\b"
)
_CAUCASUS = re.compile(r"\b(?:Tbilisi|Batumi|Caucasus|Georgian Dream|Abkhazia|South Ossetia|Armenian?|Azerbaijani?)\b")
_LANGUAGES = listed(
    "French German Spanish Portuguese Italian Russian Chinese Japanese Turkish Polish Dutch Greek Swedish Danish Finnish"
    " Norwegian Czech Hungarian Romanian Bulgarian Ukrainian Korean Thai Nepali Kazakh Uzbek Indonesian Vietnamese Burmese"
    " Somali"
)
_SAYS_LANGUAGE = re.compile(r"(?:-language|-speak\w+| language\b| translation\b| edition\b| subtitles\b)")
_IN_LANGUAGE = re.compile(r"\b(?:in|into|speaks?|spoke|from) (?:\w+ and )?$")
_ENDS = re.compile(r"(?: (?:and|or)\b|[.,;:)”\"’!?]|\s*$)")


def _is_language(text: str, words: Sequence[re.Match[str]], at: int, length: int) -> bool:
    """Whether a people's name stands for what they speak."""
    word = words[at]
    if length != 1 or word.group() not in _LANGUAGES:
        return False
    if _SAYS_LANGUAGE.match(text, word.end()):
        return True
    return bool(_IN_LANGUAGE.search(text[max(0, word.start() - 30) : word.start()]) and _ENDS.match(text, word.end()))


# --- languages without spaces, and Arabic --------------------------------------------------------------------------

_UNSPACED = frozenset(("zh", "ja", "ko", "th", "lo", "my", "km"))
_ARABIC = frozenset(("ar", "fa", "ur", "ps", "ckb"))
_NO_COUNTRY_UNSPACED = listed(
    "发展中国家 發展中國家 其中国 印度洋 马里兰 馬里蘭 中国地方 中国銀行 南中国海 几内亚湾 日本海 墨西哥湾 新墨西哥 東南アジア"
    " 阿曼湾 韩国瑜 約旦河"
)


def _unspaced_mentions(text: str, language: str) -> Iterator[Mention]:
    pattern, mentions = _unspaced(language)
    yield from (mention for found in pattern.finditer(text) if (mention := mentions[found.group()]).codes)


@lru_cache(maxsize=4)
def _unspaced(language: str) -> tuple[re.Pattern[str], Mapping[str, Mention]]:
    mentions = {name: mention for name, mention in _own_names(language).items() if len(name) > 1}
    mentions |= dict.fromkeys(_NO_COUNTRY_UNSPACED, Mention(()))
    names = "|".join(map(re.escape, sorted(mentions, key=len, reverse=True)))
    return re.compile(rf"(?<![가-힣])(?:{names})(?=[^가-힣]|{_PARTICLES}|$)" if language == "ko" else names), mentions


_PARTICLES = "(?:은|는|이|가|을|를|의|에|와|과|도|로|서|정부|군|인|산|측|간)"

_VOWELS = re.compile("[\u0640\u064b-\u065f\u0670\u200c]")
_LETTERS_ALIKE = str.maketrans("أإآٱىیکةہھ", "اااايي\u0643ههه")
_CAREFUL_ARABIC = {"عمان": ("JO", "OM"), "مالي": (), "كوريا": ("KR", "KP"), "الكونغو": ("CD", "CG")}
"""Oman is written as Amman is, Mali as "financial"."""


def _arabic_mentions(text: str, language: str) -> Iterator[Mention]:
    pattern, mentions = _arabic(language)
    found = (mentions[match["name"]] for match in pattern.finditer(_folded_arabic(text)))
    yield from (mention for mention in found if mention.codes)


def _folded_arabic(text: str) -> str:
    return _VOWELS.sub("", text).translate(_LETTERS_ALIKE)


@lru_cache(maxsize=4)
def _arabic(language: str) -> tuple[re.Pattern[str], Mapping[str, Mention]]:
    """Names with what is written together with them: "and", "in", "for", the article; and as adjectives."""
    own = {_folded_arabic(name): mention for name, mention in _own_names(language).items()}
    own |= {name: Mention(codes) for name, codes in _CAREFUL_ARABIC.items() if language == "ar"}
    mentions = {name.removeprefix("ال"): mention for name, mention in own.items() if len(name) > 2}
    names = "|".join(re.escape(name) for name in sorted(mentions, key=len, reverse=True))
    return re.compile(rf"(?<!\w)[وف]?(?:[بلك]?ال|لل|[بلك])?(?P<name>{names})(?:ي|يه|يين|يون|يان)?(?!\w)"), mentions


# --- the names -----------------------------------------------------------------------------------------------------

_NO_COUNTRY = (
    "New Mexico;New Jersey;New England;Gulf of Mexico;Gulf of Oman;Gulf of Guinea;New Guinea;South China Sea;East China Sea;"
    "Sea of Japan;Indian Ocean;West Indian;Latin American;Latin America;South America;South American;Central America;"
    "Central American;North America;North American;West Indies;Niger Delta;Niger River;River Niger;Niger State;Jordan River;"
    "River Jordan;Jordan Valley;Guinea pig;Guinea pigs;Guinea fowl;Congo River;Congo Basin;Georgia Tech;Washington state;"
    "Washington State;George Washington;Denzel Washington;Bank of America;American football;French fries;German shepherd;"
    "Spanish flu;Turkish bath;Turkish delight;Dutch oven;Swiss cheese;Danish pastry;Organization of American States;Guinea worm;"
    "Panama hat;China shop;Chinese medicine;Jersey;Americas;Mali Empire;Prince of Wales;Princess of Wales;"
    "New South Wales;Jersey City;Paris Saint Germain;Little Italy;Chinatown;British Columbia;New Britain;New Caledonia"
)
_UNSURE = {
    "Korea": ("KR", "KP"),
    "Korean": ("KR", "KP"),
    "Congo": ("CD", "CG"),
    "Congolese": ("CD", "CG"),
    "Guinean": ("GN", "GQ"),
    "Dominican": ("DO", "DM"),
    "Georgian": ("GE",),
    "Ossetia": ("GE",),
}
_USUALLY: Mapping[tuple[str, ...], list[str]] = {("CD", "CG"): ["CD"], ("DO", "DM"): ["DO"], ("GN", "GQ"): ["GN"]}
_SHORTER = {"BA": "Bosnia", "CD": "", "CG": "", "HK": "", "MO": "", "PS": "", "MM": "", "TR": "", "GE": "", "JO": "", "TD": ""}
"""Babel's English names that are not what a text says, or that need care."""


@lru_cache(maxsize=64)
def _plain_names(language: str) -> Mapping[str, str]:
    """The names of territories in a language, by code; none in one that Babel does not know."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - the window is painted before a story is checked

    try:
        known = Locale.parse(language).territories
        return {code: known[code] for code in countries() if code in known}
    except (UnknownLocaleError, ValueError):
        return {}


def _names(language: str) -> dict[str, Mention]:
    """Every name that a text in ``language`` may use, with what it stands for; later ones win."""
    names: dict[str, Mention] = {}
    names |= {name: Mention((code,)) for code, name in _plain_names("en").items() if code not in _SHORTER}
    for country in countries().values():
        kinds = [(country.others, False), (country.capitals, True)]
        kinds += [(country.demonyms, False)] if language == "en" else []
        for listed, is_capital in kinds:
            for name in listed:
                names[name.removesuffix("?")] = Mention((country.code,), is_capital, name.endswith("?"))
    names |= {name: Mention(codes) for name, codes in _UNSURE.items()} if language == "en" else {}
    names |= dict.fromkeys(_NO_COUNTRY.split(";"), Mention(()))
    return names if language == "en" or language in _UNSPACED or language in _ARABIC else names | _own_names(language)


def _own_names(language: str) -> dict[str, Mention]:
    """The names in a language that is not English: countries', and the capitals' that a time zone is called after."""
    from babel import Locale  # noqa: PLC0415 - see _plain_names

    plain = _plain_names(language)
    zones = Locale.parse(language).time_zones if plain else {}
    cities = {zone.rpartition("/")[2]: facts["city"] for zone, facts in zones.items() if "city" in facts}
    names = {
        cities[key]: Mention((country.code,), is_capital=True)
        for country in countries().values()
        for capital in country.capitals
        if (key := capital.removesuffix("?").replace(" ", "_")) in cities
    }
    names |= {name: Mention((code,)) for code, name in plain.items()}
    return names | {name: Mention((code,), name in _SEATS) for code, name in _peoples(language)[1]}


_SEATS = listed(
    "北京 白宫 克里姆林宫 华盛顿 華盛頓 安卡拉 ホワイトハウス ワシントン 백악관 베이징 워싱턴"
    " واشنطن بكين أنقرة الكرملين واشنگتن پکن کرملین واشنگٹن بیجنگ"
    " Kreml Kremlin Cremlino Кремль वॉशिंगटन बीजिंग दिल्ली"
) | {"Weißen Haus", "Maison Blanche", "Maison-Blanche", "Casa Blanca", "Casa Branca", "Casa Bianca", "Белый дом", "Beyaz Saray"}
_SEATS |= {"البيت الأبيض", "کاخ سفید", "وائٹ ہاؤس"}

Pairs = tuple[tuple[str, str], ...]


@lru_cache(maxsize=64)
def _peoples(language: str) -> tuple[Pairs, Pairs]:
    """Codes with the beginnings of what a language calls the people, and codes with further names."""
    with resources.path(PEOPLES).open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        row = next((row for row in rows if row["lang"] == language), {"stems": "", "names": ""})
    stems = (pair.partition("=") for pair in row["stems"].split())
    names = (pair.partition("=") for pair in row["names"].split(";") if pair)
    return tuple((code, stem) for code, _, stem in stems), tuple((code, name) for code, _, name in names)
