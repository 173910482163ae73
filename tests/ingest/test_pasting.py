# ruff: noqa: E501 - clipboards have long lines
"""What word processors, browsers and mail programs put on the clipboard, as the body of a story."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workstation.domain.body import canonical, write_html
from workstation.ingest.pasting import read_pasted


def pasted(html: str) -> str:
    return write_html(read_pasted(html)).replace("\n", "")


GOOGLE_DOCS = """<meta charset='utf-8'><meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1f2e-7fff">
<p dir="ltr" style="line-height:1.38;margin-top:0pt;margin-bottom:0pt;"><span style="font-size:11pt;font-family:Arial,sans-serif;
color:#000000;background-color:transparent;font-weight:400;font-style:normal;text-decoration:none;vertical-align:baseline;
white-space:pre-wrap;">Water fell by </span><span style="font-size:11pt;font-weight:700;font-style:normal;">a third</span><span
style="font-weight:400;font-style:italic;"> this spring</span><span style="font-weight:400;">, says</span><a
href="https://www.google.com/url?q=https://gauge.example/report?a%3D1&amp;sa=D&amp;source=docs&amp;usg=AOvVaw" style="text-decoration:none;"><span
style="font-size:11pt;color:#1155cc;font-weight:400;text-decoration:underline;"> the gauge office</span></a><span
style="font-weight:400;">.</span></p><br />
<ul style="margin-top:0;margin-bottom:0;padding-inline-start:48px;"><li dir="ltr" style="list-style-type:disc;font-weight:400;" aria-level="1">
<p dir="ltr" style="line-height:1.38;" role="presentation"><span style="font-weight:400;">Upper basin</span></p></li>
<li dir="ltr" style="list-style-type:disc;"><p dir="ltr" role="presentation"><span style="font-weight:700;">Lower</span><span
style="font-weight:400;"> basin</span></p></li></ul></b>"""

WORD = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40"><head>
<meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Word 15">
<link rel=File-List href="file:///C:/Users/d/AppData/Local/Temp/msohtmlclip1/01/clip_filelist.xml">
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0cm; font-family:"Calibri",sans-serif;} @list l0 {mso-list-id:7;} --></style></head>
<body lang=EN-GB style='tab-interval:36.0pt'><!--StartFragment-->
<p class=MsoNormal>The dam is <b>old</b>,<span style='mso-spacerun:yes'>\u00a0 </span>says <i style='mso-bidi-font-style:normal'>the
engineer</i><a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span class=MsoFootnoteReference>[1]</span></a>.<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol;mso-fareast-font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0
</span></span></span><![endif]>North <b>bank</b><o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0
</span></span></span><![endif]>South bank<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>1.<span
style='font:7.0pt "Times New Roman"'>\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0 </span></span><![endif]>Measure<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>2.<span
style='font:7.0pt "Times New Roman"'>\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0 </span></span><![endif]>Publish<o:p></o:p></p>
<p class=MsoNormal>See <a href="https://gauge.example/">the <b>gauge</b></a> and <a
href="file:///C:/Users/d/draft.docx">the draft</a>.<o:p></o:p></p>
<!--EndFragment--></body></html>"""

LIBREOFFICE = """<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"/><title></title>
<meta name="generator" content="LibreOffice 7.4.7.2 (Linux)"/><style type="text/css">p { line-height: 115%; margin-bottom: 0.1in }</style></head>
<body lang="en-GB" link="#000080" vlink="#800000" dir="ltr"><p style="line-height: 100%; margin-bottom: 0in">
<font face="Liberation Serif, serif"><font size="3" style="font-size: 12pt">The <b>river</b> and the <i>treaty</i>,
<font color="#000080"><u><a href="https://gauge.example/">in full</a></u></font></font></font></p>
<ol><li><p style="margin-bottom: 0in"><font color="#000000"><span style="font-weight: normal">First</span></font></p></li>
<li><p><font color="#000000">Second</font></p></li></ol>
<blockquote style="margin-left: 0.79in">Said <font face="Arial"><b>so</b></font></blockquote>
<p style="margin-bottom: 0in"><br/></p></body></html>"""

BROWSER = """Version:0.9\r\nStartHTML:0000000105\r\nEndHTML:0000000512\r\nStartFragment:0000000141\r\nEndFragment:0000000476\r
SourceURL:https://gauge.example/news\r
<html>\r\n<body>\r\n<!--StartFragment--><h2 style="box-sizing: border-box; font-weight: 700;">Gauge <em>office</em></h2><p style="margin: 0px;
font-weight: 400; color: rgb(0, 0, 0);">The level is<span>&nbsp;</span><strong style="font-weight: bolder;">low</strong>, <a
href="https://gauge.example/a" style="color: blue;" target="_blank" onclick="steal()">more</a>.<span class="Apple-converted-space">\u00a0</span></p><figure><img
src="https://gauge.example/pixel.gif" onerror="steal()"><figcaption>The dam</figcaption></figure><script>steal()</script><blockquote><p>We
wait.</p></blockquote><!--EndFragment-->\r\n</body>\r\n</html>"""

OUTLOOK = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!-- p.MsoNormal { margin:0cm } --></style></head><body>
<div class=WordSection1><p class=MsoNormal><span lang=EN-US>Dear desk,<o:p></o:p></span></p><p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>
<p class=MsoNormal><b><span lang=EN-US>Embargoed</span></b><span lang=EN-US> until noon: <a
href="mailto:press@gauge.example">press@gauge.example</a>.<o:p></o:p></span></p></div></body></html>"""

MAIL = """<div dir="ltr">First line<div><br></div><div>Second <b>line</b></div><div><ul><li>a</li><li>b</li></ul></div></div>
<div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Monday she wrote:<br></div><blockquote class="gmail_quote"
style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex"><div>We wait.</div></blockquote></div>"""


def test_google_docs_keeps_weight_slant_links_and_lists_but_not_its_wrapper():
    assert pasted(GOOGLE_DOCS) == (
        "<p>Water fell by <strong>a third</strong><em> this spring</em>, says "
        '<a href="https://gauge.example/report?a=1">the gauge office</a>.</p>'
        "<ul><li>Upper basin</li><li><strong>Lower</strong> basin</li></ul>"
    )


def test_word_keeps_marks_and_lists_without_the_bullets_that_it_types():
    assert pasted(WORD) == (
        "<p>The dam is <strong>old</strong>, says <em>the engineer</em>.</p>"
        "<ul><li>North <strong>bank</strong></li><li>South bank</li></ul>"
        "<ol><li>Measure</li><li>Publish</li></ol>"
        '<p>See <a href="https://gauge.example/">the <strong>gauge</strong></a> and the draft.</p>'
    )


def test_libreoffice_keeps_marks_inside_its_fonts():
    assert pasted(LIBREOFFICE) == (
        '<p>The <strong>river</strong> and the <em>treaty</em>, <a href="https://gauge.example/">in full</a></p>'
        "<ol><li>First</li><li>Second</li></ol>"
        "<blockquote><p>Said <strong>so</strong></p></blockquote>"
    )


def test_a_browser_s_clipboard_head_scripts_and_pictures_are_left_out():
    assert pasted(BROWSER) == (
        "<p>Gauge <em>office</em></p>"
        '<p>The level is <strong>low</strong>, <a href="https://gauge.example/a">more</a>.</p>'
        "<p>The dam</p><blockquote><p>We wait.</p></blockquote>"
    )


def test_outlook_keeps_paragraphs_without_the_empty_ones():
    assert pasted(OUTLOOK) == (
        "<p>Dear desk,</p><p><strong>Embargoed</strong> until noon: "
        '<a href="mailto:press@gauge.example">press@gauge.example</a>.</p>'
    )


def test_a_mail_in_divisions_becomes_paragraphs_and_keeps_what_it_quotes():
    assert pasted(MAIL) == (
        "<p>First line</p><p>Second <strong>line</strong></p><ul><li>a</li><li>b</li></ul>"
        "<p>On Monday she wrote:</p><blockquote><p>We wait.</p></blockquote>"
    )


@pytest.mark.parametrize(
    ("html", "body"),
    [
        ('one<span class="Apple-converted-space">\u00a0</span>two', "<p>one two</p>"),
        ("<p>10\u00a0km</p>", "<p>10\u00a0km</p>"),
        ('<span style="font-weight:600">a</span><span style="font-weight:500">b</span>', "<p><strong>a</strong>b</p>"),
        ('<p style="font-weight:bold">all of it</p>', "<p><strong>all of it</strong></p>"),
        ('<em style="font-style:normal">upright</em>', "<p>upright</p>"),
        ("<p>one<br>two</p>", "<p>one<br>two</p>"),
        ("<p>e\u0301te\u0301</p>", "<p>été</p>"),
        ("<u>a</u><s>b</s><sub>c</sub><code>d</code>", "<p>abcd</p>"),
        ("<p>   </p><p>&nbsp;</p><p>x</p>", "<p>x</p>"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "<ul><li>a</li><li>b</li><li>c</li></ul>"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "<ul><li>a<br>b</li></ul>"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "<p>a | b</p><p>c</p>"),
        ("<h1>Big</h1>small", "<p>Big</p><p>small</p>"),
        ("<p>a <a href=' https://a.example/x '>b</a></p>", '<p>a <a href="https://a.example/x">b</a></p>'),
        ('<a href="JaVaScRiPt:steal()">a</a><a href="data:text/html,x">b</a><a href="/c">c</a><a href="#d">d</a>', "<p>abcd</p>"),
        ('<a href="https://a.example/"> the report</a>', '<p><a href="https://a.example/">the report</a></p>'),
        ('see<a href="https://a.example/"> it </a>now', '<p>see <a href="https://a.example/">it</a> now</p>'),
        ('<a name="top"></a>x<a href="https://a.example/"></a>', "<p>x</p>"),
        ("a<!-- b -->c", "<p>ac</p>"),
        ("<b style='mso-bidi-font-weight:normal'>a</b>", "<p><strong>a</strong></p>"),
        ('<b>a <span style="font-weight:normal">b</span></b>', "<p><strong>a </strong>b</p>"),
        ('<li style="font-weight:700"><span style="font-weight:400">a</span></li>', "<ul><li>a</li></ul>"),
        ('<div style="font-weight:bolder; font-style:oblique">a</div>', "<p><strong><em>a</em></strong></p>"),
        ('a<sup><a href="#ftnt1">[1]</a></sup>, b', "<p>a, b</p>"),
        (
            '<a href="https://www.google.com/url?sa=t&amp;url=https%3A%2F%2Fa.example%2Fx">a</a>',
            '<p><a href="https://a.example/x">a</a></p>',
        ),
        (
            '<a href="https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example%2Fx&amp;data=05">a</a>',
            '<p><a href="https://a.example/x">a</a></p>',
        ),
        ('<a href="http://[broken">a</a>', "<p>a</p>"),
        ("<p dir=rtl>قال <b>نعم</b></p>", "<p>قال <strong>نعم</strong></p>"),
        ("", ""),
        ("<img src=x>", ""),
    ],
)
def test_pieces_of_markup(html, body):
    assert pasted(html) == body


def test_our_own_markup_comes_back_whole():
    own = '<p>“<mark data-quote="q1">true</mark>” <a href="https://a.example/">says</a></p>\n<blockquote>\n<ol>\n<li>a</li>\n</ol>\n</blockquote>'
    assert write_html(read_pasted(own)) == own


def test_the_title_that_google_docs_puts_around_a_single_line_is_not_strong():
    assert (
        pasted('<b style="font-weight:normal"><span style="font-weight:400">one</span></b><br class="Apple-interchange-newline">')
        == "<p>one</p>"
    )


def test_an_endless_nest_of_elements_is_pasted_in_good_time():
    assert pasted("<div>" * 300 + "deep" + "</div>" * 300) == "<p>deep</p>"


def test_a_hostile_nest_is_pasted_as_words_before_it_can_take_long():
    begun = process_time()
    assert pasted("<table><tr><td>" * 20_000 + "deep") == "<p>deep</p>"
    assert process_time() - begun < 5


def test_a_long_list_without_closing_tags_is_still_a_list():
    assert len(read_pasted("<ul>" + "<li>entry" * 400).blocks) == 400


def test_words_before_a_word_list_that_only_look_like_bullets_stay():
    assert pasted("<p class=MsoNormal>- a dash, then words</p>") == "<p>- a dash, then words</p>"


def test_very_long_markup_is_pasted_at_once_as_its_paragraphs_without_marks():
    page = "<p>The <b>tide</b> &amp; the<br>bar</p>\n" * 20_000
    begun = process_time()
    body = read_pasted(page)
    assert process_time() - begun < 1
    assert [block.text for block in body.blocks[:3]] == ["The tide & the", "bar", "The tide & the"]
    assert len(body.blocks) == 40_000


def test_pictures_inside_the_clipboard_cost_no_words():
    picture = f'<img src="data:image/png;base64,{"A" * 6_000_000}">'
    begun = process_time()
    assert pasted(f"<p>a{picture}</p>{picture}<p>b <b>c</b></p>") == "<p>a</p><p>b <strong>c</strong></p>"
    assert process_time() - begun < 1


def test_a_clipboard_too_long_to_be_read_is_left_to_its_plain_text():
    assert not read_pasted("<p>words</p>" * 1_000_000)


@pytest.mark.parametrize(
    "piece", ["<br> <br>a", "a\u00a0", "<b>", "<i aria-hidden=true>x</i>", "<td>x", "<span><p>", "<a href='#x'>[1]"]
)
def test_two_hundred_thousand_characters_of_anything_are_read_at_once(piece):
    begun = process_time()
    read_pasted("<table><tr>" + piece * (200_000 // len(piece)))
    assert process_time() - begun < 2


def test_a_long_style_sheet_before_the_words_does_not_cost_them_their_marks():
    ballast = "<style>p { margin: 0 }</style><!-- x -->" + "<style>" + "p { margin: 0 }" * 40_000 + "</style>"
    assert pasted(f"<html><head>{ballast}</head><body><p>a <b>b</b></p></body></html>") == "<p>a <strong>b</strong></p>"


@pytest.mark.parametrize(
    ("html", "body"),
    [
        (
            "<p>«&nbsp;oui&nbsp;» à&nbsp;9&nbsp;h, p.&nbsp;4, M.&nbsp;X, Louis&nbsp;XIV</p>",
            "<p>«_oui_» à_9_h, p._4, M._X, Louis_XIV</p>",
        ),
        ("<p>the&nbsp;river&nbsp; is &nbsp;low&nbsp;</p>", "<p>the river is low</p>"),
        ("<p>&nbsp;&nbsp;&nbsp;indented&nbsp;</p>", "<p>indented</p>"),
        ("<p>10<sup>6</sup>, km<sup>2</sup>, 1<sup>st</sup>, CO<sub>2</sub></p>", "<p>10⁶, km2, 1st, CO2</p>"),
        ("<p>a<br> <br/>b<br>c<br></p>", "<p>a</p><p>b<br>c</p>"),
        ("<pre>a\n  b\n\nc</pre>", "<p>a<br>b</p><p>c</p>"),
        ('<span style="white-space:pre-line">a\nb</span>', "<p>a<br>b</p>"),
        ("<p>a\n b\tc</p>\n\n<p>d</p>", "<p>a b c</p><p>d</p>"),
        ("<p>港の\n会議</p>", "<p>港の会議</p>"),
        ("<b>a</b><b> </b><b>b</b><i> </i>c", "<p><strong>a b</strong> c</p>"),
        ("<h2><b>all</b></h2><h2>a <b>part</b></h2>", "<p>all</p><p>a <strong>part</strong></p>"),
        (
            '<a href="https://a.example/?utm_source=x&b=%20c&gclid=1#utm_term=y">a</a>',
            '<p><a href="https://a.example/?b=%20c">a</a></p>',
        ),
        ('<a href="mailto:a@b.example?subject=utm_x">a</a>', '<p><a href="mailto:a@b.example?subject=utm_x">a</a></p>'),
        (
            '<a href="https://l.facebook.com/l.php?u=https%3A%2F%2Fa.example%2F%3Ffbclid%3D1&h=2">a</a>',
            '<p><a href="https://a.example/">a</a></p>',
        ),
        ("<q>a <q>b</q></q><q>„c“</q>", "<p>“a ‘b’”„c“</p>"),
        ("<div><p hidden>a</p><p style='VISIBILITY: hidden'>b</p><p style='display:none!important'>c</p>d</div>", "<p>d</p>"),
        ("<table><tr><td>a<td><ul><li>b<li>c</ul></table>", "<p>a</p><ul><li>b</li><li>c</li></ul>"),
        (
            "<style>.x{font-weight:bold} @media print{.y{display:none}}</style><p class=x>a</p><p class=y>b</p>",
            "<p><strong>a</strong></p><p>b</p>",
        ),
        ("<p class=MsoListParagraph>A. Quill said</p>", "<p>A. Quill said</p>"),
        ("<p class=x_MsoListParagraph>a.&nbsp;&nbsp; first</p>", "<ol><li>first</li></ol>"),
        ("<unknown-thing>a</unknown-thing><o:p>b</o:p>", "<p>ab</p>"),
        ("<span style='display:block'>a</span><span style='display:block'>b</span>", "<p>a</p><p>b</p>"),
        ("a<img alt='a boat' src=x><img alt='⛵' src=x>b", "<p>a⛵b</p>"),
    ],
)
def test_more_pieces_of_markup(html, body):
    assert pasted(html) == (body.replace("_", "\u00a0") if "«" in body else body)


TAGS = [
    "p",
    "div",
    "b",
    "i",
    "span",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "td",
    "th",
    "blockquote",
    "h1",
    "a",
    "q",
    "br",
    "pre",
    "sup",
    "section",
    "o:p",
    "em",
    "strong",
    "font",
    "dl",
    "dt",
    "details",
]
soups = st.lists(
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS])
    | st.sampled_from(
        [
            "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>",
            "<li style='font-weight:700'>",
            "<a href='https://a.example/'>",
        ]
    )
    | st.text(st.sampled_from("xyzא水 \n\u00a0&"), max_size=5),
    max_size=40,
)


@settings(deadline=None)
@given(soups)
def test_whatever_is_pasted_keeps_its_letters_in_order_and_becomes_a_body_in_its_canonical_form(soup):
    html = "".join(soup)
    body = read_pasted(html)
    letters = [letter for letter in "".join(piece for piece in soup if not piece.startswith("<")) if letter.isalpha()]
    assert [letter for letter in body.text if letter.isalpha()] == letters
    assert canonical(body.blocks) == body
    assert read_pasted(write_html(body)).text.split() == body.text.split()
