from __future__ import annotations

import pytest

from workstation.review.voices.countries import countries, countries_named

Found = dict[str, int]


def names(text: str, language: str = "en", outlets: tuple[str, ...] = ()) -> Found:
    return dict(countries_named([text], language, outlets).names)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Iran and Pakistan traded strikes; Iranian forces hit Iraq's north.", {"IR": 2, "PK": 1, "IQ": 1}),
        ("The US, U.S. officials and the UK.", {"US": 2, "GB": 1}),
        ("THE IRANIAN ARMY IN IRAN", {"IR": 2}),
        ("Saudi Arabia and the Saudis met Israelis and Ivorians.", {"SA": 2, "IL": 1, "CI": 1}),
        ("Niger is not Nigeria; Nigerien troops, Nigerian traders.", {"NE": 2, "NG": 2}),
        ("Northern Ireland and Ireland.", {"GB": 1, "IE": 1}),
        ("South Sudan and Sudan; Sudanese.", {"SS": 1, "SD": 2}),
        ("Papua New Guinea, Guinea-Bissau, Equatorial Guinea and Guinea.", {"PG": 1, "GW": 1, "GQ": 1, "GN": 1}),
        ("South Korea spoke; Korea agreed, the Korean envoy said.", {"KR": 3}),
        ("North and South: Korea is divided.", {}),
        ("North Korea and South Korea: the Korean question.", {"KP": 1, "KR": 1}),
        ("The Democratic Republic of the Congo; Congolese rebels.", {"CD": 2}),
        ("The Republic of the Congo; Congo signed.", {"CG": 2}),
        ("Congo has a new mine.", {"CD": 1}),
        ("Guinea pigs like New Guinea and the Gulf of Guinea.", {}),
        ("New Mexico, New Jersey, the Gulf of Mexico and the Indian Ocean.", {}),
        ("Latin American leaders, the Americas.", {}),
        ("Michael Jordan met Jim Jordan and Jordan Peele.", {}),
        ("In Jordan, the king spoke; Jordanians cheered.", {"JO": 2}),
        ("Chad Brown flew to Chad.", {"TD": 1}),
        ("Turkey farms in Ohio closed.", {}),
        ("Wild turkey is no country.", {}),
        ("Turkey said so; Turks agreed.", {"TR": 2}),
        ("Voters in Georgia and Arizona.", {}),
        ("Georgia and Armenia opened a road.", {"GE": 1, "AM": 1}),
        ("She lives in Paris, Texas, and in Lebanon, Pennsylvania.", {}),
        ("She spoke in French, then the French minister came.", {"FR": 1}),
        ("A Spanish-language station.", {}),
        ("The polish of the china, in a dane's cuban heels.", {}),
        ("Côte d’Ivoire and the Ivory Coast", {"CI": 2}),
        ("Jordan Closes Its Border With Syria", {"JO": 1, "SY": 1}),
        ("The Prince of Wales opened a school.", {}),
        ("", {}),
    ],
)
def test_an_english_text_names_the_countries_that_it_means(text: str, named: Found) -> None:
    assert names(text) == named


@pytest.mark.parametrize(
    ("language", "text", "named"),
    [
        ("de", "Frankreich, die Vereinigten Staaten; Irans Hof, iranisch, US-amerikanisch", {"FR": 1, "US": 2, "IR": 2}),
        ("fr", "Les Iraniens, l’Iran et les autorités iraniennes; l’Allemagne", {"IR": 3, "DE": 1}),
        ("es", "El Reino Unido y España; la marina iraní, Irán, EE. UU.", {"GB": 1, "ES": 1, "IR": 2, "US": 1}),
        ("ru", "Россия и Ирана, иранские власти; Южной Кореи, Саудовской Аравии", {"RU": 1, "IR": 2, "KR": 1, "SA": 1}),
        ("tr", "İran'ın sınırı ve Türkiye", {"IR": 1, "TR": 1}),
        ("zh", "伊朗和巴基斯坦，发展中国家，印度尼西亚，印度，南苏丹", {"IR": 1, "PK": 1, "ID": 1, "IN": 1, "SS": 1}),
        ("ja", "イランと米国、韓国、北朝鮮", {"IR": 1, "US": 1, "KR": 1, "KP": 1}),
        ("ko", "이란은 한국의 배를 놓아준다. 평화이란 말", {"IR": 1, "KR": 1}),
        ("ar", "باكستان تشن ضربات داخل إيران، والإيرانية بالعراق", {"PK": 1, "IR": 2, "IQ": 1}),
        ("fa", "ایران و پاکستان", {"IR": 1, "PK": 1}),
        ("ur", "ایران اور پاکستان میں امریکہ", {"IR": 1, "PK": 1, "US": 1}),
        ("hi", "ईरान और पाकिस्तान में", {"IR": 1, "PK": 1}),
    ],
)
def test_other_languages_name_countries_too(language: str, text: str, named: Found) -> None:
    assert names(text, language) == named


@pytest.mark.parametrize(
    ("text", "code"), [("Tehran said no.", "IR"), ("The Kremlin denied it.", "RU"), ("Washington waits.", "US")]
)
def test_a_capital_that_stands_for_its_country_is_counted_by_itself(text: str, code: str) -> None:
    found = countries_named([text])
    assert dict(found.names) == {}
    assert dict(found.capitals) == {code: 1}


@pytest.mark.parametrize("text", ["George Washington slept here.", "Denzel Washington spoke.", "Washington state burns."])
def test_a_person_or_a_state_is_no_capital(text: str) -> None:
    assert not countries_named([text]).capitals


def test_the_name_of_an_outlet_names_no_country() -> None:
    outlets = ("The Tidewater Times of Israel", "Iran")
    assert names("The Tidewater Times of Israel reported from Israel and Iran.", outlets=outlets) == {"IL": 1, "IR": 1}


def test_an_unsure_name_is_settled_by_the_other_texts_of_the_story() -> None:
    assert dict(countries_named(["Korea tests a missile", "Pyongyang was silent."]).names) == {"KP": 1}


def test_a_language_that_nobody_knows_is_read_for_english_names() -> None:
    assert names("Kenya", "tlh") == {"KE": 1}


def test_every_country_has_a_place_on_the_map_and_a_part_of_the_world() -> None:
    assert len(countries()) >= 195
    for country in countries().values():
        assert -60 < country.latitude < 80
        assert -180 <= country.longitude <= 180
