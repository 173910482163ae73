"""Files of every kind, made of invented words: no sample of a real outlet, and nothing that is not told by the code."""

from __future__ import annotations

import io
import plistlib
import zipfile
import zlib
from collections.abc import Sequence

LINES = (
    "The lock at Orrin opened on Thursday after nine years of repairs, and a queue of 61 barges began to move before sunrise.",
    "“We waited for two harvests”, said the miller Ines Vale, who had come down with her sons to see the first gate swing.",
    "Upstream the mood was calmer: the farmers asked who would pay for the ice that the gates now hold back every winter.",
)


def page(title: str = "A lock opens", *, top: str = "", lines: Sequence[str] = LINES) -> bytes:
    """A page of an outlet."""
    text = "".join(f"<p>{line}</p>" for line in lines)
    return (
        f'<!DOCTYPE html>{top}<html lang="en"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><nav>Home News</nav><article><h1>{title}</h1>{text}</article></body></html>"
    ).encode()


def zipped(files: dict[str, bytes | str]) -> bytes:
    """A zip archive of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data, zipfile.ZIP_STORED if name == "mimetype" else None)
    return out.getvalue()


def docx(body: str, core: str = "") -> bytes:
    """A Word document with this content of its body."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    properties = f'<p:coreProperties xmlns:p="p" xmlns:dc="d" xmlns:dcterms="t">{core}</p:coreProperties>'
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f"<w:document {space}><w:body>{body}</w:body></w:document>",
            "docProps/core.xml": properties,
        }
    )


def mhtml(parts: Sequence[tuple[str, bytes]], *, head: str = "", boundary: str = "b1", kind: str = 'type="text/html"') -> bytes:
    """A page saved as one file: the headers and the body of each part."""
    start = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://gazette.example/saved\r\nSubject: x\r\n"
        f"Date: Thu, 5 Mar 2026 10:00:00 +0100\r\nMIME-Version: 1.0\r\n{head}"
        f'Content-Type: multipart/related;\r\n\t{kind};\r\n\tboundary="{boundary}"\r\n\r\n'
    ).encode()
    body = b"".join(f"--{boundary}\r\n{headers}\r\n\r\n".encode() + data + b"\r\n" for headers, data in parts)
    return start + body + f"--{boundary}--\r\n".encode()


def webarchive(data: bytes, *, binary: bool = True) -> bytes:
    """A page that Safari saved."""
    main = {"WebResourceData": data, "WebResourceURL": "https://gazette.example/safari", "WebResourceTextEncodingName": "UTF-8"}
    return plistlib.dumps({"WebMainResource": main}, fmt=plistlib.FMT_BINARY if binary else plistlib.FMT_XML)


def warc_record(url: str, body: bytes, *, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> bytes:
    """One answer in a web archive."""
    http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: {url}\r\n"
        "WARC-Date: 2026-03-05T09:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


Shown = tuple[float, float, float, str]
"""Where words stand on a page: x and y in points from the lower left corner, the size of the letters, the words."""


def pdf(pages: Sequence[Sequence[Shown]], *, info: dict[str, str] | None = None, picture: bool = False) -> bytes:
    """A PDF of these words, whatever their script; every letter is half as wide as it is high."""
    letters = sorted({letter for page in pages for *_, words in page for letter in words})
    codes = {letter: number for number, letter in enumerate(letters, start=1)}
    objects = [b"", b"", _font(), _descendant(), _stream(_to_unicode(codes)), _descriptor()]
    kids = []
    for page in pages:
        shown = "".join(
            f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm <{''.join(f'{codes[one]:04x}' for one in words)}> Tj ET\n"
            for x, y, size, words in page
        )
        content = "q 200 0 0 200 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q" if picture else shown
        objects.append(_stream(content.encode("latin-1")))
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 595]/Contents {len(objects)} 0 R"
            "/Resources<</Font<</F1 3 0 R>>>>>>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>".encode()
    told = "".join(f"/{key} <feff{value.encode('utf-16-be').hex()}>" for key, value in (info or {}).items())
    objects.append(f"<<{told}>>".encode())
    return _file(objects)


def _font() -> bytes:
    return b"<</Type/Font/Subtype/Type0/BaseFont/Made/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>"


def _descendant() -> bytes:
    system = b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    return b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Made/CIDSystemInfo" + system + b"/DW 500/FontDescriptor 6 0 R>>"


def _descriptor() -> bytes:
    return (
        b"<</Type/FontDescriptor/FontName/Made/Flags 4/FontBBox[0 -200 500 800]/ItalicAngle 0/Ascent 800/Descent -200"
        b"/CapHeight 700/StemV 80>>"
    )


def _to_unicode(codes: dict[str, int]) -> bytes:
    pairs = [f"<{code:04x}> <{letter.encode('utf-16-be').hex()}>" for letter, code in codes.items()]
    blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    told = "".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /M def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{told}endcmap end end"
    ).encode()


def _stream(content: bytes) -> bytes:
    packed = zlib.compress(content)
    return f"<</Length {len(packed)}/Filter/FlateDecode>>stream\n".encode() + packed + b"\nendstream"


def _file(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer<</Size {len(objects) + 1}/Root 1 0 R/Info {len(objects)} 0 R>>\nstartxref\n{start}\n%%EOF".encode()
    return bytes(out)
