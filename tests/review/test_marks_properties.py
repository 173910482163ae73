"""What holds for the quotation marks of any text whatever."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workstation.domain.body import read_html
from workstation.review.quoting.quotations import Quoting, quoting_in, quoting_of

STYLES = {
    "en": [("“", "”"), ('"', '"')],
    "en-GB": [("‘", "’"), ("“", "”")],
    "de": [("„", "“"), ("»", "«")],
    "fr": [("« ", " »"), ("«\u202f", "\u202f»"), ("“", "”")],
    "es": [("«", "»"), ("“", "”")],
    "sv": [("”", "”"), ("»", "»")],
    "pl": [("„", "”")],
    "ru": [("«", "»"), ("„", "“")],
    "zh": [("“", "”"), ("「", "」"), ("『", "』")],
    "ja": [("「", "」")],
    "ar": [("«", "»"), ("“", "”")],
    "he": [('"', '"'), ("”", "”")],
    "hi": [("“", "”")],
}
WORDS = {
    "zh": ["河水", "大坝", "我们"],
    "ja": ["雨", "川", "村"],
    "ar": ["النهر", "السد"],
    "he": ["נהר", "סכר"],
    "hi": ["नदी", "बाँध"],
}
LATIN = ["river", "dam", "valley", "rain", "wall", "lake", "mill"]
FEW = 4
MARKS = "\"'“”„‟‘’‚‛«»‹›「」『』｢｣〝〞〟＂❝❞"

Made = tuple[str, str, list[str], list[tuple[int, int]]]


@st.composite
def quoting_texts(draw: st.DrawFn) -> Made:
    """A language, a text with pairs of one of its styles, the words between them, and where the marks of each pair stand."""
    language = draw(st.sampled_from(sorted(STYLES)))
    opening, closing = draw(st.sampled_from(STYLES[language]))
    words = st.lists(st.sampled_from(WORDS.get(language, LATIN)), min_size=1, max_size=4).map(" ".join)
    text, said, places = "", [], []
    for _ in range(draw(st.integers(1, 4))):
        text += draw(words) + " "
        quoted = draw(words)
        at = len(text) + len(opening.rstrip(" \u202f")) - 1
        text += opening + quoted + closing
        said.append(quoted)
        places.append((at, len(text) - 1))
        text += draw(st.sampled_from([", ", ". ", " "]))
    return language, text + draw(words), said, places


@given(quoting_texts())
def test_sound_pairs_are_found_exactly_and_are_told_nothing(made: Made) -> None:
    language, text, said, _ = made
    quoting = quoting_in(text, language)
    assert [quotation.printed(text) for quotation in quoting.quotations] == said
    assert quoting.faults == ()


@given(quoting_texts(), st.data())
def test_a_mark_that_is_taken_away_is_missed(made: Made, data: st.DataObject) -> None:
    language, text, _, places = made
    at = data.draw(st.sampled_from([at for pair in places for at in pair]))
    if text[at] in "‘’":  # what is left of a pair of single marks may be an apostrophe
        return
    assert quoting_in(text[:at] + text[at + 1 :], language).faults


def is_well_formed(quoting: Quoting) -> bool:
    length = len(quoting.text)
    spans = [(quotation.start, quotation.end) for quotation in quoting.quotations]
    apart = all(one[1] <= other[0] for one, other in pairwise(spans))
    inside = all(0 <= start < end <= length for start, end in spans) and all(0 <= fault.at < length for fault in quoting.faults)
    mends = all(0 <= fault.mend.start <= fault.mend.end <= length for fault in quoting.faults if fault.mend)
    return apart and inside and mends


ANY_TEXT = st.text(alphabet=st.one_of(st.sampled_from(MARKS + " \n.,a1-—אא中"), st.characters(exclude_categories=("Cs",))))
BLOCKS = st.tuples(st.sampled_from(["p", "li", "blockquote"]), st.text(alphabet=MARKS + " .,abA1—"))
LANGUAGES = st.sampled_from(["", *STYLES, "xx", "da", "no-NO"])


@settings(max_examples=400)
@given(ANY_TEXT, LANGUAGES)
def test_no_text_breaks_the_reading_and_every_offset_is_inside_of_it(text: str, language: str) -> None:
    assert is_well_formed(quoting_in(text, language))


@settings(max_examples=200)
@given(
    st.lists(st.tuples(st.sampled_from(["p", "li", "blockquote"]), st.text(alphabet=MARKS + " .,abA1—")), max_size=5), LANGUAGES
)
def test_no_body_breaks_the_reading(blocks: list[tuple[str, str]], language: str) -> None:
    html = "".join(f"<ul><li>{text}</li></ul>" if tag == "li" else f"<{tag}><p>{text}</p></{tag}>" for tag, text in blocks)
    assert is_well_formed(quoting_of(read_html(html).body, language))


@settings(max_examples=300)
@given(quoting_texts(), st.data())
def test_one_mistyped_mark_is_mended_in_few_steps(made: Made, data: st.DataObject) -> None:
    language, text, _, places = made
    at = data.draw(st.sampled_from([at for pair in places for at in pair]))
    text = text[:at] + data.draw(st.sampled_from('"“”„«»’')) + text[at + 1 :]
    for _ in range(FEW):
        mend = next((fault.mend for fault in quoting_in(text, language).faults if fault.mend), None)
        if mend is None:
            return
        text = text[: mend.start] + mend.new + text[mend.end :]
    raise AssertionError(text)


@pytest.mark.parametrize("unit", ["“a ", "a” ", '"a ', "‘the ", "“a' ‘b” ", "« a « ", "“A b.\n"])
def test_the_time_it_takes_grows_with_the_marks_and_no_faster(unit: str) -> None:
    few, many = (seconds(unit * count) for count in (12_500, 100_000))
    assert many < 8 * max(few, 0.02) * 4  # eight times the text: in the square it would be sixty-four times


def seconds(text: str) -> float:
    """The best of three, since another program may come between."""
    taken = []
    for number in range(3):
        before = time.process_time()
        quoting_in(f"{text}{number}", "en")
        taken.append(time.process_time() - before)
    return min(taken)
