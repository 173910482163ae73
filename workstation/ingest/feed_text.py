"""The words of a feed entry as plain paragraphs."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache

from workstation.ingest.feed_entry import Words
from workstation.ingest.markup import Tree, bounded, parse
from workstation.ingest.plain import TITLE_LENGTH, one_line, paragraphs, without_markup

LENGTH = 400_000
"""Letters of markup that are read of one entry."""

_MARKUP = re.compile(r"<[A-Za-z/!?]|&(?:#\d|#[xX]|[A-Za-z])")
_ADDRESS_AND_NAME = re.compile(
    r"""[^\s@()<>]+@[^\s@()<>]+\s*\(([^()@]+)\)|"?([^<>"]+?)"?\s*<[^<>@]+@[^<>]+>|([^()@]+?)\s*\([^\s()]+@[^\s()]+\)"""
)
_WINDOWS_REFERENCE = re.compile(r"&#(?:1[2-5]\d|[xX][89][0-9A-Fa-f]);")
_CONTROL = re.compile("[\x80-\x9f]")
_WINDOWS = {code: bytes([code]).decode("cp1252", "replace").replace("\ufffd", "") for code in range(0x80, 0xA0) if code != 0x85}
_PLAIN_TAG = re.compile(r"<(/?[A-Za-z][A-Za-z0-9]*)(?:\s[^<>]*)?/?>")
_EMPTY_LINE = re.compile(r"\n[ \t\r\f\v]*\n")
_BLOCKS = """
address article aside blockquote body br caption center dd details dir div dl dt fieldset figcaption figure footer form
h1 h2 h3 h4 h5 h6 header hr li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul
"""
_NOT_READ = """
script style template noscript iframe object embed svg math canvas select option button head title
"""
_ENDS_PARAGRAPH, _UNSEEN = frozenset(_BLOCKS.split()), frozenset(_NOT_READ.split())


def plain(words: Words) -> str:
    r"""The words as paragraphs, one a line, single ``"\n"`` between them."""
    value = _western(words.value[:LENGTH])
    if not words.is_markup or not _MARKUP.search(value):
        return paragraphs("\n\n".join(" ".join(part.split("\n")) for part in _EMPTY_LINE.split(value.replace("\r\n", "\n"))))
    simple = _simply(value)
    if simple is not None:
        return paragraphs(simple)
    tree = parse(f"<div>{bounded(value)}</div>")
    return "" if tree is None else paragraphs("".join(_told(tree)))


def title(words: Words) -> str:
    """The words as one line of at most 500 letters."""
    value = _western(words.value)
    if words.is_markup:
        return without_markup(value)
    return one_line(value[: TITLE_LENGTH * 8])[:TITLE_LENGTH].rstrip()


@lru_cache(maxsize=1024)
def name(text: str) -> str:
    """A person as a byline has it: ``desk@outlet.example (Ines Vale)`` is Ines Vale, a bare address stays."""
    line = one_line(html.unescape(without_markup(text)))[:200]
    found = _ADDRESS_AND_NAME.fullmatch(line)
    return next(filter(None, found.groups())).strip() if found else line


def _simply(value: str) -> str | None:
    """What :func:`_told` says of markup of nothing but plain tags, five times as fast; None for any other."""
    pieces = _PLAIN_TAG.split(_flat(value))
    text = "".join(pieces[::2])
    names = {name.lower().lstrip("/") for name in pieces[1::2]}
    if "<" in text or ">" in text or not _UNSEEN.isdisjoint(names):
        return None
    blocks = _ENDS_PARAGRAPH & names
    pieces[1::2] = ["\n" if name.lower().lstrip("/") in blocks else "" for name in pieces[1::2]]
    told = "".join(pieces)
    return html.unescape(told) if "&" in told else told


def _told(tree: Tree) -> Iterator[str]:
    """The text of a tree in pieces, without recursion; line breaks of the markup are spaces, blocks end lines."""
    stack: list[tuple[Tree, bool]] = [(tree, False)]
    while stack:
        node, is_left = stack.pop()
        tag = node.tag if isinstance(node.tag, str) else ""
        if is_left:
            if tag in _ENDS_PARAGRAPH:
                yield "\n"
            if node.tail and node is not tree:
                yield _flat(node.tail)
            continue
        stack.append((node, True))
        if not tag or tag in _UNSEEN:
            continue
        if tag in _ENDS_PARAGRAPH:
            yield "\n"
        if node.text:
            yield _flat(node.text)
        stack.extend((child, False) for child in reversed(node))


def _western(text: str) -> str:
    """Codes that stand for nothing in Unicode are the curly quotes and dashes of Windows, as every browser takes them."""
    if "&#" in text:
        text = _WINDOWS_REFERENCE.sub(lambda found: html.unescape(found.group()), text)
    return text.translate(_WINDOWS) if _CONTROL.search(text) else text


def _flat(text: str) -> str:
    return text.replace("\r", " ").replace("\n", " ")
