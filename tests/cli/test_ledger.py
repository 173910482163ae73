"""The ledger without a window."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from workstation.domain.ledger import ChangeKind
from workstation.domain.story_document import read_json
from workstation.store import Store
from workstation.workflow.history import Spot
from workstation.workflow.writing import Writing

from .conftest import Answer, Program

NOTE = "An earlier version named the wrong river."


@pytest.fixture
def story(program: Program, tmp_path: Path) -> str:
    document = {
        "format": "workstation-story/1",
        "slug": "lock",
        "headline": "A lock opens",
        "time_zone": "Asia/Kathmandu",
        "news": "<p>The lock opened on Thursday.</p>",
        "signals": [{"headline": "Tolls", "sources": [{"name": "Harbour Gazette"}], "body": "<p>No tolls are due.</p>"}],
    }
    (tmp_path / "story.json").write_text(json.dumps(document), encoding="utf-8")
    assert program("story", "import", tmp_path / "story.json").code == 0
    return "lock"


def export(program: Program, tmp_path: Path, *more: str) -> Answer:
    return program("export", "lock", "--profile", "bundle", "--out", tmp_path / "out", "--waive", "A test", *more)


def retype(program: Program, news: str) -> None:
    """What the window would do between two calls."""
    with Store.open(program.store) as store:
        writing = Writing(store)
        number = writing.id_of("lock")
        told = {"format": "workstation-story/1", "slug": "x", "headline": "x", "news": news}
        body = read_json(json.dumps(told)).story.news
        writing.change(number, lambda story: replace(story, news=body), label="Typing", spot=Spot("news"))
        writing.save(number)


def shown(program: Program) -> dict[str, object]:
    return json.loads(program("story", "show", "lock").text)


def test_a_correction_an_update_and_a_typo_by_the_command_line(program: Program, story: str, tmp_path: Path) -> None:
    assert program("ledger", story, "--changes").code == 1
    assert export(program, tmp_path).code == 0
    assert "corrections" not in shown(program)
    retype(program, "<p>The lock opened on Friday.</p>")
    changes = program("ledger", story, "--changes")
    assert (changes.code, changes.text) == (1, "The News: The lock opened on [-Thursday-]{+Friday+}.\n")
    assert "The News" in changes.err
    refused = export(program, tmp_path, "--change", "correction")
    assert (refused.code, len(refused.err.splitlines())) == (2, 1)
    assert export(program, tmp_path, "--change", "correction", "--note", NOTE).code == 0
    (correction,) = shown(program)["corrections"]
    assert correction["text"] == NOTE
    assert correction["made"].endswith("+05:45")
    assert program("ledger", story, "--changes").code == 0
    retype(program, "<p>The lock opened on Friday, and it rained.</p>")
    assert export(program, tmp_path, "--change", "update", "--note", "New facts").code == 0
    assert str(shown(program)["updated"]).endswith("+05:45")
    retype(program, "<p>The lock opened on Friday and it rained.</p>")
    before = shown(program)
    assert export(program, tmp_path).code == 0
    assert shown(program) == before
    answer = program("ledger", story, "--json")
    assert [(entry["version"], entry["change"], entry["note"]) for entry in answer.objects] == [
        (1, "first", ""),
        (2, "correction", NOTE),
        (3, "update", "New facts"),
        (4, "silent", ""),
    ]
    last = answer.objects[-1]
    assert {name: sha256((Path(last["folder"]) / name).read_bytes()).hexdigest() for name in last["files"]} | {
        "manifest.json": last["files"]["manifest.json"]
    } == last["files"]
    assert len(program("ledger").lines) == 4


def test_changes_in_json_hold_both_texts(program: Program, story: str, tmp_path: Path) -> None:
    export(program, tmp_path)
    retype(program, "<p>The lock did not open on Thursday.</p>")
    (part,) = program("ledger", story, "--changes", "--json").objects
    assert (part["part"], part["old"], part["new"]) == (
        "The News",
        "The lock opened on Thursday.",
        "The lock did not open on Thursday.",
    )
    assert {piece["change"] for piece in part["pieces"]} == {"kept", "added", "removed"}


@pytest.mark.parametrize(
    "wrong",
    [
        ["--change", "first"],
        ["--note", "A note without its kind"],
        ["--change", "correction", "--note", NOTE],
        ["--change", "update"],
    ],
)
def test_a_wrong_call_hands_nothing_over(program: Program, story: str, tmp_path: Path, wrong: list[str]) -> None:
    answer = export(program, tmp_path, *wrong)
    assert (answer.code, len(answer.err.splitlines())) == (2, 1)
    assert not (tmp_path / "out").exists()
    assert program("ledger", story).text == ""


def test_the_ledger_of_no_story(program: Program) -> None:
    assert (program("ledger").code, program("ledger").text) == (0, "")
    assert program("ledger", "nowhere").code == 2
    assert program("ledger", "--changes").code == 2


def test_the_kinds_that_a_call_may_name_are_all_but_the_first(program: Program) -> None:
    told = program("export", "--help", store=False).text
    assert all(kind.value in told for kind in ChangeKind if kind is not ChangeKind.FIRST)
