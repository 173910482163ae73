"""Addresses that only the editor can open, or that hand the editor's own access to every reader."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from workstation.domain.hosts import is_public
from workstation.domain.web_address import one_site
from workstation.review.links.linked import Flaw

_ON_A_COMPUTER = re.compile(
    r"(?:file|content|blob|(?:chrome|moz|safari-web|ms-browser)-extension):|[a-z]:[\\/]|\\\\\w", re.IGNORECASE
)
_OWN_ENDINGS = (
    *("localhost", "local", "localdomain", "lan", "home", "home.arpa", "internal", "intranet", "corp", "private", "test"),
    "invalid",
)
"""No public name ends like this; ``example`` is missing, because samples live there."""

_UNFINISHED = re.compile(r"(?:^|[.-])(?:staging|stage|preprod|uat|preview|draft|dev|test|intranet)(?:\d*)(?=[.-])")
_PUBLIC_ALL_THE_SAME = frozenset({"preview.redd.it", "test.pypi.org", "dev.mysql.com"})
_EDITING = re.compile(
    r"/wp-(?:admin|login)\b|^/(?:admin|administrator|ghost)(?:/|$)|/node/\d+/edit\b|/(?:user|users|account)/(?:login|sign_in)\b",
    re.IGNORECASE,
)
_EDITING_PARAMETERS = {
    "preview": {"true", "1"},
    "draft": {"true", "1"},
    "action": {"edit"},
    "veaction": {"edit"},
}
_EDITING_NAMES = frozenset({"preview_id", "preview_nonce"})
_DESKS_OWN = ("mail.google.com", "outlook.live.com", "outlook.office.com", "outlook.office365.com", "app.slack.com")
_OWN_DRIVE = re.compile(r"/(?:drive/(?:u/\d+/|folders/|my-drive)|\w+/u/\d+/)|/edit\b", re.IGNORECASE)

_KEY_NAMES = """
token access_token accesstoken auth_token authtoken auth id_token refresh_token jwt api_key apikey secret client_secret
password passwd pwd sig signature x-amz-signature x-amz-security-token x-goog-signature awsaccesskeyid hmac
"""
_KEYS = frozenset(_KEY_NAMES.split())
_SESSIONS = frozenset({"sessionid", "session_id", "session", "phpsessid", "jsessionid", "aspsessionid", "cfid", "cftoken"})
_GIFTS = frozenset({"unlocked_article_code", "gift", "giftcopy", "sharetoken", "accesscode", "gift_token"})
_SHORTEST_KEY = 8
_SESSION_IN_PATH = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def lies_on_a_computer(address: str) -> bool:
    """Whether it is a file or a page inside of a program, which nobody else has."""
    return _ON_A_COMPUTER.match(address) is not None


@lru_cache(maxsize=4096)
def private(address: str) -> Flaw | None:
    """What keeps readers out of ``address``, or should keep it from them."""
    if lies_on_a_computer(address):
        return Flaw("leads to your own computer, where no reader can follow. Give the address on the web.")
    try:
        parts = urlsplit(address)
        host = unquote(parts.hostname or "").lower().rstrip(".")
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    return _access(parts) or _key(address, parts) or _own_network(host) or _desks_own(host, parts)


def _own_network(host: str) -> Flaw | None:
    numeric = host if ":" in host else _dotted(host)
    if numeric is not None:
        return None if is_public(numeric) else _closed(host)
    single = "." not in host and host not in ("http", "https")  # a scheme written twice is another mistake
    return _closed(host) if single or any(one_site(host, ending) for ending in _OWN_ENDINGS) else None


def _closed(host: str) -> Flaw:
    return Flaw(f"leads to “{host}”, which only your own network can reach. Give the public address.", blocks=False)


def _dotted(host: str) -> str | None:
    """The IPv4 address that a browser reads in ``host``: ``127.1``, ``0x7f000001`` and ``0177.0.0.1`` are all 127.0.0.1."""
    numbers = [_number(label) for label in host.split(".")]
    known = [number for number in numbers if number is not None]
    if len(known) != len(numbers) or len(numbers) > 4:
        return None
    *first, last = known
    if any(number > 255 for number in first) or last >= 256 ** (4 - len(first)):
        return None
    whole = sum(number << 8 * (3 - at) for at, number in enumerate(first)) + last
    return ".".join(str(whole >> shift & 255) for shift in (24, 16, 8, 0))


def _number(label: str) -> int | None:
    base = 16 if label.startswith("0x") else 8 if label.startswith("0") and len(label) > 1 else 10
    try:
        return int(label.removeprefix("0x") or "0", base) if label.isalnum() and label.isascii() else None
    except ValueError:
        return None


def _access(parts: SplitResult) -> Flaw | None:
    if parts.username is None:
        return None
    return Flaw("carries a user name before its host, which every reader would get. Take it out.")


def _desks_own(host: str, parts: SplitResult) -> Flaw | None:
    of_google = host in ("docs.google.com", "drive.google.com") and _OWN_DRIVE.search(parts.path)
    if of_google or one_site(host, "sharepoint.com"):
        return Flaw("leads to a document where it is worked on. Give the address under which it is published.", blocks=False)
    if any(one_site(host, own) for own in _DESKS_OWN):
        return Flaw(f"leads into {host}, where readers have no account. Give the public address.", blocks=False)
    if _is_editing(parts):
        told = "leads behind the scenes of a site, to a preview or a page for editors. Give the public address."
        return Flaw(told, blocks=False)
    unfinished = _UNFINISHED.search(_below_domain(host)) and host not in _PUBLIC_ALL_THE_SAME
    if unfinished:
        return Flaw(f"leads to {host}, which looks like a site for trials. Give the public address.", blocks=False)
    return None


def _below_domain(host: str) -> str:
    """What stands before the two last labels of a host, with its dot."""
    labels = host.split(".")
    return "".join(f"{label}." for label in labels[:-2])


def _is_editing(parts: SplitResult) -> bool:
    if _EDITING.search(parts.path):
        return True
    return any(name in _EDITING_NAMES or value.lower() in _EDITING_PARAMETERS.get(name, ()) for name, value in _parameters(parts))


def _key(address: str, parts: SplitResult) -> Flaw | None:
    """A parameter that opens a door: taken off where the page stands without it."""
    session = _SESSION_IN_PATH.search(parts.path)
    if session:
        return _of_a_session(address.replace(session.group(), "", 1))
    for name, value in _parameters(parts):
        flaw = _judged_parameter(name, value, parts)
        if flaw:
            return flaw
    return None


def _judged_parameter(name: str, value: str, parts: SplitResult) -> Flaw | None:
    if _MAIL.fullmatch(value):
        told = f"carries an e-mail address ({value}), which every reader would get. Take it out."
        return Flaw(told, _without(parts, name), "Take it out")
    if len(value) < _SHORTEST_KEY:
        return None
    if name in _SESSIONS:
        return _of_a_session(_without(parts, name))
    if name in _GIFTS:
        told = f"carries a subscriber’s gift (“{name}”), which runs out. Link the page itself."
        return Flaw(told, _without(parts, name), "Take it out", blocks=False)
    if name in _KEYS:
        return Flaw(f"carries a key (“{name}”), which every reader would get. Give an address that needs none.")
    return None


def _of_a_session(better: str) -> Flaw:
    return Flaw("carries the number of your own session. Take it out.", better, "Take it out")


def _without(parts: SplitResult, name: str) -> str:
    pairs = parts.query.split("&")
    kept = "&".join(pair for pair in pairs if unquote(pair.partition("=")[0]).lower() != name)
    return parts._replace(query=kept).geturl()


def _parameters(parts: SplitResult) -> list[tuple[str, str]]:
    return [(name.lower(), value) for name, value in parse_qsl(parts.query)]
