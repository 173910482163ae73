"""The rules of style on the command line."""

from __future__ import annotations

from pathlib import Path

from .conftest import Program


def test_the_rules_are_listed_without_a_store(program: Program) -> None:
    answer = program("style", "list", "--style", "british", "--json", store=False)
    assert answer.code == 0, answer.err
    assert len(answer.objects) >= 80
    assert set(answer.objects[0]) == {"style", "id", "category", "severity", "message", "wrong", "right"}
    assert {each["style"] for each in program("style", "--json", store=False).objects} == {"american", "british"}
    assert not program.store.exists()


def test_a_text_is_held_to_a_style(program: Program, tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_text("A dam.\n\nIts colour, she said: “A colour!”\n", encoding="utf-8")
    answer = program("style", "check", file, "--style", "american", "--json", store=False)
    assert answer.code == 1
    (problem,) = answer.objects
    assert (problem["rule"], problem["line"], problem["column"], problem["excerpt"]) == ("style/spelling-our", 3, 5, "colour")
    assert problem["fix"] == {"old": "colour", "new": "color"}
    assert program("style", "check", file, store=False).code == 0, "the style that it breaks least is meant"


def test_a_style_that_is_not_there_is_one_line(program: Program, tmp_path: Path) -> None:
    answer = program("style", "list", "--style", "gazette", store=False)
    assert answer.code == 2
    assert len(answer.err.splitlines()) == 1
    assert "american, british" in answer.err
    assert program("style", "check", tmp_path / "none.txt", store=False).code == 2
