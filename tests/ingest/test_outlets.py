"""The shipped table of outlets, row by row, and how an outlet is found in it."""

import unicodedata

import pytest
from babel import Locale
from babel.core import get_global

from workstation import resources
from workstation.domain.outlet import KnownOutlet, Outlet, OutletKind
from workstation.ingest.arrival import Finding
from workstation.ingest.outlets import FILE, SAID, OutletTable, known_facts, outlet_table, rows_of, said_otherwise
from workstation.ingest.places import country_code, web_address

SCRIPTS = {
    "ARABIC": "ar fa ur ps ku sd ug", "HEBREW": "he yi", "CYRILLIC": "ru uk be bg sr mk mn kk ky tg uz bs", "GREEK": "el",
    "CJK": "zh ja ko", "HIRAGANA": "ja", "KATAKANA": "ja", "KATAKANA-HIRAGANA": "ja", "HANGUL": "ko", "DEVANAGARI": "hi mr ne",
    "BENGALI": "bn", "TAMIL": "ta", "TELUGU": "te", "KANNADA": "kn", "MALAYALAM": "ml", "GUJARATI": "gu", "SINHALA": "si",
    "THAANA": "dv", "THAI": "th", "LAO": "lo", "MYANMAR": "my", "KHMER": "km", "ETHIOPIC": "am ti", "ARMENIAN": "hy",
    "GEORGIAN": "ka",
}  # fmt: skip
CONTINENTS = {
    "Africa": "NG KE ZA ET EG MA SN GH TZ CD", "Asia": "CN IN JP KR PK BD ID VN TH IR", "Europe": "DE FR GB UA RU GR PL ES IT SE",
    "North America": "US CA MX CU HT JM GT", "South America": "BR AR CL PE CO UY VE", "Oceania": "AU NZ FJ PG WS",
}  # fmt: skip
MEANT = {
    ("folha.uol.com.br", "uol.com.br"), ("piaui.folha.uol.com.br", "uol.com.br"), ("piaui.folha.uol.com.br", "folha.uol.com.br"),
    ("jc.uol.com.br", "uol.com.br"), ("jc.ne10.uol.com.br", "uol.com.br"), ("asia.nikkei.com", "nikkei.com"),
}  # fmt: skip
"""Outlets on a host below another one's domain."""


@pytest.fixture(scope="module")
def table() -> OutletTable:
    return outlet_table()


def is_language(code: str) -> bool:
    return code == "tl" or (code in Locale("en").languages and code not in get_global("language_aliases"))


def scripts_of(text: str) -> set[str]:
    return {unicodedata.name(sign).split()[0] for sign in text if sign.isalpha()}


# --- the rows ------------------------------------------------------------------------------------------------------


def test_the_world_is_in_the_table(table: OutletTable) -> None:
    countries = {row.outlet.country for row in table.rows}
    assert len(table.rows) >= 800
    for continent, wanted in CONTINENTS.items():
        assert set(wanted.split()) <= countries, continent
    assert len({language for row in table.rows for language in row.outlet.languages}) >= 60
    assert {row.outlet.kind for row in table.rows} == {*OutletKind, None}


def test_no_domain_stands_twice_and_none_lies_below_another_rows_unless_it_is_meant(table: OutletTable) -> None:
    domains = [domain for row in table.rows for domain in row.outlet.domains]
    assert len(domains) == len(set(domains))
    owner = {domain: row.outlet.name for row in table.rows for domain in row.outlet.domains}
    below = {
        (domain, above) for domain in domains for above in owner if domain.endswith(f".{above}") and owner[domain] != owner[above]
    }
    assert below == MEANT


def faults_of(row: KnownOutlet) -> list[str]:
    outlet = row.outlet
    codes = [code for code in (*outlet.languages, *row.editions.values()) if not is_language(code)]
    hosts = [host for host in outlet.domains if host != host.lower().removeprefix("www.") or not web_address(f"https://{host}/")]
    scripts = scripts_of(row.native) - {"LATIN", "MODIFIER", "FULLWIDTH"}
    foreign = [script for script in scripts if not set(SCRIPTS[script].split()) & set(outlet.languages)]
    faults = {
        "its name is not in Latin letters": not outlet.name.strip() or scripts_of(outlet.name) - {"LATIN", "MODIFIER"},
        "its country is no ISO 3166 code": outlet.country is not None and country_code(outlet.country) != outlet.country,
        "it has no language, or one that is no ISO 639 code": codes or not outlet.languages,
        "an edition is no host of its own": set(row.editions) - set(outlet.domains),
        "a host is none": hosts,
        "its source is no address": web_address(row.source) != row.source,
        "its native name is not written as its languages are": foreign,
        "it repeats a name": len({outlet.name, row.native, *row.aliases}) != 2 + len(row.aliases),
    }
    return [f"{outlet.name}: {words}" for words, there in faults.items() if there]


def test_every_row_is_sound_and_has_its_source(table: OutletTable) -> None:
    assert [fault for row in table.rows for fault in faults_of(row)] == []


def test_the_file_says_what_was_checked_and_what_was_not() -> None:
    text = resources.path(FILE).read_text(encoding="utf-8")
    assert '"not yet" = written down from general knowledge' in text
    assert all(row.checked == "" or row.checked[:2] == "20" for row in outlet_table().rows)


def test_a_row_that_cannot_be_read_is_named() -> None:
    head = "name,native,aliases,domains,country,languages,kind,source,checked"
    with pytest.raises(ValueError, match="Harbour Gazette"):
        list(rows_of([head, "Harbour Gazette,,,harbour-gazette.example,NZ,en,royal,https://harbour-gazette.example/,not yet"]))


# --- finding -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def invented() -> OutletTable:
    lines = [
        "# words for the reader",
        "name,native,aliases,domains,country,languages,kind,source,checked",
        "The Tide,,Tide Daily,tide.example ar.tide.example:ar tide.co.example,NZ,en ar,private,https://tide.example/,2026-03-02",
        "Tide Sport,,,sport.tide.example,NZ,en,private,https://sport.tide.example/,not yet",
        "Lantern,Фонарь,,lantern.example,BG,bg,,https://lantern.example/,not yet",
        "The Nation,,,nation-a.example,PK,en,private,https://nation-a.example/,not yet",
        "The Nation,,,nation-b.example,TH,en,private,https://nation-b.example/,not yet",
    ]
    return OutletTable(rows_of(lines))


@pytest.mark.parametrize(
    ("url", "name", "language"),
    [
        ("https://www.tide.example/a", "The Tide", None),
        ("https://AR.tide.example./a", "The Tide", "ar"),
        ("http://news.world.tide.co.example:8080/", "The Tide", None),
        ("https://live.sport.tide.example/", "Tide Sport", None),
        ("https://ar.m.tide.example/", "The Tide", None),
        ("https://lantern.example", "Lantern", None),
    ],
)
def test_the_longest_domain_wins_and_an_editions_host_tells_its_language(invented, url, name, language) -> None:
    match = invented.of_address(url)
    assert (match.outlet.name, match.language) == (name, language)


@pytest.mark.parametrize(
    "url", ["https://riptide.example/", "https://example/", "https://tide.example.net/", "mailto:a@tide.example", None]
)
def test_what_only_looks_alike_is_not_found(invented, url) -> None:
    assert invented.of_address(url) is None


def test_names_are_found_in_every_spelling_and_ambiguous_ones_by_their_country(invented) -> None:
    assert invented.of_name("TIDE – daily").outlet.name == "The Tide"
    assert invented.of_name("фонарь").outlet.country == "BG"
    assert invented.of_name("The Nation") is None
    assert invented.of_name("Nation", country="TH").outlet.domains == ("nation-b.example",)
    assert invented.of_name("") is None


def test_a_name_says_nothing_about_an_address_that_is_not_in_the_table(invented) -> None:
    assert invented.outlet("https://elsewhere.example/1", "The Tide") is None
    assert invented.outlet(None, "The Tide") == Outlet(
        name="The Tide", domains=("tide.example", "ar.tide.example", "tide.co.example"), country="NZ", languages=("en", "ar"),
        kind=OutletKind.PRIVATE,
    )  # fmt: skip


def test_the_tables_word_is_a_finding_and_what_the_page_said_is_kept() -> None:
    facts = known_facts("https://www.dawn.com/news/1")
    assert facts == {"outlet": Finding("Dawn", "outlet table"), "country": Finding("PK", "outlet table")}
    assert known_facts("https://harbour-gazette.example/1") == {}
    assert said_otherwise(Finding("DAWN.COM", "open graph"), facts["outlet"]) == {SAID: "DAWN.COM (open graph)"}
    assert said_otherwise(Finding("dawn", "open graph"), facts["outlet"]) == {}
