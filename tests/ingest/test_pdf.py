from datetime import UTC, datetime

import pytest

from workstation.errors import ReadError
from workstation.ingest.reading import read

from .made_files import pdf

CAPTURED = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)


def item(data, name="report.pdf"):
    return read(data, captured=CAPTURED, name=name).item


def column(lines, *, x=50.0, top=500.0, size=10.0):
    return [(x, top - 12 * number, size, line) for number, line in enumerate(lines)]


def test_lines_become_paragraphs_under_the_heading_and_the_properties_are_read():
    first = ["The lock at Orrin opened on Thursday after nine years", "of repairs, and barges began to move before sunrise."]
    second = ["   Upstream the mood was calmer: the farmers asked who", "would pay for the ice."]
    shown = [(50, 540, 18, "A lock opens"), *column(first), *column(second, top=470)]
    found = item(
        pdf(
            [shown], info={"Title": "Microsoft Word - lock.doc", "Author": "Mara Lind", "CreationDate": "D:20260305100000+01'00'"}
        )
    )
    assert found.text.split("\n") == [
        "The lock at Orrin opened on Thursday after nine years of repairs, and barges began to move before sunrise.",
        "Upstream the mood was calmer: the farmers asked who would pay for the ice.",
    ]
    assert (found.title, found.author, found.published) == ("A lock opens", "Mara Lind", "2026-03-05T10:00:00+01:00")
    assert (found.media_type, found.language) == ("application/pdf", "en")


def test_a_word_that_a_lines_end_broke_is_whole_and_a_hyphen_of_the_writer_stays():
    lines = [
        "The government of the town signed the long-term agree-",
        "ment on Friday, the gov-",
        "ernment said, and the long-",
        "term plan is known to the well-",
        "informed clerk of the Anglo-",
        "Saxon part of the river.",
    ]
    text = item(pdf([column(lines)])).text
    assert "agreement on Friday" in text
    assert "the government said" in text
    assert "the long-term plan" in text
    assert "well-informed clerk" in text
    assert "Anglo-Saxon part" in text


def test_running_heads_and_page_numbers_are_left_out_and_a_sentence_goes_on_over_the_page():
    def sheet(number, lines):
        return [(50, 570, 8, f"The River Council · Report {number}"), *column(lines), (200, 20, 8, str(number))]

    words = [
        ["The lock at Orrin opened on Thursday after nine years of", "repairs, and a queue of barges began to"],
        ["move before sunrise while the council looked on in silence", "and the town slept. Nobody paid any toll that morning."],
        ["“We waited for two harvests”, said the miller Ines Vale, who", "had come down to see it."],
    ]
    text = item(pdf([sheet(number, lines) for number, lines in enumerate(words, start=7)])).text
    assert "River Council" not in text
    assert "a queue of barges began to move before sunrise" in text
    assert not any(line.strip().isdigit() for line in text.split("\n"))


def test_columns_are_read_one_after_the_other():
    left = ["The lock at Orrin opened on", "Thursday after nine years."]
    right = ["Upstream the mood was calm", "and the farmers slept well."]
    text = item(pdf([[*column(left, x=40), *column(right, x=230)]])).text
    assert text.replace("\n", " ") == " ".join([*left, *right])


def test_arabic_and_japanese_words_are_kept_in_the_order_in_which_they_are_read():
    arabic = "افتتح الجسر يوم الخميس (وهذا جيد) بعد 25 سنة"
    japanese = ["水門は木曜日に開かれ、九年にわたる修理ののち、", "六十一隻のはしけが日の出前に動き始めた。"]
    found = item(pdf([[(50.0, 500.0, 10.0, _as_printed(arabic)), *column(japanese, top=400)]]))
    assert found.text.split("\n") == [arabic, "".join(japanese)]


def _as_printed(text):
    """The letters from the left edge to the right: numbers run forward, and brackets are turned."""
    words = [word if word.isdigit() else word[::-1] for word in text.split(" ")]
    return " ".join(reversed(words)).translate(str.maketrans("()", ")("))


def test_a_pdf_of_pictures_is_kept_with_its_name_and_says_that_it_has_no_text():
    found = item(pdf([[]], picture=True), "minutes of March.pdf")
    assert (found.text, found.words, found.title) == ("", 0, "minutes of March")
    assert found.origins["text"].startswith("no text: ")


@pytest.mark.parametrize("cut", [20, 400, -300])
def test_a_pdf_that_is_cut_off_is_an_item_or_says_so(cut):
    whole = pdf([column(["The lock at Orrin opened on Thursday after nine years of repairs."])])
    try:
        assert item(whole[:cut]).title
    except ReadError as error:
        assert "damaged" in error.detail


def test_a_locked_pdf_says_that_it_needs_a_password():
    whole = pdf([column(["Secret words of the council that nobody may read at all."])])
    lock = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<" + b"11" * 32 + b">/U<" + b"22" * 32 + b">>>/ID[<00><00>]"
    locked = whole.replace(b"trailer<<", b"trailer<<" + lock)
    with pytest.raises(ReadError, match="password"):
        item(locked)
