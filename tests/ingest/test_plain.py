import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from workstation.ingest.plain import one_line, paragraphs, without_markup


@given(st.text(max_size=200))
def test_text_is_in_one_form_without_control_characters_or_empty_lines(text):
    lines = paragraphs(text)
    assert unicodedata.is_normalized("NFC", lines)
    assert all(unicodedata.category(character) not in {"Cc", "Cs"} for character in lines.replace("\n", ""))
    assert lines == "" or all(line == line.strip() and line for line in lines.split("\n"))
    assert paragraphs(lines) == lines


def test_invisible_letters_go_and_joiners_stay():
    assert one_line("go\u00advern\ufeffment \u202eevil") == "government evil"
    assert one_line("می\u200cخواهم 👩\u200d🚀") == "می\u200cخواهم 👩\u200d🚀"


def test_a_single_no_break_space_is_kept_and_a_run_of_spaces_is_one():
    assert one_line("  dit\u00a0:   oui\u00a0 non\t1 ") == "dit\u00a0: oui non 1"


def test_markup_in_a_value_is_stripped_and_entities_are_resolved_once():
    assert without_markup("The <b>harbour</b> &amp; the <script>alert(1)</script>sea") == "The harbour & the sea"
    assert without_markup("AT&amp;amp;T") == "AT&amp;T"
    assert without_markup("5 < 6 and 7 > 3") == "5 < 6 and 7 > 3"
