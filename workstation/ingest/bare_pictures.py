"""Whether the bytes of a picture hold nothing but the picture: no EXIF, XMP, IPTC, comment, colour profile, preview or film.

What is known to be harmless is named, and anything else counts as telling: cameras and programs keep finding new places
(private chunks, a film or a second photograph behind the end) to write down who took a picture, when and where.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator, Mapping

_JFIF, _ADOBE = 0xE0, 0xEE
_FRAMES = {*range(0xC0, 0xD0), 0xDA, 0xDB, 0xDD}
"""The markers of a JPEG that hold the picture itself: frames, tables, scans, the restart interval."""
_SCAN, _END = 0xDA, 0xD9
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_PNG_CHUNKS = {
    *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"bKGD", b"sBIT", b"hIST", b"pHYs", b"sRGB", b"gAMA", b"cHRM"),
    *(b"acTL", b"fcTL", b"fdAT"),
}
_WEBP_CHUNKS = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"}


def is_bare(data: bytes, form: str) -> bool:
    """Whether a picture of Pillow's ``form`` that can be decoded carries nothing else; False for a form not known here."""
    look = _LOOKS.get(form)
    try:
        return look is not None and look(data)
    except (struct.error, IndexError):
        return False


def _jpeg(data: bytes) -> bool:
    at = 2
    while at < len(data):
        marker = data[at + 1]
        if data[at] != 0xFF or not (marker in _FRAMES or marker in (_JFIF, _ADOBE, _END)):
            return False
        if marker == _END:
            return at + 2 == len(data)
        if marker == _JFIF and data[at + 4 : at + 9] != b"JFIF\0":  # JFXX holds a small copy of the picture
            return False
        at += 2 + int(struct.unpack_from(">H", data, at + 2)[0])
        if marker == _SCAN:
            found = _NEXT_MARKER.search(data, at)
            at = found.start() if found else len(data)
    return False


def _png(data: bytes) -> bool:
    names = [name for name, _ in _chunks(data, 8, ">", 4)]
    return bool(names) and names[-1] == b"IEND" and set(names) <= _PNG_CHUNKS


def _webp(data: bytes) -> bool:
    whole = int(struct.unpack_from("<I", data, 4)[0]) + 8
    return whole == len(data) and {name for name, _ in _chunks(data, 12, "<", 0)} <= _WEBP_CHUNKS


def _chunks(data: bytes, at: int, order: str, checksum: int) -> Iterator[tuple[bytes, int]]:
    """The names and sizes of the chunks of a PNG (size, name, bytes, checksum) or a WebP (name, size, bytes, padding)."""
    while at < len(data):
        first, second = data[at : at + 4], data[at + 4 : at + 8]
        size, name = (first, second) if order == ">" else (second, first)
        length = int(struct.unpack(f"{order}I", size)[0])
        yield name, length
        at += 8 + length + checksum + (length % 2 if order == "<" else 0)


_LOOKS: Mapping[str, Callable[[bytes], bool]] = {"JPEG": _jpeg, "PNG": _png, "WEBP": _webp}
