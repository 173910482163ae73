"""What others wrote is shown by a terminal and never obeyed."""

from __future__ import annotations

from pathlib import Path

from .conftest import Program

RED = "\x1b[31m\x9b2J\x07"


def test_no_terminal_obeys_what_a_page_a_file_or_a_reason_says(program: Program, tmp_path: Path) -> None:
    page = tmp_path / f"a{RED}.txt"
    page.write_text(f"Title {RED} of it\n\nText {RED}.\n", encoding="utf-8")
    story = tmp_path / "story.json"
    story.write_text('{"format": "workstation-story/1", "slug": "ferry", "headline": "The ferry"}', encoding="utf-8")
    program("capture", page)
    program("story", "import", story)
    found = program("review", "ferry", "--json").objects
    answers = [
        program("items"),
        program("items", "--json"),
        program("waive", "ferry", found[0]["fingerprint"], "--reason", RED),
        program("review", "ferry", "--all"),
        program("review", "ferry", "--all", "--json"),
        program("capture", tmp_path / f"none{RED}.txt"),
        program("story", "show", f"none{RED}"),
    ]
    for answer in answers:
        for told in (answer.text, answer.err):
            assert not any(letter < " " or "\x7f" <= letter < "\xa0" for letter in told if letter not in "\n\t"), told
