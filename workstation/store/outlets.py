"""Outlets: what pages say of them, and the editor's word, which wins."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from sqlite3 import Connection
from urllib.parse import urlsplit

from workstation.domain.item import Item
from workstation.domain.outlet import DeskOutlet, Outlet, OutletKind
from workstation.errors import NotFoundError
from workstation.store.meant import meant_json, meant_kind

_PLAIN = re.compile(r"https?://([a-z0-9.-]+)(?::\d{1,5})?(?=[/?#]|\Z)")
"""Nearly every address, whose host is found in a tenth of the time."""


@lru_cache(maxsize=4096)
def domain_of(url: str | None) -> str | None:
    """The host that ``url`` names, in lower case and without ``www.``; None where it names none."""
    plain = _PLAIN.match(url or "")
    if plain:
        return _tidy(plain[1]) or None
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return (_tidy(host) or None) if host else None


def _tidy(domain: str) -> str:
    return domain.strip().lower().rstrip(".").removeprefix("www.")


def read_outlets(connection: Connection) -> list[Outlet]:
    """Every outlet known, by name."""
    domains: dict[int, list[str]] = {}
    for row in connection.execute("SELECT outlet, domain FROM outlet_domain ORDER BY domain").fetchall():
        domains.setdefault(row["outlet"], []).append(row["domain"])
    rows = connection.execute(
        "SELECT id, name, country, languages, kind, icon FROM outlet ORDER BY name COLLATE NOCASE, id"
    ).fetchall()
    return [
        Outlet(
            name=row["name"],
            domains=tuple(domains.get(row["id"], ())),
            country=row["country"],
            languages=tuple(meant_json(row["languages"])),
            kind=meant_kind(OutletKind, row["kind"]) if row["kind"] else None,
            icon=row["icon"],
        )
        for row in rows
    ]


def write_outlet(connection: Connection, outlet: Outlet) -> None:
    """Keep the editor's word on ``outlet``: by its domains, else by its name.

    Outlets that share a domain become one; so do those that only pages spoke of, on a domain below one of these.
    """
    domains = [_tidy(domain) for domain in outlet.domains]
    known = list(dict.fromkeys([*_known(connection, domains, outlet.name), *_below(connection, domains)]))
    id = known[0] if known else _insert(connection, outlet)
    for other in known[1:]:
        _merge(connection, other, id)
    connection.execute(
        "UPDATE outlet SET name = ?, country = ?, languages = ?, kind = ?, icon = coalesce(?, icon), edited = 1 WHERE id = ?",
        (outlet.name, outlet.country, json.dumps(outlet.languages), outlet.kind, outlet.icon, id),
    )
    for domain in domains:
        _link(connection, id, domain)


def desk_outlets(connection: Connection) -> list[DeskOutlet]:
    """Every outlet of the desk by name, with how many items came from it."""
    counted = "SELECT outlet, count(*) FROM item_desk WHERE outlet IS NOT NULL GROUP BY outlet"
    counts = dict(tuple(row) for row in connection.execute(counted).fetchall())
    own = {
        row["key"]
        for row in connection.execute("SELECT key, value FROM note WHERE key GLOB 'outlet-icon:*'").fetchall()
        if json.loads(row["value"]).get("own")
    }
    rows = connection.execute("SELECT id, edited FROM outlet ORDER BY name COLLATE NOCASE, id").fetchall()
    return [
        DeskOutlet(
            id=row["id"],
            outlet=outlet,
            items=counts.get(row["id"], 0),
            edited=bool(row["edited"]),
            own_icon=icon_key(row["id"]) in own,
        )
        for row, outlet in zip(rows, read_outlets(connection), strict=True)
    ]


def correct_outlet(connection: Connection, id: int, outlet: Outlet) -> None:
    """The editor's word on the outlet of that number, its domains included; what lies on a domain it loses is nobody's."""
    changed = connection.execute(
        "UPDATE outlet SET name = ?, country = ?, languages = ?, kind = ?, edited = 1 WHERE id = ?",
        (outlet.name, outlet.country, json.dumps(outlet.languages), outlet.kind, id),
    )
    if not changed.rowcount:
        raise NotFoundError("There is no such outlet", "It was merged with another one meanwhile.")
    wanted = list(dict.fromkeys(filter(None, map(_tidy, outlet.domains))))
    held = {row[0] for row in connection.execute("SELECT domain FROM outlet_domain WHERE outlet = ?", (id,)).fetchall()}
    for domain in held.difference(wanted):
        _unlink(connection, id, domain)
    for domain in wanted:
        if domain not in held:
            _link(connection, id, domain)
    connection.execute(
        "DELETE FROM outlet WHERE id <> ? AND NOT edited AND id NOT IN (SELECT outlet FROM outlet_domain)"
        " AND id NOT IN (SELECT outlet FROM item_desk WHERE outlet IS NOT NULL)",
        (id,),
    )


def merge_outlets(connection: Connection, id: int, others: Iterable[int]) -> None:
    """Make ``others`` one with the outlet ``id``, which keeps its facts and takes their domains, items and, lacking one, icon."""
    for other in others:
        if other != id:
            _merge(connection, other, id)
    connection.execute("UPDATE outlet SET edited = 1 WHERE id = ?", (id,))


def _unlink(connection: Connection, id: int, domain: str) -> None:
    connection.execute("DELETE FROM outlet_domain WHERE domain = ?", (domain,))
    hosts = connection.execute(
        "SELECT DISTINCT domain FROM item WHERE domain = ? OR substr(domain, -length(?2)) = ?2", (domain, f".{domain}")
    ).fetchall()
    for (host,) in hosts:
        connection.execute(
            "UPDATE item_desk SET outlet = ? WHERE outlet = ? AND item IN (SELECT row FROM item WHERE domain = ?)",
            (next(_found(connection, [host]), None), id, host),
        )


def outlet_of(connection: Connection, item: Item, told: Outlet | None, icon: str | None) -> int | None:
    """The id of the outlet of an item that arrives, made from what is ``told`` when it is new; else only its gaps are filled."""
    domain = domain_of(item.url)
    name = told.name if told else item.outlet
    if not name and not domain:
        return None
    domains = [_tidy(known) for known in told.domains] if told else []
    id = _owner(connection, domain, domains, name)
    if id is None:
        id = _insert(connection, told or Outlet(name=name or domain or "", country=item.country), icon)
    elif not _fill(connection, id, told, icon):
        return id
    if domain and next(_found(connection, [domain]), None) is None and not _longest(domain, domains):
        domains.append(domain)
    for new in domains:
        connection.execute("INSERT INTO outlet_domain (domain, outlet) VALUES (?, ?) ON CONFLICT DO NOTHING", (new, id))
    return id


def _owner(connection: Connection, domain: str | None, told: list[str], name: str) -> int | None:
    """The outlet that publishes on ``domain``: on the longest of the domains above it, those that are ``told`` among them."""
    longest = _longest(domain, told) if domain else ""
    if domain:
        for above in _above(domain):
            if len(above) < len(longest):
                break
            row = connection.execute("SELECT outlet FROM outlet_domain WHERE domain = ?", (above,)).fetchone()
            if row:
                return int(row["outlet"])
    if longest:
        marks = ", ".join("?" * len(told))
        row = connection.execute(f"SELECT outlet FROM outlet_domain WHERE domain IN ({marks}) ORDER BY outlet", told).fetchone()
        return int(row["outlet"]) if row else None
    return next(iter(_known(connection, [*told, *([domain] if domain else [])], name)), None)


def _longest(domain: str, told: Iterable[str]) -> str:
    return max((above for above in told if domain == above or domain.endswith(f".{above}")), key=len, default="")


def _known(connection: Connection, domains: list[str], name: str) -> list[int]:
    """The ids of the outlets on ``domains`` (or on a domain above one of them); without domains, the one of this name."""
    if domains:
        return list(dict.fromkeys(_found(connection, domains)))
    row = connection.execute("SELECT id FROM outlet WHERE name = ? ORDER BY edited DESC, id", (name,)).fetchone()
    return [row["id"]] if row else []


def _found(connection: Connection, domains: Iterable[str]) -> Iterator[int]:
    for domain in domains:
        for above in _above(domain):
            row = connection.execute("SELECT outlet FROM outlet_domain WHERE domain = ?", (above,)).fetchone()
            if row:
                yield row["outlet"]
                break


def _above(domain: str) -> Iterator[str]:
    """``domain`` and the domains above it, except the country's or the trade's own ending."""
    labels = domain.split(".")
    return (".".join(labels[at:]) for at in range(max(1, len(labels) - 1)))


def _below(connection: Connection, domains: Iterable[str]) -> Iterator[int]:
    """The outlets, known from pages only, on domains below ``domains``."""
    for domain in domains:
        rows = connection.execute(
            "SELECT DISTINCT outlet.id FROM outlet JOIN outlet_domain ON outlet_domain.outlet = outlet.id"
            " WHERE NOT edited AND substr(domain, -length(?1)) = ?1 ORDER BY outlet.id",
            (f".{domain}",),
        ).fetchall()
        yield from (row["id"] for row in rows)


def _merge(connection: Connection, other: int, id: int) -> None:
    connection.execute("UPDATE outlet_domain SET outlet = ? WHERE outlet = ?", (id, other))
    connection.execute("UPDATE item_desk SET outlet = ? WHERE outlet = ?", (id, other))
    connection.execute(
        "UPDATE outlet SET icon = coalesce(icon, (SELECT icon FROM outlet WHERE id = ?)) WHERE id = ?", (other, id)
    )
    connection.execute("DELETE FROM note WHERE key = ?", (icon_key(other),))
    connection.execute("DELETE FROM outlet WHERE id = ?", (other,))


def icon_key(id: int) -> str:
    """The key of the note that tells what is known of the icon of an outlet."""
    return f"outlet-icon:{id}"


def _insert(connection: Connection, outlet: Outlet, icon: str | None = None) -> int:
    row = (outlet.name, outlet.country, json.dumps(outlet.languages), outlet.kind, outlet.icon or icon)
    cursor = connection.execute("INSERT INTO outlet (name, country, languages, kind, icon) VALUES (?, ?, ?, ?, ?)", row)
    id = int(cursor.lastrowid or 0)
    connection.execute("DELETE FROM note WHERE key = ?", (icon_key(id),))  # of a removed outlet that had this number before
    return id


_FILL = """UPDATE outlet SET icon = coalesce(icon, :icon),
    name = CASE WHEN edited THEN name ELSE coalesce(:name, name) END,
    country = CASE WHEN edited THEN country ELSE coalesce(country, :country) END,
    kind = CASE WHEN edited THEN kind ELSE coalesce(kind, :kind) END,
    languages = CASE WHEN edited OR languages <> '[]' THEN languages ELSE :languages END
    WHERE id = :id AND ((icon IS NULL AND :icon IS NOT NULL) OR (NOT edited AND (name <> :name
        OR (country IS NULL AND :country IS NOT NULL) OR (kind IS NULL AND :kind IS NOT NULL)
        OR (languages = '[]' AND :languages <> '[]'))))"""


def _fill(connection: Connection, id: int, told: Outlet | None, icon: str | None) -> bool:
    """Fill the gaps of an outlet; of one that the editor corrected only the icon. Tells whether there was one to fill."""
    facts = {
        "id": id,
        "icon": (told.icon if told else None) or icon,
        "name": told.name if told else None,
        "country": told.country if told else None,
        "kind": told.kind if told else None,
        "languages": json.dumps(told.languages if told else ()),
    }
    return connection.execute(_FILL, facts).rowcount > 0


def _link(connection: Connection, id: int, domain: str) -> None:
    """``domain`` and what lies below it belong to the outlet ``id``, except what a domain between them gives to another."""
    connection.execute(
        "INSERT INTO outlet_domain (domain, outlet) VALUES (?, ?) ON CONFLICT (domain) DO UPDATE SET outlet = excluded.outlet",
        (domain, id),
    )
    hosts = connection.execute(
        "SELECT DISTINCT domain FROM item WHERE domain = ? OR substr(domain, -length(?2)) = ?2", (domain, f".{domain}")
    ).fetchall()
    for (host,) in hosts:
        owner = next(_found(connection, [host]), id)
        connection.execute("UPDATE item_desk SET outlet = ? WHERE item IN (SELECT row FROM item WHERE domain = ?)", (owner, host))
