"""What is pasted from a word processor, a browser or an e-mail, as the body of a story: its words and a few marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from workstation.domain.body import Body, body_from_text, read_html

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag
    from bs4.element import NavigableString

MAX_HTML = 2_000_000
MAX_MARKUP = 200_000
"""Characters of markup, without style sheets and comments, that are read with their marks; more would take a second."""
STRONG_WEIGHT = 600
DEPTH = 256

_CLIPBOARD_HEAD = re.compile(r"^Version:[\d.]+\s.*?(?=<)", re.DOTALL)
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:]*)")
_WHOLE_TAG = re.compile(r"<[^<>]*>")
_NEVER_NESTED = frozenset(
    ["br", "hr", "img", "input", "link", "meta", "wbr", "col", "source", "p", "li", "tr", "td", "th", "dt", "dd"]
)
_LINE_END = re.compile(r"<(?:br|/?(?:p|div|li|tr|h[1-6]|blockquote|ul|ol|table))\b[^<>]*>", re.IGNORECASE)
_BALLAST = (("<!--", "-->"), ("<style", "</style>"), ("<script", "</script>"))
_WEIGHT = re.compile(r"(?<![-\w])font-weight\s*:\s*(\w+)")
_SLANT = re.compile(r"(?<![-\w])font-style\s*:\s*(\w+)")
_SPACES = re.compile(r"[ \t\r\n\u00a0]+")
_FOOTNOTE = re.compile(r"\[?\s*(?:\d{1,3}|[ivx]{1,5}|[*†‡§])\s*\]?", re.IGNORECASE)
_WORD_LIST = re.compile(r"mso-list\s*:\s*l\d", re.IGNORECASE)
_WORD_BULLET = re.compile(r"^\s*(?:[·•o§▪‣–-]|(\d{1,3}|[a-z])[.)])[\s\u00a0]+", re.IGNORECASE)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_MARK_TAGS = ("b", "strong", "i", "em", "span", "font")
_TABLE_PARTS = ("td", "th")


def read_pasted(html: str) -> Body:
    """The body in foreign HTML: paragraphs, strong, emphasis, links, lists and block quotes, and nothing else."""
    import nh3  # noqa: PLC0415 - only needed when something is pasted
    from bs4 import BeautifulSoup  # noqa: PLC0415 - only needed when something is pasted

    html = _without_ballast(_CLIPBOARD_HEAD.sub("", html[:MAX_HTML]).replace("\0", ""))
    if len(html) > MAX_MARKUP:
        return body_from_text(_words(html))
    html = _shallow(html)
    soup = BeautifulSoup(nh3.clean(html, attributes=_KEPT_ATTRIBUTES, clean_content_tags=_DROPPED), "html.parser")
    _take_up_word_lists(soup)
    _mend_links(soup)
    _mend_spaces(soup)
    _take_up_styles(soup)
    return read_html(str(soup)).body


_KEPT_ATTRIBUTES = {"*": {"style", "class"}, "a": {"href"}, "mark": {"data-quote"}}
_DROPPED = {"script", "style", "title", "head", "xml", "svg", "math", "template"}


def _without_ballast(html: str) -> str:
    """``html`` without what a word processor puts before its words, which can be the greater part of it."""
    for opening, closing in _BALLAST:
        html = _without(html, opening, closing)
    return html


def _without(html: str, opening: str, closing: str) -> str:
    folded = html.lower()
    if len(folded) != len(html):  # a letter that has two in lower case moves what stands behind it
        return html
    kept, at = [], 0
    while (start := folded.find(opening, at)) >= 0 and (end := folded.find(closing, start)) >= 0:
        kept.append(html[at:start])
        at = end + len(closing)
    return "".join([*kept, html[at:]])


def _words(html: str) -> str:
    """The words of ``html`` as lines, one for each block."""
    lines = _WHOLE_TAG.sub("", _LINE_END.sub("\n", " ".join(html.split()))).split("\n")
    return "\n".join(filter(None, (unescape(line).strip() for line in lines)))


def _shallow(html: str) -> str:
    """``html``, or only its words where it is nested deeper than any real text: nh3 takes seconds for such a nest."""
    depth = 0
    for tag in _TAG.finditer(html):
        if tag.group(2).lower() not in _NEVER_NESTED:
            depth += -1 if tag.group(1) else 1
            if depth > DEPTH:
                return _WHOLE_TAG.sub(" ", html)
    return html


def _take_up_styles(soup: BeautifulSoup) -> None:
    """Each piece of text gets the weight and slant that the nearest element around it says, by its name or its style."""
    marked = [(piece, _nearest(piece, _weight), _nearest(piece, _slant)) for piece in soup.find_all(string=True)]
    for tag in soup.find_all(_MARK_TAGS):
        tag.unwrap()
    for piece, strong, emphasis in marked:
        for name, wanted in (("em", emphasis), ("strong", strong)):
            if wanted:
                piece.wrap(soup.new_tag(name))
    for cell in soup.find_all(_TABLE_PARTS):
        cell.append(" ")


def _nearest(piece: NavigableString, said: Callable[[Tag], bool | None]) -> bool:
    return next((answer for tag in piece.parents if (answer := said(tag)) is not None), False)


def _weight(tag: Tag) -> bool | None:
    """Whether a tag makes text strong; None when it does not say. A heading is strong by its nature, which is no mark."""
    if tag.name in _HEADINGS:
        return False
    found = _WEIGHT.search(str(tag.get("style") or "").lower())
    if found and found.group(1).isdigit():
        return int(found.group(1)) >= STRONG_WEIGHT
    if found and found.group(1) in ("bold", "bolder", "normal"):
        return found.group(1) != "normal"
    return True if tag.name in ("b", "strong") else None


def _slant(tag: Tag) -> bool | None:
    """Whether a tag sets text in italics; None when it does not say."""
    found = _SLANT.search(str(tag.get("style") or "").lower())
    if found and found.group(1) in ("italic", "oblique", "normal"):
        return found.group(1) != "normal"
    return True if tag.name in ("i", "em") else None


def _mend_spaces(soup: BeautifulSoup) -> None:
    """A no-break space that only stands in for a space, because a program put it beside one or alone, becomes a space."""
    for piece in list(soup.find_all(string=True)):
        text = _SPACES.sub(_one_space, str(piece)) if piece.strip() else " "
        if text != piece:
            piece.replace_with(text)


def _one_space(found: re.Match[str]) -> str:
    return found.group() if found.group().strip("\u00a0") == "" else " "


def _take_up_word_lists(soup: BeautifulSoup) -> None:
    """Paragraphs that a word processor styled as list items become list items, without the bullet it typed."""
    current: Tag | None = None
    for paragraph in soup.find_all("p"):
        classes = " ".join(paragraph.get("class") or [])
        listed = "MsoListParagraph" in classes or _WORD_LIST.search(str(paragraph.get("style") or ""))
        bullet = _WORD_BULLET.match(paragraph.get_text()) if listed else None
        if not bullet:
            current = None
            continue
        name = "ol" if bullet.group(1) else "ul"
        if current is None or current.name != name:
            current = soup.new_tag(name)
            paragraph.insert_before(current)
        _cut(paragraph, bullet.end())
        paragraph.name = "li"
        current.append(paragraph.extract())


def _cut(tag: Tag, length: int) -> None:
    """Take the first ``length`` characters of text out of ``tag``."""
    for piece in list(tag.find_all(string=True)):
        if length <= 0:
            return
        text = str(piece)
        piece.replace_with(text[length:])
        length -= len(text)


def _mend_links(soup: BeautifulSoup) -> None:
    """Links go straight to their target and begin and end with a word; links inside the pasted document lose their tag."""
    for link in soup.find_all("a"):
        address = str(link.get("href") or "").strip()
        if address.startswith("#") and _FOOTNOTE.fullmatch(link.get_text().strip()):
            link.decompose()
        elif not address.lower().startswith(("http://", "https://", "mailto:")) or not link.get_text().strip():
            link.unwrap()
        else:
            link["href"] = _target(address)
            _move_spaces_out(link)


def _target(address: str) -> str:
    """Where an address leads that goes through a search engine's or a mail guard's redirect."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    house = parts.hostname or ""
    is_search = parts.path == "/url" and house.startswith(("www.google.", "google."))
    if not is_search and not house.endswith(".safelinks.protection.outlook.com"):
        return address
    query = parse_qs(parts.query)
    return next((query[key][0] for key in ("q", "url") if key in query), address)


def _move_spaces_out(link: Tag) -> None:
    pieces = list(_texts(link))
    first, last = pieces[0], pieces[-1]
    if str(first)[:1].isspace():
        link.insert_before(" ")
        first = _replaced(first, str(first).lstrip())
        last = first if len(pieces) == 1 else last
    if str(last)[-1:].isspace():
        link.insert_after(" ")
        _replaced(last, str(last).rstrip())


def _texts(tag: Tag) -> Iterator[NavigableString]:
    yield from tag.find_all(string=True)


def _replaced(piece: NavigableString, text: str) -> NavigableString:
    other = type(piece)(text)
    piece.replace_with(other)
    return other
