"""What straight marks become while they are typed, key by key."""

from __future__ import annotations

import pytest

from workstation.domain.typography import Substitution, style_of, substitution

THIN, HARD = "\u202f", "\u00a0"


def typed(keys: str, language: str | None) -> str:
    """What stands there after ``keys`` were typed one by one."""
    text = ""
    for key in keys:
        text += key
        made = substitution(text, language)
        if made is not None:
            text = text[: len(text) - made.back] + made.text
    return text


@pytest.mark.parametrize(
    ("language", "keys", "made"),
    [
        ("en", "\"Hello\" -- it's '90s", "“Hello” — it’s ’90s"),
        ("en-US", 'He said "no"--twice...', "He said “no”—twice…"),
        ("en-GB", "a pause -- then 5--6 men", "a pause – then 5–6 men"),
        ("en", "rock 'n' roll, 'tis the dogs' 'inner' word", "rock ’n’ roll, ’tis the dogs’ ‘inner’ word"),
        ("en", 'She is 5\'10" tall; "5\'10""', "She is 5′10″ tall; “5′10″”"),
        ("en", '"in 2005" and the 1990\'s', "“in 2005” and the 1990’s"),
        ("en", '"\'Go,\' she said" ("now")', "“‘Go,’ she said” (“now”)"),
        ("en", "the class of '68, \"'12 men' fell\"", "the class of ’68, “‘12 men’ fell”"),
        ("en", '"I was--" he said', "“I was—” he said"),
        ("de", "\"Ja\", 'wie geht's', so war's -- heute", "„Ja“, ‚wie geht’s‘, so war’s – heute"),
        ("de-CH", '"Ja"', "«Ja»"),
        ("fr", 'Il dit: "l\'été"? Oui!', f"Il dit: «{THIN}l’été{THIN}»{THIN}? Oui{THIN}!"),
        ("fr", 'Il dit : " oui " ; non', f"Il dit{HARD}: «{THIN}oui{THIN}»{THIN}; non"),
        ("fr", "de 12 :30 à https://a.example/?x", "de 12:30 à https://a.example/?x"),
        ("fr-CA", '"oui"!', f"«{HARD}oui{HARD}»!"),
        ("es", "\"hola\" y 'adiós' -- dijo", "«hola» y “adiós” — dijo"),
        ("es-MX", '"hola"', "“hola”"),
        ("it", "l'uomo disse \"sì\", la 'ndrangheta, gli anni '90,", "l’uomo disse «sì», la ’ndrangheta, gli anni ’90,"),
        ("pt-BR", '"sim"', "“sim”"),
        ("pt-PT", '"sim"', "«sim»"),
        ("ru", "\"да\" -- 'нет'", "«да» — „нет“"),
        ("pl", '"tak" -- nie', "„tak” – nie"),
        ("nl", '\'s avonds zei hij "ja"', "’s avonds zei hij “ja”"),
        ("sv", '"ja" -- nej', "”ja” – nej"),
        ("da", '"ja"', "”ja”"),
        ("nb", '"ja"', "«ja»"),
        ("cs", "\"ano\" 'ne'", "„ano“ ‚ne‘"),
        ("tr", "\"evet\" İstanbul'da, 2024'te", "“evet” İstanbul’da, 2024’te"),
        ("it", 'l\'"uomo" e "l\'altro"', "l’«uomo» e «l’altro»"),
        ("ar", '"نعم" -- لا', "«نعم» – لا"),
        ("zh-Hans", '"是" -- it\'s...', '"是" -- it\'s...'),
        ("ja", "'は'...", "'は'..."),
        (None, '"x" -- y', "“x” – y"),
        ("xx-unknown", "'x'", "‘x’"),
    ],
)
def test_typing_makes_the_marks_of_the_language(language, keys, made):
    assert typed(keys, language) == made


@pytest.mark.parametrize(
    "keys", ['https://a.example/it\'s?q="x"', "me@it's", "-- ", "run --quiet", "<!-- note", "a---b", "....", "../x"]
)
def test_addresses_options_and_rules_stay_as_they_are_typed(keys):
    kept = {"-- ": "— ", "....": "…."}.get(keys, keys)
    assert typed(keys, "en") == kept


def test_a_region_that_is_not_known_takes_the_marks_of_its_language():
    assert style_of("de-Latn-AT") == style_of("de") != style_of("de_ch") == style_of("de-CH")


def test_a_character_that_stays_is_no_substitution():
    assert substitution("word", "en") is None
    assert substitution('"', "en") == Substitution(1, "“")
