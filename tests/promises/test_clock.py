"""A clock that jumps changes labels only: the order is that in which things happened, and nothing sleeps or is lost over it.

The jumps are those of ``libfaketime`` in a process that goes on working: an hour back, ten years on, 1970, past 2038, the hours
of daylight saving, another time zone. What the clock is used for otherwise is a label (when it was captured, changed, kept,
handed over, "Saved 14:30"), a filter by such a label (``since:``, ``before:``), or what readers are told (dateline, correction).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from workstation.domain.correction import Correction
from workstation.domain.feed import LONGEST, Feed
from workstation.domain.story import Story
from workstation.store import Store, restore
from workstation.store.copies import copying
from workstation.workflow.history import Spot
from workstation.workflow.versions import Versions
from workstation.workflow.writing import Writing

ROOT = Path(__file__).parents[2]
LIBRARIES = sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
needs_faketime = pytest.mark.skipif(not LIBRARIES, reason="the clock is set by libfaketime")

NOW = datetime.now(UTC).replace(microsecond=0)
JUMPS = (
    ("now", NOW),
    ("an hour back", NOW - timedelta(hours=1)),
    ("ten years on", NOW + timedelta(days=3653)),
    ("1970", datetime(1970, 1, 2, tzinfo=UTC)),
    ("after 2038", datetime(2039, 3, 1, tzinfo=UTC)),
    ("before daylight saving ends", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ("the hour again", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
    ("before daylight saving begins", datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
    ("now again", NOW),
)

AT_WORK = """
import json, os, select, sys, time
from dataclasses import replace
from datetime import datetime, UTC
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QElapsedTimer
from workstation.domain.body import body_from_text
from workstation.domain.item import Item, Capture, item_id
from workstation.domain.problem import Waiver
from workstation.ui.saving import Saving
from workstation.ui.session import Session
from workstation.workflow.desk import Desk
from workstation.workflow.gathering import now
from workstation.workflow.history import Spot
from hashlib import sha256

path, clock = Path(sys.argv[1]), Path(sys.argv[2])
app = QCoreApplication([])
jumps = json.loads(sys.stdin.readline())
desk = Desk.open(path, offline=True)
session = Session()
saving = Saving(session, desk.writing)
saving.told.connect(lambda words, tone: tone and print(words, file=sys.stderr))
told = {"items": [], "stories": [], "pages": [], "clocks": [], "typed": []}

def page(words, url):
    data = words.encode()
    item = Item(id=item_id(data, url), url=url, title=words, outlet="Gazette", author=None, published=None, language="en",
        country=None, text=words, words=3, captured=now(), media_type="text/plain", sha256=sha256(data).hexdigest())
    return desk.store.items.keep_all([Capture(item=item, original=data)])[0].id

typing = desk.writing.new("Typing")
for number, (name, moment, zone) in enumerate(jumps):
    clock.write_text(moment)
    os.environ["TZ"] = zone
    time.tzset()
    told["clocks"].append(datetime.now(UTC).isoformat())
    told["items"].append(page(f"An item when it was {name}", f"https://gazette.example/{number}"))
    told["pages"].append(page(f"The same page when it was {name}. " * 3 + "x" * number * 40, "https://gazette.example/page"))
    made = desk.writing.new(f"Story {number}")
    told["stories"].append(made)
    desk.store.stories.waive(made, Waiver("print", f"Reason {number}"))
    story = desk.writing.story(typing)
    changes = desk.writing.edit(typing, replace(story, news=body_from_text(f"Typed {name}")), label="Typing", spot=Spot("news"))
    session.publish(changes)
    waited = QElapsedTimer()
    waited.start()
    while desk.store.stories.get(typing).news.text != f"Typed {name}" and waited.elapsed() < 30_000:
        app.processEvents()
        select.select([], [], [], 0.005)
    told["typed"].append([desk.store.stories.get(typing).news.text, waited.elapsed()])
    desk.versions.keep(typing, f"Version {number}")
    told["first"] = desk.writing.entries()[0].id
desk.writing.edit(told["stories"][0], replace(desk.writing.story(told["stories"][0]), region="Valley"), label="R", spot=Spot("r"))
desk.writing.save_all()
told["listed"] = [entry.id for entry in desk.writing.entries()]
told["inbox"] = [item.id for item in desk.gathering.items()]
told["newest page"] = [version.id for version in desk.store.groups.versions(told["pages"][-1])]
told["versions"] = [version.label for version in desk.versions.all_of(typing)]
told["reasons"] = desk.store.stories.waiver_reasons(3)
undone = []
while stepped := desk.writing.undo(typing):
    undone.append(desk.writing.story(typing).news.text)
told["undone"] = undone
told["check"] = desk.store.check()
session.close()
desk.close()
print(json.dumps(told))
"""


def faked(clock: Path) -> dict[str, str]:
    """What a process needs to read its clock from a file at every look; its timers go on as they are."""
    return {
        "LD_PRELOAD": str(LIBRARIES[0]),
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "FAKETIME_DONT_RESET": "1",
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": "offscreen",
        "TZ": "UTC",
    }


def as_set(moment: datetime) -> str:
    """As libfaketime reads it: a clock that begins here and goes on."""
    return f"@{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}"


@needs_faketime
def test_a_desk_whose_clock_jumps_while_it_is_open_keeps_the_order_in_which_things_happened(tmp_path: Path) -> None:
    clock = tmp_path / "clock"
    clock.write_text(as_set(NOW))
    zones = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Tokyo")
    jumps = [(name, as_set(moment), zones[at % len(zones)]) for at, (name, moment) in enumerate(JUMPS)]
    done = subprocess.run(
        [sys.executable, "-P", "-c", AT_WORK, str(tmp_path / "desk.db"), str(clock)],
        env=os.environ | faked(clock),
        input=json.dumps(jumps) + "\n",
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    assert [moment[:4] for moment in told["clocks"]][2:5] == [str((NOW + timedelta(days=3653)).year), "1970", "2039"]
    arrived = [item for pair in zip(told["items"], told["pages"], strict=True) for item in pair]
    listed = [item for item in reversed(arrived) if item not in told["pages"][:-1]]
    assert told["inbox"] == listed
    assert told["newest page"] == told["pages"][::-1]
    assert [text for text, _ in told["typed"]] == [f"Typed {name}" for name, _ in JUMPS], done.stderr
    assert max(waited for _, waited in told["typed"]) < 30_000
    assert told["listed"][0] == told["stories"][0]
    assert [story for story in told["listed"] if story in told["stories"][1:]] == told["stories"][:0:-1]
    named = [label for label in told["versions"] if label]
    assert named == [f"Version {number}" for number in range(len(JUMPS))]
    assert told["reasons"] == [f"Reason {len(JUMPS) - 1 - at}" for at in range(3)]
    assert told["undone"] == [*[f"Typed {name}" for name, _ in reversed(JUMPS[:-1])], ""]
    assert told["check"] == []


@needs_faketime
def test_the_command_line_lists_in_order_what_it_captured_with_a_clock_that_jumps(
    tmp_path: Path, rounds: Callable[[int, int], int]
) -> None:
    clock, captured = tmp_path / "clock", []
    for name, moment in JUMPS[1 : 1 + rounds(3, len(JUMPS))]:
        file = tmp_path / f"{name}.txt"
        file.write_text(f"What was said when it was {name}.\n\nNobody knows more than that.\n")
        clock.write_text(as_set(moment))
        captured.append(json.loads(_command(tmp_path, clock, "capture", str(file)).splitlines()[0])["id"])
    clock.write_text(as_set(NOW))
    items = [json.loads(line)["id"] for line in _command(tmp_path, clock, "items").splitlines()]
    assert items == captured[::-1]
    _command(tmp_path, clock, "doctor")


def _command(folder: Path, clock: Path, *call: str) -> str:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "workstation", "--store", str(folder / "desk.db"), "--offline", "--json", *call],
        env=os.environ | faked(clock),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def store(tmp_path: Path) -> Any:
    with Store.open(tmp_path / "desk.db") as store:
        yield store


@pytest.mark.parametrize("ahead", [timedelta(days=3653), timedelta(days=2)])
def test_a_feed_that_was_asked_by_a_clock_ahead_does_not_sleep_until_then(store: Store, ahead: timedelta) -> None:
    asked = NOW + ahead
    store.feeds.add_all([Feed(id=0, url="https://gazette.example/feed", added=NOW, asked=asked, due=asked + LONGEST)])
    assert store.feeds.next_due(NOW) == NOW
    assert [feed.url for feed in store.feeds.due(NOW)] == ["https://gazette.example/feed"]


def test_a_feed_that_was_just_asked_is_left_alone(store: Store) -> None:
    store.feeds.add_all([Feed(id=0, url="https://gazette.example/feed", added=NOW, asked=NOW, due=NOW + LONGEST)])
    assert store.feeds.next_due(NOW) == NOW + LONGEST
    assert store.feeds.due(NOW) == []


def test_a_store_that_was_put_aside_is_not_overwritten_when_the_clock_repeats_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stopped(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return NOW

    monkeypatch.setattr(copying, "datetime", Stopped)
    path = tmp_path / "desk.db"
    for number in range(4):
        with Store.open(path) as store:
            store.notes.set("which", str(number))
        backup = tmp_path / f"backup-{number}.db"
        shutil.copy(path, backup)
        restore(backup, path)
    aside = sorted(tmp_path.glob("desk.db.replaced-*"))
    kept = []
    for file in aside:
        with Store.open(file) as store:
            kept.append(store.notes.get("which"))
    assert sorted(kept) == ["0", "1", "2", "3"]


def test_corrections_of_one_second_and_against_the_clock_survive_a_restore_in_their_order(store: Store) -> None:
    from_later = [Correction(NOW, "First"), Correction(NOW, "Second"), Correction(NOW - timedelta(hours=1), "Third")]
    writing = Writing(store)
    versions = Versions(store, writing)
    number = store.stories.add(Story(slug="lock", headline="A lock", corrections=tuple(from_later[:1])))
    first = versions.keep(number, "First")
    story = replace(writing.story(number), corrections=tuple(from_later))
    writing.edit(number, story, label="Corrections", spot=Spot("corrections"))
    _hand_over(store, number)
    versions.restore(number, first)
    assert [note.text for note in writing.story(number).corrections] == ["First", "Second", "Third"]


def _hand_over(store: Store, number: int) -> None:
    with store._connections.writing() as connection:
        connection.execute(
            "INSERT INTO ledger (story, slug, profile, publication, exported, folder, files, sha256)"
            " VALUES (?, 'lock', 'page', 'Meridian', '2026-01-05T10:00:00+00:00', '/out', '{}', 'ab')",
            (number,),
        )
