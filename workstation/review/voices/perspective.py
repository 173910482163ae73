"""Whose voices a story has: its sources by country, language and kind, the countries that it names, who speaks and how much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from workstation.domain.outlet import KnownOutlet, Outlet, OutletKind
from workstation.domain.perspective import CountryCount, OutletShare, Perspective, SpeakerShare
from workstation.domain.story import SignalCard, Source, SourceKind
from workstation.review.manuscript import ComparedQuotation, Manuscript
from workstation.review.voices.countries import countries, countries_named, holds_country
from workstation.review.voices.speakers import one_name, speaker_beside

LEAST_QUOTED = 3
"""Words from which on a quotation is somebody's voice; fewer are a term or scare quotes."""


def perspective_of(manuscript: Manuscript) -> Perspective:
    """The counts of a story. A source is an outlet, however often and on however many cards it stands."""
    sources = _sources(manuscript)
    languages = Counter(source.language or "" for source in sources.values())
    kinds = Counter(source.kind for source in sources.values())
    counted = _countries(manuscript, sources)
    return Perspective(
        outlets=_outlet_shares(manuscript, sources),
        speakers=_speaker_shares(manuscript),
        countries=counted,
        languages=tuple(sorted(languages.items(), key=lambda pair: (not pair[0], -pair[1], pair[0]))),
        kinds=tuple(sorted(kinds.items(), key=lambda pair: (pair[0] is None, -pair[1], pair[0] or ""))),
        areas=_areas(counted),
        nowhere=sum(source.country is None for source in sources.values()),
    )


# --- sources -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a source."""

    name: str
    country: str | None
    language: str | None
    kind: OutletKind | None


def _sources(manuscript: Manuscript) -> dict[str, _Known]:
    """What is known of each source, by its key, in the order of the cards."""
    found: dict[str, _Known] = {}
    for _, card in manuscript.cards:
        for source in card.sources:
            if not source.outlet:
                continue
            known = _known(source, manuscript)
            before = found.get(_key(source), known)
            found[_key(source)] = _Known(
                before.name, before.country or known.country, before.language or known.language, before.kind or known.kind
            )
    return found


def _key(source: Source) -> str:
    return source.outlet.casefold()


def _known(source: Source, manuscript: Manuscript) -> _Known:
    """The editor's word on the outlet and the page's own come first, then the table of outlets."""
    item = manuscript.items.get(source.item) if source.item else None
    desk = manuscript.background.item_outlets.get(source.item or "", Outlet(name=""))
    table = _table(manuscript.background.outlets).by_name.get(_key(source), Outlet(name=""))
    country = desk.country or (item.country if item else None) or table.country
    language = (item.language if item else None) or next(iter((*desk.languages, *table.languages)), None)
    return _Known(source.outlet, country, language, desk.kind or table.kind)


class _Table:
    """A table of outlets by name, and those of the names that hold a country's. A name that two outlets bear tells nothing."""

    def __init__(self, outlets: tuple[KnownOutlet, ...]) -> None:
        self.outlets = outlets
        bearers: dict[str, list[Outlet]] = {}
        for row in outlets:
            for name in {name.casefold() for name in (row.outlet.name, row.native, *row.aliases) if name}:
                bearers.setdefault(name, []).append(row.outlet)
        self.by_name = {name: borne[0] for name, borne in bearers.items() if len(borne) == 1}
        self.telling = frozenset(name for row in outlets for name in (row.outlet.name, *row.aliases) if holds_country(name))


_TABLES: dict[int, _Table] = {}
"""By the identity of the tuple, which its table keeps alive: comparing hundreds of outlets would cost more than the review."""


def _table(outlets: tuple[KnownOutlet, ...]) -> _Table:
    table = _TABLES.get(id(outlets))
    if table is None:
        _TABLES.clear()
        table = _TABLES[id(outlets)] = _Table(outlets)
    return table


# --- countries -----------------------------------------------------------------------------------------------------


def _countries(manuscript: Manuscript, sources: Mapping[str, _Known]) -> tuple[CountryCount, ...]:
    sourced = Counter(source.country for source in sources.values() if source.country)
    texts = [passage.text for passage in manuscript.passages if passage.place.field != "insights"]
    language = next((passage.language for passage in manuscript.passages), "en")
    named = countries_named(texts, language, _publications(manuscript))
    counts = (
        CountryCount(
            code=code,
            sources=sourced[code],
            named=named.names.get(code, 0) + named.capitals.get(code, 0),
            through_capital=named.capitals.get(code, 0),
        )
        for code in {*sourced, *named.names, *named.capitals}
    )
    return tuple(sorted(counts, key=lambda count: (-count.sources, -count.named, count.code)))


def _publications(manuscript: Manuscript) -> tuple[str, ...]:
    """The names of publications in the story's reach: naming the Tehran Times does not name Iran."""
    printed = {source.outlet for _, card in manuscript.cards for source in card.sources if source.kind is SourceKind.OUTLET}
    return tuple(sorted(_table(manuscript.background.outlets).telling.union(filter(holds_country, printed))))


def _areas(counted: Iterable[CountryCount]) -> tuple[tuple[str, int, int], ...]:
    sourced: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for count in counted:
        country = countries().get(count.code)
        if country is not None:
            sourced[country.area] += count.sources
            named[country.area] += count.named
    areas = ((area, sourced[area], named[area]) for area in {*sourced, *named})
    return tuple(sorted(areas, key=lambda area: (-area[1], -area[2], area[0])))


# --- shares --------------------------------------------------------------------------------------------------------


def _outlet_shares(manuscript: Manuscript, sources: Mapping[str, _Known]) -> tuple[OutletShare, ...]:
    words = _words_by_source(manuscript)
    quotations: Counter[str] = Counter()
    quoted: Counter[str] = Counter()
    for compared in manuscript.quotations:
        key = _key_of_quotation(manuscript, compared)
        if key is not None and _is_voice(compared):
            quotations[key] += 1
            quoted[key] += _words(compared.printed)
    shares = (
        OutletShare(
            name=known.name,
            country=known.country,
            language=known.language,
            kind=known.kind,
            words=round(words[key]),
            quotations=quotations[key],
            quoted_words=quoted[key],
        )
        for key, known in sources.items()
    )
    return tuple(sorted(shares, key=lambda share: -share.words))


def _words_by_source(manuscript: Manuscript) -> dict[str, float]:
    words: dict[str, float] = dict.fromkeys((_key(s) for _, card in manuscript.cards for s in card.sources), 0.0)
    for _, card in manuscript.cards:
        keys = _keys(card)
        for key in keys:
            words[key] += card.body.words / len(keys)
    return words


def _keys(card: SignalCard) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_key(source) for source in card.sources if source.outlet))


def _key_of_quotation(manuscript: Manuscript, compared: ComparedQuotation) -> str | None:
    """Whose words a quotation is: the source that has them, else the only one of the card; None where that is not certain."""
    item = compared.attribution.item
    cards = [manuscript.story.signals[compared.place.card]] if compared.place.card is not None else manuscript.story.signals
    if item is not None:
        versions = {item.id, *manuscript.background.versions.get(item.id, ())}
        holding = [s for card in (*cards, *manuscript.story.signals) for s in card.sources if s.item in versions and s.outlet]
        if holding:
            return _key(holding[0])
    keys = _keys(cards[0]) if compared.place.card is not None else ()
    return keys[0] if len(keys) == 1 else None


def _is_voice(compared: ComparedQuotation) -> bool:
    """Whether a quotation is one of its own, and not a word in quotation marks."""
    return compared.passage.place.field in ("body", "news") and _words(compared.printed) >= LEAST_QUOTED


def _words(text: str) -> int:
    """Words; of a script without spaces two characters count as one."""
    return sum(1 if word.isascii() else max(1, sum(map(_is_unspaced, word)) // 2) for word in text.split())


def _is_unspaced(character: str) -> bool:
    return "\u3040" <= character <= "\u9fff" or "\u0e00" <= character <= "\u0e7f"


def _speaker_shares(manuscript: Manuscript) -> tuple[SpeakerShare, ...]:
    spoken = [
        (_speaker(manuscript, compared), _words(compared.printed)) for compared in manuscript.quotations if _is_voice(compared)
    ]
    names = one_name(name for name, _ in spoken if name)
    quotations: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for name, count in spoken:
        quotations[names.get(name, name)] += 1
        words[names.get(name, name)] += count
    shares = (SpeakerShare(name=name, quotations=quotations[name], words=words[name]) for name in quotations)
    return tuple(sorted(shares, key=lambda share: (not share.name, -share.words, share.name)))


def _speaker(manuscript: Manuscript, compared: ComparedQuotation) -> str:
    """Who says the words: as it was noted when they were cut, else as the sentence says, else the only source, a person."""
    noted = manuscript.quotes.get(compared.quotation.quote or "")
    if noted is not None and noted.speaker:
        return noted.speaker
    passage, outlets = compared.passage, {name.casefold() for name in manuscript.story.outlets}
    said = speaker_beside(passage.text, compared.quotation.start, compared.quotation.end, passage.language)
    if said and said.casefold() not in outlets:
        return said
    people = list(_people(manuscript, compared))
    return people[0] if len(people) == 1 else ""


def _people(manuscript: Manuscript, compared: ComparedQuotation) -> Iterator[str]:
    """The sources of the quotation's card, if all of them are people."""
    card = manuscript.story.signals[compared.place.card] if compared.place.card is not None else None
    if card is not None and all(source.kind in (SourceKind.PERSON, SourceKind.SOCIAL) for source in card.sources):
        yield from dict.fromkeys(source.name for source in card.sources)
