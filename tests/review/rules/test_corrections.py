from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from workstation.domain.correction import Correction
from workstation.domain.problem import Severity
from workstation.review import Background, check

Make = Callable[..., Any]
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
NOTE = Correction(NOON, "The lock opened on Thursday.")


def found(story: Any, corrected: int = 0) -> list[str]:
    problems = check(story, {}, Background(corrected=corrected)).problems
    told = [problem for problem in problems if problem.rule == "corrections"]
    assert all((problem.severity, str(problem.place)) == (Severity.WARNING, "corrections") for problem in told)
    return [problem.message for problem in told]


@pytest.mark.parametrize("text", ["", "  "])
def test_a_correction_without_words_is_a_warning(story: Make, text: str) -> None:
    (message,) = found(story(corrections=(NOTE, Correction(NOON, text)), time_zone="Europe/London"))
    assert "2 Mar 2026, 12:00 (London)" in message


def test_a_correction_that_readers_were_told_and_that_is_gone_is_a_warning(story: Make) -> None:
    (message,) = found(story(), corrected=1)
    assert message.startswith("1 correction that readers were told is not in the story")
    (message,) = found(story(corrections=(NOTE,)), corrected=3)
    assert message.startswith("2 corrections")


def test_corrections_that_say_something_and_are_all_there_are_fine(story: Make) -> None:
    assert found(story()) == []
    assert found(story(corrections=(NOTE,)), corrected=1) == []
    assert found(story(corrections=(NOTE, NOTE)), corrected=1) == []
