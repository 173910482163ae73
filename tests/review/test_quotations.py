"""Finding what a text quotes."""

from __future__ import annotations

import pytest

from workstation.domain.body import read_html
from workstation.review.quoting.quotations import quoting_in, quoting_of


def printed(html: str) -> list[str]:
    body = read_html(html).body
    return [quotation.printed(body.text) for quotation in quoting_of(body).quotations]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “we want rain” again.", ["we want rain"]),
        ('He said "we want rain," and "now".', ["we want rain,", "now"]),
        ("Elle a dit « on attend la pluie » hier.", ["on attend la pluie"]),
        ("Elle a dit «\u00a0on attend\u202f».", ["on attend"]),
        ("Sie sagte: »Wir warten.« Dann: „Es regnet.“", ["Wir warten.", "Es regnet."]),
        ("Han sa ”vi väntar” och »nu».", ["vi väntar", "nu"]),
        ("Ona: „czekamy na deszcz” wczoraj.", ["czekamy na deszcz"]),
        ("Er: ‹Wir warten› und ›jetzt‹.", ["Wir warten", "jetzt"]),
        ("彼は「雨を待つ」と『今』言った。", ["雨を待つ", "今"]),
        ('他说“我们等雨”。她说"不等"吧。', ["我们等雨", "不等"]),
        ("قال: «ننتظر المطر» و“الآن”.", ["ننتظر المطر", "الآن"]),
        ('אמר "מחכים לגשם" במפקדת צה"ל.', ["מחכים לגשם"]),
        ("She wrote ‘rain at last’, then ‘no’.", ["rain at last", "no"]),
        ("They call it the 'grey dam' and 'the wall'.", ["grey dam", "the wall"]),
        ("‘The farmers’ wells are dry’, he said.", ["The farmers’ wells are dry"]),
        ("😀😀 “after emoji”", ["after emoji"]),
        ("A “nested ‘inner’ and „deep“ one” here.", ["nested ‘inner’ and „deep“ one"]),
        ("British ‘he said “no” to me’ style.", ["he said “no” to me"]),
        ('قال بـ"الحرف" و"الواو" معا', ["الحرف", "الواو"]),
        ('A “12" pipe” and “a "nested" one”.', ['12" pipe', 'a "nested" one']),
        ("(“in brackets”) —“after a dash”", ["in brackets", "after a dash"]),
    ],
)
def test_quotations_are_found_between_the_marks_of_many_languages(text: str, expected: list[str]) -> None:
    quoting = quoting_in(text)
    assert [quotation.printed(text) for quotation in quoting.quotations] == expected
    assert quoting.faults == ()


@pytest.mark.parametrize(
    "text",
    [
        "The farmers' and fishers' unions' rules don't apply, y'all; it's 6 o'clock.",
        "Rock 'n' roll in the '90s, 'tis said, wasn't the dogs' day; 'twas the cats'.",
        "’Tis the boys’ and girls’ job; they’ve told ’em so since the ’80s.",
        'The pipe is 5\'10" long and 12" wide; the other 6’ 2” high.',
        "Qur’an, ma’am, rock ‘n’ roll, the ‘90s and the Joneses’ and Smiths’ wells",
        "L’eau d’ici n’est pas à l’État; c’est qu’on l’aime.",
        'Dover קצין צה"ל ומנכ"ל החברה',
        "《大河》 is a book",
        "",
    ],
)
def test_apostrophes_inches_and_abbreviations_are_no_quotations(text: str) -> None:
    quoting = quoting_in(text)
    assert quoting.quotations == ()
    assert quoting.faults == ()


def test_a_quotation_over_several_paragraphs_opens_in_each_and_closes_in_the_last() -> None:
    html = "<p>She said: “The first reason.</p><p>“The second.</p><p>“The last.” Then “more”.</p>"
    assert printed(html) == ["The first reason.\n“The second.\n“The last.", "more"]


def test_british_marks_over_two_paragraphs_are_one_quotation() -> None:
    assert printed("<p>‘The first reason.</p><p>‘The farmers’ wells.’ So he said.</p>") == [
        "The first reason.\n‘The farmers’ wells."
    ]


def test_a_line_break_inside_a_paragraph_does_not_end_a_quotation() -> None:
    assert printed("<p>“One line<br>and another” end</p>") == ["One line\nand another"]


def test_a_mark_without_partner_is_told_and_hides_no_other_quotation() -> None:
    body = read_html("<p>“Never closed.</p><p>Another “closed” one.</p><p>Stray” mark, inner “open “inner” rest.</p>").body
    quoting = quoting_of(body)
    assert [quotation.printed(body.text) for quotation in quoting.quotations] == ["Never closed.", "closed", "inner"]
    assert [body.text[at : at + 6] for at in (fault.at for fault in quoting.faults)] == ["“Never", "” mark", "“open "]


def test_a_block_quote_is_one_quotation_without_its_marks_and_the_line_that_names_the_speaker() -> None:
    html = "<p>Text</p><blockquote><p>“The river “rises”.</p><p>It falls.”</p><p>— Ada Brook, engineer</p></blockquote><p>End</p>"
    assert printed(html) == ["The river “rises”.\nIt falls."]


def test_words_tied_to_a_quote_are_a_quotation_even_without_marks() -> None:
    body = read_html(
        '<p>He <mark data-quote="q1">wants rain</mark> and <mark data-quote="q2">“more, <a href="https://x.example">now</a>”</mark>.</p>'
    ).body
    found = [(quotation.printed(body.text), quotation.quote) for quotation in quoting_of(body).quotations]
    assert found == [("wants rain", "q1"), ("more, now", "q2")]


def test_a_tie_with_words_between_two_quotations_ties_both_and_not_the_words_between() -> None:
    body = read_html('<p><mark data-quote="q1">“We wait,” she said. “It rains.”</mark></p>').body
    found = [(quotation.printed(body.text), quotation.quote) for quotation in quoting_of(body).quotations]
    assert found == [("We wait,", "q1"), ("It rains.", "q1")]


def test_marks_around_nothing_are_no_quotation() -> None:
    assert quoting_in("He said “…” and “ ” and “!”").quotations == ()


def test_words_between_marks_that_do_not_fit_are_quoted_all_the_same() -> None:
    quoting = quoting_in('Mixed “marks" here, "and” there, “twice“.', "en")
    assert [quotation.printed(quoting.text) for quotation in quoting.quotations] == ["marks", "and", "twice"]
    assert [(quoting.text[fault.at], fault.mend.new) for fault in quoting.faults if fault.mend] == [
        ('"', "”"),
        ('"', "“"),
        ("“", "”"),
    ]
