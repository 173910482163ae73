"""Backups from the command line, in a process of its own."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Answer, Program


def write(program: Program, folder: Path, slug: str, headline: str) -> None:
    path = folder / f"{slug}.json"
    path.write_text(json.dumps({"format": "workstation-story/1", "slug": slug, "headline": headline}), encoding="utf-8")
    assert program("story", "import", path).code == 0


def slugs(program: Program) -> set[str]:
    return {entry["slug"] for entry in program("story", "list", "--json").objects}


def one_line(answer: Answer) -> str:
    assert answer.out == b""
    [line] = answer.err.splitlines()
    return line


@pytest.fixture
def backed(program: Program, tmp_path: Path) -> Program:
    """A store with a backup, that has got another story since."""
    write(program, tmp_path, "lock", "A lock opens")
    assert program("backup").code == 0
    write(program, tmp_path, "weir", "A weir falls")
    return program


def test_backups_are_listed_for_people_and_in_json(backed: Program) -> None:
    [line] = backed("backups").lines
    assert "1 story, 0 items" in line
    backed("backup")
    newest, oldest = backed("backups", "--json").objects
    assert (newest["number"], newest["reason"], newest["good"], newest["stories"], oldest["stories"]) == (2, "hand", True, 2, 1)
    assert Path(oldest["file"]).is_file()
    assert Path(oldest["file"]).parent != backed.store.parent


def test_without_a_backup_the_list_is_empty_and_no_store_is_made(program: Program) -> None:
    assert (program("backups").code, program("backups").lines) == (0, [])
    assert not program.store.exists()


@pytest.mark.parametrize("name", ["1", "latest"])
def test_a_backup_is_put_back_by_its_number_or_the_newest(backed: Program, name: str) -> None:
    answer = backed("restore", name)
    assert (answer.code, answer.lines) == (0, [str(backed.store)])
    assert slugs(backed) == {"lock"}
    assert [entry["reason"] for entry in backed("backups", "--json").objects] == ["restore", "hand"]
    assert backed("restore", "2").code == 0
    assert slugs(backed) == {"lock", "weir"}


def test_a_desk_that_cannot_be_opened_is_put_back_from_the_newest_good_backup(backed: Program) -> None:
    backed.store.write_bytes(b"ruined" * 5000)
    assert backed("items").code == 3
    assert backed("backups").lines
    assert backed("restore", "latest").code == 0
    assert slugs(backed) == {"lock"}
    assert [path.read_bytes()[:6] for path in backed.store.parent.glob("desk.db.replaced-*")] == [b"ruined"]


def test_one_story_is_brought_back_and_the_others_stay(backed: Program) -> None:
    with closing(sqlite3.connect(backed.store)) as connection:
        connection.execute("DELETE FROM story WHERE slug = 'lock'")
        connection.commit()
    assert slugs(backed) == {"weir"}
    answer = backed("restore", "latest", "--story", "lock")
    assert (answer.code, answer.lines) == (0, ["lock"])
    assert slugs(backed) == {"lock", "weir"}
    missing = backed("restore", "1", "--story", "weir")
    assert missing.code == 2
    assert "it holds lock" in one_line(missing)


def test_a_number_that_is_not_there_is_a_wrong_call(backed: Program) -> None:
    answer = backed("restore", "7")
    assert answer.code == 2
    assert "workstation backups" in one_line(answer)
    assert slugs(backed) == {"lock", "weir"}


def test_a_file_of_that_name_comes_first(backed: Program, tmp_path: Path) -> None:
    (tmp_path / "7").write_bytes(b"no backup")
    answer = backed("restore", "7", cwd=tmp_path)
    assert answer.code == 3
    assert "is not a desk" in one_line(answer)


def test_a_backup_of_a_damaged_store_answers_no_and_stays_in_the_list_as_a_bad_one(backed: Program) -> None:
    with closing(sqlite3.connect(backed.store)) as connection:
        connection.execute("UPDATE story SET sha256 = 'ab' WHERE slug = 'weir'")
        connection.commit()
    answer = backed("backup", "--json")
    assert answer.code == 1
    assert "damaged" in answer.err
    [told] = answer.objects
    assert (told["good"], "weir" in told["problem"]) == (False, True)
    assert backed("restore", "latest").code == 0
    assert slugs(backed) == {"lock"}
