"""Every reader of foreign bytes as a function of bytes alone, with seeds: what is fuzzed, and mutated in the ordinary suite.

A function here may return whatever it likes and may raise a :class:`WorkstationError`; anything else that comes out is a finding.
"""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType

from workstation.domain import clean_address, web_address
from workstation.domain.body import read_html
from workstation.domain.clipboard_address import clipboard_address
from workstation.domain.hosts import is_public
from workstation.domain.inbox_filter import explained
from workstation.domain.picture import Picture
from workstation.domain.plain_text import read_plain
from workstation.domain.story_archive import StoryArchive, pack, unpack
from workstation.domain.story_document import read_json
from workstation.domain.text_fragment import find_passage, split_fragment
from workstation.errors import WorkstationError
from workstation.ingest import dates, drawings, feed_dates, feeds, icon_places, icons, opml, passage, places, unpacking
from workstation.ingest.arrival import Arrival
from workstation.ingest.decoding import decode
from workstation.ingest.fetch import Limits, _checked, _wait
from workstation.ingest.fetch import _fresh as fresh_for
from workstation.ingest.kinds import kind_of
from workstation.ingest.mail import header_text
from workstation.ingest.pasted_links import link_target
from workstation.ingest.pasting import read_pasted
from workstation.ingest.pictures import read_picture
from workstation.ingest.reading import READERS, read_arrival
from workstation.render.house.own_templates import fill_own, read_templates
from workstation.render.house.publication_file import read_publication
from workstation.render.house.style_sheet import css_markup, read_css
from workstation.render.pictures.iptc.files import with_words
from workstation.render.pictures.iptc.words import PictureWords
from workstation.render.pictures.placing import picture_from
from workstation.review.styles.style_file import read_style
from workstation.store.deltas import apply_delta, digest_of, make_delta
from workstation.store.inbox_query import condition_of
from workstation.store.search_text import phrase, searchable, spellings

from ..ingest import made_files
from ..ingest.hostile import WORDS, page, png

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "tests" / "data"
CAPTURED = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Fuzzed:
    """A reader: what it does with bytes, what it begins with, and how long an input may grow."""

    read: Callable[[bytes], object]
    seeds: Callable[[], list[bytes]]
    longest: int = 20_000


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _files(pattern: str, most: int = 60) -> list[bytes]:
    return [path.read_bytes() for path in sorted(DATA.glob(pattern))[:most] if path.stat().st_size < 100_000]


def _as(kind: str, name: str) -> Callable[[bytes], object]:
    """One item of the format ``kind``, whatever the bytes look like."""
    read = READERS[kind].load()

    def item(data: bytes) -> object:
        arrival = Arrival(data=data, captured=CAPTURED, name=name, url="https://gazette.example/a")
        return read(arrival)

    return item


def _items(name: str) -> Callable[[bytes], object]:
    """Everything that a file of this name brings, as the worker's job takes it apart."""

    def items(data: bytes) -> object:
        return unpacking.items(data, {"captured": CAPTURED.isoformat(), "name": name})

    return items


def _any_item(data: bytes) -> object:
    kind_of(data, "a")
    return read_arrival(Arrival(data=data, captured=CAPTURED))


# --- seeds ---------------------------------------------------------------------------------------------------------


def _pages() -> list[bytes]:
    ld = json.dumps({"@context": "https://schema.org", "@graph": [{"@type": "NewsArticle", "@id": "#a", "headline": "A lock",
        "author": [{"@type": "Person", "name": "Ana Ruiz"}], "publisher": {"@id": "#p"}, "datePublished": "2026-03-05T09:00:00Z",
        "image": ["a.jpg"], "inLanguage": "en"}, {"@type": "Organization", "@id": "#p", "name": "Gazette"}]})  # fmt: skip
    head = (
        '<meta charset="utf-8"><meta property="og:title" content="A lock"><meta name=author content="Ana Ruiz">'
        '<meta property="article:published_time" content="2026-03-05"><link rel=canonical href="/a"><base href="https://a.example/">'
        f'<link rel="icon" sizes="32x32" href="i.png"><link rel=manifest href=m.json>'
        f'<script type="application/ld+json">{ld}</script>'
    )
    return [page(), page(head=head), made_files.page(), *_files("pasting/*.html", 8)]


def _pictures() -> list[bytes]:
    from PIL import Image

    made: list[bytes] = [png(20)]
    for form in ("JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP", "ICO", "AVIF"):
        out = io.BytesIO()
        image = Image.new("RGB", (16, 12), (200, 30, 60))
        exif = image.getexif()
        exif[0x0112], exif[0x010E] = 6, "A lock"
        try:
            image.save(out, form, **({"exif": exif} if form in {"JPEG", "PNG", "WEBP"} else {}))
        except (OSError, KeyError):
            continue
        made.append(out.getvalue())
    return made


def _with_words_seeds() -> list[bytes]:
    words = PictureWords(credit="Ana Ruiz", caption="A lock opens", alternative_text="A gate")
    kinds = {b"\xff\xd8": "image/jpeg", b"\x89P": "image/png", b"RI": "image/webp"}
    plain = [Picture(data, kinds[data[:2]], 16, 12) for data in _pictures() if data[:2] in kinds]
    return [with_words(picture, words).data for picture in plain] + [picture.data for picture in plain]


def _docx() -> bytes:
    return made_files.docx("<w:p><w:pPr><w:pStyle w:val='Heading1'/></w:pPr><w:r><w:t>A lock opens</w:t></w:r></w:p>"
                           "<w:p><w:r><w:t>The first ferry left.</w:t></w:r></w:p>", "<dc:title>A lock</dc:title>")  # fmt: skip


def _odt() -> bytes:
    content = (
        '<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><o:body><o:text><t:h>A lock</t:h>'
        "<t:p>The first <t:s t:c='3'/>ferry left<t:line-break/>at dawn.</t:p></o:text></o:body></o:document-content>"
    )
    return made_files.zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, "meta.xml": "<m/>"})


def _pdf() -> bytes:
    return made_files.pdf([[(50.0, 500.0, 10.0, line)] for line in made_files.LINES], info={"Title": "A lock"})


def _mails() -> list[bytes]:
    head = b"From: =?utf-8?q?Ana_Ru=C3=ADz?= <a@b.example>\r\nSubject: =?iso-8859-1?q?Caf=E9?=\r\nMessage-ID: <1@b>\r\n"
    head += b"Date: Thu, 5 Mar 2026 10:00:00 +0100\r\nMIME-Version: 1.0\r\n"
    html = b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + page()
    parts = b'Content-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nWords\r\n--b\r\n'
    attached = (
        b"--b\r\nContent-Type: application/pdf; name=\"a.pdf\"\r\nContent-Disposition: attachment; filename*=utf-8''a.pdf\r\n"
    )
    return [
        head + html,
        head + parts + html + b"\r\n" + attached + b"Content-Transfer-Encoding: base64\r\n\r\nJVBERi0=\r\n--b--\r\n",
    ]


def _warc() -> bytes:
    return made_files.warc_record("https://gazette.example/a", page()) + made_files.warc_record(
        "https://gazette.example/b", page()
    )


def _wacz() -> bytes:
    listed = '{"format":"json-pages-1.0"}\n{"url":"https://gazette.example/a"}\n'
    return made_files.zipped({"datapackage.json": "{}", "archive/a.warc": _warc(), "pages/pages.jsonl": listed})


def _story_zip() -> bytes:
    document = (ROOT / "resources" / "sample" / "story.json").read_bytes()
    record = b'{"format": "workstation-items/1", "items": [], "quotes": []}'
    whole = pack(StoryArchive(document, {"lead.jpg": _pictures()[1]}))
    return whole if record else b""


def _stories() -> list[bytes]:
    return [(ROOT / "resources" / "sample" / "story.json").read_bytes(), *_files("handing-over/*.json", 12)]


_LINK_FILES = [
    b"[InternetShortcut]\r\nURL=https://gazette.example/a\r\n",
    b"[Desktop Entry]\nType=Link\nName=A\nURL=https://gazette.example/a\n",
    b'<?xml version="1.0"?><plist version="1.0"><dict><key>URL</key><string>https://gazette.example/a</string></dict></plist>',
]
_BOOKMARKS = [
    b'<!DOCTYPE NETSCAPE-Bookmark-file-1><TITLE>B</TITLE><DL><p><DT><H3>F</H3><DL><p><DT><A HREF="https://a.example/">A</A></DL></DL>',
    json.dumps({"roots": {"bookmark_bar": {"children": [{"type": "url", "name": "A", "url": "https://a.example/"}]}}}).encode(),
]
_ADDRESSES = [
    b"https://gazette.example/a?utm_source=x&id=3#:~:text=first,last", b"http://[::ffff:127.0.0.1]:8080/", b"http://0x7f.1/",
    "https://xn--80ak6aa92e.com/ http://аррӏе.com/".encode(), b"https://www.google.com/url?q=https%3A%2F%2Fa.example%2F&sa=D",
    b"https://user:word@a.example:99/b\\c", b"https://a-example.cdn.ampproject.org/c/s/a.example/x", b"64:ff9b::7f00:1%eth0",
]  # fmt: skip
_DATES = [
    b"Thu, 05 Mar 2026 10:00:00 +0100", b"2026-03-05T10:00:00.123456789Z", b"5 de marzo de 2026", "2026年3月5日".encode(),
    "۱۴۰۴/۱۲/۱۴".encode(), b"Published: March 5th, 2026, 9.30 pm", b"1772700000", "令和8年3月5日".encode(),
    "5 марта 2026 г.".encode(), b"Thu Mar  5 10:00:00 2026",
]  # fmt: skip
_QUERIES = [
    b'river "old harbour" -fish outlet:gazette since:2026-01-01 before:yesterday', b"has:quotes state:unread,used lang:en tag:a*",
    b'NEAR(a b, 5) OR "x" AND NOT (y', b"url:https://a.example/ id:12,13 feed:x author:'a b' site:a.example",
    b"cap*tion ^a {x} a:b",
]  # fmt: skip
_PLAIN = [WORDS.encode(), "Šest slov — “a quoted” line\u2028and\ta\u200b\u202eturn".encode()]
_MARKDOWN = [
    b"---\ntitle: A lock\nauthor: Ana Ruiz\nlanguage: en\ndate: 2026-03-05\n---\n# A lock\n\n> quoted\n\n* a\n* b\n\n[x](https://a.example/)\n"
]
_RTF = [b"{\\rtf1\\ansi\\ansicpg1252{\\info{\\title A lock}}\\pard The first \\b ferry\\b0  left\\par \\u8220?at dawn\\'e9\\par}"]
_CSS = [
    b"@media (min-width:40em){.signal>h2{color:#123;background:var(--x)}}"
    b"@font-face{font-family:A;src:url(data:font/woff2;base64,d09GMg==)}",
    b"a::after{content:'\\2014'}/* c */ @supports (display:grid){b{width:calc(1px + 2%)}}",
]
_TEMPLATE = [
    b"<article>{% for card in story.signals %}<h2>{{ card.headline|upper }}</h2>"
    b"{% if loop.first %}{{ card.body }}{% endif %}{% endfor %}</article>"
]
_SVG = [
    b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 10">'
    b'<defs><g id="a"><path d="M0 0h9v9z"/>'
    b'</g></defs><use xlink:href="#a" transform="scale(2)"/><style>path{fill:red}</style><text x="1">a</text></svg>'
]
_OPML = [
    b'<?xml version="1.0"?><opml version="2.0"><body><outline text="F"><outline type="rss" text="A" xmlUrl="https://a.example/f"/></outline></body></opml>'
]
_MANIFEST = [b'{"name":"A","icons":[{"src":"/i.png","sizes":"48x48 any","type":"image/png","purpose":"any"}]}']
_BASE = WORDS.encode() * 8
_LONGER = _BASE + b" More words."


# --- readers -------------------------------------------------------------------------------------------------------


def _address(data: bytes) -> None:
    text = _text(data)
    for said in (web_address.canonical, web_address.host_of, web_address.as_meant, web_address.address_hash,
                 web_address.out_of_amp_cache,
                 clean_address.past_redirects, clean_address.without_trackers, places.web_address, places.domain_of, link_target,
                 is_public, split_fragment):  # fmt: skip
        said(text)
    web_address.agreed(text, text[::-1])
    clipboard_address(["text/x-moz-url-priv"], lambda _: data, text)
    find_passage(WORDS, split_fragment(text)[1])
    fresh_for(text), _wait(text)


class _Nobody:
    """A watch whose time is over: no name is looked up while addresses are fuzzed."""

    was_cancelled = False

    def stopped(self) -> bool:
        return True


def _fetched_address(data: bytes) -> None:
    import workstation.pinned as pinned

    asked = pinned.resolved
    pinned.resolved = lambda host, port, watch: ("1.1.1.1",)  # type: ignore[assignment]
    try:
        _checked(_text(data), Limits(), _Nobody())  # type: ignore[arg-type]
    finally:
        pinned.resolved = asked


def _dates(data: bytes) -> None:
    text = _text(data)
    dates.iso_date(text, captured=CAPTURED)
    dates.written_date(text, captured=CAPTURED)
    feed_dates.feed_date(text, CAPTURED)


def _query(data: bytes) -> None:
    text = _text(data)
    condition_of(text, CAPTURED)
    explained(text, CAPTURED)
    phrase(text), searchable(text), spellings(text)


def _delta(data: bytes) -> None:
    for base, digest in ((_BASE, _LONGER), (b"", _BASE)):
        apply_delta(base, data, digest_of(digest))


def _words_in_picture(data: bytes) -> None:
    words = PictureWords(credit="Ana Ruiz", caption="A lock opens", alternative_text="A gate")
    for kind in ("image/jpeg", "image/png", "image/webp"):
        with_words(Picture(data, kind, 16, 12), words)
    picture_from(data)


def _publication(data: bytes) -> None:
    read_publication(data, lambda name: png(20) if name.endswith(".png") else _CSS[0] if name.endswith(".css") else _TEMPLATE[0])


def _style_sheet(data: bytes) -> None:
    css_markup(read_css(["a.css"], {"a.css": data}.get))


def _template(data: bytes) -> None:
    texts = read_templates({"page": "page.html"}, {"page.html": data}.get)
    fill_own("page.html", texts, {"story": {"headline": "A", "signals": [{"headline": "B", "body": "<p>x</p>"}]}})


def _pasted(data: bytes) -> None:
    text = _text(data)
    read_pasted(text)
    read_html(text)
    read_plain(text)


def _passage(data: bytes) -> None:
    for is_html in (True, False):
        known = {"text": "The lock at Orrin", "url": "https://a.example/", "captured": CAPTURED.isoformat(), "is_html": is_html}
        passage.passage(data, known)


def _feed(data: bytes) -> None:
    feeds.feed(data, {"captured": CAPTURED.isoformat(), "url": "https://gazette.example/feed"})


def _entry(data: bytes) -> None:
    feeds.kept(
        data,
        {
            "captured": CAPTURED.isoformat(),
            "url": None,
            "title": "A",
            "text": "B",
            "outlet": "C",
            "language": None,
            "country": None,
        },
    )


def _icon_places(data: bytes) -> None:
    icon_places.page_places(data, "https://a.example/")
    icon_places.manifest_places(data, "https://a.example/m.json")
    icons.embedded(data, lambda _: png(20))


def _drawing(data: bytes) -> None:
    try:
        drawings.draw(data, 64)
    except drawings.NotDrawableError:
        return


def _packet(data: bytes) -> None:
    archive = unpack(data)
    read_json(archive.document)


def _verified(data: bytes) -> None:
    from tempfile import TemporaryDirectory

    from workstation.workflow.verifying import verify

    class Here:
        """The reading in this process."""

        def read(self, data: bytes, **known: object) -> object:
            from workstation.ingest.reading import read

            return read(data, **known)  # type: ignore[arg-type]

        def ask(self, job: str, data: bytes, known: Mapping[str, object] = MappingProxyType({})) -> object:
            from workstation.ingest.jobs import job_named

            return job_named(job)(data, known)

    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.zip"
        path.write_bytes(data)
        verify(path, Here())  # type: ignore[arg-type]


@cache
def _evidence() -> bytes:
    from workstation.domain.evidence import Evidence
    from workstation.domain.evidence_packet import pack_evidence

    story = read_json((ROOT / "resources" / "sample" / "story.json").read_bytes()).story
    made = Evidence(story=story, publication="m", language="en", made="2026-03-05T10:00:00Z", items={}, witnesses=(), versions={})
    return pack_evidence(made, (), (), "<p>x</p>")


def _decoded(data: bytes) -> None:
    decode(data)
    decode(data, "shift_jis")
    header_text(data.decode("latin-1"))


FUZZED: Mapping[str, Fuzzed] = MappingProxyType(
    {
        "item": Fuzzed(_any_item, lambda: [*_pages(), *_PLAIN, *_mails(), *_MARKDOWN, *_RTF]),
        "html": Fuzzed(_as("html", "a.html"), _pages),
        "markdown": Fuzzed(_as("markdown", "a.md"), lambda: _MARKDOWN),
        "text": Fuzzed(_as("text", "a.txt"), lambda: _PLAIN),
        "mhtml": Fuzzed(_as("mhtml", "a.mhtml"), lambda: [made_files.mhtml([("Content-Type: text/html", page())])]),
        "webarchive": Fuzzed(
            _as("webarchive", "a.webarchive"),
            lambda: [made_files.webarchive(page()), made_files.webarchive(page(), binary=False)],
        ),
        "mail": Fuzzed(_as("mail", "a.eml"), _mails),
        "pdf": Fuzzed(_as("pdf", "a.pdf"), lambda: [_pdf()]),
        "docx": Fuzzed(_as("docx", "a.docx"), lambda: [_docx()]),
        "odt": Fuzzed(_as("odt", "a.odt"), lambda: [_odt()]),
        "rtf": Fuzzed(_as("rtf", "a.rtf"), lambda: _RTF),
        "mails in a file": Fuzzed(_items("a.eml"), _mails),
        "mbox": Fuzzed(
            _items("a.mbox"),
            lambda: [
                b"".join(b"From a@b Thu Mar  5 10:00:00 2026\r\n" + mail + b"\r\n" for mail in _mails()),
                b"From a Thu\r\n" + _mails()[0],
            ],
        ),
        "warc": Fuzzed(_items("a.warc"), lambda: [_warc(), gzip.compress(_warc())]),
        "wacz": Fuzzed(_items("a.wacz"), lambda: [_wacz()]),
        "zip": Fuzzed(_items("a.zip"), lambda: [made_files.zipped({"a.html": page(), "b.txt": WORDS, "c/d.eml": _mails()[0]})]),
        "gzip": Fuzzed(_items("a.gz"), lambda: [gzip.compress(page())]),
        "link": Fuzzed(_items("a.url"), lambda: _LINK_FILES),
        "bookmarks": Fuzzed(_items("a.html"), lambda: _BOOKMARKS),
        "feed": Fuzzed(_feed, lambda: [data for pattern in ("xml", "rdf", "json") for data in _files(f"feeds/*.{pattern}")]),
        "entry": Fuzzed(_entry, lambda: [b'{"title":"A","url":"https://a.example/","content":"<p>x</p>","summary":"y"}']),
        "opml": Fuzzed(lambda data: opml.opml(data, {}), lambda: _OPML),
        "decoding": Fuzzed(
            _decoded, lambda: [*_PLAIN, "Señora Álvarez".encode("cp1252"), "旧港".encode("gb18030"), "旧港".encode("utf-16")]
        ),
        "passage": Fuzzed(_passage, _pages),
        "pasting": Fuzzed(_pasted, lambda: _files("pasting/*.html")),
        "story": Fuzzed(read_json, _stories, 40_000),
        "story archive": Fuzzed(_packet, lambda: [_story_zip()], 200_000),
        "evidence": Fuzzed(_verified, lambda: [_evidence()], 100_000),
        "publication": Fuzzed(_publication, lambda: [path.read_bytes() for path in ROOT.glob("resources/publications/*/*.toml")]),
        "style sheet": Fuzzed(_style_sheet, lambda: _CSS),
        "template": Fuzzed(_template, lambda: _TEMPLATE),
        "house style": Fuzzed(
            lambda data: read_style(data, "a.toml", tried=True),
            lambda: [
                path.read_bytes().partition(b"\n[[rule]]\n")[0]
                + b"\n[[rule]]\n"
                + path.read_bytes().split(b"\n[[rule]]\n")[number]
                for number in (1, 2, 3)
                for path in ROOT.glob("resources/house-style/*.toml")
            ],
        ),
        "search": Fuzzed(_query, lambda: _QUERIES, 2_000),
        "delta": Fuzzed(_delta, lambda: [make_delta(_BASE, _LONGER), make_delta(b"", _BASE)]),
        "picture": Fuzzed(read_picture, _pictures),
        "words in a picture": Fuzzed(_words_in_picture, _with_words_seeds),
        "icon": Fuzzed(icons.decode, lambda: [*_pictures(), *_SVG]),
        "icon places": Fuzzed(_icon_places, lambda: [*_pages(), *_MANIFEST]),
        "drawing": Fuzzed(_drawing, lambda: _SVG),
        "address": Fuzzed(_address, lambda: _ADDRESSES, 4_000),
        "fetched address": Fuzzed(_fetched_address, lambda: _ADDRESSES, 4_000),
        "date": Fuzzed(_dates, lambda: _DATES, 2_000),
    }
)
"""By name; every reader and unpacker of the program is in it, which ``test_parsing.py`` holds it to."""


def tried(fuzzed: Fuzzed, data: bytes) -> None:
    """Read ``data``: a refusal in our own words is no finding."""
    try:
        fuzzed.read(data)
    except WorkstationError:
        return
