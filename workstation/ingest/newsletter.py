"""The words of a newsletter's HTML: layout tables flattened, what mail programs hide left out, links left as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import etree  # type: ignore[import-untyped]

from workstation.ingest.markup import Tree, bounded, parse
from workstation.ingest.places import web_address
from workstation.ingest.plain import one_line, paragraphs

_BLOCK_NAMES = """
address article aside blockquote body br center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header
hr li main nav ol p pre section table tbody td tfoot th thead tr ul
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_UNSEEN = frozenset({"head", "script", "style", "title", "noscript", "template", "svg", "object"})
_HIDDEN = re.compile(
    r"display\s*:\s*none|mso-hide\s*:\s*all|max-height\s*:\s*0(?:px)?\s*(?:;|$)|font-size\s*:\s*0(?:px)?\s*(?:;|$)", re.I
)
_FILLER = re.compile(
    "[\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2064\u2800\u3164\uffa0]|"
    "(?:[\u00a0\u2007 ]*[\u200c\u200d\u200e\u200f]){3,}"
)
_IN_BROWSER = re.compile(
    r"(?:view|read|open|see|display).{0,30}(?:browser|online|web ?(?:page|version)|on the web)|web version|"
    r"im browser|online[- ]?(?:ansicht|version|lesen)|webversion|"
    r"dans (?:le|votre|un) navigateur|version en ligne|lire en ligne|en (?:el|su|tu) navegador|versi[oó]n (?:web|online)|"
    r"no (?:seu )?navegador|vers[aã]o (?:web|online)|nel browser|versione (?:web|online)|in (?:de|je|uw) browser|online bekijken|"
    r"в браузере|веб-версия|w przeglądarce|tarayıcı|في المتصفح|ブラウザ|浏览器|瀏覽器|브라우저",
    re.IGNORECASE,
)
_COUNTING = re.compile(
    r"\b(?:click|track|trk|links?|lnks?|email|mail|e|go|r|t)\d*\.|/(?:click|track|redirect|wf|ls)/|list-manage\.com/track", re.I
)
_PLAIN_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Newsletter:
    """One line a paragraph; the title that the page gives itself; the address of its web version, where it is a plain one."""

    text: str
    title: str
    url: str | None
    language: str


def newsletter(markup: str) -> Newsletter:
    """The words of a mail's HTML; empty ones where there are none."""
    tree = parse(bounded(markup))
    if tree is None:
        return Newsletter("", "", None, "")
    text = _without_way_out(paragraphs(_FILLER.sub("", "".join(_words(tree)))))
    title = one_line(tree.findtext(".//title") or "")
    return Newsletter(text, title, _web_version(tree), tree.get("lang") or "")


def _without_way_out(text: str) -> str:
    """The text without a line at its head that only leads to the web version."""
    lines = text.split("\n")
    head = [line for line in lines[:6] if len(line) > 90 or not _IN_BROWSER.search(line)]
    return "\n".join([*head, *lines[6:]])


def plain_address(value: str | None) -> str | None:
    """``value`` when it is the address of a page itself, and not one that only counts who follows it."""
    address = web_address(value)
    if not address or len(address) > _PLAIN_LENGTH:
        return None
    parts = urlsplit(address)
    return None if _COUNTING.search(f"{parts.netloc}{parts.path}/") or len(parts.query) > 120 else address


def _words(tree: Tree) -> Iterator[str]:
    """Text and line ends; a block element stands on lines of its own. Without recursion, whatever the nesting."""
    hidden: Tree | None = None
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if hidden is None and (
                name in _UNSEEN or _HIDDEN.search(element.get("style") or "") or element.get("hidden") is not None
            ):
                hidden = element
            if hidden is None:
                yield ("\n" if name in _BLOCKS else "") + _flow(element.text)
        else:
            if hidden is None and name in _BLOCKS:
                yield "\n"
            if hidden is element:
                hidden = None
            if hidden is None and element is not tree:
                yield _flow(element.tail)


def _flow(text: str | None) -> str:
    """Line ends inside a paragraph's source are spaces."""
    return re.sub(r"[ \t\r\n\f]+", " ", text or "")


def _web_version(tree: Tree) -> str | None:
    for link in list(tree.iter("a"))[:400]:
        if _IN_BROWSER.search(one_line(link.text_content())[:120]):
            address = plain_address(link.get("href"))
            if address:
                return address
    return None
