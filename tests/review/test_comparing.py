"""A printed quotation against a source's text. All texts are invented."""

from __future__ import annotations

import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workstation.domain.grade import TRUE_TO_SOURCE
from workstation.review.quoting.comparing import compare
from workstation.review.quoting.findings import LeftOut
from workstation.review.quoting.mending import fix_for

SOURCE = (
    '😀 The engineer said: "We cannot fill the reservoir this year – not now, not ever," '
    "and added that talks will not start before 2030.\n"
    "“Our people want rain, and they want it soon,” the mayor told the ‘Valley’ council. It isn't the farmers' fault. "
    "He asked for non-violent protest against the 1,200 new wells and the −5 degree winter."
)


def cut(printed: str, text: str = SOURCE) -> str:
    finding = compare(printed, text)
    assert finding.start is not None
    assert finding.end is not None
    return text[finding.start : finding.end]


@pytest.mark.parametrize(
    "printed",
    [
        "We cannot fill the reservoir this year",
        "not ever,",
        "“Our people want rain, and they want it soon,”",
        "wells",
        "2030.\n“Our people",
        "isn't",
    ],
)
def test_the_very_characters_of_the_source_are_exact(printed: str) -> None:
    assert compare(printed, SOURCE).grade == "exact"
    assert cut(printed) == printed


@pytest.mark.parametrize(
    ("printed", "source"),
    [
        ("we cannot fill the reservoir", "We cannot fill the reservoir"),  # case of the first letter
        ("talks will not start,", "talks will not start"),  # American comma
        ("want it soon.", "want it soon"),
        ("It isn’t the farmers’ fault", "It isn't the farmers' fault"),
        ("this year—not now, not ever", "this year – not now, not ever"),
        ("this year - not now", "this year – not now"),
        ("this\u00a0year – not\u2009now", "this year – not now"),
        ("Our people want rain,\u200b and they", "Our people want rain, and they"),
        ("the “Valley” council", "the ‘Valley’ council"),
        ("the Valley council", "the ‘Valley’ council"),
        ("before 2030. “Our people", "before 2030.\n“Our people"),
        ("non violent protest", "non-violent protest"),
        ("the -5 degree winter", "the −5 degree winter"),
        ("reser\u00advoir", "reservoir"),
        ("[T]alks will not start", "talks will not start"),
        ("talks [sic] will not start", "talks will not start"),
    ],
)
def test_marks_dashes_spaces_and_a_changed_first_letter_are_typography(printed: str, source: str) -> None:
    finding = compare(printed, SOURCE)
    assert finding.grade == "folded"
    assert finding.differing == ()
    assert cut(printed) == source


@pytest.mark.parametrize(
    ("printed", "source"),
    [
        ("We cannot … this year", "We cannot fill the reservoir this year"),
        ("Our people want rain ... soon.", "Our people want rain, and they want it soon"),
        ("We cannot [...] this year", "We cannot fill the reservoir this year"),
        ("the mayor told the [mountain] council", "the mayor told the ‘Valley’ council"),
        ("the mayor [of the upper town] told", "the mayor told"),
        ("[The man] told the ‘Valley’ council", "told the ‘Valley’ council"),
        ("Our people … [t]hey want it soon", "Our people want rain, and they want it soon"),
        ("We cannot … fill the reservoir", "We cannot fill the reservoir"),
        ("We [cannot] fill the reservoir", "We cannot fill the reservoir"),
        ("… people want rain", "people want rain"),
        ("people want rain […]", "people want rain"),
        ("people want rain [here]", "people want rain"),
    ],
)
def test_ellipses_and_brackets_abridge(printed: str, source: str) -> None:
    finding = compare(printed, SOURCE)
    assert finding.grade == "edited"
    assert finding.differing == ()
    assert cut(printed) == source


def test_an_ellipsis_of_the_source_itself_abridges_nothing() -> None:
    assert compare("He waited … and left", "He waited... and left.").grade == "folded"
    assert compare("He waited… and left", "He waited… and left.").grade == "exact"


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ("They [all] sign it", [("never, she said, will", "all", True)]),
        ("[They] will sign", [("", "They", True), ("They never, she said", "", False)]),
        ("[She] said", []),
        ("It helps [them all]", [("nobody", "them all", True), ("and costs much", "", False)]),
        ("It helps …", [("nobody, and costs much", "", False)]),
        ("… sign it", [("They never, she said, will", "", False)]),
        ("It helps [not] nobody", [("", "not", True)]),
        ("will sign it", []),
        ("[T]hey never", []),
    ],
)
def test_what_ellipses_and_brackets_stand_for_is_told(printed: str, told: list[tuple[str, str, bool]]) -> None:
    text = "So it went. They never, she said, will sign it. It helps nobody, and costs much.\nNo more was said."
    found = [(gap.words.strip(" ,"), gap.inserted, gap.bracketed) for gap in compare(printed, text).left_out]
    assert found == told


def test_the_chain_nearest_to_where_a_quote_was_cut_is_told() -> None:
    text = "We will, gladly, sign. Later: we will on no account ever sign."
    assert [gap.words for gap in compare("we will … sign", text, text.index("we will on")).left_out] == ["on no account ever"]


@pytest.mark.parametrize(
    ("printed", "differing"),
    [
        ("We can fill the reservoir this year", (("can", "cannot"),)),
        ("talks will start before 2030", (("", "not"),)),
        ("talks will not start before 2031", (("2031", "2030"),)),
        ("talks will really not start", (("really", ""),)),
        ("the 1,300 new wells", (("1,300", "1,200"),)),
        ("the 5 degree winter", (("5", "-5"),)),
        ("It is the farmers’ fault", (("is", "isn't"),)),
        ("Our People want rain", (("People", "people"),)),
        ("violent protest against", (("violent", "non-violent"),)),
        ("Our people want rain and they want it soon", (("", ","),)),
        ("talks will not start before 2030?", (("?", "."),)),
        ("people want snow, and she wants it soon", (("snow", "rain"), ("she wants", "they want"))),
        ("can", (("can", "cannot"),)),
        ("Our people … want it now", (("now", "soon"),)),
    ],
)
def test_one_altered_dropped_or_added_word_is_altered_and_told(printed: str, differing: tuple[tuple[str, str], ...]) -> None:
    finding = compare(printed, SOURCE)
    assert finding.grade == "altered"
    assert [(ours, theirs.replace("−", "-")) for ours, theirs in finding.differing] == list(differing)


@pytest.mark.parametrize(
    "printed", ["The dam was blown up by unknown men", "xylophone", "rain is what nobody here ever asks for", "…"]
)
def test_words_that_the_source_does_not_have_are_missing(printed: str) -> None:
    finding = compare(printed, SOURCE)
    assert finding.grade == "absent"
    assert finding.start is None


def test_nothing_is_found_in_an_empty_text() -> None:
    assert compare("words", "").grade == "absent"


def test_parts_around_an_ellipsis_must_stand_in_the_order_of_the_source() -> None:
    assert compare("they want it soon … We cannot fill the reservoir", SOURCE).grade == "altered"


def test_brackets_stand_for_a_few_words_and_not_for_a_whole_passage() -> None:
    assert compare("We cannot [hope that] they want it soon", SOURCE).grade == "altered"


def test_brackets_that_the_source_itself_has_are_compared_like_any_words() -> None:
    assert compare("He [the mayor] said no", "And he [the mayor] said no.").grade == "folded"
    assert compare("He [the mayor] said no", "He [the mayor] said no.").grade == "exact"


def test_brackets_copied_from_the_source_hide_no_dropped_word() -> None:
    text = "He [the mayor] never said no, and she will not sign."
    assert compare("He [the mayor] said no", text).grade == "altered"
    assert compare("she will [sic] sign", text).grade == "altered"
    assert compare("she will [now] sign", text).left_out == (LeftOut("not", "now", bracketed=True),)


def test_every_place_of_a_short_quotation_is_counted() -> None:
    assert compare("want", SOURCE).places == 2
    assert compare("not", SOURCE).places == 3


def test_the_place_nearest_to_where_a_quote_was_cut_is_told() -> None:
    second = SOURCE.index("want it")
    assert compare("want", SOURCE, second).start == second


def test_the_words_left_out_at_an_ellipsis_are_kept() -> None:
    assert compare("Our people … soon", SOURCE).left_out == (LeftOut("want rain, and they want it"),)


@pytest.mark.parametrize(
    ("text", "printed", "verdict"),
    [
        (
            "Die Bürgermeisterin sagte: „Wir warten nicht auf den Regen – nie.“",
            "Wir warten nicht auf den Regen — nie",
            "folded",
        ),
        ("Die Bürgermeisterin sagte: „Wir warten nicht auf den Regen.“", "Wir warten auf den Regen", "altered"),
        ("« L’État n’a pas d’eau », dit-elle.", "État n'a pas d'eau", "folded"),
        ("« L’État n’a pas d’eau », dit-elle.", "L’État n’a plus d’eau", "altered"),
        ("وقالت: «لا نَنتَظِرُ المطـر هذا العام».", "لا ننتظر المطر هذا العام", "folded"),
        ("وقالت: «لا ننتظر المطر هذا العام».", "ننتظر الماء هذا العام", "altered"),
        ('אמרה: "אנחנו לא מחכים לגשם".', "אנחנו לא מחכים לגשם.", "folded"),
        ('אמרה: "אנחנו לא מחכים לגשם השנה".', "אנחנו מחכים לגשם השנה", "altered"),
        ("她说：“我们不等雨，也不等雪。”", "我们不等雨，也不等雪", "exact"),
        ("她说：“我们不等雨，也不等雪。”", "我们等雨，也不等雪", "altered"),
        ("彼女は「雨は待たない」と述べた。", "雨は待たない", "exact"),
        ("彼女は「雨は待たない」と述べた。", "雨を待たない", "altered"),
    ],
)
def test_other_languages_are_held_to_the_same(text: str, printed: str, verdict: str) -> None:
    assert compare(printed, text).grade == verdict


# --- properties ----------------------------------------------------------------------------------------------------

_WORD = st.text(st.sampled_from(string.ascii_letters + "éßøñабвгδεζابتשלם"), min_size=1, max_size=8)
_SPACES = st.sampled_from([" ", "\u00a0", "\u2009", "\n", "  ", " \u200b", "\u200f "])
_INVISIBLE = st.sampled_from(["", "\u00ad", "\u200b", "\u200e", "\u2060"])


@st.composite
def _cuts(draw: st.DrawFn) -> tuple[list[str], int, int]:
    words = draw(st.lists(_WORD, min_size=4, max_size=40))
    first = draw(st.integers(0, len(words) - 3))
    last = draw(st.integers(first + 2, len(words)))
    return words, first, last


@given(cut=_cuts(), data=st.data())
def test_any_cut_however_it_is_spaced_is_found_where_the_words_stand(
    cut: tuple[list[str], int, int], data: st.DataObject
) -> None:
    words, first, last = cut
    text = "😀 " + " ".join(words) + "."
    printed = ""
    for word in words[first:last]:
        middle = data.draw(st.integers(0, len(word)))
        inside = data.draw(_INVISIBLE) if 0 < middle < len(word) else ""
        printed += (data.draw(_SPACES) if printed else "") + word[:middle] + inside + word[middle:]
    printed += data.draw(st.sampled_from(["", ",", ".", " "]))
    finding = compare(printed, text)
    assert finding.grade in ("exact", "folded")
    assert finding.start is not None
    assert finding.end is not None
    found = text[finding.start : finding.end].rstrip(".,").split()
    assert [word.casefold() for word in found[:1]] == [word.casefold() for word in words[first : first + 1]]
    assert found[1:] == words[first + 1 : last]


@st.composite
def _changes(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A text of distinct words, and a cut of it with one word changed, dropped or put in."""
    words = draw(st.lists(_WORD, min_size=6, max_size=30, unique_by=str.casefold))
    first = draw(st.integers(0, len(words) - 4))
    last = draw(st.integers(first + 4, len(words)))
    printed = words[first:last]
    at = draw(st.integers(1, len(printed) - 2))
    new = draw(_WORD.filter(lambda word: word.casefold() not in {known.casefold() for known in words}))
    kind = draw(st.sampled_from(["change", "drop", "insert", "case"]))
    if kind == "case" and printed[at].swapcase() == printed[at]:
        kind = "change"
    if kind == "change":
        printed[at] = new
    elif kind == "drop":
        del printed[at]
    elif kind == "case":
        printed[at] = printed[at].swapcase()
    else:
        printed.insert(at, new)
    return " ".join(words), printed


@given(change=_changes())
@example(change=("We will not fill it now", ["We", "will", "fill", "it", "now"]))
def test_one_word_changed_dropped_or_put_in_never_passes(change: tuple[str, list[str]]) -> None:
    text, printed = change
    assert compare(" ".join(printed), text).grade not in TRUE_TO_SOURCE


@given(change=_changes())
def test_the_fix_makes_an_altered_quotation_true(change: tuple[str, list[str]]) -> None:
    text, words = change
    printed = " ".join(words)
    finding = compare(printed, text)
    if finding.grade != "altered":
        return
    before = f"{words[1]} and then “"
    fix = fix_for("Use source wording", f"{before}{printed}”", len(before), len(before) + len(printed), finding.edits)
    assert fix is not None
    assert fix.start is not None
    assert f"{before}{printed}”".index(fix.old) == fix.start
    mended = f"{before}{printed}”".replace(fix.old, fix.new, 1)
    assert mended.startswith(before)
    assert compare(mended[len(before) : -1], text).grade in ("exact", "folded")


@pytest.mark.parametrize(
    ("printed", "text", "differing"),
    [
        ("some 5 10 men came", "She said some 5–10 men came.", ("5 10", "5–10")),
        ("a board of 5″ length", "They cut a board of 5′ length.", ("5″ length", "5′ length")),
        ("We want peace now", "He said: We want peace — now.", ("peace now", "peace — now")),
        ("Will they come.", "“Will they come?” she asked.", ("come.", "come?")),
    ],
)
def test_signs_that_turn_the_sense_are_altered_and_mended(printed: str, text: str, differing: tuple[str, str]) -> None:
    finding = compare(printed, text)
    assert (finding.grade, finding.differing) == ("altered", (differing,))
    fix = fix_for("Use source wording", f"“{printed}”", 1, 1 + len(printed), finding.edits)
    assert fix is not None
    assert compare(fix.new.strip("“”"), text).grade in TRUE_TO_SOURCE


@pytest.mark.parametrize(
    ("printed", "text", "grade"),
    [
        ("dams break", "He knows that Dams break often.", "altered"),
        ("dams break", "He knows. Dams break often.", "folded"),
        ("dams break", "He said: “Dams break often.”", "folded"),
        ("[d]ams break", "He knows that Dams break often.", "folded"),
        ("Dams break", "He knows that dams break often.", "folded"),
    ],
)
def test_a_small_first_letter_stands_where_the_source_begins_a_sentence(printed: str, text: str, grade: str) -> None:
    assert compare(printed, text).grade == grade
