"""Steps that landed before they were finished: a store made in those hours says that it had them, and lacks what they make.

The steps from ``item-groups`` to ``large-inbox`` were numbered first and filled afterwards; the tables of what was sent began
with the name of a destination in the place of its site. What such a store lacks is given to it before any later step.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from sqlite3 import Connection

_MADE = re.compile(r"\s*CREATE (?:TABLE|INDEX|TRIGGER) (\w+)")
_DROPPED = re.compile(r"\s*DROP (?:TABLE|INDEX|TRIGGER) (\w+)")

_SENT = ("sent_post", "sent_picture")


def missing(connection: Connection, steps: Iterable[Sequence[str]], later: Iterable[Sequence[str]]) -> list[str]:
    """The statements of ``steps``, which the store says it had, that it did not have; empty for nearly every store.

    ``later`` are the steps that it had as well, whose dropping is not undone.
    """
    there = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema").fetchall()}
    there |= {name for statements in later for name in _named(_DROPPED, statements)}
    return [statement for statements in steps for statement in _lacking(statements, there)]


def _lacking(statements: Sequence[str], there: set[str]) -> Iterator[str]:
    """A step that made nothing is had whole; of one that made a part, what makes the rest and what fills it."""
    made = _named(_MADE, statements)
    lacking = [name for name in made if name not in there]
    if len(lacking) == len(made):
        yield from statements
        return
    for statement in statements:
        name = _MADE.match(statement)
        if (name and name[1] in lacking) or (not name and any(re.search(rf"\bINTO {one}\b", statement) for one in lacking)):
            yield statement


def sent_by_destination(connection: Connection, statements: Sequence[str]) -> list[str]:
    """What brings the tables of what was sent, if they still go by destination, under the sites; ``statements`` make them."""
    columns = {row[1] for row in connection.execute("PRAGMA table_info(sent_post)").fetchall()}
    if "destination" not in columns:
        return []
    anew = [one for one in statements if (name := _MADE.match(one)) and name[1] in _SENT]
    address = "SELECT substr(url, instr(url, '://') + 3) AS place FROM destination WHERE name = old.destination"
    named = f"SELECT substr(place, CASE WHEN place LIKE 'www.%' THEN 5 ELSE 1 END) FROM ({address})"
    site = f"coalesce(({named}), old.destination)"
    rest = {"sent_post": "story, mark, post, address", "sent_picture": "sha256, media, address, told"}
    return [
        *(f"ALTER TABLE {name} RENAME TO {name}_before" for name in _SENT),
        *anew,
        *(
            f"INSERT OR IGNORE INTO {name} (site, {rest[name]}) SELECT {site}, {rest[name]} FROM {name}_before AS old"
            for name in _SENT
        ),
        *(f"DROP TABLE {name}_before" for name in _SENT),
    ]


def _named(kind: re.Pattern[str], statements: Sequence[str]) -> list[str]:
    return [name[1] for statement in statements if (name := kind.match(statement))]
