"""Which numeric addresses everybody can reach: no other is fetched unasked, and no reader is sent to one."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import NamedTuple

THIS_MACHINE = "this machine"
OWN_NETWORK = "your own network"

_TRANSLATED = IPv6Network("64:ff9b::/96")
_UNICAST = IPv6Network("2000::/3")
_DOCUMENTED = IPv6Network("3fff::/20")  # for examples; Python learned of it late
_OWN = tuple(map(IPv4Network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")))
_OWN_V6 = IPv6Network("fc00::/7")
_SECRETIVE = frozenset(
    {
        ip_address("169.254.169.254"),
        ip_address("fd00:ec2::254"),
        ip_address("fd20:ce::254"),
        ip_address("100.100.100.200"),
        ip_address("168.63.129.16"),
    }
)
"""Where machines in a cloud are told their own passwords: nobody may allow these."""


class OwnHost(NamedTuple):
    """A host of the editor's own: its name (with its port unless that is a usual one), and where it lies."""

    name: str
    where: str


def is_public(address: str) -> bool:
    """Whether ``address`` (numeric, IPv4 or IPv6) lies on the public internet, however it is wrapped.

    Besides what Python calls global, this refuses multicast and reserved ranges, and looks at the IPv4 address inside an
    IPv4-mapped, 6to4 or NAT64 address; Teredo is refused.
    """
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv4Address):
        return _is_public_v4(ip)
    inner = _inside(ip)
    if inner is not None:
        return _is_public_v4(inner)
    return ip in _UNICAST and ip not in _DOCUMENTED and ip.teredo is None and ip.is_global and not ip.is_multicast


def own_place(address: str) -> str | None:
    """Where ``address`` lies if the editor may allow it: ``THIS_MACHINE`` or ``OWN_NETWORK``; None for every other.

    Wrapped, link-local and multicast addresses, and those that tell a cloud machine its passwords, are never allowed.
    """
    try:
        ip = ip_address(address)
    except ValueError:
        return None
    if ip in _SECRETIVE or ip.is_unspecified:
        return None
    if ip.is_loopback:
        return THIS_MACHINE
    is_own = any(ip in network for network in _OWN) if isinstance(ip, IPv4Address) else ip in _OWN_V6 and ip.scope_id is None
    return OWN_NETWORK if is_own else None


def may_be_secretive(address: str) -> bool:
    """Whether ``address`` is one that a cloud machine gets its passwords from, or link-local: never asked, whoever allows it."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return True
    inner = _inside(ip) if isinstance(ip, IPv6Address) else None
    ip = inner or ip
    return ip in _SECRETIVE or ip.is_link_local


def _is_public_v4(ip: IPv4Address) -> bool:
    return (
        ip.is_global and ip not in _SECRETIVE and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback)
    )


def _inside(ip: IPv6Address) -> IPv4Address | None:
    if ip in _TRANSLATED:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour
