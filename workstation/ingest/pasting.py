"""What is pasted from a word processor, a browser or an e-mail, as the body of a story: its words and a few marks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from workstation.domain.body import Body, read_html

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

MAX_HTML = 2_000_000
STRONG_WEIGHT = 600

_CLIPBOARD_HEAD = re.compile(r"^Version:[\d.]+\s.*?(?=<)", re.DOTALL)
_WEIGHT = re.compile(r"font-weight\s*:\s*(\w+)")
_ITALIC = re.compile(r"font-style\s*:\s*(italic|oblique)")
_UPRIGHT = re.compile(r"font-style\s*:\s*normal")
_WORD_LIST = re.compile(r"mso-list\s*:\s*l\d", re.IGNORECASE)
_WORD_BULLET = re.compile(r"^\s*(?:[·•o§▪‣–-]|(\d{1,3}|[a-z])[.)])[\s\u00a0]+", re.IGNORECASE)
_TABLE_PARTS = ("td", "th")


def read_pasted(html: str) -> Body:
    """The body in foreign HTML: paragraphs, strong, emphasis, links, lists and block quotes, and nothing else."""
    import nh3  # noqa: PLC0415 - only needed when something is pasted
    from bs4 import BeautifulSoup  # noqa: PLC0415 - only needed when something is pasted

    html = _CLIPBOARD_HEAD.sub("", html[:MAX_HTML]).replace("\0", "")
    soup = BeautifulSoup(nh3.clean(html, attributes=_KEPT_ATTRIBUTES, clean_content_tags=_DROPPED), "html.parser")
    _take_up_styles(soup)
    _take_up_word_lists(soup)
    _mend_links(soup)
    return read_html(str(soup)).body


_KEPT_ATTRIBUTES = {"*": {"style", "class"}, "a": {"href"}, "mark": {"data-quote"}}
_DROPPED = {"script", "style", "title", "head", "xml", "svg", "math", "template"}


def _take_up_styles(soup: BeautifulSoup) -> None:
    """Weight and slant that are set by style become elements; a wrapper that takes them back loses its tag."""
    for tag in soup.find_all(True):
        style = str(tag.get("style") or "").lower()
        strong = _is_strong(style)
        if tag.name in ("b", "strong") and strong is False:
            tag.name = "span"
        if tag.name in ("i", "em") and _UPRIGHT.search(style):
            tag.name = "span"
        if tag.name in ("span", "font"):
            if strong:
                tag.wrap(soup.new_tag("strong"))
            if _ITALIC.search(style):
                tag.wrap(soup.new_tag("em"))
            tag.unwrap()
        elif tag.name in _TABLE_PARTS:
            tag.append(" ")


def _is_strong(style: str) -> bool | None:
    """Whether a style makes text strong; None when it does not say."""
    found = _WEIGHT.search(style)
    if not found:
        return None
    weight = found.group(1)
    if weight.isdigit():
        return int(weight) >= STRONG_WEIGHT
    return weight in ("bold", "bolder")


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
    """Links through a search engine's redirect go straight to their target; links inside the pasted document lose their tag."""
    for link in soup.find_all("a"):
        address = str(link.get("href") or "")
        parts = urlsplit(address) if address.startswith(("http://", "https://")) else None
        if parts is None and not address.startswith("mailto:"):
            link.unwrap()
        elif parts is not None and parts.path == "/url" and parts.netloc.startswith(("www.google.", "google.")):
            target = parse_qs(parts.query).get("q") or parse_qs(parts.query).get("url")
            link["href"] = target[0] if target else address
