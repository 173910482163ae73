"""Lists of feeds (OPML), read and written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from email.utils import format_datetime
from itertools import groupby
from typing import Any
from xml.etree import ElementTree as Tree  # to write; foreign bytes go through defusedxml

from workstation.errors import ReadError
from workstation.ingest.feed_addresses import absolute
from workstation.ingest.feed_look import decoded
from workstation.ingest.feed_repair import repaired, undeclared
from workstation.ingest.outlines import FOLDER_SIGN, Outline, OutlineList
from workstation.ingest.plain import one_line

MOST_FEEDS = 10_000
DEEPEST = 12


def opml(data: bytes, _known: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    """The job: the list in ``data`` as JSON."""
    found = read_opml(data)
    return {"outlines": [asdict(outline) for outline in found.outlines], "broken": list(found.broken)}, b""


def read_opml(data: bytes) -> OutlineList:
    """The feeds in a list.

    Raises:
        ReadError: it is no list of feeds, or it is built to exhaust who reads it.
    """
    body = _body(data)
    found: dict[str, Outline] = {}
    broken: list[str] = []
    for element, folder in _feeds(body, ()):
        url = _address(element)
        title = one_line(element.get("title") or element.get("text") or "")[:200]
        if url is None:
            broken.append(title or one_line(_written(element))[:200])
        elif len(found) < MOST_FEEDS:
            home = absolute(element.get("htmlUrl") or element.get("htmlurl"), None)
            found.setdefault(url, Outline(url=url, title=title, home=home, folder=FOLDER_SIGN.join(folder)))
    return OutlineList(tuple(found.values()), tuple(broken))


def write_opml(outlines: Iterable[Outline], title: str, made: datetime) -> bytes:
    """A list of feeds (OPML 2.0) that other readers take, in the order of folders and titles."""
    root = Tree.Element("opml", version="2.0")
    head = Tree.SubElement(root, "head")
    Tree.SubElement(head, "title").text = one_line(title)
    Tree.SubElement(head, "dateCreated").text = format_datetime(made)
    body = Tree.SubElement(root, "body")
    order = sorted(outlines, key=lambda one: (one.folder.casefold(), one.folder, one.title.casefold(), one.url))
    folders: dict[tuple[str, ...], Tree.Element] = {(): body}
    for folder, inside in groupby(order, key=lambda one: one.folder):
        place = _folder(folders, tuple(part for part in folder.split(FOLDER_SIGN) if part))
        for one in inside:
            facts = {"type": "rss", "text": one.title or one.url, "title": one.title or one.url, "xmlUrl": one.url}
            Tree.SubElement(place, "outline", {**facts, **({"htmlUrl": one.home} if one.home else {})})
    Tree.indent(root)
    written: bytes = Tree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _folder(folders: dict[tuple[str, ...], Tree.Element], path: tuple[str, ...]) -> Tree.Element:
    if path not in folders:
        parent = _folder(folders, path[:-1])
        folders[path] = Tree.SubElement(parent, "outline", {"text": path[-1], "title": path[-1]})
    return folders[path]


def _body(data: bytes) -> Tree.Element:
    from defusedxml import DefusedXmlException  # noqa: PLC0415 - at the first import of a list, not at the start
    from defusedxml.ElementTree import fromstring  # noqa: PLC0415

    bare = undeclared(decoded(data))
    if bare is None:
        raise ReadError("This list of feeds was not read", "It is not OPML, or it declares entities of its own. Export it again.")
    try:
        root = _parsed(fromstring, bare)
    except (Tree.ParseError, DefusedXmlException, ValueError, RecursionError) as error:
        raise ReadError("This list of feeds was not read", f"It is not well-formed ({error}). Export it again.") from error
    body = root.find("body") if root.tag.lower() == "opml" else None
    if body is None:
        raise ReadError("This list of feeds was not read", "It is not OPML: it has no body of outlines. Export it again as OPML.")
    return body


def _parsed(parse: object, bare: str) -> Tree.Element:
    assert callable(parse)  # noqa: S101 - tells the type checker what defusedxml leaves open
    try:
        root: Tree.Element = parse(bare)
    except Tree.ParseError:
        root = parse(repaired(bare))
    return root


def _feeds(element: Tree.Element, folder: tuple[str, ...]) -> Iterator[tuple[Tree.Element, tuple[str, ...]]]:
    """The outlines that name a feed (or mean to), with the folders above them."""
    for outline in element:
        if not isinstance(outline.tag, str) or outline.tag.lower() != "outline":
            continue
        if _written(outline) or (outline.get("type") or "").lower() in ("rss", "atom", "feed"):
            yield outline, folder
        if len(outline) and len(folder) < DEEPEST:
            name = one_line(outline.get("text") or outline.get("title") or "").replace(FOLDER_SIGN.strip(), "-")[:80]
            yield from _feeds(outline, (*folder, name) if name and not _written(outline) else folder)


def _written(outline: Tree.Element) -> str:
    for name in ("xmlUrl", "xmlurl", "xmlURL", "url"):
        if outline.get(name):
            return str(outline.get(name))
    return ""


def _address(outline: Tree.Element) -> str | None:
    written = _written(outline).strip()
    if written.lower().startswith("feed:"):
        rest = written[5:]
        written = rest if rest.lower().startswith(("http:", "https:")) else f"https:{rest}"
    return absolute(written, None)
