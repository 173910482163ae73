"""Which numeric addresses everybody can reach: no other is fetched, and no reader is sent to one."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

_TRANSLATED = IPv6Network("64:ff9b::/96")
_UNICAST = IPv6Network("2000::/3")


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
    return ip in _UNICAST and ip.teredo is None and ip.is_global and not ip.is_multicast


def _is_public_v4(ip: IPv4Address) -> bool:
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_loopback)


def _inside(ip: IPv6Address) -> IPv4Address | None:
    if ip in _TRANSLATED:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour
