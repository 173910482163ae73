"""Damage is noticed, and what can be saved is saved: bits are turned, pages are zeroed, files are cut, for real.

With many rounds the rates are printed by the kind of place (``-s`` shows them).
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.promises.damaging import make_desk, places_of_text
from workstation.store import Store, check
from workstation.store.damage.salvage import salvage
from workstation.store.damage.taking_place import kept_name, take_place, waiting_name

PAGE = 4096
Rounds = Callable[[int, int], int]
Hurt = Callable[[bytearray, random.Random], object]

SALVAGE = """
import sys
from pathlib import Path
from workstation.store.damage.salvage import salvage
salvage(Path(sys.argv[1]), Path(sys.argv[2]), lambda step: print(step, flush=True))
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("damage") / "desk.db"
    make_desk(path)
    assert check(path) == []
    return path


@pytest.fixture(scope="module")
def places(desk: Path) -> dict[str, list[int]]:
    """Where somebody's words lie, by column; see ``damaging``."""
    found = places_of_text(desk)
    assert sum(map(len, found.values())) > 100_000
    return {name: offsets for name, offsets in found.items() if offsets}


def test_a_turned_bit_in_somebodys_words_is_noticed(desk: Path, places, tmp_path: Path, rounds: Rounds) -> None:
    """Half of the bits anywhere in words, where long texts get the most, half of them evenly over the kinds of words."""
    chance = random.Random(rounds(3, 11))
    everywhere = [(name, at) for name, offsets in places.items() for at in offsets]
    spots = [_spot(chance, places, everywhere, turn) for turn in range(rounds(60, 1_000))]
    tried, missed = Counter(name for name, _ in spots), Counter()
    for name, at in spots:
        if not _noticed(desk, tmp_path / "flipped.db", lambda file, at=at: _turn(file, at, chance)):
            missed[name] += 1
    print(f"\n{len(spots)} bits turned in words, {missed.total()} not noticed {dict(missed)}; tried {dict(tried)}")
    assert missed.total() <= len(spots) / 100


def _spot(chance: random.Random, places, everywhere: list[tuple[str, int]], turn: int) -> tuple[str, int]:
    if turn % 2:
        return chance.choice(everywhere)
    name = chance.choice(list(places))
    return name, chance.choice(places[name])


def _turn(file: bytearray, at: int, chance: random.Random) -> None:
    file[at] ^= 1 << chance.randrange(8)


def _noticed(desk: Path, copy: Path, hurt: Callable[[bytearray], object]) -> bool:
    file = bytearray(desk.read_bytes())
    hurt(file)
    copy.write_bytes(file)
    return check(copy) != []


def test_a_turned_bit_anywhere_is_noticed_where_it_matters(desk: Path, tmp_path: Path, rounds: Rounds) -> None:
    """Where it is not noticed it lies in what nothing is read from: then every word reads as before."""
    chance = random.Random(rounds(4, 12))
    before, noticed, tries = _words(desk), 0, rounds(20, 400)
    for _ in range(tries):
        copy = tmp_path / "flipped.db"
        if _noticed(desk, copy, lambda file: _turn(file, chance.randrange(len(file)), chance)):
            noticed += 1
        else:
            assert _words(copy) == before
    print(f"\n{tries} bits turned anywhere: {noticed} noticed, the others change no word")


def _words(path: Path) -> dict[str, list[tuple[object, ...]]]:
    tables = (
        "story",
        "story_version",
        "item",
        "item_body",
        "item_desk",
        "item_tag",
        "highlight",
        "quote",
        "picture",
        "note",
        "ledger",
    )
    with closing(sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)) as connection:
        connection.text_factory = bytes
        return {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables}


def _zero_pages(file: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randrange(1, 6)):
        _page(file, chance, bytes(PAGE))


def _garbage(file: bytearray, chance: random.Random) -> None:
    _page(file, chance, chance.randbytes(PAGE))


def _page(file: bytearray, chance: random.Random, data: bytes) -> None:
    at = chance.randrange(len(file) // PAGE) * PAGE
    file[at : at + PAGE] = data


def _cut(file: bytearray, chance: random.Random) -> None:
    del file[chance.randrange(1, len(file)) :]


def _header(file: bytearray, chance: random.Random) -> None:
    file[:100] = chance.randbytes(100)


def _first_page(file: bytearray, _: random.Random) -> None:
    file[:PAGE] = bytes(PAGE)


def _many_bits(file: bytearray, chance: random.Random) -> None:
    for _ in range(300):
        _turn(file, chance.randrange(len(file)), chance)


def _free_list(file: bytearray, chance: random.Random) -> None:
    file[32:40] = chance.randbytes(8)


HURTS = (_zero_pages, _garbage, _cut, _header, _first_page, _many_bits, _free_list)


@pytest.mark.parametrize("hurt", HURTS, ids=lambda hurt: hurt.__name__.strip("_"))
def test_what_can_be_saved_is_saved_and_the_rest_comes_from_the_backup(
    desk: Path, tmp_path: Path, rounds: Rounds, hurt: Hurt
) -> None:
    chance = random.Random(hurt.__name__)
    before = _documents(desk)
    for turn in range(rounds(2, 25)):
        path = tmp_path / f"{turn}" / "desk.db"
        damaged = _damaged(desk, path, hurt, chance)
        if not check(path):  # a page that held nothing
            continue
        with_backup = turn % 2 == 0
        salvaged = salvage(path, desk if with_backup else None)
        assert check(path) == []
        assert salvaged.kept.read_bytes() == damaged
        after = _documents(path)
        if with_backup:
            assert after == before
            assert salvaged.brought["item"] == 15
        assert all(after[id] == before[id] for id in after)
        assert _untouched(desk, damaged) <= after.keys()
        shutil.rmtree(path.parent)


def _damaged(desk: Path, path: Path, hurt: Hurt, chance: random.Random) -> bytes:
    file = bytearray(desk.read_bytes())
    hurt(file, chance)
    path.parent.mkdir()
    path.write_bytes(file)
    return bytes(file)


def _documents(path: Path) -> dict[int, str]:
    with closing(sqlite3.connect(path)) as connection:
        return dict(connection.execute("SELECT id, document FROM story"))


def _untouched(desk: Path, damaged: bytes) -> set[int]:
    """The stories every page of which is as it was, the pages that lead to their rows left aside: they can all be read."""
    whole = desk.read_bytes()
    same = {number for number in range(len(whole) // PAGE) if damaged[number * PAGE :][:PAGE] == whole[number * PAGE :][:PAGE]}
    return {id for id, document in _documents(desk).items() if _pages_of(whole, document.encode()) <= same}


def _pages_of(whole: bytes, document: bytes) -> set[int]:
    """The pages on which the pieces of a document lie; where a piece lies twice, both."""
    pages = set()
    for start in range(0, len(document), 64):
        at = whole.find(document[start : start + 64])
        while at >= 0:
            pages |= {at // PAGE, (at + 63) // PAGE}
            at = whole.find(document[start : start + 64], at + 1)
    return pages


def test_what_lies_in_the_log_of_a_damaged_store_is_saved(tmp_path: Path) -> None:
    path, copy = tmp_path / "desk.db", tmp_path / "copy" / "desk.db"
    make_desk(path, stories=2)
    with Store.open(path) as store:
        store.notes.set("dictionary:late", "A word of the last minute")
        copy.parent.mkdir()
        for name in ("desk.db", "desk.db-wal"):
            shutil.copy(path.with_name(name), copy.with_name(name))
    with copy.open("r+b") as file:
        file.write(bytes(100))
    salvaged = salvage(copy)
    assert salvaged.kept.with_name(f"{salvaged.kept.name}-wal").exists()
    assert not copy.with_name("desk.db-wal").exists()
    with Store.open(copy) as store:
        assert store.notes.get("dictionary:late") == "A word of the last minute"
    assert check(copy) == []


def test_a_salvage_that_is_killed_can_be_begun_again(desk: Path, tmp_path: Path, rounds: Rounds) -> None:
    chance = random.Random(rounds(8, 9))
    for turn in range(rounds(2, 25)):
        path = tmp_path / f"{turn}" / "desk.db"
        damaged = _damaged(desk, path, _first_page, chance)
        with subprocess.Popen([sys.executable, "-c", SALVAGE, str(path), str(desk)], stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            child.stdout.readline()
            time.sleep(chance.uniform(0, 0.8))
            child.kill()
        if path.read_bytes() == damaged:
            salvage(path, desk)
        else:
            take_place(path)
        assert check(path) == []
        assert _documents(path) == _documents(desk)
        assert damaged in [kept.read_bytes() for kept in path.parent.glob("desk.db.damaged-*Z")]


@pytest.mark.parametrize("done", range(4))
def test_a_kill_while_the_new_store_takes_its_place_is_made_good_at_the_next_start(desk: Path, tmp_path: Path, done: int) -> None:
    path, stamp = tmp_path / "desk.db", "20260302T120000.000000Z"
    path.write_bytes(b"damaged")
    path.with_name("desk.db-wal").write_bytes(b"its log")
    shutil.copy(desk, waiting_name(path, stamp))
    kept = kept_name(path, stamp)
    if done > 0:
        kept.hardlink_to(path)
    if done > 1:
        path.with_name("desk.db-wal").rename(kept.with_name(f"{kept.name}-wal"))
    if done > 2:
        waiting_name(path, stamp).replace(path)
    take_place(path)
    assert kept.read_bytes() == b"damaged"
    assert kept.with_name(f"{kept.name}-wal").read_bytes() == b"its log"
    assert check(path) == []
    assert not waiting_name(path, stamp).exists()


@pytest.fixture(autouse=True)
def _no_leftovers(tmp_path: Path) -> Iterator[None]:
    yield
    assert [path.name for path in tmp_path.rglob(".*") if path.name.endswith((".salvaging", ".partial"))] == []
