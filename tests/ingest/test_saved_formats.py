from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from workstation.errors import ReadError
from workstation.ingest.kinds import kind_of
from workstation.ingest.reading import read

from .made_files import LINES, docx, mhtml, page, pdf, warc_record, webarchive, zipped

CAPTURED = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
TEXT = "\n".join(LINES)


def item(data, name="", **options):
    return read(data, captured=CAPTURED, name=name, **options).item


def letter(html="", plain="", **headers):
    message = EmailMessage()
    told = {
        "From": "Harbour Post <news@mail.harbourpost.example>",
        "Subject": "Морской вестник — 水門",
        "Message-ID": "<1@x.example>",
    }
    for name, value in {**told, "Date": "Thu, 05 Mar 2026 10:00:00 +0100", **headers}.items():
        message[name.replace("_", "-")] = value
    message.set_content(plain or "Plain words.")
    if html:
        message.add_alternative(html, subtype="html")
    return message


# --- saved pages ---------------------------------------------------------------------------------------------------


def test_singlefile_tells_the_pages_address_and_when_it_was_saved():
    top = "<!--\n Page saved with SingleFile \n url: https://gazette.example/a?b=1 \n"
    top += " saved date: Thu Mar 05 2026 10:00:00 GMT+0100 (CET)\n-->"
    found = item(page(top=top), "a.html")
    assert (found.url, found.origins["saved"], found.text) == ("https://gazette.example/a?b=1", "2026-03-05T10:00:00+01:00", TEXT)


def test_a_pages_mhtml_is_read_from_the_part_that_it_starts_with():
    parts = [
        ("Content-Type: text/html\r\nContent-Location: https://ads.example/frame", page("An advertisement")),
        ("Content-Type: text/html; charset=utf-8\r\nContent-ID: <main@x>\r\nContent-Location: https://gazette.example/a", page()),
    ]
    found = item(mhtml(parts, kind='type="text/html"; start="<main@x>"'), "a.mhtml")
    assert (found.title, found.url, found.text) == ("A lock opens", "https://gazette.example/saved", TEXT)
    assert (found.media_type, found.origins["saved"]) == ("multipart/related", "2026-03-05T10:00:00+01:00")


@pytest.mark.parametrize("binary", [True, False])
def test_safaris_web_archive_is_read(binary):
    found = item(webarchive(page(), binary=binary), "a.webarchive")
    assert (found.title, found.url, found.text) == ("A lock opens", "https://gazette.example/safari", TEXT)


# --- mails ---------------------------------------------------------------------------------------------------------


def test_a_newsletter_is_an_item_of_its_outlet_with_its_web_address():
    cells = "".join(f"<table><tr><td><p>{line}</p></td></tr></table>" for line in LINES)
    html = (
        "<style>p{}</style><div style='display:none'>Hidden preheader</div><table><tr><td>"
        "<a href='https://harbourpost.example/letters/12'>View this email in your browser</a></td></tr>"
        f"<tr><td>{cells}<a href='https://click.harbourpost.example/t/1'>Read on</a></td></tr></table>"
    )
    found = item(letter(html, List_Unsubscribe="<https://x.example/u>").as_bytes(), "a.eml")
    assert found.text.split("\n") == [*LINES, "Read on"]
    assert (found.title, found.outlet, found.author) == ("Морской вестник — 水門", "Harbour Post", None)
    assert (found.published, found.url) == ("2026-03-05T10:00:00+01:00", "https://harbourpost.example/letters/12")


def test_a_person_who_writes_for_an_outlet_is_the_author_and_a_link_that_counts_readers_is_no_address():
    html = f"<p>{LINES[0]}</p><a href='https://click.post.example/x'>View in browser</a>"
    message = letter(html)
    message.replace_header("From", "Mara Lind from Harbour Post <m@harbourpost.example>")
    found = item(message.as_bytes(), "a.eml")
    assert (found.author, found.outlet, found.url) == ("Mara Lind", "Harbour Post", None)
    message.replace_header("From", "The Harbour Post — Mara Lind <m@harbourpost.example>")
    found = read(message.as_bytes(), captured=CAPTURED, name="a.eml").item
    assert (found.author, found.outlet) == ("Mara Lind", "The Harbour Post")


def test_a_plain_mail_broken_at_a_width_has_whole_paragraphs_and_its_undeclared_letters_are_guessed():
    head = b"From: Jon Berg <jon@gmail.com>\r\nSubject: Caf\xe9\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n"
    body = (
        "The lock at Orrin opened on Thursday after nine years of repairs, and a\r\nqueue of 61 barges began to move "
        "before the caf\xe9 of the harbour opened\r\nits doors.\r\n\r\nThe end.\r\n"
    ).encode("cp1252")
    found = item(head + body)
    assert found.text.split("\n")[0].endswith(
        "and a queue of 61 barges began to move before the café of the harbour opened its doors."
    )
    assert (found.title, found.author, found.outlet) == ("Café", "Jon Berg", "")


# --- documents -----------------------------------------------------------------------------------------------------


def test_a_word_document_is_read_as_it_would_print():
    body = (
        '<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>جسر أورين</w:t></w:r></w:p>'
        '<w:p><w:r><w:t xml:space="preserve">The council </w:t></w:r><w:del><w:r><w:delText>never </w:delText></w:r></w:del>'
        '<w:ins><w:r><w:t xml:space="preserve">quickly </w:t></w:r></w:ins><w:r><w:t>agreed to open the lock.</w:t></w:r></w:p>'
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Boat</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Seats</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    core = (
        "<dc:title>Untitled</dc:title><dc:creator>Mara Lind</dc:creator><dcterms:created>2026-03-05T10:00:00Z</dcterms:created>"
    )
    found = item(docx(body, core), "a.docx")
    assert found.text.split("\n") == ["The council quickly agreed to open the lock.", "Boat | Seats"]
    assert (found.title, found.author, found.published) == ("جسر أورين", "Mara Lind", "2026-03-05T10:00:00+00:00")


def test_an_open_document_and_a_rich_text_are_read():
    content = (
        '<o:doc xmlns:o="o" xmlns:t="t"><o:body><t:tracked-changes><t:p>struck out</t:p></t:tracked-changes>'
        "<t:h>Lock opens</t:h><t:p>The lock<t:s t:c='1'/>opened.</t:p></o:body></o:doc>"
    )
    odt = item(zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}), "a.odt")
    assert (odt.title, odt.text) == ("Lock opens", "The lock opened.")
    rtf = item(
        rb"{\rtf1\ansi\ansicpg1252{\info{\title Lock opens}}The caf\'e9 opened. \u1064?\u1083?\u1102?\u1079?\par}", "a.rtf"
    )
    assert (rtf.title, rtf.text) == ("Lock opens", "The café opened. Шлюз")


# --- by look -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (pdf([[]]), "pdf"),
        (docx(""), "docx"),
        (zipped({"xl/workbook.xml": "", "[Content_Types].xml": ""}), "unknown"),
        (zipped({"a.html": page()}), "zip"),
        (mhtml([("Content-Type: text/html", page())]), "mhtml"),
        (webarchive(page()), "webarchive"),
        (webarchive(page(), binary=False), "webarchive"),
        (letter().as_bytes(), "mail"),
        (b"From - Thu Mar  5 10:00:00 2026\n" + letter().as_bytes(), "mbox"),
        (warc_record("https://gazette.example/", page()), "warc"),
        (b"[InternetShortcut]\r\nURL=https://gazette.example/\r\n", "link"),
        (b"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>", "bookmarks"),
        (b'{"checksum": "x", "roots": {"bookmark_bar": {}}}', "bookmarks"),
        (b"<?xml version='1.0'?>\n<!-- x -->\n<rss version='2.0'><channel/></rss>", "feed"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'/>", "feed"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', "feed"),
        (b"<opml version='2.0'/>", "opml"),
        (b"{\\rtf1 x}", "rtf"),
        (page(), "html"),
        (b"\x89PNG\r\n\x1a\n....", "unknown"),
    ],
)
@pytest.mark.parametrize("name", ["", "wrong.xyz"])
def test_a_file_is_known_by_its_look_whatever_it_is_called(data, kind, name):
    assert kind_of(data, name) == kind


def test_a_feed_is_no_article_and_says_so():
    with pytest.raises(ReadError, match="Follow it"):
        item(b"<rss version='2.0'><channel><title>x</title></channel></rss>", "a.html")
