"""Plain text that is pasted, as paragraphs, lists and block quotes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.body import write_html
from workstation.domain.plain_text import read_plain, read_words

MAIL = """\
Dear desk,

the harbour board met on Tuesday and decided, against the advice of its
own pilots, to keep the northern gate shut until the end of May. Nobody
voted against it.

Regards,
Ada

> The gate squeaks, and it has done so since the winter before last, as
> everybody on the quay will tell you.
>
> - oil
> - grease
"""


def plain(text: str) -> str:
    return write_html(read_plain(text)).replace("\n", "")


def test_a_wrapped_mail_becomes_paragraphs_a_quotation_and_its_list():
    wanted = (
        "<p>Dear desk,</p><p>the harbour board met on Tuesday and decided, against the advice of its own pilots, to keep the "
        "northern gate shut until the end of May. Nobody voted against it.</p><p>Regards,<br>Ada</p><blockquote>"
        "<p>The gate squeaks, and it has done so since the winter before last, as "
        "everybody on the quay will tell you.</p><ul><li>oil</li><li>grease</li></ul></blockquote>"
    )
    assert plain(MAIL) == wanted
    assert plain(MAIL.replace("\n", "\r\n")) == wanted


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("", ""),
        (" \n\n ", ""),
        ("one", "<p>one</p>"),
        ("one\ntwo", "<p>one</p><p>two</p>"),
        ("one\r\n\r\ntwo\rthree", "<p>one</p><p>two<br>three</p>"),
        ("- one\n- two", "<ul><li>one</li><li>two</li></ul>"),
        ("* one\n\n* two\n\nend", "<ul><li>one</li><li>two</li></ul><p>end</p>"),
        ("•\tone\n•\ttwo", "<ul><li>one</li><li>two</li></ul>"),
        ("1. one\n2. two\n3) three", "<ol><li>one</li><li>two</li><li>three</li></ol>"),
        ("- only one", "<p>- only one</p>"),
        ("1. only one\nend", "<p>1. only one</p><p>end</p>"),
        ("3. May\n4. June", "<p>3. May</p><p>4. June</p>"),
        ("– Bonjour.\n– Bonsoir.", "<p>– Bonjour.</p><p>– Bonsoir.</p>"),
        ("- one\n  goes on\n- two", "<ul><li>one goes on</li><li>two</li></ul>"),
        ("* * *\n* * *", "<p>* * *</p><p>* * *</p>"),
        ("before\n- one\n- two\nafter", "<p>before</p><ul><li>one</li><li>two</li></ul><p>after</p>"),
        ("> said\nnot said", "<blockquote><p>said</p></blockquote><p>not said</p>"),
        (">> twice\n>>> thrice", "<blockquote><p>twice</p><p>thrice</p></blockquote>"),
        ("one\vtwo\u2028three\u2029four", "<p>one<br>two<br>three</p><p>four</p>"),
        ("co\u00adop\u200b \ufeffx\u00a0y\u202e", "<p>coop x\u00a0y</p>"),
        ("the\u00a0river is 5\u00a0km", "<p>the river is 5\u00a0km</p>"),
        ("e\u0301te\u0301", "<p>été</p>"),
        ("vil\u00ad\nlage", "<p>village</p>"),
        ("<b>a</b> & b", "<p>&lt;b&gt;a&lt;/b&gt; &amp; b</p>"),
        ("السطر الأول\nالسطر الثاني", "<p>السطر الأول</p><p>السطر الثاني</p>"),
    ],
)
def test_pieces_of_text(text, body):
    assert plain(text) == body


def test_headlines_of_one_length_are_not_joined():
    headlines = [f"The board of harbour number {number} keeps its northern gate shut {number}" for number in range(6)]
    assert len(read_plain("\n".join(headlines)).blocks) == 6


def test_sentences_of_one_length_are_not_joined():
    sentences = ["the gate of the northern quay has been shut since last winter was over."] * 6
    assert len(read_plain("\n".join(sentences)).blocks) == 6


def test_paragraphs_longer_than_a_wrapped_line_are_not_joined():
    paragraph = "the gate of the northern quay has been shut " * 4
    assert len(read_plain("\n".join([paragraph] * 5)).blocks) == 5


def test_the_wrapped_lines_of_a_pdf_are_joined_and_keep_their_hyphens():
    text = (
        "The board of the harbour has kept its northern gate shut since the win-\n"
        "ter began, although the pilots of the south-east quay and of the north-\n"
        "west quay have asked it twice to open the gate before the spring tides\n"
        "begin to rise again.\nNothing came of it."
    )
    assert [block.text for block in read_plain(text).blocks] == [
        "The board of the harbour has kept its northern gate shut since the win-ter began, although the pilots of the south-east "
        "quay and of the north-west quay have asked it twice to open the gate before the spring tides begin to rise again.",
        "Nothing came of it.",
    ]


def test_pasting_plain_makes_no_list_and_no_quotation_but_joins_wrapped_lines():
    assert write_html(read_words("- one\n- two\n> three")) == "<p>- one</p>\n<p>- two</p>\n<p>&gt; three</p>"
    assert read_words(MAIL.partition(">")[0]).blocks[1].text.endswith("Nobody voted against it.")


@given(st.text(st.sampled_from("ab. -*>1\n\t\r\v\u00a0\u00ad水א"), max_size=60))
def test_no_letter_is_lost_or_moved(text):
    letters = [letter for letter in text if letter.isalpha()]
    assert [letter for letter in read_plain(text).text if letter.isalpha()] == letters
    assert [letter for letter in read_words(text).text if letter.isalpha()] == letters
