from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.body import (
    EMPTY,
    Block,
    BlockKind,
    Body,
    Marks,
    Run,
    body_from_text,
    canonical,
    count_words,
    read_html,
    safe_link,
    write_html,
)

LINKS = (
    "https://gazette.example/a?b=1&c=2",
    "http://gazette.example/“x”",
    "mailto:desk@gazette.example",
    'https://g.example/"<>',
)

telling = st.text(st.sampled_from('  \n\n\tab&<"“é水😀\u0301'), max_size=4)
words = telling | telling | st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
marks = st.builds(
    Marks,
    strong=st.booleans(),
    emphasis=st.booleans(),
    link=st.none() | st.sampled_from(LINKS),
    quote=st.none() | st.sampled_from(["q1", 'a "quote" & <more>']),
)
runs = st.builds(Run, words, marks)
blocks = st.builds(Block, st.lists(runs, max_size=5).map(tuple), st.sampled_from(BlockKind), st.booleans())
bodies = st.lists(blocks, max_size=6).map(canonical)


def body(html: str) -> Body:
    reading = read_html(html)
    assert reading.left_out == ()
    return reading.body


def paragraph(*runs: Run) -> Body:
    return Body((Block(runs),))


@given(bodies)
def test_a_body_that_was_written_is_read_back_the_same(given_body: Body) -> None:
    reading = read_html(write_html(given_body))
    assert reading.body == given_body
    assert reading.left_out == ()


@given(bodies)
def test_a_canonical_body_stays_as_it_is(given_body: Body) -> None:
    assert canonical(given_body.blocks) == given_body


@given(bodies)
def test_a_canonical_body_has_no_empty_block_and_no_equal_neighbours(given_body: Body) -> None:
    for block in given_body.blocks:
        assert block.text.strip(" \n")
        assert all(run.text for run in block.runs)
        assert all(left.marks != right.marks for left, right in zip(block.runs, block.runs[1:], strict=False))


def test_an_accent_belongs_to_its_letter_whatever_its_own_marks() -> None:
    strong = Marks(strong=True)
    assert canonical([Block((Run("cafe"), Run("\u0301 noir", strong)))]) == paragraph(Run("café"), Run(" noir", strong))


@given(bodies)
def test_without_quote_marks_the_words_and_links_are_the_same(given_body: Body) -> None:
    html = write_html(given_body, quote_marks=False)
    assert "<mark" not in html
    bare = read_html(html).body
    assert bare.text == given_body.text
    assert bare.quotes == ()
    assert set(bare.links) == set(given_body.links)


@given(st.text(st.sampled_from('<>/="&;!-? abplistrongkemuoqcd\n'), max_size=80))
def test_whatever_is_read_can_be_written_and_read_again(html: str) -> None:
    first = read_html(html).body
    again = read_html(write_html(first))
    assert again.body == first
    assert again.left_out == ()


def test_spaces_around_a_line_break_go_whatever_runs_they_stand_in() -> None:
    split = canonical([Block((Run("one "), Run("\n", Marks(strong=True)), Run(" two")))])
    assert split.text == "one\ntwo"


def test_every_mark_of_the_set_is_read() -> None:
    read = body(
        '<p>The <strong>lock</strong> is <em>open</em>, <a href="https://gazette.example/lock">wrote</a> one: '
        '“<mark data-quote="q1">at last</mark>”.<br>Two lines.</p>'
    )
    assert read.blocks[0].runs == (
        Run("The "),
        Run("lock", Marks(strong=True)),
        Run(" is "),
        Run("open", Marks(emphasis=True)),
        Run(", "),
        Run("wrote", Marks(link="https://gazette.example/lock")),
        Run(" one: “"),
        Run("at last", Marks(quote="q1")),
        Run("”.\nTwo lines."),
    )
    assert read.links == ("https://gazette.example/lock",)
    assert read.quotes == ("q1",)


def test_lists_and_quoted_blocks_are_read_flat_and_in_order() -> None:
    read = body(
        "<p>a</p><ul><li>b</li><li><p>c</p></li></ul><ol><li>d</li></ol><blockquote><p>e</p><ul><li>f</li></ul></blockquote>"
    )
    assert [(block.text, block.kind, block.quoted) for block in read.blocks] == [
        ("a", BlockKind.PARAGRAPH, False),
        ("b", BlockKind.BULLET, False),
        ("c", BlockKind.BULLET, False),
        ("d", BlockKind.NUMBER, False),
        ("e", BlockKind.PARAGRAPH, True),
        ("f", BlockKind.BULLET, True),
    ]


def test_words_after_an_inner_list_still_belong_to_the_outer_one() -> None:
    read = body("<ul><li>a<ol><li>b</li></ol>c</li></ul><p>d</p>")
    assert [(block.text, block.kind) for block in read.blocks] == [
        ("a", BlockKind.BULLET),
        ("b", BlockKind.NUMBER),
        ("c", BlockKind.BULLET),
        ("d", BlockKind.PARAGRAPH),
    ]


@pytest.mark.parametrize(
    ("html", "element"),
    [
        ("<p>It is <u>open</u> now</p>", "u"),
        ("<div>It is</div> open now", "div"),
        ('<p>It is <font color="red">open</font> now</p>', "font"),
        ("<table><tr><td>It is open</td></tr></table>now", "table"),
        ("<p>It is <ruby>open</ruby> now</p>", "ruby"),
    ],
)
def test_an_unknown_element_is_reported_and_its_words_are_kept(html: str, element: str) -> None:
    reading = read_html(html)
    assert reading.body.text.split() == ["It", "is", "open", "now"]
    assert any(f"<{element}>" in sentence and "words were kept" in sentence for sentence in reading.left_out)


@pytest.mark.parametrize("element", ["script", "style", "iframe", "svg", "template", "object"])
def test_what_is_no_text_is_left_out_whole_and_reported(element: str) -> None:
    reading = read_html(f"<p>before</p><{element}>alert(1)</{element}><p>after</p>")
    assert reading.body == body("<p>before</p><p>after</p>")
    assert reading.left_out == (f"The element <{element}> and what it held were left out.",)


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        (" https://gazette.example/a b?q=c d ", "https://gazette.example/a%20b?q=c%20d"),
        ("https://gazette.example/a\n\tb", "https://gazette.example/ab"),
    ],
)
def test_a_space_in_an_address_leads_where_a_browser_would_go(typed: str, link: str) -> None:
    assert safe_link(typed) == link


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        " \x01javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "vbscript:x",
        "//gazette.example/x",
        "/relative",
        "http://[broken",
    ],
)
def test_a_link_that_no_reader_may_follow_is_left_out_and_reported(address: str) -> None:
    assert safe_link(address) is None
    reading = read_html(f'<p>Read <a href="{address}">this</a>.</p>')
    assert reading.body == paragraph(Run("Read this."))
    assert len(reading.left_out) == 1
    assert "http, https and mailto" in reading.left_out[0]


@pytest.mark.parametrize("address", ["https://gazette.example/x", "HTTP://gazette.example", "mailto:desk@gazette.example"])
def test_a_link_to_the_web_or_to_a_mailbox_is_kept(address: str) -> None:
    assert body(f'<p><a href="{address}">x</a></p>').links == (address,)


def test_marks_closed_in_the_wrong_order_do_not_leak_into_the_next_paragraph() -> None:
    read = body("<p><strong><em>a</strong></em></p><p>b</p></em></strong><p>c</p>")
    assert [run.marks for block in read.blocks for run in block.runs] == [Marks(strong=True, emphasis=True), Marks(), Marks()]


def test_bare_words_make_a_paragraph_and_white_space_folds_as_in_a_browser() -> None:
    assert body("  The\n  lock \t is   open  ") == paragraph(Run("The lock is open"))
    assert body(" \n <p> </p> <ul><li> </li></ul> ") == EMPTY


def test_a_no_break_space_is_kept() -> None:
    assert body("<p>9\u00a0November</p>").text == "9\u00a0November"


def test_words_are_kept_in_composed_form() -> None:
    assert canonical([Block((Run("Cafe\u0301"),))]).text == "Caf\u00e9"


def test_one_link_stays_one_element_with_marks_and_quotes_inside() -> None:
    html = '<p><a href="https://gazette.example/">said “<mark data-quote="q1">wait <strong>here</strong></mark>” twice</a></p>'
    assert write_html(body(html)) == html


def test_plain_text_becomes_a_paragraph_for_each_line_that_is_not_empty() -> None:
    assert [block.text for block in body_from_text(" one \n\n two <b>\n").blocks] == ["one", "two <b>"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("The lock opened — at last.", 5),
        ("nine-year wait", 2),
        ("海峡は閉ざされた", 8),
        ("第 3 号の船", 5),
        ("القفل مفتوح", 2),
        ("수문이 열렸다", 2),
        ("Ｗｏｒｄ𠀀", 2),
    ],
)
def test_words_are_counted_by_spaces_and_chinese_and_japanese_by_characters(text: str, count: int) -> None:
    assert count_words(text) == count
