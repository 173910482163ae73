"""The JSON-LD of a page: what its publisher tells machines about the article."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from workstation.ingest.markup import JSON_LD_LENGTH, Tree

Node = dict[str, Any]

_ARTICLE = re.compile(r"Article|BlogPosting|Report|LiveBlogPosting|^Review$|Recipe|VideoObject|AudioObject|PodcastEpisode")
_NODES = 2_000
_LAST_RESORT = ("WebPage", "ItemPage", "CreativeWork")
_RAW_CONTROL = re.compile(r"[\x00-\x1f]+")
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/)\s*;?\s*$")


class JsonLd:
    """All nodes of a page's JSON-LD, at most 2,000 of them, and the one that is the article."""

    def __init__(self, tree: Tree) -> None:
        self.nodes = tuple(_nodes(tree))
        self._by_id = {node["@id"]: node for node in self.nodes if isinstance(node.get("@id"), str) and len(node) > 2}
        self.article = self._article()

    def follow(self, value: object) -> Node:
        """``value`` as a node: itself, the first of a list, or the one that its ``@id`` names; ``{}`` for anything else."""
        if isinstance(value, list):
            value = value[0] if value else {}
        if not isinstance(value, dict):
            return {}
        known = self._by_id.get(value.get("@id", "")) if isinstance(value.get("@id"), str) else None
        return {**known, **value} if known else value

    def of_type(self, *types: str) -> Node:
        """The first node of one of these types; ``{}`` when there is none."""
        return next((node for node in self.nodes if _types(node) & set(types)), {})

    def _article(self) -> Node:
        articles = [node for node in self.nodes if any(_ARTICLE.search(kind) for kind in _types(node))]
        telling = [node for node in articles if node.get("datePublished") or node.get("author")]
        return next(iter(telling or articles), None) or self.of_type(*_LAST_RESORT)


def text_of(value: object) -> str | None:
    """A JSON-LD text: itself, the first of a list, or the value or name of an object."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
        return text_of(value) if isinstance(value, list) else value if isinstance(value, str) else None
    return value if isinstance(value, str) and value.strip() else None


def _types(node: Node) -> set[str]:
    kinds = node.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return {kind.rpartition("/")[2] for kind in listed if isinstance(kind, str)}


def _nodes(tree: Tree) -> Iterator[Node]:
    left = JSON_LD_LENGTH
    waiting: list[object] = []
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        text = script.text_content()
        left -= len(text)
        if left >= 0:
            waiting.append(_loaded(text))
    found = 0
    while waiting and found < _NODES:
        value = waiting.pop(0)
        if isinstance(value, list):
            waiting[:0] = value
        elif isinstance(value, dict):
            found += 1
            yield value
            waiting.extend(inner for inner in value.values() if isinstance(inner, dict | list))


def _loaded(text: str) -> object:
    try:
        return json.loads(_RAW_CONTROL.sub(" ", _WRAPPING.sub("", text.strip()).strip().rstrip(";")))
    except (ValueError, RecursionError):
        return None
