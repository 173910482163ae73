"""One name for every address of the same page: what trackers, phones and feeds add is taken off, what names the article stays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from urllib.parse import quote, urlsplit

_TRACKING_BEGINNINGS = ("utm_", "mtm_", "pk_", "hsa_", "at_", "ns_", "vero_", "oly_", "fb_", "wt_", "guce_", "_hs", "amp_")
"""Families of parameters that measure campaigns: Google, Matomo, HubSpot, AT Internet, comScore, Facebook, Webtrends, Yahoo."""

_TRACKING_NAMES = """
fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid twclid ttclid li_fat_id igshid igsh mc_cid mc_eid mkt_tok _ga _gl _ke
s_cid s_kwcid ncid cmp cmpid ocid icid ito mbid smid smtyp sref taid trk trkcampaign xtor guccounter soc_src soc_trk ref_src
ref_url __twitter_impression usqp amp dicbo cxrecs_s ysclid wickedid _openstat rb_clickid
"""
_TRACKING = frozenset(_TRACKING_NAMES.split())
"""Parameters that name a click, a campaign or a reader; never ``id``, ``p``, ``cid`` and their like: these name articles."""

_TELLING = frozenset({"ref", "referrer", "source", "src", "from", "via", "partner", "share", "outputtype", "output"})
"""Parameters that mostly tell where a reader comes from, but name a document on some sites: these values only are taken off."""

_CHANNEL_NAMES = """
rss feed feeds atom twitter x facebook fb whatsapp telegram linkedin reddit email mail newsletter app android ios amp share
shared social home homepage google googlenews news_sitemap copy link web mobile push notification
"""
_CHANNELS = frozenset(_CHANNEL_NAMES.split())

_FRONTS = ("www.", "m.", "amp.", "mobile.")
_SECOND_LEVELS = "co com net org gov edu ac or ne go gob mil info nom in"
_PUBLIC_SECONDS = frozenset(_SECOND_LEVELS.split())
"""What stands before a country's domain without being anybody's: ``m.co.uk`` is a site, and no phone's version of ``co.uk``."""

_DEFAULT_PORTS = {"http": 80, "https": 443}
_AMP_CACHE = re.compile(r"^/[a-z]+/(?:s/)?(?=[^/]+\.[^/]+)")
_AMP_SEARCH = re.compile(r"^/amp/(?:s/)?(?=[^/]+\.[^/]+)")
_ESCAPE = re.compile("%([0-9A-Fa-f]{2})")
_SIMPLE = re.compile(r"(https?)://([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::([1-9]\d{0,3}|[1-5]\d{4}))?(/[A-Za-z0-9._~/-]*)?")
"""Nine addresses of ten: nothing to escape, no parameters."""
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_KEPT = "%/:@!$&'()*+,;=-._~"
_LONG_NUMBER = re.compile(r"\d{5,}")
_UNWRAPPED = 4


def canonical(address: str | None) -> str | None:
    """The one address that stands for ``address`` and all its disguises; None where it is no web address.

    It is a name to compare by, not one to fetch. Two articles never share one: what may name an article stays, such as unknown
    parameters and fragments that a script reads as a path (``#!/…``, ``#/…``). Given its own answer it answers the same.
    """
    text = (address or "").strip()
    simple = _SIMPLE.fullmatch(text)
    if simple and "amp" not in text and "google." not in text:
        scheme, host, port, path = simple.groups("")
        place = _known_host(host) + (f":{port}" if port and int(port) != _DEFAULT_PORTS[scheme] else "")
        return f"https://{place}{path.rstrip('/') or '/'}"
    for _ in range(_UNWRAPPED):
        inner = out_of_amp_cache(text)
        if inner is None:
            break
        text = inner
    return _named(text)


def address_hash(address: str | None) -> int | None:
    """The canonical address as a signed number of 64 bits, for an index; None where there is none."""
    name = canonical(address)
    return None if name is None else int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big", signed=True)


def same_page(one: str | None, other: str | None) -> bool:
    """Whether both are addresses of the same page."""
    name = canonical(one)
    return name is not None and name == canonical(other)


def agreed(address: str, declared: str | None) -> str:
    """The address of a page fetched at ``address`` that calls itself ``declared`` (its canonical link).

    Many pages declare nonsense: their section, their site, another article. The page is believed only where both are of one
    site and plainly name the same article: by the last part of the path or by a long number.
    """
    ours, theirs = canonical(address), canonical(declared)
    if ours is None or theirs is None or ours == theirs or not declared:
        return address
    here, there = urlsplit(ours), urlsplit(theirs)
    if not one_site(here.netloc, there.netloc):
        return address
    last, other = (parts.path.rstrip("/").rsplit("/", 1)[-1] for parts in (here, there))
    same_part = bool(other) and last == other and _is_article(last) and here.query.startswith(there.query)
    numbers = set(_LONG_NUMBER.findall(f"{here.path}?{here.query}"))
    named = set(_LONG_NUMBER.findall(f"{there.path}?{there.query}"))
    return declared if same_part or (numbers and numbers == named) else address


def follows_readers(name: str) -> bool:
    """Whether a parameter of this name, in lower case, only tells of a click, a campaign or a reader, whatever its value."""
    return name in _TRACKING or name.startswith(_TRACKING_BEGINNINGS)


def tells_of_readers(name: str, value: str) -> bool:
    """Whether the parameter ``name`` with this ``value``, both in lower case, only tells where a reader comes from."""
    return follows_readers(name) or (name in _TELLING and value in _CHANNELS)


def one_site(one: str, other: str) -> bool:
    """Whether one host, in lower case, is the other or lies below it."""
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


def host_of(address: str | None) -> str:
    """The host of an address without ``www.``; "" where it has none."""
    try:
        return (urlsplit(address or "").hostname or "").rstrip(".").lower().removeprefix("www.")
    except ValueError:
        return ""


# --- parts ---------------------------------------------------------------------------------------------------------


def _named(text: str) -> str | None:
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS or not host or parts.username is not None:
        return None
    host = _host(host)
    if not host:
        return None
    place = host if port in (None, _DEFAULT_PORTS[scheme]) else f"{host}:{port}"
    query = "&".join(sorted(_parameters(parts.query)))
    fragment = _escaped(parts.fragment) if parts.fragment.startswith(("!", "/")) else ""
    return f"https://{place}{_path(parts.path)}{f'?{query}' if query else ''}{f'#{fragment}' if fragment else ''}"


def _host(host: str) -> str:
    host = host.rstrip(".").lower()
    try:
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        host = quote(host, safe="")
    while (front := next((front for front in _FRONTS if host.startswith(front)), None)) and _is_site(host[len(front) :]):
        host = host[len(front) :]
    return host


@lru_cache(maxsize=1024)
def _known_host(host: str) -> str:
    return _host(host)


def _is_site(host: str) -> bool:
    """Whether somebody can own ``host``: it has a name before its ending."""
    labels = host.split(".")
    if len(labels) < 2 or not all(labels) or labels[-1].isdigit():
        return False
    return len(labels) > 2 or not (len(labels[1]) == 2 and labels[0] in _PUBLIC_SECONDS)


def _path(path: str) -> str:
    path = _escaped(path).rstrip("/")
    while (shorter := _without_amp(path)) != path:
        path = shorter.rstrip("/")
    return path or "/"


def _without_amp(path: str) -> str:
    """The path of the page that an AMP page is a version of; only where what is left names an article."""
    shorter = path
    if path.endswith(".amp.html"):
        shorter = f"{path[: -len('.amp.html')]}.html"
    elif path.endswith((".amp", "/amp")):
        shorter = path[:-4]
    elif path.startswith("/amp/"):
        shorter = path[4:]
    return shorter if _is_article(shorter.rstrip("/").rsplit("/", 1)[-1]) else path


def _is_article(part: str) -> bool:
    """Whether the last part of a path names an article and not a section: it has a long number or several words."""
    return part.count("-") >= 2 or part.count("_") >= 2 or bool(_LONG_NUMBER.search(part)) or "%" in part


def _parameters(query: str) -> Iterator[str]:
    for parameter in query.split("&"):
        name, _, value = parameter.partition("=")
        if parameter and not tells_of_readers(_escaped(name).lower(), _escaped(value).lower()):
            yield _escaped(parameter)


def _escaped(text: str) -> str:
    """Percent escapes in one way: letters and digits plain, all else by its UTF-8 bytes in capitals."""
    plain = _ESCAPE.sub(lambda found: _unescaped(found[1]), text)
    return quote(plain, safe=_KEPT + "?", errors="replace")


def _unescaped(digits: str) -> str:
    character = chr(int(digits, 16))
    return character if character in _UNRESERVED else f"%{digits.upper()}"


def out_of_amp_cache(text: str) -> str | None:
    """The address inside that of an AMP cache or of a search engine's AMP viewer."""
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    if host.endswith(".cdn.ampproject.org"):
        pattern = _AMP_CACHE
    elif host.startswith(("www.google.", "google.")):
        pattern = _AMP_SEARCH
    else:
        return None
    found = pattern.match(parts.path)
    if not found:
        return None
    return f"https://{parts.path[found.end() :]}{f'?{parts.query}' if parts.query else ''}"


_FEED = re.compile(r"feed:(?://)?(?=https?://)|feed:(//)", re.IGNORECASE)


def as_meant(text: str) -> str:
    """An address as it was meant: out of its angle brackets, and a ``feed:`` address, which browsers make, by its web scheme."""
    bare = text.strip()
    if bare.startswith("<") and bare.endswith(">") and "://" in bare and not any(map(str.isspace, bare)):
        bare = bare[1:-1].removeprefix("URL:")
    found = _FEED.match(bare)
    return f"{'https://' if found[1] else ''}{bare[found.end() :]}" if found else bare
