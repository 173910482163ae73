"""The machine takes the process away a moment after a saving: nothing that was saved is lost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from workstation.store import check
from workstation.workflow.desk import Desk

from .conftest import ARTICLES

WORK = """
import sys
from dataclasses import replace
from pathlib import Path
from workstation.domain.body import body_from_text
from workstation.workflow.desk import Desk
from workstation.workflow.history import Spot

folder = Path(sys.argv[1])
desk = Desk.open(folder / "desk.db", offline=True, publications=folder)
item = desk.gathering.capture(str(folder / "lock.html")).items[0]
number = desk.writing.new("Orrin lock opens")
desk.quoting.quote_in_card(item, 0, 20, number, None)
for count in range(1, 10_000):
    story = replace(desk.writing.story(number), news=body_from_text(f"Version {count}. " + "water " * 500))
    desk.writing.edit(number, story, label="News", spot=Spot("news"), merge="news")
    desk.writing.save_all()
    print(count, flush=True)
"""


def test_a_killed_desk_has_everything_that_it_said_was_saved(tmp_path: Path) -> None:
    (tmp_path / "lock.html").write_bytes(ARTICLES[0].html)
    with subprocess.Popen([sys.executable, "-c", WORK, str(tmp_path)], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        saved = 0
        while saved < 20:
            line = child.stdout.readline()
            assert line, "the desk ended by itself"
            saved = int(line)
        child.kill()
        saved = max([saved, *(int(line) for line in child.stdout.read().splitlines() if line)])
    assert child.returncode == -9

    assert check(tmp_path / "desk.db") == []
    with Desk.open(tmp_path / "desk.db", offline=True, publications=tmp_path) as desk:
        (entry,) = desk.writing.entries()
        story = desk.writing.story(entry.id)
        version = int(story.news.text.split(".")[0].removeprefix("Version "))
        assert version in (saved, saved + 1)
        (item,) = desk.gathering.items()
        assert desk.gathering.original(item.id)[0] == ARTICLES[0].html
        assert [quote.item for quote in desk.quoting.quotes_of(item.id)] == [item.id]
        assert story.signals[-1].body.quotes == (desk.quoting.quotes_of(item.id)[0].id,)
        assert story.slug == "orrin-lock-opens"
