"""The shipped table of outlets: who publishes on a host, and who bears a name."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from workstation import resources
from workstation.domain.outlet import KnownOutlet, Outlet, OutletKind
from workstation.ingest.arrival import Finding
from workstation.ingest.places import domain_of

FILE = "outlets/outlets.csv"
ORIGIN = "outlet table"
SAID = "outlet_said"
"""The key in an item's origins under which stands what the page called its outlet, where the table has another name."""
UNCHECKED = "not yet"
_NOT_LETTERS = re.compile(r"[\W_]+")
_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Match:
    """A row of the table that an address belongs to; ``language`` is the code of the edition that the host is, or None."""

    known: KnownOutlet
    language: str | None = None

    @property
    def outlet(self) -> Outlet:
        """The row's outlet."""
        return self.known.outlet


class OutletTable:
    """Known outlets by their hosts and by their names."""

    def __init__(self, rows: Iterable[KnownOutlet]) -> None:
        self.rows = tuple(rows)
        self._by_domain = {domain: row for row in self.rows for domain in row.outlet.domains}
        self._by_name: dict[str, list[KnownOutlet]] = {}
        for row in self.rows:
            for key in dict.fromkeys(name_key(name) for name in (row.outlet.name, row.native, *row.aliases) if name):
                self._by_name.setdefault(key, []).append(row)

    def of_host(self, host: str | None) -> Match | None:
        """The outlet that publishes on ``host``: the longest domain of the table that it is or lies below."""
        labels = (host or "").strip().lower().rstrip(".").removeprefix("www.").split(".")
        for at in range(len(labels) - 1):
            domain = ".".join(labels[at:])
            row = self._by_domain.get(domain)
            if row is not None:
                return Match(row, row.editions.get(domain))
        return None

    def of_address(self, url: str | None) -> Match | None:
        """The outlet that publishes at ``url``."""
        return self.of_host(domain_of(url))

    def of_name(self, name: str | None, country: str | None = None) -> KnownOutlet | None:
        """The outlet of that name, native name or alias; None where several bear it and ``country`` does not tell which."""
        found = self._by_name.get(name_key(name or ""), [])
        if len(found) > 1:
            found = [row for row in found if country and row.outlet.country == country]
        return found[0] if len(found) == 1 else None

    def outlet(self, url: str | None, name: str | None = None) -> Outlet | None:
        """What the table knows of the outlet of an item: by its address; where it has none, by the name it bears."""
        if domain_of(url):
            match = self.of_address(url)
            return match.outlet if match else None
        row = self.of_name(name)
        return row.outlet if row else None


@lru_cache(maxsize=1)
def outlet_table() -> OutletTable:
    """The shipped table, read when it is first asked for."""
    with resources.path(FILE).open(encoding="utf-8", newline="") as lines:
        return OutletTable(rows_of(lines))


def known_facts(url: str | None) -> dict[str, Finding]:
    """What the table knows of an item from ``url``, by the item's fields: ``outlet`` and, where it is known, ``country``."""
    match = outlet_table().of_address(url)
    if match is None:
        return {}
    facts = {"outlet": Finding(match.outlet.name, ORIGIN)}
    return facts | ({"country": Finding(match.outlet.country, ORIGIN)} if match.outlet.country else {})


def said_otherwise(said: Finding | None, known: Finding | None) -> dict[str, str]:
    """The origin to keep of what the page ``said`` where the table has another name; nothing where they agree."""
    if said is None or known is None or name_key(said.value) == name_key(known.value):
        return {}
    return {SAID: f"{said.value} ({said.origin})"}


def rows_of(lines: Iterable[str]) -> Iterator[KnownOutlet]:
    """The rows of a table; lines that begin with ``#`` are words for its readers.

    Raises:
        ValueError: a row is no row of the table; the message tells which.
    """
    reader = csv.DictReader(line for line in lines if not line.startswith("#"))
    for row in reader:
        try:
            yield _row(row)
        except (KeyError, AttributeError, TypeError, ValueError) as error:
            raise ValueError(f"{FILE}: the row of “{row.get('name')}” cannot be read ({error})") from error


def name_key(name: str) -> str:
    """``name`` as it is compared: letters and digits alone, without case, accents in one spelling, without "The"."""
    whole = _ARTICLE.sub("", unicodedata.normalize("NFKC", name).strip())
    return _NOT_LETTERS.sub("", whole.casefold())


def _row(row: dict[str, str]) -> KnownOutlet:
    hosts = [host.partition(":") for host in row["domains"].split()]
    outlet = Outlet(
        name=row["name"],
        domains=tuple(host for host, _, _ in hosts),
        country=row["country"] or None,
        languages=tuple(row["languages"].split()),
        kind=OutletKind(row["kind"]) if row["kind"] else None,
    )
    return KnownOutlet(
        outlet=outlet,
        native=row["native"],
        aliases=tuple(filter(None, row["aliases"].split(";"))),
        editions=MappingProxyType({host: language for host, _, language in hosts if language}),
        source=row["source"],
        checked="" if row["checked"] == UNCHECKED else row["checked"],
    )
