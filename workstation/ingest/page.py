"""The signals of one page, gathered once for everybody who asks it something."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from workstation.ingest.arrival import Finding
from workstation.ingest.json_ld import JsonLd, Node, text_of
from workstation.ingest.markup import Tree
from workstation.ingest.places import domain_of, web_address
from workstation.ingest.plain import without_markup

_SECTION = 60


class Page:
    """A page's tree, its meta elements by lower-case name, its JSON-LD and its address."""

    def __init__(self, tree: Tree, url: str | None, captured: datetime) -> None:
        self.tree = tree
        self.captured = captured
        self.meta = _meta(tree)
        self.json_ld = JsonLd(tree)
        self.url = _address(tree, self.meta, url)
        self.domain = domain_of(self.url.value if self.url else None)

    @property
    def article(self) -> Node:
        """What the JSON-LD says of the article; ``{}`` when nothing."""
        return self.json_ld.article

    @property
    def is_front(self) -> bool:
        """Whether the page is the front page of its host."""
        parts = urlsplit(self.url.value) if self.url else None
        return parts is not None and bool(parts.hostname) and parts.path in ("", "/") and not parts.query

    @property
    def title_element(self) -> str:
        """The words of the page's title element on one line; ""."""
        return without_markup(self.tree.findtext(".//title") or "")

    def first(self, names: Iterable[str]) -> str | None:
        """The first value of the first of these meta elements that has one."""
        return next((self.meta[name][0] for name in names if name in self.meta), None)

    def sections(self) -> list[str]:
        """The names of the sections that the page says it stands in."""
        told = [self.first(("article:section", "section", "parsely-section")), text_of(self.article.get("articleSection"))]
        return [name for name in told if name and len(name) < _SECTION]

    def marked(self, name: str) -> list[Tree]:
        """The first elements that microdata call ``name``, outside the marks of other articles' lists."""
        found = self.tree.xpath("//*[contains(concat(' ', @itemprop, ' '), concat(' ', $name, ' '))]", name=name)
        return list(found[:6])


def finding(value: str | None, origin: str) -> Finding | None:
    """``value`` as one plain line, or None where it holds no words."""
    line = without_markup(value) if value else ""
    return Finding(line, origin) if line else None


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
        address = web_address(_joined(base, value[0]) if value else None)
        if address:
            return Finding(address, origin)
    return None


def _joined(base: list[str], address: str) -> str | None:
    try:
        return urljoin(base[0], address) if base else address
    except ValueError:
        return None
