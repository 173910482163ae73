"""A publication's own style sheet: read with a CSS tokenizer, because it must not fetch anything nor leave its element.

What it names beside the publication file, a picture or a font, becomes part of it as a ``data:`` address, so that the sheet
is one text. Everything else that could reach out of the page is refused with its line.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any

from markupsafe import Markup

from workstation.errors import InputError
from workstation.render.pictures.placing import picture_from
from workstation.render.words.characters import clean

Files = Callable[[str], bytes | None]

LARGEST_SHEET = 128 * 1024
"""Characters of one style sheet as it stands in its file."""
LARGEST_FILE = 384 * 1024
"""Bytes of a picture or font that becomes part of the sheet."""
LARGEST_WHOLE = 1024 * 1024
"""Characters of all sheets with what became part of them: every step of the preview carries them."""

_TITLE = "The publication’s style sheet cannot be used"
_FETCHING = frozenset(
    {"image", "image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade", "src", "element", "expression"}
)
"""Functions that take an address as mere text, or that ran scripts once."""
_RULES = frozenset({"import", "namespace"})
_RUNNING = frozenset({"behavior", "-moz-binding"})
_DATA = re.compile(r"data:(image/(png|jpeg|gif|webp|avif)|font/(woff2?|ttf|otf|collection))[;,]", re.I)
_FONTS = {"woff2": b"wOF2", "woff": b"wOFF", "ttf": b"\x00\x01\x00\x00", "otf": b"OTTO"}
_LEAVING = re.compile(r"</|<!--|-->|<script", re.I)


def read_css(names: Iterable[str], files: Files) -> str:
    """The style sheets of these names, one after the other, as one text that may stand in a page's ``style`` element.

    Raises:
        InputError: one is missing, too large, not CSS, leaves its element, or names something to fetch; the detail names
            file, line, cause and mend.
    """
    sheets = [_sheet(name, files) for name in names]
    whole = "".join(f"{sheet.strip()}\n" for sheet in sheets if sheet.strip())
    if len(whole) > LARGEST_WHOLE:
        raise InputError(_TITLE, f"With its pictures and fonts it is larger than {LARGEST_WHOLE // 1024} KB. Use smaller ones.")
    return whole


def css_markup(css: str) -> Markup:
    """A checked style sheet as it stands in the page; that it stays in its element is looked at once more."""
    if _LEAVING.search(css):
        raise InputError(_TITLE, "It holds “</” or “<!--”, which do not belong into a style sheet.")
    return Markup(css)  # noqa: S704 - nothing in it can end the style element


def _sheet(name: str, files: Files) -> str:
    data = files(name)
    if data is None:
        raise InputError(_TITLE, f"“{name}” is not beside the publication file, or cannot be read.")
    if len(data) > LARGEST_SHEET:
        raise InputError(_TITLE, f"“{name}” is larger than {LARGEST_SHEET // 1024} KB. Split off what is not needed.")
    try:
        text = clean(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError(_TITLE, f"“{name}” is not UTF-8 text; save it as UTF-8.") from error
    leaving = _LEAVING.search(text)
    if leaving:
        line = text.count("\n", 0, leaving.start()) + 1
        raise _fault(name, line, f"“{leaving.group()}” could end the page’s style element. Take it out, also from comments.")
    try:
        return _embedded(name, text, files)
    except RecursionError as error:
        raise InputError(_TITLE, f"“{name}” is nested too deeply.") from error


def _embedded(name: str, text: str, files: Files) -> str:
    """The sheet with what it names beside it as part of it; the text is otherwise as it came."""
    import tinycss2  # noqa: PLC0415 - only a publication with a style sheet needs it

    rules = tinycss2.parse_stylesheet(text)
    for node in _all_nodes(rules):
        _check(name, node)
    addresses = [(node, _address(node)) for node in _all_nodes(rules) if _is_address(node)]
    if not addresses:
        return text
    for node, address in addresses:
        _set_address(node, _as_data(name, node.source_line, address, files))
    return str(tinycss2.serialize(rules))


def _all_nodes(nodes: Iterable[Any] | None) -> Iterator[Any]:
    """Every token and rule of a sheet, the inner ones after those that hold them."""
    pending = [iter(nodes or ())]
    while pending:
        node = next(pending[-1], None)
        if node is None:
            pending.pop()
            continue
        yield node
        for part in ("prelude", "content", "arguments"):
            inner = getattr(node, part, None)
            if isinstance(inner, list):
                pending.append(iter(inner))


def _check(name: str, node: Any) -> None:
    kind, line = node.type, node.source_line
    if kind == "error":
        raise _fault(name, line, f"This is not CSS: {node.message}.")
    if kind in ("at-rule", "at-keyword"):
        rule = (node.lower_at_keyword if kind == "at-rule" else node.lower_value).strip()
        if rule in _RULES:
            raise _fault(name, line, f"“@{rule}” is not allowed: a page fetches nothing. Name a second sheet in “css” instead.")
    if kind == "function" and node.lower_name in _FETCHING:
        raise _fault(name, line, f"“{node.lower_name}()” is not allowed. Use url() with a file beside the publication file.")
    if kind == "ident" and node.lower_value in _RUNNING:
        raise _fault(name, line, f"“{node.lower_value}” is not allowed.")


def _is_address(node: Any) -> bool:
    return node.type == "url" or (node.type == "function" and node.lower_name in ("url", "url-prefix", "domain", "regexp"))


def _address(node: Any) -> str:
    if node.type == "url":
        return str(node.value)
    return "".join(str(part.value) for part in node.arguments if part.type == "string")


def _set_address(node: Any, address: str) -> None:
    if node.type == "url":
        node.representation = f'url("{address}")'
    else:
        texts = [part for part in node.arguments if part.type == "string"]
        texts[0].representation = f'"{address}"'
        node.arguments[:] = texts[:1]


def _as_data(name: str, line: int, address: str, files: Files) -> str:
    """The ``data:`` address of what ``address`` names: it is one already, or a picture or font beside the publication file."""
    if _DATA.match(address):
        return "".join(f"%{ord(mark):02X}" if mark in "\"'\\\n<>()" else mark for mark in address)
    path = PurePosixPath(address)
    if not address or ":" in address or path.is_absolute() or ".." in path.parts or "\\" in address or address.startswith("#"):
        mend = "Put the picture or font beside the publication file and name it there."
        raise _fault(name, line, f"“{address[:80]}” would be fetched, and a page fetches nothing. {mend}")
    data = files(address)
    if data is None:
        raise _fault(name, line, f"“{address}” is not beside the publication file, or cannot be read.")
    media = _media_type(data) if len(data) <= LARGEST_FILE else None
    if media is None:
        told = f"a PNG, JPEG, WebP or GIF picture or a font (WOFF2, WOFF, TTF, OTF) of at most {LARGEST_FILE // 1024} KB"
        raise _fault(name, line, f"“{address}” is not {told}.")
    return f"data:{media};base64,{base64.b64encode(data).decode()}"


def _media_type(data: bytes) -> str | None:
    for ending, head in _FONTS.items():
        if data.startswith(head):
            return f"font/{ending}"
    picture = picture_from(data)
    return picture.media_type if picture else None


def _fault(name: str, line: int, told: str) -> InputError:
    return InputError(_TITLE, f"{name}, line {line}: {told}")
