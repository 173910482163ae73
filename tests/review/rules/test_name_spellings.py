"""A name spelt in two ways is found, and like names of different people are left alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from workstation.domain.mending import mended
from workstation.domain.problem import Problem, Severity
from workstation.domain.story import LeadImage, Source, SourceKind, Story
from workstation.review.background import Background
from workstation.review.manuscript import manuscript_of
from workstation.review.rules.name_spellings import name_spellings

Make = Callable[..., Any]


def found(story: Story, items: dict[str, Any] | None = None) -> list[Problem]:
    return list(name_spellings(manuscript_of(story, items or {}, Background())))


IN_THE_STORY = [
    ("President Volodymyr Zelenskyy spoke on Monday.", "Later Zelensky left for Paris."),
    ("President Volodymyr Zelenskyy spoke on Monday.", "Later Zelenskiy left for Paris."),
    ("Pedro Sánchez spoke.", "The vote went against Sanchez."),
    ("Recep Tayyip Erdoğan spoke.", "The vote went against Erdogan, who left."),
    ("The train to Kyiv was late.", "The train from Kiev was not."),
    ("Shells fell on Kharkiv.", "The roads to Kharkov were shut."),
    ("Mohammed bin Salman spoke.", "The envoy of Muhammad bin Salman left."),
    ("Benjamin Netanyahu spoke.", "His rivals said Netanyhau had left."),
    ("Analyst Mosharraf Zaidi was calm.", "The paper asked Musharraf Zaidi."),
    ("Fighters of al-Shabaab came.", "The army said that al-Shabab left."),
    ("Angela Meyer signed.", "The court asked Angela Meier."),
    ("Ali Khamenei spoke.", "Then Ayatollah Ali Khameini left."),
    ("The fight with Hezbollah went on.", "The flag of Hizbollah fell."),
    ("The fight with Hezbollah went on.", "The flag of Hizbullah fell."),
    ("The mayor of São Paulo spoke.", "A bus in Sao Paulo burned."),
    ("The mayor, Jürgen Müller, spoke.", "The council thanked Mueller."),
    ("The president, Bola Tinubu, spoke.", "The court thanked Bola Tinibu."),
    ("The president, Bola Tinubu, spoke.", "The court thanked Tinnubu."),
    ("Muammar Gaddafi fell in 2011.", "The sons of Qaddafi met."),
    ("Nikol Pashinyan spoke.", "The party of Nikol Pashinian left."),
    ("Ships waited off Mariupol.", "Trucks waited off Mariopol."),
    ("The war in Darfur and Kordofan went on.", "Camps in Kordufan are full."),
    ("Shehbaz Sharif spoke.", "The party of Shahbaz Sharif left."),
    ("The army of Abdel Fattah al-Burhan moved.", "The rivals of Abdel Fatah al-Burhan did not."),
    ("Mahmoud Abbas spoke.", "The office of Mahmud Abbas denied it."),
    ("Luiz Inácio Lula da Silva spoke.", "Luiz Inacio Lula da Silva left."),
    ("Nicolás Maduro spoke.", "The guards of Nicolas Maduro left."),
    ("Kyriakos Mitsotakis spoke.", "The party of Kyriakos Mitsotakkis won."),
    ("Viktor Orbán spoke.", "The party of Orban lost."),
    ("Andrej Babiš spoke.", "The party of Babis lost."),
    ("Emmanuel Macron spoke.", "The party of Emmanuel Marcon lost."),
    ("The Houthis fired.", "The Huthis fired again."),
    ("Prime Minister Narendra Modi spoke.", "The party of Narenda Modi lost."),
    ("A camp near Khan Younis burned.", "The road to Khan Yunis is shut."),
    ("The town of Zaporizhzhia lost its power.", "The power in Zaporizhzhya came back."),
    ("Trucks left Teheran at dawn.", "The road from Tehran is long."),
    ("Carlos Álvarez spoke.", "The judge asked Alvarez twice."),
    ("Thorbjørn Jagland spoke.", "The council thanked Thorbjorn Jagland."),
    ("The analyst Cyril Ramaphosa-Dube spoke.", "The desk asked Cyril Ramaposa-Dube."),
    ("Kassym-Jomart Tokayev spoke.", "The office of Tokaev denied it."),
    ("Sergei Lavrov spoke.", "The planes of Sergey Lavrov left."),
    ("The party of Ibrahim Traoré met.", "The guards of Ibrahim Traore left."),
]


@pytest.mark.parametrize(("one", "other"), IN_THE_STORY)
def test_two_spellings_of_one_name_in_a_story_are_told_once(story: Make, card: Make, one: str, other: str) -> None:
    whole = story(card(f"<p>{one}</p>", headline="One"), card(f"<p>{other}</p>", headline="Two"))
    (problem,) = found(whole)
    assert (problem.rule, problem.severity) == ("name-spelling", Severity.WARNING)
    text = whole.signals[problem.place.card or 0].body.text
    assert text[problem.place.at : problem.place.until] == problem.excerpt


AGAINST_THE_SOURCES = [
    ("The rivals of Netanyhau left.", "Benjamin Netanyahu spoke to reporters.", "Netanyahu"),
    ("The rivals of Zelensky left.", "Volodymyr Zelenskyy spoke to reporters.", "Zelenskyy"),
    ("The drones of Mohammad Surour fell.", "Mohammed Hussein Surour led the drones.", "Mohammed"),
    ("The flag of Hassan Nasralla fell.", "The followers of Hassan Nasrallah met.", "Nasrallah"),
    ("The analyst Musharraf Zaidi was calm.", "“It is calm,” Mosharraf Zaidi said.", "Mosharraf"),
    ("The party of Pedro Sanchez lost.", "On Monday Pedro Sánchez lost a vote.", "Sánchez"),
    ("A minister, Tovald Ren, refused.", "The chair of the commission, Tovald Renn, refused.", "Renn"),
    ("The road to Khan Yunis is shut.", "The army shut the road to Khan Younis.", "Younis"),
    ("Deputies in Karamond see a trick.", "The government of Karamund said so. Karamund has a shore.", "Karamund"),
    ("The ambassador, Najwa al-Badrany, left.", "The mediators are led by Najwa al-Badrani.", "Badrani"),
]


@pytest.mark.parametrize(("html", "source", "wanted"), AGAINST_THE_SOURCES)
def test_a_spelling_that_no_source_has_is_told_with_theirs(
    story: Make, card: Make, item: Make, html: str, source: str, wanted: str
) -> None:
    one = item("one", source)
    whole = story(card(f"<p>{html}</p>", one))
    (problem,) = found(whole, {"one": one})
    assert problem.fix and problem.fix.new == wanted
    assert found(mended(whole, problem.place, problem.fix), {"one": one}) == []


APART = [
    ("Iran struck Iraq.", "Iranian officials met Iraqis, and an Iraqi met Iranians."),
    ("Niger closed its border with Nigeria.", "Nigerien and Nigerian traders waited."),
    ("Austria and Australia signed.", "Austrians and Australians danced."),
    ("Slovakia beat Slovenia.", "Slovaks and Slovenes cheered, Slovenian fans sang."),
    ("Vladimir Putin spoke.", "Putin’s spokesman left, Putinism did not."),
    ("Joe Biden spoke.", "The Bidens left."),
    ("The town was a Perolist stronghold.", "One fortress of Perolism fell, a Perolista said."),
    ("Boris Johnson spoke.", "The rivals of Mike Johnston left."),
    ("Mariam Diallo spoke.", "The office of Miriam Diaz denied it."),
    ("Mohammed bin Salman spoke.", "The guards of Mohamed bin Zayed left."),
    ("Kim Jong Un spoke.", "His father, Kim Jong Il, ruled before."),
    ("In March the rain came.", "The widow of Rodney Marsh spoke."),
    ("Sunni deputies met on Sunday.", "Shiite deputies met too."),
    ("Georgia won.", "Georgian fans, Georgians all, met George."),
    ("Mexico and the Universidad de México signed.", "The rector left."),
    ("The court sat.", "Count Luis Alba left the Court."),
    ("Israel waited.", "Israeli and Israelis, Israel’s own words."),
    ("Maria Rossi spoke.", "The brother of Mario Rossi left."),
    ("Pedro Sánchez spoke.", "The sister of Maria Sanchez left."),
    ("NATO met.", "The Nato-Center opened in Natal."),
    ("Donetsk was quiet.", "The river Donets was high."),
    ("O’Brien spoke.", "The brother of O'Brien left."),
]


@pytest.mark.parametrize(("one", "other"), APART)
def test_forms_of_a_name_and_different_names_are_left_alone(story: Make, card: Make, one: str, other: str) -> None:
    assert found(story(card(f"<p>{one}</p>", headline="One"), card(f"<p>{other}</p>", headline="Two"))) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Der Vater lobte die Väter von Land und Länder. Karamunds Hafen und die Häfen der Vessaner."),
        ("ru", "Президент Зеленский приехал. Делегация Зеленского встретила Путина, а Путин молчал о Москве и Москвы."),
        ("tr", "Başkan Erdoğan geldi. Erdoğan’ın sözü Erdoğana kaldı; Ankara, Ankarada ve Ankaradan."),
        ("pl", "Prezydent Nowak przyjechał do Warszawy. Warszawa czekała na Nowaka, z Nowakiem był Nowakowski."),
    ],
)
def test_the_cases_of_a_name_are_left_alone(story: Make, card: Make, language: str, text: str) -> None:
    assert found(story(card(f"<p>{text}</p>"), language=language)) == []


def test_the_fix_writes_the_spelling_that_stands_more_often(story: Make, card: Make) -> None:
    whole = story(card("<p>Benjamin Netanyahu spoke. His rivals said Netanyhau’s guards kept Netanyahu waiting.</p>"))
    (problem,) = found(whole)
    assert problem.fix
    better = mended(whole, problem.place, problem.fix)
    assert "Netanyahu’s guards" in better.signals[0].body.text
    assert found(better) == []


def test_without_a_majority_or_a_source_there_is_no_fix(story: Make, card: Make) -> None:
    (problem,) = found(story(card("<p>Volodymyr Zelenskyy spoke. Guards kept Zelensky waiting.</p>")))
    assert problem.fix is None
    assert "“Zelenskyy”" in problem.message


def test_a_quotation_is_never_the_place_to_mend(story: Make, card: Make, item: Make) -> None:
    source = item("one", "A guard said: “I saw Zelensky leave.” The president spoke.")
    whole = story(card("<p>Volodymyr Zelenskyy spoke. “I saw Zelensky leave,” a guard said.</p>", source))
    (problem,) = found(whole, {"one": source})
    assert problem.excerpt == "Zelenskyy"
    assert found(story(card("<p>“I saw Zelenskyy,” one said. “I saw Zelensky leave,” a guard said.</p>"))) == []


def test_headline_caption_and_insights_line_are_read_too(story: Make, card: Make) -> None:
    body = card("<p>The rivals of Benjamin Netanyahu kept Netanyahu waiting.</p>")
    image = LeadImage(file="a.jpg", alt="A man", caption="Benjamin Netanyhau waits", credit="Ada Brook")
    for changes in ({"headline": "Rivals keep Netanyhau waiting"}, {"lead_image": image}):
        assert [problem.excerpt for problem in found(replace(story(body), **changes))] == ["Netanyhau"]


def test_a_person_among_the_sources_is_read_too(story: Make, card: Make) -> None:
    body = card("<p>The roads are shut, Mosharraf Zaidi said. “It is calm,” Mosharraf Zaidi said.</p>")
    person = Source(name="Musharraf Zaidi", kind=SourceKind.PERSON, of="Harbour Post")
    whole = story(replace(body, sources=(person,)))
    (problem,) = found(whole)
    assert str(problem.place) == "signals[0].sources[0].name"
    assert problem.fix and found(mended(whole, problem.place, problem.fix)) == []


def test_an_outlet_s_own_name_is_no_name_of_the_story(story: Make, card: Make, item: Make) -> None:
    source = item("one", "Trams stood still.", "Le Quotidien de Bogotá")
    assert found(story(card("<p>Trams in Bogota stood still, Le Quotidien de Bogotá reported.</p>", source))) == []


@pytest.mark.parametrize(
    ("html", "source"),
    [
        ("The World Health Organization spoke.", "The World Health Organisation spoke."),
        ("Defense Minister Ode spoke.", "Defence Minister Ode spoke."),
        ("The Harbor Center opened.", "The Harbour Centre opened."),
        ("The World Food Program spoke.", "The World Food Programme spoke."),
        ("The Labor Department spoke.", "The Labour Department spoke."),
        ("Nicolás Maduro spoke.", "On Monday Nicolas Maduro spoke."),
    ],
)
def test_british_words_in_a_source_and_accents_that_it_leaves_out_are_no_other_spelling(
    story: Make, card: Make, item: Make, html: str, source: str
) -> None:
    one = item("one", source)
    assert found(story(card(f"<p>{html}</p>", one)), {"one": one}) == []


def test_a_source_in_another_language_may_have_another_name(story: Make, card: Make, item: Make) -> None:
    source = replace(item("one", "Le président Zelinsky est venu à Jérusalém."), language="fr")
    assert found(story(card("<p>The guards of Zelensky left for Jerusalem.</p>", source)), {"one": source}) == []


def test_clean_stories_have_no_alarm(clean: Any) -> None:
    assert found(clean.story, dict(clean.items)) == []
