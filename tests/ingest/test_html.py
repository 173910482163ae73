import json
from datetime import UTC, datetime

import pytest

from workstation.errors import ReadError
from workstation.ingest.reading import read

CAPTURED = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

PARAGRAPHS = [
    "The first ferry left the old harbour of Vell at dawn on Monday, with forty people and two goats aboard.",
    "“We waited eleven years for this boat,” said the harbour master, Ilse Tamm, who had come in her Sunday coat.",
    "A second boat will follow before the summer, if the money holds out and the winter is a mild one.",
    "Until now the islanders crossed by fishing boat, which took three hours, or did not cross at all.",
]
ARTICLE = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
MENU = "<nav><ul><li><a href=/>Home</a><li><a href=/sport>Sport</a><li><a href=/weather>Weather</a></ul></nav>"
LD = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "harbourpost.example"},
        {"@type": "NewsMediaOrganization", "@id": "#pub", "name": "The Harbour Post", "address": {"addressCountry": "IE"}},
        {
            "@type": ["NewsArticle"],
            "headline": "Ferry line to Vell &amp; the islands opens",
            "datePublished": "2026-03-02T09:10:00.000+0100",
            "author": [
                {"@type": "Person", "name": "By Mara Lind"},
                {"@type": "Person", "name": "https://harbourpost.example/jon"},
            ],
            "publisher": {"@id": "#pub"},
        },
    ],
}


def page(head="", body=ARTICLE, lang=' lang="en-GB"'):
    whole = (
        f"<!doctype html><html{lang}><head><meta charset=utf-8>{head}</head><body>{MENU}<article>{body}</article></body></html>"
    )
    return whole.encode()


def item(data, **options):
    return read(data, captured=CAPTURED, **{"name": "page.html", **options}).item


def ld(value=LD):
    return f"<script type='application/ld+json'>{json.dumps(value)}</script>"


def test_the_text_is_the_article_one_line_a_paragraph():
    found = item(page("<title>Ferry line opens</title>"))
    assert found.text == "\n".join(PARAGRAPHS)
    assert found.words == sum(len(paragraph.split()) for paragraph in PARAGRAPHS)
    assert (found.language, found.origins["language"]) == ("en", "text")


def test_json_ld_tells_title_author_date_outlet_and_country():
    found = item(page(ld() + "<title>Ferry line to Vell & the islands opens | The Harbour Post</title>"))
    assert found.title == "Ferry line to Vell & the islands opens"
    assert (found.author, found.published, found.outlet, found.country) == (
        "Mara Lind",
        "2026-03-02T09:10:00+01:00",
        "The Harbour Post",
        "IE",
    )
    assert {found.origins[field] for field in ("title", "author", "published", "outlet", "country")} == {"json-ld"}


def test_meta_elements_tell_what_json_ld_does_not():
    head = (
        '<meta property="og:title" content="Ferry line opens"><meta property="og:site_name" content="Harbour Post">'
        '<meta name="author" content="Mara Lind and Jon Berg"><meta property="article:published_time" content="2026-03-01">'
        '<meta name="geo.region" content="NO-03"><link rel=canonical href="https://harbourpost.example/ferry">'
    )
    found = item(page(head))
    assert (found.title, found.outlet, found.author, found.published) == (
        "Ferry line opens",
        "Harbour Post",
        "Mara Lind, Jon Berg",
        "2026-03-01",
    )
    assert (found.country, found.url) == ("NO", "https://harbourpost.example/ferry")
    assert (found.origins["title"], found.origins["author"], found.origins["url"]) == ("open graph", "meta", "canonical")


@pytest.mark.parametrize(
    "title",
    [
        "Ferry line opens | The Harbour Post",
        "The Harbour Post - Ferry line opens",
        "Ferry line opens – The Harbour Post – 2 March",
        "Ferry line opens",
    ],
)
def test_the_outlets_name_is_cut_from_the_title(title):
    assert (
        item(page(f'<title>{title}</title><meta property="og:site_name" content="The Harbour Post">')).title == "Ferry line opens"
    )


def test_a_title_that_most_signals_share_wins_over_one_that_stands_alone():
    head = (
        '<meta property="og:title" content="You will not believe this boat">'
        '<meta name="twitter:title" content="Ferry line opens">'
        "<title>Ferry line opens</title>"
    )
    assert item(page(head, f"<h1>Ferry line opens</h1>{ARTICLE}")).title == "Ferry line opens"


def test_an_outlet_that_names_only_its_domain_takes_the_spelling_of_its_title():
    found = item(page("<title>Ferry line opens - Harbour Post</title>"), url="https://www.harbourpost.example/ferry")
    assert (found.outlet, found.title, found.origins["outlet"]) == ("Harbour Post", "Ferry line opens", "title")


def test_nobody_and_no_date_is_invented():
    found = item(page("<title>Ferry line opens</title>", ARTICLE + "<footer>Copyright 2014 to 2019</footer>"))
    assert (found.author, found.published, found.url, found.outlet, found.country) == (None, None, None, "", "GB")


@pytest.mark.parametrize(
    "author", ["admin", "https://harbourpost.example/mara", "The Harbour Post", "desk@harbourpost.example", "By "]
)
def test_an_account_or_an_address_is_no_author(author):
    assert (
        item(page(f'<meta name="author" content="{author}"><meta property="og:site_name" content="The Harbour Post">')).author
        is None
    )


def test_a_date_in_the_future_is_no_publication_date():
    assert item(page('<meta property="article:published_time" content="2031-01-01T00:00:00Z">')).published is None


@pytest.mark.parametrize(
    ("url", "country"),
    [
        ("https://news.example.de/a", "DE"),
        ("https://news.example.co.uk/a", "GB"),
        ("https://news.example.io/a", "GB"),
        ("https://news.example.com/a", "GB"),
    ],
)
def test_the_country_is_the_domains_and_the_languages_region_only_at_last(url, country):
    assert item(page(), url=url).country == country


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- saved from url=(0041)https://harbourpost.example/news/ferry -->",
        "<!--\n Page saved with SingleFile\n url: https://harbourpost.example/news/ferry\n-->",
    ],
)
def test_a_saved_page_remembers_its_address(comment):
    data = page().replace(b"<html", comment.encode() + b"<html", 1)
    assert item(data).url == "https://harbourpost.example/news/ferry"
    assert item(data, url="https://other.example/x").url == "https://other.example/x"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "http://u:p@harbourpost.example/"]
)
def test_an_address_that_is_not_of_the_web_is_not_taken_over(address):
    assert item(page(f'<link rel=canonical href="{address}"><meta property="og:url" content="{address}">')).url is None


def test_values_are_plain_text_whatever_the_page_puts_into_them():
    evil = "<img src=x onerror=alert(1)>Ferry</b> &lt;script&gt;alert(2)&lt;/script&gt;\u202e\x00"
    value = json.dumps(evil)[1:-1]
    found = item(
        page(f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"{value}","author":"{value}"}}</script>')
    )
    assert "<img" not in found.title + (found.author or "") + found.text
    assert found.title.startswith("Ferry")
    assert not {"\u202e", "\x00"} & set(found.title)


def test_an_article_that_only_scripts_would_show_is_read_from_their_data():
    state = json.dumps({"article": {"contentHtml": ARTICLE}}).replace("<", "\\u003c")
    script = f"<script>window.state = {state}</script>"
    data = f"<html><head><title>Ferry line opens</title></head><body><div id=app></div>{script}</body></html>"
    found = item(data.encode())
    assert (found.text, found.origins["text"]) == ("\n".join(PARAGRAPHS), "script data")


def test_a_page_without_an_article_keeps_its_description_and_says_so():
    head = '<title>Ferry line opens</title><meta name=description content="A boat leaves at dawn.">'
    data = f"<html><head>{head}</head><body></body></html>".encode()
    found = item(data)
    assert (found.text, found.origins["text"], found.language) == ("A boat leaves at dawn.", "meta", None)


def test_a_page_of_short_pieces_is_read_paragraph_by_paragraph():
    assert "The boat left." in item(b"<html><body><p>The boat left.</p></body></html>").text


@pytest.mark.parametrize(
    ("lang", "text", "code"),
    [
        ("", "第一班渡轮星期一黎明离开旧港，船上有四十名乘客。港务局长说，夏天以前会有第二艘船。" * 3, "zh"),
        ("", "غادرت العبارة الأولى الميناء القديم فجر يوم الاثنين وعلى متنها أربعون راكبا وعنزتان." * 3, "ar"),
        ("en", "Die erste Fähre verließ den alten Hafen am Montag im Morgengrauen mit vierzig Menschen an Bord." * 3, "de"),
        ("hr", "Prva trajektna linija krenula je u ponedjeljak iz stare luke s četrdeset putnika." * 3, "hr"),
    ],
)
def test_the_language_is_the_texts_and_the_declaration_only_a_hint(lang, text, code):
    assert item(page("<title>x</title>", f"<p>{text}</p>", f" lang={lang}" if lang else "")).language == code


def test_a_text_below_twenty_letters_has_no_language():
    assert item(b"<html lang=en><title>Ferry</title><body><p>A boat leaves.</p></body></html>").language is None


@pytest.mark.parametrize("data", [b"<html></html>", b"<html><body><script>x</script></body></html>", b"<!-- -->", b"<"])
def test_a_page_without_a_word_is_told_to_be_so(data):
    with pytest.raises(ReadError, match="nothing to read"):
        read(data, captured=CAPTURED, media_type="text/html")


def test_the_same_bytes_give_the_same_item():
    data = page(ld())
    assert read(data, captured=CAPTURED, name="a.html") == read(data, captured=CAPTURED, name="a.html")


def test_a_page_that_asks_to_sign_in_and_one_for_subscribers_say_so_and_an_open_one_with_a_search_form_does_not():
    form = "<form><input name=mail>Password<input type=Password><button>Sign in</button></form>"
    asked = read(f"<title>Sign in</title>{form}".encode(), captured=CAPTURED, name="a.html").item
    assert "the page asks to sign in" in asked.origins["text"]
    fee = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": "False"}</script>'
    teaser = f"<title>Ferry</title>{fee}<article>{ARTICLE}</article>".encode()
    assert "for subscribers" in read(teaser, captured=CAPTURED, name="a.html").item.origins["text"]
    open_page = f"<title>Ferry</title><form><input type=search></form><article>{ARTICLE}</article>{form}".encode()
    assert ": " not in read(open_page, captured=CAPTURED, name="a.html").item.origins["text"]
