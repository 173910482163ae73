"""Attacks in whatever the desk takes in, and every page that it makes of them in a real browser with scripts on.

Nothing runs, opens, leads away or is asked for. First the attacks stand raw on pages of their own, and most of them act
there; what cannot act proves nothing. In the large run each attack goes through every door, and thousands more, made by
multiplying parts of attacks, go with them.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_string, policy
from html import escape
from itertools import count, islice
from typing import Any

import pytest
from lxml import etree

from tests import attacked
from tests.attacked import Hands, hands, harmless_hands
from tests.promises.conftest import IS_LARGE
from tests.render.test_survival import READERS
from tests.vector_browser import Told, WatchedBrowser, watched_browser
from tests.vectors import Vector, batches, multiplied, written
from workstation.domain.body import write_html
from workstation.domain.publication import Publication
from workstation.domain.story import SignalCard, Source, Story
from workstation.errors import InputError, ReadError
from workstation.export.clipboard import HTML, for_pasting
from workstation.ingest import feeds
from workstation.ingest.pasting import read_pasted
from workstation.ingest.reading import read
from workstation.render.evidence_page import evidence_page
from workstation.render.house.harmless import check_page
from workstation.render.house.publication_file import read_publication
from workstation.render.house.style_sheet import read_css
from workstation.render.profiles import PROFILES, render
from workstation.render.rendering import Terms

Rounds = Callable[[int, int], int]

CARDS = 12
MULTIPLIED = 6000
LEAST_ACTING = 0.6
"""Of the attacks, the share that acts when it stands raw on a page."""
PLAIN = Publication(name="The Lantern", address="https://lantern.example/{year}/{slug}")
PAGES = ("page", "single", "email")
FORMS = sorted(set(PROFILES) - {"text", "bundle"})
TRIED = FORMS if IS_LARGE else ["page", "inline", "rss"]
"""The forms of what is captured: the same ones as of a story that was attacked itself, of which all are always tried."""
_ENCLOSED = re.compile('(?<=src=")cid:[0-9a-f]{32}@pictures(?=")')
_DOT = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="
"""Where a message tells a mail program to show a picture that it encloses."""
FLAT = ("fragment", "inline", "wordpress", "ghost")


@pytest.fixture(scope="module")
def browser() -> Iterator[WatchedBrowser]:
    with watched_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def attacks(rounds: Rounds) -> tuple[Vector, ...]:
    """All in the large run; in the ordinary one some of each family."""
    every = written()
    return every[:: max(1, len(every) // rounds(90, len(every)))] + multiplied(rounds(30, MULTIPLIED))


@pytest.fixture(scope="module")
def aimed(browser: WatchedBrowser, attacks: tuple[Vector, ...]) -> list[str]:
    """The attacks as texts; those that ask somebody ask a server that tells who came."""
    return [vector.aimed(browser.elsewhere) for vector in attacks]


# --- the attacks ---------------------------------------------------------------------------------------------------


def test_several_hundred_attacks_are_written_and_each_is_there_once() -> None:
    texts = Counter(written())
    assert len(texts) > 800
    assert [vector for vector, times in texts.items() if times > 1] == []
    assert len({vector.family for vector in written()}) == 9


def test_whoever_watches_notices_an_attack(browser: WatchedBrowser) -> None:
    """Without this the tests below could pass because nobody looks."""
    told = browser.open(
        f'<p>x<img src=x onerror=alert(1)><img src="{browser.elsewhere}/seen"><a href="javascript:alert(2)">y</a>'
    )
    assert told.ran >= 2
    assert told.connections
    assert f"asked {browser.elsewhere}/seen" in told.requests
    assert len(told.live) == 2


def test_most_attacks_act_when_they_stand_raw_on_a_page(
    browser: WatchedBrowser, attacks: tuple[Vector, ...], rounds: Rounds, capsys: pytest.CaptureFixture[str]
) -> None:
    multiples = [vector for vector in attacks if vector.family == "multiplied"]
    tried = (*[vector for vector in attacks if vector.family != "multiplied"][:: rounds(3, 1)], *multiples[:: rounds(3, 4)])
    acting: Counter[str] = Counter()
    for batch in batches(tried, 24):
        acting.update(batch[number].family for number in browser.acting(batch))
    every = Counter(vector.family for vector in tried)
    with capsys.disabled():
        print(
            f"\n{acting.total()} of {len(tried)} attacks act raw:",
            {family: f"{acting[family]}/{every[family]}" for family in every},
        )
    assert acting.total() > LEAST_ACTING * len(tried)


# --- what is made of them ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Opened:
    """A page as somebody opens it, or as a program that was handed a form puts it into a page of its own."""

    label: str
    html: str
    files: Mapping[str, bytes]


def page_of(markup: str) -> str:
    return f"<!DOCTYPE html><html><head><title>A site</title></head><body>{markup}</body></html>"


def every_page(
    story: Story,
    house: Publication,
    terms: Terms = Terms(),  # noqa: B008 - it is frozen
    profiles: Iterable[str] = FORMS,
) -> Iterator[Opened]:
    """Everything that we hand out of a story, as its readers have it in a browser."""
    pictures = attacked.pictures(story)
    for profile in profiles:
        made = render(profile, story, house, pictures, terms)
        if profile in PAGES:
            yield Opened(profile, made.text, made.files)
        elif profile == "jsonld":
            yield Opened(profile, page_of(f'<script type="application/ld+json">{made.text}</script>'), {})
        else:
            yield Opened(profile, page_of(made.text if profile in FLAT else READERS[profile](made.text).html), made.files)
        for name, data in made.files.items():
            yield from beside(profile, name, data)
    inline = render("inline", story, house, pictures, terms)
    yield Opened("clipboard", for_pasting(inline.text, "")[HTML], inline.files)
    yield Opened("copied", page_of("".join(write_html(card.body) for card in story.signals)), {})


def beside(profile: str, name: str, data: bytes) -> Iterator[Opened]:
    """The HTML in the files that go with a form."""
    if name.endswith(".eml"):
        part = message_from_string(data.decode(), policy=policy.default).get_body(("html",))
        shown = _ENCLOSED.sub(_DOT, part.get_content()) if part else ""
        yield Opened(f"{profile} {name}", shown, {})
    elif name.endswith(".wordpress.json"):
        told = json.loads(data)
        captions = [entry["caption"] for entry in told["media"]]
        yield Opened(f"{profile} {name}", page_of("\n".join([told["title"], told["content"], told["excerpt"], *captions])), {})
    elif name.endswith(".json"):
        yield Opened(f"{profile} {name}", page_of("\n".join(markup_in(json.loads(data)))), {})
    elif name.endswith(".xml"):
        yield Opened(f"{profile} {name}", page_of("\n".join(markup_of_feed(data))), {})


_MARKUP = ("content", "html", "body_html", "codeinjection_head", "feature_image_caption")


def markup_in(told: Any, key: str = "") -> Iterator[str]:
    """The texts of JSON that systems print as they are, by their names."""
    if isinstance(told, str) and key in _MARKUP:
        yield told
    for inner, value in told.items() if isinstance(told, dict) else enumerate(told) if isinstance(told, list) else ():
        yield from markup_in(value, inner if isinstance(inner, str) else key)


_ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"


def markup_of_feed(data: bytes) -> Iterator[str]:
    """What readers of feeds take for markup; of WordPress's own format the titles as well."""
    root = etree.fromstring(data)
    is_wordpress = b"wordpress.org/export" in data
    for element in root.iter():
        is_title = element.tag == "title" and is_wordpress and element.getparent().tag == "item"
        if element.tag in (_ENCODED, "description") or is_title:
            yield element.text or ""


def judge(browser: WatchedBrowser, pages: Iterable[Opened], known: Mapping[str, frozenset[str]]) -> list[Told]:
    """Open each page: it does nothing, and has no element and no attribute that the page of plain words does not have."""
    told = []
    for page in pages:
        found = browser.open(page.html, page.files)
        assert (page.label, found.deeds) == (page.label, [])
        assert sorted(found.shape - known[page.label]) == [], page.label
        told.append(found)
    return told


_SIMPLE_ELEMENTS = "code em strong p hr h1 h2 h3 ul ol li pre blockquote br a"
_SIMPLE = frozenset([*_SIMPLE_ELEMENTS.split(), "a href", "ol start"])
"""What a program that prints the facts above a Markdown text as if they were text may make of signs in them."""


@pytest.fixture(scope="module")
def known(browser: WatchedBrowser) -> Mapping[str, frozenset[str]]:
    """The elements and attributes of each page when nothing but plain words are in it, with and without them."""
    found: dict[str, frozenset[str]] = {}
    for house, terms in ((attacked.house(harmless_hands()), Terms(passages=True)), (PLAIN, Terms())):
        for page in every_page(attacked.story(harmless_hands(), 3), house, terms):
            told = browser.open(page.html, page.files)
            assert (page.label, told.deeds) == (page.label, [])
            found[page.label] = found.get(page.label, frozenset()) | told.shape
    evidence = browser.open(evidence_page(attacked.evidence(harmless_hands(), 3)))
    return found | {"evidence": evidence.shape, "markdown": found["markdown"] | _SIMPLE}


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFC", text)))


def some(attacks: list[str], each: int) -> Iterator[list[str]]:
    for at in range(0, len(attacks), each):
        yield attacks[at : at + each]


# --- every field ---------------------------------------------------------------------------------------------------


def test_no_attack_in_any_field_of_a_story_and_its_house_does_anything(
    browser: WatchedBrowser, aimed: list[str], known: Mapping[str, frozenset[str]]
) -> None:
    """And none swallows what stands beside it: every headline of a card is on the page with all of its letters."""
    for group in some(aimed, 150):
        held = hands(group)
        story, house = attacked.story(held, CARDS), attacked.house(held)
        page = judge(browser, every_page(story, house, Terms(passages=True)), known)
        words = letters(next(told.words for told in page if told.words and "{" in told.words))
        assert [card.headline for card in story.signals if letters(card.headline) not in words] == []


def test_no_attack_in_evidence_does_anything(
    browser: WatchedBrowser, aimed: list[str], known: Mapping[str, frozenset[str]]
) -> None:
    for group in some(aimed, 150):
        pages = [Opened("evidence", evidence_page(attacked.evidence(hands(group), CARDS)), {})]
        judge(browser, pages, known)


# --- what is captured, followed, pasted ----------------------------------------------------------------------------

PROSE = "The harbour master said on Tuesday that nine boats had left before the storm, and that nobody on the quay was hurt. "


def captured(attack: str, kind: str) -> dict[str, str]:
    """What the desk keeps of a page or a text that holds an attack wherever it can; empty where it refuses to read it."""
    with suppress(ReadError):
        arrived = read(_ARRIVING[kind](attack).encode("utf-8", "replace"), captured=attacked.WHEN, **_KNOWN[kind]).item
        fields = {name: getattr(arrived, name) or "" for name in ("title", "outlet", "author", "published", "text", "url")}
        return {name: str(value) for name, value in fields.items()}
    return {}


def html_page(attack: str) -> str:
    quoted = escape(attack)
    told = json.dumps({"@type": "NewsArticle", "headline": attack, "author": {"name": attack}, "datePublished": attack})
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{quoted}</title><meta name="author" content="{quoted}">'
        f'<meta property="og:site_name" content="{quoted}"><link rel="canonical" href="{quoted}">'
        f'<script type="application/ld+json">{told}</script></head><body><article><h1>{attack}</h1>'
        f"<p>{PROSE}</p><p>{PROSE}{attack}</p><p>{PROSE}{quoted}</p><p>{PROSE}</p></article></body></html>"
    )


def mail(attack: str) -> str:
    flat = " ".join(attack.replace("\0", "").split())
    return (
        f"From: {flat} <a@safe.test>\nSubject: {flat}\nDate: {flat}\nMIME-Version: 1.0\n"
        f"Content-Type: text/html; charset=utf-8\n\n<p>{PROSE}</p><p>{PROSE}{attack}</p>"
    )


_ARRIVING: Mapping[str, Callable[[str], str]] = {
    "page": html_page,
    "raw": lambda attack: attack + PROSE,
    "markdown": lambda attack: f"---\ntitle: {json.dumps(attack)}\n---\n# {attack}\n\n{PROSE}\n\n{attack}\n",
    "text": lambda attack: f"{attack}\n\n{PROSE}{attack}",
    "mail": mail,
}
_KNOWN: Mapping[str, dict[str, Any]] = {
    "page": {"media_type": "text/html"},
    "raw": {"media_type": "text/html", "url": "https://safe.test/a"},
    "markdown": {"name": "a.md"},
    "text": {"media_type": "text/plain"},
    "mail": {"name": "a.eml"},
}


@pytest.mark.parametrize("kind", _ARRIVING)
def test_what_is_captured_quoted_and_printed_does_nothing(
    kind: str, browser: WatchedBrowser, aimed: list[str], known: Mapping[str, frozenset[str]], rounds: Rounds
) -> None:
    for group in some(aimed[:: rounds(4, 12)], 150):
        arrived = [fields for attack in group if (fields := captured(attack, kind))]
        if not arrived:
            continue
        held = Hands(*(iter(around([text for fields in arrived for text in fields.values() if text])) for _ in range(3)))
        judge(browser, every_page(attacked.story(held, CARDS), PLAIN, profiles=TRIED), known)


def around(texts: list[str]) -> Iterator[str]:
    """The texts again and again; the body of a source by its beginning and its end."""
    cut = [part for text in texts for part in ([text] if len(text) < 600 else [text[:300], text[-300:]])]
    return (cut[number % len(cut)] for number in count())


def test_what_a_feed_brings_does_nothing(browser: WatchedBrowser, aimed: list[str], known: Mapping[str, frozenset[str]]) -> None:
    for group in some(aimed, 150):
        texts: list[str] = []
        for make in (rss, atom, json_feed):
            reading = feeds.read(make(group).encode("utf-8", "replace"), captured=attacked.WHEN, url="https://safe.test/feed")
            assert isinstance(reading, feeds.FeedReading)
            texts += [reading.title or "x", reading.language or "x"]
            for entry in reading.items:
                texts += [str(value) for value in (entry.title, entry.url, entry.author, entry.text) if value]
        held = Hands(*(iter(around(texts)) for _ in range(3)))
        judge(browser, every_page(attacked.story(held, CARDS), PLAIN, profiles=TRIED), known)


def plainly(attack: str) -> str:
    """Without the characters that no XML may hold."""
    return "".join(a for a in attack if a in "\t\n\r" or (a >= " " and a not in "\ufffe\uffff"))


def rss(group: list[str]) -> str:
    entries = "".join(
        f"<item><title>{escape(plainly(a))}</title><guid>{number}</guid><link>{escape(plainly(a))}</link>"
        f"<author>{escape(plainly(a))}</author><description>{escape(plainly(a))} {PROSE}</description>"
        f'<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/"><![CDATA[<p>{PROSE}</p>'
        f"{plainly(a).replace(']]>', ']]]]><![CDATA[>')}]]></content:encoded></item>"
        for number, a in enumerate(group)
    )
    title = escape(plainly(group[0]))
    return f'<rss version="2.0"><channel><title>{title}</title><description>{title}</description>{entries}</channel></rss>'


def atom(group: list[str]) -> str:
    entries = "".join(
        f'<entry><id>urn:{number}</id><title type="html">{escape(plainly(a))}</title><link href="{escape(plainly(a))}"/>'
        f'<author><name>{escape(plainly(a))}</name></author><summary type="html">{escape(plainly(a))}</summary>'
        f'<content type="html">{escape(f"<p>{PROSE}</p>{plainly(a)}")}</content></entry>'
        for number, a in enumerate(group)
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">{escape(plainly(group[0]))}</title>{entries}</feed>'


def json_feed(group: list[str]) -> str:
    entries = [
        {"id": str(number), "url": a, "title": a, "content_html": f"<p>{PROSE}</p>{a}", "summary": a, "authors": [{"name": a}]}
        for number, a in enumerate(group)
    ]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": group[0], "items": entries})


def test_what_is_pasted_does_nothing(browser: WatchedBrowser, aimed: list[str], known: Mapping[str, frozenset[str]]) -> None:
    for group in some(aimed, 300):
        cards = tuple(
            SignalCard(headline="Pasted", sources=(Source(name="The Ledger", url="https://safe.test/"),), body=body)
            for attack in group
            if (body := read_pasted(f"{attack}<p>{attack}</p>"))
        )
        judge(browser, every_page(Story(slug="odd", headline="Pasted", signals=cards), PLAIN, profiles=TRIED), known)


# --- a house of its own --------------------------------------------------------------------------------------------


def assert_none_acts(browser: WatchedBrowser, pages: Iterable[str]) -> int:
    passed = tuple(Vector("let through", page) for page in pages)
    for batch in batches(passed, 24):
        assert [batch[number].text for number in browser.acting(batch)] == []
    return len(passed)


def test_a_page_of_an_own_template_that_is_let_through_does_nothing(browser: WatchedBrowser, aimed: list[str]) -> None:
    """Of most attacks nothing is let through; what is, acts no more when it is opened."""
    pages = [f'<!DOCTYPE html><title>x</title><p>{attack}</p><p title="{attack}">x</p>' for attack in aimed]
    bare = [f"<!DOCTYPE html><title>x</title>{attack}" for attack in aimed]
    assert_none_acts(browser, [page for page in pages + bare if not check_page(page)])


def test_a_style_sheet_that_is_let_through_does_nothing(
    browser: WatchedBrowser, attacks: tuple[Vector, ...], aimed: list[str]
) -> None:
    sheets = {
        attack for vector, attack in zip(attacks, aimed, strict=True) if vector.family in ("styles", "addresses", "encodings")
    }
    sheets |= {attack.removeprefix("<style>").removesuffix("</style>") for attack in sheets}
    sheets |= {f"a {{ color: {attack} }}" for attack in sheets} | {f'a {{ content: "{attack}" }}' for attack in sheets}
    passed = []
    for sheet in sorted(sheets):
        with suppress(InputError):
            passed.append(read_css(["a.css"], {"a.css": sheet.encode("utf-8", "replace")}.get))
    assert_none_acts(browser, (f"<!DOCTYPE html><title>x</title><style>{sheet}</style><a href='#'>x</a>" for sheet in passed))


def test_a_publication_file_with_an_attack_under_any_key_is_refused_or_prints_harmlessly(
    browser: WatchedBrowser, aimed: list[str], known: Mapping[str, frozenset[str]], rounds: Rounds
) -> None:
    story = attacked.story(harmless_hands(), 2)
    keys = (
        *("name", "rubric", "tagline", "language", "time_zone", "dateline_format", "address", "logo", "icon", "house_style"),
        *("share", "css", "image_ratios", "picture_credit", "labels.news", "labels.insights", "labels.logo", "colours.accent"),
        *("colours.paper", "fonts.headline", "fonts.label", "editions", "templates.page", "limits.cards"),
    )
    printed = 0
    for attack in islice(aimed, 0, None, max(1, len(aimed) // rounds(6, 60))):
        for key in keys:
            with suppress(InputError):
                house = read_publication(b'name = "L"\n' * (key != "name") + toml(key, attack).encode("utf-8", "replace"), {}.get)
                page = render("page", story, house, attacked.pictures(story))
                printed += 1
                if printed % rounds(6, 10) == 0:
                    judge(browser, [Opened("page", page.text, page.files)], known)
    assert printed


def toml(key: str, attack: str) -> str:
    value, (table, _, name) = json.dumps(attack), key.rpartition(".")
    if key in ("share", "css", "image_ratios", "picture_credit"):
        return f"{key} = [{value}]\n"
    if key == "editions":
        return f"[[editions]]\nname = {value}\nurl = {value}\n"
    return f"[{table}]\n{name} = {value}\n" if table else f"{key} = {value}\n"
