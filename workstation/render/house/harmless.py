"""Whether a page that an own template made is harmless: it runs nothing, fetches nothing from elsewhere, and sends nothing.

The values in a page are escaped wherever they stand, but a template can put its own marks around them, so what counts is the
finished page. It has to be plainly written: every ``<`` begins a tag that no browser could read in another way, with an
element that belongs on a page. Then each tag can be judged by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from html import unescape

_ATTRIBUTE = r"""[\s]+([A-Za-z_][\w:.-]*)(?:[\s]*=[\s]*("[^"<>]*"|'[^'<>]*'|[\w.#%-]+))?"""
_TAG = re.compile(
    rf"<(?:/[A-Za-z][A-Za-z0-9]*\s*>|!doctype html>|!--[^<>]*-->|[A-Za-z][A-Za-z0-9]*(?:{_ATTRIBUTE})*\s*/?>)", re.I
)
_PARTS = re.compile(_ATTRIBUTE)
_NAME = re.compile(r"<([A-Za-z][A-Za-z0-9]*)")
_STYLE = re.compile(r"<style[^<>]*>(.*?)(?:</style\s*>|\Z)", re.I | re.S)
_BELONGING = (
    "html head title meta link style script body header footer main article section nav aside div span p a ul ol li dl dt dd"
    " h1 h2 h3 h4 h5 h6 hgroup figure figcaption img picture blockquote q cite em strong b i u s small sub sup mark abbr time"
    " data bdi bdo br hr wbr code pre kbd samp var dfn address details summary table caption colgroup col thead tbody tfoot tr"
    " th td ruby rt rp del ins svg path circle rect line polyline polygon ellipse g defs desc lineargradient radialgradient"
    " stop clippath text tspan"
)
_ELEMENTS = frozenset(_BELONGING.split())
_LOADING = frozenset(
    {
        "src",
        "srcset",
        "poster",
        "background",
        "data",
        "xlink:href",
        "imagesrcset",
        "lowsrc",
        "dynsrc",
        "code",
        "classid",
        "archive",
    }
)
_FORBIDDEN = frozenset({"srcdoc", "ping", "action", "formaction", "autofocus", "manifest", "is"})
_LINKS = frozenset({"icon", "canonical", "alternate", "license", "author", "help", "next", "prev"})
_PAINTING = ("clip-path", "cursor", "fill", "filter", "marker", "marker-end", "marker-mid", "marker-start", "mask", "stroke")
_PICTURE = re.compile(r"data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/]*={0,2}")
_OWN_PART = re.compile(r"url\(\s*[\"']?#[\w:.-]+[\"']?\s*\)")
_LONGEST_KNOWN = 2_000
_SCHEMES = frozenset({"", "http", "https", "mailto", "tel", "whatsapp"})
_SCHEME = re.compile(r"([^/?#]*?):")
_FETCHING = re.compile(r"url\s*\(|@import|image|expression|src\s*\(|\\|/\*", re.I)


def check_page(html: str, sheets: Iterable[str] = ()) -> str:
    """What is not harmless about a page, as the end of a sentence with the mend; empty when all is well.

    ``sheets`` are the texts inside ``style`` elements that are known to be harmless.
    """
    tags = [match.group() for match in _TAG.finditer(html)]
    told = _odd_tag(html) if len(tags) != html.count("<") else ""
    told = told or next(filter(None, map(_tag_fault, dict.fromkeys(tags))), "") or _style_fault(html, sheets)
    return f"makes a page that is not harmless: {told}" if told else ""


def _odd_tag(html: str) -> str:
    """The first ``<`` that begins no plain tag."""
    plain = {match.start() for match in _TAG.finditer(html)}
    at = next(match.start() for match in re.finditer("<", html) if match.start() not in plain)
    return f"“{html[at : at + 40].strip()}” is not plainly written; quote the values of attributes, and write &lt; for <."


def _tag_fault(tag: str) -> str:
    """What is wrong with a tag; those that hold no picture come again and again."""
    return _known_fault(tag) if len(tag) <= _LONGEST_KNOWN else _fault(tag)


@lru_cache(maxsize=4096)
def _known_fault(tag: str) -> str:
    return _fault(tag)


def _fault(tag: str) -> str:
    named = _NAME.match(tag)
    if named is None:
        return ""
    element = named.group(1).lower()
    values = {name.lower(): unescape(value.strip("\"'")).strip() for name, value in _PARTS.findall(tag)}
    is_picture = element == "link" and bool(_PICTURE.fullmatch(values.get("href", "")))
    faults = (_attribute_fault(name, value, is_picture=is_picture) for name, value in values.items())
    return _element_fault(element, values) or next(filter(None, faults), "")


def _element_fault(element: str, values: dict[str, str]) -> str:
    if element not in _ELEMENTS:
        return f"“<{element}>” does not belong on a page."
    if element == "script" and values.get("type", "").lower() != "application/ld+json":
        return "it holds a script, and a page runs nothing."
    if element == "meta" and "http-equiv" in values:
        return "“<meta http-equiv>” is not allowed."
    kinds = set(values.get("rel", "").lower().split())
    if element == "link" and (not kinds or not kinds <= _LINKS or ("icon" in kinds and not _is_picture(values.get("href", "")))):
        return "its “<link>” would fetch something; own styles go into “css”, a picture into “icon”."
    return ""


def _attribute_fault(name: str, value: str, *, is_picture: bool) -> str:
    if name.startswith("on") or name in _FORBIDDEN:
        return f"the attribute “{name}” is not allowed."
    if name == "style" and _FETCHING.search(value):
        return f"“style” holds “{value[:60]}”, which could fetch something."
    if name in _PAINTING and _FETCHING.search(_OWN_PART.sub("", value)):
        return f"“{name}” holds “{value[:60]}”, which could fetch something."
    if name in _LOADING and not (_is_picture(value) if name == "src" else _is_beside(value)):
        return f"“{name}” would fetch “{value[:60]}”, and a page fetches nothing from elsewhere."
    if name in ("href", "cite") and not is_picture and _scheme(value) not in _SCHEMES:
        return f"“{value[:60]}” is no address that a page may lead to."
    return ""


def _is_beside(address: str) -> bool:
    """Whether an address means a file beside the page: no scheme, no host, no way up."""
    plain = _squeezed(address)
    return _scheme(address) == "" and not plain.startswith(("/", "\\")) and ".." not in plain and "," not in plain


def _is_picture(address: str) -> bool:
    """Whether an address means a picture beside the page or, as the whole of a ``data:`` address, inside of it."""
    return bool(_PICTURE.fullmatch(address)) or _is_beside(address)


def _scheme(address: str) -> str:
    found = _SCHEME.match(_squeezed(address))
    return found.group(1).lower() if found else ""


def _squeezed(address: str) -> str:
    """Without the white space and control characters that browsers overlook."""
    return "".join(character for character in address if character > " ")


def _style_fault(html: str, sheets: Iterable[str]) -> str:
    for inside in _STYLE.findall(html):
        for sheet in sheets:
            inside = inside.replace(sheet.strip(), "") if sheet.strip() else inside
        if _FETCHING.search(inside):
            return "its “<style>” could fetch something; put own styles into a file and name it in “css”."
    return ""
