"""Outlets: what pages say of them, and the editor's word, which wins."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from sqlite3 import Connection
from urllib.parse import urlsplit

from workstation.domain.item import Item
from workstation.domain.outlet import Outlet, OutletKind


@lru_cache(maxsize=4096)
def domain_of(url: str | None) -> str | None:
    """The host that ``url`` names, in lower case and without ``www.``; None where it names none."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return _tidy(host) if host else None


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
            languages=tuple(json.loads(row["languages"])),
            kind=OutletKind(row["kind"]) if row["kind"] else None,
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


def outlet_of(connection: Connection, item: Item, told: Outlet | None, icon: str | None) -> int | None:
    """The id of the outlet of an item that arrives, made from what is ``told`` when it is new; else only its gaps are filled."""
    domain = domain_of(item.url)
    name = told.name if told else item.outlet
    if not name and not domain:
        return None
    domains = [_tidy(known) for known in told.domains] if told else []
    known = _known(connection, [*domains, *([domain] if domain else [])], name)
    if known:
        _fill(connection, known[0], told, icon)
        id = known[0]
    else:
        id = _insert(connection, told or Outlet(name=name or domain or "", country=item.country), icon)
    if domain and next(_found(connection, [domain]), None) is None:
        domains.append(domain)
    for new in domains:
        connection.execute("INSERT INTO outlet_domain (domain, outlet) VALUES (?, ?) ON CONFLICT DO NOTHING", (new, id))
    return id


def _known(connection: Connection, domains: list[str], name: str) -> list[int]:
    """The ids of the outlets on ``domains`` (or on a domain above one of them); without domains, the one of this name."""
    if domains:
        return list(dict.fromkeys(_found(connection, domains)))
    row = connection.execute("SELECT id FROM outlet WHERE name = ? ORDER BY edited DESC, id", (name,)).fetchone()
    return [row["id"]] if row else []


def _found(connection: Connection, domains: Iterable[str]) -> Iterator[int]:
    for domain in domains:
        labels = domain.split(".")
        for at in range(max(1, len(labels) - 1)):
            row = connection.execute("SELECT outlet FROM outlet_domain WHERE domain = ?", (".".join(labels[at:]),)).fetchone()
            if row:
                yield row["outlet"]
                break


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
    connection.execute("DELETE FROM outlet WHERE id = ?", (other,))


def _insert(connection: Connection, outlet: Outlet, icon: str | None = None) -> int:
    row = (outlet.name, outlet.country, json.dumps(outlet.languages), outlet.kind, outlet.icon or icon)
    cursor = connection.execute("INSERT INTO outlet (name, country, languages, kind, icon) VALUES (?, ?, ?, ?, ?)", row)
    return int(cursor.lastrowid or 0)


def _fill(connection: Connection, id: int, told: Outlet | None, icon: str | None) -> None:
    country, kind, own_icon = (told.country, told.kind, told.icon) if told else (None, None, None)
    connection.execute(
        "UPDATE outlet SET country = coalesce(country, ?), kind = coalesce(kind, ?), icon = coalesce(icon, ?, ?)"
        " WHERE id = ? AND (country IS NULL OR kind IS NULL OR icon IS NULL)",
        (country, kind, own_icon, icon, id),
    )


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
