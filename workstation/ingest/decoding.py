"""Bytes as text, without mangling a letter: what the bytes are counts for more than what somebody declared them to be."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# Labels as the web uses them: the wider relative is what was meant, as in every browser.
_LABELS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "utf-16": "utf-16-le",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "windows-1252": "cp1252",
    "cp1252": "cp1252",
    "iso-8859-2": "iso8859-2",
    "iso-8859-3": "iso8859-3",
    "iso-8859-4": "iso8859-4",
    "iso-8859-5": "iso8859-5",
    "iso-8859-6": "iso8859-6",
    "iso-8859-7": "iso8859-7",
    "iso-8859-8": "iso8859-8",
    "iso-8859-8-i": "iso8859-8",
    "iso-8859-9": "cp1254",
    "iso-8859-10": "iso8859-10",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "iso-8859-13": "iso8859-13",
    "iso-8859-14": "iso8859-14",
    "iso-8859-15": "iso8859-15",
    "iso-8859-16": "iso8859-16",
    "koi8-r": "koi8-r",
    "koi8-u": "koi8-u",
    "macintosh": "mac-roman",
    "ibm866": "cp866",
    "cp866": "cp866",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "euc-jp": "euc-jp",
    "x-euc-jp": "euc-jp",
    "iso-2022-jp": "iso2022-jp",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "ksc5601": "cp949",
    **{f"windows-125{digit}": f"cp125{digit}" for digit in "01345678"},
    **{f"cp125{digit}": f"cp125{digit}" for digit in "01345678"},
    "windows-874": "cp874",
}

_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,400}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9._:-]{2,40})""", re.IGNORECASE
)
_DECLARED_WITHIN = 8192
_TAGS = re.compile(rb"<[^<>]{0,2000}>")
_SAMPLE = 60_000
_MULTI_BYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_ESCAPED_JAPANESE = (b"\x1b$B", b"\x1b$@")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text and the name of the encoding it was in."""

    text: str
    encoding: str


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """``data`` as text.

    A byte order mark decides; then well-formed UTF-8, whatever was declared; then ``declared`` (the charset of the
    transfer) and the declaration inside the bytes, each only if the bytes are well-formed in it; then a guess.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return Decoded(data[len(mark) :].decode(encoding, "replace"), encoding)
    return _wide(data) or _utf8(data) or _declared(data, declared) or _guessed(data)


def label(name: str | None) -> str | None:
    """The Python name of the encoding that the web calls ``name``; None for an unknown one."""
    return _LABELS.get(name.strip().strip("\"'").lower()) if name else None


def _wide(data: bytes) -> Decoded | None:
    """UTF-16 without its mark: every second byte of Western markup is zero."""
    head = data[:400]
    if len(head) < 4 or head.count(0) < len(head) // 3:
        return None
    encoding = "utf-16-be" if head[::2].count(0) > head[1::2].count(0) else "utf-16-le"
    return Decoded(data.decode(encoding, "replace"), encoding)


def _utf8(data: bytes) -> Decoded | None:
    if data.isascii():
        japanese = any(escape in data for escape in _ESCAPED_JAPANESE)
        return _strictly(data, "iso2022-jp") if japanese else Decoded(data.decode("ascii"), "utf-8")
    strict = _strictly(data, "utf-8")
    if strict:
        return strict
    # A page put together from several hands: nearly all UTF-8, with a few bytes of Windows-1252 or a torn last letter.
    good = len(_MULTI_BYTE.findall(data))
    bad = len(_HIGH.findall(_MULTI_BYTE.sub(b"", data)))
    return Decoded(data.decode("utf-8", "windows-1252-letter"), "utf-8") if good > 10 * bad else None


def _western_letter(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    torn = error.end == len(error.object) and error.reason == "unexpected end of data"
    letters = "" if torn else error.object[error.start : error.end].decode("cp1252", "replace")
    return letters, error.end


codecs.register_error("windows-1252-letter", _western_letter)


def _declared(data: bytes, declared: str | None) -> Decoded | None:
    candidates = list(_candidates(data, declared))
    for encoding in candidates:
        strict = _strictly(data, encoding)
        if strict:
            return strict
    for encoding in candidates:
        text = data.decode(encoding, "replace")
        if text.count("\ufffd") * 50 < len(_HIGH.findall(data)):
            return Decoded(text, encoding)
    return None


def _candidates(data: bytes, declared: str | None) -> Iterator[str]:
    inside = _DECLARED.search(data[:_DECLARED_WITHIN])
    names = [declared, inside.group(1).decode("ascii") if inside else None]
    for encoding in dict.fromkeys(filter(None, map(label, names))):
        if encoding != "utf-8" and not encoding.startswith("utf-16"):
            yield encoding


def _strictly(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None


def _guessed(data: bytes) -> Decoded:
    import charset_normalizer  # noqa: PLC0415 - 40 ms, and nearly every page declares its encoding truly

    words = b"\n".join(line for line in _TAGS.sub(b" ", data[: _SAMPLE * 20]).splitlines() if not line.isascii())
    best = charset_normalizer.from_bytes(words[:_SAMPLE]).best() if words else None
    encoding = best.encoding if best else "cp1252"
    if encoding in {"ascii", "utf_8", "latin_1"}:
        encoding = "cp1252"
    strict = _strictly(data, encoding)
    return strict or Decoded(data.decode(encoding, "replace"), encoding)
