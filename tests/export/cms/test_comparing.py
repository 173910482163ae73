"""What a content system made of a text is told thing by thing, and what says the same in another way is not told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.export.cms.comparing import Difference, DifferenceKind, differences, shown

SENT = (
    '<!-- wp:heading --><h2 class="wp-block-heading">The News</h2><!-- /wp:heading -->'
    '<p>It "opened" at <a href="https://orrin.example/a?x=1&amp;y=2">dawn</a> &#91;again&#93;.</p>'
    '<ul><li>One <strong>boat</strong></li></ul><figure><img src="https://a.example/q.png" alt="A quay"/>'
    "<figcaption>The quay</figcaption></figure>"
)


@pytest.mark.parametrize(
    "returned",
    [
        SENT,
        SENT.replace("<!-- wp:heading -->", "\n\n"),
        SENT.replace(
            '<a href="https://orrin.example/a?x=1&amp;y=2">', '<a rel="nofollow" href=https://orrin.example/a?x=1&#038;y=2>'
        ),
        SENT.replace("&#91;again&#93;", "[again]"),
        SENT.replace("<li>One <strong>boat</strong></li>", "<li><p>One\n  <b>boat</b></p></li>"),
        SENT + "<script>alert(1)</script><style>p{}</style>",
        SENT.replace("<img ", '<img loading="lazy" srcset="q.png 2x" class="wp-image-4" '),
    ],
)
def test_another_way_to_say_the_same_is_no_difference(returned: str) -> None:
    assert differences(SENT, returned) == ()


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("dawn</a>", "noon</a>", DifferenceKind.TEXT),
        ("<h2 ", "<p ", DifferenceKind.FORM),
        ("x=1&amp;y=2", "x=1", DifferenceKind.LINK),
        ('alt="A quay"', 'alt=""', DifferenceKind.PICTURE),
        ("<strong>boat</strong>", "boat", DifferenceKind.EMPHASIS),
        ('"opened"', "“opened”", DifferenceKind.MARKS),
        ("<li>One <strong>boat</strong></li>", "", DifferenceKind.TEXT),
    ],
)
def test_what_a_reader_would_see_otherwise_is_told(old: str, new: str, kind: DifferenceKind) -> None:
    returned = SENT.replace(old, new).replace("</h2>", "</p>" if new == "<p " else "</h2>")
    assert kind in {one.kind for one in differences(SENT, returned)}


def test_a_difference_is_a_sentence_that_shows_both_sides() -> None:
    [one] = differences("<p>At dawn</p>", "<p>At noon</p>")
    assert one.sentence == "Text was changed: “At dawn” became “At noon”"
    assert Difference(DifferenceKind.LINK, "a (b)", "").sentence == "A link was left out: “a (b)”"
    assert Difference(DifferenceKind.PICTURE, "", "c (d)").sentence == "A picture was added: “c (d)”"


def test_a_lost_paragraph_in_the_middle_is_one_difference() -> None:
    before = "".join(f"<p>Sentence {number}</p>" for number in range(50))
    assert [one.sent for one in differences(before, before.replace("<p>Sentence 25</p>", ""))] == ["Sentence 25"]


@given(st.text(), st.text())
def test_whatever_comes_back_can_be_compared(sent: str, returned: str) -> None:
    differences(sent, returned)
    assert differences(returned, returned) == ()


@given(
    st.lists(
        st.sampled_from(["<p>", "</p>", "<li>", "</a>", "<a href=x>", "<em>", "</em>", "word ", "<img", ">", "<!--", "&amp"])
    )
)
def test_broken_markup_can_be_read(pieces: list[str]) -> None:
    shown("".join(pieces))
