"""Destinations and sending by the command line, to a server on loopback that answers as WordPress does."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ..export.cms.answering import AnsweringServer, Reply
from ..export.cms.answering_ghost import Ghost
from ..export.cms.answering_wordpress import WordPress
from .conftest import Answer, Program

SECRET = "abcd EFGH ijkl MNOP"
REASON = ("--waive", "a test")


@pytest.fixture
def wordpress() -> Iterator[WordPress]:
    there = WordPress()
    with AnsweringServer(there) as server:
        there.url = server.url
        yield there


@pytest.fixture
def house(program: Program, wordpress: WordPress, tmp_path: Path) -> Program:
    """A program with a story “river-treaty” and a destination “House”, whose secret is in the environment."""
    document = tmp_path / "story.json"
    story: dict[str, Any] = {"format": "workstation-story/1", "slug": "river-treaty", "headline": "The river & its towns"}
    document.write_text(json.dumps({**story, "news": "<p>A treaty was signed.</p>"}))
    assert program("story", "import", document).code == 0
    program.environment["WORKSTATION_SECRET"] = SECRET
    added = program("destinations", "add", "House", "--kind", "wordpress", "--url", wordpress.url, "--user", "ilse")
    assert added.code == 0, added.err
    return program


def calls(program: Program, given: str, *arguments: str) -> Answer:
    """A call that is handed something on standard input."""
    command = [sys.executable, "-m", "workstation", "--store", str(program.store), *arguments]
    done = subprocess.run(command, input=given.encode(), capture_output=True, env=program.environment, timeout=120, check=False)
    return Answer(done.returncode, done.stdout, done.stderr.decode())


def test_a_story_is_sent_once_and_updated_ever_after(house: Program, wordpress: WordPress) -> None:
    first = house("--json", "send", "river-treaty", "--to", "house", *REASON)
    assert first.code == 0, first.err
    [told] = first.objects
    assert (told["destination"], told["post"], told["status"], told["new"]) == ("House", "1", "draft", True)
    assert told["changes"] == told["left_out"] == told["missing"] == told["remarks"] == []
    assert (told["version"], told["change"]) == (1, "first")
    again = house("--json", "send", "river-treaty", "--to", "House", *REASON)
    assert again.code == 0 and again.objects[0]["new"] is False and len(wordpress.posts) == 1
    plain = house("send", "river-treaty", "--to", "House", *REASON)
    assert plain.lines == [told["address"]] and "The post was updated" in plain.err
    entries = house("--json", "ledger", "river-treaty").objects
    assert [(entry["destination"], entry["post"], entry["address"]) for entry in entries] == [("House", "1", told["address"])] * 3


def test_what_the_form_could_not_take_whole_is_told(house: Program, tmp_path: Path) -> None:
    document = tmp_path / "long.json"
    document.write_text(json.dumps({"format": "workstation-story/1", "slug": "long", "headline": "River towns " * 40}))
    assert house("story", "import", document).code == 0
    ghost = Ghost()
    with AnsweringServer(ghost) as server:
        ghost.url = server.url
        assert house("destinations", "add", "Blog", "--kind", "ghost", "--url", server.url).code == 0
        house.environment["WORKSTATION_SECRET"] = f"{'0a' * 12}:{'0b' * 32}"
        sent = house("--json", "send", "long", "--to", "Blog", *REASON)
    assert sent.code == 0, sent.err
    [remark] = sent.objects[0]["remarks"]
    assert remark.startswith("Ghost takes 255 characters of a headline") and remark in sent.err


def test_what_somebody_changed_there_is_no_and_force_goes_on(house: Program, wordpress: WordPress) -> None:
    assert house("send", "river-treaty", "--to", "House", *REASON).code == 0
    wordpress.posts[1]["content"] = {"raw": "<p>Their words.</p>", "rendered": "<p>Their words.</p>"}
    held = house("send", "river-treaty", "--to", "House", *REASON)
    assert held.code == 1 and "Their words" in held.err and held.out == b""
    assert house("send", "river-treaty", "--to", "House", "--force", *REASON).code == 0
    assert "treaty was signed" in wordpress.posts[1]["content"]["raw"]


def test_what_the_system_changed_is_told(house: Program, wordpress: WordPress) -> None:
    def altered(call: Any) -> Reply | None:
        if call.method != "POST" or not call.path.endswith("/posts/1"):
            return None
        wordpress.odd = lambda call: None
        reply = wordpress(call)
        reply.value["content"]["rendered"] = reply.value["content"]["rendered"].replace("signed", "sealed")
        return reply

    wordpress.odd = altered
    sent = house("--json", "send", "river-treaty", "--to", "House", *REASON)
    assert [change["kind"] for change in sent.objects[0]["changes"]] == ["text"]
    assert "A treaty was sealed." in sent.err


def test_a_blocker_is_no_and_nothing_is_sent(house: Program, wordpress: WordPress, tmp_path: Path) -> None:
    bare = tmp_path / "bare.json"
    bare.write_text(json.dumps({"format": "workstation-story/1", "slug": "bare", "headline": "", "signals": [{"headline": "x"}]}))
    house("story", "import", bare)
    answer = house("send", "bare", "--to", "House")
    assert answer.code == 1 and wordpress.posts == {}


def test_a_failure_is_one_line_and_offline_sends_nothing(house: Program, wordpress: WordPress) -> None:
    wordpress.odd = lambda call: Reply(500, b"") if call.path.endswith("users/me") else None
    failed = house("send", "river-treaty", "--to", "House", *REASON)
    assert failed.code == 3 and "fault of its own" in failed.err and "Traceback" not in failed.err
    offline = house("--offline", "send", "river-treaty", "--to", "House", *REASON)
    assert offline.code == 3 and "--offline" in offline.err and wordpress.posts == {}


@pytest.mark.parametrize(
    "call",
    [
        ("send", "river-treaty", "--to", "Nowhere"),
        ("send", "no-story", "--to", "House"),
        ("destinations", "add", "house", "--kind", "wordpress", "--url", "https://h.example", "--user", "ilse"),
        ("destinations", "add", "Other", "--kind", "wordpress", "--url", "https://h.example"),
        ("destinations", "add", "Other", "--kind", "paper", "--url", "https://h.example"),
        ("destinations", "add", "Other", "--kind", "ghost", "--url", "gopher://h.example"),
        ("destinations", "remove", "Other"),
        ("destinations", "test", "Other"),
    ],
)
def test_a_wrong_call_is_told(house: Program, call: tuple[str, ...]) -> None:
    answer = house(*call)
    assert answer.code == 2 and answer.err.strip() and "Traceback" not in answer.err


def test_destinations_are_listed_tested_and_removed(house: Program, wordpress: WordPress) -> None:
    [one] = house("--json", "destinations").objects
    assert one == {"name": "House", "kind": "wordpress", "url": wordpress.url, "user": "ilse", "publication": None}
    [standing] = house("--json", "destinations", "test", "House").objects
    assert standing == {"site": "The Lantern", "user": "Ilse (editor)", "limits": []}
    assert house("destinations", "remove", "House").code == 0
    assert house("destinations", "list").lines == []


def test_a_secret_comes_from_standard_input_and_is_shown_nowhere(house: Program, wordpress: WordPress) -> None:
    del house.environment["WORKSTATION_SECRET"]
    without = house("send", "river-treaty", "--to", "House", *REASON)
    assert without.code == 3 and "WORKSTATION_SECRET" in without.err
    given = calls(house, f"{SECRET}\n", "--json", "send", "river-treaty", "--to", "House", "--secret-stdin", *REASON)
    assert given.code == 0, given.err
    empty = calls(house, "", "send", "river-treaty", "--to", "House", "--secret-stdin", *REASON)
    assert empty.code == 2
    for answer in (without, given, empty):
        assert SECRET not in answer.text + answer.err
    assert not any(SECRET.encode() in file.read_bytes() for file in house.store.parent.glob("desk.db*"))
