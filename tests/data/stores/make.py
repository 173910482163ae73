"""Makes a small store with the program of a past revision, and a record of what it holds: ``python make.py [NAME...]``.

Each store is filled by the very program that landed with its schema, taken out of git, so that it holds what that program
wrote and not what we think it wrote. What a program could not do yet is left out, and named on standard error. The record is
read with that same program. Run it (with a new line in ``REVISIONS``) before a migration is appended: the newest schema that
people have then has its store here.
"""

from __future__ import annotations

import io
import json
import lzma
import os
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent

REVISIONS = {
    "01-first-desk": "3f92c3f",
    "02-story-history": "3389fe3",
    "03-story-desk": "a412797",
    "07-steps-to-come": "3c55492",
    "07-large-inbox": "eb03549",
    "07-triage": "8d86b61",
    "07-versions-of-pages": "6274e08",
    "08-waiver-times": "3bdde8c",
    "09-item-meanings": "9a28898",
    "10-handing-over": "85c9d9b",
    "10-sites": "83ad89a",
}
"""The last revision with each schema that the main branch ever had, by the name of its files."""

PARAGRAPHS = (
    "The lock at Orrin opened on Thursday after nine years of repairs, and a queue of 61 barges began to move before sunrise.",
    "“We waited for two harvests”, said the miller Ines Vale, who had come down with her sons to see the first gate swing.",
    "The river council called it a holiday for the towns. “Nobody will pay tolls before September”, the council’s clerk said.",
    "Upstream the mood was calmer: the farmers asked who would pay for the ice that the gates now hold back every winter.",
)
TEXT = "\n\n".join(PARAGRAPHS)
PAGE = (
    '<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>A lock opens at Orrin</title>'
    '<link rel="canonical" href="https://harbour-gazette.example/lock?utm_source=post">'
    '<meta property="og:site_name" content="Harbour Gazette"><meta name="author" content="Pell Orso"></head><body><article>'
    f"<h1>A lock opens at Orrin</h1>{''.join(f'<p>{words}</p>' for words in PARAGRAPHS)}</article></body></html>"
)
MAIL = f"From: Desk <desk@valley-post.example>\nSubject: Ice on the gates\nContent-Type: text/plain; charset=utf-8\n\n{TEXT}\n"
FEEDS = (
    '<opml version="2.0"><body><outline text="Valley Post" type="rss" xmlUrl="https://valley-post.example/feed.xml"/>'
    "</body></opml>"
)


def main(names: list[str]) -> None:
    """Make the stores with these names, or all of them."""
    for name in names or REVISIONS:
        with tempfile.TemporaryDirectory() as folder:
            top = subprocess.run(["git", "rev-parse", "--show-toplevel"], cwd=HERE, check=True, capture_output=True, text=True)
            packed = subprocess.run(
                ["git", "archive", REVISIONS[name]], cwd=top.stdout.strip(), check=True, capture_output=True
            ).stdout
            with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
                archive.extractall(folder, filter="data")
            out = Path(folder, "made", "desk.db")
            out.parent.mkdir()
            settings = {**os.environ, "PYTHONPATH": folder, "QT_QPA_PLATFORM": "offscreen"}
            settings |= {f"XDG_{kind}_HOME": str(out.parent / kind) for kind in ("DATA", "STATE", "CONFIG")}
            subprocess.run([sys.executable, "-P", __file__, "--fill", str(out)], cwd=out.parent, env=settings, check=True)
            keep(out, name)


def keep(store: Path, name: str) -> None:
    """Put a filled store, in one file and without free pages, and its record beside this script."""
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode = DELETE")
    packed = lzma.compress(store.read_bytes(), preset=9 | lzma.PRESET_EXTREME)
    (HERE / f"{name}.db.xz").write_bytes(packed)
    record = json.loads(store.with_suffix(".json").read_text())
    (HERE / f"{name}.json").write_text(json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
    print(name, len(packed), {kind: len(rows) for kind, rows in record.items()})


# --- in the program of the past ------------------------------------------------------------------------------------


def fill(path: Path) -> None:
    """Fill a new store with what the program at hand can do, and write beside it what it holds."""
    from workstation.workflow.desk import Desk

    desk = Desk.open(path, offline=True)
    items = _captured(desk, path.parent)
    stories = _written(desk, items, path.parent)
    desk.writing.save_all()
    record = _record(desk, stories)
    desk.writing.abandon(stories)
    desk.close()
    record["rows"] = _rows(path)
    path.with_suffix(".json").write_text(json.dumps(record))


def _tried(what: str, act: Callable[[], Any]) -> Any:
    """What ``act`` gives; None, said on standard error, where the program cannot do it yet."""
    try:
        return act()
    except (AttributeError, ImportError, TypeError, KeyError) as error:
        print(f"  left out: {what} ({error})", file=sys.stderr)
    except Exception as error:
        print(f"  refused: {what} ({type(error).__name__}: {error})", file=sys.stderr)
    return None


def _captured(desk: Any, folder: Path) -> list[str]:
    """Items of several kinds with states, tags, notes, highlights and feeds; answers with their ids."""
    from workstation.domain.item import ItemState
    from workstation.domain.quote import HighlightKind

    files = {"lock.html": PAGE, "tolls.md": f"# Tolls from September\n\n{TEXT}", "plain.txt": TEXT[:300], "ice.eml": MAIL}
    items: list[str] = []
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
        _tried(name, lambda name=name: desk.gathering.capture_files([folder / name]))
    items = [item.id for item in desk.gathering.items()][::-1]
    marked = desk.gathering.item(items[0]).text.index("The river council")
    _tried("highlight", lambda: desk.quoting.highlight(items[0], marked, marked + 17, HighlightKind.CHECK, "Ask the clerk 🙂"))
    _tag(desk, items[0])
    desk.store.items.set_state([items[1]], ItemState.SHORTLISTED)
    desk.store.items.set_state([items[2]], ItemState.SPIKED)
    _tried("waiting", lambda: desk.gathering.capture("https://later.example/gate"))
    (folder / "feeds.opml").write_text(FEEDS, encoding="utf-8")
    _tried("feeds", lambda: desk.following.import_file(folder / "feeds.opml"))
    _tried("views", lambda: desk.store.views.add("Ice", "ice is:unread", "newest"))
    _tried("destinations", lambda: _destination(desk))
    return items


def _tag(desk: Any, item: str) -> None:
    if hasattr(desk.store, "triage"):
        _tried("tags", lambda: desk.store.triage.set_tags({item: ["river", "tolls"]}))
        _tried("notes", lambda: desk.store.triage.set_notes({item: "Call the council back"}))
    else:
        desk.gathering.set_tags(item, ["river", "tolls"])
        desk.gathering.set_notes(item, "Call the council back")


def _destination(desk: Any) -> None:
    """A destination, and what was sent there, in rows: the delivery itself needs a network."""
    with desk.store._connections.writing() as connection:
        connection.execute("INSERT INTO destination VALUES ('Site', 'wordpress', 'https://www.cms.example', 'desk', NULL)")
        columns = [row[1] for row in connection.execute("PRAGMA table_info(sent_post)")]
        place = {"destination": "Site", "site": "cms.example"}[columns[0]]
        connection.execute(
            f"INSERT INTO sent_post ({columns[0]}, story, mark, post, address) VALUES (?, 1, 'mark-1', '41', ?)",
            (place, "https://cms.example/lock"),
        )
        connection.execute(
            f"INSERT INTO sent_picture ({columns[0]}, sha256, media, address, told) VALUES (?, 'ab', '9', 'a', 't')", (place,)
        )


def _written(desk: Any, items: list[str], folder: Path) -> list[int]:
    """A story with all its parts, steps and versions, one that was handed over, and a spiked one; their numbers."""
    from workstation.domain.body import body_from_text
    from workstation.workflow.history import Spot

    writing = desk.writing
    first = writing.new("The lock at Orrin opens")

    def edit(label: str, **fields: Any) -> None:
        writing.edit(first, replace(writing.story(first), **fields), label=label, spot=Spot(label))

    edit("news", news=body_from_text("\n\n".join(PARAGRAPHS[:2])))
    writing.save(first)
    key = writing.story(first).signals[0].key
    card = replace(writing.card(first, key), headline="Tolls wait 🚢", body=body_from_text(PARAGRAPHS[3]))
    edit("card", signals=(card,))
    _tried("source", lambda: writing.add_source(first, key, items[0]))
    said = desk.gathering.item(items[0]).text.index("Nobody will pay")
    _tried("quote", lambda: desk.quoting.quote_in_card(items[0], said, said + 35, first, key))
    _tried("picture", lambda: writing.set_lead_image(first, _picture(), "gate.png"))
    writing.save(first)
    _tried("version", lambda: desk.versions.keep(first, "Before the cuts"))
    edit("region", region="The valley")
    _tried("parked", lambda: writing.park_card(first, writing.add_card(first)[1]))
    edit("notes", **({"notes": "Ring the miller"} if hasattr(writing.story(first), "notes") else {"region": "Uplands"}))
    edit("headline", headline="The lock at Orrin opens at last")
    writing.save(first)
    writing.undo(first)
    writing.save(first)
    second = writing.new("Ice on the gates")
    writing.edit(second, replace(writing.story(second), news=body_from_text(TEXT)), label="news", spot=Spot("news"))
    writing.save(second)
    _tried("template", lambda: desk.templating.save_as(second, "Ice"))
    _tried("export", lambda: _exported(desk, second, folder))
    third = writing.new("A tale that was dropped")
    writing.spike(third)
    return [first, second, third]


def _exported(desk: Any, number: int, folder: Path) -> None:
    from workstation.domain.problem import Severity

    reviewed = desk.reviewing.review(number)
    for problem in [one for one in reviewed.problems if one.severity is Severity.BLOCKER]:
        desk.reviewing.waive(number, problem, "It is only a trial")
    desk.publishing.export(number, "page", folder / "out")


def _picture() -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (64, 36), "#7a2e1d").save(out, "PNG")
    return out.getvalue()


# --- what it holds -------------------------------------------------------------------------------------------------

_TABLES = {
    "item": "SELECT id, url, title, text, state, notes FROM item JOIN item_body ON item_body.item = row"
    " JOIN item_desk ON item_desk.item = row ORDER BY row",
    "tag": "SELECT item.id, tag FROM item_tag JOIN item ON item.row = item_tag.item ORDER BY 1, place",
    "highlight": "SELECT id, item, first, last, kind, note FROM highlight ORDER BY id",
    "quote": "SELECT id, item, first, last, exact FROM quote ORDER BY id",
    "story": "SELECT id, slug, headline, status, document FROM story ORDER BY id",
    "file": "SELECT story, name, picture FROM story_file ORDER BY 1, 2",
    "picture": "SELECT sha256, length(data) FROM picture ORDER BY 1",
    "waiver": "SELECT story, fingerprint, reason FROM waiver ORDER BY 1, 2",
    "ledger": "SELECT story, slug, profile, exported, files, sha256 FROM ledger ORDER BY id",
    "waiting": "SELECT url FROM waiting ORDER BY rowid",
    "feed": "SELECT url, title, due FROM feed ORDER BY id",
    "item_view": "SELECT name, query FROM item_view ORDER BY place",
    "story_template": "SELECT name, document FROM story_template ORDER BY id",
    "destination": "SELECT name, kind, url, user FROM destination ORDER BY name",
    "sent_post": "SELECT story, mark, post, address FROM sent_post ORDER BY story",
    "sent_picture": "SELECT sha256, media, address, told FROM sent_picture ORDER BY sha256",
}


def _rows(path: Path) -> dict[str, list[list[Any]]]:
    """The rows of each table that holds the editor's work, in today's columns as far as the store has them."""
    rows: dict[str, list[list[Any]]] = {}
    with closing(sqlite3.connect(path)) as connection:
        for name, sql in _TABLES.items():
            found = _tried(f"table {name}", lambda sql=sql: connection.execute(sql).fetchall())
            if found:
                rows[name] = [list(row) for row in found]
    return rows


def _record(desk: Any, stories: list[int]) -> dict[str, Any]:
    """The versions of each story and every state that undo and redo lead to, as documents."""
    from workstation.domain.story_document import write_json

    versions = {number: _tried("versions", lambda number=number: desk.versions.all_of(number)) or [] for number in stories}
    kept = {
        str(number): [[one.number, one.kind, one.label, write_json(desk.versions.read(number, one.number))] for one in found]
        for number, found in versions.items()
    }
    walked = {str(number): walk(desk.writing, number, write_json) for number in stories} if versions[stories[0]] else {}
    return {"versions": kept, "steps": walked}


def walk(writing: Any, number: int, write_json: Callable[[Any], str]) -> list[str]:
    """Every state of a story, from the oldest that undo comes to up to the newest that redo does; it is left as it was."""
    back = 0
    while writing.undo(number):
        back += 1
    states = [write_json(writing.story(number))]
    while writing.redo(number):
        states.append(write_json(writing.story(number)))
    for _ in range(len(states) - 1 - back):
        writing.undo(number)
    return states


if __name__ == "__main__":
    if sys.argv[1:2] == ["--fill"]:
        fill(Path(sys.argv[2]))
    else:
        main(sys.argv[1:])
