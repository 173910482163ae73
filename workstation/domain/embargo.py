"""An embargo in an editor's words: until when, and in which city's time."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo


def told_embargo(embargo: datetime, time_zone: str | None) -> str:
    """``3 Mar 2026, 09:00 (London)``: in the zone with this IANA name, else by the offset that the moment bears."""
    try:
        zone = ZoneInfo(time_zone) if time_zone else None
        local = embargo.astimezone(zone) if zone else embargo
    except (KeyError, ValueError, OSError, OverflowError):
        zone, local = None, embargo
    city = city_of(time_zone or "") if zone else f"UTC{local.isoformat()[-6:]}".removesuffix("+00:00")
    return f"{local.day} {local:%b %Y, %H:%M} ({city})"


def city_of(time_zone: str) -> str:
    """``New York`` for ``America/New_York``."""
    return time_zone.rpartition("/")[2].replace("_", " ")


def holds(embargo: datetime | None, now: datetime) -> bool:
    """Whether there is an embargo that has not passed yet."""
    return embargo is not None and embargo > now
