"""The newer form: an XMP packet, RDF in XML, the same in every format of pictures."""

from __future__ import annotations

import re
from html import escape  # xml.sax.saxutils brings urllib.request with ssl and http: 15 ms
from xml.etree import ElementTree

from workstation.render.pictures.iptc.words import PictureWords

LARGEST = 256 * 1024
"""Characters of a packet that is read."""

_NAMES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
}
_CREDIT, _CAPTION, _ALT = ("photoshop", "Credit"), ("dc", "description"), ("Iptc4xmpCore", "AltTextAccessibility")
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_EMPTY = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
    f'<rdf:RDF xmlns:rdf="{_RDF}">\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="w"?>'
)
_HOLLOW = re.compile(r"<rdf:Description rdf:about=\"\"(\s+xmlns:[\w.-]+=\"[^\"]*\")*>\s*</rdf:Description>\n?")
"""A description that says nothing any more."""
_END = "</rdf:RDF>"
_ENTITIES = re.compile("<!(DOCTYPE|ENTITY)", re.I)


def packet(words: PictureWords, old: bytes = b"") -> bytes:
    """A packet with the words and with everything else that ``old`` says; one that is no XMP is left out."""
    text = old.decode(errors="replace")
    for (prefix, name), told in _told(words).items():
        text = _without(text, _NAMES[prefix], name) if told else text
    text = _HOLLOW.sub("", text)
    names = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in _NAMES.items())
    added = f'<rdf:Description rdf:about="" {names}>\n{_properties(words)}</rdf:Description>\n'
    merged = _with(added, text)
    return (merged if merged and _is_sound(merged) else _with(added, _EMPTY)).encode()


def _told(words: PictureWords) -> dict[tuple[str, str], str]:
    return {_CREDIT: words.credit, _CAPTION: words.caption, _ALT: words.alternative_text}


def _properties(words: PictureWords) -> str:
    """A credit is a text; captions and alternative texts are texts that may stand there in several languages."""
    lines = []
    for (prefix, name), told in _told(words).items():
        text = escape(told, quote=False)
        inner = text if (prefix, name) == _CREDIT else f'<rdf:Alt><rdf:li xml:lang="x-default">{text}</rdf:li></rdf:Alt>'
        lines.append(f"<{prefix}:{name}>{inner}</{prefix}:{name}>\n" if told else "")
    return "".join(lines)


def _with(added: str, text: str) -> str:
    head, end, tail = text.rpartition(_END)
    return f"{head}{added}{end}{tail}" if end else ""


def _without(text: str, namespace: str, name: str) -> str:
    """An old packet without one property, which may be an attribute or an element, under whatever prefix."""
    for prefix in sorted(set(re.findall(rf"xmlns:([\w.-]+)\s*=\s*[\"']{re.escape(namespace)}[\"']", text))):
        own = re.escape(f"{prefix}:{name}")
        text = re.sub(rf"\s{own}\s*=\s*(\"[^\"]*\"|'[^']*')", "", text)
        text = re.sub(rf"<{own}(\s[^>]*)?(/>|>.*?</{own}\s*>)", "", text, flags=re.S)
    return text


def _is_sound(text: str) -> bool:
    """Whether a packet is well formed; one with entities or of a great size is not tried."""
    if len(text) > LARGEST or _ENTITIES.search(text):
        return False
    try:
        ElementTree.fromstring(text.removeprefix("\ufeff"))  # noqa: S314 - small, and without entities
    except ElementTree.ParseError:
        return False
    return True
