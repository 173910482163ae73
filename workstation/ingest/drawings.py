"""Foreign SVG drawings made pixels, in the worker's process alone: nothing that a drawing names is fetched or opened."""

from __future__ import annotations

import re
from typing import Any

LENGTH = 512 * 1024
ELEMENTS = 20_000
"""How many elements a drawing may come to once its references are followed."""
DEPTH = 64
FARTHEST = 1e9
"""How many units of its own a drawing may be wide or high."""
WIDEST = 4.0
"""How many times as wide as high an icon may be, or the other way round."""

_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_PLAIN_DOCTYPE = re.compile(rb"<!DOCTYPE\s+svg\s+(?:PUBLIC|SYSTEM)\s[^\[\]<>]{0,400}>", re.IGNORECASE)
_DROPPED = frozenset({"script", "foreignObject", "feImage", "iframe", "audio", "video", "animate", "animateTransform", "set"})
_PICTURE = re.compile(r"data:image/(?:png|jpe?g|gif|webp);base64,", re.IGNORECASE)
_FOREIGN_STYLE = re.compile(r"@import|url\(\s*[\"']?(?!\s*[\"']?#)", re.IGNORECASE)
_NUMBER = re.compile(r"^\s*([0-9]{1,7}(?:\.[0-9]{1,6})?)\s*(?:px|pt|mm|cm|in|pc|em)?\s*$")


class NotDrawableError(ValueError):
    """The bytes are no drawing that may be drawn."""


def looks_drawn(data: bytes) -> bool:
    """Whether ``data`` looks like an SVG drawing."""
    head = data[:4_096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith((b"<svg", b"<?xml", b"<!--", b"<!DOCTYPE", b"<!doctype")) and b"<svg" in head


def draw(data: bytes, side: int) -> bytes:
    """The drawing as a PNG whose longer side has ``side`` pixels.

    Raises:
        NotDrawableError: it is no drawing, is too large, refers to itself without end, or cannot be drawn.
    """
    import resvg_py  # noqa: PLC0415 - in the worker's process alone, at the first drawing

    root = _parsed(data)
    _clean(root)
    _weigh(root)
    width, height = _measure(root, side)
    from lxml import etree  # type: ignore[import-untyped]  # noqa: PLC0415 - loaded already, by the parsing

    try:
        drawn = resvg_py.svg_to_bytes(
            svg_string=etree.tostring(root, encoding="unicode"), width=width, height=height, skip_system_fonts=True
        )
    except (ValueError, TypeError, RuntimeError) as error:
        raise NotDrawableError(str(error)) from error
    return bytes(drawn)


def _parsed(data: bytes) -> Any:
    from lxml import etree  # noqa: PLC0415 - not needed before the first drawing

    if len(data) > LENGTH:
        raise NotDrawableError("it is too large")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotDrawableError("it is written in UTF-16")
    plain = _PLAIN_DOCTYPE.sub(b"", data, count=1)
    if _DECLARATION.search(plain):
        raise NotDrawableError("it declares entities")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(plain, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotDrawableError(str(error)) from error
    if root.tag == "svg":  # an older tool left the namespace out
        return _parsed(plain.replace(b"<svg", b'<svg xmlns="http://www.w3.org/2000/svg"', 1)) if b"xmlns=" not in plain else root
    if root.tag != f"{_SVG}svg":
        raise NotDrawableError("it is no drawing")
    return root


# --- what a drawing may hold ---------------------------------------------------------------------------------------


def _clean(root: Any) -> None:
    """Take away whatever could reach beyond the drawing: scripts, foreign elements, pictures and styles from elsewhere."""
    for element in list(root.iter()):
        name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else "script"
        if name in _DROPPED or _reaches_out(element, name):
            _drop(element)
            continue
        if name == "style" and _FOREIGN_STYLE.search(element.text or ""):
            element.text = ""
        for key, value in list(element.attrib.items()):
            if _FOREIGN_STYLE.search(value) or "base" in key.lower():
                del element.attrib[key]


def _reaches_out(element: Any, name: str) -> bool:
    """Whether it names something that is neither a part of this drawing nor, for a picture, inside it."""
    hrefs = [value.strip() for value in (element.get("href"), element.get(_XLINK)) if value is not None]
    if name == "image":
        return not hrefs or not all(_PICTURE.match(href) for href in hrefs)
    return name != "a" and any(not href.startswith("#") for href in hrefs)


def _drop(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _weigh(root: Any) -> None:
    """Refuse what comes to too many elements, or is too deep, once every reference is followed."""
    marked = {element.get("id"): element for element in root.iter() if isinstance(element.tag, str) and element.get("id")}
    weights: dict[Any, int] = {}
    following: set[Any] = set()

    def weight(element: Any, depth: int) -> int:
        if depth > DEPTH or element in following:
            raise NotDrawableError("its parts refer to each other without end")
        if element in weights:
            return weights[element]
        following.add(element)
        parts = [*element, *(marked[name] for name in _references(element) if name in marked)]
        whole = 1 + sum(weight(part, depth + 1) for part in parts)
        following.discard(element)
        if whole > ELEMENTS:
            raise NotDrawableError("it comes to too many elements")
        weights[element] = whole
        return whole

    weight(root, 0)


def _references(element: Any) -> list[str]:
    found: list[str] = []
    for key, value in element.attrib.items():
        if key in ("href", _XLINK):
            found.append(value.strip().removeprefix("#"))
        elif "url(" in value:
            found += re.findall(r"url\(\s*[\"']?#([^\"')\s]{1,200})", value)[:20]
    return found


# --- how large it is -----------------------------------------------------------------------------------------------


def _measure(root: Any, side: int) -> tuple[int, int]:
    """Give the drawing a size of its own, whatever it asked for; the pixels to draw it with."""
    wide, high = _view(root)
    if not (0 < wide < FARTHEST and 0 < high < FARTHEST) or max(wide, high) > WIDEST * min(wide, high):
        raise NotDrawableError("it has no size, or is far too wide or high for an icon")
    scale = side / max(wide, high)
    width, height = max(1, round(wide * scale)), max(1, round(high * scale))
    root.set("width", str(width))
    root.set("height", str(height))
    return width, height


def _view(root: Any) -> tuple[float, float]:
    box = (root.get("viewBox") or "").replace(",", " ").split()
    if len(box) == 4:
        try:
            return float(box[2]), float(box[3])
        except ValueError:
            pass
    sides = [_NUMBER.match(root.get(name) or "") for name in ("width", "height")]
    if not (sides[0] and sides[1]):
        raise NotDrawableError("it has no size")
    width, height = float(sides[0].group(1)), float(sides[1].group(1))
    root.set("viewBox", f"0 0 {width:g} {height:g}")
    return width, height
