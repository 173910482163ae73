"""Who wrote a page: what its signals agree on; a page that names nobody gets nobody."""

from __future__ import annotations

from collections.abc import Iterator

from workstation.ingest.arrival import Finding
from workstation.ingest.bylines import lines_after_heading, named_bylines, printed_bylines, signatures
from workstation.ingest.json_ld import Node, text_of
from workstation.ingest.markup import Tree
from workstation.ingest.names import names
from workstation.ingest.page import Page
from workstation.ingest.voting import Vote, elected, letters

_META = (
    "author", "article:author", "og:article:author", "parsely-author", "sailthru.author", "dc.creator",
    "dcterms.creator", "byl", "authors", "cxenseparse:author", "citation_author", "article.author",
    "article:author_name", "dc.creator.name", "og:author", "mediator_author", "twitter:data1",
)  # fmt: skip
_OWN_LABEL = ("written by", "von", "author", "by", "autor", "автор")
ENOUGH = 0.6
_SURE = 1.0
_MANY = 4
_WHOLE_LIST = 6


def author_of(page: Page, outlet: str) -> Finding | None:
    """The people that the signals share, joined by a comma; the outlet itself only where its JSON-LD says that it wrote this."""
    sections = {letters(name) for name in page.sections()}
    votes = [vote for vote in _declared(page, outlet) if letters(vote.value) not in sections]
    if max((vote.weight for vote in votes), default=0.0) < _SURE:
        votes.extend(vote for vote in _printed(page, outlet) if letters(vote.value) not in sections)
    people = elected(votes, _agreement, enough=ENOUGH)
    if people is None:
        return _house(page)
    whole = next((vote for vote in votes if vote.origin == "json-ld" and _each(people.value) < _each(vote.value)), None)
    # A page prints or repeats only the first of several authors; their whole list is in its JSON-LD.
    return Finding(whole.value, whole.origin) if whole and len(_each(whole.value)) <= _WHOLE_LIST else people


def _declared(page: Page, outlet: str) -> Iterator[Vote]:
    people, houses = _json_ld(page)
    yield from _vote(people, "json-ld", 1.0, outlet)
    yield from _vote(houses, "json-ld", 0.7, outlet)
    yield from _vote(_meta(page), "meta", 0.8, outlet)
    yield from _vote(_microdata(page), "page", 0.7, outlet)


def _printed(page: Page, outlet: str) -> Iterator[Vote]:
    yield from _vote(named_bylines(page.tree), "byline", 0.6, outlet)
    yield from _vote(printed_bylines(lines_after_heading(page.tree))[:2], "byline", 0.6, outlet)
    yield from _vote(signatures(page.tree), "byline", 0.6, outlet)


def _vote(values: list[str], origin: str, weight: float, outlet: str) -> Iterator[Vote]:
    people = names(values, outlet=outlet)
    if people and not _is_house(people, outlet):
        # A name in small letters is an account or the signature of an agency's desk more often than a person.
        yield Vote(people, origin, weight * (0.5 if people.islower() else 1.0))


def _is_house(people: str, outlet: str) -> bool:
    """Whether the only author is the outlet itself, however it spells itself."""
    a, b = letters(people), letters(outlet)
    return a == b or (len(a) > 2 and a in b)


def _json_ld(page: Page) -> tuple[list[str], list[str]]:
    """The names of the article's authors in JSON-LD: people, and those that are told to be organisations."""
    listed = page.article.get("author") or page.article.get("creator") or []
    people: list[str] = []
    houses: list[str] = []
    for author in listed if isinstance(listed, list) else [listed]:
        node: Node = {} if isinstance(author, str) else page.json_ld.follow(author)
        kinds = node.get("@type") or ""
        name = author if isinstance(author, str) else _name(node)
        if name:
            (houses if "Organization" in str(kinds) else people).append(name)
    return (people, houses) if not people or not houses else (people + houses, [])


def _name(node: Node) -> str | None:
    whole = text_of(node.get("name"))
    parts = [text_of(node.get("givenName")), text_of(node.get("familyName"))]
    return whole or " ".join(filter(None, parts)) or None


def _meta(page: Page) -> list[str]:
    """All values of the first kind of meta element that names somebody."""
    for name in _META:
        values = page.meta.get(name, [])
        if name == "twitter:data1" and letters(page.first(("twitter:label1",)) or "") not in map(letters, _OWN_LABEL):
            continue
        if names(values):
            return values
    return []


def _microdata(page: Page) -> list[str]:
    told = _marked(page.tree)
    if len(told) <= _MANY:
        return told
    # Lists of other articles mark their authors too: only those around the headline are meant.
    heading = next(page.tree.iter("h1"), None)
    around = [] if heading is None else list(heading.iterancestors())[:3]
    near = next(filter(None, map(_marked, around)), [])
    return near if len(near) <= _MANY else []


def _marked(tree: Tree) -> list[str]:
    """The different names that elements within ``tree`` are marked with as an author's."""
    marked = tree.xpath(
        ".//*[@itemprop='author']//*[@itemprop='name'] | .//*[@itemprop='author' and not(.//*[@itemprop])]"
        " | .//a[contains(concat(' ', @rel, ' '), ' author ')]"
    )
    told = [element.get("content") or " ".join(element.text_content().split()) for element in marked[: _MANY * 5]]
    return list(dict.fromkeys(filter(None, told)))


def _house(page: Page) -> Finding | None:
    """The outlet where the article's JSON-LD names it, and nobody else, as the author."""
    people, houses = _json_ld(page)
    name = names([*people, *houses])
    return Finding(name, "json-ld") if name else None


def _agreement(one: str, other: str) -> float:
    """How many of the names in either are in both."""
    a, b = _each(one), _each(other)
    return len(a & b) / len(a | b)


def _each(people: str) -> set[str]:
    return {letters(name) for name in people.split(", ")}
