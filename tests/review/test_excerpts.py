"""The words around a fault are cut between words and stay in their paragraph."""

from __future__ import annotations

import pytest

from workstation.review.excerpts import words_around


@pytest.mark.parametrize(
    ("text", "meant", "most", "shown"),
    [
        ("The the commission said 213 ships", "The the", 24, "The the commission said 213"),
        ("One line.\nThe pilots wait wait here.\nAnother line.", "wait wait", 30, "The pilots wait wait here."),
        ("It was said that the the gate stands", "the the", 6, "that the the gate"),
        ("It was said that the the gate stands", "the the", 5, "that the the gate"),
        ("It was said that the the gate stands", "the the", 4, "the the"),
        ("船长在港口等待等待海峡开放的消息", "等待等待", 3, "在港口等待等待海峡开"),
        ("the the", "the the", 10, "the the"),
    ],
)
def test_words_around_a_fault_are_whole_and_of_its_paragraph(text: str, meant: str, most: int, shown: str) -> None:
    start = text.index(meant)
    assert words_around(text, start, start + len(meant), most) == shown
