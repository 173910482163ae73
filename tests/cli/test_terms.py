"""On what terms a story is exported, from the command line: what the dialog offers, a call can say."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from .conftest import Answer, Program

PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


@pytest.fixture
def story(program: Program, tmp_path: Path) -> str:
    document = {
        "format": "workstation-story/1",
        "slug": "lock",
        "headline": "A lock opens",
        "lead_image": {"file": "lead.png", "alt": "The lock", "caption": "The lock", "credit": "A. Hand"},
        "news": "<p>The lock opened on Thursday.</p>",
        "signals": [{"headline": "Tolls", "sources": [{"name": "Harbour Gazette"}], "body": "<p>No tolls are due.</p>"}],
    }
    (tmp_path / "lead.png").write_bytes(PIXEL)
    (tmp_path / "story.json").write_text(json.dumps(document), encoding="utf-8")
    assert program("story", "import", tmp_path / "story.json").code == 0
    return "lock"


def export(program: Program, out: Path, profile: str, *more: str) -> Answer:
    return program("export", "lock", "--profile", profile, "--out", out, "--waive", "A test", *more)


def test_the_lead_image_goes_into_the_text_or_beside_it(program: Program, story: str, tmp_path: Path) -> None:
    texts, featured = {}, {}
    for place in ("body", "featured"):
        assert export(program, tmp_path / place, "fragment", "--lead", place).code == 0
        texts[place] = (tmp_path / place / "lock.fragment.html").read_text(encoding="utf-8")
        featured[place] = json.loads((tmp_path / place / "manifest.json").read_text(encoding="utf-8"))["featured"]
    assert ("<img" in texts["body"], featured["body"]) == (True, None)
    assert "<img" not in texts["featured"]
    assert featured["featured"].endswith("lead.png")


def test_the_address_of_the_story_is_printed_and_a_wrong_one_is_a_wrong_call(
    program: Program, story: str, tmp_path: Path
) -> None:
    assert export(program, tmp_path / "out", "page", "--address", "https://house.example/lock").code == 0
    page = (tmp_path / "out" / "lock.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://house.example/lock">' in page
    refused = export(program, tmp_path / "none", "page", "--address", "javascript:alert(1)")
    assert refused.code == 2
    assert "address" in refused.err
    assert not (tmp_path / "none").exists()


def test_passages_are_an_option_of_every_form(program: Program, story: str, tmp_path: Path) -> None:
    for profile in ("page", "fragment", "wordpress", "email", "markdown"):
        assert export(program, tmp_path / "out", profile, "--passages").code == 0, profile
