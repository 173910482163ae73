"""What a page says about its article, field by field: every signal is asked, they vote, and each answer carries its origin."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import datetime

from workstation.ingest.arrival import Finding
from workstation.ingest.authors import author_of
from workstation.ingest.json_ld import text_of
from workstation.ingest.lead_picture import lead_picture
from workstation.ingest.markup import Tree
from workstation.ingest.outlet import outlet_of
from workstation.ingest.page import Page, finding
from workstation.ingest.places import country_code, country_of_domain, country_of_language
from workstation.ingest.plain import paragraphs
from workstation.ingest.published import published_of
from workstation.ingest.titles import title_of

_MARKUP = re.compile(r"<[/A-Za-z][^<>]{0,2000}>")


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
    picture: Finding | None
    body: str | None


def facts_of(tree: Tree, url: str | None, captured: datetime) -> Facts:
    """Everything that the page says about its article; ``url`` is where it was fetched from, if it was."""
    page = Page(tree, url, captured)
    outlet = outlet_of(page)
    name = outlet.value if outlet else ""
    return Facts(
        title=title_of(page, name),
        outlet=outlet,
        author=author_of(page, name),
        published=published_of(page),
        language=_language(page),
        country=_country(page),
        url=page.url,
        description=finding(page.first(("og:description", "description", "twitter:description")), "meta"),
        picture=lead_picture(page),
        body=_body(page),
    )


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
        finding(text_of(page.json_ld.article.get("inLanguage")), "json-ld")
        or finding(page.first(("og:locale",)), "open graph")
        or finding(page.first(("content-language", "language", "dc.language")), "meta")
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
