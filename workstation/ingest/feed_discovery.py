"""The feeds that a page names."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from workstation.ingest.feed_addresses import absolute
from workstation.ingest.feed_readings import Offer
from workstation.ingest.markup import Tree, bounded, parse
from workstation.ingest.plain import one_line

MOST_OFFERS = 30

_TYPES = ("rss", "atom", "rdf", "feed+json", "application/json", "text/xml", "application/xml")
_COMMENTS = ("comment", "kommentar", "commentaire", "comentario")
_WORDS = ("rss", "atom", "feed")


def offers_in(text: str, url: str | None) -> tuple[str, tuple[Offer, ...]]:
    """The title of a page and the feeds that it names: those it declares, else those it links to; comments come last."""
    tree = parse(bounded(text))
    if tree is None:
        return "", ()
    title = one_line(tree.findtext(".//title") or "")[:200]
    base = absolute(next((element.get("href") for element in tree.iter("base") if element.get("href")), None), url) or url
    offers = _distinct(_declared(tree, base)) or _distinct(_linked(tree, base))
    offers.sort(key=lambda offer: any(word in f"{offer.title} {offer.url}".lower() for word in _COMMENTS))
    return title, tuple(offers[:MOST_OFFERS])


def _declared(tree: Tree, base: str | None) -> Iterator[Offer]:
    for link in tree.iter("link"):
        relations = (link.get("rel") or "").lower().split()
        kind = (link.get("type") or "").lower()
        is_alternate = "alternate" in relations and "stylesheet" not in relations and any(word in kind for word in _TYPES)
        if (is_alternate and "oembed" not in kind and "oembed" not in (link.get("href") or "")) or "feed" in relations:
            yield from _offer(link.get("href"), link.get("title"), kind, base)


def _linked(tree: Tree, base: str | None) -> Iterator[Offer]:
    """Links that look like feeds: ``/feed``, ``….rss``, ``feed:`` addresses."""
    for link in tree.iter("a"):
        address = (link.get("href") or "").strip()
        path = urlsplit(address.lower()).path if not address.lower().startswith("feed:") else "/feed"
        last = path.rstrip("/").rpartition("/")[2]
        if (
            last in _WORDS
            or last.endswith((".rss", ".rdf", ".atom"))
            or last in ("rss.xml", "feed.xml", "atom.xml", "index.xml", "feed.json")
        ):
            yield from _offer(address, " ".join(link.itertext()), "", base)


def _offer(address: str | None, title: str | None, kind: str, base: str | None) -> Iterator[Offer]:
    written = (address or "").strip()
    if written.lower().startswith("feed:"):
        rest = written[5:]
        written = rest if rest.lower().startswith(("http:", "https:")) else f"http:{rest}"
    found = absolute(written, base)
    if found:
        yield Offer(found, one_line(title or "")[:120], _KINDS.get(kind.partition(";")[0], ""))


_KINDS = {
    "application/rss+xml": "RSS",
    "application/atom+xml": "Atom",
    "application/rdf+xml": "RDF",
    "application/feed+json": "JSON Feed",
    "application/json": "JSON Feed",
}


def _distinct(offers: Iterator[Offer]) -> list[Offer]:
    found: dict[str, Offer] = {}
    for offer in offers:
        found.setdefault(offer.url, offer)
    return [offer for offer in found.values() if urljoin(offer.url, "/") != offer.url or offer.kind]
