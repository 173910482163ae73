"""Where the words stand in a JPEG, a PNG and a WebP: segments and chunks that are put in or exchanged, all else copied."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache

from workstation.domain.picture import Picture
from workstation.render.pictures.iptc import iim
from workstation.render.pictures.iptc.words import PictureWords
from workstation.render.pictures.iptc.xmp import packet


@lru_cache(maxsize=4)
def with_words(picture: Picture, words: PictureWords) -> Picture:
    """The picture with the words in its file; as it is where its format has no room for them, or its file is not in order."""
    write = _WRITERS.get(picture.media_type)
    if write is None or not words:
        return picture
    try:
        return replace(picture, data=write(picture, words))
    except (ValueError, IndexError, OverflowError):
        return picture


# --- JPEG ----------------------------------------------------------------------------------------------------------

_SOI, _APP1, _APP13, _SOS = 0xD8, 0xE1, 0xED, 0xDA
_BEFORE = (0xE0, _APP1)
"""What stands before our segments: the heads of JFIF and Exif."""
_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_PHOTOSHOP = b"Photoshop 3.0\0"
_ROOM = 0xFFFF - 2
"""Bytes of one segment."""

Segment = tuple[int, bytes]


def _in_jpeg(picture: Picture, words: PictureWords) -> bytes:
    segments, rest = _segments(picture.data)
    old_xmp = b"".join(data[len(_XMP) :] for marker, data in segments if marker == _APP1 and data.startswith(_XMP))
    resources = b"".join(data[len(_PHOTOSHOP) :] for marker, data in segments if _is_photoshop(marker, data))
    new = [(_APP1, _XMP + _fitting(words, old_xmp)), *_photoshop(iim.with_words(resources, words))]
    kept = [(marker, data) for marker, data in segments if not _is_photoshop(marker, data) and not _is_xmp(marker, data)]
    count = next((index for index, (marker, _) in enumerate(kept) if marker not in _BEFORE), len(kept))
    written = b"".join(map(_segment, [*kept[:count], *new, *kept[count:]]))
    return bytes((0xFF, _SOI)) + written + rest


def _segments(data: bytes) -> tuple[list[Segment], bytes]:
    """The segments before the pixels, as marker and data, and all that follows them."""
    if data[:2] != bytes((0xFF, _SOI)):
        raise ValueError("no JPEG")
    segments, at = [], 2
    while data[at + 1] != _SOS:
        if data[at] != 0xFF:
            raise ValueError("no segment")
        if data[at + 1] == 0xFF:  # a fill byte
            at += 1
            continue
        size = int.from_bytes(data[at + 2 : at + 4])
        if size < 2 or at + 2 + size > len(data):
            raise ValueError("a segment that is cut off")
        segments.append((data[at + 1], data[at + 4 : at + 2 + size]))
        at += 2 + size
    return segments, data[at:]


def _segment(entry: Segment) -> bytes:
    marker, data = entry
    return bytes((0xFF, marker)) + (len(data) + 2).to_bytes(2) + data


def _is_xmp(marker: int, data: bytes) -> bool:
    return marker == _APP1 and data.startswith(_XMP)


def _is_photoshop(marker: int, data: bytes) -> bool:
    return marker == _APP13 and data.startswith(_PHOTOSHOP)


def _fitting(words: PictureWords, old: bytes) -> bytes:
    """A packet that fits into one segment, if need be without what the old one says."""
    made = packet(words, old)
    return made if len(made) + len(_XMP) <= _ROOM else packet(words)


def _photoshop(resources: bytes) -> Iterator[Segment]:
    """The resources in as many segments as they need."""
    room = _ROOM - len(_PHOTOSHOP)
    yield from ((_APP13, _PHOTOSHOP + resources[at : at + room]) for at in range(0, len(resources), room))


# --- PNG -----------------------------------------------------------------------------------------------------------

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_KEYWORD = b"XML:com.adobe.xmp\0"


def _in_png(picture: Picture, words: PictureWords) -> bytes:
    if not picture.data.startswith(_SIGNATURE):
        raise ValueError("no PNG")
    chunks = list(_png_chunks(picture.data))
    old = next((data for kind, data, _ in chunks if kind == b"iTXt" and data.startswith(_KEYWORD)), b"")
    plain = old[len(_KEYWORD) + 4 :] if old[len(_KEYWORD) :].startswith(b"\0\0\0\0") else b""
    chunk = _png_chunk(b"iTXt", _KEYWORD + b"\0\0\0\0" + packet(words, plain))
    kept = [whole for kind, data, whole in chunks if not (kind == b"iTXt" and data.startswith(_KEYWORD))]
    return b"".join([_SIGNATURE, kept[0], chunk, *kept[1:]])


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Each chunk as its kind, its data, and the whole of its bytes; what follows the last one stays behind it."""
    at = len(_SIGNATURE)
    while at < len(data):
        size = int.from_bytes(data[at : at + 4])
        end = at + 12 + size
        if end > len(data):
            raise ValueError("a chunk that is cut off")
        kind = data[at + 4 : at + 8]
        whole = data[at:] if kind == b"IEND" else data[at:end]
        yield kind, data[at + 8 : at + 8 + size], whole
        at += len(whole)


def _png_chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)


# --- WebP ----------------------------------------------------------------------------------------------------------

_HAS_XMP, _HAS_ALPHA = 0x04, 0x10


def _in_webp(picture: Picture, words: PictureWords) -> bytes:
    chunks = list(_webp_chunks(picture.data))
    old = next((data for kind, data in chunks if kind == b"XMP "), b"")
    head = next((data for kind, data in chunks if kind == b"VP8X"), None) or _webp_head(picture, chunks[0])
    flagged = bytes((head[0] | _HAS_XMP,)) + head[1:]
    kept = [entry for entry in chunks if entry[0] not in (b"VP8X", b"XMP ")]
    body = b"WEBP" + b"".join(map(_webp_chunk, [(b"VP8X", flagged), *kept, (b"XMP ", packet(words, old))]))
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _webp_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise ValueError("no WebP")
    at, end = 12, 8 + int.from_bytes(data[4:8], "little")
    while at + 8 <= end:
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        if at + 8 + size > len(data):
            raise ValueError("a chunk that is cut off")
        yield data[at : at + 4], data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _webp_head(picture: Picture, image: tuple[bytes, bytes]) -> bytes:
    """The head of the extended form for a plain picture; a lossless one says itself whether it is see-through."""
    kind, data = image
    flags = _HAS_ALPHA if kind == b"VP8L" and data[4] & 0x10 else 0
    return bytes((flags, 0, 0, 0)) + (picture.width - 1).to_bytes(3, "little") + (picture.height - 1).to_bytes(3, "little")


def _webp_chunk(entry: tuple[bytes, bytes]) -> bytes:
    kind, data = entry
    return kind + len(data).to_bytes(4, "little") + data + b"\0" * (len(data) % 2)


_WRITERS: dict[str, Callable[[Picture, PictureWords], bytes]] = {
    "image/jpeg": _in_jpeg,
    "image/png": _in_png,
    "image/webp": _in_webp,
}
