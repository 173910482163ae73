"""What outlets are called: the known ones by every name that they bear and by their hosts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from workstation.domain.outlet import KnownOutlet
from workstation.domain.story import Source
from workstation.domain.web_address import host_of

_NOT_LETTERS = re.compile(r"[\W_]+")
_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)
_QUALIFIER = re.compile(r"\s*\([^)]*\)")


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """A name as it is compared: letters and digits alone, without case, without "The" and what stands in brackets."""
    plain = _QUALIFIER.sub("", unicodedata.normalize("NFKC", name)).strip() or name
    return _NOT_LETTERS.sub("", _ARTICLE.sub("", plain).casefold())


@dataclass(frozen=True, slots=True, eq=False)
class OutletNames:
    """Known outlets by the keys of their names and by their hosts; a table is itself only."""

    by_key: Mapping[str, tuple[KnownOutlet, ...]]
    by_host: Mapping[str, KnownOutlet]

    def of_name(self, name: str) -> tuple[KnownOutlet, ...]:
        """The outlets of this name; several may bear one."""
        return self.by_key.get(name_key(name), ())

    def of_address(self, address: str | None) -> KnownOutlet | None:
        """The outlet that publishes at ``address``."""
        labels = host_of(address).split(".")
        hosts = (".".join(labels[at:]) for at in range(len(labels) - 1))
        return next((self.by_host[host] for host in hosts if host in self.by_host), None)

    def of_source(self, source: Source) -> tuple[KnownOutlet, ...]:
        """The outlets that a source may be: those of its name; of several the one at its address; one at its address alone."""
        named = self.of_name(source.outlet)
        there = self.of_address(source.url)
        if there is None or not named:
            return named or ((there,) if there else ())
        return (there,) if there in named else named


def names_of(outlet: KnownOutlet) -> tuple[str, ...]:
    """Every name of an outlet, each once: as it calls itself, in its own script, its aliases."""
    return tuple(dict.fromkeys(name for name in (outlet.outlet.name, outlet.native, *outlet.aliases) if name))


class _AsItIs:
    """A tuple that is looked up by its identity: to compare a thousand rows at every review would take too long."""

    __slots__ = ("rows",)

    def __init__(self, rows: tuple[KnownOutlet, ...]) -> None:
        self.rows = rows

    def __hash__(self) -> int:
        return id(self.rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _AsItIs) and other.rows is self.rows


def outlet_names(outlets: tuple[KnownOutlet, ...]) -> OutletNames:
    """The names of ``outlets``; the last few tables are kept."""
    return _index(_AsItIs(outlets))


@lru_cache(maxsize=4)
def _index(table: _AsItIs) -> OutletNames:
    by_key: dict[str, list[KnownOutlet]] = {}
    for outlet in table.rows:
        for key in dict.fromkeys(name_key(name) for name in names_of(outlet)):
            by_key.setdefault(key, []).append(outlet)
    hosts = {host: outlet for outlet in table.rows for host in outlet.outlet.domains}
    return OutletNames({key: tuple(rows) for key, rows in by_key.items()}, hosts)


def alike(one: str, other: str) -> bool:
    """Whether two names may be one outlet's: they are the same, or the words of one stand in the other."""
    first, second = name_key(one), name_key(other)
    return first == second or _holds(one, other) or _holds(other, one)


def _holds(whole: str, part: str) -> bool:
    words, sought = list(_words(whole)), list(_words(part))
    starts = range(len(words) - len(sought) + 1)
    return bool(sought) and any(words[at : at + len(sought)] == sought for at in starts)


def _words(name: str) -> Iterable[str]:
    bare = _ARTICLE.sub("", _QUALIFIER.sub("", name))
    yield from (word for word in _NOT_LETTERS.split(bare.casefold()) if word)


def spellings_of(source: Source, names: OutletNames) -> tuple[str, ...]:
    """Every name under which a text may speak of an outlet: as the card prints it, and those that it is known by."""
    return tuple(dict.fromkeys((source.outlet, *_known_names(source, names))))


def _known_names(source: Source, names: OutletNames) -> Iterator[str]:
    for outlet in names.of_source(source):
        yield from names_of(outlet)
