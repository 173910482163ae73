"""Where an address really leads: past redirects, without what only follows the reader about."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit, urlunsplit

from workstation.domain.body import safe_link
from workstation.domain.web_address import one_site, tells_of_readers

MAX_REDIRECTS = 3

_REDIRECTS = {
    "www.google.com/url": ("q", "url"),
    "google.com/url": ("q", "url"),
    "l.facebook.com/l.php": ("u",),
    "lm.facebook.com/l.php": ("u",),
    "l.instagram.com/": ("u",),
    "www.youtube.com/redirect": ("q",),
    "slack-redir.net/link": ("url",),
    "out.reddit.com/": ("url",),
    "duckduckgo.com/l/": ("uddg",),
    "t.umblr.com/redirect": ("z",),
    "vk.com/away.php": ("to",),
    "linkprotect.cudasvc.com/url": ("a",),
    "www.linkedin.com/redir/redirect": ("url",),
    "statics.teams.cdn.office.net/evergreen-assets/safelinks/1/atp-safelinks.html": ("url",),
}
_SAFE_LINKS = ".safelinks.protection.outlook.com"
_GOOGLE = re.compile(r"(?:www\.)?google\.[a-z.]{2,6}/url")
_URL_DEFENSE = re.compile(r"https://urldefense\.(?:com|us)/v3/__(?P<target>.+?)__;", re.IGNORECASE)


def past_redirects(address: str) -> str:
    """The address that ``address`` carries in itself, where it is one that only passes a reader on; else itself."""
    for _ in range(MAX_REDIRECTS):
        further = safe_link(_past_redirect(address))
        if further is None or further == address:
            break
        address = further
    return address


def _past_redirect(address: str) -> str | None:
    defended = _URL_DEFENSE.match(address)
    if defended:
        return defended["target"] if "*" not in defended["target"] else None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    place = f"{(parts.hostname or '').lower()}{parts.path}"
    names = _REDIRECTS.get(place, ())
    if _GOOGLE.fullmatch(place) or (parts.hostname or "").endswith(_SAFE_LINKS):
        names = ("q", "url")
    query = parse_qs(parts.query)
    target = next((query[name][0] for name in names if name in query), None)
    return unquote(target) if target and target.lower().startswith(("http%3a", "https%3a")) else target


_READERS_NAMES = """
echobox srsltid gad_source gad_campaignid mibextid rdid wprov share_id _branch_match_id regi_id instance_id segment_id emc
itid wpisrc reflink srnd leadsource bxid cndid esrc campaign_id sharetype
"""
_READERS = frozenset(_READERS_NAMES.split())
"""More parameters that follow readers. ``canonical`` does not know them: stores hold the hashes of what it names."""

_READERS_OF_SITES = {
    "youtube.com": frozenset({"si", "feature", "pp"}),
    "youtu.be": frozenset({"si", "feature"}),
    "open.spotify.com": frozenset({"si"}),
    "x.com": frozenset({"s", "t"}),
    "twitter.com": frozenset({"s", "t"}),
    "tiktok.com": frozenset({"is_from_webapp", "sender_device", "_r", "_t"}),
    "mailchi.mp": frozenset({"e"}),
    "wsj.com": frozenset({"mod"}),
    "facebook.com": frozenset({"__tn__", "__cft__[0]"}),
}
"""Parameters that name who shares a link on these sites, and something else on others."""

_FRAGMENTS_OF_PAGES = frozenset({"google_vignette"})
"""What advertisements leave behind the address."""


def without_trackers(address: str) -> str:
    """The address without the parameters that tell where a reader came from; all others stay as they are written."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
    except ValueError:
        return address
    if parts.scheme == "mailto":
        return address
    of_site = next((names for site, names in _READERS_OF_SITES.items() if one_site(host, site)), frozenset())
    query = _kept(parts.query, of_site)
    fragment = "" if parts.fragment in _FRAGMENTS_OF_PAGES else parts.fragment
    fragment = _kept(fragment, of_site) if "=" in fragment else fragment
    if (query, fragment) == (parts.query, parts.fragment):
        return address
    return urlunsplit(parts._replace(query=query, fragment=fragment))


def _kept(query: str, of_site: frozenset[str]) -> str:
    return "&".join(pair for pair in query.split("&") if not _follows(pair, of_site))


def _follows(pair: str, of_site: frozenset[str]) -> bool:
    name, _, value = (unquote(part).lower() for part in pair.partition("="))
    return name in of_site or name in _READERS or tells_of_readers(name, value)
