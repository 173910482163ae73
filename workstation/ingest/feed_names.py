"""The vocabularies that feeds are written in, each known by the short prefix it usually has."""

from __future__ import annotations

from functools import lru_cache

_RSS = """
http://backend.userland.com/rss http://backend.userland.com/rss2 http://backend.userland.com/rss091
http://blogs.law.harvard.edu/tech/rss http://purl.org/rss/1.0 http://my.netscape.com/rdf/simple/0.9
http://channel.netscape.com/rdf/simple/0.9 http://example.com/newformat http://example.com/necho http://purl.org/echo
http://purl.org/net/rss1.1 http://my.netscape.com/publish/formats/rss-0.91.dtd http://cyber.law.harvard.edu/rss
"""
_PREFIXES = {
    **dict.fromkeys(_RSS.split(), ""),
    "http://www.w3.org/2005/atom": "atom:",
    "https://www.w3.org/2005/atom": "atom:",
    "http://purl.org/atom/ns": "atom:",
    "http://purl.org/dc/elements/1.1": "dc:",
    "http://purl.org/dc/elements/1.0": "dc:",
    "http://purl.org/dc/terms": "dcterms:",
    "http://purl.org/rss/1.0/modules/content": "content:",
    "http://purl.org/rss/1.0/modules/syndication": "sy:",
    "http://search.yahoo.com/mrss": "media:",
    "http://video.search.yahoo.com/mrss": "media:",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    "http://example.com/dtds/podcast-1.0.dtd": "itunes:",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner:",
    "http://www.w3.org/1999/xhtml": "xhtml:",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns": "rdf:",
    "http://purl.org/rss/1.0/modules/wiki": "wiki:",
}
OLD_ATOM = "http://purl.org/atom/ns"


@lru_cache(maxsize=4096)
def known_name(tag: str, own: str) -> str:
    """``{namespace}Local`` as ``prefix:local``, in lower case; names in the feed's ``own`` namespace and in none have no prefix.

    Names of vocabularies that are not known begin with ``?``.
    """
    namespace, _, local = tag[1:].rpartition("}") if tag.startswith("{") else ("", "", tag)
    known = _PREFIXES.get(namespace.lower().rstrip("#/"))
    if known is None:
        known = "" if namespace in ("", own) else "?"
    return f"{known}{local.lower()}"
