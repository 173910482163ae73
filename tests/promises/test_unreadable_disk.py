"""A disk that cannot be read: the window stays, says so calmly, keeps every word, and reads on when it can."""

from __future__ import annotations

import json
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.promises.disk import needs_a_compiler
from tests.promises.window_on_a_disk import Program
from workstation.domain.story import Story
from workstation.ingest.reading import read
from workstation.store import Store

pytestmark = needs_a_compiler

ITEMS = 150


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("unreadable") / "unreadable.so"
    source = Path(__file__).with_name("unreadable.c")
    subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", out, source, "-ldl"], check=True)
    return out


def fill(path: Path) -> list[str]:
    """A desk with more than its first look reads; answers with the ids of its items."""
    with Store.open(path) as store:
        store.stories.add(Story(slug="ferry", headline="The ferry sails again"))
        store.stories.add(Story(slug="lock", headline="The lock is closed"))
        captures = []
        for number in range(ITEMS):
            words = " ".join(f"word{number * 97 + at}" for at in range(900))
            data = f"<html><title>Source {number}</title><article><p>{words}</p></article></html>".encode()
            moment = datetime(2026, 3, 2, 9, number % 60, tzinfo=UTC)
            captures.append(read(data, captured=moment, media_type="text/html", url=f"https://gazette.example/{number}"))
        store.items.keep_all(captures)
    return [capture.item.id for capture in captures]


def test_a_disk_that_cannot_be_read_is_told_and_the_window_goes_on(library, tmp_path):
    (tmp_path / "desk").mkdir()
    ids = fill(tmp_path / "desk" / "desk.db")
    sign = tmp_path / "fails"
    program = Program(
        tmp_path / "desk" / "desk.db",
        {
            "LD_PRELOAD": str(library),
            "UNREADABLE_UNDER": str(tmp_path / "desk" / "desk.db"),
            "UNREADABLE_WHILE": str(sign),
            "WORKSTATION_RESCUE": str(tmp_path / "second"),
        },
    )
    try:
        program.until(lambda shown: shown["listed"] > 0)
        sign.touch()
        for verb, words in (("search", "word1234"), ("open", ids[70]), ("story", "2"), ("search", "word7777"), ("open", ids[3])):
            shown = program.do(verb, words)
            assert shown["dialogs"] == 0
        shown, _ = program.until(lambda shown: shown["said"])
        assert shown["said"].startswith("The disk failed"), "it is not taken for damage"
        program.do("type", "written meanwhile")
        program.do("headline", "Anew: ")
        time.sleep(0.5)
        shown = program.do("look")
        assert shown["title"].startswith("Anew: The lock is closed")
        assert shown["text"] == "written meanwhile"
        assert "bug" not in shown["notices"], shown["notices"]
        sign.unlink()
        program.until(lambda shown: shown["label"].startswith("Saved"))
        assert json.dumps("written meanwhile")[1:-1] in "".join(stored(program.store))
        program.do("search", "word1234")
        program.until(lambda shown: 0 < shown["listed"] < 40)
        assert program.leave() == 0
        with Store.open(program.store) as store:
            assert store.check() == []
    finally:
        if program.process.poll() is None:
            program.kill()


def stored(path: Path) -> list[str]:
    import sqlite3

    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return [row[0] for row in connection.execute("SELECT document FROM story")]
    finally:
        connection.close()
