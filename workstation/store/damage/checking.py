"""What is wrong with a store: its pages, its rows, its search index."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection
from tempfile import TemporaryDirectory

from workstation.errors import StoreDamagedError, StoreError
from workstation.store.connections import connect, converted
from workstation.store.damage.contents import (
    item_problems,
    meant_text,
    picture_problems,
    row_problems,
    step_problems,
    story_problems,
    version_problems,
)
from workstation.store.damage.loose_ends import problems as loose_ends
from workstation.store.migrations import APPLICATION_ID
from workstation.store.opening.half_copies import CHECKED
from workstation.store.opening.lock import is_locked_here
from workstation.store.opening.read_only import readable
from workstation.store.opening.shape import other_parts
from workstation.store.opening.strangers import refuse_damaged_log, refuse_stranger_inside, refuse_strangers

Problems = Callable[[Connection], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Examined:
    """One thing that was looked at: what is wrong with it (empty: nothing), and how many of it there are (None: no number)."""

    subject: str
    problems: tuple[str, ...]
    count: int | None = None


@dataclass(frozen=True, slots=True)
class _Part:
    subject: str
    problems: Problems
    counted: str | None = None


def check(path: Path) -> list[str]:
    """A sentence for each thing that is wrong with the store in ``path``; empty when it is sound.

    Nothing is changed, and a desk that is open can go on working. Every page and every row is read and the search index is
    checked in a copy: seconds for thousands of items, minutes for a million, and for a while as much room as the store takes.
    """
    return [problem for examined in examine(path) for problem in examined.problems]


def examine(path: Path, subjects: Sequence[str] = ()) -> Iterator[Examined]:
    """As :func:`check`, part by part; only the ``subjects`` (of :data:`SUBJECTS`) where some are named."""
    path = path.expanduser().resolve()
    if not path.is_file():
        yield Examined("file", (f"There is no store at {path}.",))
        return
    try:
        if not is_locked_here(path):
            refuse_strangers(path)
            refuse_damaged_log(path)
        with converted(path), reading(path) as connection:
            refuse_stranger_inside(connection, path)
            connection.text_factory = meant_text
            yield Examined("file", ())
            yield from _examined(connection, path, subjects)
    except StoreError as error:
        yield Examined("file", (str(error),))


def _examined(connection: Connection, path: Path, subjects: Sequence[str]) -> Iterator[Examined]:
    is_sound = True
    for part in PARTS:
        if not subjects or part.subject in subjects:
            examined = _looked_at(part, connection)
            is_sound = is_sound and not examined.problems
            yield examined
    if is_sound and not subjects:
        yield Examined("search", tuple(_search_problems_in_copy(connection, path)))


def _looked_at(part: _Part, connection: Connection) -> Examined:
    problems = tuple(_guarded(part, connection))
    return Examined(part.subject, problems, _count(part, connection) if not problems else None)


def _count(part: _Part, connection: Connection) -> int | None:
    """How many there are; None where nothing is counted, or in a store from before there were such things."""
    try:
        return int(connection.execute(part.counted).fetchone()[0]) if part.counted else None
    except sqlite3.DatabaseError:
        return None


def _guarded(part: _Part, connection: Connection) -> Iterator[str]:
    """Where pages are damaged, a part may come to an end before all of it was read."""
    try:
        yield from part.problems(connection)
    except (sqlite3.DatabaseError, LookupError, TypeError, ValueError, StoreDamagedError) as error:
        yield f"Not all of the {part.subject} could be read ({error})."


@contextmanager
def reading(path: Path) -> Iterator[Connection]:
    """A connection that changes nothing, of whatever schema; what a medium that cannot be written holds in a log is read, too."""
    found = readable(path, current=False)
    try:
        with closing(found.connect()) as connection:
            yield connection
    finally:
        found.close()


def copy_problems(connection: Connection) -> Iterator[str]:
    """What is wrong with a copy that was just made: its pages, and every word that the editor wrote."""
    yield from content_problems(connection, _OF_A_COPY)


_OF_A_COPY = ("pages", "stories", "versions", "undo steps", "pictures", "notes and names")


def content_problems(connection: Connection, subjects: Sequence[str] = ()) -> Iterator[str]:
    """A sentence for each thing that is wrong with the pages and the rows; what is only derived from them is left out."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        yield "It is not a desk of this program."
        return
    before = connection.text_factory
    connection.text_factory = meant_text
    try:
        for part in PARTS:
            if part.subject in subjects or (not subjects and part.subject != "loose ends"):
                yield from _guarded(part, connection)
    finally:
        connection.text_factory = before


def _page_problems(connection: Connection) -> Iterator[str]:
    other = other_parts(connection)
    if other:
        yield f"The file is not made as this program makes a desk: {', '.join(f'“{name[:60]}”' for name in other[:5])}."
    pages = [row[0] for row in connection.execute("PRAGMA integrity_check(20)").fetchall()]
    if pages != ["ok"]:
        more = f" (and {len(pages) - 1} more)" if len(pages) > 1 else ""
        yield f"The database is damaged: {pages[0]}{more}"


def _reference_problems(connection: Connection) -> Iterator[str]:
    for row in connection.execute("PRAGMA foreign_key_check").fetchall():
        yield f"A row of “{row[0]}” refers to a row of “{row[2]}” that is not there."


PARTS = (
    _Part("stories", story_problems, "SELECT count(*) FROM story"),
    _Part("versions", version_problems, "SELECT count(*) FROM story_version"),
    _Part("undo steps", step_problems, "SELECT count(*) FROM story_step"),
    _Part("pictures", picture_problems, "SELECT count(*) FROM picture"),
    _Part("notes and names", row_problems),
    _Part("pages", _page_problems),
    _Part("references", _reference_problems),
    _Part("sources", item_problems, "SELECT count(*) FROM item"),
    _Part("loose ends", loose_ends),
)
"""What is looked at, the editor's own words first; the search index comes last and is only looked at where all else is sound."""
SUBJECTS = ("file", *(part.subject for part in PARTS), "search")


def _search_problems_in_copy(connection: Connection, path: Path) -> list[str]:
    """FTS5's check holds the right to write for as long as it runs, and whoever works at the desk would wait: so, in a copy."""
    beside = path.parent if os.access(path.parent, os.W_OK) else None
    with TemporaryDirectory(prefix=CHECKED, dir=beside) as folder:
        copy = Path(folder) / "copy.db"
        connection.execute("VACUUM INTO ?", (str(copy),))
        return list(search_problems(copy))


def search_problems(path: Path) -> Iterator[str]:
    """As :func:`content_problems`, for the search index of a store that nobody else has open."""
    with closing(connect(path)) as connection:
        try:
            connection.execute("INSERT INTO item_search (item_search, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            yield f"The search index does not agree with the items ({error})."
