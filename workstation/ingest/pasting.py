"""What is pasted from a word processor, a browser or an e-mail, as the body of a story: its words and a few marks.

The words go straight into our own blocks and runs; no markup is carried over, so that none can do harm.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

from workstation.domain.body import Body, body_from_text
from workstation.ingest.pasted_styles import StyleSheet

if TYPE_CHECKING:
    from workstation.ingest.pasted_document import PastedDocument

MAX_HTML = 10_000_000
"""Characters of a clipboard, without pictures inside it, that are looked at; beyond that its plain text is pasted."""
MAX_TAGS = 60_000
"""Tags that are read with their marks; more would take the better part of a second."""
DEPTH = 200

_CLIPBOARD_HEAD = re.compile(r"^\ufeff?Version:[\d.]+\s.*?(?=<)", re.DOTALL)
_SOURCE = re.compile(r"^SourceURL:(\S+)", re.MULTILINE)
_DATA = re.compile(r"""(=\s*)(?:"data:[^"]*"|'data:[^']*')""", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:]*)[^<>]*>")
_WHOLE_TAG = re.compile(r"<[^<>]*>")
_BOLD_TAG = re.compile(r"<(/?)b(?=[\s/>])", re.IGNORECASE)
_NEVER_NESTED = frozenset(
    ["br", "hr", "img", "input", "link", "meta", "wbr", "col", "source", "p", "li", "tr", "td", "th", "dt", "dd"]
)
_LINE_END = re.compile(r"<(?:br|/?(?:p|div|li|tr|h[1-6]|blockquote|ul|ol|table))\b[^<>]*>", re.IGNORECASE)
_SHEET = ("<style", "</style>")
_BALLAST = (("<!--", "-->"), ("<script", "</script>"))
_GOOGLE_DOCS = "docs-internal-guid"


def read_pasted(html: str) -> Body:
    """The body in foreign HTML: paragraphs, strong, emphasis, links, lists and block quotes, and nothing else.

    Empty when there are no words in it, or when it is too long to be read at once.
    """
    head = _CLIPBOARD_HEAD.match(html)
    source = _SOURCE.search(head.group()) if head else None
    html = _DATA.sub(r"\1''", html[head.end() if head else 0 :].replace("\0", ""))
    if len(html) > MAX_HTML:
        return Body()
    html, sheets = _apart(html, *_SHEET)
    for opening, closing in _BALLAST:
        html = _apart(html, opening, closing)[0]
    if html.count("<") > MAX_TAGS:
        return body_from_text(_words(html))
    root = _parsed(_shallow(html))
    if root is None:
        return body_from_text(_words(html))
    return _reader(StyleSheet("\n".join(sheets)), source, html).read(root)


def _reader(sheet: StyleSheet, source: re.Match[str] | None, html: str) -> PastedDocument:
    from workstation.ingest.pasted_document import PastedDocument  # noqa: PLC0415 - only needed when something is pasted

    return PastedDocument(sheet, page=source.group(1) if source else None, has_lines=_GOOGLE_DOCS not in html)


def _parsed(html: str) -> Any:
    """The tree of ``html``; None where there is nothing in it, or more levels than the parser takes."""
    from lxml import etree  # type: ignore[import-untyped]  # noqa: PLC0415 - only needed when something is pasted

    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True)
    # libxml2 ends <b> before a paragraph, which no browser does; it leaves <strong> alone
    raw = _BOLD_TAG.sub(r"<\1strong", html).encode("utf-8", "replace")
    if not raw.strip():
        return etree.Element("body")
    root = etree.fromstring(raw, parser)
    is_cut = any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)
    return None if is_cut else root


def _apart(html: str, opening: str, closing: str) -> tuple[str, list[str]]:
    """``html`` without what stands between two signs, which can be the greater part of it, and what stood there."""
    folded = html.lower()
    if len(folded) != len(html):  # a letter that has two in lower case moves what stands behind it
        return html, []
    kept, taken, at = [], [], 0
    while (start := folded.find(opening, at)) >= 0 and (end := folded.find(closing, start)) >= 0:
        kept.append(html[at:start])
        taken.append(html[start:end].partition(">")[2])
        at = end + len(closing)
    return "".join([*kept, html[at:]]), taken


def _words(html: str) -> str:
    """The words of ``html`` as lines, one for each block."""
    lines = _WHOLE_TAG.sub("", _LINE_END.sub("\n", " ".join(html.split()))).split("\n")
    return "\n".join(filter(None, (unescape(line).strip() for line in lines)))


def _shallow(html: str) -> str:
    """``html`` without the tags that are nested deeper than in any real text: hostile nests cost a parser seconds."""
    depth, at, kept = 0, 0, []
    for tag in _TAG.finditer(html):
        if tag.group(2).lower() in _NEVER_NESTED:
            continue
        closes = bool(tag.group(1))
        if depth > DEPTH or (depth == DEPTH and not closes):
            kept += [html[at : tag.start()], " "]
            at = tag.end()
        depth = max(0, depth + (-1 if closes else 1))
    return "".join([*kept, html[at:]])
