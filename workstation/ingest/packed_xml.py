"""XML inside zip archives, as office documents are: unpacked and parsed within limits, no entities, no network."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from workstation.errors import ReadError

LENGTH = 40 * 1024 * 1024
NODES = 3_000_000
ENTRIES = 20_000
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, KeyError)
"""What reading a damaged, hostile or encrypted archive may raise."""

Element = Any


class Package:
    """An office document's archive."""

    def __init__(self, data: bytes) -> None:
        """Open it.

        Raises:
            ReadError: it is damaged.
        """
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except BROKEN as error:
            raise damaged() from error
        if len(self._archive.namelist()) > ENTRIES:
            raise ReadError("This document could not be read", f"It holds more than {ENTRIES:,} files. Paste its text.")

    def xml(self, name: str) -> Element | None:
        """The root element of the file ``name`` in it; None where there is none or it is no XML.

        Raises:
            ReadError: it is larger than any real one.
        """
        try:
            data = read_member(self._archive, name)
        except BROKEN:
            return None
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
        try:
            return etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError):
            return None


def read_member(archive: zipfile.ZipFile, name: str, length: int = LENGTH) -> bytes:
    """The bytes of a file in an archive.

    Raises:
        ReadError: there are more than ``length``, whatever the archive declares.
    """
    with archive.open(name) as member:
        data = member.read(length + 1)
    if len(data) > length:
        raise ReadError(
            "This document could not be read", f"It unpacks to more than {length >> 20} MB, as no real one does. Paste its text."
        )
    return data


def local(element: Element) -> str:
    """An element's name without its namespace; ``""`` for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """The attribute of that local name, whatever its namespace; ``""`` where it is missing."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def first_text(root: Element | None, *names: str) -> str:
    """The text of the first element of the first of these local names that has one."""
    if root is None:
        return ""
    found = {
        local(element): (element.text or "").strip() for element in reversed(list(root.iter())) if (element.text or "").strip()
    }
    return next((found[name] for name in names if name in found), "")


def walk(root: Element) -> Iterator[tuple[str, Element]]:
    """Starts and ends of the elements under ``root``, in their order, without recursion."""
    yield from etree.iterwalk(root, events=("start", "end"))


def damaged() -> ReadError:
    """What to say of a document that cannot be opened."""
    return ReadError("This document could not be read", "It is damaged, cut off or encrypted. Save it again, or paste its text.")
