"""What a page says about its article, field by field: every signal is asked, and each answer carries where it was found."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from trafilatura.metadata import extract_metadata

from workstation.ingest.arrival import Finding
from workstation.ingest.dates import iso_date
from workstation.ingest.json_ld import JsonLd, Node, text_of
from workstation.ingest.markup import Tree
from workstation.ingest.names import names
from workstation.ingest.places import country_code, country_of_domain, country_of_language, domain_of, web_address
from workstation.ingest.plain import paragraphs, without_markup

_DATE_META = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "publishdate",
    "publish-date", "publish_date", "pubdate", "article.published", "published_time", "parsely-pub-date",
    "sailthru.date", "dc.date.issued", "dcterms.issued", "dc.date.created", "dcterms.created", "dc.date", "dcterms.date",
    "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "citation_publication_date", "date",
)  # fmt: skip
_AUTHOR_META = (
    "author", "article:author", "og:article:author", "parsely-author", "sailthru.author", "dc.creator",
    "dcterms.creator", "byl", "authors", "cxenseparse:author", "citation_author", "article.author",
    "article:author_name",
)  # fmt: skip
_TITLE_META = ("citation_title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title", "headline", "title")
_SEPARATED = re.compile(r"\s+(?:[|–—·•»«:*ㅣ｜]|-{1,2}|::)\s+|\s*\|\s*")
_MARKUP = re.compile(r"<[/A-Za-z][^<>]{0,2000}>")
_NOT_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Facts:
    """The findings of one page; None where the page is silent."""

    title: Finding | None
    outlet: Finding | None
    author: Finding | None
    published: Finding | None
    language: Finding | None
    country: Finding | None
    url: Finding | None
    description: Finding | None
    body: str | None


class Page:
    """The signals of one page, gathered once: meta elements by lower-case name, JSON-LD, the extractor's own findings."""

    def __init__(self, tree: Tree, url: str | None, captured: datetime) -> None:
        self.tree = tree
        self.captured = captured
        self.meta = _meta(tree)
        self.json_ld = JsonLd(tree)
        self.url = _address(tree, self.meta, url)
        self.domain = domain_of(self.url.value if self.url else None)
        self.extracted = _extracted(tree, self.url.value if self.url else None, captured)

    def first(self, names_of_meta: Iterable[str]) -> str | None:
        """The first value of the first of these meta elements that has one."""
        return next((self.meta[name][0] for name in names_of_meta if name in self.meta), None)


def facts_of(tree: Tree, url: str | None, captured: datetime) -> Facts:
    """Everything that the page says about its article; ``url`` is where it was fetched from, if it was."""
    page = Page(tree, url, captured)
    outlet = _outlet(page)
    name = outlet.value if outlet else ""
    return Facts(
        title=_title(page, name),
        outlet=outlet,
        author=_author(page, name),
        published=_published(page),
        language=_language(page),
        country=_country(page),
        url=page.url,
        description=_finding(page.first(("og:description", "description", "twitter:description")), "meta"),
        body=_body(page),
    )


# --- title ---------------------------------------------------------------------------------------------------------


def _title(page: Page, outlet: str) -> Finding | None:
    """The candidate that most others agree with; the earlier one when two are even."""
    found = [
        Finding(_without_outlet(line, outlet, page.domain), candidate.origin)
        for candidate in _titles(page)
        if candidate and (line := without_markup(candidate.value))
    ]
    candidates = [candidate for candidate in found if candidate.value]
    votes = {candidate: sum(_agreement(candidate.value, other.value) for other in candidates) for candidate in candidates}
    return max(candidates, key=votes.__getitem__, default=None)


def _titles(page: Page) -> Iterator[Finding | None]:
    article = page.json_ld.article
    yield _finding(text_of(article.get("headline")) or text_of(article.get("name")), "json-ld")
    yield _finding(page.first(("og:title",)), "open graph")
    headings = [heading.text_content() for heading in page.tree.iter("h1")]
    yield _finding(headings[0] if len(headings) == 1 else None, "heading")
    yield _finding(page.first(("twitter:title",)), "twitter card")
    yield _finding(page.first(_TITLE_META), "meta")
    yield _finding(page.extracted.title, "page")
    yield _finding(page.tree.findtext(".//title"), "title")


def _agreement(one: str, other: str) -> float:
    a, b = _letters(one), _letters(other)
    if a == b:
        return 1.0
    return 0.4 if a and b and (a in b or b in a) else 0.0


def _without_outlet(title: str, outlet: str, domain: str | None) -> str:
    """``title`` without the outlet's name before or behind it ("Headline | The Outlet"); "" when it is nothing else."""
    host = domain or ""
    names_of_outlet = {_letters(name) for name in (outlet, host, host.partition(".")[0])} - {""}
    cuts = list(_SEPARATED.finditer(title))
    ends = [*(cut.start() for cut in cuts), len(title)]
    starts = [0, *(cut.end() for cut in cuts)]
    pieces = [title[start:end] for start, end in zip(starts, ends, strict=True)]
    known = [number for number, piece in enumerate(pieces) if _letters(piece) in names_of_outlet]
    if not known:
        return title
    if known[0] > 0:
        return title[: ends[known[0] - 1]].strip()
    return title[starts[1] :].strip() if len(pieces) > 1 else ""


def _letters(name: str) -> str:
    return _NOT_LETTERS.sub("", name.casefold())


# --- who, when, where ----------------------------------------------------------------------------------------------


def _outlet(page: Page) -> Finding | None:
    """The outlet's name as its site, its publisher or its title spells it; the domain where nothing does."""
    publisher = page.json_ld.follow(page.json_ld.article.get("publisher"))
    host = page.json_ld.of_type("NewsMediaOrganization", "WebSite", "Organization")
    told = (
        _finding(page.first(("og:site_name",)), "open graph"),
        _finding(text_of(publisher.get("name")), "json-ld"),
        _finding(page.first(("application-name", "apple-mobile-web-app-title")), "meta"),
        _finding(text_of(host.get("name")), "json-ld"),
    )
    names_told = [name for name in told if name and not web_address(name.value)]
    spelled = [name for name in names_told if not _is_domain(name.value)]
    best = next(iter(spelled or names_told), None) or _finding(page.domain, "address")
    return _well_spelled(best, page) if best else None


def _is_domain(name: str) -> bool:
    """Whether ``name`` is only an address ("harbourpost.example") or one word in small letters."""
    return " " not in name and ("." in name or (name.isascii() and name.islower()))


def _well_spelled(name: Finding, page: Page) -> Finding:
    """``name``; where it is only an address, the piece of the page's title that has the same letters."""
    if not _is_domain(name.value):
        return name
    wanted = {_letters(name.value), _letters(name.value.rpartition(".")[0]), _letters((page.domain or "").rpartition(".")[0])}
    pieces = _SEPARATED.split(without_markup(page.tree.findtext(".//title") or ""))
    return next((Finding(piece, "title") for piece in pieces[1:] if _letters(piece) in wanted - {""}), name)


def _author(page: Page, outlet: str) -> Finding | None:
    listed = page.json_ld.article.get("author") or page.json_ld.article.get("creator")
    people = [_person(page, person) for person in (listed if isinstance(listed, list) else [listed])]
    candidates = (
        (names(filter(None, people), outlet=outlet), "json-ld"),
        (names((value for key in _AUTHOR_META for value in page.meta.get(key, ())), outlet=outlet), "meta"),
        (names(_marked_authors(page.tree), outlet=outlet), "page"),
        (names(filter(None, [page.extracted.author]), outlet=outlet), "page"),
    )
    return next((Finding(value, origin) for value, origin in candidates if value), None)


def _person(page: Page, person: object) -> str | None:
    if isinstance(person, str):
        return person
    node: Node = page.json_ld.follow(person)
    return text_of(node.get("name"))


def _marked_authors(tree: Tree) -> list[str]:
    marked = tree.xpath(
        "//*[@itemprop='author']//*[@itemprop='name'] | //a[@rel='author'] | //*[@itemprop='author' and not(.//*[@itemprop])]"
    )
    return [element.get("content") or element.text_content() for element in marked[:6]]


def _published(page: Page) -> Finding | None:
    for origin, values in _dates(page):
        for value in values:
            date = iso_date(value, captured=page.captured)
            if date:
                return Finding(date, origin)
    return None


def _dates(page: Page) -> Iterator[tuple[str, Iterable[str]]]:
    article = page.json_ld.article
    yield (
        "json-ld",
        filter(
            None, [text_of(article.get("datePublished")), text_of(article.get("dateCreated")), text_of(article.get("uploadDate"))]
        ),
    )
    yield "meta", (value for key in _DATE_META for value in page.meta.get(key, ()))
    yield "page", page.tree.xpath("//*[@itemprop='datePublished']/@content | //*[@itemprop='datePublished']/@datetime")[:3]
    yield "page", filter(None, [page.extracted.date])
    yield "page", page.tree.xpath("//time/@datetime")[:1]


def _body(page: Page) -> str | None:
    """The article's text in JSON-LD, without markup, one line a paragraph."""
    body = text_of(page.json_ld.article.get("articleBody"))
    if not body:
        return None
    plain = html.unescape(_MARKUP.sub("\n", body))
    return paragraphs(plain) or None


def _language(page: Page) -> Finding | None:
    tags = page.tree.xpath("/html/@lang | /html/@xml:lang", namespaces={"xml": "http://www.w3.org/XML/1998/namespace"})
    declared = next((tag for tag in tags if tag.strip()), None)
    if declared:
        return Finding(declared.strip(), "page")
    return (
        _finding(text_of(page.json_ld.article.get("inLanguage")), "json-ld")
        or _finding(page.first(("og:locale",)), "open graph")
        or _finding(page.first(("content-language", "language", "dc.language")), "meta")
    )


def _country(page: Page) -> Finding | None:
    publisher = page.json_ld.follow(page.json_ld.article.get("publisher"))
    address = page.json_ld.follow(publisher.get("address"))
    language = _language(page)
    candidates = (
        (country_of_domain(page.domain), "address"),
        (country_code(text_of(address.get("addressCountry"))), "json-ld"),
        (country_code(page.first(("geo.country", "geo.region"))), "meta"),
        (country_of_language(page.first(("og:locale",))), "open graph"),
        (country_of_language(language.value if language else None), "page"),
    )
    return next((Finding(code, origin) for code, origin in candidates if code), None)


# --- gathering -----------------------------------------------------------------------------------------------------


def _meta(tree: Tree) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv") or ""
        value = (element.get("content") or "").strip()
        if name and value:
            found.setdefault(name.strip().lower(), []).append(value)
    return found


def _address(tree: Tree, meta: dict[str, list[str]], url: str | None) -> Finding | None:
    if web_address(url):
        return Finding(web_address(url) or "", "address")
    canonical = tree.xpath("//link[translate(@rel, 'CANOIL', 'canoil')='canonical']/@href")[:1]
    base = tree.xpath("//base/@href")[:1]
    for origin, value in (("canonical", canonical), ("open graph", meta.get("og:url")), ("base", base)):
        address = web_address(urljoin(base[0], value[0]) if base and value else value[0] if value else None)
        if address:
            return Finding(address, origin)
    return None


def _extracted(tree: Tree, url: str | None, captured: datetime) -> Any:
    day = captured.date().isoformat()
    return extract_metadata(tree, url, {"original_date": True, "extensive_search": False, "max_date": day})


def _finding(value: str | None, origin: str) -> Finding | None:
    line = without_markup(value) if value else ""
    return Finding(line, origin) if line else None
