"""What holds for every cut of every text: unchanged it is exact, one change inside never passes, typography is folded.

The texts are the sources of the corpus, in 14 languages.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

from hypothesis import assume, example, given
from hypothesis import strategies as st

from workstation.domain.grade import Folding, Grade
from workstation.review.quoting.comparing import compare
from workstation.review.quoting.words import MARKS, Word, words_in

_FOLDER = Path(__file__).parents[1] / "data" / "quotations"
_FILES = [json.loads(path.read_text("utf-8")) for path in sorted(_FOLDER.glob("*.json"))]
_TEXTS = [source["text"] for corpus in _FILES for source in corpus["sources"].values()]
_ABRIDGING = re.compile(r"…|\.\.\.|\[")
"""What abridges in print may be the source's own: then a changed word beside it may pass as left out, marked as it is."""

_DENIALS = ["not", "nicht", "pas", "no", "não", "non", "nie", "değil", "не", "لا", "نہیں", "नहीं", "不", "ない"]


@cache
def _words(text: str) -> list[Word]:
    return [word for word in words_in(text) if not word.is_sign]


@cache
def _places(characters: str) -> list[tuple[str, int]]:
    return [(text, at) for text in _TEXTS for at, one in enumerate(text) if one in characters]


@st.composite
def _cuts(draw: st.DrawFn, least: int = 1) -> tuple[str, int, int, list[Word]]:
    """A text, the code points of a cut of whole words, and the words of the cut with their places in the text."""
    text = draw(st.sampled_from(_TEXTS))
    words = _words(text)
    starts = [index for index, word in enumerate(words) if not word.glued]
    first = draw(st.sampled_from(starts[:-least] or starts))
    last = draw(st.integers(first + least, min(len(words), first + 30)))
    while last < len(words) and words[last].glued:
        last += 1
    inside = words[first:last]
    assume(not inside[-1].folded.endswith("'"))  # an article that belongs to the next word
    assume(not _ABRIDGING.search(text, inside[0].start, inside[-1].end))
    return text, inside[0].start, inside[-1].end, inside


def _is_true_elsewhere(printed: str, text: str) -> bool:
    """Whether changed words happen to be a true cut after all, such as "rain" dropped from "rain, rain"."""
    return _bare(printed).casefold() in _bare(text).casefold()


def _bare(text: str) -> str:
    return "".join(character for character in text if not (character.isspace() or character in MARKS))


@given(cut=_cuts())
def test_an_unchanged_cut_is_exact_where_it_was_cut(cut: tuple[str, int, int, list[Word]]) -> None:
    text, start, end, _ = cut
    finding = compare(text[start:end], text, start)
    assert (finding.grade, finding.start, finding.end) == (Grade.EXACT, start, end)


@given(cut=_cuts(least=3), data=st.data())
def test_one_word_dropped_added_or_replaced_inside_never_passes(
    cut: tuple[str, int, int, list[Word]], data: st.DataObject
) -> None:
    text, start, end, words = cut
    word = data.draw(st.sampled_from(words[1:-1]))
    kind = data.draw(st.sampled_from(["drop", "add", "replace"]))
    other = data.draw(st.sampled_from([*_DENIALS, "xylophone", "7", "Brook"]))
    assume(other != word.folded)
    put_in = {"drop": "", "add": text[word.start : word.end] + f" {other}", "replace": other}[kind]
    printed = text[start : word.start] + put_in + text[word.end : end]
    assume(not _is_true_elsewhere(printed, text))
    assert not compare(printed, text).grade.is_true


@given(cut=_cuts(least=2), data=st.data())
def test_neighbours_that_change_places_never_pass(cut: tuple[str, int, int, list[Word]], data: st.DataObject) -> None:
    text, start, end, words = cut
    at = data.draw(st.integers(0, len(words) - 2))
    one, other = words[at], words[at + 1]
    assume(one.folded.casefold() != other.folded.casefold())
    between = text[one.end : other.start]
    printed = (
        text[start : one.start] + text[other.start : other.end] + between + text[one.start : one.end] + text[other.end : end]
    )
    assume(not _is_true_elsewhere(printed, text))
    assert not compare(printed, text).grade.is_true


@given(cut=_cuts(least=2), data=st.data())
def test_another_case_inside_never_passes(cut: tuple[str, int, int, list[Word]], data: st.DataObject) -> None:
    text, start, end, words = cut
    word = data.draw(st.sampled_from(words[1:]))
    written = text[word.start : word.end]
    changed = written[:1].swapcase() + written[1:]
    assume(changed != written)
    printed = text[start : word.start] + changed + text[word.end : end]
    assume(_bare(printed) not in _bare(text))
    assert not compare(printed, text).grade.is_true


_SAME_SIGNS = ("?؟？", "!！", ",،，、", ".。۔।", ";؛；", "%٪％", ":：")


@st.composite
def _cuts_around(draw: st.DrawFn, characters: str) -> tuple[str, int, int, int]:
    """A text, the code points of a cut of whole words, and the place of one of the ``characters`` inside of it."""
    text, at = draw(st.sampled_from(_places(characters)))
    words = _words(text)
    before = [index for index, word in enumerate(words) if word.start <= at and not word.glued]
    after = [index for index, word in enumerate(words) if word.end > at and not (words[index + 1 : index + 2] or [word])[0].glued]
    assume(before and after)
    first, last = draw(st.sampled_from(before[-8:])), draw(st.sampled_from(after[:8]))
    return text, words[first].start, words[last].end, at


@given(cut=_cuts_around("0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९"), digit=st.integers(0, 9))
def test_another_digit_never_passes(cut: tuple[str, int, int, int], digit: int) -> None:
    text, start, end, at = cut
    assume(digit != int(text[at]))
    printed = f"{text[start:at]}{digit}{text[at + 1 : end]}"
    assume(not _is_true_elsewhere(printed, text))
    assert not compare(printed, text).grade.is_true


@given(cut=_cuts_around("".join(_SAME_SIGNS) + "€£₹₽$₺−‰"), sign=st.sampled_from("?!;,.€$‰"))
def test_another_sign_inside_never_passes(cut: tuple[str, int, int, int], sign: str) -> None:
    text, start, end, at = cut
    assume(start < at < end - 1)
    assume(text[at] != sign and not any(sign in same and text[at] in same for same in _SAME_SIGNS))
    printed = text[start:at] + sign + text[at + 1 : end]
    assert not compare(printed, text).grade.is_true


@given(cut=_cuts(least=2), data=st.data())
@example(cut=("They won the war", 0, 16, list(words_in("They won the war"))), data=None)
def test_words_joined_over_a_gap_never_pass_without_an_ellipsis(
    cut: tuple[str, int, int, list[Word]], data: st.DataObject | None
) -> None:
    text, start, end, words = cut
    if data is None or len(words) < 4:
        return
    first = data.draw(st.integers(1, len(words) - 2))
    after = data.draw(st.integers(first + 1, len(words) - 1))
    printed = text[start : words[first - 1].end] + " " + text[words[after].start : end]
    assume(not _is_true_elsewhere(printed, text))
    assert not compare(printed, text).grade.is_true


_NOISE = {
    " ": ["\u00a0", "\u2009", "  ", "\n"],
    "’": ["'", "ʼ"],
    "'": ["’"],
    "–": ["—"],
    "“": ["«", '"', "„"],
    "”": ["»", '"'],
    "«": ["“"],
    "»": ["”"],
    "-": ["‑"],
}


@given(cut=_cuts(), data=st.data())
def test_typographic_noise_is_folded_and_told(cut: tuple[str, int, int, list[Word]], data: st.DataObject) -> None:
    text, start, end, _ = cut
    noisy = ""
    for at in range(start, end):
        others = _NOISE.get(text[at], [])
        if text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit():
            others = [other for other in others if other not in ("  ", "\n")]
        noisy += data.draw(st.sampled_from([text[at], *others])) if others else text[at]
        if text[at].isalpha() and at + 1 < end and text[at + 1].isalpha() and data.draw(st.integers(0, 20)) == 0:
            noisy += data.draw(st.sampled_from(["\u00ad", "\u200b", "\u2060"]))
    assume(noisy != text[start:end])
    finding = compare(noisy, text, start)
    assert finding.grade is Grade.FOLDED
    assert finding.folded
    assert Folding.FIRST_LETTER not in finding.folded
    assert finding.start == start


@given(cut=_cuts(least=6), data=st.data())
def test_an_ellipsis_marks_what_is_left_out(cut: tuple[str, int, int, list[Word]], data: st.DataObject) -> None:
    text, start, end, words = cut
    first = data.draw(st.integers(2, len(words) - 3))
    after = data.draw(st.integers(first + 1, len(words) - 2))
    assume(not words[first].glued and not words[after].glued and not words[first - 1].folded.endswith("'"))
    printed = f"{text[start : words[first - 1].end]} … {text[words[after].start : end]}"
    assert compare(printed, text, start).grade is Grade.EDITED
